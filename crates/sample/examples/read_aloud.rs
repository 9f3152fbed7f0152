//! Prints generated comments and answers with their truth, to be read aloud: what no person would
//! write is a fault of the catalogue. `cargo run -p throughline-sample --example read_aloud 7 100`
//! reads a hundred of each with seed 7.

use std::convert::Infallible;
use throughline_sample::{Counts, Plan, VoiceKind};

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse::<u64>().ok());
    let seed = numbers.next().unwrap_or(1);
    let wanted = numbers.next().unwrap_or(100) as usize;
    let counts = Counts {
        signals: wanted as u32 * 8,
        answers: wanted as u32 * 4,
        employees: 1_200,
    };
    let plan = Plan::draw_counts(counts, seed, None);
    let mut read = 0;
    let Ok(()) = plan.signals(|row, truth| {
        if let Some(comment) = row.comment.filter(|_| read < wanted) {
            read += 1;
            let score = row.score.map_or("-".to_owned(), |s| s.to_string());
            println!("{score:>2} [{}] {comment}", truth.pains_joined);
        }
        Ok::<(), Infallible>(())
    });
    read = 0;
    let Ok(()) = plan.voice(|row, truth| {
        if let Some(text) = row.text.filter(|_| read < wanted) {
            read += 1;
            let kind = match truth.kind {
                VoiceKind::Lever => "fix",
                VoiceKind::Need => "need",
                VoiceKind::None => "-",
            };
            println!(
                "{} {kind} {} ({}): {text}",
                row.question, truth.key, row.role
            );
        }
        Ok::<(), Infallible>(())
    });
}
