//! Amounts of money as spreadsheets and people write them.

use super::importing;
use throughline_domain::facts::Table;
use throughline_lake::ImportOptions;

/// The values read from a table of customers' feedback, and the notes.
fn values(text: &str) -> (Vec<Option<f64>>, String) {
    let done = importing(
        &[(Table::Signals, "a.csv", text.as_bytes())],
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{text}: {error}"));
    let values = done.rows().iter().map(|row| row.value).collect();
    (values, done.report.notes.join("\n"))
}

#[test]
fn points_part_thousands_where_the_file_says_so() {
    let (read, notes) = values("Score;Revenue\n4;1.234\n5;12.345\n3;\n");
    assert_eq!(read, [Some(1234.0), Some(12_345.0), None]);
    assert!(notes.contains("parting thousands"), "{notes}");
    let (read, notes) = values("Score;Revenue\n4;1.234\n5;12.5\n");
    assert_eq!(read, [Some(1.234), Some(12.5)]);
    assert!(!notes.contains("points"), "{notes}");
    let (read, notes) = values("Score,Revenue\n4,1.234\n5,12.345\n");
    assert_eq!(read, [Some(1.234), Some(12.345)]);
    assert!(notes.contains("if they part thousands"), "{notes}");
    // A column's own decimals hold, whatever currency stands beside them.
    let (read, _) = values("Score,Revenue\n4,$98.5\n5,$125.375\n3,$101.25\n");
    assert_eq!(read, [Some(98.5), Some(125.375), Some(101.25)]);
    let (read, notes) = values("Score,Revenue\n4,€1.234\n5,€900\n");
    assert_eq!(read, [Some(1234.0), Some(900.0)]);
    assert!(notes.contains("parting thousands"), "{notes}");
    let (read, _) = values("Score,Revenue\n4,1.234 SEC\n5,2.500 SEC\n");
    assert_eq!(read, [Some(1.234), Some(2.5)]);
}

#[test]
fn letters_multiply_and_brackets_take_away() {
    let (read, _) = values("Score,Revenue\n4,1.2k\n5,£2.5m\n3,(250.00)\n2,450\n");
    assert_eq!(
        read,
        [Some(1200.0), Some(2_500_000.0), Some(-250.0), Some(450.0)]
    );
    let text = "id,name,kind,spend\nI1,CRM,technology,€250.000\nI2,Training,people,250k\n";
    let done = importing(
        &[(Table::Initiatives, "a.csv", text.as_bytes())],
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let lines = done.lake.initiatives().unwrap_or_default();
    let spend: Vec<Option<f64>> = lines.iter().map(|line| line.spend).collect();
    assert_eq!(spend, [Some(250_000.0), Some(250_000.0)]);
}

#[test]
fn letters_after_numbers_that_are_no_money_are_refused() {
    let text = "unit,period,measure,side,value\nNorth,2026-01,wait,customer,6m\nSouth,2026-01,wait,customer,7 min\n";
    let options = ImportOptions {
        allow_rejects: true,
        ..ImportOptions::default()
    };
    let done = importing(&[(Table::Measures, "a.csv", text.as_bytes())], &options)
        .unwrap_or_else(|error| panic!("{error}"));
    let rows = done.lake.measures().unwrap_or_default();
    let read: Vec<f64> = rows.iter().map(|row| row.value).collect();
    assert_eq!(read, [7.0]);
    assert!(done.rejects().contains("write the number alone"));
}
