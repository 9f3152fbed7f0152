//! Fixes out of employees' answers: told apart by what is said, by who says it and by what customers say.

use super::{Spoken, Staff};
use throughline_insight::fellows::{self, Answer};
use throughline_text::represent;
use throughline_text::themes::{self, ThemeFit};
use throughline_text::vectors::Vectors;

/// Fixes that must remain when parts of them are joined.
const LEAST_FIXES: usize = 8;
/// Answers of a piece that fixes are joined from, on average, and the most pieces.
const PIECE: usize = 5;
const MOST_PIECES: usize = 400;

/// Themes of answers by what they say and by who says it; `None` where roles tell nothing.
pub(super) fn by_role(texts: &[&str], spoken: &[Spoken], staff: &Staff<'_>) -> Option<ThemeFit> {
    let pieces = themes::alike(texts, (texts.len() / PIECE).clamp(LEAST_FIXES, MOST_PIECES));
    let vectors = Vectors::shipped();
    let rows = represent::all(vectors, texts);
    let mut read = Vec::with_capacity(texts.len());
    let mut answers = Vec::with_capacity(texts.len());
    for (at, (piece, spoken)) in pieces.iter().zip(spoken).enumerate() {
        let Some(part) = *piece else { continue };
        read.push(at);
        answers.push(Answer {
            vector: rows.vectors[at * Vectors::DIMENSIONS..][..Vectors::DIMENSIONS].to_vec(),
            words: rows.words.row(at).collect(),
            role: spoken.place,
            person: spoken.by as u32,
            part,
        });
    }
    let mut groups = vec![None; texts.len()];
    let found = fellows::groups(&answers, staff.by_role, staff.problems, LEAST_FIXES)?;
    for (at, group) in read.into_iter().zip(found) {
        groups[at] = Some(group);
    }
    Some(themes::given(texts, &groups))
}
