//! Pairs under Davidson's model: with strengths a and b and log ease of ties d,
//!
//!   P(first) : P(second) : P(tie) = exp((a−b)/2) : exp(−(a−b)/2) : exp(d).
//!
//! Without ties it is Bradley and Terry's. Minus the log-likelihood is convex in (strengths, d)
//! together. Pairs are summed in fixed runs, so the same bits come out on any number of threads.

use super::evidence::{Evidence, Local};
use super::pairs::{Counts, Pairs};
use super::redraw;
use rand_chacha::ChaCha12Rng;
use rayon::prelude::*;
use std::ops::Range;

/// Log ease of ties is held within this: beyond it there is nothing left to tell apart.
const FURTHEST: f64 = 60.0;

pub(crate) struct PairEvidence<'a> {
    pairs: &'a Pairs,
    /// Ties are in the model, as one more parameter.
    ties: bool,
    chunks: Vec<Range<usize>>,
}

impl<'a> PairEvidence<'a> {
    pub fn new(pairs: &'a Pairs) -> Self {
        Self {
            pairs,
            ties: pairs.has_ties(),
            chunks: pairs.chunks(),
        }
    }

    /// Runs `of_chunk` over all chunks and adds up what they give, in their order.
    fn summed(
        &self,
        width: usize,
        of_chunk: impl Fn(&Range<usize>, &mut [f64]) + Sync,
    ) -> Vec<f64> {
        let part = |chunk| {
            let mut out = vec![0.0; width];
            of_chunk(chunk, &mut out);
            out
        };
        // Within a resample the threads are busy with other resamples.
        let parts: Vec<Vec<f64>> =
            if self.chunks.len() > 1 && rayon::current_thread_index().is_none() {
                self.chunks.par_iter().map(part).collect()
            } else {
                self.chunks.iter().map(part).collect()
            };
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap_or_else(|| vec![0.0; width]);
        for part in parts {
            for (sum, value) in whole.iter_mut().zip(part) {
                *sum += value;
            }
        }
        whole
    }
}

/// Probabilities of first, second and tie.
#[inline]
fn chances(gap: f64, ease: f64) -> (f64, f64, f64) {
    let u = if ease == 0.0 {
        0.0
    } else {
        (-0.5 * gap.abs()).exp()
    };
    let small = if ease == 0.0 {
        (-gap.abs()).exp()
    } else {
        u * u
    };
    let tie = ease * u;
    let scale = 1.0 / (1.0 + small + tie);
    if gap >= 0.0 {
        (scale, small * scale, tie * scale)
    } else {
        (small * scale, scale, tie * scale)
    }
}

impl Evidence for PairEvidence<'_> {
    type Weights = Counts;

    fn items(&self) -> usize {
        self.pairs.items()
    }

    fn size(&self) -> usize {
        self.items() + usize::from(self.ties)
    }

    fn counted(&self) -> &Counts {
        &self.pairs.counts
    }

    fn redrawn(&self, random: &mut ChaCha12Rng) -> Counts {
        redraw::pairs(self.pairs, random)
    }

    fn look(&self, weights: &Counts, at: &[f64], local: &mut Local) {
        let (items, pairs) = (self.items(), self.pairs);
        let [won, lost, tied] = &weights.kinds;
        let ease = if self.ties {
            at[items].clamp(-FURTHEST, FURTHEST).exp()
        } else {
            0.0
        };
        // Laid out as slope, border, then slope and curvature of the ease of ties; with the
        // curvature of each pair behind, which no other chunk writes to.
        let width = if self.ties { 2 * items + 2 } else { items };
        let keep = |chunk: &Range<usize>| pairs.starts[chunk.start]..pairs.starts[chunk.end];
        local.kept.resize(pairs.pairs(), 0.0);
        let run = |chunk: &Range<usize>, kept: &mut [f64]| {
            let mut out = vec![0.0; width];
            let from = pairs.starts[chunk.start];
            for first in chunk.clone() {
                let (mut slope, mut border) = (0.0, 0.0);
                for pair in pairs.of_first(first) {
                    let second = pairs.second[pair] as usize;
                    let n = won[pair] + lost[pair] + tied[pair];
                    let (p, q, t) = chances(at[first] - at[second], ease);
                    let lead = p - q;
                    // Sums of small terms, never the difference of large ones.
                    let (up, down, level) = (won[pair], lost[pair], tied[pair]);
                    let pull = 0.5 * (down * (2.0 * p + t) - up * (2.0 * q + t) + level * lead);
                    slope += pull;
                    out[second] -= pull;
                    kept[pair - from] = if self.ties {
                        let cross = -0.5 * n * lead * t;
                        border += cross;
                        out[items + second] -= cross;
                        out[2 * items] += (up + down) * t - level * (p + q);
                        out[2 * items + 1] += n * t * (1.0 - t);
                        0.25 * n * (p + q - lead * lead)
                    } else {
                        n * p * q
                    };
                }
                out[first] += slope;
                if self.ties {
                    out[items + first] += border;
                }
            }
            out
        };
        let mut rest = local.kept.as_mut_slice();
        let mut jobs = Vec::with_capacity(self.chunks.len());
        for chunk in &self.chunks {
            let (mine, others) = rest.split_at_mut(keep(chunk).len());
            jobs.push((chunk, mine));
            rest = others;
        }
        let parts: Vec<Vec<f64>> = if jobs.len() > 1 && rayon::current_thread_index().is_none() {
            jobs.into_par_iter().map(|(c, k)| run(c, k)).collect()
        } else {
            jobs.into_iter().map(|(c, k)| run(c, k)).collect()
        };
        let mut whole = vec![0.0; width];
        for part in parts {
            for (sum, value) in whole.iter_mut().zip(part) {
                *sum += value;
            }
        }
        local.slope.clear();
        local.slope.extend_from_slice(&whole[..items]);
        if self.ties {
            local.slope.push(whole[2 * items]);
            local.border = whole[items..2 * items].to_vec();
            local.corner = whole[2 * items + 1];
        }
    }

    fn bend(&self, local: &Local, _at: &[f64], v: &[f64], out: &mut [f64]) {
        let (items, pairs) = (self.items(), self.pairs);
        let sums = self.summed(items, |chunk, out| {
            for first in chunk.clone() {
                let mut sum = 0.0;
                for pair in pairs.of_first(first) {
                    let second = pairs.second[pair] as usize;
                    let pull = local.kept[pair] * (v[first] - v[second]);
                    sum += pull;
                    out[second] -= pull;
                }
                out[first] += sum;
            }
        });
        out[..items].copy_from_slice(&sums);
        if self.ties {
            let mut last = local.corner * v[items];
            for i in 0..items {
                out[i] += local.border[i] * v[items];
                last += local.border[i] * v[i];
            }
            out[items] = last;
        }
    }

    fn diagonal(&self, local: &Local, _at: &[f64], out: &mut [f64]) {
        let items = self.items();
        out[..items].fill(0.0);
        for first in 0..items {
            for pair in self.pairs.of_first(first) {
                out[first] += local.kept[pair];
                out[self.pairs.second[pair] as usize] += local.kept[pair];
            }
        }
        if self.ties {
            out[items] = local.corner;
        }
    }

    fn log_likelihood(&self, weights: &Counts, at: &[f64]) -> f64 {
        let items = self.items();
        let log_ease = if self.ties {
            at[items]
        } else {
            f64::NEG_INFINITY
        };
        let mut sum = 0.0;
        for first in 0..items {
            for pair in self.pairs.of_first(first) {
                let half = 0.5 * (at[first] - at[self.pairs.second[pair] as usize]);
                let [won, lost, tied] = [0, 1, 2].map(|kind: usize| weights.kinds[kind][pair]);
                if !self.ties {
                    let rest = (-2.0 * half.abs()).exp().ln_1p();
                    sum -= won * (rest + (-2.0 * half).max(0.0));
                    sum -= lost * (rest + (2.0 * half).max(0.0));
                    continue;
                }
                let most = half.abs().max(log_ease);
                let log_all = most
                    + ((half - most).exp() + (-half - most).exp() + (log_ease - most).exp()).ln();
                sum += won * (half - log_all) + lost * (-half - log_all);
                if tied > 0.0 {
                    sum += tied * (log_ease - log_all);
                }
            }
        }
        sum
    }
}
