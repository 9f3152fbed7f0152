//! Employees: what they speak of, where, and measures of their units.

use crate::{signals, voice, within};
use std::collections::{BTreeMap, BTreeSet};
use throughline_sample::{Counts, LeverTruth, Plan, VoiceKind};

/// Many answers and few signals.
const VOICES: Counts = Counts {
    signals: 1_000,
    answers: 50_000,
    employees: 12_000,
};

#[test]
fn half_is_about_work_itself() {
    let plan = Plan::draw_counts(VOICES, 2, None);
    let (mut texts, mut needs, mut levers, mut people) = (0.0, 0.0, 0.0, 0.0);
    let mut keys = BTreeSet::new();
    voice(&plan, |row, truth| {
        let Some(text) = row.text else {
            assert_eq!((truth.kind, truth.key), (VoiceKind::None, "rating"));
            return;
        };
        texts += 1.0;
        match truth.kind {
            VoiceKind::Need => needs += 1.0,
            VoiceKind::Lever => levers += 1.0,
            VoiceKind::None => people += f64::from(u8::from(truth.key == "person")),
        }
        keys.insert(truth.key);
        assert!(
            !text.is_empty() && !text.contains(['[', ']', '|', '@', '#']),
            "{text}"
        );
    });
    within("needs", needs / texts, 0.48, 0.52);
    within("levers", levers / texts, 0.38, 0.45);
    within("about a person", people / texts, 0.003, 0.007);
    let truth = plan.truth();
    for key in truth
        .levers
        .iter()
        .map(|l| l.key)
        .chain(truth.needs.iter().map(|n| n.key))
    {
        assert!(keys.contains(key), "nobody spoke of {key}");
    }
}

#[test]
fn fixes_come_from_roles_that_see_them() {
    let plan = Plan::draw_counts(VOICES, 3, None);
    let truth = plan.truth();
    let asked: BTreeSet<&str> = truth
        .levers
        .iter()
        .filter(|l| !l.answers.is_empty())
        .map(|l| l.key)
        .collect();
    let lost = ["internal auditor", "records keeper"];
    let (mut by_lost, mut of_lost) = (0.0, 0.0);
    voice(&plan, |row, truth| {
        if truth.kind == VoiceKind::Lever && lost.contains(&row.role) {
            of_lost += 1.0;
            by_lost += f64::from(u8::from(asked.contains(truth.key)));
        }
    });
    within(
        "fixes for customers among those far from them",
        by_lost / of_lost,
        0.0,
        0.1,
    );
}

#[test]
fn units_that_report_a_block_have_more_of_the_problem() {
    let counts = Counts {
        signals: 60_000,
        answers: 60_000,
        employees: 6_000,
    };
    let mut correlations = Vec::new();
    for seed in 0..4 {
        let plan = Plan::draw_counts(counts, seed, None);
        let truth = plan.truth();
        let own_name = own_names(&plan);
        let mut named: BTreeMap<(String, &str), f64> = BTreeMap::new();
        let mut rows: BTreeMap<String, f64> = BTreeMap::new();
        signals(&plan, |row, truth| {
            *rows.entry(row.unit.to_owned()).or_default() += 1.0;
            for pain in truth.pains {
                *named.entry((row.unit.to_owned(), pain)).or_default() += 1.0;
            }
        });
        let mut blocked: BTreeMap<(String, &str), f64> = BTreeMap::new();
        let mut texts: BTreeMap<String, f64> = BTreeMap::new();
        voice(&plan, |row, truth| {
            if row.question == "block" {
                let unit = &own_name[row.unit];
                *texts.entry(unit.clone()).or_default() += 1.0;
                *blocked.entry((unit.clone(), truth.key)).or_default() += 1.0;
            }
        });
        for (lever, pain) in &truth.idea_pain_pairs {
            // Shops are the largest group of like units: compare within them.
            let (x, y): (Vec<f64>, Vec<f64>) = rows
                .iter()
                .filter(|(unit, _)| unit.ends_with(" shop"))
                .map(|(unit, n)| {
                    let reach = named.get(&(unit.clone(), *pain)).copied().unwrap_or(0.0) / n;
                    let said = blocked.get(&(unit.clone(), *lever)).copied().unwrap_or(0.0);
                    (reach, said / texts[unit])
                })
                .unzip();
            if y.iter().filter(|share| **share > 0.0).count() > 15 {
                correlations.push(correlation(&x, &y));
            }
        }
    }
    assert!(correlations.len() >= 8, "{} pairs", correlations.len());
    let mean = correlations.iter().sum::<f64>() / correlations.len() as f64;
    within(
        "correlation of block and problem over shops",
        mean,
        0.3,
        0.95,
    );
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let (mx, my) = (mean(x), mean(y));
    let product =
        |f: &dyn Fn(f64, f64) -> f64| -> f64 { x.iter().zip(y).map(|(a, b)| f(*a, *b)).sum() };
    let xy = product(&|a, b| (a - mx) * (b - my));
    xy / (product(&|a, _| (a - mx).powi(2)) * product(&|_, b| (b - my).powi(2))).sqrt()
}

#[test]
fn measures_follow_the_paths() {
    // A plain lagged regression within units, freed of month means. Sampling error and short
    // series pull it towards zero, so it is asked for agreement over many paths, not for values.
    let counts = Counts {
        signals: 150_000,
        answers: 0,
        employees: 30_000,
    };
    let (mut truths, mut found) = (Vec::new(), Vec::new());
    for seed in 0..8 {
        let plan = Plan::draw_counts(counts, seed, None);
        let paths = plan.truth().paths;
        let series = series(&plan);
        assert_eq!(series.len(), 45);
        for (to, name) in MEASURES.iter().enumerate() {
            for (from, path) in lagged(&series, to).into_iter().enumerate() {
                let truth = paths
                    .iter()
                    .find(|p| p.to == *name && p.from == MEASURES[from])
                    .unwrap();
                if from != to {
                    truths.push(truth.standardised);
                    found.push(path);
                }
            }
        }
    }
    within(
        "correlation of true and found cross paths",
        correlation(&truths, &found),
        0.75,
        1.0,
    );
    let none = truths.iter().filter(|path| **path == 0.0).count();
    within("paths of none", none as f64 / truths.len() as f64, 0.3, 0.7);
}

const MEASURES: [&str; 3] = ["engagement", "workload", "satisfaction"];

/// By unit and month, three measures as deviations from the unit's and the month's mean; months
/// with a gap are left out.
fn series(plan: &Plan) -> Vec<BTreeMap<String, [f64; 3]>> {
    let own_name = own_names(plan);
    let mut cells: BTreeMap<String, BTreeMap<String, [Option<f64>; 3]>> = BTreeMap::new();
    let Ok(()) = plan.measures(|row| {
        assert!((0.0..=10.0).contains(&row.value) && row.n >= 3 && row.sd > 0.0);
        let unit = cells.entry(own_name[row.unit].clone()).or_default();
        let index = MEASURES.iter().position(|m| *m == row.measure).unwrap();
        assert_eq!(row.side, ["employee", "employee", "customer"][index]);
        unit.entry(row.period.to_owned()).or_default()[index] = Some(row.value);
        Ok::<(), std::convert::Infallible>(())
    });
    let mut units: Vec<BTreeMap<String, [f64; 3]>> = cells
        .into_values()
        .map(|months| {
            let full = months
                .into_iter()
                .filter_map(|(m, [a, b, c])| Some((m, [a?, b?, c?])));
            full.collect()
        })
        .collect();
    for measure in 0..3 {
        for unit in &mut units {
            centre(unit.values_mut().map(|v| &mut v[measure]));
        }
        let months: BTreeSet<String> = units.iter().flat_map(|u| u.keys().cloned()).collect();
        for month in months {
            let values = units.iter_mut().filter_map(|u| u.get_mut(&month));
            centre(values.map(|v| &mut v[measure]));
        }
    }
    units
}

fn centre<'a>(values: impl Iterator<Item = &'a mut f64>) {
    let mut values: Vec<&mut f64> = values.collect();
    let mean = values.iter().map(|v| **v).sum::<f64>() / values.len() as f64;
    for value in &mut values {
        **value -= mean;
    }
}

/// Standardised coefficients of measure `to` on all three a month earlier.
fn lagged(units: &[BTreeMap<String, [f64; 3]>], to: usize) -> Vec<f64> {
    let mut gram = vec![vec![0.0; 3]; 3];
    let mut cross = [0.0; 3];
    let mut squares = 0.0;
    for unit in units {
        let rows: Vec<&[f64; 3]> = unit.values().collect();
        for pair in rows.windows(2) {
            let (before, after) = (pair[0], pair[1][to]);
            squares += after * after;
            for i in 0..3 {
                cross[i] += before[i] * after;
                for j in 0..3 {
                    gram[i][j] += before[i] * before[j];
                }
            }
        }
    }
    let scale: Vec<f64> = (0..3).map(|i| (gram[i][i] / squares).sqrt()).collect();
    let inverse = crate::scores::inverse(gram);
    (0..3)
        .map(|i| scale[i] * (0..3).map(|j| inverse[i][j] * cross[j]).sum::<f64>())
        .collect()
}

/// Every name of a unit with its own name.
fn own_names(plan: &Plan) -> BTreeMap<String, String> {
    plan.units()
        .iter()
        .flat_map(|u| [&u.unit, &u.also_called].map(|name| (name.clone(), u.unit.clone())))
        .collect()
}

#[test]
fn votes_prefer_what_is_simpler_and_less_surely_what_helps_more() {
    let plan = Plan::draw_counts(VOICES, 4, None);
    let truth = plan.truth();
    let of = |value: fn(&LeverTruth) -> f64| -> BTreeMap<&str, f64> {
        truth.levers.iter().map(|l| (l.key, value(l))).collect()
    };
    let worth = BTreeMap::from([
        ("ease", of(|lever| lever.ease)),
        ("impact", of(|lever| lever.in_play_points)),
    ]);
    let mut ideas = Vec::new();
    voice(&plan, |row, truth| {
        if truth.kind == VoiceKind::Lever && ideas.len() < 500 {
            ideas.push((row.id.to_owned(), truth.key));
        }
    });
    let key: BTreeMap<String, &str> = ideas.iter().cloned().collect();
    // By criterion: pairs of unlike worth, how often the better one wins, who voted.
    let mut found: BTreeMap<String, (f64, f64, BTreeSet<String>)> = BTreeMap::new();
    plan.votes(&truth, &ideas, |vote| {
        let (winner, loser) = (key[vote.winner], key[vote.loser]);
        assert!(winner != loser);
        let worth = &worth[vote.criterion];
        let (count, better, voters) = found.entry(vote.criterion.to_owned()).or_default();
        if worth[winner] != worth[loser] {
            *count += 1.0;
            *better += f64::from(u8::from(worth[winner] > worth[loser]));
        }
        voters.insert(vote.voter.to_owned());
        Ok::<(), std::convert::Infallible>(())
    })
    .unwrap_or_else(|never| match never {});
    let share = |criterion: &str| found[criterion].1 / found[criterion].0;
    // One in four, but for those who met no two ideas that propose different things.
    let voters = |criterion: &str| found[criterion].2.len() as f64;
    within("voters on ease", voters("ease"), 2_990.0, 3_000.0);
    within("voters on impact", voters("impact"), 2_950.0, 3_000.0);
    // Log-odds of 4 over the whole way, eases from Beta(1.8, 1.8).
    within("the simpler wins", share("ease"), 0.66, 0.80);
    // Log-odds of .7 for a standard deviation of what is in play, and as much of what isn't about it.
    within("the one that helps more wins", share("impact"), 0.54, 0.74);
    assert!(share("impact") < share("ease"));
    assert!(plan.votes(&truth, &[], |_| Err(())).is_ok());
}

#[test]
fn what_voters_expect_goes_with_what_they_know() {
    // Correlation of what is expected with the root of what is in play, over forty companies.
    let correlation = |known: f64| {
        let of = |seed: u64| {
            let plan = Plan::draw_counts(VOICES, seed, None).with_voters_who_know(known);
            let levers = plan.truth().levers;
            let roots = levers
                .iter()
                .map(|lever| lever.in_play_points.max(0.0).sqrt());
            let expected = levers.iter().map(|lever| lever.expected_log_odds);
            self::correlation(&roots.collect::<Vec<_>>(), &expected.collect::<Vec<_>>())
        };
        (1..=40).map(of).sum::<f64>() / 40.0
    };
    // Standard errors of such means are about .035; as much opinion as knowledge makes one of the root of a half.
    within("who know nothing", correlation(0.0), -0.12, 0.12);
    within("as the sample has it", correlation(0.7), 0.60, 0.80);
    within("who know well", correlation(2.8), 0.92, 1.0);
}
