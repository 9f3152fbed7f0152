//! The data beside the repository.

use serde_json::Value;
use std::path::PathBuf;

/// A file of `../shared/data/experiments`, or a notice that it isn't there.
pub fn shared(name: &str) -> Option<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/experiments")
        .join(name);
    if let Ok(text) = std::fs::read_to_string(&path) {
        return Some(serde_json::from_str(&text).expect("JSON"));
    }
    assert!(
        std::env::var_os("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_none(),
        "../shared/data/experiments/{name} is absent"
    );
    eprintln!("skipped: ../shared/data/experiments/{name} is not here");
    None
}
