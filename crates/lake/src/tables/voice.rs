//! Employees' answers, wide (a column a question) or long (a question and a text a row).
//!
//! Who answered is kept as a hash: rows of one person can be counted once, and the person isn't
//! named. A row without a person's column is a person.

use super::roles::{RoleNames, resolve};
use super::row::{Fate, Fault, Row, RowKey, read};
use super::store::{self, pseudonym};
use crate::check::date::Evidence;
use crate::check::repeats::{Key, KeyKind, Seen, Verdict};
use crate::check::{is_missing, is_no_comment, letters};
use crate::columns::questions::question_of;
use crate::error::{Complaint, LakeError};
use crate::import::Work;
use crate::import::file::FileIn;
use crate::output::manifest::Entry;
use crate::signals::LONG_COMMENT;
use crate::signals::encode::{content_id, stored_id};
use throughline_domain::facts::{Question, Table, Voice};
use throughline_domain::import::ImportReport;
use throughline_domain::words::Words;

const NOTHING_WRITTEN: &str = "nothing written and no rating";
const OTHER_QUESTIONS: &str = "questions that ask for no idea, block or commitment";

/// An answer as read, and whether its words were there before under another id.
type Answer = (Voice, bool);

/// Imports the table.
pub(crate) fn run(
    files: &mut [FileIn],
    work: &mut Work<'_>,
    roles: &RoleNames,
    report: &mut ImportReport,
) -> Result<Entry, LakeError> {
    let read = read(files, work, each)?;
    let read_rows: u64 = read.reports.iter().map(|report| report.rows_read).sum();
    if read.rows.is_empty() {
        let what = if read_rows == 0 {
            "the file has a header, but no rows".to_owned()
        } else {
            format!("no answer is left of {read_rows} rows")
        };
        let complaint = Complaint::new(what, "check the export, and the columns with `--map`");
        return Err(files
            .first()
            .map_or(complaint.clone(), |file| {
                complaint.in_file(&file.sniffed.opened.path)
            })
            .into());
    }
    report.files.extend(read.reports);
    report.notes.extend(read.notes);
    let repeats = read.rows.iter().filter(|((_, again), _)| *again).count();
    if repeats > 0 {
        let (repeat, they) = match repeats {
            1 => ("answer of an employee repeats", "it was"),
            _ => ("answers of employees repeat", "they were"),
        };
        report.notes.push(format!(
            "{repeats} {repeat} an earlier one word for word under another id; {they} kept"
        ));
    }
    let mut answers: Vec<Voice> = Vec::with_capacity(read.rows.len());
    for ((mut voice, _), _) in read.rows {
        voice.unit = voice.unit.map(|unit| resolve(&unit, Table::Voice, work));
        voice.role = voice
            .role
            .map(|role| roles.known(&role).map_or(role.clone(), str::to_owned));
        if let Some(words) = &voice.text {
            let words = letters::mended(words.for_analysis());
            voice.text = Some(match work.staff {
                Some(staff) => Words::new(staff.mask(&words)),
                None => Words::new(words),
            });
        }
        answers.push(voice);
    }
    store::write(&answers, work)
}

/// What was said in a cell.
struct Said {
    question: Question,
    text: Option<String>,
    rating: Option<f64>,
}

fn each(
    row: &Row<'_>,
    evidence: &mut Evidence,
    seen: &mut Seen,
    made: &mut Vec<Answer>,
) -> Result<Fate, Fault> {
    let at_day = row.day("at", evidence)?;
    let said = match said(row)? {
        Ok(said) => said,
        Err(rule) => return Ok(Fate::LeftOut(rule)),
    };
    if said.is_empty() {
        return Ok(Fate::LeftOut(NOTHING_WRITTEN));
    }
    let content = row.content();
    let long = said.iter().any(|said| {
        said.text
            .as_ref()
            .is_some_and(|text| text.len() >= LONG_COMMENT)
    });
    let given = row.text("id");
    let mut times = 0;
    let key = match given {
        Some(id) => Some(RowKey::named(id, content)),
        None => {
            let whole = row.hash(3, 0..row.cells.width) as u64;
            let again = long
                && seen
                    .one(Key {
                        of: whole,
                        content: 0,
                        kind: KeyKind::Whole,
                    })
                    .is_some();
            if again {
                // Told apart from new rows by a key that is there now.
                return Ok(Fate::Taken(Some(RowKey {
                    kind: KeyKind::Whole,
                    of: whole,
                    content: 0,
                })));
            }
            if let Some(Verdict::Again(before)) = seen.one(Key {
                of: content as u64,
                content: 0,
                kind: KeyKind::Count,
            }) {
                times = before as u32;
            }
            None
        }
    };
    let id = given.map_or_else(
        || content_id(content, times),
        |id| stored_id(id).into_owned(),
    );
    let respondent = row.text("respondent").map_or_else(|| id.clone(), pseudonym);
    let told_apart = given.is_some() || row.text("respondent").is_some();
    let again = long && told_apart && repeats_words(row, seen);
    for (number, said) in said.into_iter().enumerate() {
        let voice = Voice {
            id: if number == 0 {
                id.clone()
            } else {
                format!("{id}/{}", number + 1)
            },
            respondent: respondent.clone(),
            at_day,
            round: row.text("round").map(str::to_owned),
            unit: row.text("unit").map(str::to_owned),
            role: row.text("role").map(str::to_owned),
            question: said.question,
            text: said.text.map(Words::new),
            rating: said.rating,
        };
        made.push((voice, again && number == 0));
    }
    Ok(Fate::Taken(key))
}

/// Whether the same words came before from the same unit and role, whoever it is said to be.
fn repeats_words(row: &Row<'_>, seen: &mut Seen) -> bool {
    let plan = &row.file.plan;
    let fields = [
        "at",
        "round",
        "unit",
        "role",
        "question",
        "text",
        "rating",
        "idea",
        "block",
        "commitment",
    ];
    let columns = fields
        .iter()
        .flat_map(|field| plan.many(field).iter().copied());
    let words = row.hash(8, columns) as u64;
    seen.one(Key {
        of: words,
        content: 0,
        kind: KeyKind::Count,
    })
    .is_some()
}

/// What a row says: wide files by their columns, long ones by their question.
fn said(row: &Row<'_>) -> Result<Result<Vec<Said>, &'static str>, Fault> {
    let plan = &row.file.plan;
    let mut all = Vec::new();
    if let Some(column) = plan.one("question") {
        let asked = row.cell(column);
        let Some(question) = question_of(asked) else {
            // The wording of another question is no fault; a word that is none of ours is.
            return if asked.split_whitespace().count() >= 3 {
                Ok(Err(OTHER_QUESTIONS))
            } else {
                Err(row.fault_in(
                    column,
                    "the question is none of `idea`, `block`, `commitment`",
                ))
            };
        };
        let mut rating = None;
        if let (Question::Commitment, Some(column)) = (question, plan.one("rating")) {
            rating = row.rating(column)?;
        }
        for &column in plan.many("text") {
            all.extend(one(row, question, column, rating.is_none())?);
        }
        match all.first_mut() {
            Some(first) => first.rating = first.rating.or(rating),
            None => all.extend(rating.map(|rating| Said {
                question,
                text: None,
                rating: Some(rating),
            })),
        }
        return Ok(Ok(all));
    }
    for (question, field) in [
        (Question::Idea, "idea"),
        (Question::Block, "block"),
        (Question::Commitment, "commitment"),
    ] {
        for &column in plan.many(field) {
            all.extend(one(row, question, column, true)?);
        }
    }
    if let Some(column) = plan.one("rating") {
        let rating = row.rating(column)?;
        all.extend(rating.map(|rating| Said {
            question: Question::Commitment,
            text: None,
            rating: Some(rating),
        }));
    }
    Ok(Ok(all))
}

/// What one cell says: words; or a rating, for commitment.
fn one(
    row: &Row<'_>,
    question: Question,
    column: usize,
    may_rate: bool,
) -> Result<Option<Said>, Fault> {
    let cell = row.cell(column);
    if is_no_comment(cell) {
        return Ok(None);
    }
    if question == Question::Commitment && may_rate {
        if is_missing(cell) {
            return Ok(None);
        }
        if let Ok(Some(rating)) = row.rating(column) {
            return Ok(Some(Said {
                question,
                text: None,
                rating: Some(rating),
            }));
        }
    }
    Ok(Some(Said {
        question,
        text: Some(cell.to_owned()),
        rating: None,
    }))
}
