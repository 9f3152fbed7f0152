//! `throughline experiment plan` and `throughline experiment assign`, for people.

use super::Reading;
use super::numbers::{decimals_for, fixed, maybe, percent};
use super::table::{Side, Table, wrapped};
use crate::chart::{Point, Series, Words, series};
use throughline_domain::analysis::experiment::SequencePlan;
use throughline_domain::analysis::{Assignment, ExperimentPlan};

impl Reading for ExperimentPlan {
    fn table(&self, width: usize) -> String {
        let decimals = decimals_for([self.smallest]);
        let size = fixed(self.smallest, decimals);
        let said = if self.smallest_is_computed {
            format!(
                "With {} and {} rows the smallest difference found in {} of experiments is {size}.",
                self.rows_control,
                self.rows_treated,
                percent(self.power)
            )
        } else {
            format!(
                "A difference of {size} is found in {} of experiments with {} rows in the control and {} in the other arm.",
                percent(self.power),
                self.rows_control,
                self.rows_treated
            )
        };
        let mut text = wrapped("", &said, width);
        if let (Some(control), Some(treated)) = (self.clusters_control, self.clusters_treated) {
            let clusters = format!(
                "That is {control} and {treated} clusters; clusters need {} times the rows that independent rows would.",
                maybe(self.design_effect, 2)
            );
            text.push_str(&wrapped("", &clusters, width));
        }
        if let Some(periods) = self.periods {
            text.push_str(&wrapped("", &format!("It takes {periods} periods."), width));
        }
        if let Some(sequence) = &self.sequence {
            text.push('\n');
            text.push_str(&wrapped("", &stopping(sequence, &size), width));
            text.push('\n');
            text.push_str(&widths(sequence).text(width));
        }
        text
    }

    fn explained(&self) -> String {
        "Sizes are those at which the test of a single look at the end finds the difference with \
         the power asked for: the t test for means (noncentral t, R's power.t.test()), the score \
         test for shares (R's power.prop.test()). Whole clusters need 1 + ((cv² + 1) m - 1) ρ times \
         the rows (Eldridge, Ashby & Kerry 2006), and clusters are counted as the degrees of \
         freedom.\n\n\
         Who looks all the time pays in width: the table gives the interval of a confidence \
         sequence along the way (normal mixture; Howard et al. 2021), how wide it can be at most, \
         and that of a single look. When it gets clear of zero comes from simulated experiments.\n\n\
         Don't believe it more than the figures it is made of: the standard deviation or the \
         control's share, and the intraclass correlation, from past data of the same kind."
            .to_owned()
    }

    fn picture(&self) -> Option<String> {
        let sequence = self.sequence.as_ref()?;
        let points: Vec<Point> = sequence
            .widths
            .iter()
            .map(|width| Point {
                at: width.n as f64,
                value: self.smallest,
                ends: Some((self.smallest - width.half, self.smallest + width.half)),
            })
            .collect();
        let words = Words {
            id: "plan",
            title: "The interval to be expected, look by look",
            description: "How the interval of a confidence sequence narrows around the difference planned for.",
        };
        series(
            &Series {
                points: &points,
                band: true,
                level: Some(0.0),
                began: None,
                across: "rows so far, both arms",
                up: "difference",
            },
            &words,
        )
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

fn stopping(of: &SequencePlan, size: &str) -> String {
    format!(
        "Looked at all the time up to {} rows: if the difference is {size}, the interval gets clear of zero in {} of experiments, and an experiment stopped then has {} rows on average.",
        of.horizon,
        percent(of.found),
        fixed(of.mean_rows, 0)
    )
}

fn widths(of: &SequencePlan) -> Table {
    let mut table = Table::new(&[
        ("rows", Side::Right),
        ("half-width to expect", Side::Right),
        ("at most", Side::Right),
        ("of a single look", Side::Right),
        ("ratio", Side::Right),
    ]);
    for width in &of.widths {
        let decimals = decimals_for([width.half]);
        table.row([
            width.n.to_string(),
            fixed(width.half, decimals),
            fixed(width.largest_half, decimals),
            fixed(width.fixed_half, decimals),
            fixed(width.half / width.fixed_half, 2),
        ]);
    }
    table
}

impl Reading for Assignment {
    fn table(&self, width: usize) -> String {
        let arms: Vec<String> = self
            .arms
            .iter()
            .map(|arm| format!("{} {}", arm.arm, arm.n))
            .collect();
        let mut text = wrapped("", &format!("{}: {}.", self.model, arms.join(", ")), width);
        text.push('\n');
        let mut table = Table::new(&[
            ("unit", Side::Left),
            ("arm", Side::Left),
            ("place", Side::Right),
        ]);
        for unit in &self.units {
            table.row([
                unit.unit.clone(),
                unit.arm
                    .clone()
                    .unwrap_or_else(|| "(takes no part)".to_owned()),
                fixed(unit.place, 5),
            ]);
        }
        text.push_str(&table.text(width));
        text
    }

    fn explained(&self) -> String {
        "The arm follows from the unit's id and the key alone: HMAC-SHA-256 (RFC 2104) of the id, \
         its first eight bytes read as a number between 0 and 1 (`place`), and the arms laid out \
         over that range by their parts. So the same unit always gets the same arm, anywhere, and \
         experiments with different keys have nothing to do with each other. In Python: \
         int.from_bytes(hmac.new(key, unit, \"sha256\").digest()[:8], \"big\") / 2**64.\n\n\
         To keep a team together, give the team's id as the unit. With --stratum the whole list is \
         dealt out within each group, as evenly as can be; then the list must not change later.\n\n\
         Keep the key to yourself: who knows it can tell beforehand who gets what."
            .to_owned()
    }

    fn picture(&self) -> Option<String> {
        None
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}
