//! Names of staff, masked in comments and answers from a list that the user gives.
//!
//! Whole names whatever their case, the longest first where one holds another; of names in several words also the
//! first by itself, and the others inside a sentence, if they have a capital there ("Ngozi was lovely"). Only what
//! is on the list is masked: it can't know nicknames. Lists hold one name a line.

use super::letters::mended;
use crate::error::{Complaint, LakeError};
use crate::read::compression::unreadable;
use aho_corasick::{AhoCorasick, MatchKind};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What stands in a masked name's place.
pub(crate) const MASK: &str = "[name]";

/// A list of names, ready to be looked for.
pub(crate) struct StaffNames {
    finder: AhoCorasick,
    /// First names and surnames of names in several words.
    parts: AhoCorasick,
    /// Of each part whether it is the first.
    is_first: Vec<bool>,
}

/// Letters of a part of a name that is looked for by itself.
const LETTERS: usize = 3;

impl StaffNames {
    /// Reads a list: one name a line; blank lines and lines that start with `#` don't count.
    pub(crate) fn read(path: &Path) -> Result<Self, LakeError> {
        let bytes = std::fs::read(path).map_err(|error| unreadable(path, &error))?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => encoding_rs::WINDOWS_1252
                .decode(error.as_bytes())
                .0
                .into_owned(),
        };
        let names: Vec<&str> = text
            .trim_start_matches('\u{feff}')
            .lines()
            .map(|line| line.trim().trim_matches('"').trim())
            .filter(|name| name.chars().count() >= 2 && !name.starts_with('#'))
            .collect();
        let several = names
            .iter()
            .filter(|name| name.contains([',', ';', '\t']))
            .count();
        if 2 * several > names.len() {
            return Err(Complaint::new(
                "the list of staff names holds more than a name a line",
                "leave the names alone, one a line, without other columns",
            )
            .in_file(path)
            .into());
        }
        if names.is_empty() {
            return Err(Complaint::new(
                "the list of staff names holds no name",
                "write one name a line",
            )
            .in_file(path)
            .into());
        }
        Self::of(&names).map_err(|why| Complaint::new(why, "shorten the list").in_file(path).into())
    }

    fn of(names: &[&str]) -> Result<Self, String> {
        // As comments are: in both the same letters may have been read wrongly.
        let names: Vec<Cow<'_, str>> = names
            .iter()
            .flat_map(|name| [Cow::Borrowed(*name), mended(name)])
            .collect();
        // The finder folds ASCII letters; other letters are given in both cases.
        let variants = names.iter().flat_map(|name| {
            let name = composed(name);
            [
                name.clone().into_owned(),
                name.to_lowercase(),
                name.to_uppercase(),
            ]
        });
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(variants)
            .map_err(|error| format!("the list of staff names can't be used: {error}"))?;
        let mut parts: BTreeMap<String, bool> = BTreeMap::new();
        for name in &names {
            let name = composed(name);
            let words: Vec<&str> = name.split_whitespace().collect();
            let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
            for (at, word) in words.iter().enumerate().filter(|_| words.len() > 1) {
                if word.chars().count() >= LETTERS && capital(word) {
                    *parts.entry((*word).to_owned()).or_default() |= at == 0;
                }
            }
        }
        let is_first = parts.values().copied().collect();
        let parts = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(parts.keys())
            .map_err(|error| format!("the list of staff names can't be used: {error}"))?;
        Ok(Self {
            finder,
            parts,
            is_first,
        })
    }

    /// The text with every name on the list masked.
    pub(crate) fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let plain = composed(text);
        match plain {
            Cow::Borrowed(text) => self.masked(text),
            Cow::Owned(plain) => match self.masked(&plain) {
                // What hides no name stays as it was written.
                Cow::Borrowed(_) => Cow::Borrowed(text),
                Cow::Owned(masked) => Cow::Owned(masked),
            },
        }
    }

    fn masked<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match replaced(&self.finder, text, |_, _| true) {
            Cow::Borrowed(text) => self.without_parts(text),
            Cow::Owned(text) => Cow::Owned(self.without_parts(&text).into_owned()),
        }
    }

    fn without_parts<'a>(&self, text: &'a str) -> Cow<'a, str> {
        replaced(&self.parts, text, |pattern, before| {
            let begins =
                before.trim_end().is_empty() || before.trim_end().ends_with(['.', '!', '?', ':']);
            self.is_first[pattern] || !begins
        })
    }
}

/// A text with what was found as whole words masked, where `counts` says so of the pattern and what stands before.
fn replaced<'a>(
    finder: &AhoCorasick,
    text: &'a str,
    counts: impl Fn(usize, &str) -> bool,
) -> Cow<'a, str> {
    let mut masked = String::new();
    let mut copied = 0;
    for found in finder.find_iter(text) {
        let before = &text[..found.start()];
        let after = text[found.end()..].chars().next();
        let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let whole = !inside(before.chars().next_back()) && !inside(after);
        if !whole || !counts(found.pattern().as_usize(), before) {
            continue;
        }
        masked.push_str(&text[copied..found.start()]);
        masked.push_str(MASK);
        copied = found.end();
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[copied..]);
    Cow::Owned(masked)
}

/// A text with its accents composed and without characters that nobody sees: a name could hide behind them.
fn composed(text: &str) -> Cow<'_, str> {
    let unseen = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    if text.is_ascii() || (is_nfc(text) && !text.contains(unseen)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !unseen(*c)).nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_masked_whatever_their_case() {
        let names = StaffNames::of(&["Anna", "Anna Smith", "Łukasz", "Zoë"]).ok();
        let check = |text: &str, expected: &str| {
            assert_eq!(
                names.as_ref().map(|names| names.mask(text).into_owned()),
                Some(expected.to_owned())
            );
        };
        check("ANNA SMITH's help, and anna.", "[name]'s help, and [name].");
        check("Annabel and Susanna", "Annabel and Susanna");
        check("thank you ŁUKASZ", "thank you [name]");
        check("thank you Zoe\u{308}", "thank you [name]");
        check("thank you An\u{200b}na", "thank you [name]");
        // A list that was read wrongly as the comments were; these are mended before.
        let misread = StaffNames::of(&["MpumelelÃ³", "Ã…sa"]).ok();
        let masked = |text: &str| misread.as_ref().map(|names| names.mask(text).into_owned());
        assert_eq!(
            masked("Mpumeleló, Ã…sa and Åsa"),
            Some("[name], [name] and Åsa".to_owned())
        );
        check("caf\u{65}\u{301}", "caf\u{65}\u{301}");
    }

    #[test]
    fn parts_of_names_are_masked_where_they_have_a_capital() {
        let names = StaffNames::of(&["Ngozi Okafor", "Will Young", "Jo Li"]).ok();
        let check = |text: &str, expected: &str| {
            assert_eq!(
                names.as_ref().map(|names| names.mask(text).into_owned()),
                Some(expected.to_owned())
            );
        };
        check(
            "Ngozi was lovely, so was ms Okafor.",
            "[name] was lovely, so was ms [name].",
        );
        check("NGOZI OKAFOR and will young", "[name] and [name]");
        // A surname that begins a sentence may be a word, and so may any in small letters or two letters.
        check(
            "Young people and the young, will they?",
            "Young people and the young, will they?",
        );
        check("we asked Young; Li", "we asked [name]; Li");
    }
}
