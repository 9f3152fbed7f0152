//! How often 95% intervals hold the true overall effect, and how often verdicts are wrong, in
//! shapes users have. `cargo run --release -p throughline-stats --example effect_coverage -- 2000`
//! (a shape's name after the number runs only those that contain it).

use rayon::prelude::*;
use throughline_stats::effect::judge::{Chosen, Doubt, Question, Verdict, judge};
use throughline_stats::effect::{Base, Control, Options, Panel, Rows, estimate};

mod departing;
#[path = "../../crates/stats/tests/it/effect/made.rs"]
mod made;

/// As in the tests.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Whose row it is.
    pub unit: Vec<usize>,
    /// When.
    pub period: Vec<i64>,
    /// The value.
    pub outcome: Vec<f64>,
    /// Start.
    pub start: Vec<Option<i64>>,
    /// Groups of units.
    pub cluster: Vec<usize>,
}

impl Table {
    fn panel(&self) -> Panel {
        Panel::new(&Rows {
            unit: &self.unit,
            period: &self.period,
            outcome: &self.outcome,
            start: &self.start,
            covariates: &[],
            weight: &[],
            cluster: &self.cluster,
        })
        .expect("a panel")
    }
}

use made::Plan;

fn shapes() -> Vec<(&'static str, Plan)> {
    let holes = |mut plan: Plan| {
        plan.missing = 0.2;
        plan
    };
    let mut single = Plan::usual(60, 24, &[]);
    single.starts = (6..18).map(|g| (g, 1)).collect();
    let mut clusters = Plan::usual(240, 12, &[(5, 8), (8, 8)]);
    clusters.cluster = 6;
    clusters.shared = 0.4;
    vec![
        ("60 x 24, one start", Plan::usual(60, 24, &[(13, 30)])),
        (
            "60 x 24, four starts",
            Plan::usual(60, 24, &[(8, 8), (12, 8), (15, 8), (18, 8)]),
        ),
        ("60 x 24, twelve starts of one", single),
        (
            "60 x 24, 20% missing",
            holes(Plan::usual(60, 24, &[(8, 8), (12, 8), (15, 8), (18, 8)])),
        ),
        (
            "200 x 6, two starts",
            Plan::usual(200, 6, &[(3, 50), (5, 50)]),
        ),
        (
            "200 x 6, 20% missing",
            holes(Plan::usual(200, 6, &[(3, 50), (5, 50)])),
        ),
        ("200 x 6, ten treated", Plan::usual(200, 6, &[(4, 10)])),
        (
            "1000 x 12, five starts",
            Plan::usual(1000, 12, &[(4, 80), (6, 80), (8, 80), (9, 80), (11, 80)]),
        ),
        (
            "1000 x 12, 20% missing",
            holes(Plan::usual(
                1000,
                12,
                &[(4, 80), (6, 80), (8, 80), (9, 80), (11, 80)],
            )),
        ),
        ("40 clusters of 6, 12 periods", clusters),
        (
            "few: 5 of 40 treated, 12 periods",
            Plan::usual(40, 12, &[(7, 5)]),
        ),
        (
            "few: 9 of 60 in three starts, 24 periods",
            Plan::usual(60, 24, &[(8, 3), (12, 3), (15, 3)]),
        ),
    ]
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let runs: u64 = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(500);
    let only = arguments.next().unwrap_or_default();
    println!("{runs} runs a shape\n");
    if only == "slopes" {
        return departing::slopes(runs);
    }
    if only == "departing" {
        return departing::run(runs);
    }
    println!("| shape | holds the truth | large-sample error alone would | bias | approach |");
    println!("|---|---|---|---|---|");
    for (name, plan) in shapes().iter().filter(|(name, _)| name.contains(&only)) {
        let found: Vec<(bool, bool, f64, bool)> = (0..runs)
            .into_par_iter()
            .map(|seed| covers(plan, seed))
            .collect();
        let share = |pick: fn(&(bool, bool, f64, bool)) -> bool| {
            100.0 * found.iter().filter(|f| pick(f)).count() as f64 / runs as f64
        };
        let bias = found.iter().map(|f| f.2).sum::<f64>() / runs as f64;
        let how = if share(|f| f.3) > 50.0 {
            "randomised"
        } else {
            "intervals"
        };
        println!(
            "| {name} | {:.1}% | {:.1}% | {bias:+.4} | {how} |",
            share(|f| f.0),
            share(|f| f.1)
        );
    }
    println!("\nNo effect at all; those with the lowest last value are chosen:\n");
    println!(
        "| shape | plain difference-in-differences finds an effect | ours: effect | ours: can't tell |"
    );
    println!("|---|---|---|---|");
    for (name, units, periods, starts) in [
        (
            "worst: 10 of 60, one start, 12 periods",
            60,
            12,
            vec![(7, 10)],
        ),
        (
            "worst: 20 of 60, one start, 24 periods",
            60,
            24,
            vec![(13, 20)],
        ),
        (
            "worst: 40 of 200, one start, 12 periods",
            200,
            12,
            vec![(7, 40)],
        ),
        (
            "worst: 5 a period, 60 units, 24 periods",
            60,
            24,
            (10..14).map(|g| (g, 5)).collect(),
        ),
        (
            "worst: 300 of 1000, one start, 12 periods",
            1000,
            12,
            vec![(7, 300)],
        ),
    ] {
        if !name.contains(&only) {
            continue;
        }
        for (said, words) in [
            (Chosen::ByRecentValues, "said"),
            (Chosen::Unsaid, "not said"),
        ] {
            let mut plan = Plan::usual(units, periods, &starts);
            (plan.effect, plan.growth, plan.uneven) = (0.0, 0.0, 0.0);
            plan.worst_first = true;
            let found: Vec<(bool, bool, bool)> = (0..runs)
                .into_par_iter()
                .map(|seed| errs(&plan, said, seed))
                .collect();
            let share = |pick: fn(&(bool, bool, bool)) -> bool| {
                100.0 * found.iter().filter(|f| pick(f)).count() as f64 / runs as f64
            };
            println!(
                "| {name}, {words} | {:.1}% | {:.1}% | {:.1}% |",
                share(|f| f.0),
                share(|f| f.1),
                share(|f| f.2)
            );
        }
    }
    println!("\nNo effect at all, truly chosen by lot and said so; 199 draws:\n");
    println!("| shape | withheld | warned |");
    println!("|---|---|---|");
    for (name, units, periods, starts) in [
        ("lot: 20 of 60, 12 periods", 60, 12, vec![(7, 20)]),
        ("lot: 40 of 200, 12 periods", 200, 12, vec![(7, 40)]),
        (
            "lot: 8 at each of four starts of 60, 24 periods",
            60,
            24,
            vec![(8, 8), (12, 8), (15, 8), (18, 8)],
        ),
        ("lot: 5 of 40, 12 periods", 40, 12, vec![(7, 5)]),
    ] {
        if !name.contains(&only) {
            continue;
        }
        let mut plan = Plan::usual(units, periods, &starts);
        (plan.effect, plan.growth, plan.uneven) = (0.0, 0.0, 0.0);
        let found: Vec<(bool, bool)> = (0..runs)
            .into_par_iter()
            .map(|seed| alarmed(&plan, seed))
            .collect();
        let share = |pick: fn(&(bool, bool)) -> bool| {
            100.0 * found.iter().filter(|f| pick(f)).count() as f64 / runs as f64
        };
        println!(
            "| {name} | {:.1}% | {:.1}% |",
            share(|f| f.0),
            share(|f| f.1)
        );
    }
}

/// Whether the verdict is withheld because units don't look chosen by lot, and whether there is
/// only a warning.
fn alarmed(plan: &Plan, seed: u64) -> (bool, bool) {
    let asked = Question {
        draws: 199,
        ..question(Chosen::Random, seed)
    };
    let found = judge(&plan.make(seed).0.panel(), &asked).expect("an answer");
    let withheld = matches!(found.verdict, Verdict::CantTell(Doubt::NotByLot(_)));
    (withheld, !withheld && found.alarm().is_some())
}

fn question(chosen: Chosen, seed: u64) -> Question {
    Question {
        options: Options::default(),
        chosen,
        matters: None,
        draws: 0,
        departures: false,
        seed,
    }
}

/// Whether our interval holds the truth, whether the large-sample one does, the error, and
/// whether randomisation answered.
fn covers(plan: &Plan, seed: u64) -> (bool, bool, f64, bool) {
    let (table, truth) = plan.make(seed);
    let found = judge(&table.panel(), &question(Chosen::Random, seed)).expect("an answer");
    let head = found.headline.as_ref().expect("a figure");
    let (low, high) = head.ends.expect("an interval");
    let plain = &found.averages.overall;
    let se = plain.analytic_se.expect("an error");
    (
        low <= truth && truth <= high,
        (plain.value - truth).abs() <= 1.959_964 * se,
        head.value - truth,
        found.randomised.is_some(),
    )
}

/// Whether plain difference-in-differences finds an effect, whether ours does, and whether ours
/// says that it can't tell.
fn errs(plan: &Plan, chosen: Chosen, seed: u64) -> (bool, bool, bool) {
    let (table, _) = plan.make(seed);
    let panel = table.panel();
    let options = Options {
        control: Control::NotYet,
        base: Base::Universal,
        ..Options::default()
    };
    let plain = estimate(&panel, &options)
        .and_then(|fit| fit.averages())
        .expect("averages")
        .overall;
    let found = judge(&panel, &question(chosen, seed)).expect("an answer");
    (
        plain.value.abs() > 1.959_964 * plain.analytic_se.expect("an error"),
        matches!(found.verdict, Verdict::Raised | Verdict::Lowered),
        matches!(found.verdict, Verdict::CantTell(_)) && found.headline.is_none(),
    )
}
