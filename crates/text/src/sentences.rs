//! Cuts a comment into sentences, and sentences into clauses that can each have their own subject.
//!
//! A splitter of rules, not a parser: sentences end at `.`, `!`, `?`, `;`, `…` and line breaks;
//! clauses also at " but ", " and ", ", " and dashes where enough words stand on both sides. Every
//! piece is a slice of the text it was given; nothing is rewritten.

/// Words a clause must have on each side of "and" or "but" to be cut there.
const CLAUSE_WORDS: usize = 4;

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 22] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "e.g", "i.e", "eg", "ie", "etc", "vs", "approx", "appt",
    "no", "tel", "ext", "dept", "inc", "ltd", "a.m", "p.m",
];

/// Words in a piece of text: runs of letters and digits (an apostrophe inside doesn't break one).
pub fn word_count(text: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if !inside {
                count += 1;
            }
            inside = true;
        } else if !matches!(c, '\'' | '’') {
            inside = false;
        }
    }
    count
}

/// Sentences in order, trimmed, without empty ones.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let ends = match c {
            '\n' | '\r' | ';' | '!' | '?' | '…' | '。' | '！' | '？' | '•' => true,
            '.' => {
                next.is_none_or(char::is_whitespace)
                    && !is_abbreviation(&text[start..at])
                    && !goes_on(&text[start..at], &text[at + 1..])
                    || next.is_some_and(|n| n.is_uppercase()) && ends_in_word(&text[start..at])
            }
            _ => false,
        };
        if ends {
            push(&mut out, &text[start..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
    }
    push(&mut out, &text[start..]);
    out
}

/// Where a sentence may be cut into clauses.
const JOINTS: [&str; 8] = [
    " but ",
    " and ",
    ", ",
    " - ",
    " – ",
    " however ",
    " although ",
    " also ",
];

/// Clauses in order: sentences cut further at "but", "and", commas and dashes where each side has at
/// least four words.
pub fn clauses(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for sentence in sentences(text) {
        cut(sentence, &mut out);
    }
    out
}

/// One pass from left to right: a sentence of a megabyte takes no longer than many short ones.
fn cut<'a>(sentence: &'a str, out: &mut Vec<&'a str>) {
    let mut left = word_count(sentence);
    if left < 2 * CLAUSE_WORDS {
        push(out, sentence);
        return;
    }
    let mut places: Vec<(usize, usize)> = Vec::new();
    for joint in JOINTS {
        places.extend(
            sentence
                .match_indices(joint)
                .map(|(at, found)| (at, found.len())),
        );
    }
    places.sort_unstable();
    let mut start = 0;
    // Words in `sentence[start..counted]`.
    let mut words = 0;
    let mut counted = 0;
    for (at, length) in places {
        if at < counted {
            continue;
        }
        words += word_count(&sentence[counted..at]);
        let joint = word_count(&sentence[at..at + length]);
        counted = at + length;
        let after = left.saturating_sub(words + joint);
        if words >= CLAUSE_WORDS && after >= CLAUSE_WORDS {
            push(out, &sentence[start..at]);
            start = counted;
            left = after;
            words = 0;
        } else {
            words += joint;
        }
    }
    push(out, &sentence[start..]);
}

fn push<'a>(out: &mut Vec<&'a str>, piece: &'a str) {
    let piece = piece.trim();
    if piece.chars().any(char::is_alphanumeric) {
        out.push(piece);
    }
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or("")
}

fn is_abbreviation(before: &str) -> bool {
    let word = last_word(before);
    ABBREVIATIONS.iter().any(|a| a.eq_ignore_ascii_case(word))
        || is_initial(word) && follows_a_title(before)
}

/// "Ask P.K. to ring them", "the U.K. team": initials that a word without a capital follows.
fn goes_on(before: &str, after: &str) -> bool {
    let word = last_word(before);
    let of_initials = word.len() > 1 && word.split('.').all(is_initial);
    let next = after.trim_start().chars().next();
    of_initials && next.is_some_and(char::is_lowercase)
}

/// Titles after which initials stand.
const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "dr", "prof"];

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Whether only initials stand between the end and a title ("Dr. A. K").
fn follows_a_title(before: &str) -> bool {
    let words = before.split([' ', '.', '\t']).filter(|w| !w.is_empty());
    let mut words = words.rev().skip_while(|word| is_initial(word));
    words
        .next()
        .is_some_and(|word| TITLES.iter().any(|title| title.eq_ignore_ascii_case(word)))
}

/// "good.Staff": a full stop without its space, after a word of three letters or more.
fn ends_in_word(before: &str) -> bool {
    let word = last_word(before);
    word.chars().count() >= 3 && word.chars().all(char::is_alphabetic)
}
