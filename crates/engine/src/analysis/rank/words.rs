//! The reasons of `stats::votes`, said again with the items' names.

use crate::analysis::no_answer;
use crate::error::EngineError;
use throughline_stats::NoAnswer;

/// Most groups, and items of a group, that are named.
const NAMED: usize = 4;

/// Why an item has no score or no interval.
pub(super) fn why(reason: &NoAnswer) -> String {
    match reason {
        NoAnswer::NeverCompared => "never compared with another item".to_owned(),
        NoAnswer::TooFewVoters { n, needed } => match n {
            1 => format!("only 1 voter; an interval needs {needed}"),
            n => format!("only {n} voters; an interval needs {needed}"),
        },
        NoAnswer::TooFewVotes { .. } => "nobody took a side".to_owned(),
        NoAnswer::TooFewClusters { .. } => "fewer than two groups took a side".to_owned(),
        NoAnswer::NoVariation => "all resamples came out equal".to_owned(),
        other => other.what(),
    }
}

/// The reason as an error that ends the command.
pub(super) fn error(reason: &NoAnswer, names: &[String]) -> EngineError {
    let name = |item: &usize| {
        let name = names.get(*item).map_or("?", String::as_str);
        format!("`{name}`")
    };
    match reason {
        NoAnswer::Empty => no_answer("no vote is left to count", "check the columns named"),
        NoAnswer::AllTies => no_answer(
            "every vote is a tie, so nothing was chosen over anything",
            "an order needs votes that choose",
        ),
        NoAnswer::TiesUnbounded => no_answer(
            "ties are all that binds some items together, so strengths have no bounds",
            "leave `--shrink none` out, or leave ties out",
        ),
        NoAnswer::AgainstItself { item } => no_answer(
            format!("{} is voted on against itself", name(item)),
            "a vote needs two different items: check the two columns",
        ),
        NoAnswer::Apart { groups } => {
            let said: Vec<String> = groups
                .iter()
                .take(NAMED)
                .map(|group| {
                    let more = group.len().saturating_sub(NAMED);
                    let named: Vec<String> = group.iter().take(NAMED).map(name).collect();
                    match more {
                        0 => named.join(", "),
                        more => format!("{} and {more} more", named.join(", ")),
                    }
                })
                .collect();
            let rest = match groups.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!("; and {more} groups more"),
            };
            no_answer(
                format!(
                    "votes never order these groups both ways, so how far apart they are has no \
                     bounds: {}{rest}",
                    said.join("; ")
                ),
                "ask for pairs across the groups, or leave `--shrink none` out",
            )
        }
        other => {
            let hint = other.hint();
            no_answer(other.what(), hint.as_deref().unwrap_or("check the columns"))
        }
    }
}
