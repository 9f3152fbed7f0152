//! What the catalogue must hold: well-formed templates, enough independent wordings in each bank,
//! banks that share nothing, and keys that meet.

use super::*;
use crate::grammar::{Slots, Template, faults};
use crate::phrases::{tidy, words};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// Everything worded, by a name for messages, with the least number of families a bank must have.
fn everything() -> Vec<(String, Wordings, usize)> {
    let mut all = Vec::new();
    all.extend(pains().map(|p| (p.key.to_owned(), p.words, 3)));
    for lever in levers() {
        all.push((format!("{} idea", lever.key), lever.idea, 3));
        all.push((format!("{} block", lever.key), lever.block, 3));
    }
    for need in needs() {
        all.push((format!("{} idea", need.key), need.idea, 3));
        all.push((format!("{} block", need.key), need.block, 3));
    }
    all.extend(praise().iter().map(|p| (p.key.to_owned(), p.words, 2)));
    for (name, remark) in [
        ("empty", remarks::EMPTY),
        ("vague", remarks::VAGUE),
        ("aside", remarks::ASIDE),
        ("request", remarks::REQUEST),
        ("other language", remarks::OTHER_LANGUAGE),
        ("staff aside", remarks::STAFF_ASIDE),
        ("about a person", remarks::ABOUT_A_PERSON),
    ] {
        all.push((name.to_owned(), remark, 1));
    }
    all
}

fn templates(families: &[Family]) -> impl Iterator<Item = &'static str> {
    families.iter().flat_map(|family| family.iter().copied())
}

#[test]
fn templates_are_well_formed() {
    for (name, words, _) in everything() {
        for template in templates(words.making).chain(templates(words.held_out)) {
            assert_eq!(faults(template), Vec::<String>::new(), "{name}");
        }
    }
    for (name, grammar) in SLOTS {
        assert_eq!(faults(grammar), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn each_bank_words_everything_several_ways() {
    for (name, words, least) in everything() {
        assert!(words.making.len() >= least, "{name}: making");
        assert!(words.held_out.len() >= least, "{name}: held out");
    }
}

/// A sentence's skeleton: its fixed words in order, alternatives left out. Two templates that share
/// it are one sentence with other fillings.
fn skeleton(template: &str) -> String {
    let mut depth = 0;
    let fixed: String = template
        .chars()
        .filter(|c| {
            depth += i32::from(*c == '[');
            let keep = depth == 0;
            depth -= i32::from(*c == ']');
            keep
        })
        .collect();
    fixed.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn banks_share_no_template() {
    let mut making = BTreeSet::new();
    let mut skeletons = BTreeSet::new();
    let everything = everything();
    for (_, words, _) in &everything {
        for template in templates(words.making) {
            assert!(making.insert(template), "said twice: {template}");
            skeletons.insert(skeleton(template));
        }
    }
    for (name, words, _) in &everything {
        for template in templates(words.held_out) {
            assert!(making.insert(template), "in both banks: {template}");
            // Skeletons of under four words ("at", "so I can") say nothing about a sentence.
            let bones = skeleton(template);
            let telling = bones.split(' ').count() >= 4;
            assert!(
                !telling || !skeletons.contains(&bones),
                "{name}: {template}"
            );
        }
    }
}

#[test]
fn banks_share_no_sentence_of_substance() {
    let (slots, mut rng) = (Slots::compile(), ChaCha8Rng::seed_from_u64(3));
    let mut draw = |families: &[Family]| -> BTreeSet<String> {
        let mut said = BTreeSet::new();
        for template in templates(families) {
            let compiled = Template::compile(template);
            for _ in 0..60 {
                let mut text = String::new();
                compiled.write(&slots, &mut rng, &mut text);
                tidy(&mut text);
                if words(&text) >= 4 {
                    said.insert(text);
                }
            }
        }
        said
    };
    for (name, words, _) in everything() {
        let shared: Vec<String> = draw(words.making)
            .intersection(&draw(words.held_out))
            .cloned()
            .collect();
        assert_eq!(shared, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn families_of_a_pain_do_not_lean_on_one_word() {
    // No word of substance stands in every family of a pain, in all that they can say: finding a
    // pain by one keyword must fail.
    let common: BTreeSet<&str> = "a an the i we you it is was to of and in on for my our your at \
        with that no not they so but as be me from all just up have had has get got one out"
        .split_ascii_whitespace()
        .collect();
    for pain in pains() {
        let families = pain.words.making.iter().chain(pain.words.held_out);
        let shared = families
            .map(|family| {
                templates(std::slice::from_ref(family))
                    .flat_map(|t| t.split(|c: char| !c.is_ascii_alphabetic()))
                    .map(str::to_ascii_lowercase)
                    .filter(|w| w.len() > 1 && !common.contains(w.as_str()))
                    .collect::<BTreeSet<String>>()
            })
            .reduce(|a, b| a.intersection(&b).cloned().collect())
            .unwrap_or_default();
        assert!(shared.is_empty(), "{}: {shared:?}", pain.key);
    }
}

#[test]
fn keys_are_unique_and_meet() {
    let mut keys = BTreeSet::new();
    for key in pains()
        .map(|p| p.key)
        .chain(levers().map(|l| l.key))
        .chain(needs().map(|n| n.key))
        .chain(praise().iter().map(|p| p.key))
    {
        assert!(keys.insert(key), "{key} twice");
    }
    let known: BTreeSet<&str> = pains().map(|p| p.key).collect();
    let mut unanswered = known.clone();
    for lever in levers() {
        for pain in lever.answers {
            assert!(known.contains(pain), "{}: {pain}", lever.key);
            unanswered.remove(pain);
        }
    }
    // Enough pains without a fix to draw two or three gaps, and enough with one for the rest.
    assert!(unanswered.len() >= 3, "{unanswered:?}");
    assert!(known.len() - unanswered.len() >= 14);
    assert!(levers().filter(|l| l.answers.is_empty()).count() >= 6);
}
