//! Short simulations of coverage; the long ones are in `bench/drivers`.

#[path = "../../../../../bench/drivers/simulate.rs"]
mod simulate;

use simulate::{Shape, cover};

/// 300 runs: a true 95% lies within 92.2 to 97.5 with probability .98.
#[test]
fn intervals_of_slopes_cover() {
    for (name, clusters) in [("clusters", Some(40)), ("rows of unequal spread", None)] {
        let shape = Shape {
            rows: 400,
            clusters,
            columns: 4,
        };
        let cover = cover(&shape, 300, 0, 7);
        assert!((0.922..=0.98).contains(&cover.slope), "{name}: {cover:?}");
        assert!(
            (0.922..=0.98).contains(&cover.slope_of_none),
            "{name}: {cover:?}"
        );
    }
}

/// Shares well away from zero, 100 runs of 199 draws: wide bounds, for gross errors alone.
#[test]
fn intervals_of_shares_cover_roughly() {
    let shape = Shape {
        rows: 500,
        clusters: None,
        columns: 4,
    };
    let cover = cover(&shape, 100, 199, 11);
    assert!((0.86..=0.99).contains(&cover.share), "{cover:?}");
    assert!(cover.share_of_none_given < 0.15, "{cover:?}");
}
