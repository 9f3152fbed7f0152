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
        // A badge beside its dot is whole: its rim too stays inside.
        let (rim_x, rim_y) = (RADIUS * per_pixel.0, RADIUS * per_pixel.1);
        let free = |(x, y): &(f64, f64)| {
            let inside = (*x - rim_x >= across.0 && *x + rim_x <= across.1)
                && (*y - rim_y >= up.0 && *y + rim_y <= up.1);
            (inside || (*x, *y) == *dot)
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

    #[test]
    fn a_badge_that_moves_is_not_cut_off_at_the_edge() {
        let dots = [(0.97, 0.5), (0.99, 0.5), (1.0, 0.98)];
        let per_pixel = (0.0025, 0.004);
        let places = placed(&dots, per_pixel, ((0.0, 1.0), (0.0, 1.0)));
        assert_eq!(places[0], dots[0]);
        let moved = places[1];
        assert_ne!(moved, dots[1]);
        assert!(moved.0 + RADIUS * per_pixel.0 <= 1.0, "{moved:?}");
        assert_eq!(places[2], dots[2], "nothing is in its way");
    }
}
