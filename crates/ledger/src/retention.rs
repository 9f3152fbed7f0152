//! For how long what is kept, and the daily run that takes the rest away.
//!
//! One clock a set of data. Words go by each round's own terms, which its employees were shown; the
//! other clocks are a setting. Backups go by their own clock, and sooner where they hold what the
//! ledger has let go; released briefs go with the words that they quote. Of rounds that the ledger
//! doesn't know nothing is due but by the clock: an empty ledger may be one that was lost.

mod backups;
mod briefs;
mod rows;

use crate::audit::{self, Act};
use crate::backup;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use crate::releases;
use crate::settings;
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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

/// Folders of a workspace in which things are kept for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Backups.
    pub backups: PathBuf,
    /// Released briefs.
    pub briefs: PathBuf,
}

impl Folders {
    /// Those of a workspace.
    pub fn of(workspace: &Path) -> Self {
        Self {
            backups: workspace.join(backup::FOLDER),
            briefs: workspace.join(releases::FOLDER),
        }
    }
}

/// Name of the set of people who left.
const PEOPLE: &str = "people";
/// Name of the set of sessions.
pub(crate) const SESSIONS: &str = "sessions";
/// Name of the set of machines' requests.
pub(crate) const REQUESTS: &str = "requests";
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
        PEOPLE,
        Some(0),
        "who left is in no list of who was asked",
        "people whom HR's file no longer has",
    ),
    clock(
        SESSIONS,
        Some(1),
        "they end",
        "sessions of accounts, one-time links to sign in",
    ),
    clock(
        REQUESTS,
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
    if name == PEOPLE {
        return Err(LedgerError::refused(
            "who left goes as soon as no list of who was asked names her: that can't be set",
            "set `invitations`: how long such lists are kept",
        ));
    }
    if days > LONGEST_DAYS {
        return Err(LedgerError::refused(
            format!("`{days}` days are too many"),
            format!("at most {LONGEST_DAYS}"),
        ));
    }
    let act = Act::new(who, "retention.set", name).detail(format!("{days} days"));
    let set = found.set.to_owned();
    let change = move |all: &mut BTreeMap<String, u32>| {
        all.insert(set, days);
    };
    settings::change(ledger, SETTING, act, change).await
}

/// For how long one of the sets is kept that have days.
pub(crate) async fn kept_for(ledger: &Ledger, set: &str) -> Result<Duration> {
    let clocks = clocks(ledger).await?;
    let days = clocks.iter().find(|clock| clock.set == set);
    let days = days.and_then(|clock| clock.days).unwrap_or_default();
    Ok(Duration::days(days.into()))
}

/// Takes away what is due; what went, by set.
///
/// # Errors
/// Where the database doesn't answer, or a backup or a brief can't be removed; where the clock is
/// doubted and nobody asked; where somebody asked and what went can't be overwritten on the disk yet.
pub async fn run(
    ledger: &Ledger,
    folders: &Folders,
    now: DateTime<Utc>,
    asked: Asked,
) -> Result<Vec<(&'static str, u64)>> {
    if asked == Asked::ByTheClock {
        undoubted(ledger, now).await?;
    }
    settings::note(ledger, LOOKED, &now).await?;
    let (mut gone, mut keep_backups) = (Vec::new(), 0);
    for clock in clocks(ledger).await? {
        match (clock.set, clock.days) {
            (BACKUPS, days) => keep_backups = days.unwrap_or_default(),
            (set, days) => gone.push((set, rows::purge(ledger, set, days, now).await?)),
        }
    }
    gone.retain(|(_, count)| *count > 0);
    // Before anything that may fail: what is gone is gone for good.
    let is_clear = if gone.is_empty() && asked == Asked::ByTheClock {
        true
    } else {
        rows::off_the_disk(ledger).await
    };
    let over = rows::words_over(ledger, now).await?;
    let briefs = briefs::purge(ledger, &folders.briefs, &over).await?;
    let backups = backups::purge(ledger, &folders.backups, &over, now, keep_backups).await?;
    gone.extend(
        [("briefs", briefs), (BACKUPS, backups)]
            .into_iter()
            .filter(|(_, count)| *count > 0),
    );
    if !is_clear && asked == Asked::ByAPerson {
        return Err(LedgerError::refused(
            "what was due is deleted, but not overwritten on the disk yet: somebody reads the database",
            "run `throughline retention run` again when that has ended, such as a backup or a dump",
        ));
    }
    Ok(gone)
}

/// The last moment that the ledger knows of: the newest act of the audit log, or the last run.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn last_known(ledger: &Ledger) -> Result<Option<DateTime<Utc>>> {
    Ok(newest_act(ledger).await?.max(looked(ledger).await?))
}

async fn newest_act(ledger: &Ledger) -> Result<Option<DateTime<Utc>>> {
    let newest = audit::lines(ledger, 0, 1).await?;
    Ok(newest.first().map(|line| line.at))
}

async fn looked(ledger: &Ledger) -> Result<Option<DateTime<Utc>>> {
    settings::get(ledger, LOOKED).await
}

/// A clock that jumped ahead must not take everything with it. A server that runs looks every day, so
/// a long time without a run is a clock that is wrong, or a server that was off. What somebody did
/// after the jump says nothing: its time is that clock's. Before the first run acts are all there is.
async fn undoubted(ledger: &Ledger, now: DateTime<Utc>) -> Result<()> {
    let last = match looked(ledger).await? {
        Some(looked) => Some(looked),
        None => newest_act(ledger).await?,
    };
    match last {
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
