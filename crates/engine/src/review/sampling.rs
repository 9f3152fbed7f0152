//! Draws what is to be judged: by a hash, so that the same brief asks the same questions.
//!
//! Of assignments, two thirds are ones the program found, spread over problems, and one third
//! are runners-up: comments that lie next to a problem and were not given to it. Of pairs, half
//! are ones the program lists as matches, half any others. What was judged before stays.

use super::judged::yes;
use super::{AssignmentRow, PairRow, SAMPLE};
use std::collections::{BTreeMap, BTreeSet};
use throughline_text::seeded::hash;

/// A kind of pairs to draw from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairStratum {
    /// Listed as a match.
    Matched,
    /// Any other.
    Other,
}

/// Assignments to judge: those judged before, and a whole sample of new ones.
pub fn sample_assignments(
    before: Vec<AssignmentRow>,
    found: Vec<AssignmentRow>,
    near: Vec<AssignmentRow>,
    seed: u64,
) -> Vec<AssignmentRow> {
    let mut rows: Vec<AssignmentRow> = before
        .into_iter()
        .filter(|row| !row.judgement.trim().is_empty())
        .collect();
    let mut known: BTreeSet<(String, String)> = rows
        .iter()
        .map(|row| (row.id.clone(), row.pain.clone()))
        .collect();
    let kinds = [
        ("found", found, SAMPLE * 2 / 3),
        ("near", near, SAMPLE - SAMPLE * 2 / 3),
    ];
    for (kind, candidates, wanted) in kinds {
        let have = rows.iter().filter(|row| row.kind == kind).count();
        let wanted = have + wanted;
        let mut candidates = candidates;
        candidates.sort_by_cached_key(|row| {
            (
                hash(format!("{} {}", row.id, row.pain).as_bytes(), seed),
                row.id.clone(),
            )
        });
        // Round and round the problems, so that small ones are judged too.
        let mut turn: std::collections::BTreeMap<String, usize> = Default::default();
        let mut by_turn: Vec<(usize, AssignmentRow)> = Vec::new();
        for row in candidates {
            let count = turn.entry(row.pain.clone()).or_default();
            by_turn.push((*count, row));
            *count += 1;
        }
        by_turn.sort_by_key(|(turn, _)| *turn);
        for (_, mut row) in by_turn {
            if rows.iter().filter(|row| row.kind == kind).count() >= wanted {
                break;
            }
            if known.insert((row.id.clone(), row.pain.clone())) {
                row.kind = kind.to_owned();
                rows.push(row);
            }
        }
    }
    rows
}

/// Pairs to judge: those judged before, then new ones until as many as the sample's size are of problems and
/// fixes that are still here.
pub fn sample_pairs(
    before: Vec<PairRow>,
    candidates: Vec<(PairStratum, PairRow)>,
    seed: u64,
) -> Vec<PairRow> {
    let mut rows: Vec<PairRow> = before
        .into_iter()
        .filter(|row| !row.judgement.trim().is_empty())
        .collect();
    let known: BTreeMap<(String, String), bool> = rows
        .iter()
        .map(|row| {
            let decided = yes(&row.judgement).is_some();
            ((row.pain.clone(), row.lever.clone()), decided)
        })
        .collect();
    let mut open: [Vec<PairRow>; 2] = [Vec::new(), Vec::new()];
    let mut of = [0u64; 2];
    let mut usable = 0;
    for (stratum, row) in candidates {
        let at = usize::from(stratum == PairStratum::Other);
        of[at] += 1;
        match known.get(&(row.pain.clone(), row.lever.clone())) {
            Some(decided) => usable += usize::from(*decided),
            None => open[at].push(row),
        }
    }
    // Pairs of what isn't here any more, and those passed over, are kept and count for nothing.
    let wanted = SAMPLE + rows.len().saturating_sub(usable);
    for list in &mut open {
        list.sort_by_cached_key(|row| hash(format!("{} {}", row.pain, row.lever).as_bytes(), seed));
        list.reverse();
    }
    let names = ["matched", "other"];
    // Half of each kind; where one runs out the other fills up.
    let mut at = 0;
    while rows.len() < wanted && open.iter().any(|list| !list.is_empty()) {
        let have = rows.iter().filter(|row| row.kind == names[at]).count();
        let other_empty = open[1 - at].is_empty();
        if (have < wanted.div_ceil(2) || other_empty)
            && let Some(mut row) = open[at].pop()
        {
            row.kind = names[at].to_owned();
            row.of = of[at];
            rows.push(row);
        } else if have >= wanted.div_ceil(2)
            && rows.iter().filter(|row| row.kind == names[1 - at]).count() >= wanted.div_ceil(2)
        {
            break;
        }
        at = 1 - at;
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(number: usize, judgement: &str, kind: &str) -> PairRow {
        PairRow {
            pain: format!("p-{number}"),
            lever: "f".to_owned(),
            kind: kind.to_owned(),
            judgement: judgement.to_owned(),
            ..PairRow::default()
        }
    }

    /// Rows after `before` were judged, of `matched` and `other` pairs that are here.
    fn drawn(before: Vec<PairRow>, matched: usize, other: usize) -> usize {
        let of = |stratum, numbers: std::ops::Range<usize>| {
            numbers.map(move |number| (stratum, pair(number, "", "")))
        };
        let candidates = of(PairStratum::Matched, 0..matched)
            .chain(of(PairStratum::Other, matched..matched + other));
        sample_pairs(before, candidates.collect(), 1).len()
    }

    #[test]
    fn a_sample_is_filled_up_for_what_can_be_used_no_more() {
        assert_eq!(drawn(Vec::new(), 300, 300), SAMPLE);
        // Few matches: others fill up; few pairs at all.
        assert_eq!(drawn(Vec::new(), 3, 300), SAMPLE);
        assert_eq!(drawn(Vec::new(), 3, 4), 7);
        // Seven judged pairs of another company, and three passed over: ten more are asked.
        let stale = |n: usize| (0..n).map(|at| pair(10_000 + at, "yes", "matched"));
        let skipped = (0..3).map(|at| pair(at, "skip", "matched"));
        let before: Vec<PairRow> = stale(7).chain(skipped).collect();
        assert_eq!(drawn(before, 300, 300), SAMPLE + 10);
        assert_eq!(drawn(stale(7).collect(), 300, 300), SAMPLE + 7);
        assert_eq!(drawn(stale(7).collect(), 2, 3), 12);
    }
}
