//! Checks of single values and of whole columns: dates, numbers, scales, names, repeated rows.

pub(crate) mod amount;
pub(crate) mod date;
pub(crate) mod letters;
pub(crate) mod repeats;
pub(crate) mod scale;
pub(crate) mod score;
pub(crate) mod staff;
pub(crate) mod steps;
pub mod unit_names;
pub(crate) mod verdicts;

/// Whether a cell says that there is no value. Not for people's words: "none" can be an answer.
#[inline]
pub(crate) fn is_missing(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let may_be =
        text.len() <= 16 && matches!(text.as_bytes()[0], b'n' | b'N' | b'#' | b'-' | b'.' | b'(');
    if !may_be {
        return false;
    }
    is_missing_mark(text)
}

fn is_missing_mark(text: &str) -> bool {
    const MARKS: [&str; 14] = [
        "na",
        "n/a",
        "n.a.",
        "null",
        "none",
        "nan",
        "nil",
        "#n/a",
        "#null!",
        "-",
        "--",
        ".",
        "not applicable",
        "(blank)",
    ];
    MARKS.iter().any(|mark| text.eq_ignore_ascii_case(mark))
}

/// Whether a cell is the label of a row that sums up the others.
pub(crate) fn is_total(text: &str) -> bool {
    const LABELS: [&str; 15] = [
        "total",
        "totals",
        "grand total",
        "subtotal",
        "sub-total",
        "sum",
        "average",
        "averages",
        "avg",
        "mean",
        "median",
        "gesamt",
        "summe",
        "durchschnitt",
        "moyenne",
    ];
    let bare = text.trim_end_matches([':', '.', '*']);
    bare.len() <= 12 && LABELS.iter().any(|label| bare.eq_ignore_ascii_case(label))
}

/// Whether a comment's cell says that there is none: what programs write, not what people do.
#[inline]
pub(crate) fn is_no_comment(text: &str) -> bool {
    text.is_empty()
        || matches!(text, "NA" | "NULL" | "#N/A" | "NaN" | "nan" | "null" | "<NA>" if text.len() <= 4)
}
