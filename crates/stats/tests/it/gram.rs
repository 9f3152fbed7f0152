//! `gram`: the same bytes whatever the order, and nothing taken in that it can't hold.

use proptest::prelude::*;
use throughline_stats::{Gram, NoAnswer};

type Row = (Vec<(usize, f64)>, f64);

const WIDTH: usize = 7;

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let value = prop_oneof![
        3 => Just(1.0),
        1 => -1e6..1e6,
        1 => (-40_000i32..40_000).prop_map(f64::from),
        1 => Just(0.0),
    ];
    let columns = proptest::collection::btree_map(0..WIDTH, value, 0..5)
        .prop_map(|map| map.into_iter().collect());
    proptest::collection::vec((columns, -1e5..1e5), 0..30)
}

fn gram<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Gram {
    let mut gram = Gram::new(WIDTH);
    for (columns, y) in rows {
        gram.add(columns, *y).expect("clean row");
    }
    gram
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn order_and_parts_leave_no_trace(rows in rows(), cut in 0usize..30) {
        let whole = gram(&rows);
        let bytes = whole.to_bytes();
        prop_assert_eq!(gram(rows.iter().rev()).to_bytes(), bytes.clone());
        let cut = cut.min(rows.len());
        let (first, second) = (gram(&rows[..cut]), gram(&rows[cut..]));
        for (mut a, b) in [(first.clone(), &second), (second.clone(), &first)] {
            a.merge(b).expect("same width");
            prop_assert_eq!(a.to_bytes(), bytes.clone());
        }
        let back = Gram::from_bytes(&bytes).expect("own bytes");
        prop_assert_eq!(back.to_bytes(), bytes);
        prop_assert_eq!(&back, &whole);
        // And it still adds: what was read back is as good as what was written.
        let mut grown = back;
        grown.merge(&whole).expect("same width");
        prop_assert_eq!(grown.n(), 2 * whole.n());
    }

    #[test]
    fn sums_are_those_of_the_rows(rows in rows()) {
        let gram = gram(&rows);
        let at = |row: &Row, k: usize| row.0.iter().find(|c| c.0 == k).map_or(0.0, |c| c.1);
        for i in 0..WIDTH {
            let sum: f64 = rows.iter().map(|row| at(row, i)).sum();
            prop_assert!((gram.sum(i) - sum).abs() < 1e-4);
            for j in 0..WIDTH {
                let product: f64 = rows.iter().map(|row| at(row, i) * at(row, j)).sum();
                // A value is off by 2^-21 at most, times a value of up to a million, by row.
                prop_assert!((gram.product(i, j) - product).abs() < 1.0 * (1 + rows.len()) as f64);
            }
        }
    }

    #[test]
    fn spoilt_bytes_are_refused_or_read(rows in rows(), at in 0usize..400, bit in 0u8..8) {
        let mut bytes = gram(&rows).to_bytes();
        for cut in 0..bytes.len() {
            prop_assert!(Gram::from_bytes(&bytes[..cut]).is_err());
        }
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        if let Ok(other) = Gram::from_bytes(&bytes) {
            // Whatever is read can be written and merged.
            prop_assert_eq!(other.to_bytes(), bytes);
            let _ = gram(&rows).merge(&other);
        }
    }
}

fn check(columns: &[(usize, f64)], y: f64, expected: &str) {
    let mut gram = gram(&[(vec![(0, 1.0), (3, 0.5)], 2.0)]);
    let before = gram.to_bytes();
    let refused = gram.add(columns, y).expect_err("a refusal");
    assert!(refused.to_string().contains(expected), "{refused}");
    assert_eq!(
        gram.to_bytes(),
        before,
        "a refused row leaves nothing behind"
    );
}

#[test]
fn bad_rows_are_refused() {
    check(&[], f64::NAN, "not a finite number");
    check(&[], f64::INFINITY, "not a finite number");
    check(&[(0, f64::NEG_INFINITY)], 1.0, "not a finite number");
    check(&[(0, 1e300)], 1.0, "is outside");
    check(&[], -1e300, "is outside");
    check(&[(1, 1.0), (7, 1.0)], 1.0, "got `7` where 7 was expected");
    check(
        &[(1, 1.0), (2, 1.0), (1, 1.0)],
        1.0,
        "column `1` is given twice",
    );
}

#[test]
fn widths_must_agree() {
    let shape = NoAnswer::Shape {
        expected: 2,
        got: 3,
    };
    assert_eq!(Gram::new(2).merge(&Gram::new(3)), Err(shape));
    assert_eq!(
        Gram::from_bytes(b""),
        Err(NoAnswer::BadBytes { what: "Gram" })
    );
}
