//! Why there is no answer: every estimator in this crate returns one of these instead of zero,
//! NaN or a guess.
//!
//! The words are the crate's own (clusters, items, rows); whoever calls it says them again in the
//! reader's words.

/// Why a value or its interval can't be given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoAnswer {
    /// No rows, clusters or items at all.
    #[error("nothing was given; hint: at least one row with a value is needed")]
    Empty,
    /// An experiment's arm without rows.
    #[error("arm `{arm}` has no rows; hint: every arm needs rows, or leave it out")]
    EmptyArm {
        /// The arm, counted from 0 (the control).
        arm: usize,
    },
    /// An experiment without anything to compare.
    #[error("only `{n}` arm; hint: a comparison needs two")]
    TooFewArms {
        /// Arms with rows.
        n: usize,
    },
    /// A cluster that was randomised as a whole has rows in two arms.
    #[error("cluster `{cluster}` has rows in two arms; hint: a cluster belongs to one arm")]
    ClusterInTwoArms {
        /// The cluster, counted from 0.
        cluster: usize,
    },
    /// A value that should be 0 or 1.
    #[error("`{value}` is neither 0 nor 1; hint: a share needs yes-or-no values")]
    NotZeroOrOne {
        /// The value.
        value: f64,
    },
    /// A relative change of something that may well be zero.
    #[error(
        "`{value}` ± `{se}` is too near zero to divide by; hint: use the difference, not the relative change"
    )]
    BaselineNearZero {
        /// The value to divide by.
        value: f64,
        /// Its standard error.
        se: f64,
    },
    /// Intervals of a confidence sequence that should overlap don't.
    #[error(
        "the interval after `{n}` rows doesn't overlap with earlier ones; hint: the effect seems to have changed over time"
    )]
    LooksDisagree {
        /// Rows at the look where it showed.
        n: u64,
    },
    /// No sample size gives what was asked for.
    #[error("not reached with `{most}` an arm; hint: look for a larger difference")]
    OutOfReach {
        /// Largest size tried.
        most: f64,
    },
    /// Too few clusters carry information for an interval.
    #[error("only `{n}` clusters; hint: an interval needs {needed}")]
    TooFewClusters {
        /// Clusters there are.
        n: usize,
        /// Clusters needed.
        needed: usize,
    },
    /// Too few rows.
    #[error("only `{n}` rows; hint: {needed} are needed")]
    TooFewRows {
        /// Rows there are.
        n: u64,
        /// Rows needed.
        needed: u64,
    },
    /// Too few distinct periods for a trend.
    #[error("only `{n}` periods; hint: a trend needs {needed}")]
    TooFewPeriods {
        /// Periods there are.
        n: usize,
        /// Periods needed.
        needed: usize,
    },
    /// Too few items to learn how items differ.
    #[error("only `{n}` items; hint: {needed} are needed")]
    TooFewItems {
        /// Items there are.
        n: usize,
        /// Items needed.
        needed: usize,
    },
    /// Too few votes on one item.
    #[error("only `{n}` votes; hint: an item needs {needed}")]
    TooFewVotes {
        /// Votes there are.
        n: usize,
        /// Votes needed.
        needed: usize,
    },
    /// Too few judged examples.
    #[error("only `{n}` were judged; hint: {needed} are needed")]
    TooFewJudged {
        /// Examples judged.
        n: usize,
        /// Examples needed.
        needed: usize,
    },
    /// All values are equal (for a column: equal within every cluster), or nothing is left over
    /// to measure the spread with.
    #[error("no variation: all values are equal; hint: there is nothing to compare")]
    NoVariation,
    /// The column is a weighted sum of other columns, so its part can't be told from theirs.
    #[error("column can't be told apart from columns `{with:?}`; hint: join them or drop one")]
    Collinear {
        /// The other columns of the set, ascending.
        with: Vec<usize>,
    },
    /// The labels say too little about the truth to correct for their errors.
    #[error(
        "labels separate named from not named by only `{separation}`; hint: more than {needed} is needed"
    )]
    LabelsTooPoor {
        /// Share right among the assigned minus share missed among the others.
        separation: f64,
        /// What is needed.
        needed: f64,
    },
    /// A number in the input is NaN or infinite.
    #[error("`{value}` is not a finite number; hint: leave out rows without a value")]
    NotFinite {
        /// The number.
        value: f64,
    },
    /// A number in the input is outside what the method works with.
    #[error("`{value}` is outside {low} to {high}; hint: check the scale of this column")]
    OutOfRange {
        /// The number.
        value: f64,
        /// Smallest allowed.
        low: f64,
        /// Largest allowed.
        high: f64,
    },
    /// Two inputs that belong together differ in length, or an index points past the end.
    #[error("got `{got}` where {expected} was expected; hint: inputs must have the same shape")]
    Shape {
        /// Length or bound expected.
        expected: usize,
        /// Length or index given.
        got: usize,
    },
    /// One column was named twice in a row.
    #[error("column `{column}` is given twice in one row; hint: name it once")]
    RepeatedColumn {
        /// The column.
        column: usize,
    },
    /// A vote of an item against itself.
    #[error("item `{item}` is voted against itself; hint: a vote needs two items")]
    AgainstItself {
        /// The item.
        item: usize,
    },
    /// More items than the method can hold.
    #[error("`{n}` items are too many; hint: at most {most}")]
    TooManyItems {
        /// Items there are.
        n: usize,
        /// Items allowed.
        most: usize,
    },
    /// Bytes that aren't what this crate wrote.
    #[error("not the bytes of a `{what}`; hint: they may be cut short or of another version")]
    BadBytes {
        /// What was expected.
        what: &'static str,
    },
    /// The numbers are so badly conditioned that the arithmetic failed.
    #[error("the arithmetic failed in `{what}`; hint: check for columns of very different size")]
    Arithmetic {
        /// The step that failed.
        what: &'static str,
    },
    /// All values of one column are equal.
    #[error("column `{column}` is constant; hint: leave it out")]
    Constant {
        /// The column.
        column: usize,
    },
    /// A value so near the smallest it can be that no interval around it can be promised.
    #[error("`{value}` is too near `{edge}`, the least it can be; hint: read it as near nothing")]
    NearEdge {
        /// The value.
        value: f64,
        /// The least it can be.
        edge: f64,
    },
}

/// A value, or why there is none.
pub type Result<T> = std::result::Result<T, NoAnswer>;

/// Refuses NaN and infinities.
pub(crate) fn finite(value: f64) -> Result<f64> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(NoAnswer::NotFinite { value })
    }
}

/// Refuses NaN, infinities and numbers outside `low..=high`.
pub(crate) fn within(value: f64, low: f64, high: f64) -> Result<f64> {
    finite(value)?;
    if value < low || value > high {
        return Err(NoAnswer::OutOfRange { value, low, high });
    }
    Ok(value)
}

/// Refuses a length that differs.
pub(crate) fn same_length(expected: usize, got: usize) -> Result<()> {
    if expected == got {
        Ok(())
    } else {
        Err(NoAnswer::Shape { expected, got })
    }
}
