//! Themes that belong together, made one.

use super::Found;
use std::collections::BTreeMap;
use throughline_text::matrix::to_unit;

/// Joins found themes that belong to one group: the largest gives title and words first, central
/// sentences are taken in turn, the centre is the mean weighted by texts. Groups are numbered
/// from 0; the result is in their order.
pub fn joined(found: Vec<Found>, groups: &[u32]) -> Vec<Found> {
    let count = groups.iter().max().map_or(0, |most| *most as usize + 1);
    let mut members: Vec<Vec<Found>> = vec![Vec::new(); count];
    for (found, group) in found.into_iter().zip(groups) {
        members[*group as usize].push(found);
    }
    members.into_iter().map(one).collect()
}

fn one(mut parts: Vec<Found>) -> Found {
    // A stable sort: equal sizes stay in order.
    parts.sort_by_key(|part| std::cmp::Reverse(part.texts));
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let mut whole = Found {
        texts: parts.iter().map(|part| part.texts).sum(),
        ..Found::default()
    };
    let Some(first) = parts.first() else {
        return whole;
    };
    whole.title.clone_from(&first.title);
    for part in &parts {
        add_pieces(&mut whole.pieces, &part.pieces);
    }
    // Who says it joined them, so that it is one subject however little its title's words are used.
    whole.told = 1.0;
    whole.topics = mean_of(parts.iter().map(|part| (&part.topics, part.texts)));
    whole.profile = mean_of(parts.iter().map(|part| (&part.profile, part.texts)));
    whole.centre = centre_of(parts.iter().map(|part| (&part.centre, part.texts)));
    let most = |of: fn(&Found) -> usize| parts.iter().map(of).max().unwrap_or(0);
    for turn in 0..most(|part| part.words.len()) {
        for word in parts.iter().filter_map(|part| part.words.get(turn)) {
            if whole.words.len() < WORDS && !whole.words.contains(word) {
                whole.words.push(word.clone());
            }
        }
    }
    for turn in 0..most(|part| part.central.len()) {
        whole
            .central
            .extend(parts.iter().filter_map(|part| part.central.get(turn)));
    }
    whole
}

/// What is known of each topic, over parts by their texts; nothing where one wasn't asked.
pub(super) fn mean_of<'a>(parts: impl Iterator<Item = (&'a Vec<f32>, usize)> + Clone) -> Vec<f32> {
    let width = parts.clone().map(|(part, _)| part.len()).min();
    let mut mean = vec![0.0; width.unwrap_or(0)];
    let all: usize = parts.clone().map(|(_, texts)| texts).sum();
    for (part, texts) in parts {
        let share = texts as f32 / all.max(1) as f32;
        mean.iter_mut()
            .zip(part)
            .for_each(|(sum, x)| *sum += share * x);
    }
    mean
}

pub(super) fn add_pieces(to: &mut BTreeMap<u32, u32>, from: &BTreeMap<u32, u32>) {
    for (piece, texts) in from {
        *to.entry(*piece).or_default() += texts;
    }
}

/// Mean of centres, weighted by texts, brought to unit length.
pub(super) fn centre_of<'a>(parts: impl Iterator<Item = (&'a Vec<f32>, usize)>) -> Vec<f32> {
    let mut centre = Vec::new();
    for (part, texts) in parts {
        centre.resize(part.len(), 0.0);
        for (sum, x) in centre.iter_mut().zip(part) {
            *sum += x * texts as f32;
        }
    }
    to_unit(&mut centre);
    centre
}

/// Words that a joined theme keeps.
const WORDS: usize = 10;
