//! How likely answers by role are, if one distribution made them.

use statrs::function::gamma::ln_gamma;

/// Answers that a group's roles count for at most: in large companies the factor would else outweigh
/// every word.
const MOST: f64 = 25.0;

/// Counts brought down to [`MOST`] answers.
pub(super) fn counted(roles: &[f64]) -> Vec<f64> {
    let total: f64 = roles.iter().sum();
    let share = if total > MOST { MOST / total } else { 1.0 };
    roles.iter().map(|n| n * share).collect()
}

/// Log-likelihood of counts under a Dirichlet-multinomial (without the coefficient, which is the same
/// for all), where that of no counts is 0.
pub(super) fn likelihood(counts: &[f64], usual: &[f64]) -> f64 {
    let (n, firmness): (f64, f64) = (counts.iter().sum(), usual.iter().sum());
    let parts = counts.iter().zip(usual).filter(|(n, _)| **n > 0.0);
    ln_gamma(firmness) - ln_gamma(firmness + n)
        + parts
            .map(|(n, expected)| ln_gamma(expected + n) - ln_gamma(*expected))
            .sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_of_roles_is_that_of_the_textbook() {
        // Two draws of one distribution, uniform prior over two roles: P(1,1 | one urn) of the
        // sequence is B(2,2)/B(1,1) = 1/6.
        assert!((likelihood(&[1.0, 1.0], &[1.0, 1.0]) - (1.0f64 / 6.0).ln()).abs() < 1e-12);
        assert_eq!(likelihood(&[0.0, 0.0], &[1.0, 1.0]), 0.0);
    }

    #[test]
    fn many_count_as_twenty_five() {
        assert_eq!(counted(&[30.0, 20.0]), [15.0, 10.0]);
        assert_eq!(counted(&[3.0, 2.0]), [3.0, 2.0]);
    }
}
