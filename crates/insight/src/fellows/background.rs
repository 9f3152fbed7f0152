//! What groups of answers are compared against: how often each role answers, and which of the customers'
//! problems answers are near to.

use super::Answer;

/// How sharply an answer speaks of the problem it is nearest to.
const SHARPNESS: f64 = 8.0;

/// What is known of all answers and of customers.
pub(super) struct Background {
    /// The firmly expected answers by role.
    pub roles: Vec<f64>,
    /// Answers.
    pub all: f64,
    /// How near answers are to each problem on average.
    usual: Vec<f64>,
}

impl Background {
    /// From what is usual for roles, and the answers.
    pub fn new(roles: Vec<f64>, answers: &[Answer]) -> Self {
        let all = answers.len() as f64;
        let mut usual = vec![0.0; answers.first().map_or(0, |answer| answer.near.len())];
        for answer in answers {
            add(&mut usual, &answer.near);
        }
        usual.iter_mut().for_each(|sum| *sum /= all);
        Self { roles, all, usual }
    }

    /// How much nearer than usual answers are to each problem, given the sum of how near they are and their number;
    /// empty where there are too few problems.
    pub fn near(&self, sum: &[f64], size: f64) -> Vec<f64> {
        let near = sum.iter().zip(&self.usual);
        near.map(|(sum, usual)| sum / size.max(1.0) - usual)
            .collect()
    }

    /// Square roots of the shares of problems that answers speak of.
    pub fn speaks(&self, sum: &[f64], size: f64) -> Vec<f64> {
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

/// Adds how near an answer, or several, are to each problem.
pub(super) fn add(sum: &mut [f64], near: &[f64]) {
    sum.iter_mut().zip(near).for_each(|(sum, x)| *sum += x);
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

    #[test]
    fn answers_speak_of_what_they_are_nearer_to_than_usual() {
        let near = |problem: usize| -> Vec<f64> {
            // All are nearest to the first.
            let of =
                |at: usize| f64::from(u8::from(at == problem)) + if at == 0 { 2.0 } else { 0.0 };
            (0..4).map(of).collect()
        };
        let answers: Vec<Answer> = (0..4)
            .map(|problem| Answer {
                near: near(problem),
                ..Answer::default()
            })
            .collect();
        let background = Background::new(vec![1.0], &answers);
        let of = |at: usize| background.speaks(&near(at), 1.0);
        let total: f64 = of(0).iter().map(|root| root * root).sum();
        assert!((total - 1.0).abs() < 1e-12);
        assert!(of(0)[0] > 0.99 && of(1)[1] > 0.99);
        assert!(same_problems(&of(0), &of(0)).abs() < 1e-9);
        assert!(same_problems(&of(0), &of(1)) < -2.0);
        // Ten equal answers speak of the same as one.
        let ten: Vec<f64> = near(0).iter().map(|x| 10.0 * x).collect();
        assert!(same_problems(&background.speaks(&ten, 10.0), &of(0)).abs() < 1e-9);
    }

    #[test]
    fn of_few_problems_nothing_is_told() {
        let background = Background::new(vec![1.0], &[Answer::default()]);
        assert!(background.speaks(&[], 1.0).is_empty());
        assert_eq!(same_problems(&[], &[]), 0.0);
    }
}
