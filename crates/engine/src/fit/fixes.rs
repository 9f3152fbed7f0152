//! Fixes out of employees' answers: told apart by what is said, by who says it and by what customers say.

use super::topics::as_compared;
use super::{Spoken, Staff};
use crate::words_of_many::UNNAMED;
use throughline_domain::brief::ideas_on;
use throughline_insight::addressed::{self, Spoken as Addressed, addressed};
use throughline_insight::fellows::{self, Answer};
use throughline_insight::theme::{Addresses, Found};
use throughline_text::Central;
use throughline_text::represent;
use throughline_text::themes::{self, ThemeFit};
use throughline_text::vectors::Vectors;

/// Fixes that must remain when parts of them are joined.
const LEAST_FIXES: usize = 8;
/// Answers of a piece that fixes are joined from, on average, and the most pieces.
const PIECE: usize = 5;
const MOST_PIECES: usize = 400;

/// Themes of answers by what they say and by who says it; `None` where roles tell nothing.
pub(super) fn by_role(texts: &[&str], spoken: &[Spoken], staff: &Staff<'_>) -> Option<ThemeFit> {
    let by_role = staff.by_role?;
    let pieces = themes::alike(texts, (texts.len() / PIECE).clamp(LEAST_FIXES, MOST_PIECES));
    let vectors = Vectors::shipped();
    let rows = represent::all(vectors, texts);
    let compared = as_compared(texts);
    let mut leanings = addressed::leanings(&compared);
    let near = addressed::near(&compared, staff.problems);
    let mut near = near.map_or_else(|| vec![Vec::new(); texts.len()], |(_, near)| near);
    let mut read = Vec::with_capacity(texts.len());
    let mut answers = Vec::with_capacity(texts.len());
    for (at, (piece, spoken)) in pieces.iter().zip(spoken).enumerate() {
        let Some(part) = *piece else { continue };
        read.push(at);
        answers.push(Answer {
            vector: rows.vectors[at * Vectors::DIMENSIONS..][..Vectors::DIMENSIONS].to_vec(),
            words: rows.words.row(at).collect(),
            leaning: std::mem::take(&mut leanings[at]),
            near: std::mem::take(&mut near[at]),
            role: spoken.place,
            person: spoken.by as u32,
            part,
        });
    }
    let mut groups = vec![None; texts.len()];
    let found = fellows::groups(&answers, by_role, LEAST_FIXES)?;
    for (at, group) in read.into_iter().zip(found) {
        groups[at] = Some(group);
    }
    Some(themes::given(texts, &groups))
}

/// Answers up to which they are gathered under the problems they speak of: of fewer, groups of their own are seldom as
/// large as those whose words may be shown.
const FEW: usize = 250;
/// Of as many written answers one at least has to propose something: of fewer, what seems to is mostly misread (a bank's
/// 14,249 dislikes, of which 157 do).
const ONE_IN: u64 = 10;

/// Answers that a group needs for its words to be shown, if each is another person's, and share of all answers that such
/// groups hold where answers tell by themselves what belongs together.
const LARGE: usize = 10;
const HELD: f64 = 0.75;

/// Whether answers were cut into groups that are large enough to be named by their own words.
pub(super) fn are_large(fit: &ThemeFit) -> bool {
    let mut sizes = vec![0usize; fit.model.len()];
    for label in fit.labels.iter().flatten() {
        sizes[*label as usize] += 1;
    }
    let held: usize = sizes.iter().filter(|size| **size >= LARGE).sum();
    held as f64 >= HELD * fit.labels.len() as f64
}

/// Share of answers that has to be likely to be on their problem: a bank's staff and a hospital's patients (.29) don't
/// speak of the same, three made-up companies (.39 to .44) do.
const LIKELY: f64 = 0.33;

/// What answers were gathered under.
pub(super) struct ByProblem {
    /// By theme, the problem and its title and words; `None` for answers that speak of none.
    of: Vec<Option<(Addresses, String, Vec<String>)>>,
    /// How near each text is to its problem.
    near: Vec<f64>,
}

/// Few answers, gathered under the problem that each speaks of.
pub(super) fn by_problem(texts: &[&str], staff: &Staff<'_>) -> Option<(ByProblem, ThemeFit)> {
    if texts.len() > FEW || texts.len() as u64 * ONE_IN < staff.written {
        return None;
    }
    let answers = as_compared(texts);
    let found = addressed(&answers, staff.problems)?;
    let chances: Vec<f64> = found.iter().flatten().map(|spoken| spoken.chance).collect();
    if chances.iter().sum::<f64>() < LIKELY * chances.len().max(1) as f64 {
        return None;
    }
    // What is no one subject can't head ideas on it.
    let heads = |spoken: &Addressed| !staff.problems[spoken.problem].mixed;
    let groups: Vec<Option<u32>> = found
        .iter()
        .map(|spoken| {
            let under = spoken.filter(heads).map(|spoken| spoken.problem);
            Some(under.unwrap_or(staff.problems.len()) as u32)
        })
        .collect();
    let fit = themes::given(texts, &groups);
    let mut members: Vec<Vec<Addressed>> = vec![Vec::new(); fit.model.len()];
    for (label, spoken) in fit.labels.iter().zip(&found) {
        if let (Some(label), Some(spoken)) = (label, spoken.filter(heads)) {
            members[*label as usize].push(spoken);
        }
    }
    let under = |members: &Vec<Addressed>| {
        let problem = &staff.problems[members.first()?.problem];
        let chances = members.iter().map(|spoken| spoken.chance).sum::<f64>();
        let addresses = Addresses {
            problem: problem.id.clone(),
            share: chances / members.len() as f64,
        };
        Some((addresses, problem.title.clone(), problem.words.clone()))
    };
    let near = |spoken: &Option<Addressed>| spoken.map_or(0.0, |spoken| spoken.near);
    let by_problem = ByProblem {
        of: members.iter().map(under).collect(),
        near: found.iter().map(near).collect(),
    };
    Some((by_problem, fit))
}

impl ByProblem {
    /// Names groups by their problems, in customers' words, and puts first what is nearest to them.
    pub(super) fn name(&self, found: &mut [Found]) {
        for (found, problem) in found.iter_mut().zip(&self.of) {
            let Some((addresses, title, words)) = problem else {
                found.title = UNNAMED.to_owned();
                continue;
            };
            found.addresses = Some(addresses.clone());
            found.title = ideas_on(title);
            found.words.clone_from(words);
            let near = |central: &Central| self.near.get(central.text).copied().unwrap_or(0.0);
            found.central.sort_by(|a, b| near(b).total_cmp(&near(a)));
        }
    }
}
