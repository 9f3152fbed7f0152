//! Plans against R's `power.t.test` and `power.prop.test`, and against simulation.
//!
//! Tolerance: R's noncentral t is good to about 1e-12, its sizes were asked for to 1e-12; 1e-7
//! leaves room for its own root search.

use crate::reference::{check, read};
use proptest::prelude::*;
use serde_json::Value;
use throughline_stats::NoAnswer;
use throughline_stats::experiment::plan::sequential::Plan;
use throughline_stats::experiment::plan::{
    Change, ClusterDesign, Design, periods, power, rows, smallest,
};

fn number(value: &Value) -> f64 {
    value.as_f64().expect("number")
}

#[test]
fn power_and_sizes_equal_r() {
    let file = read("experiment");
    for case in file["power_t"].as_array().expect("cases") {
        let change = Change::Mean {
            difference: number(&case["difference"]),
            sd: number(&case["sd"]),
        };
        let found = power(change, number(&case["n"]), &Design::USUAL).expect("power");
        check("power.t.test", found, number(&case["power"]), 1e-8);
    }
    for case in file["power_p"].as_array().expect("cases") {
        let change = Change::Share {
            control: number(&case["control"]),
            treated: number(&case["treated"]),
        };
        let found = power(change, number(&case["n"]), &Design::USUAL).expect("power");
        check("power.prop.test", found, number(&case["power"]), 1e-8);
    }
    let size = &file["size"];
    for case in size["mean"].as_array().expect("cases") {
        let change = Change::Mean {
            difference: number(&case["difference"]),
            sd: number(&case["sd"]),
        };
        let found = rows(change, number(&case["power"]), &Design::USUAL).expect("rows");
        check("rows, mean", found, number(&case["n"]), 1e-7);
    }
    for case in size["share"].as_array().expect("cases") {
        let change = Change::Share {
            control: number(&case["control"]),
            treated: number(&case["treated"]),
        };
        let found = rows(change, number(&case["power"]), &Design::USUAL).expect("rows");
        check("rows, share", found, number(&case["n"]), 1e-7);
    }
    let case = &size["smallest_mean"];
    let change = Change::Mean {
        difference: 0.0,
        sd: number(&case["sd"]),
    };
    let found = smallest(change, 300.0, 0.8, &Design::USUAL).expect("a difference");
    check("smallest, mean", found, number(&case["difference"]), 1e-7);
    let case = &size["smallest_share"];
    let change = Change::Share {
        control: 0.1,
        treated: 0.0,
    };
    let found = smallest(change, 300.0, 0.8, &Design::USUAL).expect("a rise");
    check(
        "smallest, share",
        0.1 + found,
        number(&case["treated"]),
        1e-7,
    );
}

#[test]
fn clusters_cost_rows() {
    let change = Change::Mean {
        difference: 0.3,
        sd: 1.0,
    };
    let clusters = ClusterDesign {
        rows: 20.0,
        rows_cv: 0.0,
        intraclass: 0.05,
    };
    check(
        "design effect",
        clusters.design_effect().expect("one"),
        1.95,
        1e-12,
    );
    let with = Design {
        clusters: Some(clusters),
        ..Design::USUAL
    };
    let plain = rows(change, 0.8, &Design::USUAL).expect("rows");
    let clustered = rows(change, 0.8, &with).expect("rows");
    // A little more than the design effect: the clusters, not the rows, are what is counted.
    assert!(clustered > 1.95 * plain && clustered < 2.3 * plain);
    // Many rows in few clusters don't help: with intraclass .05 two clusters can't do it.
    let huge = Design {
        clusters: Some(ClusterDesign {
            rows: 1e6,
            ..clusters
        }),
        ..Design::USUAL
    };
    assert!(power(change, 3e6, &huge).expect("power") < 0.5);
    check(
        "periods",
        periods(950.0, 1.0, 200.0).expect("weeks"),
        10.0,
        0.0,
    );
}

#[test]
fn widths_and_stopping_along_the_way() {
    let plan = Plan {
        horizon: 4000,
        treated_share: 0.5,
        sd: 1.0,
        largest_sd: 2.0,
        alpha: 0.05,
    };
    let widths = plan.widths(&[400, 1000, 2000, 4000]).expect("widths");
    let ratios: Vec<f64> = widths.iter().map(|w| w.half / w.fixed_half).collect();
    // √((1 + w) / w × (ln(1 + w) + 2 ln 20)) at w = 2 ln 20 + ln(1 + 2 ln 20) = 7.93621 is
    // 3.03521; over 1.95996.
    check("ratio at the horizon", ratios[3], 1.54860, 1e-5);
    assert!(ratios.windows(2).all(|pair| pair[1] < pair[0]));
    assert!(
        widths
            .iter()
            .all(|w| (w.largest_half / w.half - 2.0).abs() < 1e-9)
    );
    let none = plan.stopping(0.0, 200, 2000, 1).expect("stopping");
    assert!(none.found < 0.05 && none.mean_rows > 3900.0, "{none:?}");
    let large = plan.stopping(0.3, 200, 2000, 1).expect("stopping");
    assert!(large.found > 0.99 && large.mean_rows < 1500.0, "{large:?}");
    assert_eq!(Ok(large), plan.stopping(0.3, 200, 2000, 1));
}

#[test]
fn plans_that_cant_be_made_say_why() {
    let none = Change::Mean {
        difference: 0.0,
        sd: 1.0,
    };
    assert_eq!(rows(none, 0.8, &Design::USUAL), Err(NoAnswer::NoVariation));
    let tiny = Change::Mean {
        difference: 1e-9,
        sd: 1.0,
    };
    assert!(matches!(
        rows(tiny, 0.8, &Design::USUAL),
        Err(NoAnswer::OutOfReach { .. })
    ));
    for bad in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
        let change = Change::Mean {
            difference: 1.0,
            sd: bad,
        };
        assert!(rows(change, 0.8, &Design::USUAL).is_err(), "{bad}");
        assert!(power(change, 100.0, &Design::USUAL).is_err());
    }
    for control in [0.0, 1.0, -0.1, f64::NAN] {
        let change = Change::Share {
            control,
            treated: 0.5,
        };
        assert!(rows(change, 0.8, &Design::USUAL).is_err(), "{control}");
    }
    let change = Change::Share {
        control: 0.99,
        treated: 0.0,
    };
    assert!(matches!(
        smallest(change, 50.0, 0.8, &Design::USUAL),
        Err(NoAnswer::OutOfReach { .. })
    ));
    assert!(matches!(
        power(change, 1.0, &Design::USUAL),
        Err(NoAnswer::TooFewRows { n: 1, needed: 2 })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn power_is_what_rows_were_asked_for(
        difference in 0.05f64..2.0,
        ratio in 0.2f64..5.0,
        wanted in 0.3f64..0.99,
    ) {
        let design = Design { ratio, ..Design::USUAL };
        let change = Change::Mean { difference, sd: 1.0 };
        let n = rows(change, wanted, &design).expect("rows");
        let found = power(change, n, &design).expect("power");
        // Where two rows an arm are more than enough, power is above what was asked for.
        prop_assert!(found >= wanted - 1e-9);
        prop_assert!(n * ratio.min(1.0) < 2.1 || found <= wanted + 1e-6);
    }
}
