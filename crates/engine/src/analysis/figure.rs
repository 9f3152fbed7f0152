//! An estimator's answer as a figure for readers.

use super::reasons::Names;
use throughline_domain::analysis::Figure;
use throughline_stats::Answer;

/// The answer, its reason said in the reader's words.
pub(crate) fn figure(answer: &Answer, words: &Names<'_>) -> Figure {
    let spread = answer.spread.as_ref().ok();
    Figure {
        estimate: answer.value,
        se: spread.map(|spread| spread.se),
        // Without an end: so many that the normal distribution was used.
        df: spread.map(|spread| spread.df).filter(|df| df.is_finite()),
        low: spread.map(|spread| spread.low),
        high: spread.map(|spread| spread.high),
        no_interval: answer.spread.as_ref().err().map(|why| words.why(why)),
    }
}
