//! What the calendar does by itself: rounds open and close on their days, progress is counted once a
//! day, letters that were left over are sent.
//!
//! A round that closed can't be opened again, so a clock that jumps must not close one: after a jump
//! the clock is believed once it has run evenly for an hour. Set back it changes nothing.

use crate::invite;
use crate::state::App;
use chrono::{DateTime, Utc};
use std::time::{Duration, Instant};
use throughline_domain::listen::RoundState;
use throughline_ledger::rounds::{self, Turned};
use throughline_ledger::{invitations, progress};

/// Between two looks.
const EVERY: Duration = Duration::from_secs(60);
/// A clock that is off by more than this between two looks has jumped.
const JUMP: chrono::TimeDelta = chrono::TimeDelta::minutes(10);
/// How long one that jumped isn't believed.
const DOUBT: Duration = Duration::from_secs(3_600);

/// Looks every minute, for ever.
pub(crate) async fn keep(app: App) {
    let mut clock = Steady::default();
    loop {
        if clock.look(app.clock.now(), Instant::now())
            && let Err(error) = turn(&app).await
        {
            tracing::error!(%error, "the calendar couldn't be turned; it is tried again in a minute");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// One look.
pub(crate) async fn turn(app: &App) -> throughline_ledger::Result<()> {
    for turned in rounds::turn(&app.ledger, app.clock.now()).await? {
        match turned {
            Turned::Opened(_) => tracing::info!("a round opened on its day"),
            Turned::Closed(_) => tracing::info!("a round closed after its last day"),
            Turned::Sealed(_) => tracing::info!("a round's votes ended"),
            Turned::Stuck(_, why) => tracing::warn!(why, "a round couldn't open on its day"),
        }
    }
    for round in rounds::all(&app.ledger).await? {
        if round.state == RoundState::Open {
            progress::of(&app.ledger, &round, app.clock.today()).await?;
        }
        // Of a sealed round nobody can be let in.
        if round.state != RoundState::Draft && !round.sealed {
            let sendings = invitations::sendings(&app.ledger, round.id).await?;
            if sendings.iter().any(|sending| sending.waiting > 0) {
                invite::send_waiting(app, round.id);
            }
        }
    }
    Ok(())
}

/// Tells a clock that runs from one that jumps, by a clock that can't be set.
#[derive(Default)]
struct Steady {
    last: Option<(DateTime<Utc>, Instant)>,
    jumped: Option<Instant>,
}

impl Steady {
    /// Whether the clock is to be believed now. The first look has nothing to compare with.
    fn look(&mut self, wall: DateTime<Utc>, at: Instant) -> bool {
        let Some((last_wall, last_at)) = self.last.replace((wall, at)) else {
            return false;
        };
        let ran = chrono::TimeDelta::from_std(at - last_at).unwrap_or_default();
        if ((wall - last_wall) - ran).abs() > JUMP {
            tracing::warn!("the clock jumped; rounds wait an hour before they open or close by it");
            self.jumped = Some(at);
        }
        self.jumped.is_none_or(|jumped| at - jumped >= DOUBT)
    }
}

#[cfg(test)]
mod tests {
    use super::Steady;
    use chrono::{TimeDelta, TimeZone, Utc};
    use std::time::{Duration, Instant};

    #[test]
    fn a_clock_that_jumps_is_not_believed_for_an_hour() {
        let start = Utc
            .with_ymd_and_hms(2027, 3, 1, 9, 0, 0)
            .single()
            .expect("a moment");
        let began = Instant::now();
        let mut clock = Steady::default();
        let mut look = |minutes: u64, ahead: TimeDelta| {
            let ran = Duration::from_secs(minutes * 60);
            let wall = start + TimeDelta::from_std(ran).expect("minutes") + ahead;
            clock.look(wall, began + ran)
        };
        assert!(
            !look(0, TimeDelta::zero()),
            "there is nothing to compare with"
        );
        assert!(look(1, TimeDelta::zero()));
        assert!(look(2, TimeDelta::minutes(2)), "a little is put right");
        assert!(!look(3, TimeDelta::days(400)));
        assert!(!look(4, TimeDelta::days(400)));
        // Put back: a jump too.
        assert!(!look(5, TimeDelta::zero()));
        assert!(!look(64, TimeDelta::zero()));
        assert!(look(65, TimeDelta::zero()));
        // A machine that slept: its own clock may have stood still.
        assert!(!look(66, TimeDelta::days(-1)));
    }
}
