//! The shipped table: its bytes, its vectors, and how it takes what people paste.

use std::path::Path;
use std::time::Instant;

use throughline_text::vectors::{BadTable, Scratch, Vectors};
use twox_hash::XxHash3_128;

/// Printed by `tools/vector-table/make_table.py`; change both together.
const CHECKSUM: &str = "1f819e8f59a0ec60ad58a57b298668eb";
const FILE: &[u8] = include_bytes!("../../data/minilm-256-int8.bin");

fn cosine(left: &str, right: &str) -> f32 {
    let (left, right) = (
        Vectors::shipped().embed(left),
        Vectors::shipped().embed(right),
    );
    left.iter().zip(&right).map(|(a, b)| a * b).sum()
}

#[test]
fn the_file_is_the_one_that_was_measured() {
    assert_eq!(format!("{:032x}", XxHash3_128::oneshot(FILE)), CHECKSUM);
    assert!(FILE.len() <= 8_000_000, "{}", FILE.len());
}

#[test]
fn a_notice_lies_beside_the_file() {
    let notice = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/NOTICE");
    let notice = std::fs::read_to_string(notice).unwrap();
    for word in ["all-MiniLM-L6-v2", "Apache License, Version 2.0", CHECKSUM] {
        assert!(notice.contains(word), "{word}");
    }
}

#[test]
fn damaged_tables_are_refused() {
    let check = |file: Vec<u8>, message: &str| {
        let error: BadTable = Vectors::parse(file.leak()).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    };
    let changed = |at: usize, byte: u8| {
        let mut file = FILE.to_vec();
        file[at] = byte;
        file
    };
    check(vec![], "cut short");
    check(b"PK\x03\x04 something else".to_vec(), "another kind");
    check(changed(8, 2), "another version");
    check(changed(13, 2), "another version");
    check(changed(16, FILE[16] ^ 1), "differ in number");
    check(changed(32, 0xFF), "not UTF-8");
    check(FILE[..FILE.len() - 1].to_vec(), "length is wrong");
    check(FILE[..200_000].to_vec(), "cut short");
    check([FILE, &[0u8; 256][..]].concat(), "length is wrong");
}

#[test]
fn vectors_have_length_one_or_none() {
    let check = |text: &str, expected: f32| {
        let vector = Vectors::shipped().embed(text);
        assert_eq!(vector.len(), Vectors::DIMENSIONS);
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        assert!((length - expected).abs() < 1e-5, "{text:?} {length}");
    };
    check("the card has not arrived", 1.0);
    check("!", 1.0);
    check("", 0.0);
    check(" \n\u{200b}", 0.0);
    check("🫠 🫠", 0.0);
    check(&"a".repeat(101), 0.0);
}

#[test]
fn an_unknown_word_changes_nothing() {
    let vectors = Vectors::shipped();
    assert_eq!(vectors.embed("late again 🫠"), vectors.embed("late again"));
}

#[test]
fn nearness_follows_meaning() {
    let check = |text: &str, near: &str, far: &str| {
        let (near_is, far_is) = (cosine(text, near), cosine(text, far));
        assert!(near_is > far_is + 0.1, "{text}: {near_is} {far_is}");
    };
    check(
        "my card has not arrived yet",
        "still waiting for the bank card",
        "the nurse was kind to my mother",
    );
    check(
        "waited three hours to see a doctor",
        "long delays before the appointment",
        "the food was cold and tasteless",
    );
    check(
        "managers never listen to staff",
        "our boss ignores employees",
        "parking is too expensive",
    );
}

#[test]
fn many_at_once_are_the_same_bytes() {
    let texts: Vec<String> = (0..1_500)
        .map(|i| match i % 5 {
            0 => String::new(),
            1 => format!("order {i} never arrived"),
            2 => "naïve café, 中文".repeat(i % 7),
            3 => "the staff were friendly ".repeat(i % 11),
            _ => format!("why is {i} so slow? I asked {} times", i * 7),
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let vectors = Vectors::shipped();
    let mut scratch = Scratch::default();
    let mut one_by_one = vec![f32::NAN; texts.len() * Vectors::DIMENSIONS];
    for (row, text) in one_by_one.chunks_exact_mut(Vectors::DIMENSIONS).zip(&texts) {
        vectors.embed_into(&mut scratch, text, row);
    }
    let bits = |v: &[f32]| v.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let all = pool.install(|| vectors.embed_all(&texts));
        assert!(bits(&all) == bits(&one_by_one), "{threads} threads");
    }
    assert!(vectors.embed_all(&[]).is_empty());
}

#[test]
fn ids_and_words_agree() {
    let vectors = Vectors::shipped();
    let mut ids = Vec::new();
    vectors.tokens(&mut Scratch::default(), "Unhelpfulness, 🫠!", &mut ids);
    let words: Vec<&str> = ids.iter().map(|&id| vectors.token(id)).collect();
    assert_eq!(
        words,
        ["un", "##hel", "##pf", "##ul", "##ness", ",", "[UNK]", "!"]
    );
    let end = vectors.token_ids_end();
    assert_eq!(end, 30_522);
    assert_eq!(vectors.token(end - 1), "##～");
    assert_eq!(vectors.token(end), "[UNK]");
    assert_eq!(vectors.token(0), "[UNK]");
}

/// A megabyte costs what its first 2,000 wordpieces cost (a word without end, its length).
#[test]
fn a_megabyte_is_read_as_its_first_page() {
    let vectors = Vectors::shipped();
    let long = "the queue was long ".repeat(60_000);
    assert!(long.len() > 1_000_000);
    assert_eq!(
        vectors.embed(&long),
        vectors.embed(&"the queue was long ".repeat(500))
    );
    let mut ids = Vec::new();
    vectors.tokens(&mut Scratch::default(), &long, &mut ids);
    assert_eq!(ids.len(), Vectors::LONGEST_TEXT);

    // The worst: not ASCII, no spaces, or nothing but accents. Quadratic time would take minutes.
    let start = Instant::now();
    for text in [
        "é".repeat(500_000),
        "\u{301}".repeat(500_000),
        "x".repeat(1_000_000),
    ] {
        vectors.embed(&text);
    }
    let words_of_99 = format!("{} ", "q".repeat(99)).repeat(10_000);
    vectors.embed(&words_of_99);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
