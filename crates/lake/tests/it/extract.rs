//! Named columns out of files of every format: the same vectors whatever the file, and what is
//! wrong said with its place.

use arrow::array::{BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;
use throughline_lake::extract::{Calendar, Extract};
use throughline_lake::{LakeError, Wanted};

const CSV: &str = "unit,month,score,note\n\
    Süd,2026-01-01,1.5,\"a, b\"\n\
    North,2026-02-01,NA,x\n\
    ,2026-04-01,-2,\n\
    North,,3,x\n";

/// What is compared: unit codes and names, months, scores.
type Seen = (
    Vec<Option<u32>>,
    Vec<String>,
    Vec<Option<usize>>,
    Vec<Option<f64>>,
);

fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let dir = TempDir::new().expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    (dir, path)
}

fn seen(name: &str, bytes: &[u8]) -> Result<(Seen, Extract), LakeError> {
    let (_dir, path) = file(name, bytes);
    let mut wanted = Wanted::new(&path);
    let unit = wanted.label("--unit", "unit");
    let month = wanted.period("--period", "month");
    let score = wanted.number("--score", "score");
    let found = wanted.read()?;
    let (labels, periods) = (found.labels(unit).clone(), found.periods(month));
    assert_eq!(periods.calendar, Calendar::Month, "{name}");
    assert_eq!(periods.absent(), ["2026-03"]);
    assert_eq!((labels.missing(), periods.missing()), (1, 1), "{name}");
    let seen = (
        labels.codes,
        labels.names,
        periods.places(),
        found.numbers(score).values.clone(),
    );
    Ok((seen, found))
}

fn expected() -> Seen {
    (
        vec![Some(1), Some(0), None, Some(0)],
        vec!["North".to_owned(), "Süd".to_owned()],
        vec![Some(0), Some(1), Some(3), None],
        vec![Some(1.5), None, Some(-2.0), Some(3.0)],
    )
}

fn check(name: &str, bytes: &[u8]) {
    let (seen, found) = seen(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(seen, expected(), "{name}");
    assert_eq!(found.rows(), 4);
}

#[test]
fn text_of_any_delimiter_encoding_and_packing() {
    check("plain.csv", CSV.as_bytes());
    check("marked.csv", format!("\u{feff}{CSV}").as_bytes());
    check(
        "windows.csv",
        &CSV.replace('ü', "\u{1}")
            .bytes()
            .map(|b| if b == 1 { 0xfc } else { b })
            .collect::<Vec<_>>(),
    );
    check("ends.csv", CSV.replace('\n', "\r\n").as_bytes());
    check("titled.csv", format!("A report\n\n{CSV}").as_bytes());
    // Analysts name tables so too.
    check("table.txt", CSV.as_bytes());
    let bare = CSV.replace("\"a, b\"", "ab");
    check("tabs.tsv", bare.replace(',', "\t").as_bytes());
    check(
        "semicolons.csv",
        bare.replace(',', ";").replace("1.5", "1,5").as_bytes(),
    );
    let utf16: Vec<u8> = CSV.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("wide.csv", &[&[0xff, 0xfe], &utf16[..]].concat());
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(CSV.as_bytes()).expect("packed");
    check("packed.csv.gz", &gzip.finish().expect("packed"));
    check(
        "packed.zst",
        &zstd::encode_all(CSV.as_bytes(), 3).expect("packed"),
    );
}

#[test]
fn json_lines_and_lists_with_columns_that_come_late() {
    let lines = "{\"unit\":\"Süd\",\"month\":\"2026-01\"}\n\
        {\"unit\":\"North\",\"month\":\"2026-02\",\"score\":null}\n\
        {\"month\":\"2026-04\",\"score\":-2}\n\
        {\"unit\":\"North\",\"score\":3.0}\n";
    let lines = lines.replacen("\"2026-01\"", "\"2026-01\",\"score\":1.5", 1);
    check("lines.jsonl", lines.as_bytes());
    let list = format!("[{}]", lines.trim().replace('\n', ",\n"));
    check("list.json", list.as_bytes());
    // A column that only the end of a large file has.
    let mut late = "{\"a\":1}\n".repeat(200_000);
    late.push_str("{\"a\":2,\"score\":7}\n");
    let (_dir, path) = file("late.jsonl", late.as_bytes());
    let mut wanted = Wanted::new(&path);
    let score = wanted.number_list("--scores", &["a,score".to_owned()]);
    let found = wanted.read().expect("the column came");
    let columns = found.number_list(score);
    assert_eq!((columns[0].missing(), columns[1].missing()), (0, 200_000));
    let mut wanted = Wanted::new(&path);
    wanted.number("--score", "scare");
    let error = wanted.read().expect_err("no such column").to_string();
    assert!(error.contains("no column `scare`"), "{error}");
}

#[test]
fn a_column_that_may_be_missing() {
    let found = |name: &str, text: &str, other: &str| {
        let (_dir, path) = file(name, text.as_bytes());
        let mut wanted = Wanted::new(&path);
        let valid = wanted.label_if_there("--valid", "Valid");
        let other = wanted.label("--other", other);
        let found = wanted.read().expect("the file is read");
        assert!(found.rows() > 0 && !found.labels(other).names.is_empty());
        found
            .labels_if_there(valid)
            .map(|labels| labels.names.clone())
    };
    let there = Some(vec!["no".to_owned(), "yes".to_owned()]);
    assert_eq!(found("a.csv", "a,valid\nx,yes\ny,no\n", "a"), there);
    assert_eq!(found("b.csv", "a,b\nx,yes\ny,no\n", "a"), None);
    assert_eq!(found("c.csv", "a,Valid\nx,\ny,NA\n", "a"), None, "empty");
    assert_eq!(
        found("d.csv", "a,Valid,Valid\nx,yes,no\n", "a"),
        None,
        "twice"
    );
    assert_eq!(found("e.csv", "a,Valid\nx,yes\n", "Valid"), None, "taken");
    let late = "{\"a\":1}\n{\"a\":2,\"Valid\":\"yes\"}\n{\"a\":2,\"Valid\":\"no\"}\n";
    assert_eq!(found("f.jsonl", late, "a"), there);
    assert_eq!(found("g.jsonl", "{\"a\":1}\n{\"a\":2}\n", "a"), None);
}

#[test]
fn workbooks_and_parquet() {
    let mut book = Workbook::new();
    let cover = book.add_worksheet();
    cover.write(0, 0, "About").expect("a cell");
    cover.write(1, 0, "Nothing to see").expect("a cell");
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (column, name) in ["unit", "month", "score"].iter().enumerate() {
        sheet.write(0, column as u16, *name).expect("a cell");
    }
    let rows: [(&str, Option<u8>, Option<f64>); 4] = [
        ("Süd", Some(1), Some(1.5)),
        ("North", Some(2), None),
        ("", Some(4), Some(-2.0)),
        ("North", None, Some(3.0)),
    ];
    for (at, (unit, month, score)) in rows.into_iter().enumerate() {
        let row = at as u32 + 1;
        sheet.write(row, 0, unit).expect("a cell");
        if let Some(month) = month {
            let date = ExcelDateTime::from_ymd(2026, month, 1).expect("a date");
            sheet
                .write_with_format(row, 1, &date, &day)
                .expect("a cell");
        }
        if let Some(score) = score {
            sheet.write(row, 2, score).expect("a cell");
        }
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    check("book.xlsx", &bytes);
    let (_, found) = seen("book.xlsx", &bytes).expect("read");
    assert!(
        found.notes()[0].contains("2 sheets; `Sheet2` was read"),
        "{:?}",
        found.notes()
    );

    let batch = RecordBatch::try_from_iter([
        (
            "unit",
            Arc::new(StringArray::from(vec![
                Some("Süd"),
                Some("North"),
                None,
                Some("North"),
            ])) as _,
        ),
        (
            "month",
            Arc::new(Date32Array::from(vec![
                Some(20_454),
                Some(20_485),
                Some(20_544),
                None,
            ])) as _,
        ),
        (
            "score",
            Arc::new(Float64Array::from(vec![
                Some(1.5),
                Some(f64::NAN),
                Some(-2.0),
                Some(3.0),
            ])) as _,
        ),
        (
            "year",
            Arc::new(Int64Array::from(vec![2012, 2013, 2014, 2015])) as _,
        ),
        (
            "done",
            Arc::new(BooleanArray::from(vec![true, false, true, true])) as _,
        ),
    ])
    .expect("a batch");
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("rows");
    writer.close().expect("a file");
    check("table.parquet", &bytes);
    let (_dir, path) = file("table.parquet", &bytes);
    let mut wanted = Wanted::new(&path);
    let (year, done) = (
        wanted.period("--period", "year"),
        wanted.number("--done", "done"),
    );
    let found = wanted.read().expect("read");
    assert_eq!(found.periods(year).calendar, Calendar::Year);
    assert_eq!(
        found.numbers(done).values,
        [Some(1.0), Some(0.0), Some(1.0), Some(1.0)]
    );
}

#[test]
fn names_may_hold_commas_and_differ_in_case() {
    let text = "\"I feel valued, mostly\",Pay Level,tools\n1,2,3\n";
    let (_dir, path) = file("items.csv", text.as_bytes());
    let mut wanted = Wanted::new(&path);
    let items = wanted.number_list(
        "--predictors",
        &["tools,I feel valued, mostly,pay_level".to_owned()],
    );
    let found = wanted.read().expect("read");
    let names: Vec<&str> = found
        .number_list(items)
        .iter()
        .map(|of| of.name.as_str())
        .collect();
    assert_eq!(names, ["tools", "I feel valued, mostly", "Pay Level"]);
}

#[test]
fn starts_that_are_never() {
    let text = "unit,period,start\na,1,3\na,2,3\nb,1,0\nb,2,\nc,1,never\nc,2,Inf\n";
    let (_dir, path) = file("panel.csv", text.as_bytes());
    let mut wanted = Wanted::new(&path);
    let period = wanted.period("--period", "period");
    let start = wanted.period_or_never("--first-treated", "start");
    let found = wanted.read().expect("read");
    assert_eq!(
        found.periods(start).ordinals,
        [Some(3), Some(3), None, None, None, None]
    );
    assert_eq!(found.periods(period).distinct, [1, 2]);
    // Both are on one calendar, or neither is.
    let (_dir, path) = file("mixed.csv", b"period,start\n2024-01,2024-02\n2024-02,5\n");
    let mut wanted = Wanted::new(&path);
    wanted.period("--period", "period");
    wanted.period_or_never("--first-treated", "start");
    let error = wanted.read().expect_err("two calendars").to_string();
    assert!(error.contains("row 3, column `start`: `5`"), "{error}");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let refused = |name: &str, text: &str, words: &[&str]| {
        let (_dir, path) = file(name, text.as_bytes());
        let mut wanted = Wanted::new(&path);
        wanted.label("--unit", "unit");
        wanted.number("--score", "score");
        let error = wanted.read().expect_err(name);
        assert!(error.is_users(), "{error}");
        let said = error.to_string();
        for word in words.iter().chain(&[name, "hint: "]) {
            assert!(said.contains(word), "no `{word}` in: {said}");
        }
    };
    refused(
        "text.csv",
        "unit,score\na,1\nb,\"two\"\nc,oops\n",
        &["row 3", "`score`", "`two`"],
    );
    refused(
        "ragged.csv",
        "unit,score\na,1\nb\nc,x\n",
        &["row 3", "another number of cells"],
    );
    refused(
        "huge.csv",
        "unit,score\na,1e101\n",
        &["row 2", "`1e101`", "too large"],
    );
    refused(
        "comma.csv",
        "unit;score\na;1,234\n",
        &["row 2", "`1,234`", "decimals"],
    );
    refused("header.csv", "unit,score\n", &["no rows"]);
    refused("none.csv", "", &["empty"]);
    refused(
        "unnamed.csv",
        "a,1\nb,2\n",
        &["no column `unit`", "put a row with names above it"],
    );
    refused("near.csv", "units,score\na,1\n", &["did you mean `units`"]);
    refused(
        "twice.csv",
        "unit,score,score\na,1,2\n",
        &["several columns named `score`"],
    );
    refused(
        "lines.jsonl",
        "{\"unit\":\"a\",\"score\":1}\n{\"unit\":\n",
        &["row 2", "JSON"],
    );
    refused("nul.csv", "unit,score\na\0,1\n", &["row 2", "NUL"]);
}

#[test]
fn many_rows_keep_their_order_and_lines() {
    let rows = 300_000;
    let mut text = String::from("unit,score\n");
    for row in 0..rows {
        text.push_str(&format!("u{},{}\n", row % 1_000, f64::from(row) / 4.0));
    }
    let (_dir, path) = file("many.csv", text.as_bytes());
    let mut wanted = Wanted::new(&path);
    let (unit, score) = (
        wanted.label("--unit", "unit"),
        wanted.number("--score", "score"),
    );
    let found = wanted.read().expect("read");
    assert_eq!(found.rows(), rows as usize);
    for row in [0usize, 77, 150_000, 299_999] {
        assert_eq!(found.line(row), row as u64 + 2);
        assert_eq!(found.numbers(score).values[row], Some(row as f64 / 4.0));
        let code = found.labels(unit).codes[row].expect("a unit") as usize;
        assert_eq!(found.labels(unit).names[code], format!("u{}", row % 1_000));
    }
    let wrong = text.replacen(",50000\n", ",fifty\n", 1);
    let (_dir, path) = file("wrong.csv", wrong.as_bytes());
    let mut wanted = Wanted::new(&path);
    wanted.number("--score", "score");
    let error = wanted.read().expect_err("a word").to_string();
    assert!(
        error.contains("row 200002, column `score`: `fifty`"),
        "{error}"
    );
}
