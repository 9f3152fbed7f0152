//! The words of examples, alone and in pairs, as a classifier sees them beside the text's vector.
//!
//! A vector is a sum over words: it says what a text is about, hardly how it is said. Pairs of
//! neighbouring wordpieces do ("give us", "not told"). Weighted by TF-IDF over the examples.

use rustc_hash::{FxHashMap, FxHashSet};

/// Examples that must hold a word or a pair, to learn anything from it.
const HELD_BY: u32 = 2;
/// Length of a text's words, beside its vector of at most one.
const LENGTH: f32 = 2.0;
/// Stands for no second word.
const ALONE: u32 = u32::MAX;

type Key = (u32, u32);

/// Which words and pairs are known, and what each weighs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Words {
    known: FxHashMap<Key, (u32, f32)>,
}

/// A text's words and pairs, in their order.
fn keys(tokens: &[u32]) -> impl Iterator<Item = Key> {
    let alone = tokens.iter().map(|token| (*token, ALONE));
    alone.chain(tokens.windows(2).map(|pair| (pair[0], pair[1])))
}

impl Words {
    /// The words and pairs of examples, given by their wordpieces.
    pub(super) fn of(examples: &[Vec<u32>]) -> Self {
        let mut held: FxHashMap<Key, u32> = FxHashMap::default();
        let mut order = Vec::new();
        for tokens in examples {
            let mut seen = FxHashSet::default();
            for key in keys(tokens).filter(|key| seen.insert(*key)) {
                let count = held.entry(key).or_insert(0);
                *count += 1;
                if *count == HELD_BY {
                    order.push(key);
                }
            }
        }
        let all = examples.len() as f32;
        let weigh = |(place, key): (u32, Key)| {
            let weight = 1.0 + ((1.0 + all) / (1.0 + held[&key] as f32)).ln();
            (key, (place, weight))
        };
        Self {
            known: (0..).zip(order).map(weigh).collect(),
        }
    }

    /// How many are known.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// A text's known words and pairs by rising place, together of one length; nothing if none is known.
    pub(super) fn row(&self, tokens: &[u32]) -> Vec<(u32, f32)> {
        let mut found: Vec<(u32, f32)> = keys(tokens)
            .filter_map(|key| self.known.get(&key).copied())
            .collect();
        found.sort_unstable_by_key(|(place, _)| *place);
        let mut row: Vec<(u32, f32)> = found
            .chunk_by(|one, other| one.0 == other.0)
            .map(|same| (same[0].0, same[0].1 * (1.0 + (same.len() as f32).ln())))
            .collect();
        let length = row.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
        row.iter_mut().for_each(|(_, x)| *x *= LENGTH / length);
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_pairs_of_several_examples_are_known() {
        let words = Words::of(&[vec![1, 2, 3], vec![1, 2], vec![4, 4]]);
        // 1, 2 and the pair 1 2; not 3, nor 4, which one example holds twice.
        assert_eq!(words.len(), 3);
        let row = words.row(&[2, 9, 1, 2, 2]);
        assert_eq!(row.len(), 3);
        let length: f32 = row.iter().map(|(_, x)| x * x).sum();
        assert!((length - LENGTH * LENGTH).abs() < 1e-4);
        // What stands there more often weighs more, but not as much more.
        let weight = |tokens: &[u32], place: usize| words.row(tokens)[place].1;
        let (once, twice) = (weight(&[1, 9, 2], 1), weight(&[1, 9, 2, 9, 2], 1));
        assert!(twice > once && twice < 2.0 * once, "{once} {twice}");
        assert!(words.row(&[3, 4, 9]).is_empty());
    }
}
