//! Drawing the company: everything that is decided once, before any row is written. The
//! distributions are fixed here; nothing is spaced to be easy to find.

pub(crate) mod levers;
pub(crate) mod links;
pub(crate) mod pains;
pub(crate) mod units;

use crate::catalogue::{self, company};
use crate::dates::MONTHS;
use crate::rows::{ChainRow, InitiativeRow, RoleRow, UnitRow};
use crate::votes;
use levers::Levers;
use links::Links;
use pains::Pains;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, LogNormal, Normal};
use units::Units;

/// How large a sample company is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 40,000 signals, 2,500 answers, 1,200 employees.
    Small,
    /// 1,000,000 signals, 100,000 answers, 24,000 employees.
    Large,
}

impl Size {
    /// Its numbers of rows and people.
    pub fn counts(self) -> Counts {
        match self {
            Self::Small => Counts {
                signals: 40_000,
                answers: 2_500,
                employees: 1_200,
            },
            Self::Large => Counts {
                signals: 1_000_000,
                answers: 100_000,
                employees: 24_000,
            },
        }
    }
}

/// Numbers of rows and people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Rows of the signals file.
    pub signals: u32,
    /// Rows of the voice file.
    pub answers: u32,
    /// People employed; at least one a role and unit, whatever is asked for.
    pub employees: u32,
}

/// A bank of wordings. Every family of phrasings belongs to exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bank {
    /// Wordings that may be looked at while thresholds are chosen.
    Making,
    /// Wordings held out for benchmarks.
    HeldOut,
    /// As `Making`, problems, fixes and needs worded by people who were asked to tell them freely,
    /// as on a phone; praise and asides are those of `Making`.
    FreeMaking,
    /// The same by others, held out; praise and asides are those of `HeldOut`.
    FreeHeldOut,
}

impl Bank {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Making,
        Self::HeldOut,
        Self::FreeMaking,
        Self::FreeHeldOut,
    ];

    /// Its name in the truth.
    pub fn name(self) -> &'static str {
        match self {
            Self::Making => "making",
            Self::HeldOut => "held out",
            Self::FreeMaking => "free, making",
            Self::FreeHeldOut => "free, held out",
        }
    }
}

/// Purposes of random draws, each with its own stream of the seed, so that one can change without
/// moving the others.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stream {
    Pains = 1,
    Units,
    Effects,
    Levers,
    Links,
    Customers,
    Signals,
    Comments,
    Voice,
    Answers,
    Measures,
    Votes,
    Opinions,
    VotesOnImpact,
}

/// The generator of one purpose.
pub(crate) fn stream(seed: u64, purpose: Stream) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(purpose as u64);
    rng
}

/// Where a draw of 0 to 1 falls in cumulated weights.
pub(crate) fn pick(cumulated: &[f64], rng: &mut impl Rng) -> usize {
    let total = cumulated.last().copied().unwrap_or(0.0);
    let at = rng.random::<f64>() * total;
    cumulated
        .partition_point(|c| *c <= at)
        .min(cumulated.len().saturating_sub(1))
}

/// Running sums.
pub(crate) fn cumulate(weights: impl IntoIterator<Item = f64>) -> Vec<f64> {
    weights
        .into_iter()
        .scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        })
        .collect()
}

/// A normal distribution of the model: its parameters are constants, so it always exists.
pub(crate) fn normal(mean: f64, sd: f64) -> Normal<f64> {
    Normal::new(mean, sd).expect("constant standard deviations are finite")
}

/// A drawn company: all that is decided before rows are written.
#[derive(Debug)]
pub struct Plan {
    pub(crate) seed: u64,
    pub(crate) counts: Counts,
    pub(crate) bank: Option<Bank>,
    pub(crate) units: Units,
    pub(crate) pains: Pains,
    pub(crate) levers: Levers,
    pub(crate) links: Links,
    /// Latent survey score before drags, by unit and month.
    pub(crate) base: Vec<[f64; MONTHS]>,
    /// Cumulated share of signals up to the end of each month.
    pub(crate) months: Vec<f64>,
    /// Yearly revenue by customer, in pence.
    pub(crate) customers: Vec<u32>,
    /// How well those who vote know what is in play (`votes::SEEN`).
    pub(crate) seen: f64,
}

impl Plan {
    /// Draws a company with wordings of the first two banks.
    pub fn draw(size: Size, seed: u64) -> Self {
        Self::draw_counts(size.counts(), seed, None)
    }

    /// Draws a company with wordings of one bank.
    pub fn draw_from(size: Size, seed: u64, bank: Bank) -> Self {
        Self::draw_counts(size.counts(), seed, Some(bank))
    }

    /// Draws a company of any size; `bank` as in [`Plan::draw_from`], or both.
    pub fn draw_counts(counts: Counts, seed: u64, bank: Option<Bank>) -> Self {
        let volumes = months_volumes();
        let units = Units::draw(counts, &mut stream(seed, Stream::Units));
        let pains = Pains::draw(&units, &volumes, &mut stream(seed, Stream::Pains));
        let levers = Levers::draw(&units, &pains, &mut stream(seed, Stream::Levers));
        let effects = &mut stream(seed, Stream::Effects);
        let unit_effects = unit_effects(&units, &pains, effects);
        let period_effects = period_effects(effects);
        let links = Links::draw(&unit_effects, &mut stream(seed, Stream::Links));
        let mean = 7.3 + pains.drawn.iter().map(|p| p.reach * p.drag).sum::<f64>();
        let base = (0..units.facing.len())
            .map(|unit| {
                std::array::from_fn(|month| {
                    mean + unit_effects[unit]
                        + period_effects[month]
                        + links.satisfaction_within(unit, month)
                })
            })
            .collect();
        let customers = customers(counts, &mut stream(seed, Stream::Customers));
        let total: f64 = volumes.iter().sum();
        Self {
            seed,
            counts,
            bank,
            units,
            pains,
            levers,
            links,
            base,
            months: cumulate(volumes.map(|v| v / total)),
            customers,
            seen: votes::SEEN,
        }
    }

    /// The same company, whose employees know better or less what would help customers: log-odds that they prefer the
    /// fix that has more in play, for one standard deviation of its root.
    pub fn with_voters_who_know(self, seen: f64) -> Self {
        Self { seen, ..self }
    }

    /// The company's name.
    pub fn company(&self) -> &'static str {
        company::NAME
    }

    /// Units, parents first.
    pub fn units(&self) -> &[UnitRow] {
        &self.units.rows
    }

    /// How work reaches customers.
    pub fn chain(&self) -> Vec<ChainRow> {
        units::chain()
    }

    /// Roles by unit.
    pub fn roles(&self) -> Vec<RoleRow> {
        self.units.role_rows()
    }

    /// Spending lines.
    pub fn initiatives(&self) -> Vec<InitiativeRow> {
        let scale = f64::from(self.counts.employees) / 1_200.0;
        company::INITIATIVES
            .iter()
            .map(
                |&(id, name, kind, spend, period, eligible, share)| InitiativeRow {
                    id,
                    name,
                    kind,
                    spend: spend * scale,
                    period,
                    eligible: (eligible * scale).round() as u32,
                    adopted: (eligible * scale * share).round() as u32,
                },
            )
            .collect()
    }

    /// Share of the wordings drawn from, in words.
    pub(crate) fn wording(&self) -> &'static str {
        self.bank.map_or("both", Bank::name)
    }
}

/// Signals by month, relative: a growing company, a little busier in winter.
fn months_volumes() -> [f64; MONTHS] {
    std::array::from_fn(|month| {
        let winter = matches!(crate::dates::month(month).1, 10..=12 | 1..=3);
        (1.0 + 0.3 * month as f64 / MONTHS as f64) * if winter { 1.1 } else { 1.0 }
    })
}

/// Effects of units on the score: their own level, and lower where more is amiss than in the
/// others of their kind, beyond what the complaints themselves cost.
fn unit_effects(units: &Units, pains: &Pains, rng: &mut ChaCha8Rng) -> Vec<f64> {
    let own = normal(0.0, 0.3);
    units
        .facing
        .iter()
        .enumerate()
        .map(|(unit, _)| own.sample(rng) - 0.5 * pains.excess_points(unit))
        .collect()
}

/// Effects of months on the score: a slow wander.
fn period_effects(rng: &mut ChaCha8Rng) -> [f64; MONTHS] {
    let step = normal(0.0, 0.06);
    let mut level = 0.0;
    std::array::from_fn(|_| {
        level = 0.8 * level + step.sample(rng);
        level
    })
}

/// Yearly revenue of each customer: log-normal, median 640 pounds.
fn customers(counts: Counts, rng: &mut ChaCha8Rng) -> Vec<u32> {
    let revenue = LogNormal::new(640.0_f64.ln(), 0.45).expect("constants");
    (0..(counts.signals as usize * 2 / 5).max(units::REGIONS))
        .map(|_| (revenue.sample(rng) * 100.0).round().min(5e6) as u32)
        .collect()
}

/// Keys of the catalogue in order, for the truth.
pub(crate) fn strengths() -> impl Iterator<Item = (&'static str, &'static str)> {
    catalogue::praise().iter().map(|p| (p.key, p.title))
}
