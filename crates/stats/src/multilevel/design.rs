//! From rows to sums: checks every number, brings columns to a common size, and adds up what each
//! group tells. After this nothing looks at rows again.
//!
//! Columns are centred where a constant stands beside them and divided by their standard
//! deviation; the answers are turned back at the end (`outcome`). The model is the same, the
//! arithmetic far better: a year of 2,026 as a predictor would otherwise cost six digits.

use super::{Grouping, Model};
use crate::independent::Independent;
use crate::reason::{NoAnswer, Result, same_length, within};
use rayon::prelude::*;

/// Larger numbers are refused: their squares must stay finite.
const LARGEST: f64 = 1e100;
/// A spread below this part of the largest number is rounding.
const FLAT: f64 = 1e-11;
/// A column whose own part is below this share of its variance follows from the others.
const OWN_PART: f64 = 1e-10;
/// A weight below this in such a sum is rounding.
const INVOLVED: f64 = 1e-5;
/// Parts in which rows are added up; fixed, so that sums don't depend on the number of threads.
const PARTS: usize = 8;

/// How a column was brought to a common size: `(value - centre) / scale`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub centre: f64,
    pub scale: f64,
}

/// One grouping: its effects and what its groups tell.
pub(super) struct Term {
    /// Effects a group.
    pub effects: usize,
    /// Groups, those without rows included.
    pub groups: usize,
    /// Groups with rows.
    pub with_rows: usize,
    pub correlated: bool,
    pub intercept: bool,
    /// Sizes of the effects' columns, the constant included.
    pub sizes: Vec<Size>,
    /// `Z'Z` of each group, `effects × effects`.
    pub zz: Vec<f64>,
    /// `Z'[X y]` of each group, `effects × width`.
    pub zxy: Vec<f64>,
}

/// All sums.
pub(super) struct Design {
    pub n: usize,
    /// Fixed coefficients, the constant first.
    pub fixed: usize,
    pub intercept: bool,
    /// Sizes of the fixed columns, the constant included.
    pub sizes: Vec<Size>,
    pub outcome: Size,
    /// `[X y]'[X y]`, `width × width` with `width = fixed + 1`.
    pub xy: Vec<f64>,
    pub terms: Vec<Term>,
}

impl Design {
    pub fn of(model: &Model<'_>) -> Result<Self> {
        let n = model.outcome.len();
        if n == 0 {
            return Err(NoAnswer::Empty);
        }
        let fixed = model.fixed.len() + usize::from(model.intercept);
        if fixed == 0 || model.groupings.is_empty() {
            return Err(NoAnswer::Empty);
        }
        let outcome = size_of(model.outcome, n, model.intercept)?.ok_or(NoAnswer::NoVariation)?;
        let mut sizes = Vec::with_capacity(fixed);
        if model.intercept {
            sizes.push(CONSTANT);
        }
        for (column, values) in model.fixed.iter().enumerate() {
            let constant = NoAnswer::ConstantColumn {
                what: "predictor",
                column,
            };
            sizes.push(size_of(values, n, model.intercept)?.ok_or(constant)?);
        }
        if n <= fixed {
            return Err(NoAnswer::TooFewRows {
                n: n as u64,
                needed: fixed as u64 + 1,
            });
        }
        let terms: Vec<Term> = model
            .groupings
            .iter()
            .enumerate()
            .map(|(place, grouping)| Term::of(place, grouping, n))
            .collect::<Result<_>>()?;
        let width = fixed + 1;
        let mut design = Self {
            n,
            fixed,
            intercept: model.intercept,
            sizes,
            outcome,
            xy: Vec::new(),
            terms,
        };
        design.add_up(model, width);
        separable(
            &design.xy,
            width,
            fixed,
            "predictor",
            usize::from(model.intercept),
        )?;
        for term in &design.terms {
            let q = term.effects;
            let mut total = vec![0.0; q * q];
            for zz in term.zz.chunks_exact(q * q) {
                total
                    .iter_mut()
                    .zip(zz)
                    .for_each(|(sum, value)| *sum += value);
            }
            separable(&total, q, q, "random slope", usize::from(term.intercept))?;
        }
        Ok(design)
    }

    /// Fixed coefficients and the outcome.
    pub fn width(&self) -> usize {
        self.fixed + 1
    }

    fn add_up(&mut self, model: &Model<'_>, width: usize) {
        let n = self.n;
        let held: usize = self.terms.iter().map(|t| t.zz.len() + t.zxy.len()).sum();
        // Every part holds sums for all groups: with many groups one part is cheaper.
        let parts = if held * PARTS <= n * 4 { PARTS } else { 1 };
        let length = n.div_ceil(parts);
        let added: Vec<Sums> = (0..parts)
            .into_par_iter()
            .map(|part| {
                let mut sums = Sums::zeros(self, width);
                for row in part * length..((part + 1) * length).min(n) {
                    sums.add(self, model, row, width);
                }
                sums
            })
            .collect();
        let mut total: Option<Sums> = None;
        for sums in added {
            match &mut total {
                Some(total) => total.merge(&sums),
                None => total = Some(sums),
            }
        }
        let Some(mut total) = total else { return };
        mirror(&mut total.xy, width);
        self.xy = total.xy;
        for (term, (mut zz, zxy)) in self.terms.iter_mut().zip(total.terms) {
            let q = term.effects;
            zz.chunks_exact_mut(q * q).for_each(|zz| mirror(zz, q));
            term.zz = zz;
            term.zxy = zxy;
        }
    }

    /// One row of `[X y]` in common sizes.
    pub fn fill(&self, model: &Model<'_>, row: usize, out: &mut [f64]) {
        let constant = usize::from(self.intercept);
        if self.intercept {
            out[0] = 1.0;
        }
        for (k, values) in model.fixed.iter().enumerate() {
            let size = &self.sizes[k + constant];
            out[k + constant] = (values[row] - size.centre) / size.scale;
        }
        out[self.fixed] = (model.outcome[row] - self.outcome.centre) / self.outcome.scale;
    }
}

impl Term {
    fn of(place: usize, grouping: &Grouping<'_>, n: usize) -> Result<Self> {
        same_length(n, grouping.group.len())?;
        let effects = grouping.slopes.len() + usize::from(grouping.intercept);
        if effects == 0 {
            return Err(NoAnswer::Empty);
        }
        let mut seen = vec![false; grouping.groups];
        for &group in grouping.group {
            match seen.get_mut(group) {
                Some(seen) => *seen = true,
                None => {
                    return Err(NoAnswer::Shape {
                        expected: grouping.groups,
                        got: group,
                    });
                }
            }
        }
        let with_rows = seen.iter().filter(|&&seen| seen).count();
        if with_rows < 2 {
            return Err(NoAnswer::TooFewGroups {
                grouping: place,
                n: with_rows,
                needed: 2,
            });
        }
        if with_rows * effects >= n {
            return Err(NoAnswer::MoreEffectsThanRows {
                grouping: place,
                effects: with_rows * effects,
                rows: n,
            });
        }
        let centred = grouping.intercept && grouping.correlated;
        let mut sizes = Vec::with_capacity(effects);
        if grouping.intercept {
            sizes.push(CONSTANT);
        }
        for (column, values) in grouping.slopes.iter().enumerate() {
            // A slope of a constant column is fine where no constant stands beside it.
            let size = match size_of(values, n, centred)? {
                Some(size) if size.scale > 0.0 => size,
                _ => {
                    return Err(NoAnswer::ConstantColumn {
                        what: "random slope",
                        column,
                    });
                }
            };
            sizes.push(size);
        }
        Ok(Self {
            effects,
            groups: grouping.groups,
            with_rows,
            correlated: grouping.correlated,
            intercept: grouping.intercept,
            sizes,
            zz: Vec::new(),
            zxy: Vec::new(),
        })
    }

    /// One row of `Z` in common sizes.
    pub fn fill(&self, grouping: &Grouping<'_>, row: usize, out: &mut [f64]) {
        let constant = usize::from(self.intercept);
        if self.intercept {
            out[0] = 1.0;
        }
        for (k, values) in grouping.slopes.iter().enumerate() {
            let size = &self.sizes[k + constant];
            out[k + constant] = (values[row] - size.centre) / size.scale;
        }
    }
}

const CONSTANT: Size = Size {
    centre: 0.0,
    scale: 1.0,
};

/// Centre and standard deviation of a column (size about zero if not centred); `None` if constant
/// where a constant stands beside it, or all zero.
fn size_of(values: &[f64], n: usize, centred: bool) -> Result<Option<Size>> {
    same_length(n, values.len())?;
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for &value in values {
        within(value, -LARGEST, LARGEST)?;
        low = low.min(value);
        high = high.max(value);
    }
    let largest = low.abs().max(high.abs());
    let centre = if centred {
        // Around the middle first, so that the mean of large numbers is exact enough.
        let middle = low + 0.5 * (high - low);
        middle + values.iter().map(|v| v - middle).sum::<f64>() / n as f64
    } else {
        0.0
    };
    // Divided before squaring: numbers near 1e-300 would vanish otherwise.
    let unit = if centred { high - low } else { largest };
    if unit <= FLAT * largest || unit < f64::MIN_POSITIVE {
        return Ok(None);
    }
    let squares: f64 = values.iter().map(|v| ((v - centre) / unit).powi(2)).sum();
    let scale = unit * (squares / n as f64).sqrt();
    Ok(Some(Size { centre, scale }))
}

struct Sums {
    xy: Vec<f64>,
    terms: Vec<(Vec<f64>, Vec<f64>)>,
    row: Vec<f64>,
    z: Vec<f64>,
}

impl Sums {
    fn zeros(design: &Design, width: usize) -> Self {
        let terms = design
            .terms
            .iter()
            .map(|t| {
                let q = t.effects;
                (vec![0.0; t.groups * q * q], vec![0.0; t.groups * q * width])
            })
            .collect();
        let most = design.terms.iter().map(|t| t.effects).max().unwrap_or(0);
        Self {
            xy: vec![0.0; width * width],
            terms,
            row: vec![0.0; width],
            z: vec![0.0; most],
        }
    }

    fn add(&mut self, design: &Design, model: &Model<'_>, row: usize, width: usize) {
        design.fill(model, row, &mut self.row);
        lower_product(&mut self.xy, &self.row);
        let groupings = design.terms.iter().zip(model.groupings);
        for ((term, grouping), (zz, zxy)) in groupings.zip(&mut self.terms) {
            let q = term.effects;
            let z = &mut self.z[..q];
            term.fill(grouping, row, z);
            let group = grouping.group[row];
            lower_product(&mut zz[group * q * q..(group + 1) * q * q], z);
            let zxy = &mut zxy[group * q * width..(group + 1) * q * width];
            for (sums, z) in zxy.chunks_exact_mut(width).zip(z.iter()) {
                sums.iter_mut()
                    .zip(&self.row)
                    .for_each(|(sum, v)| *sum += z * v);
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        let add = |into: &mut [f64], from: &[f64]| {
            into.iter_mut()
                .zip(from)
                .for_each(|(sum, value)| *sum += value);
        };
        add(&mut self.xy, &other.xy);
        for (mine, theirs) in self.terms.iter_mut().zip(&other.terms) {
            add(&mut mine.0, &theirs.0);
            add(&mut mine.1, &theirs.1);
        }
    }
}

/// Adds `row row'` to the lower half.
fn lower_product(into: &mut [f64], row: &[f64]) {
    let size = row.len();
    for (i, a) in row.iter().enumerate() {
        let sums = &mut into[i * size..=i * size + i];
        sums.iter_mut().zip(row).for_each(|(sum, b)| *sum += a * b);
    }
}

/// Copies the lower half to the upper.
fn mirror(a: &mut [f64], size: usize) {
    for i in 0..size {
        for j in 0..i {
            a[j * size + i] = a[i * size + j];
        }
    }
}

/// Refuses columns that follow from the others: the first `size` of a cross-product `width` wide.
fn separable(
    cross: &[f64],
    width: usize,
    size: usize,
    what: &'static str,
    constant: usize,
) -> Result<()> {
    let mut kept = Independent::default();
    let at = |i: usize, j: usize| {
        cross[i * width + j] / (cross[i * width + i] * cross[j * width + j]).sqrt()
    };
    for column in 0..size {
        let Err(weights) = kept.keep(|other| at(other, column), OWN_PART) else {
            continue;
        };
        let mut columns: Vec<usize> = (constant..column)
            .filter(|&k| weights[k].abs() > INVOLVED)
            .map(|k| k - constant)
            .collect();
        columns.push(column - constant);
        return Err(NoAnswer::Inseparable { what, columns });
    }
    Ok(())
}
