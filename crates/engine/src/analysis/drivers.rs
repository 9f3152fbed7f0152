//! `throughline drivers`: which columns go with an outcome, and where they stand.

use super::reasons::Names;
use super::{complete, entrusted};
use crate::error::{EngineError, Result};
use std::path::PathBuf;
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::drivers::{Coefficient, Driver, Drivers, Performance, Quadrant};
use throughline_lake::Wanted;
use throughline_lake::extract::{Extract, LabelAt, NumberAt, NumberListAt};
use throughline_stats::drivers::{self as estimate, Options, Rows};
use throughline_stats::{NoAnswer, answer::Answer};

/// What is asked.
#[derive(Clone, Debug)]
pub struct DriversRequest {
    /// The file.
    pub data: PathBuf,
    /// The column to be explained.
    pub outcome: String,
    /// The columns that may explain it, names parted by commas.
    pub predictors: Vec<String>,
    /// The column that says which rows belong together.
    pub cluster: Option<String>,
    /// The ends of the predictors' scale, `1:5`; otherwise the smallest and largest value of each.
    pub scale: Option<String>,
    /// Bootstrap draws; 0 for no intervals of shares.
    pub draws: usize,
    /// Seed of everything random.
    pub seed: u64,
}

/// Fewer clusters than this and errors are rough although they are given.
const FEW_CLUSTERS: usize = 30;
/// Fewest and most bootstrap draws taken; 0 is none.
const FEWEST_DRAWS: usize = 100;
const MOST_DRAWS: usize = 100_000;
/// Condition: a predictor whose others explain this share of it has a slope that says little.
const NEARLY_THE_SAME: f64 = 0.9;

/// Answers.
///
/// # Errors
/// For a file that can't be read, a column that isn't there, values that aren't numbers, and data
/// that have no answer.
pub fn drivers(request: &DriversRequest) -> Result<Entrusted<Drivers>> {
    if request.draws > MOST_DRAWS || (1..FEWEST_DRAWS).contains(&request.draws) {
        return Err(EngineError::Request {
            what: format!("`--draws {}` doesn't make intervals", request.draws),
            hint: "ask for 100 to 100000 draws, or 0 for no intervals of shares",
        });
    }
    let scale = request
        .scale
        .as_deref()
        .map(throughline_lake::parse_scale)
        .transpose()?;
    let mut wanted = Wanted::new(&request.data);
    let at = Places {
        outcome: wanted.number("--outcome", &request.outcome),
        predictors: wanted.number_list("--predictors", &request.predictors),
        cluster: request
            .cluster
            .as_ref()
            .map(|name| wanted.label("--cluster", name)),
    };
    let table = Table::of(&wanted.read()?, &at)?;
    let names: Vec<&str> = table.names.iter().map(String::as_str).collect();
    let words = Names {
        columns: &names,
        outcome: &table.outcome_name,
        cluster: table.cluster_name.as_deref().unwrap_or("row"),
    };
    let columns: Vec<&[f64]> = table.predictors.iter().map(Vec::as_slice).collect();
    let found = estimate::fit(
        &Rows {
            outcome: &table.outcome,
            predictors: &columns,
            clusters: table.clusters.as_deref(),
        },
        &Options {
            seed: request.seed,
            draws: request.draws,
            ..Options::default()
        },
    )
    .map_err(|reason| words.error(&reason))?;
    let scale = scale.map(|scale| (scale.low, scale.high));
    Ok(entrusted(result(&table, &found, &words, scale)?))
}

struct Places {
    outcome: NumberAt,
    predictors: NumberListAt,
    cluster: Option<LabelAt>,
}

/// The rows in which nothing is missing.
struct Table {
    outcome_name: String,
    cluster_name: Option<String>,
    names: Vec<String>,
    outcome: Vec<f64>,
    predictors: Vec<Vec<f64>>,
    clusters: Option<Vec<usize>>,
    left_out: u64,
    notes: Vec<String>,
}

impl Table {
    fn of(extract: &Extract, at: &Places) -> Result<Self> {
        let outcome = extract.numbers(at.outcome);
        let predictors = extract.number_list(at.predictors);
        let cluster = at.cluster.map(|at| extract.labels(at));
        let mut columns: Vec<&str> = vec![&outcome.name];
        columns.extend(predictors.iter().map(|column| column.name.as_str()));
        columns.extend(cluster.map(|labels| labels.name.as_str()));
        let rows = complete(extract.rows(), &columns, |column, row| match column {
            0 => outcome.values[row].is_some(),
            at if at <= predictors.len() => predictors[at - 1].values[row].is_some(),
            _ => cluster.is_none_or(|labels| labels.codes[row].is_some()),
        })?;
        // Every row kept has a value, so nothing is lost by flattening.
        let kept =
            |values: &[Option<f64>]| rows.rows.iter().filter_map(|&row| values[row]).collect();
        let mut notes = extract.notes().to_vec();
        notes.extend(rows.warning);
        Ok(Self {
            outcome_name: outcome.name.clone(),
            cluster_name: cluster.map(|labels| labels.name.clone()),
            names: predictors
                .iter()
                .map(|column| column.name.clone())
                .collect(),
            outcome: kept(&outcome.values),
            predictors: predictors
                .iter()
                .map(|column| kept(&column.values))
                .collect(),
            clusters: cluster.map(|labels| {
                let codes = rows.rows.iter().filter_map(|&row| labels.codes[row]);
                codes.map(|code| code as usize).collect()
            }),
            left_out: rows.left_out,
            notes,
        })
    }
}

fn result(
    table: &Table,
    found: &estimate::Drivers,
    words: &Names<'_>,
    scale: Option<(f64, f64)>,
) -> Result<Drivers> {
    let usual_share = found.r2 / found.predictors.len() as f64;
    let levels = found
        .predictors
        .iter()
        .zip(&table.names)
        .map(|(driver, name)| level(driver, name, scale))
        .collect::<Result<Vec<Level>>>()?;
    let usual_level = levels.iter().map(|level| level.level).sum::<f64>() / levels.len() as f64;
    let mut predictors: Vec<Driver> = found
        .predictors
        .iter()
        .zip(&levels)
        .zip(&table.names)
        .map(|((driver, place), name)| {
            let (low, high) = ends(&driver.share_ends);
            let (explained_low, explained_high) = ends(&driver.of_explained_ends);
            Driver {
                name: name.clone(),
                share: driver.share,
                low,
                high,
                share_of_explained: driver.of_explained,
                share_of_explained_low: explained_low,
                share_of_explained_high: explained_high,
                no_interval: match &driver.share_ends {
                    Ok(_) => None,
                    Err(_) if found.draws == 0 => Some("none was asked for".to_owned()),
                    Err(why) => Some(words.why(why)),
                },
                monte_carlo_error: driver.monte_carlo_error,
                johnson: driver.johnson,
                first: driver.first,
                last: driver.last,
                correlation: driver.correlation,
                coefficient: coefficient(&driver.slope, driver.standardised, words),
                performance: Performance {
                    mean: driver.mean,
                    sd: driver.sd,
                    scale_low: place.low,
                    scale_high: place.high,
                    turned: place.turned,
                    level: place.level,
                    quadrant: match (driver.share >= usual_share, place.level >= usual_level) {
                        (true, false) => Quadrant::LookHereFirst,
                        (true, true) => Quadrant::KeepItUp,
                        (false, false) => Quadrant::CanWait,
                        (false, true) => Quadrant::NothingToDo,
                    },
                },
            }
        })
        .collect();
    predictors.sort_by(|one, other| {
        let by_share = other.share.total_cmp(&one.share);
        by_share.then_with(|| one.name.cmp(&other.name))
    });
    Ok(Drivers {
        model: format!(
            "relative importance (LMG) of {} columns for `{}`",
            predictors.len(),
            table.outcome_name
        ),
        outcome: table.outcome_name.clone(),
        cluster: table.cluster_name.clone(),
        n_rows: found.n,
        n_left_out: table.left_out,
        n_clusters: found.clusters,
        r2: found.r2,
        r2_adjusted: found.r2_adjusted,
        shares: if found.exact { "exact" } else { "sampled" },
        orderings: found.orderings,
        draws: found.draws,
        warnings: warnings(table, found, scale.is_some()),
        predictors,
    })
}

/// A mean between the ends of its scale.
struct Level {
    low: f64,
    high: f64,
    turned: bool,
    level: f64,
}

fn level(driver: &estimate::Driver, name: &str, scale: Option<(f64, f64)>) -> Result<Level> {
    let (low, high) = scale.unwrap_or((driver.low, driver.high));
    if driver.low < low || driver.high > high {
        return Err(EngineError::NoAnswer {
            what: format!(
                "`{name}` runs from {} to {}, outside `--scale {low}:{high}`",
                driver.low, driver.high
            ),
            hint: "give the scale that all columns are on, or leave `--scale` out".to_owned(),
        });
    }
    let turned = driver.correlation < 0.0;
    // Halved first, so that ends of 1e300 don't overflow.
    let share = (driver.mean / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0);
    let share = share.clamp(0.0, 1.0);
    Ok(Level {
        low,
        high,
        turned,
        level: if turned { 1.0 - share } else { share },
    })
}

fn ends(of: &std::result::Result<(f64, f64), NoAnswer>) -> (Option<f64>, Option<f64>) {
    of.as_ref()
        .map_or((None, None), |(low, high)| (Some(*low), Some(*high)))
}

fn coefficient(slope: &Answer, standardised: f64, words: &Names<'_>) -> Coefficient {
    let spread = slope.spread.as_ref().ok();
    Coefficient {
        estimate: slope.value,
        se: spread.map(|spread| spread.se),
        // Without an end: so many that the normal distribution was used.
        df: spread.map(|spread| spread.df).filter(|df| df.is_finite()),
        low: spread.map(|spread| spread.low),
        high: spread.map(|spread| spread.high),
        no_interval: slope.spread.as_ref().err().map(|why| words.why(why)),
        standardised,
    }
}

fn warnings(table: &Table, found: &estimate::Drivers, has_scale: bool) -> Vec<String> {
    let mut warnings = table.notes.clone();
    if let Some(n) = found.clusters
        && (estimate::UNITS_NEEDED..FEW_CLUSTERS).contains(&n)
    {
        warnings.push(format!(
            "{n} of `{}` are few: intervals hold, but are wide and rough",
            table.cluster_name.as_deref().unwrap_or("the clusters")
        ));
    }
    let nearly: Vec<String> = found
        .predictors
        .iter()
        .zip(&table.names)
        // The share of a column that others explain, from its slope and what it adds last.
        .filter(|(driver, _)| {
            driver.standardised.abs() > 1e-9
                && 1.0 - driver.last / driver.standardised.powi(2) > NEARLY_THE_SAME
        })
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    if !nearly.is_empty() {
        warnings.push(format!(
            "{} are nearly given by the other columns: their coefficients say little by themselves",
            nearly.join(", ")
        ));
    }
    if !has_scale {
        warnings.push(
            "no `--scale` was given: each column's performance is read between its own smallest and largest value"
                .to_owned(),
        );
    }
    warnings
}
