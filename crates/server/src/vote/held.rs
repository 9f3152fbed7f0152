//! What voters are asked about, kept in memory for a moment: many come at once after a letter, and
//! all need the same.

use crate::error::Failure;
use crate::state::App;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use throughline_ledger::ideas::{self, Shown};
use throughline_ledger::votes::{self, Votes, Voting};
use uuid::Uuid;

/// How long it is kept.
const KEPT: Duration = Duration::from_secs(20);

/// A round's voting, the ideas that are shown, and the votes so far.
pub(crate) struct Ground {
    pub voting: Voting,
    pub ideas: Vec<Shown>,
    pub votes: Votes,
}

type Rounds = HashMap<Uuid, (Instant, Arc<Ground>)>;

/// Those of all rounds.
#[derive(Clone, Default)]
pub struct Held(Arc<Mutex<Rounds>>);

impl Held {
    fn rounds(&self) -> MutexGuard<'_, Rounds> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something was decided: it is read anew.
    pub(crate) fn forget(&self, round: Uuid) {
        self.rounds().remove(&round);
    }
}

/// A round's, at most a moment old.
pub(crate) async fn ground(app: &App, round: Uuid) -> Result<Arc<Ground>, Failure> {
    if let Some((read, ground)) = app.voting.rounds().get(&round)
        && read.elapsed() < KEPT
    {
        return Ok(Arc::clone(ground));
    }
    let ground = Arc::new(Ground {
        voting: votes::voting(&app.ledger, round).await?,
        ideas: ideas::shown(&app.ledger, round).await?,
        votes: votes::rows(&app.ledger, round).await?,
    });
    let kept = (Instant::now(), Arc::clone(&ground));
    app.voting.rounds().insert(round, kept);
    Ok(ground)
}
