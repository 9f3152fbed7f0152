//! Taking out a file of feedback that a person brought: first set aside, from where it can still be put
//! back, then deleted. What a killed run set aside goes with the next start.

use super::signals::{FOLDER, REMOVED, signal_files};
use crate::error::{EngineError, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Whether a file of that name was brought by a person on the page ([`keep_feedback`] names it), and not
/// put there by whoever runs the server or by a program.
///
/// [`keep_feedback`]: super::keep_feedback
pub fn was_brought(name: &str) -> bool {
    let stem = name.strip_prefix("upload-").unwrap_or_default();
    let Some((stem, hash)) = stem
        .strip_suffix(".jsonl")
        .and_then(|name| name.rsplit_once('-'))
    else {
        return false;
    };
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    hash.len() == 12
        && hash.chars().all(|letter| letter.is_ascii_hexdigit())
        && stem.chars().all(|letter| plain(letter) || letter == '-')
}

/// What tells a file from another that took its name since; empty where there is none.
pub fn stamp(file: &Path) -> String {
    let Ok(about) = fs::metadata(file) else {
        return String::new();
    };
    let since = about.modified().ok();
    let since = since.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    format!("{}-{}", about.len(), since.unwrap_or_default().as_nanos())
}

/// A file that no brief reads any more, and that is still there.
pub struct SetAside {
    place: PathBuf,
    aside: PathBuf,
}

/// Sets aside a file that a person brought; `None` where none of that name and [`stamp`] is there.
///
/// # Errors
/// Where it can't be moved.
pub fn set_aside(workspace: &Path, name: &str, seen: &str) -> Result<Option<SetAside>> {
    let files = signal_files(workspace)?;
    // Only what is in the list: no name leads out of the folder.
    let is_named = |path: &PathBuf| path.file_name().is_some_and(|file| file == name);
    let Some(place) = files.into_iter().find(is_named) else {
        return Ok(None);
    };
    if !was_brought(name) || stamp(&place) != seen {
        return Ok(None);
    }
    let aside = workspace.join(FOLDER).join(format!("{REMOVED}{name}"));
    renamed(&place, &aside)?;
    Ok(Some(SetAside { place, aside }))
}

impl SetAside {
    /// Puts it back.
    ///
    /// # Errors
    /// Where it can't be moved.
    pub fn put_back(self) -> Result<()> {
        renamed(&self.aside, &self.place)
    }

    /// Deletes it.
    ///
    /// # Errors
    /// Where it can't be: it lies aside until the next start.
    pub fn delete(self) -> Result<()> {
        fs::remove_file(&self.aside).map_err(refused(&self.aside))?;
        on_disk(&self.aside)
    }
}

fn renamed(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(refused(from))?;
    on_disk(to)
}

/// What happened to names in a file's folder is on disk.
fn on_disk(file: &Path) -> Result<()> {
    let folder = file.parent().unwrap_or(file);
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(refused(folder))
}

fn refused(path: &Path) -> impl FnOnce(std::io::Error) -> EngineError {
    let path = path.to_owned();
    move |source| EngineError::Output { path, source }
}

#[cfg(test)]
mod tests {
    use super::{FOLDER, File, fs, set_aside, stamp, was_brought};

    #[test]
    fn what_a_person_brought_has_a_name_of_its_own() {
        for name in [
            "upload-spring-survey-0123456789ab.jsonl",
            "upload--0123456789ab.jsonl",
        ] {
            assert!(was_brought(name), "{name}");
        }
        for name in [
            "upload-march.csv",
            "upload-march.jsonl",
            "upload-0123456789ab.jsonl",
            "upload-../a-0123456789ab.jsonl",
            "api-0123456789ab.jsonl",
            "",
        ] {
            assert!(!was_brought(name), "{name}");
        }
    }

    #[test]
    fn a_file_is_set_aside_put_back_and_deleted_and_another_of_its_name_is_not() {
        let workspace = tempfile::tempdir().expect("a folder");
        let folder = workspace.path().join(FOLDER);
        fs::create_dir_all(&folder).expect("a folder");
        let name = "upload-a-0123456789ab.jsonl";
        let file = folder.join(name);
        fs::write(&file, "rows").expect("a file");
        let seen = stamp(&file);
        let aside = || set_aside(workspace.path(), name, &seen).expect("it can be moved");
        let one = aside().expect("it is there");
        assert!(!file.exists());
        one.put_back().expect("it can be moved");
        assert_eq!(stamp(&file), seen);
        // The same rows brought again are another file.
        let later = fs::metadata(&file).and_then(|about| about.modified());
        let later = later.expect("a time") + std::time::Duration::from_nanos(1_000_000);
        let open = File::options().write(true).open(&file).expect("it opens");
        open.set_modified(later).expect("a time is set");
        assert!(aside().is_none() && file.exists());
        let one = set_aside(workspace.path(), name, &stamp(&file));
        one.expect("moved").expect("there").delete().expect("gone");
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 0);
    }
}
