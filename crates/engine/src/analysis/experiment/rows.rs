//! The file's rows as arms, order, clusters and outcomes.

use super::super::{complete, no_answer};
use super::ExperimentRequest;
use super::flags::{Flags, refused};
use super::order;
use crate::error::Result;
use std::collections::BTreeSet;
use throughline_lake::Wanted;
use throughline_lake::extract::{Extract, Labels, NumberAt, Numbers};
use throughline_stats::experiment::sequence::looks;

/// Names that a control goes by, where nobody says which arm it is.
const CONTROLS: [&str; 8] = [
    "control", "c", "a", "0", "baseline", "usual", "holdout", "placebo",
];
/// Most arms: more are a column of something else.
const MOST_ARMS: usize = 50;

/// Rows with an arm, in the order they came.
pub(super) struct Table {
    /// Names of the arms, control first.
    pub arms: Vec<String>,
    /// Parts of the rows each should have.
    pub weights: Vec<f64>,
    /// Whether the parts were given.
    pub weights_given: bool,
    /// The arm of each row.
    pub arm: Vec<usize>,
    /// With `--at`: what stands for the time of each row; rows of one time are neighbours.
    pub time: Option<Vec<u64>>,
    pub cluster: Option<Cluster>,
    pub outcomes: Vec<Outcome>,
    pub left_out: u64,
    pub notes: Vec<String>,
}

/// The column of clusters.
pub(super) struct Cluster {
    pub name: String,
    pub of_row: Vec<usize>,
}

/// An outcome on the rows of a [`Table`]; a row without a value has none.
pub(super) struct Outcome {
    pub name: String,
    pub metric: Metric,
    pub y: Vec<Option<f64>>,
    /// Denominator, or what was before.
    pub x: Option<Vec<Option<f64>>>,
    pub notes: Vec<String>,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Metric {
    Mean,
    Share,
    Ratio,
}

impl Metric {
    pub fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Share => "share",
            Self::Ratio => "ratio",
        }
    }
}

impl Table {
    pub fn read(request: &ExperimentRequest, flags: &Flags) -> Result<Self> {
        let mut wanted = Wanted::new(&request.data);
        let arm = wanted.label("--arm", &request.arm);
        let outcomes = wanted.number_list("--outcome", &request.outcomes);
        let label = |wanted: &mut Wanted, flag, name: &Option<String>| {
            name.as_ref().map(|name| wanted.label(flag, name))
        };
        let cluster = label(&mut wanted, "--cluster", &request.cluster);
        let at = label(&mut wanted, "--at", &request.at);
        let number = |wanted: &mut Wanted, flag, name: &Option<String>| {
            name.as_ref().map(|name| wanted.number(flag, name))
        };
        let denominator: Option<NumberAt> =
            number(&mut wanted, "--denominator", &request.denominator);
        let before = number(&mut wanted, "--before", &request.before);
        let extract = wanted.read()?;

        let arm = extract.labels(arm);
        let cluster = cluster.map(|at| extract.labels(at));
        let order = at.map(|at| extract.labels(at));
        let mut columns = vec![arm.name.as_str()];
        columns.extend(cluster.map(|labels| labels.name.as_str()));
        columns.extend(order.map(|labels| labels.name.as_str()));
        let kept = complete(extract.rows(), &columns, |column, row| {
            let has = |labels: Option<&Labels>| labels.is_none_or(|l| l.codes[row].is_some());
            match column {
                0 => arm.codes[row].is_some(),
                1 if cluster.is_some() => has(cluster),
                _ => has(order),
            }
        })?;
        let mut rows = kept.rows;
        if let Some(order) = order {
            check_order(&extract, order, &rows)?;
            rows.sort_by_key(|&row| order.codes[row]);
        }
        let time = order.map(|order| order::times(order, &rows));
        if let Some(time) = &time {
            // The file's order within a day may be that of the arms: chance's is put in its place.
            let places = order::mixed(time, |a, b| arm.codes[rows[a]].cmp(&arm.codes[rows[b]]));
            rows = places.into_iter().map(|place| rows[place]).collect();
        }
        let (arms, place, note) = arms_of(arm, &rows, request.control.as_deref())?;
        let mut notes = extract.notes().to_vec();
        notes.extend(kept.warning);
        notes.extend(note);
        let weights = flags.weights.clone();
        if let Some(weights) = &weights
            && weights.len() != arms.len()
        {
            return refused(
                format!(
                    "`--expected-split` has {} parts and there are {} arms: {}",
                    weights.len(),
                    arms.len(),
                    arms.join(", ")
                ),
                "give a part to each arm, the control's first",
            );
        }
        let second = denominator.or(before).map(|at| extract.numbers(at));
        let outcomes = extract
            .number_list(outcomes)
            .into_iter()
            .map(|numbers| outcome(&extract, numbers, second, &rows, request, flags))
            .collect::<Result<Vec<Outcome>>>()?;
        let table = Self {
            weights_given: weights.is_some(),
            weights: weights.unwrap_or_else(|| vec![1.0; arms.len()]),
            arm: rows
                .iter()
                .map(|&row| place[arm.codes[row].unwrap_or_default() as usize])
                .collect(),
            time,
            cluster: cluster.map(|labels| Cluster {
                name: labels.name.clone(),
                of_row: rows
                    .iter()
                    .map(|&row| labels.codes[row].unwrap_or_default() as usize)
                    .collect(),
            }),
            arms,
            outcomes,
            left_out: kept.left_out,
            notes,
        };
        table.check_clusters(&extract, &rows, cluster)?;
        Ok(table)
    }

    /// A cluster has one arm: that is what makes it a cluster here.
    fn check_clusters(
        &self,
        extract: &Extract,
        rows: &[usize],
        labels: Option<&Labels>,
    ) -> Result<()> {
        let (Some(cluster), Some(labels)) = (&self.cluster, labels) else {
            return Ok(());
        };
        let mut first: Vec<Option<usize>> = vec![None; labels.names.len()];
        for (k, &of) in cluster.of_row.iter().enumerate() {
            match first[of] {
                None => first[of] = Some(self.arm[k]),
                Some(arm) if arm != self.arm[k] => {
                    return Err(extract
                        .complaint(
                            rows[k],
                            &labels.name,
                            &format!(
                                "`{}` has rows in the arms `{}` and `{}`",
                                labels.names[of], self.arms[arm], self.arms[self.arm[k]]
                            ),
                            "with `--cluster`, each cluster was given one arm as a whole; if single rows were, leave `--cluster` out",
                        )
                        .into());
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    pub fn rows_by_arm(&self) -> Vec<u64> {
        let mut counts = vec![0; self.arms.len()];
        for &arm in &self.arm {
            counts[arm] += 1;
        }
        counts
    }

    pub fn clusters_by_arm(&self) -> Option<Vec<u64>> {
        let cluster = self.cluster.as_ref()?;
        let pairs: BTreeSet<(usize, usize)> = cluster
            .of_row
            .iter()
            .copied()
            .zip(self.arm.iter().copied())
            .collect();
        let mut counts = vec![0; self.arms.len()];
        for (_, arm) in pairs {
            counts[arm] += 1;
        }
        Some(counts)
    }

    /// Rows by arm at some looks along the way.
    pub fn counts_along(&self, most: usize) -> Vec<Vec<u64>> {
        let at = looks(1, self.arm.len() as u64, most);
        let mut next = at.iter().peekable();
        let mut counts = vec![0u64; self.arms.len()];
        let mut along = Vec::with_capacity(at.len());
        for (row, &arm) in self.arm.iter().enumerate() {
            counts[arm] += 1;
            if next.next_if(|&&look| look == row as u64 + 1).is_some() {
                along.push(counts.clone());
            }
        }
        along
    }
}

/// Names of the arms, control first; the place of each label; what to say of the choice.
fn arms_of(
    labels: &Labels,
    rows: &[usize],
    control: Option<&str>,
) -> Result<(Vec<String>, Vec<usize>, Option<String>)> {
    let used: BTreeSet<u32> = rows.iter().filter_map(|&row| labels.codes[row]).collect();
    let names: Vec<&str> = used
        .iter()
        .map(|&code| labels.names[code as usize].as_str())
        .collect();
    if names.len() < 2 {
        return Err(no_answer(
            format!(
                "`{}` has only one arm: `{}`",
                labels.name,
                names.first().copied().unwrap_or_default()
            ),
            "an experiment compares two arms or more; is this the right column?",
        ));
    }
    if names.len() > MOST_ARMS {
        return Err(no_answer(
            format!("`{}` has {} different values", labels.name, names.len()),
            "arms are few; is this the right column?",
        ));
    }
    let (chosen, note) = match control {
        Some(wanted) => match names.iter().position(|&name| name == wanted) {
            Some(place) => (place, None),
            None => {
                return Err(no_answer(
                    format!(
                        "no row has the arm `{wanted}`; there are {}",
                        names.join(", ")
                    ),
                    "name one of them with `--control`",
                ));
            }
        },
        None => {
            let known = CONTROLS
                .iter()
                .find_map(|known| names.iter().position(|n| n.eq_ignore_ascii_case(known)));
            let place = known.unwrap_or(0);
            let note = known.is_none().then(|| {
                format!(
                    "`{}` is taken as the control, as the first by name; `--control` says otherwise",
                    names[place]
                )
            });
            (place, note)
        }
    };
    let mut arms = vec![names[chosen].to_owned()];
    let mut place = vec![0; labels.names.len()];
    for (k, (&code, name)) in used.iter().zip(&names).enumerate() {
        if k != chosen {
            place[code as usize] = arms.len();
            arms.push((*name).to_owned());
        }
    }
    Ok((arms, place, note))
}

/// Labels come ordered by size if all are numbers, else by letters: that is time's order only for
/// numbers and for times that begin with the year.
fn check_order(extract: &Extract, order: &Labels, rows: &[usize]) -> Result<()> {
    let numeric = order.names.iter().all(|name| name.parse::<f64>().is_ok());
    let by_year = |name: &str| {
        let bytes = name.as_bytes();
        bytes.len() >= 7 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-'
    };
    if numeric {
        return Ok(());
    }
    let bad = order.names.iter().position(|name| !by_year(name));
    let Some(bad) = bad else { return Ok(()) };
    let row = rows
        .iter()
        .copied()
        .find(|&row| order.codes[row] == u32::try_from(bad).ok());
    Err(extract
        .complaint(
            row.unwrap_or_default(),
            &order.name,
            &format!("`{}` can't be put in order", order.names[bad]),
            "write times as 2026-03-14 or 2026-03-14T09:30, or use numbers",
        )
        .into())
}

fn outcome(
    extract: &Extract,
    numbers: &Numbers,
    second: Option<&Numbers>,
    rows: &[usize],
    request: &ExperimentRequest,
    flags: &Flags,
) -> Result<Outcome> {
    let y: Vec<Option<f64>> = rows.iter().map(|&row| numbers.values[row]).collect();
    let x = second.map(|second| {
        rows.iter()
            .map(|&row| second.values[row])
            .collect::<Vec<Option<f64>>>()
    });
    let yes_or_no = |value: &f64| *value == 0.0 || *value == 1.0;
    let metric = match request.metric.as_deref() {
        Some("share") => Metric::Share,
        Some("mean") => Metric::Mean,
        _ if request.denominator.is_some() => Metric::Ratio,
        _ if y.iter().flatten().all(yes_or_no) => Metric::Share,
        _ => Metric::Mean,
    };
    let complain = |k: usize, column: &str, what: String, hint: &str| {
        Err(extract.complaint(rows[k], column, &what, hint).into())
    };
    for (k, value) in y.iter().enumerate() {
        let Some(value) = value else { continue };
        if metric == Metric::Share && !yes_or_no(value) {
            let what = format!("`{value}` is neither 0 nor 1");
            return complain(
                k,
                &numbers.name,
                what,
                "a share needs 1 for yes and 0 for no; for other numbers leave out `--metric share`",
            );
        }
        if let Some(bounds) = flags.bounds
            && metric != Metric::Ratio
            && !(bounds.low..=bounds.high).contains(value)
        {
            let what = format!(
                "`{value}` is outside `--bounds {}:{}`",
                bounds.low, bounds.high
            );
            return complain(
                k,
                &numbers.name,
                what,
                "declare bounds that no value can leave, or none",
            );
        }
    }
    if metric == Metric::Ratio
        && let (Some(x), Some(second)) = (&x, second)
        && let Some(k) = x.iter().position(|value| value.is_some_and(|v| v < 0.0))
    {
        let what = format!("`{}` is negative", x[k].unwrap_or_default());
        return complain(
            k,
            &second.name,
            what,
            "what is divided by counts something: 0 or more",
        );
    }
    let kept = complete(
        rows.len(),
        &[&numbers.name, second.map_or("", |s| &s.name)],
        |column, k| {
            if column == 0 {
                y[k].is_some()
            } else {
                x.as_ref().is_none_or(|x| x[k].is_some())
            }
        },
    )?;
    Ok(Outcome {
        name: numbers.name.clone(),
        metric,
        y,
        x,
        notes: kept.warning.into_iter().collect(),
    })
}
