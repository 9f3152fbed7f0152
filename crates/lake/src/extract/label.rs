//! Labels as places in a list of names, gathered block by block.

use rustc_hash::FxHashMap;

/// Marks a row without a label while gathering.
pub(super) const MISSING: u32 = u32::MAX;

/// Labels of some rows; `names` in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    places: FxHashMap<String, u32>,
    pub names: Vec<String>,
    pub codes: Vec<u32>,
}

impl Gathered {
    /// A row with this label.
    pub(super) fn push(&mut self, label: &str) {
        let code = self.place(label);
        self.codes.push(code);
    }

    /// A row without a label.
    pub(super) fn push_missing(&mut self) {
        self.codes.push(MISSING);
    }

    fn place(&mut self, label: &str) -> u32 {
        if let Some(&place) = self.places.get(label) {
            return place;
        }
        // A file has fewer rows than `MISSING`: every row takes at least two bytes.
        let place = self.names.len() as u32;
        self.names.push(label.to_owned());
        self.places.insert(label.to_owned(), place);
        place
    }

    /// Adds the rows of a later block.
    pub(super) fn append(&mut self, block: Self) {
        let places: Vec<u32> = block.names.iter().map(|name| self.place(name)).collect();
        let place = |&code: &u32| places.get(code as usize).copied().unwrap_or(MISSING);
        self.codes.extend(block.codes.iter().map(place));
    }

    /// Codes and names, names in an order that the rows' doesn't change.
    pub(super) fn ordered(self) -> (Vec<Option<u32>>, Vec<String>) {
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        let numbers: Option<Vec<f64>> = self
            .names
            .iter()
            .map(|name| name.parse().ok().filter(|number: &f64| number.is_finite()))
            .collect();
        order.sort_by(|&one, &other| {
            let by_size = numbers
                .as_ref()
                .map(|numbers| numbers[one].total_cmp(&numbers[other]));
            by_size
                .unwrap_or(std::cmp::Ordering::Equal)
                .then_with(|| self.names[one].cmp(&self.names[other]))
        });
        let mut places = vec![0u32; order.len()];
        for (place, &old) in order.iter().enumerate() {
            places[old] = place as u32;
        }
        let codes = self
            .codes
            .iter()
            .map(|&code| places.get(code as usize).copied())
            .collect();
        let names = order.iter().map(|&old| self.names[old].clone()).collect();
        (codes, names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_rows_does_not_change_the_names() {
        let gathered = |labels: &[&str]| {
            let mut all = Gathered::default();
            for label in labels {
                let mut block = Gathered::default();
                block.push(label);
                block.push_missing();
                all.append(block);
            }
            all.ordered()
        };
        let (codes, names) = gathered(&["b", "a", "b"]);
        assert_eq!(names, ["a", "b"]);
        assert_eq!(codes, [Some(1), None, Some(0), None, Some(1), None]);
        assert_eq!(gathered(&["10", "9"]).1, ["9", "10"]);
        assert_eq!(gathered(&["10", "9", "x"]).1, ["10", "9", "x"]);
    }
}
