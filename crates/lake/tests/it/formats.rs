//! Every format, encoding and packing gives the same rows.

use super::{Given, Row, complaint, importing, says, signals};
use arrow::array::{Date32Array, Float64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::Write;
use std::sync::Arc;
use throughline_domain::facts::Table;
use throughline_lake::ImportOptions;

const CSV: &str = "id,at,unit,score,comment\n\
    a1,2026-01-31,Café,8,\"She said \"\"wait\"\",\nthen left\"\n\
    a2,2026-02-01,North,4,Too slow – again\n\
    a3,2026-02-02,,10,\n";

/// What is compared of a row: id, day, unit, score, comment.
type Seen = (
    String,
    Option<i32>,
    Option<String>,
    Option<f64>,
    Option<String>,
);

/// The rows of [`CSV`].
fn expected() -> Vec<Seen> {
    let row = |id: &str, day, unit: Option<&str>, score, comment: Option<&str>| {
        (
            id.to_owned(),
            Some(day),
            unit.map(str::to_owned),
            Some(score),
            comment.map(str::to_owned),
        )
    };
    vec![
        row(
            "a1",
            20_484,
            Some("Café"),
            8.0,
            Some("She said \"wait\",\nthen left"),
        ),
        row("a2", 20_485, Some("North"), 4.0, Some("Too slow – again")),
        row("a3", 20_486, None, 10.0, None),
    ]
}

fn check(name: &str, bytes: &[u8], format: &str) {
    let done = signals(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    let rows: Vec<_> = done
        .rows()
        .into_iter()
        .map(
            |Row {
                 id,
                 day,
                 unit,
                 score,
                 comment,
                 ..
             }| (id, day, unit, score, comment),
        )
        .collect();
    assert_eq!(rows, expected(), "{name}");
    assert_eq!(done.report.files[0].format, format, "{name}");
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    let mark = mark.then_some(0xfeff);
    mark.into_iter()
        .chain(units)
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn delimiters_are_told_whatever_the_ending_says() {
    check("a.csv", CSV.as_bytes(), "csv (comma, utf-8)");
    let with = |delimiter: &str| {
        // The one comma inside quotes stays.
        CSV.replace(',', delimiter)
            .replace(&format!("\"\"{delimiter}\n"), "\"\",\n")
    };
    check("a.csv", with(";").as_bytes(), "csv (semicolon, utf-8)");
    check("a.csv", with("\t").as_bytes(), "tsv (utf-8)");
    check("a.tsv", with("|").as_bytes(), "csv (bar, utf-8)");
    check("a.txt", with("\t").as_bytes(), "tsv (utf-8)");
    check(
        "a.csv",
        format!("sep=;\n{}", with(";")).as_bytes(),
        "csv (semicolon, utf-8)",
    );
}

#[test]
fn encodings_are_told_by_mark_or_pattern() {
    check(
        "a.csv",
        format!("\u{feff}{CSV}").as_bytes(),
        "csv (comma, utf-8)",
    );
    check("a.csv", &utf16(CSV, false, true), "csv (comma, utf-16)");
    check("a.csv", &utf16(CSV, true, true), "csv (comma, utf-16)");
    check("a.csv", &utf16(CSV, false, false), "csv (comma, utf-16)");
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(CSV);
    check("a.csv", &windows, "csv (comma, windows-1252)");
}

#[test]
fn windows_1252_is_found_out_past_the_sample() {
    // The first letters beyond ASCII come after the megabyte that is looked at first.
    let mut text = String::from("id,at,unit,score,comment\n");
    for n in 0..40_000 {
        text.push_str(&format!(
            "b{n},2026-01-01,North,5,plain words that only fill the file\n"
        ));
    }
    text.push_str("a1,2026-01-01,Caf\u{e9},5,tr\u{e8}s bien\n");
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
    let done = signals("a.csv", &bytes).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.report.files[0].format, "csv (comma, windows-1252)");
    assert_eq!(
        done.rows()
            .last()
            .and_then(|row| row.unit.clone())
            .as_deref(),
        Some("Café")
    );
    assert_eq!(done.rows().len(), 40_001);
}

#[test]
fn line_ends_of_every_system_are_read() {
    let windows = CSV
        .replace('\n', "\r\n")
        .replace("\"\",\r\nthen", "\"\",\nthen");
    check("a.csv", windows.as_bytes(), "csv (comma, utf-8)");
    check("a.csv", CSV.trim_end().as_bytes(), "csv (comma, utf-8)");
    let old_mac = "id,score\ra1,5\ra2,4\r";
    assert_eq!(
        signals("a.csv", old_mac.as_bytes())
            .map(|done| done.scores())
            .ok(),
        Some(vec![Some(5.0), Some(4.0)])
    );
}

#[test]
fn packed_files_are_unpacked() {
    check(
        "a.csv.gz",
        &gzip(CSV.as_bytes()),
        "csv (comma, utf-8, gzip)",
    );
    check(
        "a.csv",
        &zstd::encode_all(CSV.as_bytes(), 3).unwrap(),
        "csv (comma, utf-8, zstd)",
    );
    check(
        "a.zip",
        &zipped(&[("in/a.csv", CSV.as_bytes())]),
        "csv (comma, utf-8, zip)",
    );
    let two = zipped(&[("a.csv", CSV.as_bytes()), ("b.csv", CSV.as_bytes())]);
    says(&complaint(signals("a.zip", &two)), &["2 files", "a.csv"]);
    let cut = gzip(CSV.as_bytes());
    says(
        &complaint(signals("a.csv.gz", &cut[..cut.len() / 2])),
        &["a.csv.gz", "cut short"],
    );
}

#[test]
fn json_lines_and_lists_are_read() {
    let lines = "{\"id\":\"a1\",\"at\":\"2026-01-31T10:00:00Z\",\"unit\":\"Café\",\"score\":8,\"comment\":\"She said \\\"wait\\\",\\nthen left\"}\n\
        {\"id\":\"a2\",\"at\":\"2026-02-01\",\"unit\":\"North\",\"score\":4.0,\"comment\":\"Too slow – again\",\"deep\":{\"x\":1},\"list\":[1]}\n\
        \n{\"id\":\"a3\",\"at\":\"2026-02-02\",\"unit\":null,\"score\":\"10\"}\n";
    check("a.jsonl", lines.as_bytes(), "json lines (utf-8)");
    check(
        "a.jsonl.gz",
        &gzip(lines.as_bytes()),
        "json lines (utf-8, gzip)",
    );
    let list = format!(
        "[\n{}]",
        lines
            .trim()
            .replace("\n\n", "\n")
            .replace("}\n{", "},\n  {")
    );
    check("a.json", list.as_bytes(), "json list (utf-8)");
}

#[test]
fn json_keys_that_come_late_are_found() {
    let mut lines = String::new();
    for n in 0..30_000 {
        lines.push_str(&format!("{{\"id\":\"b{n}\",\"score\":5,\"filler\":\"words that only fill the first megabyte\"}}\n"));
    }
    lines.push_str("{\"id\":\"z1\",\"score\":4,\"comment\":\"late words\"}\n");
    let done = signals("a.jsonl", lines.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        done.comments().last().map(String::as_str),
        Some("late words")
    );
}

#[test]
fn sheets_are_read_with_their_dates() {
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .set_name("Notes")
        .unwrap()
        .write(0, 0, "made by hand")
        .unwrap();
    let sheet = workbook.add_worksheet().set_name("Signals").unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (column, name) in ["id", "at", "unit", "score", "comment"].iter().enumerate() {
        sheet.write(0, column as u16, *name).unwrap();
    }
    let rows = expected();
    for (row, (id, _, unit, score, comment)) in rows.iter().enumerate() {
        let line = row as u32 + 1;
        sheet.write(line, 0, id).unwrap();
        match row {
            0 => sheet
                .write_with_format(
                    line,
                    1,
                    ExcelDateTime::parse_from_str("2026-01-31").unwrap(),
                    &date,
                )
                .unwrap(),
            // A serial day without a date's format, and a text.
            1 => sheet.write(line, 1, 46_054.0).unwrap(),
            _ => sheet.write(line, 1, "2026-02-02").unwrap(),
        };
        sheet.write(line, 2, unit.as_deref().unwrap_or("")).unwrap();
        sheet.write(line, 3, score.unwrap_or(0.0)).unwrap();
        sheet
            .write(line, 4, comment.as_deref().unwrap_or(""))
            .unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    check("a.xlsx", &bytes, "xlsx sheet Signals");
    check("a.csv", &bytes, "xlsx sheet Signals");
}

#[test]
fn parquet_is_read() {
    let rows = expected();
    let texts = |values: Vec<Option<String>>| Arc::new(StringArray::from(values)) as _;
    let batch = RecordBatch::try_from_iter([
        (
            "id",
            texts(rows.iter().map(|row| Some(row.0.clone())).collect()),
        ),
        (
            "at",
            Arc::new(Date32Array::from(
                rows.iter().map(|row| row.1).collect::<Vec<_>>(),
            )) as _,
        ),
        (
            "unit",
            texts(rows.iter().map(|row| row.2.clone()).collect()),
        ),
        (
            "score",
            Arc::new(Float64Array::from(
                rows.iter().map(|row| row.3).collect::<Vec<_>>(),
            )) as _,
        ),
        (
            "comment",
            texts(rows.iter().map(|row| row.4.clone()).collect()),
        ),
    ])
    .unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    check("a.parquet", &bytes, "parquet");
    check("a.parquet.gz", &gzip(&bytes), "parquet");
}

#[test]
fn remarks_are_taken_a_line_each() {
    let text =
        "- The queue is too long\n\n• Nobody told us why, and we waited\nthe queue is too long\n";
    let done = signals("group.txt", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        done.comments(),
        [
            "The queue is too long",
            "Nobody told us why, and we waited",
            "the queue is too long"
        ]
    );
    let again =
        signals("other name.txt", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let ids = |rows: Vec<Row>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(done.rows()), ids(again.rows()));
    assert_eq!(done.rows()[0].source, "group");
}

#[test]
fn a_column_of_words_is_enough() {
    let check = |name: &str, text: &str| {
        let done = signals(name, text.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            done.comments(),
            ["I waited, and waited", "all good"],
            "{name}"
        );
    };
    check(
        "bank.csv",
        "text,category\n\"I waited, and waited\",slow\nall good,none\n",
    );
    check("one.csv", "text\n\"I waited, and waited\"\nall good\n");
    check("one.csv", "Comments\nI waited, and waited\nall good\n");
    check("one.txt", "text\nI waited, and waited\nall good\n");
}

#[test]
fn many_files_are_one_table() {
    let files: [Given<'_>; 2] = [
        (Table::Signals, "web.csv", b"id,score\nw1,5\n"),
        (Table::Signals, "shop.csv", b"score;id\n3;s1\n"),
    ];
    let done =
        importing(&files, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    let sources: Vec<_> = done
        .rows()
        .into_iter()
        .map(|row| (row.source, row.id))
        .collect();
    assert_eq!(
        sources,
        [
            ("web".to_owned(), "w1".to_owned()),
            ("shop".to_owned(), "s1".to_owned())
        ]
    );
    assert_eq!(
        done.report
            .sources
            .iter()
            .map(|source| source.source.as_str())
            .collect::<Vec<_>>(),
        ["shop", "web"]
    );
}

/// A workbook of sheets with texts: name and rows.
fn workbook(sheets: &[(&str, Vec<[String; 3]>)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (at, row) in rows.iter().enumerate() {
            for (column, cell) in row.iter().enumerate() {
                sheet.write_string(at as u32, column as u16, cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn sheets_that_are_no_periods_are_not_pooled() {
    let rows = |score: &str| {
        let header = ["Date", "Score", "Team"].map(str::to_owned);
        let row = ["2026-01-03", score, "West"].map(str::to_owned);
        vec![header, row.clone(), row]
    };
    let read = |names: &[&str]| {
        let sheets: Vec<_> = names
            .iter()
            .zip(["4", "5", "3"])
            .map(|(name, score)| (*name, rows(score)))
            .collect();
        let done = signals("a.xlsx", &workbook(&sheets)).unwrap_or_else(|error| panic!("{error}"));
        let scores: Vec<f64> = done.scores().into_iter().flatten().collect();
        (scores, done.report.notes.join("\n"))
    };
    let (scores, notes) = read(&["NPS", "CSAT"]);
    assert_eq!(scores, [4.0, 4.0]);
    says(
        &notes,
        &["2 sheets; `NPS` was read; `CSAT` has the same columns and was not read"],
    );
    let (scores, notes) = read(&["All", "Jan", "Feb"]);
    assert_eq!(scores, [4.0, 4.0]);
    says(
        &notes,
        &["`All` was read; `Jan`, `Feb` have the same columns and were not read"],
    );
    let (scores, notes) = read(&["Jan", "Feb", "All"]);
    assert_eq!(scores, [4.0, 4.0, 5.0, 5.0]);
    says(
        &notes,
        &["`Jan`, `Feb` have the same", "`All` has the same"],
    );
    // A year may hold its quarters' rows.
    assert_eq!(read(&["2026", "Q1", "Q2"]).0, [4.0, 4.0]);
}

#[test]
fn points_in_a_sheets_amounts_are_decimal_signs() {
    let rows = vec![
        ["Date", "Score", "Revenue"].map(str::to_owned),
        ["2026-01-03", "4", "1.234"].map(str::to_owned),
        ["2026-01-04", "5", "€2.500"].map(str::to_owned),
    ];
    let done =
        signals("a.xlsx", &workbook(&[("Jan", rows)])).unwrap_or_else(|error| panic!("{error}"));
    let values: Vec<f64> = done.rows().iter().filter_map(|row| row.value).collect();
    assert_eq!(values, [1.234, 2.5]);
}

#[test]
fn sheets_with_the_same_columns_are_read_together() {
    let mut sheets = Vec::new();
    for (name, header, cells) in [
        ("About", ["What", "Who", "When"], ["a survey", "us", "2026"]),
        (
            "Jan",
            ["Date", "Score", "Comment"],
            ["2026-01-03", "4", "slow"],
        ),
        ("Feb", ["Date", "Score", "Comment"], ["soon", "5", "kind"]),
        (
            "Mar",
            ["Date", "Score", "Comment"],
            ["2026-03-03", "3", "dear"],
        ),
    ] {
        sheets.push((
            name,
            vec![header.map(str::to_owned), cells.map(str::to_owned)],
        ));
    }
    let bytes = workbook(&sheets);
    let options = ImportOptions {
        allow_rejects: true,
        ..ImportOptions::default()
    };
    let done = importing(&[(Table::Signals, "year.xlsx", &bytes)], &options)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.scores(), [Some(4.0), Some(3.0)]);
    assert!(done.rows().iter().all(|row| row.source == "year"));
    let said = "4 sheets; `Jan`, `Feb`, `Mar` have the same columns and were read together";
    let notes = done.report.notes.join("\n");
    assert_eq!(notes.matches(said).count(), 1, "{notes}");
    says(&done.rejects(), &["\"year.xlsx, sheet Feb\",2,Date,soon"]);
}
