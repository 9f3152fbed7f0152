//! Joins parts of a fix that people of the same work speak of.
//!
//! Employees word one fix in ways that share little: "a map that isn't from last year", "let sales see
//! what planners see". What such answers share is who gives them, the roles that meet the cause. Two
//! parts are therefore compared by meaning and by the roles behind them: how many times likelier the
//! roles' counts are if one distribution made both than if each had its own (Dirichlet-multinomial
//! Bayes factor, around the roles of all who answered). A logistic rule weighs the two, learnt on the
//! sample company with wordings set apart for that (`bench/matching/learn.py`); the likeliest pair is joined
//! first, and what was joined is compared anew.

use crate::theme::dot;
use statrs::function::gamma::ln_gamma;
use std::collections::BTreeMap;

/// A part of a fix: answers that are worded alike.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Sum of its answers' vectors, what is common to all answers taken out.
    pub sum: Vec<f32>,
    /// Sum of its answers' words, each weighted by how rare it is.
    pub words: BTreeMap<u32, f64>,
    /// Its answers.
    pub texts: usize,
    /// Answers by role, as many numbers in every part; all zero where roles aren't known.
    pub roles: Vec<f64>,
}

/// Constant, cosine of vectors, cosine of words, log Bayes factor of roles.
const WEIGHTS: [f64; 4] = [-4.51, 8.95, 9.64, 1.06];
/// The rule's log-odds from which two parts are joined: two fixes in one are worse for whoever decides
/// than one fix in two.
const JOINED: f64 = 2.0;
/// Cosine of vectors under which two parts aren't about the same, whoever speaks of them.
const SAME_SUBJECT: f64 = 0.3;
/// How firmly a part's roles are expected to be those of all who answered: in answers.
const FIRMNESS: f64 = 8.0;
/// Answers that a part's roles count for at most: in large companies the factor would else outweigh
/// every word.
const MOST: f64 = 25.0;
/// Share of answers whose role has to be known.
const KNOWN: f64 = 0.5;

/// The group of each part, numbered from 0, in the order of their first parts; `None` where too few
/// roles are known or all are the same. At least `floor` groups are left.
pub fn groups(parts: &[Part], everyone: &[f64], floor: usize) -> Option<Vec<u32>> {
    let base = base(parts, everyone)?;
    let mut groups: Vec<Option<Group>> = parts
        .iter()
        .enumerate()
        .map(|(at, part)| Some(Group::of(at, part, &base)))
        .collect();
    let mut odds: Vec<Vec<f64>> = (0..parts.len())
        .map(|high| {
            let to = |low: usize| log_odds(&groups, low, high, &base);
            (0..high).map(to).collect()
        })
        .collect();
    for _ in floor.max(1)..parts.len() {
        let Some((low, high)) = likeliest(&odds) else {
            break;
        };
        if let (Some(other), Some(group)) = (groups[high].take(), groups[low].as_mut()) {
            group.join(other, &base);
        }
        for at in 0..parts.len() {
            if at != low {
                let (low, high) = (at.min(low), at.max(low));
                odds[high][low] = log_odds(&groups, low, high, &base);
            }
            if at != high {
                odds[at.max(high)][at.min(high)] = f64::NEG_INFINITY;
            }
        }
    }
    let mut labels = vec![0; parts.len()];
    for (number, group) in (0u32..).zip(groups.iter().flatten()) {
        for at in &group.members {
            labels[*at] = number;
        }
    }
    Some(labels)
}

/// The pair with the highest odds, if they are high enough; the first of equal ones.
fn likeliest(odds: &[Vec<f64>]) -> Option<(usize, usize)> {
    let mut found = (JOINED, None);
    for (high, row) in odds.iter().enumerate() {
        for (low, odds) in row.iter().enumerate() {
            if *odds > found.0 {
                found = (*odds, Some((low, high)));
            }
        }
    }
    found.1
}

/// The firmly expected counts by role; `None` where roles can't tell anything.
fn base(parts: &[Part], everyone: &[f64]) -> Option<Vec<f64>> {
    let known: f64 = parts.iter().flat_map(|part| &part.roles).sum();
    let all: usize = parts.iter().map(|part| part.texts).sum();
    let several = everyone.iter().filter(|n| **n > 0.0).count() > 1;
    let total: f64 = everyone.iter().sum();
    (several && all > 0 && known >= KNOWN * all as f64)
        .then(|| everyone.iter().map(|n| FIRMNESS * n / total).collect())
}

/// Parts that were joined.
struct Group {
    members: Vec<usize>,
    sum: Vec<f32>,
    words: BTreeMap<u32, f64>,
    roles: Vec<f64>,
    /// Lengths of the first two.
    lengths: [f64; 2],
    /// Log-likelihood of roles, counted up to [`MOST`].
    fit: f64,
}

impl Group {
    fn of(at: usize, part: &Part, base: &[f64]) -> Self {
        let mut group = Self {
            members: vec![at],
            sum: part.sum.clone(),
            words: part.words.clone(),
            roles: part.roles.clone(),
            lengths: [0.0; 2],
            fit: 0.0,
        };
        group.settle(base);
        group
    }

    fn join(&mut self, other: Self, base: &[f64]) {
        self.members.extend(other.members);
        self.sum
            .iter_mut()
            .zip(&other.sum)
            .for_each(|(x, y)| *x += y);
        self.roles
            .iter_mut()
            .zip(&other.roles)
            .for_each(|(x, y)| *x += y);
        for (word, weight) in other.words {
            *self.words.entry(word).or_default() += weight;
        }
        self.settle(base);
    }

    fn settle(&mut self, base: &[f64]) {
        let words: f64 = self.words.values().map(|weight| weight * weight).sum();
        self.lengths = [f64::from(dot(&self.sum, &self.sum)).sqrt(), words.sqrt()];
        self.fit = likelihood(&counted(&self.roles), base);
    }

    /// Cosine of vectors.
    fn meaning(&self, other: &Self) -> f64 {
        let product = f64::from(dot(&self.sum, &other.sum));
        product / (self.lengths[0] * other.lengths[0]).max(1e-9)
    }

    /// Cosine of words.
    fn shared(&self, other: &Self) -> f64 {
        let (few, many) = if self.words.len() < other.words.len() {
            (&self.words, &other.words)
        } else {
            (&other.words, &self.words)
        };
        let product: f64 = few
            .iter()
            .filter_map(|(word, weight)| Some(weight * many.get(word)?))
            .sum();
        product / (self.lengths[1] * other.lengths[1]).max(1e-9)
    }
}

fn log_odds(groups: &[Option<Group>], low: usize, high: usize, base: &[f64]) -> f64 {
    let (Some(one), Some(other)) = (&groups[low], &groups[high]) else {
        return f64::NEG_INFINITY;
    };
    let meaning = one.meaning(other);
    if meaning < SAME_SUBJECT {
        return f64::NEG_INFINITY;
    }
    let words = one.shared(other);
    let together: Vec<f64> = counted(&one.roles)
        .iter()
        .zip(counted(&other.roles))
        .map(|(x, y)| x + y)
        .collect();
    let factor = likelihood(&together, base) - one.fit - other.fit;
    let [constant, by_meaning, by_words, by_roles] = WEIGHTS;
    constant + by_meaning * meaning + by_words * words + by_roles * factor
}

/// Counts brought down to [`MOST`] answers.
fn counted(roles: &[f64]) -> Vec<f64> {
    let total: f64 = roles.iter().sum();
    let share = if total > MOST { MOST / total } else { 1.0 };
    roles.iter().map(|n| n * share).collect()
}

/// Log-likelihood of counts under a Dirichlet-multinomial (without the coefficient, which is the same
/// for all), where that of no counts is 0.
fn likelihood(counts: &[f64], base: &[f64]) -> f64 {
    let (n, firmness): (f64, f64) = (counts.iter().sum(), base.iter().sum());
    let parts = counts.iter().zip(base).filter(|(n, _)| **n > 0.0);
    ln_gamma(firmness) - ln_gamma(firmness + n)
        + parts
            .map(|(n, expected)| ln_gamma(expected + n) - ln_gamma(*expected))
            .sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERYONE: [f64; 3] = [30.0, 30.0, 40.0];

    fn part(sum: [f32; 3], roles: [f64; 3]) -> Part {
        Part {
            sum: sum.to_vec(),
            words: BTreeMap::new(),
            texts: roles.iter().sum::<f64>() as usize,
            roles: roles.to_vec(),
        }
    }

    #[test]
    fn related_words_of_the_same_people_are_joined_and_of_others_not() {
        let related = [0.8, 0.6, 0.0];
        let parts = |roles: [f64; 3]| {
            [
                part([1.0, 0.0, 0.0], [12.0, 0.0, 0.0]),
                part([0.0, 0.0, 1.0], [0.0, 6.0, 30.0]),
                part(related, roles),
            ]
        };
        // Same words every time: the people decide.
        assert_eq!(
            groups(&parts([12.0, 0.0, 0.0]), &EVERYONE, 1),
            Some(vec![0, 1, 0])
        );
        assert_eq!(
            groups(&parts([0.0, 12.0, 0.0]), &EVERYONE, 1),
            Some(vec![0, 1, 2])
        );
        assert_eq!(
            groups(&parts([12.0, 0.0, 0.0]), &EVERYONE, 3),
            Some(vec![0, 1, 2])
        );
    }

    #[test]
    fn the_same_people_alone_join_nothing_however_many_they_are() {
        for times in [1.0, 100.0, 10_000.0] {
            let parts = [
                part([1.0, 0.0, 0.0], [9.0 * times, 0.0, 0.0]),
                part([-0.5, 1.0, 0.0], [9.0 * times, 0.0, 0.0]),
                part([0.0, 0.0, 1.0], [0.0, 9.0 * times, 9.0 * times]),
            ];
            assert_eq!(groups(&parts, &EVERYONE, 1), Some(vec![0, 1, 2]), "{times}");
        }
    }

    #[test]
    fn without_roles_or_with_a_single_one_they_tell_nothing() {
        let none = [
            part([1.0, 0.0, 0.0], [0.0; 3]),
            part([1.0, 0.0, 0.0], [0.0; 3]),
        ];
        let unknown = none.clone().map(|part| Part { texts: 5, ..part });
        assert_eq!(groups(&unknown, &EVERYONE, 1), None);
        let known = none.map(|part| Part {
            roles: vec![5.0, 0.0, 0.0],
            texts: 5,
            ..part
        });
        assert_eq!(groups(&known, &[40.0, 0.0, 0.0], 1), None);
        assert_eq!(groups(&known, &EVERYONE, 1), Some(vec![0, 0]));
        let mut half = known;
        half[0].texts = 30;
        assert_eq!(groups(&half, &EVERYONE, 1), None);
        assert_eq!(groups(&[], &EVERYONE, 1), None);
    }

    #[test]
    fn a_factor_of_roles_is_that_of_the_textbook() {
        // Two draws of one distribution, uniform prior over two roles: P(1,1 | one urn) of the
        // sequence is B(2,2)/B(1,1) = 1/6.
        assert!((likelihood(&[1.0, 1.0], &[1.0, 1.0]) - (1.0f64 / 6.0).ln()).abs() < 1e-12);
        assert_eq!(likelihood(&[0.0, 0.0], &[1.0, 1.0]), 0.0);
    }
}
