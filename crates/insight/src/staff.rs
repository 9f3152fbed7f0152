//! An employee's answer: a fix, a need, nothing, or a complaint about one named person, which is
//! withheld: nobody can answer it here, and the company has other doors for it.

use crate::kind::{Kinds, StaffKind};

/// What becomes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing was said.
    Nothing,
    /// It is about one named person.
    AboutAPerson,
    /// What staff need for themselves.
    Need,
    /// What would help customers.
    Lever,
}

/// Sorts an answer. `names_a_person` comes from the disclosure rules.
pub fn sort(kinds: &Kinds, text: &str, names_a_person: bool) -> Answer {
    if names_a_person {
        return Answer::AboutAPerson;
    }
    match kinds.staff(text) {
        StaffKind::Nothing => Answer::Nothing,
        StaffKind::Need => Answer::Need,
        StaffKind::Lever => Answer::Lever,
    }
}
