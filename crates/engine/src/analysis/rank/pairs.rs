//! Pairs: one chosen over another.

use super::marks::{self, Tie};
use super::{Names, RankRequest, apart, fit_warnings, placed, shrinkage, words};
use crate::error::{EngineError, Result};
use throughline_domain::analysis::rank::{Model, NextPair, Rank};
use throughline_lake::Wanted;
use throughline_lake::extract::{Extract, LabelAt, Labels, NumberAt};
use throughline_stats::votes::live::Live;
use throughline_stats::votes::pairs::MOST_COUNT;
use throughline_stats::votes::{Order, Pairs, Vote, order};

/// The prior of a next pair where none was fitted, in log-odds.
const USUAL_SD: f64 = 1.0;

#[derive(Clone, Copy)]
struct Places {
    winner: LabelAt,
    loser: LabelAt,
    tie: Option<LabelAt>,
    count: Option<NumberAt>,
    voter: Option<LabelAt>,
    valid: Option<LabelAt>,
}

/// What was found in the rows.
#[derive(Default)]
struct Rows {
    votes: Vec<Vote>,
    undecided: u64,
    invalid: u64,
    missing: u64,
    unlisted: u64,
    nobody: u64,
}

pub(super) fn rank(request: &RankRequest) -> Result<Rank> {
    let shrinkage = shrinkage(&request.shrink)?;
    let (extract, at) = read(request)?;
    let (winners, losers) = (extract.labels(at.winner), extract.labels(at.loser));
    let names = Names::of(request, winners.names.iter().chain(&losers.names))?;
    let rows = rows(request, &extract, &at, &names)?;
    let complain = |reason| words::error(&reason, &names.names);
    let mut warnings = extract.notes().to_vec();
    said(&rows, extract.rows(), at.voter.is_some(), &mut warnings);
    let pairs = Pairs::new(names.names.len(), &rows.votes).map_err(complain)?;
    let order = order(
        &pairs,
        shrinkage,
        request.resamples,
        request.top,
        request.seed,
    )
    .map_err(complain)?;
    fit_warnings(&order, at.voter.is_some(), &mut warnings);
    let next_pair = match request.next_pair {
        true => Some(next(request, &pairs, &order, &names)?),
        false => None,
    };
    Ok(Rank {
        model: Model::Pairs {
            prior_sd: order.strength.prior_sd,
            ease_of_ties: order.strength.ease_of_ties,
            resamples: request.resamples,
        },
        items: placed(&names, &order, &pairs.tallies()),
        n_votes: rows.votes.len() as u64,
        n_voters: pairs.voters(),
        has_voters: at.voter.is_some(),
        n_cannot_decide: rows.undecided,
        apart: apart(&names, &order),
        next_pair,
        warnings,
    })
}

/// Reads the columns, once: the file may be a pipe. With a column `Valid`, as wiki surveys export
/// it, if there is one that says of each row whether it counts.
fn read(request: &RankRequest) -> Result<(Extract, Places)> {
    let (Some(winner), Some(loser)) = (&request.winner, &request.loser) else {
        return Err(EngineError::Request {
            what: "a vote on a pair has two items".to_owned(),
            hint: "name both `--winner` and `--loser`",
        });
    };
    let mut wanted = Wanted::new(&request.votes);
    let mut label = |flag, name: &String| wanted.label(flag, name);
    let winner = label("--winner", winner);
    let loser = label("--loser", loser);
    let tie = request.tie.as_ref().map(|name| label("--tie", name));
    let voter = request.voter.as_ref().map(|name| label("--voter", name));
    let valid = request.valid.as_ref().map(|name| label("--valid", name));
    let count = request.count.as_ref();
    let count = count.map(|name| wanted.number("--count", name));
    let usual = (valid.is_none() && !request.keep_invalid)
        .then(|| wanted.label_if_there("--valid", "Valid"));
    let extract = wanted.read()?;
    let usual = usual.filter(|&at| {
        extract.labels_if_there(at).is_some_and(|labels| {
            let mut names = labels.names.iter();
            names.all(|name| marks::truth(name).is_some())
        })
    });
    let places = Places {
        winner,
        loser,
        tie,
        count,
        voter,
        valid: valid.or(usual),
    };
    Ok((extract, places))
}

fn rows(request: &RankRequest, extract: &Extract, at: &Places, names: &Names) -> Result<Rows> {
    let (winners, losers) = (extract.labels(at.winner), extract.labels(at.loser));
    let numbers = [names.numbers(&winners.names), names.numbers(&losers.names)];
    let label = |at: Option<LabelAt>| at.map(|at| extract.labels(at));
    let (ties, voters, valid) = (label(at.tie), label(at.voter), label(at.valid));
    let counts = at.count.map(|at| extract.numbers(at));
    let text = |labels: Option<&Labels>, row: usize| -> Option<String> {
        let labels = labels?;
        labels.codes[row].map(|code| labels.names[code as usize].clone())
    };
    let mut found = Rows::default();
    for row in 0..extract.rows() {
        if let Some(word) = text(valid, row) {
            match marks::truth(&word) {
                Some(true) => {}
                Some(false) => {
                    found.invalid += 1;
                    continue;
                }
                None => {
                    let column = request.valid.as_deref().unwrap_or("Valid");
                    let what = format!("`{word}` doesn't say whether the row counts");
                    return Err(extract
                        .complaint(row, column, &what, "write TRUE or FALSE")
                        .into());
                }
            }
        }
        let tie = match text(ties, row) {
            None => Tie::Chosen,
            Some(word) => marks::tie(&word).ok_or_else(|| {
                let column = request.tie.as_deref().unwrap_or_default();
                let what = format!("`{word}` says neither that it is a tie nor that it is none");
                extract.complaint(
                    row,
                    column,
                    &what,
                    "write `tie`, `can't decide`, or leave it empty where one was chosen",
                )
            })?,
        };
        if tie == Tie::Undecided {
            found.undecided += 1;
            continue;
        }
        let (Some(winner), Some(loser)) = (winners.codes[row], losers.codes[row]) else {
            found.missing += 1;
            continue;
        };
        let (Some(one), Some(other)) = (numbers[0][winner as usize], numbers[1][loser as usize])
        else {
            found.unlisted += 1;
            continue;
        };
        if one == other {
            let what = format!("`{}` is voted on against itself", names.names[one as usize]);
            let column = request.loser.as_deref().unwrap_or_default();
            return Err(extract
                .complaint(row, column, &what, "a vote needs two different items")
                .into());
        }
        let count = match counts {
            None => 1.0,
            Some(counts) => match counts.values[row] {
                None => {
                    found.missing += 1;
                    continue;
                }
                Some(count) if (0.0..=MOST_COUNT).contains(&count) => count,
                Some(count) => {
                    let what = format!("`{count}` is no number of votes");
                    return Err(extract
                        .complaint(row, &counts.name, &what, "from 0 to 1e12")
                        .into());
                }
            },
        };
        let voter = voters.and_then(|voters| voters.codes[row]);
        found.nobody += u64::from(voters.is_some() && voter.is_none());
        found.votes.push(Vote {
            winner: one,
            loser: other,
            tie: tie == Tie::Equal,
            voter,
            count,
        });
    }
    Ok(found)
}

fn said(rows: &Rows, of: usize, has_voters: bool, warnings: &mut Vec<String>) {
    let mut say = |n: u64, what: &str| {
        if n > 0 {
            warnings.push(format!("{n} of {of} rows {what}"));
        }
    };
    say(
        rows.invalid,
        "aren't valid and were left out (`--keep-invalid` takes a column `Valid` for nothing special)",
    );
    say(rows.missing, "were left out because a value is missing");
    say(
        rows.unlisted,
        "are about an item that `--items` doesn't list and were left out",
    );
    say(
        rows.undecided,
        "say that nobody could decide: counted, not used",
    );
    if has_voters {
        say(
            rows.nobody,
            "name no voter and count as another person's each",
        );
    }
}

fn next(request: &RankRequest, pairs: &Pairs, order: &Order, names: &Names) -> Result<NextPair> {
    let complain = |reason| words::error(&reason, &names.names);
    if !(1.0..=1000.0).contains(&request.most_shown) {
        return Err(EngineError::Request {
            what: format!("`--most-shown {}` can't be used", request.most_shown),
            hint: "from 1 to 1000: how many times as often as the average item one may be shown",
        });
    }
    let sd = order.strength.prior_sd.unwrap_or(USUAL_SD);
    let live = Live::from_pairs(pairs, sd).map_err(complain)?;
    let next = live
        .next_pair(request.most_shown, |_, _| false)
        .map_err(complain)?;
    Ok(NextPair {
        first: names.names[next.first].clone(),
        second: names.names[next.second].clone(),
        information: next.information,
    })
}
