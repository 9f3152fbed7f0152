//! The background task: stirs, moves and writes marks at random moments, so that none of them
//! tells when an answer came. Marks of ten are written within seconds: what of them isn't on disk when
//! the program ends lets people answer twice.

use super::{move_ready, settle, write_marks};
use crate::error::Result;
use crate::ledger::Ledger;
use std::future::Future;
use std::time::{Duration, Instant};

/// Seconds between two stirrings, moves, writings of marks: at least, less than.
const SETTLE: (u64, u64) = (5, 20);
const MOVE: (u64, u64) = (120, 600);
const MARKS: (u64, u64) = (5, 30);
/// Each of them takes at most this part of the time, however much there is of it.
const SHARE: u32 = 40;
/// Set by tests of what a killed program leaves: all of this is then done all the time. It makes
/// nobody easier to find, since what may be moved and written stays the same, but it is no setting.
const HASTE: &str = "THROUGHLINE_TEST_HASTE";
/// Milliseconds between two, then.
const HASTY: (u64, u64) = (1, 20);

/// Runs for as long as it is polled; what fails is said in the log and done the next time.
pub async fn keep_moving(ledger: Ledger) {
    let ledger = &ledger;
    futures::future::join3(
        again("stirring the inbox", SETTLE, || settle(ledger)),
        again("moving answers", MOVE, || move_ready(ledger)),
        again("writing marks of use", MARKS, || write_marks(ledger)),
    )
    .await;
}

async fn again<F>(what: &str, (least, below): (u64, u64), act: impl Fn() -> F)
where
    F: Future<Output = Result<usize>>,
{
    let is_hasty = std::env::var_os(HASTE).is_some();
    let (least, below) = if is_hasty {
        HASTY
    } else {
        (least * 1_000, below * 1_000)
    };
    let share = if is_hasty { 1 } else { SHARE };
    let mut took = Duration::ZERO;
    loop {
        let pause = Duration::from_millis(rand::random_range(least..below));
        tokio::time::sleep(pause.max(took * share)).await;
        let begun = Instant::now();
        if let Err(error) = act().await {
            tracing::warn!(%error, "{what} failed and will be tried again");
        }
        took = begun.elapsed();
    }
}
