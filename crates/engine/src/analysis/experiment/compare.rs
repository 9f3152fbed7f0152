//! One arm against the control on one outcome.

use super::ExperimentRequest;
use super::flags::Flags;
use super::order;
use super::peeking;
use super::rows::{Metric, Outcome, Table};
use super::words::why;
use throughline_domain::analysis::experiment::{
    Before, Belief, Clustered, Comparison, Relative, Verdict,
};
use throughline_stats::answer::{Answer, Spread};
use throughline_stats::experiment::bayes::posterior;
use throughline_stats::experiment::clustered::{ClusteredComparison, Clusters, clustered_ratio};
use throughline_stats::experiment::cuped::{RelativeError, cuped};
use throughline_stats::experiment::fixed::{self, shares, welch};
use throughline_stats::experiment::{ALPHA, Arm, PairedArm, Scale};
use throughline_stats::share::{clustered_mean, clustered_share, wilson};
use throughline_stats::{NoAnswer, Result};

/// Rows of the control (0) and of one arm (1) that have a value.
pub(super) struct Pair<'a> {
    pub outcome: &'a Outcome,
    pub control_name: &'a str,
    pub arm_name: &'a str,
    pub arm: Vec<usize>,
    pub y: Vec<f64>,
    /// Denominator or what was before; empty if there is neither.
    pub x: Vec<f64>,
    pub cluster: Option<Vec<usize>>,
    /// What `y` (and what was before, in `x`) are counted from, so that nothing is lost to a level
    /// far off; a share's and a ratio's 0.
    pub origin: f64,
    /// Whether what was before is the same in all rows: then it is left out.
    pub before_is_constant: bool,
    /// Part of the two arms' rows that the arm should have.
    pub arm_share: f64,
    /// Part of all arms' rows that the two should have.
    pub both_share: f64,
}

impl<'a> Pair<'a> {
    pub fn of(table: &'a Table, outcome: &'a Outcome, arm: usize) -> Self {
        let whole: f64 = table.weights.iter().sum();
        let both = table.weights[0] + table.weights[arm];
        let mut pair = Self {
            outcome,
            control_name: &table.arms[0],
            arm_name: &table.arms[arm],
            arm: Vec::new(),
            y: Vec::new(),
            x: Vec::new(),
            origin: 0.0,
            before_is_constant: false,
            cluster: table.cluster.as_ref().map(|_| Vec::new()),
            arm_share: table.weights[arm] / both,
            both_share: both / whole,
        };
        let values = |row: usize| {
            let of = table.arm[row];
            (of == 0 || of == arm).then(|| values_at(outcome, row))?
        };
        let kept: Vec<usize> = (0..table.arm.len())
            .filter(|&row| values(row).is_some())
            .collect();
        for row in in_time(table, outcome, kept) {
            let Some((y, x)) = values(row) else {
                continue;
            };
            let of = table.arm[row];
            pair.arm.push(usize::from(of == arm));
            pair.y.push(y);
            pair.x.extend(x);
            if let (Some(own), Some(all)) = (&mut pair.cluster, &table.cluster) {
                own.push(all.of_row[row]);
            }
        }
        pair.centre();
        pair
    }

    /// Counts values from the middle one.
    fn centre(&mut self) {
        if self.outcome.metric == Metric::Ratio {
            return;
        }
        if self.outcome.metric == Metric::Mean {
            self.origin = middle(&self.y);
            let origin = self.origin;
            self.y.iter_mut().for_each(|y| *y -= origin);
        }
        let middle = middle(&self.x);
        self.x.iter_mut().for_each(|x| *x -= middle);
        if !self.x.is_empty() && self.x.iter().all(|&x| x == 0.0) {
            self.before_is_constant = true;
            self.x.clear();
        }
    }

    pub fn paired(&self, arm: usize) -> Result<PairedArm> {
        let mut paired = PairedArm::default();
        for row in (0..self.arm.len()).filter(|&row| self.arm[row] == arm) {
            paired.add(self.y[row], self.x.get(row).copied().unwrap_or(0.0))?;
        }
        if paired.n == 0 {
            return Err(NoAnswer::EmptyArm { arm });
        }
        Ok(paired)
    }
}

/// The middle value: a level that no single value moves far. 0 without values.
fn middle(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    if sorted.is_empty() {
        return 0.0;
    }
    let half = sorted.len() / 2;
    *sorted.select_nth_unstable_by(half, f64::total_cmp).1
}

/// Rows in the order in which they came, those of one time by chance: by the pair's own values
/// alone, so that other arms and outcomes change nothing.
fn in_time(table: &Table, outcome: &Outcome, rows: Vec<usize>) -> Vec<usize> {
    let Some(time) = &table.time else { return rows };
    let time: Vec<u64> = rows.iter().map(|&row| time[row]).collect();
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    let content = |place: usize| {
        let row = rows[place];
        (
            table.arm[row],
            bits(outcome.y[row]),
            outcome.x.as_ref().map(|x| bits(x[row])),
            table.cluster.as_ref().map(|cluster| cluster.of_row[row]),
        )
    };
    order::mixed(&time, |a, b| content(a).cmp(&content(b)))
        .into_iter()
        .map(|place| rows[place])
        .collect()
}

fn values_at(outcome: &Outcome, row: usize) -> Option<(f64, Option<f64>)> {
    let y = outcome.y[row]?;
    match &outcome.x {
        None => Some((y, None)),
        Some(x) => Some((y, Some(x[row]?))),
    }
}

/// A comparison, and what is needed to make its interval at another level.
pub(super) struct Found {
    pub comparison: Comparison,
    again: Box<dyn Fn(f64) -> Option<(f64, f64)>>,
}

impl Found {
    /// The p-value to be adjusted: the sequence's, if rows are looked at all the time.
    pub fn p(&self) -> Option<f64> {
        match &self.comparison.sequence {
            Some(sequence) => sequence.p,
            None => self.comparison.p,
        }
    }

    /// Puts the adjusted p-value, and the interval at the adjusted level.
    pub fn adjust(&mut self, p: f64, alpha: f64) {
        self.comparison.p_adjusted = Some(p);
        if let Some((low, high)) = (self.again)(alpha) {
            self.comparison.low_adjusted = Some(low);
            self.comparison.high_adjusted = Some(high);
        }
    }
}

/// What the estimators gave.
struct Once {
    compared: fixed::Comparison,
    before: Option<(f64, f64)>,
    clustered: Option<ClusteredComparison>,
}

/// Which estimator it is, from the pair alone.
#[derive(Clone)]
struct Estimator {
    metric: Metric,
    has_before: bool,
    /// What outcomes are counted from.
    origin: f64,
    arms: std::result::Result<[PairedArm; 2], NoAnswer>,
    clusters: Option<std::result::Result<Clusters, NoAnswer>>,
}

impl Estimator {
    fn of(pair: &Pair<'_>) -> Self {
        let zeros;
        let x = if pair.x.is_empty() {
            zeros = vec![0.0; pair.y.len()];
            &zeros
        } else {
            &pair.x
        };
        Self {
            metric: pair.outcome.metric,
            has_before: pair.outcome.metric != Metric::Ratio && !pair.x.is_empty(),
            origin: pair.origin,
            arms: pair.paired(0).and_then(|a| Ok([a, pair.paired(1)?])),
            clusters: pair
                .cluster
                .as_ref()
                .map(|cluster| Clusters::of_rows(&pair.arm, cluster, &pair.y, x)),
        }
    }

    fn share(arm: &PairedArm) -> Result<Arm> {
        Arm::of_share(arm.n, (arm.y * arm.n as f64).round() as u64)
    }

    /// A relative change needs outcomes at their true level; the difference in it is taken where
    /// nothing is lost.
    fn relative(&self, alpha: f64) -> Result<Once> {
        if self.origin == 0.0 {
            return self.once(Scale::Relative, alpha);
        }
        let [control, treated] = self.arms.clone()?;
        let level = |arm: &PairedArm| PairedArm {
            y: arm.y + self.origin,
            ..*arm
        };
        let (a, b) = (level(&control), level(&treated));
        let all = |clusters: &[PairedArm]| clusters.iter().map(level).collect();
        let there = Self {
            origin: 0.0,
            arms: Ok([a, b]),
            clusters: self.clusters.clone().map(|clusters| {
                clusters.map(|of| Clusters {
                    control: all(&of.control),
                    treated: all(&of.treated),
                })
            }),
            ..self.clone()
        };
        let mut once = there.once(Scale::Relative, alpha)?;
        // What it is a part of: the control's mean, with clusters at both arms' mean of before.
        let mut size = a.y;
        if self.has_before && self.clusters.is_some() {
            let theta = (a.xy + b.xy) / (a.xx + b.xx);
            size -= theta * (a.x - a.and(&b).x);
        }
        let difference = self.once(Scale::Absolute, alpha)?.compared.value;
        let lost = difference / size.abs() - once.compared.value;
        once.compared.value += lost;
        once.compared.spread.low += lost;
        once.compared.spread.high += lost;
        Ok(once)
    }

    fn once(&self, scale: Scale, alpha: f64) -> Result<Once> {
        let [a, b] = self.arms.clone()?;
        if let Some(clusters) = &self.clusters {
            let clusters = clusters.as_ref().map_err(Clone::clone)?;
            let found = match (self.metric, self.has_before) {
                (Metric::Ratio, _) => clusters.ratios(scale, alpha),
                (_, true) => clusters.adjusted(scale, alpha),
                _ => clusters.means(scale, alpha),
            }?;
            return Ok(Once {
                compared: found.comparison,
                before: None,
                clustered: Some(found),
            });
        }
        let plain = |compared| Once {
            compared,
            before: None,
            clustered: None,
        };
        match (self.metric, self.has_before) {
            (_, true) => {
                let found = cuped(&a, &b, scale, RelativeError::Delta, alpha)?;
                Ok(Once {
                    compared: found.comparison,
                    before: Some((found.theta, found.variance_removed)),
                    clustered: None,
                })
            }
            (Metric::Ratio, _) => Ok(plain(welch(&a.ratio()?, &b.ratio()?, scale, alpha)?)),
            (Metric::Mean, _) => Ok(plain(welch(&a.first()?, &b.first()?, scale, alpha)?)),
            (Metric::Share, _) => {
                let (a, b) = (Self::share(&a)?, Self::share(&b)?);
                Ok(plain(match scale {
                    Scale::Absolute => shares(&a, &b, alpha)?,
                    Scale::Relative => welch(&a, &b, scale, alpha)?,
                }))
            }
        }
    }

    /// Error of the difference as a normal likelihood takes it.
    fn plain_error(&self, compared: &fixed::Comparison) -> f64 {
        let wald = || {
            let [a, b] = self.arms.as_ref().ok()?;
            let (a, b) = (Self::share(a).ok()?, Self::share(b).ok()?);
            Some(welch(&a, &b, Scale::Absolute, ALPHA).ok()?.spread.se)
        };
        let is_plain_share =
            self.metric == Metric::Share && !self.has_before && self.clusters.is_none();
        is_plain_share
            .then(wald)
            .flatten()
            .unwrap_or(compared.spread.se)
    }

    fn method(&self) -> &'static str {
        match (self.clusters.is_some(), self.metric, self.has_before) {
            (true, Metric::Ratio, _) => "ratios of sums, linearised, CR2 by cluster",
            (true, _, true) => "regression on arm and what was before, CR2 by cluster",
            (true, ..) => "means, CR2 by cluster",
            (false, _, true) => "CUPED",
            (false, Metric::Ratio, _) => "ratios of sums, delta method",
            (false, Metric::Share, _) => "shares, Newcombe's interval and the score test",
            (false, Metric::Mean, _) => "means, Welch",
        }
    }
}

pub(super) fn compare(
    table: &Table,
    pair: &Pair<'_>,
    request: &ExperimentRequest,
    flags: &Flags,
) -> Found {
    let estimator = Estimator::of(pair);
    let once = estimator.once(Scale::Absolute, ALPHA);
    let relative = estimator.relative(ALPHA);
    let found = once.as_ref().ok();
    let relative_found = relative.as_ref().ok().map(|once| once.compared);
    let compared = found.map(|once| once.compared);
    let sequence = peeking::wanted(request).then(|| peeking::sequence(pair, request, flags, ALPHA));
    let belief = compared.zip(flags.prior).and_then(|(compared, prior)| {
        let se = estimator.plain_error(&compared);
        let found = posterior(compared.value, se, Some(prior), ALPHA).ok()?;
        // The estimator loses what the higher arm would have gained.
        let (loss_of_control, loss_of_arm) = if request.lower_is_better {
            (found.loss_of_treated, found.loss_of_control)
        } else {
            (found.loss_of_control, found.loss_of_treated)
        };
        Some(Belief {
            prior_mean: prior.mean,
            prior_sd: prior.sd,
            mean: found.mean,
            low: found.low,
            high: found.high,
            chance_higher: found.chance_higher,
            loss_of_control,
            loss_of_arm,
        })
    });
    let before = (estimator.has_before && found.is_some()).then(|| Before {
        column: request.before.clone().unwrap_or_default(),
        theta: found.and_then(|once| once.before).map(|(theta, _)| theta),
        variance_removed: found.and_then(|once| once.before).map(|(_, part)| part),
    });
    let clustered = found.and_then(|once| once.clustered).map(|of| Clustered {
        n_control: of.clusters[0],
        n_arm: of.clusters[1],
        intraclass: of.intraclass,
        design_effect: of.design_effect,
    });
    let spread = compared.map(|compared| compared.spread);
    let relative_spread = relative_found.map(|compared| compared.spread);
    let comparison = Comparison {
        outcome: pair.outcome.name.clone(),
        metric: pair.outcome.metric.name(),
        arm: pair.arm_name.to_owned(),
        control: pair.control_name.to_owned(),
        verdict: Verdict::CantTell,
        in_words: String::new(),
        method: estimator.method().to_owned(),
        n: pair.y.len() as u64,
        difference: compared.map(|compared| compared.value),
        se: spread.map(|spread| spread.se),
        df: spread.map(|spread| spread.df).filter(|df| df.is_finite()),
        low: spread.map(|spread| spread.low),
        high: spread.map(|spread| spread.high),
        p: compared.map(|compared| compared.p),
        p_adjusted: None,
        low_adjusted: None,
        high_adjusted: None,
        no_answer: once.as_ref().err().map(why),
        relative: Relative {
            change: relative_found.map(|compared| compared.value),
            low: relative_spread.map(|spread| spread.low),
            high: relative_spread.map(|spread| spread.high),
            no_answer: relative.as_ref().err().map(why),
        },
        before,
        clustered,
        sequence,
        belief,
    };
    Found {
        comparison,
        again: again(table, pair, request, flags, estimator),
    }
}

/// The interval at another level: of the sequence if there is one, else of the single look.
fn again(
    table: &Table,
    pair: &Pair<'_>,
    request: &ExperimentRequest,
    flags: &Flags,
    estimator: Estimator,
) -> Box<dyn Fn(f64) -> Option<(f64, f64)>> {
    if peeking::wanted(request) {
        // Levels are few: those of one, two, … finds of as many comparisons as there are.
        let count = (table.outcomes.len() * (table.arms.len() - 1)) as f64;
        let only_first = flags.adjust
            != Some(throughline_stats::experiment::several::Adjustment::BenjaminiHochberg);
        let finds = if only_first { 1 } else { count as usize };
        let made: Vec<(f64, Option<(f64, f64)>)> = (1..=finds)
            .filter(|_| flags.adjust.is_some())
            .map(|finds| {
                let alpha = ALPHA * finds as f64 / count;
                let found = peeking::sequence(pair, request, flags, alpha);
                (alpha, found.low.zip(found.high))
            })
            .collect();
        return Box::new(move |alpha| {
            made.iter()
                .filter(|(level, _)| *level <= alpha * (1.0 + 1e-9))
                .max_by(|a, b| a.0.total_cmp(&b.0))
                .and_then(|(_, ends)| *ends)
        });
    }
    Box::new(move |alpha| {
        let compared = estimator.once(Scale::Absolute, alpha).ok()?.compared;
        Some((compared.spread.low, compared.spread.high))
    })
}

/// An arm's own value.
pub(super) fn value(table: &Table, outcome: &Outcome, arm: usize) -> Result<Answer> {
    let own: Vec<f64> = (0..table.arm.len())
        .filter(|&row| table.arm[row] == arm && outcome.metric == Metric::Mean)
        .filter_map(|row| Some(values_at(outcome, row)?.0))
        .collect();
    let origin = middle(&own);
    let mut whole = PairedArm::default();
    let mut clusters: std::collections::BTreeMap<usize, PairedArm> = Default::default();
    for row in (0..table.arm.len()).filter(|&row| table.arm[row] == arm) {
        let Some((y, x)) = values_at(outcome, row) else {
            continue;
        };
        let (y, x) = (y - origin, x.unwrap_or(0.0));
        whole.add(y, x)?;
        if let Some(cluster) = &table.cluster {
            clusters.entry(cluster.of_row[row]).or_default().add(y, x)?;
        }
    }
    let sums: Vec<_> = clusters.values().map(PairedArm::sums).collect();
    let answer = match (outcome.metric, table.cluster.is_some()) {
        (Metric::Ratio, false) => Ok(whole.ratio()?.answer()),
        (Metric::Ratio, true) => clustered_ratio(&clusters.into_values().collect::<Vec<_>>()),
        (Metric::Share, true) => clustered_share(&sums),
        (Metric::Mean, true) => clustered_mean(&sums),
        (Metric::Share, false) => wilson((whole.y * whole.n as f64).round(), whole.n as f64),
        (Metric::Mean, false) => Ok(whole.first()?.answer()),
    }?;
    Ok(Answer {
        value: answer.value + origin,
        spread: answer.spread.map(|spread| Spread {
            low: spread.low + origin,
            high: spread.high + origin,
            ..spread
        }),
        ..answer
    })
}
