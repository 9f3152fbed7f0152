//! Reading reference values that another implementation made (`tools/reference/`).

use serde_json::Value;

/// The JSON under `tests/data`.
pub fn read(name: &str) -> Value {
    let path = format!("{}/tests/data/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("reference values are in the repository");
    serde_json::from_str(&text).expect("reference values are JSON")
}

/// The numbers of an array.
pub fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .expect("array")
        .iter()
        .map(|v| v.as_f64().expect("number"))
        .collect()
}

/// Within `tolerance` of the expected value, relative where that is above 1.
#[track_caller]
pub fn check(what: &str, got: f64, expected: f64, tolerance: f64) {
    let off = (got - expected).abs() / expected.abs().max(1.0);
    assert!(
        off <= tolerance,
        "{what}: got {got}, expected {expected}, off by {off:e}"
    );
}
