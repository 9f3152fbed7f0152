//! `throughline link`: which of two measures moves first.

use serde::Serialize;

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// What was computed, in a few words.
    pub model: String,
    /// The employees' measure, as the file calls it.
    pub employee: String,
    /// The customers' measure.
    pub customer: String,
    /// Units with at least one value.
    pub n_units: usize,
    /// Waves.
    pub n_waves: usize,
    /// Values of both measures together.
    pub n_values: usize,
    /// The waves as the file has them, where it names them.
    pub waves: Vec<String>,
    /// `equal` or `free`.
    pub paths: &'static str,
    /// Whether the panel is too small for the headline model.
    pub small: bool,
    /// Log-likelihood.
    pub loglik: f64,
    /// Fit figures.
    pub fit: FitFigures,
    /// Paths first, then variances, covariances and means.
    pub parameters: Vec<Parameter>,
    /// Standardised paths of each wave.
    pub standardised: Vec<Standardised>,
    /// What teams that stand high on one measure have on the other.
    pub between: Between,
    /// One for each direction.
    pub verdicts: Vec<Verdict>,
    /// Tests beside the estimates.
    pub tests: Tests,
    /// Sampling errors of the values.
    pub errors: Errors,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}

/// Fit figures; `null` where they would mislead.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FitFigures {
    /// Likelihood-ratio chi-square.
    pub chisq: Option<f64>,
    /// Its degrees of freedom.
    pub df: Option<usize>,
    /// Its p-value.
    pub p: Option<f64>,
    /// Comparative fit index.
    pub cfi: Option<f64>,
    /// Tucker-Lewis index.
    pub tli: Option<f64>,
    /// Root mean square error of approximation.
    pub rmsea: Option<f64>,
    /// Standardised root mean square residual.
    pub srmr: Option<f64>,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion.
    pub bic: f64,
    /// Free parameters.
    pub n_parameters: usize,
    /// Why figures are missing.
    pub no_fit: Option<String>,
}

/// One free parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// `employee->customer` and so on for paths; `within …`, `between …`, `mean …` for the others.
    pub name: String,
    /// The outcome's wave (2, 3, …) of a path, the wave of the others; `null` where held equal.
    pub wave: Option<usize>,
    /// In the units of the values.
    pub estimate: f64,
    /// Standard error.
    pub se: f64,
    /// Lower end of the 95% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Of a path: in standard deviations within units, at `standardised_wave`.
    pub standardised: Option<f64>,
    /// The outcome's wave that `standardised` belongs to (the second where paths are held equal).
    pub standardised_wave: Option<usize>,
}

/// A standardised path.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standardised {
    /// The path.
    pub name: String,
    /// The outcome's wave.
    pub wave: usize,
    /// Standard deviations within units; `null`, like the rest, where a variance isn't above zero.
    pub estimate: Option<f64>,
    /// Standard error.
    pub se: Option<f64>,
    /// Lower end of the 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// The relation between units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Between {
    /// Correlation of what is stable.
    pub r: Option<f64>,
    /// Standard error.
    pub se: Option<f64>,
    /// Lower end of the 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Why there is none.
    pub no_answer: Option<String>,
}

/// What can be said of one direction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// `employee` or `customer`.
    pub from: &'static str,
    /// The other.
    pub to: &'static str,
    /// `comes first`, `too small to matter`, `can't tell` or `no verdict`.
    pub verdict: &'static str,
    /// The same as a sentence.
    pub sentence: String,
    /// The path in the units of the values, mean over waves.
    pub path: f64,
    /// Lower end of its 95% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The standardised path, mean over waves; `null` where a variance within units isn't above
    /// zero.
    pub standardised: Option<f64>,
    /// Lower end of its 95% interval.
    pub standardised_low: Option<f64>,
    /// Upper end.
    pub standardised_high: Option<f64>,
    /// The smallest standardised path this panel would have shown in four cases of five.
    pub smallest_seen: Option<f64>,
    /// How the interval was made.
    pub method: &'static str,
}

/// Tests beside the estimates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tests {
    /// Equal paths against free ones.
    pub equal_paths: Option<Test>,
    /// Whether the employees' measure differs between units in a stable way.
    pub stable_employee: Option<Test>,
    /// Whether the customers' measure does.
    pub stable_customer: Option<Test>,
}

/// A likelihood-ratio test.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Test {
    /// Twice the difference of log-likelihoods.
    pub chisq: f64,
    /// Parameters less.
    pub df: usize,
    /// p-value.
    pub p: f64,
}

/// Sampling errors that entered the likelihood.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Errors {
    /// Pooled standard deviation of employees' answers within units and waves.
    pub employee_sd: Option<f64>,
    /// The same of customers' answers.
    pub customer_sd: Option<f64>,
    /// Correlation of one person's two answers within units and waves, where the same people gave
    /// both.
    pub both_r: Option<f64>,
}
