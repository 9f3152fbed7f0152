//! What employees' votes say of fixes by one criterion: how simple they are (`ease`), how far they would help
//! customers. In the order of fixes ease counts beside what is in play; what is expected to help doesn't,
//! but tells which problems a fix is likely to answer, as far as it agrees with customers (`matches::expected`).
//!
//! `n` is always people who took a side. Each weighs one on a fix, or on two that are set against each other, however
//! many of their ideas were voted on. Votes of nobody known count for nothing: they may be of those who are known, or of
//! one person. Of pairs voters are resampled, never votes (`stats::votes`); shares of yes have Wilson's interval.

mod opinion;

pub use opinion::{Expected, Opinion, expected};

use crate::figure::{estimate, reason};
use std::collections::BTreeMap;
use throughline_domain::Figure;
use throughline_domain::brief::VotedBy;
use throughline_domain::estimate::Reason;
use throughline_domain::facts::{Criterion, Vote as Given};
use throughline_stats::share::wilson;
use throughline_stats::votes::{Pairs, Shrinkage, Vote, order};
use throughline_stats::{Answer, NoAnswer};

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

/// What votes say of a fix.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Voted {
    /// In pairs: the chance that it is preferred to an average one. Alone: the share who say yes.
    pub figure: Figure,
    /// How it was voted on; in pairs, if in both ways.
    pub by: VotedBy,
    /// The votes by themselves, where the figure is known.
    pub opinion: Option<Opinion>,
}

/// What votes by one criterion say of each fix; `None` where it wasn't voted on.
pub(crate) fn voted(votes: &Votes<'_>, criterion: Criterion) -> Vec<Option<Voted>> {
    let numbers = Numbers::of(votes);
    let cast = votes.cast.iter();
    let cast: Vec<&Given> = cast.filter(|vote| vote.criterion() == criterion).collect();
    let by_pairs = by_pairs(votes, &cast, &numbers);
    let alone = alone(votes, &cast, &numbers);
    let enough = |told: &Told| {
        told.as_ref()
            .is_ok_and(|(answer, _)| answer.n >= votes.minimum)
    };
    by_pairs
        .into_iter()
        .zip(alone)
        .map(|(pairs, alone)| {
            // Pairs tell more; where too few were asked in pairs, what was said of it alone stands.
            let (told, by, method) = match (pairs, alone) {
                (Some(pairs), alone) if enough(&pairs) || alone.is_none() => {
                    (pairs, VotedBy::Pairs, "pairwise votes (Bradley-Terry)")
                }
                (_, Some(alone)) => (alone, VotedBy::YesNo, "share of yes votes"),
                _ => return None,
            };
            let few = Reason::TooFewPeople {
                needed: votes.minimum as usize,
            };
            let (figure, opinion) = match told {
                Ok((answer, opinion)) if answer.n >= votes.minimum => {
                    (Figure::Known(estimate(&answer, method)), opinion)
                }
                Ok(_) | Err(NoAnswer::TooFewVotes { .. }) => (Figure::Unknown(few), None),
                Err(why) => (Figure::Unknown(reason(&why)), None),
            };
            Some(Voted {
                figure,
                by,
                opinion,
            })
        })
        .collect()
}

/// The answer on a fix that was voted on, and its votes by themselves.
type Told = Result<(Answer, Option<Opinion>), NoAnswer>;

/// Nobody took a side on it.
const NO_SIDE: NoAnswer = NoAnswer::TooFewVotes { n: 0, needed: 1 };

/// Numbers for fixes and voters.
struct Numbers<'a> {
    fixes: BTreeMap<&'a str, u32>,
    voters: BTreeMap<&'a str, u32>,
}

impl<'a> Numbers<'a> {
    fn of(votes: &Votes<'a>) -> Self {
        let fixes = votes.ids.iter().map(String::as_str).zip(0..).collect();
        let mut voters = BTreeMap::new();
        for voter in votes.cast.iter().filter_map(Given::voter) {
            let next = voters.len() as u32;
            voters.entry(voter).or_insert(next);
        }
        Self { fixes, voters }
    }

    fn fix(&self, id: &str) -> Option<u32> {
        self.fixes.get(id).copied()
    }

    fn voter(&self, vote: &Given) -> Option<u32> {
        self.voters.get(vote.voter()?).copied()
    }
}

fn by_pairs(votes: &Votes<'_>, cast: &[&Given], numbers: &Numbers<'_>) -> Vec<Option<Told>> {
    let mut found: Vec<Option<Told>> = vec![None; votes.ids.len()];
    let mut counted: Vec<Vote> = Vec::new();
    let mut of_one: BTreeMap<(u32, u32, u32), f64> = BTreeMap::new();
    let key = |vote: &Vote| {
        let (one, other) = (vote.winner.min(vote.loser), vote.winner.max(vote.loser));
        (vote.voter.unwrap_or_default(), one, other)
    };
    for vote in cast {
        let Given::Pair { winner, loser, .. } = vote else {
            continue;
        };
        let (Some(winner), Some(loser)) = (numbers.fix(winner), numbers.fix(loser)) else {
            continue;
        };
        for fix in [winner, loser] {
            found[fix as usize] = Some(Err(NO_SIDE));
        }
        if let Some(voter) = numbers.voter(vote) {
            let vote = Vote::win(winner, loser).by(voter);
            *of_one.entry(key(&vote)).or_default() += 1.0;
            counted.push(vote);
        }
    }
    for vote in &mut counted {
        *vote = vote.times(1.0 / of_one[&key(vote)]);
    }
    if counted.is_empty() {
        return found;
    }
    let ordered = Pairs::new(votes.ids.len(), &counted)
        .and_then(|pairs| order(&pairs, Shrinkage::Learnt, RESAMPLES, TOP, votes.seed));
    match ordered {
        Ok(order) => {
            let prior_sd = order.strength.prior_sd.unwrap_or(f64::INFINITY);
            let opinion = |log_odds: &Answer| {
                let spread = log_odds.spread.as_ref().ok()?;
                // The spread is stretched for how few voters it was seen in.
                let se = spread.se * (spread.df / (spread.df + 1.0)).sqrt();
                Opinion::without_prior(log_odds.value, se, prior_sd)
            };
            for (found, placed) in found.iter_mut().zip(order.placed) {
                *found = found.take().map(|none| match placed {
                    Ok(placed) => {
                        let opinion = opinion(&placed.log_odds);
                        Ok((placed.chance, opinion))
                    }
                    Err(NoAnswer::NeverCompared) => none,
                    Err(why) => Err(why),
                });
            }
        }
        Err(why) => {
            for found in found.iter_mut().flatten() {
                *found = Err(why.clone());
            }
        }
    }
    found
}

fn alone(votes: &Votes<'_>, cast: &[&Given], numbers: &Numbers<'_>) -> Vec<Option<Told>> {
    // Of each fix voters' shares of yes, added up, and voters who took a side.
    let mut sums: BTreeMap<u32, [f64; 2]> = BTreeMap::new();
    // Yes and no of each voter on each fix.
    let mut said: BTreeMap<(u32, u32), [f64; 2]> = BTreeMap::new();
    for vote in cast {
        let Given::Single {
            item, vote: says, ..
        } = vote
        else {
            continue;
        };
        let Some(item) = numbers.fix(item) else {
            continue;
        };
        sums.entry(item).or_default();
        if let (Some(voter), Some(says)) = (numbers.voter(vote), says) {
            let own = said.entry((item, voter)).or_default();
            own[usize::from(!says)] += 1.0;
        }
    }
    for ((item, _), [yes, no]) in said {
        let sum = sums.entry(item).or_default();
        sum[0] += yes / (yes + no);
        sum[1] += 1.0;
    }
    let told = |item: u32| {
        let [yes, voters] = *sums.get(&item)?;
        Some(if voters > 0.0 {
            wilson(yes, voters).map(|share| (share, Some(Opinion::of_share(yes, voters))))
        } else {
            Err(NO_SIDE)
        })
    };
    (0..votes.ids.len() as u32).map(told).collect()
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
        // Four who are known and nobody known are four.
        let mut nameless = yes[..4].to_vec();
        nameless.push(alone("f-a", Some(true), ""));
        assert_eq!(impact(&nameless, 0), Some(FEW));
        // Asked, and nobody took a side.
        assert_eq!(impact(&hidden[..4], 0), Some(FEW));
    }

    #[test]
    fn one_voter_weighs_one_however_many_ideas_she_votes_on() {
        // Five say yes, the sixth yes and sixty times no, to ideas of the same fix.
        let voters = (0..6).map(|voter| voter.to_string());
        let mut votes: Vec<Given> = voters
            .map(|voter| alone("f-a", Some(true), &voter))
            .collect();
        votes.extend(vec![alone("f-a", Some(false), "5"); 60]);
        let figure = impact(&votes, 0).expect("voted on");
        let share = figure.estimate().expect("known");
        assert!((share.value - (5.0 + 1.0 / 61.0) / 6.0).abs() < 1e-12);
        assert_eq!(share.n, 6);
        // Four yes and one no of each are four fifths.
        let ideas = [true, true, true, true, false];
        let voters = (0..300).map(|voter| voter.to_string());
        let votes: Vec<Given> = voters
            .flat_map(|voter| ideas.map(|says| alone("f-a", Some(says), &voter)))
            .collect();
        let share = impact(&votes, 0).and_then(|figure| figure.value());
        assert!(
            share.is_some_and(|share| (share - 0.8).abs() < 1e-9),
            "{share:?}"
        );
        let of_pairs = |again: usize| {
            let voters = (0..12).map(|voter| voter.to_string());
            let mut votes: Vec<Given> = voters
                .map(|voter| pair("f-a", "f-b", Criterion::Impact, &voter))
                .collect();
            votes.extend(vec![pair("f-b", "f-a", Criterion::Impact, "0"); again]);
            impact(&votes, 0)
                .and_then(|figure| figure.value())
                .unwrap_or(f64::NAN)
        };
        // Once is half of one person's vote, a thousand times nearly all of it.
        assert!(of_pairs(0) > of_pairs(1) && of_pairs(1) > of_pairs(1000));
        assert!(of_pairs(1000) > 0.7, "{}", of_pairs(1000));
    }

    #[test]
    fn few_pairs_do_not_take_the_place_of_many_who_said_yes() {
        let voters = (0..30).map(|voter| voter.to_string());
        let mut votes: Vec<Given> = voters
            .map(|voter| alone("f-a", Some(true), &voter))
            .collect();
        votes.push(pair("f-a", "f-b", Criterion::Impact, "1"));
        let found = of(&votes, Criterion::Impact);
        let first = found[0].as_ref().expect("voted on");
        assert_eq!(
            (first.by, first.figure.value()),
            (VotedBy::YesNo, Some(1.0))
        );
        assert_eq!(
            found[1].as_ref().map(|voted| voted.figure.clone()),
            Some(FEW)
        );
    }
}
