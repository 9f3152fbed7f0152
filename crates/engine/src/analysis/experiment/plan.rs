//! `throughline experiment plan`: how large, how long.

use super::super::{entrusted, no_answer};
use super::flags::{refused, weights};
use super::words::why;
use crate::error::{EngineError, Result};
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::experiment::{ExperimentPlan, SequencePlan, Width};
use throughline_stats::NoAnswer;
use throughline_stats::experiment::plan::sequential::Plan;
use throughline_stats::experiment::plan::{
    Change, ClusterDesign, Design, periods, power, rows, smallest,
};

/// Runs behind the stopping times.
const RUNS: usize = 2000;
/// Looks of each run.
const LOOKS: usize = 200;

/// What is asked.
#[derive(Clone, Debug)]
pub struct PlanRequest {
    /// `mean` or `share`; a share where there is no standard deviation.
    pub metric: Option<String>,
    /// The control's share, or its mean (which only the words need).
    pub baseline: Option<f64>,
    /// Standard deviation of rows, for means.
    pub sd: Option<f64>,
    /// The difference to be found; computed from `rows` if there is none.
    pub smallest: Option<f64>,
    /// Rows there will be in both arms.
    pub rows: Option<u64>,
    /// Probability of finding it.
    pub power: f64,
    /// Two-sided error.
    pub alpha: f64,
    /// Parts of the rows, control first.
    pub split: String,
    /// Mean rows of a cluster.
    pub cluster_rows: Option<f64>,
    /// Standard deviation of clusters' rows over their mean.
    pub cluster_cv: f64,
    /// Intraclass correlation.
    pub intraclass: Option<f64>,
    /// Rows that come in a period.
    pub rows_each_period: Option<f64>,
    /// Rows in both arms that a sequence is to be tuned for.
    pub horizon: Option<u64>,
    /// Ends of the outcome, for the widest interval.
    pub bounds: Option<String>,
    /// Seed of the simulated stopping times.
    pub seed: u64,
}

/// Plans.
///
/// # Errors
/// For figures that can't be, and for what no size can find.
pub fn plan_experiment(request: &PlanRequest) -> Result<Entrusted<ExperimentPlan>> {
    let is_share = match request.metric.as_deref() {
        Some("share") => true,
        Some("mean") => false,
        _ => request.sd.is_none(),
    };
    let parts = weights(&request.split)?;
    if parts.len() != 2 {
        return refused(
            format!("`--split {}` has {} parts", request.split, parts.len()),
            "a plan is for two arms: give two parts, as in `1:1`",
        );
    }
    if !(request.alpha > 0.0 && request.alpha < 0.5) {
        return refused(
            format!("`--alpha {}` can't be", request.alpha),
            "it is mostly 0.05",
        );
    }
    let design = Design {
        alpha: request.alpha,
        ratio: parts[1] / parts[0],
        clusters: clusters(request)?,
    };
    let failed = |reason: NoAnswer| match reason {
        NoAnswer::OutOfReach { .. } => no_answer(
            "no number of rows that can be had finds so small a difference".to_owned(),
            "look for a larger one, or ask what a number of rows could find with `--rows`",
        ),
        reason => no_answer(why(&reason), "check the figures the plan is made of"),
    };
    let scatter = scatter(request, is_share)?;
    let control_part = 1.0 / (1.0 + design.ratio);
    let computed = request.smallest.is_none();
    let size = match (request.smallest, request.rows) {
        (Some(size), _) => size,
        (None, Some(n)) => smallest(
            change(&scatter, 0.0),
            n as f64 * control_part,
            request.power,
            &design,
        )
        .map_err(|reason| match reason {
            NoAnswer::OutOfReach { .. } => no_answer(
                format!("{n} rows find no difference, however large, with that certainty"),
                "bring more rows",
            ),
            reason => failed(reason),
        })?,
        (None, None) => {
            return refused(
                "nothing to plan for".into(),
                "give the smallest difference that matters with `--smallest`, or the rows there will be with `--rows`",
            );
        }
    };
    let control = match request.rows {
        Some(n) => n as f64 * control_part,
        None => rows(change(&scatter, size), request.power, &design).map_err(failed)?,
    };
    let found = match request.rows {
        Some(_) => power(change(&scatter, size), control, &design).map_err(failed)?,
        None => request.power,
    };
    let whole = |value: f64| (value - 1e-9).ceil().max(0.0) as u64;
    let count = |rows: f64| design.clusters.map(|clusters| whole(rows / clusters.rows));
    let mut warnings = vec![match &scatter {
        Scatter::Share { .. } => {
            "for a share that is as planned: a control that does better or worse needs other sizes"
                .to_owned()
        }
        Scatter::Mean { .. } => {
            "for a scatter that is as given: twice the standard deviation needs four times the rows"
                .to_owned()
        }
    }];
    if design.clusters.is_some() {
        warnings.push(
            "clusters, not rows, are what counts: more rows in the same clusters help little"
                .to_owned(),
        );
    }
    Ok(entrusted(ExperimentPlan {
        model: format!(
            "rows for a two-sided {} at {}",
            if is_share {
                "score test of two shares"
            } else {
                "t test of two means"
            },
            request.alpha
        ),
        metric: if is_share { "share" } else { "mean" },
        baseline: request.baseline,
        smallest: size,
        smallest_is_computed: computed,
        power: found,
        alpha: request.alpha,
        rows_control: whole(control),
        rows_treated: whole(control * design.ratio),
        clusters_control: count(control),
        clusters_treated: count(control * design.ratio),
        design_effect: design
            .clusters
            .map(|clusters| clusters.design_effect())
            .transpose()
            .map_err(failed)?,
        periods: request
            .rows_each_period
            .map(|each| periods(control, design.ratio, each))
            .transpose()
            .map_err(failed)?
            .map(|periods| periods as u64),
        sequence: sequence(request, &scatter, size, &design)?,
        warnings,
    }))
}

fn clusters(request: &PlanRequest) -> Result<Option<ClusterDesign>> {
    match (request.cluster_rows, request.intraclass) {
        (None, None) => Ok(None),
        (Some(rows), Some(intraclass)) => Ok(Some(ClusterDesign {
            rows,
            rows_cv: request.cluster_cv,
            intraclass,
        })),
        _ => refused(
            "clusters need both their rows and how alike these are".into(),
            "give `--cluster-rows` and `--intraclass` (0.01 to 0.1 is usual for teams)",
        ),
    }
}

/// What scatters.
enum Scatter {
    Share { control: f64 },
    Mean { sd: f64 },
}

fn scatter(request: &PlanRequest, is_share: bool) -> Result<Scatter> {
    if is_share {
        match request.baseline {
            Some(control) if control > 0.0 && control < 1.0 => Ok(Scatter::Share { control }),
            Some(other) => refused(
                format!("`--baseline {other}` is no share"),
                "give the control's share between 0 and 1, or `--sd` for a mean",
            ),
            None => refused(
                "a share needs the control's value".into(),
                "give it with `--baseline`, or `--sd` for a mean",
            ),
        }
    } else {
        match request.sd {
            Some(sd) if sd > 0.0 && sd.is_finite() => Ok(Scatter::Mean { sd }),
            _ => refused(
                "a mean needs the standard deviation of rows".into(),
                "give it with `--sd`, from past data",
            ),
        }
    }
}

fn change(scatter: &Scatter, size: f64) -> Change {
    match *scatter {
        Scatter::Share { control } => Change::Share {
            control,
            treated: control + size,
        },
        Scatter::Mean { sd } => Change::Mean {
            difference: size,
            sd,
        },
    }
}

fn sequence(
    request: &PlanRequest,
    scatter: &Scatter,
    size: f64,
    design: &Design,
) -> Result<Option<SequencePlan>> {
    let Some(horizon) = request.horizon else {
        return Ok(None);
    };
    if design.clusters.is_some() {
        return refused(
            "a plan for looking all the time is for independent rows".into(),
            "leave out `--horizon`, or the clusters",
        );
    }
    let bounds = request
        .bounds
        .as_deref()
        .map(throughline_lake::parse_scale)
        .transpose()?;
    let (sd, largest_sd) = match *scatter {
        Scatter::Share { control } => {
            let middle = (control + size / 2.0).clamp(1e-9, 1.0 - 1e-9);
            ((middle * (1.0 - middle)).sqrt(), 0.5)
        }
        Scatter::Mean { sd } => {
            let half = bounds.map(|bounds| (bounds.high - bounds.low) / 2.0);
            (sd, half.unwrap_or(sd).max(sd))
        }
    };
    let plan = Plan {
        horizon,
        treated_share: design.ratio / (1.0 + design.ratio),
        sd,
        largest_sd,
        alpha: request.alpha,
    };
    let failed = |reason: NoAnswer| -> EngineError {
        no_answer(why(&reason), "check `--horizon` and the split")
    };
    let at: Vec<u64> = (1..=10).map(|k| (horizon * k / 10).max(1)).collect();
    let widths = plan.widths(&at).map_err(failed)?;
    let stopping = plan
        .stopping(size, LOOKS, RUNS, request.seed)
        .map_err(failed)?;
    Ok(Some(SequencePlan {
        horizon,
        found: stopping.found,
        mean_rows: stopping.mean_rows,
        widths: widths
            .into_iter()
            .map(|width| Width {
                n: width.n,
                half: width.half,
                largest_half: width.largest_half,
                fixed_half: width.fixed_half,
            })
            .collect(),
    }))
}
