//! Whether customers and employees use the same words, as far as these tell subjects apart.
//!
//! Vectors blur what single words say ("a standing charge", "the booster"). Where customers tell one problem
//! and employees one fix in a word that few other problems and few other fixes are told in, the word speaks
//! for the pair. A word weighs by how unevenly it is spread over problems, and over fixes: the log of their
//! number less the entropy of the spread (as the information-theoretic weights of "log-entropy" term
//! weighting, Dumais 1991, over groups instead of documents). No threshold, and common words weigh nothing.

use std::collections::{BTreeMap, BTreeSet};

/// The words of a problem or a fix.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    /// Texts.
    pub texts: usize,
    /// In how many of them each wordpiece stands.
    pub pieces: BTreeMap<u32, u32>,
}

/// For each problem and fix the cosine of their words, 0 to 1: square roots of the shares of texts that use
/// a word, times its weight on the own side; words of one side only left out.
pub(crate) fn shared<'a>(
    pains: impl Iterator<Item = &'a Spoken>,
    levers: impl Iterator<Item = &'a Spoken>,
) -> Vec<Vec<f64>> {
    let (pains, levers): (Vec<_>, Vec<_>) = (pains.collect(), levers.collect());
    let words = |side: &[&Spoken]| -> BTreeSet<u32> {
        let of = |spoken: &&'_ Spoken| spoken.pieces.keys().copied().collect::<Vec<_>>();
        side.iter().flat_map(of).collect()
    };
    let common: BTreeSet<u32> = words(&pains)
        .intersection(&words(&levers))
        .copied()
        .collect();
    let (pains, levers) = (weighted(&pains, &common), weighted(&levers, &common));
    pains
        .iter()
        .map(|pain| levers.iter().map(|lever| cosine(pain, lever)).collect())
        .collect()
}

type Weighted = BTreeMap<u32, f64>;

/// Words of each group with their weights, of unit length.
fn weighted(groups: &[&Spoken], common: &BTreeSet<u32>) -> Vec<Weighted> {
    let share = |spoken: &Spoken, texts: u32| f64::from(texts) / spoken.texts.max(1) as f64;
    let mut spread: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for spoken in groups {
        for (piece, texts) in &spoken.pieces {
            if common.contains(piece) {
                spread
                    .entry(*piece)
                    .or_default()
                    .push(share(spoken, *texts));
            }
        }
    }
    let even = (groups.len() as f64).ln();
    let weights: Weighted = spread
        .into_iter()
        .map(|(piece, shares)| (piece, (even - entropy(&shares)).max(0.0)))
        .collect();
    groups
        .iter()
        .map(|spoken| {
            let mut words: Weighted = spoken
                .pieces
                .iter()
                .filter_map(|(piece, texts)| {
                    let weight = share(spoken, *texts).sqrt() * weights.get(piece)?;
                    (weight > 0.0).then_some((*piece, weight))
                })
                .collect();
            let length = words.values().map(|w| w * w).sum::<f64>().sqrt().max(1e-9);
            words.values_mut().for_each(|w| *w /= length);
            words
        })
        .collect()
}

fn entropy(shares: &[f64]) -> f64 {
    let total: f64 = shares.iter().sum();
    let of = |share: &f64| {
        let p = share / total;
        -p * p.ln()
    };
    shares.iter().filter(|share| **share > 0.0).map(of).sum()
}

fn cosine(a: &Weighted, b: &Weighted) -> f64 {
    a.iter()
        .filter_map(|(piece, weight)| Some(weight * b.get(piece)?))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(texts: usize, pieces: &[(u32, u32)]) -> Spoken {
        Spoken {
            texts,
            pieces: pieces.iter().copied().collect(),
        }
    }

    #[test]
    fn a_word_that_all_use_says_nothing_and_a_rare_one_much() {
        // 1 stands everywhere; 2 in the first of each; 3 in problems alone.
        let pains = [
            spoken(10, &[(1, 5), (2, 4), (3, 9)]),
            spoken(20, &[(1, 10)]),
        ];
        let levers = [spoken(4, &[(1, 2), (2, 1)]), spoken(8, &[(1, 4)])];
        let found = shared(pains.iter(), levers.iter());
        assert!((found[0][0] - 1.0).abs() < 1e-12, "{found:?}");
        assert_eq!([found[0][1], found[1][0], found[1][1]], [0.0; 3]);
    }

    #[test]
    fn weights_are_those_of_the_formula() {
        // Shares .4, .1 of two groups: entropy of (.8, .2) is .500; ln 2 - .500 = .193.
        assert!((entropy(&[0.4, 0.1]) - 0.500_402).abs() < 1e-6);
        let groups = [spoken(10, &[(1, 4), (2, 9)]), spoken(10, &[(1, 1)])];
        let groups: Vec<&Spoken> = groups.iter().collect();
        let words = &weighted(&groups, &BTreeSet::from([1, 2]))[0];
        let (one, two) = (0.4f64.sqrt() * 0.192_745, 0.9f64.sqrt() * 2f64.ln());
        let length = (one * one + two * two).sqrt();
        assert!((words[&1] - one / length).abs() < 1e-5 && (words[&2] - two / length).abs() < 1e-5);
    }

    #[test]
    fn with_one_problem_or_no_text_there_is_nothing_to_tell_apart() {
        let one = [spoken(10, &[(1, 5)])];
        assert_eq!(shared(one.iter(), one.iter()), [[0.0]]);
        let none = [Spoken::default(), Spoken::default()];
        assert_eq!(shared(none.iter(), one.iter()), [[0.0], [0.0]]);
    }
}
