//! Quantiles of values at hand, sorted upwards: one function for each of the three rules that the
//! references follow (numbered as in Hyndman & Fan 1996, American Statistician 50:361-365, and in
//! R's `quantile`). Quantiles of distributions are in `answer`.

/// The smallest value with at least this share at or below it (type 1), as csdid takes its critical
/// values; none of none.
pub(crate) fn step(sorted: &[f64], share: f64) -> Option<f64> {
    let place = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied()
}

/// Between neighbours in proportion, the first and last of `n` at 1/(n+1) and n/(n+1) (type 6), as
/// R's `boot` does; there must be at least one.
pub(crate) fn inside(sorted: &[f64], share: f64) -> f64 {
    between(sorted, (sorted.len() as f64 + 1.0) * share - 1.0)
}

/// Between neighbours in proportion, the first and last at 0 and 1 (type 7), R's own default; there
/// must be at least one.
pub(crate) fn whole(sorted: &[f64], share: f64) -> f64 {
    between(sorted, share * (sorted.len() as f64 - 1.0))
}

/// The value at a place between two others; the nearest end beyond either.
fn between(sorted: &[f64], place: f64) -> f64 {
    let last = sorted.len() - 1;
    let place = place.clamp(0.0, last as f64);
    let below = place.floor() as usize;
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    low + (high - low) * (place - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R: `quantile(c(1, 2, 4, 8, 16), c(0, .1, .5, .7, 1), type = …)`.
    #[test]
    fn rules_are_those_of_r() {
        let values = [1.0, 2.0, 4.0, 8.0, 16.0];
        for (share, one, six, seven) in [
            (0.0, 1.0, 1.0, 1.0),
            (0.1, 1.0, 1.0, 1.4),
            (0.5, 4.0, 4.0, 4.0),
            (0.7, 8.0, 9.6, 7.2),
            (1.0, 16.0, 16.0, 16.0),
        ] {
            assert_eq!(step(&values, share), Some(one));
            assert!((inside(&values, share) - six).abs() < 1e-12, "{share}");
            assert!((whole(&values, share) - seven).abs() < 1e-12, "{share}");
        }
        assert_eq!(step(&[], 0.5), None);
    }
}
