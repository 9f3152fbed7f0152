//! Reads customers' comments with fitted themes: which problem each is mainly about, which it
//! names, what it praises. The same reader is used in fitting and in the scan over everything.

use crate::sample::Sampled;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use throughline_domain::facts::Signal;
use throughline_domain::import::Source;
use throughline_domain::metric::Metric;
use throughline_insight::comment::{Parts, coded_parts, parts};
use throughline_insight::tone::Tones;
use throughline_text::ThemeModel;
use throughline_text::language::{self, Language};
use throughline_text::vectors::Vectors;

/// What a comment says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The problem it is mainly about.
    pub main: Option<u32>,
    /// Every problem it names, each once.
    pub pains: Vec<u32>,
    /// What it praises, each once.
    pub praise: Vec<u32>,
    /// Its language, where that isn't the majority's.
    pub apart: Option<Language>,
}

/// How comments are taken apart: what is known before any theme is.
pub struct Splitter {
    /// What tells praise from problems where nothing is known of the source.
    usual: Tones,
    /// … and by source and question: nobody praises where they are asked what to improve.
    tones: FxHashMap<String, FxHashMap<String, Tones>>,
    /// The language most comments are in.
    majority: Option<Language>,
    /// Sources whose scores are codes of the comment, with the scale's middle.
    coded: FxHashMap<String, f64>,
}

impl Splitter {
    /// A splitter for these sources; how rare praise is in each is learnt from a sample of their comments.
    pub fn new(sources: &[Source], sample: &[Sampled]) -> Self {
        let majority = language::majority(sample.iter().map(|row| row.comment.for_analysis()));
        let coded: FxHashMap<String, f64> = sources
            .iter()
            .filter(|source| source.metric == Metric::Coded)
            .filter_map(|source| {
                // Codes usually run from minus to plus: zero is then the middle.
                let scale = source.scale?;
                let middle = if scale.low < 0.0 && scale.high > 0.0 {
                    0.0
                } else {
                    scale.middle()
                };
                Some((source.source.clone(), middle))
            })
            .collect();
        let mut comments: BTreeMap<(&str, &str), (Vec<&str>, bool)> = BTreeMap::new();
        for row in sample {
            let text = row.comment.for_analysis();
            // Of what is coded the code tells.
            let is_coded = row.score.is_some() && coded.contains_key(&row.source);
            if !is_coded && language::apart(text, majority).is_none() {
                let asked = row.question.as_deref().unwrap_or("");
                let (texts, scored) = comments.entry((&row.source, asked)).or_default();
                texts.push(text);
                *scored |= row.score.is_some() || coded.contains_key(&row.source);
            }
        }
        let mut tones: FxHashMap<String, FxHashMap<String, Tones>> = FxHashMap::default();
        // The classifiers are made before many ask for them.
        let usual = Tones::default();
        for ((source, asked), (texts, scored)) in comments {
            let of_source = tones.entry(source.to_owned()).or_default();
            of_source.insert(asked.to_owned(), Tones::of(&texts, scored));
        }
        Self {
            usual,
            tones,
            majority,
            coded,
        }
    }

    /// What tells praise from problems among comments of a source on a question.
    pub fn tones(&self, source: &str, question: Option<&str>) -> Tones {
        let of_source = self.tones.get(source);
        let known = of_source.and_then(|asked| asked.get(question.unwrap_or("")));
        known.copied().unwrap_or(self.usual)
    }

    /// Whether a code of the comment says that it is about a problem.
    pub fn is_coded_problem(&self, source: &str, score: Option<f64>) -> bool {
        self.coded
            .get(source)
            .zip(score)
            .is_some_and(|(middle, score)| score < *middle)
    }

    /// The parts of a comment, or the language it is in if that isn't the majority's.
    pub fn parts<'a>(
        &self,
        text: &'a str,
        source: &str,
        question: Option<&str>,
        score: Option<f64>,
    ) -> Result<Parts<'a>, Language> {
        if let Some(language) = language::apart(text, self.majority) {
            return Err(language);
        }
        let tones = self.tones(source, question);
        let coded = self
            .coded
            .get(source)
            .zip(score)
            .and_then(|(middle, score)| coded_parts(&tones, text, score, *middle));
        Ok(coded.unwrap_or_else(|| parts(&tones, text)))
    }
}

/// Themes and where each of them went after a person's corrections.
pub struct Placed {
    /// The fitted model; `None` if there was nothing to fit.
    pub model: Option<ThemeModel>,
    /// For each theme of the model, the number of the corrected theme; `None` if it is none.
    pub place: Vec<Option<usize>>,
}

impl Placed {
    fn read(&self, texts: &[&str]) -> Vec<(Option<u32>, Vec<u32>)> {
        let Some(model) = &self.model else {
            return vec![(None, Vec::new()); texts.len()];
        };
        let moved = |theme: u32| self.place[theme as usize].map(|at| at as u32);
        model
            .assign_all(Vectors::shipped(), texts)
            .into_iter()
            .map(|assignment| {
                let mut named: Vec<u32> = assignment
                    .named
                    .iter()
                    .filter_map(|theme| moved(*theme))
                    .collect();
                named.sort_unstable();
                named.dedup();
                (assignment.main.and_then(moved), named)
            })
            .collect()
    }
}

/// Reads comments.
pub struct Reader {
    /// How comments are taken apart.
    pub splitter: Splitter,
    /// Problems.
    pub pains: Placed,
    /// What customers praise.
    pub strengths: Placed,
}

impl Reader {
    /// Reads rows; those without a comment say nothing.
    pub fn read(&self, rows: &[Signal<'_>]) -> Vec<Reading> {
        let parts: Vec<Result<Parts<'_>, Language>> = rows
            .par_iter()
            .map(|row| match row.comment {
                Some(comment) => self
                    .splitter
                    .parts(comment, row.source, row.question, row.score),
                None => Ok(Parts::default()),
            })
            .collect();
        let mut readings = vec![Reading::default(); rows.len()];
        for (reading, part) in readings.iter_mut().zip(&parts) {
            reading.apart = part.as_ref().err().copied();
        }
        let known = || {
            parts
                .iter()
                .enumerate()
                .filter_map(|(at, part)| Some((at, part.as_ref().ok()?)))
        };
        let (at, texts): (Vec<usize>, Vec<&str>) = known()
            .filter_map(|(at, parts)| Some((at, parts.problem.as_deref()?)))
            .unzip();
        for (at, (main, named)) in at.into_iter().zip(self.pains.read(&texts)) {
            readings[at].main = main;
            readings[at].pains = named;
        }
        let (at, texts): (Vec<usize>, Vec<&str>) = known()
            .filter_map(|(at, parts)| Some((at, parts.praise.as_deref()?)))
            .unzip();
        for (at, (_, named)) in at.into_iter().zip(self.strengths.read(&texts)) {
            readings[at].praise = named;
        }
        readings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_domain::Words;
    use throughline_domain::metric::Scale;

    fn source(name: &str, metric: Metric) -> Source {
        Source {
            source: name.to_owned(),
            scale: (metric == Metric::Coded).then_some(Scale {
                low: -5.0,
                high: 5.0,
            }),
            metric,
            scale_found: false,
            scores: 0,
            comments: 400,
        }
    }

    fn complaints(source: &str, question: Option<&str>, score: Option<f64>) -> Vec<Sampled> {
        let said = [
            "The invoice is wrong again",
            "My booking was lost",
            "I can't log in to the app",
            "Your engineer missed the appointment",
        ];
        (0..400)
            .map(|at| Sampled {
                id: format!("{source}{at}"),
                person: format!("{source}{at}"),
                source: source.to_owned(),
                question: question.map(str::to_owned),
                unit: None,
                stage: None,
                at_day: None,
                score,
                comment: Words::new(said[at % said.len()]),
            })
            .collect()
    }

    #[test]
    fn praise_is_found_to_be_commoner_only_where_nothing_is_scored_or_coded() {
        let praised = |source: &str, score: Option<f64>| {
            let mut rows = complaints(source, None, None);
            for (at, row) in rows.iter_mut().enumerate() {
                if at % 3 > 0 {
                    row.comment = Words::new("A lovely helpful team, thank you all so much");
                }
            }
            rows[0].score = score;
            rows
        };
        let sources = [
            source("survey", Metric::Mean),
            source("coded", Metric::Coded),
        ];
        let sample = [
            praised("reviews", None),
            praised("survey", Some(4.0)),
            praised("coded", Some(-3.0)),
        ]
        .concat();
        let splitter = Splitter::new(&sources, &sample);
        let odds = |source| splitter.tones(source, None).problems_to_one();
        let usual = Tones::default().problems_to_one();
        assert!((odds("reviews") - 1.0).abs() < 1e-9, "{}", odds("reviews"));
        assert!((odds("survey") - usual).abs() < 1e-9);
        assert!((odds("coded") - usual).abs() < 1e-9);
    }

    #[test]
    fn how_rare_praise_is_is_learnt_by_source_and_question() {
        let sources = [
            source("tickets", Metric::Mean),
            source("coded", Metric::Coded),
        ];
        let mut sample = complaints("tickets", Some("worst"), None);
        sample.extend(complaints("coded", None, Some(-3.0)));
        let splitter = Splitter::new(&sources, &sample);
        let odds = |source, question| splitter.tones(source, question).problems_to_one();
        let usual = Tones::default().problems_to_one();
        assert!(odds("tickets", Some("worst")) > 2.0 * usual);
        for (source, question) in [
            ("tickets", Some("best")),
            ("tickets", None),
            ("coded", None),
            ("elsewhere", None),
        ] {
            let known = odds(source, question);
            assert!((known - usual).abs() < 1e-9, "{source} {question:?}");
        }
    }
}
