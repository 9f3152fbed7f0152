//! What an earlier pass found about the sources of all files together.

use crate::check::scale;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::metric::Scale;

/// What is known before a pass.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Scales outside of which scores are refused.
    pub scales: BTreeMap<String, Scale>,
    /// Values that stand for "no answer", with how often they came.
    pub codes: BTreeMap<String, Vec<(i64, u64)>>,
    /// Sources whose scores are shares of one, to be read as percent.
    pub fractions: BTreeSet<String>,
    /// Whether a source's metrics make sources of their own.
    pub split_sources: bool,
}

impl Known {
    /// Adds codes that a pass found to those of earlier ones.
    pub(crate) fn add_codes(&mut self, found: BTreeMap<String, Vec<(i64, u64)>>) {
        for (source, codes) in found {
            self.codes.entry(source).or_default().extend(codes);
        }
    }

    /// Sentences about what is read otherwise than it is written.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for (source, scale) in &self.scales {
            notes.push(format!(
                "scores of `{source}` run from {} to {}, but for a few far outside that were refused; say otherwise with `--scale`",
                scale.low, scale.high
            ));
        }
        for (source, codes) in &self.codes {
            let said: Vec<String> = codes
                .iter()
                .map(|(value, times)| format!("`{}` ({times} times)", *value as f64 / 1e6))
                .collect();
            notes.push(format!(
                "in the scores of `{source}`, {} stands far from all others and was read as no score; say otherwise with `--scale`",
                said.join(" and ")
            ));
        }
        for source in &self.fractions {
            notes.push(format!(
                "scores of `{source}` are shares of one and were read as percent, 0 to 100"
            ));
        }
        notes
    }

    /// What scores of a source are read by.
    pub(crate) fn expected(&self, source: &str, given: Option<Scale>) -> Expected {
        let micro = |end: f64| (end * 1e6).round() as i64;
        let ends = given.or_else(|| self.scales.get(source).copied());
        let codes = self.codes.get(source).into_iter().flatten();
        Expected {
            ends: ends.map(|scale| (micro(scale.low), micro(scale.high))),
            codes: codes.map(|(value, _)| *value).collect(),
            percent: self.fractions.contains(source),
        }
    }
}

/// What a source's scores are read by.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    /// Ends of the scale in millionths, where known.
    pub ends: Option<(i64, i64)>,
    codes: Vec<i64>,
    percent: bool,
}

impl Expected {
    /// The score meant by one that was read; `None` where it stands for no answer.
    pub(crate) fn meant(&self, micro: i64) -> Option<i64> {
        let factor = if self.percent { scale::PERCENT } else { 1 };
        (!self.codes.contains(&micro)).then_some(micro * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_a_later_pass_stand_beside_the_earlier_ones() {
        let mut known = Known::default();
        let found = |codes: &[(i64, u64)]| BTreeMap::from([("a".to_owned(), codes.to_vec())]);
        known.add_codes(found(&[(99_000_000, 6)]));
        known.add_codes(found(&[(9_000_000, 8)]));
        let expected = known.expected("a", None);
        assert_eq!(expected.meant(99_000_000), None);
        assert_eq!(expected.meant(9_000_000), None);
        assert_eq!(expected.meant(5_000_000), Some(5_000_000));
    }
}
