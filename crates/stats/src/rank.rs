//! Ranks from joint draws: where each item stands, how sure that is, and which items can't be told
//! apart. The biggest value is rank 1.

use crate::draws::Draws;

/// The later item of a pair starts a new group once it is below the group's first with this
/// probability.
const TOLD_APART: f64 = 0.95;

/// Where one item stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rank {
    /// Mean rank over the draws.
    pub expected: f64,
    /// Lower end of the 95% interval of its rank (the best it may be).
    pub low: usize,
    /// Upper end.
    pub high: usize,
    /// Probability of being among the top.
    pub top: f64,
    /// Items of one group can't be told apart from the group's first; groups count from 0, the
    /// best.
    pub group: usize,
}

/// The rank of every item, in the order of the items. `top` is how many places count as the top.
/// Equal values within a draw are ranked by item.
pub fn rank(draws: &Draws, top: usize) -> Vec<Rank> {
    let (items, count) = (draws.items(), draws.count());
    // times[item][rank]: how often the item took that place.
    let mut times = vec![vec![0u32; items]; items];
    let mut order: Vec<usize> = (0..items).collect();
    for draw in draws.iter() {
        order.sort_by(|&a, &b| draw[b].total_cmp(&draw[a]).then(a.cmp(&b)));
        for (place, &item) in order.iter().enumerate() {
            times[item][place] += 1;
        }
    }
    let whole = count as f64;
    let mut ranks: Vec<Rank> = times
        .iter()
        .map(|times| {
            let sum: f64 = times
                .iter()
                .enumerate()
                .map(|(p, &n)| (p + 1) as f64 * n as f64)
                .sum();
            let first: u32 = times.iter().take(top).sum();
            Rank {
                expected: sum / whole,
                low: place_at(times, 0.025 * whole),
                high: place_at(times, 0.975 * whole),
                top: f64::from(first) / whole,
                group: 0,
            }
        })
        .collect();

    let mut by_rank: Vec<usize> = (0..items).collect();
    by_rank.sort_by(|&a, &b| {
        ranks[a]
            .expected
            .total_cmp(&ranks[b].expected)
            .then(a.cmp(&b))
    });
    let mut leader = by_rank[0];
    let mut group = 0;
    for &item in &by_rank[1..] {
        let below = draws
            .iter()
            .filter(|draw| draw[leader] > draw[item])
            .count() as f64
            / whole;
        if below >= TOLD_APART {
            leader = item;
            group += 1;
        }
        ranks[item].group = group;
    }
    ranks
}

/// First place by which `enough` draws are reached.
fn place_at(times: &[u32], enough: f64) -> usize {
    let mut so_far = 0.0;
    for (place, &n) in times.iter().enumerate() {
        so_far += f64::from(n);
        if so_far >= enough && so_far > 0.0 {
            return place + 1;
        }
    }
    times.len()
}
