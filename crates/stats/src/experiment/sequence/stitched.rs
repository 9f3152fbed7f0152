//! Boundaries made of pieces, that grow as slowly as the law of the iterated logarithm allows:
//! polynomial stitching (Howard et al. 2021, theorem 1), and for all quantiles of a distribution at
//! once the empirical-process bound and double stitching (Howard & Ramdas 2022, Bernoulli
//! 28:1704-1728, theorems 2 and 3).

use super::level;
use super::search::{bisect, valley};
use crate::reason::{NoAnswer, Result, within};

/// How stitched boundaries are cut: `s` and `eta` of the papers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cut {
    /// Power with which error is given to later pieces; above 1.
    pub s: f64,
    /// Ratio of a piece's end to its start; above 1.
    pub eta: f64,
}

impl Cut {
    /// The papers' own choice.
    pub const USUAL: Self = Self { s: 1.4, eta: 2.0 };

    fn checked(self) -> Result<Self> {
        within(self.s, 1.0 + 1e-9, 50.0)?;
        within(self.eta, 1.0 + 1e-9, 1e6)?;
        Ok(self)
    }

    fn k1_squared(self) -> f64 {
        (self.eta.powf(0.25) + self.eta.powf(-0.25)).powi(2) / 2.0
    }

    fn k2(self) -> f64 {
        (self.eta.sqrt() + 1.0) / 2.0
    }
}

/// Bound of a sum at variance `v`, from `v_min` on, for tails of scale `c` (negative: lighter than
/// normal on this side).
///
/// # Errors
/// [`NoAnswer::OutOfRange`].
pub fn poly_stitching(v: f64, alpha: f64, v_min: f64, c: f64, cut: Cut) -> Result<f64> {
    let cut = cut.checked()?;
    within(v_min, 1e-100, 1e100)?;
    within(v, 0.0, 1e100)?;
    within(c, -1e50, 1e50)?;
    let v = v.max(v_min);
    let start = (zeta(cut.s) / cut.eta.ln().powf(cut.s)).ln();
    let ell = cut.s * (cut.eta * v / v_min).ln().ln() + start - level(alpha)?.ln();
    let second = cut.k2() * c * ell;
    Ok((cut.k1_squared() * v * ell + second * second).sqrt() + second)
}

/// How far an empirical distribution of `t` rows may stray from the truth, anywhere and ever, from
/// `t_min` rows on; `a` is the bound's leading constant.
///
/// # Errors
/// [`NoAnswer::OutOfRange`] (`a` must exceed `√½`), [`NoAnswer::TooFewRows`] before `t_min`.
pub fn empirical_process(t: u64, alpha: f64, t_min: u64, a: f64) -> Result<f64> {
    level(alpha)?;
    within(a, 0.708, 100.0)?;
    let t_min = t_min.max(1);
    if t < t_min {
        return Err(NoAnswer::TooFewRows {
            n: t,
            needed: t_min,
        });
    }
    // Error as a function of the constant C, at the best of the cuts η.
    let error = |c: f64, eta: f64| {
        let gamma = 2.0 / eta * (a - (2.0 * (eta - 1.0) / c).max(0.0).sqrt()).powi(2);
        if gamma <= 1.0 {
            f64::MAX
        } else {
            4.0 * (-gamma * c).exp() * (1.0 + 1.0 / ((gamma - 1.0) * eta.ln()))
        }
    };
    let least = |c: f64| {
        let top = bisect(1.0, 2.0 * a * a, |eta| {
            (eta / 2.0).sqrt() + (2.0 * (eta - 1.0) / c).max(0.0).sqrt() > a
        });
        valley(1.0, top, 200, |eta| error(c, eta)).1
    };
    let mut high = 5.0;
    while least(high) > alpha {
        high *= 2.0;
        if high > 1e9 {
            return Err(NoAnswer::Arithmetic {
                what: "empirical-process bound",
            });
        }
    }
    let c = bisect(1e-6, high, |c| least(c) < alpha);
    Ok(a * (((t as f64 / t_min as f64).ln().ln_1p() + c) / t as f64).sqrt())
}

/// How far the count of rows at or below the `p` quantile may stray from `p × t`, for all `p` at
/// once; tightest near `t_opt` rows; `delta` is the fineness of the grid of quantiles.
///
/// # Errors
/// [`NoAnswer::OutOfRange`].
pub fn double_stitching(
    p: f64,
    t: f64,
    alpha: f64,
    t_opt: f64,
    delta: f64,
    cut: Cut,
) -> Result<f64> {
    let cut = cut.checked()?;
    within(p, 1e-12, 1.0 - 1e-12)?;
    within(t_opt, 1.0, 1e12)?;
    within(t, 1.0, 1e12)?;
    within(delta, 1e-6, 1e6)?;
    let t_late = t.max(t_opt);
    let odds = (p / (1.0 - p)).ln();
    let r = if p >= 0.5 {
        p
    } else {
        let moved = odds + 2.0 * delta * (t_opt * cut.eta / t_late).sqrt();
        (1.0 / (1.0 + (-moved).exp())).min(0.5)
    };
    let variance = r * (1.0 - r);
    let j = (t_late / t_opt).sqrt() * odds.abs() / (2.0 * delta) + 1.0;
    let zeta = zeta(cut.s);
    let ell = cut.s * (cut.eta * t_late / t_opt).ln().ln()
        + cut.s * j.ln()
        + (2.0 * zeta * (2.0 * zeta + 1.0) / (level(alpha)? * cut.eta.ln().powf(cut.s))).ln();
    let second = cut.k2() * (1.0 - 2.0 * p) / 3.0 * ell;
    Ok(delta * (cut.eta * t_late * variance / t_opt).sqrt()
        + (cut.k1_squared() * variance * t_late * ell + second * second).sqrt()
        + second)
}

/// Riemann's zeta at `s` > 1: ten terms and Euler-Maclaurin's remainder.
fn zeta(s: f64) -> f64 {
    const TERMS: f64 = 10.0;
    let head: f64 = (1..10).map(|k| f64::from(k).powf(-s)).sum();
    let end = TERMS.powf(-s);
    let step = s * end / TERMS;
    head + TERMS * end / (s - 1.0) + end / 2.0 + step / 12.0
        - step * (s + 1.0) * (s + 2.0) / TERMS.powi(2) / 720.0
        + step * (s + 1.0) * (s + 2.0) * (s + 3.0) * (s + 4.0) / TERMS.powi(4) / 30240.0
}
