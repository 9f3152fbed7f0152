//! Answers put together, and how two such groups compare.

use super::Answer;
use super::background::{self, Background, same_problems};
use crate::likely::{counted, likelihood};
use crate::theme::dot;
use std::collections::{BTreeMap, BTreeSet};

/// How likely another answer of the same person is about the same (.61 of 709 pairs of answers in five
/// sample companies).
const SAME_AGAIN: f64 = 0.6;
/// Answers that a group's roles count for at most.
const MOST: f64 = 25.0;
/// Likeness of two answers of one group that is expected before seeing any: of vectors, of words.
const WITHIN: [f64; 2] = [0.35, 0.06];
/// How firmly: in pairs of answers, twice.
const WITHIN_FIRMNESS: f64 = 6.0;
/// Mean size (harmonic) up to which evidence weighs otherwise in larger groups: there are too few larger ones
/// to learn from.
const LARGE: f64 = 25.0;
/// Constant; then cosine of vectors, cosine of words, log Bayes factor of roles, log ratio of people,
/// likeness between over likeness within (vectors, words), log of the mean size; then the cosine of vectors,
/// the two ratios and roles by size: what is little evidence between two answers is much between twenty; last,
/// how far they speak of the same problems, and that by size.
const WEIGHTS: [f64; 14] = [
    -3.45, 10.90, 25.51, 1.63, 0.34, -0.29, -0.85, 0.17, -2.12, -0.69, -3.90, -0.42, 1.29, 0.59,
];

/// Some answers as one.
pub(super) struct Group {
    /// The parts in it.
    pub members: Vec<usize>,
    /// Who gave them.
    pub people: BTreeSet<u32>,
    sum: Vec<f32>,
    words: BTreeMap<u32, f64>,
    near: Vec<f64>,
    roles: Vec<f64>,
    size: f64,
    /// Squared lengths of the sums of vectors and of words.
    squares: [f64; 2],
    /// Log-likelihood of roles.
    fit: f64,
    /// Square roots of the shares of problems it speaks of.
    speaks: Vec<f64>,
}

/// What two groups have in common, apart from what is seen in them alone.
pub(super) struct Links {
    /// Links between the two.
    pub between: f64,
    /// Links within each.
    pub within: [f64; 2],
}

/// How two groups compare, as numbers.
pub(super) struct Comparison {
    /// Cosine of words.
    pub words: f64,
    /// Log Bayes factor of roles.
    pub roles: f64,
    /// Log ratio of people.
    pub people: f64,
    /// Likeness between over likeness within: of vectors, of words.
    pub ratios: [f64; 2],
    /// Log of how far they speak of the same problems.
    pub problems: f64,
}

impl Group {
    /// The answers of a part.
    pub fn of(part: usize, answers: &[&Answer], background: &Background) -> Self {
        let width = answers.first().map_or(0, |answer| answer.vector.len());
        let mut group = Self {
            members: vec![part],
            people: answers.iter().map(|answer| answer.person).collect(),
            sum: vec![0.0; width],
            words: BTreeMap::new(),
            near: vec![0.0; answers.first().map_or(0, |answer| answer.near.len())],
            roles: vec![0.0; background.roles.len()],
            size: answers.len() as f64,
            squares: [0.0; 2],
            fit: 0.0,
            speaks: Vec::new(),
        };
        for answer in answers {
            add(&mut group.sum, &answer.vector);
            background::add(&mut group.near, &answer.near);
            for (word, weight) in &answer.words {
                *group.words.entry(*word).or_default() += f64::from(*weight);
            }
            if let Some(role) = answer.role {
                group.roles[role as usize] += 1.0;
            }
        }
        group.settle(background);
        group
    }

    /// Takes another in.
    pub fn join(&mut self, other: Self, background: &Background) {
        self.members.extend(other.members);
        self.people.extend(other.people);
        add(&mut self.sum, &other.sum);
        background::add(&mut self.near, &other.near);
        for (x, y) in self.roles.iter_mut().zip(&other.roles) {
            *x += y;
        }
        for (word, weight) in other.words {
            *self.words.entry(word).or_default() += weight;
        }
        self.size += other.size;
        self.settle(background);
    }

    fn settle(&mut self, background: &Background) {
        let words = self.words.values().map(|weight| weight * weight).sum();
        self.squares = [f64::from(dot(&self.sum, &self.sum)), words];
        self.fit = likelihood(&counted(&self.roles, MOST), &background.roles);
        self.speaks = background.speaks(&self.near, self.size);
    }

    /// Cosine of the two groups' vectors.
    pub fn meaning(&self, other: &Self) -> f64 {
        let lengths = (self.squares[0] * other.squares[0]).sqrt();
        f64::from(dot(&self.sum, &other.sum)) / lengths.max(1e-9)
    }

    /// Log-odds that both speak of one fix, given the cosine of their vectors.
    pub fn log_odds(
        &self,
        other: &Self,
        meaning: f64,
        links: &Links,
        background: &Background,
    ) -> f64 {
        let found = self.compared(other, meaning, links, background);
        let mean = 2.0 * self.size * other.size / (self.size + other.size);
        let size = mean.min(LARGE).ln();
        let evidence = [
            meaning,
            found.words,
            found.roles,
            found.people,
            found.ratios[0],
            found.ratios[1],
            size,
            meaning * size,
            found.ratios[0] * size,
            found.ratios[1] * size,
            found.roles * size,
            found.problems,
            found.problems * size,
        ];
        let weighted = evidence.iter().zip(&WEIGHTS[1..]).map(|(x, w)| x * w);
        WEIGHTS[0] + weighted.sum::<f64>()
    }

    /// How the two compare, given the cosine of their vectors.
    pub fn compared(
        &self,
        other: &Self,
        meaning: f64,
        links: &Links,
        background: &Background,
    ) -> Comparison {
        let together: Vec<f64> = counted(&self.roles, MOST)
            .iter()
            .zip(counted(&other.roles, MOST))
            .map(|(x, y)| x + y)
            .collect();
        let products = [
            meaning * (self.squares[0] * other.squares[0]).sqrt(),
            self.shared(other),
        ];
        let ratio = |of: usize| {
            let usual = (self.within(of) * other.within(of)).sqrt();
            products[of] / (self.size * other.size) / usual
        };
        Comparison {
            words: products[1] / (self.squares[1] * other.squares[1]).sqrt().max(1e-9),
            roles: likelihood(&together, &background.roles) - self.fit - other.fit,
            people: self.people_ratio(other, links, background.all),
            ratios: [ratio(0), ratio(1)],
            problems: same_problems(&self.speaks, &other.speaks),
        }
    }

    fn shared(&self, other: &Self) -> f64 {
        let (few, many) = if self.words.len() < other.words.len() {
            (&self.words, &other.words)
        } else {
            (&other.words, &self.words)
        };
        few.iter()
            .filter_map(|(word, weight)| Some(weight * many.get(word)?))
            .sum()
    }

    /// Mean likeness of two of its answers, drawn towards what is expected.
    fn within(&self, of: usize) -> f64 {
        let (n, expected) = (self.size, WITHIN[of]);
        let seen = self.squares[of] - n + WITHIN_FIRMNESS * expected;
        (seen / (n * (n - 1.0) + WITHIN_FIRMNESS)).max(expected / 20.0)
    }

    /// How many times likelier the two answers of people are, as a logarithm, if the groups are one: people
    /// mostly keep to what they spoke of before, and fall on any of its answers alike.
    fn people_ratio(&self, other: &Self, links: &Links, all: f64) -> f64 {
        let own = |size: f64| (SAME_AGAIN / size + (1.0 - SAME_AGAIN) / all).ln();
        let elsewhere = ((1.0 - SAME_AGAIN) / all).ln();
        let joined = own(self.size + other.size);
        links.between * (joined - elsewhere)
            + links.within[0] * (joined - own(self.size))
            + links.within[1] * (joined - own(other.size))
    }
}

fn add(sum: &mut [f32], other: &[f32]) {
    for (x, y) in sum.iter_mut().zip(other) {
        *x += y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn background() -> Background {
        Background::new(vec![8.0], &[])
    }

    fn group(size: f64) -> Group {
        let answer = Answer::default();
        Group {
            size,
            ..Group::of(0, &[&answer], &background())
        }
    }

    #[test]
    fn people_who_speak_of_both_speak_for_one_fix() {
        let links = |between, within| Links { between, within };
        let (one, other) = (group(10.0), group(10.0));
        // One link between: it would fall there by chance with .4 / 400, if they were one with
        // .6 / 20 + .4 / 400.
        let ratio = one.people_ratio(&other, &links(1.0, [0.0; 2]), 400.0);
        assert!((ratio - (0.031f64 / 0.001).ln()).abs() < 1e-12, "{ratio}");
        // Links that all stay within speak against.
        assert!(one.people_ratio(&other, &links(0.0, [4.0, 4.0]), 400.0) < -5.0);
        assert_eq!(one.people_ratio(&other, &links(0.0, [0.0; 2]), 400.0), 0.0);
    }

    #[test]
    fn likeness_within_is_seen_in_many_and_expected_of_one() {
        let answers: Vec<Answer> = (0..40)
            .map(|_| Answer {
                vector: vec![1.0, 0.0],
                ..Answer::default()
            })
            .collect();
        let answers: Vec<&Answer> = answers.iter().collect();
        let of = |n: usize| Group::of(0, &answers[..n], &background()).within(0);
        assert!((of(1) - 0.35).abs() < 1e-6);
        assert!(of(40) > 0.99);
    }
}
