//! What customers praise, and problems whose words sound like praise.

use super::{Inputs, quotes};
use throughline_domain::brief::{Candidate, Pain, Praise};
use throughline_insight::compose::problems::praise;
use throughline_insight::kind::Kinds;
use throughline_insight::tally::Tally;
use throughline_insight::theme::Theme;
use throughline_text::empty::holds_praise;

/// How surely a few words have to be praise beside holding a word of it: what tells customers' praise knows little of
/// "Professional development" (.79).
const FEW_WORDS_SURE: f64 = 0.82;
/// Words of a title that is no sentence.
const FEW_WORDS: usize = 3;

/// Whether words hold praise and lean to it.
fn praises(words: &str) -> bool {
    holds_praise(words) && Kinds::shipped().leans_to_praise(words)
}

/// Whether words surely praise, whoever says them: "Nice brand and good product", and not "Professional development".
pub(super) fn surely_praises(words: &str) -> bool {
    let few = words.split_whitespace().count() <= FEW_WORDS;
    praises(words) && (!few || Kinds::shipped().praise(words) >= FEW_WORDS_SURE)
}

/// Problems, none of them titled like praise: what is wrong with the "good service" is told by its comments, and that
/// it is about service by the title.
pub(super) fn told_as_problems(
    mut pains: Vec<(usize, Pain<Candidate>)>,
    themes: &[Theme],
) -> Vec<(usize, Pain<Candidate>)> {
    for (at, pain) in &mut pains {
        if !themes[*at].titled_by_hand && praises(&pain.title) {
            pain.title = without_praise(&pain.title).unwrap_or_else(|| pain.title.clone());
        }
    }
    pains
}

/// A short title without the words that praise; `None` where nothing is left, and of a sentence.
fn without_praise(title: &str) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let left: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !holds_praise(word))
        .collect();
    let mut letters = left.join(" ").chars().collect::<Vec<_>>().into_iter();
    let first = letters.next().filter(|_| words.len() <= FEW_WORDS)?;
    Some(first.to_uppercase().chain(letters).collect())
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
    let better = better.into_iter().filter(|(_, pain)| !pain.mixed);
    strengths.extend(better.map(|(at, pain)| Praise {
        quotes: all_quotes(&fits.pains.themes[at]),
        id: pain.id,
        title: pain.title,
        words: pain.words,
        comments: pain.comments,
        reach: pain.reach,
    }));
    let kinds = fits.reader.splitter.kinds;
    let leans = |words: &str| kinds.leans_to_praise(words);
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

    #[test]
    fn a_problem_is_not_titled_like_praise() {
        assert!(praises("Good service") && !surely_praises("Good service"));
        assert!(surely_praises("Nice brand and good product"));
        assert_eq!(without_praise("Good service").as_deref(), Some("Service"));
        assert_eq!(without_praise("Excellent"), None);
        for told in [
            "Long wait",
            "Care and food",
            "More staff",
            "The food needs to be better",
        ] {
            assert!(!praises(told), "{told}");
        }
    }
}
