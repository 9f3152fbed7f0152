//! Backups that are kept no longer.

use super::BACKUPS;
use crate::audit::{self, Act};
use crate::backup::{ENDING, Held, UNFINISHED, look};
use crate::entity::round;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use throughline_domain::listen::RoundState;
use uuid::Uuid;

/// Removes those in the folder that hold words whose time is `over`; as soon as there is a newer one,
/// those that are older than their clock or hold the secret of a round that has closed since; and
/// what runs that were cut off left behind. By the clock alone the newest never goes: it may be all
/// there is, and the clock may be wrong. What can't be read goes by its file's date.
pub(super) async fn purge(
    ledger: &Ledger,
    folder: &Path,
    over: &BTreeSet<Uuid>,
    now: DateTime<Utc>,
    days: u32,
) -> Result<u64> {
    let (held, unfinished) = found(folder, now).map_err(|error| failed(folder, error))?;
    let closed: BTreeSet<Uuid> = round::Entity::find()
        .select_only()
        .column(round::Column::Id)
        .filter(round::Column::State.eq(RoundState::Closed.name()))
        .into_tuple::<Uuid>()
        .all(ledger.reading())
        .await?
        .into_iter()
        .collect();
    let newest = held
        .iter()
        .filter_map(|(_, is)| Some(is.as_ref().ok()?.made_at));
    let newest = newest.max();
    let is_old = |made_at: DateTime<Utc>| made_at + Duration::days(days.into()) < now;
    let is_due = |is: &Is| match is {
        Ok(held) => {
            let may_go =
                is_old(held.made_at) || held.secrets_of.iter().any(|id| closed.contains(id));
            held.words_of.iter().any(|id| over.contains(id))
                || (Some(held.made_at) < newest && may_go)
        }
        Err(changed) => is_old(*changed),
    };
    let mut gone = 0;
    for (path, is) in held {
        if is_due(&is) {
            fs::remove_file(&path).map_err(|error| failed(&path, error))?;
            let act = Act::new("throughline", "retention.purge", BACKUPS);
            audit::note(ledger, act.detail(path.display().to_string())).await?;
            gone += 1;
        }
    }
    for path in unfinished {
        fs::remove_file(&path).map_err(|error| failed(&path, error))?;
        gone += 1;
    }
    Ok(gone)
}

/// What a backup's head says; of one that can't be read, when its file was changed.
type Is = std::result::Result<Held, DateTime<Utc>>;
type Found = (Vec<(PathBuf, Is)>, Vec<PathBuf>);

/// Backups with their heads, and files of runs that were cut off a day ago or more. Other files are
/// nobody's business here.
fn found(folder: &Path, now: DateTime<Utc>) -> io::Result<Found> {
    let (mut held, mut unfinished) = (Vec::new(), Vec::new());
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((held, unfinished)),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        if name.ends_with(ENDING) {
            let is = match look(&path) {
                Ok(head) => Ok(head),
                Err(_) => Err(fs::metadata(&path)?.modified()?.into()),
            };
            held.push((path, is));
        } else if name.contains(ENDING) && name.ends_with(UNFINISHED) {
            let changed: DateTime<Utc> = fs::metadata(&path)?.modified()?.into();
            if changed + Duration::days(1) < now {
                unfinished.push(path);
            }
        }
    }
    Ok((held, unfinished))
}

pub(super) fn failed(path: &Path, source: io::Error) -> LedgerError {
    LedgerError::File {
        what: format!("can't look through or remove `{}`", path.display()),
        source,
        hint: "let the user that Throughline runs as write to that folder",
    }
}
