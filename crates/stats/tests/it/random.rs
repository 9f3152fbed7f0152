//! `random`: the same every time, whatever the order.

use proptest::prelude::*;
use rand::RngExt;
use throughline_stats::random::{BottomK, generator, hash};

#[test]
fn streams_are_fixed_and_apart() {
    let first = |seed, label: &str| generator(seed, label).random::<u64>();
    assert_eq!(first(1, "a"), first(1, "a"));
    assert_ne!(first(1, "a"), first(1, "b"));
    assert_ne!(first(1, "a"), first(2, "a"));
    // XXH3 (128 bits, low half) of nothing with seed 0, from the algorithm's own test vectors:
    // results must not change between versions or machines.
    assert_eq!(hash(0, b""), 0x6001_c324_468d_497f);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_sample_does_not_depend_on_order_or_parts(
        ids in proptest::collection::hash_set(0u32..10_000, 0..200),
        size in 0usize..40,
        cut in 0usize..200,
    ) {
        let ids: Vec<u32> = ids.into_iter().collect();
        let sample = |ids: &[u32]| {
            let mut sample = BottomK::new(size, 9);
            for id in ids {
                let bytes = id.to_le_bytes();
                let (wanted, before) = (sample.wants(&bytes), sample.clone());
                sample.add(&bytes, *id);
                // `wants` says no only where adding changes nothing.
                if !wanted {
                    prop_assert_eq!(before.into_sorted(), sample.clone().into_sorted());
                }
            }
            Ok(sample)
        };
        let whole = sample(&ids)?.into_sorted();
        prop_assert_eq!(whole.len(), size.min(ids.len()));
        let (a, b) = ids.split_at(cut.min(ids.len()));
        let mut parts = sample(b)?;
        parts.merge(sample(a)?);
        prop_assert_eq!(&parts.into_sorted(), &whole);
        let mut expected = ids.clone();
        expected.sort_by_key(|id| hash(9, &id.to_le_bytes()));
        expected.truncate(size);
        prop_assert_eq!(whole, expected);
    }
}
