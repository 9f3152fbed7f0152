//! Translations: nothing is missing in English or Spanish, and no language has what English lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use throughline_server::language::Languages;

/// Texts of a language as they are written, by their keys.
fn texts(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let files = std::fs::read_dir(folder.join(language)).expect("a folder");
    let mut texts = BTreeMap::new();
    for file in files {
        let path = file.expect("a file").path();
        let mut last = String::new();
        for line in std::fs::read_to_string(path).expect("a file").lines() {
            match line.split_once(" =") {
                Some((key, text))
                    if key.starts_with(|letter: char| letter.is_ascii_lowercase()) =>
                {
                    last = key.to_owned();
                    let before = texts.insert(last.clone(), text.trim().to_owned());
                    assert_eq!(before, None, "twice: {language} {key}");
                }
                _ if line.starts_with(' ') => {
                    texts.entry(last.clone()).or_default().push_str(line);
                }
                _ => {}
            }
        }
    }
    texts
}

fn keys(language: &str) -> BTreeSet<String> {
    texts(language).into_keys().collect()
}

#[test]
fn english_and_spanish_have_every_text_and_arabic_too() {
    let english = keys("en");
    assert!(english.len() > 100);
    for language in ["es", "ar"] {
        let other = keys(language);
        let missing: Vec<_> = english.symmetric_difference(&other).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

#[test]
fn every_text_can_be_said_in_every_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let languages = Languages::load(folder.path(), "");
    assert_eq!(languages.tags(), ["ar", "en", "es"]);
    let named = [
        "step", "count", "most", "least", "others", "group", "comments", "days",
    ];
    let (english, written) = (languages.text("en"), texts("en"));
    for tag in languages.tags() {
        let (text, own) = (languages.text(tag), texts(tag));
        for key in written.keys() {
            // Each way in which one of these languages counts.
            for number in [0, 1, 2, 3, 10, 11, 99, 100, 101, 1_000, 1_000_000] {
                let numbers = named.map(|name| (name, number));
                let said = text.count(key, &numbers);
                assert!(!said.trim().is_empty(), "{tag} {key}");
                assert!(!said.contains(['{', '}']), "{tag} {key}: {said}");
                assert!(!said.contains("Unknown localization"), "{tag} {key}");
                // A text that can't be said would be said in English.
                if own[key] != written[key] {
                    assert_ne!(said, english.count(key, &numbers), "{tag} {key} {number}");
                }
            }
        }
    }
}

#[test]
fn what_is_asked_by_default_takes_less_than_150_words_to_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let languages = Languages::load(folder.path(), "");
    let read = [
        "ask-idea",
        "ask-commitment",
        "ask-block",
        "promise",
        "promise-link",
        "idea-hint",
        "channel",
        "optional",
        "commitment-1",
        "commitment-2",
        "commitment-3",
        "commitment-4",
        "commitment-5",
        "last-title",
        "may-quote",
        "want-receipt",
        "once",
        "next",
        "back",
        "next",
        "back",
        "next",
        "send",
    ];
    for tag in languages.tags() {
        let text = languages.text(tag);
        let words: usize = read
            .iter()
            .map(|key| text.say(key).split_whitespace().count())
            .sum();
        assert!(words <= 150, "{tag}: {words}");
    }
}
