//! Which fixes answer which problems, and why one may think so.
//!
//! Six kinds of evidence: nearness of meaning, what is known of such pairs from examples of other companies, topics that
//! both speak of, telling words that both sides use, place on the chain (the
//! people behind the fix serve the step where the problem is felt), and movement (people speak of the fix
//! where customers have more of the problem); what employees expect to help customers, where they voted on it, is
//! brought in after these (`expected`). They are joined by a logistic rule whose weights were learnt on the sample
//! company (`bench/matching/learn.py`), and become a probability only once pairs of the user's own data were
//! judged. Same subject is not proof of remedy.

mod bridge;
mod evidence;
mod expected;
mod gathered;
mod movement;
mod place;
mod wording;
mod words;

pub(crate) use bridge::known_with;
pub(crate) use evidence::without_common;
pub use evidence::{Everyone, LeverSide, PainSide, Pair, pairs};
pub use expected::believed;
pub use gathered::{because_gathered, gathered, strength_of_gathered};
pub use movement::{Behind, Movement};
pub use place::Serving;
pub use wording::because;
pub use words::Spoken;
pub(crate) use words::shared;

use std::collections::BTreeMap;
use throughline_domain::brief::Strength;

/// Weights of the evidence: see the module's words. Order: constant, meaning (of centres), what is known from other
/// companies, topics, words, place, movement. What is known weighs one and a half times the meaning, topics four times:
/// the sample's companies would have what is known weigh 4.7 times (they sell what some of the examples do), and
/// find no worse so; companies of other trades find better (`bench/README.md`).
pub const WEIGHTS: [f64; 7] = [-6.60, 0.62, 0.93, 2.49, 8.71, 2.58, 0.59];
/// A fix answers one or two problems, so its problems compete, and "none of them" competes with
/// this weight of evidence.
pub const NONE_OF_THEM: f64 = 0.0;
/// Constant and slope of the score on a pair's standing in that competition.
pub const STANDING: [f64; 2] = [4.75, 2.12];

/// Score from which a match is strong, some, weak.
pub const CUTS: [f64; 3] = [0.60, 0.30, 0.01];
/// Nearness of sentences under which two things aren't about the same subject at all.
const SAME_SUBJECT: f64 = 0.15;
/// … unless they lean to the same topics so far, as seven to nine in ten true pairs of the sample do and one in fifteen
/// of the others.
const SAME_TOPICS: f64 = 0.2;
/// Place on the chain from which those behind a fix serve the step.
const SERVES: f64 = 0.2;
/// Log-odds that employees' votes add from which they speak for a match.
const EXPECTED: f64 = 0.5;
/// Score, and nearness of sentences, telling words or topics in common, from which what is said alone makes "some".
const ALONE: f64 = 0.70;
const NEAR: f64 = 0.5;
const SHARED: f64 = 0.3;
const OF_ONE_TOPIC: f64 = 0.5;

/// The rule's score of every pair, 0 to 1, in their order.
pub fn scores(pairs: &[Pair]) -> Vec<f64> {
    let evidence: Vec<f64> = pairs.iter().map(evidence).collect();
    let mut rivals: BTreeMap<usize, f64> = BTreeMap::new();
    for (pair, evidence) in pairs.iter().zip(&evidence) {
        *rivals
            .entry(pair.lever)
            .or_insert_with(|| NONE_OF_THEM.exp()) += evidence.exp();
    }
    let score = |(pair, evidence): (&Pair, &f64)| {
        let standing = evidence - rivals.get(&pair.lever).copied().unwrap_or(1.0).ln();
        1.0 / (1.0 + (-(STANDING[0] + STANDING[1] * standing)).exp())
    };
    pairs.iter().zip(&evidence).map(score).collect()
}

fn evidence(pair: &Pair) -> f64 {
    let [constant, meaning, bridge, topics, words, place, movement] = WEIGHTS;
    constant
        + meaning * pair.centres
        + bridge * pair.bridge
        + topics * pair.topics
        + words * pair.words
        + place * pair.place.unwrap_or(0.0)
        + movement * pair.movement.map_or(0.0, |movement| movement.evidence)
}

/// The word for a score. Strong needs a second kind of evidence beside the words; some needs that
/// or near meaning.
pub fn strength(pair: &Pair, score: f64) -> Option<Strength> {
    let apart = pair.sentences < SAME_SUBJECT && pair.topics < SAME_TOPICS;
    if apart || score < CUTS[2] {
        return None;
    }
    let agrees = pair.place.is_some_and(|place| place > SERVES)
        || pair
            .movement
            .is_some_and(|movement| movement.evidence > 0.3);
    // Votes name no problem: they speak for one of its size.
    let voted = pair.expected.is_some_and(|expected| expected > EXPECTED);
    let in_words = pair.sentences >= NEAR || pair.words >= SHARED || pair.topics >= OF_ONE_TOPIC;
    Some(if score >= CUTS[0] && agrees {
        Strength::Strong
    } else if score >= CUTS[1] && (agrees || voted) || score >= ALONE && in_words {
        Strength::Some
    } else {
        Strength::Weak
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_a_score_needs_a_common_subject_and_more_than_words_to_be_strong() {
        let voted = |sentences: f64, topics: f64, place: Option<f64>, expected, score: f64| {
            let pair = Pair {
                pain: 0,
                lever: 0,
                centres: 0.0,
                bridge: 0.0,
                topics,
                words: 0.0,
                sentences,
                place,
                movement: None,
                expected,
            };
            strength(&pair, score)
        };
        let of = |sentences, topics, place, score| voted(sentences, topics, place, None, score);
        // Sentences that are far apart are of one subject where topics say so, and else of none.
        assert_eq!(of(0.1, 0.1, Some(0.5), 0.9), None);
        assert_eq!(of(0.1, 0.2, Some(0.5), 0.9), Some(Strength::Strong));
        // What is said alone makes "some", by sentences or by topics, and never "strong".
        assert_eq!(of(0.3, 0.4, None, 0.9), Some(Strength::Weak));
        assert_eq!(of(0.3, 0.5, None, 0.9), Some(Strength::Some));
        assert_eq!(of(0.5, 0.0, None, 0.9), Some(Strength::Some));
        assert_eq!(of(0.3, 0.5, None, 0.6), Some(Strength::Weak));
        // What employees clearly expect makes "some", and nothing strong.
        assert_eq!(voted(0.3, 0.4, None, Some(0.6), 0.9), Some(Strength::Some));
        assert_eq!(voted(0.3, 0.4, None, Some(0.6), 0.6), Some(Strength::Some));
        assert_eq!(voted(0.3, 0.4, None, Some(0.4), 0.6), Some(Strength::Weak));
    }
}
