//! `throughline meta`: one mean from several studies, lines of business or years.

use super::Figure;
use serde::Serialize;

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Meta {
    /// What was pooled, in a few words.
    pub model: String,
    /// `REML`, `DL`, `HS` or `common`.
    pub method: &'static str,
    /// What the mean's interval rests on: `robust`, `normal`, `knapp-hartung` or `knapp-hartung, widened`.
    pub test: &'static str,
    /// Studies used.
    pub n_studies: u64,
    /// Rows left out because a value is missing.
    pub n_left_out: u64,
    /// The mean.
    pub mean: Figure,
    /// Lower end of the 95% interval for the true value of one more study.
    pub prediction_low: Option<f64>,
    /// Upper end.
    pub prediction_high: Option<f64>,
    /// Variance of the true values.
    pub tau2: f64,
    /// Lower end of its 95% interval.
    pub tau2_low: Option<f64>,
    /// Upper end.
    pub tau2_high: Option<f64>,
    /// Share of the estimates' variance that is true difference.
    pub i2: f64,
    /// Cochran's Q.
    pub q: f64,
    /// Its degrees of freedom.
    pub q_df: f64,
    /// Its p-value.
    pub q_p: f64,
    /// Hunter and Schmidt's parts, for correlations.
    pub correlations: Option<Correlations>,
    /// The studies in the file's order.
    pub studies: Vec<Study>,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}

/// Where the variance of correlations comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Correlations {
    /// Variance of the correlations, weighted by sample size.
    pub observed_variance: f64,
    /// What chance alone would give.
    pub error_variance: f64,
    /// The rest: variance of the true correlations.
    pub true_variance: f64,
    /// Share of the observed variance that chance gives.
    pub chance_share: f64,
    /// Lower end of the 95% credibility interval: where true correlations lie.
    pub credibility_low: f64,
    /// Upper end.
    pub credibility_high: f64,
}

/// One study.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Study {
    /// Its name, or its row.
    pub name: String,
    /// Its estimate.
    pub estimate: f64,
    /// Lower end of its own 95% interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Its share of the mean.
    pub weight: f64,
}
