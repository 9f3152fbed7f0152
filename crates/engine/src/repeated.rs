//! The same file given twice is read once. Rows without ids can't tell a repeated file from
//! customers who say the same; the files themselves can.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use throughline_lake::TableFiles;

/// The tables without repeated files, and a sentence for each that was left out.
pub fn once(tables: &[TableFiles]) -> (Vec<TableFiles>, Vec<String>) {
    let mut notes = Vec::new();
    let tables = tables
        .iter()
        .map(|table| {
            let mut files: Vec<PathBuf> = Vec::new();
            for file in &table.files {
                if files.iter().any(|earlier| same(earlier, file)) {
                    let name = file.file_name().unwrap_or_default().to_string_lossy();
                    notes.push(format!(
                        "`{name}` holds the same as a file given before; it was read once"
                    ));
                } else {
                    files.push(file.clone());
                }
            }
            TableFiles {
                table: table.table,
                files,
            }
        })
        .collect();
    (tables, notes)
}

/// Whether two files hold the same bytes; what can't be read isn't the same, and the import says
/// what is wrong with it. Only regular files are looked at: a pipe can be read once alone.
fn same(one: &Path, other: &Path) -> bool {
    let open = |path: &Path| {
        let meta = std::fs::metadata(path)
            .ok()
            .filter(std::fs::Metadata::is_file)?;
        Some((
            meta.len(),
            BufReader::with_capacity(1 << 16, File::open(path).ok()?),
        ))
    };
    let (Some((length, one)), Some((other_length, other))) = (open(one), open(other)) else {
        return false;
    };
    length == other_length
        && one
            .bytes()
            .zip(other.bytes())
            .all(|pair| matches!(pair, (Ok(a), Ok(b)) if a == b))
}
