//! `throughline effect`: did it work.

use serde::Serialize;

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// What was computed, in a few words.
    pub model: String,
    /// The column of those measured.
    pub unit: String,
    /// The column of periods.
    pub period: String,
    /// The column that says when each started.
    pub first_treated: String,
    /// Columns adjusted for.
    pub covariates: Vec<String>,
    /// Who is compared with: `never` or `not-yet`.
    pub control: &'static str,
    /// How covariates are adjusted for: `or`, `ipw` or `dr`.
    pub method: &'static str,
    /// Why units were chosen, as it was said.
    pub chosen_by: &'static str,
    /// Periods by which units may react before their start.
    pub anticipation: u32,
    /// Bootstrap draws behind bands.
    pub draws: usize,
    /// One for each outcome, in the order asked.
    pub outcomes: Vec<Outcome>,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}

/// What one outcome says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Its column.
    pub outcome: String,
    /// Whether `higher` or `lower` is better.
    pub better: &'static str,
    /// `it helped`, `it hurt`, `too small to matter` or `can't tell`.
    pub verdict: &'static str,
    /// Why, in one sentence.
    pub why: String,
    /// What answered: `groups`, `matched histories`, `randomisation` or `synthetic`.
    pub approach: &'static str,
    /// The headline: mean over treated units and periods since their start. None where the
    /// approach that had to answer couldn't.
    pub effect: Option<Headline>,
    /// Units used.
    pub n_units: usize,
    /// Of these, units that start within the periods used.
    pub n_treated: usize,
    /// Periods used.
    pub n_periods: usize,
    /// Rows used.
    pub n_rows: usize,
    /// Rows left out because a value is missing.
    pub n_left_out: u64,
    /// Units left out because they had started by the first period.
    pub n_treated_from_the_first_period: usize,
    /// Start of those who stand in for units never treated, where nobody is.
    pub stand_in: Option<String>,
    /// Smallest effect that matters, as it was said.
    pub matters: Option<f64>,
    /// Smallest effect that could be foreseen to be seen from periods before the first start.
    pub smallest_foreseen: Option<f64>,
    /// Over treated unit-periods, without regard to why units were chosen.
    pub overall: Average,
    /// By time since the start, against everybody whatever `approach` answered, as all lists here.
    pub by_time: Vec<Average>,
    /// By start.
    pub by_group: Vec<Average>,
    /// By period.
    pub by_period: Vec<Average>,
    /// Mean over times since the start, from 0 on.
    pub over_times: Average,
    /// Mean over starts, by their size.
    pub over_groups: Average,
    /// Mean over periods.
    pub over_periods: Average,
    /// Each start in each period.
    pub group_time: Vec<GroupTime>,
    /// What the periods before the start say.
    pub before: Before,
    /// How far trends may depart.
    pub departures: Option<Departures>,
    /// Matched histories, where they answered.
    pub matched: Option<Matched>,
    /// Randomisation, where it answered.
    pub randomisation: Option<Randomisation>,
    /// Synthetic difference-in-differences, where it answered.
    pub synthetic: Option<Synthetic>,
}

/// The headline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Headline {
    /// The effect, in the outcome's unit.
    pub estimate: f64,
    /// Standard error, where the approach has one.
    pub se: Option<f64>,
    /// Degrees of freedom; none for the normal distribution.
    pub df: Option<f64>,
    /// Lower end of the 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Probability of one as large by chance, where the approach tests by rank.
    pub p: Option<f64>,
    /// Smallest true effect that 80 of 100 such studies would see.
    pub smallest_seen: Option<f64>,
    /// Treated units it rests on.
    pub n_treated: usize,
}

/// A mean of effects.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Average {
    /// Time since the start in periods, or the start or period as people write it.
    pub at: String,
    /// The value.
    pub estimate: f64,
    /// Standard error that holds in small samples.
    pub se: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<f64>,
    /// Lower end of the 95% interval of this one.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Lower end of the band that holds all of its list at once (95%).
    pub band_low: Option<f64>,
    /// Upper end.
    pub band_high: Option<f64>,
    /// Large-sample standard error, as R's `did` gives.
    pub se_large_sample: Option<f64>,
    /// Why there is no interval.
    pub no_interval: Option<String>,
    /// Treated units it rests on.
    pub n_treated: usize,
}

/// One start in one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupTime {
    /// The start.
    pub group: String,
    /// The period.
    pub period: String,
    /// The period changes are counted from.
    pub base: String,
    /// The effect.
    pub estimate: Option<f64>,
    /// Large-sample standard error, as R's `did` gives.
    pub se: Option<f64>,
    /// Why there is no effect.
    pub no_estimate: Option<String>,
    /// Units of this start with a row in both periods.
    pub n_treated: usize,
    /// Units compared with.
    pub n_controls: usize,
}

/// What the periods before the start say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Before {
    /// Mean of the placebo effects.
    pub placebo: Option<f64>,
    /// Lower end of its 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Probability of differences as large somewhere before the start by chance.
    pub joint_p: Option<f64>,
    /// Last value before the start against where the unit usually stood, beyond the others'.
    pub dip: Option<f64>,
    /// Its standard error.
    pub dip_se: Option<f64>,
    /// Probability of one as large by chance, if units share no luck.
    pub dip_p: Option<f64>,
    /// Whether the dip (or peak) is clear.
    pub dip_clear: bool,
    /// Why nothing can be said, where that is so.
    pub reason: Option<String>,
}

/// How far trends may depart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Departures {
    /// Mean effect over the periods since the start that it is about.
    pub estimate: f64,
    /// How many of these.
    pub n_periods: usize,
    /// If drift after the start is at most so many times the largest before it.
    pub relative: Vec<Bound>,
    /// The multiple at which zero comes into the interval; none if beyond 5.
    pub breakdown: Option<f64>,
    /// If the slope of drift changes by at most so much a period.
    pub smooth: Vec<Bound>,
}

/// An interval under a bound.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bound {
    /// The bound.
    pub most: f64,
    /// Lower end of the 95% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Matched histories.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Matched {
    /// Treated units with others like them before the start.
    pub n_matched: usize,
    /// Treated units there are.
    pub n_treated: usize,
}

/// Randomisation inference.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Randomisation {
    /// Share of ways with an effect at least as large.
    pub p: f64,
    /// Ways in which starts could have fallen; none if more than can be counted.
    pub ways: Option<u64>,
    /// Whether all were tried.
    pub exact: bool,
}

/// Synthetic difference-in-differences.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Synthetic {
    /// Share of placebos at least as large, itself among them.
    pub p: f64,
    /// Placebos.
    pub n_placebos: usize,
    /// Weights of the others, the heaviest first.
    pub units: Vec<Weight>,
    /// Weights of the periods before the start.
    pub periods: Vec<Weight>,
    /// Gap to the weighted others in each period.
    pub gap: Vec<Gap>,
}

/// A weight.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weight {
    /// Whose.
    pub of: String,
    /// The weight.
    pub weight: f64,
}

/// A gap.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Gap {
    /// The period.
    pub period: String,
    /// The gap, in the outcome's unit.
    pub gap: f64,
}
