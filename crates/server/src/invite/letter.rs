//! What invitations and reminders say.

use super::links::address;
use crate::mail::Letter;
use crate::state::App;
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::invitations::{Due, Post};
use throughline_ledger::rounds::Round;

/// The letter to one person, in her language where the round speaks it, else in its first.
pub(super) fn letter(app: &App, round: &Round, post: &Post, due: &Due) -> Letter {
    let text = app
        .languages
        .choose(due.language.as_deref(), None, &round.languages);
    let (of, last) = match post.kind {
        Kind::Answer => ("letter", round.closes_on),
        Kind::Votes => ("letter-vote", round.votes.map(|(_, until)| until)),
    };
    let say = |part: &str| text.say(&format!("{of}-{part}"));
    let subject = say(if post.reminds { "reminder" } else { "subject" });
    // In digits, year first: it is understood in every language, those of a workspace's own file too,
    // whose months nobody here knows.
    let last = last
        .map(|day| format!("{}: {day}\n", text.say("last-day")))
        .unwrap_or_default();
    let (ask, safe) = (say("ask"), say("safe"));
    let thanks = if post.reminds {
        format!("{}\n\n", say("thanks"))
    } else {
        "\n".to_owned()
    };
    let company = text.company();
    let from = if company.is_empty() {
        &round.name
    } else {
        company
    };
    let link = address(app, post.kind, &due.token);
    Letter {
        to: due.email.clone(),
        subject: format!("{}: {subject}", from.replace(['\r', '\n'], " ")),
        text: format!("{ask}\n\n{safe}\n\n{link}\n\n{last}{thanks}-- \n{from}\n"),
    }
}
