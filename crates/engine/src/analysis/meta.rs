//! `throughline meta`: one mean from several studies, lines of business or years.

use super::figure::figure;
use super::reasons::Names;
use super::{complete, counted, entrusted, no_answer};
use crate::error::{EngineError, Result};
use std::path::PathBuf;
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::meta::{Correlations, Meta, Study};
use throughline_lake::Wanted;
use throughline_stats::NoAnswer;
use throughline_stats::answer::Z;
use throughline_stats::meta::{self as estimate, Method, Pooled, Test};

/// What is asked.
#[derive(Clone, Debug)]
pub struct MetaRequest {
    /// The file: one row a study.
    pub data: PathBuf,
    /// What is pooled.
    pub of: Pooling,
    /// The column of the studies' names.
    pub study: Option<String>,
    /// How the variance of true values is estimated; Hunter and Schmidt's for correlations, else
    /// REML, if none is chosen.
    pub method: Option<Method>,
    /// What the mean's interval rests on.
    pub test: Test,
}

/// What is pooled.
#[derive(Clone, Debug)]
pub enum Pooling {
    /// Correlations and sample sizes; the product of the measures' reliabilities' roots if known.
    Correlations {
        /// The column of correlations.
        r: String,
        /// The column of sample sizes.
        n: String,
        /// The column of attenuation factors.
        attenuation: Option<String>,
    },
    /// Any estimates and their variances.
    Estimates {
        /// The column of estimates.
        effect: String,
        /// The column of variances, or of standard errors.
        variance: String,
        /// Whether these are standard errors.
        squared: bool,
    },
}

/// With fewer studies, how they differ is known roughly.
const FEW_STUDIES: u64 = 10;

/// Answers.
///
/// # Errors
/// For a file that can't be read, a column that isn't there, values that aren't numbers, and data
/// that have no answer.
pub fn meta(request: &MetaRequest) -> Result<Entrusted<Meta>> {
    let mut wanted = Wanted::new(&request.data);
    let asked = match &request.of {
        Pooling::Correlations { r, n, attenuation } => {
            let mut asked = vec![wanted.number("--r", r), wanted.number("--n", n)];
            asked.extend(
                attenuation
                    .as_ref()
                    .map(|name| wanted.number("--attenuation", name)),
            );
            asked
        }
        Pooling::Estimates {
            effect,
            variance,
            squared,
        } => vec![
            wanted.number("--effect", effect),
            wanted.number(if *squared { "--se" } else { "--variance" }, variance),
        ],
    };
    let study = request
        .study
        .as_ref()
        .map(|name| wanted.label("--study", name));
    let extract = wanted.read()?;
    let numbers: Vec<_> = asked.iter().map(|&at| extract.numbers(at)).collect();
    let names: Vec<&str> = numbers.iter().map(|column| column.name.as_str()).collect();
    let rows = complete(extract.rows(), &names, |column, row| {
        numbers[column].values[row].is_some()
    })?;
    let kept: Vec<Vec<f64>> = numbers
        .iter()
        .map(|column| {
            rows.rows
                .iter()
                .filter_map(|&row| column.values[row])
                .collect()
        })
        .collect();
    check(&extract, &names, &kept, &rows.rows, &request.of)?;
    let words = Names {
        columns: &[],
        outcome: names[0],
        cluster: "study",
    };
    let error = |why| match why {
        NoAnswer::TooFewItems { n, needed } => no_answer(
            format!(
                "only {} all values; {needed} are needed",
                counted(n as u64, "study has", "studies have")
            ),
            "bring more studies; one alone has nothing to be pooled with",
        ),
        why => words.error(&why),
    };
    let correlations = matches!(request.of, Pooling::Correlations { .. });
    let method = request.method.unwrap_or(if correlations {
        Method::HunterSchmidt
    } else {
        Method::Restricted
    });
    let attenuation = kept.get(2).map(Vec::as_slice);
    if attenuation.is_some() && method != Method::HunterSchmidt {
        return Err(EngineError::Request {
            what: "`--attenuation` goes with Hunter and Schmidt's method alone".to_owned(),
            hint: "leave `--method` out, or correct the correlations beforehand",
        });
    }
    let mut parts = None;
    // Fisher's scale, for all methods but Hunter and Schmidt's.
    let fisher = correlations && method != Method::HunterSchmidt;
    let (estimates, variances, pooled) = match (&request.of, method) {
        (Pooling::Correlations { .. }, Method::HunterSchmidt) => {
            let found = estimate::correlations(&kept[0], &kept[1], attenuation, request.test)
                .map_err(error)?;
            let (_, variances) = estimate::raw(&kept[0], &kept[1]).map_err(error)?;
            parts = Some(Correlations {
                observed_variance: found.observed_variance,
                error_variance: found.error_variance,
                true_variance: found.true_variance,
                chance_share: found.chance_share,
                credibility_low: found.credibility.0,
                credibility_high: found.credibility.1,
            });
            (kept[0].clone(), variances, found.pooled)
        }
        (of, _) => {
            let (estimates, variances) = match of {
                Pooling::Correlations { .. } => {
                    estimate::fisher(&kept[0], &kept[1]).map_err(error)?
                }
                Pooling::Estimates { squared, .. } => {
                    let variances = kept[1]
                        .iter()
                        .map(|v| if *squared { v * v } else { *v })
                        .collect();
                    (kept[0].clone(), variances)
                }
            };
            let pooled = estimate::pool(&estimates, &variances, None, method, request.test)
                .map_err(error)?;
            (estimates, variances, pooled)
        }
    };
    let turn = |value: f64| if fisher { value.tanh() } else { value };
    let studies = (0..estimates.len())
        .map(|at| {
            let row = rows.rows[at];
            let label = study.and_then(|at| {
                let labels = extract.labels(at);
                labels.codes[row].map(|code| labels.names[code as usize].clone())
            });
            let half = Z * variances[at].sqrt();
            Study {
                name: label.unwrap_or_else(|| format!("row {}", extract.line(row))),
                estimate: turn(estimates[at]),
                low: turn(estimates[at] - half),
                high: turn(estimates[at] + half),
                weight: pooled.weights[at],
            }
        })
        .collect();
    let mut mean = figure(&pooled.mean, &words);
    if fisher {
        let slope = 1.0 - turn(mean.estimate).powi(2);
        mean.estimate = turn(mean.estimate);
        mean.se = mean.se.map(|se| se * slope);
        mean.low = mean.low.map(turn);
        mean.high = mean.high.map(turn);
    }
    let mut warnings = extract.notes().to_vec();
    warnings.extend(rows.warning);
    warnings.extend(cautions(&pooled, method, fisher));
    if correlations && !fisher {
        warnings.extend(impossible(&kept[0], attenuation, &pooled, parts.as_ref()));
    }
    Ok(entrusted(Meta {
        model: format!(
            "meta-analysis of `{}`{}",
            names[0],
            if fisher {
                " on Fisher's scale, turned back"
            } else {
                ""
            }
        ),
        method: match method {
            Method::Restricted => "REML",
            Method::DerSimonianLaird => "DL",
            Method::HunterSchmidt => "HS",
            Method::Common => "common",
        },
        test: match request.test {
            Test::Normal => "normal",
            Test::KnappHartung => "knapp-hartung",
            Test::KnappHartungWidened => "knapp-hartung, widened",
            Test::Robust => "robust",
        },
        n_studies: pooled.mean.n,
        n_left_out: rows.left_out,
        mean,
        prediction_low: pooled.prediction.map(|(low, _)| turn(low)),
        prediction_high: pooled.prediction.map(|(_, high)| turn(high)),
        tau2: pooled.tau2,
        tau2_low: pooled.tau2_interval.map(|(low, _)| low),
        tau2_high: pooled.tau2_interval.map(|(_, high)| high),
        i2: pooled.i2,
        q: pooled.q,
        q_df: pooled.q_df,
        q_p: pooled.q_p,
        correlations: parts,
        studies,
        warnings,
    }))
}

/// Numbers that no study can have, with their place.
fn check(
    extract: &throughline_lake::extract::Extract,
    names: &[&str],
    kept: &[Vec<f64>],
    rows: &[usize],
    of: &Pooling,
) -> Result<()> {
    let refuse = |column: usize, ok: &dyn Fn(f64) -> bool, what: &str, hint: &str| match kept
        [column]
        .iter()
        .position(|&value| !ok(value))
    {
        Some(at) => Err(extract.complaint(rows[at], names[column], what, hint)),
        None => Ok(()),
    };
    match of {
        Pooling::Correlations { attenuation, .. } => {
            refuse(
                0,
                &|r| r.abs() < 1.0,
                "a correlation lies between -1 and 1",
                "correct the cell, or leave the row out",
            )?;
            refuse(
                1,
                &|n| n >= 4.0,
                "a correlation needs a sample of 4 or more",
                "correct the cell, or leave the row out",
            )?;
            if attenuation.is_some() {
                refuse(
                    2,
                    &|a| (0.01..=1.0).contains(&a),
                    "an attenuation factor lies between 0.01 and 1",
                    "give the root of the product of the two reliabilities",
                )?;
            }
        }
        Pooling::Estimates { .. } => {
            refuse(
                1,
                &|v| v > 0.0,
                "an error is above zero",
                "correct the cell, or leave the row out",
            )?;
        }
    }
    Ok(())
}

fn cautions(pooled: &Pooled, method: Method, fisher: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    if method != Method::Common && pooled.mean.n < FEW_STUDIES {
        warnings.push(format!(
            "{} studies are few: how much they differ, and so where one more would lie, is known \
             roughly; that interval tends to be too narrow",
            pooled.mean.n
        ));
    }
    if method == Method::Common && pooled.q_p < 0.05 {
        warnings.push(
            "studies differ by more than chance, so one common value doesn't describe them"
                .to_owned(),
        );
    }
    if let Some((low, high)) = pooled.tau2_interval {
        // Other arithmetic than the interval's (metafor's does the same).
        if pooled.tau2 < low || pooled.tau2 > high {
            warnings.push(
                "tau lies outside its own interval, as the two are reckoned in different ways: the \
                 studies are too few, or too unlike, for this method; see what `--method reml` says"
                    .to_owned(),
            );
        }
    }
    if fisher {
        warnings.push("tau² is on Fisher's scale".to_owned());
    }
    warnings
}

/// Correlations beyond ±1, which Hunter and Schmidt's arithmetic doesn't rule out.
fn impossible(
    r: &[f64],
    attenuation: Option<&[f64]>,
    pooled: &Pooled,
    parts: Option<&Correlations>,
) -> Vec<String> {
    let mut warnings = Vec::new();
    let beyond = |value: f64| value.abs() > 1.0;
    let corrected = attenuation.map_or(0, |factors| {
        let pairs = r.iter().zip(factors);
        pairs.filter(|(r, factor)| beyond(*r / *factor)).count()
    });
    if corrected > 0 {
        warnings.push(format!(
            "{corrected} of {} correlations are beyond ±1 once corrected, which no correlation can \
             be: reliabilities are given too low, or studies are too small",
            r.len()
        ));
    }
    if beyond(pooled.mean.value) {
        warnings.push(
            "the mean is beyond ±1, which no correlation can be: don't use it; the reliabilities \
             can't be right, or studies are too small"
                .to_owned(),
        );
    }
    let ends = [
        pooled.mean.ends(),
        pooled.prediction,
        parts.map(|parts| (parts.credibility_low, parts.credibility_high)),
    ];
    let mut ends = ends.into_iter().flatten();
    if ends.any(|(low, high)| beyond(low) || beyond(high)) {
        warnings.push(
            "an interval reaches beyond ±1, where no correlation can lie: studies are too few or \
             too small to say more; `--method reml` (without `--attenuation`) stays within"
                .to_owned(),
        );
    }
    warnings
}
