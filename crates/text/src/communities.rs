//! Communities of a weighted graph: the Leiden method.
//!
//! Traag, Waltman & van Eck 2019 ("From Louvain to Leiden"): nodes move by a queue, every community
//! is refined into well-connected parts, the parts are merged into nodes, and so on until nothing
//! moves. Quality is modularity with a resolution (Reichardt & Bornholdt 2006). Seeded; one thread;
//! same graph and seed, same communities. Which resolution to take is `stability`'s business.

use crate::seeded::Seeded;

/// An undirected weighted graph: each node's neighbours with weights, and its own loop's weight.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    starts: Vec<u32>,
    targets: Vec<u32>,
    weights: Vec<f32>,
    /// Weight inside a merged node, counted twice (as degrees do).
    loops: Vec<f64>,
    degrees: Vec<f64>,
    /// Sum of degrees.
    total: f64,
}

impl Graph {
    /// From undirected edges `(a, b, weight)`; equal pairs add up, loops and weights that are not
    /// above 0 are left out.
    pub fn from_edges(nodes: usize, edges: &[(u32, u32, f32)]) -> Self {
        let mut both: Vec<(u32, u32, f32)> = Vec::with_capacity(edges.len() * 2);
        for &(a, b, weight) in edges {
            let known = (a as usize) < nodes && (b as usize) < nodes;
            if a != b && weight > 0.0 && known {
                both.push((a, b, weight));
                both.push((b, a, weight));
            }
        }
        both.sort_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(x.2.total_cmp(&y.2)));
        both.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 += next.2;
            }
            same
        });
        Self::from_sorted(&both, vec![0.0; nodes])
    }

    fn from_sorted(both: &[(u32, u32, f32)], loops: Vec<f64>) -> Self {
        let nodes = loops.len();
        let mut starts = vec![0u32; nodes + 1];
        for &(a, _, _) in both {
            starts[a as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut degrees = loops.clone();
        for &(a, _, weight) in both {
            degrees[a as usize] += f64::from(weight);
        }
        let total = degrees.iter().sum();
        Graph {
            starts,
            targets: both.iter().map(|e| e.1).collect(),
            weights: both.iter().map(|e| e.2).collect(),
            loops,
            degrees,
            total,
        }
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.loops.len()
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.loops.is_empty()
    }

    /// A node's neighbours and the edges' weights, in the order of nodes.
    pub fn neighbours(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.starts[node] as usize..self.starts[node + 1] as usize;
        self.targets[range.clone()]
            .iter()
            .map(|&t| t as usize)
            .zip(self.weights[range].iter().map(|&w| f64::from(w)))
    }

    /// The same nodes and edges with new weights from `(a, b, weight)`, a < b; edges that come to 0
    /// or less stay with weight 0.
    pub fn reweighted(&self, mut weigh: impl FnMut(usize, usize, f64) -> f64) -> Graph {
        let mut graph = self.clone();
        graph.degrees.clone_from(&graph.loops);
        // The mirror of an edge (a, b) stands in b's list, where a's turn has come: b's neighbours
        // are in the order of nodes, so one cursor a node finds it without a search.
        let mut cursors: Vec<u32> = self.starts[..self.len()].to_vec();
        for a in 0..self.len() {
            for place in self.starts[a] as usize..self.starts[a + 1] as usize {
                let b = self.targets[place] as usize;
                if b <= a {
                    continue;
                }
                let weight = weigh(a, b, f64::from(self.weights[place])).max(0.0) as f32;
                graph.weights[place] = weight;
                graph.weights[cursors[b] as usize] = weight;
                cursors[b] += 1;
                graph.degrees[a] += f64::from(weight);
                graph.degrees[b] += f64::from(weight);
            }
        }
        graph.total = graph.degrees.iter().sum();
        graph
    }

    /// The same graph with every edge's weight multiplied by a random number of mean 1
    /// (exponential): a Bayesian bootstrap of its edges.
    pub fn shaken(&self, random: &mut Seeded) -> Graph {
        self.reweighted(|_, _, weight| -weight * (1.0 - random.share()).max(1e-12).ln())
    }

    /// The graph whose nodes are these communities (numbered from 0 without holes).
    fn merged(&self, communities: &[u32], count: usize) -> Graph {
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); count];
        for (node, &community) in communities.iter().enumerate() {
            members[community as usize].push(node as u32);
        }
        let mut loops = vec![0.0; count];
        let mut both = Vec::new();
        let mut sums = Sums::new(count);
        for (community, nodes) in members.iter().enumerate() {
            for &node in nodes {
                loops[community] += self.loops[node as usize];
                for (neighbour, weight) in self.neighbours(node as usize) {
                    sums.add(communities[neighbour], weight);
                }
            }
            sums.touched.sort_unstable();
            for &other in &sums.touched {
                let weight = sums.values[other as usize];
                if other as usize == community {
                    loops[community] += weight;
                } else {
                    both.push((community as u32, other, weight as f32));
                }
            }
            sums.clear();
        }
        Graph::from_sorted(&both, loops)
    }
}

/// Sums by community for the node at hand, cleared without walking the whole vector.
struct Sums {
    values: Vec<f64>,
    touched: Vec<u32>,
}

impl Sums {
    fn new(count: usize) -> Self {
        Sums {
            values: vec![0.0; count],
            touched: Vec::new(),
        }
    }

    fn add(&mut self, community: u32, weight: f64) {
        if weight <= 0.0 {
            return;
        }
        let value = &mut self.values[community as usize];
        if *value == 0.0 {
            self.touched.push(community);
        }
        *value += weight;
    }

    fn clear(&mut self) {
        for &community in &self.touched {
            self.values[community as usize] = 0.0;
        }
        self.touched.clear();
    }
}

/// Communities of a graph, numbered from 0 in the order of their first node. A higher `resolution`
/// gives more and smaller ones; 1 is plain modularity. Nodes without edges stay alone.
pub fn leiden(graph: &Graph, resolution: f64, seed: u64) -> Vec<u32> {
    let mut random = Seeded::new(seed, 1);
    // Which node of the current graph each first node is part of.
    let mut place: Vec<u32> = (0..graph.len() as u32).collect();
    let mut current = graph.clone();
    let mut communities: Vec<u32> = (0..current.len() as u32).collect();
    if current.total <= 0.0 {
        return communities;
    }
    loop {
        let moved = move_nodes(&current, &mut communities, resolution, &mut random);
        let count = renumber(&mut communities);
        if count == current.len() || !moved {
            break;
        }
        let mut parts = refine(&current, &communities, count, resolution, &mut random);
        let part_count = renumber(&mut parts);
        if part_count == current.len() {
            break;
        }
        let next = current.merged(&parts, part_count);
        let mut next_communities = vec![0u32; part_count];
        for (node, &part) in parts.iter().enumerate() {
            next_communities[part as usize] = communities[node];
        }
        place.iter_mut().for_each(|p| *p = parts[*p as usize]);
        current = next;
        communities = next_communities;
    }
    let mut labels: Vec<u32> = place.iter().map(|&p| communities[p as usize]).collect();
    renumber(&mut labels);
    labels
}

/// Renumbers labels from 0 in the order of first appearance; returns how many there are.
pub fn renumber(labels: &mut [u32]) -> usize {
    let size = labels.iter().max().map_or(0, |&m| m as usize + 1);
    let mut numbers = vec![u32::MAX; size];
    let mut count = 0u32;
    for label in labels {
        let number = &mut numbers[*label as usize];
        if *number == u32::MAX {
            *number = count;
            count += 1;
        }
        *label = *number;
    }
    count as usize
}

/// Moves nodes to the community that gains most until the queue is empty; says whether any moved.
fn move_nodes(
    graph: &Graph,
    communities: &mut [u32],
    resolution: f64,
    random: &mut Seeded,
) -> bool {
    let n = graph.len();
    let mut totals = vec![0.0f64; n];
    for node in 0..n {
        totals[communities[node] as usize] += graph.degrees[node];
    }
    let mut sizes = vec![0u32; n];
    communities.iter().for_each(|&c| sizes[c as usize] += 1);
    let mut empty: Vec<u32> = (0..n as u32).filter(|&c| sizes[c as usize] == 0).collect();
    let mut order: Vec<u32> = (0..n as u32).collect();
    random.shuffle(&mut order);
    let mut queue: std::collections::VecDeque<u32> = order.into();
    let mut queued = vec![true; n];
    let mut sums = Sums::new(n);
    let mut any = false;
    while let Some(node) = queue.pop_front() {
        let node = node as usize;
        queued[node] = false;
        let from = communities[node];
        for (neighbour, weight) in graph.neighbours(node) {
            sums.add(communities[neighbour], weight);
        }
        let degree = graph.degrees[node];
        totals[from as usize] -= degree;
        let gain = |community: u32, weight: f64| {
            weight - resolution * degree * totals[community as usize] / graph.total
        };
        let mut best = from;
        let mut best_gain = gain(from, sums.values[from as usize]);
        for &community in &sums.touched {
            let here = gain(community, sums.values[community as usize]);
            if here > best_gain + 1e-10 {
                best = community;
                best_gain = here;
            }
        }
        if best_gain < -1e-10
            && sizes[from as usize] > 1
            && let Some(&free) = empty.last()
        {
            best = free;
        }
        totals[best as usize] += degree;
        sums.clear();
        if best != from {
            if sizes[best as usize] == 0 {
                // Only the free community chosen above is without members: the last one.
                empty.pop();
            }
            sizes[best as usize] += 1;
            sizes[from as usize] -= 1;
            if sizes[from as usize] == 0 {
                empty.push(from);
            }
            communities[node] = best;
            any = true;
            for (neighbour, _) in graph.neighbours(node) {
                if communities[neighbour] != best && !queued[neighbour] {
                    queued[neighbour] = true;
                    queue.push_back(neighbour as u32);
                }
            }
        }
    }
    any
}

/// Splits every community into well-connected parts: each node, while alone, may join a part of its
/// own community that it gains by, drawn with odds that rise with the gain.
fn refine(
    graph: &Graph,
    communities: &[u32],
    count: usize,
    resolution: f64,
    random: &mut Seeded,
) -> Vec<u32> {
    /// How far chance may prefer a smaller gain; the paper's theta, on gains relative to degree.
    const LOOSENESS: f64 = 0.01;
    let n = graph.len();
    let mut parts: Vec<u32> = (0..n as u32).collect();
    let mut part_totals = graph.degrees.clone();
    let mut alone = vec![true; n];
    let mut community_totals = vec![0.0f64; count];
    for node in 0..n {
        community_totals[communities[node] as usize] += graph.degrees[node];
    }
    let inside = |node: usize| -> f64 {
        graph
            .neighbours(node)
            .filter(|(other, _)| communities[*other] == communities[node])
            .map(|(_, weight)| weight)
            .sum()
    };
    // Weight from each part to the rest of its community.
    let mut outward: Vec<f64> = (0..n).map(inside).collect();
    let connected = |own: f64, total: f64, community_total: f64| {
        own >= resolution * total * (community_total - total) / graph.total
    };
    let mut order: Vec<u32> = (0..n as u32).collect();
    random.shuffle(&mut order);
    let mut sums = Sums::new(n);
    let mut choices: Vec<(u32, f64)> = Vec::new();
    for node in order {
        let node = node as usize;
        let community_total = community_totals[communities[node] as usize];
        let degree = graph.degrees[node];
        if !alone[node] || !connected(outward[node], degree, community_total) {
            continue;
        }
        let own = outward[node];
        for (neighbour, weight) in graph.neighbours(node) {
            if communities[neighbour] == communities[node] {
                sums.add(parts[neighbour], weight);
            }
        }
        choices.clear();
        let mut most = 0.0f64;
        for &part in &sums.touched {
            let total = part_totals[part as usize];
            if part == node as u32 || !connected(outward[part as usize], total, community_total) {
                continue;
            }
            let gain = sums.values[part as usize] - resolution * degree * total / graph.total;
            if gain >= 0.0 {
                most = most.max(gain);
                choices.push((part, gain));
            }
        }
        if !choices.is_empty() {
            let scale = LOOSENESS * degree.max(1e-12);
            let odds = |gain: f64| ((gain - most) / scale).exp();
            let mut left = random.share() * choices.iter().map(|c| odds(c.1)).sum::<f64>();
            let mut chosen = choices[choices.len() - 1].0;
            for &(part, gain) in &choices {
                left -= odds(gain);
                if left <= 0.0 {
                    chosen = part;
                    break;
                }
            }
            let shared = sums.values[chosen as usize];
            part_totals[chosen as usize] += degree;
            outward[chosen as usize] += own - 2.0 * shared;
            alone[chosen as usize] = false;
            alone[node] = false;
            parts[node] = chosen;
        }
        sums.clear();
    }
    parts
}
