//! What columns hold, told from their cells in the sample.

use super::contract::fields;
use super::plain_name;
use super::questions::question_of;
use crate::read::sniff::Record;
use throughline_domain::facts::Table;

/// Filled cells from which a column's cells say what it holds.
const CELLS: usize = 5;

/// The cells of a column in the sample.
pub(super) fn cells(sample: &[Record], column: usize) -> impl Iterator<Item = &str> {
    let cells = sample
        .iter()
        .filter_map(move |record| record.cells.get(column));
    cells.map(String::as_str)
}

/// The filled cells of a column, if there are enough.
fn filled(sample: &[Record], column: usize) -> Option<Vec<&str>> {
    let filled: Vec<&str> = cells(sample, column)
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    (filled.len() >= CELLS).then_some(filled)
}

/// Columns whose cells are nearly all numbers.
pub(super) fn of_numbers(columns: usize, sample: &[Record]) -> Vec<usize> {
    let is_number = |cell: &&&str| cell.replace(',', ".").parse::<f64>().is_ok();
    let are_numbers = |column: &usize| {
        filled(sample, *column).is_some_and(|filled| {
            let numbers = filled.iter().filter(is_number).count();
            numbers * 10 >= filled.len() * 9
        })
    };
    (0..columns).filter(are_numbers).collect()
}

/// Columns whose cells are mostly sentences, each its own: what somebody wrote. Addresses and titles have more
/// capitals, answers to be chosen from repeat.
pub(super) fn of_sentences(columns: usize, sample: &[Record]) -> Vec<usize> {
    const SMALL_WORDS: usize = 3;
    let is_sentence = |cell: &&&str| {
        let small = cell
            .split_whitespace()
            .filter(|word| word.starts_with(char::is_lowercase));
        small.count() >= SMALL_WORDS && !cell.contains("://")
    };
    let are_sentences = |column: &usize| {
        filled(sample, *column).is_some_and(|filled| {
            let sentences = filled.iter().filter(is_sentence).count();
            let mut different = filled.clone();
            different.sort_unstable();
            different.dedup();
            sentences * 2 >= filled.len() && different.len() * 2 >= filled.len()
        })
    };
    (0..columns).filter(are_sentences).collect()
}

/// Whether a file has the columns of employees' answers, and their questions.
pub(super) fn are_answers(columns: &[String], sample: &[Record]) -> bool {
    let place = |name: &str| {
        let field = fields(Table::Voice)
            .iter()
            .find(|field| field.name == name)?;
        columns.iter().position(|column| {
            let plain = plain_name(column);
            let own = plain.strip_prefix("your").unwrap_or(&plain);
            field.answers_to(own)
        })
    };
    let staff = place("respondent").or(place("role"));
    let (Some(question), Some(_)) = (place("question"), staff) else {
        return false;
    };
    let mut asked = cells(sample, question)
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .peekable();
    asked.peek().is_some() && asked.all(|cell| question_of(cell).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Vec<Record> {
        let record = |cell: &&str| Record {
            cells: vec![(*cell).to_owned()],
            ..Record::default()
        };
        cells.iter().map(record).collect()
    }

    #[test]
    fn sentences_are_told_from_addresses_choices_and_links() {
        let said = [
            "Nobody came on the day",
            "still waiting for my refund",
            "",
            "Fine",
            "ok",
            "the app logs me out every time",
        ];
        assert_eq!(of_sentences(1, &column(&said)), [0]);
        let addresses = ["12 High Street, Leeds LS1 4AB"; 6];
        let choice = ["It was about what I had expected"; 6];
        let links = ["https://a.example/what is this page about"; 6];
        for none in [&addresses[..], &choice, &links, &said[..4]] {
            assert!(of_sentences(1, &column(none)).is_empty(), "{none:?}");
        }
    }

    #[test]
    fn numbers_are_told_with_commas_and_points() {
        let mixed = ["1", "2,5", "3.5", "4", "five"];
        assert!(of_numbers(1, &column(&mixed)).is_empty());
        assert_eq!(of_numbers(1, &column(&mixed[..4])), [] as [usize; 0]);
        let numbers = ["1", "2,5", "3.5", "4", "5", ""];
        assert_eq!(of_numbers(1, &column(&numbers)), [0]);
    }
}
