//! Gamma-exponential and gamma-Poisson mixtures (Howard et al. 2021, propositions 9 and 10): for
//! sums with one heavy tail, of scale `c`. One-sided.

use super::level;
use super::normal::best_rho_one_sided;
use super::search::crossing;
use crate::reason::{NoAnswer, Result, within};
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur, ln_gamma};

/// Which process the sum is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Sub-exponential.
    Exponential,
    /// Sub-Poisson.
    Poisson,
}

/// A mixture tuned for one variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaMixture {
    tail: Tail,
    rho: f64,
    c: f64,
    constant: f64,
}

impl GammaMixture {
    /// Nearly tightest at variance `v_opt` and level `alpha_opt`, for tails of scale `c`.
    ///
    /// # Errors
    /// [`NoAnswer::OutOfRange`] unless `v_opt` and `c` are positive, [`NoAnswer::Arithmetic`].
    pub fn new(tail: Tail, v_opt: f64, alpha_opt: f64, c: f64) -> Result<Self> {
        let rho = best_rho_one_sided(within(v_opt, 1e-12, 1e12)?, alpha_opt)?;
        within(c, 1e-6, 1e6)?;
        let a = rho / (c * c);
        let share = match tail {
            Tail::Exponential => checked_gamma_lr(a, a),
            Tail::Poisson => checked_gamma_ur(a, a),
        };
        let constant = a * a.ln() - ln_gamma(a) - share.unwrap_or(f64::NAN).ln();
        if !constant.is_finite() {
            return Err(arithmetic());
        }
        Ok(Self {
            tail,
            rho,
            c,
            constant,
        })
    }

    /// Log of the mixture at sum `s` and variance `v`.
    ///
    /// # Errors
    /// [`NoAnswer::OutOfRange`] for a negative `v`, [`NoAnswer::Arithmetic`] where the figures are
    /// too large for the incomplete gamma function.
    pub fn log_mixture(&self, s: f64, v: f64) -> Result<f64> {
        within(v, 0.0, 1e12)?;
        let value = self.raw(s, v);
        if value.is_finite() {
            Ok(value)
        } else {
            Err(arithmetic())
        }
    }

    fn raw(&self, s: f64, v: f64) -> f64 {
        let square = self.c * self.c;
        let rest = (v + self.rho) / square;
        match self.tail {
            Tail::Exponential => {
                let pull = (self.c * s + v) / square;
                let at = pull + self.rho / square;
                let share = checked_gamma_lr(rest, at).unwrap_or(f64::NAN);
                self.constant + ln_gamma(rest) + share.ln() - rest * at.ln() + pull
            }
            Tail::Poisson => {
                let shape = s / self.c + rest;
                let share = checked_gamma_ur(shape, rest).unwrap_or(f64::NAN);
                self.constant + ln_gamma(shape) + share.ln() - shape * rest.ln() + v / square
            }
        }
    }

    /// How far up the sum may stray at variance `v` with probability `1 - alpha` ever.
    ///
    /// # Errors
    /// As [`GammaMixture::log_mixture`].
    pub fn bound(&self, v: f64, alpha: f64) -> Result<f64> {
        within(v, 0.0, 1e12)?;
        let threshold = (1.0 / level(alpha)?).ln();
        crossing(|s| self.raw(s, v), threshold, v.max(self.rho), None)
    }
}

fn arithmetic() -> NoAnswer {
    NoAnswer::Arithmetic {
        what: "incomplete gamma function",
    }
}
