//! A simulated analyst: judges the sampled comments and pairs by the truth.

use crate::compare::Seed;
use std::collections::BTreeSet;
use std::path::Path;
use throughline_engine::review::{
    ASSIGNMENTS, AssignmentRow, PAIRS, PairRow, read_assignments, read_pairs,
};

/// Judges up to so many of the sampled assignments.
pub fn assignments(out: &Path, seed: &Seed, most: usize) {
    let path = out.join(ASSIGNMENTS);
    let mut rows: Vec<AssignmentRow> = read_assignments(&path).expect("a sample");
    for row in rows.iter_mut().take(most) {
        let named: BTreeSet<&str> = seed.true_pains(&row.id);
        // The problem's meaning is what most of its comments truly name.
        let means = seed.pain_means.get(&row.pain).map(String::as_str);
        let yes = means.is_some_and(|key| named.contains(key));
        row.judgement = if yes { "yes" } else { "no" }.to_owned();
    }
    write(&path, &rows);
}

/// Judges the sampled pairs.
pub fn pairs(out: &Path, seed: &Seed) {
    let path = out.join(PAIRS);
    let mut rows: Vec<PairRow> = read_pairs(&path).expect("a sample");
    for row in &mut rows {
        let yes = seed.answers(&row.pain, &row.lever);
        row.judgement = if yes { "yes" } else { "no" }.to_owned();
    }
    write(&path, &rows);
}

fn write(path: &Path, rows: &[impl serde::Serialize]) {
    let mut writer = csv::Writer::from_path(path).expect("the sample can be written");
    for row in rows {
        writer.serialize(row).expect("a row");
    }
    writer.flush().expect("the sample is written");
}
