//! Titles from topics that customers everywhere speak of (`text::topics`), for themes that words of their own don't
//! name: people who tell the same in words of their own share none, and words of few employees may not be shown.

use crate::heading::{LEAST_TOLD, VARIOUS};
use crate::theme::Found;
use std::collections::BTreeSet;
use throughline_domain::brief::names_nothing;
use throughline_text::topics::{Topic, Topics};

/// Mean probability of a topic from which it names a theme that nothing else names. Of the themes of three trades'
/// 300 comments and of the patients' 440 those above spoke mostly of it; most texts alone are told wrong, so that even
/// a pure theme seldom has more than .3.
const NAMES: f32 = 0.15;
/// … and from which it is one of several.
const AMONG_OTHERS: f32 = 0.07;
/// Both where topics made the themes; the name is then its own if no other comes near.
const NAMES_ITS_OWN: f32 = 0.05;
const AMONG_ITS_OWN: f32 = 0.04;
const NEAR: f32 = 0.75;
/// … and of a fix: five to ten answers that nothing else names.
const NAMES_A_FIX: f32 = 0.08;

/// Titles problems that words of their own name poorly; `by_topic`: topics made them.
pub fn title_problems(found: &mut [Found], by_topic: bool) {
    let mut taken = taken(found);
    for theme in found {
        let parts: Vec<&str> = theme.title.split(" and ").collect();
        let of_words = parts.iter().all(|part| !part.contains(' '));
        let is_poor = names_nothing(&theme.title) || of_words && theme.told < LEAST_TOLD;
        let (least, several) = if by_topic {
            (NAMES_ITS_OWN, AMONG_ITS_OWN)
        } else {
            (NAMES, AMONG_OTHERS)
        };
        let told: Vec<(Topic, f32)> = told(theme);
        let Some((best, probability)) = told.first().copied() else {
            continue;
        };
        let is_alone = told
            .get(1)
            .is_none_or(|(_, other)| *other < NEAR * probability);
        let is_it = (by_topic || is_poor) && probability >= least && is_alone;
        if is_it && taken.insert(best.problem.to_owned()) {
            theme.title = best.problem.to_owned();
            theme.by_topic = true;
            theme.told = 1.0;
        } else if is_poor && probability >= several {
            let several = told.iter().filter(|(_, told)| *told >= several).take(2);
            let names: Vec<String> = several
                .map(|(topic, _)| begun_small(topic.problem))
                .collect();
            let title = format!("{VARIOUS}: {}", names.join(", "));
            if taken.insert(title.clone()) {
                theme.title = title;
                theme.by_topic = true;
            }
        }
    }
}

/// Titles fixes that no words of many people name.
pub fn title_fixes(found: &mut [Found]) {
    let mut taken = taken(found);
    for theme in found.iter_mut().filter(|theme| names_nothing(&theme.title)) {
        let of_it = told(theme).into_iter();
        let mut of_it = of_it.filter(|(_, probability)| *probability >= NAMES_A_FIX);
        let free = of_it.find(|(topic, _)| !taken.contains(topic.fix));
        if let Some((topic, _)) = free {
            taken.insert(topic.fix.to_owned());
            theme.title = topic.fix.to_owned();
            theme.by_topic = true;
        }
    }
}

fn taken(found: &[Found]) -> BTreeSet<String> {
    found.iter().map(|theme| theme.title.clone()).collect()
}

/// Topics that a theme speaks of, most first.
fn told(theme: &Found) -> Vec<(Topic, f32)> {
    let topics = Topics::shipped();
    let mut told: Vec<(Topic, f32)> = (0..)
        .zip(&theme.topics)
        .filter(|(_, probability)| **probability > 0.0)
        .filter_map(|(topic, probability)| Some((topics.name(topic)?, *probability)))
        .collect();
    told.sort_by(|one, other| other.1.total_cmp(&one.1));
    told
}

fn begun_small(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(title: &str, told: f32, of: &[(&str, f32)]) -> Found {
        let topics = Topics::shipped();
        let probability = |topic: usize| {
            let key = topics.name(topic).map_or("", |topic| topic.key);
            of.iter()
                .find(|(name, _)| *name == key)
                .map_or(0.0, |(_, p)| *p)
        };
        Found {
            title: title.to_owned(),
            told,
            topics: (0..topics.len()).map(probability).collect(),
            ..Found::default()
        }
    }

    #[test]
    fn a_problem_that_its_words_name_poorly_takes_a_topics_title() {
        let mut found = [
            theme(
                "Other comments",
                0.0,
                &[("phone_wait", 0.3), ("rude", 0.05)],
            ),
            theme(
                "Door and desk",
                0.1,
                &[("phone_wait", 0.1), ("queues", 0.08)],
            ),
            theme("Door and gate", 0.1, &[("queues", 0.03)]),
            theme("Phone queue", 0.1, &[("phone_wait", 0.4)]),
            theme("Gate and bus", 0.5, &[("phone_wait", 0.4)]),
        ];
        title_problems(&mut found, false);
        let titles: Vec<&str> = found.iter().map(|theme| &*theme.title).collect();
        assert_eq!(
            titles,
            [
                "Waiting on the phone",
                "Various: waiting on the phone, queues",
                "Door and gate",
                "Phone queue",
                "Gate and bus"
            ]
        );
    }

    #[test]
    fn where_topics_made_the_problems_they_name_them() {
        let mut found = [
            theme("Door and gate", 0.9, &[("queues", 0.08)]),
            theme("Other comments", 0.0, &[("parking", 0.01)]),
        ];
        title_problems(&mut found, true);
        assert_eq!(found[0].title, "Queues");
        assert_eq!(found[1].title, "Other comments");
    }

    #[test]
    fn a_fix_that_nothing_names_takes_a_free_topics_title() {
        let mut found = [
            theme("Other answers", 0.0, &[("queues", 0.2)]),
            theme(
                "Other answers, 2",
                0.0,
                &[("queues", 0.3), ("parking", 0.12)],
            ),
            theme("Other answers, 3", 0.0, &[("queues", 0.07)]),
            theme("Till", 1.0, &[("queues", 0.9)]),
        ];
        title_fixes(&mut found);
        let titles: Vec<&str> = found.iter().map(|theme| &*theme.title).collect();
        assert_eq!(
            titles,
            [
                "Shorter queues",
                "Parking that works",
                "Other answers, 3",
                "Till"
            ]
        );
    }
}
