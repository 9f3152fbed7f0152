//! Topics that customers everywhere speak of: the shipped classifier, and what it does for few texts.

use std::collections::BTreeMap;
use throughline_text::agreement::ari;
use throughline_text::themes::{ThemeOptions, fit};
use throughline_text::topics::{Topics, by_theme};
use throughline_text::vectors::{Scratch, Vectors};

fn odds(text: &str) -> Vec<f32> {
    let (mut scratch, mut tokens) = (Scratch::default(), Vec::new());
    Vectors::shipped().tokens(&mut scratch, text, &mut tokens);
    Topics::shipped().odds(&Vectors::shipped().embed(text), &tokens)
}

fn told(text: &str) -> Vec<(&'static str, f32)> {
    let odds = odds(text);
    let all: f32 = odds.iter().map(|x| x.exp()).sum();
    let mut told: Vec<(&str, f32)> = odds
        .iter()
        .enumerate()
        .map(|(topic, x)| (Topics::shipped().name(topic).unwrap().key, x.exp() / all))
        .collect();
    told.sort_by(|one, other| other.1.total_cmp(&one.1));
    told
}

#[test]
fn probabilities_are_those_of_the_script_that_learnt_them() {
    // Printed by `tools/topics/learn.py`, from slopes that weren't yet rounded to bytes: hence the tolerance.
    for (text, expected) in [
        (
            "fifty minutes of music and then they hung up",
            [("phone_wait", 0.963), ("entertainment", 0.013)],
        ),
        (
            "let people keep their slot when they ring back",
            [("phone_wait", 0.238), ("booking", 0.108)],
        ),
    ] {
        for ((key, probability), (wanted, of)) in told(text).into_iter().zip(expected) {
            assert_eq!(key, wanted, "{text}");
            assert!((probability - of).abs() < 0.01, "{text}: {probability}");
        }
    }
}

#[test]
fn each_topic_has_names_of_its_own() {
    let topics = Topics::shipped();
    assert!(topics.len() > 100 && !topics.is_empty());
    let mut seen = BTreeMap::new();
    for topic in (0..topics.len()).filter_map(|topic| topics.name(topic)) {
        assert!(topic.problem.split(' ').count() <= 9, "{}", topic.problem);
        for name in [topic.key, topic.problem] {
            assert!(!name.is_empty());
            assert_eq!(seen.insert(name, topic.key), None, "{name}");
        }
    }
    assert_eq!(topics.name(topics.len()), None);
}

#[test]
fn a_theme_speaks_of_what_its_texts_say_and_others_dont() {
    let texts = [
        "the phone rang for forty minutes",
        "nobody picks up the phone, ever",
        "on hold for an hour again",
        "the soup was cold and the coffee bitter",
        "tiny portions, bland dinner",
        "the food was awful",
    ];
    let odds: Vec<Vec<f32>> = texts.iter().map(|text| odds(text)).collect();
    let labels = [Some(0), Some(0), Some(0), Some(1), Some(1), Some(1)];
    let themes = by_theme(&odds, &labels, 2);
    let best = |theme: usize| {
        let most = |a: &usize, b: &usize| themes[theme][*a].total_cmp(&themes[theme][*b]);
        let best = (0..themes[theme].len()).max_by(most).unwrap();
        Topics::shipped().name(best).unwrap().key
    };
    assert_eq!((best(0), best(1)), ("phone_wait", "food"));
    assert!(by_theme(&[], &[], 2).is_empty());
}

#[test]
fn few_texts_of_many_wordings_are_told_apart_by_topics() {
    // Sixteen topics' lines of the trades below: people's own stories, few of which share a word. The classifier has
    // learnt from these lines, so this shows that it is used, not how good it is (`bench/small`).
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tools/topics/lines.tsv");
    let lines = std::fs::read_to_string(file).unwrap();
    let topics = [
        "phone_wait",
        "price_rise",
        "no_show",
        "queues",
        "login",
        "rude",
        "parking",
        "food",
        "noise",
        "late_delivery",
        "slow_refund",
        "lost_things",
        "toilets",
        "outage",
        "warranty",
        "booking",
    ];
    let (mut texts, mut truth) = (Vec::new(), Vec::new());
    for line in lines.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let topic = topics.iter().position(|topic| *topic == cells[0]);
        if let (Some(topic), "C") = (topic, cells[2])
            && truth.iter().filter(|of| **of == topic as u32).count() < 20
        {
            texts.push(cells[3]);
            truth.push(topic as u32);
        }
    }
    let agreement = |topics: bool, texts: &[&str], truth: &[u32]| {
        let options = ThemeOptions {
            topics,
            ..ThemeOptions::default()
        };
        let fit = fit(texts, &options, 1);
        let labels: Vec<u32> = fit.labels.iter().map(|label| label.unwrap_or(99)).collect();
        (fit.by_topic, ari(&labels, truth))
    };
    let (by_topic, with) = agreement(true, &texts, &truth);
    let (not_by_topic, without) = agreement(false, &texts, &truth);
    assert!(by_topic && !not_by_topic);
    assert!(with > 0.5 && without < 0.35, "{with} {without}");
    // Of very few texts topics' shares can't be told, and nearness alone helps.
    for few in [0, 1, 2, 20, 60, 150] {
        let step = texts.len().div_ceil(few.max(1));
        let some: Vec<&str> = texts.iter().copied().step_by(step).take(few).collect();
        let (by_topic, _) = agreement(true, &some, &truth[..some.len()]);
        assert!(!by_topic, "{few}");
    }
}
