//! Ideas that were gathered under a problem (`addressed`), and how firmly they answer it.

use throughline_domain::brief::Strength;

/// Share of ideas on the problem at which it is even whether a third of them are, and how fast that grows: of 158 such
/// groups those said to be at .31 had it in .20, at .40 in .59, at .50 in .82, at .64 in .82, at .78 in all.
const EVEN: f64 = 0.4;
const STEEP: f64 = 8.0;
/// Score from which such ideas answer their problem with some strength. Strong they never do: nothing beside the words
/// speaks for it.
const SOME: f64 = 0.5;

/// Chance that a third of the ideas at least are on the problem, by the share that is likely to be; 0 for one they
/// weren't gathered under.
pub fn gathered(share: f64) -> f64 {
    if share > 0.0 {
        1.0 / (1.0 + (STEEP * (EVEN - share)).exp())
    } else {
        0.0
    }
}

/// The word for it.
pub fn strength_of_gathered(share: f64) -> Option<Strength> {
    (share > 0.0).then(|| {
        if gathered(share) >= SOME {
            Strength::Some
        } else {
            Strength::Weak
        }
    })
}

/// Why one may think so.
pub fn because_gathered(share: f64) -> String {
    format!(
        "Of all problems these ideas are nearest to this one; some {} in ten of them are likely to be on it. There are \
         too few answers to tell fixes apart by what staff say.",
        (share * 10.0).round().clamp(1.0, 9.0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_ideas_are_on_a_problem_the_firmer_they_answer_it() {
        assert_eq!(gathered(0.0), 0.0);
        assert!((gathered(EVEN) - 0.5).abs() < 1e-12);
        assert!(gathered(0.6) > 0.8 && gathered(0.2) < 0.25);
        assert_eq!(strength_of_gathered(0.0), None);
        assert_eq!(strength_of_gathered(0.2), Some(Strength::Weak));
        assert_eq!(strength_of_gathered(0.9), Some(Strength::Some));
        assert!(because_gathered(0.44).contains("some 4 in ten"));
    }
}
