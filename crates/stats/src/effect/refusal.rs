//! Reasons that only this room has: what can't be held in memory, and clusters that can't carry an
//! interval or a test.

/// Why `effect` refuses; part of [`crate::NoAnswer`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too few clusters hold treated units for an interval.
    #[error("only `{n}` clusters have treated units; hint: an interval needs {needed}")]
    TooFewTreatedClusters {
        /// Clusters there are with treated units.
        n: usize,
        /// Clusters needed.
        needed: usize,
    },
    /// Units of one cluster start at different times, so that clusters can't be dealt out.
    #[error(
        "in `{n}` of `{of}` clusters units start at different times, so starts can't be dealt out by cluster; hint: name clusters that start as a whole"
    )]
    MixedClusters {
        /// Clusters whose units don't start together.
        n: usize,
        /// Clusters there are.
        of: usize,
    },
    /// A panel with more units and periods than can be held.
    #[error(
        "`{units}` units over `{periods}` periods need `{n}` values at once, and {most} are the most; hint: use coarser periods"
    )]
    TooManyCells {
        /// Units there are.
        units: usize,
        /// Distinct periods.
        periods: usize,
        /// Values to be held.
        n: usize,
        /// Values allowed.
        most: usize,
    },
    /// Too few bootstrap draws.
    #[error("only `{n}` draws; hint: {needed} are needed")]
    TooFewDraws {
        /// Draws asked for.
        n: usize,
        /// Draws needed.
        needed: usize,
    },
    /// More bootstrap draws than can be held for so many effects.
    #[error(
        "`{n}` draws are too many for so many effects; hint: at most {most}, or use coarser periods"
    )]
    TooManyDraws {
        /// Draws asked for.
        n: usize,
        /// Draws allowed.
        most: usize,
    },
}
