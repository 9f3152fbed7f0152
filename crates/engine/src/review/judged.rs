//! What an analyst judged, as the next brief needs it.

use super::{ASSIGNMENTS, PAIRS, read_assignments, read_pairs};
use crate::error::Result;
use std::path::Path;

/// A judged assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedAssignment {
    /// The signal's id.
    pub id: String,
    /// The problem's id.
    pub pain: String,
    /// Whether the program had found it.
    pub found: bool,
    /// Whether the comment names the problem.
    pub yes: bool,
}

/// A judged pair.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedPair {
    /// The problem's id.
    pub pain: String,
    /// The fix's id.
    pub lever: String,
    /// Whether the fix would answer the problem.
    pub yes: bool,
    /// How many pairs stand behind this one.
    pub weight: f64,
}

/// All that was judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgements {
    /// Assignments.
    pub assignments: Vec<JudgedAssignment>,
    /// Pairs.
    pub pairs: Vec<JudgedPair>,
}

/// What a judgement says; `None` if nothing.
pub(super) fn yes(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "yes" | "y" | "1" | "true" => Some(true),
        "no" | "n" | "0" | "false" => Some(false),
        _ => None,
    }
}

/// Reads what was judged in the folder of a brief; nothing if there is none.
///
/// # Errors
/// If a file is there and can't be read.
pub fn judgements(folder: &Path) -> Result<Judgements> {
    let assignments = read_assignments(&folder.join(ASSIGNMENTS))?
        .into_iter()
        .filter_map(|row| {
            Some(JudgedAssignment {
                yes: yes(&row.judgement)?,
                id: row.id,
                pain: row.pain,
                found: row.kind == "found",
            })
        })
        .collect();
    let rows = read_pairs(&folder.join(PAIRS))?;
    let judged_of = |kind: &str| {
        rows.iter()
            .filter(|row| row.kind == kind && yes(&row.judgement).is_some())
            .count()
            .max(1)
    };
    let pairs = rows
        .iter()
        .filter_map(|row| {
            Some(JudgedPair {
                yes: yes(&row.judgement)?,
                weight: row.of.max(1) as f64 / judged_of(&row.kind) as f64,
                pain: row.pain.clone(),
                lever: row.lever.clone(),
            })
        })
        .collect();
    Ok(Judgements { assignments, pairs })
}
