//! Arms given to whole clusters (teams, branches): rows of one cluster resemble each other, so
//! the clusters are what was randomised, and errors are CR2 with Satterthwaite degrees of freedom
//! ([`crate::clustered`]). All rows count alike. The same as R's
//! `coef_test(lm(y ~ arm), vcov = "CR2", cluster = …)` of clubSandwich.
//!
//! Adjusting for what was before is a regression on arm and `x` (analysis of covariance); a ratio
//! is compared by its linearised rows. Not here: matched pairs, rows weighted by cluster.

use super::LARGEST;
use super::arm::{PairedArm, clear_of_zero};
use super::fixed::{Comparison, Scale, comparison};
use crate::answer::{Answer, Spread};
use crate::clustered::{Intercept, Source, solve};
use crate::gram::Moments;
use crate::reason::{NoAnswer, Result, same_length, within};
use crate::share::{Sums, clustered_mean};

/// Treated minus control, with what the clusters cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusteredComparison {
    /// The change.
    pub comparison: Comparison,
    /// Clusters of the control and of the treated arm.
    pub clusters: [usize; 2],
    /// How alike rows of one cluster are: the intraclass correlation within arms, by analysis of
    /// variance, at least 0. None if every cluster has one row.
    pub intraclass: Option<f64>,
    /// The error's square over what it would be for independent rows.
    pub design_effect: f64,
}

/// One look at the rows: sums by cluster, of each arm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clusters {
    /// The control's clusters.
    pub control: Vec<PairedArm>,
    /// The treated ones.
    pub treated: Vec<PairedArm>,
}

impl Clusters {
    /// From rows: arm (0 or 1), cluster (any numbering from 0), outcome, and a second column
    /// (zeros if there is none).
    ///
    /// # Errors
    /// [`NoAnswer::Shape`] if lengths differ or an arm is neither 0 nor 1,
    /// [`NoAnswer::ClusterInTwoArms`], [`NoAnswer::NotFinite`], [`NoAnswer::OutOfRange`] past
    /// ±1e50.
    pub fn of_rows(arm: &[usize], cluster: &[usize], y: &[f64], x: &[f64]) -> Result<Self> {
        for length in [cluster.len(), y.len(), x.len()] {
            same_length(arm.len(), length)?;
        }
        let count = cluster
            .iter()
            .max()
            .map_or(0, |most| most.saturating_add(1));
        if count > arm.len().saturating_mul(64).saturating_add(1024) {
            return Err(NoAnswer::Shape {
                expected: arm.len(),
                got: count,
            });
        }
        let mut sums: Vec<(usize, PairedArm)> = vec![(usize::MAX, PairedArm::default()); count];
        for row in 0..arm.len() {
            let (own, paired) = &mut sums[cluster[row]];
            if arm[row] > 1 {
                return Err(NoAnswer::Shape {
                    expected: 2,
                    got: arm[row],
                });
            }
            if *own == usize::MAX {
                *own = arm[row];
            } else if *own != arm[row] {
                return Err(NoAnswer::ClusterInTwoArms {
                    cluster: cluster[row],
                });
            }
            paired.add(y[row], x[row])?;
        }
        let of = |wanted: usize| {
            sums.iter()
                .filter(|(arm, _)| *arm == wanted)
                .map(|(_, paired)| *paired)
                .collect()
        };
        Ok(Self {
            control: of(0),
            treated: of(1),
        })
    }

    /// Means of the first column.
    ///
    /// # Errors
    /// [`NoAnswer::EmptyArm`], [`NoAnswer::TooFewClusters`] under two in an arm or ten in all,
    /// [`NoAnswer::NoVariation`], [`NoAnswer::BaselineNearZero`], [`NoAnswer::Arithmetic`].
    pub fn means(&self, scale: Scale, alpha: f64) -> Result<ClusteredComparison> {
        let (control, treated) = self.whole()?;
        let centre = control.and(&treated).y;
        let rows = self.rows(|_, cluster| Row {
            n: cluster.n,
            z: cluster.n as f64 * (cluster.y - centre),
            zz: cluster.yy + cluster.n as f64 * (cluster.y - centre).powi(2),
            ..Row::default()
        });
        self.answer(&rows, control.y, treated.y - control.y, scale, alpha)
    }

    /// Ratios: sum of the first column over sum of the second.
    ///
    /// # Errors
    /// As [`Clusters::means`] and [`PairedArm::ratio`].
    pub fn ratios(&self, scale: Scale, alpha: f64) -> Result<ClusteredComparison> {
        let (control, treated) = self.whole()?;
        let arms = [control.ratio()?, treated.ratio()?];
        let denominators = [control.x, treated.x];
        let rows = self.rows(|arm, cluster| {
            let (ratio, x) = (arms[arm].value, denominators[arm]);
            let mean = (cluster.y - ratio * cluster.x) / x;
            let about = cluster.yy - 2.0 * ratio * cluster.xy + ratio * ratio * cluster.xx;
            Row {
                n: cluster.n,
                z: cluster.n as f64 * mean,
                zz: about.max(0.0) / x / x + cluster.n as f64 * mean * mean,
                ..Row::default()
            }
        });
        let value = arms[1].value - arms[0].value;
        self.answer(&rows, arms[0].value, value, scale, alpha)
    }

    /// Means of the first column, adjusted for the second (measured before).
    ///
    /// # Errors
    /// As [`Clusters::means`]; [`NoAnswer::NoVariation`] also if the second column doesn't vary,
    /// [`NoAnswer::Collinear`] if it can't be told from the arms.
    pub fn adjusted(&self, scale: Scale, alpha: f64) -> Result<ClusteredComparison> {
        let (control, treated) = self.whole()?;
        let both = control.and(&treated);
        let within_arms = control.xx + treated.xx;
        if within_arms <= 1e-24 * both.x * both.x * both.n as f64 || within_arms <= 0.0 {
            return Err(NoAnswer::NoVariation);
        }
        let scale_x = (within_arms / both.n as f64).sqrt();
        let rows = self.rows(|_, cluster| {
            let n = cluster.n as f64;
            let (dy, dx) = (cluster.y - both.y, (cluster.x - both.x) / scale_x);
            Row {
                n: cluster.n,
                z: n * dy,
                zz: cluster.yy + n * dy * dy,
                x: n * dx,
                xx: cluster.xx / scale_x / scale_x + n * dx * dx,
                zx: cluster.xy / scale_x + n * dy * dx,
            }
        });
        let theta = (control.xy + treated.xy) / within_arms;
        let value = treated.y - control.y - theta * (treated.x - control.x);
        let baseline = control.y - theta * (control.x - both.x);
        self.answer(&rows, baseline, value, scale, alpha)
    }

    fn whole(&self) -> Result<(PairedArm, PairedArm)> {
        let sum = |clusters: &[PairedArm]| {
            clusters
                .iter()
                .fold(PairedArm::default(), |all, cluster| all.and(cluster))
        };
        let (control, treated) = (sum(&self.control), sum(&self.treated));
        for (arm, whole) in [&control, &treated].into_iter().enumerate() {
            if whole.n == 0 {
                return Err(NoAnswer::EmptyArm { arm });
            }
            within(whole.y, -LARGEST, LARGEST)?;
        }
        for clusters in [&self.control, &self.treated] {
            let n = clusters.iter().filter(|cluster| cluster.n > 0).count();
            if n < 2 {
                return Err(NoAnswer::TooFewClusters { n, needed: 2 });
            }
        }
        Ok((control, treated))
    }

    fn rows(&self, row: impl Fn(usize, &PairedArm) -> Row) -> Vec<(usize, Row)> {
        [&self.control, &self.treated]
            .into_iter()
            .enumerate()
            .flat_map(|(arm, clusters)| {
                clusters
                    .iter()
                    .filter(|cluster| cluster.n > 0)
                    .map(move |cluster| (arm, cluster))
            })
            .map(|(arm, cluster)| (arm, row(arm, cluster)))
            .collect()
    }

    /// The contrast of the two arms' coefficients in a regression of `z` on the arms (and `x`).
    fn answer(
        &self,
        rows: &[(usize, Row)],
        baseline: f64,
        difference: f64,
        scale: Scale,
        alpha: f64,
    ) -> Result<ClusteredComparison> {
        let spread = (rows.iter().map(|(_, row)| row.zz).sum::<f64>()
            / rows.iter().map(|(_, row)| row.n as f64).sum::<f64>())
        .sqrt();
        if !(spread > 0.0 && spread.is_finite()) {
            return Err(NoAnswer::NoVariation);
        }
        let with_x = rows.iter().any(|(_, row)| row.xx > 0.0);
        let moments = |g: usize| rows[g].1.moments(rows[g].0, spread, with_x);
        let source = Source {
            rows: rows.iter().map(|(_, row)| row.n).collect(),
            width: 2 + usize::from(with_x),
            intercept: Intercept::Absent,
            moments: &moments,
        };
        let (estimate, gradient) = match scale {
            Scale::Absolute => (difference, [-1.0, 1.0]),
            Scale::Relative => {
                let size = baseline.abs();
                let relative = difference / size;
                let by_control = -(1.0 + relative * baseline.signum()) / size;
                (relative, [by_control, 1.0 / size])
            }
        };
        let contrasts = [vec![(0, gradient[0]), (1, gradient[1])], vec![(0, 1.0)]];
        let solved = solve(&source, &contrasts)?;
        let mut answers = solved.answers.into_iter().map(|(_, answer)| answer);
        let answer = answers.next().ok_or(NoAnswer::Empty)??;
        let control = answers.next().ok_or(NoAnswer::Empty)??;
        let error = answer.spread?;
        if scale == Scale::Relative {
            let se = control.spread.map_or(0.0, |spread| spread.se) * spread;
            clear_of_zero(baseline, se)?;
        }
        let comparison = comparison(estimate, error.se * spread, error.df, alpha, answer.n)?;
        let (intraclass, independent) = likeness(rows, gradient);
        let ratio = comparison.spread.se * comparison.spread.se / independent;
        Ok(ClusteredComparison {
            comparison,
            clusters: [0, 1].map(|arm| rows.iter().filter(|row| row.0 == arm).count()),
            intraclass,
            design_effect: if ratio.is_finite() { ratio } else { 1.0 },
        })
    }
}

/// One arm's ratio of sums with its interval, from its clusters: the mean of linearised rows.
///
/// # Errors
/// As [`PairedArm::ratio`] and [`clustered_mean`]; under ten clusters there is a value but no
/// interval.
pub fn clustered_ratio(clusters: &[PairedArm]) -> Result<Answer> {
    let whole = clusters
        .iter()
        .fold(PairedArm::default(), |all, cluster| all.and(cluster));
    let ratio = whole.ratio()?.value;
    let sums: Vec<Sums> = clusters
        .iter()
        .map(|cluster| {
            let n = cluster.n as f64;
            let mean = (cluster.y - ratio * cluster.x) / whole.x;
            let about = cluster.yy - 2.0 * ratio * cluster.xy + ratio * ratio * cluster.xx;
            Sums {
                n: cluster.n,
                sum: n * mean,
                sum_squares: about.max(0.0) / whole.x / whole.x + n * mean * mean,
            }
        })
        .collect();
    let mut answer = clustered_mean(&sums)?;
    answer.spread = answer.spread.map(|spread| Spread {
        low: spread.low - answer.value + ratio,
        high: spread.high - answer.value + ratio,
        ..spread
    });
    answer.value = ratio;
    Ok(answer)
}

/// Sums of one cluster: of the outcome about a centre (`z`) and of what was before (`x`).
#[derive(Clone, Copy, Debug, Default)]
struct Row {
    n: u64,
    z: f64,
    zz: f64,
    x: f64,
    xx: f64,
    zx: f64,
}

impl Row {
    fn moments(&self, arm: usize, spread: f64, with_x: bool) -> Moments {
        let n = self.n as f64;
        let (z, zz, zx) = (self.z / spread, self.zz / spread / spread, self.zx / spread);
        let own = |value: f64, wanted: usize| if arm == wanted { value } else { 0.0 };
        let mut moments = Moments {
            n: self.n,
            columns: vec![0, 1],
            xtx: vec![own(n, 0), 0.0, own(n, 1)],
            xty: vec![own(z, 0), own(z, 1)],
            yty: zz,
            raw_diagonal: vec![own(n, 0), own(n, 1)],
            raw_yty: zz,
        };
        if with_x {
            moments.columns.push(2);
            moments
                .xtx
                .extend([own(self.x, 0), own(self.x, 1), self.xx]);
            moments.xty.push(zx);
            moments.raw_diagonal.push(self.xx);
        }
        moments
    }
}

/// Intraclass correlation within arms (analysis of variance; Donner 1986), and the variance of the
/// contrast if rows were independent.
fn likeness(rows: &[(usize, Row)], gradient: [f64; 2]) -> (Option<f64>, f64) {
    let (mut between, mut inside, mut lost) = (0.0, 0.0, 0.0);
    let (mut independent, mut total, mut clusters) = (0.0, 0.0, 0.0);
    for (arm, gradient) in gradient.into_iter().enumerate() {
        let own: Vec<&Row> = rows.iter().filter(|r| r.0 == arm).map(|r| &r.1).collect();
        let n: f64 = own.iter().map(|row| row.n as f64).sum();
        let mean = own.iter().map(|row| row.z).sum::<f64>() / n;
        let squares: f64 = own.iter().map(|row| row.z * row.z / row.n as f64).sum();
        let all: f64 = own.iter().map(|row| row.zz).sum();
        between += squares - n * mean * mean;
        inside += (all - squares).max(0.0);
        lost += own.iter().map(|row| (row.n as f64).powi(2)).sum::<f64>() / n;
        total += n;
        clusters += own.len() as f64;
        let variance = (all - n * mean * mean).max(0.0) / (n - 1.0).max(1.0);
        independent += gradient * gradient * variance / n;
    }
    let (freedom_between, freedom_inside) = (clusters - 2.0, total - clusters);
    if freedom_between <= 0.0 || freedom_inside <= 0.0 {
        return (None, independent);
    }
    let usual = (total - lost) / freedom_between;
    let (between, inside) = (between / freedom_between, inside / freedom_inside);
    let whole = between + (usual - 1.0) * inside;
    let icc = if whole > 0.0 {
        (between - inside) / whole
    } else {
        0.0
    };
    (Some(icc.clamp(0.0, 1.0)), independent)
}
