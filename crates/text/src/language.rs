//! Which language a text is in, and which texts are in another one than most.
//!
//! `whatlang` (trigrams) with a floor: short or doubtful texts get no language and are treated as
//! the majority's. Only a reliable finding on a text of some length sets it apart. Nothing is
//! translated.

use whatlang::Lang;

/// Characters a text must have before its language is believed.
const LEAST_CHARACTERS: usize = 20;
/// Confidence below which a finding is not believed.
const LEAST_CONFIDENCE: f64 = 0.9;

/// A language, by its ISO 639-3 code and its English name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Code);

type Code = &'static str;

impl Language {
    /// ISO 639-3, for example `eng`.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The English name, for example `English`.
    pub fn name(self) -> &'static str {
        Lang::from_code(self.0).map_or(self.0, |lang| lang.eng_name())
    }

    /// From an ISO 639-3 code that is known here.
    pub fn from_code(code: &str) -> Option<Self> {
        Lang::from_code(code).map(|lang| Language(lang.code()))
    }
}

/// The language of a text, where it can be told reliably.
pub fn detect(text: &str) -> Option<Language> {
    // A megabyte says no more than its first pages.
    let text = match text.char_indices().nth(2000) {
        Some((end, _)) => &text[..end],
        None => text,
    };
    if text.chars().filter(|c| c.is_alphabetic()).count() < LEAST_CHARACTERS {
        return None;
    }
    let info = whatlang::detect(text)?;
    (info.is_reliable() && info.confidence() >= LEAST_CONFIDENCE)
        .then(|| Language(info.lang().code()))
}

/// The language most texts with a known one are in (the lower code at a tie); `None` when none is
/// known.
pub fn majority<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Language> {
    let mut counts = std::collections::BTreeMap::<Language, usize>::new();
    for language in texts.into_iter().filter_map(detect) {
        *counts.entry(language).or_default() += 1;
    }
    // The first of the highest: `max_by_key` alone would take the last.
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|&(_, count)| count == most).map(|(language, _)| language)
}

/// The language of a text that is reliably another than `majority`; `None` for all others.
pub fn apart(text: &str, majority: Option<Language>) -> Option<Language> {
    let majority = majority?;
    detect(text).filter(|&language| language != majority)
}
