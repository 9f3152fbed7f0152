//! Headings of vendors' exports that no preset is needed for.

use super::{Done, importing};
use throughline_domain::facts::Table;
use throughline_lake::{FieldMap, ImportOptions};

fn read(table: Table, text: &str, maps: &[&str]) -> Done {
    let options = ImportOptions {
        maps: maps
            .iter()
            .filter_map(|map| map.parse::<FieldMap>().ok())
            .collect(),
        ..ImportOptions::default()
    };
    importing(&[(table, "a.csv", text.as_bytes())], &options)
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Checks that these columns were taken, as `field=column`, and no others.
fn takes(table: Table, text: &str, expected: &[&str]) {
    let done = read(table, text, &[]);
    let taken: Vec<String> = done.report.files[0]
        .columns
        .iter()
        .map(|taken| format!("{}={}", taken.field, taken.column))
        .collect();
    assert_eq!(taken, expected, "{text}");
}

#[test]
fn exports_are_read_by_their_headings() {
    takes(
        Table::Signals,
        "Review ID,Review Created (UTC),Review Stars,Review Title,Review Content,Review Language\n\
         0a,2026-01-31 00:00,1 star,No,slow again,en\n",
        &[
            "id=Review ID",
            "at=Review Created (UTC)",
            "score=Review Stars",
            "comment=Review Content",
            "language=Review Language",
        ],
    );
    takes(
        Table::Signals,
        "Conversation ID,Conversation started at (UTC),Conversation rating,Conversation rating remark\n7,2026-01-01 00:00:00,3,fine\n",
        &[
            "id=Conversation ID",
            "at=Conversation started at (UTC)",
            "score=Conversation rating",
            "comment=Conversation rating remark",
        ],
    );
    takes(
        Table::Signals,
        "#,How likely are you to recommend us?,Submit Date (UTC)\n0f3a,9,2026-01-01 00:00:00\n",
        &[
            "id=#",
            "at=Submit Date (UTC)",
            "score=How likely are you to recommend us?",
        ],
    );
    takes(
        Table::Signals,
        "Case Number,Date/Time Opened,CSAT Score\n00001000,31/01/2026 00:00,1\n",
        &["id=Case Number", "at=Date/Time Opened", "score=CSAT Score"],
    );
    takes(
        Table::Signals,
        "Review Submit Date and Time,Star Rating\n2026-01-01T00:00:00Z,5\n",
        &["at=Review Submit Date and Time", "score=Star Rating"],
    );
    takes(
        Table::Voice,
        "ID,Start time,Completion time,Which team are you in?,What is your role?,What would help our customers most?\n\
         1,2026-01-01,2026-01-02,West,Clerk,open earlier\n",
        &[
            "id=ID",
            "at=Completion time",
            "unit=Which team are you in?",
            "role=What is your role?",
            "idea=What would help our customers most?",
        ],
    );
    // Rows that are only counted have no id.
    let counted = read(Table::Signals, "#,Score\n1,5\n2,4\n", &[]);
    assert_eq!(counted.report.files[0].ignored_columns, ["#"]);
}

#[test]
fn a_file_without_days_says_so() {
    let said = |text: &str, maps: &[&str]| {
        let done = read(Table::Signals, text, maps);
        done.report
            .notes
            .join("\n")
            .contains("no column of days was found")
    };
    assert!(said("Score,Comment\n5,kind\n", &[]));
    assert!(!said("Score,Comment\n5,kind\n", &["signals.at="]));
    assert!(!said("Date,Score\n2026-01-01,5\n", &[]));
}

#[test]
fn a_spreadsheets_day_numbers_are_days() {
    let days = |text: &str| -> Vec<Option<i32>> {
        read(Table::Signals, text, &[])
            .rows()
            .iter()
            .map(|row| row.day)
            .collect()
    };
    let day = days("Date,Score\n2026-01-01,5\n");
    assert_eq!(days("Date,Score\n46023,5\n"), day);
    assert_eq!(days("Date,Score\n46023.4375,5\n"), day);
    assert_eq!(days("Date,Score\n\"January 1st, 2026 9:05 PM\",5\n"), day);
    let done = read(Table::Signals, "Date,Score\n46023,5\n", &[]);
    assert!(
        done.report
            .notes
            .join("\n")
            .contains("as Excel counts them")
    );
}
