//! The Mulder & Hamaker example and the hospital trusts, both against lavaan's figures for them.

use crate::reference::check;
use throughline_stats::panel::{Fit, Kind, Measure, Model, Options, Over, Panel, Role, fit};

/// A file beside the repository; none where it is absent, which is said.
pub fn shared(path: &str) -> Option<String> {
    let path = format!("{}/../../../shared/data/{path}", env!("CARGO_MANIFEST_DIR"));
    let read = std::fs::read_to_string(&path);
    if read.is_err() {
        assert!(
            std::env::var_os("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_none(),
            "{path} is absent"
        );
        eprintln!("skipped: {path} is absent");
    }
    read.ok()
}

/// Our role and wave for lavaan's `lhs op rhs`, where it is a free parameter of ours.
pub fn role(lhs: &str, op: &str, rhs: &str) -> Option<(Role, Option<usize>)> {
    let split = |name: &str| -> Option<(bool, Measure, Option<usize>)> {
        let (between, rest) = match name.strip_prefix("RI") {
            Some(rest) => (true, rest),
            None => (false, name.strip_prefix('w').unwrap_or(name)),
        };
        let measure = match rest.chars().next()? {
            'x' => Measure::X,
            'y' => Measure::Y,
            _ => return None,
        };
        Some((between, measure, rest[1..].parse().ok()))
    };
    let (between, left, wave) = split(lhs)?;
    if op == "~1" {
        return Some((Role::Mean(left), wave));
    }
    let (_, right, _) = split(rhs)?;
    match op {
        "~" => Some((
            Role::Path {
                from: right,
                to: left,
            },
            wave,
        )),
        "~~" => {
            let (a, b) = (left.min(right), left.max(right));
            Some(if between {
                (Role::Between(a, b), None)
            } else {
                (Role::Within(a, b), wave)
            })
        }
        _ => None,
    }
}

/// Estimate and standard error of a parameter that may be held equal over time.
#[track_caller]
pub fn parameter(fit: &Fit, role: Role, wave: Option<usize>) -> (f64, f64) {
    let found = fit
        .parameters
        .iter()
        .find(|p| p.role == role && p.wave == wave)
        .or_else(|| {
            fit.parameters
                .iter()
                .find(|p| p.role == role && p.wave.is_none())
        })
        .unwrap_or_else(|| panic!("{role:?} {wave:?} is among the parameters"));
    (found.value.estimate, found.value.se)
}

/// Mulder & Hamaker's example.
pub fn mulder_hamaker() -> Option<Panel> {
    let text = shared("panel-models/RICLPM.dat")?;
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for line in text.lines() {
        let values: Vec<Option<f64>> = line
            .split_whitespace()
            .map(|v| Some(v.parse().expect("a number")))
            .collect();
        if values.len() == 10 {
            x.push(values[..5].to_vec());
            y.push(values[5..].to_vec());
        }
    }
    Some(Panel::from_wide(&x, &y).expect("a panel"))
}

#[test]
fn mulder_and_hamaker_as_lavaan_has_it() {
    let Some(panel) = mulder_hamaker() else {
        return;
    };
    let Some(expected) = shared("panel-models/RICLPM.lavaan.csv") else {
        return;
    };
    let model = Model::random_intercepts(Over::Free);
    let fit = fit(&panel, model, Options::default()).expect("a fit");
    let mut compared = 0;
    for line in expected.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').map(|c| c.trim_matches('"')).collect();
        let number = |k: usize| cells[k].parse::<f64>().expect("a number");
        let (lhs, op, rhs) = (cells[0], cells[1], cells[2]);
        if op == "=~" || number(4) == 0.0 {
            continue;
        }
        let (role, wave) = role(lhs, op, rhs).expect("a parameter");
        let (estimate, se) = parameter(&fit, role, wave);
        check(&format!("{lhs} {op} {rhs}"), estimate, number(3), 1e-5);
        // lavaan's are from the expected information here, ours from the observed.
        check(&format!("se of {lhs} {op} {rhs}"), se, number(4), 3e-4);
        if let Role::Path { from, to } = role {
            let standardised = fit
                .standardised
                .iter()
                .find(|p| p.from == from && p.to == to && p.wave == wave)
                .expect("standardised");
            check(
                "standardised",
                standardised.value.expect("a value").estimate,
                number(10),
                1e-5,
            );
        }
        if role == Role::Between(Measure::X, Measure::Y) {
            let between = fit.between.expect("a correlation");
            check("between", between.estimate, number(10), 1e-5);
        }
        compared += 1;
    }
    assert_eq!(compared, 44);
    assert!(fit.improper.is_empty());
    // reference.txt, to the digits printed there.
    let global = fit.global.expect("asked").expect("fit figures");
    check("loglik", fit.loglik, 531.750, 6e-4 / 531.0);
    check("chisq", global.chisq, 25.806, 6e-4 / 25.0);
    assert_eq!(global.df, 21);
    check("p", global.p, 0.214, 6e-4);
    check("cfi", global.cfi, 0.998, 6e-4);
    check("tli", global.tli, 0.997, 6e-4);
    check("rmsea", global.rmsea, 0.014, 6e-4);
    check("srmr", global.srmr, 0.014, 6e-4);
    check("aic", fit.aic, -975.499, 6e-4 / 975.0);
    check("bic", fit.bic, -751.941, 6e-4 / 751.0);
}

#[test]
fn the_classic_model_on_the_same_data() {
    let Some(panel) = mulder_hamaker() else {
        return;
    };
    let fit = fit(&panel, Model::classic(Over::Free), Options::default()).expect("a fit");
    assert_eq!(fit.model.kind, Kind::Classic);
    let global = fit.global.expect("asked").expect("fit figures");
    check("loglik", fit.loglik, 443.540, 6e-4 / 443.0);
    check("chisq", global.chisq, 202.225, 6e-4 / 202.0);
    assert_eq!(global.df, 24);
    check("cfi", global.cfi, 0.943, 6e-4);
    check("tli", global.tli, 0.893, 6e-4);
    check("rmsea", global.rmsea, 0.079, 6e-4);
    check("srmr", global.srmr, 0.068, 6e-4);
}

/// Staff engagement and mortality of hospital trusts, 2012 to 2019, standardised over the whole
/// panel as the reference has them.
pub fn trusts() -> Option<Panel> {
    let text = shared("nhs-trusts/wellbeing.2012_2019.csv")?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines
        .next()
        .expect("a header")
        .split(',')
        .map(|c| c.trim_matches('"'))
        .collect();
    let column = |name: &str| header.iter().position(|h| *h == name).expect("a column");
    let (code, year) = (column("Code"), column("Year.Index"));
    let (engagement, mortality) = (column("Engagement.Index"), column("SHMI.Index"));
    let mut units: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for line in lines {
        let cells = cells(line);
        let unit = match units.iter().position(|u| *u == cells[code]) {
            Some(unit) => unit,
            None => {
                units.push(cells[code].clone());
                units.len() - 1
            }
        };
        rows.push(throughline_stats::panel::Row {
            unit,
            wave: cells[year].parse::<usize>().expect("a year") - 2012,
            x: cells[engagement].parse().ok(),
            y: cells[mortality].parse().ok(),
            error: None,
        });
    }
    Some(Panel::from_rows(units.len(), 8, &rows).expect("a panel"))
}

/// The cells of a line of quoted CSV.
fn cells(line: &str) -> Vec<String> {
    let (mut out, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => out.last_mut().expect("a cell").push(c),
        }
    }
    out
}

#[test]
fn trusts_engagement_and_mortality() {
    use throughline_stats::panel::{Request, Verdict, link};
    let Some(panel) = trusts() else { return };
    let request = Request {
        paths: Some(Over::Equal),
        ..Request::default()
    };
    let found = link(&panel, request).expect("a link");
    let global = found.fit.global.clone().expect("asked").expect("figures");
    // reference.txt, to the digits printed there.
    assert_eq!(found.fit.size(), 47);
    assert_eq!(global.df, 105);
    check("chisq", global.chisq, 171.663, 6e-4 / 171.0);
    check("cfi", global.cfi, 0.969, 6e-4);
    check("rmsea", global.rmsea, 0.066, 6e-4);
    check("srmr", global.srmr, 0.075, 6e-4);
    let wave = |from, to| {
        let found = found.fit.standardised.iter();
        let mut found = found.filter(|p| p.from == from && p.to == to);
        let path = found.next().expect("the second wave");
        path.value.expect("a value").estimate
    };
    use Measure::{X, Y};
    check("we on we", wave(X, X), 0.480, 6e-4);
    check("we on ws", wave(Y, X), -0.052, 6e-4);
    check("ws on we", wave(X, Y), -0.004, 6e-4);
    check("ws on ws", wave(Y, Y), 0.656, 6e-4);
    check("between", found.between.expect("r").estimate, -0.335, 6e-4);
    for paths in [None, Some(Over::Equal), Some(Over::Free)] {
        let request = Request {
            paths,
            ..Request::default()
        };
        for direction in link(&panel, request).expect("a link").directions {
            assert_ne!(direction.verdict, Verdict::ComesFirst, "{paths:?}");
        }
    }
}
