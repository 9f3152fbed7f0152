//! What the calendar does by itself: rounds open and close on their days, progress is counted once a
//! day, letters that were left over are sent, what is kept no longer goes.
//!
//! A round that closed can't be opened again, so a clock that jumps must not close one: after a jump
//! the clock is believed once it has run evenly for an hour. Set back it changes nothing. A jump while
//! the server was off shows by what the ledger knows last. What is deleted can't come back at all, so
//! that waits for an even hour in any case.

use crate::invite;
use crate::retention;
use crate::state::App;
use chrono::{DateTime, Utc};
use std::time::{Duration, Instant};
use throughline_domain::listen::RoundState;
use throughline_ledger::rounds::{self, Turned};
use throughline_ledger::{invitations, progress, retention as kept};

/// Between two looks.
const EVERY: Duration = Duration::from_secs(60);
/// A clock that is off by more than this between two looks has jumped.
const JUMP: chrono::TimeDelta = chrono::TimeDelta::minutes(10);
/// How long one that jumped isn't believed.
const DOUBT: Duration = Duration::from_secs(3_600);
/// One that is further past the last that the ledger knows may have jumped while the server was off.
/// A server that runs notes every day.
const OFF: chrono::TimeDelta = chrono::TimeDelta::days(2);

/// Looks every minute, for ever.
pub(crate) async fn keep(app: App) {
    let mut clock = Steady::default();
    match kept::last_known(&app.ledger).await {
        Ok(last) => clock.start(last, app.clock.now(), Instant::now()),
        Err(error) => tracing::warn!(%error, "when the server ran last isn't known"),
    }
    let mut looked: Option<Instant> = None;
    loop {
        let at = Instant::now();
        if clock.look(app.clock.now(), at)
            && let Err(error) = turn(&app).await
        {
            tracing::error!(%error, "the calendar couldn't be turned; it is tried again in a minute");
        }
        if clock.is_even(at) && looked.is_none_or(|looked| at - looked >= retention::EVERY) {
            looked = Some(at);
            retention::look(&app).await;
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
    /// From when on it has run evenly.
    even: Option<Instant>,
    /// Whether it has jumped before that.
    jumped: bool,
}

impl Steady {
    /// Compares it with the last that is known of the time before the server started.
    fn start(&mut self, known: Option<DateTime<Utc>>, wall: DateTime<Utc>, at: Instant) {
        if known.is_some_and(|known| wall - known > OFF) {
            tracing::warn!(
                "the clock jumped, or the server was off for days; rounds wait an hour before they open or close by it"
            );
            self.jumped = true;
        }
        self.even = Some(at);
    }

    /// Whether the clock is to be believed now. The first look has nothing to compare with.
    fn look(&mut self, wall: DateTime<Utc>, at: Instant) -> bool {
        let Some((last_wall, last_at)) = self.last.replace((wall, at)) else {
            self.even = self.even.or(Some(at));
            return false;
        };
        let ran = chrono::TimeDelta::from_std(at - last_at).unwrap_or_default();
        if ((wall - last_wall) - ran).abs() > JUMP {
            tracing::warn!("the clock jumped; rounds wait an hour before they open or close by it");
            self.jumped = true;
            self.even = Some(at);
        }
        !self.jumped || self.is_even(at)
    }

    /// Whether it has run evenly for an hour.
    fn is_even(&self, at: Instant) -> bool {
        self.even.is_some_and(|since| at - since >= DOUBT)
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

    #[test]
    fn a_jump_while_the_server_was_off_is_one_too() {
        let now = Utc
            .with_ymd_and_hms(2027, 3, 1, 9, 0, 0)
            .single()
            .expect("a moment");
        let began = Instant::now();
        // Minutes after the start, whether rounds turn by it, whether what is kept may go by it.
        let check = |known: Option<TimeDelta>, minutes: u64, turns: bool, purges: bool| {
            let mut clock = Steady::default();
            clock.start(known.map(|ago| now - ago), now, began);
            for minute in 0..=minutes {
                let ran = Duration::from_secs(minute * 60);
                let at = began + ran;
                let believed = clock.look(now + TimeDelta::from_std(ran).expect("minutes"), at);
                if minute == minutes {
                    assert_eq!((believed, clock.is_even(at)), (turns, purges), "{known:?}");
                }
            }
        };
        for known in [None, Some(TimeDelta::hours(30)), Some(TimeDelta::days(-9))] {
            check(known, 1, true, false);
            check(known, 60, true, true);
        }
        check(Some(TimeDelta::days(36)), 1, false, false);
        check(Some(TimeDelta::days(36)), 59, false, false);
        check(Some(TimeDelta::days(36)), 60, true, true);
    }
}
