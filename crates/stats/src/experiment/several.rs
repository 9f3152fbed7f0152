//! Several outcomes or arms at once: p-values adjusted so that the whole family errs as seldom as
//! one would. Holm (1979, Scand. J. Statistics 6:65-70) bounds the chance of any false find;
//! Benjamini & Hochberg (1995, JRSS B 57:289-300) the expected share of false finds. The same as
//! R's `p.adjust`.
//!
//! Intervals to go with them: Bonferroni's `1 - alpha / m` for Holm, and Benjamini & Yekutieli's
//! (2005, JASA 100:71-81) `1 - finds × alpha / m` for the finds of Benjamini & Hochberg.

use crate::reason::{NoAnswer, Result, within};

/// Which error is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adjustment {
    /// Any false find.
    Holm,
    /// The share of false finds among all.
    BenjaminiHochberg,
}

/// Adjusted p-values, in the order given.
///
/// # Errors
/// [`NoAnswer::Empty`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] unless within 0 and 1.
pub fn adjust(p: &[f64], adjustment: Adjustment) -> Result<Vec<f64>> {
    if p.is_empty() {
        return Err(NoAnswer::Empty);
    }
    for &p in p {
        within(p, 0.0, 1.0)?;
    }
    let count = p.len();
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let mut adjusted = vec![0.0; count];
    match adjustment {
        Adjustment::Holm => {
            let mut least: f64 = 0.0;
            for (place, &which) in order.iter().enumerate() {
                least = least.max(p[which] * (count - place) as f64).min(1.0);
                adjusted[which] = least;
            }
        }
        Adjustment::BenjaminiHochberg => {
            let mut most: f64 = 1.0;
            for (place, &which) in order.iter().enumerate().rev() {
                most = most.min(p[which] * (count as f64 / (place + 1) as f64));
                adjusted[which] = most;
            }
        }
    }
    Ok(adjusted)
}

/// The error each interval may have so that the family keeps `alpha`.
///
/// # Errors
/// As [`adjust`].
pub fn interval_alpha(p: &[f64], adjustment: Adjustment, alpha: f64) -> Result<f64> {
    let adjusted = adjust(p, adjustment)?;
    let count = p.len() as f64;
    let finds = match adjustment {
        Adjustment::Holm => 1,
        Adjustment::BenjaminiHochberg => adjusted.iter().filter(|&&p| p <= alpha).count().max(1),
    };
    Ok(alpha * finds as f64 / count)
}
