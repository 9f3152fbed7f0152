//! An employee's answer: a fix, a need, nothing, or a complaint about one named person, which is
//! withheld: nobody can answer it here, and the company has other doors for it.

pub use crate::idioms::praises_the_company;
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

/// Sorts answers. `about_a_person` comes from the disclosure rules, one an answer; `near` as for [`Kinds::staff`].
pub fn sort(kinds: &Kinds, texts: &[&str], about_a_person: &[bool], near: &[f64]) -> Vec<Answer> {
    kinds
        .staff(texts, near)
        .into_iter()
        .zip(about_a_person)
        .map(|(kind, person)| match kind {
            _ if *person => Answer::AboutAPerson,
            StaffKind::Nothing => Answer::Nothing,
            StaffKind::Need => Answer::Need,
            StaffKind::Lever => Answer::Lever,
        })
        .collect()
}
