//! What votes of any kind give to the climb: slope and curvature of minus the log-likelihood.
//!
//! A model has one parameter an item and perhaps some more after them (the ease of ties). Votes
//! are weighted, so that the same code serves the estimate and every resample of voters.

use rand_chacha::ChaCha12Rng;

/// Slope at one point, and what products with the curvature there need.
#[derive(Clone, Debug, Default)]
pub(crate) struct Local {
    /// Derivatives of minus the log-likelihood.
    pub slope: Vec<f64>,
    /// The model's own: one number a pair or a place in a ranking.
    pub kept: Vec<f64>,
    /// Curvature between the items and the parameter after them, if there is one.
    pub border: Vec<f64>,
    /// Curvature of the parameter after them.
    pub corner: f64,
}

/// Votes under a model whose log-likelihood is concave.
pub(crate) trait Evidence: Sync {
    /// How much each piece of evidence counts.
    type Weights: Send + Sync;

    /// Items.
    fn items(&self) -> usize;
    /// Parameters: the items' and those after them.
    fn size(&self) -> usize;
    /// Weights as counted.
    fn counted(&self) -> &Self::Weights;
    /// Weights of one resample of the voters.
    fn redrawn(&self, random: &mut ChaCha12Rng) -> Self::Weights;
    /// Slope and curvature at `at`.
    fn look(&self, weights: &Self::Weights, at: &[f64], local: &mut Local);
    /// Curvature times `v`.
    fn bend(&self, local: &Local, at: &[f64], v: &[f64], out: &mut [f64]);
    /// The curvature's diagonal.
    fn diagonal(&self, local: &Local, at: &[f64], out: &mut [f64]);
    /// The log-likelihood, without constants.
    fn log_likelihood(&self, weights: &Self::Weights, at: &[f64]) -> f64;
}
