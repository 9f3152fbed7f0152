//! How a fix is called.

use crate::words_of_many::UNNAMED;
use throughline_domain::brief::{Candidate, LeverPain, Pain, Strength, ideas_on};
use throughline_insight::theme::Theme;

/// What a fix is called by.
#[derive(Debug, PartialEq)]
pub(super) struct Name {
    pub title: String,
    pub words: Vec<String>,
    /// The problem whose name it bears.
    pub named_after: Option<String>,
}

/// The name of a fix that answers the problems `linked`, the first most of all: the one a person gave; else that of the
/// problem its answers were gathered under; else words of its people. What may not be quoted, and isn't told by what
/// words of many name it by, bears the name of the problem it clearly answers.
pub(super) fn name(
    theme: &Theme,
    linked: &[LeverPain],
    pains: &[(usize, Pain<Candidate>)],
    quotable: bool,
) -> Name {
    let own = |named_after: Option<String>| Name {
        title: theme.title.clone(),
        words: theme.words.clone(),
        named_after,
    };
    if theme.titled_by_hand {
        return own(None);
    }
    if let Some(under) = &theme.addresses {
        // What ideas were gathered under may turn out to be no problem: then they are on nothing in particular.
        return if pains.iter().any(|(_, pain)| pain.id == under.problem) {
            own(Some(under.problem.clone()))
        } else {
            Name {
                title: UNNAMED.to_owned(),
                words: Vec::new(),
                named_after: None,
            }
        };
    }
    match answered(linked, pains).filter(|_| !quotable) {
        Some(problem) => Name {
            title: ideas_on(&problem.title),
            words: problem.words.clone(),
            named_after: Some(problem.id.clone()),
        },
        None => own(None),
    }
}

/// The problem that a fix answers first, if it does so clearly.
fn answered<'a>(
    linked: &[LeverPain],
    pains: &'a [(usize, Pain<Candidate>)],
) -> Option<&'a Pain<Candidate>> {
    let first = linked.first().filter(|one| one.strength > Strength::Weak)?;
    let (_, pain) = pains.iter().find(|(_, pain)| pain.id == first.id)?;
    Some(pain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use throughline_domain::Figure;
    use throughline_domain::estimate::Reason;
    use throughline_insight::theme::Addresses;

    fn problem(id: &str, title: &str) -> (usize, Pain<Candidate>) {
        let unknown = Figure::Unknown(Reason::NotAsked);
        let pain = Pain {
            id: id.to_owned(),
            title: title.to_owned(),
            words: vec![title.to_lowercase()],
            mixed: false,
            comments: 100,
            reach: unknown.clone(),
            drag_points: unknown.clone(),
            size_points: unknown.clone(),
            severity: unknown.clone(),
            trend: unknown.clone(),
            months: Vec::new(),
            value: unknown,
            customers: None,
            elsewhere: Vec::new(),
            stages: Vec::new(),
            units: Vec::new(),
            quotes: Vec::new(),
            owner: None,
        };
        (0, pain)
    }

    fn theme(by_hand: bool, under: Option<&str>) -> Theme {
        Theme {
            id: "f-counter".to_owned(),
            title: "Counter and till".to_owned(),
            words: vec!["counter".to_owned()],
            told: 0.5,
            mixed: false,
            central: Vec::new(),
            centre: Vec::new(),
            texts: 8,
            pieces: BTreeMap::new(),
            profile: Vec::new(),
            addresses: under.map(|problem| Addresses {
                problem: problem.to_owned(),
                share: 0.5,
            }),
            ease: None,
            owner: None,
            titled_by_hand: by_hand,
            by_topic: false,
            hidden: false,
        }
    }

    fn named(theme: &Theme, strength: Strength, quotable: bool) -> (String, Option<String>) {
        let pains = [
            problem("p-queue", "The queue"),
            problem("p-fees", "Hidden fees"),
        ];
        let linked = ["p-fees", "p-queue"].map(|id| LeverPain {
            id: id.to_owned(),
            strength,
            shared: false,
        });
        let name = name(theme, &linked, &pains, quotable);
        assert_eq!(name.words.is_empty(), name.title == UNNAMED);
        (name.title, name.named_after)
    }

    #[test]
    fn what_may_not_be_quoted_bears_the_name_of_the_problem_it_clearly_answers() {
        let theme = theme(false, None);
        let own = ("Counter and till".to_owned(), None);
        let of_problem = (
            "Ideas on: Hidden fees".to_owned(),
            Some("p-fees".to_owned()),
        );
        assert_eq!(named(&theme, Strength::Some, false), of_problem);
        assert_eq!(named(&theme, Strength::Strong, false), of_problem);
        assert_eq!(named(&theme, Strength::Weak, false), own);
        assert_eq!(named(&theme, Strength::Strong, true), own);
        assert_eq!(name(&theme, &[], &[], false).title, own.0);
    }

    #[test]
    fn what_a_person_called_it_stays_and_what_it_was_gathered_under_has_to_be_a_problem() {
        let own =
            |problem: Option<&str>| ("Counter and till".to_owned(), problem.map(str::to_owned));
        let of = |theme: Theme| named(&theme, Strength::Strong, true);
        assert_eq!(
            named(&theme(true, None), Strength::Strong, false),
            own(None)
        );
        assert_eq!(of(theme(true, Some("p-queue"))), own(None));
        assert_eq!(of(theme(false, Some("p-queue"))), own(Some("p-queue")));
        assert_eq!(of(theme(false, Some("p-gone"))), (UNNAMED.to_owned(), None));
    }
}
