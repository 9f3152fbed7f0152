//! What a reader must know: notes, inputs, method.

use crate::import::ImportReport;
use serde::Serialize;

/// A sentence for the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// The sentence.
    pub text: String,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// Something that can't be told from this data: shown on page one.
    CannotTell,
    /// Something about how to read the figures.
    Reading,
    /// Something about the data.
    Data,
    /// Something withheld to protect people.
    Withheld,
    /// Something about the themes file or the review.
    Analyst,
}

/// What was read and how.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inputs {
    /// What the import did.
    pub import: ImportReport,
    /// How results were got.
    pub method: Method,
}

/// How results were got: enough to get them again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Method {
    /// Version of the program.
    pub version: String,
    /// The seed.
    pub seed: u64,
    /// The source whose responses sizes refer to.
    pub main_source: Option<String>,
    /// Settings that shape the results, with their values.
    pub parameters: Vec<Parameter>,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Parameter {
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What an analyst's review found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ReviewState {
    /// Assignments judged.
    pub assignments: u64,
    /// Of those found by the program, share that the analyst agreed with (0 to 1).
    pub right_share: Option<f64>,
    /// Pairs judged.
    pub pairs: u64,
    /// Whether sizes in this brief were corrected with the review.
    pub corrected: bool,
    /// Whether match scores in this brief are probabilities learnt from the review.
    pub calibrated: bool,
}
