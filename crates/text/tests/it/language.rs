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

#[test]
fn what_is_seen_at_first_sight_is_what_the_trigrams_would_say() {
    let texts = [
        "The queue at the till was so long that we left without what we had come for.",
        "La cola en la caja era tan larga que nos fuimos sin lo que habíamos venido a buscar.",
        "La file d'attente à la caisse était si longue que nous sommes partis sans rien.",
        "Die Schlange an der Kasse war so lang, dass wir ohne alles gegangen sind.",
        "A fila no caixa estava tão grande que saímos sem o que tínhamos vindo buscar.",
        "De rij bij de kassa was zo lang dat we weg zijn gegaan zonder wat we zochten.",
        "La coda alla cassa era così lunga che siamo andati via senza quello che cercavamo.",
        "Kön vid kassan var så lång att vi gick utan det som vi hade kommit för att köpa.",
        "Очередь в кассу была такой длинной, что мы ушли без покупок.",
        "كان الطابور عند الصندوق طويلا جدا لدرجة أننا غادرنا بدون ما جئنا من أجله",
        "the app отстой совсем не работает and the queue is not moving",
        "de la de la de la de la de la",
        "Some markers write a page on it, others only a tick.",
    ];
    for text in texts {
        let places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        for beginning in places.map(|end| &text[..end]) {
            for code in ["eng", "spa", "fra", "deu", "por", "ita", "nld", "swe"] {
                let majority = Language::from_code(code);
                let other = detect(beginning).filter(|found| Some(*found) != majority);
                assert_eq!(apart(beginning, majority), other, "{code}: {beginning}");
            }
        }
    }
}

#[test]
fn little_words_that_english_shares_make_no_other_language() {
    let english = Language::from_code("eng");
    for text in [
        "Some markers write a page, others a tick",
        "Some markers write a page and others a tick",
    ] {
        assert_eq!(apart(text, english), None, "{text}");
    }
}
