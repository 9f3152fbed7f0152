//! Checks the rows of one block: which are taken, which refused and why, which left out.

use super::known::{Expected, Known};
use super::{LONG_COMMENT, MOST_COMMENT_COLUMNS, NO_DAY, NO_SCORE};
use crate::check::date::{self, Evidence, Reading};
use crate::check::repeats::{self, KeyKind};
use crate::check::staff::StaffNames;
use crate::check::unit_names::UnitNames;
use crate::check::{amount, is_missing, is_no_comment, is_total, score};
use crate::columns::contract::fields;
use crate::columns::plan::Plan;
use crate::columns::preset::Drop;
use crate::options::MetricRule;
use crate::read::cells::{Cells, Refusal};
use rustc_hash::FxHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hasher;
use throughline_domain::facts::Table;
use throughline_domain::metric::Scale;

/// The rule of rows with nothing to count.
pub(crate) const NOTHING_SAID: &str = "no score and no comment";
/// The rule of rows that sum up the others.
const TOTALS: &str = "totals, not answers";

/// Everything a file's rows are checked by.
pub(crate) struct Setting<'a> {
    pub plan: &'a Plan,
    pub reading: Reading,
    /// The source of rows that name none.
    pub file_source: &'a str,
    /// The scale that every score must be on, if the user gave one.
    pub scale: Option<Scale>,
    /// What an earlier pass found.
    pub known: &'a Known,
    /// The rule of scores, but for rows with a metric of their own.
    pub metric: MetricRule,
    /// The rule of all rows, if the user gave one.
    pub fixed_metric: Option<MetricRule>,
    pub units: &'a UnitNames,
    pub staff: Option<&'a StaffNames>,
}

/// A row that is taken.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub row: u32,
    pub kind: RowKind,
    /// A hash of the id, or of the whole row.
    pub of: u64,
    /// A hash of what is kept of it.
    pub content: u128,
    /// A bit for every comment column with a comment.
    pub comments: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// It has an id.
    Id,
    /// It has none, and says enough to be told when it comes again.
    Long,
    /// It has none, and says little.
    Short,
}

impl RowKind {
    pub(crate) fn key(self) -> Option<KeyKind> {
        match self {
            Self::Id => Some(KeyKind::Id),
            Self::Long => Some(KeyKind::Whole),
            Self::Short => None,
        }
    }
}

/// A block's rows, checked.
pub(crate) struct Checked {
    pub cells: Cells,
    /// Rows of the file behind these.
    pub rows_read: u64,
    /// By row of `cells`.
    pub days: Vec<i32>,
    pub scores: Vec<i64>,
    pub values: Vec<f64>,
    /// By row, a place in `sources`; empty where all rows are of the file's source.
    pub source_of: Vec<u32>,
    pub sources: Vec<(String, MetricRule)>,
    pub rows: Vec<Row>,
    pub refused: Vec<Refusal>,
    pub left_out: BTreeMap<&'static str, u64>,
    pub evidence: Evidence,
}

/// Which columns hold what.
struct Places<'p> {
    id: Option<usize>,
    at: Option<usize>,
    score: Option<usize>,
    value: Option<usize>,
    source: Option<usize>,
    metric: Option<usize>,
    comments: &'p [usize],
    /// All taken columns in the contract's order: what a row's content is.
    kept: Vec<usize>,
}

impl<'p> Places<'p> {
    fn of(plan: &'p Plan) -> Self {
        let comments = plan.many("comment");
        Self {
            id: plan.one("id"),
            at: plan.one("at"),
            score: plan.one("score"),
            value: plan.one("value"),
            source: plan.one("source"),
            metric: plan.one("metric"),
            comments: &comments[..comments.len().min(MOST_COMMENT_COLUMNS)],
            kept: fields(Table::Signals)
                .iter()
                .flat_map(|field| plan.many(field.name).iter().copied())
                .collect(),
        }
    }
}

/// The sources of a block, by what the cells say.
struct Sources<'s> {
    setting: &'s Setting<'s>,
    /// By the source's cell, then the metric's.
    by_cells: HashMap<String, HashMap<String, u32>>,
    list: Vec<(String, MetricRule)>,
    /// What each source's scores are read by.
    expected: Vec<Expected>,
}

impl Sources<'_> {
    fn place(&mut self, source: &str, metric: &str) -> u32 {
        if let Some(place) = self
            .by_cells
            .get(source)
            .and_then(|metrics| metrics.get(metric))
        {
            return *place;
        }
        let setting = self.setting;
        let mut name = if is_missing(source) {
            setting.file_source.to_owned()
        } else {
            source.to_owned()
        };
        let mut rule = setting.metric;
        if !is_missing(metric) {
            rule = setting
                .fixed_metric
                .or_else(|| MetricRule::named(metric))
                .unwrap_or(MetricRule::Mean);
            if setting.known.split_sources {
                name = format!("{name} ({metric})");
            }
        }
        self.expected
            .push(setting.known.expected(&name, setting.scale));
        self.list.push((name, rule));
        let place = (self.list.len() - 1) as u32;
        self.by_cells
            .entry(source.to_owned())
            .or_default()
            .insert(metric.to_owned(), place);
        place
    }
}

/// Checks a block.
pub(crate) fn check(mut cells: Cells, setting: &Setting<'_>) -> Checked {
    let plan = setting.plan;
    let places = Places::of(plan);
    let count = cells.rows();
    let rows_read = cells.rows_read();
    let mut refused = std::mem::take(&mut cells.refused);
    name_columns(&mut refused, plan);
    let mut made = Checked {
        rows_read,
        days: vec![NO_DAY; if places.at.is_some() { count } else { 0 }],
        scores: vec![NO_SCORE; if places.score.is_some() { count } else { 0 }],
        values: vec![f64::NAN; if places.value.is_some() { count } else { 0 }],
        source_of: Vec::new(),
        sources: Vec::new(),
        rows: Vec::with_capacity(count),
        refused,
        left_out: BTreeMap::new(),
        evidence: Evidence::default(),
        cells,
    };
    let mut sources = Sources {
        setting,
        by_cells: HashMap::new(),
        list: Vec::new(),
        expected: Vec::new(),
    };
    let several_sources = places.source.is_some() || places.metric.is_some();
    if several_sources {
        made.source_of = vec![0; count];
    } else {
        sources.place("", "");
    }
    let mut buffer = Vec::with_capacity(1024);
    for row in 0..count {
        if let Some(rule) = no_answer(&made.cells, row, &plan.drops) {
            *made.left_out.entry(rule).or_default() += 1;
            continue;
        }
        let source = if several_sources {
            let cell =
                |column: Option<usize>| column.map_or("", |column| made.cells.cell(row, column));
            let place = sources.place(cell(places.source), cell(places.metric));
            made.source_of[row] = place;
            place
        } else {
            0
        };
        let checked = check_row(
            &mut made,
            row,
            &places,
            setting,
            &sources.expected[source as usize],
        );
        match checked {
            Ok(Some(_)) | Err(_) if sums_up(&made, row, &places, plan) => {
                *made.left_out.entry(TOTALS).or_default() += 1;
            }
            Ok(Some(comments)) => {
                let taken = keyed(&made.cells, row, comments, &places, &mut buffer);
                made.rows.push(taken);
            }
            Ok(None) => *made.left_out.entry(NOTHING_SAID).or_default() += 1,
            Err((column, reason)) => made.refused.push(Refusal {
                line: made.cells.line(row),
                column: plan.name(column).to_owned(),
                value: made.cells.cell(row, column).to_owned(),
                reason,
            }),
        }
    }
    made.refused.sort_by_key(|refusal| refusal.line);
    made.sources = sources.list;
    made
}

/// Whether a row sums up the others: a label such as `Average`, numbers, and nothing else, a day neither. `Average` can
/// be an answer too: where rows have no day, the label stands where a unit or an id would.
fn sums_up(made: &Checked, row: usize, places: &Places<'_>, plan: &Plan) -> bool {
    if made.days.get(row).is_some_and(|day| *day != NO_DAY) {
        return false;
    }
    let names = ["id", "unit", "stage", "customer"];
    let may_be_label = |column: usize| {
        !places.comments.contains(&column)
            && places.score != Some(column)
            && (places.at.is_some() || names.iter().any(|name| plan.one(name) == Some(column)))
    };
    // `200 comments` counts them.
    let is_number = |cell: &str| {
        let mut words = cell.split_whitespace();
        let first = words.next().unwrap_or_default();
        words.nth(1).is_none() && matches!(amount::money(first, false), Ok(Some(_)))
    };
    let mut labels = 0;
    for column in 0..made.cells.width {
        let cell = made.cells.cell(row, column);
        if is_total(cell) && may_be_label(column) {
            labels += 1;
        } else if !is_missing(cell) && !is_number(cell) {
            return false;
        }
    }
    labels == 1
}

/// Refusals of the reader name columns by number: gives them their names.
pub(crate) fn name_columns(refused: &mut [Refusal], plan: &Plan) {
    for refusal in refused {
        if let Some(column) = refusal
            .column
            .strip_prefix('\0')
            .and_then(|column| column.parse().ok())
        {
            refusal.column = plan.name(column).to_owned();
        }
    }
}

/// The preset's rule by which a row is no answer.
pub(crate) fn no_answer(cells: &Cells, row: usize, drops: &[Drop]) -> Option<&'static str> {
    drops.iter().find_map(|drop| match drop {
        Drop::Value {
            column,
            no_answer,
            rule,
        } => no_answer(cells.cell(row, *column)).then_some(*rule),
        Drop::Differs {
            columns: (one, other),
            rule,
        } => (cells.cell(row, *one) != cells.cell(row, *other)).then_some(*rule),
    })
}

/// Checks a row's values. `Some` comment columns with words (none where there is a score alone);
/// `None`: nothing was said.
fn check_row(
    made: &mut Checked,
    row: usize,
    places: &Places<'_>,
    setting: &Setting<'_>,
    expected: &Expected,
) -> Result<Option<u64>, (usize, String)> {
    if let Some(column) = places.at {
        let cell = made.cells.cell(row, column);
        if !is_missing(cell) {
            let line = made.cells.line(row);
            made.days[row] = date::day(cell, setting.reading, line, &mut made.evidence)
                .map_err(|why| (column, why.to_owned()))?;
        }
    }
    let mut scored = false;
    if let Some(column) = places.score {
        let cell = made.cells.cell(row, column);
        let read = setting.plan.score(column, cell);
        let read = read.map_err(|why| (column, why.to_owned()))?;
        if let Some(micro) = read.and_then(|micro| expected.meant(micro)) {
            if let Some((low, high)) = expected.ends
                && !(low..=high).contains(&micro)
            {
                let end = |end: i64| end as f64 / score::MICRO;
                return Err((
                    column,
                    format!(
                        "the score is outside the scale {} to {}",
                        end(low),
                        end(high)
                    ),
                ));
            }
            made.scores[row] = micro;
            scored = true;
        }
    }
    if let Some(column) = places.value
        && let Some(value) = amount::money(
            made.cells.cell(row, column),
            setting.plan.parts_thousands(column),
        )
        .map_err(|why| (column, why.to_owned()))?
    {
        made.values[row] = value;
    }
    let mut comments = 0u64;
    for (bit, column) in places.comments.iter().enumerate() {
        comments |= u64::from(!is_no_comment(made.cells.cell(row, *column))) << bit;
    }
    Ok((scored || comments != 0).then_some(comments))
}

/// The row with the hashes by which it is told when it comes again.
fn keyed(
    cells: &Cells,
    row: usize,
    comments: u64,
    places: &Places<'_>,
    buffer: &mut Vec<u8>,
) -> Row {
    let id = places.id.map_or("", |column| cells.cell(row, column));
    if !is_missing(id) {
        // Compared between rows of one id alone: 64 bits of a quick hash are plenty.
        let mut content = FxHasher::default();
        for column in &places.kept {
            content.write(cells.cell(row, *column).as_bytes());
            content.write_u8(0x1f);
        }
        let of = repeats::hash(2, id.as_bytes()) as u64;
        return Row {
            row: row as u32,
            kind: RowKind::Id,
            of,
            content: u128::from(content.finish()),
            comments,
        };
    }
    let mut hashed = |salt: u8, columns: &mut dyn Iterator<Item = usize>| {
        buffer.clear();
        for column in columns {
            buffer.extend_from_slice(cells.cell(row, column).as_bytes());
            buffer.push(0x1f);
        }
        repeats::hash(salt, buffer)
    };
    let content = hashed(1, &mut places.kept.iter().copied());
    let (kind, of) = if places
        .comments
        .iter()
        .any(|&column| cells.cell(row, column).len() >= LONG_COMMENT)
    {
        (RowKind::Long, hashed(3, &mut (0..cells.width)) as u64)
    } else {
        (RowKind::Short, 0)
    };
    Row {
        row: row as u32,
        kind,
        of,
        content,
        comments,
    }
}
