//! The estimator's answer in the shape of the contract.

use super::gather::Gathered;
use super::{LinkRequest, warnings};
use throughline_domain::analysis::link::{
    Between, Errors, FitFigures, Link, Parameter, Standardised, Test, Tests, Verdict,
};
use throughline_insight::link::{self as insight, Prepared};
use throughline_stats::NoAnswer;
use throughline_stats::panel::{
    self, Comparison, Direction, Fit, Interval, Measure, Over, Role, StandardisedPath,
};

/// The link with its verdicts.
pub(super) fn linked(
    gathered: &Gathered,
    prepared: &Prepared,
    found: &panel::Link,
    request: &LinkRequest,
) -> Link {
    let fit = &found.fit;
    let own = found.small && request.equal_paths.is_none();
    let model = format!(
        "random-intercept cross-lagged panel model, {}{}",
        paths_said(fit),
        if own {
            ", residual variances held equal (small panel)"
        } else {
            ""
        }
    );
    let method = match (found.small, &found.bootstrap) {
        (true, Some(_)) => "RI-CLPM, paths and variances equal, parametric bootstrap",
        (true, None) => "RI-CLPM, paths and variances equal",
        (false, _) => "RI-CLPM, full-information maximum likelihood",
    };
    let mut parameters = parameters(fit);
    if own && let Some(drawn) = &found.bootstrap {
        for (parameter, known) in parameters.iter_mut().zip(sorted(fit)) {
            if let Role::Path { from, to } = known.role {
                let interval = drawn.raw(from, to);
                parameter.se = interval.se;
                parameter.low = interval.low;
                parameter.high = interval.high;
            }
        }
    }
    let verdicts = found
        .directions
        .iter()
        .map(|direction| verdict(found, direction, gathered, method))
        .collect();
    let test = |found: &Result<Comparison, NoAnswer>| found.as_ref().ok().map(test);
    let mut link = shell(gathered, prepared, fit, model);
    link.small = found.small;
    link.parameters = parameters;
    let few = match found.bootstrap.as_ref().map(|drawn| &drawn.between) {
        Some(Some(Err(NoAnswer::TooFewFits { n, of }))) => Some(format!(
            "only {n} of {of} drawn panels have one, too few for its interval"
        )),
        _ => None,
    };
    let why = few.as_deref();
    link.between = between(
        found.between,
        why.unwrap_or("a stable part's variance isn't above zero"),
    );
    link.verdicts = verdicts;
    link.tests = Tests {
        equal_paths: found.equal_paths.as_ref().and_then(test),
        stable_employee: test(&found.stable_differences[0]),
        stable_customer: test(&found.stable_differences[1]),
    };
    link.warnings = warnings::all(gathered, prepared, found, request);
    link
}

/// The classic model: no verdicts.
pub(super) fn classic(gathered: &Gathered, prepared: &Prepared, fit: &Fit) -> Link {
    let model = format!("classic cross-lagged panel model, {}", paths_said(fit));
    let mut link = shell(gathered, prepared, fit, model);
    link.between = between(None, "the classic model has no stable parts");
    link.warnings = warnings::classic(gathered, prepared);
    link
}

fn shell(gathered: &Gathered, prepared: &Prepared, fit: &Fit, model: String) -> Link {
    let waves = prepared.panel.waves();
    let said = gathered.said.iter().skip(prepared.first).take(waves);
    let sd = |errors| match errors {
        insight::Errors::Used { sd, .. } => Some(sd),
        _ => None,
    };
    Link {
        model,
        employee: gathered.employee.clone(),
        customer: gathered.customer.clone(),
        n_units: fit.units,
        n_waves: fit.waves,
        n_values: fit.values,
        waves: said.cloned().collect(),
        paths: match fit.model.paths {
            Over::Equal => "equal",
            Over::Free => "free",
        },
        small: false,
        loglik: fit.loglik,
        fit: figures(fit),
        parameters: parameters(fit),
        standardised: fit.standardised.iter().filter_map(standardised).collect(),
        between: between(None, "not estimated"),
        verdicts: Vec::new(),
        tests: Tests {
            equal_paths: None,
            stable_employee: None,
            stable_customer: None,
        },
        errors: Errors {
            employee_sd: sd(prepared.errors[0]),
            customer_sd: sd(prepared.errors[1]),
            both_r: match prepared.shared {
                insight::Shared::Used { r, .. } => Some(r),
                _ => None,
            },
        },
        warnings: Vec::new(),
    }
}

fn paths_said(fit: &Fit) -> &'static str {
    match fit.model.paths {
        Over::Equal => "paths held equal over time",
        Over::Free => "paths free in every wave",
    }
}

fn figures(fit: &Fit) -> FitFigures {
    let known = fit.global.as_ref().and_then(|g| g.as_ref().ok());
    let why = match &fit.global {
        Some(Err(reason)) => Some(reason.to_string()),
        None => Some("the panel is too small for figures of the whole model's fit".to_owned()),
        Some(Ok(_)) => None,
    };
    FitFigures {
        chisq: known.map(|g| g.chisq),
        df: known.map(|g| g.df),
        p: known.map(|g| g.p),
        cfi: known.map(|g| g.cfi),
        tli: known.map(|g| g.tli),
        rmsea: known.map(|g| g.rmsea),
        srmr: known.map(|g| g.srmr),
        aic: fit.aic,
        bic: fit.bic,
        n_parameters: fit.size(),
        no_fit: why,
    }
}

fn side(measure: Measure) -> &'static str {
    match measure {
        Measure::X => "employee",
        Measure::Y => "customer",
    }
}

fn name(role: Role) -> String {
    let pair = |a, b| {
        if a == b {
            side(a).to_owned()
        } else {
            format!("{}~~{}", side(a), side(b))
        }
    };
    match role {
        Role::Path { from, to } => format!("{}->{}", side(from), side(to)),
        Role::Within(a, b) => format!("within {}", pair(a, b)),
        Role::Between(a, b) => format!("between {}", pair(a, b)),
        Role::Mean(measure) => format!("mean {}", side(measure)),
    }
}

/// The fit's parameters in the order shown.
fn sorted(fit: &Fit) -> Vec<&panel::Parameter> {
    let mut all: Vec<&panel::Parameter> = fit.parameters.iter().collect();
    let rank = |role: Role| match role {
        Role::Path { from, to } => (
            0,
            2 * usize::from(to == Measure::Y) + usize::from(from == Measure::Y),
        ),
        Role::Within(..) => (1, 0),
        Role::Between(..) => (2, 0),
        Role::Mean(_) => (3, 0),
    };
    all.sort_by_key(|p| match p.role {
        Role::Path { .. } => (0, p.wave, rank(p.role).1),
        other => (rank(other).0, None, 0),
    });
    all
}

fn parameters(fit: &Fit) -> Vec<Parameter> {
    sorted(fit)
        .into_iter()
        .map(|parameter| {
            let path = match parameter.role {
                Role::Path { from, to } => {
                    // Held equal, the second wave's stands for it, and is named.
                    let wave = parameter.wave.unwrap_or(2);
                    let all = fit.standardised.iter();
                    all.into_iter()
                        .find(|p| p.from == from && p.to == to && p.wave == Some(wave))
                }
                _ => None,
            };
            Parameter {
                name: name(parameter.role),
                wave: parameter.wave,
                estimate: parameter.value.estimate,
                se: parameter.value.se,
                low: parameter.value.low,
                high: parameter.value.high,
                standardised: path.and_then(|p| p.value).map(|value| value.estimate),
                standardised_wave: path.and_then(|p| p.wave),
            }
        })
        .collect()
}

fn standardised(path: &StandardisedPath) -> Option<Standardised> {
    Some(Standardised {
        name: name(Role::Path {
            from: path.from,
            to: path.to,
        }),
        wave: path.wave?,
        estimate: path.value.map(|value| value.estimate),
        se: path.value.map(|value| value.se),
        low: path.value.map(|value| value.low),
        high: path.value.map(|value| value.high),
    })
}

fn between(found: Option<Interval>, why: &str) -> Between {
    let (found, why) = match found {
        Some(found) if found.estimate.abs() > 1.0 => (None, "it comes out beyond 1: impossible"),
        found => (found, why),
    };
    Between {
        r: found.map(|i| i.estimate),
        se: found.map(|i| i.se),
        low: found.map(|i| i.low),
        high: found.map(|i| i.high),
        no_answer: found.is_none().then(|| why.to_owned()),
    }
}

fn verdict(
    found: &panel::Link,
    direction: &Direction,
    gathered: &Gathered,
    method: &'static str,
) -> Verdict {
    let said = |measure: Measure| match measure {
        Measure::X => &gathered.employee,
        Measure::Y => &gathered.customer,
    };
    Verdict {
        from: side(direction.from),
        to: side(direction.to),
        verdict: insight::verdict(direction.verdict),
        sentence: insight::sentence(found, direction, said(direction.from), said(direction.to)),
        path: direction.raw.estimate,
        low: direction.raw.low,
        high: direction.raw.high,
        standardised: direction.standardised.map(|path| path.estimate),
        standardised_low: direction.standardised.map(|path| path.low),
        standardised_high: direction.standardised.map(|path| path.high),
        smallest_seen: direction.detectable,
        method,
    }
}

fn test(found: &Comparison) -> Test {
    Test {
        chisq: found.chisq,
        df: found.df,
        p: found.p,
    }
}
