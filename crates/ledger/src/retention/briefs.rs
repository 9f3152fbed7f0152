//! Released briefs that are kept no longer.

use super::backups::failed;
use crate::audit::{self, Act};
use crate::error::Result;
use crate::ledger::Ledger;
use crate::releases::{lock_of, staged_of};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Removes the briefs of rounds whose words are over, and what their runs left behind; how many. That
/// a round was released stays on record, with the hash of its brief.
pub(super) async fn purge(ledger: &Ledger, folder: &Path, over: &BTreeSet<Uuid>) -> Result<u64> {
    let mut gone = 0;
    for round in over {
        let brief = folder.join(round.to_string());
        let (staged, lock) = (staged_of(folder, *round), lock_of(folder, *round));
        let mut any = false;
        for path in [brief, staged, lock] {
            any |= removed(&path).map_err(|error| failed(&path, error))?;
        }
        if any {
            let act = Act::new("throughline", "retention.purge", "briefs");
            audit::note(ledger, act.detail(round.to_string())).await?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// Whether there was something.
fn removed(path: &PathBuf) -> io::Result<bool> {
    let is_folder = match fs::symlink_metadata(path) {
        Ok(is) => is.is_dir(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    if is_folder {
        fs::remove_dir_all(path)?;
    } else {
        fs::remove_file(path)?;
    }
    Ok(true)
}
