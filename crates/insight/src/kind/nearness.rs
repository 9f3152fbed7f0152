//! What it says of an employee's answer that it is near to a problem of the company's customers: fixes are nearer than
//! what staff need for themselves, in a company whose employees and customers speak of the same things. How much
//! nearer is learnt from the company's own answers, so that it says nothing where they don't.

/// What a unit of smoothed log-odds is worth: they are means of what classifiers say of lines that nobody wrote for
/// them (logistic regression on sample companies with wordings for the making).
const WORTH: f64 = 1.85;
/// What speaks for a fix beforehand, in log-odds: what is wrongly taken for a need is lost to the order, while a need
/// among the fixes is set against problems that it is seldom near to. So much from this on: the squared distance of
/// both kinds' means, in standard deviations (sample companies .4 to 2.7, three of other trades .13 to .20).
const LEAN: f64 = 0.5;
const APART: f64 = 0.4;
/// Answers of each kind from which it can be learnt how near they are.
const LEAST: f64 = 20.0;

/// Log-odds that each answer is a fix, from those by what is said and from how near the answer is to the problem it is
/// nearest to, both smoothed over like answers. Nearness is taken as normal with one variance and a mean for either
/// kind, answers weighing by how likely they are of it (linear discriminant analysis with soft labels), and as
/// independent of what is said, given the kind. `counted` are the answers that say something. `None` where fixes aren't
/// nearer, or answers of either kind are too few.
pub(super) fn with_nearness(said: &[f64], near: &[f64], counted: &[bool]) -> Option<Vec<f64>> {
    let chance = |said: f64| 1.0 / (1.0 + (-WORTH * said).exp());
    // Weight, sum and sum of squares of either kind.
    let mut of = [[0.0; 3]; 2];
    for ((said, near), _) in said
        .iter()
        .zip(near)
        .zip(counted)
        .filter(|(_, says)| **says)
    {
        let fix = chance(*said);
        for (sums, weight) in of.iter_mut().zip([fix, 1.0 - fix]) {
            let add = [weight, weight * near, weight * near * near];
            sums.iter_mut().zip(add).for_each(|(sum, x)| *sum += x);
        }
    }
    let [(fixes, fix, fixes_squares), (needs, need, needs_squares)] =
        of.map(|[weight, sum, squares]| (weight, sum / weight, squares - sum * sum / weight));
    let variance = (fixes_squares + needs_squares) / (fixes + needs);
    let is_told = fix > need && variance > 0.0;
    if fixes < LEAST || needs < LEAST || !is_told {
        return None;
    }
    let slope = (fix - need) / variance;
    let middle = (fix + need) / 2.0;
    let lean = LEAN * (slope * (fix - need) / APART).min(1.0);
    let both = said.iter().zip(near);
    Some(
        both.map(|(said, near)| WORTH * said + slope * (near - middle) + lean)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_distr::{Distribution, StandardNormal};
    use throughline_stats::random::generator;

    /// Answers, every other one a fix: what is said of them, and how near they are where fixes are nearer by so much.
    fn answers(nearer: f64, seed: u64) -> (Vec<f64>, Vec<f64>) {
        let mut random = generator(seed, "answers near to problems");
        let mut normal = |sd: f64| -> f64 {
            let x: f64 = StandardNormal.sample(&mut random);
            sd * x
        };
        (0..2_000)
            .map(|at| {
                let sign = if at % 2 == 0 { 0.5 } else { -0.5 };
                (2.0 * sign + normal(1.0), 0.5 + nearer * sign + normal(0.3))
            })
            .unzip()
    }

    fn right(log_odds: &[f64]) -> f64 {
        let is_right = |(at, x): (usize, &f64)| (*x >= 0.0) == (at % 2 == 0);
        let right = log_odds.iter().enumerate().filter(|one| is_right(*one));
        right.count() as f64 / log_odds.len() as f64
    }

    #[test]
    fn fixes_are_told_better_by_what_customers_speak_of() {
        let counted = vec![true; 2_000];
        let (said, near) = answers(0.6, 1);
        let both = with_nearness(&said, &near, &counted).expect("fixes are nearer");
        // By what is said .84 are right (a normal's share under one standard deviation), by both at most .92.
        assert!((right(&said) - 0.84).abs() < 0.03, "{}", right(&said));
        assert!(right(&both) > 0.89, "{}", right(&both));
        // Where they aren't nearer next to none is told otherwise.
        let mut learnt = 0;
        for seed in 1..=8 {
            let (said, near) = answers(0.0, seed);
            let Some(both) = with_nearness(&said, &near, &counted) else {
                continue;
            };
            learnt += 1;
            let turned = said
                .iter()
                .zip(&both)
                .filter(|(said, both)| (**said >= 0.0) != (**both >= 0.0));
            assert!(turned.count() < 40, "seed {seed}");
        }
        assert!(learnt > 0);
    }

    #[test]
    fn nothing_is_learnt_where_needs_are_nearer_or_few() {
        let (said, near) = answers(0.6, 1);
        let counted = vec![true; 2_000];
        let farther: Vec<f64> = near.iter().map(|x| -x).collect();
        assert_eq!(with_nearness(&said, &farther, &counted), None);
        let few: Vec<bool> = (0..2_000).map(|at| at < 30).collect();
        assert_eq!(with_nearness(&said, &near, &few), None);
        let same = vec![0.5; 2_000];
        assert_eq!(with_nearness(&said, &same, &counted), None);
        assert_eq!(with_nearness(&[], &[], &[]), None);
    }
}
