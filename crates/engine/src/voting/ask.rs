//! What to ask one voter: at most five pairs, or five ideas one at a time.
//!
//! Pairs are those whose answer is expected to tell most about the order (`stats::votes::next`),
//! among ideas that weren't shown much more often than the average. So that voters who come at the
//! same time aren't all asked the same, each chooses from a part of the ideas, drawn by her seed;
//! and an idea comes once in a form while there are enough of them.

use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::facts::{Criterion as Of, Vote};
use throughline_domain::listen::{Asked, Ballot, Criterion, VotesBy};
use throughline_stats::random::hash;
use throughline_stats::votes::live::Live;
use throughline_stats::votes::next::{Known, next_pair};
use throughline_stats::votes::{Pairs, Vote as Counted};

/// The prior of strengths, in log-odds.
const SD: f64 = 1.0;
/// How much more often than the average an idea may be shown.
const MOST: f64 = 1.5;
/// Ideas that one voter's pairs are chosen from, at least.
const DRAWN: usize = 10;

/// What to ask a voter. `seed` is her own; the same votes and seed give the same questions. Fewer
/// than five where there are few ideas.
pub fn ask(ideas: &[String], votes: &[Vote], by: VotesBy, seed: u64) -> Vec<Asked> {
    let ideas: Vec<&String> = ideas.iter().collect::<BTreeSet<_>>().into_iter().collect();
    let mut asked = match by {
        VotesBy::Pairs => pairs(&ideas, votes, seed),
        VotesBy::Agreement => singles(&ideas, votes, seed),
    };
    // By question, so that a voter isn't asked to think back and forth.
    asked.sort_by_key(|asked| match asked {
        Asked::Pair { criterion, .. } | Asked::Single { criterion, .. } => *criterion,
    });
    asked
}

/// Criteria in turn; the first by the seed.
fn turns(seed: u64) -> impl Iterator<Item = Criterion> {
    let first = (hash(seed, b"first") % 2) as usize;
    (0..Ballot::MOST).map(move |turn| Criterion::ALL[(turn + first) % 2])
}

fn of(criterion: Criterion) -> Of {
    match criterion {
        Criterion::Impact => Of::Impact,
        Criterion::Ease => Of::Ease,
    }
}

fn pairs(ideas: &[&String], votes: &[Vote], seed: u64) -> Vec<Asked> {
    // An order of her own, so that ties fall to other ideas for another voter.
    let mut order: Vec<usize> = (0..ideas.len()).collect();
    order.sort_by_key(|&place| (hash(seed, ideas[place].as_bytes()), place));
    order.truncate(DRAWN.max(ideas.len().div_ceil(2)));
    let mut known = Criterion::ALL.map(|criterion| Learnt::of(ideas, votes, of(criterion), &order));
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut met: BTreeSet<(usize, usize, Criterion)> = BTreeSet::new();
    let mut asked = Vec::new();
    for criterion in turns(seed) {
        let Some(learnt) = known[criterion as usize].as_mut() else {
            continue;
        };
        let before = |a: usize, b: usize| met.contains(&(a.min(b), a.max(b), criterion));
        let found = learnt
            .next(MOST, |a, b| used.contains(&a) || used.contains(&b))
            .or_else(|| learnt.next(1000.0, |a, b| used.contains(&a) || used.contains(&b)))
            .or_else(|| learnt.next(1000.0, before));
        let Some((a, b)) = found else { continue };
        used.extend([a, b]);
        met.insert((a.min(b), a.max(b), criterion));
        let swap = hash(seed, &[asked.len() as u8, b's']).is_multiple_of(2);
        let (one, other) = if swap { (b, a) } else { (a, b) };
        asked.push(Asked::Pair {
            one: ideas[order[one]].clone(),
            other: ideas[order[other]].clone(),
            criterion,
        });
    }
    asked
}

/// What votes tell about the drawn ideas, by one criterion; places are those in the draw.
struct Learnt {
    log_odds: Vec<f64>,
    information: Vec<f64>,
    shown: Vec<u64>,
    /// Votes on pairs of them.
    met: Vec<BTreeMap<usize, f64>>,
}

impl Learnt {
    fn of(ideas: &[&String], votes: &[Vote], criterion: Of, drawn: &[usize]) -> Option<Self> {
        let place: BTreeMap<&str, u32> = ideas
            .iter()
            .enumerate()
            .map(|(at, id)| (id.as_str(), at as u32))
            .collect();
        let counted: Vec<Counted> = votes
            .iter()
            .filter_map(|vote| match vote {
                Vote::Pair {
                    winner,
                    loser,
                    criterion: voted,
                    ..
                } if *voted == criterion && winner != loser => Some(Counted::win(
                    *place.get(winner.as_str())?,
                    *place.get(loser.as_str())?,
                )),
                _ => None,
            })
            .collect();
        let live = if counted.is_empty() {
            Live::new(ideas.len(), SD).ok()?
        } else {
            let pairs = Pairs::new(ideas.len(), &counted).ok()?;
            Live::from_pairs(&pairs, SD).ok()?
        };
        let mut shown = vec![0; ideas.len()];
        let mut met = vec![BTreeMap::new(); drawn.len()];
        let mut among = vec![None; ideas.len()];
        for (at, idea) in drawn.iter().enumerate() {
            among[*idea] = Some(at);
        }
        for vote in &counted {
            let (winner, loser) = (vote.winner as usize, vote.loser as usize);
            shown[winner] += 1;
            shown[loser] += 1;
            if let (Some(one), Some(other)) = (among[winner], among[loser]) {
                *met[one].entry(other).or_default() += 1.0;
                *met[other].entry(one).or_default() += 1.0;
            }
        }
        Some(Self {
            log_odds: drawn.iter().map(|&at| live.log_odds()[at]).collect(),
            information: drawn.iter().map(|&at| live.information()[at]).collect(),
            shown: drawn.iter().map(|&at| shown[at]).collect(),
            met,
        })
    }

    fn next(&self, most: f64, not: impl Fn(usize, usize) -> bool) -> Option<(usize, usize)> {
        // Ideas that may not be asked don't stand in the way of those that may.
        let open: Vec<usize> = (0..self.log_odds.len())
            .filter(|&one| (0..self.log_odds.len()).any(|other| other != one && !not(one, other)))
            .collect();
        let part = |values: &[f64]| -> Vec<f64> { open.iter().map(|&at| values[at]).collect() };
        let (log_odds, information) = (part(&self.log_odds), part(&self.information));
        let shown: Vec<u64> = open.iter().map(|&at| self.shown[at]).collect();
        let known = Known {
            log_odds: &log_odds,
            information: &information,
            shown: &shown,
        };
        let met = |first: usize| {
            let first = open[first];
            self.met[first].iter().filter_map({
                let open = &open;
                move |(other, n)| {
                    let apart = self.log_odds[first] - self.log_odds[*other];
                    let chance = 1.0 / (1.0 + (-apart).exp());
                    let at = open.binary_search(other).ok()?;
                    Some((at, n * chance * (1.0 - chance)))
                }
            })
        };
        next_pair(known, most, met, |a, b| not(open[a], open[b]))
            .ok()
            .map(|next| (open[next.first], open[next.second]))
    }
}

fn singles(ideas: &[&String], votes: &[Vote], seed: u64) -> Vec<Asked> {
    let mut voted: BTreeMap<(&str, Of), u64> = BTreeMap::new();
    for vote in votes {
        if let Vote::Single {
            item, criterion, ..
        } = vote
        {
            *voted.entry((item, *criterion)).or_default() += 1;
        }
    }
    let mut used: BTreeMap<&str, u8> = BTreeMap::new();
    let mut met: BTreeSet<(&str, Criterion)> = BTreeSet::new();
    let mut asked = Vec::new();
    for criterion in turns(seed) {
        let next = ideas
            .iter()
            .filter(|id| !met.contains(&(id.as_str(), criterion)))
            .min_by_key(|id| {
                let id = id.as_str();
                let n = voted.get(&(id, of(criterion))).copied().unwrap_or(0);
                (
                    used.get(id).copied().unwrap_or(0),
                    n,
                    hash(seed, id.as_bytes()),
                )
            });
        if let Some(id) = next {
            *used.entry(id).or_default() += 1;
            met.insert((id, criterion));
            asked.push(Asked::Single {
                idea: (*id).clone(),
                criterion,
            });
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ideas(n: usize) -> Vec<String> {
        (0..n).map(|n| format!("idea-{n:03}")).collect()
    }

    fn named(asked: &[Asked]) -> Vec<(String, String, Criterion)> {
        asked
            .iter()
            .map(|asked| match asked {
                Asked::Pair {
                    one,
                    other,
                    criterion,
                } => (one.clone(), other.clone(), *criterion),
                Asked::Single { idea, criterion } => (idea.clone(), String::new(), *criterion),
            })
            .collect()
    }

    #[test]
    fn five_different_pairs_on_both_questions_and_no_idea_twice() {
        for seed in 0..50 {
            let asked = named(&ask(&ideas(40), &[], VotesBy::Pairs, seed));
            assert_eq!(asked.len(), 5);
            let of: BTreeSet<Criterion> = asked.iter().map(|asked| asked.2).collect();
            assert_eq!(of.len(), 2);
            let all = asked.iter().flat_map(|(a, b, _)| [a, b]);
            assert_eq!(all.collect::<BTreeSet<_>>().len(), 10);
        }
    }

    #[test]
    fn few_ideas_give_few_questions_and_none_twice() {
        let check = |n: usize, by: VotesBy, expected: usize| {
            for seed in 0..20 {
                let asked = named(&ask(&ideas(n), &[], by, seed));
                assert_eq!(asked.len(), expected, "{n} ideas");
                let pairs: BTreeSet<_> = asked
                    .iter()
                    .map(|(a, b, of)| (a.min(b).clone(), a.max(b).clone(), *of))
                    .collect();
                assert_eq!(pairs.len(), expected);
            }
        };
        check(0, VotesBy::Pairs, 0);
        check(1, VotesBy::Pairs, 0);
        check(2, VotesBy::Pairs, 2);
        check(3, VotesBy::Pairs, 5);
        check(0, VotesBy::Agreement, 0);
        check(1, VotesBy::Agreement, 2);
        check(9, VotesBy::Agreement, 5);
    }

    #[test]
    fn voters_are_not_all_asked_the_same_and_each_is_asked_the_same_again() {
        let first = |seed| named(&ask(&ideas(30), &[], VotesBy::Pairs, seed));
        let all: BTreeSet<_> = (0..40).map(first).collect();
        assert!(all.len() > 30, "{}", all.len());
        assert_eq!(first(7), first(7));
    }

    #[test]
    fn ideas_are_shown_about_equally_often() {
        let ideas = ideas(20);
        for by in VotesBy::ALL {
            let mut votes = Vec::new();
            for seed in 0..100 {
                for (one, other, criterion) in named(&ask(&ideas, &votes, by, seed)) {
                    let (criterion, voter) = (of(criterion), Some(seed.to_string()));
                    votes.push(match by {
                        VotesBy::Pairs => Vote::Pair {
                            winner: one.clone().min(other.clone()),
                            loser: one.max(other),
                            criterion,
                            voter,
                        },
                        VotesBy::Agreement => Vote::Single {
                            item: one,
                            vote: Some(true),
                            criterion,
                            voter,
                        },
                    });
                }
            }
            let mut shown: BTreeMap<String, u64> = BTreeMap::new();
            for vote in &votes {
                match vote {
                    Vote::Pair { winner, loser, .. } => {
                        *shown.entry(winner.clone()).or_default() += 1;
                        *shown.entry(loser.clone()).or_default() += 1;
                    }
                    Vote::Single { item, .. } => *shown.entry(item.clone()).or_default() += 1,
                }
            }
            let mean = shown.values().sum::<u64>() as f64 / ideas.len() as f64;
            assert_eq!(shown.len(), ideas.len());
            for n in shown.values() {
                assert!(
                    (*n as f64) < 2.0 * mean && (*n as f64) > 0.4 * mean,
                    "{shown:?}"
                );
            }
        }
    }

    #[test]
    fn votes_on_an_idea_that_is_gone_do_no_harm() {
        let vote = |winner: &str, loser: &str| Vote::Pair {
            winner: winner.to_owned(),
            loser: loser.to_owned(),
            criterion: Of::Impact,
            voter: None,
        };
        let votes = [vote("gone", "idea-000"), vote("idea-001", "idea-001")];
        assert_eq!(ask(&ideas(6), &votes, VotesBy::Pairs, 1).len(), 5);
    }
}
