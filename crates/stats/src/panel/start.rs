//! Where the climb begins: moments of the data, pooled over time.
//!
//! Covariances between waves far apart are mostly the random intercepts'; what is left of those
//! within a wave and one wave apart gives paths and residuals (Yule-Walker). Any part of it that
//! isn't a covariance matrix is pulled in until it is.

use super::data::Data;
use super::spec::{Kind, Layout, Model};

type Pair = [[f64; 2]; 2];

/// Parameters of the whole layout to start from, several to choose among.
pub(super) fn starts(data: &Data, model: Model) -> Vec<Vec<f64>> {
    let layout = Layout { waves: data.waves };
    let (means, spreads) = columns(data, layout);
    let far = (data.waves - 1).min(6);
    let lags: Vec<Pair> = (0..=far).map(|lag| lagged(data, &means, lag)).collect();
    let shares: &[f64] = match model.kind {
        Kind::Classic => &[0.0],
        _ => &[0.9, 0.5, 0.15],
    };
    let mut out = Vec::new();
    for &share in shares {
        let between = between(&lags, share, model.kind);
        out.push(fill(layout, &means, &spreads, &lags, between));
    }
    out
}

/// Mean and spread of each column; noise taken off the spread.
fn columns(data: &Data, layout: Layout) -> (Vec<f64>, Vec<f64>) {
    let p = layout.columns();
    let mut n: Vec<f64> = vec![0.0; p];
    let (mut sum, mut square, mut error) = (vec![0.0; p], vec![0.0; p], vec![0.0; p]);
    for group in &data.groups {
        for unit in group.rows.clone() {
            let row = data.row(unit);
            for &j in &group.there {
                n[j] += 1.0;
                sum[j] += row[j];
                square[j] += row[j] * row[j];
                error[j] += data
                    .error(unit)
                    .map_or(0.0, |e| e[3 * (j / 2) + 2 * (j % 2)]);
            }
        }
    }
    let mean: Vec<f64> = (0..p).map(|j| sum[j] / n[j].max(1.0)).collect();
    let spread = (0..p)
        .map(|j| {
            let n = n[j].max(1.0);
            let all = (square[j] / n - mean[j] * mean[j]).max(1e-8);
            (all - error[j] / n).max(0.2 * all).sqrt()
        })
        .collect();
    (mean, spread)
}

/// Covariance of (x, y) with (x, y) `lag` waves earlier, over all units and waves that have both.
fn lagged(data: &Data, means: &[f64], lag: usize) -> Pair {
    let mut sum = [[0.0; 2]; 2];
    let mut n = [[0.0_f64; 2]; 2];
    for group in &data.groups {
        let mut there = vec![false; data.columns];
        for &j in &group.there {
            there[j] = true;
        }
        for unit in group.rows.clone() {
            let row = data.row(unit);
            for wave in lag..data.waves {
                for a in 0..2 {
                    let i = 2 * wave + a;
                    for b in 0..2 {
                        let j = 2 * (wave - lag) + b;
                        if there[i] && there[j] {
                            let noise = match data.error(unit) {
                                Some(e) if lag == 0 => e[3 * wave + a + b],
                                _ => 0.0,
                            };
                            sum[a][b] += (row[i] - means[i]) * (row[j] - means[j]) - noise;
                            n[a][b] += 1.0;
                        }
                    }
                }
            }
        }
    }
    for a in 0..2 {
        for b in 0..2 {
            sum[a][b] /= n[a][b].max(1.0);
        }
    }
    sum
}

/// A share of the covariance between the waves farthest apart, made a covariance matrix within
/// what there is in all.
fn between(lags: &[Pair], share: f64, kind: Kind) -> Pair {
    let all = lags[0];
    let far = lags[lags.len() - 1];
    let mut out = [[0.0; 2]; 2];
    for k in 0..2 {
        let kept = match kind {
            Kind::Classic => false,
            Kind::OneIntercept(measure) => measure.index() == k,
            Kind::RandomIntercepts => true,
        };
        if kept {
            let whole = all[k][k].max(0.05);
            out[k][k] = (share * far[k][k]).clamp(0.03 * whole, 0.8 * whole);
        }
    }
    if kind == Kind::RandomIntercepts {
        let bound = 0.8 * (out[0][0] * out[1][1]).sqrt();
        let cross = (0.5 * share * (far[0][1] + far[1][0])).clamp(-bound, bound);
        out[0][1] = cross;
        out[1][0] = cross;
    }
    out
}

/// A covariance matrix: variances at least `least`, correlation at most .9.
fn proper(m: Pair, least: f64) -> Pair {
    let (a, d) = (m[0][0].max(least), m[1][1].max(least));
    let bound = 0.9 * (a * d).sqrt();
    let c = (0.5 * (m[0][1] + m[1][0])).clamp(-bound, bound);
    [[a, c], [c, d]]
}

fn product(a: Pair, b: Pair) -> Pair {
    let mut out = [[0.0; 2]; 2];
    for (i, row) in out.iter_mut().enumerate() {
        for (j, value) in row.iter_mut().enumerate() {
            *value = a[i][0] * b[0][j] + a[i][1] * b[1][j];
        }
    }
    out
}

fn fill(layout: Layout, means: &[f64], spreads: &[f64], lags: &[Pair], between: Pair) -> Vec<f64> {
    let minus = |a: Pair| -> Pair {
        [
            [a[0][0] - between[0][0], a[0][1] - between[0][1]],
            [a[1][0] - between[1][0], a[1][1] - between[1][1]],
        ]
    };
    let now = proper(minus(lags[0]), 0.05);
    let next = minus(lags[1]);
    let det = now[0][0] * now[1][1] - now[0][1] * now[1][0];
    let inverse = [
        [now[1][1] / det, -now[0][1] / det],
        [-now[1][0] / det, now[0][0] / det],
    ];
    let mut paths = product(next, inverse);
    let size = paths.iter().flatten().map(|v| v * v).sum::<f64>().sqrt();
    let shrink = (0.8 / size.max(1e-12)).min(1.0);
    for value in paths.iter_mut().flatten() {
        *value *= shrink;
    }
    let carried = product(product(paths, now), transposed(paths));
    let residual = proper(
        [
            [now[0][0] - carried[0][0], now[0][1] - carried[0][1]],
            [now[1][0] - carried[1][0], now[1][1] - carried[1][1]],
        ],
        0.2 * now[0][0].min(now[1][1]),
    );
    // Waves differ in spread; residuals follow.
    let usual: Vec<f64> = (0..2)
        .map(|k| {
            let sum: f64 = spreads.iter().skip(k).step_by(2).map(|s| s * s).sum();
            (sum / layout.waves as f64).sqrt()
        })
        .collect();
    let mut out = vec![0.0; layout.all()];
    for wave in 0..layout.waves {
        let ratio: Vec<f64> = (0..2).map(|k| spreads[2 * wave + k] / usual[k]).collect();
        let covariance = if wave == 0 { now } else { residual };
        for (entry, (i, j)) in [(0, 0), (0, 1), (1, 1)].into_iter().enumerate() {
            out[layout.within(wave, entry)] = covariance[i][j] * ratio[i] * ratio[j];
        }
        if wave > 0 {
            for (to, row) in paths.iter().enumerate() {
                for (from, value) in row.iter().enumerate() {
                    out[layout.path(wave, to, from)] = *value;
                }
            }
        }
    }
    for (entry, (i, j)) in [(0, 0), (0, 1), (1, 1)].into_iter().enumerate() {
        out[layout.between(entry)] = between[i][j];
    }
    for (j, mean) in means.iter().enumerate() {
        out[layout.mean(j)] = *mean;
    }
    out
}

fn transposed(m: Pair) -> Pair {
    [[m[0][0], m[1][0]], [m[0][1], m[1][1]]]
}
