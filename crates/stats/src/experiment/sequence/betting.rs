//! Betting on bounded means (Waudby-Smith & Ramdas 2024, JRSS B 86:1-27): the hedged capital.
//!
//! For each candidate mean `m` a gambler bets that rows lie above it, another that they lie below;
//! if `m` is right neither gets rich. `ln K⁺(m) = Σ ln(1 + min(λ_i, c/m)(x_i - m))`, likewise K⁻;
//! candidates at which either capital has ever reached `2/α` are out. Bets `λ_i` are predictable
//! plug-ins, `√(2 ln(2/α) / (σ̂²_{i-1} N))`, tuned to a declared horizon of `N` rows; past it, or
//! without one, `i ln(1 + i)` stands for `N`.
//!
//! K⁺ falls in `m` and K⁻ rises, so ends are found as roots, at the looks asked for. Capital is
//! multiplied up in groups of rows and its logarithm taken once a group: a million rows and a
//! hundred looks take about a second.
//!
//! Two arms become one bounded mean by [`contributions`]: each row gives an unbiased guess of the
//! difference (augmented inverse-probability weighting, with the arms' running means as guesses).
//! That needs arms given to each row by chance with a *known* split, and bounds known beforehand.

use super::search::last_excluded;
use super::{Running, Sequence, level};
use crate::reason::{NoAnswer, Result, same_length, within};

/// Part of all capital that a bet may risk: `c` above.
const RISKED: f64 = 0.75;
/// Rows multiplied up before a logarithm is taken.
const GROUP: usize = 16;
/// How finely ends are found.
const WIDTH: f64 = 1e-9;
/// Nearest a candidate comes to 0 or 1: beyond, bets are no longer numbers.
const EDGE: f64 = 1e-9;

/// Bets for rows within 0 and 1.
///
/// # Errors
/// [`NoAnswer::Empty`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`].
pub fn bets(x: &[f64], horizon: Option<u64>, alpha: f64) -> Result<Vec<f64>> {
    if x.is_empty() {
        return Err(NoAnswer::Empty);
    }
    let stake = 2.0 * (2.0 / level(alpha)?).ln();
    let horizon = horizon.unwrap_or(0).max(1);
    // One row's worth of "anywhere": mean ½, variance ¼.
    let (mut sum, mut squares) = (0.5, 0.25);
    let mut bets = Vec::with_capacity(x.len());
    for (row, &x) in x.iter().enumerate() {
        within(x, 0.0, 1.0)?;
        let i = row as f64 + 1.0;
        let variance = (squares / i).max(1e-12);
        let rows = if row as u64 >= horizon {
            (i * i.ln_1p()).max(horizon as f64)
        } else {
            horizon as f64
        };
        bets.push((stake / (variance * rows)).sqrt());
        sum += x;
        let mean = sum / (i + 1.0);
        squares += (x - mean) * (x - mean);
    }
    Ok(bets)
}

/// Logs of the two gamblers' capital against the mean `m` after all rows: of the one who says
/// rows lie above, and of the one who says below.
///
/// # Errors
/// [`NoAnswer::Shape`] if the lengths differ.
pub fn log_capital(x: &[f64], bets: &[f64], m: f64) -> Result<(f64, f64)> {
    same_length(x.len(), bets.len())?;
    Ok((above(x, bets, m), below(x, bets, m)))
}

fn above(x: &[f64], bets: &[f64], m: f64) -> f64 {
    let m = m.max(EDGE);
    let most = RISKED / m;
    let mut log = 0.0;
    for (x, bets) in x.chunks(GROUP).zip(bets.chunks(GROUP)) {
        let mut capital = 1.0;
        for (x, bet) in x.iter().zip(bets) {
            capital *= 1.0 + bet.min(most) * (x - m);
        }
        log += capital.ln();
    }
    log
}

fn below(x: &[f64], bets: &[f64], m: f64) -> f64 {
    let m = m.min(1.0 - EDGE);
    let most = RISKED / (1.0 - m);
    let mut log = 0.0;
    for (x, bets) in x.chunks(GROUP).zip(bets.chunks(GROUP)) {
        let mut capital = 1.0;
        for (x, bet) in x.iter().zip(bets) {
            capital *= 1.0 - bet.min(most) * (x - m);
        }
        log += capital.ln();
    }
    log
}

/// The mean of rows within 0 and 1 at each look; `null` is the mean that "no difference" stands
/// for.
///
/// # Errors
/// As [`bets`], and [`NoAnswer::LooksDisagree`].
pub fn mean(
    x: &[f64],
    horizon: Option<u64>,
    at: &[u64],
    null: f64,
    alpha: f64,
) -> Result<Sequence> {
    within(null, 0.0, 1.0)?;
    let bets = bets(x, horizon, alpha)?;
    let threshold = (2.0 / alpha).ln();
    let mut running = Running::new();
    let (mut low, mut high) = (0.0f64, 1.0f64);
    let mut sum = 0.0;
    let mut seen = 0;
    for &look in at {
        let until = usize::try_from(look).unwrap_or(x.len()).min(x.len());
        if until <= seen {
            continue;
        }
        sum += x[seen..until].iter().sum::<f64>();
        seen = until;
        let (x, bets) = (&x[..seen], &bets[..seen]);
        let value = sum / seen as f64;
        let (new_low, new_high) = rayon::join(
            || {
                if above(x, bets, low) < threshold {
                    return low;
                }
                // K⁺ at the mean of the rows is about 1 or less; past it nothing is excluded.
                let top = end_of_search(low, 1.0, value, |m| above(x, bets, m) < threshold);
                last_excluded(low, top, WIDTH, |m| above(x, bets, m) - threshold)
            },
            || {
                if below(x, bets, high) < threshold {
                    return high;
                }
                let top = end_of_search(high, 0.0, value, |m| below(x, bets, m) < threshold);
                last_excluded(high, top, WIDTH, |m| below(x, bets, m) - threshold)
            },
        );
        (low, high) = (new_low, new_high);
        let evidence = above(x, bets, null).max(below(x, bets, null)) - 2f64.ln();
        running.add(seen as u64, value, (low, high), evidence)?;
    }
    running.finish()
}

/// A place towards `limit` from `excluded` that isn't excluded: the mean if that will do.
fn end_of_search(excluded: f64, limit: f64, mean: f64, survives: impl Fn(f64) -> bool) -> f64 {
    let beyond = (mean - excluded) * (limit - excluded) > 0.0;
    if beyond && survives(mean) {
        mean
    } else {
        limit
    }
}

/// Bounds an outcome was declared to keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Least.
    pub low: f64,
    /// Most.
    pub high: f64,
}

/// Rows of two arms as unbiased guesses of the difference, put between 0 and 1: a difference `d`
/// (outcome's unit) is `½ + q d / 2(high - low)`, `q` being the smaller arm's share.
///
/// # Errors
/// [`NoAnswer::Shape`], [`NoAnswer::OutOfRange`] for a value outside the bounds, bounds that
/// aren't apart or a split not within 0.01 and 0.99.
pub fn contributions(
    arm: &[usize],
    y: &[f64],
    bounds: Bounds,
    treated_share: f64,
) -> Result<Vec<f64>> {
    same_length(arm.len(), y.len())?;
    within(treated_share, 0.01, 0.99)?;
    within(bounds.low, -1e50, 1e50)?;
    within(bounds.high, -1e50, 1e50)?;
    let width = bounds.high - bounds.low;
    if width <= 0.0 {
        return Err(NoAnswer::OutOfRange {
            value: bounds.high,
            low: bounds.low,
            high: f64::MAX,
        });
    }
    let chance = [1.0 - treated_share, treated_share];
    let least = treated_share.min(1.0 - treated_share);
    let (mut sums, mut rows) = ([0.5f64, 0.5], [1.0f64, 1.0]);
    let mut out = Vec::with_capacity(y.len());
    for (&arm, &y) in arm.iter().zip(y) {
        if arm > 1 {
            return Err(NoAnswer::Shape {
                expected: 2,
                got: arm,
            });
        }
        let y = ((within(y, bounds.low, bounds.high)? - bounds.low) / width).clamp(0.0, 1.0);
        let guess = [sums[0] / rows[0], sums[1] / rows[1]];
        let surprise = (y - guess[arm]) / chance[arm];
        let signed = if arm == 1 { surprise } else { -surprise };
        let z = guess[1] - guess[0] + signed;
        out.push((0.5 + least * z / 2.0).clamp(0.0, 1.0));
        sums[arm] += y;
        rows[arm] += 1.0;
    }
    Ok(out)
}

/// The difference of two arms' means at each look. Arms were given to each row by chance,
/// `treated_share` of them treated.
///
/// # Errors
/// As [`contributions`] and [`mean`]; [`NoAnswer::EmptyArm`].
pub fn difference(
    arm: &[usize],
    y: &[f64],
    bounds: Bounds,
    treated_share: f64,
    horizon: Option<u64>,
    at: &[u64],
    alpha: f64,
) -> Result<Sequence> {
    let x = contributions(arm, y, bounds, treated_share)?;
    for wanted in [0, 1] {
        if !arm.contains(&wanted) {
            return Err(NoAnswer::EmptyArm { arm: wanted });
        }
    }
    let mut sequence = mean(&x, horizon, at, 0.5, alpha)?;
    let least = treated_share.min(1.0 - treated_share);
    let width = bounds.high - bounds.low;
    let back = |x: f64| ((x - 0.5) * 2.0 / least).clamp(-1.0, 1.0) * width;
    for look in &mut sequence.looks {
        look.value = back(look.value);
        look.low = back(look.low);
        look.high = back(look.high);
    }
    Ok(sequence)
}
