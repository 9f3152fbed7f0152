//! What a user may bring that can't be answered, each with its reason; and nothing infinite or
//! undefined in what is.

use super::Table;
use super::made::Plan;
use throughline_stats::NoAnswer;
use throughline_stats::effect::bootstrap::bands;
use throughline_stats::effect::group_time::INFLUENCE_MOST;
use throughline_stats::effect::judge::{Chosen, Doubt, Finding, Question, Verdict, judge};
use throughline_stats::effect::panel::VALUES_MOST;
use throughline_stats::effect::{Method, Options, Refusal, estimate, history};

fn question(chosen: Chosen) -> Question {
    Question {
        options: Options::default(),
        chosen,
        matters: None,
        draws: 199,
        departures: true,
        seed: 1,
    }
}

fn usual() -> Table {
    Plan::usual(40, 6, &[(3, 8), (5, 8)]).make(1).0
}

/// Everything that a finding shows is a number.
fn all_finite(finding: &Finding) {
    let mut seen = Vec::new();
    if let Some(head) = &finding.headline {
        seen.push(head.value);
        seen.extend(
            [head.se, head.df, head.p, head.smallest]
                .into_iter()
                .flatten(),
        );
        seen.extend(head.ends.iter().flat_map(|(a, b)| [*a, *b]));
    }
    seen.extend(
        finding
            .fit
            .effects
            .iter()
            .filter_map(|e| e.value.clone().ok()),
    );
    let averages = &finding.averages;
    let lists = [&averages.by_group, &averages.by_period, &averages.by_time];
    for average in lists.into_iter().flatten().chain([&averages.overall]) {
        seen.push(average.value);
        if let Ok(spread) = &average.spread {
            seen.extend([spread.se, spread.low, spread.high]);
        }
        seen.extend(average.analytic_se);
    }
    if let Some(bands) = &finding.bands {
        let lists = [
            &bands.by_time,
            &bands.by_group,
            &bands.by_period,
            &bands.effects,
        ];
        for band in lists.into_iter().flatten() {
            seen.push(band.critical);
            seen.extend(band.se.iter().flatten());
        }
    }
    if let Some(Ok(departures)) = &finding.departures {
        for bound in departures.relative.iter().chain(&departures.smooth) {
            seen.extend([bound.low, bound.high]);
        }
    }
    assert!(seen.iter().all(|v| v.is_finite()), "{seen:?}");
}

#[track_caller]
fn refused(table: &Table) -> NoAnswer {
    let made = table
        .panel()
        .and_then(|panel| judge(&panel, &question(Chosen::Random)));
    match made {
        Err(reason) => reason,
        Ok(finding) => panic!("answered: {:?}", finding.headline),
    }
}

#[test]
fn rows_that_are_wrong() {
    assert_eq!(refused(&Table::default()), NoAnswer::Empty);
    let mut table = usual();
    table.unit[7] = table.unit[6];
    table.period[7] = table.period[6];
    let repeated = NoAnswer::RepeatedRow {
        unit: table.unit[6],
        period: table.period[6],
    };
    assert_eq!(refused(&table), repeated);
    let mut table = usual();
    table.outcome[3] = f64::INFINITY;
    assert_eq!(
        refused(&table),
        NoAnswer::NotFinite {
            value: f64::INFINITY
        }
    );
    let mut table = usual();
    table.outcome[3] = f64::NAN;
    assert!(matches!(refused(&table), NoAnswer::NotFinite { .. }));
    let mut table = usual();
    table.outcome[3] = 1e300;
    assert!(matches!(
        refused(&table),
        NoAnswer::OutOfRange { value: 1e300, .. }
    ));
    let mut table = usual();
    table.start[0] = Some(4);
    assert!(matches!(
        refused(&table),
        NoAnswer::Changes { what: "start", .. }
    ));
    let mut table = usual();
    table.weight = vec![1.0; table.unit.len()];
    table.weight[2] = -1.0;
    assert!(matches!(
        refused(&table),
        NoAnswer::OutOfRange { value: -1.0, .. }
    ));
    let mut table = usual();
    table.period.pop();
    assert!(matches!(refused(&table), NoAnswer::Shape { .. }));
    let mut table = usual();
    table.cluster = table.period.iter().map(|&p| p as usize).collect();
    assert!(matches!(
        refused(&table),
        NoAnswer::Changes {
            what: "cluster",
            ..
        }
    ));
}

#[test]
fn designs_that_cannot_answer() {
    let keep = |table: &Table, which: &dyn Fn(usize) -> bool| {
        let rows: Vec<usize> = (0..table.unit.len()).filter(|&r| which(r)).collect();
        Table {
            unit: rows.iter().map(|&r| table.unit[r]).collect(),
            period: rows.iter().map(|&r| table.period[r]).collect(),
            outcome: rows.iter().map(|&r| table.outcome[r]).collect(),
            start: rows.iter().map(|&r| table.start[r]).collect(),
            ..Table::default()
        }
    };
    let table = usual();
    let one = keep(&table, &|r| table.unit[r] == 0);
    assert_eq!(refused(&one), NoAnswer::TooFewClusters { n: 1, needed: 2 });
    let one = keep(&table, &|r| table.period[r] == 2);
    assert_eq!(refused(&one), NoAnswer::TooFewPeriods { n: 1, needed: 2 });
    let mut flat = usual();
    flat.outcome.fill(4.0);
    assert_eq!(refused(&flat), NoAnswer::NoVariation);
    let mut nobody = usual();
    nobody.start.fill(None);
    assert_eq!(refused(&nobody), NoAnswer::NoneTreated { already: 0 });
    let mut all = usual();
    all.start.fill(Some(4));
    assert_eq!(refused(&all), NoAnswer::NoneToCompare);
    let mut early = usual();
    early.start.fill(Some(1));
    assert_eq!(refused(&early), NoAnswer::NoneTreated { already: 40 });
}

#[test]
fn some_treated_from_the_start_are_left_out() {
    let mut table = usual();
    for (unit, start) in table.unit.iter().zip(&mut table.start) {
        if *unit < 5 {
            *start = Some(1);
        }
    }
    let finding =
        judge(&table.panel().expect("a panel"), &question(Chosen::Random)).expect("an answer");
    assert_eq!(finding.fit.already, 5);
    all_finite(&finding);
}

#[test]
fn nobody_never_treated_makes_the_last_stand_in() {
    let mut table = usual();
    for start in &mut table.start {
        *start = start.or(Some(6));
    }
    let finding =
        judge(&table.panel().expect("a panel"), &question(Chosen::Random)).expect("an answer");
    assert_eq!(finding.fit.stand_in, Some(6));
    assert!(finding.fit.effects.iter().all(|e| e.period < 6));
    all_finite(&finding);
}

#[test]
fn covariates_that_cannot_be_adjusted_for() {
    let options = |method| Options {
        method,
        ..Options::default()
    };
    let methods = [Method::Regression, Method::Weighting, Method::DoublyRobust];
    let with = |columns: Vec<Vec<f64>>| {
        let mut table = usual();
        table.covariates = columns;
        table.panel().expect("a panel")
    };
    let table = usual();
    let own: Vec<f64> = table.unit.iter().map(|&u| ((u * 7) % 11) as f64).collect();
    let twice: Vec<f64> = own.iter().map(|v| 3.0 * v - 1.0).collect();
    for method in methods {
        for columns in [vec![own.clone(), twice.clone()], vec![vec![5.0; own.len()]]] {
            let fit = estimate(&with(columns), &options(method)).expect("a fit");
            for effect in &fit.effects {
                assert!(
                    matches!(effect.value, Err(NoAnswer::Collinear { .. })),
                    "{effect:?}"
                );
            }
            assert!(fit.averages().is_err());
        }
    }
    // A covariate that says who is treated.
    let says: Vec<f64> = table
        .start
        .iter()
        .zip(&own)
        .map(|(s, v)| if s.is_some() { 100.0 + v } else { *v })
        .collect();
    for method in [Method::Weighting, Method::DoublyRobust] {
        let never = Options {
            control: throughline_stats::effect::Control::Never,
            ..options(method)
        };
        let fit = estimate(&with(vec![says.clone()]), &never).expect("a fit");
        assert!(
            fit.effects
                .iter()
                .all(|e| e.value == Err(NoAnswer::Separated))
        );
        assert_eq!(fit.averages(), Err(NoAnswer::Separated));
    }
}

#[test]
fn ninety_percent_missing() {
    let mut plan = Plan::usual(60, 10, &[(5, 20)]);
    plan.missing = 0.9;
    let mut answered = 0;
    for seed in 0..20 {
        let made = plan.make(seed).0.panel();
        if let Ok(finding) = made.and_then(|p| judge(&p, &question(Chosen::Otherwise))) {
            all_finite(&finding);
            answered += 1;
        }
    }
    assert!(answered > 0);
}

#[test]
fn few_treated_are_tested_by_dealing_out_again() {
    let (table, _) = Plan::usual(30, 8, &[(5, 6)]).make(2);
    let finding =
        judge(&table.panel().expect("a panel"), &question(Chosen::Random)).expect("an answer");
    assert!(finding.randomised.is_some());
    all_finite(&finding);
    // Two treated of six: 15 ways can't be surprising.
    let (table, _) = Plan::usual(6, 8, &[(5, 2)]).make(2);
    let finding =
        judge(&table.panel().expect("a panel"), &question(Chosen::Random)).expect("an answer");
    let reason = NoAnswer::TooFewWays {
        ways: 15,
        needed: 20,
    };
    assert_eq!(finding.verdict, Verdict::CantTell(Doubt::NoTest(reason)));
}

#[test]
fn one_treated_is_compared_with_a_synthetic_one() {
    let mut plan = Plan::usual(30, 14, &[(10, 1)]);
    plan.effect = 6.0;
    let (table, _) = plan.make(4);
    let finding =
        judge(&table.panel().expect("a panel"), &question(Chosen::Random)).expect("an answer");
    let found = finding.synthetic.as_ref().expect("synthetic");
    assert_eq!((found.placebos.len(), found.treated), (29, 1));
    assert_eq!(finding.verdict, Verdict::Raised);
    all_finite(&finding);
    // Ten others can't give a rank at 5%.
    let mut plan = Plan::usual(11, 14, &[(10, 1)]);
    plan.effect = 6.0;
    let finding = judge(
        &plan.make(4).0.panel().expect("a panel"),
        &question(Chosen::Random),
    )
    .expect("an answer");
    assert!(matches!(
        finding.verdict,
        Verdict::CantTell(Doubt::NoTest(_))
    ));
}

#[test]
fn a_dip_is_noticed_though_nobody_says() {
    let mut plan = Plan::usual(60, 12, &[(7, 12)]);
    (plan.effect, plan.growth, plan.worst_first) = (0.0, 0.0, true);
    let panel = plan.make(1).0.panel().expect("a panel");
    let finding = judge(&panel, &question(Chosen::Volunteered)).expect("an answer");
    assert!(finding.dip.expect("a dip").clear);
    assert!(!matches!(
        finding.verdict,
        Verdict::Raised | Verdict::Lowered
    ));
}

/// Each unit in two periods of its own.
fn sparse(units: usize, periods: i64) -> Table {
    let mut table = Table::default();
    for unit in 0..units {
        for turn in 0..2 {
            table.unit.push(unit);
            table.period.push((unit as i64 * 7 + turn) % periods);
            table.outcome.push((unit % 13) as f64 + turn as f64);
            let start = unit as i64 * 11 % periods;
            table
                .start
                .push((unit % 2 == 0 && start > 0).then_some(start));
        }
    }
    table
}

#[test]
fn what_memory_cannot_hold_is_refused() {
    // 400,000 rows of 200,000 units by day.
    let cells = Refusal::TooManyCells {
        units: 200_000,
        periods: 1_461,
        n: 292_200_000,
        most: VALUES_MOST,
    };
    assert_eq!(refused(&sparse(200_000, 1_461)), cells.into());
    // A panel that fits, with a start on nearly every day.
    let fitting = sparse(6_000, 1_000);
    let reason = refused(&fitting);
    let NoAnswer::Effect(Refusal::TooManyCells { periods, n, .. }) = reason else {
        panic!("{reason}")
    };
    assert!(periods * 6_000 <= VALUES_MOST && n > INFLUENCE_MOST);
    assert!(reason.to_string().ends_with("hint: use coarser periods"));
    // Weights and covariates count.
    let mut wide = sparse(6_000, 1_000);
    wide.covariates = vec![wide.outcome.clone()];
    let reason = refused(&wide);
    assert!(matches!(
        reason,
        NoAnswer::Effect(Refusal::TooManyCells { n: 12_000_000, .. })
    ));
}

#[test]
fn draws_are_neither_too_few_nor_too_many() {
    let fit = estimate(&usual().panel().expect("a panel"), &Options::default()).expect("a fit");
    let averages = fit.averages().expect("averages");
    let few = bands(&fit, &averages, 98, 1).map(|b| b.draws);
    assert_eq!(few, Err(Refusal::TooFewDraws { n: 98, needed: 99 }.into()));
    let many = bands(&fit, &averages, usize::MAX, 1).map(|b| b.draws);
    assert!(matches!(
        many,
        Err(NoAnswer::Effect(Refusal::TooManyDraws { most, .. })) if most >= 99
    ));
}

#[test]
fn clusters_that_start_at_mixed_times_cannot_be_dealt_out() {
    // Twelve of 48 units started, spread over all of 12 clusters that share shocks.
    let mut plan = Plan::usual(48, 6, &[(4, 12)]);
    plan.effect = 1.0;
    let (mut table, _) = plan.make(3);
    table.cluster = table.unit.iter().map(|u| u % 12).collect();
    let panel = table.panel().expect("a panel");
    let finding = judge(&panel, &question(Chosen::Random)).expect("a finding");
    let Verdict::CantTell(Doubt::NoTest(NoAnswer::Effect(Refusal::MixedClusters { n, of }))) =
        finding.verdict
    else {
        panic!("{:?}", finding.verdict)
    };
    assert!(n > 0 && n <= of && of == 12);
    assert!(finding.headline.is_none());
}

#[test]
fn matched_histories_of_few_clusters_have_no_interval() {
    let asked = |clusters: usize| {
        let (mut table, _) = Plan::usual(240, 8, &[(6, 60)]).make(5);
        table.cluster = table.unit.iter().map(|u| u % clusters).collect();
        let panel = table.panel().expect("a panel");
        let finding = judge(&panel, &question(Chosen::ByRecentValues)).expect("a finding");
        (finding.verdict, finding.headline.is_some())
    };
    let (verdict, headline) = asked(6);
    let few = Refusal::TooFewTreatedClusters { n: 6, needed: 10 }.into();
    let chosen = |reason| Verdict::CantTell(Doubt::ChosenByValues { said: true, reason });
    assert_eq!((verdict, headline), (chosen(few), false));
    let (verdict, headline) = asked(15);
    let few = NoAnswer::TooFewClusters { n: 15, needed: 20 };
    assert_eq!((verdict, headline), (chosen(few), false));
    assert!(asked(40).1, "forty clusters are enough");
}

#[test]
fn a_dip_counts_the_periods_there_are() {
    for (start, n) in [(2, 1), (3, 2)] {
        let (table, _) = Plan::usual(40, 6, &[(start, 12)]).make(1);
        let fit = estimate(&table.panel().expect("a panel"), &Options::default()).expect("a fit");
        let needed = 3;
        assert_eq!(
            history::dip(&fit),
            Err(NoAnswer::TooFewPeriods { n, needed })
        );
    }
}
