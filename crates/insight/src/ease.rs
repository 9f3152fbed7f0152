//! How simple fixes are: from votes or a person's file, else "not asked".

use crate::figure::estimate;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{Ease, EaseFrom};
use throughline_domain::estimate::Reason;
use throughline_domain::facts::{Criterion, Vote};
use throughline_domain::{Estimate, Figure};
use throughline_stats::votes::{self, YesNo};

/// Ease of each fix, by id. A person's word goes before votes; those of fewer than `minimum` people aren't told
/// and weigh nothing. Votes of nobody known are taken for one person's.
pub fn eases(ids: &[String], said: &[Option<f64>], votes: &[Vote], minimum: u64) -> Vec<Ease> {
    let place: BTreeMap<&str, usize> = ids
        .iter()
        .enumerate()
        .map(|(at, id)| (id.as_str(), at))
        .collect();
    let at = |id: &String| place.get(id.as_str()).copied();
    let mut pairs = Vec::new();
    let mut singles = vec![YesNo::default(); ids.len()];
    let mut voters: Vec<BTreeSet<Option<&str>>> = vec![BTreeSet::new(); ids.len()];
    for vote in votes {
        match vote {
            Vote::Pair {
                winner,
                loser,
                criterion: Criterion::Ease,
                voter,
            } => {
                if let (Some(winner), Some(loser)) = (at(winner), at(loser)) {
                    pairs.push((winner, loser));
                    for item in [winner, loser] {
                        voters[item].insert(voter.as_deref());
                    }
                }
            }
            Vote::Single {
                item,
                vote,
                criterion: Criterion::Ease,
                voter,
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
            _ => {}
        }
    }
    let of_pairs = votes::pairwise(ids.len(), &pairs).ok();
    let of_singles = votes::yes_no(&singles);
    (0..ids.len())
        .map(|lever| {
            if let Some(ease) = said.get(lever).copied().flatten() {
                let figure =
                    Estimate::without_interval(ease, Reason::Said, 1, "a person's judgement");
                return Ease {
                    figure: Figure::Known(figure),
                    from: EaseFrom::Person,
                };
            }
            let voted = of_pairs
                .as_ref()
                .and_then(|pairs| pairs[lever].as_ref().ok())
                .map(|answer| estimate(answer, "pairwise votes (Bradley-Terry)"))
                .or_else(|| {
                    let answer = of_singles[lever].as_ref().ok()?;
                    Some(estimate(answer, "share of yes votes"))
                });
            match voted {
                Some(_) if (voters[lever].len() as u64) < minimum => Ease {
                    figure: Figure::Unknown(Reason::TooFewPeople {
                        needed: minimum as usize,
                    }),
                    from: EaseFrom::Votes,
                },
                Some(figure) => Ease {
                    figure: Figure::Known(figure),
                    from: EaseFrom::Votes,
                },
                None => Ease {
                    figure: Figure::Unknown(Reason::NotAsked),
                    from: EaseFrom::NotAsked,
                },
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_goes_before_votes_and_silence_is_not_asked() {
        let ids: Vec<String> = ["f-a", "f-b", "f-c"].map(str::to_owned).to_vec();
        let vote = |voter: Option<usize>| Vote::Pair {
            winner: "f-a".into(),
            loser: "f-b".into(),
            criterion: Criterion::Ease,
            voter: voter.map(|voter| voter.to_string()),
        };
        let votes: Vec<Vote> = (0..6).map(|voter| vote(Some(voter))).collect();
        // One person, and nobody says who: many votes and few people.
        for votes in [vec![vote(Some(1)); 30], vec![vote(None); 30]] {
            let eases = super::eases(&ids, &[None, None, None], &votes, 5);
            let few = Figure::Unknown(Reason::TooFewPeople { needed: 5 });
            assert_eq!(eases[0].figure, few);
        }
        let eases = eases(&ids, &[Some(0.2), None, None], &votes, 5);
        assert_eq!(eases[0].from, EaseFrom::Person);
        assert_eq!(eases[0].figure.value(), Some(0.2));
        assert_eq!(eases[1].from, EaseFrom::Votes);
        assert!(eases[1].figure.value().is_some_and(|ease| ease < 0.5));
        assert_eq!(eases[2].from, EaseFrom::NotAsked);
    }
}
