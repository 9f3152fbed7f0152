//! Scores given in words: `Very satisfied`, `Strongly agree`, `Not at all likely`.
//!
//! Exports of surveys often hold the words of an answer in place of its number. A word alone tells no number
//! (`Good` is the fourth of five steps, or the third), so a column's words are looked at together: they must all
//! stand on one of the scales that surveys use, and have the same places on every other with as many steps that
//! holds them all. Otherwise nothing is guessed, and the cells are refused. Of scales with fewer and more steps the
//! one with fewer is taken: of seven steps somebody chooses those that five don't have.

use super::is_missing;
use super::score::MICRO;
use std::collections::{BTreeMap, BTreeSet};

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
/// Scales from against to for; `+` and `-` stand for the words of a quality, `|` between wordings of one step.
const BOTH_WAYS: [&[&str]; 6] = [
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
    &["completely -", "-", MIDDLE, "+", "completely +"],
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
        "very -",
        "-",
        "somewhat -",
        MIDDLE,
        "somewhat +",
        "+",
        "very +",
    ],
];
const MIDDLE: &str = "neutral|neither|neither + nor -|neither - nor +|neither, nor|undecided|mixed";
/// Scales from none to all of a quality.
const ONE_WAY: [&[&str]; 3] = [
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
const OTHERS: [&[&str]; 9] = [
    &[
        "strongly disagree",
        "disagree|somewhat disagree|tend to disagree|slightly disagree",
        "neither agree nor disagree|neutral|neither|undecided|unsure",
        "agree|somewhat agree|tend to agree|slightly agree",
        "strongly agree",
    ],
    &[
        "strongly disagree",
        "disagree",
        "somewhat disagree|slightly disagree",
        "neither agree nor disagree|neutral|neither|undecided",
        "somewhat agree|slightly agree",
        "agree",
        "strongly agree",
    ],
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
/// What gives no score.
const NO_ANSWER: [&str; 9] = [
    "don't know",
    "dont know",
    "not sure",
    "can't say",
    "no opinion",
    "prefer not to say",
    "not applicable",
    "no answer",
    "skipped",
];

/// The steps of a column whose scores are words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Steps {
    /// How many steps the scale has; the first is 1.
    pub count: usize,
    places: BTreeMap<String, usize>,
}

impl Steps {
    /// The scale on which all the words of a column stand; `None` where there is none, or several that differ.
    pub(crate) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut said = BTreeSet::new();
        for cell in cells.filter(|cell| !is_missing(cell)) {
            // A word too many: these aren't the steps of a scale.
            if cell.len() > LONGEST || said.len() > MOST {
                return None;
            }
            let plain = plain(cell);
            if !NO_ANSWER.contains(&plain.as_str()) {
                said.insert(plain);
            }
        }
        if said.is_empty() {
            return None;
        }
        // All of them, and no two on one step: who says "agree" and "somewhat agree" means two.
        let holds = |scale: &Self| {
            let places: BTreeSet<usize> = said
                .iter()
                .filter_map(|word| scale.places.get(word).copied())
                .collect();
            places.len() == said.len()
        };
        let mut found: Vec<Self> = scales().filter(holds).collect();
        found.sort_by_key(|scale| scale.count);
        let first = found.first()?;
        let mut as_many = found.iter().filter(|other| other.count == first.count);
        let same = |other: &Self| {
            said.iter()
                .all(|word| other.places[word] == first.places[word])
        };
        as_many.all(same).then(|| first.clone())
    }

    /// The score of a cell in millionths; `Ok(None)` where it says that there is none.
    pub(crate) fn micro(&self, cell: &str) -> Result<Option<i64>, &'static str> {
        if is_missing(cell) {
            return Ok(None);
        }
        let plain = plain(cell);
        match self.places.get(&plain) {
            Some(place) => Ok(Some((*place as f64 * MICRO) as i64)),
            None if NO_ANSWER.contains(&plain.as_str()) => Ok(None),
            None => Err("the word is none of the steps of this column's scale"),
        }
    }

    /// The steps for a reader: `Very dissatisfied` = 1 … `Very satisfied` = 5.
    pub(crate) fn said<'a>(&self, cells: impl Iterator<Item = &'a str>) -> String {
        let mut seen: BTreeMap<usize, &str> = BTreeMap::new();
        for cell in cells {
            if let Some(place) = self.places.get(&plain(cell)) {
                seen.entry(*place).or_insert(cell.trim());
            }
        }
        let one = |(place, word): (usize, &str)| format!("`{word}` = {place}");
        let said: Vec<String> = seen.into_iter().map(one).collect();
        said.join(", ")
    }
}

/// Longer cells are sentences, and more different ones than this are no scale.
const LONGEST: usize = 60;
const MOST: usize = 16;

/// Lower case, one space between words, no mark at the end.
fn plain(cell: &str) -> String {
    let lower = cell.to_lowercase().replace('\u{2019}', "'");
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', '!']).to_owned()
}

fn scales() -> impl Iterator<Item = Steps> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &[&str]) -> Option<(usize, Vec<Option<i64>>)> {
        let steps = Steps::of(words.iter().copied())?;
        let read = |word: &&str| {
            steps
                .micro(word)
                .ok()
                .flatten()
                .map(|micro| micro / 1_000_000)
        };
        Some((steps.count, words.iter().map(read).collect()))
    }

    #[test]
    fn words_of_one_scale_are_its_steps() {
        let check = |words: &[&str], count, places: &[i64]| {
            let places = places.iter().map(|place| Some(*place)).collect();
            assert_eq!(of(words), Some((count, places)), "{words:?}");
        };
        check(
            &["Very satisfied", "Dissatisfied", "Neutral"],
            5,
            &[5, 2, 3],
        );
        check(
            &[
                "Somewhat satisfied",
                "Extremely satisfied",
                "Neither satisfied nor dissatisfied",
            ],
            5,
            &[4, 5, 3],
        );
        check(
            &["Slightly dissatisfied", "Extremely satisfied"],
            7,
            &[3, 7],
        );
        check(
            &["Strongly agree", "Agree", "Somewhat agree"],
            7,
            &[7, 6, 5],
        );
        check(
            &[
                "strongly agree ",
                "AGREE.",
                "Disagree",
                "Strongly disagree",
                "Neutral",
            ],
            5,
            &[5, 4, 2, 1, 3],
        );
        check(
            &["Not at all likely", "Very likely", "Not so likely"],
            5,
            &[1, 4, 2],
        );
        check(
            &["Poor", "Good", "Very good", "Excellent"],
            5,
            &[1, 3, 4, 5],
        );
        check(&["Very poor", "Good", "Very good"], 5, &[1, 4, 5]);
        check(&["Always", "Never"], 5, &[5, 1]);
    }

    #[test]
    fn what_may_mean_two_things_is_not_guessed() {
        // The fourth of five, or the third.
        assert_eq!(of(&["Good", "Poor"]), None);
        assert_eq!(of(&["Very satisfied"]), None);
        assert_eq!(of(&["Very satisfied", "Blue"]), None);
        assert_eq!(of(&["", "NA", "don't know"]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn who_does_not_know_gives_no_score() {
        let words = ["Very easy", "Don\u{2019}t know", "Difficult", ""];
        let steps = Steps::of(words.into_iter()).expect("a scale");
        assert_eq!(steps.micro("Don\u{2019}t know"), Ok(None));
        assert!(steps.micro("Tuesday").is_err());
        assert_eq!(
            steps.said(words.into_iter()),
            "`Difficult` = 2, `Very easy` = 5"
        );
    }
}
