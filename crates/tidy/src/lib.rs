//! The house's rules, kept by a test: floors, names, file sizes, module docs.
//!
//! The rules themselves are in `ARCHITECTURE.md`; the tests in `tests/it` read the workspace.

/// Each crate and its floor. A crate uses only crates on floors below its own.
pub const FLOORS: [(&str, u8); 12] = [
    ("throughline-cli", 6),
    ("throughline-server", 5),
    ("throughline-engine", 4),
    ("throughline-insight", 3),
    ("throughline-lake", 3),
    ("throughline-ledger", 3),
    ("throughline-report", 3),
    ("throughline-stats", 2),
    ("throughline-text", 2),
    ("throughline-disclosure", 2),
    ("throughline-sample", 2),
    ("throughline-domain", 1),
];

/// Crates that stand beside the house.
pub const BESIDE: [&str; 2] = ["throughline-tidy", "throughline-e2e"];

/// The floor of a crate of ours.
pub fn floor(name: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(crate_name, _)| *crate_name == name)
        .map(|(_, floor)| *floor)
}

/// Crates that do no I/O.
pub const PURE: [&str; 7] = [
    "stats",
    "text",
    "disclosure",
    "sample",
    "insight",
    "report",
    "domain",
];

/// Names that say nothing.
pub const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "helper", "common", "manager"];

/// Lines past which a file is split.
pub const MOST_LINES: usize = 500;
