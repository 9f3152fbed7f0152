//! Whether an answer says nothing: "nothing", "n/a", "-", "can't think of anything".
//!
//! An answer says nothing when it has no word at all, or when one of its parts (between stops and
//! commas) is a way of saying "nothing" and every other part is such a way, a thank-you, or general
//! praise after it ("nothing, the staff were great"). Praise by itself ("all good, thanks") or first
//! is not empty, and any part of substance keeps the whole answer ("nothing, apart from the food"). English,
//! and the commonest of Spanish, French, German, Portuguese, Italian and Dutch: `empty_words`.

use crate::empty_words::{AFTER, BEFORE, BESIDE, CORES, PRAISE, SUBJECTS};
use std::collections::HashSet;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Answers with more words than this are taken to say something.
const MOST_WORDS: usize = 16;
/// Bytes past which an answer is not even read.
const MOST_BYTES: usize = 400;

/// Whether a text says nothing.
pub fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    if text.len() > MOST_BYTES {
        return !text.chars().any(char::is_alphanumeric);
    }
    let plain = plain(text);
    let mut nothing = false;
    let mut words = 0;
    for part in plain.split(|c: char| !c.is_alphanumeric() && c != ' ') {
        let part: Vec<&str> = part.split(' ').filter(|w| !w.is_empty()).collect();
        words += part.len();
        match reading(&part) {
            Reading::Silence | Reading::Beside => {}
            Reading::Nothing => nothing = true,
            // "Nothing, staff were lovely" answers the question; "staff were lovely, no complaints"
            // praises first.
            Reading::Praise if nothing => {}
            Reading::Praise | Reading::Something => return is_no_word(&plain),
        }
    }
    (nothing || words == 0) && words <= MOST_WORDS
}

/// Whether one of its words is such as praise is built with ("good", "helpful").
pub fn holds_praise(text: &str) -> bool {
    let plain = plain(text);
    let mut words = plain.split(|c: char| !c.is_alphanumeric());
    words.any(|word| lists().praise.contains(word))
}

/// Lower case, without accents, curly quotes straight, apostrophes inside words dropped ("don't":
/// "dont"), "n/a" in one piece.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '\'' | '’' | '‘' | '`' | '´' => {}
            c if c.is_whitespace() => out.push(' '),
            c => out.extend(c.to_lowercase()),
        }
    }
    for (written, one) in [
        ("n/a", "na"),
        ("n.a.", "na"),
        ("n.a", "na"),
        ("k.a.", "ka"),
        ("r.a.s", "ras"),
    ] {
        out = out.replace(written, one);
    }
    out
}

enum Reading {
    /// No word.
    Silence,
    /// A way of saying "nothing".
    Nothing,
    /// Thanks or "all good": says nothing beside a "nothing".
    Beside,
    /// Praise of somebody or something: says nothing after a "nothing".
    Praise,
    /// Anything else.
    Something,
}

type Phrase = Vec<&'static str>;

struct Lists {
    cores: HashSet<Phrase>,
    before: Vec<Phrase>,
    after: Vec<Phrase>,
    beside: HashSet<Phrase>,
    praise: HashSet<&'static str>,
    subjects: HashSet<&'static str>,
}

fn lists() -> &'static Lists {
    fn phrases<C: FromIterator<Phrase>>(list: &'static str) -> C {
        list.split([',', '\n'])
            .map(|phrase| phrase.split_whitespace().collect::<Phrase>())
            .filter(|phrase| !phrase.is_empty())
            .collect()
    }
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| Lists {
        cores: phrases(CORES),
        before: phrases(BEFORE),
        after: phrases(AFTER),
        beside: phrases(BESIDE),
        praise: PRAISE.split_whitespace().collect(),
        subjects: SUBJECTS.split_whitespace().collect(),
    })
}

/// What one part (words between stops and commas) says.
fn reading(words: &[&str]) -> Reading {
    let lists = lists();
    if words.is_empty() {
        return Reading::Silence;
    }
    if words.len() > MOST_WORDS {
        return Reading::Something;
    }
    if is_nothing(words, lists, &mut HashSet::new()) {
        return Reading::Nothing;
    }
    if lists.beside.contains(words) {
        return Reading::Beside;
    }
    if is_praise(words, lists) {
        return Reading::Praise;
    }
    // "nothing the staff were great": praise that follows without a comma. It must start like a
    // sentence of its own, or "nothing was good" would be turned round.
    let starts = |word: &str| {
        lists.subjects.contains(word)
            && !["was", "is", "were", "are", "very", "too"].contains(&word)
    };
    let praised = (1..words.len()).any(|at| {
        let (head, tail) = words.split_at(at);
        let opens = ["nothing", "none", "nil", "nope", "nada", "na"].contains(&head[0]);
        let apart = head != ["no"] && starts(tail[0]) && is_praise(tail, lists)
            || opens && lists.beside.contains(tail);
        apart && is_nothing(head, lists, &mut HashSet::new())
    });
    if praised {
        Reading::Nothing
    } else {
        Reading::Something
    }
}

/// Whether a way of saying nothing is left when what may stand before and after is taken off.
fn is_nothing<'a>(words: &'a [&'a str], lists: &Lists, seen: &mut HashSet<&'a [&'a str]>) -> bool {
    if words.is_empty() || !seen.insert(words) {
        return false;
    }
    let after = |phrase: &Phrase| words.len() > phrase.len() && words.ends_with(phrase);
    let before = |phrase: &Phrase| words.len() > phrase.len() && words.starts_with(phrase);
    lists.cores.contains(words)
        || lists
            .after
            .iter()
            .filter(|phrase| after(phrase))
            .any(|phrase| is_nothing(&words[..words.len() - phrase.len()], lists, seen))
        || lists
            .before
            .iter()
            .filter(|phrase| before(phrase))
            .any(|phrase| is_nothing(&words[phrase.len()..], lists, seen))
        || without_whom(words).is_some_and(|words| is_nothing(words, lists, seen))
}

/// Without whom nothing is disliked about: "there isn't anything I dislike (about Harbour)". Only after words of
/// liking and fault: "nothing for children" says something.
fn without_whom<'a>(words: &'a [&'a str]) -> Option<&'a [&'a str]> {
    const OF_FAULT: [&str; 8] = [
        "dislike", "dislikes", "like", "disliked", "issue", "issues", "fault", "faults",
    ];
    const OF_WHOM: [&str; 5] = ["about", "in", "with", "at", "of"];
    let at = words.iter().rposition(|word| OF_WHOM.contains(word))?;
    let named = words.len() - at - 1;
    ((1..=2).contains(&named) && at > 0 && OF_FAULT.contains(&words[at - 1])).then(|| &words[..at])
}

/// Praise in general words, and no other.
fn is_praise(words: &[&str], lists: &Lists) -> bool {
    words.iter().any(|word| lists.praise.contains(word))
        && words
            .iter()
            .all(|word| lists.praise.contains(word) || lists.subjects.contains(word))
        && !words
            .iter()
            .any(|word| ["no", "nothing", "none"].contains(word))
}

/// No words, single letters, or letters as a hand falls on the keys.
fn is_no_word(plain: &str) -> bool {
    let mut words = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .peekable();
    words.peek().is_some() && words.all(is_mash)
}

fn is_mash(word: &str) -> bool {
    const ROWS: [&str; 5] = [
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "azertyuiop",
        "abcdefgh",
    ];
    if word.chars().all(|c| c.is_ascii_digit()) {
        return true;
    }
    if !word.is_ascii() {
        // Scripts without letters as we know them may say much in one sign.
        return false;
    }
    let letters = word.len();
    let first = word.as_bytes()[0];
    let one_letter = word.bytes().all(|b| b == first);
    let along_keys = letters >= 4
        && ROWS.iter().any(|row| row.contains(word))
        // "were", "pop" and the like are words that lie along a row by chance.
        && !word.bytes().any(|b| b"eiou".contains(&b));
    let half = &word[..letters / 2];
    let again = letters >= 6 && letters.is_multiple_of(2) && half == &word[letters / 2..] && {
        ROWS.iter().any(|row| row.contains(half))
    };
    let no_vowel = letters >= 5 && !word.bytes().any(|b| b"aeiouy".contains(&b));
    letters == 1 || (one_letter && letters >= 3) || along_keys || again || no_vowel
}
