//! What the made-up insurer's files were read as.

use super::strings;
use throughline_domain::brief::{Inputs, Method, Parameter, ReviewState};
use throughline_domain::import::{ColumnTaken, FileReport, ImportReport, Source, UnmatchedUnit};
use throughline_domain::{Metric, Scale, Table};

fn file(table: Table, name: &str, rows: u64, columns: &[(&str, &str, &str)]) -> FileReport {
    FileReport {
        table,
        file: name.into(),
        format: "csv (;, windows-1252)".into(),
        preset: None,
        columns: columns
            .iter()
            .map(|(field, column, by)| ColumnTaken {
                field: (*field).into(),
                column: (*column).into(),
                by: (*by).into(),
            })
            .collect(),
        ignored_columns: strings(&["ip_address", "agent_email"]),
        rows_read: rows + 31,
        rows_kept: rows,
        rows_rejected: 12,
        rows_duplicate: 19,
        rows_left_out: Vec::new(),
    }
}

pub fn inputs() -> Inputs {
    let mut feedback = file(
        Table::Signals,
        "after-contact-2024-2026.csv",
        38_267,
        &[
            ("comment", "feedback", "alias"),
            ("score", "nps", "alias"),
            ("unit", "store", "map"),
            ("at", "date", "alias"),
        ],
    );
    feedback.preset = Some("Qualtrics export, recognised".into());
    feedback.rows_left_out = vec![("previews".into(), 44), ("unfinished".into(), 310)];
    Inputs {
        import: ImportReport {
            files: vec![
                feedback,
                file(
                    Table::Voice,
                    "round-1-answers.xlsx",
                    2_431,
                    &[
                        ("text", "What would help?", "map"),
                        ("role", "job", "alias"),
                    ],
                ),
                file(Table::Chain, "chain.csv", 34, &[("from", "from", "name")]),
            ],
            sources: vec![
                Source {
                    source: "After-contact survey".into(),
                    metric: Metric::Nps,
                    scale: Some(Scale {
                        low: 0.0,
                        high: 10.0,
                    }),
                    scale_found: true,
                    scores: 31_204,
                    comments: 24_880,
                },
                Source {
                    source: "Online reviews".into(),
                    metric: Metric::Mean,
                    scale: None,
                    scale_found: false,
                    scores: 0,
                    comments: 2_961,
                },
            ],
            unmatched_units: vec![UnmatchedUnit {
                table: Table::Voice,
                name: "Holm (old)".into(),
                rows: 14,
            }],
            notes: strings(&[
                "Dates were read as day/month/year: 13/02/2026 and others leave no other way.",
            ]),
        },
        method: Method {
            version: "0.1.0".into(),
            seed: 7,
            main_source: Some("After-contact survey".into()),
            parameters: vec![
                Parameter {
                    name: "customer problems looked for".into(),
                    value: "20 to 66, chosen by stability: 31".into(),
                },
                Parameter {
                    name: "smallest group shown".into(),
                    value: "5 people, 10 for words".into(),
                },
            ],
        },
    }
}

pub fn review() -> ReviewState {
    ReviewState {
        assignments: 100,
        right_share: Some(0.91),
        pairs: 100,
        corrected: true,
        calibrated: true,
    }
}
