//! Joins themes that people name in one breath.
//!
//! One problem is told in words that share nothing: "the queue" and "forty minutes of music".
//! Word vectors can't join them, but people do: who says the one often goes on to say the other.
//! Themes are nodes, linked where they are named together clearly more often than by chance (and
//! at the same steps of the journey, where these are known); groups are found by Leiden. Single
//! short texts name one theme each, so nothing is joined there.

use throughline_text::communities::{Graph, leiden};

/// What one comment, or one person's answers, name.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Themes, each once.
    pub themes: Vec<u32>,
    /// Where it was said, by number, if known.
    pub place: Option<u32>,
}

/// Named together at least so many times as often as by chance …
const LIFT: f64 = 1.5;
/// … and so many standard errors more often …
const CLEARLY: f64 = 3.0;
/// … and at least so often, where there are many comments, or few.
const TIMES: [f64; 2] = [5.0, 3.0];
/// Comments up to which there are few.
const FEW: f64 = 1000.0;
/// Resolutions tried, coarse first.
const RESOLUTIONS: [f64; 6] = [2.5, 5.0, 8.0, 12.0, 20.0, 40.0];
/// Share of comments that must name several themes before anything is joined.
const SEVERAL: f64 = 0.15;
/// A link weaker than this is noise.
const FAINT: f64 = 0.003;

/// The group of each theme, numbered from 0. Of the groupings tried the coarsest that leaves at
/// least `floor` groups; no joining at all if there is none.
pub fn groups(themes: usize, documents: &[Document], floor: usize, seed: u64) -> Vec<u32> {
    let alone: Vec<u32> = (0..themes as u32).collect();
    if themes <= floor {
        return alone;
    }
    // Where few comments name several themes, those that do are mostly misread ones.
    let several = documents
        .iter()
        .filter(|document| document.themes.len() > 1)
        .count();
    if (several as f64) < SEVERAL * documents.len() as f64 {
        return alone;
    }
    let graph = graph(themes, documents);
    for resolution in RESOLUTIONS {
        let labels = leiden(&graph, resolution, seed);
        let groups = labels.iter().max().map_or(0, |most| *most as usize + 1);
        if groups >= floor {
            return labels;
        }
    }
    alone
}

fn graph(themes: usize, documents: &[Document]) -> Graph {
    let mut several = vec![0.0f64; themes];
    let mut together = vec![0.0f64; themes * themes];
    let mut count = 0.0f64;
    for document in documents
        .iter()
        .filter(|document| document.themes.len() > 1)
    {
        count += 1.0;
        for (at, one) in document.themes.iter().enumerate() {
            several[*one as usize] += 1.0;
            for other in &document.themes[..at] {
                let (low, high) = (one.min(other), one.max(other));
                together[*high as usize * themes + *low as usize] += 1.0;
            }
        }
    }
    let profiles = profiles(themes, documents);
    let mut edges = Vec::new();
    for high in 0..themes {
        for low in 0..high {
            let seen = together[high * themes + low];
            let chance = several[high] * several[low] / count.max(1.0);
            let clear = (seen - chance) / (chance + 1.0).sqrt();
            if seen < TIMES[usize::from(count < FEW)] || seen < LIFT * chance || clear < CLEARLY {
                continue;
            }
            let closeness = (seen - chance) / (several[high] * several[low]).sqrt().max(1.0);
            let weight = closeness * profiles.as_ref().map_or(1.0, |p| alike(&p[high], &p[low]));
            if weight > FAINT {
                edges.push((high as u32, low as u32, weight as f32));
            }
        }
    }
    Graph::from_edges(themes, &edges)
}

/// For each theme the log of how much more often than usual it is named at each place; `None`
/// where places are hardly known.
fn profiles(themes: usize, documents: &[Document]) -> Option<Vec<Vec<f64>>> {
    const PRIOR: f64 = 5.0;
    let places = documents
        .iter()
        .filter_map(|document| document.place)
        .max()? as usize
        + 1;
    let known = documents
        .iter()
        .filter(|document| document.place.is_some())
        .count();
    if places < 2 || known * 2 < documents.len() {
        return None;
    }
    let mut counts = vec![vec![0.0f64; places]; themes];
    let mut usual = vec![0.0f64; places];
    for document in documents {
        let Some(place) = document.place else {
            continue;
        };
        for theme in &document.themes {
            counts[*theme as usize][place as usize] += 1.0;
            usual[place as usize] += 1.0;
        }
    }
    let total: f64 = usual.iter().sum();
    for share in &mut usual {
        *share = (*share / total.max(1.0)).max(1e-6);
    }
    for row in &mut counts {
        let n: f64 = row.iter().sum::<f64>() + PRIOR;
        for (count, usual) in row.iter_mut().zip(&usual) {
            *count = ((*count + PRIOR * usual) / n / usual).ln();
        }
    }
    Some(counts)
}

/// Cosine of two profiles, 0 where they point apart.
fn alike(a: &[f64], b: &[f64]) -> f64 {
    let dot = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(p, q)| p * q).sum::<f64>();
    (dot(a, b) / (dot(a, a) * dot(b, b)).sqrt().max(1e-9)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(themes: &[u32], times: usize) -> Vec<Document> {
        vec![
            Document {
                themes: themes.to_vec(),
                place: None
            };
            times
        ]
    }

    #[test]
    fn themes_named_together_are_joined() {
        let documents = [
            said(&[0, 1], 30),
            said(&[2, 3], 30),
            said(&[0, 2], 2),
            said(&[4], 50),
        ]
        .concat();
        let groups = groups(5, &documents, 1, 1);
        assert_eq!(groups[0], groups[1]);
        assert_eq!(groups[2], groups[3]);
        assert_ne!(groups[0], groups[2]);
        assert_ne!(groups[4], groups[0]);
    }

    #[test]
    fn what_chance_explains_is_not_joined() {
        // Every pair equally often.
        let mut documents = Vec::new();
        for a in 0..6u32 {
            for b in 0..a {
                documents.extend(said(&[a, b], 20));
            }
        }
        let groups = groups(6, &documents, 1, 1);
        assert_eq!(
            groups
                .iter()
                .collect::<std::collections::BTreeSet<_>>()
                .len(),
            6
        );
    }

    #[test]
    fn the_floor_holds_and_nothing_is_nothing() {
        let documents = [said(&[0, 1], 30), said(&[2, 3], 30)].concat();
        assert_eq!(groups(4, &documents, 4, 1), [0, 1, 2, 3]);
        assert_eq!(groups(0, &[], 0, 1), Vec::<u32>::new());
    }
}
