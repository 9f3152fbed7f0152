//! How large an experiment has to be, and how long that takes.
//!
//! For experiments looked at once: power of the t test for means and of the score test for shares,
//! equal to R's `power.t.test` and `power.prop.test` (two-sided, `strict = FALSE`), with unequal
//! arms and with whole clusters. For experiments looked at all the time see [`sequential`].
//!
//! Sizes are real numbers, as R gives them; round up.

mod noncentral;
pub mod sequential;

use crate::answer::{normal_quantile, quantile_of_t};
use crate::reason::{NoAnswer, Result, within};
use noncentral::upper_tail;
use statrs::distribution::{ContinuousCDF, Normal};

/// Largest arm that is looked for.
const MOST: f64 = 1e12;

/// What is to be detected, and in what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// A difference of means, rows having standard deviation `sd`.
    Mean {
        /// The difference.
        difference: f64,
        /// Standard deviation of rows within an arm.
        sd: f64,
    },
    /// A share that goes from `control` to `treated`.
    Share {
        /// The control's share.
        control: f64,
        /// The treated arm's.
        treated: f64,
    },
}

/// How the experiment is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Design {
    /// Two-sided error.
    pub alpha: f64,
    /// Treated rows for each control row.
    pub ratio: f64,
    /// Whole clusters given an arm; none where rows are.
    pub clusters: Option<ClusterDesign>,
}

/// Clusters in a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterDesign {
    /// Mean rows of a cluster.
    pub rows: f64,
    /// Standard deviation of the rows of a cluster over their mean; 0 if all are of one size.
    pub rows_cv: f64,
    /// Intraclass correlation: how alike rows of one cluster are.
    pub intraclass: f64,
}

impl Design {
    /// Two equal arms of independent rows at 5%.
    pub const USUAL: Self = Self {
        alpha: super::ALPHA,
        ratio: 1.0,
        clusters: None,
    };

    fn checked(&self) -> Result<()> {
        within(self.alpha, 1e-9, 1.0 - 1e-9)?;
        within(self.ratio, 1e-3, 1e3)?;
        if let Some(clusters) = self.clusters {
            clusters.design_effect()?;
        }
        Ok(())
    }
}

impl ClusterDesign {
    /// How many times more rows clusters need than independent rows would: `1 + ((cv² + 1) m - 1)
    /// ρ` (Eldridge, Ashby & Kerry 2006, Int. J. Epidemiology 35:1292-1300).
    ///
    /// # Errors
    /// [`NoAnswer::OutOfRange`].
    pub fn design_effect(&self) -> Result<f64> {
        within(self.rows, 1.0, 1e9)?;
        within(self.rows_cv, 0.0, 100.0)?;
        within(self.intraclass, 0.0, 1.0)?;
        let spread = self.rows_cv * self.rows_cv + 1.0;
        Ok(1.0 + (spread * self.rows - 1.0) * self.intraclass)
    }
}

/// Probability of finding the change with `rows` in the control arm (and `ratio` times as many
/// treated).
///
/// # Errors
/// [`NoAnswer::OutOfRange`], [`NoAnswer::TooFewRows`] under two rows an arm,
/// [`NoAnswer::TooFewClusters`] under two clusters an arm.
pub fn power(change: Change, rows: f64, design: &Design) -> Result<f64> {
    design.checked()?;
    within(rows, 0.0, MOST * 10.0)?;
    let least = rows * design.ratio.min(1.0);
    if least < 2.0 {
        return Err(NoAnswer::TooFewRows {
            n: least as u64,
            needed: 2,
        });
    }
    let (effective, freedom) = match design.clusters {
        None => (rows, None),
        Some(clusters) => {
            let count = rows / clusters.rows;
            let fewest = count * design.ratio.min(1.0);
            if fewest < 2.0 {
                return Err(NoAnswer::TooFewClusters {
                    n: fewest as usize,
                    needed: 2,
                });
            }
            let freedom = count * (1.0 + design.ratio) - 2.0;
            (rows / clusters.design_effect()?, Some(freedom))
        }
    };
    // Error of a difference of rows with variance one.
    let unit = ((1.0 + 1.0 / design.ratio) / effective).sqrt();
    match change {
        Change::Mean { difference, sd } => {
            within(difference, -1e50, 1e50)?;
            within(sd, 1e-50, 1e50)?;
            let freedom = freedom.unwrap_or(rows * (1.0 + design.ratio) - 2.0);
            let critical = quantile_of_t(1.0 - design.alpha / 2.0, freedom);
            upper_tail(critical, freedom, (difference / sd).abs() / unit)
        }
        Change::Share { control, treated } => {
            within(control, 1e-12, 1.0 - 1e-12)?;
            within(treated, 1e-12, 1.0 - 1e-12)?;
            let pooled = (control + design.ratio * treated) / (1.0 + design.ratio);
            let null = (pooled * (1.0 - pooled)).sqrt() * unit;
            let variance = control * (1.0 - control) + treated * (1.0 - treated) / design.ratio;
            let own = (variance / effective).sqrt();
            let gap = (treated - control).abs();
            match freedom {
                None => {
                    let z = normal_quantile(1.0 - design.alpha / 2.0);
                    Ok(Normal::standard().cdf((gap - z * null) / own))
                }
                Some(freedom) => {
                    let t = quantile_of_t(1.0 - design.alpha / 2.0, freedom);
                    upper_tail(t * null / own, freedom, gap / own)
                }
            }
        }
    }
}

/// Rows of the control arm at which the change is found with probability `wanted`.
///
/// # Errors
/// As [`power`]; [`NoAnswer::OutOfRange`] unless `wanted` is above `alpha` and below 1,
/// [`NoAnswer::OutOfReach`] past 10^12 rows, [`NoAnswer::NoVariation`] for no change at all.
pub fn rows(change: Change, wanted: f64, design: &Design) -> Result<f64> {
    design.checked()?;
    within(wanted, design.alpha, 1.0 - 1e-9)?;
    let none = match change {
        Change::Mean { difference, .. } => difference == 0.0,
        Change::Share { control, treated } => control == treated,
    };
    if none {
        return Err(NoAnswer::NoVariation);
    }
    let mut low = least_rows(design);
    if power(change, low, design)? >= wanted {
        return Ok(low);
    }
    let mut high = low * 2.0;
    while power(change, high, design)? < wanted {
        low = high;
        high *= 2.0;
        if high > MOST {
            return Err(NoAnswer::OutOfReach { most: MOST });
        }
    }
    search(low, high, |rows| Ok(power(change, rows, design)? >= wanted))
}

/// The fewest rows [`power`] answers for.
fn least_rows(design: &Design) -> f64 {
    let each = design
        .clusters
        .map_or(2.0, |clusters| 2.0 * clusters.rows.max(1.0));
    each / design.ratio.min(1.0) * (1.0 + 1e-9)
}

/// The smallest difference that `rows` in the control arm find with probability `wanted`: of
/// means, for the `sd` given; of shares, the smallest rise (`Change::Share`'s `treated` and
/// `Change::Mean`'s `difference` are not read).
///
/// # Errors
/// As [`rows`]; [`NoAnswer::OutOfReach`] if not even the largest possible rise would be found.
pub fn smallest(change: Change, rows: f64, wanted: f64, design: &Design) -> Result<f64> {
    design.checked()?;
    within(wanted, design.alpha, 1.0 - 1e-9)?;
    let (at, most): (Box<dyn Fn(f64) -> Change>, f64) = match change {
        Change::Mean { sd, .. } => (
            Box::new(move |difference| Change::Mean { difference, sd }),
            within(sd, 1e-50, 1e49)? * 1e3,
        ),
        Change::Share { control, .. } => (
            Box::new(move |rise| Change::Share {
                control,
                treated: control + rise,
            }),
            1.0 - within(control, 1e-12, 1.0 - 1e-9)? - 1e-10,
        ),
    };
    if power(at(most), rows, design)? < wanted {
        return Err(NoAnswer::OutOfReach { most: rows });
    }
    search(0.0, most, |size| {
        Ok(power(at(size), rows, design)? >= wanted)
    })
}

fn search(mut low: f64, mut high: f64, reached: impl Fn(f64) -> Result<bool>) -> Result<f64> {
    for _ in 0..100 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high || (high - low) < 1e-13 * high {
            break;
        }
        if reached(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(high)
}

/// Periods (days, weeks) until both arms have their rows.
///
/// # Errors
/// [`NoAnswer::OutOfRange`] unless rows come at all.
pub fn periods(control_rows: f64, ratio: f64, rows_each_period: f64) -> Result<f64> {
    within(rows_each_period, 1e-9, 1e15)?;
    within(control_rows, 0.0, 1e15)?;
    within(ratio, 1e-3, 1e3)?;
    Ok((control_rows * (1.0 + ratio) / rows_each_period).ceil())
}
