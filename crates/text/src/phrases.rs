//! Words and short phrases as people wrote them, counted by theme.
//!
//! A phrase is one to four words in a row inside one sentence part, starting and ending with words
//! that tell something (`stopwords`). Singular and plural count together; the form shown is the one
//! written most. Counts are of texts, not of occurrences.

use crate::stopwords::{Kind, Sign, dangles, kind, sign, takes_particle};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// Most words in a phrase.
pub(crate) const LONGEST: usize = 4;
/// Words of a text that are read.
const READ: usize = 80;
/// Texts past which two of them name nothing.
const MANY: usize = 5_000;
/// Stands for "no word" in a phrase's places.
const NONE: u32 = u32::MAX;

type Places = [u32; LONGEST];

/// Which words a phrase may start and end with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ends {
    /// Those that tell a subject.
    Telling,
    /// Any.
    Any,
}

/// A phrase with its counts in one theme.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phrase {
    /// The phrase as most people wrote it, in lower case but for names and abbreviations.
    pub(crate) text: String,
    /// Stems of its telling words, sorted: what it is about.
    pub(crate) stems: Vec<u32>,
    /// How many words it has.
    pub(crate) words: usize,
    /// Whether its last word is a particle ("top up").
    pub(crate) particle: bool,
    /// How often its last word stands where nouns do, 0 to 1 (0.5 where nothing tells).
    pub(crate) noun: f64,
    /// Weighted number of the theme's texts that hold it.
    pub(crate) here: f64,
    /// Weighted number of all texts that hold it.
    pub(crate) everywhere: f64,
    /// The theme's texts that hold it, by rising place in the theme's list.
    pub(crate) texts: Vec<u32>,
}

/// Words seen: their forms and stems.
#[derive(Default)]
struct Lexicon {
    numbers: FxHashMap<String, u32>,
    words: Vec<String>,
    kinds: Vec<Kind>,
    stems: Vec<u32>,
    stem_numbers: FxHashMap<String, u32>,
    /// By word: times written with a capital, in capitals only, and in all, not at a start.
    capital: Vec<u32>,
    capitals: Vec<u32>,
    times: Vec<u32>,
    /// By word: times it followed a sign of a noun, and of a verb or adjective.
    noun: Vec<u32>,
    verb: Vec<u32>,
    signs: Vec<Sign>,
}

impl Lexicon {
    fn number(&mut self, written: &str, starts: bool) -> u32 {
        let lower = written.to_lowercase();
        let number = match self.numbers.get(&lower) {
            Some(&number) => number,
            None => {
                let number = self.words.len() as u32;
                let stem = stem(&lower);
                let next = self.stem_numbers.len() as u32;
                self.stems
                    .push(*self.stem_numbers.entry(stem).or_insert(next));
                self.kinds.push(kind(&lower));
                self.words.push(lower.clone());
                self.capital.push(0);
                self.capitals.push(0);
                self.times.push(0);
                self.noun.push(0);
                self.verb.push(0);
                self.signs.push(sign(&lower));
                self.numbers.insert(lower, number);
                number
            }
        };
        let at = number as usize;
        let mut letters = written.chars().filter(|c| c.is_alphabetic());
        let first = letters.next().is_some_and(char::is_uppercase);
        let mut rest = letters.peekable();
        let all = first && rest.peek().is_some() && rest.all(char::is_uppercase);
        if all {
            self.capitals[at] += 1;
        }
        if !starts {
            self.times[at] += 1;
            if first {
                self.capital[at] += 1;
            }
        }
        number
    }

    /// Whether these words in a row can stand as a label.
    fn reads_as_label(&self, words: &[u32], ends: Ends) -> bool {
        let word = |at: usize| self.words[words[at] as usize].as_str();
        let last = words.len() - 1;
        if ends == Ends::Any {
            let whole = !words
                .iter()
                .any(|&w| self.words[w as usize].chars().all(|c| c == 'x'));
            let closes = !dangles(word(last)) && !matches!(word(last), "all" | "everything");
            return whole && closes && (last == 0 || !dangles(word(0)) || word(0) == "no");
        }
        let kind = |at: usize| self.kinds[words[at] as usize];
        if last == 0 {
            return kind(0) == Kind::Telling;
        }
        let starts = match kind(0) {
            Kind::Telling | Kind::Partner => true,
            // "long does it take": a leaning word leans on the word after it.
            Kind::Leaning => matches!(kind(1), Kind::Telling | Kind::Partner | Kind::Leaning),
            Kind::Silent | Kind::Particle => false,
        };
        let closes = match kind(last) {
            Kind::Telling | Kind::Partner => true,
            Kind::Particle => {
                kind(last - 1) == Kind::Telling && takes_particle(word(last - 1), word(last))
            }
            Kind::Leaning | Kind::Silent => false,
        };
        starts && closes
    }

    /// Share of a phrase's last word's signs that say "noun".
    fn nounness(&self, form: Places) -> f64 {
        form.iter().rfind(|&&w| w != NONE).map_or(0.5, |&w| {
            let (noun, verb) = (self.noun[w as usize], self.verb[w as usize]);
            (f64::from(noun) + 1.0) / (f64::from(noun + verb) + 2.0)
        })
    }

    /// The word with the capitals most people give it inside a sentence.
    fn shown(&self, word: u32) -> String {
        let at = word as usize;
        let lower = &self.words[at];
        let times = self.times[at];
        if lower.chars().count() <= 5 && times > 0 && self.capitals[at] * 10 > times * 6 {
            lower.to_uppercase()
        } else if times >= 3 && self.capital[at] * 10 > times * 7 {
            capitalised(lower)
        } else {
            lower.clone()
        }
    }
}

/// The word with a capital at its start.
pub fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Singular and plural to one form (Harman's S stemmer, with `-ing`/`-ed` left alone).
pub(crate) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let long = word.chars().count() > 2;
    if let (true, Some(head)) = (long, word.strip_suffix("ies"))
        && !head.ends_with(['a', 'e'])
    {
        return format!("{head}y");
    }
    let hissing = ["sses", "shes", "ches", "xes"];
    if let (true, Some(head)) = (long, word.strip_suffix("es"))
        && hissing.iter().any(|suffix| word.ends_with(suffix))
    {
        return head.to_string();
    }
    match word.strip_suffix('s') {
        Some(head) if long && !head.ends_with(['s', 'u', 'i']) => head.to_string(),
        _ => word.to_string(),
    }
}

/// A text without e-mail addresses, handles and links: "jo" of "jo.bell@…" is somebody, and names nothing.
fn without_addresses(text: &str) -> Cow<'_, str> {
    let points =
        |piece: &str| piece.contains('@') || piece.contains("://") || piece.contains("www.");
    if !points(text) {
        return Cow::Borrowed(text);
    }
    let pieces = text.split_inclusive(char::is_whitespace);
    Cow::Owned(
        pieces
            .map(|piece| if points(piece) { " , " } else { piece })
            .collect(),
    )
}

/// The words of a text in parts (between stops and commas), each with whether it starts a sentence.
fn parts(text: &str, mut take: impl FnMut(&[(&str, bool)])) {
    let mut part: Vec<(&str, bool)> = Vec::new();
    let mut starts = true;
    let mut read = 0;
    let mut begin: Option<usize> = None;
    let mut close = |part: &mut Vec<(&str, bool)>| {
        if !part.is_empty() {
            take(part);
            part.clear();
        }
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’' | '-')
            && begin.is_some()
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if c.is_alphanumeric() || joins {
            begin.get_or_insert(at);
            continue;
        }
        if let Some(from) = begin.take() {
            part.push((&text[from..at], starts));
            starts = false;
            read += 1;
            if read == READ {
                close(&mut part);
                return;
            }
        }
        if !c.is_whitespace() || c == '\n' {
            close(&mut part);
            starts |= matches!(c, '.' | '!' | '?' | '\n' | ';' | ':');
        }
    }
    if let Some(from) = begin {
        part.push((&text[from..], starts));
    }
    close(&mut part);
}

/// Counts phrases by theme: for each theme, phrases in at least `least` of its texts (one text where
/// the theme has few). `weights` are the texts' weights, `labels` their themes.
pub(crate) fn count(
    texts: &[&str],
    weights: &[f64],
    labels: &[u32],
    themes: usize,
    ends: Ends,
) -> Vec<Vec<Phrase>> {
    let mut lexicon = Lexicon::default();
    // (stems, theme, text, words)
    let mut entries: Vec<(Places, u32, u32, Places)> = Vec::new();
    let mut own: Vec<(Places, Places)> = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    for (index, (text, &theme)) in texts.iter().zip(labels).enumerate() {
        own.clear();
        parts(&without_addresses(text), |part| {
            numbers.clear();
            for &(word, starts) in part {
                let plain = word.replace('’', "'");
                numbers.push(lexicon.number(&plain, starts));
            }
            for pair in numbers.windows(2) {
                match lexicon.signs[pair[0] as usize] {
                    Sign::Noun => lexicon.noun[pair[1] as usize] += 1,
                    Sign::Verb => lexicon.verb[pair[1] as usize] += 1,
                    Sign::Neither => {}
                }
            }
            for start in 0..numbers.len() {
                if matches!(
                    lexicon.kinds[numbers[start] as usize],
                    Kind::Silent | Kind::Particle
                ) {
                    continue;
                }
                for length in 1..=LONGEST.min(numbers.len() - start) {
                    let words = &numbers[start..start + length];
                    if !lexicon.reads_as_label(words, ends) {
                        continue;
                    }
                    let mut places = [NONE; LONGEST];
                    let mut stems = [NONE; LONGEST];
                    for (at, &word) in words.iter().enumerate() {
                        places[at] = word;
                        stems[at] = lexicon.stems[word as usize];
                    }
                    own.push((stems, places));
                }
            }
        });
        own.sort_unstable();
        own.dedup_by_key(|entry| entry.0);
        entries.extend(
            own.iter()
                .map(|&(stems, places)| (stems, theme, index as u32, places)),
        );
    }
    entries.sort_unstable();

    let mut texts_of = vec![0u32; themes];
    labels
        .iter()
        .for_each(|&theme| texts_of[theme as usize] += 1);
    let mut out: Vec<Vec<Phrase>> = vec![Vec::new(); themes];
    for of_phrase in entries.chunk_by(|a, b| a.0 == b.0) {
        let everywhere: f64 = of_phrase.iter().map(|e| weights[e.2 as usize]).sum();
        for here in of_phrase.chunk_by(|a, b| a.1 == b.1) {
            let theme = here[0].1 as usize;
            let words = here[0].0.iter().filter(|&&s| s != NONE).count();
            let least = match texts_of[theme] {
                0..=3 if words <= 2 => 1,
                // Of very many texts two that say the same may be one person's story.
                0..=39 if texts.len() < MANY => 2,
                _ => 3,
            };
            if here.len() < least {
                continue;
            }
            let mut forms: Vec<Places> = here.iter().map(|e| e.3).collect();
            forms.sort_unstable();
            let form = forms
                .chunk_by(|a, b| a == b)
                .max_by_key(|same| (same.len(), std::cmp::Reverse(same[0])))
                .map_or([NONE; LONGEST], |same| same[0]);
            let shown: Vec<String> = form
                .iter()
                .filter(|&&w| w != NONE)
                .map(|&w| lexicon.shown(w))
                .collect();
            let mut stems: Vec<u32> = form
                .iter()
                .filter(|&&w| w != NONE)
                .filter(|&&w| {
                    ends == Ends::Any
                        || matches!(lexicon.kinds[w as usize], Kind::Telling | Kind::Partner)
                })
                .map(|&w| lexicon.stems[w as usize])
                .collect();
            stems.sort_unstable();
            stems.dedup();
            out[theme].push(Phrase {
                text: shown.join(" "),
                stems,
                words,
                particle: form
                    .iter()
                    .rfind(|&&w| w != NONE)
                    .is_some_and(|&w| lexicon.kinds[w as usize] == Kind::Particle),
                noun: lexicon.nounness(form),
                here: here.iter().map(|e| weights[e.2 as usize]).sum(),
                everywhere,
                texts: here.iter().map(|e| e.2).collect(),
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_to_somebody_is_no_word() {
        let words = |text: &str| {
            let mut found = Vec::new();
            parts(&without_addresses(text), |part| {
                found.extend(part.iter().map(|(word, _)| (*word).to_owned()));
            });
            found
        };
        assert_eq!(
            words("Please add jo.bell@example.com to our account"),
            ["Please", "add", "to", "our", "account"]
        );
        assert_eq!(words("@jobell posted https://example.com/jo"), ["posted"]);
        assert_eq!(words("Add Jo"), ["Add", "Jo"]);
    }
}
