//! An analyst's results for people and machines: a table for the terminal, the model in plain
//! words with its citation, a picture, JSON.
//!
//! One file a command, with a [`Reading`] for its result. Pure: what goes where is the binary's.
//! Only entrusted results are rendered.

mod drivers;
mod effect;
mod experiment;
mod experiment_before;
mod levels;
mod link;
mod mediation;
mod meta;
mod numbers;
mod rank;
mod table;

use serde::Serialize;
use throughline_disclosure::Entrusted;

/// How a result is read by a person. Implemented for each result of `domain::analysis`.
pub trait Reading {
    /// The result as plain text, lines no longer than `width` where words can be broken.
    fn table(&self, width: usize) -> String;

    /// The model in plain words, with its citation and when not to believe it.
    fn explained(&self) -> String;

    /// The picture as an SVG file; nothing if there is nothing to draw.
    fn picture(&self) -> Option<String>;

    /// What to know before believing it.
    fn warnings(&self) -> &[String];
}

/// The result as a table for the terminal, warnings below it.
pub fn table<T: Reading>(result: &Entrusted<T>, width: usize) -> String {
    let width = width.max(table::NARROWEST);
    let mut text = result.table(width);
    for warning in result.warnings() {
        text.push('\n');
        text.push_str(&table::wrapped("note: ", warning, width));
    }
    text
}

/// The model in plain words.
pub fn explained<T: Reading>(result: &Entrusted<T>, width: usize) -> String {
    let width = width.max(table::NARROWEST);
    let paragraphs = result.explained();
    let paragraphs: Vec<String> = paragraphs
        .split("\n\n")
        .map(|paragraph| table::wrapped("", paragraph, width))
        .collect();
    paragraphs.join("\n")
}

/// The picture as an SVG file.
pub fn picture<T: Reading>(result: &Entrusted<T>) -> Option<String> {
    result.picture()
}

/// The result for machines, indented, with a line end at its end. Numbers have all their digits.
pub fn json<T: Serialize>(result: &Entrusted<T>) -> String {
    // Serialising to a string fails only where a map has keys that aren't strings: none has.
    let mut text = serde_json::to_string_pretty(result).unwrap_or_default();
    text.push('\n');
    text
}
