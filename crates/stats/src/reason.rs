//! Why there is no answer: every estimator in this crate returns one of these instead of zero,
//! NaN or a guess.
//!
//! The words are the crate's own (clusters, items, rows); whoever calls it says them again in the
//! reader's words.

mod length;
mod parted;
mod range;

pub(crate) use length::same_length;
pub(crate) use range::{finite, within};

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
    /// Votes are counted in numbers that hold no more of them exactly.
    #[error(
        "`{n:e}` votes altogether, more than the {most:e} that can be counted; hint: divide the count of every row by the same number"
    )]
    TooManyVotes {
        /// How many there are.
        n: f64,
        /// Most that can be counted.
        most: f64,
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
    /// A column has one value throughout, so its part can't be told from the constant's.
    #[error("{what} `{column}` has the same value in every row; hint: leave it out")]
    ConstantColumn {
        /// What the column is, e.g. `predictor`.
        what: &'static str,
        /// Its place among those, from 0.
        column: usize,
    },
    /// Columns each of which is a weighted sum of the others.
    #[error(
        "{what}s `{columns:?}` can't be told apart, each follows from the others; hint: leave one out"
    )]
    Inseparable {
        /// What the columns are, e.g. `predictor`.
        what: &'static str,
        /// Their places, ascending, from 0.
        columns: Vec<usize>,
    },
    /// Too few groups hold rows to learn how groups differ.
    #[error("grouping `{grouping}` has `{n}` groups with rows; hint: {needed} are needed")]
    TooFewGroups {
        /// The grouping's place, from 0.
        grouping: usize,
        /// Groups with rows.
        n: usize,
        /// Groups needed.
        needed: usize,
    },
    /// As many random effects as rows, or more.
    #[error(
        "grouping `{grouping}` has `{effects}` effects but there are only `{rows}` rows; hint: allow fewer slopes to differ, or use larger groups"
    )]
    MoreEffectsThanRows {
        /// The grouping's place, from 0.
        grouping: usize,
        /// Effects to learn.
        effects: usize,
        /// Rows there are.
        rows: usize,
    },
    /// The model reproduces the outcome exactly, so nothing is left to measure error with.
    #[error(
        "the outcome is reproduced exactly; hint: look for a column that is the outcome in other words"
    )]
    ExactFit,
    /// A variance is estimated at zero or a correlation at one: no interval by this method.
    #[error("estimated at the edge of what is possible; hint: no interval is given there")]
    AtBoundary,
    /// A share of a total that isn't clear of zero, or whose parts pull in opposite directions.
    #[error(
        "a share means nothing here: the total isn't clear of zero, or its parts pull in opposite directions; hint: look at the parts"
    )]
    NoShare,
    /// The search for the best fit ended without finding it.
    #[error("the search for the best fit didn't settle; hint: try a simpler model")]
    Unsettled,
    /// Bytes that aren't what this crate wrote.
    #[error("not the bytes of a `{what}`; hint: they may be cut short or of another version")]
    BadBytes {
        /// What was expected.
        what: &'static str,
    },
    /// Votes don't order these groups of items both ways, so there is no finite estimate without
    /// shrinkage.
    #[error(
        "items fall into `{}` groups that no votes order both ways; hint: ask for pairs across \
         groups, or shrink", groups.len()
    )]
    Apart {
        /// The groups, best first where votes order them; items ascending within.
        groups: Vec<Vec<usize>>,
    },
    /// Ties are all that separates, or joins, some items, so their strengths run off to infinity
    /// together with the ease of ties.
    #[error("ties leave the strengths without bounds; hint: shrink, or leave ties out")]
    TiesUnbounded,
    /// Every vote held both items equal.
    #[error("every vote is a tie; hint: an order needs choices")]
    AllTies,
    /// No vote compares this item with another.
    #[error("the item was never compared; hint: ask for a pair that holds it")]
    NeverCompared,
    /// Too few voters for an interval that resamples voters.
    #[error("only `{n}` voters; hint: an interval needs {needed}")]
    TooFewVoters {
        /// Voters there are.
        n: u64,
        /// Voters needed.
        needed: u64,
    },
    /// One ranking holds an item twice.
    #[error("item `{item}` stands twice in one ranking; hint: give each item one place")]
    RankedTwice {
        /// The item.
        item: usize,
    },
    /// One ranking gives two items the same place.
    #[error(
        "items `{one}` and `{other}` share a place; hint: places must differ, or be left empty"
    )]
    SharedPlace {
        /// One of them.
        one: usize,
        /// The other.
        other: usize,
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
    /// One cluster has two rows for one period (`effect`).
    #[error("row `{unit}` is given twice for period `{period}`; hint: one row each, or join them")]
    RepeatedRow {
        /// Index of whoever is measured.
        unit: usize,
        /// The period.
        period: i64,
    },
    /// Something that must stay the same over time changes (`effect`).
    #[error("`{what}` changes over time for `{unit}`; hint: it must be the same in all its rows")]
    Changes {
        /// What changes.
        what: &'static str,
        /// Index of whoever is measured.
        unit: usize,
    },
    /// Nobody was treated after a period in which they were not (`effect`).
    #[error(
        "nobody is seen both before and after a start (`{already}` had started before the first period); hint: add earlier periods"
    )]
    NoneTreated {
        /// Those treated from the first period on.
        already: usize,
    },
    /// Nobody is left to compare with (`effect`).
    #[error(
        "nobody is left to compare with; hint: everyone started at once, so add some who haven't"
    )]
    NoneToCompare,
    /// Too few treated for an interval or a test (`effect`).
    #[error("only `{n}` treated; hint: {needed} are needed")]
    TooFewTreated {
        /// Treated there are.
        n: usize,
        /// Treated needed.
        needed: usize,
    },
    /// Covariates tell treated and others apart (almost) perfectly (`effect`).
    #[error(
        "the covariates tell the treated apart from all others; hint: there is nobody like them to compare with, so use fewer covariates"
    )]
    Separated,
    /// Too few ways in which the treated could have been chosen (`effect`).
    #[error(
        "there are only `{ways}` ways to choose the treated; hint: {needed} are needed for a test at 5%"
    )]
    TooFewWays {
        /// Ways there are.
        ways: u64,
        /// Ways needed.
        needed: u64,
    },
    /// What only `effect` refuses.
    #[error(transparent)]
    Effect(#[from] crate::effect::Refusal),
    /// Too few of the treated have a like history among the others (`effect`).
    #[error(
        "only `{n}` of `{of}` treated have others with a like history; hint: {needed} are needed"
    )]
    NoLikeHistories {
        /// Treated with somebody like them.
        n: usize,
        /// Treated there are.
        of: usize,
        /// Needed.
        needed: usize,
    },
    /// Too few units of a panel were seen more than once.
    #[error("only `{n}` units were seen in two waves or more; hint: {needed} are needed")]
    TooFewUnits {
        /// Units there are.
        n: usize,
        /// Units needed.
        needed: usize,
    },
    /// A unit has two rows for one wave.
    #[error("unit `{unit}` has two rows for wave `{wave}`; hint: keep one row per unit and period")]
    RepeatedUnitWave {
        /// The unit, from 0.
        unit: usize,
        /// The wave, from 1.
        wave: usize,
    },
    /// A value has no sampling error where others have one.
    #[error(
        "unit `{unit}` has a value in wave `{wave}` but no number of answers; hint: give it for all values or for none"
    )]
    ErrorMissing {
        /// The unit, from 0.
        unit: usize,
        /// The wave, from 1.
        wave: usize,
    },
    /// Too much of a panel is missing.
    #[error("`{share:.2}` of all values are missing; hint: at most {most} may be")]
    TooManyMissing {
        /// Share missing.
        share: f64,
        /// Largest share allowed.
        most: f64,
    },
    /// Too few values of a measure in a wave.
    #[error(
        "measure {measure} has only `{n}` values in wave `{wave}`; hint: {needed} are needed, or leave the wave out"
    )]
    TooFewInWave {
        /// `x` or `y`.
        measure: char,
        /// The wave, from 1.
        wave: usize,
        /// Values there are.
        n: usize,
        /// Values needed.
        needed: usize,
    },
    /// All values of a measure in a wave are equal.
    #[error(
        "all values of measure {measure} in wave `{wave}` are equal; hint: there is nothing to compare; leave the wave out"
    )]
    ConstantInWave {
        /// `x` or `y`.
        measure: char,
        /// The wave, from 1.
        wave: usize,
    },
    /// Two columns of a panel are the same but for their scale.
    #[error(
        "{} in wave `{}` and {} in wave `{}` are the same but for scale; hint: check whether one was copied from the other",
        first.0, first.1, second.0, second.1
    )]
    MoveAsOne {
        /// Measure (`x` or `y`) and wave, from 1.
        first: (char, usize),
        /// Measure and wave of the other.
        second: (char, usize),
    },
    /// Columns determine one another.
    #[error(
        "some columns are weighted sums of others; hint: there may be too few units, or copies"
    )]
    Singular,
    /// The data don't tell the parameters apart.
    #[error(
        "these data don't tell the model's parameters apart; hint: more units or waves are needed, or hold paths equal over time"
    )]
    NotIdentified,
    /// Too many of the panels drawn from a model couldn't be fitted.
    #[error(
        "only `{n}` of {of} panels drawn from the model could be fitted; hint: more units or waves are needed"
    )]
    TooFewFits {
        /// Fitted.
        n: usize,
        /// Drawn.
        of: usize,
    },
    /// Too many resamples of the clusters couldn't be fitted.
    #[error(
        "only `{n}` of {of} resamples could be fitted; hint: a column hardly varies, or one value dwarfs the rest"
    )]
    TooFewResamples {
        /// Fitted.
        n: usize,
        /// Drawn.
        of: usize,
    },
    /// An error whose square is outside what a number can hold.
    #[error("an error's square is too small or too large to hold; hint: rescale the columns")]
    BeyondNumbers,
    /// A search for the best parameters didn't end.
    #[error("`{what}` didn't settle in {steps} steps; hint: more units or waves are needed")]
    NotConverged {
        /// What was fitted.
        what: &'static str,
        /// Steps taken.
        steps: usize,
    },
}

/// A value, or why there is none.
pub type Result<T> = std::result::Result<T, NoAnswer>;
