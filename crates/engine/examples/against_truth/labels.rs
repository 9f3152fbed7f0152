//! Coverage of the estimator alone: the true labels in place of found themes.

use std::collections::BTreeMap;
use throughline_domain::metric::Metric;
use throughline_insight::sizes::sizes;
use throughline_insight::tally::{Response, Tally};
use throughline_sample::{Plan, SURVEY};

/// Intervals of points lost that hold the truth, of how many.
pub struct Coverage {
    /// Intervals that hold the true drag.
    pub held: usize,
    /// Intervals.
    pub of: usize,
}

/// Sizes problems by their true labels and looks whether intervals hold the true drag.
pub fn coverage(plan: &Plan) -> Coverage {
    let truth = plan.truth();
    let place: BTreeMap<&str, u32> = truth
        .pains
        .iter()
        .enumerate()
        .map(|(at, pain)| (pain.key, at as u32))
        .collect();
    let mut tally = Tally::new(Metric::Mean, truth.pains.len(), 0);
    let mut units: BTreeMap<String, u32> = BTreeMap::new();
    // Rows of one response stand together.
    let mut open: Option<(String, u32, i32, f64, Vec<u32>)> = None;
    let mut close = |open: Option<(String, u32, i32, f64, Vec<u32>)>| {
        if let Some((_, unit, month, score, mut pains)) = open {
            pains.sort_unstable();
            pains.dedup();
            let response = Response {
                unit: Some(unit),
                month: Some(month),
                score: Some(score),
                pains: &pains,
                ..Response::default()
            };
            tally.add(&response).expect("a small score");
        }
    };
    plan.signals(|row, truth| {
        if row.source == SURVEY {
            let pains = truth.pains.iter().filter_map(|key| place.get(key).copied());
            match &mut open {
                Some((response, .., named)) if *response == row.response => named.extend(pains),
                _ => {
                    close(open.take());
                    let next = units.len() as u32;
                    let unit = *units.entry(row.unit.to_owned()).or_insert(next);
                    let year: i32 = row.at[..4].parse().expect("a year");
                    let month: i32 = row.at[5..7].parse().expect("a month");
                    let score = f64::from(row.score.expect("the survey has scores"));
                    open = Some((
                        row.response.to_owned(),
                        unit,
                        (year - 1970) * 12 + month - 1,
                        score,
                        pains.collect(),
                    ));
                }
            }
        }
        Ok::<(), std::convert::Infallible>(())
    })
    .expect("rows");
    close(open.take());
    let sizes = sizes(&tally).expect("sizes");
    let (mut held, mut of) = (0, 0);
    for (pain, size) in truth.pains.iter().zip(&sizes.pains) {
        if let Some((low, high)) = size.drag.as_ref().ok().and_then(|drag| drag.ends()) {
            of += 1;
            held += usize::from(low <= pain.drag_points && pain.drag_points <= high);
        }
    }
    Coverage { held, of }
}
