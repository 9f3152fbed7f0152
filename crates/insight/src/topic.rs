//! Titles from topics that customers everywhere speak of (`text::topics`), for problems that words of their own don't
//! name: people who tell the same in words of their own share none.

use crate::heading::{LEAST_TOLD, VARIOUS};
use crate::theme::Found;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::names_nothing;
use throughline_text::topics::{Topic, Topics, likeliest};

/// Shares of a theme's texts that speak of a topic (it is among their three likeliest) from which the topic names it,
/// and is one of several that do.
struct Least {
    names: f32,
    among_others: f32,
    /// Share of texts that hold a word's title under which it names little.
    told: f32,
}

/// Where topics made the themes. Of 43 themes of five small companies' comments, read one by one, the largest subject
/// was the topic's in 28 of 35 with a third and more, in 2 of 8 with less.
const OF_TOPICS: Least = Least {
    names: 0.33,
    among_others: 0.25,
    told: 2.0 * LEAST_TOLD,
};
/// Where texts did, for a theme that nothing else names.
const OF_TEXTS: Least = Least {
    names: 0.5,
    among_others: 0.33,
    told: LEAST_TOLD,
};
/// A topic names a theme if no other comes as near to it as this, or so many texts speak of it.
const NEAR: f32 = 0.75;
const CLEAR: f32 = 0.4;

/// Titles problems that words of their own name poorly; `by_topic`: topics made them. A topic names one problem, the one
/// that speaks of it most.
pub fn title_problems(found: &mut [Found], by_topic: bool) {
    let least = if by_topic { OF_TOPICS } else { OF_TEXTS };
    let told: Vec<Vec<(Topic, f32)>> = found.iter().map(told).collect();
    let named = named(&told, &least);
    let mut taken: BTreeSet<String> = found.iter().map(|theme| theme.title.clone()).collect();
    for (at, (theme, told)) in found.iter_mut().zip(&told).enumerate() {
        let parts: Vec<&str> = theme.title.split(" and ").collect();
        let of_words = parts.iter().all(|part| !part.contains(' '));
        let is_poor = names_nothing(&theme.title) || of_words && theme.told < least.told;
        let own = named.get(&at).filter(|_| by_topic || is_poor);
        let (title, share) = if let Some((topic, share)) = own {
            (topic.problem.to_owned(), *share)
        } else {
            let several = told
                .iter()
                .filter(|(_, share)| *share >= least.among_others);
            let names: Vec<String> = several
                .take(2)
                .map(|(topic, _)| begun_small(topic.problem))
                .collect();
            if !is_poor || names.is_empty() {
                continue;
            }
            (format!("{VARIOUS}: {}", names.join(", ")), 0.0)
        };
        if taken.insert(title.clone()) {
            theme.title = title;
            theme.told = share;
            theme.by_topic = true;
        }
    }
}

/// Which topic names which theme: where several would be named by one, the first of those that speak of it most.
fn named(told: &[Vec<(Topic, f32)>], least: &Least) -> BTreeMap<usize, (Topic, f32)> {
    let first = |(at, told): (usize, &Vec<(Topic, f32)>)| {
        let (topic, share) = *told.first()?;
        let is_alone = told.get(1).is_none_or(|(_, other)| *other < NEAR * share);
        let is_clear = is_alone || share >= CLEAR;
        (share >= least.names && is_clear).then_some((at, topic, share))
    };
    let mut claims: Vec<(usize, Topic, f32)> = told.iter().enumerate().filter_map(first).collect();
    claims.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let mut keys = BTreeSet::new();
    claims
        .into_iter()
        .filter(|(_, topic, _)| keys.insert(topic.key))
        .map(|(at, topic, share)| (at, (topic, share)))
        .collect()
}

/// Topics that a theme speaks of, most first.
fn told(theme: &Found) -> Vec<(Topic, f32)> {
    let topics = Topics::shipped();
    let mut told: Vec<(Topic, f32)> = (0..)
        .zip(&theme.topics)
        .filter(|(_, share)| **share > 0.0)
        .filter_map(|(topic, share)| Some((topics.name(topic)?, *share)))
        .collect();
    told.sort_by(|one, other| other.1.total_cmp(&one.1));
    told
}

/// Whether a text of these log-odds speaks of a topic that a title names.
pub fn bears_out(title: &str, odds: &[f32]) -> bool {
    let title = title.to_lowercase();
    let mut spoken = likeliest(odds).filter_map(|topic| Topics::shipped().name(topic));
    spoken.any(|topic| title.contains(&topic.problem.to_lowercase()))
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

    fn titles(found: &[Found]) -> Vec<&str> {
        found.iter().map(|theme| &*theme.title).collect()
    }

    #[test]
    fn a_problem_that_its_words_name_poorly_takes_a_topics_title() {
        let mut found = [
            theme("Other comments", 0.0, &[("phone_wait", 0.7), ("rude", 0.1)]),
            theme("Door and desk", 0.1, &[("rude", 0.39), ("queues", 0.35)]),
            theme("Door and gate", 0.1, &[("queues", 0.3)]),
            theme("Phone queue", 0.1, &[("noise", 0.9)]),
            theme("Gate and bus", 0.5, &[("food", 0.9)]),
        ];
        title_problems(&mut found, false);
        assert_eq!(
            titles(&found),
            [
                "Waiting on the phone",
                "Various: rude staff, queues",
                "Door and gate",
                "Phone queue",
                "Gate and bus"
            ]
        );
        assert!(found[0].told >= LEAST_TOLD && found[1].told < LEAST_TOLD);
    }

    #[test]
    fn where_topics_made_the_problems_the_one_that_speaks_of_it_most_has_its_name() {
        let mut found = [
            theme("Door and gate", 0.9, &[("queues", 0.5), ("parking", 0.4)]),
            theme("Till", 0.9, &[("queues", 0.6)]),
            theme("Other comments", 0.0, &[("queues", 0.5)]),
            theme("Other comments 2", 0.0, &[("parking", 0.1)]),
        ];
        title_problems(&mut found, true);
        assert_eq!(
            titles(&found),
            [
                "Door and gate",
                "Queues",
                "Various: queues",
                "Other comments 2"
            ]
        );
    }

    #[test]
    fn a_comment_bears_out_the_topic_that_it_speaks_of() {
        let topics = Topics::shipped();
        let of = |wanted: &str| -> Vec<f32> {
            let keys = (0..topics.len()).filter_map(|topic| topics.name(topic));
            keys.map(|topic| f32::from(topic.key == wanted)).collect()
        };
        assert!(bears_out("Waiting on the phone", &of("phone_wait")));
        assert!(bears_out(
            "Various: queues, waiting on the phone",
            &of("phone_wait")
        ));
        assert!(!bears_out("Rude staff", &of("phone_wait")));
    }
}
