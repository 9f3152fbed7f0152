//! `throughline mediation`: how much goes through a column in between.

use super::figure::figure;
use super::reasons::Names;
use super::{complete, entrusted, no_answer};
use crate::error::{EngineError, Result};
use std::path::PathBuf;
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::Mediation;
use throughline_lake::Wanted;
use throughline_stats::NoAnswer;
use throughline_stats::mediation::{self as estimate, Bootstrap, Ends, Part, Variables};

/// What is asked.
#[derive(Clone, Debug)]
pub struct MediationRequest {
    /// The file.
    pub data: PathBuf,
    /// Where it starts.
    pub from: String,
    /// What it goes through.
    pub through: String,
    /// Where it ends.
    pub to: String,
    /// Columns held fixed, names parted by commas.
    pub covariates: Vec<String>,
    /// The column that says which rows belong together.
    pub cluster: String,
    /// Which differences are looked at.
    pub part: Part,
    /// Bootstrap draws.
    pub draws: usize,
    /// Seed of everything random.
    pub seed: u64,
}

const DRAWS: std::ops::RangeInclusive<usize> = 200..=100_000;
/// Fewer clusters than this and a warning stands beside the intervals.
const FEW_CLUSTERS: usize = 20;
/// A hidden correlation as small as this is easily there.
const EASILY_ERASED: f64 = 0.1;

/// Answers.
///
/// # Errors
/// For a file that can't be read, a column that isn't there, values that aren't numbers, and data
/// that have no answer.
pub fn mediation(request: &MediationRequest) -> Result<Entrusted<Mediation>> {
    if !DRAWS.contains(&request.draws) {
        return Err(EngineError::Request {
            what: format!("`--draws {}` is out of range", request.draws),
            hint: "200 to 100000; 5000 are enough for a report",
        });
    }
    let mut wanted = Wanted::new(&request.data);
    let asked = [
        wanted.number("--from", &request.from),
        wanted.number("--through", &request.through),
        wanted.number("--to", &request.to),
    ];
    let covariates = (!request.covariates.is_empty())
        .then(|| wanted.number_list("--covariates", &request.covariates));
    let cluster = wanted.label("--cluster", &request.cluster);
    let extract = wanted.read()?;
    let mut numbers: Vec<_> = asked.iter().map(|&at| extract.numbers(at)).collect();
    numbers.extend(covariates.map_or_else(Vec::new, |at| extract.number_list(at)));
    let labels = extract.labels(cluster);
    let mut names: Vec<&str> = numbers.iter().map(|column| column.name.as_str()).collect();
    names.push(&labels.name);
    let rows = complete(extract.rows(), &names, |column, row| {
        numbers
            .get(column)
            .map_or(labels.codes[row].is_some(), |of| of.values[row].is_some())
    })?;
    // Every row kept has a value, so nothing is lost by flattening.
    let kept: Vec<Vec<f64>> = numbers
        .iter()
        .map(|column| {
            rows.rows
                .iter()
                .filter_map(|&row| column.values[row])
                .collect()
        })
        .collect();
    let clusters: Vec<usize> = rows
        .rows
        .iter()
        .filter_map(|&row| labels.codes[row].map(|code| code as usize))
        .collect();
    let held: Vec<&[f64]> = kept[3..].iter().map(Vec::as_slice).collect();
    let found = estimate::mediate(
        &Variables {
            cause: &kept[0],
            mediator: &kept[1],
            outcome: &kept[2],
            covariates: &held,
            cluster: &clusters,
            clusters: labels.names.len(),
        },
        request.part,
        Bootstrap {
            draws: request.draws,
            seed: request.seed,
            ends: Ends::Percentile,
        },
    )
    .map_err(|reason| said(&reason, &names, request.part))?;
    let mut warnings = extract.notes().to_vec();
    warnings.extend(rows.warning);
    let words = Names {
        columns: &[],
        outcome: names[2],
        cluster: &labels.name,
    };
    let part = match request.part {
        Part::All => "all",
        Part::Within => "within",
        Part::Between => "between",
    };
    // Without intervals there is nothing to call rough.
    if found.indirect.spread.is_ok() && found.clusters < FEW_CLUSTERS {
        warnings.push(format!(
            "{} of `{}` are few: intervals are rough",
            found.clusters, labels.name
        ));
    }
    let clear = found
        .indirect
        .ends()
        .is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    if clear && found.erasing_correlation.abs() < EASILY_ERASED {
        warnings.push(format!(
            "hidden causes that move `{}` and `{}` together, correlated by only {:.2}, would explain \
             the indirect effect away",
            names[1], names[2], found.erasing_correlation
        ));
    }
    Ok(entrusted(Mediation {
        model: format!(
            "mediation of `{}` on `{}` through `{}`",
            names[0], names[2], names[1]
        ),
        from: names[0].to_owned(),
        through: names[1].to_owned(),
        to: names[2].to_owned(),
        covariates: names[3..names.len() - 1]
            .iter()
            .map(|&name| name.to_owned())
            .collect(),
        cluster: labels.name.clone(),
        part,
        n_rows: found.n,
        n_left_out: rows.left_out,
        n_clusters: found.clusters,
        draws: found.draws,
        from_through: figure(&found.to_mediator, &words),
        through_to: figure(&found.to_outcome, &words),
        indirect: figure(&found.indirect, &words),
        direct: figure(&found.direct, &words),
        total: figure(&found.total, &words),
        share: found
            .mediated_share
            .as_ref()
            .ok()
            .map(|share| figure(share, &words)),
        no_share: found
            .mediated_share
            .as_ref()
            .err()
            .map(|why| words.why(why)),
        erasing_correlation: found.erasing_correlation,
        warnings,
    }))
}

/// The estimator's reason in the reader's words; `names` are cause, mediator, outcome, covariates.
fn said(reason: &NoAnswer, names: &[&str], part: Part) -> EngineError {
    let name = |at: usize| {
        names
            .get(at)
            .map_or_else(|| "a column".to_owned(), |n| format!("`{n}`"))
    };
    let place = |what: &str, column: usize| match what {
        "cause" => 0,
        "mediator" => 1,
        "outcome" => 2,
        _ => 3 + column,
    };
    match reason {
        NoAnswer::ConstantColumn { what, column } => {
            let at = name(place(what, *column));
            match part {
                Part::Within => no_answer(
                    format!(
                        "{at} is the same in all rows of each cluster, so nothing differs within"
                    ),
                    "look between clusters instead: `--part between`",
                ),
                _ => no_answer(
                    format!("all values of {at} are equal in the rows used"),
                    "choose a column that varies",
                ),
            }
        }
        NoAnswer::Inseparable { what, columns } => {
            let first = columns.first().copied().unwrap_or(0);
            let (one, rest) = match *what {
                "cause and mediator" => {
                    (name(0), format!("{} and the columns held fixed", name(1)))
                }
                "cause and covariate" => (name(0), "the columns held fixed".to_owned()),
                _ => (name(3 + first), "the other columns held fixed".to_owned()),
            };
            no_answer(
                format!("{one} can't be told apart from {rest}"),
                "leave one of them out",
            )
        }
        NoAnswer::ExactFit => no_answer(
            format!("{} is reproduced exactly by the other columns", name(2)),
            "look for a column that is the outcome in other words",
        ),
        other => {
            let words = Names {
                columns: &[],
                outcome: names.get(2).copied().unwrap_or("the outcome"),
                cluster: names.last().copied().unwrap_or("cluster"),
            };
            words.error(other)
        }
    }
}
