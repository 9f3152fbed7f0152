//! What the program says to a person: on stderr, short, with a hint when something failed.

use throughline_domain::import::ImportReport;

/// Says a line on stderr. Where nobody can read it (a closed pipe, a full disk), what was asked for is done all
/// the same.
macro_rules! tell {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), $($words)*);
    }};
}

/// Writes a line to stdout: it is what was asked for, so that it can't be written is an error.
macro_rules! give {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        writeln!(std::io::stdout(), $($words)*)
    }};
}

/// Somebody's words for a terminal: what would move its cursor or turn its text round becomes a space.
pub fn plain(words: &str) -> String {
    let moves = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    };
    words.replace(moves, " ")
}

/// Says what went wrong.
pub fn failure(error: &anyhow::Error) {
    tell!("error: {error}");
}

/// Says what was read: which columns were taken, what was left out, what was refused.
pub fn import(report: &ImportReport) {
    for file in &report.files {
        let preset = file
            .preset
            .as_ref()
            .map(|name| format!(", read as {name}"))
            .unwrap_or_default();
        tell!(
            "{}: {} ({}{preset}): {}",
            file.table.name(),
            file.file,
            file.format,
            kept(file.rows_kept, file.rows_read),
        );
        let columns: Vec<String> = file
            .columns
            .iter()
            .map(|taken| format!("{} <- `{}`", taken.field, taken.column))
            .collect();
        if !columns.is_empty() {
            tell!("  {}", columns.join(", "));
        }
        if !file.ignored_columns.is_empty() {
            tell!("  not used: {}", some_of(&file.ignored_columns));
        }
        for (rule, rows) in &file.rows_left_out {
            tell!("  {} left out: {rule}", grouped(*rows));
        }
        if file.rows_duplicate > 0 {
            tell!(
                "  {} equal to an earlier row, counted once",
                grouped(file.rows_duplicate)
            );
        }
        if file.rows_rejected > 0 {
            tell!("  {} refused, see rejects.csv", grouped(file.rows_rejected));
        }
    }
    if !report.unmatched_units.is_empty() {
        let names = report.unmatched_names();
        let plural = if names == 1 { "" } else { "s" };
        tell!(
            "{} unit name{plural} matched nothing, see units.todo.csv",
            grouped(names as u64)
        );
    }
    for note in &report.notes {
        tell!("note: {note}");
    }
}

/// Names of columns, the first of many.
fn some_of(columns: &[String]) -> String {
    const SHOWN: usize = 8;
    let names: Vec<String> = (columns.iter().take(SHOWN))
        .map(|name| format!("`{}`", plain(name)))
        .collect();
    match columns.len().saturating_sub(SHOWN) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// How many of a file's rows were kept; one that holds several answers gives more.
fn kept(kept: u64, read: u64) -> String {
    if kept > read {
        format!("{} answers in {} rows", grouped(kept), grouped(read))
    } else {
        format!("{} of {} rows kept", grouped(kept), grouped(read))
    }
}

/// A count with separators between thousands.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn thousands_are_separated() {
        for (count, said) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(super::grouped(count), said);
        }
    }
}
