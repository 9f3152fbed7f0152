//! The manifest: which files make the facts, with their rows and bytes. Written last; a folder
//! without it holds no facts.

use super::Unfinished;
use crate::error::{Complaint, LakeError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// The file's name.
pub(crate) const NAME: &str = "manifest.json";
/// The layout that this version writes and reads.
const LAYOUT: u32 = 1;

/// What makes the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    pub layout: u32,
    /// By table: the file's rows and bytes.
    pub tables: BTreeMap<String, Entry>,
    /// Rows of `rejects.csv`, without its header.
    pub rejected_rows: u64,
}

/// One table's file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub file: String,
    pub rows: u64,
    pub bytes: u64,
}

impl Manifest {
    pub(crate) fn new() -> Self {
        Self {
            layout: LAYOUT,
            ..Self::default()
        }
    }

    pub(crate) fn write(&self, into: &mut Unfinished) -> Result<(), LakeError> {
        let path = into.part(NAME);
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| LakeError::Fault(error.to_string()))?;
        let written = File::create(&path).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|error| LakeError::output(&path, 0, &error))?;
        into.add(NAME);
        Ok(())
    }

    /// Reads the manifest of a folder and checks that its files are there, whole.
    pub(crate) fn read(dir: &Path) -> Result<Self, LakeError> {
        let hint = "import the files again";
        let text = std::fs::read_to_string(dir.join(NAME)).map_err(|error| {
            Complaint::new(
                format!("the folder holds no finished import (`{NAME}`: {error})"),
                hint,
            )
            .in_file(dir)
        })?;
        let manifest: Self = serde_json::from_str(&text).map_err(|error| {
            Complaint::new(format!("`{NAME}` can't be read: {error}"), hint).in_file(dir)
        })?;
        if manifest.layout != LAYOUT {
            return Err(Complaint::new(
                format!(
                    "the facts were written in layout {}, this version reads {LAYOUT}",
                    manifest.layout
                ),
                hint,
            )
            .in_file(dir)
            .into());
        }
        for entry in manifest.tables.values() {
            let bytes = std::fs::metadata(dir.join(&entry.file)).map(|about| about.len());
            if bytes.as_ref().ok() != Some(&entry.bytes) {
                return Err(Complaint::new(
                    format!("`{}` is missing or was changed", entry.file),
                    hint,
                )
                .in_file(dir)
                .into());
            }
        }
        Ok(manifest)
    }
}
