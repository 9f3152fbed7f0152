//! Sizes corrected by what an analyst judged about a sample of comments.
//!
//! A judged comment counts as one row: the problems it was given, and those it really names (of
//! the ones asked about: what it was given and the runner-up; others are taken as not named).
//! Rows stand for their stratum: comments that were given a problem, comments that weren't.
//! Responses without a comment name nothing, and nobody needs to judge that.

use crate::error::Result;
use crate::figure::reason;
use crate::sizes::{Joint, Sizes};
use crate::tally::Tally;
use std::collections::BTreeMap;
use throughline_domain::estimate::Reason;
use throughline_stats::answer::Answer;
use throughline_stats::misclassify::{Review, ReviewRow, correct as corrected, rates};

/// One judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The comment.
    pub id: String,
    /// The problem's number.
    pub pain: usize,
    /// Whether the program had found it.
    pub found: bool,
    /// Whether the comment names it.
    pub yes: bool,
}

/// Draws for the corrected intervals.
const DRAWS: usize = 4000;

/// Corrects reach, points lost and size of every problem in place; `widest` is what scores can differ by, where
/// that is known. `false` if too little was judged, or if there is nothing to correct.
///
/// # Errors
/// Only for a fault in how judgements were gathered.
pub fn correct(
    sizes: &mut Sizes,
    tally: &Tally,
    widest: Option<f64>,
    seen: &[Seen],
    seed: u64,
) -> Result<bool> {
    let Some((shares, fit)) = &sizes.fitted else {
        return Ok(false);
    };
    let rows = rows(seen, tally);
    let review = Review::of(tally.pains, &rows)?;
    let observed: Vec<f64> = shares.answers.iter().map(|answer| answer.value).collect();
    let Ok(rates) = rates(&review, &observed) else {
        return Ok(false);
    };
    let result = corrected(shares, fit, &rates, DRAWS, seed)?;
    for (pain, size) in sizes.pains.iter_mut().enumerate() {
        if size.drag.is_err() {
            continue;
        }
        if let Some(wrong) = sorted_wrong(seen, pain) {
            size.drag = Err(wrong.clone());
            size.size = Err(wrong);
            continue;
        }
        size.reach = Ok(result.shares[pain].clone());
        let widest = widest.unwrap_or(f64::INFINITY);
        size.drag = possible(&result.slopes[pain], widest);
        size.size = match &size.drag {
            Ok(_) => possible(&result.sizes[pain], widest),
            Err(why) => Err(why.clone()),
        };
    }
    let known: Vec<usize> = result
        .answered
        .iter()
        .copied()
        .filter(|pain| sizes.pains[*pain].size.is_ok())
        .collect();
    let places: Vec<usize> = known
        .iter()
        .filter_map(|pain| result.answered.iter().position(|answered| answered == pain))
        .collect();
    if let Some(before) = &sizes.joint
        && !known.is_empty()
    {
        let freedom = before.freedom.as_ref().map(|freedom| {
            let of = |pain: &usize| {
                let at = before.pains.iter().position(|known| known == pain);
                at.map_or(f64::INFINITY, |at| freedom[at])
            };
            known.iter().map(of).collect()
        });
        sizes.joint = Some(Joint {
            sizes: known
                .iter()
                .map(|pain| {
                    sizes.pains[*pain]
                        .size
                        .as_ref()
                        .map_or(0.0, |size| size.value)
                })
                .collect(),
            covariance: result.size_covariance.part(&places),
            freedom,
            pains: known,
        });
    }
    Ok(true)
}

/// Points lost, where they are possible: scores can't differ by more than `widest`, so an interval ends there. A
/// value beyond it, which a division by few judged comments may give, says that too few were judged.
fn possible(
    slope: &throughline_stats::reason::Result<Answer>,
    widest: f64,
) -> std::result::Result<Answer, Reason> {
    let mut lost = slope.as_ref().map_err(reason)?.scaled(-1.0);
    if lost.value.abs() > widest {
        return Err(Reason::TooFewJudged);
    }
    if let Ok(spread) = &mut lost.spread {
        spread.low = spread.low.clamp(-widest, widest);
        spread.high = spread.high.clamp(-widest, widest);
    }
    Ok(lost)
}

/// Judged comments of a problem from which it may turn out to be none.
const JUDGED: usize = 4;

/// Why a problem has no size: most of the comments that were sorted into it and judged don't name it. A
/// correction would divide by next to nothing, and the more often a person said no, the larger it would grow.
fn sorted_wrong(seen: &[Seen], pain: usize) -> Option<Reason> {
    let judged = || seen.iter().filter(|one| one.pain == pain && one.found);
    let (judged, right) = (judged().count(), judged().filter(|one| one.yes).count());
    (judged >= JUDGED && 2 * right < judged).then_some(Reason::SortedWrong { right, judged })
}

/// Judged comments as weighted rows.
fn rows(seen: &[Seen], tally: &Tally) -> Vec<ReviewRow> {
    let mut by_id: BTreeMap<&str, ReviewRow> = BTreeMap::new();
    for one in seen {
        let row = by_id.entry(&one.id).or_insert_with(|| ReviewRow {
            assigned: Vec::new(),
            named: Vec::new(),
            weight: 1.0,
        });
        if one.found && !row.assigned.contains(&one.pain) {
            row.assigned.push(one.pain);
        }
        if one.yes && !row.named.contains(&one.pain) {
            row.named.push(one.pain);
        }
    }
    let mut rows: Vec<ReviewRow> = by_id.into_values().collect();
    let given = rows.iter().filter(|row| !row.assigned.is_empty()).count();
    let others = rows.len() - given;
    let responses = tally.responses().max(1);
    let commented = tally.commented.clamp(1, responses);
    let naming = tally.naming_any.min(commented);
    let weight_given = naming as f64 / given.max(1) as f64;
    let weight_others = (commented - naming) as f64 / others.max(1) as f64;
    for row in &mut rows {
        row.weight = if row.assigned.is_empty() {
            weight_others
        } else {
            weight_given
        }
        .max(1e-9);
    }
    // Responses without a comment, as rows of about the others' weight.
    let silent = responses - commented;
    let weight = if others > 0 {
        weight_others
    } else {
        weight_given
    }
    .max(1.0);
    let count = ((silent as f64 / weight).round() as usize).min(500);
    for _ in 0..count {
        rows.push(ReviewRow {
            assigned: Vec::new(),
            named: Vec::new(),
            weight: silent as f64 / count as f64,
        });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_stats::answer::Spread;

    #[test]
    fn points_lost_stay_within_what_scores_can_differ_by() {
        let slope = |value: f64| {
            Ok(Answer {
                value,
                n: 40,
                spread: Spread::symmetric(value, 60.0, 20.0),
            })
        };
        let within = possible(&slope(-150.0), 200.0).expect("it is possible");
        let (low, high) = within.ends().expect("it has an interval");
        assert_eq!((within.value, high), (150.0, 200.0));
        assert!((low - 24.84).abs() < 0.01, "{low}"); // 150 - 2.086 x 60
        assert_eq!(possible(&slope(-300.0), 200.0), Err(Reason::TooFewJudged));
        assert!(possible(&slope(-300.0), f64::INFINITY).is_ok());
    }

    #[test]
    fn a_problem_of_which_most_was_sorted_wrong_has_no_size() {
        let seen = |id: usize, found: bool, yes: bool| Seen {
            id: format!("c{id}"),
            pain: 3,
            found,
            yes,
        };
        let judged = |right: usize, wrong: usize| -> Vec<Seen> {
            (0..right + wrong)
                .map(|id| seen(id, true, id < right))
                .collect()
        };
        assert_eq!(sorted_wrong(&judged(2, 2), 3), None);
        assert_eq!(sorted_wrong(&judged(0, 3), 3), None);
        let wrong = Reason::SortedWrong {
            right: 1,
            judged: 4,
        };
        assert_eq!(sorted_wrong(&judged(1, 3), 3), Some(wrong));
        // Of another problem, and what was asked about without having been found.
        assert_eq!(sorted_wrong(&judged(1, 3), 2), None);
        let near: Vec<Seen> = (0..9).map(|id| seen(id, false, false)).collect();
        assert_eq!(sorted_wrong(&near, 3), None);
    }
}
