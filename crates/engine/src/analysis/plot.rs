//! A picture in a file: written whole or not at all.

use crate::error::{EngineError, Result};
use std::io::Write;
use std::path::Path;

/// Refuses a name that can't be meant, before anything is computed: not `.svg`, or a file that is
/// read.
///
/// # Errors
/// [`EngineError::Request`].
pub fn check_plot(plot: &Path, inputs: &[&Path]) -> Result<()> {
    let is_svg = plot
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    if !is_svg {
        return Err(EngineError::Request {
            what: format!("`{}` doesn't end in .svg", plot.display()),
            hint: "pictures are written as SVG: name the file so, as in `--plot picture.svg`",
        });
    }
    let same = |input: &&Path| match (input.canonicalize(), plot.canonicalize()) {
        (Ok(input), Ok(plot)) => input == plot,
        _ => false,
    };
    if inputs.iter().any(same) {
        return Err(EngineError::Request {
            what: format!("`{}` is the file that is read", plot.display()),
            hint: "choose another name for the picture",
        });
    }
    Ok(())
}

/// Writes the picture beside its place and moves it there once it is on disk.
///
/// # Errors
/// [`EngineError::Output`]; whatever was at `path` before is then still there.
pub fn save_plot(path: &Path, svg: &str) -> Result<()> {
    let refused = |source| EngineError::Output {
        path: path.to_owned(),
        source,
    };
    if path.is_dir() {
        return Err(refused(std::io::ErrorKind::IsADirectory.into()));
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(refused(std::io::ErrorKind::NotFound.into()));
    }
    let mut file = tempfile::Builder::new()
        .prefix(".throughline-")
        .suffix(".svg")
        .tempfile_in(folder)
        .map_err(refused)?;
    file.write_all(svg.as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .map_err(refused)?;
    readable(&file).map_err(refused)?;
    file.persist(path)
        .map(|_| ())
        .map_err(|error| refused(error.error))
}

/// A temporary file is its owner's alone; a picture is as readable as any new file.
#[cfg(unix)]
fn readable(file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file()
        .set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_file: &tempfile::NamedTempFile) -> std::io::Result<()> {
    Ok(())
}
