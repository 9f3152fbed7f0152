//! Mediation: how much of what goes from a cause to an outcome goes through a mediator.
//!
//! Two regressions, `mediator = a·cause + …` and `outcome = c'·cause + b·mediator + …`, covariates
//! in both. Indirect `ab`, direct `c'`, total `c = c' + ab`. Rows of one cluster resemble each
//! other, so intervals come from drawing whole clusters with replacement (Davison & Hinkley 1997,
//! section 3.8): the product of two estimates isn't normal. Percentiles are taken a little further
//! out than 2.5% and 97.5%, as t is wider than the normal (Hesterberg 2015, American Statistician
//! 69:371-386); the bias-corrected and accelerated ones (Efron 1987) are there for comparison.
//!
//! A cluster's own level can be taken out ([`Part::Within`]) or looked at alone
//! ([`Part::Between`]); which of these is meant is the reader's question, not the data's.
//!
//! Numbers alone can't make this causal. Indirect and direct are effects only if, given the
//! covariates, nothing else moves (1) cause and mediator, (2) cause and outcome or (3) mediator and
//! outcome together, (4) nothing the cause moves does so for mediator and outcome, the cause comes
//! before the mediator and that before the outcome, and the cause doesn't change what the mediator
//! does. A randomised cause gives (1) and (2), never (3); [`Mediation::erasing_correlation`] says
//! how strong a breach of (3) would leave nothing (Imai, Keele & Yamamoto 2010, Statistical
//! Science 25:51-71, theorem 4).
//!
//! Deliberately not here: causes that change what the mediator does, outcomes that aren't numbers on
//! a scale, several mediators, slopes that differ between clusters as parameters of their own (the
//! clusters drawn allow for them).

mod ends;
mod moments;

pub use ends::Ends;

use crate::answer::{Answer, CLUSTERS_NEEDED};
use crate::random::generator;
use crate::reason::{NoAnswer, Result};
use moments::Moments;
use rand::RngExt;
use rayon::prelude::*;

/// Fewest draws that say anything about a 2.5% percentile.
const DRAWS_NEEDED: usize = 200;
/// Draws made with one generator; fixed, so that draws don't depend on the number of threads.
const BLOCK: usize = 64;
/// Share of draws that must have an answer.
const DRAWS_ANSWERED: f64 = 0.95;

/// What varies: columns of equal length.
#[derive(Clone, Copy, Debug)]
pub struct Variables<'a> {
    /// Where it starts.
    pub cause: &'a [f64],
    /// What it goes through.
    pub mediator: &'a [f64],
    /// Where it ends.
    pub outcome: &'a [f64],
    /// What is held fixed in both regressions.
    pub covariates: &'a [&'a [f64]],
    /// The cluster of each row, `0..clusters`.
    pub cluster: &'a [usize],
    /// How many clusters there are; those without rows don't count.
    pub clusters: usize,
}

/// Which differences are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All, between rows of one cluster and between clusters alike.
    All,
    /// Those between rows of one cluster: whatever is fixed about a cluster is held fixed.
    Within,
    /// Those between clusters' means, each cluster counted once.
    Between,
}

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// Draws; 5,000 for a report.
    pub draws: usize,
    /// The same seed gives the same draws.
    pub seed: u64,
    /// How intervals are taken from the draws.
    pub ends: Ends,
}

/// The paths at one set of rows.
#[derive(Clone, Copy, Debug)]
struct Paths {
    to_mediator: f64,
    to_outcome: f64,
    direct: f64,
    indirect: f64,
    total: f64,
    erasing: f64,
}

impl Paths {
    fn all(&self) -> [f64; 5] {
        [
            self.to_mediator,
            self.to_outcome,
            self.direct,
            self.indirect,
            self.total,
        ]
    }
}

/// What was found. Intervals are 95%; degrees of freedom are clusters less one.
#[derive(Clone, Debug, PartialEq)]
pub struct Mediation {
    /// Rows.
    pub n: u64,
    /// Clusters with rows.
    pub clusters: usize,
    /// What was looked at.
    pub part: Part,
    /// Cause to mediator, `a`.
    pub to_mediator: Answer,
    /// Mediator to outcome, the cause held fixed, `b`.
    pub to_outcome: Answer,
    /// Cause to outcome, the mediator held fixed, `c'`.
    pub direct: Answer,
    /// Through the mediator, `ab`.
    pub indirect: Answer,
    /// All together, `c' + ab`.
    pub total: Answer,
    /// `ab / (c' + ab)`, only where the total's interval is clear of zero and direct and indirect
    /// pull in the same direction.
    pub mediated_share: Result<Answer>,
    /// The correlation between what else moves the mediator and what else moves the outcome at
    /// which the indirect effect would be zero: near 0, a little hidden confounding explains it
    /// all.
    pub erasing_correlation: f64,
    /// Draws that had an answer.
    pub draws: usize,
}

/// Estimates the paths and their intervals.
///
/// # Errors
/// [`NoAnswer::Empty`], [`NoAnswer::Shape`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`],
/// [`NoAnswer::ConstantColumn`] for a column without differences of the kind looked at,
/// [`NoAnswer::Inseparable`], [`NoAnswer::ExactFit`], [`NoAnswer::TooFewItems`] under 200 draws.
/// Under ten clusters the paths have values and no spread ([`NoAnswer::TooFewClusters`]), nor if
/// over a twentieth of the draws have no answer ([`NoAnswer::TooFewResamples`]).
pub fn mediate(variables: &Variables<'_>, part: Part, bootstrap: Bootstrap) -> Result<Mediation> {
    if bootstrap.draws < DRAWS_NEEDED {
        return Err(NoAnswer::TooFewItems {
            n: bootstrap.draws,
            needed: DRAWS_NEEDED,
        });
    }
    let moments = Moments::of(variables, part)?;
    let found = moments.paths()?;
    if found.all().iter().any(|v| !v.is_finite()) {
        return Err(NoAnswer::Arithmetic { what: "the paths" });
    }
    let clusters = moments.clusters.len();
    let n = moments.n as u64;
    let drawn = if clusters < CLUSTERS_NEEDED {
        Err(NoAnswer::TooFewClusters {
            n: clusters,
            needed: CLUSTERS_NEEDED,
        })
    } else {
        draw(&moments, bootstrap)
    };
    let left_out: Vec<Paths> = match bootstrap.ends {
        Ends::Accelerated if drawn.is_ok() => leave_out(&moments),
        _ => Vec::new(),
    };
    let answer = |value: f64, of: &dyn Fn(&Paths) -> f64| Answer {
        value,
        n,
        spread: drawn.as_ref().map_err(Clone::clone).and_then(|drawn| {
            let values: Vec<f64> = drawn.iter().map(of).collect();
            let without: Vec<f64> = left_out.iter().map(of).collect();
            ends::spread(value, values, &without, clusters, bootstrap.ends)
        }),
    };
    let total = answer(found.total, &|p| p.total);
    let clear = total
        .ends()
        .is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    let mediated_share = match &total.spread {
        Err(reason) => Err(reason.clone()),
        Ok(_) if clear && found.direct * found.indirect >= 0.0 => {
            Ok(answer(found.indirect / found.total, &|p| {
                p.indirect / p.total
            }))
        }
        Ok(_) => Err(NoAnswer::NoShare),
    };
    Ok(Mediation {
        n,
        clusters,
        part,
        to_mediator: answer(found.to_mediator, &|p| p.to_mediator),
        to_outcome: answer(found.to_outcome, &|p| p.to_outcome),
        direct: answer(found.direct, &|p| p.direct),
        indirect: answer(found.indirect, &|p| p.indirect),
        total,
        mediated_share,
        erasing_correlation: found.erasing,
        draws: drawn.map_or(0, |drawn| drawn.len()),
    })
}

/// Paths in clusters drawn with replacement, as many as there are.
fn draw(moments: &Moments, bootstrap: Bootstrap) -> Result<Vec<Paths>> {
    let clusters = moments.clusters.len();
    let blocks: Vec<Vec<Paths>> = (0..bootstrap.draws.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            let mut random = generator(bootstrap.seed, &format!("mediation {block}"));
            let mut sum = vec![0.0; moments.size * (moments.size + 1) / 2];
            let mut drawn = vec![0; clusters];
            (block * BLOCK..((block + 1) * BLOCK).min(bootstrap.draws))
                .filter_map(|_| {
                    drawn
                        .iter_mut()
                        .for_each(|g| *g = random.random_range(0..clusters));
                    moments.paths_of(&drawn, &mut sum)
                })
                .collect()
        })
        .collect();
    let drawn: Vec<Paths> = blocks
        .into_iter()
        .flatten()
        .filter(|p| p.all().iter().all(|v| v.is_finite()))
        .collect();
    if (drawn.len() as f64) < DRAWS_ANSWERED * bootstrap.draws as f64 {
        return Err(NoAnswer::TooFewResamples {
            n: drawn.len(),
            of: bootstrap.draws,
        });
    }
    Ok(drawn)
}

/// Paths with one cluster left out, each in turn.
fn leave_out(moments: &Moments) -> Vec<Paths> {
    let clusters = moments.clusters.len();
    let mut sum = vec![0.0; moments.size * (moments.size + 1) / 2];
    (0..clusters)
        .filter_map(|out| {
            let kept: Vec<usize> = (0..clusters).filter(|&g| g != out).collect();
            moments.paths_of(&kept, &mut sum)
        })
        .collect()
}
