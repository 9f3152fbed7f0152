//! A value with its spread, and the quantiles intervals are made of.
//!
//! Intervals are 95% throughout: one level, so that figures can be compared. Quantiles start from
//! statrs and are polished by Newton steps on its distribution function, because its inverse is
//! good to about 1e-6 only and reference values are checked to better than that.

use crate::reason::{NoAnswer, Result};
use statrs::distribution::{ChiSquared, Continuous, ContinuousCDF, Normal, StudentsT};

/// Share of intervals that should hold the truth.
pub const LEVEL: f64 = 0.95;

/// 97.5% quantile of the standard normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;

/// Fewest clusters for which an interval is given.
pub const CLUSTERS_NEEDED: usize = 10;

/// How far off a value may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Standard error, in the unit of the value.
    pub se: f64,
    /// Degrees of freedom; infinite where the normal distribution was used.
    pub df: f64,
    /// Lower end of the 95% interval.
    pub low: f64,
    /// Upper end of the 95% interval.
    pub high: f64,
}

impl Spread {
    /// Symmetric interval: value ± quantile of t with `df` × `se`.
    ///
    /// # Errors
    /// [`NoAnswer::NoVariation`] if `se` or `df` is not positive and finite enough to use.
    pub fn symmetric(value: f64, se: f64, df: f64) -> Result<Self> {
        if !(se.is_finite() && se > 0.0 && df > 0.0) {
            return Err(NoAnswer::NoVariation);
        }
        let half = t_quantile(df) * se;
        if !half.is_finite() {
            return Err(NoAnswer::NoVariation);
        }
        Ok(Self {
            se,
            df,
            low: value - half,
            high: value + half,
        })
    }
}

/// A value with its spread, or the reason why it has none.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The value.
    pub value: f64,
    /// Rows it rests on.
    pub n: u64,
    /// Its spread.
    pub spread: Result<Spread>,
}

impl Answer {
    /// The interval's ends, where there is one.
    pub fn ends(&self) -> Option<(f64, f64)> {
        self.spread
            .as_ref()
            .ok()
            .map(|spread| (spread.low, spread.high))
    }

    /// The same answer in another unit: value, ends and error times `factor`.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let spread = self.spread.clone().map(|spread| {
            let (a, b) = (spread.low * factor, spread.high * factor);
            Spread {
                se: spread.se * factor.abs(),
                df: spread.df,
                low: a.min(b),
                high: a.max(b),
            }
        });
        Self {
            value: self.value * factor,
            n: self.n,
            spread,
        }
    }
}

/// 97.5% quantile of Student's t with `df` > 0 (infinite: the normal's).
pub fn t_quantile(df: f64) -> f64 {
    quantile_of_t(0.5 + LEVEL / 2.0, df)
}

/// Quantile of Student's t at `share` in 0.5..1.
pub(crate) fn quantile_of_t(share: f64, df: f64) -> f64 {
    if df > 1e7 {
        return normal_quantile(share);
    }
    let Ok(t) = StudentsT::new(0.0, 1.0, df) else {
        return f64::INFINITY;
    };
    let mut x = t.inverse_cdf(share);
    for _ in 0..3 {
        // Past this the tail is so flat that a step could only do harm.
        if !(x.is_finite() && x < 1e6) {
            break;
        }
        // The upper tail, so that nothing is lost near 1.
        let step = (t.sf(x) - (1.0 - share)) / t.pdf(x);
        if !step.is_finite() {
            break;
        }
        x += step;
    }
    x
}

/// Probability that chi-squared with `df` degrees of freedom exceeds `q`; 1 without any.
pub(crate) fn chi_squared_above(q: f64, df: f64) -> f64 {
    // statrs loses its way where the tail is below what a double can hold.
    match ChiSquared::new(df) {
        Ok(chi) if q > 0.0 => {
            let p = chi.sf(q);
            if p.is_finite() {
                p.clamp(0.0, 1.0)
            } else {
                0.0
            }
        }
        _ => 1.0,
    }
}

/// The value that chi-squared exceeds with probability `share`, by halving.
pub(crate) fn chi_squared_quantile(share: f64, df: f64) -> f64 {
    let (mut low, mut high) = (0.0, df.max(1.0));
    while chi_squared_above(high, df) > share && high < 1e300 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if chi_squared_above(middle, df) > share {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Quantile of the standard normal distribution at `share` in 0..1.
pub(crate) fn normal_quantile(share: f64) -> f64 {
    Normal::standard().inverse_cdf(share)
}
