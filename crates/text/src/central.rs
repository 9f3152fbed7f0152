//! The sentences that best stand for a theme.
//!
//! Whole sentences of the texts a theme is the main one of, short and clean ones first, near the
//! theme's centroid, no two alike. They are places in the given texts, not copies: whether they may
//! be shown to anyone is for the caller (`disclosure`), and so is scrubbing them.

use crate::assign::AssignScratch;
use crate::matrix;
use crate::model::ThemeModel;
use crate::sentences;
use crate::vectors::{Scratch, Vectors};
use rayon::prelude::*;

/// Sentences kept for a theme, where nothing else is asked.
pub(crate) const SENTENCES: usize = 12;
/// Texts of a theme whose sentences are looked at, nearest first.
const LOOKED_AT: usize = 400;
/// Cosine above which two sentences say the same.
const ALIKE: f32 = 0.92;

/// A sentence: bytes `start..end` of the text number `text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Central {
    /// Which of the given texts.
    pub text: usize,
    /// First byte of the sentence in it.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

/// By theme, its most central sentences, best first, at most `most`. `labels` holds each text's main theme.
pub(crate) fn central(
    model: &ThemeModel,
    vectors: &Vectors,
    texts: &[&str],
    labels: &[u32],
    most: usize,
) -> Vec<Vec<Central>> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); model.len()];
    for (text, &label) in labels.iter().enumerate() {
        members[label as usize].push(text);
    }
    members
        .par_iter()
        .enumerate()
        .map(|(theme, members)| of_theme(model, vectors, texts, theme as u32, members, most))
        .collect()
}

fn of_theme(
    model: &ThemeModel,
    vectors: &Vectors,
    texts: &[&str],
    theme: u32,
    members: &[usize],
    most: usize,
) -> Vec<Central> {
    let centroid = model.centroid(theme);
    let mut scratch = AssignScratch::default();
    let mut embed = Scratch::default();
    let mut tokens = Vec::new();
    let mut row = vec![0.0f32; Vectors::DIMENSIONS];
    // Short texts are the ones whose sentences stand alone; the order of texts breaks ties.
    let mut chosen: Vec<usize> = members.to_vec();
    if chosen.len() > LOOKED_AT {
        chosen.sort_by_key(|&text| (texts[text].len().abs_diff(90), text));
        chosen.truncate(LOOKED_AT);
        chosen.sort_unstable();
    }
    let mut found: Vec<(f32, Central, Vec<f32>)> = Vec::new();
    for text in chosen {
        for sentence in sentences::sentences(texts[text]).into_iter().take(6) {
            let assigned = model.assign(vectors, &mut scratch, sentence);
            if assigned.main != Some(theme) {
                continue;
            }
            vectors.tokens(&mut embed, sentence, &mut tokens);
            vectors.embed_tokens(&tokens, &mut row);
            model.representation.centre(&mut row, &tokens);
            let score = matrix::dot(&row, centroid) - blemish(sentence);
            let start = sentence.as_ptr() as usize - texts[text].as_ptr() as usize;
            let place = Central {
                text,
                start,
                end: start + sentence.len(),
            };
            found.push((score, place, row.clone()));
        }
    }
    found.sort_by(|a, b| {
        b.0.total_cmp(&a.0)
            .then((a.1.text, a.1.start).cmp(&(b.1.text, b.1.start)))
    });
    let mut kept: Vec<(Central, Vec<f32>)> = Vec::new();
    for (_, place, row) in found {
        let known = kept.iter().any(|(other, of_other)| {
            other.text == place.text || matrix::dot(of_other, &row) > ALIKE
        });
        if !known {
            kept.push((place, row));
            if kept.len() == most {
                break;
            }
        }
    }
    kept.into_iter().map(|(place, _)| place).collect()
}

/// What makes a sentence a poor quote: too short, too long, shouted, masked, odd characters.
fn blemish(sentence: &str) -> f32 {
    let words = sentences::word_count(sentence);
    let length = match words {
        0..=3 => 0.5,
        4..=5 => 0.25,
        6..=7 => 0.1,
        8..=25 => 0.0,
        26..=40 => 0.15,
        _ => 0.4,
    };
    let letters = sentence
        .chars()
        .filter(|c| c.is_alphabetic())
        .count()
        .max(1);
    let capitals = sentence.chars().filter(|c| c.is_uppercase()).count();
    let odd = sentence
        .chars()
        .filter(|c| {
            !c.is_alphanumeric() && !c.is_whitespace() && !",.'’!?-()&£$€%:;/\"".contains(*c)
        })
        .count();
    let shouted = if letters > 12 && capitals * 3 > letters {
        0.2
    } else {
        0.0
    };
    let lower_start = sentence.chars().next().is_some_and(char::is_lowercase);
    let cut = if lower_start { 0.05 } else { 0.0 };
    let masked = if sentence.contains("XX") || sentence.contains("**") {
        0.3
    } else {
        0.0
    };
    length + shouted + cut + masked + 0.1 * odd.min(5) as f32
}
