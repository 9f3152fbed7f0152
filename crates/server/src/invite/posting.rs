//! Sends letters that wait, a round's at a time, until none does. What is written down is how many left,
//! never who opened or answered one.

use super::letter::letter;
use crate::error::Failure;
use crate::mail::{Letter, MailError};
use crate::state::App;
use futures::StreamExt;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use throughline_ledger::{invitations, rounds};
use uuid::Uuid;

/// Letters taken at a time.
const SOME: u64 = 200;
/// So few that each may have a reason of its own not to be taken.
const FEW: usize = 3;
/// Letters under way at once.
const AT_ONCE: usize = 4;

/// Rounds whose letters are being sent. Cheap to clone.
#[derive(Clone, Default)]
pub struct Posting(Arc<Mutex<HashSet<Uuid>>>);

impl Posting {
    /// A turn for a round, unless somebody has it. It ends when it is dropped, however that comes.
    fn begin(&self, round: Uuid) -> Option<Turn> {
        let mut rounds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rounds.insert(round).then(|| Turn {
            posting: self.clone(),
            round,
        })
    }
}

struct Turn {
    posting: Posting,
    round: Uuid,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let rounds = self.posting.0.lock();
        rounds
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.round);
    }
}

/// Sends a round's letters in the background, if nobody does yet.
pub(crate) fn send_waiting(app: &App, round: Uuid) {
    if !app.mail.leaves() {
        return;
    }
    let Some(turn) = app.posting.begin(round) else {
        return;
    };
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = send(&app, turn.round).await {
            tracing::error!(%error, "letters of a round can't be sent");
        }
    });
}

async fn send(app: &App, id: Uuid) -> Result<(), Failure> {
    let round = rounds::by_id(&app.ledger, id).await?;
    while let Some(post) = invitations::due(&app.ledger, id, app.clock.today(), SOME).await? {
        if post.due.is_empty() {
            continue;
        }
        let letters: Vec<(Uuid, Letter)> = post
            .due
            .iter()
            .map(|due| (due.person, letter(app, &round, &post, due)))
            .collect();
        let sent: Vec<Sent> = futures::stream::iter(letters)
            .map(|(person, letter)| {
                let mail = &app.mail;
                async move { (person, mail.send(letter).await) }
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let errors = sent.iter().filter_map(|(_, sent)| sent.as_ref().err());
        // The text of this one is the address, which belongs in no log.
        let mut errors = errors.filter(|error| !matches!(error, MailError::Address(_)));
        if let Some(error) = errors.next() {
            tracing::warn!(%error, "letters of a round didn't leave; this is what befell the first");
        }
        let told = told(&sent);
        let all = told.len() == sent.len();
        invitations::done(&app.ledger, id, post.number, told).await?;
        if !all {
            // The mail server is away, or takes nothing: the rest waits for the next minute.
            return Ok(());
        }
    }
    Ok(())
}

/// A letter's person, and what came of it.
type Sent = (Uuid, Result<(), MailError>);

/// Of which letters it is known that they left (`true`) or won't. Where the mail server was away, or
/// takes none of many, a letter waits: nobody is to press a button for each outage.
fn told(sent: &[Sent]) -> Vec<(Uuid, bool)> {
    let none_left = sent.iter().all(|(_, sent)| sent.is_err());
    let takes_none = none_left && sent.len() > FEW;
    sent.iter()
        .filter_map(|(person, sent)| match sent {
            Ok(()) => Some((*person, true)),
            Err(MailError::Address(_)) => Some((*person, false)),
            Err(MailError::Unwanted(_) | MailError::Refused(_)) => {
                (!takes_none).then_some((*person, false))
            }
            Err(MailError::Nowhere | MailError::Away(_) | MailError::Folder(_)) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{MailError, Posting, Sent, told};
    use uuid::Uuid;

    /// Of letters that fared so: how many left, how many failed; the others wait.
    fn check(outcomes: Vec<Result<(), MailError>>, left: usize, failed: usize) {
        let sent: Vec<Sent> = outcomes
            .into_iter()
            .map(|outcome| (Uuid::new_v4(), outcome))
            .collect();
        let told = told(&sent);
        let of = |wanted: bool| told.iter().filter(|(_, left)| *left == wanted).count();
        assert_eq!((of(true), of(false)), (left, failed));
    }

    #[test]
    fn an_outage_fails_no_letter() {
        let (away, refused) = (
            || Err(MailError::Away(String::new())),
            || Err(MailError::Refused(String::new())),
        );
        let bad = || Err(MailError::Address(String::new()));
        let unwanted = || Err(MailError::Unwanted(String::new()));
        check(vec![Ok(()), Ok(()), unwanted(), bad(), refused()], 2, 3);
        // It went away in the middle.
        check(vec![Ok(()), away(), away()], 1, 0);
        check(vec![away()], 0, 0);
        // It takes nothing from anybody: its own fault, save for what is no address.
        check(vec![refused(), refused(), unwanted(), bad()], 0, 1);
        // The last one's mailbox is full: a reminder isn't kept waiting for it.
        check(vec![refused()], 0, 1);
    }

    #[tokio::test]
    async fn a_turn_ends_even_with_a_panic() {
        let (posting, round) = (Posting::default(), Uuid::new_v4());
        let turn = posting.begin(round).expect("a turn");
        assert!(posting.begin(round).is_none());
        let task = tokio::spawn(async move {
            let _turn = turn;
            panic!("as a task may");
        });
        assert!(task.await.is_err());
        assert!(posting.begin(round).is_some());
    }
}
