//! Names themes: a short title and about eight words, as a person would have written them.
//!
//! Candidates are words and phrases that several of a theme's texts hold (`phrases`). The words kept
//! are those of highest class-TF-IDF: what many of the theme's texts say and few others. The title is
//! the candidate whose own vector is nearest the theme and far from other themes, and that covers
//! texts enough; where one word is all there is, a second that covers others is joined to it. No two
//! themes have the same title. Nothing is generated: every word was written by somebody.

use crate::matrix;
use crate::model::{ThemeModel, ThemeName};
use crate::phrases::{self, Phrase, capitalised};
use crate::stopwords::is_dropped_from_titles;
use crate::vectors::{Scratch, Vectors};
use rayon::prelude::*;
use std::collections::BTreeSet;

const WIDTH: usize = Vectors::DIMENSIONS;
/// Words and phrases kept for a theme.
const MOST_WORDS: usize = 8;
/// Most words in a title.
const TITLE_WORDS: usize = 5;
/// Share of a theme's texts that its best candidate must be in; else any words may name it.
const LEAST_COVERED: f64 = 0.1;
/// Texts that must hold a word or phrase before it stands for a theme: a tenth of them, from two to five, so
/// that one person's story names no theme.
fn needed(size: f64) -> usize {
    (size / 10.0).clamp(2.0, 5.0) as usize
}
/// Words that make a title sound like one person's.
const PRONOUNS: [&str; 12] = [
    "i", "I", "me", "we", "us", "he", "she", "him", "they", "them", "you", "it",
];
/// Words that begin or join a clause: a phrase with one is a piece of a sentence ("addresses where the
/// line").
const RELATIVES: [&str; 12] = [
    "where", "when", "what", "which", "who", "that", "why", "how", "if", "because", "until",
    "while",
];
/// Candidates looked at for a theme.
const CANDIDATES: usize = 300;

/// A phrase with its worth for a theme.
#[derive(Debug, Clone)]
struct Candidate {
    phrase: Phrase,
    /// The phrase without articles and possessives, as a title says it.
    title: String,
    title_words: usize,
    /// Share of the theme's texts that hold it.
    covered: f64,
    /// Covered times the log of how much more often it comes here.
    worth: f64,
    /// How well it would do as a title.
    fit: f64,
    /// Its centred unit vector.
    vector: Vec<f32>,
}

/// Names every theme of a model from the texts it was fitted on. `weights` are the texts' weights
/// (times each was written), `labels` their themes; larger themes come first and choose first.
pub(crate) fn name_themes(
    model: &ThemeModel,
    vectors: &Vectors,
    texts: &[&str],
    weights: &[u32],
    labels: &[u32],
) -> Vec<ThemeName> {
    // A sentence pasted a thousand times is one voice made loud: weight it by a logarithm.
    let weights: Vec<f64> = weights
        .iter()
        .map(|&w| 1.0 + f64::from(w.max(1)).ln())
        .collect();
    let themes = model.len();
    let counted = phrases::count(texts, &weights, labels, themes, phrases::Ends::Telling);
    let all: f64 = weights.iter().sum();
    let mut sizes = vec![0.0f64; themes];
    for (&theme, weight) in labels.iter().zip(&weights) {
        sizes[theme as usize] += weight;
    }
    let candidates: Vec<Vec<Candidate>> = counted
        .into_par_iter()
        .enumerate()
        .map(|(theme, phrases)| {
            let mut found = candidates(phrases, sizes[theme], all);
            if found.iter().all(|c| c.covered < LEAST_COVERED) {
                // A theme of words that tell nothing by themselves ("everything is good").
                let any = candidates(any_words(texts, &weights, labels, theme), sizes[theme], all);
                if !any.is_empty() {
                    found = any;
                }
            }
            judge(&mut found, model, vectors, theme);
            found
        })
        .collect();
    let mut taken = BTreeSet::new();
    candidates
        .iter()
        .enumerate()
        .map(|(theme, candidates)| {
            let title = title(candidates, &weights, sizes[theme], &taken)
                .unwrap_or_else(|| unused("Other comments", &taken));
            taken.insert(title.to_lowercase());
            ThemeName {
                told: told(&title, candidates, &weights, sizes[theme]),
                title,
                words: words(candidates),
            }
        })
        .collect()
}

/// Phrases of any words in one theme's texts.
fn any_words(texts: &[&str], weights: &[f64], labels: &[u32], theme: usize) -> Vec<Phrase> {
    let members: Vec<usize> = (0..texts.len())
        .filter(|&text| labels[text] as usize == theme)
        .collect();
    let own: Vec<&str> = members.iter().map(|&text| texts[text]).collect();
    let own_weights: Vec<f64> = members.iter().map(|&text| weights[text]).collect();
    let one = vec![0; members.len()];
    let mut found = phrases::count(&own, &own_weights, &one, 1, phrases::Ends::Any)
        .pop()
        .unwrap_or_default();
    // A single word that tells nothing tells nothing in a title either.
    found.retain(|phrase| phrase.words > 1);
    for phrase in &mut found {
        phrase
            .texts
            .iter_mut()
            .for_each(|text| *text = members[*text as usize] as u32);
    }
    found
}

fn unused(title: &str, taken: &BTreeSet<String>) -> String {
    (1..)
        .map(|n| {
            if n == 1 {
                title.to_string()
            } else {
                format!("{title} {n}")
            }
        })
        .find(|title| !taken.contains(&title.to_lowercase()))
        .unwrap_or_default()
}

/// Phrases by falling worth, without single words that a phrase stands in for.
fn candidates(phrases: Vec<Phrase>, size: f64, all: f64) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = phrases
        .into_iter()
        .filter_map(|phrase| {
            let covered = phrase.here / size.max(1e-9);
            // Half a text is added so that a rare phrase's lift is not taken at its word.
            let usual = (phrase.everywhere + 0.5) / (all + 0.5);
            let lift = (covered / usual).ln();
            let longer = 1.0 + 0.25 * (phrase.stems.len().saturating_sub(1)) as f64;
            let (title, title_words) = as_title(&phrase.text);
            let told = phrase.texts.len() >= needed(size);
            (told && !phrase.stems.is_empty() && (lift > 0.0 || size >= all)).then_some(Candidate {
                phrase,
                title,
                title_words,
                covered,
                worth: covered * (lift + 0.1) * longer,
                fit: 0.0,
                vector: Vec::new(),
            })
        })
        .collect();
    found.sort_by(|a, b| {
        b.worth
            .total_cmp(&a.worth)
            .then_with(|| a.phrase.text.cmp(&b.phrase.text))
    });
    found.truncate(CANDIDATES);
    let gone: Vec<bool> = found
        .iter()
        .map(|one| {
            found.iter().any(|other| {
                let stands_in = other.phrase.words > one.phrase.words
                    && other.phrase.here >= 0.5 * one.phrase.here
                    && contains(&other.phrase.stems, &one.phrase.stems);
                // "wait in" while people mostly write "wait": the particle is chance.
                let chance = one.phrase.particle
                    && !other.phrase.particle
                    && other.phrase.stems == one.phrase.stems
                    && other.phrase.here > 2.0 * one.phrase.here;
                stands_in || chance
            })
        })
        .collect();
    found
        .into_iter()
        .zip(gone)
        .filter(|(_, gone)| !gone)
        .map(|(c, _)| c)
        .collect()
}

/// A phrase as a title says it, and how many of its words tell something: without articles and
/// possessives where it begins, and inside it without such as make it one person's ("lost my card").
fn as_title(phrase: &str) -> (String, usize) {
    let telling = |word: &&str| !is_dropped_from_titles(word);
    let words = phrase.split(' ').filter(telling).count();
    let begun = phrase.split(' ').skip_while(|word| !telling(word));
    let kept: Vec<&str> = begun
        .filter(|word| telling(word) || matches!(*word, "a" | "an" | "the" | "your"))
        .collect();
    let end = kept.iter().rposition(telling).map_or(0, |at| at + 1);
    (kept[..end].join(" "), words)
}

/// Sets each candidate's fitness as a title.
fn judge(candidates: &mut [Candidate], model: &ThemeModel, vectors: &Vectors, theme: usize) {
    let (mut scratch, mut tokens) = (Scratch::default(), Vec::new());
    let mut row = [0.0f32; WIDTH];
    let mut nearness = vec![0.0f32; model.len()];
    for candidate in candidates {
        vectors.tokens(&mut scratch, &candidate.phrase.text, &mut tokens);
        vectors.embed_tokens(&tokens, &mut row);
        model.representation.centre(&mut row, &tokens);
        matrix::products(&row, &model.scorer.centroids, WIDTH, &mut nearness);
        let own = nearness[theme];
        let other = nearness
            .iter()
            .enumerate()
            .filter(|&(at, _)| at != theme)
            .map(|(_, &n)| n)
            .fold(-1.0f32, f32::max);
        let apart = f64::from((own - other).clamp(-0.3, 0.15));
        let length = match candidate.title_words {
            0 => -9.0,
            1 => -0.2,
            2 => 0.05,
            3 => 0.05,
            _ => 0.0,
        };
        // "Send me money" is somebody's sentence; a title is nobody's.
        let spoken =
            |word: &str| PRONOUNS.contains(&word.split(['\'', '\u{2019}']).next().unwrap_or(word));
        let asks = |word: &str| RELATIVES.contains(&word);
        let words = || candidate.title.split(' ');
        let voice = match (words().any(spoken), words().any(asks)) {
            (false, false) => 0.0,
            (true, false) => -0.2,
            (_, true) => -0.3,
        };
        candidate.vector = row.to_vec();
        // "Left" or "satisfied" alone names no thing; inside a phrase it may.
        let adverb = candidate.title.ends_with("ly");
        let part = match candidate.title_words {
            1 if candidate.phrase.noun < if adverb { 0.7 } else { 0.45 } => -0.4,
            1 => 0.2 * (candidate.phrase.noun - 0.5),
            _ => 0.0,
        };
        let covered = 0.45 * candidate.covered.sqrt();
        candidate.fit = f64::from(own) + apart + covered + length + voice + part;
    }
}

/// Whether sorted `whole` holds all of sorted `part`.
fn contains(whole: &[u32], part: &[u32]) -> bool {
    part.iter().all(|stem| whole.binary_search(stem).is_ok())
}

/// Whether two words are forms of one: "refund" and "refunded", "meds" and "medication", "cheque" and
/// "checque".
fn same_root(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let root = short.strip_suffix('s').unwrap_or(short);
    let letters = root.chars().count();
    let shared = short
        .chars()
        .zip(long.chars())
        .take_while(|(x, y)| x == y)
        .count();
    short == long
        || (letters >= 3 && long.starts_with(root))
        || shared >= 5
        || (shared >= 4 && shared * 4 >= short.chars().count() * 3)
        || (letters >= 5 && slips(short, long) <= 1 + letters / 7)
}

/// Letters to change, add or leave out to make one word from the other (Levenshtein).
fn slips(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// Whether two phrases share a telling word in any form.
fn overlap(a: &Phrase, b: &Phrase) -> bool {
    let telling = |phrase: &Phrase| -> Vec<String> {
        phrase
            .text
            .split([' ', '-'])
            .filter(|w| w.chars().count() > 1)
            .map(str::to_string)
            .collect()
    };
    let (a, b) = (telling(a), telling(b));
    a.iter().any(|x| b.iter().any(|y| same_root(x, y)))
}

/// "work-life balance" and "worklife balance" are one.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Share of a theme's texts that hold what its title names: the phrase, or one of two joined by "and".
fn told(title: &str, candidates: &[Candidate], weights: &[f64], size: f64) -> f32 {
    let title = title.to_lowercase();
    let is_named = |one: &&Candidate| {
        let own = one.title.to_lowercase();
        own == title || title.split(" and ").any(|part| part == own)
    };
    let texts: BTreeSet<u32> = candidates
        .iter()
        .filter(is_named)
        .flat_map(|one| &one.phrase.texts)
        .copied()
        .collect();
    let held: f64 = texts.iter().map(|text| weights[*text as usize]).sum();
    (held / size.max(1e-9)) as f32
}

fn words(candidates: &[Candidate]) -> Vec<String> {
    let mut kept: Vec<&Candidate> = Vec::new();
    for one in candidates {
        let repeats = kept.iter().any(|other| {
            contains(&other.phrase.stems, &one.phrase.stems)
                || contains(&one.phrase.stems, &other.phrase.stems)
                || same_root(&squeezed(&one.phrase.text), &squeezed(&other.phrase.text))
        });
        if !repeats {
            kept.push(one);
            if kept.len() == MOST_WORDS {
                break;
            }
        }
    }
    kept.into_iter().map(|c| c.phrase.text.clone()).collect()
}

fn title(
    candidates: &[Candidate],
    weights: &[f64],
    size: f64,
    taken: &BTreeSet<String>,
) -> Option<String> {
    let mut order: Vec<&Candidate> = candidates.iter().collect();
    order.sort_by(|a, b| {
        b.fit
            .total_cmp(&a.fit)
            .then_with(|| a.phrase.text.cmp(&b.phrase.text))
    });
    let free = |title: String| (!taken.contains(&title.to_lowercase())).then_some(title);
    let mut fallback = None;
    for head in order.iter().take(15) {
        let alone = capitalised(&head.title);
        if head.title_words >= 2 {
            if let Some(title) = free(alone) {
                return Some(title);
            }
            continue;
        }
        if let Some(title) = joined(head, &order, weights, size).and_then(free) {
            return Some(title);
        }
        fallback = fallback.or_else(|| free(alone));
    }
    fallback
}

/// A head of one word and the phrase that covers most of what the head doesn't.
fn joined(head: &Candidate, order: &[&Candidate], weights: &[f64], size: f64) -> Option<String> {
    order
        .iter()
        .take(40)
        .filter(|other| {
            !overlap(&other.phrase, &head.phrase)
                && ![" and ", " or "]
                    .iter()
                    .any(|word| other.title.contains(word))
                && other.title_words + head.title_words < TITLE_WORDS
        })
        .map(|other| {
            let more: f64 = other
                .phrase
                .texts
                .iter()
                .filter(|text| head.phrase.texts.binary_search(text).is_err())
                .map(|&text| weights[text as usize])
                .sum();
            // "Phone and telephone" says one thing twice.
            let same = f64::from(matrix::dot(&head.vector, &other.vector) - 0.3).max(0.0);
            (
                other.fit + (more / size.max(1e-9)).sqrt() - 0.7 * same,
                other,
            )
        })
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.title.cmp(&a.1.title)))
        .map(|(_, other)| format!("{} and {}", capitalised(&head.title), other.title))
}
