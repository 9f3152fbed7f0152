//! Which language a text is in, and which texts are in another one than most.
//!
//! `whatlang` (trigrams) says which language a text looks like; for the languages customers mostly
//! write here, a text must also hold that language's little words, which short texts in telegram
//! style or full of names don't. Short or doubtful texts get no language and are treated as the
//! majority's. Nothing is translated.

use std::collections::HashMap;
use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// Letters a text must have before its language is believed.
const LEAST_LETTERS: usize = 20;
/// Letters it must have in a language whose little words aren't known here.
const LEAST_LETTERS_UNCONFIRMED: usize = 40;
/// Little words that confirm a language.
const LEAST_WORDS: usize = 2;
/// The last letter of the alphabet's Latin blocks (Latin Extended-B).
const LAST_LATIN: char = '\u{24f}';

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

/// In which of the listed languages a word is a little one: a bit for each.
static LANGUAGES_OF: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| {
    let mut languages_of = HashMap::new();
    for (place, (_, words)) in LITTLE_WORDS.iter().enumerate() {
        for word in words.split_whitespace() {
            *languages_of.entry(word).or_default() |= 1 << place;
        }
    }
    languages_of
});

/// What a text shows at first sight.
struct Sight {
    letters: usize,
    /// All its letters are Latin ones.
    is_latin: bool,
    /// Little words of each of the listed languages.
    hits: [usize; LITTLE_WORDS.len()],
}

impl Sight {
    fn of(text: &str) -> Self {
        let (mut letters, mut is_latin) = (0, true);
        for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
            letters += 1;
            is_latin &= letter <= LAST_LATIN;
        }
        let mut hits = [0; LITTLE_WORDS.len()];
        let lower = text.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphabetic() && c != '\'') {
            if let Some(languages) = LANGUAGES_OF.get(word) {
                for (place, hits) in hits.iter_mut().enumerate() {
                    *hits += usize::from(languages >> place & 1);
                }
            }
        }
        Self {
            letters,
            is_latin,
            hits,
        }
    }

    fn most(&self) -> usize {
        self.hits.iter().copied().max().unwrap_or(0)
    }

    fn hits_of(&self, lang: Lang) -> Option<usize> {
        let place = LITTLE_WORDS
            .iter()
            .position(|(listed, _)| *listed == lang)?;
        Some(self.hits[place])
    }

    /// No language will be told, whatever the trigrams say.
    fn tells_nothing(&self) -> bool {
        let too_short = self.is_latin && self.letters < LEAST_LETTERS_UNCONFIRMED;
        self.letters < LEAST_LETTERS || (too_short && self.most() < LEAST_WORDS)
    }

    /// No other language than this one will be told, whatever the trigrams say.
    fn tells_at_most(&self, language: Language) -> bool {
        let own = Lang::from_code(language.0).and_then(|lang| self.hits_of(lang));
        let of_others = |own: usize| self.hits.iter().filter(|hits| **hits >= own).count() > 1;
        self.is_latin && own.is_some_and(|own| own >= LEAST_WORDS && !of_others(own))
    }
}

/// The language of a text, where it can be told reliably.
pub fn detect(text: &str) -> Option<Language> {
    let text = beginning(text);
    told(text, &Sight::of(text))
}

/// A megabyte says no more than its first pages.
fn beginning(text: &str) -> &str {
    match text.char_indices().nth(2000) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

fn told(text: &str, sight: &Sight) -> Option<Language> {
    if sight.tells_nothing() {
        return None;
    }
    let info = Detector::new().detect(text)?;
    let told = match sight.hits_of(info.lang()) {
        // As many English ones as others: "a page, others a tick" is no French.
        Some(own) if info.lang() != Lang::Eng && sight.hits_of(Lang::Eng) >= Some(own) => false,
        // The little words agree with the trigrams.
        Some(own) => own >= LEAST_WORDS && own == sight.most(),
        // Another script tells itself; another language in Latin letters must not look like one of
        // those listed.
        None if info.script() != whatlang::Script::Latin => info.is_reliable(),
        None => {
            info.is_reliable()
                && sight.letters >= LEAST_LETTERS_UNCONFIRMED
                && sight.most() < LEAST_WORDS
        }
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
    let text = beginning(text);
    let sight = Sight::of(text);
    if sight.tells_at_most(majority) {
        return None;
    }
    told(text, &sight).filter(|&language| language != majority)
}
