//! Made-up rows with a known indirect effect. Shared with the long version,
//! `bench/mediation/main.rs`.

use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use throughline_stats::mediation::{Bootstrap, Ends, Mediation, Part, Variables, mediate};
use throughline_stats::random::generator;

/// What to make.
#[derive(Clone, Copy)]
pub struct Plan {
    pub clusters: usize,
    pub rows: usize,
    /// Cause to mediator, mediator to outcome.
    pub a: f64,
    pub b: f64,
    /// Whether the clusters' own levels of mediator and outcome go together, and with the cause.
    pub confounded: bool,
    /// Standard deviation between clusters of `a`.
    pub slope_sd: f64,
    pub part: Part,
}

pub const USUAL: Plan = Plan {
    clusters: 60,
    rows: 24,
    a: 0.3,
    b: 0.3,
    confounded: false,
    slope_sd: 0.1,
    part: Part::All,
};

impl Plan {
    pub fn mediation(&self, seed: u64, bootstrap: Bootstrap) -> Mediation {
        let mut random = generator(seed, "mediation plan");
        let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
        let (mut cause, mut mediator, mut outcome, mut cluster) = (vec![], vec![], vec![], vec![]);
        for g in 0..self.clusters {
            let (mean, own, slope) = (normal(), normal(), self.slope_sd * normal());
            let other = if self.confounded {
                0.7 * own + 0.5 * normal()
            } else {
                normal()
            };
            let mean = if self.confounded {
                0.6 * mean + 0.6 * own
            } else {
                0.6 * mean
            };
            for _ in 0..self.rows {
                let x = mean + normal();
                let m = (self.a + slope) * x + 0.5 * own + normal();
                cause.push(x);
                mediator.push(m);
                outcome.push(self.b * m + 0.2 * x + 0.5 * other + normal());
                cluster.push(g);
            }
        }
        let variables = Variables {
            cause: &cause,
            mediator: &mediator,
            outcome: &outcome,
            covariates: &[],
            cluster: &cluster,
            clusters: self.clusters,
        };
        mediate(&variables, self.part, bootstrap).expect("mediation")
    }

    /// Share of intervals that hold the indirect effect.
    pub fn coverage(&self, runs: u64, draws: usize, ends: Ends) -> f64 {
        let truth = self.a * self.b;
        let hits = (0..runs).into_par_iter().filter(|&seed| {
            let found = self.mediation(seed, Bootstrap { draws, seed, ends });
            let (low, high) = found.indirect.ends().expect("an interval");
            low <= truth && truth <= high
        });
        hits.count() as f64 / runs as f64
    }
}
