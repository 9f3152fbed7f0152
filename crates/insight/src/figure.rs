//! From the estimators' answers to figures in the readers' words.

use throughline_domain::estimate::Reason;
use throughline_domain::{Estimate, Figure};
use throughline_stats::answer::Answer;
use throughline_stats::reason::NoAnswer;

/// A reader's reason for an estimator's.
pub fn reason(why: &NoAnswer) -> Reason {
    match why {
        NoAnswer::TooFewClusters { n, needed } => Reason::TooFewUnits {
            n: *n,
            needed: *needed,
        },
        NoAnswer::TooFewRows { n, needed } => Reason::TooFewResponses {
            n: *n as usize,
            needed: *needed as usize,
        },
        NoAnswer::TooFewPeriods { n, needed } => Reason::TooFewPeriods {
            n: *n,
            needed: *needed,
        },
        NoAnswer::TooFewVotes { .. } => Reason::NotAsked,
        NoAnswer::TooFewVoters { n, needed } => Reason::TooFewVoters {
            n: *n as usize,
            needed: *needed as usize,
        },
        NoAnswer::Collinear { .. } => Reason::Collinear,
        NoAnswer::NoVariation => Reason::NoVariation,
        NoAnswer::LabelsTooPoor { .. } => Reason::TooFewJudged,
        NoAnswer::Empty => Reason::TooFewResponses { n: 0, needed: 1 },
        _ => Reason::NoVariation,
    }
}

/// An answer as an estimate.
pub fn estimate(answer: &Answer, method: &'static str) -> Estimate {
    match &answer.spread {
        Ok(spread) => {
            Estimate::with_interval(answer.value, spread.low, spread.high, answer.n, method)
        }
        Err(why) => Estimate::without_interval(answer.value, reason(why), answer.n, method),
    }
}

/// An answer or its refusal as a figure.
pub fn figure(answer: &Result<Answer, NoAnswer>, method: &'static str) -> Figure {
    match answer {
        Ok(answer) => Figure::Known(estimate(answer, method)),
        Err(why) => Figure::Unknown(reason(why)),
    }
}

/// A figure that rests on clusters of responses, where those without a unit make one more than there are units.
pub fn of_named_units(figure: Figure, named: usize) -> Figure {
    let said = |why: Reason| match why {
        Reason::TooFewUnits { n, needed } => Reason::TooFewUnits {
            n: n.min(named),
            needed,
        },
        other => other,
    };
    match figure {
        Figure::Known(mut estimate) => {
            estimate.interval = estimate.interval.map_err(said);
            Figure::Known(estimate)
        }
        Figure::Unknown(why) => Figure::Unknown(said(why)),
    }
}
