//! `throughline drivers`, for people.

use super::Reading;
use super::numbers::{decimals_for, ends, fixed, maybe, percent, percent_ends};
use super::table::{Side, Table, printable, wrapped};
use crate::chart::{IntervalRow, Words, intervals};
use crate::say::{count, plural};
use throughline_domain::analysis::Drivers;

impl Reading for Drivers {
    fn table(&self, width: usize) -> String {
        let mut text = wrapped("", &head(self), width);
        text.push('\n');
        text.push_str(&shares(self).text(width));
        text.push('\n');
        text.push_str(&coefficients(self).text(width));
        text.push('\n');
        text.push_str(&performance(self).text(width));
        for reason in reasons(self) {
            text.push('\n');
            text.push_str(&wrapped("no interval: ", &reason, width));
        }
        text
    }

    fn explained(&self) -> String {
        let orderings = match self.orderings {
            None => "over all orderings, from every subset of the columns".to_owned(),
            Some(orderings) => format!(
                "over {} random orderings in pairs of one and its reverse; `monte_carlo_error` \
                 says how far that may be off",
                count(orderings as u64)
            ),
        };
        let (errors, drawn) = match &self.cluster {
            Some(name) => (
                format!(
                    "CR2 standard errors clustered by `{name}` with Satterthwaite degrees of \
                     freedom (Pustejovsky & Tipton 2018)"
                ),
                format!("whole groups of `{name}`"),
            ),
            None => (
                "HC2 standard errors with Satterthwaite degrees of freedom (Bell & McCaffrey \
                 2002); rows count as independent, so name --cluster if they come in groups"
                    .to_owned(),
                "rows".to_owned(),
            ),
        };
        let intervals = if self.draws == 0 {
            "Shares have no intervals, because no bootstrap draws were asked for.".to_owned()
        } else {
            format!(
                "Intervals of shares are the middle 95% of {} bootstrap draws of {drawn} (somewhat \
                 more with few, after Hesterberg 2015). Near zero a share can only err upwards, so \
                 no interval is given there.",
                count(self.draws as u64)
            )
        };
        format!(
            "A share of explained variance answers: of what all these columns together go with in \
             `{outcome}` (R-squared {r2}), how much goes with this one? A column's gain in \
             R-squared depends on which columns are already in the model, so it is averaged {orderings} \
             (Lindeman, Merenda & Gold 1980; Grömping 2006, Journal of Statistical Software 17(1)). \
             Shares are never negative and sum to R-squared. `johnson` is Johnson's relative weight \
             (2000, Multivariate Behavioral Research 35), a second way to share it out: where the \
             two differ much, trust neither order.\n\n\
             A share is not an effect. It does not say what would happen if a column were improved: \
             what these rows have in common with causes left out is in it too.\n\n\
             {intervals} Coefficients are from one \
             least-squares regression on all columns, with {errors}.\n\n\
             The importance-performance table sets a column's share (against the average share) \
             beside where its mean stands on its scale (against the average of the columns). A \
             column that goes with less of the outcome is turned round.\n\n\
             Don't believe it when an important column is missing, when two columns mean the same, \
             when few rows or groups are behind it, or when the outcome moves the columns rather \
             than the other way round.",
            outcome = printable(&self.outcome),
            r2 = fixed(self.r2, 3),
        )
    }

    fn picture(&self) -> Option<String> {
        let rows: Vec<IntervalRow> = self
            .predictors
            .iter()
            .map(|driver| IntervalRow {
                label: printable(&driver.name),
                value: 100.0 * driver.share_of_explained,
                ends: driver
                    .share_of_explained_low
                    .zip(driver.share_of_explained_high)
                    .map(|(low, high)| (100.0 * low, 100.0 * high)),
                note: percent(driver.share_of_explained),
            })
            .collect();
        let outcome = printable(&self.outcome);
        let title = format!("What goes with {outcome}: shares of explained variance");
        let description = format!(
            "{}. A hollow dot has no interval. Shares describe these rows; they are not effects.",
            self.predictors
                .iter()
                .map(|driver| format!(
                    "{}: {}",
                    printable(&driver.name),
                    percent(driver.share_of_explained)
                ))
                .collect::<Vec<_>>()
                .join("; ")
        );
        let axis = format!(
            "% of the explained variance (R-squared {})",
            fixed(self.r2, 2)
        );
        let words = Words {
            id: "drivers",
            title: &title,
            description: &description,
        };
        intervals(&rows, &axis, true, &words)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

fn head(drivers: &Drivers) -> String {
    let clusters = match (&drivers.cluster, drivers.n_clusters) {
        (Some(name), Some(n)) => format!(" in {n} groups of {}", printable(name)),
        _ => String::new(),
    };
    format!(
        "What goes with {}: {} of {} explain {} of its variance (R-squared {}, adjusted {}), {}{}.",
        printable(&drivers.outcome),
        plural(drivers.predictors.len() as u64, "column", "columns"),
        plural(drivers.n_rows + drivers.n_left_out, "row", "rows"),
        percent(drivers.r2),
        fixed(drivers.r2, 3),
        fixed(drivers.r2_adjusted, 3),
        plural(drivers.n_rows, "row used", "rows used"),
        clusters,
    )
}

fn shares(drivers: &Drivers) -> Table {
    let mut table = Table::new(&[
        ("share of explained variance", Side::Left),
        ("share", Side::Right),
        ("95% interval", Side::Right),
        ("of variance", Side::Right),
        ("Johnson", Side::Right),
        ("alone", Side::Right),
        ("last", Side::Right),
    ]);
    for driver in &drivers.predictors {
        table.row([
            driver.name.clone(),
            percent(driver.share_of_explained),
            percent_ends(
                driver.share_of_explained_low,
                driver.share_of_explained_high,
            ),
            percent(driver.share),
            percent(driver.johnson),
            percent(driver.first),
            percent(driver.last),
        ]);
    }
    table
}

fn coefficients(drivers: &Drivers) -> Table {
    let mut table = Table::new(&[
        ("coefficient", Side::Left),
        ("estimate", Side::Right),
        ("95% interval", Side::Right),
        ("error", Side::Right),
        ("df", Side::Right),
        ("standardised", Side::Right),
    ]);
    for driver in &drivers.predictors {
        let of = &driver.coefficient;
        let decimals = decimals_for([of.estimate, of.se.unwrap_or(0.0)]);
        table.row([
            driver.name.clone(),
            fixed(of.estimate, decimals),
            ends(of.low, of.high, decimals),
            maybe(of.se, decimals),
            maybe(of.df, 1),
            fixed(of.standardised, 3),
        ]);
    }
    table
}

fn performance(drivers: &Drivers) -> Table {
    let mut table = Table::new(&[
        ("importance and performance", Side::Left),
        ("share", Side::Right),
        ("mean", Side::Right),
        ("scale", Side::Right),
        ("stands at", Side::Right),
        ("", Side::Left),
    ]);
    for driver in &drivers.predictors {
        let of = &driver.performance;
        let decimals = decimals_for([of.scale_low, of.scale_high]).min(2);
        table.row([
            driver.name.clone(),
            percent(driver.share_of_explained),
            fixed(of.mean, decimals_for([of.mean])),
            format!(
                "{} to {}{}",
                fixed(of.scale_low, decimals),
                fixed(of.scale_high, decimals),
                if of.turned { ", turned" } else { "" }
            ),
            percent(of.level),
            of.quadrant.words().to_owned(),
        ]);
    }
    table
}

/// Why intervals are missing, each reason once with the columns it holds for.
fn reasons(drivers: &Drivers) -> Vec<String> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for driver in &drivers.predictors {
        let both = [
            ("share of", &driver.no_interval),
            ("coefficient of", &driver.coefficient.no_interval),
        ];
        for (what, reason) in both {
            let Some(reason) = reason else { continue };
            let of = format!("{what} {}", driver.name);
            match found.iter_mut().find(|(known, _)| known == reason) {
                Some((_, names)) => names.push(of),
                None => found.push((reason.clone(), vec![of])),
            }
        }
    }
    found
        .into_iter()
        .map(|(reason, names)| format!("{} ({reason})", names.join(", ")))
        .collect()
}
