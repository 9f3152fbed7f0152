//! Fitting themes on the sample: customers' problems and praise apart, each with ids and a
//! person's corrections.

use crate::error::Result;
use crate::names::Names;
use crate::reader::{Placed, Reader, Splitter};
use crate::sample::Sampled;
use rayon::prelude::*;
use std::collections::BTreeMap;
use throughline_domain::Words;
use throughline_domain::facts::ThemeCorrection;
use throughline_domain::import::Source;
use throughline_insight::comention::{Document, groups};
use throughline_insight::theme::{Corrected, Found, Theme, corrected, joined};
use throughline_text::language;
use throughline_text::matrix::to_unit;
use throughline_text::themes::{self, ThemeFit, ThemeOptions};
use throughline_text::vectors::Vectors;

/// A text that themes were fitted on, and where it came from.
#[derive(Clone)]
pub struct Fitted {
    /// Position of its comment in the sample.
    pub sampled: usize,
    /// The part of the comment that was fitted on.
    pub part: Words,
}

/// Themes of one kind, fitted.
pub struct Kind {
    /// The themes.
    pub themes: Vec<Theme>,
    /// The texts they were fitted on; `Theme::central` points here.
    pub texts: Vec<Fitted>,
    /// Ids of corrections that found their theme.
    pub used: Vec<String>,
}

/// Everything fitted on customers' comments.
pub struct Fits {
    /// Reads any comment.
    pub reader: Reader,
    /// Problems.
    pub pains: Kind,
    /// What customers praise.
    pub strengths: Kind,
}

/// Fits on a sample of comments.
pub fn fit(
    sample: &[Sampled],
    sources: &[Source],
    corrections: &[ThemeCorrection],
    seed: u64,
) -> Result<Fits> {
    let majority = language::majority(sample.iter().map(|row| row.comment.for_analysis()));
    let splitter = Splitter::new(sources, majority);
    let split: Vec<(Option<Words>, Option<Words>)> = sample
        .par_iter()
        .map(
            |row| match splitter.parts(row.comment.for_analysis(), &row.source, row.score) {
                Ok(parts) => (parts.problem.map(Words::new), parts.praise.map(Words::new)),
                Err(_) => (None, None),
            },
        )
        .collect();
    let part = |choose: fn(&(Option<Words>, Option<Words>)) -> &Option<Words>| -> Vec<Fitted> {
        split
            .iter()
            .enumerate()
            .filter_map(|(sampled, parts)| {
                Some(Fitted {
                    sampled,
                    part: choose(parts).clone()?,
                })
            })
            .collect()
    };
    let (pains, pains_placed) = kind("p", part(|parts| &parts.0), sample, corrections, seed);
    let (strengths, strengths_placed) =
        kind("s", part(|parts| &parts.1), sample, corrections, seed);
    let reader = Reader {
        splitter,
        pains: pains_placed,
        strengths: strengths_placed,
    };
    Ok(Fits {
        reader,
        pains,
        strengths,
    })
}

fn kind(
    prefix: &str,
    texts: Vec<Fitted>,
    sample: &[Sampled],
    corrections: &[ThemeCorrection],
    seed: u64,
) -> (Kind, Placed) {
    let words: Vec<&str> = texts.iter().map(|text| text.part.for_analysis()).collect();
    let mut stages = Names::default();
    let spoken: Vec<Spoken> = texts
        .iter()
        .map(|text| Spoken {
            by: text.sampled,
            place: sample[text.sampled]
                .stage
                .as_ref()
                .map(|stage| stages.number(stage)),
        })
        .collect();
    let (corrected, model) = themed(
        prefix,
        &words,
        &spoken,
        &ThemeOptions::default(),
        corrections,
        seed,
    );
    let placed = Placed {
        model: model.map(|fit| fit.model),
        place: corrected.place,
    };
    let used = corrected.used.into_iter().collect();
    (
        Kind {
            themes: corrected.themes,
            texts,
            used,
        },
        placed,
    )
}

/// Themes that must remain when those named in one breath are joined.
const LEAST_THEMES: usize = 24;

/// Who said each text and where: texts of one speaker belong together.
pub struct Spoken {
    /// The comment or the person, by number.
    pub by: usize,
    /// The step of the journey, by number.
    pub place: Option<u32>,
}

/// Fits themes on texts, joins those that are named in one breath, and applies a person's
/// corrections. `spoken` is one a text.
pub fn themed(
    prefix: &str,
    texts: &[&str],
    spoken: &[Spoken],
    options: &ThemeOptions,
    corrections: &[ThemeCorrection],
    seed: u64,
) -> (Corrected, Option<ThemeFit>) {
    if texts.is_empty() {
        return (Corrected::default(), None);
    }
    let fit = themes::fit(texts, options, seed);
    let mut documents: BTreeMap<usize, Document> = BTreeMap::new();
    for (assignment, spoken) in fit
        .model
        .assign_all(Vectors::shipped(), texts)
        .into_iter()
        .zip(spoken)
    {
        let document = documents.entry(spoken.by).or_default();
        document.place = document.place.or(spoken.place);
        for theme in assignment.named {
            if !document.themes.contains(&theme) {
                document.themes.push(theme);
            }
        }
    }
    let documents: Vec<Document> = documents.into_values().collect();
    let groups = groups(fit.model.len(), &documents, LEAST_THEMES, seed);
    let found = joined(found(&fit), &groups);
    let embed = |words: &str| Vectors::shipped().embed(words);
    let mut corrected = corrected(prefix, found, corrections, &embed);
    corrected.place = groups
        .iter()
        .map(|group| corrected.place[*group as usize])
        .collect();
    (corrected, Some(fit))
}

fn found(fit: &ThemeFit) -> Vec<Found> {
    let mut counts = vec![0usize; fit.model.len()];
    for theme in fit.labels.iter().flatten() {
        counts[*theme as usize] += 1;
    }
    (0..fit.model.len())
        .map(|theme| {
            let number = theme as u32;
            let mut centre = fit.model.centroid_raw(number).to_vec();
            to_unit(&mut centre);
            Found {
                title: fit.model.title(number).to_owned(),
                words: fit.model.words(number).to_vec(),
                central: fit.central[theme].clone(),
                centre,
                parts: Vec::new(),
                texts: counts[theme],
            }
        })
        .collect()
}
