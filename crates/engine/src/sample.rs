//! The sample of comments on which themes are fitted: all of them up to a limit, past it a fixed
//! share chosen by a hash of the id, so that the same comments are chosen in any order.

use crate::error::Result;
use crate::reader::Splitter;
use std::ops::ControlFlow;
use throughline_domain::Words;
use throughline_insight::comment::Parts;
use throughline_insight::tone::Tones;
use throughline_lake::Lake;
use throughline_text::language::Language;
use throughline_text::seeded::hash;

/// Comments up to which all are fitted on.
pub const ALL_UP_TO: u64 = 50_000;
/// About how many are fitted on past that.
pub const THEN: u64 = 20_000;

/// One comment of the sample.
#[derive(Clone)]
pub struct Sampled {
    /// The signal's id.
    pub id: String,
    /// Who wrote it: the customer, else the response.
    pub person: String,
    /// The source.
    pub source: String,
    /// The question.
    pub question: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// The step of the journey.
    pub stage: Option<String>,
    /// The day.
    pub at_day: Option<i32>,
    /// The score, where it is a code of the comment itself.
    pub score: Option<f64>,
    /// The words.
    pub comment: Words,
}

impl Sampled {
    /// What tells praise from problems where it was said.
    pub fn tones(&self, splitter: &Splitter) -> Tones {
        splitter.tones(&self.source, self.question.as_deref())
    }

    /// Its parts, or the language it is in if that isn't the majority's.
    pub fn parts(&self, splitter: &Splitter) -> std::result::Result<Parts<'_>, Language> {
        let words = self.comment.for_analysis();
        splitter.parts(words, &self.source, self.question.as_deref(), self.score)
    }
}

/// Draws the sample; `comments` is how many there are.
pub fn draw(lake: &Lake, comments: u64, seed: u64) -> Result<Vec<Sampled>> {
    let threshold = if comments <= ALL_UP_TO {
        u64::MAX
    } else {
        (u64::MAX as f64 * (THEN as f64 / comments as f64)) as u64
    };
    let mut sample = Vec::new();
    lake.scan_signals(&mut |batch| {
        for at in 0..batch.len() {
            let row = batch.row(at);
            let Some(comment) = row.comment else { continue };
            if hash(row.id.as_bytes(), seed) > threshold {
                continue;
            }
            sample.push(Sampled {
                id: row.id.to_owned(),
                person: row.customer.unwrap_or(row.response).to_owned(),
                source: row.source.to_owned(),
                question: row.question.map(str::to_owned),
                unit: row.unit.map(str::to_owned),
                stage: row.stage.map(str::to_owned),
                at_day: row.at_day,
                score: row.score,
                comment: Words::new(comment),
            });
        }
        ControlFlow::Continue(())
    })?;
    // Whatever the order of the file.
    sample.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(sample)
}
