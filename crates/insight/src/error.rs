//! What can go wrong while concluding: only what the numbers themselves refuse.

use throughline_stats::reason::NoAnswer;

/// Result of a conclusion.
pub type Result<T> = std::result::Result<T, InsightError>;

/// Why nothing could be concluded.
#[derive(Debug, thiserror::Error)]
pub enum InsightError {
    /// The numbers refuse an answer where one was needed.
    #[error("the numbers give no answer: {0}")]
    Numbers(#[from] NoAnswer),
}
