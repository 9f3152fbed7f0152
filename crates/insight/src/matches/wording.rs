//! The evidence for a pair, in a sentence or two.

use super::EXPECTED;
use crate::matches::evidence::Pair;

/// Cosine of centres under which two things are told in different words on the whole.
const APART: f64 = 0.2;
/// Known to go together, from which it is worth saying: a third of the true pairs of the sample reach it, one in 25
/// of the others.
const KNOWN: f64 = 0.1;

/// Cosine of topics from which the same is worth saying: four to seven in ten of the true pairs reach it, one in a
/// hundred of the others.
const ONE_TOPIC: f64 = 0.5;

/// Why a fix and a problem were put together, for a reader.
pub fn because(pair: &Pair) -> String {
    let mut parts = Vec::new();
    let alike = pair.sentences >= 0.42 || pair.words >= 0.3;
    let words = match pair.sentences {
        _ if alike && pair.centres < APART && pair.topics < ONE_TOPIC => {
            Some("They share some words, and otherwise speak of different things.")
        }
        s if s >= 0.55 || pair.words >= 0.45 => {
            Some("Customers and employees use much the same words here.")
        }
        s if s >= 0.42 || pair.words >= 0.3 => {
            Some("Customers and employees speak of related things here.")
        }
        _ if pair.bridge >= KNOWN || pair.topics >= ONE_TOPIC => {
            Some("In made-up examples of other companies such problems and such fixes go together.")
        }
        _ => None,
    };
    parts.extend(words.map(str::to_owned));
    match pair.place {
        Some(place) if place > 0.35 => parts.push(
            "The people behind the fix serve the step where customers feel the problem.".to_owned(),
        ),
        Some(place) if place < -0.2 => parts
            .push("The people behind the fix mostly serve other steps of the journey.".to_owned()),
        _ => {}
    }
    if let Some(movement) = pair.movement {
        if movement.evidence > 0.6 && movement.correlation > 0.0 {
            parts.push(format!(
                "Teams that name it more often have more of the problem than their steps let one expect ({} teams).",
                movement.units
            ));
        } else if movement.evidence < -0.6 && movement.correlation < 0.0 {
            parts.push(format!(
                "Against it: teams that name it more often have less of the problem than their steps let one expect ({} teams).",
                movement.units
            ));
        }
    }
    match pair.expected {
        Some(expected) if expected > EXPECTED => parts.push(
            "Votes speak for it: employees expect of this fix what a problem of this size would bring."
                .to_owned(),
        ),
        Some(expected) if expected < -EXPECTED => parts.push(
            "Against it: what employees expect of this fix, by their votes, doesn\u{2019}t fit a problem of this size."
                .to_owned(),
        ),
        _ => {}
    }
    match (parts.is_empty(), words) {
        (true, _) => {
            "Several faint signs together: something in the words, in who says it and where."
                .to_owned()
        }
        // What speaks for it goes first.
        (false, None) => {
            parts.push("The words themselves differ.".to_owned());
            parts.join(" ")
        }
        (false, Some(_)) => parts.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::because;
    use crate::matches::evidence::Pair;

    #[test]
    fn shared_words_are_told_apart_from_a_shared_subject() {
        let of_topics = |topics: f64, bridge: f64, centres: f64, words: f64, sentences: f64| {
            because(&Pair {
                pain: 0,
                lever: 0,
                centres,
                bridge,
                topics,
                words,
                sentences,
                place: None,
                movement: None,
                expected: None,
            })
        };
        let of_known =
            |bridge, centres, words, sentences| of_topics(0.0, bridge, centres, words, sentences);
        let of = |centres, words, sentences| of_known(0.0, centres, words, sentences);
        assert!(of_known(0.2, 0.1, 0.1, 0.2).contains("made-up examples of other companies"));
        assert!(of_topics(0.6, 0.0, 0.1, 0.1, 0.2).contains("made-up examples of other companies"));
        assert!(of(0.5, 0.5, 0.4).contains("much the same words"));
        assert!(of(0.5, 0.35, 0.4).contains("related things"));
        assert!(of(0.004, 0.57, 0.4).contains("otherwise speak of different things"));
        assert!(of(0.004, 0.1, 0.2).contains("faint signs"));
    }

    #[test]
    fn votes_are_named_where_they_tell() {
        let of = |expected: Option<f64>| {
            because(&Pair {
                pain: 0,
                lever: 0,
                centres: 0.5,
                bridge: 0.0,
                topics: 0.0,
                words: 0.5,
                sentences: 0.4,
                place: None,
                movement: None,
                expected,
            })
        };
        assert!(of(Some(0.8)).contains("Votes speak for it"));
        assert!(of(Some(-0.8)).contains("Against it"));
        assert_eq!(of(Some(0.3)), of(None));
    }
}
