//! The wiki-survey score: the chance in percent that an item wins its next vote, from its wins and
//! losses alone (Laplace's rule of succession), as wiki surveys publish it (Salganik & Levy 2015,
//! PLoS ONE 10:e0123483, describe the surveys). It takes no account of whom an item met, so it is
//! a description and no estimate of strength; ties count for nothing.

/// 100 (wins + 1) / (wins + losses + 2).
pub fn score(wins: f64, losses: f64) -> f64 {
    100.0 * (wins + 1.0) / (wins + losses + 2.0)
}
