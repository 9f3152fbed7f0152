//! Short texts embedded per CPU-second on one core: `cargo bench -p throughline-text --bench embed`.
//!
//! Reads the bank customers' questions from ../shared/data (short texts, 12 wordpieces each). One
//! thread, so wall time is CPU time where the machine is quiet; the process's own CPU time is taken
//! from /proc where there is one. Prints the best and the middle of nine rounds.

use std::path::Path;
use std::time::Instant;

use throughline_text::vectors::{Scratch, Vectors};

const ROUNDS: usize = 9;
const PASSES: usize = 10;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/bank-customers");
    let mut texts: Vec<String> = Vec::new();
    for file in ["train.csv", "test.csv"] {
        let Ok(mut reader) = csv::Reader::from_path(folder.join(file)) else {
            eprintln!("skipped: `{}` is not there", folder.join(file).display());
            return;
        };
        for record in reader.records().flatten() {
            texts.extend(record.get(0).map(str::to_owned));
        }
    }

    let start = Instant::now();
    let vectors = Vectors::shipped();
    println!(
        "table read in {:.1} ms",
        start.elapsed().as_secs_f64() * 1e3
    );

    let mut scratch = Scratch::default();
    let mut ids = Vec::new();
    let mut vector = vec![0.0f32; Vectors::DIMENSIONS];
    rates("wordpieces only", texts.len(), || {
        let mut pieces = 0usize;
        for text in &texts {
            vectors.tokens(&mut scratch, text, &mut ids);
            pieces += ids.len();
        }
        pieces as f32
    });
    rates("embedded", texts.len(), || {
        let mut first = 0.0;
        for text in &texts {
            vectors.embed_into(&mut scratch, text, &mut vector);
            first += vector[0];
        }
        first
    });
}

fn rates(what: &str, texts: usize, mut pass: impl FnMut() -> f32) {
    let mut rates: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let (cpu, start) = (thread_cpu_seconds(), Instant::now());
            for _ in 0..PASSES {
                std::hint::black_box(pass());
            }
            let wall = start.elapsed().as_secs_f64();
            let spent = match (cpu, thread_cpu_seconds()) {
                (Some(before), Some(after)) => after - before,
                _ => wall,
            };
            (texts * PASSES) as f64 / spent
        })
        .collect();
    rates.sort_by(f64::total_cmp);
    println!(
        "{what}: {:.0} texts a CPU-second (best), {:.0} (middle), {texts} texts x {PASSES} x {ROUNDS}",
        rates[ROUNDS - 1],
        rates[ROUNDS / 2],
    );
}

/// CPU time of this thread so far, from Linux's scheduler statistics (nanoseconds).
fn thread_cpu_seconds() -> Option<f64> {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds * 1e-9)
}
