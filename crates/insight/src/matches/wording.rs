//! The evidence for a pair, in a sentence or two.

use crate::matches::evidence::Pair;

/// Why a fix and a problem were put together, for a reader.
pub fn because(pair: &Pair) -> String {
    let mut parts = Vec::new();
    let words = match pair.sentences {
        s if s >= 0.55 || pair.words >= 0.45 => {
            Some("Customers and employees use much the same words here.")
        }
        s if s >= 0.42 || pair.words >= 0.3 => {
            Some("Customers and employees speak of related things here.")
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
