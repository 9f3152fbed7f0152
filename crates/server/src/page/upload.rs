//! Files that a form brings: written to a temporary file, gone when read.

use crate::error::Failure;
use axum::extract::Multipart;
use std::io::Write;
use tempfile::NamedTempFile;

/// Bytes that an upload may have.
pub(crate) const MOST_BYTES: usize = 64 << 20;

/// A file that was brought.
pub(crate) struct Brought {
    /// The form's field.
    pub field: String,
    /// What it is called where it came from.
    pub name: String,
    /// Where it lies until this goes.
    pub file: NamedTempFile,
}

/// The files of a form; fields in which none was chosen aren't there.
pub(crate) async fn brought(mut form: Multipart) -> Result<Vec<Brought>, Failure> {
    let broken = |error: axum::extract::multipart::MultipartError| {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Failure::refused(
                "the file is larger than 64 MB",
                "Save it as XLSX, or as a zipped CSV, with the columns that are needed.",
            )
        } else {
            Failure::refused("the file didn't arrive whole", "Send it once more.")
        }
    };
    let cannot = |error: std::io::Error| Failure::Fault(format!("can't keep an upload: {error}"));
    let mut all = Vec::new();
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        let (Some(name), Some(field_name)) = (field.file_name(), field.name()) else {
            continue;
        };
        let (name, field_name) = (plain(name), field_name.to_owned());
        let mut file = NamedTempFile::new().map_err(cannot)?;
        let mut bytes = 0;
        while let Some(chunk) = field.chunk().await.map_err(broken)? {
            bytes += chunk.len();
            file.write_all(&chunk).map_err(cannot)?;
        }
        if bytes > 0 {
            file.flush().map_err(cannot)?;
            all.push(Brought {
                field: field_name,
                name,
                file,
            });
        }
    }
    Ok(all)
}

/// A file's name without folders, controls or great length.
fn plain(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars()
        .filter(|letter| !letter.is_control())
        .take(100)
        .collect()
}
