//! One arm's rows as a value with the variance of one row: means, shares, and ratios of two
//! columns by the delta method (Deng, Knoblich & Lu 2018, KDD, section 3.1).
//!
//! Rows are independent here: one row a person (or whatever was randomised). Where several rows
//! belong to one randomised thing, see [`super::clustered`].

use super::LARGEST;
use crate::answer::{Answer, Spread};
use crate::reason::{NoAnswer, Result, same_length, within};
use crate::share::Sums;

/// What failed where a ratio or its error can't be held by numbers of double precision.
pub const RATIO_OUT_OF_REACH: &str = "a ratio too large, or of numbers too small, to be held";
/// Least mean denominator: smaller ones' squares are lost.
const SMALLEST_DENOMINATOR: f64 = 1e-140;
/// Largest ratio: its square times that of a denominator can be held.
const LARGEST_RATIO: f64 = 1e100;

/// An arm: what it came to, and how far single rows scatter around that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arm {
    /// Rows.
    pub n: u64,
    /// Mean, share or ratio.
    pub value: f64,
    /// Variance of one row: that of the value is this over `n`.
    pub variance: f64,
}

/// Two columns of an arm: outcome and denominator, or outcome and the same measured before.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairedArm {
    /// Rows.
    pub n: u64,
    /// Mean of the first column.
    pub y: f64,
    /// Mean of the second.
    pub x: f64,
    /// Sum of squared deviations of the first.
    pub yy: f64,
    /// Sum of squared deviations of the second.
    pub xx: f64,
    /// Sum of products of deviations.
    pub xy: f64,
}

impl Arm {
    /// Of an outcome's values.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] past ±1e50.
    pub fn of_values(values: &[f64]) -> Result<Self> {
        let mut paired = PairedArm::default();
        for &value in values {
            paired.add(value, 0.0)?;
        }
        paired.first()
    }

    /// Of rows, sum and sum of squares.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`], also where the sum
    /// of squares is less than the sum allows.
    pub fn of_sums(sums: Sums) -> Result<Self> {
        PairedArm::of_sums(sums, Sums::of_share(sums.n, 0), 0.0)?.first()
    }

    /// A share: `hits` of `n` rows are 1. The variance is `share × (1 - share)`.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`], [`NoAnswer::OutOfRange`] if `hits` exceeds `n`.
    pub fn of_share(n: u64, hits: u64) -> Result<Self> {
        if n == 0 {
            return Err(NoAnswer::Empty);
        }
        let value = within(hits as f64, 0.0, n as f64)? / n as f64;
        Ok(Self {
            n,
            value,
            variance: value * (1.0 - value),
        })
    }

    /// The value with the interval of Student's t (for shares see [`crate::share::wilson`]).
    pub fn answer(&self) -> Answer {
        let spread = match self.n {
            0 => Err(NoAnswer::Empty),
            1 => Err(NoAnswer::TooFewRows { n: 1, needed: 2 }),
            n => Spread::symmetric(self.value, self.se(), (n - 1) as f64),
        };
        Answer {
            value: self.value,
            n: self.n,
            spread,
        }
    }

    /// Standard error of the value.
    pub fn se(&self) -> f64 {
        (self.variance / self.n.max(1) as f64).sqrt()
    }

    /// The same arm with values divided by `factor` > 0.
    pub(crate) fn over(&self, factor: f64) -> Self {
        Self {
            value: self.value / factor,
            variance: self.variance / factor / factor,
            ..*self
        }
    }
}

impl PairedArm {
    /// Of two columns, row by row.
    ///
    /// # Errors
    /// [`NoAnswer::Shape`] if their lengths differ, [`NoAnswer::NotFinite`],
    /// [`NoAnswer::OutOfRange`] past ±1e50.
    pub fn of_values(y: &[f64], x: &[f64]) -> Result<Self> {
        same_length(y.len(), x.len())?;
        let mut paired = Self::default();
        for (&y, &x) in y.iter().zip(x) {
            paired.add(y, x)?;
        }
        Ok(paired)
    }

    /// Of sums, sums of squares and the sum of products.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`], [`NoAnswer::Shape`] if the rows differ, [`NoAnswer::NotFinite`],
    /// [`NoAnswer::OutOfRange`].
    pub fn of_sums(y: Sums, x: Sums, products: f64) -> Result<Self> {
        same_length(y.n as usize, x.n as usize)?;
        if y.n == 0 {
            return Err(NoAnswer::Empty);
        }
        let n = y.n as f64;
        let square = |sums: Sums| {
            within(sums.sum, -LARGEST * n, LARGEST * n)?;
            within(sums.sum_squares, 0.0, LARGEST * LARGEST * n)?;
            let about = sums.sum_squares - sums.sum * sums.sum / n;
            // Below this it is the rounding of the sums.
            let rounding = 1e-12 * sums.sum_squares;
            if about < -rounding {
                let least = sums.sum * sums.sum / n;
                return Err(NoAnswer::OutOfRange {
                    value: sums.sum_squares,
                    low: least,
                    high: f64::MAX,
                });
            }
            Ok(if about <= rounding { 0.0 } else { about })
        };
        let (yy, xx) = (square(y)?, square(x)?);
        within(products, -LARGEST * LARGEST * n, LARGEST * LARGEST * n)?;
        // Cauchy and Schwarz, so that no variance below can come out negative.
        let most = yy.sqrt() * xx.sqrt();
        Ok(Self {
            n: y.n,
            y: y.sum / n,
            x: x.sum / n,
            yy,
            xx,
            xy: (products - y.sum * x.sum / n).clamp(-most, most),
        })
    }

    /// Takes in one row (Welford's updating, so that nothing is lost to a far-off mean).
    ///
    /// # Errors
    /// [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] past ±1e50.
    pub fn add(&mut self, y: f64, x: f64) -> Result<()> {
        within(y, -LARGEST, LARGEST)?;
        within(x, -LARGEST, LARGEST)?;
        self.n += 1;
        let n = self.n as f64;
        let (dy, dx) = (y - self.y, x - self.x);
        self.y += dy / n;
        self.x += dx / n;
        self.yy += dy * (y - self.y);
        self.xx += dx * (x - self.x);
        self.xy += dy * (x - self.x);
        Ok(())
    }

    /// These rows and `other`'s together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        if self.n == 0 || other.n == 0 {
            return if self.n == 0 { *other } else { *self };
        }
        let (a, b) = (self.n as f64, other.n as f64);
        let (dy, dx) = (other.y - self.y, other.x - self.x);
        let part = b / (a + b);
        Self {
            n: self.n + other.n,
            y: self.y + dy * part,
            x: self.x + dx * part,
            yy: self.yy + other.yy + dy * dy * a * part,
            xx: self.xx + other.xx + dx * dx * a * part,
            xy: self.xy + other.xy + dy * dx * a * part,
        }
    }

    /// The first column alone.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`].
    pub fn first(&self) -> Result<Arm> {
        if self.n == 0 {
            return Err(NoAnswer::Empty);
        }
        Ok(Arm {
            n: self.n,
            value: self.y,
            variance: self.variances().0,
        })
    }

    /// Sum of the first column over the sum of the second. Only ratios of the second column's
    /// sums clearly above zero have an error worth stating.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`], [`NoAnswer::TooFewRows`] for a single row, and
    /// [`NoAnswer::BaselineNearZero`] unless the mean denominator is four standard errors above
    /// zero, [`NoAnswer::Arithmetic`] past what can be held.
    pub fn ratio(&self) -> Result<Arm> {
        if self.n < 2 {
            return Err(match self.n {
                0 => NoAnswer::Empty,
                n => NoAnswer::TooFewRows { n, needed: 2 },
            });
        }
        let (_, variance_x, _) = self.variances();
        let se = (variance_x / self.n as f64).sqrt();
        clear_of_zero(self.x, se)?;
        if self.x <= 0.0 {
            return Err(NoAnswer::BaselineNearZero { value: self.x, se });
        }
        let value = self.y / self.x;
        if self.x < SMALLEST_DENOMINATOR || value.is_nan() || value.abs() > LARGEST_RATIO {
            return Err(NoAnswer::Arithmetic {
                what: RATIO_OUT_OF_REACH,
            });
        }
        Ok(Arm {
            n: self.n,
            value,
            variance: self.variance_of(1.0, -value) / self.x / self.x,
        })
    }

    /// The first column's sums, as the functions of [`crate::share`] take them.
    pub fn sums(&self) -> Sums {
        let n = self.n as f64;
        Sums {
            n: self.n,
            sum: n * self.y,
            sum_squares: self.yy + n * self.y * self.y,
        }
    }

    /// Variances of both columns and their covariance, a row.
    pub(crate) fn variances(&self) -> (f64, f64, f64) {
        let freedom = self.n.saturating_sub(1).max(1) as f64;
        (self.yy / freedom, self.xx / freedom, self.xy / freedom)
    }

    /// Variance of `a × y + b × x`, a row; what is left by rounding counts as none.
    pub(crate) fn variance_of(&self, a: f64, b: f64) -> f64 {
        let (yy, xx, xy) = self.variances();
        let (first, second) = (a * a * yy, b * b * xx);
        let variance = first + second + 2.0 * a * b * xy;
        if variance <= 1e-12 * (first + second) {
            0.0
        } else {
            variance
        }
    }
}

/// Refuses to divide by what may well be zero: the delta method holds where the divisor is at
/// least four standard errors away.
pub(crate) fn clear_of_zero(value: f64, se: f64) -> Result<()> {
    if value.abs() > 4.0 * se && value != 0.0 {
        Ok(())
    } else {
        Err(NoAnswer::BaselineNearZero { value, se })
    }
}
