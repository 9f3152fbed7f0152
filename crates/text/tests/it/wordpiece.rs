//! Wordpiece ids against the reference tokenizer's, made by `tools/vector-table/reference_tokens.py`.

use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;
use throughline_text::vectors::Vectors;
use throughline_text::wordpiece::WordPiece;
use twox_hash::XxHash3_128;

const TRICKY: &str = include_str!("../fixtures/wordpiece.json");
const HASHES: &str = include_str!("../fixtures/wordpiece_hashes.json");

fn encode(text: &str) -> Vec<u32> {
    let mut ids = vec![7; 3];
    let mut scratch = b"left over".to_vec();
    Vectors::shipped()
        .pieces()
        .encode(text, &mut scratch, &mut ids);
    ids
}

#[test]
fn tricky_strings_get_the_reference_ids() {
    let cases: Vec<Value> = serde_json::from_str(TRICKY).unwrap();
    assert!(cases.len() > 60, "{}", cases.len());
    for case in cases {
        let text = case["text"].as_str().unwrap();
        let expected: Vec<u32> = case["ids"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| id.as_u64().unwrap() as u32)
            .collect();
        assert_eq!(encode(text), expected, "{text:?}");
    }
}

/// One hash a column over the ids of all its texts, each text closed by `u32::MAX`.
#[test]
fn real_texts_get_the_reference_ids() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let cases: Vec<Value> = serde_json::from_str(HASHES).unwrap();
    assert_eq!(cases.len(), 6);
    for case in cases {
        let [file, delimiter, column, expected] =
            ["file", "delimiter", "column", "xxh3_128"].map(|key| case[key].as_str().unwrap());
        let path = data.join(file);
        if !path.exists() {
            eprintln!("skipped: `{file}` is not in ../shared/data");
            continue;
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter.as_bytes()[0])
            .from_path(path)
            .unwrap();
        let at = reader.headers().unwrap().iter().position(|h| h == column);
        let (mut hash, mut texts, mut ids) = (XxHash3_128::new(), 0, 0);
        for record in reader.records() {
            let found = encode(&record.unwrap()[at.unwrap()]);
            texts += 1;
            ids += found.len() as u64;
            for id in found.into_iter().chain([u32::MAX]) {
                hash.write(&id.to_le_bytes());
            }
        }
        assert_eq!(case["texts"], texts, "{file} {column}");
        assert_eq!(case["ids"], ids, "{file} {column}");
        assert_eq!(
            format!("{:032x}", hash.finish_128()),
            expected,
            "{file} {column}"
        );
    }
}

#[test]
fn a_vocabulary_of_ones_own() {
    let vocabulary = ["un", "##aff", "##able", "run", "##", "é"];
    let pieces = WordPiece::new(vocabulary.into_iter().zip(0..), 99);
    let check = |text: &str, expected: &[u32]| {
        let (mut scratch, mut ids) = (Vec::new(), Vec::new());
        pieces.encode(text, &mut scratch, &mut ids);
        assert_eq!(ids, expected, "{text:?}");
    };
    check("unaffable run", &[0, 1, 2, 3]);
    check("UNAFFABLE", &[0, 1, 2]);
    check("runx unrun", &[99, 99]);
    check("able", &[99]);
    check("run.run", &[3, 99, 3]);
    check("é", &[99]);
}

#[test]
fn a_limit_keeps_the_first_ids() {
    for text in [
        "one two, three unaffable four",
        "één twee, drie unaffable vier",
    ] {
        let all = encode(text);
        for limit in 0..all.len() + 2 {
            let (mut scratch, mut ids) = (Vec::new(), Vec::new());
            let pieces = Vectors::shipped().pieces();
            pieces.encode_up_to(limit, text, &mut scratch, &mut ids);
            assert_eq!(ids, all[..limit.min(all.len())], "{text:?} {limit}");
        }
    }
}

proptest! {
    /// The zero-width space is dropped and not ASCII: with it, any text takes the long way.
    #[test]
    fn the_fast_way_is_the_long_way(text in "[ -~\t\n\r\u{1}\u{7f}]{0,80}") {
        prop_assert_eq!(encode(&text), encode(&format!("{text}\u{200b}")));
    }

    /// What is encoded depends on words alone: two texts side by side are their ids side by side.
    #[test]
    fn texts_side_by_side(left in "\\PC{0,30}", right in "\\PC{0,30}") {
        let both = encode(&format!("{left} {right}"));
        let apart = [encode(&left), encode(&right)].concat();
        prop_assert_eq!(both, apart);
    }
}
