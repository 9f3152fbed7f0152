//! Scores given in words that are numbers, or yes and no: Google's `FIVE`, Zendesk's `Good`, `Bad` and `Offered`.
//!
//! A column is read so only where nearly all of its cells are such words; a word beside others tells nothing.

use super::score::MICRO;
use super::{is_missing, score};

/// Stars spelt out.
const STARS: [&str; 5] = ["one", "two", "three", "four", "five"];
/// What is said where nobody has answered yet.
const NONE: [&str; 3] = ["offered", "unoffered", "not offered"];

/// Words that a column's scores may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdicts {
    /// `ONE` to `FIVE`.
    Stars,
    /// `Good` is 1, `Bad` 0.
    GoodOrBad,
}

impl Verdicts {
    /// Which words a column's cells are; `None` where they are others.
    pub(crate) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Self> {
        let (mut all, mut stars, mut none) = (0, 0, 0);
        let mut verdicts = [0, 0];
        for cell in cells.filter(|cell| !is_missing(cell)) {
            all += 1;
            stars += usize::from(Self::Stars.number(cell).is_some());
            if let Some(number) = Self::GoodOrBad.number(cell) {
                verdicts[number] += 1;
            }
            none += usize::from(is_none(cell));
        }
        let nearly_all = |of: usize| of > 0 && (of + none) * 20 >= all * 19;
        if nearly_all(stars) {
            Some(Self::Stars)
        } else if nearly_all(verdicts.iter().sum()) && (none > 0 || !verdicts.contains(&0)) {
            Some(Self::GoodOrBad)
        } else {
            None
        }
    }

    fn number(self, cell: &str) -> Option<usize> {
        match self {
            Self::Stars => STARS
                .iter()
                .position(|word| cell.eq_ignore_ascii_case(word))
                .map(|place| place + 1),
            // `Good, I'm satisfied` and `good_with_comment` are the same verdict.
            Self::GoodOrBad => {
                let first = cell.split([',', '_', ' ']).next().unwrap_or_default();
                ["bad", "good"]
                    .iter()
                    .position(|word| first.eq_ignore_ascii_case(word))
            }
        }
    }

    /// The score of a cell in millionths; `Ok(None)` where it says that there is none.
    pub(crate) fn micro(self, cell: &str) -> Result<Option<i64>, &'static str> {
        match self.number(cell) {
            Some(number) => Ok(Some((number as f64 * MICRO) as i64)),
            None if is_none(cell) => Ok(None),
            None => score::micro(cell),
        }
    }
}

fn is_none(cell: &str) -> bool {
    NONE.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_where_nearly_all_of_a_column_are_such() {
        let check = |cells: &[&str], expected| {
            assert_eq!(Verdicts::of(cells.iter().copied()), expected, "{cells:?}");
        };
        check(&["FIVE", "", "one"], Some(Verdicts::Stars));
        check(&["Good", "Offered", "bad"], Some(Verdicts::GoodOrBad));
        check(&["Offered", ""], None);
        // May be a step of five.
        check(&["Good", "Good"], None);
        check(&["Good", "Fair", "Bad"], None);
        check(&["4", "5"], None);
    }
}
