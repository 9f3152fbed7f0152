//! Rankings: each voter put some items in order.

use super::{Names, RankRequest, apart, fit_warnings, placed, shrinkage, words};
use crate::error::{EngineError, Result};
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::analysis::rank::{Model, Rank};
use throughline_lake::Wanted;
use throughline_stats::NoAnswer;
use throughline_stats::votes::{Place, Rankings, order_rankings};

pub(super) fn rank(request: &RankRequest, item: &str, ranking: &str) -> Result<Rank> {
    let shrinkage = shrinkage(&request.shrink)?;
    let Some(voter) = &request.voter else {
        return Err(EngineError::Request {
            what: "a ranking is somebody's".to_owned(),
            hint: "name the column that says whose with `--voter`",
        });
    };
    let mut wanted = Wanted::new(&request.votes);
    let at = (
        wanted.label("--item", item),
        wanted.number("--ranking", ranking),
        wanted.label("--voter", voter),
    );
    let extract = wanted.read()?;
    let (items, positions, voters) = (
        extract.labels(at.0),
        extract.numbers(at.1),
        extract.labels(at.2),
    );
    let names = Names::of(request, items.names.iter())?;
    let numbers = names.numbers(&items.names);
    let (mut places, mut missing, mut unlisted) = (Vec::new(), 0u64, 0u64);
    let mut seen = BTreeSet::new();
    let mut taken: BTreeMap<(u32, u64), usize> = BTreeMap::new();
    for row in 0..extract.rows() {
        let (Some(code), Some(voter)) = (items.codes[row], voters.codes[row]) else {
            missing += 1;
            continue;
        };
        let Some(number) = numbers[code as usize] else {
            unlisted += 1;
            continue;
        };
        if !seen.insert((voter, number)) {
            let what = format!(
                "`{}` ranks `{}` a second time",
                voters.names[voter as usize], items.names[code as usize]
            );
            let hint = "give each item one place in a ranking; if people ranked several times, \
                        name a column that tells the rankings apart";
            return Err(extract.complaint(row, &items.name, &what, hint).into());
        }
        let position = positions.values[row];
        if let Some(place) = position {
            if place < 1.0 || place.fract() != 0.0 {
                let hint = "places are whole numbers, 1 for the first; leave the place of items \
                            empty that were shown and not placed";
                let what = format!("`{place}` is no place in a ranking");
                return Err(extract.complaint(row, &positions.name, &what, hint).into());
            }
            if let Some(before) = taken.insert((voter, place.to_bits()), row) {
                let what = format!(
                    "`{}` already gave place {place} to `{}` (row {})",
                    voters.names[voter as usize],
                    items.codes[before].map_or("", |code| &items.names[code as usize]),
                    extract.line(before)
                );
                let hint = "places must differ; leave the place of items empty that were shown and \
                            not placed";
                return Err(extract.complaint(row, &positions.name, &what, hint).into());
            }
        }
        places.push(Place {
            voter,
            item: number,
            position,
        });
    }
    let complain = |reason: NoAnswer| match reason {
        NoAnswer::SharedPlace { one, other } => EngineError::NoAnswer {
            what: format!(
                "a ranking gives `{}` and `{}` the same place",
                names.names[one], names.names[other]
            ),
            hint:
                "places must differ; leave the place of items empty that were shown and not placed"
                    .to_owned(),
        },
        NoAnswer::Empty => EngineError::NoAnswer {
            what: "no ranking puts one item above another".to_owned(),
            hint: "a ranking needs two items, one of them placed".to_owned(),
        },
        other => words::error(&other, &names.names),
    };
    let rankings = Rankings::new(names.names.len(), &places).map_err(complain)?;
    let order = order_rankings(
        &rankings,
        shrinkage,
        request.resamples,
        request.top,
        request.seed,
    )
    .map_err(complain)?;
    let mut warnings = extract.notes().to_vec();
    let of = extract.rows();
    if missing > 0 {
        warnings.push(format!(
            "{missing} of {of} rows were left out because the item or voter is missing"
        ));
    }
    if unlisted > 0 {
        warnings.push(format!(
            "{unlisted} of {of} rows are about an item that `--items` doesn't list and were left out"
        ));
    }
    fit_warnings(&order, true, &mut warnings);
    Ok(Rank {
        model: Model::Rankings {
            prior_sd: order.strength.prior_sd,
            resamples: request.resamples,
        },
        items: placed(&names, &order, &rankings.tallies()),
        n_votes: places.len() as u64,
        n_voters: rankings.voters(),
        has_voters: true,
        n_cannot_decide: 0,
        apart: apart(&names, &order),
        next_pair: None,
        warnings,
    })
}
