//! How near the brief comes to the truth of sample companies.
//!
//! `cargo run --release -p throughline-engine --example against_truth -- [SEEDS] [BANK] [REVIEWED]`
//! makes one company a seed (BANK: making, held-out, free-making, free-held-out; else the first two), writes its
//! brief, optionally judges REVIEWED comments, and the hundred pairs asked beside them, by the truth and writes it
//! again, and prints what was found against what is true (pairs and the chosen five then hold what was told: they
//! can't be compared with those of other runs). `--dump FILE` writes the evidence of every pair with its truth,
//! to learn weights from; `--keep DIR` keeps each company's folder; `--answers N`, `--signals N` and `--employees N`
//! make companies of other sizes than the small one; `--votes KNOWN` has employees' votes on what would help customers
//! read, of people who know it so well (log-odds a standard deviation of what is in play; the sample's own is 0.7);
//! `--after N` begins with the seed after N.

mod compare;
mod judge;
mod labels;
mod totals;

use compare::Seed;
use std::path::{Path, PathBuf};
use throughline_engine::{BriefRequest, company};
use throughline_sample::{Bank, Plan, Size};
use totals::Totals;

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let dump = option(&mut arguments, "--dump");
    let keep = option(&mut arguments, "--keep").map(PathBuf::from);
    let mut counts = Size::Small.counts();
    if let Some(answers) = option(&mut arguments, "--answers") {
        counts.answers = answers.parse().expect("a number of answers");
    }
    if let Some(signals) = option(&mut arguments, "--signals") {
        counts.signals = signals.parse().expect("a number of signals");
    }
    if let Some(employees) = option(&mut arguments, "--employees") {
        counts.employees = employees.parse().expect("a number of employees");
    }
    let voters_know: Option<f64> =
        option(&mut arguments, "--votes").map(|known| known.parse().expect("how well voters know"));
    let after: u64 =
        option(&mut arguments, "--after").map_or(0, |seed| seed.parse().expect("a seed"));
    let seeds: u64 = arguments.first().and_then(|n| n.parse().ok()).unwrap_or(10);
    let bank = match arguments.get(1).map(String::as_str) {
        Some("making") => Some(Bank::Making),
        Some("held-out") => Some(Bank::HeldOut),
        Some("free-making") => Some(Bank::FreeMaking),
        Some("free-held-out") => Some(Bank::FreeHeldOut),
        _ => None,
    };
    let reviewed: usize = arguments.get(2).and_then(|n| n.parse().ok()).unwrap_or(0);
    assert!(
        dump.is_none() || reviewed == 0,
        "evidence is learnt from before anything is told"
    );
    let mut totals = Totals::default();
    let mut evidence = String::from(
        "seed,known,true,pain,lever,centres,bridge,topics,words,sentences,place,movement\n",
    );
    for seed in after + 1..=after + seeds {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = keep.as_ref().map(|keep| keep.join(seed.to_string()));
        let out = kept.as_deref().unwrap_or(folder.path());
        company(counts, seed, bank, voters_know, out).expect("a brief");
        let truth_labels = labels::coverage(&Plan::draw_counts(counts, seed, bank));
        let before = Seed::read(out);
        let mut found = before;
        // Each brief offers a sample of 100 comments more.
        for done in (0..reviewed).step_by(100) {
            judge::assignments(out, &found, done + 100);
            judge::pairs(out, &found);
            let again = again(out, seed, voters_know.is_some());
            throughline_engine::brief(&again, &throughline_engine::Silent).expect("a brief");
            found = Seed::read(out);
        }
        println!("seed {seed}: {}", found.line(&truth_labels));
        evidence.push_str(&found.evidence(seed));
        totals.add(&found, &truth_labels);
    }
    if let Some(path) = dump {
        std::fs::write(path, evidence).expect("the evidence can be written");
    }
    totals.print();
}

/// Takes an option and its value out of the arguments.
fn option(arguments: &mut Vec<String>, name: &str) -> Option<String> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.remove(at);
    (at < arguments.len()).then(|| arguments.remove(at))
}

fn again(out: &Path, seed: u64, voted: bool) -> BriefRequest {
    use throughline_domain::Table;
    let files = [
        (Table::Signals, "signals.csv"),
        (Table::Voice, "voice.csv"),
        (Table::Units, "units.csv"),
        (Table::Chain, "chain.csv"),
        (Table::Roles, "roles.csv"),
        (Table::Votes, "votes.csv"),
    ];
    let files = files
        .into_iter()
        .filter(|(table, _)| voted || *table != Table::Votes);
    BriefRequest {
        tables: files
            .map(|(table, name)| throughline_engine::TableFiles {
                table,
                files: vec![out.join("data").join(name)],
            })
            .collect(),
        reading: Default::default(),
        company: None,
        out: out.to_owned(),
        seed,
    }
}
