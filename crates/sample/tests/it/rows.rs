//! Rows: how many, in which order, with which names, the same for the same seed.

use crate::{signals, voice};
use std::collections::{BTreeMap, BTreeSet};
use throughline_sample::{
    Bank, Counts, MEASURE_COLUMNS, Plan, SIGNAL_COLUMNS, SIGNAL_TRUTH_COLUMNS, Size, VOICE_COLUMNS,
    VOICE_TRUTH_COLUMNS,
};

/// Everything a plan says, as one text.
fn all(plan: &Plan) -> String {
    let mut out = String::new();
    let mut push = |row: String| {
        out.push_str(&row);
        out.push('\n');
    };
    signals(plan, |row, truth| push(format!("{row:?} {truth:?}")));
    voice(plan, |row, truth| push(format!("{row:?} {truth:?}")));
    plan.measures(|row| {
        push(format!("{row:?}"));
        Ok::<(), ()>(())
    })
    .unwrap();
    push(serde_json::to_string(&plan.truth()).unwrap());
    push(format!(
        "{:?} {:?} {:?} {:?}",
        plan.units(),
        plan.chain(),
        plan.roles(),
        plan.initiatives()
    ));
    out
}

const FEW: Counts = Counts {
    signals: 3_000,
    answers: 600,
    employees: 1_200,
};

#[test]
fn same_seed_same_rows() {
    let draw = |seed, bank| all(&Plan::draw_counts(FEW, seed, bank));
    let first = draw(11, None);
    assert!(first == draw(11, None), "the same seed gave other rows");
    assert!(first != draw(12, None), "another seed gave the same rows");
    assert!(
        draw(11, Some(Bank::Making)) != draw(11, Some(Bank::HeldOut)),
        "banks gave the same words"
    );
}

#[test]
fn a_bank_changes_words_and_nothing_else() {
    let facts = |bank| {
        let plan = Plan::draw_counts(FEW, 5, bank);
        let mut out = Vec::new();
        signals(&plan, |row, truth| {
            out.push(format!(
                "{} {} {} {:?} {} {}",
                row.id, row.at, row.unit, row.score, row.customer, truth.pains_joined
            ));
        });
        voice(&plan, |row, truth| {
            out.push(format!(
                "{} {} {} {}",
                row.id, row.unit, row.role, truth.key
            ));
        });
        (out, plan.truth().pains, plan.truth().levers)
    };
    assert!(facts(Some(Bank::Making)) == facts(Some(Bank::HeldOut)));
}

#[test]
fn small_has_the_promised_counts() {
    let plan = Plan::draw(Size::Small, 1);
    let (mut rows, mut last, mut ids) = (0, String::new(), BTreeSet::new());
    let mut stages = BTreeSet::new();
    let mut months = BTreeSet::new();
    signals(&plan, |row, _| {
        rows += 1;
        assert!(row.at >= last.as_str(), "{} after {last}", row.at);
        row.at.clone_into(&mut last);
        assert!(ids.insert(row.id.to_owned()), "{} twice", row.id);
        stages.insert(row.stage.to_owned());
        months.insert(row.at[..7].to_owned());
    });
    assert_eq!((rows, stages.len(), months.len()), (40_000, 8, 24));
    let (mut answers, mut sheets) = (0, BTreeMap::<String, BTreeSet<String>>::new());
    voice(&plan, |row, _| {
        answers += 1;
        assert_eq!(row.text.is_some(), row.question != "commitment");
        assert_eq!(row.rating.is_some(), row.question == "commitment");
        let sheet = sheets.entry(row.respondent.to_owned()).or_default();
        assert!(
            sheet.insert(row.question.to_owned()),
            "{} asked twice",
            row.id
        );
    });
    assert_eq!(answers, 2_500);
    assert!(
        (900..1_100).contains(&sheets.len()),
        "{} sheets",
        sheets.len()
    );
    let people: u32 = plan.roles().iter().map(|role| role.headcount).sum();
    assert_eq!(people, 1_200);
    assert_eq!(Size::Large.counts().signals, 1_000_000);
    assert_eq!(Size::Large.counts().answers, 100_000);
}

#[test]
fn odd_sizes_are_kept_to() {
    for (wanted, answers, employees) in [(0, 0, 0), (1, 1, 1), (7, 3, 10), (999, 12_001, 50)] {
        let counts = Counts {
            signals: wanted,
            answers,
            employees,
        };
        let plan = Plan::draw_counts(counts, 2, None);
        let mut rows = (0, 0);
        signals(&plan, |_, _| rows.0 += 1);
        voice(&plan, |_, _| rows.1 += 1);
        assert_eq!(rows, (wanted, answers));
        assert!(
            plan.truth()
                .pains
                .iter()
                .all(|pain| pain.drag_points.is_finite())
        );
    }
}

#[test]
fn a_callback_can_stop() {
    let plan = Plan::draw_counts(FEW, 3, None);
    let mut seen = 0;
    let stopped = plan.signals(|_, _| {
        seen += 1;
        if seen == 10 { Err("disk full") } else { Ok(()) }
    });
    assert_eq!((stopped, seen), (Err("disk full"), 10));
}

#[test]
fn fields_are_the_columns_in_order() {
    fn check(row: impl serde::Serialize, columns: &[&str]) {
        let text = serde_json::to_string(&row).unwrap();
        let mut from = 0;
        for column in columns {
            let at = text[from..].find(&format!("\"{column}\":"));
            from += at.unwrap_or_else(|| panic!("`{column}` not after {from} in {text}"));
        }
        let fields = serde_json::to_value(&row).unwrap();
        assert_eq!(fields.as_object().unwrap().len(), columns.len(), "{text}");
    }
    let counts = Counts {
        signals: 1,
        answers: 1,
        employees: 1,
    };
    let plan = Plan::draw_counts(counts, 1, None);
    signals(&plan, |row, truth| {
        check(row, &SIGNAL_COLUMNS);
        check(truth, &SIGNAL_TRUTH_COLUMNS);
    });
    voice(&plan, |row, truth| {
        check(row, &VOICE_COLUMNS);
        check(truth, &VOICE_TRUTH_COLUMNS);
    });
    plan.measures(|row| {
        check(row, &MEASURE_COLUMNS);
        Ok::<(), ()>(())
    })
    .unwrap();
    check(&plan.units()[0], &throughline_sample::UNIT_COLUMNS);
    check(plan.chain()[0], &throughline_sample::CHAIN_COLUMNS);
    check(&plan.roles()[0], &throughline_sample::ROLE_COLUMNS);
    check(
        plan.initiatives()[0],
        &throughline_sample::INITIATIVE_COLUMNS,
    );
}

#[test]
fn names_meet_across_files() {
    let plan = Plan::draw_counts(FEW, 4, None);
    let mut names = BTreeSet::new();
    let mut own = BTreeSet::new();
    for unit in plan.units() {
        assert!(
            unit.parent.is_empty() || own.contains(&unit.parent),
            "{}",
            unit.parent
        );
        assert!(own.insert(unit.unit.clone()), "{} twice", unit.unit);
        names.insert(unit.unit.clone());
        names.extend(unit.also_called.split("; ").map(str::to_owned));
    }
    let leaves = plan
        .units()
        .iter()
        .filter(|u| !plan.units().iter().any(|v| v.parent == u.unit));
    assert_eq!(leaves.count(), 60);
    let mut by_other_name = 0;
    signals(&plan, |row, _| {
        assert!(own.contains(row.unit), "{}", row.unit)
    });
    voice(&plan, |row, _| {
        assert!(names.contains(row.unit), "{}", row.unit);
        by_other_name += usize::from(!own.contains(row.unit));
    });
    assert!(
        by_other_name > 100,
        "{by_other_name} answers under HR's name"
    );
    let roles: BTreeSet<&str> = plan.roles().iter().map(|role| role.role).collect();
    let from: BTreeSet<&str> = plan.chain().iter().map(|edge| edge.from).collect();
    for edge in plan.chain() {
        assert!(
            edge.to.starts_with("stage:") || roles.contains(edge.to),
            "{}",
            edge.to
        );
    }
    // Nobody has named what internal audit's work is for, nor that of those who serve only it.
    let lost: Vec<&&str> = roles.difference(&from).collect();
    assert_eq!(lost, [&"internal auditor"]);
}
