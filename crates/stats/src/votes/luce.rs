//! Rankings under the model of Plackett and Luce: each place goes to one of the items left, with
//! chances in proportion to exp(strength).
//!
//! Sums over the items left are taken from the end of a ranking, so that slope and curvature cost
//! no more than the ranking is long.

use super::evidence::{Evidence, Local};
use super::rankings::Rankings;
use super::redraw;
use rand_chacha::ChaCha12Rng;

/// Strengths further than this below the best in a ranking count as this far: their squares must
/// not vanish.
const FURTHEST: f64 = -345.0;

pub(crate) struct RankEvidence<'a> {
    rankings: &'a Rankings,
    counted: Vec<f64>,
}

impl<'a> RankEvidence<'a> {
    pub fn new(rankings: &'a Rankings) -> Self {
        Self {
            rankings,
            counted: vec![1.0; rankings.ends.len()],
        }
    }
}

/// exp(strength) of a ranking's items, the best of them 1.
pub(crate) fn sizes(ranking: &[u32], at: &[f64], out: &mut Vec<f64>) -> f64 {
    let most = ranking
        .iter()
        .fold(f64::NEG_INFINITY, |most, &item| most.max(at[item as usize]));
    out.clear();
    out.extend(
        ranking
            .iter()
            .map(|&item| (at[item as usize] - most).max(FURTHEST).exp()),
    );
    most
}

impl Evidence for RankEvidence<'_> {
    type Weights = Vec<f64>;

    fn items(&self) -> usize {
        self.rankings.items()
    }

    fn size(&self) -> usize {
        self.items()
    }

    fn counted(&self) -> &Vec<f64> {
        &self.counted
    }

    fn redrawn(&self, random: &mut ChaCha12Rng) -> Vec<f64> {
        redraw::weights(self.counted.len(), random)
    }

    // Kept: for each place its size, then the weight over what was left (0 past the choices).
    fn look(&self, weights: &Vec<f64>, at: &[f64], local: &mut Local) {
        let places = self.rankings.order.len();
        local.slope.clear();
        local.slope.resize(self.items(), 0.0);
        local.kept.clear();
        local.kept.resize(2 * places, 0.0);
        let (sized, over) = local.kept.split_at_mut(places);
        let mut own = Vec::new();
        for ((range, choices), &weight) in self.rankings.iter().zip(weights) {
            let ranking = &self.rankings.order[range.clone()];
            sizes(ranking, at, &mut own);
            sized[range.clone()].copy_from_slice(&own);
            let mut left = 0.0;
            for place in (0..ranking.len()).rev() {
                left += own[place];
                if place < choices {
                    over[range.start + place] = weight / left;
                }
            }
            let mut so_far = 0.0;
            for (place, &item) in ranking.iter().enumerate() {
                so_far += over[range.start + place];
                let chosen = if place < choices { weight } else { 0.0 };
                local.slope[item as usize] += own[place] * so_far - chosen;
            }
        }
    }

    fn bend(&self, local: &Local, _at: &[f64], v: &[f64], out: &mut [f64]) {
        let (sized, over) = local.kept.split_at(self.rankings.order.len());
        out.fill(0.0);
        let mut means = Vec::new();
        for (range, choices) in self.rankings.iter() {
            let ranking = &self.rankings.order[range.clone()];
            let (sized, over) = (&sized[range.clone()], &over[range]);
            means.clear();
            means.resize(choices, 0.0);
            let (mut left, mut sum) = (0.0, 0.0);
            for place in (0..ranking.len()).rev() {
                left += sized[place];
                sum += sized[place] * v[ranking[place] as usize];
                if place < choices {
                    means[place] = sum / left;
                }
            }
            let (mut all, mut mean) = (0.0, 0.0);
            for (place, &item) in ranking.iter().enumerate() {
                if place < choices {
                    all += over[place];
                    mean += over[place] * means[place];
                }
                out[item as usize] += sized[place] * (all * v[item as usize] - mean);
            }
        }
    }

    fn diagonal(&self, local: &Local, _at: &[f64], out: &mut [f64]) {
        let (sized, over) = local.kept.split_at(self.rankings.order.len());
        out.fill(0.0);
        let mut lefts = Vec::new();
        for (range, choices) in self.rankings.iter() {
            let ranking = &self.rankings.order[range.clone()];
            let (sized, over) = (&sized[range.clone()], &over[range]);
            lefts.clear();
            lefts.resize(ranking.len(), 0.0);
            let mut left = 0.0;
            for place in (0..ranking.len()).rev() {
                left += sized[place];
                lefts[place] = left;
            }
            let (mut all, mut squares) = (0.0, 0.0);
            for (place, &item) in ranking.iter().enumerate() {
                if place < choices {
                    all += over[place];
                    squares += over[place] / lefts[place];
                }
                let size = sized[place];
                out[item as usize] += (size * all - size * size * squares).max(0.0);
            }
        }
    }

    fn log_likelihood(&self, weights: &Vec<f64>, at: &[f64]) -> f64 {
        let mut own = Vec::new();
        let mut sum = 0.0;
        for ((range, choices), &weight) in self.rankings.iter().zip(weights) {
            let ranking = &self.rankings.order[range];
            let most = sizes(ranking, at, &mut own);
            let mut left: f64 = own[choices..].iter().sum();
            for place in (0..choices).rev() {
                left += own[place];
                sum += weight * (at[ranking[place] as usize] - most - left.ln());
            }
        }
        sum
    }
}
