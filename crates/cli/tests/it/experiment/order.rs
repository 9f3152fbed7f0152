//! Rows of one time, and files sorted by arm.

use super::{experiment, json, noise};
use crate::run::Desk;

/// 1,000 and 1,000 people with nothing between the arms, by arm, by turns, or as they came; of one
/// day or of 20.
fn nothing(sorted: &str, salt: u64) -> String {
    let mut rows: Vec<(&str, String)> = (0..2000u64)
        .map(|row| {
            let arm = if row < 1000 { "control" } else { "nudge" };
            let joined = u8::from(noise(row, salt) < 0.3);
            let rating = 1 + (noise(row, salt + 1).powi(2) * 5.0) as u32;
            let day = 1 + row % 20;
            let line = format!("{arm},{joined},{rating},2026-03-02,2026-03-{day:02}\n");
            (arm, line)
        })
        .collect();
    match sorted {
        "by arm" => {}
        "by arm, the other first" => rows.reverse(),
        _ => {
            let mut drawn: Vec<(u64, (&str, String))> = rows
                .into_iter()
                .zip(0u64..)
                .map(|(row, k)| ((noise(k, 200) * 1e15) as u64, row))
                .collect();
            drawn.sort_by_key(|(lot, _)| *lot);
            rows = drawn.into_iter().map(|(_, row)| row).collect();
        }
    }
    let lines: String = rows.into_iter().map(|(_, line)| line).collect();
    format!("arm,joined,rating,once,day\n{lines}")
}

#[test]
fn a_file_sorted_by_arm_makes_no_difference() {
    let horizon = ["--horizon", "2000", "--expected-split", "1:1", "--json"];
    for salt in [20, 30] {
        let desk = Desk::new(&[
            ("sorted.csv", &nothing("by arm", salt)),
            ("reversed.csv", &nothing("by arm, the other first", salt)),
            ("came.csv", &nothing("as they came", salt)),
        ]);
        let comparison = |file: &str, flags: &[&str]| {
            let found = json(&experiment(&desk, file, &[flags, &horizon].concat()));
            (
                found["comparisons"][0].clone(),
                found["warnings"].to_string(),
            )
        };
        let outcomes = [
            &["--outcome", "joined"][..],
            &["--outcome", "rating", "--bounds", "1:5"],
        ];
        for outcome in outcomes {
            // Rows of one time: the same answer however the file is sorted.
            for at in ["once", "day"] {
                let flags = [outcome, &["--at", at]].concat();
                let (one, warnings) = comparison("sorted.csv", &flags);
                assert_eq!(
                    one["verdict"], "can't tell",
                    "{salt} {flags:?}: {}",
                    one["in_words"]
                );
                assert_eq!(one["sequence"]["method"], "betting");
                assert!(!warnings.contains("as chance would"), "{warnings}");
                for file in ["reversed.csv", "came.csv"] {
                    let other = comparison(file, &flags).0;
                    assert_eq!(one["sequence"], other["sequence"], "{file} {flags:?}");
                }
            }
            // No time: what needs the order of arms isn't used where it isn't chance's.
            for file in ["sorted.csv", "reversed.csv"] {
                let normal = [outcome, &["--sequence", "normal", "--sd", "2"]].concat();
                let asymptotic = [outcome, &["--sequence", "asymptotic"]].concat();
                for flags in [outcome, &normal, &asymptotic] {
                    let (one, warnings) = comparison(file, flags);
                    assert_eq!(one["verdict"], "can't tell", "{file} {flags:?}: {one}");
                    assert_ne!(one["sequence"]["method"], "betting");
                    assert_eq!(one["sequence"]["no_answer"], serde_json::Value::Null);
                    assert!(warnings.contains("as chance would"), "{warnings}");
                }
                let betting = [outcome, &["--sequence", "betting"]].concat();
                let one = comparison(file, &betting).0;
                assert_eq!(one["verdict"], "can't tell");
                let reason = one["sequence"]["no_answer"].as_str().expect("a reason");
                assert!(reason.contains("sorted by arm"), "{reason}");
            }
            let (one, warnings) = comparison("came.csv", outcome);
            assert_eq!(one["sequence"]["method"], "betting");
            assert_eq!(one["verdict"], "can't tell");
            assert!(!warnings.contains("as chance would"), "{warnings}");
        }
    }
}
