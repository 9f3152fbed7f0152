//! Which customer problems are active, how much they hurt, whom they reach and when.
//!
//! Drag: gamma, shape 1.3, scale .7 (mean .91 points), drawn again above 3.5. Reach: log-normal,
//! median 1.8%, sigma .65, held to .5-8% of survey responses. Neither is spaced, so some problems
//! cost almost nothing and some are near one another. Units differ (log-normal, sigma .45); a
//! problem is six times as often named at its own step of the journey as at another.

use super::units::Units;
use super::{cumulate, normal};
use crate::catalogue::{self, Pain, Season, Stage};
use crate::dates::{self, MONTHS};
use crate::truth::{Trend, TrendTruth};
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma, LogNormal};

/// Share of each unit's feedback that is reviews.
pub(crate) const REVIEW_SHARE: f64 = 0.08;
/// Highest chance that a response names a given problem.
const MOST: f64 = 0.7;

/// An active problem.
#[derive(Debug)]
pub(crate) struct DrawnPain {
    pub entry: &'static Pain,
    /// Points that the latent score is lower where it is named.
    pub drag: f64,
    /// Expected share of survey responses that name it.
    pub reach: f64,
    pub trend: TrendTruth,
    /// Whether no fix answers it.
    pub gap: bool,
    /// Relative frequency by month.
    by_month: [f64; MONTHS],
}

/// All active problems with the chance that a response names them.
#[derive(Debug)]
pub(crate) struct Pains {
    pub drawn: Vec<DrawnPain>,
    /// Log of how much more often a unit's customers name it than others', by unit and problem.
    pub unit_logs: Vec<Vec<f64>>,
    /// Chance by unit, step, month and problem.
    chances: Vec<f32>,
    /// Expected points lost a response, by unit: beyond what is usual for its steps.
    excess: Vec<f64>,
    /// Expected points lost a response, by unit.
    pub points: Vec<f64>,
}

impl std::fmt::Debug for Pain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key)
    }
}

impl Pains {
    pub(crate) fn draw(units: &Units, volumes: &[f64; MONTHS], rng: &mut ChaCha8Rng) -> Self {
        let drawn: Vec<DrawnPain> = choose(rng)
            .into_iter()
            .map(|(entry, gap)| draw_pain(entry, gap, volumes, rng))
            .collect();
        let unit_spread = normal(0.0, 0.45);
        let unit_logs: Vec<Vec<f64>> = units
            .facing
            .iter()
            .map(|_| drawn.iter().map(|_| unit_spread.sample(rng)).collect())
            .collect();
        let mut pains = Self {
            chances: vec![0.0; units.facing.len() * Stage::ALL.len() * MONTHS * drawn.len()],
            excess: vec![0.0; units.facing.len()],
            points: vec![0.0; units.facing.len()],
            drawn,
            unit_logs,
        };
        pains.fill(units, volumes);
        pains
    }

    /// Chances that a response names each problem.
    pub(crate) fn chances(&self, unit: usize, stage: Stage, month: usize) -> &[f32] {
        let n = self.drawn.len();
        let from = ((unit * Stage::ALL.len() + stage as usize) * MONTHS + month) * n;
        &self.chances[from..from + n]
    }

    /// Expected points lost a response at a unit, beyond what is usual for its steps.
    pub(crate) fn excess_points(&self, unit: usize) -> f64 {
        self.excess[unit]
    }

    /// Sets chances so that each problem's reach among survey responses is as drawn.
    fn fill(&mut self, units: &Units, volumes: &[f64; MONTHS]) {
        let n = self.drawn.len();
        for k in 0..n {
            let pain = &self.drawn[k];
            let relative = |unit: usize, stage: Stage, month: usize| {
                let own = if stage == pain.entry.stage { 6.0 } else { 1.0 };
                own * self.unit_logs[unit][k].exp() * pain.by_month[month]
            };
            let (mut sum, mut weights) = (0.0, 0.0);
            for (unit, facing) in units.facing.iter().enumerate() {
                for (stage, share) in facing.stages {
                    for (month, volume) in volumes.iter().enumerate() {
                        let survey = 1.0 - facing.tickets - REVIEW_SHARE;
                        let weight = facing.volume * share * volume * survey;
                        sum += weight * relative(unit, *stage, month);
                        weights += weight;
                    }
                }
            }
            let scale = pain.reach * weights / sum;
            for (unit, facing) in units.facing.iter().enumerate() {
                let usual = scale / self.unit_logs[unit][k].exp();
                for (stage, share) in facing.stages {
                    for month in 0..MONTHS {
                        let relative = relative(unit, *stage, month);
                        let chance = (scale * relative).min(MOST);
                        let points = share * pain.drag / MONTHS as f64;
                        self.points[unit] += chance * points;
                        self.excess[unit] += (chance - (usual * relative).min(MOST)) * points;
                        let at = ((unit * Stage::ALL.len() + *stage as usize) * MONTHS + month) * n;
                        self.chances[at + k] = chance as f32;
                    }
                }
            }
        }
    }

    /// Draws the problems that a response names, at most three, into `named`; returns how many.
    pub(crate) fn draw_named(chances: &[f32], rng: &mut impl Rng, named: &mut [u8; 3]) -> usize {
        let mut count = 0;
        let mut seen = 0;
        for (k, chance) in chances.iter().enumerate() {
            if rng.random::<f32>() >= *chance {
                continue;
            }
            seen += 1;
            if count < named.len() {
                named[count] = k as u8;
                count += 1;
            } else {
                // A fourth takes a place by lot, so that none is dropped for its number.
                let place = rng.random_range(0..seen);
                if place < named.len() {
                    named[place] = k as u8;
                }
            }
        }
        count
    }

    /// Draws one problem in proportion to its chance.
    pub(crate) fn draw_one(chances: &[f32], rng: &mut impl Rng) -> u8 {
        let sums = cumulate(chances.iter().map(|c| f64::from(*c)));
        super::pick(&sums, rng) as u8
    }
}

/// 12 to 16 problems of the catalogue, 2 or 3 of them such as no fix answers.
fn choose(rng: &mut ChaCha8Rng) -> Vec<(&'static Pain, bool)> {
    let answered = |pain: &Pain| catalogue::levers().any(|l| l.answers.contains(&pain.key));
    let (mut with, mut without): (Vec<_>, Vec<_>) = catalogue::pains()
        .enumerate()
        .partition(|(_, pain)| answered(pain));
    let total = rng.random_range(12..=16_usize);
    let gaps = rng.random_range(2..=3_usize);
    with.shuffle(rng);
    without.shuffle(rng);
    with.truncate(total - gaps);
    without.truncate(gaps);
    let mut chosen: Vec<_> = with
        .into_iter()
        .map(|(place, pain)| (place, pain, false))
        .chain(without.into_iter().map(|(place, pain)| (place, pain, true)))
        .collect();
    chosen.sort_by_key(|(place, _, _)| *place);
    chosen
        .into_iter()
        .map(|(_, pain, gap)| (pain, gap))
        .collect()
}

fn draw_pain(
    entry: &'static Pain,
    gap: bool,
    volumes: &[f64; MONTHS],
    rng: &mut ChaCha8Rng,
) -> DrawnPain {
    let drags = Gamma::new(1.3, 0.7).expect("constants");
    let reaches = LogNormal::new(0.018_f64.ln(), 0.65).expect("constants");
    let drag = loop {
        let drag: f64 = drags.sample(rng);
        if drag <= 3.5 {
            break drag;
        }
    };
    let reach = reaches.sample(rng).clamp(0.005, 0.08);
    let (kind, course) = draw_trend(rng);
    let by_month: [f64; MONTHS] =
        std::array::from_fn(|month| course[month] * seasonal(entry.season, month));
    let year = |months: std::ops::Range<usize>| -> f64 {
        let volume: f64 = volumes[months.clone()].iter().sum();
        months.map(|m| by_month[m] * volumes[m]).sum::<f64>() / volume
    };
    let second_year_over_first = year(12..MONTHS) / year(0..12);
    DrawnPain {
        entry,
        drag,
        reach,
        trend: TrendTruth {
            kind,
            second_year_over_first,
        },
        gap,
        by_month,
    }
}

/// More than half stay level; the others rise, fall, or jump up at some month.
fn draw_trend(rng: &mut ChaCha8Rng) -> (Trend, [f64; MONTHS]) {
    let slope = rng.random_range(0.5..1.3);
    let step_at = rng.random_range(8..18);
    let line = |slope: f64| {
        std::array::from_fn(|month| (slope * (month as f64 / (MONTHS - 1) as f64 - 0.5)).exp())
    };
    match rng.random_range(0..20) {
        0..11 => (Trend::Level, [1.0; MONTHS]),
        11..14 => (Trend::Rising, line(slope)),
        14..17 => (Trend::Falling, line(-slope)),
        _ => (
            Trend::Step,
            std::array::from_fn(|month| if month < step_at { 0.6 } else { 1.6 }),
        ),
    }
}

fn seasonal(season: Season, month: usize) -> f64 {
    let month = dates::month(month).1;
    match season {
        Season::Level => 1.0,
        Season::Winter if matches!(month, 10..=12 | 1..=3) => 1.35,
        Season::Winter => 0.7,
        Season::Autumn if matches!(month, 8..=10) => 1.7,
        Season::Autumn => 0.85,
    }
}
