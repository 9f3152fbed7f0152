//! Which of customers' meanings go with which of employees', learnt from made-up companies.
//!
//! "Forty minutes of music" and "let people leave a number" share no word and mean different things; who knows such
//! businesses knows that the one answers the other. `bridge.bin` holds what 1,200 subjects of 48 trades say of that:
//! a matrix W such that c'We is high where customers' meaning c and employees' meaning e belong to one subject
//! (`tools/bridge/learn.py`: one scale as f32, then 256 x 256 signed bytes, rows for customers).

use throughline_text::vectors::Vectors;

const FILE: &[u8] = include_bytes!("bridge.bin");
const WIDTH: usize = Vectors::DIMENSIONS;

/// How far a customers' meaning and an employees' (of length 1, what is common to their side taken out) are known to
/// go together: c'We. 0: nothing is known of it.
pub(crate) fn known(customers: &[f32], employees: &[f32]) -> f64 {
    let Some((scale, bytes)) = FILE.split_first_chunk::<4>() else {
        return 0.0;
    };
    let of_row = |row: &[u8]| -> f64 {
        let products = row.iter().zip(employees);
        products
            .map(|(byte, e)| f64::from(byte.cast_signed()) * f64::from(*e))
            .sum()
    };
    let rows = bytes.chunks_exact(WIDTH).zip(customers);
    let sum: f64 = rows.map(|(row, c)| f64::from(*c) * of_row(row)).sum();
    sum * f64::from(f32::from_le_bytes(*scale))
}

/// The employees' meaning that customers' meaning is known to go with: W'c, with which [`known`] is a dot product.
pub(crate) fn known_with(customers: &[f32]) -> Vec<f32> {
    let mut sums = vec![0.0f32; WIDTH];
    if let Some((scale, bytes)) = FILE.split_first_chunk::<4>() {
        let scale = f32::from_le_bytes(*scale);
        for (row, c) in bytes.chunks_exact(WIDTH).zip(customers) {
            let weighted = sums.iter_mut().zip(row);
            weighted.for_each(|(sum, byte)| *sum += scale * c * f32::from(byte.cast_signed()));
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_text::matrix::{mean, to_unit};

    #[test]
    fn what_is_known_is_a_product_with_what_it_is_known_with() {
        let side = |step: usize| -> Vec<f32> {
            (0..WIDTH)
                .map(|at| ((at * step) % 17) as f32 / 17.0 - 0.4)
                .collect()
        };
        let (customers, employees) = (side(3), side(5));
        let with = known_with(&customers);
        let product: f32 = with.iter().zip(&employees).map(|(x, y)| x * y).sum();
        let directly = known(&customers, &employees);
        assert!((f64::from(product) - directly).abs() < 1e-3 * directly.abs().max(1.0));
        assert!(directly.abs() > 0.01, "{directly}");
    }

    #[test]
    fn the_file_is_whole() {
        assert_eq!(FILE.len(), 4 + WIDTH * WIDTH);
    }

    #[test]
    fn a_subject_of_the_examples_goes_together_as_numpy_says() {
        // The first subject of `water` in tools/bridge/pairs.tsv; learn.py prints .1320 for it (with the mean of all
        // lines of a side taken out of each, as here).
        let examples = include_str!("../../../../tools/bridge/pairs.tsv");
        let lines: Vec<Vec<&str>> = examples
            .lines()
            .skip(1)
            .map(|line| line.split('\t').collect())
            .collect();
        let side = |name: &str| {
            let texts: Vec<&str> = lines
                .iter()
                .filter(|line| line[2] == name)
                .map(|line| line[3])
                .collect();
            let vectors = Vectors::shipped().embed_all(&texts);
            let common = mean(&vectors, WIDTH, |_| 1.0);
            let first = lines.iter().find(|line| line[0] == "water");
            let subject = first.map_or("", |line| line[1]);
            let mut sum = vec![0.0f32; WIDTH];
            let of_it = lines
                .iter()
                .filter(|line| line[0] == "water" && line[1] == subject);
            for line in of_it.filter(|line| line[2] == name) {
                let mut vector = Vectors::shipped().embed(line[3]);
                vector.iter_mut().zip(&common).for_each(|(x, m)| *x -= m);
                to_unit(&mut vector);
                sum.iter_mut().zip(&vector).for_each(|(x, y)| *x += y);
            }
            to_unit(&mut sum);
            sum
        };
        let found = known(&side("C"), &side("E"));
        assert!((found - 0.1320).abs() < 0.0005, "{found}");
    }
}
