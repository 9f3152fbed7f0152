//! Employees' answers: sorted into fixes, needs and what is withheld, grouped into themes.

use crate::fit::topics::as_compared;
use crate::fit::{Speech, Spoken, Staff, themed};
use crate::names::Names;
use crate::words_of_many::WordsOfMany;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use throughline_disclosure::is_about_a_person;
use throughline_domain::Words;
use throughline_domain::facts::{Question, ThemeCorrection, Voice};
use throughline_insight::addressed;
use throughline_insight::compose::employees::{Everyone, Said};
use throughline_insight::fellows;
use throughline_insight::kind::{Kinds, NEIGHBOURS_UP_TO};
use throughline_insight::staff::{Answer, sort};
use throughline_insight::theme::Theme;
use throughline_text::language;
use throughline_text::seeded::hash;
use throughline_text::themes::ThemeOptions;
use throughline_text::vectors::Vectors;

/// Answers up to which all are fitted on; past it a fixed sample.
const FIT_UP_TO: usize = 15_000;
/// The same where fixes are told apart by roles, too: every pair of answers is then looked at.
const PAIRED_UP_TO: usize = 2_000;

/// Answers of one kind and their themes.
#[derive(Default)]
pub struct Group {
    /// The themes; `Theme::central` points into `said`.
    pub themes: Vec<Theme>,
    /// The answers.
    pub said: Vec<Said>,
    /// For each of them the answer's position in the table.
    pub rows: Vec<usize>,
    /// Ids of corrections that found their theme.
    pub used: Vec<String>,
}

/// Everything that employees said.
#[derive(Default)]
pub struct Answers {
    /// Fixes.
    pub levers: Group,
    /// Needs.
    pub needs: Group,
    /// Ratings of commitment.
    pub ratings: Vec<f64>,
    /// Who answered.
    pub everyone: Everyone,
    /// Answers about a named person.
    pub about_a_person: u64,
    /// Answers in other languages than the majority's.
    pub languages: BTreeMap<&'static str, u64>,
    /// Answers with words.
    pub written: u64,
    /// Different people, or sheets, among them all.
    pub employees: u64,
}

/// What answers are read by.
pub struct Reading<'a> {
    /// A person's corrections of themes.
    pub corrections: &'a [ThemeCorrection],
    /// Whether an answer's words may be shown.
    pub may_quote: &'a (dyn Fn(&Voice) -> bool + Sync),
    /// The words that themes may be named by.
    pub names: &'a WordsOfMany,
    /// Customers' problems.
    pub problems: &'a [Theme],
    /// Seed of whatever is drawn.
    pub seed: u64,
}

/// Sorts and groups answers.
pub fn read(voice: &[Voice], reading: &Reading<'_>) -> Answers {
    let kinds = Kinds::shipped();
    let majority = language::majority(
        voice
            .iter()
            .filter(|row| written(row))
            .filter_map(|row| row.text.as_ref())
            .map(Words::for_analysis),
    );
    let text = |row: &'_ Voice| {
        row.text
            .as_ref()
            .filter(|_| written(row))
            .map(|text| text.for_analysis().to_owned())
    };
    let apart: Vec<Option<language::Language>> = voice
        .par_iter()
        .map(|row| text(row).and_then(|text| language::apart(&text, majority)))
        .collect();
    let read: Vec<usize> = (0..voice.len())
        .filter(|at| apart[*at].is_none() && text(&voice[*at]).is_some())
        .collect();
    let texts: Vec<&str> = read
        .iter()
        .filter_map(|at| voice[*at].text.as_ref())
        .map(Words::for_analysis)
        .collect();
    let persons: Vec<bool> = texts
        .par_iter()
        .map(|text| is_about_a_person(text))
        .collect();
    let mut sorted: Vec<Option<Result<Answer, language::Language>>> = apart
        .into_iter()
        .map(|language| language.map(Err))
        .collect();
    let near = near(&texts, reading.problems);
    for (at, answer) in read.iter().zip(sort(kinds, &texts, &persons, &near)) {
        sorted[*at] = Some(Ok(answer));
    }
    let mut answers = Answers {
        everyone: everyone(voice),
        employees: voice
            .iter()
            .map(|row| row.respondent.as_str())
            .collect::<BTreeSet<_>>()
            .len() as u64,
        ..Answers::default()
    };
    let (mut levers, mut needs) = (Vec::new(), Vec::new());
    for (at, (row, sorted)) in voice.iter().zip(sorted).enumerate() {
        match sorted {
            Some(Ok(Answer::Lever)) => levers.push(at),
            Some(Ok(Answer::Need)) => needs.push(at),
            Some(Ok(Answer::AboutAPerson)) => answers.about_a_person += 1,
            Some(Err(language)) => *answers.languages.entry(language.name()).or_default() += 1,
            Some(Ok(Answer::Nothing)) | None => {}
        }
        answers.written += u64::from(written(row));
    }
    answers.ratings = ratings(voice);
    for rows in [&mut levers, &mut needs] {
        // Whatever the order of the file.
        rows.sort_by(|a, b| voice[*a].id.cmp(&voice[*b].id));
    }
    answers.levers = group("f", voice, levers, reading);
    answers.needs = group("n", voice, needs, reading);
    answers
}

/// How near each answer is to the customers' problem it is nearest to; empty where that can't be used.
fn near(texts: &[&str], problems: &[Theme]) -> Vec<f64> {
    if texts.len() > NEIGHBOURS_UP_TO {
        return Vec::new();
    }
    let near = addressed::near(&as_compared(texts), problems);
    let nearest = |near: Vec<f64>| near.into_iter().fold(f64::NEG_INFINITY, f64::max);
    near.map_or_else(Vec::new, |(_, near)| {
        near.into_iter().map(nearest).collect()
    })
}

/// Ratings of commitment, the last of each person: people are counted once.
fn ratings(voice: &[Voice]) -> Vec<f64> {
    let mut last: BTreeMap<&str, (Option<i32>, &str, f64)> = BTreeMap::new();
    for row in voice {
        let (Question::Commitment, Some(rating)) = (row.question, row.rating) else {
            continue;
        };
        let of = last.entry(&row.respondent).or_insert((None, "", rating));
        if (row.at_day, row.id.as_str()) >= (of.0, of.1) {
            *of = (row.at_day, &row.id, rating);
        }
    }
    last.into_values().map(|(_, _, rating)| rating).collect()
}

/// Roles by number, and how many answers each gave.
fn by_role(voice: &[Voice]) -> (Names, Vec<f64>) {
    let (mut roles, mut counts) = (Names::default(), Vec::new());
    for role in voice
        .iter()
        .filter(|row| written(row))
        .filter_map(|row| row.role.as_ref())
    {
        let number = roles.number(role) as usize;
        counts.resize(counts.len().max(number + 1), 0.0);
        counts[number] += 1.0;
    }
    (roles, counts)
}

fn written(row: &Voice) -> bool {
    row.question != Question::Commitment && row.text.is_some()
}

/// Fixes are found in finer themes than anything else: a company holds more fixes than problems,
/// each with fewer words behind it, and what belongs together is joined afterwards.
fn options(prefix: &str, texts: usize) -> ThemeOptions {
    if prefix != "f" {
        // Needs are listed, not ranked: a reader takes in so many.
        let root = (texts as f64).sqrt();
        let most = Some(((root * 0.6) as usize).clamp(1, 40));
        return ThemeOptions {
            min_themes: Some(((root * 0.35) as usize).clamp(1, 24)),
            max_themes: most,
            ..ThemeOptions::default()
        };
    }
    let root = (texts as f64).sqrt();
    let between = |factor: f64| Some(((root * factor) as usize).clamp(1, 160));
    ThemeOptions {
        min_themes: between(1.5),
        max_themes: between(2.5),
        ..ThemeOptions::default()
    }
}

fn everyone(voice: &[Voice]) -> Everyone {
    let mut everyone = Everyone::default();
    for row in voice {
        if let Some(unit) = &row.unit {
            everyone
                .units
                .entry(unit.clone())
                .or_default()
                .insert(row.respondent.clone());
        }
        if let Some(role) = &row.role {
            everyone
                .roles
                .entry(role.clone())
                .or_default()
                .insert(row.respondent.clone());
            everyone
                .role_of
                .entry(row.respondent.clone())
                .or_insert_with(|| role.clone());
        }
    }
    everyone
}

fn group(prefix: &str, voice: &[Voice], rows: Vec<usize>, reading: &Reading<'_>) -> Group {
    let text = |at: usize| voice[at].text.as_ref().map_or("", Words::for_analysis);
    // Which answers are fitted on is decided by their ids, whatever their order.
    let (mut roles, by_role) = by_role(voice);
    let told = rows
        .iter()
        .filter(|row| voice[**row].role.is_some())
        .count();
    let tells = by_role.len() > 1 && told as f64 >= fellows::KNOWN * rows.len() as f64;
    let by_role = (prefix == "f" && tells).then_some(by_role);
    let most = by_role.as_ref().map_or(FIT_UP_TO, |_| PAIRED_UP_TO);
    let threshold = if rows.len() <= most {
        u64::MAX
    } else {
        (u64::MAX as f64 * (most as f64 / rows.len() as f64)) as u64
    };
    let fitted: Vec<usize> = (0..rows.len())
        .filter(|at| hash(voice[rows[*at]].id.as_bytes(), reading.seed) <= threshold)
        .collect();
    let texts: Vec<&str> = fitted.iter().map(|at| text(rows[*at])).collect();
    let mut people = Names::default();
    let spoken: Vec<Spoken> = fitted
        .iter()
        .map(|at| {
            let row = &voice[rows[*at]];
            Spoken {
                by: people.number(&row.respondent) as usize,
                // People of one role stand at one place of the chain.
                place: row.role.as_ref().map(|role| roles.number(role)),
                unit: None,
                month: None,
            }
        })
        .collect();
    let mut corrected = themed(
        Speech {
            prefix,
            texts: &texts,
            spoken: &spoken,
            staff: (prefix == "f").then_some(Staff {
                by_role: by_role.as_deref(),
                problems: reading.problems,
                written: voice.iter().filter(|row| written(row)).count() as u64,
            }),
        },
        &options(prefix, texts.len()),
        reading.corrections,
        None,
        Some(reading.names),
        reading.seed,
    );
    for theme in &mut corrected.themes {
        for central in &mut theme.central {
            central.text = fitted[central.text];
        }
    }
    let all: Vec<&str> = rows.iter().map(|at| text(*at)).collect();
    let assigned: Vec<Option<usize>> = match &corrected.fit {
        Some(fit) if fitted.len() == rows.len() => fit
            .labels
            .iter()
            .map(|label| label.and_then(|label| corrected.place[label as usize]))
            .collect(),
        Some(fit) => fit
            .model
            .assign_all(Vectors::shipped(), &all)
            .into_iter()
            .map(|assignment| {
                assignment
                    .main
                    .and_then(|theme| corrected.place[theme as usize])
            })
            .collect(),
        None => vec![None; rows.len()],
    };
    let said = rows
        .iter()
        .zip(assigned)
        .map(|(at, theme)| {
            let row = &voice[*at];
            Said {
                respondent: row.respondent.clone(),
                unit: row.unit.clone(),
                role: row.role.clone(),
                question: row.question,
                text: row.text.clone().unwrap_or_default(),
                may_quote: (reading.may_quote)(row),
                theme,
            }
        })
        .collect();
    Group {
        themes: corrected.themes,
        said,
        rows,
        used: corrected.used,
    }
}

impl Group {
    /// Answers of each theme.
    pub fn by_theme(&self) -> Vec<Vec<&Said>> {
        let mut groups = vec![Vec::new(); self.themes.len()];
        for said in &self.said {
            if let Some(theme) = said.theme {
                groups[theme].push(said);
            }
        }
        groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(id: &str, respondent: &str, at_day: Option<i32>, rating: Option<f64>) -> Voice {
        Voice {
            id: id.to_owned(),
            respondent: respondent.to_owned(),
            at_day,
            round: None,
            unit: None,
            role: None,
            question: if rating.is_some() {
                Question::Commitment
            } else {
                Question::Idea
            },
            text: None,
            rating,
        }
    }

    #[test]
    fn a_person_is_counted_once_by_the_last_rating() {
        let voice = [
            rated("v1", "ann", Some(20), Some(3.0)),
            rated("v2", "ann", Some(10), Some(9.0)),
            rated("v3", "bob", None, Some(5.0)),
            rated("v4", "bob", None, Some(6.0)),
            rated("v5", "cem", None, None),
        ];
        assert_eq!(ratings(&voice), [3.0, 6.0]);
        let turned: Vec<Voice> = voice.into_iter().rev().collect();
        assert_eq!(ratings(&turned), [3.0, 6.0]);
    }
}
