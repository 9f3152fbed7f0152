//! Whose words head a problem: the clause of a comment that most of its comments come near to.
//!
//! Words that tell a theme from others name its subject ("Guide in the box"); a customer's clause says what is wrong
//! with it ("No guide in the box"). One customer's story names nothing, so clauses are weighed by how near they come
//! to the theme's comments, and by how many others say nearly the same. No title here may be shown before
//! `disclosure` has let it through.

use throughline_insight::theme::{Theme, dot};
use throughline_insight::tone::Tones;
use throughline_text::vectors::Vectors;

/// Words of a title that a complaint gives.
const WORDS: usize = 7;
/// Nearness of two clauses that say nearly the same, what each such clause counts beside nearness to the theme, and
/// how many count.
const ALIKE: f32 = 0.8;
const SUPPORT: f32 = 0.02;
const MOST: usize = 5;
/// What is taken from a clause for each of these: it tells what somebody did ("filled in the order form"), names a day,
/// slips.
const STORY: f32 = 0.08;
/// First words of such clauses, beside those that end in "-ed" and "-ing", and of half a comparison ("one tariff is per
/// day").
const BEGINS: [&str; 28] = [
    "we", "one", "third", "although", "took", "paid", "gave", "got", "went", "sent", "told",
    "rang", "had", "was", "were", "did", "came", "bought", "stood", "sat", "woke", "after", "in",
    "on", "at", "with", "during", "from",
];
/// A day of the week, when something happened to somebody. "On Saturdays" may be the problem.
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];
/// What stands after "to" where "too" was meant.
const TOO: [&str; 10] = [
    "long",
    "many",
    "slow",
    "complicated",
    "expensive",
    "short",
    "small",
    "difficult",
    "hard",
    "confusing",
];
/// How much farther than the theme's own title a clause may be: where the title is words that tell the theme, and where
/// it holds none of those that tell most.
const CLOSE: f32 = 0.06;
const NOT_FAR: f32 = 0.15;
/// How much worse than the best a clause may be that heads the theme where the best may not be shown.
const NEXT: f32 = 0.1;

/// Titles that comments propose, one a comment at most, in the comments' order.
pub(super) struct Proposals {
    pub(super) titles: Vec<Option<String>>,
    /// The comment whose title is to be taken, if it may be shown.
    pub(super) best: usize,
}

/// Titles for a problem from its central comments, where one of them says more than its own; `is_borne_out`: a comment
/// holds a word of that.
pub(super) fn of_problem(
    theme: &Theme,
    comments: &[String],
    is_borne_out: bool,
) -> Option<Proposals> {
    let tones = Tones::default();
    let needed = theme.is_pieced_together() || !is_borne_out || tones.leans_to_praise(&theme.title);
    if !needed && !theme.may_be_retitled() {
        return None;
    }
    let title = |words: &String| {
        let title = theme.title_from(words, WORDS, true);
        title.filter(|title| !tones.leans_to_praise(title))
    };
    let titles: Vec<Option<String>> = comments.iter().map(title).collect();
    let vectors: Vec<Option<Vec<f32>>> = titles.iter().map(|title| embed(title.as_ref())).collect();
    let scores = scores(theme, &titles, &vectors);
    let mut order: Vec<usize> = (0..titles.len())
        .filter(|at| titles[*at].is_some())
        .collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then_with(|| a.cmp(b)));
    let best = *order.first()?;
    let own = dot(&Vectors::shipped().embed(&theme.title), &theme.centre);
    let room = if theme.is_loosely_titled() {
        NOT_FAR
    } else {
        CLOSE
    };
    if !needed && scores[best] + room <= own {
        return None;
    }
    // Of those that say nearly the same one is enough: what is quoted first isn't one thing three times.
    let mut kept: Vec<usize> = Vec::new();
    for at in order {
        let says_the_same = |other: &usize| alike(&vectors[*other], &vectors[at]);
        if scores[at] >= scores[best] - NEXT && !kept.iter().any(says_the_same) {
            kept.push(at);
        }
    }
    let titles = (titles.into_iter().enumerate())
        .map(|(at, title)| title.filter(|_| kept.contains(&at)))
        .collect();
    Some(Proposals { titles, best })
}

fn embed(title: Option<&String>) -> Option<Vec<f32>> {
    title.map(|title| Vectors::shipped().embed(title))
}

/// Whether two titles say nearly the same.
fn alike(one: &Option<Vec<f32>>, other: &Option<Vec<f32>>) -> bool {
    let both = one.as_ref().zip(other.as_ref());
    both.is_some_and(|(one, other)| dot(one, other) >= ALIKE)
}

/// How well each title fits the theme: how near it comes to its comments, how many others say nearly the same, and
/// whether it tells a story.
fn scores(theme: &Theme, titles: &[Option<String>], vectors: &[Option<Vec<f32>>]) -> Vec<f32> {
    let score = |(at, own): (usize, &Option<Vec<f32>>)| {
        let (Some(title), Some(vector)) = (&titles[at], own) else {
            return f32::MIN;
        };
        let others = vectors.iter().enumerate().filter(|(other, _)| *other != at);
        let support = others.filter(|(_, other)| alike(own, other)).count();
        let near = dot(vector, &theme.centre) + SUPPORT * support.min(MOST) as f32;
        near - STORY * blemishes(title) as f32
    };
    vectors.iter().enumerate().map(score).collect()
}

/// How many of these are true of a clause: it tells what somebody did or where, on which day, or is misspelt.
fn blemishes(title: &str) -> usize {
    let low = title.to_lowercase();
    let words: Vec<&str> = low.split_whitespace().collect();
    let first = words.first().copied().unwrap_or_default();
    let tells_a_story = BEGINS.contains(&first) || first.ends_with("ing") || first.ends_with("ed");
    let is_of_a_day = words.iter().any(|word| DAYS.contains(word));
    let slips = words
        .windows(2)
        .any(|pair| pair[0] == "to" && TOO.contains(&pair[1]));
    [tells_a_story, is_of_a_day, slips]
        .into_iter()
        .filter(|is| *is)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_insight::theme::{Found, corrected};

    /// A theme of these comments.
    fn theme(title: &str, words: &str, comments: &[&str]) -> Theme {
        let (mut centre, mut pieces) = (vec![0.0f32; Vectors::DIMENSIONS], Vec::new());
        let mut scratch = throughline_text::vectors::Scratch::default();
        let mut held = std::collections::BTreeMap::new();
        for comment in comments {
            let vector = Vectors::shipped().embed(comment);
            centre.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
            Vectors::shipped().tokens(&mut scratch, comment, &mut pieces);
            pieces
                .iter()
                .for_each(|piece| *held.entry(*piece).or_insert(0) += 2);
        }
        let length = dot(&centre, &centre).sqrt();
        let found = Found {
            title: title.to_owned(),
            words: words.split(' ').map(str::to_owned).collect(),
            centre: centre.iter().map(|x| x / length).collect(),
            pieces: held.into_iter().collect(),
            texts: comments.len(),
            told: 1.0,
            ..Found::default()
        };
        corrected("p", vec![found], &[], &|_| Vec::new())
            .themes
            .remove(0)
    }

    const GUIDES: [&str; 5] = [
        "Surrounded by boxes, no guide in them",
        "No guide in the box, just a link",
        "There was no proper guide in the box",
        "No guide in the box, and I had no connection",
        "The guide in the box is wrong",
    ];

    #[track_caller]
    fn proposed(theme: &Theme, comments: &[&str]) -> Option<(usize, Vec<Option<String>>)> {
        let comments: Vec<String> = comments.iter().map(|one| (*one).to_owned()).collect();
        of_problem(theme, &comments, true).map(|found| (found.best, found.titles))
    }

    #[test]
    fn what_most_comments_say_heads_a_problem_and_once() {
        let theme = theme("Guide in the box", "guide box link connection", &GUIDES);
        let (best, titles) = proposed(&theme, &GUIDES).expect("a title");
        assert_eq!(titles[best].as_deref(), Some("No guide in the box"));
        let told = titles
            .iter()
            .flatten()
            .filter(|title| title.starts_with("No guide"));
        assert_eq!(told.count(), 1, "{titles:?}");
    }

    #[test]
    fn a_title_that_says_more_than_any_clause_stays() {
        let far = ["The guide is by my cat", "A link is wrong"];
        let mut theme = theme("Guide in the box", "guide box link", &GUIDES);
        assert!(proposed(&theme, &far).is_none());
        theme.titled_by_hand = true;
        assert!(proposed(&theme, &GUIDES).is_none());
    }

    #[test]
    fn stories_days_and_slips_are_told_from_problems() {
        for (story, expected) in [
            ("Filled in the order form", 1),
            ("Moving home", 1),
            ("We moved house on Monday", 2),
            ("The wait is to long", 1),
            ("One tariff is per day", 1),
            ("In the bathroom", 1),
        ] {
            assert_eq!(blemishes(story), expected, "{story}");
        }
        for problem in [
            "Your shop is closed on Saturdays",
            "The wait is too long",
            "No guide in the box",
        ] {
            assert_eq!(blemishes(problem), 0, "{problem}");
        }
    }
}
