//! When a clause of somebody's words may stand above a theme in place of its own title.
//!
//! It must be about the theme, made of words that others use, too, and say nothing about who wrote it; whether its
//! words may be shown at all is for `disclosure`.

use crate::theme::Theme;
use throughline_domain::brief::names_nothing;
use throughline_text::headline::{headline, is_about};
use throughline_text::represent::is_word;
use throughline_text::vectors::{Scratch, Vectors};

impl Theme {
    /// Whether its title says little: a word alone, two things that only stand together, or none of the words
    /// that tell the theme from others.
    pub fn is_loosely_titled(&self) -> bool {
        self.is_pieced_together()
            || self.may_be_retitled() && {
                let most_telling = &self.words[..self.words.len().min(MOST_TELLING)];
                !is_about(&self.title, most_telling)
            }
    }

    /// Whether its title is a word alone or two things that only stand together.
    pub fn is_pieced_together(&self) -> bool {
        let mut words = self.title.split_whitespace();
        let alone = words.clone().count() < 2;
        self.may_be_retitled() && (alone || words.any(|word| word == "and"))
    }

    /// Whether somebody's words may take the place of its title.
    pub fn may_be_retitled(&self) -> bool {
        !self.titled_by_hand && !self.by_topic && !self.mixed
    }

    /// Takes another title where its words name too little of it: "GP and home" of comments of which most speak of
    /// neither. It is then no one subject. A person who gave it a title has read them.
    pub fn say_if_mixed(&mut self) {
        // No words of its own named it at all.
        self.mixed = !self.titled_by_hand
            && (names_nothing(&self.title) || self.by_topic && self.told < LEAST_TOLD);
        let parts: Vec<&str> = self.title.split(" and ").collect();
        let of_words = parts.iter().all(|part| !part.contains(' '));
        if self.mixed || self.titled_by_hand || !of_words || self.told >= LEAST_TOLD {
            return;
        }
        self.title = format!("{VARIOUS}: {}", parts.join(", "));
        self.mixed = true;
    }

    /// Whether words of somebody hold one of the title's.
    pub fn title_is_in(&self, words: &str) -> bool {
        is_about(words, std::slice::from_ref(&self.title))
    }

    /// What words of a customer may give as title. In complaints, words that speak of their writer tell a story.
    pub fn title_from(&self, words: &str, most: usize, of_a_problem: bool) -> Option<String> {
        let title = self.heading(words, most)?;
        let tells_a_story = of_a_problem && speaks_of_its_writer(&title);
        (!tells_a_story && self.is_common(&title)).then_some(title)
    }

    /// What an idea may give as title, of which `is_of_many` tells whether enough people use its words: what is to
    /// be done, and nothing about who says it.
    pub fn title_from_answer(
        &self,
        words: &str,
        is_of_many: &dyn Fn(&str) -> bool,
    ) -> Option<String> {
        let title = self.heading(words, ANSWER_WORDS)?;
        (!speaks_of_its_writer(&title) && is_of_many(&title)).then_some(title)
    }

    fn heading(&self, words: &str, most: usize) -> Option<String> {
        let heading = || headline(words, &self.words, most);
        (!self.titled_by_hand && !self.by_topic)
            .then(heading)
            .flatten()
    }

    /// Whether several of the theme's texts hold each word that a title tells something by.
    fn is_common(&self, title: &str) -> bool {
        let needed = (self.texts / 10).clamp(2, 5) as u32;
        let (mut scratch, mut pieces) = (Scratch::default(), Vec::new());
        Vectors::shipped().tokens(&mut scratch, title, &mut pieces);
        pieces.iter().all(|piece| {
            !is_word(Vectors::shipped().token(*piece))
                || self.pieces.get(piece).is_some_and(|texts| *texts >= needed)
        })
    }
}

/// Whether a title says "I", "my", or who alone is or does something.
fn speaks_of_its_writer(title: &str) -> bool {
    let plain = title.to_lowercase().replace('’', "'");
    plain.split(' ').any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
        matches!(
            word,
            "i" | "me" | "my" | "mine" | "myself" | "only" | "im" | "ive"
        ) || word.starts_with("i'")
    })
}

/// Share of a theme's texts that must hold one of its title's words. Of the patients' themes those below hold answers
/// that people sorted under many headings, none of them more than three in ten.
pub(crate) const LEAST_TOLD: f32 = 0.25;
/// What a theme of which less is told is called.
pub(crate) const VARIOUS: &str = "Various";
/// Words of a title that an answer gives.
const ANSWER_WORDS: usize = 11;
/// Of the words that tell a theme from others, those of which its title should hold one.
const MOST_TELLING: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Found, corrected};

    fn titled(title: &str, words: &[&str]) -> Theme {
        let found = Found {
            title: title.to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            texts: 30,
            told: 1.0,
            ..Found::default()
        };
        corrected("f", vec![found], &[], &|_| Vec::new())
            .themes
            .remove(0)
    }

    #[test]
    fn an_answer_gives_a_title_of_many_words_and_none_about_its_writer() {
        let theme = titled("Desk and labels", &["labels", "desk"]);
        let of =
            |words: &str| theme.title_from_answer(words, &|title| !title.contains("Krakowski"));
        assert_eq!(
            of("Print labels at the desk, it is quicker").as_deref(),
            Some("Print labels at the desk")
        );
        for words in [
            "Ask Krakowski to print labels at the desk",
            "Sack the regional director at once, then print labels at the desk",
            "I am the only fleet planner, print labels at the desk",
            "I've never had labels at the desk",
            "As the only planner, let the desk print labels",
            "Labels at my desk were cut",
        ] {
            assert_eq!(of(words), None, "{words}");
        }
        let mut by_hand = theme.clone();
        by_hand.titled_by_hand = true;
        assert_eq!(
            by_hand.title_from_answer("Print labels at the desk", &|_| true),
            None
        );
    }

    #[test]
    fn a_comment_gives_a_title_of_words_that_others_use() {
        let mut theme = titled("Desk and queue", &["queue", "desk"]);
        let (mut scratch, mut pieces) = (Scratch::default(), Vec::new());
        Vectors::shipped().tokens(&mut scratch, "the queue at the desk is long", &mut pieces);
        theme.pieces = pieces.into_iter().map(|piece| (piece, 3)).collect();
        let of = |words: &str, of_a_problem| theme.title_from(words, 7, of_a_problem);
        assert_eq!(
            of("The queue at the desk is long", true).as_deref(),
            Some("The queue at the desk is long")
        );
        assert_eq!(of("The queue at the museum is long", true), None);
        assert_eq!(of("I is the queue", true), None);
    }

    #[test]
    fn words_that_name_little_of_a_theme_are_no_title() {
        let said = |title: &str, told: f32, by_hand: bool| {
            let mut theme = titled(title, &["home"]);
            (theme.told, theme.titled_by_hand) = (told, by_hand);
            theme.say_if_mixed();
            assert_eq!(theme.mixed, theme.title.starts_with("Various"));
            assert!(!(theme.mixed && theme.is_loosely_titled()));
            theme.title
        };
        let mut other = titled("Other comments 2", &[]);
        other.say_if_mixed();
        assert!(other.mixed);
        assert_eq!(said("GP and home", 0.19, false), "Various: GP, home");
        assert_eq!(said("Care", 0.09, false), "Various: Care");
        assert_eq!(said("Care", 0.6, false), "Care");
        // A phrase names a subject even where people mostly use other words for it.
        assert_eq!(said("Phone queue", 0.08, false), "Phone queue");
        assert_eq!(
            said("Guides and leaflets", 0.08, true),
            "Guides and leaflets"
        );
    }

    #[test]
    fn a_title_that_says_little_is_known() {
        let loose = |title: &str| titled(title, &["queue", "desk", "phone"]).is_loosely_titled();
        assert!(loose("Queue"));
        assert!(loose("Queue and desk"));
        assert!(loose("Extras added"));
        assert!(!loose("Phone queue"));
    }
}
