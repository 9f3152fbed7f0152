//! Coverage of meta-analysis' 95% intervals.
//!
//! `cargo run --release -p throughline-stats --example meta [runs]`

#[path = "../../crates/stats/tests/it/meta/simulate.rs"]
mod simulate;

use simulate::Plan;
use throughline_stats::meta::{Method, Test};

fn main() {
    let runs: u64 = std::env::args()
        .nth(1)
        .and_then(|v| v.parse().ok())
        .unwrap_or(2000);
    println!("{runs} runs: share of 95% intervals that hold the truth");
    println!(
        "| studies | tau | REML, robust (default) | REML, widened | REML, Knapp-Hartung | REML, normal | DL, Knapp-Hartung | Hunter-Schmidt, robust (default) | Hunter-Schmidt, t | Hunter-Schmidt, normal | one more study | tau² |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for studies in [5, 10, 20, 40] {
        for tau in [0.05, 0.15] {
            let plan = Plan { studies, tau };
            let (next, spread) = plan.coverage_of_prediction(Test::KnappHartung, runs);
            println!(
                "| {studies} | {tau} | {:.4} | {:.4} | {:.4} | {:.4} | {:.4} | {:.4} | {:.4} | {:.4} | {next:.4} | {spread:.4} |",
                plan.coverage(Method::Restricted, Test::Robust, runs),
                plan.coverage(Method::Restricted, Test::KnappHartungWidened, runs),
                plan.coverage(Method::Restricted, Test::KnappHartung, runs),
                plan.coverage(Method::Restricted, Test::Normal, runs),
                plan.coverage(Method::DerSimonianLaird, Test::KnappHartung, runs),
                plan.coverage_of_correlations(Test::Robust, runs),
                plan.coverage_of_correlations(Test::KnappHartung, runs),
                plan.coverage_of_correlations(Test::Normal, runs),
            );
        }
    }
}
