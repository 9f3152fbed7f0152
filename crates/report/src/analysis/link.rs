//! `throughline link`, for people.

use super::Reading;
use super::numbers::{decimals_for, ends, fixed, maybe};
use super::table::{Side, Table, printable, wrapped};
use crate::chart::{Arrow, Paths, Words, paths};
use crate::say::plural;
use throughline_domain::analysis::Link;
use throughline_domain::analysis::link::{Parameter, Verdict};

impl Reading for Link {
    fn table(&self, width: usize) -> String {
        let mut text = wrapped("", &head(self), width);
        for verdict in &self.verdicts {
            text.push('\n');
            text.push_str(&wrapped("", &said(verdict), width));
        }
        text.push('\n');
        text.push_str(&path_table(self).text(width));
        text.push('\n');
        text.push_str(&wrapped("", &between(self), width));
        text.push('\n');
        text.push_str(&wrapped("", &fit(self), width));
        text
    }

    fn explained(&self) -> String {
        let (employee, customer) = (printable(&self.employee), printable(&self.customer));
        format!(
            "Each value is taken apart: the period's mean, what is lasting about the unit, and how far \
             the unit is off its own usual level in that period. A path says how much of a deviation \
             in `{employee}` is followed, one period later, by a deviation in `{customer}` (and the \
             other way round), beside each measure's own carry-over. What good units have in common \
             is the relation between lasting levels, told apart. This is the random-intercept \
             cross-lagged panel model (Hamaker, Kuiper & Grasman 2015, Psychological Methods 20(1); \
             Mulder & Hamaker 2021, Structural Equation Modeling 28(4)), by full-information maximum \
             likelihood: all values count, whatever else is missing.\n\n\
             Standardised paths are in standard deviations within units. \"Comes first\" needs an \
             interval clear of zero; \"too small to matter\" one within .05 of zero; everything else \
             is \"can't tell\", with the smallest path that would have been found in four cases of \
             five.\n\n\
             The same in R: lavaan with missing = \"ML\", fixed.x = FALSE, one latent deviation per \
             value and two random intercepts; with known noise, OpenMx with definition variables.\n\n\
             Don't believe it as a cause: a third thing that moves one measure a period before the \
             other looks the same. Don't believe it when values look back over several periods, when \
             periods are far longer or shorter than the effect takes, or when the model fits badly."
        )
    }

    fn picture(&self) -> Option<String> {
        let (employee, customer) = (printable(&self.employee), printable(&self.customer));
        let arrow = |name: &str| -> Option<Arrow> {
            let own: Vec<_> = self
                .standardised
                .iter()
                .filter(|p| p.name == name)
                .collect();
            let verdict = self
                .verdicts
                .iter()
                .find(|v| format!("{}->{}", v.from, v.to) == name);
            let (value, range) = match verdict {
                Some(v) => (v.standardised, v.standardised_low.zip(v.standardised_high)),
                None if own.is_empty() => return None,
                None => {
                    let sum: Option<f64> = own.iter().map(|p| p.estimate).sum();
                    (sum.map(|sum| sum / own.len() as f64), None)
                }
            };
            let Some(value) = value else {
                return Some(Arrow {
                    sure: false,
                    label: "not known".to_owned(),
                });
            };
            Some(Arrow {
                sure: match range {
                    Some((low, high)) => low > 0.0 || high < 0.0,
                    None => own.iter().all(|p| {
                        p.low.is_some_and(|low| low > 0.0) || p.high.is_some_and(|high| high < 0.0)
                    }),
                },
                label: match range {
                    Some((low, high)) => {
                        format!(
                            "{} ({} to {})",
                            fixed(value, 2),
                            fixed(low, 2),
                            fixed(high, 2)
                        )
                    }
                    None => fixed(value, 2),
                },
            })
        };
        let arrows = [
            arrow("employee->employee")?,
            arrow("employee->customer")?,
            arrow("customer->employee")?,
            arrow("customer->customer")?,
        ];
        let between = self
            .between
            .r
            .map(|r| match (self.between.low, self.between.high) {
                (Some(low), Some(high)) => format!(
                    "lasting levels correlate {} ({} to {})",
                    fixed(r, 2),
                    fixed(low, 2),
                    fixed(high, 2)
                ),
                _ => format!("lasting levels correlate {}", fixed(r, 2)),
            });
        let sentences: Vec<String> = self.verdicts.iter().map(said).collect();
        let title = format!("Which moves first: {employee} or {customer}");
        let description = format!(
            "{} Standardised paths, means over periods; solid where the interval is clear of zero, \
             dashed where it isn't.",
            sentences.join(" ")
        );
        let words = Words {
            id: "link",
            title: &title,
            description: &description,
        };
        let drawn = Paths {
            employee: &employee,
            customer: &customer,
            arrows: &arrows,
            between: between.as_deref(),
        };
        Some(paths(&drawn, &words))
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

fn head(link: &Link) -> String {
    let span = match link.waves.as_slice() {
        [first, .., last] => format!(", {} to {}", printable(first), printable(last)),
        _ => String::new(),
    };
    format!(
        "Which moves first, {} or {}? {} over {}{span}; {}.",
        printable(&link.employee),
        printable(&link.customer),
        plural(link.n_units as u64, "unit", "units"),
        plural(link.n_waves as u64, "period", "periods"),
        link.model
    )
}

fn said(verdict: &Verdict) -> String {
    let mut text = format!(
        "{} -> {}: {}. {}; standardised path {} ({}).",
        verdict.from,
        verdict.to,
        verdict.verdict.to_uppercase(),
        printable(&capital(&verdict.sentence)),
        maybe(verdict.standardised, 3),
        ends(verdict.standardised_low, verdict.standardised_high, 3)
    );
    if verdict.verdict == "can't tell"
        && let Some(smallest) = verdict.smallest_seen
    {
        text.push_str(&format!(
            " The smallest path this panel would have shown: {}.",
            fixed(smallest, 2)
        ));
    }
    text
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn path_table(link: &Link) -> Table {
    let mut table = Table::new(&[
        ("path", Side::Left),
        ("into period", Side::Left),
        ("estimate", Side::Right),
        ("error", Side::Right),
        ("95% interval", Side::Right),
        ("standardised", Side::Right),
    ]);
    let paths: Vec<&Parameter> = link
        .parameters
        .iter()
        .filter(|p| p.name.contains("->"))
        .collect();
    for path in paths {
        let decimals = decimals_for([path.estimate, path.se]);
        let wave = match path.wave {
            None => "all".to_owned(),
            Some(wave) => link
                .waves
                .get(wave - 1)
                .cloned()
                .unwrap_or_else(|| wave.to_string()),
        };
        let standardised = match (path.wave, path.standardised) {
            (None, Some(_)) => over_waves(link, &path.name),
            (_, found) => maybe(found, 3),
        };
        table.row([
            path.name.replace("->", " -> "),
            wave,
            fixed(path.estimate, decimals),
            fixed(path.se, decimals),
            ends(Some(path.low), Some(path.high), decimals),
            standardised,
        ]);
    }
    table
}

/// Standardised values of a path held equal: the range over waves.
fn over_waves(link: &Link, name: &str) -> String {
    let all = link.standardised.iter().filter(|p| p.name == name);
    let known: Vec<f64> = all.filter_map(|p| p.estimate).collect();
    let least = known.iter().copied().reduce(f64::min);
    let most = known.iter().copied().reduce(f64::max);
    let (low, high) = (maybe(least, 3), maybe(most, 3));
    if low == high {
        low
    } else {
        format!("{low} to {high}")
    }
}

fn between(link: &Link) -> String {
    match (link.between.r, &link.between.no_answer) {
        (Some(r), _) => format!(
            "Between units: lasting levels of the two correlate {} ({}). That is no lagged effect.",
            fixed(r, 3),
            ends(link.between.low, link.between.high, 3)
        ),
        (None, why) => format!(
            "Between units: no correlation of lasting levels is given ({}).",
            why.as_deref().unwrap_or("not estimated")
        ),
    }
}

fn fit(link: &Link) -> String {
    let fit = &link.fit;
    let mut text = match (fit.chisq, fit.df, fit.p) {
        (Some(chisq), Some(df), Some(p)) => format!(
            "Fit: chi-square {} on {df} degrees of freedom (p = {}), CFI {}, TLI {}, RMSEA {}, SRMR {}; ",
            fixed(chisq, 2),
            fixed(p, 3),
            maybe(fit.cfi, 3),
            maybe(fit.tli, 3),
            maybe(fit.rmsea, 3),
            maybe(fit.srmr, 3)
        ),
        _ => format!(
            "Fit: not given ({}); ",
            fit.no_fit.as_deref().unwrap_or("not estimated")
        ),
    };
    text.push_str(&format!(
        "log-likelihood {}, AIC {}, BIC {}.",
        fixed(link.loglik, 2),
        fixed(fit.aic, 2),
        fixed(fit.bic, 2)
    ));
    for (what, test) in [
        ("paths equal over time", link.tests.equal_paths),
        (
            "no lasting differences in the employees' measure",
            link.tests.stable_employee,
        ),
        (
            "no lasting differences in the customers' measure",
            link.tests.stable_customer,
        ),
    ] {
        if let Some(test) = test {
            text.push_str(&format!(
                " Test of {what}: {} on {}, p = {}.",
                fixed(test.chisq, 2),
                test.df,
                fixed(test.p, 3)
            ));
        }
    }
    text
}
