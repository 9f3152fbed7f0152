//! A file's plan: where its rows start, which column goes to which field, how that was decided,
//! and which columns are left alone.
//!
//! The order of say: the user's map, a preset, a column's name, an alias.

use super::choice::{Choice, Worded};
use super::contents::{self, are_answers, cells};
use super::contract::fields;
use super::header::find_header;
use super::missing::{missing_map, shortened, unmet};
use super::plain_name;
use super::preset::Drop;
use super::questions::scale_in;
use super::sheets::{self, Alike};
use crate::check::amount::{self, Points};
use crate::check::letters::mended;
use crate::check::score;
use crate::check::steps::Steps;
use crate::check::verdicts::Verdicts;
use crate::error::{Complaint, LakeError};
use crate::options::{ImportOptions, MetricRule};
use crate::read::sniff::{Candidate, Record, Sniffed};
use crate::read::{Layout, Split, file_name};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use throughline_domain::facts::Table;
use throughline_domain::import::ColumnTaken;
use throughline_domain::metric::Scale;

/// How a file is read.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub table: Table,
    pub layout: Layout,
    /// The file's columns, unnamed and repeated ones made tellable.
    pub split: Split,
    /// What each column asked, in people's words where a preset knows them.
    pub labels: Vec<String>,
    /// Columns taken, by the field's place in the contract.
    taken: Vec<Vec<usize>>,
    pub report: Vec<ColumnTaken>,
    pub ignored: Vec<String>,
    pub drops: Vec<Drop>,
    pub preset: Option<String>,
    pub metric: Option<MetricRule>,
    pub notes: Vec<String>,
    /// Data records of the sample.
    pub sample: Vec<Record>,
    /// Columns whose scores are words.
    pub steps: BTreeMap<usize, Steps>,
    /// Columns whose scores are words that are numbers.
    verdicts: BTreeMap<usize, Verdicts>,
    /// The column of amounts whose points part thousands.
    thousands: Option<usize>,
    /// Maps that name no column of this file, by their place in the options.
    pub missing_maps: Vec<usize>,
}

impl Plan {
    /// The columns taken for a field.
    pub(crate) fn many(&self, field: &str) -> &[usize] {
        let place = fields(self.table)
            .iter()
            .position(|known| known.name == field);
        place.map_or(&[], |place| &self.taken[place])
    }

    /// The column taken for a field.
    pub(crate) fn one(&self, field: &str) -> Option<usize> {
        self.many(field).first().copied()
    }

    /// The score of a cell, in millionths: a number, or a step where the column's scores are words.
    pub(crate) fn score(&self, column: usize, cell: &str) -> Result<Option<i64>, &'static str> {
        match self.steps.get(&column) {
            Some(steps) => steps.micro(cell),
            None => match self.verdicts.get(&column) {
                Some(verdicts) => verdicts.micro(cell),
                None => score::micro(cell),
            },
        }
    }

    /// The scale that the heading of the scores states.
    pub(crate) fn scale_said(&self) -> Option<Scale> {
        let column = self.one("score")?;
        let label = self.labels.get(column).and_then(|label| scale_in(label));
        label.or_else(|| scale_in(self.name(column)))
    }

    /// Whether the points of a column's amounts part thousands.
    pub(crate) fn parts_thousands(&self, column: usize) -> bool {
        self.thousands == Some(column)
    }

    /// The sheet that is read.
    pub(crate) fn sheet(&self) -> Option<&str> {
        match &self.layout {
            Layout::Sheet { name, .. } => Some(name),
            _ => None,
        }
    }

    /// A column's name for messages.
    pub(crate) fn name(&self, column: usize) -> &str {
        self.split.columns.get(column).map_or("", String::as_str)
    }
}

/// Makes the plan of a file; of a workbook a plan for every sheet that is read (a sheet a month).
pub(crate) fn plans(
    table: Table,
    sniffed: &Sniffed,
    options: &ImportOptions,
) -> Result<Vec<Plan>, LakeError> {
    let path = &sniffed.opened.path;
    // Of several sheets that can't be read, the widest is the table.
    let width = |candidate: &Candidate| {
        let widths = candidate.records.iter().map(|record| record.cells.len());
        widths.max().unwrap_or(0)
    };
    let mut worst: Option<(usize, LakeError)> = None;
    let mut keep = |candidate: &Candidate, error: LakeError| {
        let width = width(candidate);
        if worst.as_ref().is_none_or(|(widest, _)| width > *widest) {
            worst = Some((width, error));
        }
    };
    let named = |candidate: &&Candidate| matches!(&candidate.layout, Layout::Sheet { name, .. } if plain_name(name) == table.name());
    let ordered = sniffed
        .candidates
        .iter()
        .filter(named)
        .chain(sniffed.candidates.iter().filter(|sheet| !named(sheet)));
    for candidate in ordered.clone() {
        match plan_of(table, candidate, options, path) {
            Ok(plan) => {
                let Alike {
                    mut plans,
                    not_read,
                } = sheets::alike(table, (candidate, plan), ordered, options, path)?;
                let read: Vec<String> = plans
                    .iter()
                    .filter_map(Plan::sheet)
                    .map(|name| format!("`{name}`"))
                    .collect();
                if sniffed.candidates.len() > 1
                    && let Some(plan) = plans.first_mut()
                {
                    let were = match read.len() {
                        1 => "was read",
                        _ => "have the same columns and were read together",
                    };
                    let (has, was) = match not_read.len() {
                        1 => ("has", "was"),
                        _ => ("have", "were"),
                    };
                    let others = match not_read.len() {
                        0 => String::new(),
                        _ => format!(
                            "; `{}` {has} the same columns and {was} not read",
                            not_read.join("`, `")
                        ),
                    };
                    plan.notes.push(format!(
                        "`{}` has {} sheets; {} {were}{others}",
                        file_name(path),
                        sniffed.candidates.len(),
                        read.join(", ")
                    ));
                }
                return Ok(plans);
            }
            // A chain's file may hold the roles instead.
            Err(error) if table == Table::Chain => {
                match plan_of(Table::Roles, candidate, options, path) {
                    Ok(plan) => return Ok(vec![plan]),
                    Err(_) => keep(candidate, error),
                }
            }
            Err(error) => keep(candidate, error),
        }
    }
    Err(worst
        .map(|(_, error)| error)
        .unwrap_or_else(|| LakeError::Fault("a file without tables was planned".to_owned())))
}

/// Steps of a scale of words for ratings by employees.
const USUAL_STEPS: usize = 5;

pub(super) fn plan_of(
    table: Table,
    candidate: &Candidate,
    options: &ImportOptions,
    path: &Path,
) -> Result<Plan, LakeError> {
    let header = find_header(table, candidate, options, path)?;
    let mut columns = header.columns.clone();
    make_tellable(&mut columns);
    let mut steps: BTreeMap<usize, Steps> = (0..columns.len())
        .filter_map(|column| Some((column, Steps::of(cells(&header.sample, column))?)))
        .collect();
    let numbers = contents::of_numbers(columns.len(), &header.sample);
    let sentences = contents::of_sentences(columns.len(), &header.sample);
    let worded = Worded {
        any: contents::of_wording(columns.len(), &header.sample),
        whole: contents::of_whole_sentences(columns.len(), &header.sample),
    };
    let of_steps = steps.keys().copied().collect();
    if table == Table::Signals && options.maps.is_empty() && are_answers(&columns, &header.sample) {
        return Err(Complaint::new(
            "these are employees' answers, not customers' feedback: a column of questions asks for ideas, blocks or commitment",
            "give the file as --voice; if customers did write it, say where: `--map signals.comment=COLUMN`",
        )
        .in_file(path)
        .into());
    }
    let mut choice = Choice::new(table, &columns, &header.labels)
        .with_scores(numbers, of_steps)
        .with_sentences(sentences, worded);
    for (number, map) in options.maps.iter().enumerate() {
        let chain_roles = table == Table::Roles && map.table == Table::Chain;
        if map.table == table
            || (chain_roles && fields(table).iter().any(|field| field.name == map.field))
        {
            choice.map(number, &map.field, &map.column, path)?;
        }
    }
    if let Some(fitted) = &header.fitted {
        choice.preset(fitted);
    }
    choice.by_name();
    choice.by_wording();
    choice.settle_voice();
    if let Some(problem) = choice.unmet() {
        if let Some(&number) = choice.missing_maps.first() {
            return Err(missing_map(&options.maps[number].column, &columns, path));
        }
        let sheet = match &candidate.layout {
            Layout::Sheet { name, .. } => Some(name.as_str()),
            _ => None,
        };
        return Err(unmet(table, problem, &columns, sheet, path));
    }
    for field in ["id", "response", "customer", "respondent"] {
        for column in choice.columns(field) {
            if let Some((line, id)) = contents::cut_id(&header.sample, column) {
                return Err(cut(table, field, id)
                    .in_file(path)
                    .at_row(line)
                    .in_column(&columns[column])
                    .into());
            }
        }
    }
    let mut layout = candidate.layout.clone();
    match &mut layout {
        Layout::Delimited { first_line, .. } | Layout::Sheet { first_line, .. } => {
            *first_line = header.first_line
        }
        _ => {}
    }
    let mut notes = Vec::new();
    if let Some(line) = header.at_line {
        notes.push(format!(
            "`{}`: the header was found on row {line}; what is above it was left out",
            file_name(path)
        ));
    }
    if let Some(fitted) = &header.fitted
        && header.recognised
    {
        notes.push(format!(
            "`{}` was recognised as an export of {}",
            file_name(path),
            fitted.preset.name()
        ));
    }
    if table == Table::Voice && !choice.has("respondent") {
        notes.push(format!(
            "`{}`: no column says who answered, so each row counts as one person; if people gave several, name the column with `--map voice.respondent=COLUMN`",
            file_name(path)
        ));
    }
    if table == Table::Signals && choice.is_open("at") && columns.len() > 1 {
        notes.push(format!(
            "`{}`: no column of days was found, so nothing can be shown over time; if there is one, say which with `--map signals.at=COLUMN`",
            file_name(path)
        ));
    }
    for (field, column) in choice.passed_over() {
        let name = &columns[column];
        notes.push(format!(
            "`{}`: `{name}` is called like the {field} and holds sentences, so it wasn't taken for it; if it is, say so with `--map {}.{field}=\"{name}\"`",
            file_name(path),
            table.name()
        ));
    }
    for (field, several) in [
        ("score", choice.may_be_scores()),
        ("comment", choice.may_be_comments()),
    ] {
        let [first, ..] = &several[..] else { continue };
        let what = match field {
            "score" => "words of a scale",
            _ => "sentences",
        };
        let names: Vec<String> = several
            .iter()
            .map(|at| format!("`{}`", columns[*at]))
            .collect();
        let hold = if names.len() == 1 { "holds" } else { "hold" };
        notes.push(format!(
            "`{}`: {} {hold} {what}, and none was taken for the {field}; say which with `--map signals.{field}=\"{}\"`",
            file_name(path),
            names.join(", "),
            columns[*first]
        ));
    }
    // Ratings of employees are pooled over files, which words of other scales would muddle.
    steps.retain(|column, scale| {
        choice.takes_scores(*column) && (table == Table::Signals || scale.count == USUAL_STEPS)
    });
    for (column, scale) in &steps {
        notes.push(format!(
            "`{}`: the words of `{}` were read as 1 to {}: {}",
            file_name(path),
            columns[*column],
            scale.count,
            scale.said(cells(&header.sample, *column))
        ));
    }
    let verdicts = (0..columns.len())
        .filter(|column| choice.takes_scores(*column))
        .filter_map(|column| Some((column, Verdicts::of(cells(&header.sample, column))?)))
        .filter(|(_, words)| table == Table::Signals || *words == Verdicts::Stars)
        .collect();
    let (thousands, problem) = thousands(table, &choice, &columns, &header.sample, &layout);
    notes.extend(problem.map(|problem| format!("`{}`: {problem}", file_name(path))));
    let said = ["comment", "text", "idea", "block"]
        .iter()
        .flat_map(|field| choice.columns(field));
    let misread = said
        .flat_map(|column| cells(&header.sample, column))
        .find(|cell| matches!(mended(cell), Cow::Owned(_)));
    if let Some(words) =
        misread.and_then(|cell| cell.split_whitespace().find(|word| !word.is_ascii()))
    {
        notes.push(format!(
            "`{}`: letters that another program read wrongly (`{words}`) were mended",
            file_name(path)
        ));
    }
    let taken_columns: Vec<usize> = choice
        .taken
        .iter()
        .flatten()
        .map(|(column, _)| *column)
        .collect();
    let ignored = (0..columns.len()).filter(|column| !taken_columns.contains(column));
    let ignored = ignored.map(|column| columns[column].clone()).collect();
    let mut report = Vec::new();
    for (field, taken) in fields(table).iter().zip(&choice.taken) {
        for (column, by) in taken {
            let column = columns[*column].clone();
            report.push(ColumnTaken {
                field: field.name.to_owned(),
                column,
                by: (*by).to_owned(),
            });
        }
    }
    Ok(Plan {
        table,
        layout,
        labels: header.labels.clone(),
        taken: choice
            .taken
            .iter()
            .map(|taken| taken.iter().map(|(column, _)| *column).collect())
            .collect(),
        report,
        ignored,
        drops: header
            .fitted
            .as_ref()
            .map(|fitted| fitted.drops.clone())
            .unwrap_or_default(),
        preset: header.fitted.as_ref().map(|fitted| {
            let how = if header.recognised {
                "recognised"
            } else {
                "asked for"
            };
            format!("{} ({how})", fitted.preset.name())
        }),
        metric: header.fitted.as_ref().and_then(|fitted| fitted.metric),
        notes,
        sample: header.sample,
        steps,
        verdicts,
        thousands,
        missing_maps: choice.missing_maps,
        split: Split { columns },
    })
}

/// Ids of which a spreadsheet has kept the first digits alone: many are one now.
fn cut(table: Table, field: &str, id: &str) -> Complaint {
    Complaint::new(
        format!("Excel has cut these ids: `{}`", shortened(id)),
        format!(
            "format the column as text and export again, or read the file without it: `--map {}.{field}=`",
            table.name()
        ),
    )
}

/// The column of money whose points part thousands, and a sentence where that was decided or can't be.
fn thousands(
    table: Table,
    choice: &Choice<'_>,
    columns: &[String],
    sample: &[Record],
    layout: &Layout,
) -> (Option<usize>, Option<String>) {
    let field = match table {
        Table::Signals => "value",
        Table::Initiatives => "spend",
        _ => return (None, None),
    };
    // Cells of sheets hold numbers, whose points are decimal signs.
    let Layout::Delimited { dialect, .. } = layout else {
        return (None, None);
    };
    let semicolons = dialect.delimiter == b';';
    let Some(column) = choice.columns(field).first().copied() else {
        return (None, None);
    };
    let name = &columns[column];
    match amount::points(cells(sample, column), semicolons) {
        Points::Decimal => (None, None),
        Points::Thousands => (
            Some(column),
            Some(format!(
                "the points in `{name}` were read as parting thousands: `1.234` is 1234"
            )),
        ),
        Points::Either => (
            None,
            Some(format!(
                "the points in `{name}` were read as decimal signs, though each has three digits after it; if they part thousands, write the numbers without them"
            )),
        ),
    }
}

/// Unnamed columns get a number, repeated names a count.
pub(crate) fn make_tellable(columns: &mut [String]) {
    for at in 0..columns.len() {
        if columns[at].trim().is_empty() {
            columns[at] = format!("column {}", at + 1);
        }
        let name = columns[at].clone();
        let earlier = columns[..at].iter().filter(|other| **other == name).count();
        if earlier > 0 {
            columns[at] = format!("{name} ({})", earlier + 1);
        }
    }
}
