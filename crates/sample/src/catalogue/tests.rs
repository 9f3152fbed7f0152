//! What the catalogue must hold: well-formed templates, enough independent wordings in each bank,
//! banks that share nothing, and keys that meet.

use super::wordings::Says;
use super::*;
use crate::grammar::{Slots, Template, faults};
use crate::phrases::{tidy, words};
use crate::plan::Bank;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};

/// One thing worded, by a name for messages, with the least number of families a bank must have.
struct Worded {
    name: String,
    /// Families by bank, in the order of [`Bank::ALL`]; praise and asides stand in two alone.
    banks: Vec<Vec<Vec<&'static str>>>,
    least: usize,
}

impl Worded {
    fn families(name: &str, words: Wordings, least: usize) -> Self {
        let owned = |families: &[Family]| families.iter().map(|f| f.to_vec()).collect();
        Self {
            name: name.to_owned(),
            banks: vec![owned(words.making), owned(words.held_out)],
            least,
        }
    }

    fn lines(key: &str, says: Says) -> Self {
        Self {
            name: format!("{key} {says:?}"),
            banks: Bank::ALL.map(|bank| families(key, says, bank)).to_vec(),
            least: 5,
        }
    }

    /// A need, whose last two banks stand in text files.
    fn need(key: &str, says: Says, words: Wordings) -> Self {
        let mut worded = Self::families(&format!("{key} {says:?}"), words, 3);
        worded.banks.push(families(key, says, Bank::FreeMaking));
        worded.banks.push(families(key, says, Bank::FreeHeldOut));
        worded
    }
}

/// Lines of a text file, each a family of its own.
fn families(key: &str, says: Says, bank: Bank) -> Vec<Vec<&'static str>> {
    wordings::of(key, says, Some(bank))
        .into_iter()
        .map(|line| vec![line])
        .collect()
}

fn everything() -> Vec<Worded> {
    let mut all = Vec::new();
    all.extend(pains().map(|p| Worded::lines(p.key, Says::Pain)));
    for lever in levers() {
        all.push(Worded::lines(lever.key, Says::Idea));
        all.push(Worded::lines(lever.key, Says::Block));
    }
    for need in needs() {
        all.push(Worded::need(need.key, Says::Idea, need.idea));
        all.push(Worded::need(need.key, Says::Block, need.block));
    }
    all.extend(praise().iter().map(|p| Worded::families(p.key, p.words, 2)));
    for (name, remark) in [
        ("empty", remarks::EMPTY),
        ("vague", remarks::VAGUE),
        ("aside", remarks::ASIDE),
        ("request", remarks::REQUEST),
        ("other language", remarks::OTHER_LANGUAGE),
        ("staff aside", remarks::STAFF_ASIDE),
        ("about a person", remarks::ABOUT_A_PERSON),
    ] {
        all.push(Worded::families(name, remark, 1));
    }
    all
}

fn templates(families: &[Vec<&'static str>]) -> impl Iterator<Item = &'static str> {
    families.iter().flat_map(|family| family.iter().copied())
}

#[test]
fn every_line_is_read_and_belongs_to_something() {
    assert_eq!(wordings::unread(), Vec::<&str>::new());
    let mut known: BTreeSet<(&str, Says)> = pains().map(|p| (p.key, Says::Pain)).collect();
    for key in levers().map(|l| l.key).chain(needs().map(|n| n.key)) {
        known.extend([(key, Says::Idea), (key, Says::Block)]);
    }
    for line in wordings::keys() {
        assert!(known.contains(&line), "{line:?}");
    }
}

#[test]
fn templates_are_well_formed() {
    for worded in everything() {
        for template in worded.banks.iter().flat_map(|bank| templates(bank)) {
            assert_eq!(faults(template), Vec::<String>::new(), "{}", worded.name);
        }
    }
    for (name, grammar) in SLOTS {
        assert_eq!(faults(grammar), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn each_bank_words_everything_several_ways() {
    for worded in everything() {
        for (bank, families) in Bank::ALL.iter().zip(&worded.banks) {
            assert!(families.len() >= worded.least, "{}: {bank:?}", worded.name);
        }
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
    let mut said = BTreeSet::new();
    let mut skeletons: BTreeMap<String, usize> = BTreeMap::new();
    for worded in &everything() {
        for (bank, families) in worded.banks.iter().enumerate() {
            for template in templates(families) {
                assert!(said.insert(template), "said twice: {template}");
                // Skeletons of under four words ("at", "so I can") say nothing about a sentence.
                let bones = skeleton(template);
                if bones.split(' ').count() >= 4 {
                    let first = *skeletons.entry(bones).or_insert(bank);
                    assert_eq!(first, bank, "{}: {template}", worded.name);
                }
            }
        }
    }
}

#[test]
fn banks_share_no_sentence_of_substance() {
    let (slots, mut rng) = (Slots::compile(), ChaCha8Rng::seed_from_u64(3));
    let mut draw = |families: &[Vec<&'static str>]| -> BTreeSet<String> {
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
    let mut shared = Vec::new();
    for worded in everything() {
        let mut before = BTreeSet::new();
        for families in &worded.banks {
            let said = draw(families);
            shared.extend(
                said.intersection(&before)
                    .map(|text| format!("{}: {text}", worded.name)),
            );
            before.extend(said);
        }
    }
    assert_eq!(shared, Vec::<String>::new());
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
        let shared = wordings::of(pain.key, Says::Pain, None)
            .into_iter()
            .map(|line| {
                [line]
                    .into_iter()
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
