//! Groups of texts by what customers everywhere speak of, where the texts alone don't tell which belong together.
//!
//! Three hundred people who each tell a story of their own share few words: their neighbours are chance, and a graph
//! of them falls apart differently each time it is shaken. What topics (`topics`) say of each text is then the better
//! start. It is weighed by how often each topic comes in this file (the prior, by expectation-maximisation; a topic
//! that only a text or so speaks of is dropped), and texts go to the likeliest of those that come most often. The
//! rounds of scoring that follow move what fits another group better.

use crate::topics::{mean, softmax};
use std::collections::BTreeSet;

/// Agreement of shaken cuts, by what the texts alone say, under which they don't tell. (Measured: 330 to 350 comments
/// of three trades .19 to .24, 190 to 420 complaints of patients .33 to .36, a bank's 430 questions .83.)
pub(crate) const UNSURE: f64 = 0.28;
/// Texts up to which it is worth it, and from which topics' shares can be told.
pub(crate) const FEW: usize = 1_000;
pub(crate) const ENOUGH: usize = 200;
/// How far the topics' log-odds are drawn to what is usual in the file: of two kinds of text, half.
const DRAWN: f32 = 0.5;
/// How sure the topics are of a single text of a trade that they don't know, beside what they say.
const SURE: f32 = 0.65;
const ROUNDS: usize = 30;
/// Texts by which a topic's share is lowered in the last rounds: what is never sure of more goes to nothing. From
/// nothing up over the first ones, so that topics fall one after another and not all at once.
const DROPPED: f64 = 1.0;
const RISING: f64 = 15.0;

/// A group for each text, at most `most` of them, from each text's log-odds of topics; `None` where fewer than `least`
/// come of it.
pub(crate) fn groups(odds: &[Vec<f32>], least: usize, most: usize) -> Option<Vec<u32>> {
    let topics = odds.first()?.len();
    let scores = drawn(odds, topics);
    let told: Vec<Vec<f32>> = scores.iter().map(|row| softmax(row)).collect();
    let mut shares = vec![1.0 / topics as f64; topics];
    for round in 0..ROUNDS {
        let mut sums = vec![0.0f64; topics];
        for told in &told {
            let weighed = told.iter().zip(&shares);
            let weighed: Vec<f64> = weighed.map(|(p, share)| f64::from(*p) * share).collect();
            let all: f64 = weighed.iter().sum();
            let part = |x: &f64| x / all.max(f64::MIN_POSITIVE);
            sums.iter_mut()
                .zip(&weighed)
                .for_each(|(sum, x)| *sum += part(x));
        }
        let dropped = DROPPED * (round as f64 / RISING).min(1.0);
        shares = sums.iter().map(|sum| (sum - dropped).max(1e-6)).collect();
        let all: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= all);
    }
    let mut order: Vec<usize> = (0..topics).collect();
    order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then(a.cmp(b)));
    order.truncate(most.max(1));
    let likeliest = |row: &Vec<f32>| {
        let score = |topic: usize| f64::from(row[topic]) + shares[topic].ln();
        let best = (0..order.len()).max_by(|a, b| {
            let (one, other) = (score(order[*a]), score(order[*b]));
            one.total_cmp(&other).then(b.cmp(a))
        });
        best.unwrap_or(0) as u32
    };
    let groups: Vec<u32> = scores.iter().map(likeliest).collect();
    let distinct: BTreeSet<u32> = groups.iter().copied().collect();
    (distinct.len() >= least).then_some(groups)
}

/// Log-odds less a part of their mean over all texts, and less sure.
fn drawn(odds: &[Vec<f32>], topics: usize) -> Vec<Vec<f32>> {
    let mut usual = mean(odds, topics);
    usual.iter_mut().for_each(|x| *x *= DRAWN);
    let less = |row: &Vec<f32>| {
        row.iter()
            .zip(&usual)
            .map(|(x, usual)| SURE * (x - usual))
            .collect()
    };
    odds.iter().map(less).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty texts of each of the first three of eight topics, one that leans to the fourth and else to the second.
    fn odds() -> Vec<Vec<f32>> {
        let of = |topic: usize| {
            (0..8)
                .map(|at| if at == topic { 4.0 } else { 0.0 })
                .collect()
        };
        let mut odds: Vec<Vec<f32>> = (0..180).map(|text| of(text / 60)).collect();
        odds.push(vec![0.0, 1.0, 0.0, 1.2, 0.0, 0.0, 0.0, 0.0]);
        odds
    }

    #[test]
    fn texts_go_to_the_topics_that_come_often() {
        let groups = groups(&odds(), 2, 4).unwrap_or_default();
        for of_one in groups[..180].chunks(60) {
            assert!(of_one.iter().all(|group| *group == of_one[0]));
        }
        assert_ne!(groups[0], groups[60]);
        assert_eq!(groups[180], groups[60]);
    }

    #[test]
    fn what_makes_too_few_groups_makes_none() {
        assert_eq!(groups(&[], 1, 3), None);
        assert_eq!(groups(&odds(), 4, 6), None);
        assert!(groups(&odds()[..2], 1, 3).is_some());
    }
}
