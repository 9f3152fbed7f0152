//! Which items votes order both ways.
//!
//! Unpenalised strengths exist, and are unique up to a constant, if and only if for every split of
//! the items in two some item of each part was chosen over some item of the other (Ford 1957,
//! American Mathematical Monthly 64:28-33): the graph "was chosen over" is strongly connected.
//! Groups are its strongly connected components (Tarjan 1972), best first.
//!
//! With ties and their ease free (Davidson) there is one more way to infinity: strengths and the
//! ease of ties run off together. That is so exactly if numbers exist that are at least 2 apart
//! where the one was chosen over the other and at most 2 apart where both were held equal; such
//! numbers are looked for as shortest paths (Bellman & Ford). A choice either way round any circle
//! rules it out.

use super::pairs::Pairs;
use super::rankings::Rankings;

/// "Was chosen over": for each item, the items below it.
pub(crate) struct Graph {
    starts: Vec<usize>,
    heads: Vec<u32>,
}

impl Graph {
    fn new(items: usize, edges: &[(u32, u32)]) -> Self {
        let mut starts = vec![0usize; items + 1];
        for &(tail, _) in edges {
            starts[tail as usize + 1] += 1;
        }
        for i in 0..items {
            starts[i + 1] += starts[i];
        }
        let mut place = starts.clone();
        let mut heads = vec![0; starts[items]];
        for &(tail, head) in edges {
            heads[place[tail as usize]] = head;
            place[tail as usize] += 1;
        }
        Self { starts, heads }
    }

    /// Of pairs; a tie leads both ways if `ties`, else nowhere.
    pub fn of_pairs(pairs: &Pairs, ties: bool) -> Self {
        let mut edges = Vec::with_capacity(2 * pairs.pairs());
        for (first, second, [won, lost, tied]) in pairs.iter() {
            let tied = ties && tied > 0.0;
            if won > 0.0 || tied {
                edges.push((first as u32, second as u32));
            }
            if lost > 0.0 || tied {
                edges.push((second as u32, first as u32));
            }
        }
        Self::new(pairs.items(), &edges)
    }

    /// Of rankings: each item over the next, the last that was placed over all unplaced ones.
    pub fn of_rankings(rankings: &Rankings) -> Self {
        let mut edges = Vec::with_capacity(rankings.order.len());
        for (range, choices) in rankings.iter() {
            let ranking = &rankings.order[range];
            for place in 1..ranking.len() {
                edges.push((ranking[(place - 1).min(choices - 1)], ranking[place]));
            }
        }
        Self::new(rankings.items(), &edges)
    }

    fn below(&self, item: usize) -> &[u32] {
        &self.heads[self.starts[item]..self.starts[item + 1]]
    }

    fn items(&self) -> usize {
        self.starts.len() - 1
    }

    /// Strongly connected components, each before all that it leads to; items ascending within.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        let items = self.items();
        let (mut index, mut low) = (vec![usize::MAX; items], vec![0usize; items]);
        let mut open = vec![false; items];
        let mut stack: Vec<usize> = Vec::new();
        let mut groups = Vec::new();
        let mut count = 0;
        for root in 0..items {
            if index[root] != usize::MAX {
                continue;
            }
            // The walk's own stack: an item and how many of its edges were taken.
            let mut walk = vec![(root, 0usize)];
            while let Some(&mut (item, ref mut taken)) = walk.last_mut() {
                if *taken == 0 && index[item] == usize::MAX {
                    index[item] = count;
                    low[item] = count;
                    count += 1;
                    stack.push(item);
                    open[item] = true;
                }
                if let Some(&head) = self.below(item).get(*taken) {
                    *taken += 1;
                    let head = head as usize;
                    if index[head] == usize::MAX {
                        walk.push((head, 0));
                    } else if open[head] {
                        low[item] = low[item].min(index[head]);
                    }
                    continue;
                }
                walk.pop();
                if let Some(&(above, _)) = walk.last() {
                    low[above] = low[above].min(low[item]);
                }
                if low[item] == index[item] {
                    let mut group = Vec::new();
                    while let Some(member) = stack.pop() {
                        open[member] = false;
                        group.push(member);
                        if member == item {
                            break;
                        }
                    }
                    group.sort_unstable();
                    groups.push(group);
                }
            }
        }
        // Tarjan finds the lowest first.
        groups.reverse();
        groups
    }
}

/// Groups of items within which votes order every split both ways, best first where votes order
/// them. One group: unpenalised strengths exist. Items without votes are groups of their own.
pub fn groups(pairs: &Pairs) -> Vec<Vec<usize>> {
    Graph::of_pairs(pairs, true).groups()
}

/// The same of rankings.
pub fn groups_of_rankings(rankings: &Rankings) -> Vec<Vec<usize>> {
    Graph::of_rankings(rankings).groups()
}

/// Whether strengths and the ease of ties can run off together.
pub(crate) fn ties_unbounded(pairs: &Pairs) -> bool {
    if !pairs.has_ties() {
        return false;
    }
    let circle = Graph::of_pairs(pairs, false).groups();
    if circle.iter().any(|group| group.len() > 1) {
        return false;
    }
    let items = pairs.items();
    let mut height = vec![0i64; items];
    let mut lowest = 0;
    loop {
        let mut moved = false;
        for (first, second, [won, lost, tied]) in pairs.iter() {
            let (a, b) = (height[first], height[second]);
            let mut to = (a, b);
            if won > 0.0 {
                to.1 = to.1.min(a - 1);
            }
            if lost > 0.0 {
                to.0 = to.0.min(b - 1);
            }
            if tied > 0.0 {
                to = (to.0.min(b + 1), to.1.min(a + 1));
            }
            moved |= to != (a, b);
            (height[first], height[second]) = to;
            lowest = lowest.min(to.0).min(to.1);
        }
        if !moved {
            return true;
        }
        // Further down than every choice in a row could lead: round a circle.
        if lowest < -(items as i64) {
            return false;
        }
    }
}
