//! A predictor's parts within and between groups, and how much rows of a group resemble each
//! other.

use crate::reason::{NoAnswer, Result, finite, same_length, within};

/// A predictor taken apart (Mundlak 1978, Econometrica 46:69-85): as two predictors, `within`
/// tells what goes with a row standing above its group, `between` with a group standing above
/// others. Their coefficients may differ, even in sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// The row's value less its group's mean.
    pub within: Vec<f64>,
    /// The group's mean.
    pub between: Vec<f64>,
}

/// Takes a column apart.
///
/// # Errors
/// [`NoAnswer::Empty`], [`NoAnswer::Shape`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`].
pub fn parts(values: &[f64], group: &[usize], groups: usize) -> Result<Parts> {
    let (counts, means) = group_means(values, group, groups)?;
    debug_assert_eq!(counts.len(), means.len());
    let between: Vec<f64> = group.iter().map(|&g| means[g]).collect();
    let within = values
        .iter()
        .zip(&between)
        .map(|(value, mean)| value - mean)
        .collect();
    Ok(Parts { within, between })
}

/// How much rows of one group resemble each other, from a one-way analysis of variance
/// (Bliese 2000; R's `multilevel::ICC1` and `ICC2`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resemblance {
    /// ICC(1): share of a row's variance that lies between groups; below zero where rows of a
    /// group differ more than rows at large.
    pub of_rows: f64,
    /// ICC(2): reliability of a group's mean, at the average group's size.
    pub of_means: f64,
    /// Groups with rows.
    pub groups: usize,
    /// The average group's size as the analysis counts it.
    pub group_size: f64,
}

/// ICC(1) and ICC(2).
///
/// # Errors
/// As [`parts`], and [`NoAnswer::TooFewGroups`], [`NoAnswer::TooFewRows`],
/// [`NoAnswer::NoVariation`].
pub fn resemblance(values: &[f64], group: &[usize], groups: usize) -> Result<Resemblance> {
    let (counts, means) = group_means(values, group, groups)?;
    let n = values.len() as f64;
    let k = counts.iter().filter(|&&count| count > 0).count();
    if k < 2 {
        return Err(NoAnswer::TooFewGroups {
            grouping: 0,
            n: k,
            needed: 2,
        });
    }
    if values.len() <= k {
        return Err(NoAnswer::TooFewRows {
            n: values.len() as u64,
            needed: k as u64 + 1,
        });
    }
    let largest = values.iter().fold(0.0f64, |a, b| a.max(b.abs()));
    if largest == 0.0 {
        return Err(NoAnswer::NoVariation);
    }
    let all: f64 = values.iter().map(|v| v / largest).sum::<f64>() / n;
    let (mut between, mut inside) = (0.0, 0.0);
    for (&count, mean) in counts.iter().zip(&means) {
        between += count as f64 * (mean / largest - all).powi(2);
    }
    for (value, &g) in values.iter().zip(group) {
        inside += ((value - means[g]) / largest).powi(2);
    }
    let between = between / (k as f64 - 1.0);
    let inside = inside / (n - k as f64);
    // Bliese's package takes the plain mean of group sizes.
    let group_size = n / k as f64;
    let whole = between + (group_size - 1.0) * inside;
    if whole <= 1e-22 || between <= 1e-22 {
        return Err(NoAnswer::NoVariation);
    }
    Ok(Resemblance {
        of_rows: finite((between - inside) / whole)?,
        of_means: finite((between - inside) / between)?,
        groups: k,
        group_size,
    })
}

fn group_means(values: &[f64], group: &[usize], groups: usize) -> Result<(Vec<usize>, Vec<f64>)> {
    if values.is_empty() {
        return Err(NoAnswer::Empty);
    }
    same_length(values.len(), group.len())?;
    let (mut counts, mut sums) = (vec![0usize; groups], vec![0.0; groups]);
    for (&value, &g) in values.iter().zip(group) {
        within(value, -1e100, 1e100)?;
        let Some(count) = counts.get_mut(g) else {
            return Err(NoAnswer::Shape {
                expected: groups,
                got: g,
            });
        };
        *count += 1;
        sums[g] += value;
    }
    let means: Vec<f64> = sums
        .iter()
        .zip(&counts)
        .map(|(sum, &count)| sum / (count as f64).max(1.0))
        .collect();
    // A second turn, so that the mean of large numbers is exact enough.
    let mut rest = vec![0.0; groups];
    for (&value, &g) in values.iter().zip(group) {
        rest[g] += value - means[g];
    }
    let means = means
        .iter()
        .zip(rest.iter().zip(&counts))
        .map(|(mean, (rest, &count))| mean + rest / (count as f64).max(1.0))
        .collect();
    Ok((counts, means))
}
