//! The interval that holds at every look: which kind, and how it is made.

use super::ExperimentRequest;
use super::compare::Pair;
use super::flags::Flags;
use super::rows::Metric;
use super::words::why;
use throughline_domain::analysis::experiment::{Look, Sequence};
use throughline_stats::experiment::order;
use throughline_stats::experiment::sequence::asymptotic::{self, Arrivals, BURN_IN};
use throughline_stats::experiment::sequence::bernoulli::{self, Counts};
use throughline_stats::experiment::sequence::betting::{self, Bounds};
use throughline_stats::experiment::sequence::normal::{self, Standing};
use throughline_stats::experiment::sequence::{self, USUAL_HORIZON, looks};
use throughline_stats::{NoAnswer, Result};

/// How often is looked.
const LOOKS: usize = 100;
const UNIT: Bounds = Bounds {
    low: 0.0,
    high: 1.0,
};

/// Whether rows are to be looked at all the time.
pub(super) fn wanted(request: &ExperimentRequest) -> bool {
    match request.sequence.as_deref() {
        Some("none") => false,
        Some(_) => true,
        None => request.at.is_some() || request.horizon.is_some(),
    }
}

/// The kind that suits the outcome: betting where bounds and split are known and a horizon is
/// declared, beta-binomial for shares without one, asymptotic for the rest. Betting alone takes
/// the order of arms as chance's; where it isn't, what would be bet on goes to the others.
fn method(pair: &Pair<'_>, request: &ExperimentRequest, flags: &Flags) -> &'static str {
    let plain = pair.cluster.is_none() && pair.x.is_empty();
    let share = pair.outcome.metric == Metric::Share;
    let by_chance = || is_by_chance(&pair.arm, pair.arm_share);
    match request.sequence.as_deref() {
        Some("betting") => "betting",
        Some("beta-binomial") => "beta-binomial",
        Some("normal") => "normal",
        Some("asymptotic") => "asymptotic",
        _ if !plain => "asymptotic",
        _ if (share || flags.bounds.is_some()) && request.horizon.is_some() && by_chance() => {
            "betting"
        }
        _ if share => "beta-binomial",
        _ if flags.bounds.is_some() && by_chance() => "betting",
        _ if request.sd.is_some() => "normal",
        _ => "asymptotic",
    }
}

/// Whether arms came in an order that chance would bring. An arm without a row has no order.
pub(super) fn is_by_chance(arm: &[usize], share: f64) -> bool {
    order::arms(arm, share).map_or(true, |order| order.is_by_chance())
}

pub(super) fn sequence(
    pair: &Pair<'_>,
    request: &ExperimentRequest,
    flags: &Flags,
    alpha: f64,
) -> Sequence {
    let declared = request
        .horizon
        .map(|rows| ((rows as f64 * pair.both_share).round() as u64).max(10));
    let usual = ((USUAL_HORIZON as f64 * pair.both_share).round() as u64).max(10);
    let horizon = declared.unwrap_or(usual);
    let method = method(pair, request, flags);
    let found = match refusal(method, pair, flags) {
        Some(reason) => Err(reason),
        None => made(method, pair, request, flags, declared, horizon, alpha)
            .map_err(|reason| why(&reason)),
    };
    let found = found.and_then(|found| {
        let last = found.last().map_err(|reason| why(&reason))?;
        Ok((found, last))
    });
    match found {
        Ok((found, last)) => Sequence {
            method,
            horizon,
            low: Some(last.low),
            high: Some(last.high),
            p: Some(found.p),
            no_answer: None,
            looks: found
                .looks
                .iter()
                .map(|look| Look {
                    n: look.n,
                    difference: look.value,
                    low: look.low,
                    high: look.high,
                })
                .collect(),
        },
        Err(reason) => Sequence {
            method,
            horizon,
            low: None,
            high: None,
            p: None,
            no_answer: Some(reason),
            looks: Vec::new(),
        },
    }
}

/// Why a kind that was asked for can't be made.
fn refusal(method: &str, pair: &Pair<'_>, flags: &Flags) -> Option<String> {
    if method == "asymptotic" {
        return None;
    }
    if pair.cluster.is_some() || !pair.x.is_empty() {
        return Some(format!(
            "`--sequence {method}` knows neither clusters nor ratios nor what was before; `asymptotic` does"
        ));
    }
    let share = pair.outcome.metric == Metric::Share;
    match method {
        "beta-binomial" if !share => Some("`--sequence beta-binomial` is for shares".to_owned()),
        "betting" if !share && flags.bounds.is_none() => {
            Some("`--sequence betting` needs `--bounds` that no value can leave".to_owned())
        }
        "betting" if !is_by_chance(&pair.arm, pair.arm_share) => Some(
            "along the rows the arms don't change as chance would have it (sorted by arm?), and \
             `--sequence betting` needs that; leave it out, or name with `--at` the column that \
             says when rows came"
                .to_owned(),
        ),
        _ => None,
    }
}

fn made(
    method: &str,
    pair: &Pair<'_>,
    request: &ExperimentRequest,
    flags: &Flags,
    declared: Option<u64>,
    horizon: u64,
    alpha: f64,
) -> Result<sequence::Sequence> {
    let rows = pair.arm.len() as u64;
    for arm in [0, 1] {
        if !pair.arm.contains(&arm) {
            return Err(NoAnswer::EmptyArm { arm });
        }
    }
    let at = looks(10.min(rows), rows, LOOKS);
    match method {
        "betting" => {
            let given = flags.bounds.unwrap_or(UNIT);
            let bounds = Bounds {
                low: given.low - pair.origin,
                high: given.high - pair.origin,
            };
            // Counting from the middle may put a value at an end past it by rounding.
            let y: Vec<f64> = pair
                .y
                .iter()
                .map(|y| y.clamp(bounds.low, bounds.high))
                .collect();
            betting::difference(&pair.arm, &y, bounds, pair.arm_share, declared, &at, alpha)
        }
        "beta-binomial" => {
            let counts: Vec<Counts> = standings(pair, &at)
                .into_iter()
                .map(|(n, sum)| Counts {
                    n,
                    hits: sum.map(|sum| sum.round() as u64),
                })
                .collect();
            bernoulli::difference(&counts, horizon, alpha)
        }
        "normal" => {
            let half = flags.bounds.map(|bounds| (bounds.high - bounds.low) / 2.0);
            let sd = request.sd.or(half).ok_or(NoAnswer::NoVariation)?;
            let looks: Vec<Standing> = standings(pair, &at)
                .into_iter()
                .map(|(n, sum)| Standing {
                    n,
                    mean: [0, 1].map(|arm| sum[arm] / n[arm].max(1) as f64),
                })
                .collect();
            normal::difference(&looks, sd, horizon, alpha)
        }
        _ => {
            let outcome = match (pair.outcome.metric, pair.x.is_empty()) {
                (Metric::Ratio, _) => asymptotic::Outcome::Ratio,
                (_, false) => asymptotic::Outcome::Adjusted,
                _ => asymptotic::Outcome::Mean,
            };
            let arrivals = Arrivals {
                arm: &pair.arm,
                y: &pair.y,
                x: &pair.x,
                cluster: pair.cluster.as_deref(),
            };
            let burn_in = request.burn_in.unwrap_or(BURN_IN);
            asymptotic::sequence(&arrivals, outcome, &at, burn_in, horizon, alpha)
        }
    }
}

/// Rows and sums of both arms at each look.
fn standings(pair: &Pair<'_>, at: &[u64]) -> Vec<([u64; 2], [f64; 2])> {
    let (mut n, mut sum) = ([0u64; 2], [0.0; 2]);
    let mut next = at.iter().peekable();
    let mut out = Vec::with_capacity(at.len());
    for (row, (&arm, y)) in pair.arm.iter().zip(&pair.y).enumerate() {
        n[arm] += 1;
        sum[arm] += y;
        if next.next_if(|&&look| look == row as u64 + 1).is_some() {
            out.push((n, sum));
        }
    }
    out
}
