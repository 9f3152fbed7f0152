//! Strengths that follow each vote, without fitting anew.
//!
//! The estimate is Bradley and Terry's with a normal prior of known standard deviation (as
//! [`super::fit`] with [`super::Shrinkage::Sd`]); a tie is half a choice each way. The slope at the
//! present strengths is kept exact, so what is left to do is always known: after a vote, items
//! whose own Newton step would exceed [`NEAR`] take it (coordinate descent), which changes the
//! slopes of those they met, and so on outwards until no step is left or the vote's share of work
//! is spent; the rest waits for the next vote.
//!
//! How far that is from the full fit is bounded: minus the log-posterior is at least as convex as
//! the prior, so the error's length is at most the slope's length times the prior's variance
//! ([`Live::error_bound`]). Once the bound is large, [`Live::refit`].

use super::climb::{Prior, climb};
use super::davidson::PairEvidence;
use super::evidence::Evidence;
use super::next::{Known, Next, next_pair};
use super::pairs::{Pairs, Vote};
use crate::calibrate::logistic;
use crate::reason::{NoAnswer, Result, within};
use std::collections::VecDeque;

/// Steps smaller than this aren't taken, in log-odds.
pub const NEAR: f64 = 5e-4;
/// Pairs one vote may look at: some 0.1 ms.
const WORK: usize = 10_000;
/// From this bound on (root mean square over items, log-odds) a refit is due.
pub const REFIT_DUE: f64 = 0.02;

/// Another item that was met.
#[derive(Clone, Copy, Debug)]
struct Met {
    other: u32,
    won: f64,
    n: f64,
}

/// Strengths that follow each vote.
#[derive(Clone, Debug)]
pub struct Live {
    precision: f64,
    at: Vec<f64>,
    /// Derivatives of minus the log-posterior.
    slope: Vec<f64>,
    /// Its second derivatives, each item's own.
    curve: Vec<f64>,
    shown: Vec<u64>,
    /// By other item, ascending.
    met: Vec<Vec<Met>>,
    waiting: VecDeque<u32>,
    waits: Vec<bool>,
}

impl Live {
    /// `items` items without votes; `prior_sd` in log-odds.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`] without items, [`NoAnswer::OutOfRange`] outside 0.001 to 1000.
    pub fn new(items: usize, prior_sd: f64) -> Result<Self> {
        within(prior_sd, 1e-3, 1e3)?;
        if items == 0 {
            return Err(NoAnswer::Empty);
        }
        let precision = 1.0 / (prior_sd * prior_sd);
        Ok(Self {
            precision,
            at: vec![0.0; items],
            slope: vec![0.0; items],
            curve: vec![precision; items],
            shown: vec![0; items],
            met: vec![Vec::new(); items],
            waiting: VecDeque::new(),
            waits: vec![false; items],
        })
    }

    /// From votes so far, fitted in full.
    ///
    /// # Errors
    /// As [`Live::new`], and [`NoAnswer::Arithmetic`].
    pub fn from_pairs(pairs: &Pairs, prior_sd: f64) -> Result<Self> {
        let mut live = Self::new(pairs.items(), prior_sd)?;
        for (first, second, [won, lost, tied]) in pairs.iter() {
            let n = won + lost + tied;
            let (one, other) = (won + 0.5 * tied, lost + 0.5 * tied);
            live.met[first].push(Met {
                other: second as u32,
                won: one,
                n,
            });
            live.met[second].push(Met {
                other: first as u32,
                won: other,
                n,
            });
            for item in [first, second] {
                live.shown[item] = live.shown[item].saturating_add(n.round() as u64);
            }
        }
        // Pairs come by lower item, so each list has its lower items first and in order.
        live.refit()?;
        Ok(live)
    }

    /// Strengths, in log-odds; they sum to nearly 0.
    pub fn log_odds(&self) -> &[f64] {
        &self.at
    }

    /// How much is known of each: its own curvature, the inverse of its variance with all others
    /// taken as known.
    pub fn information(&self) -> &[f64] {
        &self.curve
    }

    /// One more item, without votes; returns its number.
    pub fn add_item(&mut self) -> usize {
        self.at.push(0.0);
        self.slope.push(0.0);
        self.curve.push(self.precision);
        self.shown.push(0);
        self.met.push(Vec::new());
        self.waits.push(false);
        self.at.len() - 1
    }

    /// Takes in a choice.
    ///
    /// # Errors
    /// [`NoAnswer::Shape`] for an item past the end, [`NoAnswer::AgainstItself`].
    pub fn vote(&mut self, winner: usize, loser: usize) -> Result<()> {
        self.take(winner, loser, 1.0)
    }

    /// Takes in a tie, as half a choice each way.
    ///
    /// # Errors
    /// As [`Live::vote`].
    pub fn tie(&mut self, one: usize, other: usize) -> Result<()> {
        self.take(one, other, 0.5)
    }

    fn take(&mut self, first: usize, second: usize, won: f64) -> Result<()> {
        let items = self.at.len();
        for item in [first, second] {
            if item >= items {
                return Err(NoAnswer::Shape {
                    expected: items,
                    got: item,
                });
            }
        }
        if first == second {
            return Err(NoAnswer::AgainstItself { item: first });
        }
        let chance = logistic(self.at[first] - self.at[second]);
        for (item, other, won, chance) in [
            (first, second, won, chance),
            (second, first, 1.0 - won, 1.0 - chance),
        ] {
            let met = &mut self.met[item];
            let other = other as u32;
            match met.binary_search_by_key(&other, |met| met.other) {
                Ok(place) => {
                    met[place].won += won;
                    met[place].n += 1.0;
                }
                Err(place) => met.insert(place, Met { other, won, n: 1.0 }),
            }
            self.slope[item] += chance - won;
            self.curve[item] += chance * (1.0 - chance);
            self.shown[item] += 1;
            self.wait(item);
        }
        self.settle(WORK);
        Ok(())
    }

    fn wait(&mut self, item: usize) {
        if !self.waits[item] && self.slope[item].abs() > NEAR * self.curve[item] {
            self.waits[item] = true;
            self.waiting.push_back(item as u32);
        }
    }

    /// Steps of single items until none is worth taking or the work is spent.
    fn settle(&mut self, mut work: usize) {
        while let Some(item) = self.waiting.pop_front() {
            let item = item as usize;
            self.waits[item] = false;
            let cost = self.met[item].len();
            if cost > work && work < WORK {
                self.waits[item] = true;
                self.waiting.push_front(item as u32);
                return;
            }
            work = work.saturating_sub(cost);
            // An item's own likelihood is not a parabola: never jump further than it bends.
            let step = (-self.slope[item] / self.curve[item]).clamp(-1.0, 1.0);
            if step.abs() <= NEAR {
                continue;
            }
            let (from, to) = (self.at[item], self.at[item] + step);
            self.at[item] = to;
            let (mut slope, mut curve) = (self.precision * to, self.precision);
            let met = std::mem::take(&mut self.met[item]);
            for met in &met {
                let other = met.other as usize;
                let (old, new) = (
                    logistic(from - self.at[other]),
                    logistic(to - self.at[other]),
                );
                slope += met.n * new - met.won;
                curve += met.n * new * (1.0 - new);
                self.slope[other] -= met.n * (new - old);
                self.curve[other] += met.n * (new * (1.0 - new) - old * (1.0 - old));
                self.wait(other);
            }
            self.met[item] = met;
            (self.slope[item], self.curve[item]) = (slope, curve);
            self.wait(item);
        }
    }

    /// The root mean square over items of how far the strengths are from the full fit is at most
    /// this, in log-odds.
    pub fn error_bound(&self) -> f64 {
        let squares: f64 = self.slope.iter().map(|slope| slope * slope).sum();
        (squares / self.at.len() as f64).sqrt() / self.precision
    }

    /// Whether [`Live::refit`] is due: the bound has passed [`REFIT_DUE`].
    pub fn refit_due(&self) -> bool {
        self.error_bound() > REFIT_DUE
    }

    /// Fits in full, from where we are.
    ///
    /// # Errors
    /// [`NoAnswer::Arithmetic`].
    pub fn refit(&mut self) -> Result<()> {
        let mut votes = Vec::new();
        for (item, met) in self.met.iter().enumerate() {
            for met in met.iter().filter(|met| met.won > 0.0) {
                votes.push(Vote::win(item as u32, met.other).times(met.won));
            }
        }
        if !votes.is_empty() {
            let pairs = Pairs::counted(self.at.len(), &votes)?;
            let evidence = PairEvidence::new(&pairs);
            let prior = Prior {
                precision: self.precision,
                centre: None,
            };
            climb(&evidence, evidence.counted(), prior, &mut self.at, 1e-8)?;
        }
        for item in 0..self.at.len() {
            let here = self.at[item];
            let (mut slope, mut curve) = (self.precision * here, self.precision);
            for met in &self.met[item] {
                let chance = logistic(here - self.at[met.other as usize]);
                slope += met.n * chance - met.won;
                curve += met.n * chance * (1.0 - chance);
            }
            (self.slope[item], self.curve[item]) = (slope, curve);
        }
        self.waiting.clear();
        self.waits.fill(false);
        Ok(())
    }

    /// The pair worth asking next (see [`next_pair`]).
    ///
    /// # Errors
    /// As [`next_pair`].
    pub fn next_pair(&self, most: f64, asked: impl Fn(usize, usize) -> bool) -> Result<Next> {
        let known = Known {
            log_odds: &self.at,
            information: &self.curve,
            shown: &self.shown,
        };
        let met = |first: usize| {
            self.met[first].iter().map(move |met| {
                let other = met.other as usize;
                let chance = logistic(self.at[first] - self.at[other]);
                (other, met.n * chance * (1.0 - chance))
            })
        };
        next_pair(known, most, met, asked)
    }
}
