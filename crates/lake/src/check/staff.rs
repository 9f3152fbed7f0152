//! Names of staff, masked in comments and answers from a list that the user gives.
//!
//! Whole words, whatever their case; the longest name first where one holds another. Only what is
//! on the list is masked: it can't know nicknames. Lists hold one name a line.

use crate::error::{Complaint, LakeError};
use crate::read::compression::unreadable;
use aho_corasick::{AhoCorasick, MatchKind};
use std::borrow::Cow;
use std::path::Path;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What stands in a masked name's place.
pub(crate) const MASK: &str = "[name]";

/// A list of names, ready to be looked for.
pub(crate) struct StaffNames {
    finder: AhoCorasick,
}

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
        Ok(Self { finder })
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
        let mut masked = String::new();
        let mut copied = 0;
        for found in self.finder.find_iter(text) {
            let before = text[..found.start()].chars().next_back();
            let after = text[found.end()..].chars().next();
            let inside = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
            if inside(before) || inside(after) {
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
        check("caf\u{65}\u{301}", "caf\u{65}\u{301}");
    }
}
