//! What the program says to a person: on stderr, short, with a hint when something failed.

use throughline_domain::import::ImportReport;

/// Says what went wrong.
pub fn failure(error: &anyhow::Error) {
    eprintln!("error: {error}");
}

/// Says what was read: which columns were taken, what was left out, what was refused.
pub fn import(report: &ImportReport) {
    for file in &report.files {
        let preset = file
            .preset
            .as_ref()
            .map(|name| format!(", read as {name}"))
            .unwrap_or_default();
        eprintln!(
            "{}: {} ({}{preset}): {}",
            file.table.name(),
            file.file,
            file.format,
            kept(file.rows_kept, file.rows_read),
        );
        let columns: Vec<String> = file
            .columns
            .iter()
            .filter(|taken| taken.by != "name")
            .map(|taken| format!("{} <- `{}`", taken.field, taken.column))
            .collect();
        if !columns.is_empty() {
            eprintln!("  {}", columns.join(", "));
        }
        for (rule, rows) in &file.rows_left_out {
            eprintln!("  {} left out: {rule}", grouped(*rows));
        }
        if file.rows_duplicate > 0 {
            eprintln!(
                "  {} equal to an earlier row, counted once",
                grouped(file.rows_duplicate)
            );
        }
        if file.rows_rejected > 0 {
            eprintln!("  {} refused, see rejects.csv", grouped(file.rows_rejected));
        }
    }
    if !report.unmatched_units.is_empty() {
        eprintln!(
            "{} unit names matched nothing, see units.todo.csv",
            grouped(report.unmatched_names() as u64)
        );
    }
    for note in &report.notes {
        eprintln!("note: {note}");
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
