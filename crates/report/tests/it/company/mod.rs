//! A made-up insurer for tests and the preview: a full draft of its brief, and poor ones.
//! Every name, number and sentence is invented.

mod fixes;
mod inputs;
pub mod poor;
mod problems;
mod rest;

pub use poor::{
    half_a_year, long_words, no_answers, no_scores, nothing_found, one_response, severity_only,
    some_months,
};

use throughline_disclosure::{Released, Rules, release_brief};
use throughline_domain::brief::{Brief, Candidate, LinkPicture, Quote, SeriesPoint};
use throughline_domain::estimate::Reason;
use throughline_domain::{Estimate, Figure, Words};

/// All cases, by name.
pub fn cases() -> Vec<(&'static str, Brief<Candidate>)> {
    vec![
        ("full", full()),
        ("ease-not-asked", ease_not_asked()),
        ("long-words", long_words()),
        ("no-scores", no_scores()),
        ("severity-only", severity_only()),
        ("no-answers", no_answers()),
        ("nothing-found", nothing_found()),
        ("half-a-year", half_a_year()),
        ("some-months", some_months()),
        ("one-response", one_response()),
    ]
}

/// Released under the rules that ship.
pub fn released(draft: Brief<Candidate>) -> Released<Brief<Quote>> {
    release_brief(draft, &Rules::default())
}

/// The full case: everything is there.
pub fn full() -> Brief<Candidate> {
    Brief {
        company: Some("Harbour Mutual Insurance".into()),
        first_day: Some("2024-11-01".into()),
        last_day: Some("2026-10-31".into()),
        employees: 812,
        standings: rest::standings(),
        pains: problems::pains(),
        levers: fixes::levers(),
        chosen: [
            "f-claim-notes",
            "f-call-back",
            "f-progress-text",
            "f-finish-case",
            "f-plain-letters",
        ]
        .map(String::from)
        .to_vec(),
        ideas: rest::ideas(),
        needs: rest::needs(),
        strengths: rest::strengths(),
        matches: fixes::matches(),
        votes_agree: known(0.56, 0.2, 0.84, 14),
        gap_pains: vec!["p-renewal-price".into()],
        gap_levers: vec!["f-two-screens".into()],
        chain: Some(rest::chain()),
        measures: rest::measures(),
        links: vec![LinkPicture {
            from: "engagement".into(),
            to: "satisfaction".into(),
            lag: 1,
            path: Some(0.123_456_789),
            low: Some(0.05),
            high: Some(0.2),
            standardised: Some(0.1),
            standardised_low: Some(0.04),
            standardised_high: Some(0.16),
            n_units: 48,
            n_waves: 12,
            verdict: "comes first".into(),
            reason: None,
            method: Some("RI-CLPM".into()),
        }],
        commitment: Some(rest::commitment()),
        initiatives: rest::initiatives(),
        common_ground: rest::common_ground(),
        notes: rest::notes(),
        inputs: inputs::inputs(),
        review: inputs::review(),
    }
}

/// As the full case, but nobody was asked how simple the fixes are.
pub fn ease_not_asked() -> Brief<Candidate> {
    let mut draft = full();
    for lever in &mut draft.levers {
        lever.ease.figure = Figure::Unknown(Reason::NotAsked);
        lever.ease.from = throughline_domain::brief::EaseFrom::NotAsked;
    }
    draft
}

pub(crate) fn known(value: f64, low: f64, high: f64, n: u64) -> Figure {
    Figure::Known(Estimate::with_interval(
        value,
        low,
        high,
        n,
        "regression, CR2 by unit",
    ))
}

pub(crate) fn strings(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

/// Words of one person out of a group large enough to be named.
pub(crate) fn says(person: &str, from: &str, words: &str) -> Candidate {
    Candidate {
        words: Words::new(words),
        person: person.to_owned(),
        from: from.to_owned(),
        from_group: 60,
        title: None,
    }
}

/// Two years of months with a slow drift and a little unrest that is the same in every run.
pub(crate) fn months(start: f64, end: f64, unrest: f64, half: f64, n: u64) -> Vec<SeriesPoint> {
    (0_u32..24)
        .map(|at| {
            let along = f64::from(at) / 23.0;
            let wave = (f64::from(at) * 1.7).sin() + 0.6 * (f64::from(at) * 0.9 + 1.0).cos();
            let value = start + (end - start) * along + unrest * wave;
            let month = 10 + at;
            SeriesPoint {
                month: format!("{}-{:02}", 2024 + month / 12, month % 12 + 1),
                value,
                low: Some(value - half),
                high: Some(value + half),
                n: n + u64::from(at * 7 % 40),
            }
        })
        .collect()
}
