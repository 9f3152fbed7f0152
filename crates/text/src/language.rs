//! Which language a text is in, and which texts are in another one than most.
//!
//! `whatlang` (trigrams) says which language a text looks like; for the languages customers mostly
//! write here, a text must also hold that language's little words, which short texts in telegram
//! style or full of names don't. Short or doubtful texts get no language and are treated as the
//! majority's. Nothing is translated.

use whatlang::{Detector, Lang};

/// Letters a text must have before its language is believed.
const LEAST_LETTERS: usize = 20;
/// Letters it must have in a language whose little words aren't known here.
const LEAST_LETTERS_UNCONFIRMED: usize = 40;
/// Little words that confirm a language.
const LEAST_WORDS: usize = 2;

/// Little words that are frequent in one language and not in the others listed.
const LITTLE_WORDS: [(Lang, &str); 7] = [
    (
        Lang::Eng,
        "the and of to is was were it that this they with for not you have had but be are my we \
         would could been there their very when which our your from what so as at by or if too more \
         no do a an i me he she we all any can will than less only about out get has don't work",
    ),
    (
        Lang::Spa,
        "el los las y que por para con muy pero más una del al como nos está fue es lo su sus hay \
         cuando porque todo todos nada nadie mi se le ha han tiempo sin son esta este también",
    ),
    (
        Lang::Fra,
        "le les des et est pas pour dans sur avec très mais une du au ne que qui nous vous je il \
         elle on ce cette ses mon ma mes sont était trop plus il y a été par fait tout bien être c'est",
    ),
    (
        Lang::Deu,
        "der die das und ist nicht war sehr mit für auf ein eine einen dem den ich wir sie es auch \
         aber wie bei zu von im zum zur nach uns hat haben wurde keine noch nur oder wenn dass wird",
    ),
    (
        Lang::Por,
        "os que não para com muito mas uma da dos das na em é foi está mais nos ao \
         à pelo pela são meu minha sem por quando tem isso eles ela você também até já só",
    ),
    (
        Lang::Ita,
        "il lo gli le e che non per con molto ma una del della dei delle è sono di la mi ci si \
         anche più nel nella questo questa stato ha hanno come tutto quando da dal alla perché",
    ),
    (
        Lang::Nld,
        "de het een en van is niet met voor op was zijn ik wij we ze maar ook te er dat die aan \
         heel erg om bij naar geen nog wel door hebben heeft worden werd als over mijn ons",
    ),
];

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
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < LEAST_LETTERS {
        return None;
    }
    let lower = text.to_lowercase();
    let hits: Vec<(Lang, usize)> = LITTLE_WORDS
        .iter()
        .map(|&(language, words)| {
            let known = |word: &&str| words.split_whitespace().any(|little| little == *word);
            let written = lower.split(|c: char| !c.is_alphabetic() && c != '\'');
            (
                language,
                written
                    .filter(|word| !word.is_empty())
                    .filter(known)
                    .count(),
            )
        })
        .collect();
    let most = hits.iter().map(|hit| hit.1).max().unwrap_or(0);
    let info = Detector::new().detect(text)?;
    let listed = hits.iter().find(|hit| hit.0 == info.lang());
    let told = match listed {
        // The little words agree with the trigrams.
        Some(&(_, own)) => own >= LEAST_WORDS && own == most,
        // Another script tells itself; another language in Latin letters must not look like one of
        // those listed.
        None if info.script() != whatlang::Script::Latin => info.is_reliable(),
        None => info.is_reliable() && letters >= LEAST_LETTERS_UNCONFIRMED && most < LEAST_WORDS,
    };
    told.then(|| Language(info.lang().code()))
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
    counts
        .into_iter()
        .find(|&(_, count)| count == most)
        .map(|(language, _)| language)
}

/// The language of a text that is reliably another than `majority`; `None` for all others.
pub fn apart(text: &str, majority: Option<Language>) -> Option<Language> {
    let majority = majority?;
    detect(text).filter(|&language| language != majority)
}
