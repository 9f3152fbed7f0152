//! What an invitation and a reminder say.

use crate::mail::Letter;
use crate::state::App;
use throughline_ledger::invitations::Due;
use throughline_ledger::rounds::Round;

/// The letter to one person, in her language where the round speaks it, else in its first.
pub(super) fn letter(app: &App, round: &Round, number: i32, due: &Due, link: &str) -> Letter {
    let text = app
        .languages
        .choose(due.language.as_deref(), None, &round.languages);
    let subject = text.say(if number > 1 {
        "letter-reminder"
    } else {
        "letter-subject"
    });
    let last = round
        .closes_on
        .map(|day| format!("{}: {day}\n", text.say("last-day")))
        .unwrap_or_default();
    let (ask, safe, thanks) = (
        text.say("letter-ask"),
        text.say("letter-safe"),
        text.say("letter-thanks"),
    );
    Letter {
        to: due.email.clone(),
        subject: format!("{}: {subject}", round.name.replace(['\r', '\n'], " ")),
        text: format!(
            "{ask}\n\n{safe}\n\n{link}\n\n{last}{thanks}\n\n-- \n{}\n",
            round.name
        ),
    }
}
