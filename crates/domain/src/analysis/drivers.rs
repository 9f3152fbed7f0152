//! `throughline drivers`: which columns go with an outcome.

use serde::Serialize;

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drivers {
    /// What was computed, in a few words.
    pub model: String,
    /// The column to be explained.
    pub outcome: String,
    /// The column of clusters, if rows come in clusters.
    pub cluster: Option<String>,
    /// Rows used.
    pub n_rows: u64,
    /// Rows left out because a value is missing.
    pub n_left_out: u64,
    /// Clusters among the rows used.
    pub n_clusters: Option<usize>,
    /// Share of the outcome's variance that goes with all columns together.
    pub r2: f64,
    /// The same, corrected for the number of columns.
    pub r2_adjusted: f64,
    /// `exact` (all orderings) or `sampled`.
    pub shares: &'static str,
    /// Orderings, where sampled.
    pub orderings: Option<usize>,
    /// Bootstrap draws behind the intervals of shares.
    pub draws: usize,
    /// The columns, largest share first.
    pub predictors: Vec<Driver>,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Driver {
    /// Its name.
    pub name: String,
    /// Its part of `r2`; parts sum to `r2`.
    pub share: f64,
    /// Lower end of the 95% interval of `share`.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Its part of the explained variance; parts sum to 1.
    pub share_of_explained: f64,
    /// Lower end of the 95% interval of `share_of_explained`.
    pub share_of_explained_low: Option<f64>,
    /// Upper end.
    pub share_of_explained_high: Option<f64>,
    /// Why shares have no interval.
    pub no_interval: Option<String>,
    /// Standard error of `share` from sampling orderings.
    pub monte_carlo_error: Option<f64>,
    /// Johnson's relative weight; weights sum to `r2` too.
    pub johnson: f64,
    /// R² of this column alone.
    pub first: f64,
    /// R² lost without this column.
    pub last: f64,
    /// Correlation with the outcome.
    pub correlation: f64,
    /// The slope beside all other columns.
    pub coefficient: Coefficient,
    /// Where it stands on its scale.
    pub performance: Performance,
}

/// A slope of the regression on all columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coefficient {
    /// Units of the outcome per unit of the column.
    pub estimate: f64,
    /// Standard error (CR2; HC2 without clusters).
    pub se: Option<f64>,
    /// Satterthwaite degrees of freedom.
    pub df: Option<f64>,
    /// Lower end of the 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Why there is no interval.
    pub no_interval: Option<String>,
    /// Standard deviations of the outcome per standard deviation of the column.
    pub standardised: f64,
}

/// A column's line of the importance-performance table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Performance {
    /// Mean on its own scale.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// The end of the scale that counts as 0 in `level`.
    pub scale_low: f64,
    /// The end that counts as 1 before turning.
    pub scale_high: f64,
    /// Whether more of it goes with less of the outcome, so that `level` is turned round.
    pub turned: bool,
    /// Where the mean stands between the ends, 0 (worst) to 1 (best).
    pub level: f64,
    /// The quarter of the table.
    pub quadrant: Quadrant,
}

/// A quarter of the importance-performance table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quadrant {
    /// Goes much with the outcome and stands low.
    LookHereFirst,
    /// Goes much with the outcome and stands high.
    KeepItUp,
    /// Goes little with the outcome and stands low.
    CanWait,
    /// Goes little with the outcome and stands high.
    NothingToDo,
}

impl Quadrant {
    /// What a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::LookHereFirst => "goes with the outcome, stands low: look here first",
            Self::KeepItUp => "goes with the outcome, stands high: keep it up",
            Self::CanWait => "goes little with it, stands low: can wait",
            Self::NothingToDo => "goes little with it, stands high: leave it",
        }
    }
}
