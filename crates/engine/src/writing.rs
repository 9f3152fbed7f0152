//! Writes what was released or entrusted: the brief for leaders, rows for the analyst.

use crate::answers::Answers;
use crate::conclude::Conclusion;
use crate::error::{EngineError, Result};
use crate::fit::Fits;
use crate::outputs::Outputs;
use crate::request::BriefRequest;
use crate::review::{
    ASSIGNMENTS, AssignmentRow, PAIRS, PairRow, PairStratum, read_assignments, read_pairs,
    sample_assignments, sample_pairs,
};
use crate::sample::Sampled;
use std::collections::{BTreeMap, BTreeSet};
use throughline_disclosure::{Entrusted, FileUse, Grant, Released, Rules, scrub};
use throughline_domain::brief::{Brief, Match, Quote, names_nothing};
use throughline_domain::facts::Voice;
use throughline_domain::import::ImportReport;
use throughline_domain::sheet::defused;
use throughline_insight::theme::{Theme, dot};
use throughline_text::AssignScratch;
use throughline_text::vectors::Vectors;

/// `brief.html` and `brief.json`.
pub fn write_released(outputs: &mut Outputs, brief: &Released<Brief<Quote>>) -> Result<()> {
    outputs.write(
        "brief.html",
        throughline_report::html::brief(brief).as_bytes(),
    )?;
    outputs.write(
        "brief.json",
        throughline_report::json::brief(brief).as_bytes(),
    )
}

/// The analyst's rows: which fix and which need each answer is part of.
pub fn write_assigned(outputs: &mut Outputs, voice: &[Voice], answers: &Answers) -> Result<()> {
    let grant = Grant::to_the_owner_of_the_files(FileUse::OwnFiles);
    let mut levers = vec![""; voice.len()];
    let mut needs = vec![""; voice.len()];
    for (group, ids) in [(&answers.levers, &mut levers), (&answers.needs, &mut needs)] {
        for (said, row) in group.said.iter().zip(&group.rows) {
            if let Some(theme) = said.theme {
                ids[*row] = &group.themes[theme].id;
            }
        }
    }
    let rows = |ids: Vec<&str>| -> Vec<Entrusted<(String, String)>> {
        voice
            .iter()
            .zip(ids)
            .map(|(row, id)| grant.entrust((row.id.clone(), id.to_owned())))
            .collect()
    };
    outputs.write_csv("voice.assigned.csv", &["id", "lever"], rows(levers))?;
    outputs.write_csv("needs.assigned.csv", &["id", "need"], rows(needs))
}

/// Which fix answers which problem.
pub fn write_matches(outputs: &mut Outputs, matches: &[Match]) -> Result<()> {
    let grant = Grant::to_the_owner_of_the_files(FileUse::OwnFiles);
    outputs.write_csv(
        "matches.csv",
        &["pain", "lever", "strength", "score"],
        matches.iter().map(|found| {
            let score = (found.probability.unwrap_or(found.score) * 1e4).round() / 1e4;
            grant.entrust((&found.pain, &found.lever, found.strength.name(), score))
        }),
    )
}

/// Unit names that matched nothing, a row each, to be filled in and given as a further `--units`.
pub const UNITS_TODO: &str = "units.todo.csv";

/// Writes them, where there are some.
pub fn write_units_todo(outputs: &mut Outputs, import: &ImportReport) -> Result<()> {
    if import.unmatched_units.is_empty() {
        outputs.absent(UNITS_TODO);
        return Ok(());
    }
    outputs.write_csv(
        UNITS_TODO,
        &["unit", "parent", "also_called", "table", "rows"],
        import
            .unmatched_units
            .iter()
            .map(|unit| ("", "", defused(&unit.name), unit.table.name(), unit.rows)),
    )
}

/// What an analyst may judge.
pub struct Samples {
    assignments: Vec<AssignmentRow>,
    pairs: Vec<PairRow>,
}

impl Samples {
    /// Calls problems and fixes what the brief calls them.
    pub fn title_as(&mut self, brief: &Brief<Quote>) {
        let pains = brief.pains.iter().map(|pain| (&*pain.id, &pain.title));
        let levers = brief.levers.iter().map(|lever| (&*lever.id, &lever.title));
        let titles: BTreeMap<&str, &String> = pains.chain(levers).collect();
        let retitle = |id: &str, title: &mut String| {
            if let Some(shown) = titles.get(id) {
                title.clone_from(shown);
            }
        };
        for row in &mut self.assignments {
            retitle(&row.pain, &mut row.pain_title);
        }
        for row in &mut self.pairs {
            retitle(&row.pain, &mut row.pain_title);
            retitle(&row.lever, &mut row.lever_title);
        }
    }
}

/// Draws what is to be judged next; what was judged stays.
pub fn review_samples(
    conclusion: &Conclusion,
    sample: &[Sampled],
    fits: &Fits,
    answers: &Answers,
    rules: &Rules,
    request: &BriefRequest,
) -> Result<Samples> {
    let (found, near) = assignment_candidates(sample, fits);
    let before = read_assignments(&request.out.join(ASSIGNMENTS))?;
    let assignments = sample_assignments(before, found, near, request.seed);
    let pairs = sample_pairs(
        read_pairs(&request.out.join(PAIRS))?,
        pair_candidates(conclusion, fits, answers, rules),
        request.seed,
    );
    Ok(Samples { assignments, pairs })
}

/// Comments a review looks at, at most: a fixed part of the sample.
const LOOKED_AT: usize = 4000;

/// Found assignments, and runners-up that weren't given.
fn assignment_candidates(
    sample: &[Sampled],
    fits: &Fits,
) -> (Vec<AssignmentRow>, Vec<AssignmentRow>) {
    let vectors = Vectors::shipped();
    let (mut found, mut near) = (Vec::new(), Vec::new());
    let Some(model) = &fits.reader.pains.model else {
        return (found, near);
    };
    let texts = &fits.pains.texts;
    let step = texts.len().div_ceil(LOOKED_AT).max(1);
    let mut scratch = AssignScratch::default();
    for text in texts.iter().step_by(step) {
        let row = &sample[text.sampled];
        let part = text.part.for_analysis();
        let assignment = model.assign(vectors, &mut scratch, part);
        let place = |theme: u32| fits.reader.pains.place[theme as usize];
        let named: Vec<usize> = assignment
            .named
            .iter()
            .filter_map(|theme| place(*theme))
            .filter(|pain| !fits.pains.themes[*pain].mixed)
            .collect();
        let candidate = |pain: usize| AssignmentRow {
            id: row.id.clone(),
            pain: fits.pains.themes[pain].id.clone(),
            pain_title: fits.pains.themes[pain].title.clone(),
            comment: defused(row.comment.for_analysis()).into_owned(),
            ..AssignmentRow::default()
        };
        found.extend(named.iter().map(|pain| candidate(*pain)));
        let vector = vectors.embed(part);
        let runner_up = (0..fits.pains.themes.len())
            .filter(|pain| {
                let theme = &fits.pains.themes[*pain];
                !named.contains(pain) && !theme.hidden && !theme.mixed
            })
            .map(|pain| (dot(&vector, &fits.pains.themes[pain].centre), pain))
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
        if let Some((_, pain)) = runner_up {
            near.push(candidate(pain));
        }
    }
    (found, near)
}

/// Pairs of problems and fixes that the brief shows, with as much of the words behind a fix as it shows.
fn pair_candidates(
    conclusion: &Conclusion,
    fits: &Fits,
    answers: &Answers,
    rules: &Rules,
) -> Vec<(PairStratum, PairRow)> {
    let pains: BTreeSet<&str> = (conclusion.draft.pains.iter())
        .map(|pain| pain.id.as_str())
        .collect();
    let people: BTreeMap<&str, u64> = (conclusion.draft.levers.iter())
        .map(|lever| (lever.id.as_str(), lever.support.people))
        .collect();
    let says = |words: Option<&str>| {
        let start: String = scrub(words.unwrap_or("")).chars().take(300).collect();
        defused(&start).into_owned()
    };
    let levers = conclusion.draft.levers.iter();
    let named_after: BTreeSet<&str> = levers
        .filter(|lever| lever.named_after.is_some())
        .map(|lever| lever.id.as_str())
        .collect();
    let mut candidates = Vec::new();
    // Nothing answers what is no one problem.
    let shown = |pain: &&Theme| !pain.mixed && pains.contains(pain.id.as_str());
    for pain in fits.pains.themes.iter().filter(shown) {
        let pain_says = pain.central.first().and_then(|at| {
            fits.pains
                .texts
                .get(at.text)?
                .part
                .for_analysis()
                .get(at.start..at.end)
        });
        for lever in &answers.levers.themes {
            let people = people.get(lever.id.as_str()).copied().unwrap_or(0);
            if people < rules.minimum_group {
                continue;
            }
            let central = lever.central.first();
            let sayable = central.filter(|_| people >= rules.minimum_comments);
            let said = sayable.and_then(|at| {
                let said = answers.levers.said.get(at.text)?;
                let words = said.text.for_analysis().get(at.start..at.end);
                words.filter(|_| said.may_quote)
            });
            // Of what neither words nor a title tell nobody can judge what it answers.
            let named = lever.title.contains(' ') && !names_nothing(&lever.title);
            // Nor of what bears a problem's name alone.
            let nameless = !named || named_after.contains(lever.id.as_str());
            if said.is_none() && nameless && !lever.titled_by_hand {
                continue;
            }
            let matched = conclusion
                .matches
                .iter()
                .any(|m| m.pain == pain.id && m.lever == lever.id && m.is_worth_reading());
            candidates.push((
                if matched {
                    PairStratum::Matched
                } else {
                    PairStratum::Other
                },
                PairRow {
                    pain: pain.id.clone(),
                    lever: lever.id.clone(),
                    pain_title: pain.title.clone(),
                    lever_title: lever.title.clone(),
                    pain_says: says(pain_says),
                    lever_says: says(said),
                    ..PairRow::default()
                },
            ));
        }
    }
    candidates
}

/// `review/assignments.csv` and `review/pairs.csv`.
pub fn write_review(outputs: &mut Outputs, samples: &Samples) -> Result<()> {
    let grant = Grant::to_the_owner_of_the_files(FileUse::Review);
    let mut write = |name: &str, bytes: std::result::Result<Vec<u8>, csv::Error>| -> Result<()> {
        let bytes = bytes.map_err(|error| EngineError::Fault(error.to_string()))?;
        outputs.write(name, &bytes)
    };
    write(
        ASSIGNMENTS,
        csv_bytes(
            samples
                .assignments
                .iter()
                .map(|row| grant.entrust(row.clone())),
            &AssignmentRow::default(),
        ),
    )?;
    write(
        PAIRS,
        csv_bytes(
            samples.pairs.iter().map(|row| grant.entrust(row.clone())),
            &PairRow::default(),
        ),
    )
}

fn csv_bytes<R: serde::Serialize, D: serde::Serialize>(
    rows: impl Iterator<Item = R>,
    shape: &D,
) -> std::result::Result<Vec<u8>, csv::Error> {
    // The header comes from the rows' own shape, also where there are none.
    let mut header = csv::Writer::from_writer(Vec::new());
    header.serialize(shape)?;
    let bytes = header
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    let end = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |at| at + 1);
    let mut writer = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(bytes[..end].to_vec());
    for row in rows {
        writer.serialize(row)?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}
