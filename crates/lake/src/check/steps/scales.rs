//! The scales of words that surveys use, as data.

use super::Steps;
use std::collections::BTreeMap;

/// Qualities that are asked about: what is said for and against.
const QUALITIES: [(&str, &str); 8] = [
    ("satisfied", "dissatisfied"),
    ("likely", "unlikely"),
    ("easy", "difficult"),
    ("easy", "hard"),
    ("helpful", "unhelpful"),
    ("happy", "unhappy"),
    ("clear", "unclear"),
    ("committed", "uncommitted"),
];
/// Scales from against to for. One without a middle is read as the one that has it and of which nobody chose it, so
/// that two months of a survey aren't on two scales. `+` and `-` stand for the words of a quality, `|` between wordings of one step.
const BOTH_WAYS: [&[&str]; 10] = [
    &["very -", "-", MIDDLE, "+", "very +"],
    &[
        "very -",
        "somewhat -|fairly -|quite -",
        MIDDLE,
        "somewhat +|fairly +|quite +",
        "very +",
    ],
    &[
        "extremely -",
        "somewhat -",
        MIDDLE,
        "somewhat +",
        "extremely +",
    ],
    &["extremely -", "-", MIDDLE, "+", "extremely +"],
    &["completely -", "-", MIDDLE, "+", "completely +"],
    &[
        "completely -",
        "somewhat -",
        MIDDLE,
        "somewhat +",
        "completely +",
    ],
    &["-", MIDDLE, "+"],
    &[
        "extremely -",
        "moderately -",
        "slightly -",
        MIDDLE,
        "slightly +",
        "moderately +",
        "extremely +",
    ],
    &[
        "completely -",
        "mostly -",
        "somewhat -",
        MIDDLE,
        "somewhat +",
        "mostly +",
        "completely +",
    ],
    &[
        "very -",
        "-",
        "somewhat -",
        MIDDLE,
        "somewhat +",
        "+",
        "very +",
    ],
];
const MIDDLE: &str =
    "neutral|neither|neither + nor -|neither + or -|neither - nor +|undecided|okay|ok";
/// Scales from none to all of a quality.
const ONE_WAY: [&[&str]; 5] = [
    &[
        "not at all +",
        "somewhat +|fairly +|quite +|a little +",
        "very +",
    ],
    &[
        "not at all +",
        "not very +",
        "somewhat +|fairly +|quite +",
        "very +",
    ],
    &[
        "not at all +",
        "slightly +",
        "moderately +|somewhat +",
        "very +",
        "extremely +",
    ],
    &[
        "not at all +",
        "not so +|not very +",
        "somewhat +",
        "very +",
        "extremely +",
    ],
    &[
        "not at all +",
        "not very +",
        "neutral",
        "fairly +|quite +",
        "very +",
    ],
];
/// Scales of other words.
const OTHERS: [&[&str]; 16] = [
    &[
        "strongly disagree",
        "disagree|somewhat disagree|tend to disagree|slightly disagree",
        AGREE,
        "agree|somewhat agree|tend to agree|slightly agree",
        "strongly agree",
    ],
    &[
        "strongly disagree",
        "disagree",
        "somewhat disagree|slightly disagree",
        AGREE,
        "somewhat agree|slightly agree",
        "agree",
        "strongly agree",
    ],
    &["poor", "fair|average|ok|okay|acceptable|neutral", "good"],
    &["poor", "good", "excellent"],
    &["bad", "fair|average|ok|okay|neutral", "good"],
    &["disagree", AGREE, "agree"],
    &["never", "sometimes", "always"],
    &["poor", "fair|average", "good", "excellent"],
    &[
        "very poor",
        "poor",
        "neither good nor poor|fair|average|ok|okay|acceptable|neutral",
        "good",
        "very good",
    ],
    &[
        "very poor",
        "poor",
        "fair|average|ok|okay|acceptable",
        "good",
        "excellent",
    ],
    &[
        "very bad",
        "bad",
        "neither good nor bad|fair|average|ok|okay|neutral",
        "good",
        "very good",
    ],
    &["terrible", "poor", "average|okay|ok", "good", "excellent"],
    &["poor", "fair", "good", "very good", "excellent"],
    &["never", "sometimes", "often|usually", "always"],
    &[
        "never",
        "rarely|seldom",
        "sometimes",
        "often|usually|most of the time",
        "always",
    ],
    &[
        "much worse",
        "worse|somewhat worse",
        "about the same|the same",
        "better|somewhat better",
        "much better",
    ],
];
const AGREE: &str =
    "neither agree nor disagree|neither agree or disagree|neutral|neither|undecided";
/// All of them.
pub(super) fn all() -> impl Iterator<Item = Steps> {
    let of_qualities = QUALITIES.into_iter().flat_map(|(for_it, against)| {
        BOTH_WAYS
            .into_iter()
            .chain(ONE_WAY)
            .map(move |steps| scale(steps, for_it, against))
    });
    of_qualities.chain(OTHERS.into_iter().map(|steps| scale(steps, "+", "-")))
}

fn scale(steps: &[&str], for_it: &str, against: &str) -> Steps {
    let mut places = BTreeMap::new();
    for (at, wordings) in steps.iter().enumerate() {
        for wording in wordings.split('|') {
            let word = wording.replace('+', for_it).replace('-', against);
            places.insert(word, at + 1);
        }
    }
    Steps {
        count: steps.len(),
        places,
    }
}
