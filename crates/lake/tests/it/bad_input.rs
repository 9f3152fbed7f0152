//! Bad input: every case says what, where, why and what to do; none panics; nothing is left behind
//! (that is checked by `importing` itself).

use super::{complaint, importing, says, signals};
use std::io::Write;
use throughline_domain::facts::Table;
use throughline_lake::ImportOptions;

fn allowing() -> ImportOptions {
    ImportOptions {
        allow_rejects: true,
        ..ImportOptions::default()
    }
}

#[test]
fn an_empty_file() {
    says(&complaint(signals("a.csv", b"")), &["a.csv", "empty"]);
    says(
        &complaint(signals("a.csv", b"\n\n  \n")),
        &["a.csv", "empty"],
    );
    says(
        &complaint(signals("a.csv", b"\xef\xbb\xbf")),
        &["a.csv", "empty"],
    );
}

#[test]
fn a_header_only() {
    says(
        &complaint(signals("a.csv", b"id,score,comment\n")),
        &["a.csv", "a header, but no rows"],
    );
    let voice = importing(
        &[(Table::Voice, "v.csv", b"id,idea\n")],
        &ImportOptions::default(),
    );
    says(&complaint(voice), &["v.csv", "a header, but no rows"]);
}

#[test]
fn a_wrong_delimiter() {
    says(
        &complaint(signals("a.csv", b"id^score\na1^5\n")),
        &["a.csv", "one column", "`id^score`"],
    );
}

#[test]
fn ragged_rows() {
    let text =
        "id,score,comment\na1,5,fine\na2,4\na3,3,slow, and rude\na4,2,ok,,\n\n,,\na5,1,bad\n";
    let message = complaint(signals("a.csv", text.as_bytes()));
    says(
        &message,
        &[
            "2 of 5 rows were refused",
            "another number of cells than the header (3)",
            "row 3",
            "--allow-rejects",
        ],
    );
    let done = importing(&[(Table::Signals, "a.csv", text.as_bytes())], &allowing())
        .unwrap_or_else(|error| panic!("{error}"));
    // Empty cells past the last column do no harm; blank rows don't count.
    assert_eq!(done.comments(), ["fine", "ok", "bad"]);
    says(&done.rejects(), &["a.csv,3,,2 cells,", "a.csv,4,,4 cells,"]);
    assert_eq!(done.report.files[0].rows_read, 5);
}

#[test]
fn a_line_of_100_megabytes() {
    let mut text = b"id,score,comment\na1,5,fine\na2,4,".to_vec();
    text.resize(100_000_000, b'x');
    says(
        &complaint(signals("a.csv", &text)),
        &["a.csv", "row 3", "longer than 16 MiB"],
    );
    let mut object = b"{\"id\":1,\"score\":5}\n{\"id\":2,\"comment\":\"".to_vec();
    object.resize(100_000_000, b'x');
    says(
        &complaint(signals("a.jsonl", &object)),
        &["a.jsonl", "row 2", "longer than 16 MiB"],
    );
}

#[test]
fn nul_bytes() {
    let mut text = String::from("id,score,comment\n");
    for n in 0..50 {
        text.push_str(&format!("a{n},5,fine\n"));
    }
    text.push_str("x,4,sl\0ow\n");
    let done = signals("a.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.rows().len(), 50);
    says(
        &done.rejects(),
        &["a.csv,52,comment,sl?ow,the cell has a NUL byte"],
    );
    says(
        &complaint(signals("a.csv", &[0; 5000])),
        &["a.csv", "binary"],
    );
}

#[test]
fn broken_utf_8() {
    // Among letters that are valid UTF-8 a broken one is a fault of its row.
    let mut text = "id,score,comment\n".as_bytes().to_vec();
    for n in 0..50 {
        text.extend_from_slice(format!("a{n},5,très bien\n").as_bytes());
    }
    text.extend_from_slice(b"x,4,caf\xe9 \xc3\n");
    let done = signals("a.csv", &text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.rows().len(), 50);
    says(
        &done.rejects(),
        &["a.csv,52,comment,caf? ?,the cell has bytes that are no valid UTF-8"],
    );
    // Bytes that mean nothing in Windows-1252 don't make it that.
    let odd = b"id,score,comment\na1,5,fine\na2,4,sl\x81ow\n";
    let done = importing(&[(Table::Signals, "a.csv", odd)], &allowing())
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.comments(), ["fine"]);
    let lines = b"{\"id\":\"1\",\"comment\":\"fine\"}\n{\"id\":\"2\",\"comment\":\"\x81\"}\n{\"id\":\n[1]\n";
    let done = importing(&[(Table::Signals, "a.jsonl", lines)], &allowing())
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.report.files[0].rows_rejected, 3);
}

/// A workbook whose one sheet is `bytes` of spaces when inflated; `declared` overwrites the size it
/// declares, in both of its headers.
fn bomb(bytes: u64, declared: Option<u32>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let parts: [(&str, &str); 3] = [
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
    ];
    for (name, text) in parts {
        writer.start_file(name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer
        .start_file("xl/worksheets/sheet1.xml", options)
        .unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..bytes >> 20 {
        writer.write_all(&block).unwrap();
    }
    let mut made = writer.finish().unwrap().into_inner();
    if let Some(declared) = declared {
        let honest = (bytes as u32).to_le_bytes();
        let places: Vec<usize> = made
            .windows(4)
            .enumerate()
            .filter(|(_, window)| *window == honest)
            .map(|(at, _)| at)
            .collect();
        assert!(!places.is_empty());
        for at in places {
            made[at..at + 4].copy_from_slice(&declared.to_le_bytes());
        }
    }
    made
}

#[test]
fn a_zip_bomb() {
    says(
        &complaint(signals("a.xlsx", &bomb(64 << 20, None))),
        &["a.xlsx", "inflates"],
    );
    // One that lies about its size.
    says(
        &complaint(signals("a.xlsx", &bomb(64 << 20, Some(1000)))),
        &["a.xlsx"],
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(b"id,comment\na1,").unwrap();
    let block = vec![b'x'; 1 << 20];
    for _ in 0..100 {
        packed.write_all(&block).unwrap();
    }
    says(
        &complaint(signals("a.csv.gz", &packed.finish().unwrap())),
        &["a.csv.gz", "row 2", "16 MiB"],
    );
}

#[test]
fn a_sheet_that_claims_to_be_huge() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, (id, comment)) in [("id", "comment"), ("a1", "fine")].iter().enumerate() {
        sheet.write(row as u32, 0, *id).unwrap();
        sheet.write(row as u32, 1, *comment).unwrap();
    }
    // The last cell of the largest sheet there can be.
    sheet.write(1_048_575, 16_383, "x").unwrap();
    let done = signals("a.xlsx", &workbook.save_to_buffer().unwrap())
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.comments(), ["fine"]);
}

#[test]
fn parquet_cut_short() {
    use arrow::array::{ArrayRef, Int64Array, RecordBatch};
    let scores: ArrayRef = std::sync::Arc::new((0..10_000).collect::<Int64Array>());
    let batch = RecordBatch::try_from_iter([("score", scores)]).unwrap();
    let mut bytes = Vec::new();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    says(
        &complaint(signals("a.parquet", &bytes[..bytes.len() / 2])),
        &["a.parquet", "cut short"],
    );
    // Whole at the end, broken in the middle.
    let mut broken = bytes.clone();
    for byte in &mut broken[8..2000] {
        *byte ^= 0x5a;
    }
    says(&complaint(signals("a.parquet", &broken)), &["a.parquet"]);
}

#[test]
fn files_that_are_no_tables() {
    says(
        &complaint(signals("a.csv", b"%PDF-1.7 and so on")),
        &["a PDF"],
    );
    says(
        &complaint(signals("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
        &["old Excel workbook"],
    );
    says(
        &complaint(signals("a.xlsx", b"PK\x03\x04 and nothing")),
        &["a.xlsx", "can't be unpacked"],
    );
    says(
        &complaint(signals("a.json", b"{\n \"id\": 1,\n \"score\": 5\n}\n")),
        &["one JSON object spread over lines"],
    );
}

#[test]
fn unknown_columns() {
    says(
        &complaint(signals("a.csv", b"colour,size\nred,4\n")),
        &["a.csv", "`score`", "`colour`, `size`"],
    );
}

#[test]
fn all_scores_equal() {
    let text: String = (0..500).map(|n| format!("a{n},5\n")).collect();
    let done = signals("a.csv", format!("id,score\n{text}").as_bytes())
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        done.report.sources[0]
            .scale
            .map(|scale| (scale.low, scale.high)),
        Some((1.0, 5.0))
    );
    assert!(
        done.report
            .notes
            .iter()
            .any(|note| note.contains("all scores of `a` are equal")),
        "{:?}",
        done.report.notes
    );
}

#[test]
fn one_signal() {
    let done = signals("a.csv", b"comment\nslow").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.comments(), ["slow"]);
}

#[test]
fn no_comments() {
    let done = signals("a.csv", b"id,score,comment\na1,5,\na2,4,NA\n")
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(done.rows().iter().all(|row| row.comment.is_none()));
    assert_eq!(
        (
            done.report.sources[0].scores,
            done.report.sources[0].comments
        ),
        (2, 0)
    );
}

#[test]
fn a_comment_of_a_megabyte() {
    let words = "slow and sorry ".repeat(70_000);
    let done = signals(
        "a.csv",
        format!("id,comment\na1,\"{words}\"\na2,fine\n").as_bytes(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        done.comments().iter().map(String::len).collect::<Vec<_>>(),
        [words.trim().len(), 4]
    );
}

#[test]
fn a_hundred_thousand_equal_comments() {
    let text = format!("comment\n{}", "it was fine\n".repeat(100_000));
    let done = signals("a.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    let rows = done.rows();
    let ids: std::collections::BTreeSet<_> = rows.iter().map(|row| &row.id).collect();
    assert_eq!((rows.len(), ids.len()), (100_000, 100_000));
    let long = "it was fine, and so was everything else I saw there";
    let done = signals(
        "a.csv",
        format!("comment\n{}", format!("{long}\n").repeat(100_000)).as_bytes(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (done.rows().len(), done.report.files[0].rows_duplicate),
        (1, 99_999)
    );
}

#[test]
fn too_many_refused_rows_stop() {
    let rows: String = (0..100)
        .map(|n| {
            if n % 10 == 0 {
                format!("a{n},good\n")
            } else {
                format!("a{n},5\n")
            }
        })
        .collect();
    let text = format!("id,score\n{rows}");
    let message = complaint(signals("a.csv", text.as_bytes()));
    says(
        &message,
        &[
            "10 of 100 rows",
            "10 times column `score`: no number",
            "row 2: `good`",
            "--allow-rejects",
        ],
    );
    let done = importing(&[(Table::Signals, "a.csv", text.as_bytes())], &allowing())
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((done.rows().len(), done.lake.rejects().1), (90, 10));
}

#[test]
fn nothing_that_can_be_read() {
    let done = importing(
        &[(Table::Signals, "a.csv", b"id,score\na1,good\n")],
        &allowing(),
    );
    says(&complaint(done), &["no row is left of 1"]);
}

#[test]
fn rejects_run_no_formula() {
    let text: String = (0..100).map(|n| format!("a{n},5\n")).collect();
    let done = signals(
        "a.csv",
        format!("id,score\n{text}x,\"=HYPERLINK(\"\"http://x\"\")\"\n").as_bytes(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    says(&done.rejects(), &["\"'=HYPERLINK(\"\"http://x\"\")\""]);
}

#[test]
fn too_many_sources() {
    let rows: String = (0..1500).map(|n| format!("a{n},source {n},5\n")).collect();
    says(
        &complaint(signals(
            "a.csv",
            format!("id,source,score\n{rows}").as_bytes(),
        )),
        &["column `source`", "1000 different sources"],
    );
}

/// Bytes that are wrong in ways nobody thought of: any outcome but a panic or a fault of ours.
#[test]
fn garbled_files_are_never_our_fault() {
    let csv = b"id,at,unit,score,comment\na1,2026-01-01,North,5,\"fine, \"\"really\"\"\"\na2,2026-01-02,South,4,slow\n".to_vec();
    let json = b"{\"id\":\"a1\",\"score\":5,\"comment\":\"fine\"}\n{\"id\":\"a2\",\"score\":4,\"comment\":\"slow\"}\n".to_vec();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, (score, comment)) in [("score", "comment"), ("5", "fine"), ("4", "slow")]
        .iter()
        .enumerate()
    {
        sheet.write(row as u32, 0, *score).unwrap();
        sheet.write(row as u32, 1, *comment).unwrap();
    }
    let sheet = workbook.save_to_buffer().unwrap();
    let mut state = 7u64;
    let mut next = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for (name, bytes) in [("a.csv", csv), ("a.jsonl", json), ("a.xlsx", sheet)] {
        for _ in 0..60 {
            let mut garbled = bytes.clone();
            for _ in 0..1 + next() % 4 {
                let at = next() % garbled.len();
                match next() % 3 {
                    0 => garbled[at] = next() as u8,
                    1 => garbled.truncate(at.max(1)),
                    _ => garbled.insert(at, b"\"\n,\0\xff"[next() % 5]),
                }
            }
            if let Err(error) = importing(&[(Table::Signals, name, &garbled)], &allowing()) {
                assert!(error.is_users(), "{name}: {error}");
            }
        }
    }
}

#[test]
fn ids_that_a_spreadsheet_has_cut() {
    for field in ["Response ID", "Customer ID", "id"] {
        let text = format!("{field},score\n1.23457E+11,5\n1.23457E+11,4\n");
        let message = complaint(signals("a.csv", text.as_bytes()));
        says(
            &message,
            &[
                "row 2",
                field,
                "Excel has cut these ids",
                "as text and export again",
            ],
        );
        assert!(!message.contains("to `response`"), "{message}");
    }
    // Letters may stand in an id.
    let done = signals("a.csv", b"id,score\n1E11,5\n12E+11,4\n");
    assert!(done.is_ok());
}
