//! Finds the themes of a set of texts.
//!
//! Equal texts are put together; vectors centred; exact nearest neighbours by vectors and words; a
//! graph of them cut where the cut is stable; small themes merged into their nearest; then rounds of
//! the score that assigning uses. Every text with a known wordpiece gets a theme. Past
//! `ThemeOptions::sample` distinct texts, a sample chosen by hash is clustered and the rest
//! assigned. Themes are what texts have in common: whether one is a problem or praise, and whether
//! a text says anything at all, is for the caller (`empty`, `language`).

use crate::anchored;
use crate::assign::{self, Scorer};
use crate::central::{self, Central};
use crate::communities::{Graph, renumber};
use crate::labels;
use crate::linkage;
use crate::matrix;
use crate::model::ThemeModel;
use crate::neighbours;
use crate::reading;
use crate::represent::{self, Distinct, Representation, Represented};
use crate::seeded;
use crate::stability;
use crate::vectors::Vectors;

pub(crate) const WIDTH: usize = Vectors::DIMENSIONS;
/// Weight of shared words beside the vectors' cosine among neighbours.
pub(crate) const WORDS_BLEND: f32 = 0.3;
/// Seeds with which it is asked how often the same comes out.
const ASKED: u64 = 5;
/// Rounds in which texts go to the theme that scores best.
const ROUNDS: usize = 4;
/// More themes than this are never looked for: nobody reads them.
const MOST_THEMES: usize = 120;
/// More pieces of a graph than this are folded before they are merged one by one.
const MOST_MERGED: usize = 512;
/// Share of a theme's texts whose similarity to it is below what names it in a clause.
const NAMING_QUANTILE: f64 = 0.25;
/// Bounds of that cosine: themes of few wordings would ask too much, loose ones too little.
const LEAST_NAMING: f32 = 0.3;
const MOST_NAMING: f32 = 0.5;

/// What kind of themes to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeOptions {
    /// Fewest themes wanted; `None`: 0.45 times the root of the number of distinct texts.
    pub min_themes: Option<usize>,
    /// Most themes wanted, and never exceeded; `None`: 0.85 times that root, at most 120.
    pub max_themes: Option<usize>,
    /// Fewest texts a theme may have; smaller ones are merged into their nearest.
    /// `None`: one distinct text in 500, at least 2.
    pub floor: Option<usize>,
    /// Most nearest neighbours each text is tied to; few texts have fewer (about their root).
    pub neighbours: usize,
    /// Most distinct texts that are clustered; the others are assigned.
    pub sample: usize,
    /// Whether texts may speak of what customers everywhere complain of ([`crate::topics`]): praise doesn't, nor do
    /// employees.
    pub topics: bool,
    /// Most central sentences kept of each theme.
    pub sentences: usize,
}

impl Default for ThemeOptions {
    fn default() -> Self {
        ThemeOptions {
            min_themes: None,
            max_themes: None,
            floor: None,
            neighbours: 30,
            sample: 50_000,
            topics: false,
            sentences: central::SENTENCES,
        }
    }
}

/// The themes of some texts, and each text's main theme.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ThemeFit {
    /// The themes, ready to be applied to other texts.
    pub model: ThemeModel,
    /// Each text's main theme; `None` only when no word of it is known.
    pub labels: Vec<Option<u32>>,
    /// By theme, its most central sentences, best first.
    pub central: Vec<Vec<Central>>,
    /// How well the clustering came again when shaken: mean adjusted Rand index, at most 1; where topics made the
    /// themes, that of the clustering that wasn't taken.
    pub agreement: f64,
    /// How many distinct texts there were (case, punctuation and accents aside).
    pub distinct: usize,
    /// Topics made the themes: the texts alone didn't tell which belong together.
    pub by_topic: bool,
}

/// Finds the themes of texts. Same texts, options and seed give the same bytes, on any number of
/// threads.
pub fn fit(texts: &[&str], options: &ThemeOptions, seed: u64) -> ThemeFit {
    let Some(read) = Read::new(texts, options.sample, options.topics, seed) else {
        return nothing(texts);
    };
    let (n, rows, weights) = (read.sample.len(), &read.rows, &read.weights);
    let wanted = Wanted::of(options, n);
    let neighbours = options
        .neighbours
        .min((n as f64).sqrt() as usize + 1)
        .min(n - 1);
    let cut = |vectors: &[f32], seed: u64| {
        let near = neighbours::nearest(vectors, WIDTH, &rows.words, WORDS_BLEND, neighbours);
        let edges: Vec<(u32, u32, f32)> = near
            .iter()
            .zip(0u32..)
            .flat_map(|(near, i)| near.iter().map(move |&(j, similarity)| (i, j, similarity)))
            .collect();
        let graph = Graph::from_edges(n, &edges);
        let Wanted { least, most, floor } = wanted;
        stability::cut(&graph, weights, floor, least, most, seed)
    };
    // Where the texts alone don't tell which belong together, topics may.
    let may = !read.odds.is_empty() && (anchored::ENOUGH..=anchored::FEW).contains(&n);
    // Of few texts how often the same comes out is itself a matter of chance: asked several times.
    let alone = may.then(|| {
        let vectors = read.representation.alone(&read.raw);
        let again = (0..ASKED).map(|turn| cut(&vectors, seed.wrapping_add(turn)).agreement);
        again.sum::<f64>() / ASKED as f64
    });
    let unsure = alone.filter(|agreement| *agreement < anchored::UNSURE);
    let usual = (wanted.least + wanted.most).div_ceil(2);
    let known = unsure.and_then(|agreement| {
        let groups = anchored::groups(&read.odds, wanted.least, usual)?;
        Some((groups, agreement))
    });
    let by_topic = known.is_some();
    let (mut labels, agreement) = known.unwrap_or_else(|| {
        let cut = cut(&rows.vectors, seed);
        (cut.communities, cut.agreement)
    });
    let mut themes = merge_small(&rows.vectors, weights, &mut labels, &wanted);
    for _ in 0..ROUNDS {
        let scorer = read.scorer(&labels, themes);
        labels = scorer.best(&rows.vectors, &read.pieces);
        themes = merge_small(&rows.vectors, weights, &mut labels, &wanted);
    }
    let mut scorer = read.scorer(&labels, themes);
    // From here on a text's theme is what the model says of it, fitted or not. Numbers go by the
    // sizes that result.
    let mut labels = scorer.best(&rows.vectors, &read.pieces);
    read.renumber(&mut labels, &mut scorer);
    let mut model = read.model(&labels, scorer);
    let labels: Vec<Option<u32>> = model
        .assign_all(Vectors::shipped(), texts)
        .into_iter()
        .map(|a| a.main)
        .collect();
    let central = read.describe(&mut model, &labels, options.sentences);
    ThemeFit {
        by_topic,
        model,
        labels,
        central,
        agreement,
        distinct: read.distinct.first.len(),
    }
}

/// Puts texts together that say nearly the same, into at most `most` groups; each text's group, `None`
/// only when no word of it is known. It looks at every pair: for some thousand texts.
pub fn alike(texts: &[&str], most: usize) -> Vec<Option<u32>> {
    let Some(read) = Read::new(texts, usize::MAX, false, 0) else {
        return vec![None; texts.len()];
    };
    let groups = linkage::groups(&read.rows, most);
    let of = |distinct: &Option<u32>| Some(groups[(*distinct)? as usize]);
    read.distinct.of.iter().map(of).collect()
}

/// Themes out of groups that were made elsewhere, numbered from 0: equal texts belong to the group of the
/// first of them, and those without a group to none. `agreement` isn't measured.
pub fn given(texts: &[&str], groups: &[Option<u32>]) -> ThemeFit {
    let read = Read::new(texts, usize::MAX, false, 0)
        .filter(|read| read.distinct.first.iter().all(|at| groups[*at].is_some()));
    let Some(read) = read else {
        return nothing(texts);
    };
    let mut labels: Vec<u32> = read
        .distinct
        .first
        .iter()
        .filter_map(|at| groups[*at])
        .collect();
    let themes = renumber(&mut labels);
    let mut scorer = read.scorer(&labels, themes);
    read.renumber(&mut labels, &mut scorer);
    let mut model = read.model(&labels, scorer);
    let of = |distinct: &Option<u32>| Some(labels[(*distinct)? as usize]);
    let labels: Vec<Option<u32>> = read.distinct.of.iter().map(of).collect();
    let central = read.describe(&mut model, &labels, central::SENTENCES);
    ThemeFit {
        by_topic: false,
        model,
        labels,
        central,
        agreement: 0.0,
        distinct: read.distinct.first.len(),
    }
}

fn nothing(texts: &[&str]) -> ThemeFit {
    ThemeFit {
        labels: vec![None; texts.len()],
        ..ThemeFit::default()
    }
}

/// Distinct texts, read.
struct Read<'t> {
    distinct: Distinct,
    /// Which of the distinct ones.
    sample: Vec<usize>,
    texts: Vec<&'t str>,
    weights: Vec<u32>,
    raw: Vec<f32>,
    representation: Representation,
    rows: Represented,
    pieces: Vec<Vec<u32>>,
    /// Log-odds of topics; none where they weren't asked.
    odds: Vec<Vec<f32>>,
}

impl<'t> Read<'t> {
    /// Reads at most `most`; `None` where there is nothing to read.
    fn new(texts: &[&'t str], most: usize, topics: bool, seed: u64) -> Option<Self> {
        let vectors = Vectors::shipped();
        let distinct = represent::distinct(vectors, texts);
        let sample = sample(texts, &distinct.first, most, seed);
        if sample.is_empty() {
            return None;
        }
        let texts: Vec<&str> = sample.iter().map(|&d| texts[distinct.first[d]]).collect();
        let weights = sample.iter().map(|&d| distinct.weight[d]).collect();
        let (raw, tokens) = reading::read_all(vectors, &texts);
        let representation = Representation::fit(vectors, &raw, &tokens, topics);
        let odds = representation.odds(&raw, &tokens);
        let rows = representation.apply(raw.clone(), &tokens);
        let pieces = tokens
            .iter()
            .map(|t| assign::distinct_pieces(&representation, t))
            .collect();
        Some(Read {
            distinct,
            sample,
            texts,
            weights,
            raw,
            representation,
            rows,
            pieces,
            odds,
        })
    }

    fn scorer(&self, labels: &[u32], themes: usize) -> Scorer {
        let ids_end = Vectors::shipped().token_ids_end() as usize;
        Scorer::fit(&self.rows.vectors, &self.pieces, labels, themes, ids_end)
    }

    /// Numbers themes by size.
    fn renumber(&self, labels: &mut [u32], scorer: &mut Scorer) {
        let rank = by_size(labels, &self.weights, scorer.themes);
        scorer.reorder(&rank);
        labels
            .iter_mut()
            .for_each(|label| *label = rank[*label as usize]);
    }

    /// The model, without names and sizes.
    fn model(&self, labels: &[u32], scorer: Scorer) -> ThemeModel {
        let themes = scorer.themes;
        let raw_centroids = (0..themes as u32)
            .flat_map(|theme| {
                matrix::mean(&self.raw, WIDTH, |i| {
                    f64::from(u8::from(labels[i] == theme))
                })
            })
            .collect();
        ThemeModel {
            representation: self.representation.clone(),
            thresholds: thresholds(
                &self.rows.vectors,
                &scorer,
                labels,
                self.representation.own_part(),
            ),
            scorer,
            names: vec![Default::default(); themes],
            sizes: vec![0; themes],
            raw_centroids,
        }
    }

    /// Gives the model sizes and names; the themes' central sentences.
    fn describe(
        &self,
        model: &mut ThemeModel,
        labels: &[Option<u32>],
        sentences: usize,
    ) -> Vec<Vec<Central>> {
        for &theme in labels.iter().flatten() {
            model.sizes[theme as usize] += 1;
        }
        let vectors = Vectors::shipped();
        let first = |&d: &usize| self.distinct.first[d];
        let placed: Vec<u32> = self
            .sample
            .iter()
            .map(|d| labels[first(d)].unwrap_or(0))
            .collect();
        model.names = labels::name_themes(model, vectors, &self.texts, &self.weights, &placed);
        let mut central = central::central(model, vectors, &self.texts, &placed, sentences);
        for found in central.iter_mut().flatten() {
            found.text = first(&self.sample[found.text]);
        }
        central
    }
}

/// Which distinct texts are clustered: all, or those with the lowest hashes, in their own order.
fn sample(texts: &[&str], first: &[usize], most: usize, seed: u64) -> Vec<usize> {
    if first.len() <= most {
        return (0..first.len()).collect();
    }
    let mut hashed: Vec<(u64, usize)> = first
        .iter()
        .enumerate()
        .map(|(index, &text)| (seeded::hash(texts[text].as_bytes(), seed), index))
        .collect();
    hashed.sort_unstable();
    let mut sample: Vec<usize> = hashed[..most].iter().map(|&(_, index)| index).collect();
    sample.sort_unstable();
    sample
}

/// How many themes of what size.
struct Wanted {
    least: usize,
    most: usize,
    floor: u64,
}

impl Wanted {
    fn of(options: &ThemeOptions, distinct: usize) -> Self {
        let root = (distinct as f64).sqrt();
        let most = options.max_themes.unwrap_or_else(|| {
            let usual = (0.85 * root).round() as usize;
            usual
                .clamp(1, MOST_THEMES)
                .max(options.min_themes.unwrap_or(1))
        });
        let most = most.clamp(1, usize::from(u16::MAX));
        let least = options
            .min_themes
            .unwrap_or((0.45 * root).round() as usize)
            .clamp(1, most);
        let floor = options.floor.unwrap_or((distinct / 500).max(2)) as u64;
        Wanted { least, most, floor }
    }
}

/// Merges themes below the floor, smallest first, into the one whose centroid is nearest; then the
/// smallest while there are more than wanted. Returns how many are left.
fn merge_small(vectors: &[f32], weights: &[u32], labels: &mut [u32], wanted: &Wanted) -> usize {
    let mut themes = renumber(labels);
    if themes > MOST_MERGED {
        themes = fold_rest(vectors, weights, labels, themes);
    }
    let mut sums = vec![0.0f32; themes * WIDTH];
    let mut sizes = vec![0u64; themes];
    for ((row, &label), &weight) in vectors.chunks_exact(WIDTH).zip(&*labels).zip(weights) {
        let label = label as usize;
        sizes[label] += u64::from(weight);
        sums[label * WIDTH..][..WIDTH]
            .iter_mut()
            .zip(row)
            .for_each(|(s, x)| *s += x);
    }
    let mut into: Vec<u32> = (0..themes as u32).collect();
    let mut alive: Vec<usize> = (0..themes).collect();
    while alive.len() > 1 {
        let Some((place, &smallest)) = alive
            .iter()
            .enumerate()
            .min_by_key(|&(_, &theme)| (sizes[theme], theme))
        else {
            break;
        };
        if sizes[smallest] >= wanted.floor && alive.len() <= wanted.most {
            break;
        }
        alive.remove(place);
        let unit = |theme: usize| {
            let mut row = sums[theme * WIDTH..][..WIDTH].to_vec();
            matrix::to_unit(&mut row);
            row
        };
        let own = unit(smallest);
        let mut nearest = alive[0];
        let mut highest = f32::NEG_INFINITY;
        for &theme in &alive {
            let similarity = matrix::dot(&own, &unit(theme));
            if similarity > highest {
                highest = similarity;
                nearest = theme;
            }
        }
        into[smallest] = nearest as u32;
        sizes[nearest] += sizes[smallest];
        for at in 0..WIDTH {
            sums[nearest * WIDTH + at] += sums[smallest * WIDTH + at];
        }
    }
    for label in labels.iter_mut() {
        while into[*label as usize] != *label {
            *label = into[*label as usize];
        }
    }
    renumber(labels)
}

/// Folds all but the largest themes into those, each text into the nearest: keeps merging quick when
/// a graph falls into thousands of pieces.
fn fold_rest(vectors: &[f32], weights: &[u32], labels: &mut [u32], themes: usize) -> usize {
    let rank = by_size(labels, weights, themes);
    labels
        .iter_mut()
        .for_each(|label| *label = rank[*label as usize]);
    let mut sums = vec![0.0f32; MOST_MERGED * WIDTH];
    for (row, &label) in vectors.chunks_exact(WIDTH).zip(&*labels) {
        if (label as usize) < MOST_MERGED {
            sums[label as usize * WIDTH..][..WIDTH]
                .iter_mut()
                .zip(row)
                .for_each(|(s, x)| *s += x);
        }
    }
    sums.chunks_exact_mut(WIDTH).for_each(|row| {
        matrix::to_unit(row);
    });
    let mut nearness = vec![0.0f32; MOST_MERGED];
    for (row, label) in vectors.chunks_exact(WIDTH).zip(labels.iter_mut()) {
        if *label as usize >= MOST_MERGED {
            matrix::products(row, &sums, WIDTH, &mut nearness);
            *label = assign::highest(&nearness) as u32;
        }
    }
    renumber(labels)
}

/// New numbers for themes, the one with most texts 0; the one that came first at a tie.
fn by_size(labels: &[u32], weights: &[u32], themes: usize) -> Vec<u32> {
    let mut sizes = vec![0u64; themes];
    for (&label, &weight) in labels.iter().zip(weights) {
        sizes[label as usize] += u64::from(weight);
    }
    let mut order: Vec<usize> = (0..themes).collect();
    order.sort_by_key(|&theme| (std::cmp::Reverse(sizes[theme]), theme));
    let mut rank = vec![0u32; themes];
    for (place, &theme) in order.iter().enumerate() {
        rank[theme] = place as u32;
    }
    rank
}

/// By theme, the cosine from which a clause names it: a low quantile of its own texts' cosines. `own_part` is what of a
/// cosine texts' own vectors make: what is known from elsewhere seldom speaks for a clause.
fn thresholds(vectors: &[f32], scorer: &Scorer, labels: &[u32], own_part: f32) -> Vec<f32> {
    let mut similarities: Vec<Vec<f32>> = vec![Vec::new(); scorer.themes];
    for (row, &label) in vectors.chunks_exact(WIDTH).zip(labels) {
        let centroid = &scorer.centroids[label as usize * WIDTH..][..WIDTH];
        similarities[label as usize].push(matrix::dot(row, centroid));
    }
    similarities
        .into_iter()
        .map(|mut of_theme| {
            of_theme.sort_by(f32::total_cmp);
            let place = (of_theme.len() as f64 * NAMING_QUANTILE) as usize;
            of_theme
                .get(place)
                .copied()
                .unwrap_or(1.0)
                .clamp(LEAST_NAMING * own_part, MOST_NAMING * own_part)
        })
        .collect()
}
