//! From rows of two measures to the panel that the estimator takes: which waves are used, how noisy
//! each value is; and the verdict in words.
//!
//! Waves at either end in which one of the measures was hardly asked are left out. Where numbers of
//! answers and their spread are known, each value carries its sampling error; a value without a
//! number of answers is then left out, and that is said.

use std::collections::BTreeSet;
use throughline_stats::panel::{
    Direction, Improper, Link, Panel, Row, SamplingError, UNITS_NEEDED, VALUES_NEEDED, Verdict,
    Warning, noise,
};
use throughline_stats::reason::NoAnswer;

/// A value of one unit in one wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The mean.
    pub value: f64,
    /// Answers behind it.
    pub n: Option<f64>,
    /// Their standard deviation.
    pub sd: Option<f64>,
    /// People who could have answered.
    pub people: Option<f64>,
}

/// One unit in one wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// The unit, from 0.
    pub unit: usize,
    /// The wave, from 0.
    pub wave: usize,
    /// The employees' measure.
    pub employee: Option<Value>,
    /// The customers' measure.
    pub customer: Option<Value>,
    /// People who gave both, where known.
    pub both: Option<f64>,
    /// Correlation of their two answers, where known.
    pub both_r: Option<f64>,
}

/// What is known of errors that the two measures share, because the same people gave both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shared {
    /// Nobody gave both, as far as is known.
    NotGiven,
    /// Errors of one of the measures aren't known: not used.
    NoErrors,
    /// Nowhere two people gave both: not used.
    NoCorrelation,
    /// Used.
    Used {
        /// Correlation of a person's two answers within units, given or pooled.
        r: f64,
        /// Pairs of values without a number of people who gave both: taken as different people's.
        unknown: usize,
    },
}

/// What is known of the sampling errors of one measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Errors {
    /// Nothing: no numbers of answers.
    NotGiven,
    /// Numbers of answers, but no spread to go with them: not used.
    NoSpread,
    /// Used; `sd` is the pooled standard deviation of answers within units.
    Used {
        /// Pooled standard deviation of single answers.
        sd: f64,
        /// Values left out because no number of answers came with them.
        left_out: usize,
    },
}

/// A panel with what was done to get it.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The panel.
    pub panel: Panel,
    /// First wave used, of those given.
    pub first: usize,
    /// Waves left out at the beginning and at the end.
    pub left_out_waves: usize,
    /// Errors of the employees' and of the customers' measure.
    pub errors: [Errors; 2],
    /// Errors that the two share.
    pub shared: Shared,
}

/// Makes the panel. `both_r` is the correlation of two answers of one person within units; without
/// it the cells' are pooled.
///
/// # Errors
/// As `Panel::from_rows`; [`NoAnswer::TooFewUnits`] of one or two units, [`NoAnswer::Empty`] where
/// no wave holds enough values of both measures.
pub fn prepare(
    units: usize,
    waves: usize,
    cells: &[Cell],
    both_r: Option<f64>,
) -> Result<Prepared, NoAnswer> {
    let mut counts = vec![[0usize; 2]; waves];
    for cell in cells {
        if let Some(count) = counts.get_mut(cell.wave) {
            count[0] += usize::from(cell.employee.is_some());
            count[1] += usize::from(cell.customer.is_some());
        }
    }
    let enough = |count: &[usize; 2]| count.iter().all(|n| *n >= VALUES_NEEDED);
    let (Some(first), Some(last)) = (
        counts.iter().position(enough),
        counts.iter().rposition(enough),
    ) else {
        let seen: BTreeSet<usize> = cells.iter().map(|cell| cell.unit).collect();
        return Err(if seen.len() < VALUES_NEEDED && !seen.is_empty() {
            NoAnswer::TooFewUnits {
                n: seen.len(),
                needed: UNITS_NEEDED,
            }
        } else {
            NoAnswer::Empty
        });
    };
    let kept: Vec<&Cell> = cells
        .iter()
        .filter(|cell| (first..=last).contains(&cell.wave))
        .collect();
    let errors = [
        errors(kept.iter().filter_map(|cell| cell.employee.as_ref()))?,
        errors(kept.iter().filter_map(|cell| cell.customer.as_ref()))?,
    ];
    let known = errors.iter().any(|e| matches!(e, Errors::Used { .. }));
    let shared = shared(&kept, errors, both_r)?;
    let mut rows = Vec::with_capacity(kept.len());
    for cell in kept {
        let x = usable(cell.employee, errors[0]);
        let y = usable(cell.customer, errors[1]);
        let error = if known {
            Some(error(x, y, errors, shared, cell.both)?)
        } else {
            None
        };
        rows.push(Row {
            unit: cell.unit,
            wave: cell.wave - first,
            x: x.map(|v| v.value),
            y: y.map(|v| v.value),
            error,
        });
    }
    let used = last - first + 1;
    Ok(Prepared {
        panel: Panel::from_rows(units, used, &rows)?,
        first,
        left_out_waves: waves - used,
        errors,
        shared,
    })
}

fn counted(value: &Value) -> Option<f64> {
    value.n.filter(|n| *n > 0.0)
}

fn errors<'a>(values: impl Iterator<Item = &'a Value>) -> Result<Errors, NoAnswer> {
    let (mut pairs, mut without, mut with) = (Vec::new(), 0, 0);
    for value in values {
        match counted(value) {
            Some(n) => {
                with += 1;
                if let Some(sd) = value.sd {
                    pairs.push((n, sd));
                }
            }
            None => without += 1,
        }
    }
    if with == 0 {
        return Ok(Errors::NotGiven);
    }
    match noise::pooled_variance(&pairs) {
        Ok(pooled) => Ok(Errors::Used {
            sd: pooled.sqrt(),
            left_out: without,
        }),
        Err(NoAnswer::TooFewRows { .. }) => Ok(Errors::NoSpread),
        Err(other) => Err(other),
    }
}

/// A value, unless its error should be known and isn't.
fn usable(value: Option<Value>, errors: Errors) -> Option<Value> {
    value.filter(|v| !matches!(errors, Errors::Used { .. }) || counted(v).is_some())
}

/// What is to be said of the people who gave both.
fn shared(cells: &[&Cell], errors: [Errors; 2], both_r: Option<f64>) -> Result<Shared, NoAnswer> {
    if cells.iter().all(|cell| cell.both.is_none()) {
        return Ok(Shared::NotGiven);
    }
    if !errors.iter().all(|e| matches!(e, Errors::Used { .. })) {
        return Ok(Shared::NoErrors);
    }
    let pairs = || {
        let with = cells.iter();
        with.filter_map(|cell| Some((cell, cell.employee?, cell.customer?)))
    };
    let r = match both_r {
        Some(r) => r,
        None => {
            let groups: Vec<(f64, f64, f64, f64)> = pairs()
                .filter_map(|(cell, x, y)| Some((cell.both?, cell.both_r?, x.sd?, y.sd?)))
                .collect();
            match noise::pooled_correlation(&groups) {
                Ok(r) => r,
                Err(NoAnswer::TooFewRows { .. }) => return Ok(Shared::NoCorrelation),
                Err(other) => return Err(other),
            }
        }
    };
    let unknown = pairs().filter(|(cell, ..)| cell.both.is_none()).count();
    Ok(Shared::Used { r, unknown })
}

/// The errors of one unit and wave.
fn error(
    x: Option<Value>,
    y: Option<Value>,
    errors: [Errors; 2],
    shared: Shared,
    both: Option<f64>,
) -> Result<SamplingError, NoAnswer> {
    let of = |value: Value, errors: Errors| match errors {
        Errors::Used { sd, .. } => (
            sd * sd,
            value.n.unwrap_or(1.0),
            value.people.unwrap_or(f64::INFINITY),
        ),
        _ => (0.0, 1.0, f64::INFINITY),
    };
    let one = |value: Option<Value>, errors: Errors| match value.map(|value| of(value, errors)) {
        Some((variance, n, people)) => noise::of_mean(variance, n, people),
        None => Ok(0.0),
    };
    if let (Some(x), Some(y), Shared::Used { r, .. }, Some(both)) = (x, y, shared, both) {
        let (x, y) = (of(x, errors[0]), of(y, errors[1]));
        return noise::of_pair((x.0, y.0), (x.1, y.1), (x.2, y.2), both, r);
    }
    Ok(SamplingError {
        x: one(x, errors[0])?,
        y: one(y, errors[1])?,
        xy: 0.0,
    })
}

/// The verdict in the words of the contract.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::ComesFirst => "comes first",
        Verdict::TooSmall => "too small to matter",
        Verdict::CantTell => "can't tell",
        Verdict::None => "no verdict",
    }
}

/// Why a link has no verdict.
pub fn impossible(found: &Link) -> String {
    let improper = |improper: &Improper| match improper {
        Improper::Between { .. } => {
            "what is lasting about teams gets a negative variance, or correlates beyond 1"
        }
        Improper::Within { .. } => "what changes within teams gets a negative variance",
        Improper::NotStationary { .. } => "changes would grow for ever",
    };
    let said = found.warnings.iter().find_map(|warning| match warning {
        Warning::Improper(found) => Some(format!(
            "no possible process gives these numbers ({})",
            improper(found)
        )),
        Warning::NoBootstrap(_) => {
            Some("too few of the panels drawn for its range could be estimated".to_owned())
        }
        _ => None,
    });
    said.unwrap_or_else(|| "there is no spread within teams to measure it by".to_owned())
}

/// A sentence about one direction of a link, measures named.
pub fn sentence(found: &Link, direction: &Direction, from: &str, to: &str) -> String {
    let way = if direction.raw.estimate >= 0.0 {
        "more"
    } else {
        "less"
    };
    match direction.verdict {
        Verdict::ComesFirst => format!(
            "{from} comes first: where it is above a team's usual level, {way} of {to} follows \
             in the next period"
        ),
        Verdict::TooSmall => format!("{from} makes too little difference to {to} to matter"),
        Verdict::CantTell => format!("can't tell whether {from} moves {to}"),
        Verdict::None => {
            format!(
                "nothing can be said of {from} and {to}: {}",
                impossible(found)
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(unit: usize, wave: usize, n: Option<f64>, sd: Option<f64>) -> Cell {
        let value = (unit * 7 + wave * 3) as f64 % 5.0;
        let one = Some(Value {
            value,
            n,
            sd,
            people: None,
        });
        Cell {
            unit,
            wave,
            employee: one,
            // The first wave lacks customers' numbers.
            customer: one.filter(|_| wave > 0),
            both: None,
            both_r: None,
        }
    }

    fn cells(n: Option<f64>, sd: Option<f64>) -> Vec<Cell> {
        (0..40).map(|k| cell(k / 4, k % 4, n, sd)).collect()
    }

    #[test]
    fn waves_at_the_ends_that_lack_a_measure_are_left_out() {
        let found = prepare(10, 4, &cells(None, None), None).expect("a panel");
        assert_eq!((found.first, found.left_out_waves), (1, 1));
        assert_eq!(found.panel.waves(), 3);
        assert!(!found.panel.has_errors());
        assert_eq!(found.errors, [Errors::NotGiven; 2]);
    }

    #[test]
    fn errors_need_numbers_and_spread() {
        let found = prepare(10, 4, &cells(Some(9.0), None), None).expect("a panel");
        assert_eq!(found.errors, [Errors::NoSpread; 2]);
        assert!(!found.panel.has_errors());
        let mut given = cells(Some(9.0), Some(2.0));
        if let Some(value) = &mut given[5].employee {
            value.n = None;
        }
        let found = prepare(10, 4, &given, None).expect("a panel");
        assert!(found.panel.has_errors());
        assert_eq!(
            found.errors[0],
            Errors::Used {
                sd: 2.0,
                left_out: 1
            }
        );
    }

    #[test]
    fn nothing_in_common_is_no_panel() {
        let none: Vec<Cell> = cells(None, None)
            .into_iter()
            .map(|cell| Cell {
                customer: None,
                ..cell
            })
            .collect();
        assert_eq!(prepare(10, 4, &none, None).err(), Some(NoAnswer::Empty));
    }

    #[test]
    fn people_who_gave_both_make_errors_that_covary() {
        let with = |both: Option<f64>, r: Option<f64>| -> Vec<Cell> {
            let all = cells(Some(9.0), Some(2.0)).into_iter();
            all.map(|cell| Cell {
                both,
                both_r: r,
                ..cell
            })
            .collect()
        };
        let shared = |cells: &[Cell], r| prepare(10, 4, cells, r).expect("a panel").shared;
        assert_eq!(shared(&with(None, None), None), Shared::NotGiven);
        assert_eq!(shared(&with(Some(4.0), None), None), Shared::NoCorrelation);
        let used = |r| Shared::Used { r, unknown: 0 };
        assert_eq!(shared(&with(Some(4.0), None), Some(0.3)), used(0.3));
        assert_eq!(shared(&with(Some(4.0), Some(0.5)), None), used(0.5));
        let mut part = with(Some(4.0), None);
        part[5].both = None;
        let found = shared(&part, Some(0.3));
        assert_eq!(found, Shared::Used { r: 0.3, unknown: 1 });
        let mut one_side = with(Some(4.0), None);
        for value in one_side
            .iter_mut()
            .filter_map(|cell| cell.customer.as_mut())
        {
            value.sd = None;
        }
        assert_eq!(shared(&one_side, Some(0.3)), Shared::NoErrors);
        let value = with(None, None)[1].employee;
        let errors = [Errors::Used {
            sd: 2.0,
            left_out: 0,
        }; 2];
        let found = error(value, value, errors, used(0.5), Some(9.0)).expect("an error");
        assert!((found.xy - 0.5 * found.x).abs() < 1e-15, "{found:?}");
        assert_eq!(found.x, found.y);
        let found = error(value, None, errors, used(0.5), Some(9.0)).expect("an error");
        assert_eq!((found.y, found.xy), (0.0, 0.0));
    }
}
