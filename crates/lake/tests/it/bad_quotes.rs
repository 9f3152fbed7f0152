//! Quotes that open, close or stand where they shouldn't.

use super::{complaint, says, signals};

#[test]
fn a_quote_that_is_never_closed() {
    let mut text = String::from("id,comment\na1,fine\na2,\"slow\n");
    for n in 0..1000 {
        text.push_str(&format!("b{n},fine\n"));
    }
    says(
        &complaint(signals("a.csv", text.as_bytes())),
        &["a.csv", "row 3", "never closed"],
    );
    let rest = "x".repeat(20_000_000);
    says(
        &complaint(signals("a.csv", format!("{text}{rest}").as_bytes())),
        &["row 3", "longer than 16 MiB", "quote"],
    );
}

#[test]
fn a_quote_that_closes_in_another_row() {
    let mut text = String::from("id,comment\n");
    for n in 1..=400 {
        match n {
            50 => text.push_str("b50,\"never closed\n"),
            60 => text.push_str("b60,\"closed here\"\n"),
            n => text.push_str(&format!("b{n},the parcel came late {n}\n")),
        }
    }
    // Eleven of 400 rows: within 5%, and none is lost unsaid.
    let done = signals("a.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((done.rows().len(), done.lake.rejects().1), (389, 11));
    says(
        &done.rejects(),
        &["a.csv,51,", "a.csv,61,", "closes only in row 61"],
    );
    // A comment of several lines is none.
    let text = "id,comment\na1,\"two\nlines\"\na2,\"and \"\"more\"\"\nof them\"\n";
    let done = signals("a.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.rows().len(), 2);
}

#[test]
fn quotes_inside_plain_cells_belong_to_the_text() {
    let text = "id,comment\na1,a 5\" pipe\na2,\"x\" and \"y\"\na3,say \"\"hm\"\"\n";
    let done = signals("a.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        done.comments(),
        ["a 5\" pipe", "x and \"y\"", "say \"\"hm\"\""]
    );
}

#[test]
fn quotes_escaped_by_backslashes_are_found_out() {
    let text = "id,score,comment\na1,5,\"say \\\"hm\\\", she said\"\na2,4,\"ends with a backslash \\\\\"\na3,3,fine\n";
    let done = signals("a.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        done.comments(),
        ["say \"hm\", she said", "ends with a backslash \\", "fine"]
    );
    // Where quotes are doubled, a backslash is a letter.
    let text = "id,comment\na1,\"in C:\\\"\na2,\"a \"\"b\"\", c\"\n";
    let done = signals("a.csv", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.comments(), ["in C:\\", "a \"b\", c"]);
}
