//! Which checked rows are kept: in order, with what came before in mind.

use super::SAME_ID;
use super::check::{Checked, RowKind};
use crate::check::repeats::{self, Key, KeyKind, Seen, Verdict};
use crate::columns::plan::Plan;
use crate::read::cells::Refusal;
use rayon::prelude::*;

/// A row of the table to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Out {
    /// The row of the block's cells.
    pub row: u32,
    /// Its place among the block's checked rows.
    pub taken: u32,
    /// How often the same short text was there before.
    pub times: u32,
    /// The comment column it is about; [`NO_COMMENT`] for a score alone.
    pub part: u8,
    /// Whether it is the first of its row.
    pub first_of_row: bool,
    /// Whether it is the first of its response.
    pub first_of_response: bool,
}

/// The part of a row with a score alone.
pub(crate) const NO_COMMENT: u8 = u8::MAX;

/// What has been seen of a table so far.
pub(crate) struct Memory {
    rows: Seen,
    responses: Seen,
}

impl Memory {
    pub(crate) fn new() -> Self {
        Self {
            rows: Seen::new(),
            responses: Seen::new(),
        }
    }
}

/// A block that is settled.
pub(crate) struct Settled {
    pub checked: Checked,
    pub outs: Vec<Out>,
    pub duplicates: u64,
}

/// Settles a round of blocks, in order.
pub(crate) fn settle(round: Vec<Checked>, plan: &Plan, memory: &mut Memory) -> Vec<Settled> {
    let starts: Vec<usize> = round
        .iter()
        .scan(0, |start, checked| {
            let here = *start;
            *start += checked.rows.len();
            Some(here)
        })
        .collect();
    let rows: usize = round.iter().map(|checked| checked.rows.len()).sum();
    let mut verdicts: Vec<Option<Verdict>> = vec![None; rows];
    let each = || {
        round.iter().zip(&starts).flat_map(|(checked, start)| {
            checked
                .rows
                .iter()
                .enumerate()
                .map(move |(at, row)| (start + at, row))
        })
    };

    let known: Vec<(u32, Key)> = each()
        .filter_map(|(place, row)| {
            row.kind.key().map(|kind| {
                (
                    place as u32,
                    Key {
                        of: row.of,
                        content: row.content as u64,
                        kind,
                    },
                )
            })
        })
        .collect();
    note(&mut verdicts, memory.rows.look(&known));
    let counted: Vec<(u32, Key)> = each()
        .filter(|(place, row)| row.kind != RowKind::Id && verdicts[*place].is_none())
        .map(|(place, row)| {
            (
                place as u32,
                Key {
                    of: row.content as u64,
                    content: 0,
                    kind: KeyKind::Count,
                },
            )
        })
        .collect();
    note(&mut verdicts, memory.rows.look(&counted));

    let mut later_of_response = vec![false; rows];
    if let Some(column) = plan.one("response") {
        let responses: Vec<(u32, Key)> = round
            .iter()
            .zip(&starts)
            .flat_map(|(checked, start)| {
                checked
                    .rows
                    .iter()
                    .enumerate()
                    .map(move |(at, row)| (checked, start + at, row))
            })
            .filter(|(_, place, _)| {
                !matches!(
                    verdicts[*place],
                    Some(Verdict::Duplicate | Verdict::Conflict)
                )
            })
            .filter_map(|(checked, place, row)| {
                let response = checked.cells.cell(row.row as usize, column);
                let of = repeats::hash(4, response.as_bytes()) as u64;
                (!crate::check::is_missing(response)).then_some((
                    place as u32,
                    Key {
                        of,
                        content: 0,
                        kind: KeyKind::Whole,
                    },
                ))
            })
            .collect();
        for (place, _) in memory.responses.look(&responses) {
            later_of_response[place as usize] = true;
        }
    }
    round
        .into_par_iter()
        .zip(starts)
        .map(|(checked, start)| {
            let range = start..start + checked.rows.len();
            outs(
                checked,
                plan,
                &verdicts[range.clone()],
                &later_of_response[range],
            )
        })
        .collect()
}

fn note(verdicts: &mut [Option<Verdict>], told: Vec<(u32, Verdict)>) {
    for (place, verdict) in told {
        verdicts[place as usize] = Some(verdict);
    }
}

/// The rows to be written of one block; refused ones join the block's refusals.
fn outs(
    mut checked: Checked,
    plan: &Plan,
    verdicts: &[Option<Verdict>],
    later: &[bool],
) -> Settled {
    let mut outs = Vec::with_capacity(checked.rows.len());
    let mut duplicates = 0;
    let mut conflicts = Vec::new();
    for (taken, row) in checked.rows.iter().enumerate() {
        let times = match verdicts[taken] {
            None => 0,
            Some(Verdict::Again(times)) => times as u32,
            Some(Verdict::Duplicate) => {
                duplicates += 1;
                continue;
            }
            Some(Verdict::Conflict) => {
                conflicts.push(row.row);
                continue;
            }
        };
        let mut out = Out {
            row: row.row,
            taken: taken as u32,
            times,
            part: NO_COMMENT,
            first_of_row: true,
            first_of_response: !later[taken],
        };
        if row.comments == 0 {
            outs.push(out);
        }
        let mut left = row.comments;
        while left != 0 {
            out.part = left.trailing_zeros() as u8;
            outs.push(out);
            out.first_of_row = false;
            out.first_of_response = false;
            left &= left - 1;
        }
    }
    if !conflicts.is_empty() {
        let column = plan.one("id");
        for row in conflicts {
            checked.refused.push(Refusal {
                line: checked.cells.line(row as usize),
                column: column.map_or_else(String::new, |column| plan.name(column).to_owned()),
                value: column.map_or_else(String::new, |column| {
                    checked.cells.cell(row as usize, column).to_owned()
                }),
                reason: SAME_ID.to_owned(),
            });
        }
        checked.refused.sort_by_key(|refusal| refusal.line);
    }
    Settled {
        checked,
        outs,
        duplicates,
    }
}
