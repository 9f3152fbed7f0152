//! Which resolution to cut a graph at: the one whose communities come again when it is shaken.
//!
//! At each resolution that gives a number of communities in the wanted range, the graph's edges are
//! re-weighted at random several times (a Bayesian bootstrap: exponential weights) and cut anew. The
//! resolution whose cuts agree best among themselves (adjusted Rand index) wins, with a mild
//! preference for the middle of the range, since agreement is often nearly flat. The answer is then
//! the consensus of all cuts in the range (Lancichinetti & Fortunato 2012): edges weighted by how
//! often their ends stayed together, cut once more at that resolution. Seeded; runs are shared over threads, each by itself.

use crate::agreement;
use crate::communities::{Graph, leiden};
use crate::seeded::Seeded;
use rayon::prelude::*;

/// Shaken cuts at each resolution.
const CUTS: u64 = 8;
/// Share of all weight that communities of the floor's size must hold.
const LEAST_HELD: f64 = 0.7;
/// How much agreement a number of communities e times off the middle must bring to be preferred.
const PREFERENCE: f64 = 0.03;

/// A cut of a graph and how it was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// Each node's community, numbered from 0.
    pub communities: Vec<u32>,
    /// The resolution taken.
    pub resolution: f64,
    /// Mean adjusted Rand index between the shaken cuts at that resolution; 1 = the same each time.
    pub agreement: f64,
}

/// Communities with at least `floor` of `weights` in them; 0 when those hold little of the whole (a
/// graph cut to shreds has a few large shreds too).
fn count(communities: &[u32], weights: &[u32], floor: u64) -> usize {
    let mut sizes = vec![0u64; communities.iter().max().map_or(0, |&m| m as usize + 1)];
    for (&community, &weight) in communities.iter().zip(weights) {
        sizes[community as usize] += u64::from(weight);
    }
    let held: u64 = sizes.iter().filter(|&&size| size >= floor).sum();
    if held as f64 >= LEAST_HELD * sizes.iter().sum::<u64>() as f64 {
        sizes.iter().filter(|&&size| size >= floor).count()
    } else {
        0
    }
}

/// Cuts a graph into `least..=most` communities of at least `floor` weight where it can, at the
/// resolution whose cuts are most stable. Smaller communities are left as they are: the caller
/// merges them.
pub fn cut(
    graph: &Graph,
    weights: &[u32],
    floor: u64,
    least: usize,
    most: usize,
    seed: u64,
) -> Cut {
    let most = most.max(least).max(1);
    let least = least.max(1);
    let middle = ((least * most) as f64).sqrt();
    // From coarse to fine until the range is passed; more resolution never gives far fewer.
    let ladder: Vec<f64> = (0..28).map(|step| 0.1 * 1.35f64.powi(step)).collect();
    let counted: Vec<(f64, usize)> = ladder
        .par_iter()
        .map(|&resolution| {
            (
                resolution,
                count(&leiden(graph, resolution, seed), weights, floor),
            )
        })
        .collect();
    let mut candidates: Vec<(f64, usize)> = counted
        .iter()
        .copied()
        .filter(|(_, n)| (least..=most).contains(n))
        .collect();
    if candidates.is_empty() {
        // None falls in the range: the nearest to it by ratio, the coarser one at a tie.
        let off = |n: usize| (n.max(1) as f64 / middle).ln().abs();
        candidates.extend(
            counted
                .iter()
                .copied()
                .min_by(|a, b| off(a.1).total_cmp(&off(b.1))),
        );
    }
    let shaken: Vec<(f64, f64, Vec<Vec<u32>>)> = candidates
        .par_iter()
        .map(|&(resolution, n)| {
            let cuts: Vec<Vec<u32>> = (0..CUTS)
                .into_par_iter()
                .map(|run| {
                    let mut random = Seeded::new(seed.wrapping_add(run), 2);
                    leiden(
                        &graph.shaken(&mut random),
                        resolution,
                        seed.wrapping_add(run),
                    )
                })
                .collect();
            let mut sum = 0.0;
            for (i, a) in cuts.iter().enumerate() {
                sum += cuts[i + 1..]
                    .iter()
                    .map(|b| agreement::ari(a, b))
                    .sum::<f64>();
            }
            let agreement = sum / (CUTS * (CUTS - 1) / 2) as f64;
            let off = (n.max(1) as f64 / middle).ln();
            (agreement - PREFERENCE * off * off, agreement, cuts)
        })
        .collect();
    let best = (0..shaken.len())
        .max_by(|&a, &b| shaken[a].0.total_cmp(&shaken[b].0).then(b.cmp(&a)))
        .unwrap_or(0);
    let (resolution, _) = candidates[best];
    let agreement = shaken[best].1;
    let cuts: Vec<&Vec<u32>> = shaken.iter().flat_map(|(_, _, cuts)| cuts).collect();
    let consensus = graph.reweighted(|a, b, weight| {
        let together = cuts.iter().filter(|c| c[a] == c[b]).count();
        weight * (together as f64 / cuts.len() as f64)
    });
    Cut {
        communities: leiden(&consensus, resolution, seed),
        resolution,
        agreement,
    }
}
