//! Which fix each answer belongs to, once the fixes are known: the likeliest one, the answer itself left
//! out of it.

use super::{Answer, FIRMNESS, Link};
use crate::theme::dot;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Weights in the choice (a conditional logit): cosine of vectors, cosine of words, cosine of leanings to topics, log of
/// how much more often than usual the answer's role speaks of the fix, share of the person's other answers that are in
/// it, log of its size.
const WEIGHTS: [f64; 6] = [8.17, 45.3, 4.48, 1.16, 2.14, -0.67];

/// A fix as answers are compared with it.
struct Fix {
    sum: Vec<f32>,
    words: FxHashMap<u32, f64>,
    leaning: Vec<f32>,
    roles: Vec<f64>,
    size: f64,
    squares: [f64; 3],
}

/// The label of each answer among the `drawing` ones.
pub(super) fn labels(
    answers: &[Answer],
    links: &[Link],
    usual: &[f64],
    labels: &[u32],
    drawing: &[u32],
) -> Vec<u32> {
    let place: BTreeMap<u32, usize> = drawing.iter().copied().zip(0..).collect();
    let own: Vec<Option<usize>> = labels
        .iter()
        .map(|label| place.get(label).copied())
        .collect();
    let every: Vec<&Answer> = answers.iter().collect();
    strengths(&every, links, usual, &own, drawing.len())
        .iter()
        .zip(labels)
        .map(|(strengths, label)| strongest(strengths).map_or(*label, |at| drawing[at]))
        .collect()
}

/// The place of the highest value; the first of equal ones.
pub(super) fn strongest(strengths: &[f64]) -> Option<usize> {
    let places = strengths.iter().enumerate();
    places
        .max_by(|x, y| x.1.total_cmp(y.1).then(y.0.cmp(&x.0)))
        .map(|(at, _)| at)
}

/// For each answer how strongly each of `count` fixes draws it; `own` is the one that it is in.
pub(super) fn strengths(
    answers: &[&Answer],
    links: &[Link],
    usual: &[f64],
    own: &[Option<usize>],
    count: usize,
) -> Vec<Vec<f64>> {
    let fixes = fixes(answers, own, count, usual.len());
    let mut again = vec![vec![0.0; count]; answers.len()];
    for link in links {
        let [one, other] = link.answers;
        for (of, by) in [(one, other), (other, one)] {
            if let Some(fix) = own[by] {
                again[of][fix] += link.weight;
            }
        }
    }
    answers
        .iter()
        .zip(own)
        .zip(again)
        .map(|((answer, own), again)| {
            let draws =
                |(at, fix): (usize, &Fix)| fix.draws(answer, *own == Some(at), again[at], usual);
            fixes.iter().enumerate().map(draws).collect()
        })
        .collect()
}

fn fixes(answers: &[&Answer], own: &[Option<usize>], count: usize, roles: usize) -> Vec<Fix> {
    let width = answers.first().map_or(0, |answer| answer.vector.len());
    let topics = answers.first().map_or(0, |answer| answer.leaning.len());
    let mut fixes: Vec<Fix> = (0..count)
        .map(|_| Fix {
            sum: vec![0.0; width],
            words: FxHashMap::default(),
            leaning: vec![0.0; topics],
            roles: vec![0.0; roles],
            size: 0.0,
            squares: [0.0; 3],
        })
        .collect();
    for (answer, own) in answers.iter().zip(own) {
        let Some(own) = own else { continue };
        let fix = &mut fixes[*own];
        fix.size += 1.0;
        for (x, y) in fix.sum.iter_mut().zip(&answer.vector) {
            *x += y;
        }
        for (x, y) in fix.leaning.iter_mut().zip(&answer.leaning) {
            *x += y;
        }
        for (word, weight) in &answer.words {
            *fix.words.entry(*word).or_default() += f64::from(*weight);
        }
        if let Some(role) = answer.role {
            fix.roles[role as usize] += 1.0;
        }
    }
    for fix in &mut fixes {
        // Summed in the order of words, so that the same answers give the same bytes.
        let words: BTreeMap<u32, f64> = fix.words.iter().map(|(word, x)| (*word, *x)).collect();
        fix.squares = [
            f64::from(dot(&fix.sum, &fix.sum)),
            words.values().map(|x| x * x).sum(),
            f64::from(dot(&fix.leaning, &fix.leaning)),
        ];
    }
    fixes
}

impl Fix {
    /// How strongly it draws an answer, which may be one of its own.
    fn draws(&self, answer: &Answer, is_own: bool, again: f64, usual: &[f64]) -> f64 {
        let own = if is_own { 1.0 } else { 0.0 };
        let size = self.size - own;
        let shared: f64 = answer
            .words
            .iter()
            .filter_map(|(word, weight)| Some(f64::from(*weight) * self.words.get(word)?))
            .sum();
        let products = [
            f64::from(dot(&self.sum, &answer.vector)),
            shared,
            f64::from(dot(&self.leaning, &answer.leaning)),
        ];
        let cosine = |of: usize| {
            let square = self.squares[of] - 2.0 * own * products[of] + own;
            if size > 0.0 {
                (products[of] - own) / square.max(1e-9).sqrt()
            } else {
                0.0
            }
        };
        let role = answer.role.map_or(0.0, |role| {
            let role = role as usize;
            let expected = usual[role].max(1e-9);
            let known = self.roles.iter().sum::<f64>() - own;
            let seen = (self.roles[role] - own + expected) / (known + FIRMNESS);
            (seen / (expected / FIRMNESS)).ln()
        });
        let leans = answer.leaning.iter().any(|x| *x != 0.0);
        let topics = if leans { cosine(2) } else { 0.0 };
        let evidence = [
            cosine(0),
            cosine(1),
            topics,
            role,
            again,
            size.max(0.5).ln(),
        ];
        evidence.iter().zip(WEIGHTS).map(|(x, w)| x * w).sum()
    }
}
