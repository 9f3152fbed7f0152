//! Leiden on graphs whose communities are known.

use throughline_text::communities::{Graph, leiden};
use throughline_text::stability;

/// Rings of `size` nodes, every node tied to every other of its ring, rings tied by single edges.
fn caves(rings: u32, size: u32) -> (usize, Vec<(u32, u32, f32)>) {
    let mut edges = Vec::new();
    for ring in 0..rings {
        for a in 0..size {
            for b in a + 1..size {
                edges.push((ring * size + a, ring * size + b, 1.0));
            }
        }
        edges.push((ring * size, ((ring + 1) % rings) * size + 1, 1.0));
    }
    ((rings * size) as usize, edges)
}

fn check_caves(labels: &[u32], rings: u32, size: u32) {
    for ring in 0..rings {
        for node in 0..size {
            assert_eq!(
                labels[(ring * size + node) as usize],
                ring,
                "ring {ring}, node {node}"
            );
        }
    }
}

#[test]
fn caves_are_found_at_any_seed() {
    let (n, edges) = caves(12, 6);
    let graph = Graph::from_edges(n, &edges);
    for seed in 0..20 {
        check_caves(&leiden(&graph, 1.0, seed), 12, 6);
    }
}

#[test]
fn every_community_is_connected() {
    // Traag et al.'s point: Louvain may leave a community in pieces, Leiden may not.
    let mut edges = Vec::new();
    let mut state = 7u32;
    for a in 0..600u32 {
        for _ in 0..3 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            edges.push((a, (state >> 8) % 600, 1.0 + (state >> 28) as f32));
        }
    }
    let graph = Graph::from_edges(600, &edges);
    for seed in 0..5 {
        let labels = leiden(&graph, 2.0, seed);
        let communities = *labels.iter().max().unwrap() as usize + 1;
        assert!(communities > 5, "{communities}");
        let mut seen = vec![false; 600];
        let mut pieces = 0;
        for start in 0..600 {
            if seen[start] {
                continue;
            }
            pieces += 1;
            let mut stack = vec![start];
            seen[start] = true;
            while let Some(node) = stack.pop() {
                for (next, _) in graph.neighbours(node) {
                    if !seen[next] && labels[next] == labels[node] {
                        seen[next] = true;
                        stack.push(next);
                    }
                }
            }
        }
        assert_eq!(pieces, communities);
    }
}

#[test]
fn a_stable_cut_is_taken_within_the_range() {
    let (n, edges) = caves(20, 8);
    let graph = Graph::from_edges(n, &edges);
    let cut = stability::cut(&graph, &vec![1; n], 2, 5, 40, 3);
    check_caves(&cut.communities, 20, 8);
    assert!(cut.agreement > 0.95, "{}", cut.agreement);
    assert_eq!(cut, stability::cut(&graph, &vec![1; n], 2, 5, 40, 3));
}

#[test]
fn graphs_without_edges_or_nodes() {
    assert!(leiden(&Graph::from_edges(0, &[]), 1.0, 0).is_empty());
    assert_eq!(leiden(&Graph::from_edges(3, &[]), 1.0, 0), [0, 1, 2]);
    // A loop, a weight of nothing, an unknown node: none is an edge.
    let odd = [(1, 1, 1.0), (0, 1, 0.0), (0, 2, f32::NAN), (0, 9, 1.0)];
    assert_eq!(leiden(&Graph::from_edges(3, &odd), 1.0, 0), [0, 1, 2]);
}
