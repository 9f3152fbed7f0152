//! What a round's respondents were promised, and how a brief keeps it: for the company and the
//! first level below it alone, nothing by role, no words but those that may be quoted, no file with
//! a row an answer.

use super::company::ANSWERS;
use crate::answers::Answers;
use crate::error::{EngineError, Result};
use std::collections::BTreeSet;
use throughline_disclosure::Rules;
use throughline_domain::brief::{Brief, Candidate};
use throughline_domain::sheet;
use throughline_lake::{Lake, LakeError};

/// The promise of a round.
pub(crate) struct Promised {
    /// Smallest groups, by the round's terms.
    pub rules: Rules,
    /// Answers, by id, whose words may be quoted.
    pub quotable: BTreeSet<String>,
}

impl Promised {
    /// An import's complaint about the answers would quote one.
    pub(crate) fn without_words(round: Option<&Self>, error: LakeError) -> EngineError {
        match error {
            LakeError::Input(complaint)
                if round.is_some()
                    && complaint
                        .file
                        .as_ref()
                        .is_some_and(|file| file.ends_with(ANSWERS)) =>
            {
                EngineError::Fault("the ledger's answers can't be read as facts".to_owned())
            }
            other => other.into(),
        }
    }

    /// Counts so small that they would tell of a person count as none.
    pub(crate) fn forget_few(&self, answers: &mut Answers) {
        let few = self.rules.minimum_group;
        answers.languages.retain(|_, count| *count >= few);
        if answers.about_a_person < few {
            answers.about_a_person = 0;
        }
    }

    /// Says nothing of who is behind a fix by role: a role of one team is a team within a team.
    pub(crate) fn without_roles(draft: &mut Brief<Candidate>) {
        for lever in &mut draft.levers {
            lever.support.roles = 0;
            lever.support.role_names.clear();
            lever.support.steps_from_customer.clear();
            for quote in lever.first_step.iter_mut().chain(&mut lever.quotes) {
                quote.from.clear();
            }
        }
        for quote in draft.needs.iter_mut().flat_map(|need| &mut need.quotes) {
            quote.from.clear();
        }
    }

    /// Refused rows of customers' feedback; never one of an answer.
    pub(crate) fn customers_rejects(&self, lake: &Lake) -> Result<Vec<u8>> {
        let (path, _) = lake.rejects();
        let unreadable = |why: csv::Error| EngineError::Fault(why.to_string());
        let mut out = String::new();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(path)
            .map_err(unreadable)?;
        for row in reader.records() {
            let row = row.map_err(unreadable)?;
            if row.get(0) != Some(ANSWERS) {
                // Cells were defused when they were written; a second apostrophe would be one too many.
                let cells: Vec<&str> = row.iter().collect();
                out.push_str(&sheet::line(cells));
            }
        }
        Ok(out.into_bytes())
    }
}
