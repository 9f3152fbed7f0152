//! The order of fixes: by what is in play for customers weighted by ease (from half for the hardest to one
//! and a half for the simplest; 1 where not asked), but never one before another that is surely worth more.
//!
//! A draw takes sizes of all problems from their shrunken joint posterior and decides for each
//! match whether it holds (with the probability of its score); what is in play for a fix is then
//! the sum over the problems it answers. Sizes within one source come from one joint regression,
//! so those of one fix add up; they are never totalled over fixes. Ranks, their intervals and ties
//! are read off the draws, and how often a fix is among the best five of those worth anything.

use crate::error::Result;
use crate::sizes::Joint;
use rand::RngExt;
use throughline_domain::brief::Rank;
use throughline_stats::draws::Draws;
use throughline_stats::random::generator;
use throughline_stats::rank::rank;
use throughline_stats::shrink::{self, shrink};

/// Draws for ranks.
pub const DRAWS: usize = 4000;
/// How many are put to leaders.
pub const CHOSEN: usize = 5;
/// Sizes needed to learn how sizes differ.
const SHRINK_FROM: usize = 3;

/// A fix in the order.
#[derive(Clone, Debug)]
pub struct Ordered {
    /// The fix's number.
    pub lever: usize,
    /// Mean of what is in play over the draws, problems and matches uncertain.
    pub expected: f64,
    /// Its place.
    pub rank: Rank,
}

/// A match as the order needs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answers {
    /// The problem's number.
    pub pain: usize,
    /// Probability that the match holds.
    pub probability: f64,
}

/// Draws of the problems' sizes, shrunk towards their mean; items in the order of `joint.pains`.
///
/// # Errors
/// If the covariance can't be used.
pub fn size_draws(joint: &Joint, seed: u64) -> Result<Draws> {
    let freedom = joint.freedom.as_deref();
    if joint.sizes.len() >= SHRINK_FROM
        && let Ok(shrunk) = shrink(&joint.sizes, &joint.covariance, freedom)
    {
        return Ok(shrunk.draws(DRAWS, seed)?);
    }
    Ok(shrink::unshrunk(
        &joint.sizes,
        &joint.covariance,
        freedom,
        DRAWS,
        seed,
    )?)
}

/// More than what isn't worth anything is drawn below nothing, over all problems.
const NOTHING: f64 = 1e-6;

/// How often each is among the best five of those that are worth anything: where few matches hold, places are
/// left over, and who gets these by chance is no better for it. Who is worth as much as the fifth is among
/// them: two fixes of one problem are.
fn worth_a_place(in_play: &Draws) -> Vec<f64> {
    let mut times = vec![0u32; in_play.items()];
    let mut worth: Vec<usize> = Vec::with_capacity(in_play.items());
    for draw in in_play.iter() {
        worth.clear();
        worth.extend((0..draw.len()).filter(|at| draw[*at] > 0.0));
        worth.sort_by(|a, b| draw[*b].total_cmp(&draw[*a]).then(a.cmp(b)));
        let least = worth.get(CHOSEN - 1).map_or(0.0, |at| draw[*at] - NOTHING);
        let among = worth.iter().take_while(|at| draw[**at] >= least);
        among.for_each(|at| times[*at] += 1);
    }
    let whole = in_play.count().max(1) as f64;
    times.into_iter().map(|n| f64::from(n) / whole).collect()
}

/// Share of draws in which one is worth more than another from which it stands before it, however hard it is.
const TOLD_APART: f64 = 0.95;

/// The order wanted, but nothing before what it surely is worth less than.
fn kept_apart(mut wanted: Vec<usize>, in_play: &Draws) -> Vec<usize> {
    let least = TOLD_APART * in_play.count() as f64;
    let items = in_play.items();
    let mut times = vec![0u32; items * items];
    for draw in in_play.iter() {
        for one in 0..items {
            for other in 0..items {
                times[one * items + other] += u32::from(draw[one] > draw[other]);
            }
        }
    }
    let is_over = |one: usize, other: usize| f64::from(times[one * items + other]) >= least;
    let mut kept = Vec::with_capacity(wanted.len());
    while !wanted.is_empty() {
        // In circles, which joint draws hardly make, the first wanted goes first.
        let free = (0..wanted.len()).find(|at| {
            let mut others = wanted.iter().filter(|other| **other != wanted[*at]);
            !others.any(|other| is_over(*other, wanted[*at]))
        });
        kept.push(wanted.remove(free.unwrap_or(0)));
    }
    kept
}

/// Orders fixes. `answers[lever]` are the problems it answers; `sizes` are draws of problems'
/// sizes and `place` tells where a problem stands in them; `ease` weighs. Fixes that answer
/// nothing have no rank and aren't listed.
///
/// # Errors
/// If draws can't be ranked.
pub fn order(
    answers: &[Vec<Answers>],
    sizes: &Draws,
    place: &dyn Fn(usize) -> Option<usize>,
    ease: &[Option<f64>],
    ids: &[String],
    seed: u64,
) -> Result<Vec<Ordered>> {
    let in_order: Vec<(usize, Vec<(usize, f64)>)> = answers
        .iter()
        .enumerate()
        .map(|(lever, answers)| {
            let known = answers
                .iter()
                .filter_map(|answer| Some((place(answer.pain)?, answer.probability)))
                .collect::<Vec<_>>();
            (lever, known)
        })
        .filter(|(_, known)| !known.is_empty())
        .collect();
    if in_order.is_empty() {
        return Ok(Vec::new());
    }
    let mut random = generator(seed, "which matches hold");
    let in_play = sizes.map(in_order.len(), |draw, out| {
        for (value, (_, known)) in out.iter_mut().zip(&in_order) {
            *value = known
                .iter()
                .map(|(at, probability)| {
                    let chance = random.random::<f64>();
                    // What doesn't hold is worth nothing; by how little less than that is
                    // chance, so that fixes worth nothing aren't ordered by their number.
                    if chance < *probability {
                        draw[*at]
                    } else {
                        -1e-9 * chance
                    }
                })
                .sum();
        }
    })?;
    let ranks = rank(&in_play, CHOSEN);
    let among_the_best = worth_a_place(&in_play);
    let ordered: Vec<Ordered> = in_order
        .iter()
        .zip(&ranks)
        .enumerate()
        .map(|(at, ((lever, _), rank))| Ordered {
            lever: *lever,
            expected: in_play.mean(at),
            rank: Rank {
                place: 0,
                low: rank.low as u32,
                high: rank.high as u32,
                top5_probability: among_the_best[at],
            },
        })
        .collect();
    let weighted = |at: usize| {
        let ordered = &ordered[at];
        let ease = 0.5 + ease.get(ordered.lever).copied().flatten().unwrap_or(0.5);
        // Of what costs points the simpler does so sooner, and stands no higher for it.
        if ordered.expected < 0.0 {
            ordered.expected / ease
        } else {
            ordered.expected * ease
        }
    };
    let mut wanted: Vec<usize> = (0..ordered.len()).collect();
    wanted.sort_by(|a, b| {
        let id = |at: &usize| &ids[ordered[*at].lever];
        weighted(*b)
            .total_cmp(&weighted(*a))
            .then_with(|| id(a).cmp(id(b)))
    });
    let mut ordered: Vec<Ordered> = kept_apart(wanted, &in_play)
        .into_iter()
        .map(|at| ordered[at].clone())
        .collect();
    for (at, ordered) in ordered.iter_mut().enumerate() {
        let place = at as u32 + 1;
        // The order also weighs ease; its place is one of those that can't be ruled out.
        ordered.rank.low = ordered.rank.low.min(place);
        ordered.rank.high = ordered.rank.high.max(place);
        ordered.rank.place = place;
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_stats::symmetric::Symmetric;

    #[test]
    fn what_seldom_answers_anything_is_seldom_among_the_best() {
        let joint = Joint {
            pains: vec![0, 1],
            sizes: vec![2.0, 1.0],
            covariance: Symmetric::diagonal(&[0.01, 0.01]),
            freedom: None,
        };
        let sizes = size_draws(&joint, 1).expect("draws");
        let one = |pain, probability| vec![Answers { pain, probability }];
        let answers = [one(0, 1.0), one(1, 0.1), one(1, 0.0)];
        let ids = ["a", "b", "c"].map(str::to_owned);
        let ordered =
            order(&answers, &sizes, &|pain| Some(pain), &[None; 3], &ids, 1).expect("an order");
        let of = |lever: usize| {
            let found = ordered.iter().find(|one| one.lever == lever);
            found.map_or(f64::NAN, |one| one.rank.top5_probability)
        };
        // Five places for three fixes: a place that is left over is won by nothing.
        assert!(of(0) > 0.99 && (0.08..0.12).contains(&of(1)) && of(2) == 0.0);
    }

    #[test]
    fn the_simpler_goes_first_but_not_before_what_is_surely_worth_more() {
        let joint = Joint {
            pains: vec![0, 1, 2],
            sizes: vec![4.0, 2.0, 1.9],
            covariance: Symmetric::diagonal(&[0.01, 0.01, 0.01]),
            freedom: None,
        };
        let sizes = size_draws(&joint, 1).expect("draws");
        // The first is hard and surely worth most; the other two can't be told apart. The last may be worth as much as
        // the first or nothing: that nobody surely beats it must not make all of them one.
        let answers = [(0, 1.0), (1, 1.0), (2, 1.0), (0, 0.5)]
            .map(|(pain, probability)| vec![Answers { pain, probability }]);
        let ids = ["a", "b", "c", "d"].map(str::to_owned);
        let ease = [Some(0.0), Some(0.1), Some(1.0), Some(0.0)];
        let ordered =
            order(&answers, &sizes, &|pain| Some(pain), &ease, &ids, 1).expect("an order");
        let order: Vec<usize> = ordered.iter().map(|one| one.lever).collect();
        assert_eq!(order, [0, 2, 1, 3]);
        assert_eq!(ordered[0].rank.place, 1);
    }

    #[test]
    fn who_is_worth_as_much_as_the_fifth_is_among_the_best_five() {
        let joint = Joint {
            pains: (0..7).collect(),
            sizes: vec![7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0],
            covariance: Symmetric::diagonal(&[1e-4; 7]),
            freedom: None,
        };
        let sizes = size_draws(&joint, 1).expect("draws");
        // Three fixes of the fifth problem, one of the sixth; the last of the three may answer another, too.
        let mut answers: Vec<Vec<Answers>> = [0, 1, 2, 3, 4, 4, 4, 5]
            .map(|pain| {
                vec![Answers {
                    pain,
                    probability: 1.0,
                }]
            })
            .into();
        answers[6].push(Answers {
            pain: 6,
            probability: 0.0,
        });
        let ids: Vec<String> = (0..answers.len()).map(|at| format!("f{at}")).collect();
        let ordered =
            order(&answers, &sizes, &|pain| Some(pain), &[None; 8], &ids, 1).expect("an order");
        for one in &ordered {
            let expected = if one.lever == 7 { 0.0 } else { 1.0 };
            assert_eq!(one.rank.top5_probability, expected, "{}", one.lever);
        }
    }
}
