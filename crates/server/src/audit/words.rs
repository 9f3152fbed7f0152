//! What acts are called on the page.

use crate::page::words::capital;

/// An act in words; one that isn't known is said as it is written, so that none is ever left out.
pub(super) fn words(act: &str) -> String {
    let known = match act {
        "account.create" => "Made an account",
        "account.change" => "Changed an account's role",
        "account.disable" => "Shut an account",
        "account.enable" => "Opened an account again",
        "account.bind" => "Signed in with the company account for the first time",
        "account.link" => "Made a link to sign in",
        "account.sign_in" => "Signed in",
        "brief.release" => "Released a brief",
        "chain.import" => "Brought in how work reaches customers",
        "idea.merge" => "Merged an idea into another",
        "idea.refuse" => "Refused an idea, with a reason",
        "idea.reword" => "Reworded an idea",
        "idea.show" => "Showed an idea",
        "idea.undo" => "Took back a decision on an idea",
        "invitation.again" => "Sent invitations again that hadn't left",
        "invitation.letter" => "Sent invitations",
        "invitation.links" => "Took personal links as a file",
        "invitation.slips" => "Made slips",
        "ledger.backup" => "Made a backup",
        "ledger.restore" => "Restored from a backup",
        "lever.add" => "Told employees of a fix",
        "lever.change" => "Changed what employees are told of a fix",
        "lever.remove" => "Removed a fix from what employees are told",
        "people.import" => "Imported people",
        "retention.purge" => "Deleted what was kept long enough",
        "retention.set" => "Changed how long things are kept",
        "round.close" => "Closed a round",
        "round.create" => "Drafted a round",
        "round.edit" => "Changed a draft",
        "round.extend" => "Extended a round",
        "round.open" => "Opened a round, its terms frozen",
        "round.remove" => "Removed a draft",
        "round.schedule" => "Set when a round opens by itself",
        "round.unschedule" => "Took back when a round opens by itself",
        "signals.push" => "Brought in customers' feedback",
        "token.make" => "Made a token for a program",
        "token.revoke" => "Revoked a token",
        "unit.call" => "Gave a unit another name",
        "votes.end" => "Ended voting",
        "votes.again" => "Sent invitations to vote again that hadn't left",
        "votes.letter" => "Sent invitations to vote",
        "votes.links" => "Took links for voting as a file",
        "votes.set" => "Set when people vote",
        other => return capital(&other.replace(['.', '_'], " ")),
    };
    known.to_owned()
}
