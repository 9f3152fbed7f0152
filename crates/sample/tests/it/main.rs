//! The sample company, from outside: the same seed gives the same rows, shares are as promised,
//! and the truth is what a large file shows.

mod people;
mod rows;
mod scores;
mod words;

use std::convert::Infallible;
use throughline_sample::{Plan, SignalRow, SignalTruth, VoiceRow, VoiceTruth};

/// Calls `each` with every signal.
pub fn signals(plan: &Plan, mut each: impl FnMut(&SignalRow<'_>, &SignalTruth<'_>)) {
    let Ok(()) = plan.signals(|row, truth| {
        each(row, truth);
        Ok::<(), Infallible>(())
    });
}

/// Calls `each` with every answer.
pub fn voice(plan: &Plan, mut each: impl FnMut(&VoiceRow<'_>, &VoiceTruth<'_>)) {
    let Ok(()) = plan.voice(|row, truth| {
        each(row, truth);
        Ok::<(), Infallible>(())
    });
}

/// Asserts that a share is where it should be.
pub fn within(name: &str, share: f64, low: f64, high: f64) {
    assert!(
        (low..=high).contains(&share),
        "{name} is {share}, not within {low} to {high}"
    );
}
