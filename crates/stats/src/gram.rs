//! Mergeable sufficient statistics of a linear model: counts, sums and cross-products, enough to
//! fit by least squares and to make errors clustered by group without seeing the rows again.
//!
//! Numbers are held in fixed point. Every value is first put on a grid of 2^-20 (about a
//! millionth), then products are summed as integers, so the result is exactly that of the gridded
//! rows and the same bytes come out whatever the order of adding and merging. Whole numbers (0/1
//! indicators above all) are exact. Values below a millionth are lost, so bring a column to a
//! scale of about 1 first.
//!
//! Only columns that were ever non-zero take memory: a packed triangle that grows by one row when
//! a new column appears, 8 bytes a cell while all values are small whole numbers, 16 otherwise.
//! It holds no rows, no names and no weights.

mod bytes;
mod moments;

pub(crate) use moments::Moments;

use crate::reason::{NoAnswer, Result, within};

/// Binary digits kept after the point.
const FRACTION_BITS: u32 = 20;
const GRID: f64 = (1u64 << FRACTION_BITS) as f64;
/// One squared unit of the grid: what a sum of products is divided by.
const GRID_SQUARED: f64 = GRID * GRID;
/// Largest absolute value taken; with [`MOST_ROWS`] it keeps every sum inside 127 bits.
pub const LARGEST: f64 = (1u64 << 30) as f64;
/// Most rows one `Gram` takes.
pub const MOST_ROWS: u64 = 1 << 26;
/// Whole numbers up to this size keep the narrow form.
const LARGEST_WHOLE: i64 = 1 << 15;
/// Most columns, so that bytes from elsewhere can't ask for all memory.
const MOST_COLUMNS: usize = 1 << 16;
const NO_SLOT: u32 = u32::MAX;

/// The triangle of cross-products, rows in order of first appearance.
#[derive(Clone, Debug)]
enum Cells {
    /// In units of 1: all values so far were small whole numbers.
    Whole(Vec<i64>),
    /// In units of 2^-40.
    Fine(Vec<i128>),
}

/// Sufficient statistics of the rows of one cluster (or of all).
#[derive(Clone, Debug)]
pub struct Gram {
    width: usize,
    n: u64,
    /// Column -> place in the triangle; empty until the first row.
    slots: Vec<u32>,
    /// Place in the triangle -> column.
    touched: Vec<usize>,
    cells: Cells,
    /// Column sums, units of 2^-20, by place.
    sums: Vec<i128>,
    /// Column × response, units of 2^-40, by place.
    xty: Vec<i128>,
    sum_y: i128,
    yty: i128,
    /// The row being added: (place, gridded value). Kept only to save allocating.
    row: Vec<(usize, i64)>,
}

fn cell(i: usize, j: usize) -> usize {
    let (low, high) = if i < j { (i, j) } else { (j, i) };
    high * (high + 1) / 2 + low
}

fn grid(value: f64) -> Result<i64> {
    Ok((within(value, -LARGEST, LARGEST)? * GRID).round() as i64)
}

fn is_whole(gridded: i64) -> bool {
    gridded & ((1 << FRACTION_BITS) - 1) == 0 && (gridded >> FRACTION_BITS).abs() <= LARGEST_WHOLE
}

impl Gram {
    /// Of no rows, with `width` columns (a constant column is always there and not counted).
    /// More than 65,536 columns are treated as 65,536.
    pub fn new(width: usize) -> Self {
        Self {
            width: width.min(MOST_COLUMNS),
            n: 0,
            slots: Vec::new(),
            touched: Vec::new(),
            cells: Cells::Whole(Vec::new()),
            sums: Vec::new(),
            xty: Vec::new(),
            sum_y: 0,
            yty: 0,
            row: Vec::new(),
        }
    }

    /// Adds one row: its non-zero columns with their values, and the response `y`. Costs the
    /// square of the number of columns given. A refused row changes nothing.
    ///
    /// # Errors
    /// [`NoAnswer::NotFinite`] and [`NoAnswer::OutOfRange`] for numbers past ±2^30,
    /// [`NoAnswer::Shape`] for a column past the width, [`NoAnswer::RepeatedColumn`].
    pub fn add(&mut self, columns: &[(usize, f64)], y: f64) -> Result<()> {
        let y = grid(y)?;
        if self.n >= MOST_ROWS {
            return Err(too_many_rows(self.n + 1));
        }
        let mut whole = true;
        for (place, &(column, value)) in columns.iter().enumerate() {
            if column >= self.width {
                return Err(NoAnswer::Shape {
                    expected: self.width,
                    got: column,
                });
            }
            whole &= is_whole(grid(value)?);
            if columns[..place].iter().any(|&(other, _)| other == column) {
                return Err(NoAnswer::RepeatedColumn { column });
            }
        }
        if !whole {
            self.widen();
        }
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        for &(column, value) in columns {
            // Checked above: this can't fail, and a zero leaves no trace.
            let value = grid(value)?;
            if value != 0 {
                row.push((self.slot(column), value));
            }
        }
        match &mut self.cells {
            Cells::Whole(cells) => {
                for (k, &(i, a)) in row.iter().enumerate() {
                    let a = a >> FRACTION_BITS;
                    for &(j, b) in &row[..=k] {
                        cells[cell(i, j)] += a * (b >> FRACTION_BITS);
                    }
                }
            }
            Cells::Fine(cells) => {
                for (k, &(i, a)) in row.iter().enumerate() {
                    for &(j, b) in &row[..=k] {
                        cells[cell(i, j)] += i128::from(a) * i128::from(b);
                    }
                }
            }
        }
        for &(i, a) in &row {
            self.sums[i] += i128::from(a);
            self.xty[i] += i128::from(a) * i128::from(y);
        }
        self.row = row;
        self.sum_y += i128::from(y);
        self.yty += i128::from(y) * i128::from(y);
        self.n += 1;
        Ok(())
    }

    /// Adds all rows of `other`.
    ///
    /// # Errors
    /// [`NoAnswer::Shape`] if the widths differ, [`NoAnswer::OutOfRange`] past 2^26 rows.
    pub fn merge(&mut self, other: &Self) -> Result<()> {
        if self.width != other.width {
            return Err(NoAnswer::Shape {
                expected: self.width,
                got: other.width,
            });
        }
        if self.n + other.n > MOST_ROWS {
            return Err(too_many_rows(self.n + other.n));
        }
        if matches!(other.cells, Cells::Fine(_)) {
            self.widen();
        }
        let places: Vec<usize> = other
            .touched
            .iter()
            .map(|&column| self.slot(column))
            .collect();
        for (i, &a) in places.iter().enumerate() {
            self.sums[a] += other.sums[i];
            self.xty[a] += other.xty[i];
            for (j, &b) in places[..=i].iter().enumerate() {
                let from = cell(i, j);
                match (&mut self.cells, &other.cells) {
                    (Cells::Whole(to), Cells::Whole(cells)) => to[cell(a, b)] += cells[from],
                    (Cells::Fine(to), Cells::Fine(cells)) => to[cell(a, b)] += cells[from],
                    (Cells::Fine(to), Cells::Whole(cells)) => {
                        to[cell(a, b)] += i128::from(cells[from]) << (2 * FRACTION_BITS);
                    }
                    // Widened above, so this pair doesn't occur.
                    (Cells::Whole(_), Cells::Fine(_)) => {}
                }
            }
        }
        self.sum_y += other.sum_y;
        self.yty += other.yty;
        self.n += other.n;
        Ok(())
    }

    /// Rows added.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Columns, touched or not.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Sum of a column (for a 0/1 column: rows that have it); 0 past the width.
    pub fn sum(&self, column: usize) -> f64 {
        self.find(column)
            .map_or(0.0, |i| self.sums[i] as f64 / GRID)
    }

    /// Sum of the product of two columns (of 0/1 columns: rows that have both).
    pub fn product(&self, a: usize, b: usize) -> f64 {
        let (Some(i), Some(j)) = (self.find(a), self.find(b)) else {
            return 0.0;
        };
        match &self.cells {
            Cells::Whole(cells) => cells[cell(i, j)] as f64,
            Cells::Fine(cells) => cells[cell(i, j)] as f64 / GRID_SQUARED,
        }
    }

    /// Sum of column × response.
    pub fn product_with_y(&self, column: usize) -> f64 {
        self.find(column)
            .map_or(0.0, |i| self.xty[i] as f64 / GRID_SQUARED)
    }

    /// Sum of the response.
    pub fn sum_y(&self) -> f64 {
        self.sum_y as f64 / GRID
    }

    /// Sum of the squared response.
    pub fn sum_y_squared(&self) -> f64 {
        self.yty as f64 / GRID_SQUARED
    }

    fn find(&self, column: usize) -> Option<usize> {
        self.slots
            .get(column)
            .filter(|&&slot| slot != NO_SLOT)
            .map(|&slot| slot as usize)
    }

    fn slot(&mut self, column: usize) -> usize {
        if self.slots.is_empty() {
            self.slots = vec![NO_SLOT; self.width];
        }
        if self.slots[column] == NO_SLOT {
            let place = self.touched.len();
            self.slots[column] = place as u32;
            self.touched.push(column);
            self.sums.push(0);
            self.xty.push(0);
            let size = (place + 1) * (place + 2) / 2;
            match &mut self.cells {
                Cells::Whole(cells) => cells.resize(size, 0),
                Cells::Fine(cells) => cells.resize(size, 0),
            }
        }
        self.slots[column] as usize
    }

    fn widen(&mut self) {
        if let Cells::Whole(cells) = &self.cells {
            let fine = cells
                .iter()
                .map(|&v| i128::from(v) << (2 * FRACTION_BITS))
                .collect();
            self.cells = Cells::Fine(fine);
        }
    }
}

impl PartialEq for Gram {
    /// Equal if they hold the same rows' sums, whatever the order they came in.
    fn eq(&self, other: &Self) -> bool {
        self.to_bytes() == other.to_bytes()
    }
}

fn too_many_rows(n: u64) -> NoAnswer {
    NoAnswer::OutOfRange {
        value: n as f64,
        low: 0.0,
        high: MOST_ROWS as f64,
    }
}
