//! The bytes of a [`Gram`]: columns in ascending order, numbers as zigzag varints, so equal sums
//! give equal bytes and a zero costs one byte.

use super::{Cells, FRACTION_BITS, Gram, LARGEST, MOST_COLUMNS, MOST_ROWS, cell};
use crate::reason::{NoAnswer, Result};

const MARK: &[u8; 2] = b"G1";

impl Gram {
    /// The bytes of these sums; the same whatever the order of adding and merging.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut order: Vec<usize> = (0..self.touched.len()).collect();
        order.sort_unstable_by_key(|&place| self.touched[place]);
        let mut out = MARK.to_vec();
        write(&mut out, self.width as u128);
        write(&mut out, u128::from(self.n));
        out.push(u8::from(matches!(self.cells, Cells::Fine(_))));
        write_signed(&mut out, self.sum_y);
        write_signed(&mut out, self.yty);
        write(&mut out, order.len() as u128);
        for &i in &order {
            write(&mut out, self.touched[i] as u128);
            write_signed(&mut out, self.sums[i]);
            write_signed(&mut out, self.xty[i]);
        }
        for (k, &i) in order.iter().enumerate() {
            for &j in &order[..=k] {
                let value = match &self.cells {
                    Cells::Whole(cells) => i128::from(cells[cell(i, j)]),
                    Cells::Fine(cells) => cells[cell(i, j)],
                };
                write_signed(&mut out, value);
            }
        }
        out
    }

    /// Reads what [`Gram::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`NoAnswer::BadBytes`] for anything else; sums too large for the rows they claim to come
    /// from are refused too, so that merging can't overflow.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let mut left = bytes.strip_prefix(MARK).ok_or(BAD)?;
        let width = read_below(&mut left, MOST_COLUMNS as u64 + 1)? as usize;
        let n = read_below(&mut left, MOST_ROWS + 1)?;
        let (&fine, rest) = left.split_first().ok_or(BAD)?;
        left = rest;
        // Bounds: |value| <= 2^30 on a grid of 2^-20, times the rows.
        let most = (LARGEST as i128) << FRACTION_BITS;
        let sum_bound = most * i128::from(n);
        let square_bound = most * most * i128::from(n);
        let whole_bound = (1i128 << 30) * i128::from(n);
        let mut out = Gram::new(width);
        out.n = n;
        out.sum_y = read_signed(&mut left, sum_bound)?;
        out.yty = read_signed(&mut left, square_bound)?;
        let count = read_below(&mut left, width as u64 + 1)? as usize;
        // Each cell takes a byte at least, so a count without its bytes is refused before it
        // asks for memory.
        if left.len() < count * (count + 1) / 2 {
            return Err(BAD);
        }
        match fine {
            0 => {}
            1 => out.widen(),
            _ => return Err(BAD),
        }
        for place in 0..count {
            let column = read_below(&mut left, width as u64)? as usize;
            if out.touched.last().is_some_and(|&last| last >= column) {
                return Err(BAD);
            }
            out.slot(column);
            out.sums[place] = read_signed(&mut left, sum_bound)?;
            out.xty[place] = read_signed(&mut left, square_bound)?;
        }
        match &mut out.cells {
            Cells::Whole(cells) => {
                for value in cells {
                    *value = read_signed(&mut left, whole_bound)? as i64;
                }
            }
            Cells::Fine(cells) => {
                for value in cells {
                    *value = read_signed(&mut left, square_bound)?;
                }
            }
        }
        if left.is_empty() { Ok(out) } else { Err(BAD) }
    }
}

const BAD: NoAnswer = NoAnswer::BadBytes { what: "Gram" };

fn write(out: &mut Vec<u8>, mut value: u128) {
    while value >= 0x80 {
        out.push((value as u8 & 0x7f) | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn write_signed(out: &mut Vec<u8>, value: i128) {
    write(out, ((value << 1) ^ (value >> 127)) as u128);
}

fn read(left: &mut &[u8]) -> Result<u128> {
    let mut value = 0u128;
    let mut shift = 0u32;
    loop {
        let (&byte, rest) = left.split_first().ok_or(BAD)?;
        *left = rest;
        let part = u128::from(byte & 0x7f);
        if shift >= 128 || (part << shift) >> shift != part {
            return Err(BAD);
        }
        value |= part << shift;
        if byte & 0x80 == 0 {
            // A number has one spelling only: no padding with zero bytes.
            return if byte == 0 && shift > 0 {
                Err(BAD)
            } else {
                Ok(value)
            };
        }
        shift += 7;
    }
}

fn read_below(left: &mut &[u8], end: u64) -> Result<u64> {
    let value = read(left)?;
    if value < u128::from(end) {
        Ok(value as u64)
    } else {
        Err(BAD)
    }
}

fn read_signed(left: &mut &[u8], bound: i128) -> Result<i128> {
    let value = read(left)?;
    let value = (value >> 1) as i128 ^ -((value & 1) as i128);
    if value >= -bound && value <= bound {
        Ok(value)
    } else {
        Err(BAD)
    }
}
