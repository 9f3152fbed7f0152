//! What employees' votes say of fixes by one criterion: how simple they are (`ease`), how far they would help
//! customers. In the order of fixes ease counts beside what is in play; what is expected to help doesn't, for that is
//! what customers' own words and scores are asked.
//!
//! Voters are resampled, never votes (`stats::votes`), and `n` is always people: of each the last vote on a fix, or on
//! two of them, counts. Who passed, or nobody knows who voted, hides nobody.

use crate::figure::estimate;
use std::collections::BTreeMap;
use throughline_domain::Figure;
use throughline_domain::brief::{Impact, VotedBy};
use throughline_domain::estimate::Reason;
use throughline_domain::facts::{Criterion, Vote as Given};
use throughline_stats::Answer;
use throughline_stats::votes::agreement::{Ballot, Say, agreement};
use throughline_stats::votes::{Pairs, Shrinkage, Vote, order};

/// Resamples of voters, as `throughline rank` draws.
const RESAMPLES: usize = 400;
/// Places that count as the top: asked by `order`, not used.
const TOP: usize = 5;

/// Votes on fixes.
#[derive(Clone, Copy, Debug)]
pub struct Votes<'a> {
    /// Ids of the fixes.
    pub ids: &'a [String],
    /// Votes, by the ids of fixes.
    pub cast: &'a [Given],
    /// Figures of fewer people aren't told.
    pub minimum: u64,
    /// The seed of resamples.
    pub seed: u64,
}

/// How far employees expect each fix to help customers.
pub fn impacts(votes: &Votes<'_>) -> Vec<Impact> {
    let of = |voted: Option<Voted>| match voted {
        Some(voted) => Impact {
            figure: voted.figure,
            by: voted.by,
        },
        None => Impact {
            figure: Figure::Unknown(Reason::NotAsked),
            by: VotedBy::NotAsked,
        },
    };
    voted(votes, Criterion::Impact)
        .into_iter()
        .map(of)
        .collect()
}

/// What votes say of a fix.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Voted {
    /// In pairs: the chance that it is preferred to an average one. Alone: the share who say yes.
    pub figure: Figure,
    /// How it was voted on; in pairs, if in both ways.
    pub by: VotedBy,
}

/// What votes by one criterion say of each fix; `None` where it wasn't voted on.
pub(crate) fn voted(votes: &Votes<'_>, criterion: Criterion) -> Vec<Option<Voted>> {
    let by_pairs = by_pairs(votes, criterion);
    let alone = alone(votes, criterion);
    by_pairs
        .into_iter()
        .zip(alone)
        .map(|(pairs, alone)| {
            let (answer, by, method) = match (pairs, alone) {
                (Some(answer), _) => (answer, VotedBy::Pairs, "pairwise votes (Bradley-Terry)"),
                (None, Some(answer)) => (answer, VotedBy::YesNo, "share of yes votes"),
                (None, None) => return None,
            };
            let figure = match answer {
                Some(answer) if answer.n >= votes.minimum => {
                    Figure::Known(estimate(&answer, method))
                }
                _ => Figure::Unknown(Reason::TooFewPeople {
                    needed: votes.minimum as usize,
                }),
            };
            Some(Voted { figure, by })
        })
        .collect()
}

/// Of each fix, if it was voted on: the answer, if there is one.
type Answers = Vec<Option<Option<Answer>>>;

/// Numbers for fixes and voters. Those whom nobody knows are one.
struct Numbers<'a> {
    fixes: BTreeMap<&'a str, u32>,
    voters: BTreeMap<Option<&'a str>, u32>,
}

impl<'a> Numbers<'a> {
    fn of(votes: &Votes<'a>) -> Self {
        let fixes = votes.ids.iter().map(String::as_str).zip(0..).collect();
        let mut voters = BTreeMap::new();
        for vote in votes.cast {
            let next = voters.len() as u32;
            voters.entry(vote.voter()).or_insert(next);
        }
        Self { fixes, voters }
    }

    fn fix(&self, id: &str) -> Option<u32> {
        self.fixes.get(id).copied()
    }

    fn voter(&self, vote: &'a Given) -> u32 {
        self.voters.get(&vote.voter()).copied().unwrap_or(0)
    }
}

fn by_pairs(votes: &Votes<'_>, criterion: Criterion) -> Answers {
    let numbers = Numbers::of(votes);
    // Of each voter the last vote on two fixes.
    let mut last: BTreeMap<(u32, u32, u32), Vote> = BTreeMap::new();
    let mut found: Answers = vec![None; votes.ids.len()];
    for vote in votes
        .cast
        .iter()
        .filter(|vote| vote.criterion() == criterion)
    {
        let Given::Pair { winner, loser, .. } = vote else {
            continue;
        };
        let (Some(winner), Some(loser)) = (numbers.fix(winner), numbers.fix(loser)) else {
            continue;
        };
        for fix in [winner, loser] {
            found[fix as usize] = Some(None);
        }
        let voter = numbers.voter(vote);
        let pair = (voter, winner.min(loser), winner.max(loser));
        last.insert(pair, Vote::win(winner, loser).by(voter));
    }
    let counted: Vec<Vote> = last.into_values().collect();
    let ordered = Pairs::new(votes.ids.len(), &counted)
        .and_then(|pairs| order(&pairs, Shrinkage::Learnt, RESAMPLES, TOP, votes.seed));
    if let Ok(order) = ordered {
        for (found, placed) in found.iter_mut().zip(order.placed) {
            if let (Some(found), Ok(placed)) = (found, placed) {
                *found = Some(placed.chance);
            }
        }
    }
    found
}

fn alone(votes: &Votes<'_>, criterion: Criterion) -> Answers {
    let numbers = Numbers::of(votes);
    let mut found: Answers = vec![None; votes.ids.len()];
    let mut ballots = Vec::new();
    for vote in votes
        .cast
        .iter()
        .filter(|vote| vote.criterion() == criterion)
    {
        let Given::Single {
            item, vote: says, ..
        } = vote
        else {
            continue;
        };
        let Some(item) = numbers.fix(item) else {
            continue;
        };
        found[item as usize] = Some(None);
        ballots.push(Ballot {
            item,
            voter: Some(numbers.voter(vote)),
            group: None,
            say: match says {
                Some(true) => Say::Yes,
                Some(false) => Say::No,
                None => Say::Pass,
            },
        });
    }
    if let Ok(agreed) = agreement(votes.ids.len(), 0, &ballots, votes.seed) {
        for (found, agreed) in found.iter_mut().zip(agreed) {
            if let (Some(found), Ok(share)) = (found, agreed.share) {
                *found = Some(share);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: Figure = Figure::Unknown(Reason::TooFewPeople { needed: 5 });

    fn pair(winner: &str, loser: &str, criterion: Criterion, voter: &str) -> Given {
        Given::Pair {
            winner: winner.into(),
            loser: loser.into(),
            criterion,
            voter: (!voter.is_empty()).then(|| voter.to_owned()),
        }
    }

    fn alone(item: &str, vote: Option<bool>, voter: &str) -> Given {
        Given::Single {
            item: item.into(),
            vote,
            criterion: Criterion::Impact,
            voter: (!voter.is_empty()).then(|| voter.to_owned()),
        }
    }

    fn of(cast: &[Given], criterion: Criterion) -> Vec<Option<Voted>> {
        let ids: Vec<String> = ["f-a", "f-b", "f-c"].map(str::to_owned).to_vec();
        let votes = Votes {
            ids: &ids,
            cast,
            minimum: 5,
            seed: 1,
        };
        voted(&votes, criterion)
    }

    fn impact(cast: &[Given], fix: usize) -> Option<Figure> {
        of(cast, Criterion::Impact)[fix]
            .clone()
            .map(|voted| voted.figure)
    }

    #[test]
    fn each_criterion_has_its_own_votes() {
        let mut votes: Vec<Given> = Vec::new();
        for voter in 0..12 {
            let voter = voter.to_string();
            votes.push(pair("f-a", "f-b", Criterion::Impact, &voter));
            votes.push(pair("f-b", "f-a", Criterion::Ease, &voter));
            // Of what isn't here nothing is learnt.
            votes.push(pair("f-gone", "f-b", Criterion::Impact, &voter));
        }
        let value = |criterion, fix: usize| {
            let voted = of(&votes, criterion)[fix].clone();
            voted.and_then(|voted| voted.figure.value())
        };
        // The same twelve votes, the one way and the other.
        let (impact, ease) = (value(Criterion::Impact, 0), value(Criterion::Ease, 1));
        assert!(impact.is_some_and(|impact| impact > 0.7), "{impact:?}");
        assert_eq!(impact, ease);
        assert_eq!(of(&votes, Criterion::Impact)[2], None);
        assert_eq!(
            of(&votes, Criterion::Impact)[0]
                .as_ref()
                .map(|voted| voted.by),
            Some(VotedBy::Pairs)
        );
    }

    #[test]
    fn figures_count_people_who_took_a_side() {
        let people = ["1", "2", "3", "4", "5"];
        let yes: Vec<Given> = people.map(|voter| alone("f-a", Some(true), voter)).to_vec();
        let known = |figure: Option<Figure>| {
            figure.and_then(|figure| figure.estimate().map(|e| (e.value, e.n)))
        };
        assert_eq!(known(impact(&yes, 0)), Some((1.0, 5)));
        assert_eq!(impact(&yes[..4], 0), Some(FEW));
        // Four who pass, and one who says it again and again.
        let mut hidden: Vec<Given> = people[..4]
            .iter()
            .map(|voter| alone("f-a", None, voter))
            .collect();
        hidden.extend(vec![alone("f-a", Some(false), "5"); 9]);
        assert_eq!(impact(&hidden, 0), Some(FEW));
        // One person's pairs aren't hidden among others' passes, nor by nobody's name.
        let mut of_one = hidden[..4].to_vec();
        of_one.extend(["f-b", "f-c"].map(|loser| pair("f-a", loser, Criterion::Impact, "5")));
        assert_eq!(impact(&of_one, 0), Some(FEW));
        assert_eq!(
            impact(&vec![alone("f-a", Some(true), ""); 30], 0),
            Some(FEW)
        );
        assert_eq!(
            impact(&vec![pair("f-a", "f-b", Criterion::Impact, ""); 30], 0),
            Some(FEW)
        );
        // Asked, and nobody took a side.
        assert_eq!(impact(&hidden[..4], 0), Some(FEW));
    }

    #[test]
    fn who_votes_again_is_counted_by_the_last_vote() {
        let mut votes: Vec<Given> = (0..6)
            .map(|voter| alone("f-a", Some(true), &voter.to_string()))
            .collect();
        votes.extend(vec![alone("f-a", Some(false), "5"); 60]);
        let share = impact(&votes, 0).and_then(|figure| figure.value());
        assert_eq!(share, Some(5.0 / 6.0));
        let of_pairs = |again: usize| {
            let mut votes: Vec<Given> = (0..12)
                .map(|voter| pair("f-a", "f-b", Criterion::Impact, &voter.to_string()))
                .collect();
            votes.extend(vec![pair("f-b", "f-a", Criterion::Impact, "0"); again]);
            impact(&votes, 0).and_then(|figure| figure.value())
        };
        assert!(of_pairs(0) > of_pairs(1));
        assert_eq!(of_pairs(1), of_pairs(500));
    }
}
