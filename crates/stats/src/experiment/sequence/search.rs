//! Roots and minima of functions of one number.

use crate::reason::{NoAnswer, Result};

/// Where a mixture's log, rising with the sum from 0 up to `top`, reaches `threshold`; `top` where
/// it never does. Without a `top` one is looked for.
pub(super) fn crossing(
    log_mixture: impl Fn(f64) -> f64,
    threshold: f64,
    start: f64,
    top: Option<f64>,
) -> Result<f64> {
    let reached = |s: f64| log_mixture(s) >= threshold;
    let mut high = top.unwrap_or(start.max(f64::MIN_POSITIVE));
    if top.is_none() {
        let mut tries = 0;
        while !reached(high) {
            high *= 2.0;
            tries += 1;
            if tries > 200 || !high.is_finite() {
                return Err(NoAnswer::Arithmetic {
                    what: "bound of a mixture",
                });
            }
        }
    } else if !reached(high) {
        return Ok(high);
    }
    Ok(bisect(0.0, high, reached))
}

/// The place between `low` and `high` where `is_past` turns from false to true.
pub(super) fn bisect(mut low: f64, mut high: f64, is_past: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..100 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if is_past(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    low + (high - low) / 2.0
}

/// Where a function with one valley is least between `low` and `high` (golden section).
pub(super) fn valley(low: f64, high: f64, steps: usize, f: impl Fn(f64) -> f64) -> (f64, f64) {
    const GOLDEN: f64 = 0.618_033_988_749_894_8;
    let (mut a, mut b) = (low, high);
    let (mut x, mut y) = (b - GOLDEN * (b - a), a + GOLDEN * (b - a));
    let (mut fx, mut fy) = (f(x), f(y));
    for _ in 0..steps {
        if fx < fy {
            (b, y, fy) = (y, x, fx);
            x = b - GOLDEN * (b - a);
            fx = f(x);
        } else {
            (a, x, fx) = (x, y, fy);
            y = a + GOLDEN * (b - a);
            fy = f(y);
        }
    }
    if fx < fy { (x, fx) } else { (y, fy) }
}

/// The least value of a smooth function with one valley between `low` and `high`, looked for from
/// `guess` by parabolas, golden sections where these don't help (Brent 1973, chapter 5).
pub(super) fn valley_near(low: f64, high: f64, guess: f64, f: impl Fn(f64) -> f64) -> f64 {
    const GOLDEN: f64 = 0.381_966_011_250_105_1;
    const CLOSE: f64 = 1e-8;
    let (mut a, mut b) = (low, high);
    let mut x = guess.clamp(
        low + GOLDEN * 1e-6 * (high - low),
        high - GOLDEN * 1e-6 * (high - low),
    );
    let (mut w, mut v) = (x, x);
    let mut fx = f(x);
    let (mut fw, mut fv) = (fx, fx);
    let (mut step, mut before) = (0.0f64, 0.0f64);
    for _ in 0..60 {
        let middle = 0.5 * (a + b);
        let close = CLOSE * x.abs() + 1e-13;
        if (x - middle).abs() <= 2.0 * close - 0.5 * (b - a) {
            break;
        }
        let mut golden = true;
        if before.abs() > close {
            // The parabola through the three best points so far.
            let r = (x - w) * (fx - fv);
            let q = (x - v) * (fx - fw);
            let mut p = (x - v) * q - (x - w) * r;
            let mut q = 2.0 * (q - r);
            if q > 0.0 {
                p = -p;
            } else {
                q = -q;
            }
            let last = before;
            before = step;
            if p.abs() < (0.5 * q * last).abs() && p > q * (a - x) && p < q * (b - x) {
                step = p / q;
                let at = x + step;
                if at - a < 2.0 * close || b - at < 2.0 * close {
                    step = if x < middle { close } else { -close };
                }
                golden = false;
            }
        }
        if golden {
            before = if x < middle { b - x } else { a - x };
            step = GOLDEN * before;
        }
        let at = if step.abs() >= close {
            x + step
        } else if step > 0.0 {
            x + close
        } else {
            x - close
        };
        let value = f(at);
        if value <= fx {
            if at < x {
                b = x;
            } else {
                a = x;
            }
            (v, fv, w, fw, x, fx) = (w, fw, x, fx, at, value);
        } else {
            if at < x {
                a = at;
            } else {
                b = at;
            }
            if value <= fw || w == x {
                (v, fv, w, fw) = (w, fw, at, value);
            } else if value <= fv || v == x || v == w {
                (v, fv) = (at, value);
            }
        }
    }
    fx
}

/// Where `f` goes from positive at `out` to negative at `kept`: the end of a bracket narrower than
/// `width` that lies towards `out` (false position, Illinois variant, halving where it stalls).
pub(super) fn last_excluded(out: f64, kept: f64, width: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut a, mut b) = (out, kept);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa.is_nan() || fa <= 0.0 || fb >= 0.0 {
        return if fb >= 0.0 { b } else { a };
    }
    let mut side = 0;
    for step in 0..200 {
        if (b - a).abs() < width {
            break;
        }
        let mut middle = a + (b - a) * (fa / (fa - fb));
        if step % 4 == 3 || !middle.is_finite() || (middle - a) * (middle - b) >= 0.0 {
            middle = a + (b - a) / 2.0;
        }
        // Beyond the root by a hair, so that the bracket closes from both sides.
        let beyond = middle + 0.3 * width * (b - a).signum();
        if (beyond - a) * (beyond - b) < 0.0 {
            middle = beyond;
        }
        if middle == a || middle == b {
            break;
        }
        let fm = f(middle);
        if fm > 0.0 {
            (a, fa) = (middle, fm);
            if side == 1 {
                fb /= 2.0;
            }
            side = 1;
        } else {
            (b, fb) = (middle, fm);
            if side == -1 {
                fa /= 2.0;
            }
            side = -1;
        }
    }
    a
}
