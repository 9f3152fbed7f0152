//! `throughline mediation`: how much goes through a column in between.

use super::Figure;
use serde::Serialize;

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mediation {
    /// What was estimated, in a few words.
    pub model: String,
    /// Where it starts.
    pub from: String,
    /// What it goes through.
    pub through: String,
    /// Where it ends.
    pub to: String,
    /// What was held fixed.
    pub covariates: Vec<String>,
    /// The column of clusters.
    pub cluster: String,
    /// `all`, `within` or `between` clusters.
    pub part: &'static str,
    /// Rows used.
    pub n_rows: u64,
    /// Rows left out because a value is missing.
    pub n_left_out: u64,
    /// Clusters.
    pub n_clusters: usize,
    /// Bootstrap draws that had an answer.
    pub draws: usize,
    /// `from` to `through`.
    pub from_through: Figure,
    /// `through` to `to`, `from` held fixed.
    pub through_to: Figure,
    /// `from` to `to` through `through`.
    pub indirect: Figure,
    /// `from` to `to`, `through` held fixed.
    pub direct: Figure,
    /// Both together.
    pub total: Figure,
    /// Indirect over total, where that means something.
    pub share: Option<Figure>,
    /// Why there is no share.
    pub no_share: Option<String>,
    /// The correlation of hidden causes of `through` and `to` at which nothing would be left of
    /// the indirect effect.
    pub erasing_correlation: f64,
    /// What to know before believing it.
    pub warnings: Vec<String>,
}
