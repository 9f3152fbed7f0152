//! Languages: what employees read, by `fluent`.
//!
//! English, Spanish and Arabic are part of the program (`locales/`); a language is added, or a text
//! put better, by one file `LANGUAGE.ftl` in the workspace's folder `locales`. What a language
//! lacks is said in English. The language somebody reads in is asked of the browser or chosen on
//! the page by `?lang=`; it is kept nowhere.

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{ArcLoader, LanguageIdentifier, Loader, static_loader};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

static_loader! {
    static EMBEDDED = {
        locales: "./locales",
        fallback_language: "en",
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

/// The language of last resort.
const ENGLISH: &str = "en";

/// Languages written from right to left.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur"];

/// The languages there are. Cheap to clone.
#[derive(Clone)]
pub struct Languages(Arc<Inside>);

struct Inside {
    own: Option<ArcLoader>,
    company: String,
    tags: BTreeMap<String, LanguageIdentifier>,
}

impl Languages {
    /// Those of the program, and those of a workspace. A file that can't be read is named in the
    /// log, and the others of that folder are left out with it.
    /// `company` heads every page; it may be empty.
    pub fn load(workspace: &Path, company: &str) -> Self {
        let folder = workspace.join("locales");
        let own = folder
            .is_dir()
            .then(|| {
                ArcLoader::builder(&folder, LanguageIdentifier::default())
                    .customize(|bundle| bundle.set_use_isolating(false))
                    .build()
                    .inspect_err(|error| {
                        tracing::warn!(%error, folder = %folder.display(), "translations can't be read");
                    })
                    .ok()
            })
            .flatten();
        let mut tags: BTreeMap<String, LanguageIdentifier> = EMBEDDED
            .locales()
            .map(|language| (language.to_string(), language.clone()))
            .collect();
        for language in own.iter().flat_map(|own| own.locales()) {
            tags.insert(language.to_string(), language.clone());
        }
        let company = company.trim().to_owned();
        Self(Arc::new(Inside { own, company, tags }))
    }

    /// The tags of all of them.
    pub fn tags(&self) -> Vec<&str> {
        self.0.tags.keys().map(String::as_str).collect()
    }

    /// The texts of a language; English where there is none of that tag.
    pub fn text(&self, tag: &str) -> Text {
        let found = self.found(tag, &self.tags());
        let tag = found.unwrap_or_else(|| ENGLISH.to_owned());
        Text {
            language: self.0.tags.get(&tag).cloned().unwrap_or_default(),
            tag,
            languages: self.clone(),
            offered: Vec::new(),
        }
    }

    /// The language to speak: the one asked for on the page, else the browser's, else the first that
    /// is offered. None offered means all there are.
    pub fn choose(&self, asked: Option<&str>, accepted: Option<&str>, offered: &[String]) -> Text {
        let tags = self.tags();
        let mut known: Vec<&str> = offered
            .iter()
            .filter_map(|tag| tags.iter().find(|known| known.eq_ignore_ascii_case(tag)))
            .copied()
            .collect();
        let first = known.first().copied().unwrap_or(ENGLISH);
        if known.is_empty() {
            known = tags;
        }
        let accepted = preferences(accepted.unwrap_or_default());
        let tag = asked
            .into_iter()
            .chain(accepted.iter().map(String::as_str))
            .find_map(|tag| self.found(tag, &known))
            .unwrap_or_else(|| first.to_owned());
        let mut text = self.text(&tag);
        text.offered = known.into_iter().map(str::to_owned).collect();
        text
    }

    /// The tag itself, or the same language without its region, or of another, among those.
    fn found(&self, tag: &str, among: &[&str]) -> Option<String> {
        let language = tag.split(['-', '_']).next().unwrap_or(tag);
        let is = |wanted: &str| {
            among
                .iter()
                .find(|known| known.eq_ignore_ascii_case(wanted))
        };
        let of_it = || {
            among.iter().find(|known| {
                let known = known.split('-').next().unwrap_or(known);
                known.eq_ignore_ascii_case(language)
            })
        };
        is(tag)
            .or_else(|| is(language))
            .or_else(of_it)
            .map(|tag| (*tag).to_owned())
    }
}

/// Tags of `Accept-Language`, the most wanted first.
fn preferences(header: &str) -> Vec<String> {
    let mut wanted: Vec<(f32, String)> = header
        .split(',')
        .take(32)
        .filter_map(|part| {
            let mut parts = part.split(';').map(str::trim);
            let tag = parts.next().filter(|tag| !tag.is_empty())?;
            let weight = parts
                .filter_map(|part| part.split_once('='))
                .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
                .map_or(1.0, |(_, weight)| weight.trim().parse().unwrap_or(0.0));
            (weight > 0.0).then(|| (weight, tag.to_owned()))
        })
        .collect();
    wanted.sort_by(|one, other| other.0.total_cmp(&one.0));
    wanted.into_iter().map(|(_, tag)| tag).collect()
}

/// The texts of one language.
#[derive(Clone)]
pub struct Text {
    languages: Languages,
    language: LanguageIdentifier,
    tag: String,
    offered: Vec<String>,
}

impl Text {
    /// The company's name; empty where it wasn't given.
    pub fn company(&self) -> &str {
        &self.languages.0.company
    }

    /// Its tag, for `lang`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// For `dir`.
    pub fn direction(&self) -> &'static str {
        if RIGHT_TO_LEFT.contains(&self.language.language.as_str()) {
            "rtl"
        } else {
            "ltr"
        }
    }

    /// The languages that the page offers, in their own words: tag and name.
    pub fn offered(&self) -> Vec<(String, String)> {
        self.offered
            .iter()
            .map(|tag| (tag.clone(), self.languages.text(tag).say("language-name")))
            .collect()
    }

    /// A text.
    pub fn say(&self, key: &str) -> String {
        self.lookup(key, None)
    }

    /// A text with numbers in it.
    pub fn count(&self, key: &str, numbers: &[(&'static str, usize)]) -> String {
        let values: HashMap<Cow<'static, str>, FluentValue> = numbers
            .iter()
            .map(|(name, number)| (Cow::Borrowed(*name), FluentValue::from(*number)))
            .collect();
        self.lookup(key, Some(&values))
    }

    fn lookup(
        &self,
        key: &str,
        values: Option<&HashMap<Cow<'static, str>, FluentValue>>,
    ) -> String {
        let own = self.languages.0.own.as_ref();
        let own = own.and_then(|own| own.lookup_single_language(&self.language, key, values).ok());
        own.unwrap_or_else(|| EMBEDDED.lookup_complete(&self.language, key, values))
    }
}

#[cfg(test)]
mod tests {
    use super::Languages;

    #[test]
    fn the_page_then_the_browser_then_the_company_choose() {
        let folder = tempfile::tempdir().expect("a folder");
        let languages = Languages::load(folder.path(), "");
        let offered = ["es".to_owned(), "en".to_owned()];
        let check = |asked: Option<&str>, accepted: Option<&str>, expected: &str| {
            let text = languages.choose(asked, accepted, &offered);
            assert_eq!(text.tag(), expected, "{asked:?} {accepted:?}");
        };
        check(Some("en"), Some("es"), "en");
        check(Some("xx"), Some("fr, en-GB;q=0.8, es;q=0.5"), "en");
        check(None, Some("ar"), "es");
        check(None, Some(";;q=,q=1,*;q=0"), "es");
        check(None, Some("es; q=0.4, en ; q = 0.9"), "en");
        check(None, None, "es");
        let all = languages.choose(Some("ar"), None, &[]);
        assert_eq!((all.tag(), all.direction()), ("ar", "rtl"));
    }

    #[test]
    fn a_file_adds_a_language_and_what_it_lacks_is_english() {
        let folder = tempfile::tempdir().expect("a folder");
        let locales = folder.path().join("locales");
        std::fs::create_dir(&locales).expect("a folder");
        std::fs::write(locales.join("sv.ftl"), "send = Skicka\n").expect("a file");
        let languages = Languages::load(folder.path(), "");
        let text = languages.choose(Some("sv"), None, &[]);
        assert_eq!(text.say("send"), "Skicka");
        assert_eq!(text.say("next"), "Next");
        assert_eq!(text.count("step", &[("step", 1), ("count", 4)]), "1 of 4");
        assert_eq!(languages.text("tlh").say("send"), "Send");
    }

    #[test]
    fn a_language_of_another_region_is_better_than_another_language() {
        let folder = tempfile::tempdir().expect("a folder");
        let locales = folder.path().join("locales");
        std::fs::create_dir(&locales).expect("a folder");
        std::fs::write(locales.join("pt-BR.ftl"), "send = Enviar\n").expect("a file");
        let languages = Languages::load(folder.path(), "");
        for accepted in ["pt", "pt-PT, en;q=0.5", "pt-BR"] {
            let text = languages.choose(None, Some(accepted), &[]);
            assert_eq!(text.tag(), "pt-BR", "{accepted}");
        }
    }
}
