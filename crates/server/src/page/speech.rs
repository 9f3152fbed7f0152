//! What respondents' pages say, in their language. A language is a folder of `locales`: it is there
//! once its files are.

use axum::http::{HeaderMap, header};
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use std::borrow::Cow;
use std::collections::HashMap;
use unic_langid::LanguageIdentifier;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Marks around what is put in would be read aloud or shown as boxes.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// A language that a page speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Speech {
    language: LanguageIdentifier,
}

impl Speech {
    /// The language of a page: the one that was chosen on it, else the first of the browser's, else
    /// the first that the round offers; and English where no text is in any of them.
    pub(crate) fn choose(offered: &[String], chosen: Option<&str>, headers: &HeaderMap) -> Self {
        let there = Self::offered(offered);
        let named = |tag: &str| {
            let tag: LanguageIdentifier = tag.trim().parse().ok()?;
            let same = |speech: &&Self| speech.language.language == tag.language;
            there.iter().find(same).cloned()
        };
        let accepted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        chosen
            .and_then(named)
            .or_else(|| by_wish(accepted).into_iter().find_map(named))
            .or_else(|| there.first().cloned())
            .unwrap_or_else(Self::english)
    }

    /// English.
    pub(crate) fn english() -> Self {
        Self {
            language: unic_langid::langid!("en"),
        }
    }

    /// Those of a round's languages that there are texts in.
    pub(crate) fn offered(tags: &[String]) -> Vec<Self> {
        let there: Vec<&LanguageIdentifier> = LOCALES.locales().collect();
        let mut offered: Vec<Self> = Vec::new();
        for tag in tags {
            let Ok(tag) = tag.parse::<LanguageIdentifier>() else {
                continue;
            };
            let found = there.iter().find(|known| known.language == tag.language);
            let speech = found.map(|known| Self {
                language: (*known).clone(),
            });
            offered.extend(speech.filter(|speech| !offered.contains(speech)));
        }
        offered
    }

    /// Its tag.
    pub(crate) fn tag(&self) -> String {
        self.language.to_string()
    }

    /// `ltr` or `rtl`.
    pub(crate) fn direction(&self) -> String {
        self.say("vote-language-direction")
    }

    /// A text.
    pub(crate) fn say(&self, key: &str) -> String {
        LOCALES.lookup(&self.language, key)
    }

    /// A text with numbers in it.
    pub(crate) fn with(&self, key: &str, numbers: &[(&'static str, u64)]) -> String {
        let numbers: HashMap<Cow<'static, str>, FluentValue> = numbers
            .iter()
            .map(|(name, number)| (Cow::Borrowed(*name), FluentValue::from(*number)))
            .collect();
        LOCALES.lookup_with_args(&self.language, key, &numbers)
    }
}

/// The languages of an `Accept-Language` header, the most wished for first.
fn by_wish(header: &str) -> Vec<&str> {
    let mut wishes: Vec<(&str, f32)> = header
        .split(',')
        .take(20)
        .filter_map(|part| {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let weight = match rest.trim().strip_prefix("q=") {
                Some(weight) => weight.parse().ok()?,
                None => 1.0,
            };
            (weight > 0.0).then_some((tag.trim(), weight))
        })
        .collect();
    wishes.sort_by(|a, b| b.1.total_cmp(&a.1));
    wishes.into_iter().map(|(tag, _)| tag).collect()
}

#[cfg(test)]
mod tests {
    use super::{LOCALES, Speech};
    use axum::http::{HeaderMap, HeaderValue, header};
    use fluent_templates::Loader;
    use std::collections::BTreeSet;

    #[track_caller]
    fn check(offered: &[&str], chosen: Option<&str>, accepts: &'static str, expected: &str) {
        let offered: Vec<String> = offered.iter().map(|tag| (*tag).to_owned()).collect();
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accepts));
        assert_eq!(Speech::choose(&offered, chosen, &headers).tag(), expected);
    }

    #[test]
    fn the_language_is_the_chosen_one_or_the_browsers_or_the_rounds() {
        let all = ["es", "en", "ar"];
        check(&all, Some("ar"), "en", "ar");
        check(&all, Some("xx"), "en-GB,en;q=0.9", "en");
        check(&all, None, "de, ar;q=0.4, en;q=0.7", "en");
        check(&all, None, "de", "es");
        check(&["en"], Some("ar"), "ar", "en");
        check(&["xx", "!"], None, "\"", "en");
        check(&all, None, "en;q=0, es;q=oops, ar;q=0.1", "ar");
    }

    #[test]
    fn every_language_has_every_text() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
        let keys = |tag: &str| -> BTreeSet<String> {
            let files = std::fs::read_dir(folder.join(tag)).expect("a folder of a language");
            files
                .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a text"))
                .flat_map(|text| {
                    let names = text.lines().filter_map(|line| line.split_once(" = "));
                    let names = names.filter(|(name, _)| !name.starts_with([' ', '#']));
                    names.map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
                })
                .collect()
        };
        let english = keys("en");
        assert!(english.len() > 20);
        for language in LOCALES.locales() {
            assert_eq!(keys(&language.to_string()), english, "{language}");
        }
    }

    #[test]
    fn numbers_are_put_in_without_marks() {
        let says = Speech::english().with("vote-step", &[("step", 2), ("count", 5)]);
        assert_eq!(says, "2 of 5");
    }
}
