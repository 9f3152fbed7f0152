//! Words: lengths, variety, what is said by whom.

use crate::{signals, within};
use std::collections::{BTreeMap, BTreeSet};
use throughline_sample::{Bank, Counts, Plan, SURVEY, Size};

#[test]
fn comments_that_name_a_problem_are_neither_bare_nor_endless() {
    for bank in [None].into_iter().chain(Bank::ALL.map(Some)) {
        let counts = Counts {
            signals: 20_000,
            answers: 1,
            employees: 100,
        };
        let plan = Plan::draw_counts(counts, 6, bank);
        signals(&plan, |row, truth| {
            let comment = row.comment.unwrap_or_default();
            let words = comment.split_whitespace().count();
            // Traces of who wrote come on top of the words.
            let traced = ["@example.com", "07700 900", "Ref A", "account is 40"];
            let has_trace = traced
                .iter()
                .any(|t| comment.to_lowercase().contains(&t.to_lowercase()));
            // Who tells freely tells more: three such stories are up to a hundred words.
            let is_free = matches!(bank, Some(Bank::FreeMaking | Bank::FreeHeldOut));
            let longest = if is_free { 110 } else { 41 };
            let longest = longest + if has_trace { 9 } else { 0 };
            let least = if truth.pains.is_empty() { 0 } else { 3 };
            assert!(
                (least..=longest).contains(&words),
                "{words} words: {comment}"
            );
            assert!(!comment.contains(['[', ']', '|', '#']), "{comment}");
            assert!(
                !comment.contains("  ") && comment.trim() == comment,
                "`{comment}`"
            );
        });
    }
}

#[test]
fn wordings_vary() {
    let plan = Plan::draw(Size::Small, 8);
    let mut by_pain: BTreeMap<String, (usize, BTreeSet<String>)> = BTreeMap::new();
    signals(&plan, |row, truth| {
        if let [pain] = truth.pains {
            let (n, distinct) = by_pain.entry((*pain).to_owned()).or_default();
            *n += 1;
            distinct.insert(row.comment.unwrap().to_lowercase());
        }
    });
    for (pain, (n, distinct)) in by_pain {
        let share = distinct.len() as f64 / n as f64;
        within(
            &format!("distinct comments of {pain} ({n})"),
            share,
            0.55,
            1.0,
        );
    }
}

#[test]
fn numbers_of_problems_named() {
    let plan = Plan::draw(Size::Small, 10);
    let mut counts = [0.0; 4];
    let (mut rows, mut praised_beside) = (0.0, 0.0);
    let mut people_traced = 0;
    signals(&plan, |row, truth| {
        if row.source == SURVEY {
            rows += 1.0;
            counts[truth.pains.len()] += 1.0;
            praised_beside += f64::from(u8::from(
                !truth.pains.is_empty() && truth.strength.is_some(),
            ));
        }
        people_traced += usize::from(row.comment.is_some_and(|c| c.contains("example.com")));
    });
    within("no problem", counts[0] / rows, 0.6, 0.85);
    within("one", counts[1] / rows, 0.12, 0.35);
    within("two", counts[2] / rows, 0.004, 0.08);
    within("three", counts[3] / rows, 0.00003, 0.02);
    within(
        "praise beside a problem",
        praised_beside / (rows - counts[0]),
        0.08,
        0.3,
    );
    assert!(people_traced > 0);
}

#[test]
fn problems_are_named_at_their_step_and_when_in_season() {
    let plan = Plan::draw(Size::Small, 10);
    let truth = plan.truth();
    let stages: BTreeMap<&str, &str> = truth.pains.iter().map(|p| (p.key, p.stage)).collect();
    let (mut own, mut named) = (0.0, 0.0);
    signals(&plan, |row, truth| {
        for pain in truth.pains {
            named += 1.0;
            own += f64::from(u8::from(stages[pain] == row.stage));
        }
    });
    within("named at its own step", own / named, 0.3, 0.7);
}
