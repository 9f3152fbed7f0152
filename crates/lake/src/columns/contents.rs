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

/// Words of a cell that start small.
fn small_words(cell: &str) -> usize {
    let words = cell.split_whitespace();
    words
        .filter(|word| word.starts_with(char::is_lowercase))
        .count()
}

/// Whether a cell is a sentence: addresses, names and titles have more capitals.
fn is_sentence(cell: &str) -> bool {
    const SMALL_WORDS: usize = 3;
    small_words(cell) >= SMALL_WORDS && !cell.contains("://")
}

/// Whether a sentence is long or ends as one, and is no firm's name in small letters.
fn is_whole_sentence(cell: &str) -> bool {
    const MANY_WORDS: usize = 6;
    const SHORTENED: [&str; 8] = ["ltd", "inc", "co", "corp", "llc", "plc", "bros", "gmbh"];
    let ends = match cell.trim_end().strip_suffix('.') {
        Some(rest) => {
            let last = rest.rsplit([' ', '.']).next().unwrap_or_default();
            !SHORTENED.contains(&last.to_lowercase().as_str())
        }
        None => cell.trim_end().ends_with(['!', '?']),
    };
    is_sentence(cell) && (ends || small_words(cell) >= MANY_WORDS)
}

/// Columns whose cells are mostly sentences, each its own: what somebody wrote. Answers to be chosen from repeat.
pub(super) fn of_sentences(columns: usize, sample: &[Record]) -> Vec<usize> {
    let are_sentences = |column: &usize| {
        filled(sample, *column).is_some_and(|filled| {
            let sentences = filled.iter().filter(|cell| is_sentence(cell)).count();
            let mut different = filled.clone();
            different.sort_unstable();
            different.dedup();
            sentences * 2 >= filled.len() && different.len() * 2 >= filled.len()
        })
    };
    (0..columns).filter(are_sentences).collect()
}

/// Columns whose cells are mostly sentences, be it one and the same: no ids by which rows are told apart.
pub(super) fn of_wording(columns: usize, sample: &[Record]) -> Vec<usize> {
    mostly(columns, sample, is_sentence)
}

/// Columns whose cells are mostly sentences that are no names either, as `acme building supplies ltd` is.
pub(super) fn of_whole_sentences(columns: usize, sample: &[Record]) -> Vec<usize> {
    mostly(columns, sample, is_whole_sentence)
}

/// Columns of which most filled cells are such.
fn mostly(columns: usize, sample: &[Record], is: fn(&str) -> bool) -> Vec<usize> {
    let are = |column: &usize| {
        let filled = cells(sample, *column).filter(|cell| !cell.trim().is_empty());
        let (all, such) = filled.fold((0, 0), |(all, such), cell| {
            (all + 1, such + usize::from(is(cell)))
        });
        all > 0 && such * 2 >= all
    };
    (0..columns).filter(are).collect()
}

/// The first id of a column that a spreadsheet has shortened to `1.23457E+11`, and its line.
pub(super) fn cut_id(sample: &[Record], column: usize) -> Option<(u64, &str)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_cut = |cell: &str| {
        let (number, power) = cell.split_once("E+").or_else(|| cell.split_once("e+"))?;
        let (ones, decimals) = number.split_once(['.', ',']).unwrap_or((number, "0"));
        (ones.len() == 1 && digits(ones) && digits(decimals) && digits(power)).then_some(())
    };
    let mut cells = sample
        .iter()
        .filter_map(|record| Some((record.line, record.cells.get(column)?.trim())));
    cells.find(|(_, cell)| is_cut(cell).is_some())
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
        let six = |text: &dyn Fn(usize) -> String| -> Vec<String> { (1..=6).map(text).collect() };
        let addresses = six(&|at| format!("{at} High Street, Flat {at}, Leeds LS1 4AB"));
        let links = six(&|at| format!("https://a.example/{at} what is this page about"));
        let choice = six(&|_| "It was about what I had expected".to_owned());
        let few = said[..4].iter().map(|&text| text.to_owned()).collect();
        for none in [addresses, links, choice, few] {
            let cells: Vec<&str> = none.iter().map(String::as_str).collect();
            assert!(of_sentences(1, &column(&cells)).is_empty(), "{cells:?}");
        }
    }

    #[test]
    fn firms_in_small_letters_are_no_whole_sentences() {
        for name in [
            "acme building supplies ltd",
            "acme building supplies ltd.",
            "miller and sons joinery co.",
        ] {
            let one = column(&[name]);
            assert_eq!(of_wording(1, &one), [0], "{name}");
            assert!(of_whole_sentences(1, &one).is_empty(), "{name}");
        }
        for said in [
            "nobody came on the day.",
            "where is my refund?",
            "the app logs me out every time",
        ] {
            assert_eq!(of_whole_sentences(1, &column(&[said])), [0], "{said}");
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
