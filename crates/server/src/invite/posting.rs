//! Sends letters that wait, a round's at a time, until none does. What is written down is how many left,
//! never who opened or answered one.

use super::letter::letter;
use crate::error::Failure;
use crate::mail::Letter;
use crate::state::App;
use futures::StreamExt;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use throughline_ledger::{invitations, rounds};
use uuid::Uuid;

/// Letters taken at a time.
const SOME: u64 = 200;
/// Letters under way at once.
const AT_ONCE: usize = 4;

/// Rounds whose letters are being sent. Cheap to clone.
#[derive(Clone, Default)]
pub struct Posting(Arc<Mutex<HashSet<Uuid>>>);

impl Posting {
    fn begin(&self, round: Uuid) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(round)
    }

    fn end(&self, round: Uuid) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&round);
    }
}

/// Sends a round's letters in the background, if nobody does yet.
pub(crate) fn send_waiting(app: &App, round: Uuid) {
    if !app.mail.leaves() || !app.posting.begin(round) {
        return;
    }
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = send(&app, round).await {
            tracing::error!(%error, "letters of a round can't be sent");
        }
        app.posting.end(round);
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
        let told: Vec<(Uuid, bool)> = futures::stream::iter(letters)
            .map(|(person, letter)| {
                let mail = &app.mail;
                async move { (person, mail.send(letter).await.is_ok()) }
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let none_left = told.iter().all(|(_, left)| !left);
        invitations::done(&app.ledger, id, post.number, told).await?;
        if none_left {
            // The mail server is away: the rest waits for the next minute.
            return Ok(());
        }
    }
    Ok(())
}
