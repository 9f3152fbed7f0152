//! Fitting themes on the sample: customers' problems and praise apart, each with ids and a
//! person's corrections.

mod fixes;
mod problems;
pub mod topics;

use crate::error::Result;
use crate::names::Names;
use crate::reader::{Placed, Reader, Splitter};
use crate::sample::Sampled;
use crate::scan::month;
use crate::words_of_many::{Answered, WordsOfMany};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use throughline_disclosure::label;
use throughline_domain::Words;
use throughline_domain::facts::ThemeCorrection;
use throughline_domain::import::Source;
use throughline_insight::comention::{Document, groups};
use throughline_insight::tally::month_name;
use throughline_insight::theme::{Found, Theme, corrected, joined};
use throughline_insight::topic;
use throughline_text::matrix::to_unit;
use throughline_text::represent::is_word;
use throughline_text::themes::{self, ThemeFit, ThemeOptions};
use throughline_text::vectors::{Scratch, Vectors};

/// A text that themes were fitted on, and where it came from.
#[derive(Clone)]
pub struct Fitted {
    /// Position of its comment in the sample.
    pub sampled: usize,
    /// The part of the comment that was fitted on.
    pub part: Words,
}

/// Themes of one kind, fitted.
pub struct Kind {
    /// The themes.
    pub themes: Vec<Theme>,
    /// The texts they were fitted on; `Theme::central` points here.
    pub texts: Vec<Fitted>,
    /// Ids of corrections that found their theme.
    pub used: Vec<String>,
}

/// Everything fitted on customers' comments.
pub struct Fits {
    /// Reads any comment.
    pub reader: Reader,
    /// Problems.
    pub pains: Kind,
    /// What customers praise.
    pub strengths: Kind,
}

/// A comment's parts, held.
#[derive(Default)]
struct Split {
    problem: Option<Words>,
    praise: Option<Words>,
}

/// Fits on a sample of comments.
pub fn fit(
    sample: &[Sampled],
    sources: &[Source],
    corrections: &[ThemeCorrection],
    seed: u64,
) -> Result<Fits> {
    let splitter = Splitter::new(sources, sample);
    let split: Vec<Split> = sample
        .par_iter()
        .map(|row| match row.parts(&splitter) {
            Ok(parts) => Split {
                problem: parts.problem.map(Words::new),
                praise: parts.praise.map(Words::new),
            },
            Err(_) => Split::default(),
        })
        .collect();
    let part = |choose: fn(&Split) -> &Option<Words>| -> Vec<Fitted> {
        split
            .iter()
            .enumerate()
            .filter_map(|(sampled, parts)| {
                Some(Fitted {
                    sampled,
                    part: choose(parts).clone()?,
                })
            })
            .collect()
    };
    let problems = part(|split| &split.problem);
    // Single texts may be misread; a theme of which most lean to praise isn't a problem. A code
    // of the comment goes before its words.
    let origin: Vec<usize> = problems.iter().map(|text| text.sampled).collect();
    let is_praise = |at: usize, text: &str| {
        let row = &sample[origin[at]];
        !splitter.is_coded_problem(&row.source, row.score)
            && row.tones(&splitter).leans_to_praise(text)
    };
    let (pains, pains_placed) = kind(
        PROBLEM,
        problems,
        sample,
        corrections,
        Some(&is_praise),
        seed,
    );
    let (strengths, strengths_placed) = kind(
        "s",
        part(|split| &split.praise),
        sample,
        corrections,
        None,
        seed,
    );
    let reader = Reader {
        splitter,
        pains: pains_placed,
        strengths: strengths_placed,
    };
    Ok(Fits {
        reader,
        pains,
        strengths,
    })
}

fn kind(
    prefix: &str,
    texts: Vec<Fitted>,
    sample: &[Sampled],
    corrections: &[ThemeCorrection],
    is_praise: Option<&IsPraise<'_>>,
    seed: u64,
) -> (Kind, Placed) {
    let words: Vec<&str> = texts.iter().map(|text| text.part.for_analysis()).collect();
    let (mut stages, mut units, mut months) =
        (Names::default(), Names::default(), Names::default());
    let spoken: Vec<Spoken> = texts
        .iter()
        .map(|text| {
            let row = &sample[text.sampled];
            let month = row.at_day.and_then(month).map(month_name);
            Spoken {
                by: text.sampled,
                place: row.stage.as_ref().map(|stage| stages.number(stage)),
                unit: row.unit.as_ref().map(|unit| units.number(unit)),
                month: month.map(|month| months.number(&month)),
            }
        })
        .collect();
    let options = if prefix == PROBLEM {
        ThemeOptions {
            topics: true,
            sentences: SENTENCES,
            ..ThemeOptions::default()
        }
    } else {
        ThemeOptions {
            min_themes: Some(STRENGTHS[0]),
            max_themes: Some(STRENGTHS[1]),
            ..ThemeOptions::default()
        }
    };
    let Themed {
        themes,
        place,
        used,
        fit,
    } = themed(
        Speech {
            prefix,
            texts: &words,
            spoken: &spoken,
            staff: None,
        },
        &options,
        corrections,
        is_praise,
        None,
        seed,
    );
    (
        Kind {
            themes,
            texts,
            used,
        },
        Placed {
            model: fit.map(|fit| fit.model),
            place,
        },
    )
}

/// How ids of problems begin.
const PROBLEM: &str = "p";

/// Most central sentences of a problem: among the first there may be praise alone, which isn't shown of it.
const SENTENCES: usize = 36;

/// Fewest and most themes of praise looked for: people praise a few things in very many words.
const STRENGTHS: [usize; 2] = [4, 14];

/// Themes that must remain when those named in one breath are joined.
const LEAST_THEMES: usize = 24;

/// Whether a text, with its position, leans to praise.
pub type IsPraise<'a> = dyn Fn(usize, &str) -> bool + Sync + 'a;

/// Themes after joining and corrections.
#[derive(Default)]
pub struct Themed {
    /// The themes.
    pub themes: Vec<Theme>,
    /// For each theme of the model the number of the theme that holds it now; `None` if it was
    /// praise among problems.
    pub place: Vec<Option<usize>>,
    /// Ids of corrections that found their theme.
    pub used: Vec<String>,
    /// The fit; `None` if there was nothing to fit.
    pub fit: Option<ThemeFit>,
}

/// Who said each text and where: texts of one speaker belong together.
pub struct Spoken {
    /// The comment or the person, by number.
    pub by: usize,
    /// The step of the journey, or the speaker's role, by number.
    pub place: Option<u32>,
    /// The unit, by number.
    pub unit: Option<u32>,
    /// The month, by number.
    pub month: Option<u32>,
}

/// Texts to be grouped.
pub struct Speech<'a> {
    /// How ids of their themes begin.
    pub prefix: &'a str,
    /// The texts.
    pub texts: &'a [&'a str],
    /// Who said them, one a text.
    pub spoken: &'a [Spoken],
    /// What else is known where their places are roles: themes are then joined by it.
    pub staff: Option<Staff<'a>>,
}

/// What employees' answers are joined into fixes by, beside their words.
pub struct Staff<'a> {
    /// Answers by role, of all who answered; `None` where roles tell nothing.
    pub by_role: Option<&'a [f64]>,
    /// Customers' problems.
    pub problems: &'a [Theme],
    /// Answers that employees wrote, whatever they say.
    pub written: u64,
}

/// Fits themes on texts, joins those that are named in one breath, and applies a person's
/// corrections; `names` are the words that they may be named by, where not all are.
pub fn themed(
    Speech {
        prefix,
        texts,
        spoken,
        staff,
    }: Speech<'_>,
    options: &ThemeOptions,
    corrections: &[ThemeCorrection],
    is_praise: Option<&IsPraise<'_>>,
    names: Option<&WordsOfMany>,
    seed: u64,
) -> Themed {
    if texts.is_empty() {
        return Themed::default();
    }
    let made = staff
        .as_ref()
        .and_then(|staff| fixes::by_role(texts, spoken, staff));
    let is_joined = made.is_some();
    let own = made.unwrap_or_else(|| themes::fit(texts, options, seed));
    let few = staff.as_ref().filter(|_| !fixes::are_large(&own));
    let few = few.and_then(|staff| fixes::by_problem(texts, staff));
    let is_joined = is_joined || few.is_some();
    let (by_problem, fit) = match few {
        Some((by_problem, fit)) => (Some(by_problem), fit),
        None => (None, own),
    };
    let mut documents: BTreeMap<usize, Document> = BTreeMap::new();
    for (assignment, spoken) in fit
        .model
        .assign_all(Vectors::shipped(), texts)
        .into_iter()
        .zip(spoken)
    {
        let document = documents.entry(spoken.by).or_default();
        document.place = document.place.or(spoken.place);
        for theme in assignment.named {
            if !document.themes.contains(&theme) {
                document.themes.push(theme);
            }
        }
    }
    let mut documents: Vec<Document> = documents.into_values().collect();
    let kept = kept(&fit, texts, is_praise);
    for document in &mut documents {
        document
            .themes
            .retain(|theme| kept[*theme as usize].is_some());
        for theme in &mut document.themes {
            *theme = kept[*theme as usize].unwrap_or(0);
        }
    }
    let mut found = found(&fit, texts);
    for (found, told) in found.iter_mut().zip(topics::told(&fit, texts)) {
        found.profile = told.profile;
        if prefix == PROBLEM {
            found.topics = told.shares;
        }
    }
    let found: Vec<Found> = found
        .into_iter()
        .zip(&kept)
        .filter(|(_, kept)| kept.is_some())
        .map(|(found, _)| found)
        .collect();
    let groups = if is_joined {
        (0..found.len() as u32).collect()
    } else {
        let labels: Vec<Option<u32>> = fit
            .labels
            .iter()
            .map(|label| kept[(*label)? as usize])
            .collect();
        (prefix == PROBLEM)
            .then(|| problems::groups(texts, &labels, spoken, &documents, &found))
            .flatten()
            .unwrap_or_else(|| groups(found.len(), &documents, LEAST_THEMES, seed))
    };
    let mut found = joined(found, &groups);
    if let Some(names) = names {
        let answers: Vec<Answered<'_>> = texts
            .iter()
            .zip(spoken)
            .map(|(text, spoken)| (*text, spoken.by))
            .collect();
        let mut people = vec![BTreeSet::new(); found.len()];
        for (label, spoken) in fit.labels.iter().zip(spoken) {
            let kept = label.and_then(|label| kept[label as usize]);
            if let Some(theme) = kept {
                people[groups[theme as usize] as usize].insert(spoken.by);
            }
        }
        let people: Vec<usize> = people.iter().map(BTreeSet::len).collect();
        names.name(&mut found, &people, &answers);
    }
    if let Some(by_problem) = &by_problem {
        by_problem.name(&mut found);
    }
    if prefix == PROBLEM {
        topic::title_problems(&mut found, fit.by_topic);
    }
    let embed = |words: &str| Vectors::shipped().embed(words);
    let mut corrected = corrected(prefix, found, corrections, &embed);
    if prefix == PROBLEM {
        corrected.themes.iter_mut().for_each(Theme::say_if_mixed);
    }
    let place = kept
        .iter()
        .map(|kept| kept.map(|at| corrected.place[groups[at as usize] as usize]))
        .collect();
    Themed {
        themes: corrected.themes,
        used: corrected.used.into_iter().collect(),
        place,
        fit: Some(fit),
    }
}

/// New numbers of the themes that stay: those whose texts aren't mostly praise.
fn kept(fit: &ThemeFit, texts: &[&str], is_praise: Option<&IsPraise<'_>>) -> Vec<Option<u32>> {
    let themes = fit.model.len();
    let Some(is_praise) = is_praise else {
        return (0..themes as u32).map(Some).collect();
    };
    let mut counts = vec![(0usize, 0usize); themes];
    for (at, label) in fit.labels.iter().enumerate() {
        if let Some(label) = label {
            let (n, praise) = &mut counts[*label as usize];
            *n += 1;
            *praise += usize::from(is_praise(at, texts[at]));
        }
    }
    let mut next = 0;
    counts
        .into_iter()
        .map(|(n, praise)| {
            let stays = praise * 2 < n.max(1);
            next += u32::from(stays);
            stays.then(|| next - 1)
        })
        .collect()
}

fn found(fit: &ThemeFit, texts: &[&str]) -> Vec<Found> {
    let mut counts = vec![0usize; fit.model.len()];
    let mut pieces: Vec<BTreeMap<u32, u32>> = vec![BTreeMap::new(); fit.model.len()];
    let (mut scratch, mut read) = (Scratch::default(), Vec::new());
    for (theme, text) in fit.labels.iter().zip(texts) {
        let Some(theme) = theme else { continue };
        counts[*theme as usize] += 1;
        Vectors::shipped().tokens(&mut scratch, text, &mut read);
        read.retain(|piece| is_word(Vectors::shipped().token(*piece)));
        read.sort_unstable();
        read.dedup();
        for piece in &read {
            *pieces[*theme as usize].entry(*piece).or_default() += 1;
        }
    }
    (0..fit.model.len())
        .map(|theme| {
            let number = theme as u32;
            let mut centre = fit.model.centroid_raw(number).to_vec();
            to_unit(&mut centre);
            Found {
                // Ids and titles are made of words: none of them may point to a person.
                title: label(fit.model.title(number))
                    .unwrap_or_else(|| "other comments".to_owned()),
                words: fit
                    .model
                    .words(number)
                    .iter()
                    .filter_map(|word| label(word))
                    .collect(),
                told: fit.model.told(number),
                central: fit.central[theme].clone(),
                centre,
                texts: counts[theme],
                pieces: std::mem::take(&mut pieces[theme]),
                topics: Vec::new(),
                profile: Vec::new(),
                by_topic: false,
                addresses: None,
            }
        })
        .collect()
}
