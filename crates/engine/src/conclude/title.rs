//! Whose words head a problem: the clause of a comment that most of its comments come near to.
//!
//! Words that tell a theme from others name its subject ("Guide in the box"); a customer's clause says what is wrong
//! with it ("No guide in the box"). One customer's story names nothing, so clauses are weighed by how near they come
//! to the theme's comments and by how many others say nearly the same, and words that nobody else uses take no place
//! of words which tell the theme. No title here may be shown before `disclosure` has let it through.

use std::collections::BTreeSet;
use throughline_insight::theme::{Theme, dot};
use throughline_insight::tone::Tones;
use throughline_text::empty::holds_praise;
use throughline_text::headline::{is_about, tells};
use throughline_text::vectors::Vectors;

/// Words of a title that a complaint gives.
const WORDS: usize = 7;
/// Nearness of two clauses that say nearly the same, what each other customer who does counts beside nearness to the
/// theme, and how many count.
const ALIKE: f32 = 0.8;
const SUPPORT: f32 = 0.02;
const MOST: usize = 5;
/// What is taken from a clause for each of these: it tells what somebody did ("filled in the order form"), names a day,
/// slips.
const STORY: f32 = 0.08;
/// First words of such clauses, beside those in "-ed" and "-ing", of half a comparison ("one tariff is per day") and of
/// places.
const BEGINS: [&str; 28] = [
    "we", "one", "third", "although", "took", "paid", "gave", "got", "went", "sent", "told",
    "rang", "had", "was", "were", "did", "came", "bought", "stood", "sat", "woke", "after", "in",
    "on", "at", "with", "during", "from",
];
/// Words in "-ed" that tell what is, and what makes a word in "-ing" one ("parking is too expensive").
const NO_STORY: [&str; 5] = ["need", "speed", "feed", "bed", "red"];
const IS: [&str; 12] = [
    "is", "are", "isn't", "isnt", "aren't", "arent", "not", "no", "doesn't", "doesnt", "times",
    "costs",
];
/// Words that deny praise or wish for it ("more friendly staff", "could be a good service").
const WISHES: [&str; 25] = [
    "not", "no", "never", "nobody", "none", "hardly", "without", "lack", "more", "less", "better",
    "should", "could", "would", "need", "needs", "wish", "want", "please", "what", "why", "cant",
    "dont", "isnt", "wasnt",
];
/// Words of praise that title nothing, beside those that praise is built with.
const PRAISE: [&str; 4] = ["nice", "polite", "pleasant", "courteous"];
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

/// A comment that may be quoted.
pub(super) struct Said<'a> {
    pub(super) words: &'a str,
    pub(super) person: &'a str,
    /// Whether it may stand first: it complains.
    pub(super) may_head: bool,
}

/// Titles that comments propose, in the comments' order.
pub(super) struct Proposals {
    pub(super) titles: Vec<Option<String>>,
    /// Comments to quote before the others, best first: of those that say nearly the same one, and another should that
    /// not be shown.
    pub(super) first: Vec<usize>,
}

/// Titles for a problem from its central comments, where they say more than its own; `is_borne_out`: a comment holds a
/// word of that.
pub(super) fn of_problem(
    theme: &Theme,
    comments: &[Said<'_>],
    is_borne_out: bool,
) -> Option<Proposals> {
    let tones = Tones::default();
    let needed = theme.is_pieced_together() || !is_borne_out || tones.leans_to_praise(&theme.title);
    if !needed && !theme.may_be_retitled() {
        return None;
    }
    let title = |said: &Said<'_>| {
        let title = theme.title_from(said.words, WORDS, true)?;
        let praises = tones.leans_to_praise(&title) || praises_plainly(&title);
        (said.may_head && !praises).then_some(title)
    };
    let titles: Vec<Option<String>> = comments.iter().map(title).collect();
    let vectors: Vec<Option<Vec<f32>>> = titles.iter().map(|title| embed(title.as_ref())).collect();
    let title_near = dot(&Vectors::shipped().embed(&theme.title), &theme.centre);
    let room = if theme.is_loosely_titled() {
        NOT_FAR
    } else {
        CLOSE
    };
    // Whether somebody else uses each word that tells something.
    let is_of_several = |title: &str, at: usize| {
        let uses = |other: &Said<'_>, word: &str| {
            other.person != comments[at].person && is_about(other.words, &[word.to_owned()])
        };
        let mut words = title.split(' ').filter(|word| tells(word));
        words.all(|word| comments.iter().any(|other| uses(other, word)))
    };
    let scored = |at: usize| {
        let (title, vector) = (titles[at].as_ref()?, vectors[at].as_ref()?);
        let others = others(comments, &vectors, at);
        let near = dot(vector, &theme.centre) + SUPPORT * others.min(MOST) as f32;
        let score = near - STORY * blemishes(title) as f32;
        (needed || score + room > title_near).then_some((at, score))
    };
    let mut order: Vec<(usize, f32)> = (0..comments.len()).filter_map(scored).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    if !needed {
        order.retain(|(at, _)| {
            titles[*at]
                .as_ref()
                .is_some_and(|title| is_of_several(title, *at))
        });
    }
    let best = order.first()?.1;
    order.retain(|(_, score)| *score >= best - NEXT);
    let mut first: Vec<usize> = Vec::new();
    for (at, _) in &order {
        // What is quoted first isn't one thing three times.
        let says_the_same = |other: &usize| alike(&vectors[*other], &vectors[*at]);
        if !first.iter().any(says_the_same) {
            first.push(*at);
        }
    }
    if let ([_], Some((next, _))) = (first.as_slice(), order.get(1)) {
        first.push(*next);
    }
    let kept = |at: usize| order.iter().any(|(other, _)| *other == at);
    let titles = (titles.into_iter().enumerate())
        .map(|(at, title)| title.filter(|_| kept(at)))
        .collect();
    Some(Proposals { titles, first })
}

/// Customers but its own of whom a comment says nearly what this one's title does.
fn others(comments: &[Said<'_>], vectors: &[Option<Vec<f32>>], at: usize) -> usize {
    let alike: BTreeSet<&str> = (comments.iter().zip(vectors))
        .filter(|(_, vector)| alike(vector, &vectors[at]))
        .map(|(said, _)| said.person)
        .collect();
    alike.len().saturating_sub(1)
}

fn embed(title: Option<&String>) -> Option<Vec<f32>> {
    title.map(|title| Vectors::shipped().embed(title))
}

/// Whether two titles say nearly the same.
fn alike(one: &Option<Vec<f32>>, other: &Option<Vec<f32>>) -> bool {
    let both = one.as_ref().zip(other.as_ref());
    both.is_some_and(|(one, other)| dot(one, other) >= ALIKE)
}

/// Whether a clause holds a word of praise, and none that denies it or wishes for it.
fn praises_plainly(title: &str) -> bool {
    let low = title.to_lowercase().replace('’', "'");
    let words = low.split(|c: char| !c.is_alphanumeric() && c != '\'');
    let words: Vec<&str> = words.collect();
    let denies = |word: &&str| WISHES.contains(word) || word.ends_with("n't");
    (holds_praise(title) || words.iter().any(|word| PRAISE.contains(word)))
        && !words.iter().any(denies)
}

/// How many of these are true of a clause: it tells what somebody did or where, on which day, or is misspelt.
fn blemishes(title: &str) -> usize {
    let low = title.to_lowercase().replace('’', "'");
    let words: Vec<&str> = low
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    let first = words.first().copied().unwrap_or_default();
    let did = first.ends_with("ed") && !NO_STORY.contains(&first);
    let tells_what_is = words.iter().any(|word| IS.contains(word));
    let doing = first.ends_with("ing") && !first.ends_with("thing") && !tells_what_is;
    let of_a_day = words.iter().any(|word| DAYS.contains(word));
    let slips = words
        .windows(2)
        .any(|pair| pair[0] == "to" && TOO.contains(&pair[1]));
    let told = BEGINS.contains(&first) || did || doing;
    usize::from(told) + usize::from(of_a_day) + usize::from(slips)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use throughline_insight::theme::{Found, corrected};
    use throughline_text::vectors::Scratch;

    /// A theme of these comments.
    pub(in super::super) fn theme(title: &str, words: &str, comments: &[&str]) -> Theme {
        let (mut centre, mut pieces) = (vec![0.0f32; Vectors::DIMENSIONS], Vec::new());
        let mut scratch = Scratch::default();
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

    pub(in super::super) const GUIDES: [&str; 5] = [
        "Surrounded by boxes, no guide in them",
        "No guide in the box, just a link",
        "There was no proper guide in the box",
        "No guide in the box, and I had no connection",
        "The guide in the box is wrong",
    ];

    /// Titles that the comments propose, best first, each of another customer.
    fn proposed(theme: &Theme, comments: &[&str], is_borne_out: bool) -> Option<Vec<String>> {
        let people: Vec<String> = (0..comments.len()).map(|n| n.to_string()).collect();
        said(theme, comments, &people, is_borne_out)
    }

    fn said(
        theme: &Theme,
        comments: &[&str],
        people: &[String],
        is_borne_out: bool,
    ) -> Option<Vec<String>> {
        let said: Vec<Said<'_>> = (comments.iter().zip(people))
            .map(|(words, person)| Said {
                words,
                person,
                may_head: !words.starts_with("Lovely"),
            })
            .collect();
        let found = of_problem(theme, &said, is_borne_out)?;
        let titles = found.first.iter().map(|at| found.titles[*at].clone());
        titles.collect()
    }

    #[test]
    fn what_most_comments_say_heads_a_problem() {
        let theme = theme("Guide in the box", "guide box link connection", &GUIDES);
        let titles = proposed(&theme, &GUIDES, true).expect("titles");
        assert_eq!(titles[0], "No guide in the box");
        // One that says the same stands in for it alone where nothing else does.
        let alike = titles.iter().filter(|title| title.starts_with("No guide"));
        assert!(alike.count() <= 2, "{titles:?}");
    }

    #[test]
    fn what_one_customer_says_takes_no_place_of_words_that_tell_the_theme() {
        let theme = theme("Guide in the box", "guide box link connection", &GUIDES);
        let of_one = vec!["one".to_owned(); GUIDES.len()];
        assert_eq!(said(&theme, &GUIDES, &of_one, true), None);
        // Where the title says nothing, there is nothing better.
        assert!(said(&theme, &GUIDES, &of_one, false).is_some());
    }

    #[test]
    fn what_may_not_stand_first_heads_nothing() {
        let theme = theme("Guide in the box", "guide box link connection", &GUIDES);
        let lovely = [
            "Lovely guide in the box, thanks",
            "Lovely guide in the box, ta",
        ];
        assert_eq!(proposed(&theme, &lovely, false), None);
    }

    #[test]
    fn a_title_that_says_more_than_any_clause_stays() {
        let far = ["A link is wrong", "The link is wrong", "One link is wrong"];
        let mut theme = theme("Guide in the box", "guide box link", &GUIDES);
        theme.pieces = far
            .iter()
            .flat_map(|words| {
                let (mut scratch, mut pieces) = (Scratch::default(), Vec::new());
                Vectors::shipped().tokens(&mut scratch, words, &mut pieces);
                pieces.into_iter().map(|piece| (piece, 9))
            })
            .collect();
        assert_eq!(proposed(&theme, &far, true), None);
        assert!(proposed(&theme, &far, false).is_some());
        theme.titled_by_hand = true;
        assert_eq!(proposed(&theme, &far, false), None);
    }

    #[test]
    fn what_praises_heads_no_problem() {
        for praise in [
            "The food Is very good",
            "The food is nice",
            "The telephone consultation was very helpful",
        ] {
            assert!(praises_plainly(praise), "{praise}");
        }
        for problem in [
            "Staff weren’t friendly",
            "More friendly staff",
            "The food could be good",
            "What kind of fee is this?",
            "No guide in the box",
        ] {
            assert!(!praises_plainly(problem), "{problem}");
        }
    }

    #[test]
    fn stories_days_and_slips_are_told_from_problems() {
        for (story, expected) in [
            ("Filled in the order form", 1),
            ("Moving home", 1),
            ("We moved house on Monday?", 2),
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
            "Nothing works",
            "Parking is too expensive",
            "Waiting times too long",
            "Need more nurses",
        ] {
            assert_eq!(blemishes(problem), 0, "{problem}");
        }
    }
}
