//! What employees' votes say of fixes by one criterion: how simple they are (`ease`), how far they would help
//! customers. The order goes by ease, and not by what is expected to help: that is what customers' scores are asked.

use crate::figure::estimate;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::Figure;
use throughline_domain::estimate::Reason;
use throughline_domain::facts::{Criterion, Vote};
use throughline_stats::votes::{self, YesNo};

/// How far employees expect each fix, by id, to help customers: the chance that it is preferred to one that is
/// preferred as often as not, or the share who say yes.
pub fn impacts(ids: &[String], votes: &[Vote], minimum: u64) -> Vec<Figure> {
    voted(ids, votes, Criterion::Impact, minimum)
        .into_iter()
        .map(|figure| figure.unwrap_or(Figure::Unknown(Reason::NotAsked)))
        .collect()
}

/// What votes by one criterion say of each fix, 0 to 1; `None` where they say nothing. Those of fewer than `minimum`
/// people aren't told. Votes of nobody known are taken for one person's.
pub(crate) fn voted(
    ids: &[String],
    votes: &[Vote],
    criterion: Criterion,
    minimum: u64,
) -> Vec<Option<Figure>> {
    let place: BTreeMap<&str, usize> = ids
        .iter()
        .enumerate()
        .map(|(at, id)| (id.as_str(), at))
        .collect();
    let at = |id: &String| place.get(id.as_str()).copied();
    let mut pairs = Vec::new();
    let mut singles = vec![YesNo::default(); ids.len()];
    let mut voters: Vec<BTreeSet<Option<&str>>> = vec![BTreeSet::new(); ids.len()];
    for vote in votes.iter().filter(|vote| vote.criterion() == criterion) {
        match vote {
            Vote::Pair {
                winner,
                loser,
                voter,
                ..
            } => {
                if let (Some(winner), Some(loser)) = (at(winner), at(loser)) {
                    pairs.push((winner, loser));
                    for item in [winner, loser] {
                        voters[item].insert(voter.as_deref());
                    }
                }
            }
            Vote::Single {
                item, vote, voter, ..
            } => {
                if let Some(item) = at(item) {
                    voters[item].insert(voter.as_deref());
                    match vote {
                        Some(true) => singles[item].yes += 1,
                        Some(false) => singles[item].no += 1,
                        None => singles[item].pass += 1,
                    }
                }
            }
        }
    }
    let of_pairs = votes::pairwise(ids.len(), &pairs).ok();
    let of_singles = votes::yes_no(&singles);
    (0..ids.len())
        .map(|lever| {
            let of_pair = of_pairs
                .as_ref()
                .and_then(|pairs| pairs[lever].as_ref().ok());
            let figure = of_pair
                .map(|answer| estimate(answer, "pairwise votes (Bradley-Terry)"))
                .or_else(|| {
                    let answer = of_singles[lever].as_ref().ok()?;
                    Some(estimate(answer, "share of yes votes"))
                })?;
            Some(if (voters[lever].len() as u64) < minimum {
                Figure::Unknown(Reason::TooFewPeople {
                    needed: minimum as usize,
                })
            } else {
                Figure::Known(figure)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_criterion_has_its_own_votes() {
        let ids: Vec<String> = ["f-a", "f-b", "f-c"].map(str::to_owned).to_vec();
        let vote = |winner: &str, loser: &str, criterion: Criterion, voter: usize| Vote::Pair {
            winner: winner.into(),
            loser: loser.into(),
            criterion,
            voter: Some(voter.to_string()),
        };
        let mut votes: Vec<Vote> = Vec::new();
        for voter in 0..8 {
            votes.push(vote("f-a", "f-b", Criterion::Impact, voter));
            votes.push(vote("f-b", "f-a", Criterion::Ease, voter));
            // Of what isn't here nothing is learnt.
            votes.push(vote("f-gone", "f-b", Criterion::Impact, voter));
        }
        let of = |criterion| voted(&ids, &votes, criterion, 5);
        let value = |figures: &[Option<Figure>], at: usize| {
            let figure = figures[at].as_ref();
            figure.and_then(Figure::value).unwrap_or(f64::NAN)
        };
        let (impact, ease) = (of(Criterion::Impact), of(Criterion::Ease));
        // The same eight votes, the one way and the other.
        assert!(value(&impact, 0) > 0.6 && value(&impact, 1) < 0.4);
        assert!((value(&impact, 0) - value(&ease, 1)).abs() < 1e-9);
        assert_eq!(impact[2], None);
        assert_eq!(
            impacts(&ids, &votes, 5)[2],
            Figure::Unknown(Reason::NotAsked)
        );
        assert_eq!(
            impacts(&ids, &votes, 9)[0],
            Figure::Unknown(Reason::TooFewPeople { needed: 9 })
        );
    }

    #[test]
    fn yes_and_no_are_a_share() {
        let ids = vec!["f-a".to_owned()];
        let votes: Vec<Vote> = (0..20)
            .map(|voter| Vote::Single {
                item: "f-a".into(),
                vote: (voter < 18).then_some(voter < 15),
                criterion: Criterion::Impact,
                voter: Some(voter.to_string()),
            })
            .collect();
        let impact = &impacts(&ids, &votes, 5)[0];
        // Fifteen of the eighteen who didn't pass.
        assert!(
            impact
                .value()
                .is_some_and(|share| (share - 15.0 / 18.0).abs() < 1e-9)
        );
    }
}
