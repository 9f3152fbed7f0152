//! Shares at every look, by beta-binomial mixtures (Howard et al. 2021, propositions 7 and 8;
//! Robbins 1970).
//!
//! For a share `p` the martingale mixes over a beta distribution around `p`, as firm as suits
//! `horizon` rows. Two arms have one each; the product holds both shares at once, and the interval
//! of the difference is that region's shadow: all differences for which some pair of shares
//! survives. Nothing is assumed about how rows come to arms.

use super::search::{bisect, crossing, last_excluded, valley_near};
use super::{Running, Sequence, level, normal};
use crate::reason::{NoAnswer, Result, within};
use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::ln_gamma;

/// Nearest a share comes to 0 or 1 in the search.
const EDGE: f64 = 1e-12;

/// How finely ends are found.
const WIDTH: f64 = 1e-9;

/// A mixture for sums of steps that lie between `-g` and `h`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BetaMixture {
    r: f64,
    g: f64,
    h: f64,
    one_sided: bool,
    constant: f64,
}

impl BetaMixture {
    /// Nearly tightest at variance `v_opt` and level `alpha_opt`.
    ///
    /// # Errors
    /// [`NoAnswer::OutOfRange`] unless `v_opt`, `g` and `h` are positive.
    pub fn new(v_opt: f64, alpha_opt: f64, g: f64, h: f64, one_sided: bool) -> Result<Self> {
        within(v_opt, 1e-12, 1e12)?;
        within(g, 1e-6, 1e6)?;
        within(h, 1e-6, 1e6)?;
        let rho = if one_sided {
            normal::best_rho_one_sided(v_opt, alpha_opt)?
        } else {
            normal::best_rho(v_opt, alpha_opt)?
        };
        let r = (rho - g * h).max(1e-3 * g * h);
        let mut mixture = Self {
            r,
            g,
            h,
            one_sided,
            constant: 0.0,
        };
        mixture.constant = mixture.log_beta(r / (g * (g + h)), r / (h * (g + h)));
        if !mixture.constant.is_finite() {
            return Err(arithmetic());
        }
        Ok(mixture)
    }

    fn log_beta(&self, a: f64, b: f64) -> f64 {
        let whole = log_beta(a, b);
        if self.one_sided {
            let share = checked_beta_reg(a, b, self.h / (self.g + self.h));
            whole + share.unwrap_or(f64::NAN).ln()
        } else {
            whole
        }
    }

    fn raw(&self, s: f64, v: f64) -> f64 {
        let Self { r, g, h, .. } = *self;
        let both = g + h;
        v / (g * h) * both.ln()
            - (v + h * s) / (h * both) * g.ln()
            - (v - g * s) / (g * both) * h.ln()
            + self.log_beta((r + v - g * s) / (g * both), (r + v + h * s) / (h * both))
            - self.constant
    }

    /// Log of the mixture at sum `s` and variance `v`.
    ///
    /// # Errors
    /// [`NoAnswer::OutOfRange`] if `s` is past what `v` allows (`-v/h` to `v/g`),
    /// [`NoAnswer::Arithmetic`].
    pub fn log_mixture(&self, s: f64, v: f64) -> Result<f64> {
        within(v, 0.0, 1e12)?;
        within(s, -v / self.h * (1.0 + 1e-12), v / self.g * (1.0 + 1e-12))?;
        let value = self.raw(s, v);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(arithmetic())
        }
    }

    /// How far up the sum may stray at variance `v` with probability `1 - alpha` ever; at most
    /// `v / g`, which it can't exceed.
    ///
    /// # Errors
    /// [`NoAnswer::OutOfRange`].
    pub fn bound(&self, v: f64, alpha: f64) -> Result<f64> {
        within(v, 0.0, 1e12)?;
        let threshold = (1.0 / level(alpha)?).ln();
        crossing(|s| self.raw(s, v), threshold, v, Some(v / self.g))
    }
}

/// One arm's share: the interval at `n` rows of which `hits` are 1, tightest near `horizon` rows.
///
/// # Errors
/// [`NoAnswer::Empty`], [`NoAnswer::OutOfRange`].
pub fn interval(hits: u64, n: u64, alpha: f64, horizon: f64) -> Result<(f64, f64)> {
    if n == 0 {
        return Err(NoAnswer::Empty);
    }
    within(hits as f64, 0.0, n as f64)?;
    let threshold = (1.0 / level(alpha)?).ln();
    let firmness = firmness(horizon)?;
    let share = hits as f64 / n as f64;
    let arm = [hits as f64, n as f64];
    let low = if hits == 0 {
        0.0
    } else {
        bisect(0.0, share, |p| log_martingale(arm, p, firmness) < threshold)
    };
    let high = if hits == n {
        1.0
    } else {
        bisect(share, 1.0, |p| log_martingale(arm, p, firmness) > threshold)
    };
    Ok((low, high))
}

/// Rows and ones of each arm at one look, the control first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Rows.
    pub n: [u64; 2],
    /// Of these, ones.
    pub hits: [u64; 2],
}

/// The difference of two shares, tightest near `horizon` rows in both arms together. Looks at
/// which an arm is empty are passed over.
///
/// # Errors
/// [`NoAnswer::Empty`] without a look, [`NoAnswer::OutOfRange`], [`NoAnswer::LooksDisagree`].
pub fn difference(looks: &[Counts], horizon: u64, alpha: f64) -> Result<Sequence> {
    let threshold = (1.0 / level(alpha)?).ln();
    let firmness = firmness(horizon.max(2) as f64 / 2.0)?;
    for look in looks {
        for arm in [0, 1] {
            within(look.hits[arm] as f64, 0.0, look.n[arm] as f64)?;
        }
    }
    let mut running = Running::new();
    let (mut low, mut high) = (-1.0f64, 1.0f64);
    for look in looks.iter().filter(|look| !look.n.contains(&0)) {
        let arms = [0, 1].map(|arm| [look.hits[arm] as f64, look.n[arm] as f64]);
        let value = look.hits[1] as f64 / look.n[1] as f64 - look.hits[0] as f64 / look.n[0] as f64;
        let evidence = |difference: f64| least_evidence(arms, difference, firmness);
        // An end moves only where it has just been excluded, which seldom happens.
        if value > low && evidence(low) > threshold {
            low = last_excluded(low, value, WIDTH, |d| evidence(d) - threshold);
        } else if value <= low && evidence(low) > threshold {
            return Err(NoAnswer::LooksDisagree {
                n: look.n[0] + look.n[1],
            });
        }
        if value < high && evidence(high) > threshold {
            high = last_excluded(high, value, WIDTH, |d| evidence(d) - threshold);
        } else if value >= high && evidence(high) > threshold {
            return Err(NoAnswer::LooksDisagree {
                n: look.n[0] + look.n[1],
            });
        }
        running.add(look.n[0] + look.n[1], value, (low, high), evidence(0.0))?;
    }
    running.finish()
}

/// The least, over pairs of shares with this difference, of the product's log.
fn least_evidence(arms: [[f64; 2]; 2], difference: f64, firmness: f64) -> f64 {
    let difference = difference.clamp(-1.0 + 4.0 * EDGE, 1.0 - 4.0 * EDGE);
    let low = (-difference).max(0.0) + EDGE;
    let high = (1.0 - difference).min(1.0) - EDGE;
    let sum = |p: f64| {
        log_martingale(arms[0], p, firmness)
            + log_martingale(arms[1], (p + difference).clamp(EDGE, 1.0 - EDGE), firmness)
    };
    // Where the shares would be if the difference were known.
    let [[hits_a, n_a], [hits_b, n_b]] = arms;
    let guess = (hits_a + hits_b - difference * n_b) / (n_a + n_b);
    valley_near(low, high, guess, sum)
}

/// Log of the mixture martingale of `[hits, n]` at share `p`, the prior's weight being `firmness`
/// rows.
fn log_martingale([hits, n]: [f64; 2], p: f64, firmness: f64) -> f64 {
    let p = p.clamp(EDGE, 1.0 - EDGE);
    let (a, b) = (p * firmness, (1.0 - p) * firmness);
    let posterior = ln_gamma(a + hits) + ln_gamma(b + (n - hits));
    let prior = ln_gamma(a) + ln_gamma(b);
    let whole = ln_gamma(firmness + n) - ln_gamma(firmness);
    posterior - prior - whole - hits * p.ln() - (n - hits) * (-p).ln_1p()
}

/// The prior's weight in rows: `r / gh` of [`BetaMixture`], which doesn't depend on the share.
fn firmness(horizon: f64) -> Result<f64> {
    Ok((within(horizon, 0.5, 1e12)? / normal::tuning(super::super::ALPHA)? - 1.0).max(1e-3))
}

fn log_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

fn arithmetic() -> NoAnswer {
    NoAnswer::Arithmetic {
        what: "incomplete beta function",
    }
}
