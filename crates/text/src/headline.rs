//! A sentence cut to what could stand above it: "My idea: give callers a call back, they have to hold" is
//! headed "Give callers a call back".
//!
//! A clause of the sentence, a few words long, that begins and ends like one: nothing is put into other
//! words, and where no clause will do there is none. By rules on English function words; other languages
//! get the rules on length, punctuation and figures alone.

mod pieces;

pub use crate::phrases::capitalised;
use crate::sentences::word_count;
use crate::stopwords::{Kind, dangles, is_month, kind};
use crate::vectors::{Scratch, Vectors};
use pieces::{pieces, rest_after};

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
/// Where a clause that is too long may end: before a reason or a contrast, not before a condition.
const ENDS: [&str; 7] = [
    " so that ",
    " because ",
    " which ",
    " rather than ",
    " instead of ",
    " so ",
    " and ",
];
/// What begins a half-clause that a cut may leave behind, and words that it then has at most.
const HALVES: [&str; 4] = [" that ", " who ", " where ", " when "];
const HALF: usize = 4;
/// Beginnings of what tells how things are, not what they are about.
const NOW: [&str; 6] = [
    "as it is",
    "at the moment",
    "at present",
    "right now",
    "currently",
    "nowadays",
];
/// Words with which what follows takes back what was said, or says that somebody else said it.
const TAKING_BACK: [&str; 13] = [
    "but", "however", "yet", "except", "though", "although", "said", "says", "unless", "only",
    "apart", "not", "never",
];
/// Words that begin a question.
const ASKING: [&str; 21] = [
    "do", "does", "did", "is", "are", "am", "was", "were", "can", "will", "would", "should",
    "have", "has", "why", "when", "where", "how", "what", "who", "whose",
];
/// Letters and signs of a clause past which nobody looks for a headline in it.
const READ: usize = 400;

/// The headline of a sentence: its first clause, of at most `most` words, one of those in `about` (in any form)
/// among them. `None` where that clause makes none.
pub fn headline(sentence: &str, about: &[String], most: usize) -> Option<String> {
    let pieces = pieces(sentence);
    // "Hidden fees, quoted one price …": two words may be the thing itself.
    let names = |piece: &str| {
        word_count(piece) == OPENING && piece.split(' ').all(is_telling) && is_about(piece, about)
    };
    let at = pieces
        .iter()
        .position(|piece| word_count(piece) > OPENING || denies(piece) || names(piece))?;
    let (first, next) = (pieces[at], pieces.get(at + 1).copied().unwrap_or(""));
    // "What, if any, is the limit?": the question began before.
    if pieces[..at].iter().any(|piece| asks(piece)) {
        return None;
    }
    // "Please don't - print labels" is no headline, and neither is what a "but" takes back.
    if first.len() > READ || word_count(first) < 2 || takes_back(next) {
        return None;
    }
    let low = first.to_lowercase();
    if NOW.iter().any(|now| low.starts_with(now)) {
        return None;
    }
    let begins = first.split_whitespace().next().unwrap_or("").to_lowercase();
    let hangs = HANGING.contains(&begins.as_str());
    let lists = !hangs && ends_a_list(next);
    let whole = if hangs && (next.is_empty() || next.len() > READ) {
        return None;
    } else if hangs || lists {
        format!("{first}, {next}")
    } else {
        first.to_owned()
    };
    let last = if whole.len() > first.len() {
        next
    } else {
        first
    };
    if opens_a_quotation(sentence, last) {
        return None;
    }
    let is_question = rest_after(sentence, last).starts_with('?');
    // "Which countries are you in?" without its first word asks nothing, and what "which" joins is half a sentence.
    if begins == "which" {
        return None;
    }
    let mut title = cut(&whole, most + if hangs { CONDITION } else { 0 })?;
    if lists && title.contains(',') && !title.contains(" and ") {
        return None;
    }
    let is_whole = whole.to_lowercase().ends_with(&title.to_lowercase());
    if is_whole && is_question && asks(&title) {
        title.push('?');
    }
    is_about(&title, about).then_some(title)
}

/// Whether a title begins like a question.
fn asks(title: &str) -> bool {
    let first = title.split(' ').next().unwrap_or("").to_lowercase();
    ASKING.contains(&first.as_str())
}

/// "Have nurses all “playing the same tune”": what a quotation follows is no clause of its own. `piece` is a part of
/// the sentence.
fn opens_a_quotation(sentence: &str, piece: &str) -> bool {
    let rest = rest_after(sentence, piece);
    rest.starts_with(' ') && rest.trim_start().starts_with(['"', '“'])
}

fn takes_back(piece: &str) -> bool {
    let first = piece.split_whitespace().next().unwrap_or("").to_lowercase();
    TAKING_BACK.contains(&first.as_str())
}

/// Whether something is denied.
fn denies(piece: &str) -> bool {
    let low = piece.to_lowercase().replace('’', "'");
    low.split_whitespace().any(|word| {
        matches!(word, "not" | "no" | "never" | "dont" | "cannot") || word.ends_with("n't")
    })
}

/// Whether what follows a comma ends a list: "(for network,) call centre and chat".
fn ends_a_list(piece: &str) -> bool {
    piece.split_once(" and ").is_some_and(|(before, after)| {
        (1..=2).contains(&word_count(before)) && (1..=2).contains(&word_count(after))
    })
}

/// Words that only lead up to what is said.
const FILLERS: [&str; 16] = [
    "basically",
    "honestly",
    "really",
    "actually",
    "simply",
    "just",
    "maybe",
    "perhaps",
    "please",
    "personally",
    "obviously",
    "frankly",
    "generally",
    "ideally",
    "clearly",
    "hopefully",
];
/// … and such in several words.
const OPENERS: [&str; 12] = [
    "i think ",
    "i believe ",
    "i feel ",
    "i would say ",
    "i'd say ",
    "could we ",
    "can we ",
    "why not ",
    "could you ",
    "how about ",
    "what about ",
    "why don't we ",
];

/// Letters that an opener has at most.
const LONGEST_OPENER: usize = 16;

/// A clause without what only leads up to it.
fn begun(clause: &str) -> &str {
    let mut rest = clause.trim();
    loop {
        let first = rest.split(' ').next().unwrap_or("");
        let start: String = rest.chars().take(LONGEST_OPENER).collect();
        let low = start.to_lowercase().replace('’', "'");
        let bare = first.to_lowercase();
        let led = if JOINING.contains(&bare.as_str()) || FILLERS.contains(&bare.as_str()) {
            first.len()
        } else if let Some(opener) = OPENERS.iter().find(|opener| low.starts_with(*opener)) {
            // The same number of words, whatever their apostrophes.
            let words = opener.split_whitespace().count();
            rest.split(' ')
                .take(words)
                .map(|word| word.len() + 1)
                .sum::<usize>()
                - 1
        } else {
            return rest;
        };
        match rest.get(led..) {
            Some(after) if !after.trim().is_empty() => rest = after.trim_start(),
            _ => return "",
        }
    }
}

/// A clause as a headline, cut where it is too long.
fn cut(clause: &str, most: usize) -> Option<String> {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let whole = words.join(" ");
    let mut title = begun(&whole).to_owned();
    // What comes after "but" is the point: "the pay is good" would say the opposite.
    if title.contains(" but ") {
        return None;
    }
    let is_long = |title: &str| word_count(title) > most || title.chars().count() > LONGEST;
    if is_long(&title) && denies(&title) {
        // Cut short, a rule with its condition would be a ban.
        return None;
    }
    for end in ENDS {
        let at = title
            .find(end)
            .filter(|at| is_long(&title) && word_count(&title[..*at]) > OPENING);
        if let Some(at) = at {
            title.truncate(at);
            // "… one calendar that help desk (and chat see)": the last half-clause goes, too.
            let half = HALVES.iter().filter_map(|half| title.rfind(half)).max();
            if let Some(half) = half.filter(|half| word_count(&title[*half..]) <= HALF) {
                title.truncate(half);
            }
        }
    }
    let title = title.trim_matches(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = title.split(' ').collect();
    let last = words.last()?.to_lowercase();
    let telling = words.iter().filter(|word| is_telling(word)).count();
    let reads = words.len() > 1
        && !is_long(title)
        && telling + usize::from(words.len() > 2) >= 2
        && !ends_openly(&last)
        && !POINTING.contains(&words[0].to_lowercase().replace('’', "'").as_str())
        && !words
            .iter()
            .any(|word| has_stray_capitals(word) || is_month(&word.to_lowercase()))
        && !is_shouted(title)
        && !title
            .chars()
            .any(|c| c.is_numeric() || "[]{}<>@#£$€%_\\/".contains(c))
        && words.iter().all(|word| is_known(word));
    let titled = |word: &&str| if *word == "i" { "I" } else { word }.to_owned();
    reads.then(|| capitalised(&words.iter().map(titled).collect::<Vec<_>>().join(" ")))
}

/// Whether a title holds one of the words in some form: the same letters at the beginning.
pub fn is_about(title: &str, about: &[String]) -> bool {
    let words = |text: &str| -> Vec<String> {
        let own = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| is_telling(word));
        own.map(|word| word.to_lowercase().chars().take(ROOT).collect())
            .collect()
    };
    let own = words(title);
    about.iter().flat_map(|word| words(word)).any(|root| {
        own.iter()
            .any(|word| word.starts_with(root.as_str()) || root.starts_with(word.as_str()))
    })
}

/// Whether a word, or one of several, may name a subject.
pub fn tells(words: &str) -> bool {
    words.split_whitespace().any(is_telling)
}

fn is_telling(word: &str) -> bool {
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

/// "PRINT THE LABELS".
fn is_shouted(title: &str) -> bool {
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = title.chars().filter(|c| c.is_uppercase()).count();
    2 * capitals > letters
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
        let unknown = Vectors::shipped().pieces().unknown();
        pieces.len() <= PIECES && !pieces.contains(&unknown)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, about: &str, expected: &str) {
        let about: Vec<String> = about.split(' ').map(str::to_owned).collect();
        let wanted = (!expected.is_empty()).then(|| expected.to_owned());
        assert_eq!(headline(sentence, &about, 11), wanted, "{sentence}");
    }

    #[test]
    fn openings_and_what_follows_are_left_out() {
        check(
            "\"Print the labels\" is what we ask",
            "labels",
            "Print the labels",
        );
        let all = [
            (
                "My idea: give callers a call back, they have to hold",
                "Give callers a call back",
            ),
            (
                "Say the real price first, set-up included - show it",
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
            (
                "Basically I think we could search the contract",
                "We could search the contract",
            ),
            ("Why don’t we search by name?", "Search by name"),
            ("So does the search go?", "Does the search go?"),
            (
                "Why is the search so slow because nobody can find a page with it?",
                "Why is the search so slow",
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
        // Half a list is none.
        check(
            "What on earth is the real difference for us here between Basic, Plus and Extra",
            "difference",
            "",
        );
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
        let unending =
            "the thing that most of us here would really like to see changed in the whole place";
        check(unending, "place", "");
        // With its condition it says something else.
        check(
            "Never print labels for any of the parcels and boxes until the customer has paid for them",
            "labels",
            "",
        );
        check(
            "Let dispatch print labels at the desk for people who can't wait and for nobody else",
            "labels",
            "",
        );
    }

    #[test]
    fn what_is_taken_back_heads_nothing() {
        for sentence in [
            "The pay is good but the career is slow",
            "The pay is good, but the career is slow",
            "The pay is excellent, however nobody gets it",
            "Please don't - raise the pay",
            "Raise the pay again, said nobody",
        ] {
            check(sentence, "pay", "");
        }
    }

    #[test]
    fn what_would_read_badly_heads_nothing() {
        // Too little, figures, slips of the pen, what was taken out, other subjects, what can't be read.
        check("As it is, every label is late", "label", "");
        check("Very good", "good", "");
        check("It was the", "was", "");
        check("Have nurses all \"playing the same tune\"", "nurses", "");
        check(
            "If the desk is shut, put up a sign saying \"come back\"",
            "desk",
            "",
        );
        check("Have nurses “playing the same tune”", "nurses", "");
        check("I waited 25 minutes before anyone answered", "waited", "");
        check("Print labels at the desk until February", "labels", "");
        check("Print labels at desk number ٢٥ now", "labels", "");
        check("I cant fault the peooplle", "fault", "");
        check("Full marks to [name] in the shop", "shop", "");
        check("Repair the search", "queue", "");
        check("It is in the queue", "queue", "");
        check("It’s the queue that grows", "queue", "");
        check("What, if any, is the queue for cards?", "queue", "");
        check("Which queue are you in?", "queue", "");
        check("The queue wIth the desk", "queue", "");
        check("PRINT THE LABELS", "labels", "");
        check("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ labels desk", "labels", "");
        check("", "queue", "");
        check(&"and ".repeat(300_000), "queue", "");
        check(&"so, ".repeat(300_000), "queue", "");
    }
}
