//! Made-up votes with a known truth: voters who differ in taste and cast many votes each.
//!
//! Shared with the long version, `bench/rank/main.rs`.

use rand::RngExt;
use rand_chacha::ChaCha12Rng;
use rand_distr::{Distribution, LogNormal, StandardNormal};
use throughline_stats::random::generator;
use throughline_stats::votes::{Pairs, Place, Rankings, Shrinkage, Vote, fit};

/// What to make.
#[derive(Clone, Copy)]
pub struct Plan {
    pub items: usize,
    pub voters: usize,
    /// Median votes a voter; numbers are log-normal with sigma 0.7, at least one.
    pub median_votes: f64,
    /// Standard deviation of the items' strengths.
    pub spread: f64,
    /// Standard deviation of each voter's taste about each item's strength.
    pub taste: f64,
    /// Which strengths: same number, same truth.
    pub world: u64,
}

impl Plan {
    /// The items' strengths, drawn once a world.
    pub fn strengths(&self) -> Vec<f64> {
        let mut random = generator(self.world, "strengths");
        (0..self.items)
            .map(|_| self.spread * normal(&mut random))
            .collect()
    }

    /// What Bradley-Terry strengths are of infinitely many such voters. With taste, choices over
    /// all voters follow that model only nearly; this is its best fit to the true chances.
    pub fn truth(&self) -> Vec<f64> {
        let strengths = self.strengths();
        let mut votes = Vec::new();
        for i in 0..self.items {
            for j in i + 1..self.items {
                let chance = self.chance(strengths[i] - strengths[j]);
                votes.push(Vote::win(i as u32, j as u32).times(1e6 * chance));
                votes.push(Vote::win(j as u32, i as u32).times(1e6 * (1.0 - chance)));
            }
        }
        let pairs = Pairs::new(self.items, &votes).expect("pairs");
        fit(&pairs, Shrinkage::None).expect("truth").log_odds
    }

    /// Mean over tastes of the chance to be chosen with this lead.
    fn chance(&self, lead: f64) -> f64 {
        let steps = 2000;
        let (mut sum, mut whole) = (0.0, 0.0);
        for k in 0..=steps {
            let z = -8.0 + 16.0 * f64::from(k) / f64::from(steps);
            let weight = (-0.5 * z * z).exp();
            sum += weight * logistic(lead + self.taste * 2f64.sqrt() * z);
            whole += weight;
        }
        sum / whole
    }

    /// Votes of one run.
    pub fn votes(&self, seed: u64) -> Vec<Vote> {
        let mut random = generator(seed, "made votes");
        let strengths = self.strengths();
        let number = LogNormal::new(self.median_votes.ln(), 0.7).expect("valid");
        let mut votes = Vec::new();
        for voter in 0..self.voters {
            let own = self.own(&strengths, &mut random);
            let count = (number.sample(&mut random) as usize).max(1);
            for _ in 0..count {
                let i = random.random_range(0..self.items);
                let j = (i + random.random_range(1..self.items)) % self.items;
                let first = random.random::<f64>() < logistic(own[i] - own[j]);
                let (winner, loser) = if first { (i, j) } else { (j, i) };
                votes.push(Vote::win(winner as u32, loser as u32).by(voter as u32));
            }
        }
        votes
    }

    /// Rankings of one run: each voter ranks `shown` random items (no taste).
    pub fn rankings(&self, shown: usize, seed: u64) -> Rankings {
        let mut random = generator(seed, "made rankings");
        let strengths = self.strengths();
        let mut places = Vec::new();
        for voter in 0..self.voters {
            let mut items: Vec<usize> = (0..self.items).collect();
            for k in 0..shown {
                let other = random.random_range(k..self.items);
                items.swap(k, other);
            }
            // Strength plus standard Gumbel noise puts items in Luce's order.
            let mut noisy: Vec<(f64, usize)> = items[..shown]
                .iter()
                .map(|&i| (strengths[i] - (-random.random::<f64>().ln()).ln(), i))
                .collect();
            noisy.sort_by(|a, b| b.0.total_cmp(&a.0));
            for (place, (_, item)) in noisy.into_iter().enumerate() {
                places.push(Place {
                    voter: voter as u32,
                    item: item as u32,
                    position: Some(place as f64),
                });
            }
        }
        Rankings::new(self.items, &places).expect("rankings")
    }

    fn own(&self, strengths: &[f64], random: &mut ChaCha12Rng) -> Vec<f64> {
        strengths
            .iter()
            .map(|s| s + self.taste * normal(random))
            .collect()
    }
}

fn normal(random: &mut ChaCha12Rng) -> f64 {
    StandardNormal.sample(random)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
