//! A fitted set of themes as a value: it can be kept as bytes, named by its content and applied.
//!
//! Holds the mean and word weights of the texts it was fitted on, the scorer, each theme's title,
//! words, size and raw centroid. It holds no text that anyone wrote: titles and words come from
//! phrases that several texts share. Fitting is `themes`, the score is `assign`.

use crate::assign::{AssignScratch, Assigner, Assignment, Scorer};
use crate::represent::{Known, Representation};
use crate::topics::Usual;
use crate::vectors::Vectors;

const WIDTH: usize = Vectors::DIMENSIONS;
const MAGIC: &[u8; 8] = b"TLTHEMES";
const VERSION: u32 = 3;

/// Why bytes are no theme model.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("no theme model: {0}\nhint: fit the themes again")]
pub struct BadModel(&'static str);

/// One theme's name and size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ThemeName {
    /// Two to five words in sentence case, no other theme's.
    pub title: String,
    /// About eight words and phrases that set the theme apart, most telling first.
    pub words: Vec<String>,
    /// Share of the theme's texts that hold what its title names.
    pub told: f32,
}

/// Themes fitted to texts, ready to be applied to others. Themes are numbered from 0, largest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ThemeModel {
    pub(crate) representation: Representation,
    pub(crate) scorer: Scorer,
    pub(crate) names: Vec<ThemeName>,
    pub(crate) sizes: Vec<u32>,
    pub(crate) raw_centroids: Vec<f32>,
    pub(crate) thresholds: Vec<f32>,
}

impl ThemeModel {
    /// How many themes there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no theme (no text had a known word).
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// A theme's title; empty for a number that is no theme.
    pub fn title(&self, theme: u32) -> &str {
        self.names
            .get(theme as usize)
            .map_or("", |name| &name.title)
    }

    /// A theme's words, most telling first; none for a number that is no theme.
    pub fn words(&self, theme: u32) -> &[String] {
        self.names
            .get(theme as usize)
            .map_or(&[], |name| &name.words)
    }

    /// Share of the theme's texts that hold what its title names; 0 for a number that is no theme.
    pub fn told(&self, theme: u32) -> f32 {
        self.names.get(theme as usize).map_or(0.0, |name| name.told)
    }

    /// How many of the fitted texts the theme is the main one of.
    pub fn size(&self, theme: u32) -> u32 {
        self.sizes.get(theme as usize).copied().unwrap_or(0)
    }

    /// A theme's centroid in the centred space: 256 numbers of unit length (empty for no theme).
    pub fn centroid(&self, theme: u32) -> &[f32] {
        row(&self.scorer.centroids, theme)
    }

    /// The mean of the theme's texts' vectors in the table's own space, neither centred nor scaled:
    /// 256 numbers (empty for no theme). For comparing themes of two models: see `similarity`.
    pub fn centroid_raw(&self, theme: u32) -> &[f32] {
        row(&self.raw_centroids, theme)
    }

    /// The mean that was taken off vectors before comparing them, 256 numbers.
    pub fn mean(&self) -> &[f32] {
        &self.representation.mean
    }

    /// The model's content hash (xxh3-128 of [`ThemeModel::to_bytes`]), 32 hexadecimal digits.
    pub fn key(&self) -> String {
        format!("{:032x}", twox_hash::XxHash3_128::oneshot(&self.to_bytes()))
    }

    /// The theme or themes of one text.
    pub fn assign(&self, vectors: &Vectors, scratch: &mut AssignScratch, text: &str) -> Assignment {
        self.assigner(vectors).one(scratch, text)
    }

    /// The themes of many texts, on all of rayon's threads; the same as one after the other.
    pub fn assign_all(&self, vectors: &Vectors, texts: &[&str]) -> Vec<Assignment> {
        self.assigner(vectors).all(texts)
    }

    fn assigner<'a>(&'a self, vectors: &'a Vectors) -> Assigner<'a> {
        Assigner {
            scorer: &self.scorer,
            representation: &self.representation,
            thresholds: &self.thresholds,
            vectors,
        }
    }

    /// The model as bytes: magic, version, then lengths and little-endian numbers.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend_from_slice(MAGIC);
        put_u32(&mut out, VERSION);
        put_u32(&mut out, self.names.len() as u32);
        put_floats(&mut out, &self.representation.mean);
        put_floats(&mut out, &self.representation.idf);
        let known = self.representation.known.clone().unwrap_or_default();
        put_floats(&mut out, &[known.weight]);
        put_floats(&mut out, &known.usual.odds);
        put_floats(&mut out, &known.usual.roots);
        put_floats(&mut out, &self.scorer.centroids);
        put_u32s(&mut out, &self.scorer.starts);
        put_u32s(
            &mut out,
            &self
                .scorer
                .themes_of
                .iter()
                .map(|&t| u32::from(t))
                .collect::<Vec<_>>(),
        );
        put_floats(&mut out, &self.scorer.odds);
        put_floats(&mut out, &self.raw_centroids);
        put_floats(&mut out, &self.thresholds);
        put_u32s(&mut out, &self.sizes);
        for name in &self.names {
            put_text(&mut out, &name.title);
            put_u32(&mut out, name.words.len() as u32);
            name.words.iter().for_each(|word| put_text(&mut out, word));
            out.extend_from_slice(&name.told.to_le_bytes());
        }
        out
    }

    /// Reads [`ThemeModel::to_bytes`]' bytes.
    ///
    /// # Errors
    /// [`BadModel`] if they are of another kind or version, cut short, too long, or don't fit
    /// together.
    pub fn from_bytes(bytes: &[u8]) -> Result<ThemeModel, BadModel> {
        let mut rest = Rest(bytes);
        if rest.take(MAGIC.len())? != MAGIC {
            return Err(BadModel("another kind of bytes"));
        }
        if rest.u32()? != VERSION {
            return Err(BadModel("another version"));
        }
        let themes = rest.u32()? as usize;
        let representation = Representation {
            mean: rest.floats()?,
            idf: rest.floats()?,
            known: rest.known()?,
        };
        let scorer = Scorer {
            themes,
            centroids: rest.floats()?,
            starts: rest.u32s()?,
            themes_of: rest
                .u32s()?
                .into_iter()
                .map(|t| u16::try_from(t).map_err(|_| BadModel("a theme out of range")))
                .collect::<Result<_, _>>()?,
            odds: rest.floats()?,
        };
        let raw_centroids = rest.floats()?;
        let thresholds = rest.floats()?;
        let sizes = rest.u32s()?;
        let mut names = Vec::new();
        for _ in 0..themes {
            let title = rest.text()?;
            let count = rest.u32()?;
            let mut words = Vec::new();
            for _ in 0..count {
                words.push(rest.text()?);
            }
            let told = f32::from_bits(rest.u32()?);
            names.push(ThemeName { title, words, told });
        }
        let model = ThemeModel {
            representation,
            scorer,
            names,
            sizes,
            raw_centroids,
            thresholds,
        };
        if !rest.0.is_empty() {
            return Err(BadModel("bytes after its end"));
        }
        model.check()?;
        Ok(model)
    }

    /// Whether the parts fit together, so that assigning reads past no end.
    fn check(&self) -> Result<(), BadModel> {
        let themes = self.names.len();
        let scorer = &self.scorer;
        let sizes_fit = scorer.centroids.len() == themes * WIDTH
            && self.raw_centroids.len() == themes * WIDTH
            && self.thresholds.len() == themes
            && self.sizes.len() == themes
            && scorer.odds.len() == scorer.themes_of.len()
            && (self.representation.mean.len() == WIDTH || themes == 0)
            && self.representation.known.as_ref().is_none_or(Known::fits);
        let places_fit = scorer.starts.is_sorted()
            && scorer
                .starts
                .last()
                .is_none_or(|&end| end as usize == scorer.odds.len())
            && scorer
                .themes_of
                .iter()
                .all(|&theme| usize::from(theme) < themes);
        if sizes_fit && places_fit {
            Ok(())
        } else {
            Err(BadModel("its parts don't fit together"))
        }
    }
}

fn row(rows: &[f32], theme: u32) -> &[f32] {
    rows.get(theme as usize * WIDTH..)
        .and_then(|rest| rest.get(..WIDTH))
        .unwrap_or(&[])
}

fn put_u32(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes());
}

fn put_u32s(out: &mut Vec<u8>, numbers: &[u32]) {
    put_u32(out, numbers.len() as u32);
    numbers.iter().for_each(|&number| put_u32(out, number));
}

fn put_floats(out: &mut Vec<u8>, numbers: &[f32]) {
    put_u32(out, numbers.len() as u32);
    numbers
        .iter()
        .for_each(|number| out.extend_from_slice(&number.to_le_bytes()));
}

fn put_text(out: &mut Vec<u8>, text: &str) {
    put_u32(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

/// The bytes still to be read.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, bytes: usize) -> Result<&'a [u8], BadModel> {
        let (taken, rest) = self
            .0
            .split_at_checked(bytes)
            .ok_or(BadModel("cut short"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn u32(&mut self) -> Result<u32, BadModel> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn u32s(&mut self) -> Result<Vec<u32>, BadModel> {
        let count = self.u32()? as usize;
        let bytes = self.take(count.saturating_mul(4))?;
        Ok(bytes
            .chunks_exact(4)
            .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect())
    }

    fn floats(&mut self) -> Result<Vec<f32>, BadModel> {
        Ok(self.u32s()?.into_iter().map(f32::from_bits).collect())
    }

    fn known(&mut self) -> Result<Option<Known>, BadModel> {
        let weight = self.floats()?.first().copied().unwrap_or_default();
        let usual = Usual {
            odds: self.floats()?,
            roots: self.floats()?,
        };
        Ok((!usual.odds.is_empty()).then_some(Known { weight, usual }))
    }

    fn text(&mut self) -> Result<String, BadModel> {
        let length = self.u32()? as usize;
        let bytes = self.take(length)?;
        String::from_utf8(bytes.to_vec()).map_err(|_| BadModel("a name is not UTF-8"))
    }
}
