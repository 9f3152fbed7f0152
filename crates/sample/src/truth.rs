//! The truth of a drawn company, for `truth.json`: what a perfect reader of the files would find.
//!
//! True drag is the average, over the survey responses that name a problem, of the expected score
//! without it minus the expected score with it, all else equal; rounding and clipping to 0-10 are
//! worked out exactly (see `score`). It is computed over the rows of this very file, so it needs
//! one pass over them.

use crate::catalogue;
use crate::plan::{Plan, links, strengths};
use crate::score::Expected;
use crate::signals::Source;
use crate::{SURVEY, dates};
use serde::Serialize;
use std::convert::Infallible;

/// Version of the catalogue and of the distributions: it changes whenever a seed gives other rows.
pub const VERSION: &str = "2";

/// The whole truth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Truth {
    /// Version of the generator.
    pub version: &'static str,
    /// Seed of the draw.
    pub seed: u64,
    /// The company's name.
    pub company: &'static str,
    /// Bank of wordings: `both` (making and held out) or a bank's name.
    pub wording: &'static str,
    /// Rows of the signals file.
    pub signals: u32,
    /// Rows of the voice file.
    pub answers: u32,
    /// The source that drags and reaches refer to.
    pub survey: &'static str,
    /// Survey responses (not rows: some have two).
    pub survey_responses: u32,
    /// First month.
    pub from: String,
    /// Last month.
    pub to: String,
    /// Active customer problems.
    pub pains: Vec<PainTruth>,
    /// What customers praise.
    pub strengths: Vec<StrengthTruth>,
    /// Fixes that employees speak of.
    pub levers: Vec<LeverTruth>,
    /// What staff need.
    pub needs: Vec<NeedTruth>,
    /// Pairs of fix and problem that belong together.
    pub idea_pain_pairs: Vec<(&'static str, &'static str)>,
    /// Which measure moves which within a unit, a month later.
    pub paths: Vec<PathTruth>,
    /// Correlation between units' levels of engagement and satisfaction.
    pub between_engagement_satisfaction: f64,
}

/// An active customer problem.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PainTruth {
    /// Key.
    pub key: &'static str,
    /// Title.
    pub title: &'static str,
    /// The step of the journey where it belongs.
    pub stage: &'static str,
    /// Points of the survey score lost where it is named, on average.
    pub drag_points: f64,
    /// Expected share of survey responses that name it, 0 to 1.
    pub reach: f64,
    /// Share of this file's survey responses that name it.
    pub reach_seen: f64,
    /// `reach * drag_points`.
    pub size_points: f64,
    /// Survey responses of this file that name it.
    pub responses: u32,
    /// Its course.
    pub trend: TrendTruth,
    /// Whether no fix answers it.
    pub gap: bool,
    /// Keys of the fixes that answer it.
    pub answered_by: Vec<&'static str>,
}

/// How a problem's reach changes over the two years.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TrendTruth {
    /// Its kind.
    pub kind: Trend,
    /// Expected reach in the second year over that in the first.
    pub second_year_over_first: f64,
}

/// A kind of course. Seasons come on top and repeat each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Trend {
    /// No trend.
    Level,
    /// Rising all the time.
    Rising,
    /// Falling all the time.
    Falling,
    /// A jump up at one month.
    Step,
}

/// A strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StrengthTruth {
    /// Key.
    pub key: &'static str,
    /// Title.
    pub title: &'static str,
}

/// A fix.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeverTruth {
    /// Key.
    pub key: &'static str,
    /// Title.
    pub title: &'static str,
    /// Keys of the active problems it answers; empty if customers never mention any.
    pub answers: Vec<&'static str>,
    /// Sum of those problems' `size_points`.
    pub in_play_points: f64,
    /// 0 hard to 1 simple: what votes on ease follow.
    pub ease: f64,
    /// What employees expect of it for customers, in log-odds: what votes on impact follow.
    pub expected_log_odds: f64,
}

/// A need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NeedTruth {
    /// Key.
    pub key: &'static str,
    /// Title.
    pub title: &'static str,
}

/// A path from one measure to another (or to itself), a month later.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PathTruth {
    /// The measure that moves first.
    pub from: &'static str,
    /// The measure that follows.
    pub to: &'static str,
    /// Months between.
    pub lag_months: u32,
    /// Standardised within units, free of sampling error; 0 means no path.
    pub standardised: f64,
}

impl Plan {
    /// The truth. Goes over all responses once (no text is written): about .3 µs each.
    pub fn truth(&self) -> Truth {
        let expected = Expected::new();
        let n = self.pains.drawn.len();
        let (mut lost, mut named, mut responses) = (vec![0.0; n], vec![0_u32; n], 0_u32);
        let Ok(()) = self.responses(|response| {
            if response.source == Source::Survey {
                responses += 1;
                let with = expected.at(response.latent);
                for pain in response.pains() {
                    let pain = usize::from(*pain);
                    let without = expected.at(response.latent + self.pains.drawn[pain].drag);
                    lost[pain] += without - with;
                    named[pain] += 1;
                }
            }
            Ok::<(), Infallible>(())
        });
        let pains: Vec<PainTruth> = self
            .pains
            .drawn
            .iter()
            .enumerate()
            .map(|(index, pain)| {
                let drag_points = lost[index] / f64::from(named[index].max(1));
                PainTruth {
                    key: pain.entry.key,
                    title: pain.entry.title,
                    stage: pain.entry.stage.name(),
                    drag_points,
                    reach: pain.reach,
                    reach_seen: f64::from(named[index]) / f64::from(responses.max(1)),
                    size_points: pain.reach * drag_points,
                    responses: named[index],
                    trend: pain.trend,
                    gap: pain.gap,
                    answered_by: self
                        .levers
                        .drawn
                        .iter()
                        .filter(|lever| lever.answers.contains(&index))
                        .map(|lever| lever.entry.key)
                        .collect(),
                }
            })
            .collect();
        let drawn = &self.levers.drawn;
        let in_play: Vec<f64> = drawn
            .iter()
            .map(|lever| {
                lever
                    .answers
                    .iter()
                    .map(|pain| pains[*pain].size_points)
                    .sum()
            })
            .collect();
        let expected = self.expected(&in_play);
        let levers: Vec<LeverTruth> = drawn
            .iter()
            .enumerate()
            .map(|(at, lever)| LeverTruth {
                key: lever.entry.key,
                title: lever.entry.title,
                answers: lever.answers.iter().map(|pain| pains[*pain].key).collect(),
                in_play_points: in_play[at],
                ease: lever.ease,
                expected_log_odds: expected[at],
            })
            .collect();
        let month = |index| {
            let (year, month) = dates::month(index);
            format!("{year}-{month:02}")
        };
        Truth {
            version: VERSION,
            seed: self.seed,
            company: self.company(),
            wording: self.wording(),
            signals: self.counts.signals,
            answers: self.counts.answers,
            survey: SURVEY,
            survey_responses: responses,
            from: month(0),
            to: month(dates::MONTHS - 1),
            idea_pain_pairs: levers
                .iter()
                .flat_map(|lever| lever.answers.iter().map(|pain| (lever.key, *pain)))
                .collect(),
            pains,
            levers,
            strengths: strengths()
                .map(|(key, title)| StrengthTruth { key, title })
                .collect(),
            needs: catalogue::needs()
                .map(|need| NeedTruth {
                    key: need.key,
                    title: need.title,
                })
                .collect(),
            paths: self.paths(),
            between_engagement_satisfaction: self.links.between,
        }
    }

    fn paths(&self) -> Vec<PathTruth> {
        let names = links::MEASURES;
        (0..names.len())
            .flat_map(|from| (0..names.len()).map(move |to| (from, to)))
            .map(|(from, to)| PathTruth {
                from: names[from],
                to: names[to],
                lag_months: 1,
                standardised: self.links.paths[to][from],
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::{Counts, Plan};

    #[test]
    fn clipping_is_rare_enough_for_drags_to_add_up() {
        let counts = Counts {
            signals: 40_000,
            answers: 10,
            employees: 1_200,
        };
        for seed in 0..5 {
            let plan = Plan::draw_counts(counts, seed, None);
            for (drawn, truth) in plan.pains.drawn.iter().zip(plan.truth().pains) {
                let lost = drawn.drag - truth.drag_points;
                // What clipping at 10 takes off: under a hundredth of a point in all five.
                assert!(
                    (0.0..0.02).contains(&lost),
                    "{}: {lost} of {}",
                    truth.key,
                    drawn.drag
                );
            }
        }
    }
}
