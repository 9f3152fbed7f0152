//! What a person's review of labelled rows says, as weighted counts by theme.

use crate::reason::{NoAnswer, Result, within};

/// A weighted count of yes and no.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Weight of the rows that are yes.
    pub hits: f64,
    /// Weight of all rows.
    pub total: f64,
    /// Sum of the squared weights.
    pub squares: f64,
}

impl Tally {
    /// Counts a row. Its weight is how many rows it stands for (its stratum's size over the rows
    /// sampled from it).
    pub fn add(&mut self, hit: bool, weight: f64) {
        self.total += weight;
        self.squares += weight * weight;
        if hit {
            self.hits += weight;
        }
    }

    /// Hits and rows as if unweighted: the share is kept, the number of rows is Kish's effective
    /// number.
    pub(super) fn effective(&self) -> (f64, f64) {
        if self.squares <= 0.0 || self.total <= 0.0 {
            return (0.0, 0.0);
        }
        let n = self.total * self.total / self.squares;
        ((self.hits / self.total * n).clamp(0.0, n), n)
    }
}

/// The review of one theme.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ThemeReview {
    /// Rows labelled with it; a hit: they really name it.
    pub assigned: Tally,
    /// Rows not labelled with it; a hit: they really name it all the same.
    pub others: Tally,
}

/// One reviewed row.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewRow {
    /// Themes it is labelled with.
    pub assigned: Vec<usize>,
    /// Themes it really names.
    pub named: Vec<usize>,
    /// How many rows it stands for.
    pub weight: f64,
}

/// The review of all themes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// By theme.
    pub themes: Vec<ThemeReview>,
    /// Rows with a wrong label; a hit: they really name a theme they aren't labelled with.
    pub moved: Tally,
    /// Labels judged, unweighted.
    pub judged: usize,
}

impl Review {
    /// Counts reviewed rows. Only rows for which all really named themes were noted belong here;
    /// where a person only said right or wrong, fill the tallies of `assigned` by hand.
    ///
    /// # Errors
    /// [`NoAnswer::Shape`] for a theme past the end, [`NoAnswer::OutOfRange`] for a weight that is
    /// not above 0.
    pub fn of(themes: usize, rows: &[ReviewRow]) -> Result<Self> {
        let mut out = Self {
            themes: vec![ThemeReview::default(); themes],
            ..Self::default()
        };
        for row in rows {
            within(row.weight, f64::MIN_POSITIVE, 1e15)?;
            for &theme in row.assigned.iter().chain(&row.named) {
                if theme >= themes {
                    return Err(NoAnswer::Shape {
                        expected: themes,
                        got: theme,
                    });
                }
            }
            let moved = row.named.iter().any(|theme| !row.assigned.contains(theme));
            for (theme, review) in out.themes.iter_mut().enumerate() {
                let named = row.named.contains(&theme);
                if row.assigned.contains(&theme) {
                    review.assigned.add(named, row.weight);
                    out.judged += 1;
                    if !named {
                        out.moved.add(moved, row.weight);
                    }
                } else {
                    review.others.add(named, row.weight);
                }
            }
        }
        Ok(out)
    }
}
