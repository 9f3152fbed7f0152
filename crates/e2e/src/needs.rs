//! What browser tests need from the machine, and what happens where it isn't there.

use std::path::PathBuf;

/// The programs of the machine.
#[derive(Clone, Debug)]
pub struct Programs {
    /// Chromium.
    pub chromium: PathBuf,
    /// Its driver.
    pub chromedriver: PathBuf,
    /// axe-core, whole.
    pub axe: &'static str,
}

/// Finds them all, or says in a line why the test is skipped.
///
/// # Panics
/// Where one is absent and `THROUGHLINE_NOTHING_MAY_BE_ABSENT` is set.
pub fn programs() -> Option<Programs> {
    let found = || -> Result<Programs, String> {
        Ok(Programs {
            chromium: find("chromium")?,
            chromedriver: find("chromedriver")?,
            axe: crate::axe::source(&find("npm")?)?,
        })
    };
    match found() {
        Ok(programs) => Some(programs),
        Err(why) => {
            assert!(
                std::env::var_os("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_none(),
                "{why}"
            );
            eprintln!("skipped: {why}");
            None
        }
    }
}

/// A program in the `PATH`.
fn find(name: &str) -> Result<PathBuf, String> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .ok_or_else(|| format!("`{name}` isn't installed"))
}
