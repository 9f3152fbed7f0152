//! Where numbered badges go in a picture, so that none hides another.

/// Radius of a badge, in pixels.
pub(super) const RADIUS: f64 = 11.0;

/// Where the numbered badges go: on their dot, or beside it where an earlier badge is in the
/// way. Nearest free place first, so a picture with room keeps every badge in its place.
pub(super) fn placed(
    dots: &[(f64, f64)],
    per_pixel: (f64, f64),
    (across, up): ((f64, f64), (f64, f64)),
) -> Vec<(f64, f64)> {
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for dot in dots {
        let mut tries = vec![(0.0, 0.0)];
        for ring in 1..=3 {
            let far = f64::from(ring) * (2.0 * RADIUS + 2.0);
            for eighth in 0..8 {
                let angle = f64::from(eighth) * std::f64::consts::FRAC_PI_4;
                tries.push((far * angle.cos(), far * angle.sin()));
            }
        }
        let spot = |(dx, dy): &(f64, f64)| (dot.0 + dx * per_pixel.0, dot.1 + dy * per_pixel.1);
        let free = |(x, y): &(f64, f64)| {
            let inside = *x >= across.0 && *x <= across.1 && *y >= up.0 && *y <= up.1;
            inside
                && taken.iter().all(|(other_x, other_y)| {
                    let dx = (x - other_x) / per_pixel.0;
                    let dy = (y - other_y) / per_pixel.1;
                    dx.hypot(dy) >= 2.0 * RADIUS + 1.0
                })
        };
        let place = tries.iter().map(spot).find(free).unwrap_or((dot.0, dot.1));
        taken.push(place);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn badges_on_one_spot_move_apart() {
        let dots = [(0.5, 0.5), (0.5, 0.5), (0.51, 0.5)];
        let per_pixel = (0.0025, 0.004);
        let places = placed(&dots, per_pixel, ((0.0, 1.0), (0.0, 1.0)));
        for (at, a) in places.iter().enumerate() {
            for b in &places[..at] {
                let apart = ((a.0 - b.0) / per_pixel.0).hypot((a.1 - b.1) / per_pixel.1);
                assert!(apart >= 2.0 * RADIUS, "{a:?} {b:?}");
            }
        }
        assert_eq!(places[0], (0.5, 0.5), "the first stays where it is");
    }
}
