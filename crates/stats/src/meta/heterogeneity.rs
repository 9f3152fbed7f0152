//! How much true values differ beyond their known errors: the restricted likelihood of `τ²`.
//! Shared by meta-analysis and by shrinking (`shrink`), which works in rotated coordinates.

/// Estimates `y ~ N(μ·ones, variances + τ²)`, independent.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// Variances of the errors, all above 0.
    pub variances: Vec<f64>,
    /// What the mean is multiplied by: ones, unless rotated.
    pub ones: Vec<f64>,
    /// The estimates.
    pub estimates: Vec<f64>,
}

impl Known {
    /// At a given `τ²`: the weights, `1'W1` and the mean.
    pub fn at(&self, tau2: f64) -> (Vec<f64>, f64, f64) {
        let weights: Vec<f64> = self.variances.iter().map(|v| 1.0 / (v + tau2)).collect();
        let (mut whole, mut sum) = (0.0, 0.0);
        for (i, w) in weights.iter().enumerate() {
            whole += w * self.ones[i] * self.ones[i];
            sum += w * self.ones[i] * self.estimates[i];
        }
        (weights, whole, sum / whole)
    }

    /// Restricted log-likelihood of `τ²`, up to a constant, and its slope.
    pub fn likelihood(&self, tau2: f64) -> (f64, f64) {
        let (weights, whole, mean) = self.at(tau2);
        let (mut value, mut trace, mut squares, mut pull) = (whole.ln(), 0.0, 0.0, 0.0);
        for (i, w) in weights.iter().enumerate() {
            let off = self.estimates[i] - mean * self.ones[i];
            value += w * off * off - w.ln();
            trace += w;
            pull += w * w * self.ones[i] * self.ones[i];
            squares += w * w * off * off;
        }
        (-0.5 * value, -0.5 * (trace - pull / whole - squares))
    }

    /// The `τ²` of highest restricted likelihood: best of a wide grid, then bisection.
    pub fn best_tau2(&self) -> f64 {
        let scale = self.scale();
        let grid: Vec<f64> = std::iter::once(0.0)
            .chain((0..=240).map(|k| scale * 10f64.powf(-8.0 + f64::from(k) / 20.0)))
            .collect();
        let best = (0..grid.len())
            .max_by(|&a, &b| {
                self.likelihood(grid[a])
                    .0
                    .total_cmp(&self.likelihood(grid[b]).0)
            })
            .unwrap_or(0);
        let mut low = grid[best.saturating_sub(1)];
        let mut high = grid[(best + 1).min(grid.len() - 1)];
        if best == 0 && self.likelihood(0.0).1 <= 0.0 {
            return 0.0;
        }
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if self.likelihood(middle).1 > 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }

    /// A size that `τ²` is surely not far above: the estimates' spread plus the mean variance.
    pub fn scale(&self) -> f64 {
        let size = self.estimates.len() as f64;
        let squares: f64 = self.estimates.iter().map(|v| v * v).sum();
        let sum: f64 = self
            .estimates
            .iter()
            .zip(&self.ones)
            .map(|(a, b)| a * b)
            .sum();
        (squares - sum * sum / size).max(0.0) / size + self.variances.iter().sum::<f64>() / size
    }
}
