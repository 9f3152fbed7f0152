//! `throughline levels`: a multilevel regression.

use super::figure::figure;
use super::reasons::Names;
use super::{complete, entrusted, no_answer};
use crate::error::{EngineError, Result};
use std::path::PathBuf;
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::levels::{
    Coefficient, Context, Correlation, Effect, Group, Levels,
};
use throughline_lake::Wanted;
use throughline_stats::NoAnswer;
use throughline_stats::multilevel::{
    Criterion, Effects, Fit, Grouping, MOST_CROSSED, Model, fit, parts, resemblance,
};

/// What is asked.
#[derive(Clone, Debug)]
pub struct LevelsRequest {
    /// The file.
    pub data: PathBuf,
    /// The column to be explained.
    pub outcome: String,
    /// The columns that may explain it, names parted by commas; none for groups alone.
    pub predictors: Vec<String>,
    /// The columns of groups; several cross or nest.
    pub groups: Vec<String>,
    /// Predictors whose slopes differ between the groups of the first column.
    pub random: Vec<String>,
    /// Whether effects of one group are kept apart (correlations zero).
    pub uncorrelated: bool,
    /// Whether predictors are taken apart within and between the groups of the first column.
    pub split: bool,
    /// Full instead of restricted maximum likelihood.
    pub full: bool,
    /// Told, before it starts, that the fit may take minutes.
    pub told: fn(&str),
}

/// With fewer groups, how they differ is known roughly.
const FEW_GROUPS: usize = 15;

/// With more effects outside the largest column of groups the fit may take minutes: time grows with
/// the cube of their number, 1,128 take two seconds on two cores (bench/README.md).
const MANY_CROSSED: usize = 2000;

/// A column of the regression.
struct Column {
    name: String,
    part: Option<&'static str>,
    values: Vec<f64>,
}

impl Column {
    fn said(&self) -> String {
        match self.part {
            Some(part) => format!("{} ({part})", self.name),
            None => self.name.clone(),
        }
    }
}

/// The rows in which nothing is missing.
struct Table {
    outcome_name: String,
    outcome: Vec<f64>,
    predictors: Vec<(String, Vec<f64>)>,
    groups: Vec<(String, Vec<usize>, usize)>,
    left_out: u64,
    notes: Vec<String>,
}

/// Answers.
///
/// # Errors
/// For a file that can't be read, a column that isn't there, values that aren't numbers, and data
/// that have no answer.
pub fn levels(request: &LevelsRequest) -> Result<Entrusted<Levels>> {
    let table = read(request)?;
    let (_, first, groups) = &table.groups[0];
    let mut columns: Vec<Column> = Vec::new();
    for (name, values) in &table.predictors {
        let whole = |values: &[f64]| Column {
            name: name.clone(),
            part: None,
            values: values.to_vec(),
        };
        if !request.split {
            columns.push(whole(values));
            continue;
        }
        let split = parts(values, first, *groups).map_err(|why| fallback(&why))?;
        if flat(&split.within, values) || flat(&split.between, values) {
            columns.push(whole(values));
            continue;
        }
        for (part, values) in [("within", split.within), ("between", split.between)] {
            columns.push(Column {
                name: name.clone(),
                part: Some(part),
                values,
            });
        }
    }
    let random = random(request, &columns)?;
    let slopes: Vec<&[f64]> = random
        .iter()
        .map(|&at| columns[at].values.as_slice())
        .collect();
    let fixed: Vec<&[f64]> = columns
        .iter()
        .map(|column| column.values.as_slice())
        .collect();
    let groupings: Vec<Grouping<'_>> = table
        .groups
        .iter()
        .enumerate()
        .map(|(place, (_, group, groups))| Grouping {
            group,
            groups: *groups,
            intercept: true,
            slopes: if place == 0 { &slopes } else { &[] },
            correlated: !request.uncorrelated,
        })
        .collect();
    let effects = table.groups.iter().zip(&groupings);
    let effects = effects.map(|((_, _, groups), of)| groups * (1 + of.slopes.len()));
    let crossed = effects.clone().sum::<usize>() - effects.max().unwrap_or(0);
    if (MANY_CROSSED..=MOST_CROSSED).contains(&crossed) {
        (request.told)(&format!(
            "besides the largest column of groups the others have {crossed} groups together: this \
             may take minutes; time grows with the cube of that number"
        ));
    }
    let found = fit(&Model {
        outcome: &table.outcome,
        fixed: &fixed,
        intercept: true,
        groupings: &groupings,
        criterion: if request.full {
            Criterion::Full
        } else {
            Criterion::Restricted
        },
    })
    .map_err(|reason| said(&reason, &table, &columns, &random))?;
    Ok(entrusted(result(
        request, &table, &columns, &random, &found,
    )?))
}

fn read(request: &LevelsRequest) -> Result<Table> {
    if request.groups.is_empty() {
        return Err(EngineError::Request {
            what: "no column of groups was named".to_owned(),
            hint: "name one, as in `--group branch`",
        });
    }
    let mut wanted = Wanted::new(&request.data);
    let outcome = wanted.number("--outcome", &request.outcome);
    let predictors = (!request.predictors.is_empty())
        .then(|| wanted.number_list("--predictors", &request.predictors));
    let groups: Vec<_> = request
        .groups
        .iter()
        .map(|name| wanted.label("--group", name))
        .collect();
    let extract = wanted.read()?;
    let outcome = extract.numbers(outcome);
    let predictors = predictors.map_or_else(Vec::new, |at| extract.number_list(at));
    let groups: Vec<_> = groups.iter().map(|&at| extract.labels(at)).collect();
    let mut names: Vec<&str> = vec![&outcome.name];
    names.extend(predictors.iter().map(|column| column.name.as_str()));
    names.extend(groups.iter().map(|column| column.name.as_str()));
    let rows = complete(extract.rows(), &names, |column, row| {
        let group = column.checked_sub(1 + predictors.len());
        match (column, group) {
            (0, _) => outcome.values[row].is_some(),
            (_, Some(at)) => groups[at].codes[row].is_some(),
            (at, None) => predictors[at - 1].values[row].is_some(),
        }
    })?;
    // Every row kept has a value, so nothing is lost by flattening.
    let kept = |values: &[Option<f64>]| -> Vec<f64> {
        rows.rows.iter().filter_map(|&row| values[row]).collect()
    };
    let mut notes = extract.notes().to_vec();
    notes.extend(rows.warning.clone());
    Ok(Table {
        outcome_name: outcome.name.clone(),
        outcome: kept(&outcome.values),
        predictors: predictors
            .iter()
            .map(|column| (column.name.clone(), kept(&column.values)))
            .collect(),
        groups: groups
            .iter()
            .map(|labels| {
                let codes = rows.rows.iter().filter_map(|&row| labels.codes[row]);
                let codes = codes.map(|code| code as usize).collect();
                (labels.name.clone(), codes, labels.names.len())
            })
            .collect(),
        left_out: rows.left_out,
        notes,
    })
}

/// Whether nothing but rounding differs, against the column as it was.
fn flat(part: &[f64], whole: &[f64]) -> bool {
    let range = |values: &[f64]| {
        let low = values.iter().fold(f64::INFINITY, |a, &b| a.min(b));
        values.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b)) - low
    };
    range(part) <= 1e-9 * range(whole)
}

/// Places of the columns whose slopes differ: the part within, where a column was taken apart.
fn random(request: &LevelsRequest, columns: &[Column]) -> Result<Vec<usize>> {
    let mut found = Vec::new();
    for asked in &request.random {
        let place = |name: &str| {
            columns
                .iter()
                .position(|c| c.name == name && c.part != Some("between"))
        };
        // A column's own name may hold commas.
        let places: Vec<(String, Option<usize>)> = match place(asked) {
            Some(at) => vec![(asked.clone(), Some(at))],
            None => asked
                .split(',')
                .map(|name| (name.trim().to_owned(), place(name.trim())))
                .collect(),
        };
        for (name, at) in places {
            match at {
                Some(at) if !found.contains(&at) => found.push(at),
                Some(_) => {}
                None => {
                    return Err(EngineError::Request {
                        what: format!("`--random {name}` is none of the predictors"),
                        hint: "name a column of `--predictors`: its slope then differs between groups",
                    });
                }
            }
        }
    }
    Ok(found)
}

fn fallback(reason: &NoAnswer) -> EngineError {
    let words = Names {
        columns: &[],
        outcome: "the outcome",
        cluster: "group",
    };
    words.error(reason)
}

/// The estimator's reason in the reader's words.
fn said(reason: &NoAnswer, table: &Table, columns: &[Column], random: &[usize]) -> EngineError {
    let named = |what: &str, at: usize| {
        let at = if what == "predictor" {
            Some(at)
        } else {
            random.get(at).copied()
        };
        at.and_then(|at| columns.get(at))
            .map_or_else(|| "a column".to_owned(), |c| format!("`{}`", c.said()))
    };
    let group = |at: usize| {
        table
            .groups
            .get(at)
            .map_or_else(|| "the groups".to_owned(), |(name, ..)| format!("`{name}`"))
    };
    match reason {
        NoAnswer::ConstantColumn { what, column } => no_answer(
            format!(
                "all values of {} are equal in the rows used",
                named(what, *column)
            ),
            "leave it out",
        ),
        NoAnswer::Inseparable { what, columns } => {
            let names: Vec<String> = columns.iter().map(|&at| named(what, at)).collect();
            no_answer(
                format!(
                    "{} say the same: each follows from the others",
                    names.join(", ")
                ),
                "leave one of them out",
            )
        }
        NoAnswer::TooFewGroups { grouping, n, .. } => no_answer(
            format!(
                "{} has {} in the rows used",
                group(*grouping),
                if *n == 1 { "one group" } else { "no group" }
            ),
            "choose a column with more groups; ten or more tell something of how they differ",
        ),
        NoAnswer::TooManyItems { n, most } => no_answer(
            format!(
                "besides the largest column of groups the others have {n} groups together; {most} \
                 are the most that can be fitted"
            ),
            "name fewer columns in `--group`, or coarser ones",
        ),
        NoAnswer::MoreEffectsThanRows {
            grouping,
            effects,
            rows,
        } => no_answer(
            format!(
                "{} would have {effects} effects, but there are only {rows} rows",
                group(*grouping)
            ),
            "bring more rows a group, or name fewer columns in `--random`",
        ),
        NoAnswer::ExactFit => no_answer(
            format!(
                "`{}` is reproduced exactly by the other columns and the groups",
                table.outcome_name
            ),
            "look for a column that is the outcome in other words",
        ),
        other => {
            let words = Names {
                columns: &[],
                outcome: &table.outcome_name,
                cluster: &table.groups[0].0,
            };
            words.error(other)
        }
    }
}

fn result(
    request: &LevelsRequest,
    table: &Table,
    columns: &[Column],
    random: &[usize],
    found: &Fit,
) -> Result<Levels> {
    let words = Names {
        columns: &[],
        outcome: &table.outcome_name,
        cluster: &table.groups[0].0,
    };
    let coefficients = found
        .coefficients
        .iter()
        .map(|of| {
            let column = of.column.and_then(|at| columns.get(at));
            Coefficient {
                name: column.map(|column| column.name.clone()),
                part: column.and_then(|column| column.part),
                figure: figure(&of.estimate, &words),
            }
        })
        .collect();
    let mut contexts = Vec::new();
    for (at, pair) in columns.windows(2).enumerate() {
        if pair[0].part == Some("within") {
            let mut weights = vec![0.0; columns.len() + 1];
            (weights[at + 1], weights[at + 2]) = (-1.0, 1.0);
            let difference = found.contrast(&weights).map_err(|why| fallback(&why))?;
            contexts.push(Context {
                name: pair[0].name.clone(),
                figure: figure(&difference, &words),
            });
        }
    }
    let slopes: Vec<Option<String>> = std::iter::once(None)
        .chain(random.iter().map(|&at| Some(columns[at].said())))
        .collect();
    let groups: Vec<Group> = table
        .groups
        .iter()
        .zip(&found.effects)
        .enumerate()
        .map(|(place, (named, effects))| {
            group(place, named, effects, &slopes, table, found, &words)
        })
        .collect();
    let ends = found.residual_sd_interval.as_ref().ok();
    let names: Vec<String> = table
        .groups
        .iter()
        .map(|(name, ..)| format!("`{name}`"))
        .collect();
    Ok(Levels {
        model: format!(
            "multilevel regression of `{}` in {}",
            table.outcome_name,
            names.join(" and ")
        ),
        outcome: table.outcome_name.clone(),
        criterion: if request.full { "ML" } else { "REML" },
        n_rows: found.n,
        n_left_out: table.left_out,
        coefficients,
        contexts,
        residual_sd: found.residual_sd,
        residual_sd_low: ends.map(|ends| ends.0),
        residual_sd_high: ends.map(|ends| ends.1),
        log_likelihood: found.log_likelihood,
        aic: found.aic,
        bic: found.bic,
        parameters: found.parameters,
        singular: found.singular,
        warnings: warnings(table, found, &groups),
        groups,
    })
}

fn group(
    place: usize,
    (name, codes, count): &(String, Vec<usize>, usize),
    effects: &Effects,
    slopes: &[Option<String>],
    table: &Table,
    found: &Fit,
    words: &Names<'_>,
) -> Group {
    let icc = resemblance(&table.outcome, codes, *count).ok();
    let mut correlations = Vec::new();
    for i in 0..effects.sd.len() {
        for j in 0..i {
            correlations.push(Correlation {
                one: slopes[j].clone(),
                other: slopes[i].clone(),
                correlation: found.correlation(place, i, j),
            });
        }
    }
    Group {
        name: name.clone(),
        n: effects.groups,
        icc: icc.map(|icc| icc.of_rows),
        icc_of_means: icc.map(|icc| icc.of_means),
        effects: effects
            .sd
            .iter()
            .zip(&effects.sd_intervals)
            .zip(slopes)
            .map(|((&sd, ends), name)| Effect {
                name: name.clone(),
                sd,
                low: ends.as_ref().ok().map(|ends| ends.0),
                high: ends.as_ref().ok().map(|ends| ends.1),
                no_interval: ends.as_ref().err().map(|why| words.why(why)),
            })
            .collect(),
        correlations,
    }
}

fn warnings(table: &Table, found: &Fit, groups: &[Group]) -> Vec<String> {
    let mut warnings = table.notes.clone();
    for (group, effects) in groups.iter().zip(&found.effects) {
        if effects.singular {
            warnings.push(format!(
                "groups of `{}` don't differ in all that may differ, or it goes together exactly \
                 (a singular fit): a simpler model tells the same",
                group.name
            ));
        }
        if group.n < FEW_GROUPS {
            let narrow = if found.adjusted.is_some() {
                ""
            } else {
                ", and intervals of what differs only between groups are somewhat too narrow"
            };
            warnings.push(format!(
                "{} groups of `{}` are few: how groups differ is known roughly{narrow}",
                group.n, group.name
            ));
        }
    }
    warnings
}
