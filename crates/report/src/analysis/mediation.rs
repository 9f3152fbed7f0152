//! `throughline mediation`, for people.

use super::Reading;
use super::numbers::{decimals_for, ends, fixed, maybe, percent, percent_ends};
use super::table::{Side, Table, printable, wrapped};
use crate::chart::{IntervalRow, Words, intervals};
use crate::say::plural;
use throughline_domain::analysis::{Figure, Mediation};

impl Reading for Mediation {
    fn table(&self, width: usize) -> String {
        let head = format!(
            "From {} through {} to {}: {} in {} of {}{}.",
            printable(&self.from),
            printable(&self.through),
            printable(&self.to),
            plural(self.n_rows, "row", "rows"),
            plural(self.n_clusters as u64, "group", "groups"),
            printable(&self.cluster),
            match self.part {
                "within" => ", differences within groups alone",
                "between" => ", differences between groups alone",
                _ => "",
            }
        );
        let mut text = wrapped("", &head, width);
        text.push('\n');
        let mut table = Table::new(&[
            ("path", Side::Left),
            ("estimate", Side::Right),
            ("95% interval", Side::Right),
            ("error", Side::Right),
        ]);
        for (name, figure) in paths(self) {
            let decimals = decimals_for([figure.estimate, figure.se.unwrap_or(0.0)]);
            table.row([
                name,
                fixed(figure.estimate, decimals),
                ends(figure.low, figure.high, decimals),
                maybe(figure.se, decimals),
            ]);
        }
        text.push_str(&table.text(width));
        text.push('\n');
        let share = match (&self.share, &self.no_share) {
            (Some(share), _) => format!(
                "{} of the total goes through {} ({}).",
                percent(share.estimate),
                printable(&self.through),
                percent_ends(share.low, share.high)
            ),
            (None, Some(why)) => format!("No share is given: {why}."),
            (None, None) => String::new(),
        };
        text.push_str(&wrapped("", &share, width));
        text.push('\n');
        // Where the interval holds zero there is nothing to erase, and where little would do, a
        // warning says so.
        let clear = matches!(
            (self.indirect.low, self.indirect.high),
            (Some(low), Some(high)) if low > 0.0 || high < 0.0
        );
        let warned = self.warnings.iter().any(|w| w.starts_with("hidden causes"));
        if clear && !warned {
            let erased = format!(
                "Hidden causes of both {} and {} that correlate by {} would leave nothing of the \
                 indirect path.",
                printable(&self.through),
                printable(&self.to),
                fixed(self.erasing_correlation, 2)
            );
            text.push_str(&wrapped("", &erased, width));
        }
        if let Some(why) = &self.indirect.no_interval {
            text.push('\n');
            text.push_str(&wrapped("no intervals: ", why, width));
        }
        text
    }

    fn explained(&self) -> String {
        format!(
            "Two regressions: `{through}` on `{from}`, and `{to}` on both{held}. The indirect path is \
             the product of the slope of the first and the slope of `{through}` in the second; direct \
             and indirect add up to the total. A product isn't normal, so intervals come from drawing \
             whole groups of `{cluster}` with replacement, {draws} times: percentiles, a little further \
             out with few groups (Hesterberg 2015, American Statistician 69:371-386). Same seed, same \
             numbers.\n\n\
             What it takes to call this an effect: nothing else moves `{from}` and `{through}`, `{from}` \
             and `{to}`, or `{through}` and `{to}` together (but for what is held fixed); `{from}` comes \
             first, then `{through}`, then `{to}`; and `{from}` doesn't change what `{through}` does. \
             Even a randomised `{from}` doesn't give the third of these. The data can't show that it \
             holds; the correlation below the table says how strong a breach would explain the indirect \
             path away (Imai, Keele & Yamamoto 2010, Statistical Science 25:51-71).\n\n\
             `--part within` holds fixed whatever is fixed about a group; `--part between` looks at \
             groups' means alone. The two can differ, even in sign.\n\n\
             A share of the total is given only where the total is clear of zero and both parts pull in \
             the same direction.",
            through = printable(&self.through),
            from = printable(&self.from),
            to = printable(&self.to),
            cluster = printable(&self.cluster),
            draws = self.draws,
            held = if self.covariates.is_empty() {
                String::new()
            } else {
                let names: Vec<String> =
                    self.covariates.iter().map(|name| printable(name)).collect();
                format!(", with {} held fixed in both", names.join(", "))
            },
        )
    }

    fn picture(&self) -> Option<String> {
        let rows: Vec<IntervalRow> = paths(self)
            .into_iter()
            .map(|(label, figure)| IntervalRow {
                label,
                value: figure.estimate,
                ends: figure.low.zip(figure.high),
                note: fixed(figure.estimate, decimals_for([figure.estimate])),
            })
            .collect();
        let title = format!(
            "From {} through {} to {}",
            printable(&self.from),
            printable(&self.through),
            printable(&self.to)
        );
        let description = format!(
            "{}. 95% intervals; effects only if nothing hidden moves them together.",
            rows.iter()
                .map(|row| format!("{}: {}", row.label, row.note))
                .collect::<Vec<_>>()
                .join("; ")
        );
        let words = Words {
            id: "mediation",
            title: &title,
            description: &description,
        };
        intervals(&rows, "in units of the columns", false, &words)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

fn paths(of: &Mediation) -> Vec<(String, &Figure)> {
    let (from, through, to) = (
        printable(&of.from),
        printable(&of.through),
        printable(&of.to),
    );
    vec![
        (format!("{from} to {through}"), &of.from_through),
        (format!("{through} to {to}"), &of.through_to),
        ("indirect (product)".to_owned(), &of.indirect),
        ("direct".to_owned(), &of.direct),
        ("total".to_owned(), &of.total),
    ]
}
