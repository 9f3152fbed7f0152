//! What to know before believing a link, in plain words.

use super::gather::Gathered;
use super::{Columns, LinkRequest};
use throughline_insight::link::{Errors, Prepared, Shared};
use throughline_stats::panel::{Improper, Link, Measure, Warning};

/// Warnings of a link.
pub(super) fn all(
    gathered: &Gathered,
    prepared: &Prepared,
    found: &Link,
    request: &LinkRequest,
) -> Vec<String> {
    let mut out = common(gathered, prepared);
    if let Columns::Long(columns) = &request.columns
        && columns.employee_n.is_none()
        && columns.customer_n.is_none()
    {
        out.push(
            "values count as exact: if they are means of few answers, their noise can make paths \
             that aren't there; give --employee-n, --customer-n and their spread"
                .to_owned(),
        );
    }
    out.extend(
        found
            .warnings
            .iter()
            .map(|warning| said(warning, gathered, prepared.first, request)),
    );
    out
}

/// Warnings of the classic model.
pub(super) fn classic(gathered: &Gathered, prepared: &Prepared) -> Vec<String> {
    let mut out = common(gathered, prepared);
    out.push(
        "the classic model mixes lasting differences between units into its paths: it is here for \
         comparison and gives no verdict"
            .to_owned(),
    );
    out
}

fn common(gathered: &Gathered, prepared: &Prepared) -> Vec<String> {
    let mut out = gathered.notes.clone();
    if prepared.left_out_waves > 0 {
        out.push(format!(
            "{} of {} periods at the ends were left out: one of the measures was hardly asked there",
            prepared.left_out_waves, gathered.waves
        ));
    }
    let names = [&gathered.employee, &gathered.customer];
    for (errors, name) in prepared.errors.iter().zip(names) {
        match errors {
            Errors::NoSpread => out.push(format!(
                "numbers of answers behind `{name}` came without their spread and aren't used; \
                 give --employee-sd or --customer-sd"
            )),
            Errors::Used { left_out, .. } if *left_out > 0 => out.push(format!(
                "{left_out} values of `{name}` without a number of answers were left out"
            )),
            _ => {}
        }
    }
    match prepared.shared {
        Shared::NoErrors => out.push(
            "that the same people gave both isn't used: it needs the spread of both measures' \
             answers; give --employee-sd and --customer-sd"
                .to_owned(),
        ),
        Shared::NoCorrelation => out.push(
            "that the same people gave both isn't used: no period of a unit has two of them with \
             the correlation and the spreads of their answers"
                .to_owned(),
        ),
        Shared::Used { unknown, .. } if unknown > 0 => out.push(format!(
            "{unknown} pairs of values without a number of people who gave both count as different \
             people's"
        )),
        Shared::NotGiven | Shared::Used { .. } => {}
    }
    out
}

fn said(warning: &Warning, gathered: &Gathered, first: usize, request: &LinkRequest) -> String {
    let name = |measure: &Measure| match measure {
        Measure::X => &gathered.employee,
        Measure::Y => &gathered.customer,
    };
    match warning {
        Warning::SmallPanel {
            units,
            units_needed,
            waves,
        } => {
            let what = if *waves < 4 {
                format!("{waves} periods are few (the full model wants 4 and more)")
            } else {
                format!(
                    "{units} units are few for {waves} periods (the full model wants {units_needed})"
                )
            };
            if request.equal_paths.is_some() {
                format!(
                    "{what}: the table holds the model you asked for, whose errors are too small \
                     here; the verdicts come from equal paths and variances with bootstrap \
                     intervals"
                )
            } else {
                format!(
                    "{what}: paths and variances are held equal over time, intervals come from a \
                     bootstrap, and no figures of fit are given"
                )
            }
        }
        Warning::Improper(improper) => {
            let what = match improper {
                Improper::Between { .. } => {
                    "a stable part has a negative variance, or the two correlate beyond 1"
                        .to_owned()
                }
                Improper::Within { wave: Some(wave) } => {
                    format!(
                        "{} has a negative variance",
                        gathered.wave(first + wave - 1)
                    )
                }
                Improper::Within { wave: None } => "a variance is negative".to_owned(),
                Improper::NotStationary { radius, .. } => {
                    format!("deviations would grow for ever (by {radius:.2} a period)")
                }
            };
            format!("the solution is impossible: {what}; no verdict is given")
        }
        Warning::PathsDiffer { p } => format!(
            "paths are held equal as you asked, but differ between periods (p = {p:.3}): see \
             `--paths free`"
        ),
        Warning::PoorFit { cfi, rmsea } => format!(
            "the model as a whole fits badly (CFI {cfi:.3}, RMSEA {rmsea:.3}): something it leaves \
             out is at work, and paths may be wrong"
        ),
        Warning::NoStableDifferences { measure, p } => format!(
            "`{}` shows no lasting differences between units (p = {p:.3}); the relation between \
             units means little then",
            name(measure)
        ),
        Warning::WindowsOverlap { measure, periods } => format!(
            "values of `{}` look back over {periods} periods, so neighbours share answers: that \
             alone makes paths from one period to the next",
            name(measure)
        ),
        Warning::NoBootstrap(reason) => {
            let what = reason.what();
            format!("no bootstrap intervals: {what}; no verdict is given")
        }
    }
}
