//! Which row came first, where the file doesn't say: chance decides, the same every time.
//!
//! Rows of one time (a day) often stand in the file by arm. Taken as the order in which they came,
//! that would say that all of the control came before all of the others, which sequences that
//! reckon with arms by chance take for news. So rows of one time are put in an order that depends
//! on neither arms nor outcomes nor the file. It depends on nothing but the rows of that time, so
//! that days that are over keep theirs when others come.

use std::cmp::Ordering;
use throughline_lake::extract::Labels;
use throughline_stats::random::hash;

/// Makes the order of this command its own.
const SEED: u64 = 0x7468_726f_7567_686c;

/// A number for the time of each row, the same for rows of one time.
pub(super) fn times(labels: &Labels, rows: &[usize]) -> Vec<u64> {
    let of_name: Vec<u64> = labels
        .names
        .iter()
        .map(|name| hash(SEED, name.as_bytes()))
        .collect();
    rows.iter()
        .map(|&row| of_name[labels.codes[row].unwrap_or_default() as usize])
        .collect()
}

/// Places of rows in their new order: those of one time (neighbours in `time`) by chance.
/// `compare` has to tell apart all rows that differ: it takes the file's order out beforehand.
pub(super) fn mixed(time: &[u64], compare: impl Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..time.len()).collect();
    for tie in places.chunk_by_mut(|&a, &b| time[a] == time[b]) {
        tie.sort_by(|&a, &b| compare(a, b));
        let mut drawn: Vec<(u64, usize)> = tie
            .iter()
            .zip(0u64..)
            .map(|(&place, k)| (hash(time[place], &k.to_le_bytes()), place))
            .collect();
        drawn.sort_by_key(|&(lot, _)| lot);
        for (place, (_, of)) in tie.iter_mut().zip(drawn) {
            *place = of;
        }
    }
    places
}
