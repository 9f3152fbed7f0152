//! What customers praise, and problems whose words sound like praise.

use super::{Inputs, quotes};
use std::collections::BTreeSet;
use throughline_domain::brief::{Candidate, Pain, Praise};
use throughline_insight::compose::problems::praise;
use throughline_insight::tally::Tally;
use throughline_insight::tone::Tones;
use throughline_text::empty::holds_praise;
use throughline_text::headline::{capitalised, tells};

/// How surely words have to be praise beside holding a word of it: what tells customers' praise knows little of
/// "Professional development" (.79).
const SURE: f64 = 0.82;
/// … and how surely a clause, which says more: "Nice brand and good product" (.75).
const CLAUSE_SURE: f64 = 0.6;
/// Central comments by which a theme is told to be praise.
const OF_PRAISE: usize = 12;
/// Words of a title that is no clause.
const FEW_WORDS: usize = 3;

/// Whether words hold praise and lean to it.
fn praises(words: &str) -> bool {
    holds_praise(words) && Tones::default().leans_to_praise(words)
}

/// Whether words surely praise, whoever says them.
pub(super) fn surely_praises(words: &str) -> bool {
    let few = words.split_whitespace().count() <= FEW_WORDS;
    let sure = if few { SURE } else { CLAUSE_SURE };
    praises(words) && Tones::default().praise(words) >= sure
}

/// Problems, none of them called by a few words of praise: what is wrong with the "good service" is told by its
/// comments, and that it is about service by the title. Clauses stay as somebody wrote them.
pub(super) fn told_as_problems(
    mut pains: Vec<(usize, Pain<Candidate>)>,
    by_hand: &dyn Fn(usize) -> bool,
) -> Vec<(usize, Pain<Candidate>)> {
    let mut taken: BTreeSet<String> = pains.iter().map(|(_, pain)| pain.title.clone()).collect();
    for (at, pain) in &mut pains {
        if !by_hand(*at)
            && praises(&pain.title)
            && let Some(title) = without_praise(&pain.title)
            && taken.insert(title.clone())
        {
            pain.title = title;
        }
    }
    pains
}

/// A title of a few words without those that praise; `None` where nothing that tells something is left.
fn without_praise(title: &str) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let left: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !holds_praise(word))
        .collect();
    let title = match left.as_slice() {
        // "Service" is what all of it is about.
        [one] => format!(
            "Comments on {}",
            begun_small(one, words.first() == Some(one))
        ),
        _ => capitalised(&left.join(" ")),
    };
    (words.len() <= FEW_WORDS && tells(&left.join(" "))).then_some(title)
}

/// A word as it stands inside a title: a capital that it has only for standing first goes.
fn begun_small(word: &str, stood_first: bool) -> String {
    let is_plain = word.chars().skip(1).all(char::is_lowercase);
    if stood_first && is_plain {
        word.to_lowercase()
    } else {
        word.to_owned()
    }
}

/// What customers praise, most often first. `better` are themes of problems that go with better scores: what reads
/// like praise of them is praise, the others ("ok, but …") are mild, and neither.
pub(super) fn strengths(
    inputs: &Inputs<'_>,
    main: &Tally,
    better: Vec<(usize, Pain<Candidate>)>,
) -> Vec<Praise<Candidate>> {
    let fits = inputs.fits;
    let praise_quotes = quotes::of_customers(inputs, &fits.strengths.texts, false);
    let mut strengths = praise(
        &fits.strengths.themes,
        main,
        &inputs.counted.praise,
        &praise_quotes,
    );
    let all_quotes = quotes::of_customers(inputs, &fits.pains.texts, false);
    // As many as there are of a theme of praise.
    let first = |mut quotes: Vec<Candidate>| {
        quotes.truncate(OF_PRAISE);
        quotes
    };
    let better = better.into_iter().filter(|(_, pain)| !pain.mixed);
    strengths.extend(better.map(|(at, pain)| Praise {
        quotes: first(all_quotes(&fits.pains.themes[at])),
        id: pain.id,
        title: pain.title,
        words: pain.words,
        comments: pain.comments,
        reach: pain.reach,
    }));
    let tones = Tones::default();
    let leans = |words: &str| tones.leans_to_praise(words);
    strengths.retain_mut(|praise| {
        let all = praise.quotes.len();
        praise
            .quotes
            .retain(|quote| leans(quote.words.for_analysis()));
        // "All was easy. Clicked back once and everything had vanished": not every clause of praise is praise.
        for quote in &mut praise.quotes {
            quote.title = quote
                .title
                .take()
                .filter(|title| leans(title.for_analysis()));
        }
        // Named by a few, or mixed with complaints, it is nothing to keep "whatever changes".
        praise.comments >= inputs.rules.minimum_comments && 2 * praise.quotes.len() > all
    });
    let by_hand = |id: &str| {
        let mut themes = fits.strengths.themes.iter().chain(&fits.pains.themes);
        themes.any(|theme| theme.id == id && theme.titled_by_hand)
    };
    for praise in &mut strengths {
        // "Fault", of those who can't find one: unless words give a better title it says the contrary.
        if !leans(&praise.title) && !by_hand(&praise.id) {
            praise.title = format!("Praise: {}", praise.title);
        }
    }
    strengths.sort_by(|a, b| b.comments.cmp(&a.comments).then_with(|| a.id.cmp(&b.id)));
    strengths
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_domain::Figure;
    use throughline_domain::estimate::Reason;

    fn titled(title: &str) -> Pain<Candidate> {
        let unknown = || Figure::Unknown(Reason::NotAsked);
        Pain {
            id: title.to_lowercase(),
            title: title.to_owned(),
            words: Vec::new(),
            mixed: false,
            comments: 1,
            reach: unknown(),
            drag_points: unknown(),
            size_points: unknown(),
            severity: unknown(),
            trend: unknown(),
            months: Vec::new(),
            value: unknown(),
            customers: None,
            elsewhere: Vec::new(),
            stages: Vec::new(),
            units: Vec::new(),
            quotes: Vec::new(),
            owner: None,
        }
    }

    #[test]
    fn a_problem_is_not_titled_like_praise() {
        assert!(praises("Good service") && !surely_praises("Good service"));
        assert!(surely_praises("Nice brand and good product"));
        assert_eq!(
            without_praise("Good service").as_deref(),
            Some("Comments on service")
        );
        assert_eq!(without_praise("Good GP").as_deref(), Some("Comments on GP"));
        assert_eq!(
            without_praise("Staff helpful").as_deref(),
            Some("Comments on staff")
        );
        for left in ["Excellent", "Very good", "All the things are good"] {
            assert_eq!(without_praise(left), None, "{left}");
        }
        for told in [
            "Care and food",
            "Need a great canteen",
            "Good service would be nice",
        ] {
            assert!(!praises(told), "{told}");
        }
        let called = |titles: &[&str], by_hand: bool| -> Vec<String> {
            let pains = titles.iter().enumerate();
            let pains = pains.map(|(at, title)| (at, titled(title))).collect();
            let told = told_as_problems(pains, &|_| by_hand);
            told.into_iter().map(|(_, pain)| pain.title).collect()
        };
        // No two alike, and what a person called it stays.
        let titles = ["Good service", "Great service", "Good staff are leaving"];
        assert_eq!(
            called(&titles, false),
            [
                "Comments on service",
                "Great service",
                "Good staff are leaving"
            ]
        );
        assert_eq!(called(&titles[..1], true), ["Good service"]);
    }
}
