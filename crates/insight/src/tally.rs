//! What a scan over customers' feedback counts: enough for every figure about problems, small
//! whatever the number of rows, and mergeable.
//!
//! Counts and sums are integers or fixed point, so the same bytes come out in any order. It sees
//! which problems a response names, never its words.

use crate::error::Result;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::metric::Metric;
use throughline_stats::gram::Gram;
use throughline_stats::share::Sums;

/// First month that has a column in the models: January 1990, in months since 1970.
const FIRST_MONTH: i32 = 240;
/// Months that have columns: to December 2100.
const MONTHS: usize = 1332;

/// One response, as far as figures need it.
#[derive(Clone, Debug, Default)]
pub struct Response<'a> {
    /// Its unit, by number; `None` if unknown.
    pub unit: Option<u32>,
    /// Months since January 1970.
    pub month: Option<i32>,
    /// Its step of the journey, by number.
    pub stage: Option<u32>,
    /// Its score, on the source's scale.
    pub score: Option<f64>,
    /// Whether it holds a comment.
    pub commented: bool,
    /// Problems it names, by number, each once.
    pub pains: &'a [u32],
    /// Things it praises, by number, each once.
    pub praise: &'a [u32],
    /// The customer, by number.
    pub customer: Option<u32>,
}

/// Counts of one unit in one month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Responses.
    pub responses: u64,
    /// Of them, those that name each problem.
    pub naming: Vec<u32>,
    /// Responses with a score.
    pub scores: u64,
    /// Sum of what the scores contribute to the metric, in millionths.
    pub sum_micro: i128,
    /// Sum of squares of the same, in millionths.
    pub squares_micro: i128,
}

/// Counts of one unit.
#[derive(Clone, Debug)]
pub struct UnitTally {
    /// Cells by month; undated responses under `None`.
    pub months: BTreeMap<Option<i32>, Cell>,
    /// Cross-products of problems, months and score, over responses with a score.
    pub gram: Gram,
    /// Responses with a score that name at least one problem.
    pub naming_any: u64,
    /// For each problem the scores of the responses that name it.
    pub severity: Vec<Sums>,
    /// Responses by step of the journey; those without one under `None`.
    pub stages: BTreeMap<Option<u32>, u64>,
    /// Responses that praise each strength.
    pub praising: Vec<u64>,
}

/// Counts of one source.
#[derive(Clone, Debug)]
pub struct Tally {
    /// How scores are read.
    pub metric: Metric,
    /// Problems there are.
    pub pains: usize,
    /// By unit; responses without one under `None`.
    pub units: BTreeMap<Option<u32>, UnitTally>,
    /// Scores of the responses that praise each strength: how many, and the sum in millionths of what they
    /// contribute to the metric.
    pub praise_scores: Vec<(u64, i128)>,
    /// Responses that name each problem at each step of the journey.
    pub stages: BTreeMap<u32, Vec<u64>>,
    /// Customers who named each problem.
    pub customers: Vec<BTreeSet<u32>>,
    /// Comments.
    pub comments: u64,
    /// Responses with a comment.
    pub commented: u64,
    /// Responses that name at least one problem.
    pub naming_any: u64,
}

impl Tally {
    /// An empty tally for a source.
    pub fn new(metric: Metric, pains: usize, strengths: usize) -> Self {
        Self {
            metric,
            pains,
            units: BTreeMap::new(),
            praise_scores: vec![(0, 0); strengths],
            stages: BTreeMap::new(),
            customers: vec![BTreeSet::new(); pains],
            comments: 0,
            commented: 0,
            naming_any: 0,
        }
    }

    /// Counts a response.
    ///
    /// # Errors
    /// If a score is too large to be one.
    pub fn add(&mut self, response: &Response<'_>) -> Result<()> {
        let (pains, strengths) = (self.pains, self.praise_scores.len());
        let unit = self
            .units
            .entry(response.unit)
            .or_insert_with(|| UnitTally {
                months: BTreeMap::new(),
                gram: Gram::new(pains + MONTHS),
                naming_any: 0,
                severity: vec![Sums::default(); pains],
                stages: BTreeMap::new(),
                praising: vec![0; strengths],
            });
        *unit.stages.entry(response.stage).or_default() += 1;
        let cell = unit.months.entry(response.month).or_insert_with(|| Cell {
            naming: vec![0; pains],
            ..Cell::default()
        });
        cell.responses += 1;
        self.commented += u64::from(response.commented);
        self.naming_any += u64::from(!response.pains.is_empty());
        for pain in response.pains {
            cell.naming[*pain as usize] += 1;
            if let Some(customer) = response.customer {
                self.customers[*pain as usize].insert(customer);
            }
        }
        for praise in response.praise {
            unit.praising[*praise as usize] += 1;
        }
        if let Some(stage) = response.stage {
            let counts = self.stages.entry(stage).or_insert_with(|| vec![0; pains]);
            for pain in response.pains {
                counts[*pain as usize] += 1;
            }
        }
        if let Some(score) = response.score {
            let y = self.metric.contribution(score);
            cell.scores += 1;
            let micro = (y * 1e6).round() as i128;
            cell.sum_micro += micro;
            for praise in response.praise {
                let (n, sum) = &mut self.praise_scores[*praise as usize];
                (*n, *sum) = (*n + 1, *sum + micro);
            }
            cell.squares_micro += (y * y * 1e6).round() as i128;
            let mut columns: Vec<(usize, f64)> = response
                .pains
                .iter()
                .map(|pain| (*pain as usize, 1.0))
                .collect();
            if let Some(month) = response.month.and_then(month_column) {
                columns.push((pains + month, 1.0));
            }
            unit.gram.add(&columns, y)?;
            unit.naming_any += u64::from(!response.pains.is_empty());
            for pain in response.pains {
                let sums = &mut unit.severity[*pain as usize];
                *sums = sums.and(Sums::of(&[y])?);
            }
        }
        Ok(())
    }

    /// Responses.
    pub fn responses(&self) -> u64 {
        self.cells().map(|(_, _, cell)| cell.responses).sum()
    }

    /// Responses with a score.
    pub fn scores(&self) -> u64 {
        self.cells().map(|(_, _, cell)| cell.scores).sum()
    }

    /// Responses that name a problem.
    pub fn naming(&self, pain: usize) -> u64 {
        self.cells()
            .map(|(_, _, cell)| u64::from(cell.naming[pain]))
            .sum()
    }

    /// Every cell with its unit and month.
    pub fn cells(&self) -> impl Iterator<Item = (Option<u32>, Option<i32>, &Cell)> {
        self.units.iter().flat_map(|(unit, tally)| {
            tally
                .months
                .iter()
                .map(move |(month, cell)| (*unit, *month, cell))
        })
    }

    /// For each known unit how many of its responses name a problem, how many would if at each step of the
    /// journey as large a share named it as over all units, and its responses.
    pub fn expected(&self, pain: usize) -> impl Iterator<Item = (u32, f64, f64, u64)> + '_ {
        let mut responses: BTreeMap<Option<u32>, u64> = BTreeMap::new();
        for unit in self.units.values() {
            for (stage, n) in &unit.stages {
                *responses.entry(*stage).or_default() += n;
            }
        }
        let at_steps: u64 = self.stages.values().map(|naming| naming[pain]).sum();
        let elsewhere = self.naming(pain) - at_steps;
        let share = move |stage: &Option<u32>| {
            let naming = match stage {
                Some(stage) => self.stages.get(stage).map_or(0, |naming| naming[pain]),
                None => elsewhere,
            };
            naming as f64 / responses.get(stage).copied().unwrap_or(1) as f64
        };
        self.units.iter().filter_map(move |(unit, tally)| {
            let naming: u64 = tally
                .months
                .values()
                .map(|cell| u64::from(cell.naming[pain]))
                .sum();
            let expected = tally
                .stages
                .iter()
                .map(|(stage, n)| *n as f64 * share(stage));
            let responses = tally.stages.values().sum();
            Some(((*unit)?, naming as f64, expected.sum(), responses))
        })
    }

    /// Whether the responses that praise a strength score below all, if enough of them have a score.
    pub fn praises_below_average(&self, strength: usize) -> bool {
        const SCORES: u64 = 5;
        let (n, sum) = self.praise_scores[strength];
        let all: i128 = self.cells().map(|(_, _, cell)| cell.sum_micro).sum();
        let scores = self.scores();
        n >= SCORES && sum * i128::from(scores) < all * i128::from(n)
    }

    /// Months with responses, in order.
    pub fn months(&self) -> BTreeSet<i32> {
        self.cells().filter_map(|(_, month, _)| month).collect()
    }

    /// Scores without a date, where other responses have one.
    pub fn undated_scores(&self) -> u64 {
        let undated = self.cells().filter(|(_, month, _)| month.is_none());
        match self.months().is_empty() {
            true => 0,
            false => undated.map(|(_, _, cell)| cell.scores).sum(),
        }
    }

    /// Units known by name.
    pub fn named_units(&self) -> usize {
        self.units.keys().flatten().count()
    }
}

/// The column of a month among the months, if it has one.
fn month_column(month: i32) -> Option<usize> {
    usize::try_from(month - FIRST_MONTH)
        .ok()
        .filter(|column| *column < MONTHS)
}

/// `2026-03` for a number of months since January 1970.
pub fn month_name(month: i32) -> String {
    format!(
        "{:04}-{:02}",
        1970 + month.div_euclid(12),
        month.rem_euclid(12) + 1
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_named() {
        assert_eq!(month_name(0), "1970-01");
        assert_eq!(month_name(12 * 56 + 2), "2026-03");
    }

    #[test]
    fn what_is_expected_of_a_unit_follows_its_steps() {
        let mut tally = Tally::new(Metric::Mean, 1, 0);
        // Unit 1 serves step 7, where half name the problem; unit 2 serves both steps.
        for (unit, stage, naming, times) in [
            (1, Some(7), true, 10),
            (1, Some(7), false, 10),
            (2, Some(7), true, 5),
            (2, Some(7), false, 5),
            (2, Some(8), false, 30),
            (2, None, true, 1),
        ] {
            for _ in 0..times {
                let response = Response {
                    unit: Some(unit),
                    stage,
                    pains: if naming { &[0] } else { &[] },
                    ..Default::default()
                };
                tally.add(&response).expect("no score");
            }
        }
        let expected: Vec<_> = tally.expected(0).collect();
        assert_eq!(expected, [(1, 10.0, 10.0, 20), (2, 6.0, 6.0, 41)]);
    }

    #[test]
    fn scores_without_a_date_are_counted_where_other_responses_have_one() {
        let mut tally = Tally::new(Metric::Mean, 0, 0);
        let mut add = |score, month| {
            let response = Response {
                score,
                month,
                ..Default::default()
            };
            tally.add(&response).expect("a small score");
            tally.undated_scores()
        };
        assert_eq!(add(Some(4.0), None), 0);
        assert_eq!(add(None, Some(600)), 1);
        assert_eq!(add(None, None), 1);
        assert_eq!(add(Some(5.0), None), 2);
    }

    #[test]
    fn praise_that_goes_with_low_scores_is_told() {
        let mut tally = Tally::new(Metric::Mean, 0, 3);
        for (praise, score, times) in [(0, 9.0, 10), (1, 4.0, 10), (2, 1.0, 4)] {
            for _ in 0..times {
                let response = Response {
                    score: Some(score),
                    praise: &[praise],
                    ..Default::default()
                };
                tally.add(&response).expect("a small score");
            }
        }
        // Of the third too few have a score.
        let below = [0, 1, 2].map(|at| tally.praises_below_average(at));
        assert_eq!(below, [false, true, false]);
    }

    #[test]
    fn the_order_of_responses_does_not_matter() {
        let responses = [
            Response {
                unit: Some(1),
                month: Some(600),
                score: Some(7.3),
                pains: &[0],
                ..Default::default()
            },
            Response {
                unit: Some(1),
                month: Some(601),
                score: Some(2.1),
                pains: &[0, 1],
                ..Default::default()
            },
            Response {
                unit: None,
                month: None,
                score: Some(9.0),
                ..Default::default()
            },
        ];
        let count = |order: &[usize]| {
            let mut tally = Tally::new(Metric::Mean, 2, 0);
            for at in order {
                tally.add(&responses[*at]).expect("small scores");
            }
            let cells: Vec<_> = tally
                .cells()
                .map(|(unit, month, cell)| (unit, month, cell.clone()))
                .collect();
            (cells, tally.units[&Some(1)].gram.to_bytes())
        };
        assert_eq!(count(&[0, 1, 2]), count(&[2, 1, 0]));
    }
}
