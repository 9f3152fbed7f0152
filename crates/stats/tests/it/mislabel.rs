//! Labels that go wrong, their review, and what the correction makes of it.
//!
//! Shared with the long version, `bench/coverage/main.rs`.

use crate::simulate::{Plan, grams};
use rand::RngExt;
use throughline_stats::Gram;
use throughline_stats::clustered::{Intercept, fit};
use throughline_stats::misclassify::{Review, ReviewRow, correct, rates};
use throughline_stats::random::{BottomK, generator};
use throughline_stats::share::shares;

/// How labels go wrong.
pub struct Errors {
    /// Of the labels given, the share that is wrong, by theme.
    pub wrong: Vec<f64>,
    /// Of the true mentions, the share that gets no label.
    pub missed: f64,
    /// Of wrong labels, the share that a mention of another theme gets in place of its own (the
    /// rest fall on any row).
    pub moved: f64,
}

impl Errors {
    /// Labels for rows with known truth. First mentions are lost, then wrong labels are laid on
    /// so many rows that they are the wanted share of all labels of the theme.
    pub fn labels(&self, truth: &[(usize, Vec<usize>, f64)], seed: u64) -> Vec<Vec<usize>> {
        let mut random = generator(seed, "labels");
        let mut labels: Vec<Vec<usize>> = truth
            .iter()
            .map(|(_, named, _)| {
                named
                    .iter()
                    .copied()
                    .filter(|_| random.random::<f64>() >= self.missed)
                    .collect()
            })
            .collect();
        let mentions: Vec<(usize, usize)> = (0..truth.len())
            .flat_map(|i| truth[i].1.iter().map(move |&theme| (i, theme)))
            .collect();
        let mut right = vec![0.0; self.wrong.len()];
        labels.iter().flatten().for_each(|&k| right[k] += 1.0);
        for (k, &wrong) in self.wrong.iter().enumerate() {
            let mut to_place = (right[k] * wrong / (1.0 - wrong)).round() as usize;
            while to_place > 0 {
                let (row, own) = if random.random::<f64>() < self.moved {
                    let (row, theme) = mentions[random.random_range(0..mentions.len())];
                    (row, Some(theme))
                } else {
                    (random.random_range(0..truth.len()), None)
                };
                if !truth[row].1.contains(&k) && !labels[row].contains(&k) {
                    labels[row].retain(|&label| Some(label) != own);
                    labels[row].push(k);
                    to_place -= 1;
                }
            }
        }
        labels
    }
}

/// Fourteen themes, precision .75 to .98.
pub fn fourteen() -> (Plan, Vec<f64>) {
    let shares = (0..14).map(|k| 0.09 - 0.005 * f64::from(k)).collect();
    let slopes = (0..14)
        .map(|k| -0.4 - 0.13 * f64::from((k * 5) % 14))
        .collect();
    let plan = Plan {
        median_rows: 100.0,
        shares,
        slopes,
        slope_sd: 0.3,
        cluster_sd: 0.5,
        ..Plan::usual()
    };
    let wrong = (0..14)
        .map(|k| 0.02 + 0.23 * f64::from((k * 3) % 14) / 13.0)
        .collect();
    (plan, wrong)
}

/// Coverage of slopes and sizes over some runs, corrected and not, and the mean ratio of
/// corrected slope to truth.
pub struct Outcome {
    pub slopes: f64,
    pub sizes: f64,
    pub slopes_as_is: f64,
    pub sizes_as_is: f64,
    pub ratio: f64,
    pub ratio_as_is: f64,
}

pub fn simulate(
    errors: &Errors,
    plan: &Plan,
    reviewed: usize,
    runs: std::ops::Range<u64>,
) -> Outcome {
    let themes = plan.shares.len();
    let columns: Vec<usize> = (0..themes).collect();
    let mut hits = [0.0; 4];
    let (mut ratio, mut ratio_as_is, mut count) = (0.0, 0.0, 0.0);
    for run in runs {
        let truth = plan.rows(run);
        let labels = errors.labels(&truth, run);
        let rows: Vec<(usize, Vec<usize>, f64)> = truth
            .iter()
            .zip(&labels)
            .map(|((cluster, _, y), label)| (*cluster, label.clone(), *y))
            .collect();
        let starred: Vec<Gram> = grams(plan.clusters, themes, &rows);
        let seen = shares(&starred, &columns).expect("shares");
        let model = fit(&starred, Intercept::WithinCluster, &columns).expect("fit");
        // Half of the review from labelled rows, half from all: each row stands for so many.
        let mut of_labelled = BottomK::new(reviewed / 2, run);
        let mut of_rest = BottomK::new(reviewed / 2, run + 1);
        let (mut labelled, mut rest) = (0.0, 0.0);
        for (i, label) in labels.iter().enumerate() {
            let id = (i as u64).to_le_bytes();
            if label.is_empty() {
                rest += 1.0;
                of_rest.add(&id, i);
            } else {
                labelled += 1.0;
                of_labelled.add(&id, i);
            }
        }
        let half = (reviewed / 2) as f64;
        let row = |weight: f64| {
            let (labels, truth) = (&labels, &truth);
            move |i: usize| ReviewRow {
                assigned: labels[i].clone(),
                named: truth[i].1.clone(),
                weight,
            }
        };
        let review: Vec<ReviewRow> = (of_labelled
            .into_sorted()
            .into_iter()
            .map(row(labelled / half)))
        .chain(of_rest.into_sorted().into_iter().map(row(rest / half)))
        .collect();
        let review = Review::of(themes, &review).expect("review");
        let observed: Vec<f64> = seen.answers.iter().map(|a| a.value).collect();
        let rates = rates(&review, &observed).expect("rates");
        let fixed = correct(&seen, &model, &rates, 1000, run).expect("corrected");
        let products = throughline_stats::product::products(&seen, &model).expect("products");
        let named = |k: usize| truth.iter().filter(|row| row.1.contains(&k)).count();
        for k in 0..themes {
            let slope = plan.slopes[k];
            // The size among these very rows, so that reach's own error only widens.
            let size = slope * named(k) as f64 / truth.len() as f64;
            let slopes_as_is = model.coefficients[k].slope.as_ref().expect("slope");
            let answers = [
                (fixed.slopes[k].as_ref().expect("slope"), slope),
                (fixed.sizes[k].as_ref().expect("size"), size),
                (slopes_as_is, slope),
                (products.answers[k].as_ref().expect("size"), size),
            ];
            for (hit, (answer, truth)) in hits.iter_mut().zip(answers) {
                let (low, high) = answer.ends().expect("interval");
                *hit += f64::from(u8::from(low <= truth && truth <= high));
            }
            ratio += answers[0].0.value / slope;
            ratio_as_is += slopes_as_is.value / slope;
            count += 1.0;
        }
    }
    Outcome {
        slopes: hits[0] / count,
        sizes: hits[1] / count,
        slopes_as_is: hits[2] / count,
        sizes_as_is: hits[3] / count,
        ratio: ratio / count,
        ratio_as_is: ratio_as_is / count,
    }
}
