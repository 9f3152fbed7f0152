//! Against R (`tools/reference/mediation.R`).
//!
//! Paths are closed forms: 1e-10. Both sides draw 20,000 times; a percentile out at 2% then has a
//! standard error of about 2% of the bootstrap's own (√(.02·.98/20000) over the normal's density
//! there, .05), the difference of two 3%; 12% is four of these. Standard errors: 1/√(2·20000) each,
//! so 2.5% is more than four.

use crate::reference::{check, numbers, read};
use serde_json::Value;
use throughline_stats::Answer;
use throughline_stats::mediation::{Bootstrap, Ends, Mediation, Part, Variables, mediate};

fn ours(all: &Value, case: &Value, ends: Ends) -> Mediation {
    let column = |name: &str| numbers(&all["data"][name]);
    let cluster: Vec<usize> = column("g").iter().map(|g| *g as usize - 1).collect();
    let (x, m, y, w) = (column("x"), column("m"), column("y"), column("w"));
    let covariates: [&[f64]; 1] = [&w];
    let part = match case["part"].as_str() {
        Some("within") => Part::Within,
        Some("between") => Part::Between,
        _ => Part::All,
    };
    let variables = Variables {
        cause: &x,
        mediator: &m,
        outcome: &y,
        covariates: if case["covariate"] == true {
            &covariates
        } else {
            &[]
        },
        cluster: &cluster,
        clusters: 40,
    };
    mediate(
        &variables,
        part,
        Bootstrap {
            draws: 20_000,
            seed: 1,
            ends,
        },
    )
    .expect("mediation")
}

fn answers(found: &Mediation) -> [&Answer; 5] {
    [
        &found.to_mediator,
        &found.to_outcome,
        &found.direct,
        &found.indirect,
        &found.total,
    ]
}

#[test]
fn equals_lm_and_boot() {
    let all = read("mediation");
    for case in all["cases"].as_array().expect("cases") {
        let name = format!("{} {}", case["part"], case["covariate"]);
        let keys = ["a", "b", "direct", "indirect", "total"];
        for (ends, theirs) in [(Ends::Percentile, "percentile"), (Ends::Accelerated, "bca")] {
            let found = ours(&all, case, ends);
            assert_eq!((found.draws, found.clusters), (20_000, 40));
            let erasing = case["paths"]["erasing"].as_f64().expect("n");
            check(&name, found.erasing_correlation, erasing, 1e-10);
            let se = numbers(&case["se"]);
            for (k, answer) in answers(&found).into_iter().enumerate() {
                let path = case["paths"][keys[k]].as_f64().expect("n");
                check(&format!("{name}: {}", keys[k]), answer.value, path, 1e-10);
                let spread = answer.spread.as_ref().expect("a spread");
                assert!(
                    (spread.se / se[k] - 1.0).abs() < 0.025,
                    "{name} {}: {} {}",
                    keys[k],
                    spread.se,
                    se[k]
                );
                let theirs = numbers(&case[theirs][k]);
                for (ours, theirs) in [(spread.low, theirs[0]), (spread.high, theirs[1])] {
                    let off = (ours - theirs) / se[k];
                    assert!(
                        off.abs() < 0.12,
                        "{name} {} {ends:?}: {ours} {theirs}",
                        keys[k]
                    );
                }
            }
        }
    }
}
