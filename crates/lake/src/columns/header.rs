//! Where a file's header is: by a preset's layout, in the first record, or under titles and lines about the export.

use super::choice::Choice;
use super::preset;
use crate::error::{Complaint, LakeError};
use crate::options::ImportOptions;
use crate::read::sniff::{Candidate, Record};
use std::path::Path;
use throughline_domain::facts::Table;

/// Records among which the header is looked for.
const LOOKED_AT: usize = 10;
/// Fields that a header names at least, where a line above it is as wide.
const FIELDS_NAMED: usize = 3;

/// Where the header was found, and what a preset says.
pub(super) struct Header {
    pub(super) columns: Vec<String>,
    pub(super) labels: Vec<String>,
    pub(super) first_line: u64,
    pub(super) sample: Vec<Record>,
    pub(super) fitted: Option<preset::Fitted>,
    pub(super) recognised: bool,
    pub(super) at_line: Option<u64>,
}

/// Finds the header: by a preset, in the first record, or under a title.
pub(super) fn find_header(
    table: Table,
    candidate: &Candidate,
    options: &ImportOptions,
    path: &Path,
) -> Result<Header, LakeError> {
    let asked = options
        .preset
        .filter(|_| matches!(table, Table::Signals | Table::Voice));
    let fitted = match asked {
        Some(asked) => preset::fit(asked, table, candidate),
        None => crate::options::Preset::ALL
            .into_iter()
            .find_map(|known| preset::fit(known, table, candidate)),
    };
    let first_line_after = |records: usize| match records
        .checked_sub(1)
        .and_then(|last| candidate.records.get(last))
    {
        Some(record) => record.next_line,
        None => 0,
    };
    if let Some(fitted) = fitted {
        return Ok(Header {
            columns: fitted.header.clone(),
            labels: fitted.labels.clone(),
            first_line: first_line_after(fitted.header_records),
            sample: candidate.records[fitted.header_records.min(candidate.records.len())..]
                .to_vec(),
            recognised: asked.is_none(),
            fitted: Some(fitted),
            at_line: None,
        });
    }
    if let Some(asked) = asked {
        // One preset may be given for customers' and employees' files alike: a preset of one side
        // alone says nothing about the other's.
        let other_side = match asked {
            crate::options::Preset::CultureAmp => table == Table::Signals,
            crate::options::Preset::Medallia | crate::options::Preset::Zendesk => {
                table == Table::Voice
            }
            _ => false,
        };
        if !other_side {
            return Err(Complaint::new(
                format!(
                    "the file hasn't the layout of {} ({})",
                    asked.name(),
                    preset::layout(asked)
                ),
                "leave `--preset` out and map the columns with `--map`",
            )
            .in_file(path)
            .into());
        }
    }
    if let Some(columns) = &candidate.columns {
        return Ok(Header {
            columns: columns.clone(),
            labels: columns.clone(),
            first_line: 0,
            sample: candidate.records.clone(),
            fitted: None,
            recognised: false,
            at_line: None,
        });
    }
    let at = header_at(table, candidate, options, path);
    let columns = candidate
        .records
        .get(at)
        .map(|record| record.cells.clone())
        .unwrap_or_default();
    Ok(Header {
        labels: columns.clone(),
        columns,
        first_line: first_line_after(at + 1),
        sample: candidate.records[(at + 1).min(candidate.records.len())..].to_vec(),
        fitted: None,
        recognised: false,
        at_line: (at > 0).then(|| candidate.records[at].line),
    })
}

/// The cells of a record that hold something.
fn filled(record: &Record) -> usize {
    record.cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// The place of the header among the first records.
fn header_at(table: Table, candidate: &Candidate, options: &ImportOptions, path: &Path) -> usize {
    let records = &candidate.records[..candidate.records.len().min(LOOKED_AT)];
    let chosen = |at: usize| {
        let cells = &records[at].cells;
        let mut choice = Choice::new(table, cells, cells);
        for (number, map) in options
            .maps
            .iter()
            .enumerate()
            .filter(|(_, map)| map.table == table)
        {
            let _ = choice.map(number, &map.field, &map.column, path);
        }
        choice.by_name();
        choice
    };
    let meets = |at: usize| {
        let mut choice = chosen(at);
        choice.settle_voice();
        choice.unmet().is_none()
    };
    let asks = |at: usize| {
        let mut choice = chosen(at);
        choice.by_wording();
        choice.settle_voice();
        choice.unmet().is_none()
    };
    // What is above a header is shorter than it: a row of data must not be taken for one. Lines about the export
    // (`Region, All, Channel, All`) may be as wide, where the header names several fields.
    let names_fields = |at: usize| {
        let named = chosen(at).taken.iter().flatten().count();
        named >= FIELDS_NAMED && 2 * named >= filled(&records[at])
    };
    let is_longest = |at: usize| {
        let header = filled(&records[at]);
        records[..at].iter().all(|above| filled(above) < header)
    };
    let under_title = |at: usize| {
        let header = filled(&records[at]);
        let above = || records[..at].iter().map(filled);
        is_longest(at)
            || (names_fields(at)
                && above().all(|cells| cells <= header)
                && above().any(|cells| cells < header))
    };
    // The first line of several cells, where nothing but lines alone are above it: titles.
    let below_titles = (0..records.len())
        .find(|&at| filled(&records[at]) > 1)
        .filter(|at| *at > 0);
    // One cell above a header is a title, whatever its word.
    if let Some(at) = below_titles
        && (meets(at) || asks(at))
    {
        return at;
    }
    // Lines about the export may name a field too (`Feedback, All branches`): a header names more of them.
    let of_fields = (1..records.len()).find(|&at| is_longest(at) && names_fields(at) && meets(at));
    let found = |more: usize| {
        (0..records.len()).find(|&at| filled(&records[at]) > more && meets(at) && under_title(at))
    };
    of_fields
        .or_else(|| found(1))
        .or_else(|| found(0))
        .or(below_titles)
        .unwrap_or(0)
}
