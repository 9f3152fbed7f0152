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
/// problem its answers were gathered under; else words of its people. One of too few people to quote may borrow the name
/// of the problem it clearly answers, for what words of many name it by says little of it. (Where answers were gathered
/// under problems none may: what is left over speaks of none of them.)
pub(super) fn name(
    theme: &Theme,
    linked: &[LeverPain],
    pains: &[(usize, Pain<Candidate>)],
    may_borrow: bool,
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
    match answered(linked, pains).filter(|_| may_borrow) {
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
            texts: 8,
            addresses: under.map(|problem| Addresses {
                problem: problem.to_owned(),
                share: 0.5,
            }),
            titled_by_hand: by_hand,
            ..Theme::default()
        }
    }

    /// The name of a fix that answers fees first and the queue second, of such strengths.
    fn named(theme: &Theme, strengths: [Strength; 2], may_borrow: bool) -> Name {
        let pains = [
            problem("p-queue", "The queue"),
            problem("p-fees", "Hidden fees"),
        ];
        let linked: Vec<LeverPain> = ["p-fees", "p-queue"]
            .into_iter()
            .zip(strengths)
            .map(|(id, strength)| LeverPain {
                id: id.to_owned(),
                strength,
                shared: false,
            })
            .collect();
        name(theme, &linked, &pains, may_borrow)
    }

    fn own(problem: Option<&str>) -> Name {
        Name {
            title: "Counter and till".to_owned(),
            words: vec!["counter".to_owned()],
            named_after: problem.map(str::to_owned),
        }
    }

    #[test]
    fn one_of_few_people_borrows_the_name_of_the_problem_it_clearly_answers_first() {
        use Strength::{Some as Fair, Strong, Weak};
        let theme = theme(false, None);
        let borrowed = Name {
            title: "Ideas on: Hidden fees".to_owned(),
            words: vec!["hidden fees".to_owned()],
            named_after: Some("p-fees".to_owned()),
        };
        assert_eq!(named(&theme, [Fair, Weak], true), borrowed);
        assert_eq!(named(&theme, [Strong, Strong], true), borrowed);
        assert_eq!(named(&theme, [Weak, Strong], true), own(None));
        assert_eq!(named(&theme, [Strong, Strong], false), own(None));
        assert_eq!(name(&theme, &[], &[], true), own(None));
    }

    #[test]
    fn what_a_person_called_it_stays_and_what_it_was_gathered_under_has_to_be_a_problem() {
        let of = |by_hand, under, may_borrow| {
            named(&theme(by_hand, under), [Strength::Strong; 2], may_borrow)
        };
        assert_eq!(of(true, None, true), own(None));
        assert_eq!(of(true, Some("p-queue"), false), own(None));
        assert_eq!(of(false, Some("p-queue"), false), own(Some("p-queue")));
        let gone = of(false, Some("p-gone"), false);
        assert_eq!((gone.title.as_str(), gone.words.len()), (UNNAMED, 0));
        assert_eq!(gone.named_after, None);
    }
}
