//! Translations: nothing is missing in English or Spanish, and no language has what English lacks.

use std::collections::BTreeSet;
use std::path::Path;
use throughline_server::language::Languages;

/// Texts of a language: its keys, and the numbers that each names.
fn keys(language: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let files = std::fs::read_dir(folder.join(language)).expect("a folder");
    let mut keys = BTreeSet::new();
    for file in files {
        let path = file.expect("a file").path();
        for line in std::fs::read_to_string(path).expect("a file").lines() {
            let Some((key, _)) = line.split_once(" =") else {
                continue;
            };
            if key.starts_with(|letter: char| letter.is_ascii_lowercase()) {
                assert!(keys.insert(key.to_owned()), "twice: {language} {key}");
            }
        }
    }
    keys
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
    let languages = Languages::load(folder.path());
    assert_eq!(languages.tags(), ["ar", "en", "es"]);
    let numbers = [
        ("step", 1),
        ("count", 2),
        ("most", 3),
        ("least", 4),
        ("others", 5),
        ("group", 6),
        ("comments", 7),
        ("days", 8),
    ];
    for tag in languages.tags() {
        let text = languages.text(tag);
        for key in keys("en") {
            let said = text.count(&key, &numbers);
            assert!(!said.trim().is_empty(), "{tag} {key}");
            assert!(!said.contains(['{', '}']), "{tag} {key}: {said}");
            assert!(!said.contains("Unknown localization"), "{tag} {key}");
        }
    }
}

#[test]
fn what_is_asked_by_default_takes_less_than_150_words_to_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let languages = Languages::load(folder.path());
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
