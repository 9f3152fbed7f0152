//! Languages, and which texts are set apart.

use throughline_text::language::{Language, apart, detect, majority};

const ENGLISH: &str = "The waiting room was cold and nobody told us how long it would take.";
const SPANISH: &str =
    "Nadie nos explicó cuánto tiempo teníamos que esperar en la sala de urgencias.";
const GERMAN: &str = "Niemand hat uns gesagt, wie lange wir in der Notaufnahme warten müssen.";

fn check(text: &str, expected: Option<&str>) {
    assert_eq!(detect(text).map(Language::name), expected, "`{text}`");
}

#[test]
fn languages_are_told_from_texts_of_some_length() {
    check(ENGLISH, Some("English"));
    check(SPANISH, Some("Spanish"));
    check(GERMAN, Some("German"));
    for short in [
        "",
        "food",
        "ok",
        "nada",
        "n/a",
        "12345 67890 12345 67890",
        "🙂🙂🙂",
    ] {
        check(short, None);
    }
    check(&ENGLISH.repeat(15_000), Some("English"));
}

#[test]
fn only_the_few_reliable_others_are_set_apart() {
    let texts = [ENGLISH, "food", ENGLISH, SPANISH, "nada", GERMAN];
    let most = majority(texts);
    assert_eq!(most.map(Language::code), Some("eng"));
    let others: Vec<Option<&str>> = texts
        .iter()
        .map(|text| apart(text, most).map(Language::code))
        .collect();
    assert_eq!(others, [None, None, None, Some("spa"), None, Some("deu")]);
    assert_eq!(majority(["food", "?"]), None);
    assert_eq!(apart(SPANISH, None), None);
}
