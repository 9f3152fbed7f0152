//! From a score to a probability: logistic calibration (Platt 1999) on judged examples, with a
//! weak normal prior so that the answer is finite when scores separate yes from no, or when all
//! examples were judged alike.
//!
//! On standardised scores the slope has prior N(0, 2.5²) and the constant N(0, 5²) (Gelman et al.
//! 2008, Annals of Applied Statistics 2:1360-1383, use scales of this size). A higher score never
//! lowers the probability: a negative slope is set to 0.

use crate::answer::Answer;
use crate::reason::{NoAnswer, Result, within};
use crate::share::wilson;

/// Fewest judged examples.
pub const JUDGED_NEEDED: usize = 100;
const SLOPE_SCALE: f64 = 2.5;
const CONSTANT_SCALE: f64 = 5.0;
const BINS: usize = 5;

/// One judged example.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Its score.
    pub score: f64,
    /// The judgement.
    pub yes: bool,
    /// How many unjudged ones it stands for (1 for a plain random sample).
    pub weight: f64,
}

/// A fitted calibration.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// Log-odds at score 0.
    pub constant: f64,
    /// Log-odds per unit of score, never negative.
    pub slope: f64,
    /// Judged examples.
    pub judged: usize,
    /// Examples by score, a fifth of them each, to show how well it fits.
    pub bins: Vec<Bin>,
}

/// Examples of like score.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// Lowest score in it.
    pub low: f64,
    /// Highest score in it.
    pub high: f64,
    /// Mean probability given by the calibration.
    pub predicted: f64,
    /// Share judged yes, with Wilson's interval.
    pub observed: Answer,
}

impl Calibration {
    /// Probability of yes at a score, between 0 and 1.
    pub fn probability(&self, score: f64) -> f64 {
        logistic(self.constant + self.slope * score)
    }
}

/// Fits a calibration.
///
/// # Errors
/// [`NoAnswer::TooFewJudged`] under 100 examples, [`NoAnswer::NoVariation`] if all scores are
/// equal, [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] for scores past ±1e9 or weights that
/// are not above 0.
pub fn calibrate(judged: &[Judged]) -> Result<Calibration> {
    if judged.len() < JUDGED_NEEDED {
        return Err(NoAnswer::TooFewJudged {
            n: judged.len(),
            needed: JUDGED_NEEDED,
        });
    }
    for example in judged {
        within(example.score, -1e9, 1e9)?;
        within(example.weight, 1e-9, 1e9)?;
    }
    let n = judged.len() as f64;
    let whole: f64 = judged.iter().map(|example| example.weight).sum();
    let mean = judged.iter().map(|e| e.weight * e.score).sum::<f64>() / whole;
    let variance = judged
        .iter()
        .map(|e| e.weight * (e.score - mean).powi(2))
        .sum::<f64>()
        / whole;
    let size = judged
        .iter()
        .fold(0.0f64, |size, e| size.max(e.score.abs()));
    if variance.sqrt() <= 1e-12 * size.max(1e-300) {
        return Err(NoAnswer::NoVariation);
    }
    let scale = variance.sqrt();
    // Weights sum to the number of examples, so that the prior keeps its strength.
    let rows: Vec<(f64, f64, f64)> = judged
        .iter()
        .map(|e| {
            (
                (e.score - mean) / scale,
                f64::from(u8::from(e.yes)),
                e.weight * n / whole,
            )
        })
        .collect();
    let (mut constant, mut slope) = newton(&rows, SLOPE_SCALE);
    if slope < 0.0 {
        // With no room for a slope the prior holds it at zero.
        (constant, slope) = (newton(&rows, 1e-6).0, 0.0);
    }
    let mut calibration = Calibration {
        constant: constant - slope * mean / scale,
        slope: slope / scale,
        judged: judged.len(),
        bins: Vec::new(),
    };
    calibration.bins = bins(judged, &calibration)?;
    Ok(calibration)
}

/// Newton's method with halved steps; the objective is strictly convex, so it ends at its one
/// minimum.
fn newton(rows: &[(f64, f64, f64)], slope_scale: f64) -> (f64, f64) {
    let (ridge_a, ridge_b) = (CONSTANT_SCALE.powi(-2), slope_scale.powi(-2));
    let objective = |a: f64, b: f64| {
        let fit: f64 = rows
            .iter()
            .map(|&(x, y, w)| {
                let eta = a + b * x;
                w * (softplus(eta) - y * eta)
            })
            .sum();
        fit + 0.5 * (ridge_a * a * a + ridge_b * b * b)
    };
    let (mut a, mut b) = (0.0, 0.0);
    let mut value = objective(a, b);
    for _ in 0..100 {
        let (mut ga, mut gb) = (ridge_a * a, ridge_b * b);
        let (mut haa, mut hab, mut hbb) = (ridge_a, 0.0, ridge_b);
        for &(x, y, w) in rows {
            let p = logistic(a + b * x);
            let (error, curve) = (w * (p - y), w * p * (1.0 - p));
            ga += error;
            gb += error * x;
            haa += curve;
            hab += curve * x;
            hbb += curve * x * x;
        }
        let determinant = haa * hbb - hab * hab;
        let (da, db) = (
            (hbb * ga - hab * gb) / determinant,
            (haa * gb - hab * ga) / determinant,
        );
        let mut step = 1.0;
        let mut next = objective(a - da, b - db);
        while next > value && step > 1e-10 {
            step *= 0.5;
            next = objective(a - step * da, b - step * db);
        }
        if next > value {
            break;
        }
        (a, b) = (a - step * da, b - step * db);
        value = next;
        if da.abs().max(db.abs()) < 1e-12 {
            break;
        }
    }
    (a, b)
}

fn bins(judged: &[Judged], calibration: &Calibration) -> Result<Vec<Bin>> {
    let mut sorted: Vec<&Judged> = judged.iter().collect();
    sorted.sort_by(|a, b| a.score.total_cmp(&b.score));
    let mut out = Vec::with_capacity(BINS);
    for k in 0..BINS {
        let part = &sorted[k * sorted.len() / BINS..(k + 1) * sorted.len() / BINS];
        let whole: f64 = part.iter().map(|e| e.weight).sum();
        let squares: f64 = part.iter().map(|e| e.weight * e.weight).sum();
        let hits: f64 = part.iter().filter(|e| e.yes).map(|e| e.weight).sum();
        let predicted: f64 = part
            .iter()
            .map(|e| e.weight * calibration.probability(e.score))
            .sum();
        // Weighted examples count as their effective number.
        let effective = whole * whole / squares;
        let mut observed = wilson((hits / whole * effective).clamp(0.0, effective), effective)?;
        observed.n = part.len() as u64;
        out.push(Bin {
            low: part[0].score,
            high: part[part.len() - 1].score,
            predicted: predicted / whole,
            observed,
        });
    }
    Ok(out)
}

pub(crate) fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        x.exp() / (1.0 + x.exp())
    }
}

fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}
