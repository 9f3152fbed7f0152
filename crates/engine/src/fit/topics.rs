//! How far themes speak of topics that customers everywhere speak of.

use rayon::prelude::*;
use throughline_insight::addressed;
use throughline_text::matrix::{mean, to_unit};
use throughline_text::themes::ThemeFit;
use throughline_text::topics::{Topics, by_theme, leaning};
use throughline_text::vectors::{Scratch, Vectors};

/// Texts of a theme that are read for it, from first to last.
const READ: usize = 200;

/// How far a theme speaks of each topic.
#[derive(Clone, Default)]
pub(super) struct Told {
    /// Share of its texts that do, 0 where that tells nothing.
    pub shares: Vec<f32>,
    /// How far its texts lean to each topic, on average.
    pub profile: Vec<f32>,
}

/// How far each theme of the model speaks of topics.
pub(super) fn told(fit: &ThemeFit, texts: &[&str]) -> Vec<Told> {
    let themes = fit.model.len();
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); themes];
    for (at, label) in fit.labels.iter().enumerate() {
        if let Some(label) = label {
            members[*label as usize].push(at);
        }
    }
    let read: Vec<(usize, u32)> = (0..)
        .zip(&members)
        .flat_map(|(theme, members)| {
            let step = members.len().div_ceil(READ).max(1);
            members.iter().step_by(step).map(move |at| (*at, theme))
        })
        .collect();
    let odds: Vec<Vec<f32>> = read
        .par_iter()
        .with_min_len(64)
        .map_init(Room::default, |room, (at, _)| {
            odds(room, fit.model.mean(), texts[*at])
        })
        .collect();
    let labels: Vec<Option<u32>> = read.iter().map(|(_, theme)| Some(*theme)).collect();
    let mut told = vec![Told::default(); themes];
    for (told, shares) in told.iter_mut().zip(by_theme(&odds, &labels, themes)) {
        told.shares = shares;
    }
    let mut texts = vec![0.0f32; themes];
    for ((_, theme), odds) in read.iter().zip(&odds) {
        let theme = *theme as usize;
        texts[theme] += 1.0;
        let profile = &mut told[theme].profile;
        profile.resize(odds.len(), 0.0);
        let add = profile.iter_mut().zip(leaning(odds));
        add.for_each(|(sum, x)| *sum += x);
    }
    for (told, texts) in told.iter_mut().zip(&texts) {
        told.profile.iter_mut().for_each(|x| *x /= texts);
    }
    told
}

/// Room to work in.
#[derive(Default)]
pub struct Room {
    scratch: Scratch,
    tokens: Vec<u32>,
    vector: Vec<f32>,
}

/// Log-odds of topics of a text, of a file of which `mean` is the mean vector.
pub fn odds(room: &mut Room, mean: &[f32], text: &str) -> Vec<f32> {
    let vectors = Vectors::shipped();
    vectors.tokens(&mut room.scratch, text, &mut room.tokens);
    room.vector.resize(Vectors::DIMENSIONS, 0.0);
    vectors.embed_tokens(&room.tokens, &mut room.vector);
    let centred = room.vector.iter_mut().zip(mean);
    centred.for_each(|(x, mean)| *x -= mean);
    Topics::shipped().odds(&room.vector, &room.tokens)
}

/// Answers as problems are compared with them.
pub(crate) fn as_compared(texts: &[&str]) -> Vec<addressed::Answer> {
    let vectors = Vectors::shipped();
    let raw = vectors.embed_all(texts);
    let common = mean(&raw, Vectors::DIMENSIONS, |_| 1.0);
    texts
        .par_iter()
        .zip(raw.par_chunks_exact(Vectors::DIMENSIONS))
        .map_init(Room::default, |room, (text, raw)| {
            let mut vector: Vec<f32> = raw.iter().zip(&common).map(|(x, m)| x - m).collect();
            to_unit(&mut vector);
            addressed::Answer {
                vector,
                odds: odds(room, &common, text),
            }
        })
        .collect()
}
