//! Scores given in words: `Very satisfied`, `Strongly agree`, `Not at all likely`.
//!
//! Exports of surveys often hold the words of an answer in place of its number. A word alone tells no number
//! (`Good` is the fourth of five steps, or the third), so a column's words are looked at together: at least three,
//! all on one of the scales that surveys use, each on a step of its own, and both ends of it, or one end and no
//! other scale of as many steps with them elsewhere. Otherwise nothing is guessed, and the cells are refused. Of
//! scales with fewer and more steps the one with fewer is taken: of seven steps somebody chooses those that five
//! don't have.

mod scales;

use super::is_missing;
use super::letters::mended;
use super::score::MICRO;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What gives no score.
const NO_ANSWER: [&str; 13] = [
    "don't know",
    "dont know",
    "not sure",
    "unsure",
    "can't say",
    "no opinion",
    "prefer not to say",
    "not applicable",
    "no answer",
    "skipped",
    "did not use",
    "didn't use",
    "not used",
];

/// The steps of a column whose scores are words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Steps {
    /// How many steps the scale has; the first is 1.
    pub count: usize,
    places: BTreeMap<String, usize>,
}

impl Steps {
    /// The scale on which the words of a column stand; `None` where there is none, or several that differ. A few
    /// cells of words that stand on no scale at all are refused one by one.
    pub(crate) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut said: BTreeMap<String, u64> = BTreeMap::new();
        let mut long = 0u64;
        for cell in cells.filter(|cell| !is_missing(cell)) {
            if cell.len() > LONGEST {
                long += 1;
                if long > MOST_LONG {
                    return None;
                }
                continue;
            }
            // These aren't the steps of a scale.
            if said.len() > MOST {
                return None;
            }
            let plain = plain(cell);
            if !NO_ANSWER.contains(&plain.as_str()) {
                *said.entry(plain).or_default() += 1;
            }
        }
        let is_known = |word: &str| SCALES.iter().any(|scale| scale.places.contains_key(word));
        let all = said.values().sum::<u64>() + long;
        let strange = said.iter().filter(|(word, _)| !is_known(word));
        let strange = strange.map(|(_, n)| n).sum::<u64>() + long;
        said.retain(|word, _| is_known(word));
        if said.len() < LEAST || strange as f64 > STRANGE * all as f64 {
            return None;
        }
        // All of them, and no two on one step: who says "agree" and "somewhat agree" means two.
        let places = |scale: &Self| -> BTreeSet<usize> {
            let places = said
                .keys()
                .filter_map(|word| scale.places.get(word).copied());
            places.collect()
        };
        let ends = |scale: &Self| {
            let places = places(scale);
            usize::from(places.contains(&1)) + usize::from(places.contains(&scale.count))
        };
        let holding: Vec<&Self> = SCALES
            .iter()
            .filter(|scale| places(scale).len() == said.len())
            .collect();
        let reached = holding
            .iter()
            .map(|scale| ends(scale))
            .max()
            .filter(|ends| *ends > 0)?;
        let mut best: Vec<&Self> = holding
            .into_iter()
            .filter(|scale| ends(scale) == reached)
            .collect();
        let least = best.iter().map(|scale| scale.count).min()?;
        // Unless all its steps were chosen, a scale of fewer than five may be one of five.
        let whole = reached == 2 && said.len() == least;
        let most = if whole { least } else { least.max(FIVE) };
        best.retain(|scale| scale.count <= most);
        let first = *best.first()?;
        let same = |other: &&Self| {
            let alike = |word: &String| other.places[word] == first.places[word];
            other.count == first.count && said.keys().all(alike)
        };
        best.iter().all(same).then(|| first.clone())
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

/// Longer cells are sentences, of which more than these make a column of words; more different ones than this are
/// no scale, and fewer tell none.
const LONGEST: usize = 60;
const MOST_LONG: u64 = 100;
const MOST: usize = 40;
const LEAST: usize = 3;
/// Steps that scales have most often.
const FIVE: usize = 5;
/// Share of cells that may hold words of no scale.
const STRANGE: f64 = 0.05;

static SCALES: LazyLock<Vec<Steps>> = LazyLock::new(|| scales::all().collect());

/// Lower case, one space between words, no mark at the end.
fn plain(cell: &str) -> String {
    let lower = mended(cell).to_lowercase().replace('\u{2019}', "'");
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', '!']).to_owned()
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
            &["Slightly dissatisfied", "Neutral", "Extremely satisfied"],
            7,
            &[3, 4, 7],
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
            &["Strongly disagree", "Agree", "Strongly agree", "Disagree"],
            5,
            &[1, 4, 5, 2],
        );
        check(
            &[
                "Not at all likely",
                "Very likely",
                "Not so likely",
                "Extremely likely",
            ],
            5,
            &[1, 4, 2, 5],
        );
        check(
            &[
                "Extremely likely",
                "Likely",
                "Neither likely nor unlikely",
                "Unlikely",
            ],
            5,
            &[5, 4, 3, 2],
        );
        check(
            &["Poor", "Good", "Very good", "Excellent"],
            5,
            &[1, 3, 4, 5],
        );
        check(
            &["Very poor", "Good", "Very good", "Okay"],
            5,
            &[1, 4, 5, 3],
        );
        // Four steps and three are not stretched to five.
        check(
            &[
                "Very satisfied",
                "Somewhat satisfied",
                "Not very satisfied",
                "Not at all satisfied",
            ],
            4,
            &[4, 3, 2, 1],
        );
        check(
            &[
                "Very satisfied",
                "Fairly satisfied",
                "Not very satisfied",
                "Not at all satisfied",
            ],
            4,
            &[4, 3, 2, 1],
        );
        check(
            &["Not at all likely", "Somewhat likely", "Very likely"],
            3,
            &[1, 2, 3],
        );
        check(&["Poor", "Average", "Good", "Excellent"], 4, &[1, 2, 3, 4]);
        check(&["Poor", "Good", "Excellent"], 3, &[1, 2, 3]);
        check(&["Never", "Always", "Sometimes"], 3, &[1, 3, 2]);
        check(&["Strongly agree", "Agree", "Disagree"], 5, &[5, 4, 2]);
    }

    #[test]
    fn what_may_mean_two_things_is_not_guessed() {
        for words in [
            // The fourth of five, or the third.
            &["Good", "Poor"][..],
            &["Agree", "Strongly agree"],
            &["Very satisfied"],
            &["Excellent", "Excellent", "Excellent"],
            // The middle of seven, or a scale of five that nobody here knows.
            &[
                "Satisfied",
                "Somewhat satisfied",
                "Neutral",
                "Somewhat dissatisfied",
                "Dissatisfied",
            ],
            &["Very satisfied", "Blue", "Neutral", "Satisfied"],
            &["", "NA", "don't know"],
            &[],
        ] {
            assert_eq!(of(words), None, "{words:?}");
        }
    }

    #[test]
    fn a_few_strange_words_are_refused_alone() {
        let mut words = vec!["Very easy", "Easy", "Difficult", "Very difficult"];
        words.extend(["Easy"; 40]);
        words.push("Tuesday");
        let steps = Steps::of(words.into_iter()).expect("a scale");
        assert!(steps.micro("Tuesday").is_err());
        assert_eq!(steps.micro("easy"), Ok(Some(4_000_000)));
    }

    #[test]
    fn who_does_not_know_gives_no_score() {
        let words = [
            "Very easy",
            "Don\u{2019}t know",
            "Difficult",
            "",
            "Neutral",
            "Easy",
        ];
        let steps = Steps::of(words.into_iter()).expect("a scale");
        assert_eq!(steps.micro("Don\u{2019}t know"), Ok(None));
        assert_eq!(steps.micro("Don\u{e2}\u{20ac}\u{2122}t know"), Ok(None));
        assert_eq!(
            steps.said(words.into_iter()),
            "`Difficult` = 2, `Neutral` = 3, `Easy` = 4, `Very easy` = 5"
        );
    }
}
