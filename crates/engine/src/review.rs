//! An analyst's review: a sample of assignments and of pairs, judged in the terminal or in the
//! CSV files themselves, and used by the next brief.
//!
//! `review/assignments.csv` and `review/pairs.csv` in the folder of a brief hold the sample and
//! the judgements (`yes`, `no`, `skip` or empty). Every answer is saved at once.

mod files;
mod judged;
mod sampling;

pub use files::{AssignmentRow, PairRow, read_assignments, read_pairs};
pub use judged::{JudgedAssignment, JudgedPair, Judgements, judgements};
pub use sampling::{PairStratum, sample_assignments, sample_pairs};

use crate::error::{EngineError, Result};
use std::path::{Path, PathBuf};

/// Assignments and pairs in a sample.
pub const SAMPLE: usize = 100;
/// The file of assignments, in the folder of a brief.
pub const ASSIGNMENTS: &str = "review/assignments.csv";
/// The file of pairs.
pub const PAIRS: &str = "review/pairs.csv";

/// An analyst's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Don't ask this again.
    Skip,
}

impl Answer {
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Skip => "skip",
        }
    }
}

/// A question for the analyst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is to be judged.
    pub text: String,
    /// The question.
    pub ask: String,
}

/// A line of what somebody says, if it may be shown.
fn said(who: &str, words: &str) -> String {
    if words.is_empty() {
        return String::new();
    }
    format!("\n  {who} say: “{words}”")
}

/// A review under way.
pub struct Review {
    folder: PathBuf,
    assignments: Vec<AssignmentRow>,
    pairs: Vec<PairRow>,
    at: Option<usize>,
}

impl Review {
    /// Opens the review in the folder of a brief.
    ///
    /// # Errors
    /// If there is no brief with a sample, or its files can't be read.
    pub fn open(folder: &Path) -> Result<Self> {
        let (assignments, pairs) = (folder.join(ASSIGNMENTS), folder.join(PAIRS));
        if !assignments.exists() && !pairs.exists() {
            return Err(EngineError::Input {
                path: folder.to_owned(),
                why: "no sample to review is here".to_owned(),
                hint: "name the folder of a brief: `throughline brief … --out DIR` writes one",
            });
        }
        Ok(Self {
            assignments: read_assignments(&assignments)?,
            pairs: read_pairs(&pairs)?,
            folder: folder.to_owned(),
            at: None,
        })
    }

    /// How many were judged, of how many.
    pub fn progress(&self) -> (usize, usize) {
        let assignments = self.assignments.iter().map(|row| &row.judgement);
        let judged = assignments.chain(self.pairs.iter().map(|row| &row.judgement));
        (
            judged.filter(|word| !word.trim().is_empty()).count(),
            self.assignments.len() + self.pairs.len(),
        )
    }

    /// How many were skipped.
    pub fn skipped(&self) -> usize {
        let assignments = self.assignments.iter().map(|row| &row.judgement);
        let all = assignments.chain(self.pairs.iter().map(|row| &row.judgement));
        all.filter(|word| word.trim() == Answer::Skip.word())
            .count()
    }

    /// The next question: assignments first, then pairs.
    pub fn question(&mut self) -> Option<Asked> {
        let open = |word: &String| word.trim().is_empty();
        if let Some(at) = self.assignments.iter().position(|row| open(&row.judgement)) {
            self.at = Some(at);
            let row = &self.assignments[at];
            return Some(Asked {
                text: format!("“{}”\n  problem: {}", row.comment, row.pain_title),
                ask: "Does this comment name this problem?".to_owned(),
            });
        }
        let at = self.pairs.iter().position(|row| open(&row.judgement))?;
        self.at = Some(self.assignments.len() + at);
        let row = &self.pairs[at];
        Some(Asked {
            text: format!(
                "problem: {}{}\nfix: {}{}",
                row.pain_title,
                said("customers", &row.pain_says),
                row.lever_title,
                said("employees", &row.lever_says)
            ),
            ask: "Would this fix answer this problem?".to_owned(),
        })
    }

    /// Asks the last question again.
    pub fn ask_again(&mut self) {
        self.at = None;
    }

    /// Takes the answer to the last question and saves it.
    ///
    /// # Errors
    /// If the file can't be written.
    pub fn answer(&mut self, answer: Answer) -> Result<()> {
        let Some(at) = self.at.take() else {
            return Ok(());
        };
        let word = answer.word().to_owned();
        if at < self.assignments.len() {
            self.assignments[at].judgement = word;
            files::save(&self.folder.join(ASSIGNMENTS), &self.assignments)
        } else {
            self.pairs[at - self.assignments.len()].judgement = word;
            files::save(&self.folder.join(PAIRS), &self.pairs)
        }
    }
}
