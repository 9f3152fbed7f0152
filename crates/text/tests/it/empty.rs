//! Answers that say nothing, and answers that only look so.

use throughline_text::empty::says_nothing;

fn check(texts: &[&str], expected: bool) {
    for text in texts {
        assert_eq!(says_nothing(text), expected, "`{text}`");
    }
}

#[test]
fn nothing_in_english() {
    check(
        &[
            "nothing",
            "Nothing.",
            "NOTHING AT ALL!!",
            "n/a",
            "N/A.",
            "N.A.",
            "na",
            "none",
            "None.",
            "no comment",
            "nil",
            "no",
            "Nope",
            "no complaints",
            "Nothing to add, thanks",
            "Nothing that I can think of",
            "I can’t think of anything",
            "can't think of anything really",
            "Don't know",
            "I honestly don't know, sorry",
            "Absolutely nothing!",
            "not a thing",
            "No, nothing.",
            "There isn't anything that I dislike in Accenture.",
            "Can't think of anything I don't like about the company",
            "I don't have any particular issues with HSBC.",
            "Not really.",
            "Nothing - all good",
            "nothing, everything was fine",
            "Nothing, the staff were great",
            "Nothing comes to mind at the moment",
            "No issues as such",
        ],
        true,
    );
}

#[test]
fn no_words_at_all() {
    check(
        &[
            "", "   ", "-", "...", "?!", "👍", "😀😀", "a", "X", "x x", "10", "asdf", "sdfghjkl",
            "asdasd", "zzzz", "hhh",
        ],
        true,
    );
}

#[test]
fn nothing_in_other_languages() {
    check(
        &[
            "Nada",
            "nada más",
            "Sin comentarios",
            "no sé",
            "Rien",
            "rien à dire",
            "RAS",
            "Aucun commentaire.",
            "je ne sais pas",
            "Nichts",
            "keine Angabe",
            "k.A.",
            "weiß nicht",
            "Kein Kommentar",
            "nenhum",
            "não sei",
            "Sem comentários",
            "niente",
            "geen opmerkingen",
        ],
        true,
    );
}

#[test]
fn substance_is_kept() {
    check(
        &[
            "All good, thanks",
            "Everything was excellent",
            "Happy with the service",
            "food",
            "More staff",
            "Nothing was good",
            "Nothing works here",
            "Nothing ever gets done",
            "No help at all",
            "No staff",
            "No parking",
            "Nothing, apart from the food",
            "Nothing, but the wait was long",
            "no information",
            "Not enough nurses",
            "None of the staff listened",
            "No one listens",
            "nothing to do on the ward",
            "nothing for children with autism",
            "I don't like anything about it",
            "no dislike of the food but parking",
            "I don't know when my appointment is",
            "Staff are brilliant, no complaints",
            "No career growth",
            "Not happy",
            "no good",
            "pay",
            "GP",
            "NHS",
            "PTSD",
            "wifi",
            "Sin sitio para aparcar",
            "Rien ne marche",
            "Nichts funktioniert",
            "食物",
            "très long",
            "not much parking",
            "I am not at all happy",
            "not at all satisfied",
            "no happy with service",
            "nothing happens after complaints",
        ],
        false,
    );
}

#[test]
fn a_megabyte_is_read_at_once() {
    check(&[&"nothing ".repeat(130_000)], false);
    check(&[&".".repeat(1_000_000)], true);
}
