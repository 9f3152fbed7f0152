//! `throughline experiment`, for people.

use super::Reading;
use super::numbers::{decimals_for, ends, fixed, maybe, percent, percent_ends};
use super::table::{Side, Table, printable, wrapped};
use crate::chart::{IntervalRow, Point, Series, Words, intervals, series};
use crate::say::plural;
use throughline_domain::analysis::Experiment;
use throughline_domain::analysis::experiment::{Comparison, Sequence};

impl Reading for Experiment {
    fn table(&self, width: usize) -> String {
        let mut text = wrapped("", &head(self), width);
        text.push('\n');
        for comparison in &self.comparisons {
            let said = format!("{}: {}", comparison.outcome, comparison.in_words);
            text.push_str(&wrapped("", &said, width));
        }
        text.push('\n');
        text.push_str(&arms(self).text(width));
        text.push('\n');
        text.push_str(&differences(self).text(width));
        if self.comparisons.iter().any(|of| of.sequence.is_some()) {
            text.push('\n');
            text.push_str(&sequences(self).text(width));
        }
        if self.comparisons.iter().any(|of| of.belief.is_some()) {
            text.push('\n');
            text.push_str(&beliefs(self).text(width));
        }
        for line in asides(self) {
            text.push('\n');
            text.push_str(&wrapped("", &line, width));
        }
        for reason in reasons(self) {
            text.push('\n');
            text.push_str(&wrapped("not given: ", &reason, width));
        }
        text
    }

    fn explained(&self) -> String {
        let mut parts = vec![
            "An experiment gives one arm something and the other not, by chance; then whatever \
             differs beyond chance was caused by it. All differences are arm minus control. \
             `better` and `worse` need an interval clear of zero, `too small to matter` one that \
             lies within what `--smallest` says matters; everything else is `can't tell`, which is \
             an answer too."
                .to_owned(),
        ];
        let methods: std::collections::BTreeSet<&str> = self
            .comparisons
            .iter()
            .map(|of| of.method.as_str())
            .collect();
        parts.extend(
            methods
                .iter()
                .map(|method| (*method).to_owned())
                .map(|m| method_of(&m)),
        );
        let kinds: std::collections::BTreeSet<&str> = self
            .comparisons
            .iter()
            .filter_map(|of| of.sequence.as_ref())
            .map(|sequence| sequence.method)
            .collect();
        if !kinds.is_empty() {
            parts.push(
                "A confidence sequence is an interval for every moment at once: in 95 of 100 \
                 experiments it holds the truth at all looks together, so one may look daily and \
                 stop when it is clear of zero. The price is width: about 1.2 to 1.6 times that of \
                 an interval for a single look (Howard, Ramdas, McAuliffe & Sekhon 2021, Annals of \
                 Statistics 49)."
                    .to_owned(),
            );
        }
        parts.extend(kinds.iter().map(|kind| kind_of(kind).to_owned()));
        if let Some(adjust) = self.adjust {
            parts.push(match adjust {
                "holm" => "Holm's (1979) adjustment keeps the chance of any false find at 5%; the intervals beside it are Bonferroni's.".to_owned(),
                _ => "Benjamini and Hochberg's (1995) adjustment keeps the expected share of false finds at 5%; the intervals beside it are Benjamini and Yekutieli's (2005) for what was found.".to_owned(),
            });
        }
        if self.comparisons.iter().any(|of| of.belief.is_some()) {
            parts.push(
                "What to believe joins the difference and its error with the prior that was named \
                 (normal with normal). The prior must have been settled before the data were seen."
                    .to_owned(),
            );
        }
        parts.push(
            "The split is tested by chi-square (one look) and by the sequential multinomial test of \
             Lindon & Malek (2022): an arm that lost or gained rows makes every comparison \
             worthless, however clear. Below .001 no verdict is given.\n\n\
             Don't believe any of it if arms weren't given by chance, if people of one arm could \
             reach those of the other, if outcomes of some are missing because of the arm, if \
             several rows belong to one person or team and `--cluster` doesn't say so, or if the \
             outcome or the moment to stop was chosen after looking."
                .to_owned(),
        );
        parts.join("\n\n")
    }

    fn picture(&self) -> Option<String> {
        let drawn = self
            .comparisons
            .iter()
            .filter_map(|of| Some((of, of.sequence.as_ref()?)))
            .find(|(_, sequence)| !sequence.looks.is_empty());
        match drawn {
            Some((comparison, sequence)) => over_time(comparison, sequence),
            None => side_by_side(self),
        }
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

fn method_of(method: &str) -> String {
    match method {
        "means, Welch" => "Means are compared by Welch's t test (1947), which lets the arms scatter differently: R's t.test().",
        "shares, Newcombe's interval and the score test" => "Shares are compared by Newcombe's interval (1998, method 10, from two of Wilson's) and the pooled score test: R's prop.test(correct = FALSE) gives the p-value.",
        "ratios of sums, delta method" => "A ratio is the sum of the outcome over the sum of the denominator; its error comes from both and their covariance (delta method; Deng, Knoblich & Lu 2018).",
        "CUPED" => "CUPED (Deng, Xu, Kohavi & Walker 2013) takes out of the outcome what the same measure before the experiment explains: the same difference with a smaller error. What was before must have been settled before the experiment began.",
        "regression on arm and what was before, CR2 by cluster" => "A regression of the outcome on the arm and on what was before; whole clusters were given an arm, so errors are CR2 with Satterthwaite degrees of freedom (Pustejovsky & Tipton 2018), as clubSandwich's coef_test().",
        "ratios of sums, linearised, CR2 by cluster" => "A ratio is the sum of the outcome over the sum of the denominator; rows are linearised and errors are CR2 by cluster with Satterthwaite degrees of freedom (Pustejovsky & Tipton 2018).",
        _ => "Whole clusters were given an arm, so clusters are what counts: means of all rows, errors CR2 by cluster with Satterthwaite degrees of freedom (Pustejovsky & Tipton 2018), as clubSandwich's coef_test().",
    }
    .to_owned()
}

fn kind_of(kind: &str) -> &'static str {
    match kind {
        "betting" => {
            "betting: for each candidate difference two gamblers bet that rows lie above or below it; candidates at which one of them gets 40 times as rich are out (Waudby-Smith & Ramdas 2024, JRSS B 86). Holds exactly for bounded outcomes and arms drawn by chance with the split named."
        }
        "beta-binomial" => {
            "beta-binomial: each arm's share has a mixture martingale; the interval holds all differences that some pair of shares allows (Howard et al. 2021). Holds exactly, whatever the split."
        }
        "normal" => {
            "normal: normal mixtures for rows whose scatter is known beforehand or bounded (Howard et al. 2021)."
        }
        _ => {
            "asymptotic: the usual difference and error, widened for looking always (Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, Annals of Statistics 52). Holds in the limit, so only after a burn-in; not for a few dozen rows with long tails."
        }
    }
}

fn head(of: &Experiment) -> String {
    let counts: Vec<String> = of
        .arms
        .iter()
        .map(|arm| match arm.clusters {
            Some(clusters) => format!("{} {} in {clusters} clusters", printable(&arm.arm), arm.n),
            None => format!("{} {}", printable(&arm.arm), arm.n),
        })
        .collect();
    let split = match (of.split.mismatch, of.split.planned, of.split.p) {
        (true, true, _) => "; NOT the split that was planned".to_owned(),
        (true, false, _) => {
            "; NOT as even as chance would make it, if equal parts were planned (otherwise give \
             `--expected-split`)"
                .to_owned()
        }
        (false, true, Some(p)) => format!("; split as planned (p = {})", fixed(p, 2)),
        (false, false, Some(p)) => format!(
            "; as even as chance would make it, if equal parts were planned (p = {}; otherwise \
             give `--expected-split`)",
            fixed(p, 2)
        ),
        (false, _, None) => String::new(),
    };
    format!(
        "{}, {} ({}){split}.",
        of.model,
        plural(of.n_rows, "row", "rows"),
        counts.join(", "),
    )
}

fn arms(of: &Experiment) -> Table {
    let mut table = Table::new(&[
        ("outcome", Side::Left),
        ("arm", Side::Left),
        ("n", Side::Right),
        ("value", Side::Right),
        ("95% interval", Side::Right),
    ]);
    for value in &of.values {
        let decimals = decimals_for([value.value]);
        table.row([
            value.outcome.clone(),
            value.arm.clone(),
            value.n.to_string(),
            fixed(value.value, decimals),
            ends(value.low, value.high, decimals),
        ]);
    }
    table
}

/// A p-value: below what four digits show, that it is below.
fn chance(p: Option<f64>) -> String {
    match p {
        Some(p) if p < 0.0001 => "<0.0001".to_owned(),
        p => maybe(p, 4),
    }
}

fn name(of: &Comparison) -> String {
    format!("{}: {} - {}", of.outcome, of.arm, of.control)
}

fn differences(of: &Experiment) -> Table {
    let adjusted = of.adjust.is_some();
    let mut columns = vec![
        ("looked at once", Side::Left),
        ("difference", Side::Right),
        ("95% interval", Side::Right),
        ("p", Side::Right),
        ("relative", Side::Right),
        ("95% interval", Side::Right),
    ];
    if adjusted {
        columns.extend([
            ("p adjusted", Side::Right),
            ("interval for all", Side::Right),
        ]);
    }
    let mut table = Table::new(&columns);
    for comparison in &of.comparisons {
        let decimals = decimals_for([comparison.difference, comparison.se].into_iter().flatten());
        let mut cells = vec![
            name(comparison),
            maybe(comparison.difference, decimals),
            ends(comparison.low, comparison.high, decimals),
            chance(comparison.p),
            comparison
                .relative
                .change
                .map_or_else(|| "-".to_owned(), percent),
            percent_ends(comparison.relative.low, comparison.relative.high),
        ];
        if adjusted {
            cells.push(chance(comparison.p_adjusted));
            cells.push(ends(
                comparison.low_adjusted,
                comparison.high_adjusted,
                decimals,
            ));
        }
        table.row(cells);
    }
    table
}

fn sequences(of: &Experiment) -> Table {
    let mut table = Table::new(&[
        ("looked at all the time", Side::Left),
        ("method", Side::Left),
        ("looks", Side::Right),
        ("95% interval", Side::Right),
        ("p", Side::Right),
    ]);
    for comparison in &of.comparisons {
        let Some(sequence) = &comparison.sequence else {
            continue;
        };
        let decimals = decimals_for([sequence.low, sequence.high].into_iter().flatten());
        table.row([
            name(comparison),
            sequence.method.to_owned(),
            sequence.looks.len().to_string(),
            ends(sequence.low, sequence.high, decimals),
            chance(sequence.p),
        ]);
    }
    table
}

fn beliefs(of: &Experiment) -> Table {
    let mut table = Table::new(&[
        ("with the prior", Side::Left),
        ("expected", Side::Right),
        ("95% interval", Side::Right),
        ("chance it is higher", Side::Right),
        ("loss if kept", Side::Right),
        ("loss if changed", Side::Right),
    ]);
    for comparison in &of.comparisons {
        let Some(belief) = &comparison.belief else {
            continue;
        };
        let decimals = decimals_for([belief.mean, belief.high - belief.low]);
        table.row([
            name(comparison),
            fixed(belief.mean, decimals),
            ends(Some(belief.low), Some(belief.high), decimals),
            percent(belief.chance_higher),
            fixed(belief.loss_of_control, decimals + 1),
            fixed(belief.loss_of_arm, decimals + 1),
        ]);
    }
    table
}

/// What adjusting and clusters did.
fn asides(of: &Experiment) -> Vec<String> {
    let mut lines = Vec::new();
    for comparison in &of.comparisons {
        if let Some(before) = &comparison.before {
            let removed = before.variance_removed.map_or_else(String::new, |removed| {
                format!(", which takes {} of the variance out", percent(removed))
            });
            lines.push(format!(
                "{}: the difference is adjusted for `{}`{removed}; the arms' own values above are not adjusted",
                name(comparison),
                printable(&before.column),
            ));
        }
        if let Some(clustered) = &comparison.clustered {
            lines.push(format!(
                "{}: {} and {} clusters; clusters make the variance {} times that of independent rows{}",
                name(comparison),
                clustered.n_control,
                clustered.n_arm,
                fixed(clustered.design_effect, 2),
                clustered.intraclass.map_or_else(String::new, |icc| format!(
                    " (intraclass correlation {})",
                    fixed(icc, 3)
                )),
            ));
        }
    }
    lines
}

fn reasons(of: &Experiment) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for comparison in &of.comparisons {
        let parts = [
            ("difference", &comparison.no_answer),
            ("relative change", &comparison.relative.no_answer),
        ];
        for (what, reason) in parts {
            // Without a difference there is no relative change either: one reason will do.
            if what == "relative change" && comparison.no_answer.is_some() {
                continue;
            }
            if let Some(reason) = reason {
                found.push(format!("{what} of {} ({reason})", name(comparison)));
            }
        }
        if let Some(sequence) = &comparison.sequence
            && let Some(reason) = &sequence.no_answer
        {
            found.push(format!("sequence of {} ({reason})", name(comparison)));
        }
    }
    for value in &of.values {
        if let Some(reason) = &value.no_interval {
            found.push(format!(
                "interval of {} in {} ({reason})",
                value.outcome, value.arm
            ));
        }
    }
    if let Some(reason) = &of.split.no_answer {
        found.push(format!("test of the split ({reason})"));
    }
    found
}

fn over_time(comparison: &Comparison, sequence: &Sequence) -> Option<String> {
    let points: Vec<Point> = sequence
        .looks
        .iter()
        .map(|look| Point {
            at: look.n as f64,
            value: look.difference,
            ends: Some((look.low, look.high)),
        })
        .collect();
    let last = sequence.looks.last()?;
    let title = printable(&format!(
        "{}: {} against {}, look by look",
        comparison.outcome, comparison.arm, comparison.control
    ));
    let description = printable(&format!(
        "The difference after each look with the interval that holds at all looks at once ({}). \
         After {} rows it runs from {} to {}. {}.",
        sequence.method,
        last.n,
        fixed(last.low, 4),
        fixed(last.high, 4),
        comparison.in_words
    ));
    let up = printable(&format!("{} minus {}", comparison.arm, comparison.control));
    let words = Words {
        id: "experiment",
        title: &title,
        description: &description,
    };
    series(
        &Series {
            points: &points,
            band: true,
            level: Some(0.0),
            began: None,
            across: "rows so far",
            up: &up,
        },
        &words,
    )
}

fn side_by_side(of: &Experiment) -> Option<String> {
    let rows: Vec<IntervalRow> = of
        .comparisons
        .iter()
        .filter_map(|comparison| {
            Some(IntervalRow {
                label: printable(&name(comparison)),
                value: comparison.difference?,
                ends: comparison
                    .low_adjusted
                    .zip(comparison.high_adjusted)
                    .or(comparison.low.zip(comparison.high)),
                note: comparison.verdict.words().to_owned(),
            })
        })
        .collect();
    let description = printable(
        &of.comparisons
            .iter()
            .map(|comparison| format!("{}: {}", comparison.outcome, comparison.in_words))
            .collect::<Vec<_>>()
            .join("; "),
    );
    let words = Words {
        id: "experiment",
        title: "Differences between the arms",
        description: &description,
    };
    intervals(&rows, "difference, in each outcome's unit", false, &words)
}
