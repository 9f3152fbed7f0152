//! Sizes of problems: reach, points lost where named, their product, severity, trend.
//!
//! Size is an association: the share of one source's responses that name a problem times the
//! adjusted difference in score from responses that name none, unit and month held fixed, several
//! problems a response allowed (one joint regression). Intervals are clustered by unit (CR2,
//! Satterthwaite); under ten units there is none.

use crate::error::Result;
use crate::figure::{figure, of_named_units, reason};
use crate::tally::{Cell, Tally, month_name};
use std::collections::BTreeMap;
use throughline_domain::Figure;
use throughline_domain::brief::SeriesPoint;
use throughline_domain::estimate::Reason;
use throughline_domain::metric::Metric;
use throughline_stats::answer::Answer;
use throughline_stats::clustered::{self, Fit, Intercept};
use throughline_stats::gram::Gram;
use throughline_stats::product;
use throughline_stats::reason::NoAnswer;
use throughline_stats::share::{self, Shares, Sums, TrendCell};
use throughline_stats::symmetric::Symmetric;

/// Share of scored responses that must name no problem, to be compared with.
const COMPARISON_SHARE: f64 = 0.05;
/// Responses that must name a problem before points lost are estimated.
const NAMING_NEEDED: u64 = 10;

/// What one source says about every problem.
#[derive(Clone, Debug, Default)]
pub struct Sizes {
    /// By problem.
    pub pains: Vec<PainSize>,
    /// Sizes whose joint uncertainty is known: for the order.
    pub joint: Option<Joint>,
    /// What they were made from, for a correction by a review.
    pub fitted: Option<(Shares, Fit)>,
}

/// What one source says about a problem.
#[derive(Clone, Debug)]
pub struct PainSize {
    /// Share of responses that name it.
    pub reach: std::result::Result<Answer, NoAnswer>,
    /// Points lower where it is named.
    pub drag: std::result::Result<Answer, Reason>,
    /// Reach times drag.
    pub size: std::result::Result<Answer, Reason>,
    /// Mean code where scores are codes of the comment.
    pub severity: Figure,
    /// Change of reach a year.
    pub trend: Figure,
    /// Reach by month.
    pub months: Vec<SeriesPoint>,
}

/// Sizes with their joint uncertainty.
#[derive(Clone, Debug)]
pub struct Joint {
    /// Problems, by number, in the order of what follows.
    pub pains: Vec<usize>,
    /// Sizes in points.
    pub sizes: Vec<f64>,
    /// Their covariance.
    pub covariance: Symmetric,
    /// Their degrees of freedom, of one without an interval of its own the fewest of the others; `None` where
    /// there were too few units to cluster by.
    pub freedom: Option<Vec<f64>>,
}

/// Methods, as figures name them.
pub mod method {
    /// Of reach.
    pub const REACH: &str = "share of responses, clustered by unit";
    /// Of drag.
    pub const DRAG: &str = "joint regression within unit and month, CR2 by unit";
    /// Of size.
    pub const SIZE: &str = "reach times points lost, CR2 by unit";
    /// Of severity.
    pub const SEVERITY: &str = "mean code of the comments that name it";
    /// Of trend.
    pub const TREND: &str = "linear trend over months, clustered by unit";
    /// Of standing.
    pub const STANDING: &str = "mean over responses, clustered by unit";
    /// Of one month.
    pub const MONTH: &str = "mean over the month's responses";
    /// After a review.
    pub const REVIEWED: &str = "corrected by the analyst's review";
}

/// Sizes of all problems in one source.
///
/// # Errors
/// Only for a fault in how sums were gathered.
pub fn sizes(tally: &Tally) -> Result<Sizes> {
    let coded = tally.metric == Metric::Coded;
    let columns: Vec<usize> = (0..tally.pains).collect();
    let fitted = if coded {
        Err(Reason::ScoreCodedFromText)
    } else {
        fit(tally)
    };
    let shares = fitted
        .as_ref()
        .ok()
        .map(|(grams, _)| share::shares(grams, &columns));
    let products = match (&fitted, &shares) {
        (Ok((_, fit)), Some(Ok(shares))) => Some(product::products(shares, fit)),
        (Ok(_), Some(Err(why))) => Some(Err(why.clone())),
        _ => None,
    };
    let mut pains = Vec::with_capacity(tally.pains);
    for pain in 0..tally.pains {
        let drag = match &fitted {
            Err(why) => Err(why.clone()),
            Ok((_, fit)) => named_enough(tally, pain).and_then(|()| {
                fit.coefficients[pain]
                    .slope
                    .as_ref()
                    .map(|slope| slope.scaled(-1.0))
                    .map_err(reason)
            }),
        };
        let size = match (&drag, &products) {
            (Err(why), _) => Err(why.clone()),
            (Ok(_), Some(Ok(products))) => products.answers[pain]
                .as_ref()
                .map(|size| size.scaled(-1.0))
                .map_err(reason),
            (Ok(_), Some(Err(why))) => Err(reason(why)),
            (Ok(_), None) => Err(Reason::NoScores),
        };
        pains.push(PainSize {
            reach: reach(tally, pain),
            drag,
            size,
            severity: if coded {
                severity(tally, pain)
            } else {
                Figure::Unknown(Reason::NotAsked)
            },
            trend: trend(tally, pain),
            months: months(tally, pain),
        });
    }
    let joint = match (&fitted, products) {
        (Ok((_, fit)), Some(Ok(products))) => joint(&pains, fit, &products),
        _ => None,
    };
    let fitted = match (fitted, shares) {
        (Ok((_, fit)), Some(Ok(shares))) => Some((shares, fit)),
        _ => None,
    };
    Ok(Sizes {
        pains,
        joint,
        fitted,
    })
}

fn named_enough(tally: &Tally, pain: usize) -> std::result::Result<(), Reason> {
    let n = tally.naming(pain);
    if n < NAMING_NEEDED {
        return Err(Reason::TooFewResponses {
            n: n as usize,
            needed: NAMING_NEEDED as usize,
        });
    }
    Ok(())
}

/// The joint regression, or why there is none.
fn fit(tally: &Tally) -> std::result::Result<(Vec<Gram>, Fit), Reason> {
    let scores = tally.scores();
    if scores == 0 {
        return Err(Reason::NoScores);
    }
    let grams: Vec<Gram> = tally.units.values().map(|unit| unit.gram.clone()).collect();
    let naming_any: f64 = unnamed_share(tally);
    if naming_any < COMPARISON_SHARE {
        return Err(Reason::NoComparison);
    }
    // Months are in the cross-products and held fixed; only problems are asked for.
    let columns: Vec<usize> = (0..tally.pains).collect();
    let intercept = if tally.units.len() > 1 {
        Intercept::WithinCluster
    } else {
        Intercept::Shared
    };
    clustered::fit(&grams, intercept, &columns)
        .map(|fit| (grams, fit))
        .map_err(|why| reason(&why))
}

/// A lower bound of the share of scored responses that name no problem.
fn unnamed_share(tally: &Tally) -> f64 {
    let scores = tally.scores() as f64;
    let naming: f64 = tally
        .units
        .values()
        .map(|unit| unit.naming_any as f64)
        .sum();
    1.0 - naming / scores
}

fn reach(tally: &Tally, pain: usize) -> std::result::Result<Answer, NoAnswer> {
    let sums: Vec<Sums> = tally
        .units
        .values()
        .map(|unit| {
            let (n, hits) = unit.months.values().fold((0, 0), |(n, hits), cell| {
                (n + cell.responses, hits + u64::from(cell.naming[pain]))
            });
            Sums::of_share(n, hits)
        })
        .collect();
    share::clustered_share(&sums)
}

fn severity(tally: &Tally, pain: usize) -> Figure {
    let sums: std::result::Result<Vec<Sums>, NoAnswer> = tally
        .units
        .values()
        .filter(|unit| unit.gram.sum(pain) > 0.0)
        .map(|unit| Ok(unit.severity[pain]))
        .collect();
    figure(
        &sums.and_then(|sums| share::clustered_mean(&sums)),
        method::SEVERITY,
    )
}

/// Months a trend needs: under half a year it is season.
const TREND_MONTHS: usize = 6;

fn trend(tally: &Tally, pain: usize) -> Figure {
    trend_of(tally, |cell| {
        Ok(Sums::of_share(cell.responses, u64::from(cell.naming[pain])))
    })
}

/// The trend over months of what `sums` makes of a cell, a year.
pub fn trend_of(
    tally: &Tally,
    sums: impl Fn(&Cell) -> std::result::Result<Sums, NoAnswer>,
) -> Figure {
    let months = tally.months();
    if months.len() < TREND_MONTHS {
        return Figure::Unknown(Reason::TooFewPeriods {
            n: months.len(),
            needed: TREND_MONTHS,
        });
    }
    let mut clusters: BTreeMap<Option<u32>, usize> = BTreeMap::new();
    let cells: std::result::Result<Vec<TrendCell>, NoAnswer> = tally
        .cells()
        .filter_map(|(unit, month, cell)| Some((unit, month?, cell)))
        .map(|(unit, month, cell)| {
            let next = clusters.len();
            Ok(TrendCell {
                cluster: *clusters.entry(unit).or_insert(next),
                at_years: f64::from(month) / 12.0,
                sums: sums(cell)?,
            })
        })
        .collect();
    let intercept = if tally.units.len() > 1 {
        Intercept::WithinCluster
    } else {
        Intercept::Shared
    };
    let trend = figure(
        &cells.and_then(|cells| share::trend(&cells, intercept)),
        method::TREND,
    );
    of_named_units(trend, tally.named_units())
}

fn months(tally: &Tally, pain: usize) -> Vec<SeriesPoint> {
    series(tally, |cells| {
        let n: u64 = cells.iter().map(|cell| cell.responses).sum();
        let hits: u64 = cells.iter().map(|cell| u64::from(cell.naming[pain])).sum();
        share::wilson(hits as f64, n as f64).ok()
    })
}

/// A point a month, of what `answer` makes of the month's cells.
pub fn series(tally: &Tally, answer: impl Fn(&[&Cell]) -> Option<Answer>) -> Vec<SeriesPoint> {
    let mut by_month: BTreeMap<i32, Vec<&Cell>> = BTreeMap::new();
    for (_, month, cell) in tally.cells() {
        if let Some(month) = month {
            by_month.entry(month).or_default().push(cell);
        }
    }
    by_month
        .into_iter()
        .filter_map(|(month, cells)| {
            let answer = answer(&cells)?;
            let ends = answer.ends();
            Some(SeriesPoint {
                month: month_name(month),
                value: answer.value,
                low: ends.map(|ends| ends.0),
                high: ends.map(|ends| ends.1),
                n: answer.n,
            })
        })
        .collect()
}

/// Sizes with their joint uncertainty: clustered where any has an interval, else that of independent responses.
fn joint(pains: &[PainSize], fit: &Fit, products: &product::Products) -> Option<Joint> {
    let known: Vec<usize> = products
        .answered
        .iter()
        .copied()
        .filter(|pain| pains.get(*pain).is_some_and(|pain| pain.size.is_ok()))
        .collect();
    if known.is_empty() {
        return None;
    }
    let answers: Vec<&Answer> = known
        .iter()
        .filter_map(|pain| pains[*pain].size.as_ref().ok())
        .collect();
    let freedom = freedom(&answers);
    let working = independent(pains, fit, &known);
    let covariance = if freedom.is_some() {
        let rows: Vec<usize> = known
            .iter()
            .filter_map(|pain| products.answered.iter().position(|at| at == pain))
            .collect();
        let mut clustered = products.covariance.part(&rows);
        // One that rests on a single unit varies among too few to be told by them.
        for (at, answer) in answers.iter().enumerate() {
            if answer.spread.is_err() {
                let more = clustered.get(at, at).max(working.get(at, at));
                clustered.set(at, at, more);
            }
        }
        clustered
    } else {
        working
    };
    // Sizes that don't vary at all can't be put in order by chance.
    if (0..known.len()).all(|i| covariance.get(i, i) <= 0.0) {
        return None;
    }
    Some(Joint {
        sizes: answers.iter().map(|answer| answer.value).collect(),
        pains: known,
        covariance,
        freedom,
    })
}

/// Degrees of freedom of each answer, of one without an interval the fewest of the others; `None` if none has
/// one.
pub fn freedom(answers: &[&Answer]) -> Option<Vec<f64>> {
    let own = |answer: &&Answer| answer.spread.as_ref().ok().map(|spread| spread.df);
    let least = answers.iter().filter_map(own).reduce(f64::min)?;
    Some(
        answers
            .iter()
            .map(|one| own(one).unwrap_or(least))
            .collect(),
    )
}

/// The covariance of sizes if responses were independent.
fn independent(pains: &[PainSize], fit: &Fit, known: &[usize]) -> Symmetric {
    let reach = |pain: usize| {
        pains[pain]
            .reach
            .as_ref()
            .map_or(0.0, |answer| answer.value)
    };
    // How many name it is a sample too, even where scores are told exactly by what is named.
    let from_reach = |pain: usize| {
        let drag = pains[pain].drag.as_ref().map_or(0.0, |drag| drag.value);
        let n = pains[pain]
            .reach
            .as_ref()
            .map_or(1.0, |reach| reach.n as f64);
        drag.powi(2) * reach(pain) * (1.0 - reach(pain)) / n
    };
    let at = |pain: usize| fit.answered.iter().position(|answered| *answered == pain);
    let mut working = Symmetric::zeros(known.len());
    for (i, a) in known.iter().enumerate() {
        for (j, b) in known.iter().enumerate().take(i + 1) {
            if let (Some(x), Some(y)) = (at(*a), at(*b)) {
                let mut part = reach(*a) * reach(*b) * fit.working_covariance.get(x, y);
                if i == j {
                    part += from_reach(*a);
                }
                working.set(i, j, part);
            }
        }
    }
    working
}

/// A reach, drag or size as a figure.
pub fn sized(answer: &std::result::Result<Answer, Reason>, method: &'static str) -> Figure {
    match answer {
        Ok(answer) => Figure::Known(crate::figure::estimate(answer, method)),
        Err(why) => Figure::Unknown(why.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::Response;

    /// Twelve units, of which one alone names the second problem.
    #[test]
    fn a_problem_of_one_unit_takes_no_interval_from_the_others() {
        let mut tally = Tally::new(Metric::Mean, 2, 0);
        for at in 0u32..1_200 {
            let unit = at % 12;
            // Scattered, so that units differ by chance.
            let scattered = at.wrapping_mul(2_654_435_761) >> 16;
            let first = scattered % 5 == 0;
            let second = unit == 3 && at % 7 == 0;
            let pains: &[u32] = match (first, second) {
                (true, true) => &[0, 1],
                (true, false) => &[0],
                (false, true) => &[1],
                (false, false) => &[],
            };
            let noise = f64::from(scattered % 11) / 10.0;
            let score = 7.0 - 2.0 * f64::from(u8::from(first)) - f64::from(u8::from(second));
            let response = Response {
                unit: Some(unit),
                score: Some(score + noise),
                pains,
                ..Default::default()
            };
            tally.add(&response).expect("small scores");
        }
        let found = sizes(&tally).expect("sizes");
        let has_interval = |pain: usize| {
            let size = found.pains[pain].size.as_ref();
            size.is_ok_and(|size| size.spread.is_ok())
        };
        assert_eq!([0, 1].map(has_interval), [true, false]);
        let joint = found.joint.expect("sizes");
        let freedom = joint.freedom.expect("twelve units");
        assert_eq!(joint.pains, [0, 1]);
        assert_eq!(freedom[0], freedom[1]);
        assert!(joint.covariance.get(1, 1) > 0.0);
    }
}
