//! Words that may name a theme: those that enough people used, or that may be quoted. A title made of
//! one person's word would show it, and a colleague's name, to every leader.

use chrono::{Month, Weekday};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use throughline_disclosure::scrub;
use throughline_domain::Words;
use throughline_domain::brief::names_nothing;
use throughline_domain::facts::Voice;
use throughline_insight::theme::Found;

/// Words by who used them.
pub struct WordsOfMany {
    allowed: BTreeSet<String>,
    /// Words that as many customers write in small letters: no names of colleagues.
    customers: BTreeSet<String>,
    /// People who must write a phrase of several words.
    least: usize,
    /// Answers that were read and may be quoted, as their words.
    quotable: Vec<Vec<String>>,
}

/// What a group is called that no words may name.
pub const UNNAMED: &str = "Other answers";

/// An answer and its person, by number.
pub type Answered<'a> = (&'a str, usize);

/// Whether a word with a capital is a day's or a month's name. Their short forms may be people's ("Jan").
fn is_dated(word: &str) -> bool {
    word.len() > SHORT_FORM && (word.parse::<Weekday>().is_ok() || word.parse::<Month>().is_ok())
}

/// Letters of a day's or month's short form.
const SHORT_FORM: usize = 3;

impl WordsOfMany {
    /// Of these answers, words of at least `least` people, and all of those whose words were read and may
    /// be quoted (by an answer's id).
    pub fn of(voice: &[Voice], least: u64, quotable: &dyn Fn(&str) -> bool) -> Self {
        let least = usize::try_from(least).unwrap_or(usize::MAX);
        let mut people: HashMap<String, Vec<&str>> = HashMap::new();
        let mut allowed = BTreeSet::new();
        let mut may_be_quoted = Vec::new();
        // Without names: those of ten people's boss would be a title.
        let scrubbed: Vec<String> = voice
            .par_iter()
            .map(|row| scrub(row.text.as_ref().map_or("", Words::for_analysis)))
            .collect();
        for (row, text) in voice.iter().zip(&scrubbed) {
            let quotable = quotable(&row.id);
            if quotable {
                may_be_quoted.push(words(text).collect());
            }
            for word in words(text) {
                if quotable {
                    allowed.insert(word);
                    continue;
                }
                let by = people.entry(word).or_default();
                if by.len() < least && !by.contains(&row.respondent.as_str()) {
                    by.push(&row.respondent);
                }
            }
        }
        let common = people.into_iter().filter(|(_, by)| by.len() >= least);
        allowed.extend(common.map(|(word, _)| word));
        Self {
            allowed,
            customers: BTreeSet::new(),
            least,
            quotable: may_be_quoted,
        }
    }

    /// Knows the words of at least `least` customers' comments, too.
    pub fn with_customers<'a>(
        mut self,
        comments: impl Iterator<Item = &'a str>,
        least: u64,
    ) -> Self {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for comment in comments {
            let plain = comment.split(|letter: char| !letter.is_alphanumeric());
            let own: BTreeSet<String> = plain
                .filter(|word| word.chars().all(|letter| !letter.is_uppercase()))
                .flat_map(words)
                .collect();
            for word in own {
                *counts.entry(word).or_default() += 1;
            }
        }
        let common = counts
            .into_iter()
            .filter(|(_, comments)| *comments >= least);
        self.customers = common.map(|(word, _)| word).collect();
        self
    }

    /// Whether enough people, employees or customers, use every word of a title.
    pub fn may_title(&self, title: &str) -> bool {
        words(title).all(|word| self.allowed.contains(&word) || self.customers.contains(&word))
    }

    /// Whether somebody may be named in a text: by a word with a capital inside a sentence that few use.
    pub fn has_strange_capitals(&self, text: &str) -> bool {
        let mut begins = true;
        for word in text.split_whitespace() {
            let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            let is_own = bare == "I" || bare.starts_with("I'") || bare.starts_with("I’");
            let capital = bare.chars().next().is_some_and(char::is_uppercase);
            if capital && !begins && !is_own && !is_dated(bare) && !self.may_title(bare) {
                return true;
            }
            begins = word.ends_with(['.', '!', '?', ':', '-', '–', '"', '“', '(']);
        }
        false
    }

    /// Whether all words of a phrase may name something.
    fn all(&self, phrase: &str) -> bool {
        words(phrase).all(|word| self.allowed.contains(&word))
    }

    /// Whether enough people wrote a phrase (what "and" joins stands alone), or one who may be quoted.
    fn is_of_many(&self, phrase: &str, answers: &[(Vec<String>, usize)]) -> bool {
        self.all(phrase)
            && phrase.split(" and ").all(|part| {
                let wanted: Vec<String> = words(part).collect();
                let by = || {
                    let wrote = answers.iter().filter(|(words, _)| holds(words, &wanted));
                    wrote.map(|(_, by)| *by).collect::<BTreeSet<usize>>()
                };
                wanted.len() < 2
                    || self.quotable.iter().any(|words| holds(words, &wanted))
                    || by().len() >= self.least
            })
    }

    /// Takes other words out of what themes are named by, and so out of their ids. `people` are behind each; where
    /// they are too few for their words to be shown, phrases must be of many, too. `answers` are those they are of.
    pub fn name(&self, themes: &mut [Found], people: &[usize], answers: &[Answered<'_>]) {
        let answers: Vec<(Vec<String>, usize)> = answers
            .par_iter()
            .map(|(text, by)| (words(text).collect(), *by))
            .collect();
        let may_stand = |phrase: &str, people: usize| {
            if people < self.least {
                self.is_of_many(phrase, &answers)
            } else {
                self.all(phrase)
            }
        };
        let fits: Vec<bool> = themes
            .par_iter_mut()
            .zip(people)
            .map(|(theme, people)| {
                theme.words.retain(|word| may_stand(word, *people));
                may_stand(&theme.title, *people) && !names_nothing(&theme.title)
            })
            .collect();
        let mut taken: BTreeSet<String> = themes
            .iter()
            .zip(&fits)
            .filter(|(_, fits)| **fits)
            .map(|(theme, _)| theme.title.to_lowercase())
            .collect();
        let others = themes.iter_mut().zip(fits).filter(|(_, fits)| !fits);
        for (theme, _) in others {
            let title =
                proposals(&theme.words).find(|title| !taken.contains(&title.to_lowercase()));
            theme.title = title.unwrap_or_default();
            taken.insert(theme.title.to_lowercase());
        }
    }
}

/// What groups that no words may name are called, one after the other.
pub fn unnamed() -> impl Iterator<Item = String> {
    (1..).map(|n| match n {
        1 => UNNAMED.to_owned(),
        n => format!("{UNNAMED}, {n}"),
    })
}

/// Titles from words: a phrase, else two words that share none, one, and where nothing is left one that says
/// nothing.
fn proposals(words: &[String]) -> impl Iterator<Item = String> {
    let capital = |text: &str| {
        let mut letters = text.chars();
        let first = letters.next().map(char::to_uppercase);
        first
            .into_iter()
            .flatten()
            .chain(letters)
            .collect::<String>()
    };
    let joins = |word: &str| word == "and" || word == "or";
    let first = words.first().map(String::as_str).unwrap_or_default();
    let is_joined = first.split(' ').any(joins);
    let is_phrase = first.contains(' ') && !is_joined;
    let own: BTreeSet<String> = self::words(first).collect();
    let pairs: Vec<String> = words
        .iter()
        .skip(1)
        .filter(|other| !is_joined && !other.split(' ').any(joins))
        .filter(|other| self::words(other).all(|word| !own.contains(&word)))
        .map(|other| format!("{} and {other}", capital(first)))
        .collect();
    let alone = (!first.is_empty()).then(|| capital(first));
    let phrase = alone.clone().filter(|_| is_phrase);
    phrase
        .into_iter()
        .chain(pairs)
        .chain(alone)
        .chain(unnamed())
}

/// Whether words stand in a text one after the other, with such between them as titles leave out ("lost [my] card").
fn holds(text: &[String], wanted: &[String]) -> bool {
    let Some((first, rest)) = wanted.split_first() else {
        return true;
    };
    let begins = (0..text.len()).filter(|at| text[*at] == *first);
    begins.into_iter().any(|at| {
        let end = text.len().min(at + wanted.len() + LEFT_OUT);
        let mut following = text[at + 1..end].iter();
        rest.iter().all(|word| following.any(|other| other == word))
    })
}

/// Words that may stand between those of a phrase.
const LEFT_OUT: usize = 2;

/// The words of a text, in small letters, a plural as its singular.
fn words(text: &str) -> impl Iterator<Item = String> {
    let text = text.to_lowercase();
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| match word.strip_suffix('s') {
            Some(one) if one.chars().count() > 2 => one.to_owned(),
            _ => word.to_owned(),
        })
        .collect();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_domain::facts::Question;

    fn said(respondent: &str, text: &str) -> Voice {
        Voice {
            id: format!("{respondent}-{text}"),
            respondent: respondent.to_owned(),
            text: Some(Words::new(text)),
            question: Question::Block,
            at_day: None,
            round: None,
            unit: None,
            role: None,
            rating: None,
        }
    }

    fn theme(title: &str, words: &[&str]) -> Found {
        Found {
            title: title.to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            ..Found::default()
        }
    }

    #[test]
    fn one_persons_words_name_nothing_unless_they_may_be_quoted() {
        let mut voice: Vec<Voice> = (0..3)
            .map(|n| said(&n.to_string(), "The till systems freeze"))
            .collect();
        // Said often, and by one person.
        voice.extend((0..5).map(|_| said("3", "Krakowski froze the system")));
        voice.push(said("4", "A second kettle"));
        let quotable = |id: &str| id.starts_with("4-");
        let common = WordsOfMany::of(&voice, 3, &quotable);
        let mut themes = [
            theme("Krakowski and system", &["system", "Krakowski", "till"]),
            theme("Second kettle", &["kettle"]),
            theme("Krakowski", &["krakowski froze"]),
            theme("Froze", &["froze"]),
            theme("Till freeze", &["till"]),
            // Two wrote it so, though each of its words three.
            theme("Freeze systems", &["freeze systems", "freeze"]),
        ];
        let answers: Vec<Answered<'_>> = voice
            .iter()
            .map(|row| {
                let by = row.respondent.parse().unwrap_or_default();
                (row.text.as_ref().map_or("", Words::for_analysis), by)
            })
            .collect();
        common.name(&mut themes, &[1; 6], &answers);
        let titles: Vec<&str> = themes.iter().map(|theme| &*theme.title).collect();
        assert_eq!(
            titles,
            [
                "System and till",
                "Second kettle",
                "Other answers",
                "Other answers, 2",
                "Till freeze",
                "Freeze"
            ]
        );
        assert_eq!(themes[0].words, ["system", "till"]);
        // Of as many people words may be shown, and so their phrases.
        let mut of_many = [theme("Freeze systems", &["freeze systems"])];
        common.name(&mut of_many, &[3], &answers);
        assert_eq!(of_many[0].title, "Freeze systems");
        // What the texts' own words didn't name isn't called comments.
        let mut heap = [theme("Other comments", &[])];
        let said = ["Other", "comments"].map(|word| vec![word; 3]).concat();
        let allowed: Vec<Answered<'_>> = said.into_iter().zip(0..).collect();
        common.name(&mut heap, &[3], &allowed);
        assert_eq!(heap[0].title, "Other answers");
    }

    #[test]
    fn a_capital_inside_a_sentence_may_be_a_name() {
        let known = WordsOfMany::of(&[], 10, &|_| false)
            .with_customers(["the desk", "a desk", "vpn and desk"].into_iter(), 1);
        for text in [
            "Ask Krakowski at the desk",
            "let JB do it",
            "Not me. ask Ngozi",
            "ask Jan first",
        ] {
            assert!(known.has_strange_capitals(text), "{text}");
        }
        for text in [
            "Krakowski",
            "The Desk. Give me one",
            "On Monday I'd wait",
            "since October.",
            "a VPN",
            "idea: Give it",
        ] {
            assert!(!known.has_strange_capitals(text), "{text}");
        }
    }

    #[test]
    fn customers_words_may_stand_in_titles_but_not_their_capitals() {
        let comments = [
            "the queue at Krakowski",
            "a queue",
            "Queue, krakowski was there",
        ];
        let of = |least| {
            WordsOfMany::of(&[], 10, &|_| false).with_customers(comments.into_iter(), least)
        };
        assert!(of(2).may_title("Queues"));
        assert!(!of(2).may_title("Krakowski queue"));
        assert!(!of(3).may_title("Queue"));
    }

    #[test]
    fn a_title_of_two_words_says_nothing_twice() {
        let of = |words: &[&str]| -> Vec<String> {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            proposals(&words).take(2).collect()
        };
        // A phrase stands alone.
        let found = of(&["ten customers", "customers and hear", "letter"]);
        assert_eq!(found, ["Ten customers", "Ten customers and letter"]);
        let found = of(&["order", "orders", "shop or the customer", "till"]);
        assert_eq!(found, ["Order and till", "Order"]);
        let found = of(&["customers and hear", "letter"]);
        assert_eq!(found, ["Customers and hear", "Other answers"]);
        assert_eq!(of(&[]), ["Other answers", "Other answers, 2"]);
    }
}
