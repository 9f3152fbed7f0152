//! A brief from a workspace: answers, votes and the company from the ledger, customers' feedback
//! from the folder `signals`.
//!
//! The ledger's rows are written as files of the data contract into a folder that is gone at the
//! end, and go through the same import and checks as anybody's files. What was promised to the
//! round's respondents is kept by `Promised`. A round is released once: the brief is staged, the
//! ledger records the release, and only then does the brief appear under `briefs/ROUND`. A run that
//! was killed in between is finished by whoever looks next ([`released`]).

mod company;
mod feedback;
mod overview;
mod promised;
mod removal;
mod signals;

pub use feedback::{FeedbackRead, keep_feedback, read_feedback};
pub use overview::Overview;
pub(crate) use promised::Promised;
pub use removal::{SetAside, set_aside, stamp, was_brought};
pub use signals::{Pushed, empty_signals, push, signal_files};

use crate::brief::run;
use crate::error::{EngineError, Result};
use crate::outputs::Outputs;
use crate::request::{BriefRequest, Outcome, Progress, ReadingOptions};
use sha2::{Digest, Sha256};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use throughline_domain::Table;
use throughline_lake::TableFiles;
use throughline_ledger::Ledger;
use throughline_ledger::releases::{self, FOLDER as BRIEFS, Release, lock_of, staged_of};
use tokio::runtime::Handle;
use uuid::Uuid;

/// The folder of a staged brief that is moved to its place.
const READY: &str = "ready";

/// A brief to be written of a round.
#[derive(Clone, Debug)]
pub struct WorkspaceRequest {
    /// The workspace's folder.
    pub workspace: PathBuf,
    /// The round by id or name; without one, the round that closed last.
    pub round: Option<String>,
    /// Further files, of customers' feedback and of measures and spending alone.
    pub tables: Vec<TableFiles>,
    /// How to read files.
    pub reading: ReadingOptions,
    /// The company's name, for the head of the brief.
    pub company: Option<String>,
    /// A folder to copy the brief to.
    pub out: Option<PathBuf>,
    /// Seed of everything random.
    pub seed: u64,
    /// Who releases it, for the audit log.
    pub who: String,
}

/// A brief that was released.
#[derive(Clone, Debug)]
pub struct Published {
    /// What the run came to.
    pub outcome: Outcome,
    /// The folder in the workspace that keeps it.
    pub folder: PathBuf,
    /// Its record.
    pub release: Release,
}

/// Writes and releases the brief of a round. It waits for the ledger through `runtime`, so it must
/// not be called from inside an async task; a blocking thread of the runtime will do.
///
/// # Errors
/// Where the round isn't closed, was released before, or too few answered; else as
/// [`brief`](crate::brief). Nothing is then recorded.
pub fn brief(
    runtime: &Handle,
    ledger: &Ledger,
    request: &WorkspaceRequest,
    progress: &dyn Progress,
) -> Result<Published> {
    let (round, name) = runtime.block_on(releases::find_round(ledger, request.round.as_deref()))?;
    let briefs = request.workspace.join(BRIEFS);
    make_folder(&briefs)?;
    let _lock = lock(&briefs, round, &name)?;
    if let Some(release) = runtime.block_on(releases::of_round(ledger, round))? {
        return Err(again(&request.workspace, &release));
    }
    let folder = briefs.join(round.to_string());
    if folder.exists() {
        return Err(EngineError::Request {
            what: format!(
                "`{}` is there, and the ledger knows of no brief of round `{name}`",
                folder.display()
            ),
            hint: "move that folder away: the brief is put there",
        });
    }
    let material = runtime.block_on(releases::material(ledger, Some(&round.to_string())))?;
    let mut staged = Staged::new(&briefs, round)?;
    let company = company::write(&material, &staged.path)?;
    let mut signals = TableFiles {
        table: Table::Signals,
        files: signal_files(&request.workspace)?,
    };
    let mut tables = company.tables;
    for given in &request.tables {
        if given.table == Table::Signals {
            signals.files.extend(given.files.iter().cloned());
        } else {
            tables.push(given.clone());
        }
    }
    if signals.files.is_empty() {
        return Err(EngineError::Request {
            what: format!(
                "there is no customers' feedback in `{}`",
                request.workspace.join(signals::FOLDER).display()
            ),
            hint: "bring a file on the page Feedback, push feedback by the API, put files there, or name files with `--signals`",
        });
    }
    tables.insert(0, signals);
    let ready = staged.path.join(READY);
    let outcome = run(
        &BriefRequest {
            tables,
            reading: request.reading.clone(),
            company: request.company.clone(),
            out: ready.clone(),
            seed: request.seed,
        },
        Some(&company.promised),
        progress,
    )?;
    let release = runtime.block_on(releases::record(
        ledger,
        &material,
        &request.who,
        hash(&ready)?,
        chrono::Utc::now(),
    ))?;
    // From here on the staged one is the only one.
    staged.keep = true;
    let folder = match place(&briefs, round, &ready) {
        Ok(folder) => folder,
        // Somebody who reads it may have put it there in this moment.
        Err(error) => released(&request.workspace, &release)?.ok_or(error)?,
    };
    staged.keep = false;
    if let Some(out) = &request.out {
        copy(&folder, out)?;
    }
    Ok(Published {
        outcome,
        folder,
        release,
    })
}

/// The folder of a released brief; `None` if it was taken away.
///
/// # Errors
/// Where a brief that was staged can't be moved to its place.
pub fn released(workspace: &Path, release: &Release) -> Result<Option<PathBuf>> {
    let briefs = workspace.join(BRIEFS);
    let folder = briefs.join(release.round.to_string());
    let staged = staged_of(&briefs, release.round);
    let found = if folder.join("brief.json").is_file() {
        Some(folder)
    } else {
        // The run that recorded it was killed before it could move it.
        let ready = staged.join(READY);
        match hash(&ready) {
            Ok(found) if found == release.brief => Some(place(&briefs, release.round, &ready)?),
            _ => None,
        }
    };
    if found.is_some() && staged.exists() {
        // A row an answer is in it. What can't be removed now is removed when it is read again.
        let _ = fs::remove_dir_all(&staged);
    }
    Ok(found)
}

fn again(workspace: &Path, release: &Release) -> EngineError {
    let place = match released(workspace, release) {
        Ok(Some(folder)) => format!("it lies in `{}`", folder.display()),
        _ => "its file isn't in this workspace any more".to_owned(),
    };
    EngineError::NoAnswer {
        what: format!(
            "the brief of round `{}` was released on {} by {}; {place}",
            release.name,
            release.at.format("%Y-%m-%d"),
            release.who,
        ),
        hint: "a round has one brief: a second could be compared with it, and show what one person said"
            .to_owned(),
    }
}

/// One run a round at a time, also of several programs on this workspace.
fn lock(briefs: &Path, round: Uuid, name: &str) -> Result<File> {
    let path = lock_of(briefs, round);
    let file = File::create(&path).map_err(|source| EngineError::Output { path, source })?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(EngineError::Request {
            what: format!("the brief of round `{name}` is being written already"),
            hint: "wait until it is there",
        }),
        // A disk that knows no locks: the ledger still takes one release alone.
        Err(TryLockError::Error(_)) | Ok(()) => Ok(file),
    }
}

/// A folder for a run's files: it holds answers' words, so it is the owner's alone, and is gone at
/// the end; after a kill, when the brief is read or written next.
struct Staged {
    path: PathBuf,
    /// The brief in it was recorded and has no other place yet.
    keep: bool,
}

impl Staged {
    fn new(briefs: &Path, round: Uuid) -> Result<Self> {
        let path = staged_of(briefs, round);
        let refused = |source| EngineError::Output {
            path: path.clone(),
            source,
        };
        if path.exists() {
            fs::remove_dir_all(&path).map_err(refused)?;
        }
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(refused)?;
        Ok(Self { path, keep: false })
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // What can't be removed now is removed by the next run.
        if !self.keep {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

fn hash(folder: &Path) -> Result<Vec<u8>> {
    let path = folder.join("brief.json");
    let bytes = fs::read(&path).map_err(|source| EngineError::Output { path, source })?;
    Ok(Sha256::digest(&bytes).to_vec())
}

fn place(briefs: &Path, round: Uuid, ready: &Path) -> Result<PathBuf> {
    let folder = briefs.join(round.to_string());
    let refused = |source| EngineError::Output {
        path: folder.clone(),
        source,
    };
    fs::rename(ready, &folder).map_err(refused)?;
    File::open(briefs)
        .and_then(|folder| folder.sync_all())
        .map_err(refused)?;
    Ok(folder)
}

fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|source| EngineError::Output {
        path: path.to_owned(),
        source,
    })
}

fn copy(folder: &Path, out: &Path) -> Result<()> {
    let unreadable = |source| EngineError::Output {
        path: folder.to_owned(),
        source,
    };
    let mut outputs = Outputs::new(out)?;
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if let Some(name) = entry.file_name().to_str()
            && entry.path().is_file()
        {
            outputs.adopt(&entry.path(), name)?;
        }
    }
    outputs.commit()
}
