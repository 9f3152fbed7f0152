//! Exports whose layout is known: which rows are headers, which columns are which fields, which
//! rows are no answers.
//!
//! Layouts are those of the vendors' own exports as their help pages describe them. Columns about
//! people (names, addresses, IP, place) are no fields of ours, so nothing of them is stored.

mod feedback;
mod surveys;

use super::plain_name;
use super::questions::question_of;
use crate::options::{MetricRule, Preset};
use crate::read::sniff::{Candidate, Record};
use std::collections::BTreeSet;
use throughline_domain::facts::{Question, Table};

/// A rule by which a row is no answer.
#[derive(Clone, Debug)]
pub(crate) enum Drop {
    /// The column's value tells.
    Value {
        column: usize,
        no_answer: fn(&str) -> bool,
        rule: &'static str,
    },
    /// The two columns differ.
    Differs {
        columns: (usize, usize),
        rule: &'static str,
    },
}

/// What a preset says about a file.
#[derive(Clone, Debug)]
pub(crate) struct Fitted {
    pub preset: Preset,
    pub header: Vec<String>,
    /// What each column asked; the header where nothing better is known.
    pub labels: Vec<String>,
    /// Records at the start that are headers.
    pub header_records: usize,
    pub fields: Vec<(&'static str, usize)>,
    pub drops: Vec<Drop>,
    pub metric: Option<MetricRule>,
    /// Columns that no alias may take.
    pub meta: Vec<usize>,
}

/// Fits a preset to a file, if the file has its layout.
pub(crate) fn fit(preset: Preset, table: Table, candidate: &Candidate) -> Option<Fitted> {
    let customers = table == Table::Signals;
    let employees = table == Table::Voice;
    match preset {
        Preset::Qualtrics if customers || employees => surveys::qualtrics(table, candidate),
        Preset::SurveyMonkey if customers || employees => surveys::survey_monkey(table, candidate),
        Preset::Medallia if customers => feedback::medallia(candidate),
        Preset::Zendesk if customers => feedback::zendesk(candidate),
        Preset::CultureAmp if employees => surveys::culture_amp(candidate),
        _ => None,
    }
}

/// What a preset needs, for a message.
pub(crate) fn layout(preset: Preset) -> &'static str {
    match preset {
        Preset::Qualtrics => {
            "three header rows, the third with `{\"ImportId\":…}`, and a column `ResponseId`"
        }
        Preset::SurveyMonkey => {
            "columns `Respondent ID` and `Collector ID`, and a second header row"
        }
        Preset::Medallia => {
            "a survey id, a response date, and columns such as `q_…_ltr` and `q_…_cmt`"
        }
        Preset::Zendesk => {
            "tickets as JSON lines, or a CSV of comments with `Ticket ID`, `Public` and `Author role`"
        }
        Preset::CultureAmp => {
            "`Employee ID` or `Participant ID` with comment columns, or `Question`, `Comment` and `Factor`"
        }
    }
}

/// Finds columns of a header by plain names, best first.
pub(super) fn find(header: &[String], names: &[&str]) -> Option<usize> {
    names
        .iter()
        .find_map(|name| header.iter().position(|column| plain_name(column) == *name))
}

/// The header record, widened to the widest of the first records.
pub(super) fn header_of(candidate: &Candidate) -> Option<(Vec<String>, usize)> {
    match &candidate.columns {
        Some(columns) => Some((columns.clone(), 0)),
        None => candidate
            .records
            .first()
            .map(|record| (record.cells.clone(), 1)),
    }
}

/// Whether the values of a column are people's words: several words, no numbers or codes.
pub(crate) fn is_words(records: &[Record], column: usize) -> bool {
    let values = records
        .iter()
        .filter_map(|record| record.cells.get(column))
        .filter(|value| !value.is_empty());
    let (mut all, mut wordy) = (0, 0);
    let mut different: BTreeSet<&str> = BTreeSet::new();
    for value in values.take(500) {
        all += 1;
        different.insert(value);
        wordy += usize::from(
            value.split_whitespace().count() >= 3 && value.chars().any(char::is_alphabetic),
        );
    }
    // A few texts over and over are the answers one could choose from.
    let chosen = all >= FEW_CELLS && different.len() * OFTEN < all && different.len() <= CHOICES;
    all > 0 && wordy * 10 >= all * 3 && !chosen
}

/// Cells from which texts that come again and again tell, and how often each comes on average then.
const FEW_CELLS: usize = 40;
const OFTEN: usize = 5;
/// Choices that a question has, at most.
const CHOICES: usize = 12;

/// Takes question columns: words as comments (customers), by what the question asks (employees).
pub(super) fn take_questions(
    table: Table,
    labels: &[String],
    columns: &[usize],
    is_open: impl Fn(usize) -> bool,
    fields: &mut Vec<(&'static str, usize)>,
) -> Option<MetricRule> {
    let mut metric = None;
    for &column in columns {
        let label = labels[column].as_str();
        match (table, is_open(column)) {
            (Table::Signals, true) => fields.push(("comment", column)),
            (Table::Signals, false) => {
                if metric.is_none()
                    && let Some(rule) = MetricRule::named(label)
                {
                    metric = Some(rule);
                    fields.push(("score", column));
                }
            }
            (_, open) => match question_of(label) {
                Some(Question::Commitment) => fields.push(("commitment", column)),
                Some(Question::Idea) if open => fields.push(("idea", column)),
                Some(Question::Block) if open => fields.push(("block", column)),
                _ => {}
            },
        }
    }
    metric
}
