//! Problems out of customers' comments: themes that the same teams' customers name are one.

use super::Spoken;
use std::collections::BTreeMap;
use throughline_insight::comention::Document;
use throughline_insight::profiles::{self, Part, Usual};
use throughline_insight::theme::Found;
use throughline_text::represent;
use throughline_text::vectors::Vectors;

/// The problem of each theme found; `labels` are the texts' themes. `None` where teams can't tell.
pub(super) fn groups(
    texts: &[&str],
    labels: &[Option<u32>],
    spoken: &[Spoken],
    documents: &[Document],
    found: &[Found],
) -> Option<Vec<u32>> {
    let most = |of: &dyn Fn(&Spoken) -> Option<u32>| {
        let numbers = spoken.iter().filter_map(of);
        numbers.max().map_or(0, |most| most as usize + 1)
    };
    let units = most(&|spoken| spoken.unit);
    let steps = most(&|spoken| spoken.place) + 1;
    let months = most(&|spoken| spoken.month);
    let step = |spoken: &Spoken| spoken.place.map_or(steps - 1, |place| place as usize);
    let mut usual = Usual {
        units: vec![vec![0.0; units]; steps],
        steps: vec![0.0; steps],
        months: vec![0.0; months],
    };
    let empty = Part {
        sum: vec![0.0; Vectors::DIMENSIONS],
        words: BTreeMap::new(),
        topics: Vec::new(),
        units: vec![0.0; units],
        steps: vec![0.0; steps],
        months: vec![0.0; months],
    };
    let mut parts = vec![empty; found.len()];
    for (label, spoken) in labels.iter().zip(spoken) {
        let step = step(spoken);
        usual.steps[step] += 1.0;
        if let Some(unit) = spoken.unit {
            usual.units[step][unit as usize] += 1.0;
        }
        if let Some(month) = spoken.month {
            usual.months[month as usize] += 1.0;
        }
        let Some(label) = label else { continue };
        let part = &mut parts[*label as usize];
        part.steps[step] += 1.0;
        if let Some(unit) = spoken.unit {
            part.units[unit as usize] += 1.0;
        }
        if let Some(month) = spoken.month {
            part.months[month as usize] += 1.0;
        }
    }
    if !profiles::can_tell(&usual) {
        return None;
    }
    let vectors = Vectors::shipped();
    let rows = represent::all(vectors, texts);
    for (at, label) in labels.iter().enumerate() {
        let Some(label) = label else { continue };
        let part = &mut parts[*label as usize];
        let vector = &rows.vectors[at * Vectors::DIMENSIONS..][..Vectors::DIMENSIONS];
        part.sum.iter_mut().zip(vector).for_each(|(s, x)| *s += x);
        for (word, weight) in rows.words.row(at) {
            *part.words.entry(word).or_default() += f64::from(weight);
        }
    }
    for (part, topics) in parts.iter_mut().zip(topics(found)) {
        part.topics = topics;
    }
    Some(profiles::groups(&parts, &usual, documents))
}

/// By theme, how far its texts lean to each topic beside all themes' texts, summed over them.
fn topics(found: &[Found]) -> Vec<Vec<f32>> {
    let texts: usize = found.iter().map(|found| found.texts).sum();
    let width = found.iter().map(|found| found.profile.len()).max();
    let width = width.unwrap_or(0);
    let mut common = vec![0.0f32; width];
    for found in found {
        let share = found.texts as f32 / texts.max(1) as f32;
        common
            .iter_mut()
            .zip(&found.profile)
            .for_each(|(sum, x)| *sum += share * x);
    }
    let apart = |found: &Found| {
        let mut beside = vec![0.0; width];
        for ((beside, x), common) in beside.iter_mut().zip(&found.profile).zip(&common) {
            *beside = found.texts as f32 * (x - common);
        }
        beside
    };
    found.iter().map(apart).collect()
}
