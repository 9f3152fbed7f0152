//! `throughline experiment`: did one arm do better, how large must a test be, who gets which arm.

use serde::Serialize;

/// The answer of `throughline experiment`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Experiment {
    /// What was computed, in a few words.
    pub model: String,
    /// What the other arms are compared with.
    pub control: String,
    /// Rows with an arm.
    pub n_rows: u64,
    /// Rows left out because arm, cluster or time is missing.
    pub n_left_out: u64,
    /// The column of clusters, if whole clusters were given an arm.
    pub cluster: Option<String>,
    /// The arms, control first.
    pub arms: Vec<ArmCount>,
    /// Whether the arms got the rows they should have.
    pub split: Split,
    /// How p-values and intervals allow for several comparisons: `holm`, `bh` or none.
    pub adjust: Option<&'static str>,
    /// The outcome of each arm.
    pub values: Vec<ArmValue>,
    /// Each outcome and arm against the control.
    pub comparisons: Vec<Comparison>,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}

/// How much an arm got.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArmCount {
    /// Its name.
    pub arm: String,
    /// Rows.
    pub n: u64,
    /// Clusters.
    pub clusters: Option<u64>,
    /// The part of all rows (or clusters) that it should have had.
    pub expected_share: f64,
}

/// The test of the split.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Split {
    /// Whether the split was given (`--expected-split`); otherwise equal parts are supposed.
    pub planned: bool,
    /// What was counted: `rows` or `clusters`.
    pub counted: &'static str,
    /// p-value of one look (chi-square).
    pub p: Option<f64>,
    /// p-value that holds however often one looked.
    pub p_anytime: Option<f64>,
    /// Whether the split can't be chance: then no comparison can be trusted.
    pub mismatch: bool,
    /// Why there is no test.
    pub no_answer: Option<String>,
}

/// An outcome in one arm.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArmValue {
    /// The outcome.
    pub outcome: String,
    /// The arm.
    pub arm: String,
    /// Rows with a value.
    pub n: u64,
    /// Mean, share or ratio.
    pub value: f64,
    /// Lower end of its 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Why there is no interval.
    pub no_interval: Option<String>,
}

/// One arm against the control, on one outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The outcome.
    pub outcome: String,
    /// `mean`, `share` or `ratio`.
    pub metric: &'static str,
    /// The arm.
    pub arm: String,
    /// What it is compared with.
    pub control: String,
    /// What it means.
    pub verdict: Verdict,
    /// The verdict in words.
    pub in_words: String,
    /// How it was compared.
    pub method: String,
    /// Rows of both arms.
    pub n: u64,
    /// Arm minus control, looked at once.
    pub difference: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// Degrees of freedom.
    pub df: Option<f64>,
    /// Lower end of the interval (95%) that holds for one look at a size fixed beforehand.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// p-value of "no difference", two-sided.
    pub p: Option<f64>,
    /// The same, adjusted for all comparisons.
    pub p_adjusted: Option<f64>,
    /// Lower end of the interval that allows for all comparisons.
    pub low_adjusted: Option<f64>,
    /// Upper end.
    pub high_adjusted: Option<f64>,
    /// Why there is no comparison.
    pub no_answer: Option<String>,
    /// The difference as a part of the control's value.
    pub relative: Relative,
    /// What the adjustment for `--before` did.
    pub before: Option<Before>,
    /// What the clusters cost.
    pub clustered: Option<Clustered>,
    /// The interval that holds at every look.
    pub sequence: Option<Sequence>,
    /// What to believe, given the prior.
    pub belief: Option<Belief>,
}

/// What an interval says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Verdict {
    /// Clear of zero on the good side.
    #[serde(rename = "better")]
    Better,
    /// Clear of zero on the bad side.
    #[serde(rename = "worse")]
    Worse,
    /// All of the interval is smaller than what matters.
    #[serde(rename = "too small to matter")]
    TooSmall,
    /// Anything else.
    #[serde(rename = "can't tell")]
    CantTell,
}

impl Verdict {
    /// What a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Worse => "worse",
            Self::TooSmall => "too small to matter",
            Self::CantTell => "can't tell",
        }
    }
}

/// A relative change.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relative {
    /// Part of the control's value: 0.05 is 5% more.
    pub change: Option<f64>,
    /// Lower end of its 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Why there is none.
    pub no_answer: Option<String>,
}

/// An adjustment for what was before (CUPED; with clusters an analysis of covariance).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Before {
    /// The column.
    pub column: String,
    /// Outcome units a unit of the column; none with clusters.
    pub theta: Option<f64>,
    /// Part of the difference's variance that the adjustment took out; none with clusters.
    pub variance_removed: Option<f64>,
}

/// What giving whole clusters an arm cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clustered {
    /// Clusters of the control.
    pub n_control: usize,
    /// Clusters of the arm.
    pub n_arm: usize,
    /// How alike rows of one cluster are.
    pub intraclass: Option<f64>,
    /// The variance over what it would be for independent rows.
    pub design_effect: f64,
}

/// A confidence sequence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sequence {
    /// `betting`, `beta-binomial`, `normal` or `asymptotic`.
    pub method: &'static str,
    /// Rows it was tuned for.
    pub horizon: u64,
    /// Lower end after the last look.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// p-value that holds however often one looked.
    pub p: Option<f64>,
    /// Why there is none.
    pub no_answer: Option<String>,
    /// All looks.
    pub looks: Vec<Look>,
}

/// One look.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Look {
    /// Rows so far.
    pub n: u64,
    /// Arm minus control.
    pub difference: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What to believe after the experiment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Belief {
    /// The prior's mean, in the outcome's unit.
    pub prior_mean: f64,
    /// The prior's standard deviation.
    pub prior_sd: f64,
    /// Expected difference.
    pub mean: f64,
    /// Lower end of what holds it with probability 95%.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Probability that the arm is higher than the control.
    pub chance_higher: f64,
    /// What is lost on average by staying with the control.
    pub loss_of_control: f64,
    /// What is lost on average by taking the arm.
    pub loss_of_arm: f64,
}

/// The answer of `throughline experiment plan`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExperimentPlan {
    /// What was computed, in a few words.
    pub model: String,
    /// `mean` or `share`.
    pub metric: &'static str,
    /// The control's value, where known.
    pub baseline: Option<f64>,
    /// The difference to be found.
    pub smallest: f64,
    /// Whether `smallest` was asked for (`false`) or computed from the rows there are.
    pub smallest_is_computed: bool,
    /// Probability of finding it.
    pub power: f64,
    /// Two-sided error.
    pub alpha: f64,
    /// Rows of the control, for one look at the end.
    pub rows_control: u64,
    /// Rows of the treated arm.
    pub rows_treated: u64,
    /// Clusters of the control.
    pub clusters_control: Option<u64>,
    /// Clusters of the treated arm.
    pub clusters_treated: Option<u64>,
    /// How many times more rows clusters need.
    pub design_effect: Option<f64>,
    /// Periods until then.
    pub periods: Option<u64>,
    /// If it is looked at all the time instead.
    pub sequence: Option<SequencePlan>,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}

/// What a sequence will look like.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SequencePlan {
    /// Rows in both arms it is tuned for.
    pub horizon: u64,
    /// Probability that the interval is clear of zero by then, if the difference is `smallest`.
    pub found: f64,
    /// Rows until it is, on average.
    pub mean_rows: f64,
    /// Widths along the way.
    pub widths: Vec<Width>,
}

/// Half-widths after some rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Width {
    /// Rows in both arms.
    pub n: u64,
    /// To be expected.
    pub half: f64,
    /// If rows scatter as much as they can.
    pub largest_half: f64,
    /// Of an interval looked at once, here.
    pub fixed_half: f64,
}

/// The answer of `throughline experiment assign`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assignment {
    /// What was computed, in a few words.
    pub model: String,
    /// The arms with their shares.
    pub arms: Vec<ArmShare>,
    /// The units, in the order given.
    pub units: Vec<Assigned>,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}

/// An arm and its share of the units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ArmShare {
    /// Its name.
    pub arm: String,
    /// Its part of the units that take part.
    pub share: f64,
    /// Units it got.
    pub n: u64,
}

/// A unit with its arm.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Assigned {
    /// The unit.
    pub unit: String,
    /// Its arm; none if it doesn't take part.
    pub arm: Option<String>,
    /// Where it fell between 0 and 1.
    pub place: f64,
}
