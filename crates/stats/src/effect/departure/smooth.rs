//! The shortest fixed-length interval when the drift's slope changes by at most `M` a period.
//!
//! Write the estimator as `l'after + v'before` with weights `v` that cancel any straight drift.
//! With `u_j = Σ_{s>j} v_-s (s - j)` its worst bias is `M (constant + Σ|u_j|)` and its variance a
//! quadratic in `u`, so each point on the frontier of bias and spread is a lasso problem, solved
//! by coordinate descent; the shortest interval is found along that frontier.
//!
//! The paper takes the covariance as known. Where it has `ν` degrees of freedom, `k` weights chosen
//! by it make the spread look smaller than it is, as `k` slopes of a regression do: residuals lose
//! `k` degrees of freedom and the slopes' own errors come on top, so the variance is stretched by
//! `ν/(ν - k) · (ν - 1)/(ν - k - 1)` (what a regression on `k` normal columns needs) and the normal
//! distribution gives way to t with `ν - k`. `k` counts the weights that aren't zero, a lasso's
//! degrees of freedom (Zou, Hastie & Tibshirani 2007, Annals of Statistics 35:2173-2192).

use super::{Bound, EventStudy};
use crate::answer::{LEVEL, quantile_of_t};
use crate::reason::{NoAnswer, Result, within};
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// Points along the frontier before the best is polished.
const POINTS: usize = 120;

/// The interval under a bound.
///
/// # Errors
/// [`NoAnswer::OutOfRange`] for a negative bound, [`NoAnswer::NoVariation`] without spread.
pub fn smooth(study: &EventStudy, most: f64) -> Result<Bound> {
    within(most, 0.0, f64::MAX)?;
    let scale = study.se();
    if !(scale.is_finite() && scale > 0.0) {
        return Err(NoAnswer::NoVariation);
    }
    let problem = Problem::of(study, scale);
    let bound = most / scale;
    let mut u = problem.least_spread();
    // Weights chosen by the covariance, or none so chosen: with few degrees of freedom the better.
    let none = vec![0.0; u.len()];
    let mut best = (problem.half(&none, bound), none);
    let half = problem.half(&u, bound);
    if half < best.0 {
        best = (half, u.clone());
    }
    if bound > 0.0 {
        // From little weight on bias to much; where it is heaviest all that can be is zero.
        let top = problem.heaviest();
        let weight = |k: f64| top * 10f64.powf(-8.0 + 8.0 * k / (POINTS - 1) as f64);
        let mut place = 0.0;
        for k in 0..POINTS {
            problem.descend(&mut u, weight(k as f64));
            let half = problem.half(&u, bound);
            if half < best.0 {
                best = (half, u.clone());
                place = k as f64;
            }
        }
        // Golden section between the neighbours.
        let ratio = (5f64.sqrt() - 1.0) / 2.0;
        let (mut low, mut high) = (
            (place - 1.0).max(0.0),
            (place + 1.0).min(POINTS as f64 - 1.0),
        );
        let mut at = |k: f64| {
            let mut u = best.1.clone();
            problem.descend(&mut u, weight(k));
            let half = problem.half(&u, bound);
            if half < best.0 {
                best = (half, u);
            }
            half
        };
        for _ in 0..40 {
            let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
            if at(a) < at(b) {
                high = b;
            } else {
                low = a;
            }
        }
    }
    let centre = study.value()
        + problem
            .weights(&best.1)
            .iter()
            .zip(&study.before)
            .map(|(v, b)| v * b)
            .sum::<f64>();
    let half = best.0 * scale;
    if !(centre.is_finite() && half.is_finite()) {
        return Err(NoAnswer::Arithmetic {
            what: "fixed-length interval",
        });
    }
    Ok(Bound {
        most,
        low: centre - half,
        high: centre + half,
    })
}

/// In units of the effect's standard error.
struct Problem {
    /// Periods before.
    count: usize,
    /// `u_0`: what cancels a straight drift.
    pinned: f64,
    /// Bias no weights can change, over `M`.
    constant: f64,
    /// Variance as `u'Hu + 2g'u + k`.
    h: Vec<Vec<f64>>,
    g: Vec<f64>,
    k: f64,
    /// Degrees of freedom of the covariance.
    freedom: f64,
}

impl Problem {
    fn of(study: &EventStudy, scale: f64) -> Self {
        let (count, after) = (study.before.len(), study.after.len());
        let l = &study.weights;
        let pinned: f64 = l.iter().enumerate().map(|(s, w)| w * (s + 1) as f64).sum();
        let constant = (0..after)
            .map(|t| {
                (t..after)
                    .map(|s| l[s] * (s + 1 - t) as f64)
                    .sum::<f64>()
                    .abs()
            })
            .sum();
        let free = count - 1;
        let mut problem = Self {
            count,
            pinned,
            constant,
            h: vec![vec![0.0; free]; free],
            g: vec![0.0; free],
            k: 0.0,
            freedom: study.freedom,
        };
        // Weights are linear in u, so variance is a quadratic: read it off unit vectors.
        let zero = problem.weights(&vec![0.0; free]);
        let steps: Vec<Vec<f64>> = (0..free)
            .map(|j| {
                let mut unit = vec![0.0; free];
                unit[j] = 1.0;
                let moved = problem.weights(&unit);
                moved.iter().zip(&zero).map(|(a, b)| a - b).collect()
            })
            .collect();
        let sigma = |a: usize, b: usize| study.covariance.get(a, b) / (scale * scale);
        let both = |x: &[f64], y: &[f64]| -> f64 {
            let mut sum = 0.0;
            for (a, x) in x.iter().enumerate() {
                for (b, y) in y.iter().enumerate() {
                    sum += x * y * sigma(a, b);
                }
            }
            sum
        };
        let whole: Vec<f64> = zero.iter().chain(l).copied().collect();
        problem.k = both(&whole, &whole);
        for a in 0..free {
            problem.g[a] = both(&steps[a], &whole);
            for b in 0..free {
                problem.h[a][b] = both(&steps[a], &steps[b]);
            }
        }
        problem
    }

    /// Weights of the effects before, the earliest first.
    fn weights(&self, u: &[f64]) -> Vec<f64> {
        let at = |j: i64| {
            if j == 0 {
                self.pinned
            } else {
                usize::try_from(j - 1)
                    .ok()
                    .and_then(|j| u.get(j))
                    .copied()
                    .unwrap_or(0.0)
            }
        };
        (1..=self.count as i64)
            .rev()
            .map(|s| at(s - 1) - 2.0 * at(s) + at(s + 1))
            .collect()
    }

    fn variance(&self, u: &[f64]) -> f64 {
        let mut sum = self.k;
        for (a, x) in u.iter().enumerate() {
            sum += 2.0 * self.g[a] * x;
            for (b, y) in u.iter().enumerate() {
                sum += self.h[a][b] * x * y;
            }
        }
        sum.max(0.0)
    }

    fn half(&self, u: &[f64], bound: f64) -> f64 {
        let bias = bound * (self.constant + u.iter().map(|v| v.abs()).sum::<f64>());
        let chosen = u.iter().filter(|&&v| v != 0.0).count() as f64;
        let (left, whole) = (self.freedom - chosen, self.freedom);
        if left <= 1.0 {
            return f64::INFINITY;
        }
        let stretch = if whole.is_finite() && chosen > 0.0 {
            whole / left * (whole - 1.0) / (left - 1.0)
        } else {
            1.0
        };
        let sd = (stretch * self.variance(u)).sqrt();
        if sd > 0.0 {
            sd * folded(bias / sd, left)
        } else {
            bias
        }
    }

    fn least_spread(&self) -> Vec<f64> {
        let mut u = vec![0.0; self.count - 1];
        self.descend(&mut u, 0.0);
        u
    }

    /// Weight on bias from which `u` is zero throughout.
    fn heaviest(&self) -> f64 {
        self.g.iter().map(|g| 2.0 * g.abs()).fold(1e-12, f64::max)
    }

    /// Minimises variance plus `weight` times Σ|u|.
    fn descend(&self, u: &mut [f64], weight: f64) {
        for _ in 0..20_000 {
            let mut moved: f64 = 0.0;
            for a in 0..u.len() {
                let others: f64 = (0..u.len())
                    .filter(|&b| b != a)
                    .map(|b| self.h[a][b] * u[b])
                    .sum();
                let pull = -(self.g[a] + others);
                let own = self.h[a][a];
                if own <= 0.0 {
                    continue;
                }
                let next = pull.signum() * (pull.abs() - weight / 2.0).max(0.0) / own;
                moved = moved.max((next - u[a]).abs());
                u[a] = next;
            }
            if moved < 1e-11 {
                break;
            }
        }
    }
}

/// The 95% quantile of |t + T|, `T` from Student's t with `df` (infinite: from the normal).
fn folded(t: f64, df: f64) -> f64 {
    let t = t.abs();
    let within = |share: &dyn Fn(f64) -> f64| {
        let (mut low, mut high) = (t, t + quantile_of_t(0.5 + LEVEL / 2.0, df));
        for _ in 0..80 {
            let middle = f64::midpoint(low, high);
            if share(middle - t) - share(-middle - t) < LEVEL {
                low = middle;
            } else {
                high = middle;
            }
        }
        f64::midpoint(low, high)
    };
    match StudentsT::new(0.0, 1.0, df) {
        Ok(student) if df <= 1e7 => within(&|x| student.cdf(x)),
        _ => {
            let normal = Normal::standard();
            within(&|x| normal.cdf(x))
        }
    }
}
