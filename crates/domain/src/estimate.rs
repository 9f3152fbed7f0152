//! Figures: a value never travels without its interval, its n and its method, and where there
//! is no value there is a reason.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use std::fmt;

/// The two ends of a 95% interval, in the unit of the value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Why a figure, or its interval, can't be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Fewer units than an interval clustered by unit needs.
    TooFewUnits {
        /// Units there are.
        n: usize,
        /// Units needed.
        needed: usize,
    },
    /// Fewer responses than a figure needs.
    TooFewResponses {
        /// Responses there are.
        n: usize,
        /// Responses needed.
        needed: usize,
    },
    /// Fewer periods than a trend needs.
    TooFewPeriods {
        /// Periods there are.
        n: usize,
        /// Periods needed.
        needed: usize,
    },
    /// No response carries a score.
    NoScores,
    /// The score was coded from the comment itself: it gives severity, not points lost.
    ScoreCodedFromText,
    /// Too few responses name no problem, so there is nothing to compare with.
    NoComparison,
    /// All scores are equal.
    NoVariation,
    /// Two columns of the model say the same, so their parts can't be told apart.
    Collinear,
    /// The question was not asked of anybody.
    NotAsked,
    /// No problem is answered strongly enough to count.
    NoMatch,
    /// No value of customers was given.
    NoValues,
    /// It was counted, not estimated from a sample.
    Counted,
    /// A person said so.
    Said,
    /// A person judged that most of the comments sorted into it don't name it.
    SortedWrong {
        /// Comments that do.
        right: usize,
        /// Comments judged.
        judged: usize,
    },
    /// Too few of its comments were judged by a person for a correction of its points.
    TooFewJudged,
    /// Fewer voters than an interval needs.
    TooFewVoters {
        /// Voters there are.
        n: usize,
        /// Voters needed.
        needed: usize,
    },
    /// Fewer fixes are known well enough, by votes and by what they answer, than are needed to learn from.
    TooFewFixes {
        /// Fixes there are.
        n: usize,
        /// Fixes needed.
        needed: usize,
    },
    /// Votes on fixes, or what these answer, differ by no more than chance makes them.
    NoMoreThanChance,
    /// Fewer people than may be shown.
    TooFewPeople {
        /// People needed.
        needed: usize,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewUnits { n, needed } => {
                write!(
                    f,
                    "only {n} unit{} in the data; an interval needs {needed}",
                    plural(*n)
                )
            }
            Self::TooFewResponses { n, needed } => {
                write!(f, "only {n} response{}; {needed} are needed", plural(*n))
            }
            Self::TooFewPeriods { n, needed } => {
                write!(f, "only {n} period{}; a trend needs {needed}", plural(*n))
            }
            Self::NoScores => f.write_str("no scores were found in this feedback"),
            Self::ScoreCodedFromText => f.write_str(
                "the score was coded from the comment itself, so it says how bad the comment \
                 sounds, not what the problem costs",
            ),
            Self::NoComparison => f.write_str(
                "too few responses name no problem, so there is nothing to compare with",
            ),
            Self::NoVariation => f.write_str("no differences to go by: all values are equal"),
            Self::Collinear => f.write_str(
                "always named together with another problem: the parts can't be told apart",
            ),
            Self::NotAsked => f.write_str("not asked"),
            Self::NoMatch => f.write_str("answers no customer problem clearly enough to count"),
            Self::Counted => f.write_str("counted, not estimated"),
            Self::Said => f.write_str("a person's judgement"),
            Self::SortedWrong { right, judged } => {
                let name = match right {
                    0 => "none names it".to_owned(),
                    1 => "only 1 names it".to_owned(),
                    n => format!("only {n} name it"),
                };
                write!(
                    f,
                    "a person judged {judged} of its comments, and {name}: rename, merge or hide it in \
                     the themes file"
                )
            }
            Self::TooFewJudged => f.write_str(
                "too few of its comments were judged in the review for its points to be corrected: judge more",
            ),
            Self::TooFewVoters { n, needed } => {
                write!(f, "only {n} voter{}; an interval needs {needed}", plural(*n))
            }
            Self::TooFewFixes { n, needed } => {
                let fixes = match n {
                    0 => "no fix has".to_owned(),
                    1 => "only 1 fix has".to_owned(),
                    n => format!("only {n} fixes have"),
                };
                write!(f, "{fixes} both votes that tell more than chance and a problem of known size to answer; {needed} are needed")
            }
            Self::NoMoreThanChance => f.write_str("votes on fixes differ by no more than chance among voters, or the problems they answer by nothing"),
            Self::NoValues => f.write_str("no customer values were given"),
            Self::TooFewPeople { needed } => {
                write!(f, "fewer than {needed} people: not shown, to protect them")
            }
        }
    }
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// A value with its 95% interval (or the reason why there is none), n and method.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// The interval, or why there is none.
    pub interval: Result<Interval, Reason>,
    /// How many observations it rests on.
    pub n: u64,
    /// How it was got, in a few words.
    pub method: &'static str,
}

impl Estimate {
    /// An estimate with an interval.
    pub fn with_interval(value: f64, low: f64, high: f64, n: u64, method: &'static str) -> Self {
        Self {
            value,
            interval: Ok(Interval { low, high }),
            n,
            method,
        }
    }

    /// An estimate whose interval can't be given.
    pub fn without_interval(value: f64, reason: Reason, n: u64, method: &'static str) -> Self {
        Self {
            value,
            interval: Err(reason),
            n,
            method,
        }
    }

    /// The interval, where there is one.
    pub fn ends(&self) -> Option<Interval> {
        self.interval.as_ref().ok().copied()
    }
}

impl Serialize for Estimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Estimate", 6)?;
        let ends = self.ends();
        out.serialize_field("value", &rounded(self.value))?;
        out.serialize_field("low", &ends.map(|ends| rounded(ends.low)))?;
        out.serialize_field("high", &ends.map(|ends| rounded(ends.high)))?;
        out.serialize_field("n", &self.n)?;
        out.serialize_field("method", self.method)?;
        match &self.interval {
            Ok(_) => out.skip_field("no_interval")?,
            Err(reason) => out.serialize_field("no_interval", &reason.to_string())?,
        }
        out.end()
    }
}

/// Six significant decimals: below that, machines differ and nobody is served.
fn rounded(value: f64) -> f64 {
    // Adding zero turns -0 into 0.
    (value * 1e6).round() / 1e6 + 0.0
}

/// An estimate, or the reason why there is none. Serialises as the estimate or `null`; the
/// writer of JSON puts [`Figure::reason`] beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// There is one.
    Known(Estimate),
    /// There is none, and why.
    Unknown(Reason),
}

impl Figure {
    /// The estimate, where there is one.
    pub fn estimate(&self) -> Option<&Estimate> {
        match self {
            Self::Known(estimate) => Some(estimate),
            Self::Unknown(_) => None,
        }
    }

    /// The value, where there is one.
    pub fn value(&self) -> Option<f64> {
        self.estimate().map(|estimate| estimate.value)
    }

    /// Why there is no estimate.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Known(_) => None,
            Self::Unknown(reason) => Some(reason),
        }
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.estimate().serialize(serializer)
    }
}
