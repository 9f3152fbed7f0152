//! Ranks from joint draws: where each item stands, how sure that is, and which items can't be told
//! apart. The biggest value is rank 1.

use crate::draws::Draws;

/// In the order of their mean values, an item starts a new group once it is below the group's first with
/// this probability.
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
    // places[item]: the places it took, one a draw.
    let mut places = vec![Vec::with_capacity(count); items];
    let mut order: Vec<usize> = (0..items).collect();
    for draw in draws.iter() {
        order.sort_by(|&a, &b| draw[b].total_cmp(&draw[a]).then(a.cmp(&b)));
        for (place, &item) in order.iter().enumerate() {
            places[item].push(place as u32);
        }
    }
    let whole = count as f64;
    let mut ranks: Vec<Rank> = places
        .iter_mut()
        .map(|places| {
            places.sort_unstable();
            let sum: f64 = places.iter().map(|&p| f64::from(p) + 1.0).sum();
            let first = places.iter().filter(|&&p| (p as usize) < top).count();
            Rank {
                expected: sum / whole,
                low: place_at(places, 0.025 * whole),
                high: place_at(places, 0.975 * whole),
                top: first as f64 / whole,
                group: 0,
            }
        })
        .collect();

    // By mean value, not by mean rank: what may be worth much or nothing isn't behind what is surely worth
    // little.
    let means: Vec<f64> = (0..items).map(|item| draws.mean(item)).collect();
    let mut by_mean: Vec<usize> = (0..items).collect();
    by_mean.sort_by(|&a, &b| means[b].total_cmp(&means[a]).then(a.cmp(&b)));
    let mut leader = by_mean[0];
    let mut group = 0;
    for &item in &by_mean[1..] {
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

/// First place by which `enough` draws are reached, from sorted places that count from 0.
fn place_at(places: &[u32], enough: f64) -> usize {
    let last = (enough.ceil() as usize).clamp(1, places.len().max(1)) - 1;
    places.get(last).map_or(1, |&place| place as usize + 1)
}
