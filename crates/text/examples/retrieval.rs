//! R@10 of the shipped table: of a text's ten nearest others, the share with its label.
//!
//! `cargo run --release -p throughline-text --example retrieval` reads ../shared/data (bank customers'
//! questions with 77 intents; patients' comments with their subcategory) and prints one line a set.
//! Vectors are centred, nearness is the cosine, all texts are compared (exact). The labels are for
//! judging alone: nothing of these files was used in making the table.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use throughline_text::matrix::{mean, products, to_unit};
use throughline_text::vectors::Vectors;

const NEIGHBOURS: usize = 10;
const BLOCK: usize = 64;

/// Subcategories that name no subject; people put there what fits nowhere.
const NO_SUBJECT: [&str; 7] = [
    "",
    "NA",
    "Nothing to improve",
    "Everything was good/bad",
    "Nothing was good",
    "General",
    "Miscellaneous",
];

fn main() {
    let bank = ["train.csv", "test.csv"].map(|file| format!("bank-customers/{file}"));
    report("bank customers, intent", read(&bank, "text", "category"));

    let patients = ["patient-feedback/phase1_text_data.csv".to_owned()];
    let mut comments = read(&patients, "feedback", "subcategory");
    comments.retain(|(text, label)| text.chars().count() > 10 && !NO_SUBJECT.contains(&&**label));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, label) in &comments {
        *counts.entry(label.clone()).or_default() += 1;
    }
    comments.retain(|(_, label)| counts[label] >= 40);
    report("patients, subcategory", comments);
}

/// The texts and labels of some CSV files; none, with a line that says so, if a file is absent.
fn read(files: &[String], text: &str, label: &str) -> Vec<(String, String)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let mut found = Vec::new();
    for file in files {
        let Ok(mut reader) = csv::Reader::from_path(data.join(file)) else {
            eprintln!("skipped: `{file}` is not in ../shared/data");
            return Vec::new();
        };
        let headers = reader.headers().cloned().unwrap_or_default();
        let at = |name| headers.iter().position(|h| h == name).unwrap_or(0);
        let (text, label) = (at(text), at(label));
        found.extend(
            reader
                .records()
                .flatten()
                .map(|row| (row[text].to_owned(), row[label].to_owned())),
        );
    }
    found
}

fn report(set: &str, texts: Vec<(String, String)>) {
    if texts.len() <= NEIGHBOURS {
        return;
    }
    let (texts, labels): (Vec<String>, Vec<String>) = texts.into_iter().unzip();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let width = Vectors::DIMENSIONS;
    let mut vectors = Vectors::shipped().embed_all(&texts);
    let centre = mean(&vectors, width, |_| 1.0);
    for vector in vectors.chunks_exact_mut(width) {
        vector.iter_mut().zip(&centre).for_each(|(x, c)| *x -= c);
        to_unit(vector);
    }
    let hits: usize = vectors
        .par_chunks(width * BLOCK)
        .enumerate()
        .map(|(block, queries)| {
            let mut cosines = vec![0.0; queries.len() / width * texts.len()];
            products(queries, &vectors, width, &mut cosines);
            cosines
                .chunks_exact(texts.len())
                .enumerate()
                .map(|(row, cosines)| hits(block * BLOCK + row, cosines, &labels))
                .sum::<usize>()
        })
        .sum();
    let kinds: std::collections::BTreeSet<_> = labels.iter().collect();
    println!(
        "{set}: R@{NEIGHBOURS} {:.4} ({} texts, {} labels)",
        hits as f64 / (NEIGHBOURS * texts.len()) as f64,
        texts.len(),
        kinds.len(),
    );
}

fn hits(query: usize, cosines: &[f32], labels: &[String]) -> usize {
    let mut others: Vec<usize> = (0..cosines.len()).filter(|&i| i != query).collect();
    let nearer = |&a: &usize, &b: &usize| cosines[b].total_cmp(&cosines[a]).then(a.cmp(&b));
    others.select_nth_unstable_by(NEIGHBOURS - 1, nearer);
    others[..NEIGHBOURS]
        .iter()
        .filter(|&&other| labels[other] == labels[query])
        .count()
}
