//! Which comparison answers, given why units were chosen and how many were treated, and what its
//! answer is.
//!
//! | chosen | treated | what answers |
//! |---|---|---|
//! | by recent values, or a dip before the start shows it | 10 and more | matched histories |
//! | | fewer | none |
//! | otherwise | 1 | synthetic difference-in-differences, by rank among placebos |
//! | | 2-9 | randomisation inference |
//! | | 10 and more | group-time effects with small-sample intervals |
//!
//! An answer is withheld if the groups drifted apart before the start: at p < .05, or at p <= .01
//! where units are said to be chosen by lot, which also withholds it for a dip.

use super::aggregate::Averages;
use super::bootstrap::{Bands, bands};
use super::departure::{Bound, EventStudy, breakdown, relative, smooth};
use super::group_time::{Base, GroupTime, Options, estimate};
use super::history::{self, Dip};
use super::panel::Panel;
use super::power;
use super::randomise::{self, Randomised};
use super::synthetic::{self, Synthetic};
use crate::reason::{NoAnswer, Result};

/// Treated units (or clusters) from which intervals are trusted.
pub const TREATED_NEEDED: usize = history::TREATED_NEEDED;
/// Fewest clusters, treated or not, from which intervals are trusted.
pub const CLUSTERS_NEEDED: usize = history::CLUSTERS_NEEDED;
/// Bounds on drift tried, as multiples of the largest before the start.
pub const MULTIPLES: [f64; 3] = [0.5, 1.0, 2.0];
/// Largest multiple looked at for the point where the answer breaks down.
pub const LIMIT: f64 = 5.0;
const ALPHA: f64 = 0.05;
/// At or below this (what 99 draws can give), units can't well have been chosen by lot; up to `ALPHA` that is worth a warning.
const NOT_BY_LOT: f64 = 0.01;

/// Why units were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// By lot.
    Random,
    /// They came forward.
    Volunteered,
    /// Their last values were the lowest or the highest.
    ByRecentValues,
    /// For a reason that has nothing to do with how they were doing.
    Otherwise,
    /// Nobody said.
    Unsaid,
}

/// What to judge.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Who is compared with whom, and how. The base is always [`Base::Universal`].
    pub options: Options,
    /// Why units were chosen.
    pub chosen: Chosen,
    /// Smallest effect that matters, either sign.
    pub matters: Option<f64>,
    /// Draws for bands; 0 for none (then there is no joint test before the start either).
    pub draws: usize,
    /// Whether to ask how far trends may depart.
    pub departures: bool,
    /// For all that is drawn.
    pub seed: u64,
}

/// What answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approach {
    /// Group-time effects.
    Groups,
    /// The same against matched histories.
    Matched,
    /// Randomisation inference.
    Randomised,
    /// Synthetic difference-in-differences.
    Synthetic,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The outcome is higher for it.
    Raised,
    /// The outcome is lower for it.
    Lowered,
    /// Nearer zero than what matters.
    TooSmall,
    /// None.
    CantTell(Doubt),
}

/// Why there is no verdict.
#[derive(Clone, Debug, PartialEq)]
pub enum Doubt {
    /// The interval holds zero and effects that would matter.
    NotClear,
    /// Treated and others moved apart before the start.
    MovedBefore,
    /// Units are said to be chosen by lot, and what they show before the start says otherwise.
    NotByLot(Alarm),
    /// Units were chosen by recent values (so it was said, or a dip shows it), and histories can't
    /// be matched.
    ChosenByValues {
        /// Whether it was said; else a dip shows it.
        said: bool,
        /// What stood in the way.
        reason: NoAnswer,
    },
    /// There is no interval or test.
    NoTest(NoAnswer),
}

/// What shows before the start, where units are said to be chosen by lot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alarm {
    /// Probability of as much by chance.
    pub p: f64,
    /// Whether it is the dip in the last period before; else differences anywhere before.
    pub dip: bool,
}

/// The headline figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Headline {
    /// The effect, averaged over treated units and periods since their start.
    pub value: f64,
    /// Standard error, where the approach has one.
    pub se: Option<f64>,
    /// Degrees of freedom, where the approach has them.
    pub df: Option<f64>,
    /// Ends of the 95% interval.
    pub ends: Option<(f64, f64)>,
    /// Probability of one as large by chance, where the approach tests by rank.
    pub p: Option<f64>,
    /// Smallest effect this design sees in 80 of 100 such studies.
    pub smallest: Option<f64>,
    /// Treated units it rests on.
    pub treated: usize,
}

/// How far trends may depart.
#[derive(Clone, Debug)]
pub struct Departures {
    /// Mean of the effects after the start it is about.
    pub value: f64,
    /// Periods since the start that mean covers.
    pub periods: usize,
    /// Intervals if the drift is at most so many times the largest before.
    pub relative: Vec<Bound>,
    /// The multiple at which zero comes in; none if not up to [`LIMIT`].
    pub breakdown: Option<f64>,
    /// Intervals if the drift's slope changes by at most so much a period: nothing, and half of
    /// and once the effect's standard error.
    pub smooth: Vec<Bound>,
}

/// All that was found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What answered.
    pub approach: Approach,
    /// The figure; none where the approach that had to answer couldn't.
    pub headline: Option<Headline>,
    /// The answer.
    pub verdict: Verdict,
    /// Group-time effects as they are, whatever answered.
    pub fit: GroupTime,
    /// Their averages.
    pub averages: Averages,
    /// Bands, where draws were asked for.
    pub bands: Option<Bands>,
    /// Dip before the start, or why it can't be looked for.
    pub dip: Result<Dip>,
    /// Against matched histories, where that answered.
    pub matched: Option<history::Matched>,
    /// Randomisation inference, where that answered.
    pub randomised: Option<Randomised>,
    /// Synthetic difference-in-differences, where that answered.
    pub synthetic: Option<Synthetic>,
    /// How far trends may depart, or why that can't be said.
    pub departures: Option<Result<Departures>>,
}

impl Finding {
    /// The louder of the two alarms before the start, if it rings at 5%. The dip's error takes
    /// units as independent, so with clusters it is not asked; the joint test needs as many treated
    /// as intervals do (with 5 of 40 it rings four times too often).
    #[must_use]
    pub fn alarm(&self) -> Option<Alarm> {
        let dip = self.dip.as_ref().ok();
        let dip = dip.filter(|_| self.fit.panel.cluster.is_empty());
        let before = self.bands.as_ref().and_then(|b| b.before.as_ref().ok());
        let before = before.filter(|_| !counted(&self.fit).1);
        let heard = [
            before.map(|b| Alarm {
                p: b.joint_p,
                dip: false,
            }),
            dip.map(|d| Alarm { p: d.p, dip: true }),
        ];
        heard
            .into_iter()
            .flatten()
            .filter(|alarm| alarm.p < ALPHA)
            .min_by(|a, b| a.p.total_cmp(&b.p))
    }
}

/// Judges.
///
/// # Errors
/// As [`estimate`] and [`GroupTime::averages`]: nothing could be estimated at all.
pub fn judge(panel: &Panel, question: &Question) -> Result<Finding> {
    let options = Options {
        base: Base::Universal,
        ..question.options
    };
    let fit = estimate(panel, &options)?;
    let averages = fit.averages()?;
    let bands = if question.draws > 0 {
        Some(bands(&fit, &averages, question.draws, question.seed)?)
    } else {
        None
    };
    let dip = history::dip(&fit);
    let mut finding = Finding {
        approach: Approach::Groups,
        headline: None,
        verdict: Verdict::CantTell(Doubt::NotClear),
        fit,
        averages,
        bands,
        dip,
        matched: None,
        randomised: None,
        synthetic: None,
        departures: None,
    };
    let said = question.chosen == Chosen::ByRecentValues;
    let shown = finding.dip.as_ref().is_ok_and(|dip| match question.chosen {
        Chosen::Random => false,
        Chosen::Unsaid => dip.likely,
        _ => dip.clear,
    });
    if said || shown {
        by_values(&mut finding, panel, question, said);
        return Ok(finding);
    }
    let (treated, few) = counted(&finding.fit);
    if treated == 1 && finding.fit.treated() == 1 {
        by_synthetic(&mut finding, question);
    } else if few {
        by_randomisation(&mut finding, question);
    } else {
        by_groups(&mut finding, question);
    }
    Ok(finding)
}

/// Treated units, or clusters with treated units, and whether these are too few for intervals.
fn counted(fit: &GroupTime) -> (usize, bool) {
    let (treated, clusters) = fit.clusters();
    let clustered = !fit.panel.cluster.is_empty();
    (
        treated,
        treated < TREATED_NEEDED || (clustered && clusters < CLUSTERS_NEEDED),
    )
}

fn by_values(finding: &mut Finding, panel: &Panel, question: &Question, said: bool) {
    finding.approach = Approach::Matched;
    match history::compare(panel, &question.options) {
        Ok(matched) => {
            let overall = &matched.averages.overall;
            finding.headline = Some(headline(overall));
            finding.verdict = from_ends(finding.headline.as_ref(), question, || {
                overall.spread.clone().err()
            });
            finding.matched = Some(matched);
        }
        Err(reason) => {
            finding.verdict = Verdict::CantTell(Doubt::ChosenByValues { said, reason });
        }
    }
}

fn by_groups(finding: &mut Finding, question: &Question) {
    let overall = &finding.averages.overall;
    finding.headline = Some(headline(overall));
    let verdict = from_ends(finding.headline.as_ref(), question, || {
        overall.spread.clone().err()
    });
    finding.verdict = unless_moved(finding, question, verdict);
    if question.departures {
        finding.departures = Some(departures(&finding.fit, &finding.averages, question.seed));
    }
}

fn headline(average: &super::Average) -> Headline {
    let spread = average.spread.as_ref().ok();
    Headline {
        value: average.value,
        se: spread.map(|s| s.se),
        df: spread.map(|s| s.df),
        ends: spread.map(|s| (s.low, s.high)),
        p: None,
        smallest: spread.map(power::smallest),
        treated: average.treated,
    }
}

fn by_randomisation(finding: &mut Finding, question: &Question) {
    finding.approach = Approach::Randomised;
    match randomise::test(&finding.fit, question.seed) {
        Ok(found) => {
            let half = (found.ends.1 - found.ends.0) / 2.0;
            let head = Headline {
                value: found.value,
                se: None,
                df: None,
                ends: Some(found.ends),
                p: Some(found.p),
                // 80% of studies see what lies (1.96 + 0.84) / 1.96 half-widths from zero.
                smallest: Some(half * (1.0 + 0.841_621 / crate::answer::Z)),
                treated: finding.fit.treated(),
            };
            let verdict = from_ends(Some(&head), question, || None);
            finding.verdict = unless_moved(finding, question, verdict);
            finding.headline = Some(head);
            finding.randomised = Some(found);
        }
        Err(reason) => finding.verdict = Verdict::CantTell(Doubt::NoTest(reason)),
    }
}

fn by_synthetic(finding: &mut Finding, question: &Question) {
    finding.approach = Approach::Synthetic;
    match synthetic::estimate(&finding.fit.panel, question.seed) {
        Ok(found) => {
            let spread = found.spread.as_ref().ok();
            let head = Headline {
                value: found.value,
                se: spread.map(|s| s.se),
                df: None,
                ends: spread.map(|s| (s.low, s.high)),
                p: Some(found.p),
                smallest: spread.map(power::smallest),
                treated: found.treated,
            };
            finding.verdict = if found.placebos.len() < synthetic::OTHERS_NEEDED {
                Verdict::CantTell(Doubt::NoTest(NoAnswer::TooFewWays {
                    ways: found.placebos.len() as u64 + 1,
                    needed: synthetic::OTHERS_NEEDED as u64 + 1,
                }))
            } else {
                let verdict = from_ends(Some(&head), question, || None);
                // The rank needs no distribution, so it has the last word on what is clear.
                if matches!(verdict, Verdict::Raised | Verdict::Lowered) && found.p > ALPHA {
                    Verdict::CantTell(Doubt::NotClear)
                } else {
                    verdict
                }
            };
            finding.headline = Some(head);
            finding.synthetic = Some(found);
        }
        Err(reason) => finding.verdict = Verdict::CantTell(Doubt::NoTest(reason)),
    }
}

/// A verdict by the interval.
fn from_ends(
    head: Option<&Headline>,
    question: &Question,
    reason: impl Fn() -> Option<NoAnswer>,
) -> Verdict {
    let Some((low, high)) = head.and_then(|h| h.ends) else {
        return Verdict::CantTell(reason().map_or(Doubt::NotClear, Doubt::NoTest));
    };
    let small = |matters: f64| low > -matters && high < matters;
    if question.matters.is_some_and(small) {
        Verdict::TooSmall
    } else if low > 0.0 {
        Verdict::Raised
    } else if high < 0.0 {
        Verdict::Lowered
    } else {
        Verdict::CantTell(Doubt::NotClear)
    }
}

/// Withholds a verdict if groups moved apart before the start; if said to be chosen by lot, only
/// where that is hard to believe.
fn unless_moved(finding: &Finding, question: &Question, verdict: Verdict) -> Verdict {
    if question.chosen == Chosen::Random {
        return match finding.alarm() {
            Some(alarm) if alarm.p <= NOT_BY_LOT => Verdict::CantTell(Doubt::NotByLot(alarm)),
            _ => verdict,
        };
    }
    let before = finding.bands.as_ref().and_then(|b| b.before.as_ref().ok());
    let moved = before.is_some_and(|b| b.joint_p < ALPHA);
    if moved {
        return Verdict::CantTell(Doubt::MovedBefore);
    }
    verdict
}

fn departures(fit: &GroupTime, averages: &Averages, seed: u64) -> Result<Departures> {
    let study = EventStudy::of(fit, averages)?;
    let se = study.se();
    Ok(Departures {
        value: study.value(),
        periods: study.after.len(),
        relative: MULTIPLES
            .iter()
            .map(|&m| relative(&study, m, seed))
            .collect::<Result<_>>()?,
        breakdown: breakdown(&study, LIMIT, seed)?,
        smooth: [0.0, 0.5 * se, se]
            .iter()
            .map(|&m| smooth(&study, m))
            .collect::<Result<_>>()?,
    })
}
