//! CSV that spreadsheets open: no cell of it runs as a formula.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a line's end (or their
//! full-width sisters) for a formula, whatever quotes stand around it; an apostrophe before it makes
//! it text (OWASP, "CSV Injection"). Numbers stay numbers. Pure; who reads such a file back takes
//! the apostrophe for part of the text.

use std::borrow::Cow;

const RUNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text as a cell that no spreadsheet runs; quotes are the writer's.
pub fn defused(text: &str) -> Cow<'_, str> {
    if text.starts_with(RUNS) && text.parse::<f64>().is_err() {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text as a whole CSV cell: defused, and in quotes where it must be.
pub fn cell(text: &str) -> String {
    let text = defused(text);
    // A semicolon parts cells where a decimal comma is the custom.
    if text.contains(['"', ',', '\n', '\r', ';']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

/// A line of CSV, with its end.
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::{cell, line};

    #[test]
    fn no_cell_runs_as_a_formula() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("-o", "'-o"),
            ("-9", "-9"),
            ("+4.5", "+4.5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1+1", "'＝1+1"),
            ("\t=1", "'\t=1"),
            ("\n=1", "\"'\n=1\""),
            (
                "=HYPERLINK(\"http://a.test\",\"b\")",
                "\"'=HYPERLINK(\"\"http://a.test\"\",\"\"b\"\")\"",
            ),
            ("plain", "plain"),
            ("a;b", "\"a;b\""),
            ("a,\"b\"", "\"a,\"\"b\"\"\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
        assert_eq!(line(["a", "=b", "c,d"]), "a,'=b,\"c,d\"\r\n");
    }
}
