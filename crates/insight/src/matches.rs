//! Which fixes answer which problems, and why one may think so.
//!
//! Three kinds of evidence: nearness of meaning, place on the chain (the people behind the fix
//! serve the step where the problem is felt), and movement (units that name the fix have more of
//! the problem). They are joined by a logistic rule whose weights were learnt on the sample
//! company (`bench/match`), and become a probability only once pairs of the user's own data were
//! judged. Same subject is not proof of remedy.

mod evidence;
mod wording;

pub use evidence::{LeverSide, PainSide, Pair, place, pairs};
pub use wording::because;

use throughline_domain::brief::Strength;

/// Weights of the rule: see the module's words. Order: constant, meaning of centres, meaning of
/// sentences, place, movement.
pub const WEIGHTS: [f64; 5] = [-4.2, 5.0, 1.6, 2.5, 1.4];

/// Score from which a match is strong, some, weak.
pub const CUTS: [f64; 3] = [0.60, 0.25, 0.08];
/// Nearness of sentences under which two things aren't about the same subject at all.
const SAME_SUBJECT: f64 = 0.30;

/// The rule's score of a pair, 0 to 1.
pub fn score(pair: &Pair) -> f64 {
    let [constant, centres, sentences, place, movement] = WEIGHTS;
    let z = constant
        + centres * pair.centres
        + sentences * pair.sentences
        + place * pair.place.unwrap_or(0.0)
        + movement * pair.movement.map_or(0.0, |movement| movement.evidence);
    1.0 / (1.0 + (-z).exp())
}

/// The word for a score: strong only where a second kind of evidence agrees with meaning, or
/// meaning alone is very clear.
pub fn strength(pair: &Pair, score: f64) -> Option<Strength> {
    if pair.sentences < SAME_SUBJECT {
        return None;
    }
    let agrees = pair.place.is_some_and(|place| place > 0.1)
        || pair.movement.is_some_and(|movement| movement.evidence > 0.3);
    if score >= CUTS[0] && (agrees || pair.sentences >= 0.62) {
        Some(Strength::Strong)
    } else if score >= CUTS[1] {
        Some(Strength::Some)
    } else if score >= CUTS[2] {
        Some(Strength::Weak)
    } else {
        None
    }
}
