//! An analyst's questions of files of her own: read, estimate, entrust.
//!
//! One file a command: a request (the flags, parsed), and a function from the request to
//! `Entrusted<result>`. A reason of `throughline-stats` is said again in the reader's words by
//! `reasons`; figures that exist without an interval keep the reason beside them.

pub mod drivers;
pub mod effect;
pub mod experiment;
mod figure;
pub mod levels;
pub mod link;
pub mod mediation;
pub mod meta;
mod plot;
pub mod rank;
mod reasons;

pub use drivers::DriversRequest;
pub use effect::EffectRequest;
pub use experiment::{AssignRequest, ExperimentRequest, PlanRequest, assign, plan_experiment};
pub use levels::LevelsRequest;
pub use link::{Columns, LinkRequest, Long};
pub use mediation::MediationRequest;
pub use meta::{MetaRequest, Pooling};
pub use plot::{check_plot, save_plot};
pub use rank::RankRequest;
pub use throughline_stats::mediation::Part;
pub use throughline_stats::meta::{Method, Test};

use crate::error::{EngineError, Result};
use throughline_disclosure::{Entrusted, FileUse, Grant};
use throughline_domain::analysis as results;

/// Doors to the commands that read one file: a reason why it has no answer names the file.
macro_rules! doors {
    ($($name:ident($request:ty, $file:ident) -> $answer:ty;)*) => {$(
        /// Answers; see the module of the same name.
        ///
        /// # Errors
        /// For a file that can't be read, and for data that have no answer: with the file's name,
        /// and the row and column where one is at fault.
        pub fn $name(request: &$request) -> Result<Entrusted<$answer>> {
            $name::$name(request).map_err(|error| error.in_file(&request.$file))
        }
    )*};
}

doors! {
    drivers(DriversRequest, data) -> results::Drivers;
    effect(EffectRequest, data) -> results::Effect;
    experiment(ExperimentRequest, data) -> results::Experiment;
    levels(LevelsRequest, data) -> results::Levels;
    link(LinkRequest, data) -> results::Link;
    mediation(MediationRequest, data) -> results::Mediation;
    meta(MetaRequest, data) -> results::Meta;
    rank(RankRequest, votes) -> results::Rank;
}

/// Hands a result to the person at the command line, who brought the files herself.
pub(crate) fn entrusted<T>(result: T) -> Entrusted<T> {
    Grant::to_the_owner_of_the_files(FileUse::Analysis).entrust(result)
}

/// An error about what was asked for, with what to do.
pub(crate) fn no_answer(what: impl Into<String>, hint: impl Into<String>) -> EngineError {
    EngineError::NoAnswer {
        what: what.into(),
        hint: hint.into(),
    }
}

/// `1 row`, `2 rows`.
pub(crate) fn counted(n: u64, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// Rows in which nothing is missing, and what to say of the others.
pub(crate) struct Complete {
    /// The rows, ascending.
    pub rows: Vec<usize>,
    /// Rows left out.
    pub left_out: u64,
    /// A sentence where much was left out: which column misses most.
    pub warning: Option<String>,
}

/// Finds the rows that have a value in every column: `has(column, row)`.
///
/// # Errors
/// If no row has.
pub(crate) fn complete(
    rows: usize,
    names: &[&str],
    has: impl Fn(usize, usize) -> bool,
) -> Result<Complete> {
    let mut missing = vec![0u64; names.len()];
    let mut kept = Vec::with_capacity(rows);
    for row in 0..rows {
        let mut whole = true;
        for (column, count) in missing.iter_mut().enumerate() {
            if !has(column, row) {
                *count += 1;
                whole = false;
            }
        }
        if whole {
            kept.push(row);
        }
    }
    let left_out = (rows - kept.len()) as u64;
    let worst = missing.iter().zip(names).max_by_key(|(count, _)| **count);
    let most = worst.map_or_else(String::new, |(count, name)| {
        format!("`{name}` misses most: {count} of {rows} rows")
    });
    if kept.is_empty() {
        return Err(no_answer(
            format!("no row has a value in every column asked for ({most})"),
            "leave that column out, or bring rows in which nothing is missing",
        ));
    }
    let warning = (left_out * 20 > rows as u64).then(|| {
        format!(
            "{left_out} of {rows} rows were left out because a value is missing; {most}. \
             If values are missing for a reason, the rest may not stand for all."
        )
    });
    Ok(Complete {
        rows: kept,
        left_out,
        warning,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_a_missing_value_are_counted_and_said() {
        let found = complete(10, &["a", "b"], |column, row| column == 0 || row > 2).expect("rows");
        assert_eq!((found.rows.len(), found.left_out), (7, 3));
        assert!(
            found
                .warning
                .is_some_and(|words| words.contains("`b` misses most: 3 of 10"))
        );
        assert!(complete(4, &["a"], |_, _| false).is_err());
        assert!(complete(4, &["a"], |_, _| true).is_ok_and(|all| all.warning.is_none()));
    }
}
