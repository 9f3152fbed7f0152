//! The estimator's reasons and verdicts in the reader's words.

use super::table::Table;
use super::{ChosenBy, EffectRequest};
use crate::analysis::reasons::Names;
use crate::analysis::{counted, no_answer};
use crate::error::EngineError;
use throughline_stats::NoAnswer;
use throughline_stats::effect::Refusal;
use throughline_stats::effect::bootstrap::DRAWS_NEEDED;
use throughline_stats::effect::judge::{
    Alarm, Approach, CLUSTERS_NEEDED, Doubt, Finding, TREATED_NEEDED, Verdict,
};

/// Says reasons with the names of a table.
pub(super) struct Says<'a> {
    pub(super) table: &'a Table,
}

impl Says<'_> {
    fn cluster(&self) -> String {
        let name = self.table.cluster_name.as_ref();
        name.map_or_else(|| "its groups".to_owned(), |name| format!("`{name}`"))
    }

    /// Why there is none, without a hint.
    pub(super) fn why(&self, reason: &NoAnswer) -> String {
        match reason {
            NoAnswer::TooFewClusters { n: 1, .. } => {
                "there is only one to compare with, so its own luck can't be told from the times'"
                    .to_owned()
            }
            NoAnswer::TooFewClusters { n, needed } => match &self.table.cluster_name {
                Some(name) if *needed == CLUSTERS_NEEDED => {
                    format!("there are only {n} of `{name}` in all; an interval needs {needed}")
                }
                _ => format!("only {n} to compare with; {needed} are needed"),
            },
            NoAnswer::Effect(Refusal::TooFewTreatedClusters { n, needed }) => format!(
                "those that can be compared lie in only {n} of {}; an interval needs {needed}",
                self.cluster()
            ),
            NoAnswer::Effect(Refusal::MixedClusters { n, of }) => format!(
                "in {n} of {of} of {} some started earlier than others or not at all, so starts \
                 can't be dealt out again by {}",
                self.cluster(),
                self.cluster()
            ),
            NoAnswer::TooFewTreated { n, needed } => {
                format!("only {n} started; {needed} are needed")
            }
            NoAnswer::TooFewPeriods { n, needed } => {
                format!(
                    "only {} before the start; {needed} are needed",
                    counted(*n as u64, "period", "periods")
                )
            }
            NoAnswer::TooFewRows { n, needed } => {
                format!(
                    "only {n} of {needed} rows are there, and this comparison needs all of them"
                )
            }
            NoAnswer::NoneToCompare => "nobody is left to compare with".to_owned(),
            NoAnswer::NoneTreated { .. } => {
                "nobody is seen both before and after a start".to_owned()
            }
            NoAnswer::TooFewWays { ways, needed } => format!(
                "so few started among so few that there are only {ways} ways it could have fallen; \
                 a test needs {needed}"
            ),
            NoAnswer::NoLikeHistories { n, of, needed } => format!(
                "only {n} of the {of} that started have others with a like history; {needed} are needed"
            ),
            NoAnswer::Collinear { .. } => {
                "columns to adjust for say the same as others, or don't vary, among those compared"
                    .to_owned()
            }
            NoAnswer::NoVariation => "nothing varies among those compared".to_owned(),
            other => Names {
                columns: &[],
                outcome: &self.table.outcome_name,
                cluster: &self.table.unit_name,
            }
            .why(other),
        }
    }

    /// The reason as an error that ends the command.
    pub(super) fn error(&self, reason: &NoAnswer) -> EngineError {
        let t = self.table;
        match reason {
            NoAnswer::NoneTreated { already: 0 } => no_answer(
                format!(
                    "nobody starts within the periods of the file (`{}`)",
                    t.start_name
                ),
                "write the period each started in, or leave the cell empty for never",
            ),
            NoAnswer::NoneTreated { already } => no_answer(
                format!(
                    "all that start ({already}) had done so by the first period, so nothing is known of them before"
                ),
                "add periods from before the start",
            ),
            NoAnswer::NoneToCompare => no_answer(
                "nobody is left to compare with: everyone starts at once",
                "add some who don't start, or start later",
            ),
            NoAnswer::TooFewPeriods { n, .. } => no_answer(
                format!(
                    "`{}` has {n} period; before and after are needed",
                    t.period_name
                ),
                "bring rows from before the start too",
            ),
            NoAnswer::TooFewClusters { n, .. } => no_answer(
                format!(
                    "`{}` has only {n}; one to compare with is needed",
                    t.unit_name
                ),
                "add rows of others, who didn't start",
            ),
            NoAnswer::NoVariation => no_answer(
                format!("all values of `{}` are equal", t.outcome_name),
                "choose an outcome that varies",
            ),
            NoAnswer::Effect(Refusal::TooManyCells {
                units,
                periods,
                n,
                most,
            }) => no_answer(
                format!(
                    "{units} of `{}` over {periods} of `{}` are too many: {n} values would be held at once, and {most} are the most",
                    t.unit_name, t.period_name
                ),
                "use coarser periods, such as months instead of days",
            ),
            NoAnswer::Effect(Refusal::TooManyDraws { n, most }) => no_answer(
                format!("`--draws {n}` is too many for so many starts and periods"),
                if *most >= DRAWS_NEEDED {
                    "use fewer draws (999 are enough for most purposes), or coarser periods"
                } else {
                    "use coarser periods, such as months instead of days"
                },
            ),
            NoAnswer::Collinear { .. } => no_answer(
                format!(
                    "the columns to adjust for ({}) say the same as one another, or don't vary, among those compared",
                    t.covariate_names.join(", ")
                ),
                "leave one of them out",
            ),
            NoAnswer::Separated => no_answer(
                format!(
                    "the columns to adjust for ({}) tell those who started apart from all others, so nobody is like them",
                    t.covariate_names.join(", ")
                ),
                "use fewer of them, or `--method or`",
            ),
            NoAnswer::OutOfRange { value, .. } if *value < 0.0 && *value > -1e50 => no_answer(
                format!("a weight is `{value}`"),
                "weights must not be below zero",
            ),
            NoAnswer::OutOfRange { value, .. } => no_answer(
                format!("`{value:e}` is too large to work with"),
                "check this value, or the scale of its column",
            ),
            other => no_answer(self.why(other), "check the columns named"),
        }
    }
}

/// The verdict's words.
pub(super) fn verdict(verdict: &Verdict, lower_is_better: bool) -> &'static str {
    match (verdict, lower_is_better) {
        (Verdict::Raised, false) | (Verdict::Lowered, true) => "it helped",
        (Verdict::Raised, true) | (Verdict::Lowered, false) => "it hurt",
        (Verdict::TooSmall, _) => "too small to matter",
        (Verdict::CantTell(_), _) => "can't tell",
    }
}

/// That those said to be chosen by chance differed before the start.
pub(super) fn differed(alarm: &Alarm) -> String {
    let p = if alarm.p < 0.001 {
        "p < 0.001".to_owned()
    } else {
        format!("p = {:.3}", alarm.p)
    };
    let when = if alarm.dip {
        "in the last period before the start"
    } else {
        "before the start"
    };
    format!(
        "units are said to be chosen by chance, but they differed {when}: {p}; give `--chosen-by` as it was"
    )
}

/// Why that is the verdict, in a sentence.
pub(super) fn because(finding: &Finding, request: &EffectRequest, says: &Says<'_>) -> String {
    let against = match finding.approach {
        Approach::Groups => "those who hadn't started".to_owned(),
        Approach::Matched => "others with a like history".to_owned(),
        Approach::Randomised => {
            "what chance alone gives when starts are dealt out again".to_owned()
        }
        Approach::Synthetic => "a weighted mix of others that moved alike before".to_owned(),
    };
    match &finding.verdict {
        Verdict::Raised => format!("it is higher against {against}, clear of zero"),
        Verdict::Lowered => format!("it is lower against {against}, clear of zero"),
        Verdict::TooSmall => format!(
            "against {against}, the whole interval lies within what you said doesn't matter ({})",
            request.matters.unwrap_or_default()
        ),
        Verdict::CantTell(doubt) => match doubt {
            Doubt::NotClear => format!("against {against}, the difference isn't clear of zero"),
            Doubt::MovedBefore => {
                "those who started and the others were already moving apart before the start"
                    .to_owned()
            }
            Doubt::NotByLot(alarm) => differed(alarm),
            Doubt::ChosenByValues { said, reason } => {
                let first = match (said, request.chosen_by) {
                    (true, ChosenBy::BestFirst) => {
                        "they were chosen because they stood best, and would have fallen back anyway"
                    }
                    (true, _) => {
                        "they were chosen because they stood worst, and would have recovered in part anyway"
                    }
                    (false, _) => {
                        "just before the start they stood apart from where they usually were, so part of any change is a return to normal"
                    }
                };
                format!("{first}; and {}", says.why(reason))
            }
            Doubt::NoTest(reason) => {
                let few = if finding.fit.treated() < TREATED_NEEDED {
                    format!("only {} started; ", finding.fit.treated())
                } else {
                    String::new()
                };
                format!("{few}{}", says.why(reason))
            }
        },
    }
}
