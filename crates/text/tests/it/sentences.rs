//! Where comments are cut.

use throughline_text::sentences::{clauses, sentences, word_count};

fn check(cut: fn(&str) -> Vec<&str>, text: &str, expected: &[&str]) {
    assert_eq!(cut(text), expected, "`{text}`");
}

#[test]
fn sentences_end_at_stops_and_lines() {
    check(sentences, "", &[]);
    check(sentences, "...", &[]);
    check(
        sentences,
        "Good care. Food cold!",
        &["Good care.", "Food cold!"],
    );
    check(
        sentences,
        "Why?No idea\n\nfood; noise",
        &["Why?", "No idea", "food;", "noise"],
    );
    check(
        sentences,
        "Dr. Smith came at 3.30 p.m. to see us",
        &["Dr. Smith came at 3.30 p.m. to see us"],
    );
    for name in [
        "Dr. A. K. Smith was late.",
        "Ask Mr J. Smith.",
        "Ask P.K. to ring them",
        "The U.K. team knows",
    ] {
        check(sentences, name, &[name]);
    }
    check(
        sentences,
        "Go with plan B. Then call",
        &["Go with plan B.", "Then call"],
    );
    check(
        sentences,
        "Moved to the U.K. Then it broke",
        &["Moved to the U.K.", "Then it broke"],
    );
    check(
        sentences,
        "Staff were good.Food was not",
        &["Staff were good.", "Food was not"],
    );
    check(
        sentences,
        "Äpfel waren schlecht. Übrigens…",
        &["Äpfel waren schlecht.", "Übrigens…"],
    );
}

#[test]
fn clauses_need_words_on_both_sides() {
    check(clauses, "tea and coffee", &["tea and coffee"]);
    check(
        clauses,
        "the nurses were very kind but the food was always cold",
        &["the nurses were very kind", "the food was always cold"],
    );
    check(
        clauses,
        "We waited for two hours, nobody told us anything and the car park was full. Thanks",
        &[
            "We waited for two hours",
            "nobody told us anything",
            "the car park was full.",
            "Thanks",
        ],
    );
}

#[test]
fn words_are_counted() {
    for (text, expected) in [
        ("", 0),
        ("don't", 1),
        ("a b-c", 3),
        ("  ... ", 0),
        ("né à Orléans", 3),
    ] {
        assert_eq!(word_count(text), expected, "`{text}`");
    }
}

#[test]
fn a_megabyte_without_a_stop() {
    let text = "word ".repeat(200_000);
    assert_eq!(sentences(&text).len(), 1);
    let text = "it was all cold and ".repeat(50_000);
    assert!(clauses(&text).len() > 40_000);
}
