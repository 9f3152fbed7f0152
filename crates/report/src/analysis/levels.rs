//! `throughline levels`, for people.

use super::Reading;
use super::numbers::{decimals_for, ends, fixed, maybe};
use super::table::{Side, Table, printable, wrapped};
use crate::chart::{IntervalRow, Words, intervals};
use crate::say::plural;
use throughline_domain::analysis::levels::{Coefficient, Effect, Levels};

impl Reading for Levels {
    fn table(&self, width: usize) -> String {
        let mut text = wrapped("", &head(self), width);
        text.push('\n');
        text.push_str(&coefficients(self).text(width));
        text.push('\n');
        text.push_str(&spreads(self).text(width));
        for line in together(self) {
            text.push('\n');
            text.push_str(&wrapped("", &line, width));
        }
        let fit = format!(
            "Log-likelihood {} ({}), AIC {}, BIC {}, {} parameters.",
            fixed(self.log_likelihood, 2),
            self.criterion,
            fixed(self.aic, 1),
            fixed(self.bic, 1),
            self.parameters
        );
        text.push('\n');
        text.push_str(&wrapped("", &fit, width));
        text
    }

    fn explained(&self) -> String {
        let groups: Vec<String> = self
            .groups
            .iter()
            .map(|group| printable(&group.name))
            .collect();
        format!(
            "One regression for all rows, in which groups ({groups}) may differ: each group's level, \
             and the slopes named by --random, come from a normal distribution whose spread is \
             estimated. {criterion} (Bates, Mächler, Bolker & Walker 2015, Journal of Statistical \
             Software 67(1)); the same numbers as lme4's lmer. Degrees of freedom are Satterthwaite's \
             (Kuznetsova, Brockhoff & Christensen 2017, lmerTest). Standard errors are lme4's, as if \
             variances were known; under REML intervals rest on Kenward & Roger's adjusted ones (1997, \
             Biometrics 53; pbkrtest), which are larger with few groups. Intervals of standard \
             deviations are by the normal approximation on the log scale, as nlme's.\n\n\
             A part `within` compares rows of one group with each other: whatever is fixed about a \
             group can't explain it. A part `between` compares groups (Mundlak 1978). Where the two \
             differ, neither stands for the other; the table gives the difference.\n\n\
             ICC is the share of the outcome's variance that lies between groups before anything is \
             explained; of means, how reliable a group's mean is.\n\n\
             A coefficient is an association. Don't believe it as an effect when something left out \
             moves both sides, when the outcome moves the predictor, when few groups are behind it, \
             or when rows of one group follow each other in time and their errors resemble each \
             other: that isn't modelled here.",
            groups = groups.join(", "),
            criterion = if self.criterion == "REML" {
                "Restricted maximum likelihood (REML)"
            } else {
                "Full maximum likelihood (ML)"
            },
        )
    }

    fn picture(&self) -> Option<String> {
        let rows: Vec<IntervalRow> = self
            .coefficients
            .iter()
            .filter(|of| of.name.is_some())
            .map(|of| IntervalRow {
                label: said(of),
                value: of.figure.estimate,
                ends: of.figure.low.zip(of.figure.high),
                note: fixed(of.figure.estimate, decimals_for([of.figure.estimate])),
            })
            .collect();
        let outcome = printable(&self.outcome);
        let title = format!("What goes with {outcome}, groups allowed to differ");
        let description = format!(
            "{}. Associations with 95% intervals; not effects.",
            rows.iter()
                .map(|row| format!("{}: {}", row.label, row.note))
                .collect::<Vec<_>>()
                .join("; ")
        );
        let words = Words {
            id: "levels",
            title: &title,
            description: &description,
        };
        intervals(
            &rows,
            &format!("{outcome} per unit of the column"),
            false,
            &words,
        )
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

fn said(of: &Coefficient) -> String {
    match (&of.name, of.part) {
        (None, _) => "(constant)".to_owned(),
        (Some(name), None) => printable(name),
        (Some(name), Some(part)) => format!("{}, {part}", printable(name)),
    }
}

fn head(levels: &Levels) -> String {
    let groups: Vec<String> = levels
        .groups
        .iter()
        .map(|group| {
            let icc = group.icc.map_or_else(String::new, |icc| {
                format!(
                    " (ICC {}, of means {})",
                    fixed(icc, 3),
                    maybe(group.icc_of_means, 3)
                )
            });
            format!(
                "{} of {}{icc}",
                plural(group.n as u64, "group", "groups"),
                printable(&group.name)
            )
        })
        .collect();
    format!(
        "What goes with {}: {} in {}; {}.",
        printable(&levels.outcome),
        plural(levels.n_rows, "row", "rows"),
        groups.join(" and "),
        if levels.n_left_out == 0 {
            "none left out".to_owned()
        } else {
            format!("{} left out", levels.n_left_out)
        }
    )
}

fn coefficients(levels: &Levels) -> Table {
    let mut table = Table::new(&[
        ("holds for all groups", Side::Left),
        ("estimate", Side::Right),
        ("95% interval", Side::Right),
        ("error", Side::Right),
        ("df", Side::Right),
    ]);
    let contexts = levels.contexts.iter().map(|of| {
        (
            format!("{}, between less within", printable(&of.name)),
            &of.figure,
        )
    });
    let all = levels.coefficients.iter().map(|of| (said(of), &of.figure));
    for (name, figure) in all.chain(contexts) {
        let decimals = decimals_for([figure.estimate, figure.se.unwrap_or(0.0)]);
        table.row([
            name,
            fixed(figure.estimate, decimals),
            ends(figure.low, figure.high, decimals),
            maybe(figure.se, decimals),
            maybe(figure.df, 1),
        ]);
    }
    table
}

fn spreads(levels: &Levels) -> Table {
    let mut table = Table::new(&[
        ("differs between groups of", Side::Left),
        ("what", Side::Left),
        ("standard deviation", Side::Right),
        ("95% interval", Side::Right),
    ]);
    for group in &levels.groups {
        for effect in &group.effects {
            let decimals = decimals_for([effect.sd]);
            table.row([
                printable(&group.name),
                what(effect),
                fixed(effect.sd, decimals),
                ends(effect.low, effect.high, decimals),
            ]);
        }
    }
    let decimals = decimals_for([levels.residual_sd]);
    table.row([
        "(rows of one group)".to_owned(),
        "what is left".to_owned(),
        fixed(levels.residual_sd, decimals),
        ends(levels.residual_sd_low, levels.residual_sd_high, decimals),
    ]);
    table
}

fn what(effect: &Effect) -> String {
    effect.name.as_ref().map_or_else(
        || "level".to_owned(),
        |name| format!("slope of {}", printable(name)),
    )
}

/// How effects go together, a line a grouping.
fn together(levels: &Levels) -> Vec<String> {
    let name = |of: &Option<String>| {
        of.as_ref()
            .map_or_else(|| "level".to_owned(), |n| printable(n))
    };
    levels
        .groups
        .iter()
        .filter(|group| !group.correlations.is_empty())
        .map(|group| {
            let pairs: Vec<String> = group
                .correlations
                .iter()
                .map(|of| {
                    format!(
                        "{} and {} {}",
                        name(&of.one),
                        name(&of.other),
                        maybe(of.correlation, 2)
                    )
                })
                .collect();
            format!(
                "Correlations between groups of {}: {}.",
                printable(&group.name),
                pairs.join("; ")
            )
        })
        .collect()
}
