//! The contract of `brief.json`.

use crate::company;
use serde_json::Value;
use throughline_domain::brief::{Brief, Candidate};
use throughline_report::json;

fn read(draft: Brief<Candidate>) -> Value {
    serde_json::from_str(&json::brief(&company::released(draft))).expect("it is JSON")
}

fn has(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(
            value.get(key).is_some(),
            "`{key}` is missing in {value:.300}"
        );
    }
}

/// Every key that ends in `_reason` stands beside a `null`, and every figure has its parts.
fn figures_are_whole(value: &Value, path: &str) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                if let Some(name) = key.strip_suffix("_reason") {
                    assert_eq!(fields.get(name), Some(&Value::Null), "{path}.{key}");
                    assert!(inner.as_str().is_some_and(|why| !why.is_empty()));
                }
                figures_are_whole(inner, &format!("{path}.{key}"));
            }
            if fields.contains_key("method") && fields.contains_key("n") {
                has(value, &["value", "low", "high"]);
                assert!(value["value"].is_number(), "{path}");
                let interval = value["low"].is_number() && value["high"].is_number();
                assert!(interval || value["no_interval"].is_string(), "{path}");
            }
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(at, item)| figures_are_whole(item, &format!("{path}[{at}]"))),
        _ => {}
    }
}

#[test]
fn every_case_keeps_the_contract() {
    for (name, draft) in company::cases() {
        let brief = read(draft);
        has(
            &brief,
            &[
                "pains",
                "levers",
                "ideas",
                "needs",
                "strengths",
                "gaps",
                "chain",
                "links",
                "notes",
                "inputs",
                "standings",
                "matches",
                "chosen",
                "review",
                "commitment",
                "measures",
                "initiatives",
                "common_ground",
            ],
        );
        for pain in brief["pains"].as_array().expect("a list") {
            has(
                pain,
                &[
                    "id",
                    "title",
                    "words",
                    "comments",
                    "reach",
                    "drag_points",
                    "size_points",
                    "value",
                    "quotes",
                    "severity",
                    "trend",
                    "months",
                    "stages",
                ],
            );
            assert!(
                pain["quotes"]
                    .as_array()
                    .is_some_and(|all| all.iter().all(Value::is_string))
            );
            assert_eq!(
                pain["quotes"].as_array().map(Vec::len),
                pain["quotes_from"].as_array().map(Vec::len)
            );
        }
        for lever in brief["levers"].as_array().expect("a list") {
            has(
                lever,
                &[
                    "id",
                    "title",
                    "people",
                    "units",
                    "ease",
                    "impact",
                    "in_play_points",
                    "rank",
                    "top5_probability",
                    "pains",
                ],
            );
            assert!(lever["people"].is_u64());
            // Withheld where a few teams could be told by it.
            assert!(lever["units"].is_u64() || lever["units"].is_null());
            if !lever["rank"].is_null() {
                has(&lever["rank"], &["low", "high"]);
            }
            for pain in lever["pains"].as_array().expect("a list") {
                has(pain, &["id", "strength"]);
            }
        }
        has(&brief["gaps"], &["pains", "levers"]);
        has(&brief["inputs"], &["import", "method"]);
        figures_are_whole(&brief, name);
    }
}

#[test]
fn a_missing_figure_is_null_with_its_reason() {
    let brief = read(company::severity_only());
    let pain = &brief["pains"][0];
    assert!(pain["size_points"].is_null());
    assert_eq!(
        pain["value_reason"],
        Value::from("no customer values were given")
    );
    assert!(pain["reach"]["low"].is_null());
    assert!(pain["reach"]["no_interval"].is_string());
    let lever = &brief["levers"][0];
    assert_eq!(lever["ease_reason"], Value::from("not asked"));
    assert!(lever["rank"].is_null() && lever["rank_reason"].is_string());
    assert!(brief["chain"].is_null() && brief["chain_reason"].is_string());
}

#[test]
fn keys_stand_in_the_contracts_order_and_bytes_repeat() {
    let text = json::brief(&company::released(company::full()));
    assert_eq!(text, json::brief(&company::released(company::full())));
    let pain = &text[text.find("\"pains\": [").expect("pains")..];
    let places: Vec<_> = [
        "\"id\"",
        "\"title\"",
        "\"words\"",
        "\"comments\"",
        "\"reach\"",
        "\"drag_points\"",
        "\"size_points\"",
        "\"value\"",
        "\"quotes\"",
    ]
    .iter()
    .map(|key| pain.find(key))
    .collect();
    assert!(places[..7].is_sorted(), "{places:?}");
    assert!(text.ends_with("}\n"));
}

#[test]
fn floats_have_at_most_six_decimals() {
    let mut draft = company::full();
    draft.matches[0].score = 0.123_456_789_123;
    draft.pains[0].months[0].value = 1.0 / 3.0;
    for word in json::brief(&company::released(draft)).split([' ', ',', '\n', '[', ']']) {
        if word.parse::<f64>().is_ok()
            && let Some((_, decimals)) = word.split_once('.')
        {
            assert!(decimals.len() <= 6, "{word}");
        }
    }
}

#[test]
fn links_are_rounded_like_all_else() {
    let brief = read(company::full());
    assert_eq!(brief["links"][0]["path"], Value::from(0.123_457));
}

#[test]
fn every_field_is_told_of() {
    let told = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/OUTPUTS.md"
    ))
    .expect("docs/OUTPUTS.md");
    let mut keys = std::collections::BTreeSet::new();
    for (_, draft) in company::cases() {
        keys_of(&read(draft), &mut keys);
    }
    for key in ["named_after", "rows_left_out", "standardised_low"] {
        assert!(keys.contains(key), "{key}");
    }
    let untold: Vec<&String> = keys
        .iter()
        .filter(|key| !key.ends_with("_reason") && !told.contains(&format!("`{key}`")))
        .collect();
    assert!(untold.is_empty(), "{untold:?}");
}

/// Keys of all objects in it, but those that are data (a tagged metric's).
fn keys_of(value: &Value, keys: &mut std::collections::BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                keys.insert(key.clone());
                if key != "metric" {
                    keys_of(value, keys);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys_of(item, keys)),
        _ => {}
    }
}
