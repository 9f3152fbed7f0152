//! Joint draws of several items: what ranks, probabilities and intervals of anything made from the
//! items are read off.

use crate::answer::LEVEL;
use crate::quantile;
use crate::reason::{NoAnswer, Result, finite};

/// Draws of `items` values at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    items: usize,
    /// One draw after another.
    values: Vec<f64>,
}

impl Draws {
    /// From values, one draw after another, each with a value for every item.
    ///
    /// # Errors
    /// [`NoAnswer::Empty`] without items or draws, [`NoAnswer::Shape`] if the last draw is cut
    /// short, [`NoAnswer::NotFinite`].
    pub fn new(items: usize, values: Vec<f64>) -> Result<Self> {
        if items == 0 || values.is_empty() {
            return Err(NoAnswer::Empty);
        }
        if !values.len().is_multiple_of(items) {
            return Err(NoAnswer::Shape {
                expected: items,
                got: values.len() % items,
            });
        }
        for &value in &values {
            finite(value)?;
        }
        Ok(Self { items, values })
    }

    /// Items in a draw.
    pub fn items(&self) -> usize {
        self.items
    }

    /// How many draws.
    pub fn count(&self) -> usize {
        self.values.len() / self.items
    }

    /// All draws, each with a value for every item.
    pub fn iter(&self) -> impl Iterator<Item = &[f64]> {
        self.values.chunks_exact(self.items)
    }

    /// The values of one item (an index past the end gives none).
    pub fn item(&self, item: usize) -> Vec<f64> {
        self.iter()
            .filter_map(|draw| draw.get(item).copied())
            .collect()
    }

    /// Mean of one item; panics past the end, as a slice does.
    pub fn mean(&self, item: usize) -> f64 {
        self.iter().map(|draw| draw[item]).sum::<f64>() / self.count() as f64
    }

    /// Middle 95% of one item; panics past the end, as a slice does.
    pub fn interval(&self, item: usize) -> (f64, f64) {
        middle(self.item(item))
    }

    /// Share of draws in which the item is above `value`.
    pub fn share_above(&self, item: usize, value: f64) -> f64 {
        self.item(item).iter().filter(|&&v| v > value).count() as f64 / self.count() as f64
    }

    /// Other items made from each draw: `make` gets a draw and fills the new one.
    ///
    /// # Errors
    /// As [`Draws::new`].
    pub fn map(&self, items: usize, mut make: impl FnMut(&[f64], &mut [f64])) -> Result<Self> {
        let mut values = vec![0.0; items * self.count()];
        for (draw, out) in self.iter().zip(values.chunks_exact_mut(items.max(1))) {
            make(draw, out);
        }
        Self::new(items, values)
    }
}

/// Middle 95% of some values; the quantiles are those of R's type 7.
pub(crate) fn middle(values: Vec<f64>) -> (f64, f64) {
    without_tails(values, (1.0 - LEVEL) / 2.0)
}

/// Some values without a share of them at either end; there must be at least one.
pub(crate) fn without_tails(mut values: Vec<f64>, tail: f64) -> (f64, f64) {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| quantile::whole(&values, share);
    (at(tail), at(1.0 - tail))
}
