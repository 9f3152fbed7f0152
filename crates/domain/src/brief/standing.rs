//! Where customers and employees stand: scores, measures, commitment, adoption.

use crate::estimate::Figure;
use crate::facts::{InitiativeKind, Side};
use crate::metric::{Metric, Scale};
use serde::Serialize;

/// Where customers stand in one source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// The source.
    pub source: String,
    /// How scores are read.
    pub metric: Metric,
    /// The ends of the scale.
    pub scale: Option<Scale>,
    /// The figure over the last twelve months, or over all where undated.
    pub score: Figure,
    /// Change over twelve months, in the figure's unit.
    pub trend: Figure,
    /// By month.
    pub months: Vec<SeriesPoint>,
    /// Responses in this source.
    pub responses: u64,
    /// Comments in this source.
    pub comments: u64,
}

/// One month of a series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeriesPoint {
    /// `2026-03`.
    pub month: String,
    /// The value.
    pub value: f64,
    /// Lower end of its 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Responses behind it.
    pub n: u64,
}

/// A measure given per unit and period: its picture now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeasurePicture {
    /// Its name.
    pub measure: String,
    /// About whom.
    pub side: Side,
    /// The last period's mean over units.
    pub now: Figure,
    /// The last period.
    pub period: String,
    /// Units with a value in the last period.
    pub units: u64,
    /// Mean over units by period.
    pub periods: Vec<SeriesPoint>,
}

/// An estimated link between two measures, in one direction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkPicture {
    /// The measure that would come first.
    pub from: String,
    /// The measure that would follow.
    pub to: String,
    /// Periods from one to the other.
    pub lag: u32,
    /// The path in the units of the values, mean over periods.
    pub path: Option<f64>,
    /// Lower end of its 95% interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// The path in standard deviations within units.
    pub standardised: Option<f64>,
    /// Lower end of its 95% interval.
    pub standardised_low: Option<f64>,
    /// Upper end.
    pub standardised_high: Option<f64>,
    /// Units behind it.
    pub n_units: usize,
    /// Periods behind it.
    pub n_waves: usize,
    /// In plain words: comes first, too small to matter, can't tell, no verdict.
    pub verdict: String,
    /// Why there are no numbers, or no finding.
    pub reason: Option<String>,
    /// How it was estimated.
    pub method: Option<String>,
}

/// How committed teams say they are to deciding by customers' outcomes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Commitment {
    /// Mean rating.
    pub rating: Figure,
    /// The scale's ends.
    pub scale: Scale,
    /// Share of ratings at each value of the scale.
    pub shares: Vec<(f64, f64)>,
}

/// A spending line and how far people use it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdoptionPicture {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: InitiativeKind,
    /// Money spent.
    pub spend: Option<f64>,
    /// People who could use it.
    pub eligible: Option<f64>,
    /// Share of them who do, 0 to 1.
    pub adopted: Figure,
}
