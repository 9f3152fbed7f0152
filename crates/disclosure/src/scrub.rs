//! Takes out of words what points to a person: e-mail addresses, links, handles, phone, card
//! and account numbers, names after titles and after words that introduce a name.
//!
//! Patterns can't know every name; `docs/LIMITATIONS.md` says so. A text is also normalised
//! first (zero-width and direction-changing characters are dropped) so that nothing hides.

use crate::names::{is_first_name, masked};
use regex::{Captures, Regex};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

struct Rule {
    pattern: Regex,
    with: &'static str,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    [
        (r"(?i)\b(insta(?:gram)?|twitter|snap(?:chat)?|tiktok|telegram|whatsapp|facebook|linkedin)\s*(?::\s*@?|@)\s?[a-z0-9][a-z0-9_.\-]+", "$1 [handle]"),
        // Addresses before handles, links before numbers: the longer thing first.
        (r"(?i)[a-z0-9._%+\-]+\s?(?:@|\(at\)|\[at\])\s?[a-z0-9\-]+(?:\s?(?:\.|\(dot\)|\[dot\])\s?[a-z0-9\-]+)*\.?[a-z]{2,}", "[e-mail]"),
        // The same, spelled out.
        (r"(?i)\b[a-z0-9._%+\-]+\s+at\s+(?:[a-z0-9\-]+\s+dot\s+(?:co\s+dot\s+uk|com|org|net|info|edu|gov|io|eu|uk|de|fr|es|nl|ch|ie)\b|(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|aol|proton(?:mail)?)\b(?:\.[a-z]+)*)", "[e-mail]"),
        (r"(?i)\b(?:(?:https?|ftp)://\s?|www\.)\S+", "[link]"),
        (r"(?i)\b(?:[a-z0-9\-]+\.)+[a-z]{2,6}/\S+", "[link]"),
        (r"(?i)\b[a-z0-9\-]+\.(?:com|org|net|co\.uk|io|info|app|dev|eu|de|fr|es|it|nl|gov|edu|uk)\b(?:/\S*)?", "[link]"),
        (r"(?:^|\B)@[A-Za-z0-9_][A-Za-z0-9_.]{1,30}", "[handle]"),

        // IBAN, and any account-like mix of letters and at least six digits.
        (r"\b[A-Z]{2}\d{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,4})?\b", "[account]"),
        (r"\b(?:\d[ \-.,/–—]?){12,18}\d\b", "[card]"),
        (r"(?i)\b(?:account|acct|acc|a/c|customer|policy|order|ticket|reference|ref|case|booking|nhs|invoice|card|meter|contract|member(?:ship)?)\s*(?:number|no\.?|num|id|#)?\s*(?:is|was|:|#)?\s*#?(?:[A-Z]{0,4}[\-]?\d[\d\- ]{3,}\d)\b", "[number]"),

        (r"(?:\+|\b00)\d[\d ().\-]{6,}\d\b", "[phone]"),
        (r"\(?\b0\d{2,4}\)?[ \-.]?\d{3,4}[ \-.]?\d{3,4}\b", "[phone]"),
        // However it is parted: "0 7 7 0 0 …", "07700, 900, 123", "01.23.45.67.89".
        (r"\b0(?:[ .,/\-–—]{0,3}\d){9,10}\b", "[phone]"),
        (r"\b\d{4} \d{3} \d{3}\b", "[phone]"),
        (r"\b\d{3}-\d{2}-\d{4}\b", "[number]"),
        // Eight digits, not two years.
        (r"\b(?:[3-9]\d{3}|1[0-8]\d{2}|2[1-9]\d{2})[ \-]\d{4}\b", "[phone]"),
        (r"\b\d{3}[ \-.]\d{3,4}[ \-.]\d{4}\b", "[phone]"),
        (r"\(\d{3}\)\s?\d{3}[ \-.]?\d{4}\b", "[phone]"),
        (r"\b\d{3}[ \-]\d{4}\b", "[phone]"),
        (r"\b\d{2}[ \-.]\d{2}[ \-.]\d{2}\b", "[number]"),
        (r"\b[A-Za-z]{1,4}\d{6,}[A-Za-z]?\b", "[number]"),
        (r"\b\d{6,}\b", "[number]"),
        (r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", "[postcode]"),
    ]
    .into_iter()
    .map(|(pattern, with)| Rule { pattern: compiled(pattern), with })
    .collect()
});

/// A title or several, then initials and up to four names; a stop, a bracket or a quotation mark between them
/// hides nothing.
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"(?i:\b((?:(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|sir|dame|lady|lord|rev|reverend|sister|nurse|señor|señora|herr|frau|monsieur|madame|mme|mlle)\b\.?[ \t]*)+))[,:\-–—]?[ \t]*["'“”‘’(]{0,2}((?:\p{Lu}\.?[ \t]*){0,3}\p{Lu}[\p{L}'’\-]*\p{L}(?:[ \t]+\p{Lu}[\p{L}'’\-]*\p{L}){0,3}|\p{Lu}\b\.?)["”)]?"#,
    )
});

/// Lower-case names after the titles that are seldom followed by anything else.
static TITLED_LOWER: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"(?i:\b(mr|mrs|ms|prof|mme|dr)\b\.?[,:\-–—]?[ \t]*["'“”‘’(]{0,2}(\p{L}[\p{L}'’\-]+)["”)]?)"#,
    )
});

/// What follows "dr" where no name does.
const OF_DOCTORS: &str = "said says was is has had told tells who that which and or but didn't did could would will \
    should can can't when came comes appointment appointments surgery surgeries office saw in at on to for from of \
    gave gives never always just then there here i he she they we it you my the a an thought asked wanted referred \
    called rang phoned seen visit visits notes letter letters again also not still after before because as so if \
    with about doesn't does wasn't isn't wouldn't couldn't won't only even now out ordered prescribed wrote made";

/// A sentence's end inside a title with initials ("Dr. A. K." of "Dr. A. K. Smith"), at the end of a text.
static WITHIN_A_NAME: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i:\b(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|rev|st)\b\.?)(?:[ \t]*\p{Lu}\.?)*[ \t]*$",
    )
});

/// Whether what follows these words goes on with a name: a quote must not begin there.
pub fn ends_within_a_name(before: &str) -> bool {
    WITHIN_A_NAME.is_match(before)
}

/// Words that introduce a name: it must then begin with a capital.
static INTRODUCED: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i:\b(named|called|name is|name was|my name's|signed|spoke (?:to|with)|talked to|served by|thanks to|thank you|regards,?|(?:(?:full|top) marks|ten out of ten|10/10|five stars) (?:for|to)|credit to|kudos to|shout ?out (?:to|for)|hats off to|praise for|well done,?|grateful to|colleague|manager|supervisor|boss|adviser|advisor|agent|engineer|technician|team leader))[ \t]+(\p{Lu}\p{Ll}[\p{L}'’\-]*(?:[ \t]+\p{Lu}['’]?\p{L}[\p{L}'’\-]*){0,2})",
    )
});

/// "My name", and up to two words that may be it, in any case.
static OWN_NAME: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i:\b(my (?:full |own |first )?name(?:['’]?s|[ \t]+is|[ \t]+was)?)[,:]?)[ \t]+(\p{L}[\p{L}'’\-]*)(?:[ \t]+(\p{L}[\p{L}'’\-]*))?",
    )
});

/// What follows "my name" in a sentence about the name.
const ABOUT_A_NAME: &str = "on in at to for from with as and or but so not no nor the a an was is isn't wasn't isnt \
    wasnt are has had hasn't still wrong right incorrect correct spelled spelt misspelled misspelt appears appeared \
    came comes changed be being been put off up when that which because if by ever never again properly correctly \
    twice only also just then than into down out gets got keeps kept should would could can can't cannot shows \
    showed my i it you your we they he she position job role age work working";

/// Whether somebody says their own name.
pub(crate) fn says_own_name(words: &str) -> bool {
    OWN_NAME
        .captures_iter(words)
        .any(|found| !is_about_a_name(&found[2]))
}

fn is_about_a_name(word: &str) -> bool {
    let plain = word.to_lowercase().replace('’', "'");
    ABOUT_A_NAME.split_whitespace().any(|known| known == plain)
}

fn compiled(pattern: &str) -> Regex {
    // The patterns are constants of this file; a test compiles each of them.
    Regex::new(pattern).unwrap_or_else(|error| unreachable!("{error}"))
}

/// Words that follow an introducing word with a capital and are no names.
const NOT_NAMES: &str = "I The A An It We They He She You This That There My Our Your And But For From Monday Tuesday \
    Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October \
    November December Customer Service All Everyone Team";
/// The same where no title stands before: "thank you Not good enough", but "Nurse Good".
const NO_NAMES_ALONE: &str = "Not No Yes Very So Too Much Really Just Only Still Again Also Then Now Never Always \
    Nothing Please Thanks Thank If When What Where Why How Was Is Are To In On At With As Good Great Lovely Excellent \
    Brilliant Amazing Staff";

fn is_no_name(word: &str, after_a_title: bool) -> bool {
    let holds = |list: &str| list.split_whitespace().any(|known| known == word);
    holds(NOT_NAMES) || !after_a_title && holds(NO_NAMES_ALONE)
}

/// The words on one line, without characters that nobody sees.
pub(crate) fn visible(words: &str) -> String {
    let kept: String = words
        .chars()
        .filter(|c| !is_hidden(*c))
        .nfc()
        .map(|c| match c {
            '＠' => '@',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many characters of the words nobody sees.
pub(crate) fn hidden(words: &str) -> usize {
    words.chars().filter(|c| is_hidden(*c)).count()
}

/// The words without what points to a person. What was taken out is named in brackets.
pub fn scrub(words: &str) -> String {
    let mut text = visible(words);
    for rule in RULES.iter() {
        if rule.pattern.is_match(&text) {
            text = rule.pattern.replace_all(&text, rule.with).into_owned();
        }
    }
    text = OWN_NAME
        .replace_all(&text, |found: &Captures<'_>| {
            if is_about_a_name(&found[2]) {
                return found[0].to_owned();
            }
            match found.get(3).map(|word| word.as_str()) {
                Some(word) if is_about_a_name(word) => format!("{} [name] {word}", &found[1]),
                _ => format!("{} [name]", &found[1]),
            }
        })
        .into_owned();
    text = TITLED
        .replace_all(&text, |found: &Captures<'_>| {
            let first = found[2].split_whitespace().next().unwrap_or("");
            // An initial ("A.") is none of these words ("A").
            if is_no_name(first, true) {
                found[0].to_owned()
            } else {
                format!("{} [name]", found[1].trim_end_matches(['.', ' ', '\t']))
            }
        })
        .into_owned();
    text = TITLED_LOWER
        .replace_all(&text, |found: &Captures<'_>| {
            let next = found[2].to_lowercase().replace('’', "'");
            let of_doctors = || OF_DOCTORS.split_whitespace().any(|word| word == next);
            let is_title = ["dr", "prof", "mr", "mrs", "ms", "mme"].contains(&next.as_str());
            if is_title || found[1].eq_ignore_ascii_case("dr") && of_doctors() {
                found[0].to_owned()
            } else {
                format!("{} [name]", &found[1])
            }
        })
        .into_owned();
    let text = INTRODUCED
        .replace_all(&text, |found: &Captures<'_>| {
            let first = found[2].split_whitespace().next().unwrap_or("");
            if is_no_name(first, false) {
                found[0].to_owned()
            } else {
                format!("{} [name]", &found[1])
            }
        })
        .into_owned();
    masked(&text)
}

/// A theme's title or one of its words without what points to a person; `None` if nothing is left.
pub fn label(words: &str) -> Option<String> {
    let plain = scrub(words);
    let mut kept: Vec<&str> = plain
        .split_whitespace()
        .filter(|word| !word.contains('[') && !word.contains(']'))
        .filter(|word| !is_first_name(word.trim_matches(|c: char| !c.is_alphanumeric())))
        .filter(|word| word.chars().filter(char::is_ascii_digit).count() < 5)
        .collect();
    // What joined a word that went to one that stays.
    let joins = |word: &&str| word.eq_ignore_ascii_case("and");
    while kept.first().is_some_and(joins) {
        kept.remove(0);
    }
    while kept.last().is_some_and(joins) {
        kept.pop();
    }
    let letters = kept
        .iter()
        .flat_map(|word| word.chars())
        .filter(|c| c.is_alphabetic())
        .count();
    (letters >= 2).then(|| kept.join(" "))
}

/// Zero-width, joining and direction-changing characters.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}
