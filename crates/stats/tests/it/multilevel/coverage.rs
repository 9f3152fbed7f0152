//! 95% intervals hold the truth, short version (the long one is `bench/multilevel`).

use super::simulate::{Plan, USUAL};

/// 400 runs: the share's own standard error is .011, so .92 to .98 is 2.7 of them.
#[test]
fn intervals_hold_the_truth() {
    let few = Plan {
        groups: 12,
        periods: 24,
        ..USUAL
    };
    for (name, plan) in [("60 by 24", USUAL), ("12 by 24", few)] {
        let (shares, without) = plan.coverage(400, 0);
        assert_eq!(without, 0, "{name}");
        for share in shares {
            assert!((0.92..=0.98).contains(&share), "{name}: {shares:?}");
        }
    }
}
