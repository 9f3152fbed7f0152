//! The whole product in a browser: what a test needs to play its story.
//!
//! A `Company` is the real program on a fresh workspace, a `Driver` a chromedriver of one's own, a
//! `Browser` one person's window. Pages are used as people use them: fields by their labels, buttons by
//! their words. `look` is what is asked of every page: axe finds nothing, nothing overflows, targets
//! are large enough, nothing is refused by the content policy, and a picture is kept to be looked at.
//!
//! Where Chromium, chromedriver or npm is absent, a test skips with a line, and fails where
//! `THROUGHLINE_NOTHING_MAY_BE_ABSENT` is set.

pub mod axe;
pub mod browser;
pub mod company;
pub mod driver;
pub mod hands;
pub mod layout;
pub mod needs;
pub mod screens;

pub use browser::{Browser, Screen};
pub use company::Company;
pub use driver::Driver;
pub use screens::look;

use std::path::PathBuf;

/// The build's folder, in which the running test lies (`target/debug/deps/it-…`).
///
/// # Panics
/// Where the system doesn't tell.
pub fn debug_folder() -> PathBuf {
    let own = std::env::current_exe().expect("a program knows where it is");
    own.ancestors()
        .nth(2)
        .expect("a test lies in target/debug/deps")
        .to_owned()
}

/// `target`, in which pictures and axe-core are kept.
///
/// # Panics
/// Where the system doesn't tell.
pub fn target_folder() -> PathBuf {
    debug_folder()
        .parent()
        .expect("target/debug has a parent")
        .to_owned()
}
