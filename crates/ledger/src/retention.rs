//! For how long what is kept, and the daily run that takes the rest away.
//!
//! One clock a set of data. Words go by each round's own terms, which its employees were shown; the
//! other clocks are a setting. Backups go by their own clock, and sooner where they hold what the
//! ledger has let go.

mod backups;
mod rows;

use crate::audit::{self, Act};
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::settings;
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeMap;
use std::path::Path;

/// The setting that holds days by set.
const SETTING: &str = "retention";
/// Longest time that can be set.
const LONGEST_DAYS: u32 = 36_500;
/// The setting that holds when a run looked last.
const LOOKED: &str = "retention.looked";
/// A clock that is this far past the last that is known is doubted: sooner than backups go by theirs.
const DOUBT: Duration = Duration::days(30);

/// A set of data and its clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Its name.
    pub set: &'static str,
    /// What is in it.
    pub what: &'static str,
    /// From when days count.
    pub from: &'static str,
    /// Days; `None` where each round's terms say it.
    pub days: Option<u32>,
}

const fn clock(
    set: &'static str,
    days: Option<u32>,
    from: &'static str,
    what: &'static str,
) -> Clock {
    Clock {
        set,
        what,
        from,
        days,
    }
}

/// Name of the set of backups.
const BACKUPS: &str = "backups";
/// Name of the set of words.
const WORDS: &str = "words";

/// The sets, with what they are kept for unless set otherwise.
const CLOCKS: [Clock; 8] = [
    clock(
        WORDS,
        None,
        "the round closes",
        "ideas and blocks in employees' words; ideas as moderated; briefs, which quote them",
    ),
    clock("votes", Some(730), "the round closes", "votes on ideas"),
    clock(
        "invitations",
        Some(180),
        "the round closes",
        "who was asked, letters sent, daily progress",
    ),
    clock(
        "people",
        Some(0),
        "who left is in no list of who was asked",
        "people whom HR's file no longer has",
    ),
    clock(
        "sessions",
        Some(1),
        "they end",
        "sessions of accounts, one-time links to sign in",
    ),
    clock(
        "requests",
        Some(7),
        "they were answered",
        "answers to machines' requests, kept for repeats",
    ),
    clock(
        "audit",
        Some(3_650),
        "the act",
        "the audit log; the chain holds without its oldest lines",
    ),
    clock(
        BACKUPS,
        Some(35),
        "they were made",
        "backups in the workspace's `backups` folder; sooner where words in one are due",
    ),
];

/// Who asks for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The program, by the machine's clock.
    ByTheClock,
    /// A person, who can see what day it is.
    ByAPerson,
}

/// The clocks as they are set.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn clocks(ledger: &Ledger) -> Result<Vec<Clock>> {
    let set: BTreeMap<String, u32> = settings::get(ledger, SETTING).await?.unwrap_or_default();
    let days = |clock: Clock| {
        let days = clock
            .days
            .map(|days| set.get(clock.set).copied().unwrap_or(days));
        Clock { days, ..clock }
    };
    Ok(CLOCKS.into_iter().map(days).collect())
}

/// Sets one.
///
/// # Errors
/// Where there is no such set, where rounds' terms say it, or the days make no sense.
pub async fn set(ledger: &Ledger, name: &str, days: u32, who: &str) -> Result<()> {
    let found = CLOCKS.iter().find(|clock| clock.set == name);
    let Some(found) = found else {
        let names: Vec<String> = CLOCKS
            .iter()
            .map(|clock| format!("`{}`", clock.set))
            .collect();
        return Err(LedgerError::refused(
            format!("there is no set of data `{name}`"),
            format!("it is one of {}", names.join(", ")),
        ));
    };
    if found.days.is_none() {
        return Err(LedgerError::refused(
            format!("`{name}` are kept by each round's terms"),
            "set them when you set a round up; they can't change once it is open",
        ));
    }
    if days > LONGEST_DAYS {
        return Err(LedgerError::refused(
            format!("`{days}` days are too many"),
            format!("at most {LONGEST_DAYS}"),
        ));
    }
    let mut all: BTreeMap<String, u32> = settings::get(ledger, SETTING).await?.unwrap_or_default();
    all.insert(name.to_owned(), days);
    let act = Act::new(who, "retention.set", name).detail(format!("{days} days"));
    settings::put(ledger, SETTING, &all, act).await
}

/// Takes away what is due; what went, by set.
///
/// # Errors
/// Where the database doesn't answer or a backup can't be removed; where the clock is doubted and
/// nobody asked.
pub async fn run(
    ledger: &Ledger,
    backups: &Path,
    now: DateTime<Utc>,
    asked: Asked,
) -> Result<Vec<(&'static str, u64)>> {
    if asked == Asked::ByTheClock {
        undoubted(ledger, now).await?;
    }
    settings::note(ledger, LOOKED, &now).await?;
    let mut gone = Vec::new();
    for clock in clocks(ledger).await? {
        let count = match (clock.set, clock.days) {
            (BACKUPS, Some(days)) => backups::purge(ledger, backups, now, days).await?,
            (set, days) => rows::purge(ledger, set, days, now).await?,
        };
        if count > 0 {
            gone.push((clock.set, count));
        }
    }
    if gone.iter().any(|(set, _)| *set != BACKUPS) {
        rows::off_the_disk(ledger).await?;
    }
    Ok(gone)
}

/// The last moment that the ledger knows of: the newest act of the audit log, or the last run.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn last_known(ledger: &Ledger) -> Result<Option<DateTime<Utc>>> {
    let newest = audit::lines(ledger, 0, 1).await?;
    let looked = settings::get(ledger, LOOKED).await?;
    Ok(newest.first().map(|line| line.at).max(looked))
}

/// A clock that jumped ahead must not take everything with it. A server that runs looks every day, so
/// a long time without a run or an act is a clock that is wrong, or a server that was off.
async fn undoubted(ledger: &Ledger, now: DateTime<Utc>) -> Result<()> {
    match last_known(ledger).await? {
        Some(last) if now - last > DOUBT => Err(LedgerError::refused(
            format!(
                "the clock says {} and the last that is known is of {}: nothing was taken away",
                now.date_naive(),
                last.date_naive()
            ),
            "if the date is right, run `throughline retention run` once",
        )),
        _ => Ok(()),
    }
}
