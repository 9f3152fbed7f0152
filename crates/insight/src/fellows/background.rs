//! What groups of answers are compared against: how often each role answers, and which of the customers'
//! problems answers are near to.

use super::Answer;
use crate::matches::without_common;
use crate::theme::dot;

/// How sharply an answer speaks of the problem it is nearest to.
const SHARPNESS: f64 = 15.0;
/// Problems from which answers can speak of different ones.
const SEVERAL: usize = 4;

/// What is known of all answers and of customers.
pub(super) struct Background {
    /// The firmly expected answers by role.
    pub roles: Vec<f64>,
    /// Answers.
    pub all: f64,
    /// Centres of problems, what all have in common taken out, and how near answers are to each on average.
    problems: Vec<(Vec<f32>, f64)>,
}

impl Background {
    /// From what is usual for roles, the answers, and the centres of problems.
    pub fn new(roles: Vec<f64>, answers: &[Answer], problems: &[Vec<f32>]) -> Self {
        let all = answers.len() as f64;
        let mut background = Self {
            roles,
            all,
            problems: Vec::new(),
        };
        if problems.len() >= SEVERAL {
            let centres = without_common(problems.iter());
            let mean = |centre: &Vec<f32>| {
                let near = answers
                    .iter()
                    .map(|one| f64::from(dot(&one.vector, centre)));
                near.sum::<f64>() / all.max(1.0)
            };
            background.problems = centres
                .into_iter()
                .map(|centre| {
                    let mean = mean(&centre);
                    (centre, mean)
                })
                .collect();
        }
        background
    }

    /// How much nearer than usual answers are to each problem, given the sum of their vectors and their
    /// number; empty where there are too few problems.
    pub fn near(&self, sum: &[f32], size: f64) -> Vec<f64> {
        self.problems
            .iter()
            .map(|(centre, usual)| f64::from(dot(sum, centre)) / size.max(1.0) - usual)
            .collect()
    }

    /// Square roots of the shares of problems that answers speak of.
    pub fn speaks(&self, sum: &[f32], size: f64) -> Vec<f64> {
        let near = self.near(sum, size);
        let most = near.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shares: Vec<f64> = near
            .iter()
            .map(|x| (SHARPNESS * (x - most)).exp())
            .collect();
        let total: f64 = shares.iter().sum();
        shares.iter().map(|share| (share / total).sqrt()).collect()
    }
}

/// Log of how far two groups speak of the same problems (Bhattacharyya's coefficient of the shares); 0 where
/// that can't be told.
pub(super) fn same_problems(one: &[f64], other: &[f64]) -> f64 {
    if one.is_empty() {
        return 0.0;
    }
    let same: f64 = one.iter().zip(other).map(|(x, y)| x * y).sum();
    same.clamp(1e-9, 1.0).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axes(count: usize) -> Vec<Vec<f32>> {
        (0..count)
            .map(|at| {
                (0..count)
                    .map(|x| if x == at { 1.0 } else { 0.0 })
                    .collect()
            })
            .collect()
    }

    #[test]
    fn answers_speak_of_what_they_are_nearer_to_than_usual() {
        let problems = axes(4);
        let answers: Vec<Answer> = problems
            .iter()
            .map(|vector| Answer {
                vector: vector.clone(),
                ..Answer::default()
            })
            .collect();
        let background = Background::new(vec![1.0], &answers, &problems);
        let of = |at: usize| background.speaks(&problems[at], 1.0);
        let total: f64 = of(0).iter().map(|root| root * root).sum();
        assert!((total - 1.0).abs() < 1e-12);
        assert!(of(0)[0] > 0.99 && of(1)[1] > 0.99);
        assert!(same_problems(&of(0), &of(0)).abs() < 1e-9);
        assert!(same_problems(&of(0), &of(1)) < -3.0);
        // Ten equal answers speak of the same as one.
        let ten: Vec<f32> = problems[0].iter().map(|x| 10.0 * x).collect();
        assert!(same_problems(&background.speaks(&ten, 10.0), &of(0)).abs() < 1e-9);
    }

    #[test]
    fn of_few_problems_nothing_is_told() {
        let background = Background::new(vec![1.0], &[], &axes(3));
        assert!(background.speaks(&[1.0, 0.0, 0.0], 1.0).is_empty());
        assert_eq!(same_problems(&[], &[]), 0.0);
    }
}
