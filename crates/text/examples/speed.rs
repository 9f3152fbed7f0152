//! How long fitting and assigning take: fits themes to banking77 and to 50,000 variants of its
//! questions, then assigns a million. Run in release with RAYON_NUM_THREADS=1 for CPU-seconds:
//! `RAYON_NUM_THREADS=1 cargo run --release -p throughline-text --example speed`

use std::time::Instant;
use throughline_text::themes::{self, ThemeOptions};
use throughline_text::vectors::Vectors;

fn main() {
    let mut questions = Vec::new();
    for file in ["train.csv", "test.csv"] {
        let path = format!(
            "{}/../../../shared/data/bank-customers/{file}",
            env!("CARGO_MANIFEST_DIR")
        );
        let Ok(mut reader) = csv::Reader::from_path(path) else {
            println!("skipped: ../shared/data is not there");
            return;
        };
        questions.extend(
            reader
                .records()
                .filter_map(Result::ok)
                .map(|r| r[0].to_string()),
        );
    }
    let endings = [
        "",
        " please",
        " today",
        " from my flat in London",
        " since Monday",
        " on my phone",
    ];
    let varied = |count: usize| -> Vec<String> {
        (0..count)
            .map(|i| {
                let question = &questions[i % questions.len()];
                let turn = i / questions.len();
                let other = &questions[(i * 7919 + turn) % questions.len()];
                let words: Vec<&str> = other.split(' ').take(turn % 4).collect();
                format!(
                    "{question}{} {}",
                    endings[turn % endings.len()],
                    words.join(" ")
                )
            })
            .collect()
    };
    let vectors = Vectors::shipped();
    let mut model = None;
    for texts in [questions.clone(), varied(50_000)] {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let started = Instant::now();
        let fit = themes::fit(&texts, &ThemeOptions::default(), 1);
        println!(
            "fit: {} texts ({} distinct), {} themes in {:.1} s",
            texts.len(),
            fit.distinct,
            fit.model.len(),
            started.elapsed().as_secs_f64()
        );
        model = Some(fit.model);
    }
    let Some(model) = model else { return };
    let million = varied(1_000_000);
    let million: Vec<&str> = million.iter().map(String::as_str).collect();
    let words: usize = million.iter().map(|t| t.split(' ').count()).sum();
    let started = Instant::now();
    let assigned = model.assign_all(vectors, &million);
    println!(
        "assign: {} texts of {:.1} words to {} themes in {:.1} s, {} bytes of model",
        assigned.len(),
        words as f64 / 1e6,
        model.len(),
        started.elapsed().as_secs_f64(),
        model.to_bytes().len()
    );
}
