//! Files that a form brings: written into a folder of the workspace, gone when read.
//!
//! They hold people, or what customers said: the folder is the program's own, and what a run that was
//! killed left there, or half checked in the folder of feedback, goes at the next start.

use crate::config::own_folder;
use crate::error::Failure;
use crate::page::words::count;
use crate::state::App;
use axum::extract::{DefaultBodyLimit, Multipart};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use throughline_engine::workspace::empty_signals;
use tokio::io::{AsyncWriteExt, BufWriter};

/// The folder of the workspace.
const FOLDER: &str = "uploads";
/// Parts that a form may have.
const MOST_PARTS: usize = 12;
/// Bytes that a field beside the files may hold.
const LONGEST_TEXT: usize = 2_000;
/// Bytes of a form beside its file.
const AROUND: usize = 64 * 1024;
/// Bytes of a file's name: disks take 255, and ours puts endings of its own behind it.
const LONGEST_NAME: usize = 200;
/// Bytes of what can be a name's ending.
const LONGEST_ENDING: usize = 20;
/// Bytes that are written at a time.
const AT_ONCE: usize = 1 << 20;

/// A file that was brought.
pub(crate) struct Brought {
    /// The form's field.
    pub field: String,
    /// What it is called where it came from.
    pub name: String,
    /// Where it lies until this goes.
    pub file: NamedTempFile,
}

/// As much as a file may be, by the settings.
pub(crate) fn limit(app: &App) -> DefaultBodyLimit {
    DefaultBodyLimit::max(app.config.upload_bytes.saturating_add(AROUND))
}

/// Removes what a run that was killed left.
///
/// # Errors
/// Where it can't be removed.
pub(crate) fn empty(workspace: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(workspace.join(FOLDER)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => empty_signals(workspace),
    }
}

/// A form that brings files.
#[derive(Default)]
pub(crate) struct Form {
    /// Its files; fields in which none was chosen aren't there.
    pub files: Vec<Brought>,
    texts: BTreeMap<String, String>,
}

impl Form {
    /// A field without what surrounds it; empty if it isn't there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.texts.get(name).map_or("", |text| text.trim())
    }
}

/// The folder.
pub(crate) fn folder(app: &App) -> PathBuf {
    app.config.workspace.join(FOLDER)
}

/// The files of a form.
pub(crate) async fn brought(app: &App, form: Multipart) -> Result<Vec<Brought>, Failure> {
    Ok(filled(app, form).await?.files)
}

/// The files of a form, and what was written in it beside them.
pub(crate) async fn filled(app: &App, mut form: Multipart) -> Result<Form, Failure> {
    let most = app.config.upload_bytes;
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            too_large(most)
        } else {
            Failure::refused("the file didn't arrive whole", "Send it once more.")
        }
    };
    let folder = folder(app);
    let mut all = Form::default();
    let mut parts = 0;
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        parts += 1;
        if parts > MOST_PARTS {
            return Err(Failure::refused(
                "this form has more parts than ours",
                "Go back to the page and send it from there.",
            ));
        }
        let (Some(name), Some(field_name)) = (field.file_name(), field.name()) else {
            let name = field.name().map(str::to_owned);
            let mut text = Vec::new();
            while let Some(chunk) = field.chunk().await.map_err(broken)? {
                if text.len() + chunk.len() > LONGEST_TEXT {
                    return Err(Failure::refused(
                        "a field of the form holds more than it can",
                        "Go back and write less into it.",
                    ));
                }
                text.extend_from_slice(&chunk);
            }
            if let (Some(name), Ok(text)) = (name, String::from_utf8(text)) {
                all.texts.insert(name, text);
            }
            continue;
        };
        let (name, field_name) = (plain(name), field_name.to_owned());
        let (file, open) = fresh(folder.clone()).await?;
        let mut written = BufWriter::with_capacity(AT_ONCE, open);
        let mut bytes = 0;
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            bytes += chunk.len();
            if bytes > most {
                return Err(too_large(most));
            }
            written.write_all(&chunk).await.map_err(cannot)?;
        }
        if bytes > 0 {
            written.flush().await.map_err(cannot)?;
            all.files.push(Brought {
                field: field_name,
                name,
                file,
            });
        }
    }
    Ok(all)
}

/// A new file, and a way to write to it.
async fn fresh(folder: PathBuf) -> Result<(NamedTempFile, tokio::fs::File), Failure> {
    let made = tokio::task::spawn_blocking(move || {
        own_folder(&folder)?;
        let file = NamedTempFile::new_in(folder)?;
        let open = file.reopen()?;
        io::Result::Ok((file, tokio::fs::File::from_std(open)))
    });
    made.await
        .map_err(|error| Failure::Fault(error.to_string()))?
        .map_err(cannot)
}

fn cannot(error: io::Error) -> Failure {
    Failure::Storage {
        what: "the file couldn't be kept to be read",
        why: error.to_string(),
    }
}

fn too_large(most: usize) -> Failure {
    Failure::refused(
        format!("the file is larger than {} MB", count(most / 1_000_000)),
        "Save it as XLSX, or as a zipped CSV, with the columns that are needed.",
    )
}

/// A file's name without folders, controls or great length. Its ending stays: it says what the file
/// is.
fn plain(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|letter| !letter.is_control()).collect();
    if name.len() <= LONGEST_NAME {
        return name;
    }
    let ending = name
        .rfind('.')
        .map(|at| &name[at..])
        .filter(|ending| ending.len() <= LONGEST_ENDING)
        .unwrap_or_default();
    let stem = name.floor_char_boundary(LONGEST_NAME - ending.len());
    format!("{}{ending}", &name[..stem])
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_NAME, plain};

    #[test]
    fn a_long_name_in_any_script_fits_on_a_disk_and_keeps_its_ending() {
        assert_eq!(plain("C:\\exports\\sp\u{7}ring.csv"), "spring.csv");
        assert_eq!(plain("../../spring.csv"), "spring.csv");
        for letter in ["a", "\u{e9}", "\u{0639}", "\u{6e2c}", "\u{1f600}"] {
            let name = plain(&format!("{}.xlsx", letter.repeat(300)));
            assert!(
                (LONGEST_NAME - 3..=LONGEST_NAME).contains(&name.len()),
                "{name}"
            );
            assert!(name.ends_with(&format!("{letter}.xlsx")), "{name}");
        }
        assert_eq!(plain(&format!("a.{}", "b".repeat(300))).len(), LONGEST_NAME);
    }
}
