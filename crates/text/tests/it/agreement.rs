//! Agreement of groupings, against scikit-learn 1.9.1 (`normalized_mutual_info_score`,
//! `adjusted_mutual_info_score`, `adjusted_rand_score` with their defaults).

use throughline_text::agreement::{ami, ari, nmi};

/// Both sum the same doubles in another order: a part in 10^9 is generous.
fn check(a: &[u32], b: &[u32], expected: [f64; 3]) {
    let found = [nmi(a, b), ami(a, b), ari(a, b)];
    for (found, expected) in found.into_iter().zip(expected) {
        assert!(
            (found - expected).abs() < 1e-9,
            "{found} should be {expected}"
        );
    }
}

#[test]
fn small_groupings() {
    check(
        &[0, 0, 1, 1, 2, 2, 2, 3],
        &[0, 0, 0, 1, 1, 2, 2, 2],
        [0.55779652909, 0.201186482997, 0.157894736842],
    );
    check(&[0, 0, 1, 1], &[0, 1, 0, 1], [0.0, -0.5, -0.5]);
    check(&[0, 0, 0, 0], &[0, 1, 2, 3], [0.0, 0.0, 0.0]);
    check(&[5, 5, 9, 9], &[1, 1, 7, 7], [1.0, 1.0, 1.0]);
    check(&[], &[], [1.0, 1.0, 1.0]);
    check(&[3], &[8], [1.0, 1.0, 1.0]);
}

#[test]
fn groupings_of_500() {
    let i = || 0..500u32;
    let a: Vec<u32> = i().map(|i| (i * 7919) % 13).collect();
    let b: Vec<u32> = i()
        .map(|i| ((i * 7919) % 13 + if i % 3 == 0 { (i * 104_729) % 5 } else { 0 }) % 11)
        .collect();
    check(
        &a,
        &b,
        [0.5790323809646194, 0.5554282087249357, 0.43659637971395493],
    );
    let a: Vec<u32> = i().map(|i| (i * 31) % 7).collect();
    let b: Vec<u32> = i().map(|i| (i * i * 17 + 3) % 19).collect();
    check(
        &a,
        &b,
        [
            0.00147918181579027,
            -0.025641073042746224,
            -0.013654193711062945,
        ],
    );
}
