//! How likely counts are, if one distribution made them.

use statrs::function::gamma::ln_gamma;

/// Counts brought down to a total of `most`: in large companies they would else outweigh every word.
pub(crate) fn counted(counts: &[f64], most: f64) -> Vec<f64> {
    let total: f64 = counts.iter().sum();
    let share = if total > most { most / total } else { 1.0 };
    counts.iter().map(|n| n * share).collect()
}

/// Log-likelihood of counts under a Dirichlet-multinomial (without the coefficient, which is the same
/// for all), where that of no counts is 0.
pub(crate) fn likelihood(counts: &[f64], usual: &[f64]) -> f64 {
    let (n, firmness): (f64, f64) = (counts.iter().sum(), usual.iter().sum());
    if n <= 0.0 {
        // Nothing is expected either where nothing can be counted, as months of undated comments.
        return 0.0;
    }
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
        assert_eq!(likelihood(&[], &[]), 0.0);
    }

    #[test]
    fn many_count_as_the_most() {
        assert_eq!(counted(&[30.0, 20.0], 25.0), [15.0, 10.0]);
        assert_eq!(counted(&[3.0, 2.0], 25.0), [3.0, 2.0]);
    }
}
