//! How far two groupings of the same things agree: NMI, AMI, ARI.
//!
//! Normalised and adjusted mutual information with the arithmetic mean as the normaliser, and the
//! adjusted Rand index; definitions as in scikit-learn (Vinh, Epps & Bailey 2010; Hubert & Arabie
//! 1985). Labels are any `u32`s; both slices have one entry per thing (the shorter one counts).
//! Says nothing about which grouping is right.

use rustc_hash::FxHashMap;

/// Cells of the table of one grouping against another, in the order of labels.
struct Table {
    cells: Vec<(usize, usize, u64)>,
    rows: Vec<u64>,
    columns: Vec<u64>,
    n: u64,
}

fn numbered(labels: &[u32]) -> (Vec<usize>, usize) {
    let mut distinct = labels.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let index: FxHashMap<u32, usize> = distinct.iter().enumerate().map(|(i, &l)| (l, i)).collect();
    (labels.iter().map(|l| index[l]).collect(), distinct.len())
}

fn table(a: &[u32], b: &[u32]) -> Table {
    let n = a.len().min(b.len());
    let (a, a_count) = numbered(&a[..n]);
    let (b, b_count) = numbered(&b[..n]);
    let mut counts: FxHashMap<(usize, usize), u64> = FxHashMap::default();
    let (mut rows, mut columns) = (vec![0u64; a_count], vec![0u64; b_count]);
    for (&i, &j) in a.iter().zip(&b) {
        *counts.entry((i, j)).or_default() += 1;
        rows[i] += 1;
        columns[j] += 1;
    }
    let mut cells: Vec<_> = counts.into_iter().map(|((i, j), n)| (i, j, n)).collect();
    cells.sort_unstable();
    Table {
        cells,
        rows,
        columns,
        n: n as u64,
    }
}

fn entropy(counts: &[u64], n: f64) -> f64 {
    counts
        .iter()
        .filter(|&&c| c > 0)
        .map(|&c| c as f64 / n)
        .map(|p| -p * p.ln())
        .sum()
}

fn mutual_information(t: &Table) -> f64 {
    let n = t.n as f64;
    t.cells
        .iter()
        .map(|&(i, j, c)| {
            let c = c as f64;
            c / n * (c * n / (t.rows[i] as f64 * t.columns[j] as f64)).ln()
        })
        .sum::<f64>()
        .max(0.0)
}

/// Mutual information expected of two groupings with these sizes by chance.
fn expected_information(t: &Table) -> f64 {
    let n = t.n as usize;
    let mut log_factorial = vec![0.0f64; n + 1];
    for i in 1..=n {
        log_factorial[i] = log_factorial[i - 1] + (i as f64).ln();
    }
    let lf = |i: u64| log_factorial[i as usize];
    // Sizes repeat a great deal: one sum a pair of distinct sizes.
    let sizes = |counts: &[u64]| {
        let mut sorted = counts.to_vec();
        sorted.sort_unstable();
        let mut out: Vec<(u64, f64)> = Vec::new();
        for c in sorted {
            match out.last_mut() {
                Some((size, times)) if *size == c => *times += 1.0,
                _ => out.push((c, 1.0)),
            }
        }
        out
    };
    let (rows, columns) = (sizes(&t.rows), sizes(&t.columns));
    let total = t.n;
    let mut sum = 0.0;
    for &(a, a_times) in &rows {
        for &(b, b_times) in &columns {
            let mut inner = 0.0;
            for c in (a + b).saturating_sub(total).max(1)..=a.min(b) {
                let information = c as f64 / total as f64
                    * ((total as f64).ln() + (c as f64).ln() - (a as f64).ln() - (b as f64).ln());
                let log_chance = lf(a) + lf(b) + lf(total - a) + lf(total - b)
                    - lf(total)
                    - lf(c)
                    - lf(a - c)
                    - lf(b - c)
                    - lf(total + c - a - b);
                inner += information * log_chance.exp();
            }
            sum += a_times * b_times * inner;
        }
    }
    sum
}

/// Normalised mutual information, 0 to 1; 1 when both groupings are one single group.
pub fn nmi(a: &[u32], b: &[u32]) -> f64 {
    let t = table(a, b);
    if t.n == 0 || (t.rows.len() == 1 && t.columns.len() == 1) {
        return 1.0;
    }
    let n = t.n as f64;
    let normaliser = (entropy(&t.rows, n) + entropy(&t.columns, n)) / 2.0;
    if normaliser <= 0.0 {
        0.0
    } else {
        mutual_information(&t) / normaliser
    }
}

/// Adjusted mutual information: 0 for chance, 1 for equal groupings.
pub fn ami(a: &[u32], b: &[u32]) -> f64 {
    let t = table(a, b);
    let n = t.n as f64;
    let trivial = |counts: &[u64]| counts.len() <= 1;
    let all_alone = |counts: &[u64]| counts.len() as u64 == t.n;
    if t.n == 0
        || (trivial(&t.rows) && trivial(&t.columns))
        || (all_alone(&t.rows) && all_alone(&t.columns))
    {
        return 1.0;
    }
    let expected = expected_information(&t);
    let mean_entropy = (entropy(&t.rows, n) + entropy(&t.columns, n)) / 2.0;
    let room = mean_entropy - expected;
    if room.abs() < 1e-15 {
        0.0
    } else {
        (mutual_information(&t) - expected) / room
    }
}

/// Adjusted Rand index: 0 for chance, 1 for equal groupings.
pub fn ari(a: &[u32], b: &[u32]) -> f64 {
    let t = table(a, b);
    let pairs = |c: u64| c as f64 * (c as f64 - 1.0) / 2.0;
    let together: f64 = t.cells.iter().map(|&(_, _, c)| pairs(c)).sum();
    let in_a: f64 = t.rows.iter().map(|&c| pairs(c)).sum();
    let in_b: f64 = t.columns.iter().map(|&c| pairs(c)).sum();
    let all = pairs(t.n);
    if all <= 0.0 {
        return 1.0;
    }
    let expected = in_a * in_b / all;
    let most = (in_a + in_b) / 2.0;
    if (most - expected).abs() < 1e-12 {
        1.0
    } else {
        (together - expected) / (most - expected)
    }
}
