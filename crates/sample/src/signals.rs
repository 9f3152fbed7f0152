//! Customers' feedback, response by response: where and when, what is named, which score; then the
//! words (see `comments`). Facts and words draw from different streams, so the truth can go over
//! all facts without writing a word.
//!
//! The score depends on unit, month, the problems named and noise alone. What else is said depends
//! on the score (pleased people praise), never the other way round, so the true drag stays what
//! was drawn.

use crate::catalogue::{self, Stage};
use crate::comments::Comments;
use crate::dates;
use crate::plan::pains::{Pains, REVIEW_SHARE};
use crate::plan::units::REGIONS;
use crate::plan::{Plan, Stream, normal, pick, stream};
use crate::rows::{SignalRow, SignalTruth};
use crate::score::{NOISE, scored};
use crate::{REVIEWS, SURVEY, TICKETS};
use rand::{Rng, RngExt};
use rand_distr::Distribution;

/// Where feedback was collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Survey,
    Tickets,
    Reviews,
}

/// What a response says, besides the problems it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// No comment.
    Silent,
    /// "Nothing", "n/a".
    Empty,
    /// A moan that names no problem.
    Vague,
    /// Beside the point.
    Aside,
    /// An everyday request.
    Request,
    /// In another language.
    OtherLanguage,
    /// Praise alone: index of the strength.
    Praise(u8),
    /// One or more problems, perhaps with praise.
    Pains { praise: Option<u8> },
}

/// One response, before words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Response {
    pub month: usize,
    pub day: u32,
    pub unit: usize,
    pub stage: Stage,
    pub source: Source,
    /// Latent mean of the score, drags taken off.
    pub latent: f64,
    pub score: Option<u8>,
    named: [u8; 3],
    named_count: u8,
    pub said: Said,
    pub customer: usize,
    /// Whether its comment came in two boxes, and so in two rows.
    pub split: bool,
}

impl Response {
    /// Indices of the problems named.
    pub(crate) fn pains(&self) -> &[u8] {
        &self.named[..usize::from(self.named_count)]
    }
}

impl Plan {
    /// Goes over all responses in order of date.
    pub(crate) fn responses<E>(
        &self,
        mut each: impl FnMut(&Response) -> Result<(), E>,
    ) -> Result<(), E> {
        let rng = &mut stream(self.seed, Stream::Signals);
        let noise = normal(0.0, 1.0);
        let total = self.counts.signals;
        let month_ends: Vec<u32> = self
            .months
            .iter()
            .map(|share| (share * f64::from(total)).round() as u32)
            .collect();
        let (mut row, mut month) = (0, 0);
        while row < total {
            while month + 1 < dates::MONTHS && row >= month_ends[month] {
                month += 1;
            }
            let start = if month == 0 { 0 } else { month_ends[month - 1] };
            let length = (month_ends[month] - start).max(1);
            let days = dates::days_in(month);
            let day = 1 + ((row - start) * days / length).min(days - 1);
            let mut response = self.response(month, day, noise.sample(rng), rng);
            response.split &= row + 1 < total;
            row += 1 + u32::from(response.split);
            each(&response)?;
        }
        Ok(())
    }

    fn response(&self, month: usize, day: u32, noise: f64, rng: &mut impl Rng) -> Response {
        let (unit, stage) = self.units.places[pick(&self.units.places_cumulated, rng)];
        let facing = &self.units.facing[unit];
        let source = match rng.random::<f64>() {
            r if r < facing.tickets => Source::Tickets,
            r if r < facing.tickets + REVIEW_SHARE => Source::Reviews,
            _ => Source::Survey,
        };
        let chances = self.pains.chances(unit, stage, month);
        let mut named = [0; 3];
        let mut count = Pains::draw_named(chances, rng, &mut named);
        let often = match source {
            Source::Survey => 0.0,
            Source::Tickets => 0.65,
            Source::Reviews => 0.25,
        };
        if count == 0 && rng.random_bool(often) {
            named[0] = Pains::draw_one(chances, rng);
            count = 1;
        }
        let drags: f64 = named[..count]
            .iter()
            .map(|pain| self.pains.drawn[usize::from(*pain)].drag)
            .sum();
        let latent = self.base[unit][month] - drags;
        let score = match source {
            Source::Survey => Some(scored(latent + NOISE * noise)),
            Source::Tickets => None,
            Source::Reviews => Some(stars(latent, noise)),
        };
        let said = self.said(source, stage, score, &named[..count], rng);
        let both = count > 1 || matches!(said, Said::Pains { praise: Some(_) });
        Response {
            month,
            day,
            unit,
            stage,
            source,
            latent,
            score,
            named,
            named_count: count as u8,
            said,
            customer: self.customer(facing.region, rng),
            split: source == Source::Survey && both && rng.random_bool(0.15),
        }
    }

    /// What is said, given the score.
    fn said(
        &self,
        source: Source,
        stage: Stage,
        score: Option<u8>,
        pains: &[u8],
        rng: &mut impl Rng,
    ) -> Said {
        // 0 unhappy, 1 middling, 2 happy; tickets are middling.
        let mood = mood(source, score);
        if !pains.is_empty() {
            let praises = [0.05, 0.14, 0.32][mood];
            let room = source != Source::Tickets && pains.len() < 3;
            let with = room && rng.random_bool(praises);
            let praise = with.then(|| self.praise(stage, pains, rng)).flatten();
            return Said::Pains { praise };
        }
        let lot = rng.random::<f64>();
        match source {
            Source::Survey => match (mood, lot) {
                (0, l) if l < 0.12 => Said::Vague,
                (2, l) if l < 0.34 => self.praised(stage, rng),
                (1, l) if l < 0.12 => self.praised(stage, rng),
                (_, l) if l > 0.997 => Said::OtherLanguage,
                (_, l) if l > 0.96 => Said::Aside,
                (_, l) if l > 0.86 => Said::Empty,
                _ => Said::Silent,
            },
            Source::Tickets if lot < 0.93 => Said::Request,
            Source::Tickets => Said::Aside,
            Source::Reviews if mood == 0 => Said::Vague,
            Source::Reviews if lot < 0.85 => self.praised(stage, rng),
            Source::Reviews => Said::Aside,
        }
    }

    fn praised(&self, stage: Stage, rng: &mut impl Rng) -> Said {
        self.praise(stage, &[], rng)
            .map_or(Said::Silent, Said::Praise)
    }

    /// A strength of this step or of none, and not of a step that is complained of.
    fn praise(&self, stage: Stage, pains: &[u8], rng: &mut impl Rng) -> Option<u8> {
        let fits = |strength: &catalogue::Praise| match strength.stage {
            None => strength.key != "happy" || pains.is_empty(),
            Some(at) => pains
                .iter()
                .all(|pain| self.pains.drawn[usize::from(*pain)].entry.stage != at),
        };
        for _ in 0..4 {
            let all = catalogue::praise();
            // Half of all praise is about people or nothing in particular.
            let index = if rng.random_bool(0.5) {
                rng.random_range(0..2) * (all.len() - 1)
            } else {
                rng.random_range(0..all.len())
            };
            let here = all[index]
                .stage
                .is_none_or(|at| at == stage || rng.random_bool(0.3));
            if here && fits(&all[index]) {
                return Some(index as u8);
            }
        }
        None
    }

    /// A customer of the region, or of anywhere; some come more often than others.
    fn customer(&self, region: Option<usize>, rng: &mut impl Rng) -> usize {
        let each = self.customers.len() / REGIONS;
        let region = region.unwrap_or_else(|| rng.random_range(0..REGIONS));
        let place = rng.random::<f64>().powf(1.3) * each as f64;
        region * each + (place as usize).min(each - 1)
    }

    /// Streams the signals file in order of date: each row with its truth. Stops at the callback's
    /// first error and returns it.
    pub fn signals<E>(
        &self,
        mut each: impl FnMut(&SignalRow<'_>, &SignalTruth<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let comments = Comments::compile(self);
        let rng = &mut stream(self.seed, Stream::Comments);
        let mut text = Text::default();
        let (mut row_number, mut response_number) = (0_u32, 0_u32);
        self.responses(|response| {
            response_number += 1;
            numbered('R', response_number, &mut text.response);
            numbered('C', response.customer as u32, &mut text.customer);
            let (year, month) = dates::month(response.month);
            dates::write_date(year, month, response.day, &mut text.at);
            let boxes = boxes(response);
            for (said, pains) in boxes.iter().take(1 + usize::from(response.split)) {
                row_number += 1;
                numbered('S', row_number, &mut text.id);
                comments.write(*said, pains, response, rng, &mut text.comment);
                let keys = self.keys(pains, &mut text.keys);
                let strength = match said {
                    Said::Praise(index)
                    | Said::Pains {
                        praise: Some(index),
                    } => Some(catalogue::praise()[usize::from(*index)].key),
                    _ => None,
                };
                let row = SignalRow {
                    id: &text.id,
                    response: &text.response,
                    at: &text.at,
                    unit: &self.units.facing[response.unit].name,
                    stage: response.stage.name(),
                    source: source_name(response.source),
                    metric: metric_name(response.source),
                    score: response.score,
                    comment: (!text.comment.is_empty()).then_some(text.comment.as_str()),
                    customer: &text.customer,
                    value: f64::from(self.customers[response.customer]) / 100.0,
                };
                let truth = SignalTruth {
                    id: &text.id,
                    pains_joined: &text.keys,
                    pains: &keys[..pains.len()],
                    strength,
                };
                each(&row, &truth)?;
            }
            Ok(())
        })
    }

    fn keys(&self, pains: &[u8], joined: &mut String) -> [&'static str; 3] {
        joined.clear();
        let mut keys = [""; 3];
        for (key, pain) in keys.iter_mut().zip(pains) {
            *key = self.pains.drawn[usize::from(*pain)].entry.key;
            if !joined.is_empty() {
                joined.push(';');
            }
            joined.push_str(key);
        }
        keys
    }
}

/// Buffers that rows borrow from.
#[derive(Default)]
struct Text {
    id: String,
    response: String,
    at: String,
    customer: String,
    comment: String,
    keys: String,
}

/// What goes into a response's comment boxes: all into one, or, where it is split, praise or the
/// first problem into one and the rest into the other.
fn boxes(response: &Response) -> [(Said, &[u8]); 2] {
    let pains = response.pains();
    let plain = Said::Pains { praise: None };
    match response.said {
        Said::Pains {
            praise: Some(praise),
        } if response.split => [(Said::Praise(praise), &pains[..0]), (plain, pains)],
        Said::Pains { .. } if response.split => [(plain, &pains[..1]), (plain, &pains[1..])],
        said => [(said, pains), (Said::Silent, &pains[..0])],
    }
}

/// One to five stars from the latent survey score.
fn stars(latent: f64, noise: f64) -> u8 {
    (4.1 + 0.5 * (latent - 7.3) + 0.7 * noise)
        .round()
        .clamp(1.0, 5.0) as u8
}

/// 0 unhappy, 1 middling, 2 happy.
pub(crate) fn mood(source: Source, score: Option<u8>) -> usize {
    match (source, score) {
        (Source::Survey, Some(0..=5)) | (Source::Reviews, Some(0..=2)) => 0,
        (Source::Survey, Some(8..)) | (Source::Reviews, Some(4..)) => 2,
        _ => 1,
    }
}

fn source_name(source: Source) -> &'static str {
    match source {
        Source::Survey => SURVEY,
        Source::Tickets => TICKETS,
        Source::Reviews => REVIEWS,
    }
}

fn metric_name(source: Source) -> Option<&'static str> {
    match source {
        Source::Survey => Some("mean"),
        Source::Tickets => None,
        Source::Reviews => Some("stars"),
    }
}

/// A letter and seven digits over `out`.
pub(crate) fn numbered(letter: char, number: u32, out: &mut String) {
    out.clear();
    out.push(letter);
    dates::write_digits(number, 7, out);
}
