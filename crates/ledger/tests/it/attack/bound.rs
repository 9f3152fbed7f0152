//! How many guesses are right by chance.
//!
//! Whoever knows nothing but who is in a cell of `n` guesses each person's answer with chance
//! `1/n`; however he matches people and answers, `1` is right on average. The number of right ones in
//! a random matching is close to a Poisson variable, and sums of these are one again. A bound is
//! the point that such a variable passes with chance below one in a million for one strategy; an
//! attack takes the best of some dozen, so a test fails by bad luck once in tens of thousands of runs.

/// What is expected by chance, and the most that is borne.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    pub mean: f64,
    pub most: usize,
}

const CHANCE: f64 = 1e-6;

/// Where one lot of answers lies in each cell, in an order that tells nothing: `n` guesses that are
/// right with chance `1/n` at most.
pub fn one_lot(cells: usize) -> Bound {
    bound(cells as f64)
}

/// Where those that wait and those that were moved are told apart: a late answer is rather among
/// those that wait, so each lot may give one right.
pub fn two_lots(cells: usize) -> Bound {
    bound(2.0 * cells as f64)
}

fn bound(mean: f64) -> Bound {
    let (mut term, mut below, mut most) = ((-mean).exp(), 0.0, 0);
    while 1.0 - (below + term) > CHANCE {
        below += term;
        most += 1;
        term *= mean / f64::from(u32::try_from(most).unwrap_or(u32::MAX));
    }
    Bound { mean, most }
}
