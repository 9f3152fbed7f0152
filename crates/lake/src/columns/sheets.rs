//! Sheets of a workbook that are one table, as exports with a sheet a month are: those with the same columns.
//!
//! A sheet whose rows stand on another one too (`All` beside the months) is a copy, and left out. How columns are
//! read is told by the rows of all sheets together.

use super::plan::{Plan, plan_of};
use crate::error::LakeError;
use crate::options::ImportOptions;
use crate::read::sniff::{Candidate, Record};
use crate::signals::LONG_COMMENT;
use std::collections::BTreeSet;
use std::path::Path;
use throughline_domain::facts::Table;

/// Rows that tell a copy; fewer may come twice by chance.
const TELLING: usize = 5;

/// The plans of a sheet and of all others that are one table with it.
pub(super) fn plans<'a>(
    table: Table,
    (first, plan): (&Candidate, Plan),
    others: impl Iterator<Item = &'a Candidate>,
    options: &ImportOptions,
    path: &Path,
) -> Result<Vec<Plan>, LakeError> {
    let alike = others
        .filter(|other| other.layout != first.layout)
        .filter_map(|other| plan_of(table, other, options, path).ok())
        .filter(|other| other.split.columns == plan.split.columns);
    let mut alike: Vec<Plan> = [plan.clone()].into_iter().chain(alike).collect();
    let rows: Vec<BTreeSet<&[String]>> = alike.iter().map(|plan| telling(&plan.sample)).collect();
    let is_copy = |at: usize| {
        (0..rows.len()).any(|other| {
            let larger = (rows[other].len(), at) > (rows[at].len(), other);
            let common = rows[at].intersection(&rows[other]).count();
            other != at && larger && common >= TELLING && 2 * common > rows[at].len()
        })
    };
    let copies: Vec<bool> = (0..rows.len()).map(is_copy).collect();
    let mut copies = copies.iter();
    alike.retain(|_| !copies.next().is_some_and(|copy| *copy));
    let [one, more @ ..] = &alike[..] else {
        return Ok(vec![plan]);
    };
    if more.is_empty() {
        return Ok(alike);
    }
    let mut pooled = first.clone();
    if one.layout != plan.layout {
        pooled.records.extend(one.sample.iter().cloned());
    }
    pooled
        .records
        .extend(more.iter().flat_map(|plan| plan.sample.iter().cloned()));
    let pooled = plan_of(table, &pooled, options, path)?;
    let layouts = alike.into_iter().map(|plan| plan.layout);
    let plan = |layout| {
        let mut plan = pooled.clone();
        plan.layout = layout;
        plan
    };
    Ok(layouts.map(plan).collect())
}

/// Rows with so much in them that they come twice only as copies.
fn telling(sample: &[Record]) -> BTreeSet<&[String]> {
    let long = |record: &&Record| record.cells.iter().any(|cell| cell.len() >= LONG_COMMENT);
    sample
        .iter()
        .filter(long)
        .map(|record| record.cells.as_slice())
        .collect()
}
