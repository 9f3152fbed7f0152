//! A sentence cut to what could stand above it: "My idea: give callers a call back, they have to hold" is
//! headed "Give callers a call back".
//!
//! A clause of the sentence, a few words long, that begins and ends like one: nothing is put into other
//! words, and where no clause will do there is none. By rules on English function words; other languages
//! get the rules on length, punctuation and figures alone.

use crate::phrases::capitalised;
use crate::sentences::word_count;
use crate::stopwords::{Kind, dangles, kind};
use crate::vectors::{Scratch, Vectors};

/// Letters and signs of a headline at most.
const LONGEST: usize = 72;
/// Words that a piece before a comma needs more of, to be more than how a sentence is begun ("my idea, …").
const OPENING: usize = 2;
/// Words more that a clause with its condition may have.
const CONDITION: usize = 4;
/// Words that point to something said before.
const POINTING: [&str; 9] = [
    "it", "it's", "its", "they", "there", "this", "these", "he", "she",
];
/// Letters in which two forms of a word agree.
const ROOT: usize = 5;
/// Wordpieces of a word past which it is taken for a slip of the pen.
const PIECES: usize = 2;

/// Words that begin what hangs on another clause: it is kept with the next one.
const HANGING: [&str; 18] = [
    "if", "when", "whenever", "as", "because", "since", "while", "once", "after", "before",
    "although", "until", "unless", "whether", "for", "instead", "despite", "given",
];
/// Words that join a clause to one before it: left out at its beginning.
const JOINING: [&str; 13] = [
    "and", "but", "so", "also", "or", "plus", "then", "well", "that", "which", "to", "still", "yes",
];
/// Where a clause that is too long may end.
const ENDS: [&str; 13] = [
    " so that ",
    " because ",
    " which ",
    " who ",
    " rather than ",
    " instead of ",
    " so ",
    " until ",
    " when ",
    " if ",
    " and ",
    " while ",
    " before ",
];

/// What a headline must be like.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// Words at most.
    pub most: usize,
    /// Words of which it holds one, in any form.
    pub about: &'a [String],
    /// Whether one that tells enough by itself need not be about any of these.
    pub own_words_do: bool,
}

/// The headline of a sentence: its first clause. `None` where that makes none.
pub fn headline(sentence: &str, style: &Style<'_>) -> Option<String> {
    let pieces = pieces(sentence);
    // "Hidden fees, quoted one price …": two words may be the thing itself.
    let names = |piece: &str| {
        word_count(piece) == OPENING && piece.split(' ').all(tells) && is_about(piece, style.about)
    };
    let at = pieces
        .iter()
        .position(|piece| word_count(piece) > OPENING || names(piece))?;
    let (first, next) = (pieces[at], pieces.get(at + 1).copied().unwrap_or(""));
    let begins = first.split_whitespace().next().unwrap_or("").to_lowercase();
    let hangs = HANGING.contains(&begins.as_str());
    let whole = if hangs && next.is_empty() {
        return None;
    } else if hangs || ends_a_list(next) {
        format!("{first}, {next}")
    } else {
        first.to_owned()
    };
    let title = cut(&whole, style.most + if hangs { CONDITION } else { 0 })?;
    let does = style.own_words_do && tells_enough(&title) || is_about(&title, style.about);
    does.then_some(title)
}

/// Pieces between stops, commas, colons, dashes and brackets.
fn pieces(sentence: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = sentence.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map_or(' ', |(_, next)| *next);
        let ends = match letter {
            '.' | ',' | ':' => after.is_whitespace(),
            ';' | '!' | '?' | '(' | ')' | '"' | '“' | '”' | '…' | '—' | '–' | '\n' | '|' | '*' => {
                true
            }
            '-' => before.is_whitespace() && after.is_whitespace(),
            _ => false,
        };
        if ends {
            found.push(&sentence[start..at]);
            start = at + letter.len_utf8();
        }
        before = letter;
    }
    found.push(&sentence[start..]);
    found
        .into_iter()
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// Whether what follows a comma ends a list: "(for network,) call centre and chat".
fn ends_a_list(piece: &str) -> bool {
    piece.split_once(" and ").is_some_and(|(before, after)| {
        (1..=2).contains(&word_count(before)) && (1..=2).contains(&word_count(after))
    })
}

/// A clause as a headline, cut where it is too long.
fn cut(clause: &str, most: usize) -> Option<String> {
    let mut words: Vec<&str> = clause.split_whitespace().collect();
    while words
        .first()
        .is_some_and(|word| JOINING.contains(&word.to_lowercase().as_str()))
    {
        words.remove(0);
    }
    let mut title = words.join(" ");
    // What comes after "but" is the point: "the pay is good" would say the opposite.
    if title.contains(" but ") {
        return None;
    }
    let is_long = |title: &str| word_count(title) > most || title.chars().count() > LONGEST;
    for end in ENDS {
        if let Some(at) = title
            .find(end)
            .filter(|at| is_long(&title) && word_count(&title[..*at]) > OPENING)
        {
            title.truncate(at);
        }
    }
    let title = title.trim_matches(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = title.split(' ').collect();
    let last = words.last()?.to_lowercase();
    let telling = words.iter().filter(|word| tells(word)).count();
    let reads = words.len() > 1
        && !is_long(title)
        && telling + usize::from(words.len() > 2) >= 2
        && !ends_openly(&last)
        && !POINTING.contains(&words[0].to_lowercase().as_str())
        && !words.iter().any(|word| has_stray_capitals(word))
        && !title
            .chars()
            .any(|c| c.is_ascii_digit() || "[]{}<>@#£$€%_\\/".contains(c))
        && words.iter().all(|word| is_known(word));
    let titled = |word: &&str| if *word == "i" { "I" } else { word }.to_owned();
    reads.then(|| capitalised(&words.iter().map(titled).collect::<Vec<_>>().join(" ")))
}

fn tells_enough(title: &str) -> bool {
    word_count(title) >= 5 || title.split(' ').filter(|word| tells(word)).count() >= 3
}

/// Whether a title holds one of the words in some form: the same letters at the beginning.
pub fn is_about(title: &str, about: &[String]) -> bool {
    let words = |text: &str| -> Vec<String> {
        let own = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| tells(word));
        own.map(|word| word.to_lowercase().chars().take(ROOT).collect())
            .collect()
    };
    let own = words(title);
    about.iter().flat_map(|word| words(word)).any(|root| {
        own.iter()
            .any(|word| word.starts_with(root.as_str()) || root.starts_with(word.as_str()))
    })
}

fn tells(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    kind(&bare.to_lowercase()) != Kind::Silent
}

/// Whether a clause that ends with the word was cut off. "Nobody calls me", "let us decide" and "the people I
/// spoke to" are whole.
fn ends_openly(word: &str) -> bool {
    const WHOLE: [&str; 18] = [
        "then", "it", "them", "me", "us", "in", "on", "there", "here", "more", "much", "this",
        "that", "to", "with", "for", "at", "about",
    ];
    dangles(word) && !WHOLE.contains(&word)
}

/// "wIth", as some readers of handwriting give it.
fn has_stray_capitals(word: &str) -> bool {
    let mut letters = word.chars().zip(word.chars().skip(1));
    letters.any(|(one, next)| one.is_lowercase() && next.is_uppercase())
}

/// Whether the vectors' wordpieces know a word, whole or in two pieces: slips of the pen fall into more.
fn is_known(word: &str) -> bool {
    word.split(['-', '\'', '’']).all(|part| {
        let mut pieces = Vec::new();
        Vectors::shipped().tokens(&mut Scratch::default(), part, &mut pieces);
        pieces.len() <= PIECES
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, about: &str, expected: &str) {
        let about: Vec<String> = about.split(' ').map(str::to_owned).collect();
        let wanted = (!expected.is_empty()).then(|| expected.to_owned());
        let style = Style {
            most: 11,
            about: &about,
            own_words_do: false,
        };
        assert_eq!(headline(sentence, &style), wanted, "{sentence}");
    }

    #[test]
    fn openings_and_what_follows_are_left_out() {
        let all = [
            (
                "My idea: give callers a call back, they have to hold",
                "Give callers a call back",
            ),
            (
                "Say the real price first, set-up included - show the rest",
                "Say the real price first",
            ),
            (
                "Honestly, hybrid working in the contract",
                "Hybrid working in the contract",
            ),
            (
                "Repair the search, it never finds a page.",
                "Repair the search",
            ),
            ("Also no warning of the works", "No warning of the works"),
            (
                "Hidden fees, quoted one price and charged another",
                "Hidden fees",
            ),
        ];
        for (sentence, expected) in all {
            check(
                sentence,
                "callers price contracts search warning fee",
                expected,
            );
        }
    }

    #[test]
    fn a_condition_is_kept_with_what_hangs_on_it_and_a_list_is_whole() {
        check(
            "if someone asks to leave, close the account there and then, one step and done",
            "account",
            "If someone asks to leave, close the account there and then",
        );
        check("when the wait is long", "wait", "");
        check(
            "One calendar for network, call centre and chat, and a text to all.",
            "calendar",
            "One calendar for network, call centre and chat",
        );
    }

    #[test]
    fn a_long_clause_ends_where_it_may() {
        check(
            "Send the customer a text with the name of the fitter because they ring us all morning",
            "customer",
            "Send the customer a text with the name of the fitter",
        );
        check(
            "the thing that most of us here would really like to see changed in the whole place",
            "place",
            "",
        );
    }

    #[test]
    fn what_would_read_badly_heads_nothing() {
        // Too little, figures, slips of the pen, what was taken out, other subjects.
        check("Very good", "good", "");
        check("It was the", "was", "");
        check("I waited 25 minutes before anyone answered", "waited", "");
        check("I cant fault the peooplle", "fault", "");
        check("Full marks to [name] in the shop", "shop", "");
        check("Repair the search", "queue", "");
        check("It is in the queue", "queue", "");
        check("The pay is good but the career is slow", "pay", "");
        check("The queue wIth the desk", "queue", "");
        check("", "queue", "");
    }

    #[test]
    fn one_that_tells_enough_may_be_about_anything() {
        let style = Style {
            most: 11,
            about: &[],
            own_words_do: true,
        };
        let of = |sentence| headline(sentence, &style);
        assert_eq!(
            of("Repair the intranet search.").as_deref(),
            Some("Repair the intranet search")
        );
        assert_eq!(of("Give us a limit, say so"), None);
    }
}
