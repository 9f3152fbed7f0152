//! The domain's structs as Parquet columns and back: one pair of functions a table.
//!
//! Arrow stays in here and in `lake`.

use crate::check::repeats;
use crate::error::LakeError;
use crate::import::Work;
use crate::output::manifest::Entry;
use crate::output::parquet_file::ParquetFile;
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{Field, Float64Type, Int32Type, Int64Type, Schema};
use std::sync::Arc;
use throughline_domain::facts::{
    Criterion, Edge, Initiative, InitiativeKind, Measure, Place, Question, Role, Side, Table, ThemeCorrection, Unit, Voice, Vote,
};
use throughline_domain::words::Words;

/// Rows written as one row group.
const ROWS_A_GROUP: usize = 65_536;
/// Between a unit's other names.
const BETWEEN: char = '\u{1f}';

/// A struct that can be stored.
pub(crate) trait Stored: Sized {
    /// Its table.
    const TABLE: Table;
    /// Columns of some rows.
    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)>;
    /// The row at a place of a batch.
    fn at(batch: &Batch<'_>, row: usize) -> Self;
}

/// Reads cells of a batch by name; what isn't there is `None`.
pub(crate) struct Batch<'a>(pub &'a RecordBatch);

impl Batch<'_> {
    fn text(&self, name: &str, row: usize) -> Option<String> {
        let column = self.0.column_by_name(name)?.as_string_opt::<i32>()?;
        (!column.is_null(row)).then(|| column.value(row).to_owned())
    }

    fn named(&self, name: &str, row: usize) -> String {
        self.text(name, row).unwrap_or_default()
    }

    fn number(&self, name: &str, row: usize) -> Option<f64> {
        let column = self.0.column_by_name(name)?.as_primitive_opt::<Float64Type>()?;
        (!column.is_null(row)).then(|| column.value(row))
    }

    fn count(&self, name: &str, row: usize) -> Option<i64> {
        let column = self.0.column_by_name(name)?.as_primitive_opt::<Int64Type>()?;
        (!column.is_null(row)).then(|| column.value(row))
    }

    fn day(&self, name: &str, row: usize) -> Option<i32> {
        let column = self.0.column_by_name(name)?.as_primitive_opt::<Int32Type>()?;
        (!column.is_null(row)).then(|| column.value(row))
    }

    fn flag(&self, name: &str, row: usize) -> Option<bool> {
        let column = self.0.column_by_name(name)?.as_boolean_opt()?;
        (!column.is_null(row)).then(|| column.value(row))
    }
}

fn texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
    Arc::new(texts.collect::<StringArray>())
}

fn numbers(numbers: impl Iterator<Item = Option<f64>>) -> ArrayRef {
    Arc::new(numbers.collect::<Float64Array>())
}

/// Writes a table's rows to its file.
pub(crate) fn write<T: Stored>(rows: &[T], work: &mut Work<'_>) -> Result<Entry, LakeError> {
    let name = format!("{}.parquet", T::TABLE.name());
    let fields: Vec<Field> =
        T::columns(&[]).iter().map(|(name, array)| Field::new(*name, array.data_type().clone(), true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let mut file = ParquetFile::new(work.into, &name, Arc::clone(&schema))?;
    for group in rows.chunks(ROWS_A_GROUP) {
        if work.watch.cancelled() {
            return Err(LakeError::Cancelled);
        }
        let arrays = T::columns(group).into_iter().map(|(_, array)| array).collect();
        file.write(&RecordBatch::try_new(Arc::clone(&schema), arrays)?)?;
    }
    Ok(crate::import::entry(name, file.finish(work.into)?))
}

/// A person's key, so that who they are doesn't enter the lake.
pub(crate) fn pseudonym(text: &str) -> String {
    repeats::hex(repeats::hash(7, text.as_bytes()))
}

impl Stored for Unit {
    const TABLE: Table = Table::Units;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let also: Vec<String> = rows.iter().map(|unit| unit.also_called.join(&BETWEEN.to_string())).collect();
        vec![
            ("unit", texts(rows.iter().map(|unit| Some(unit.unit.as_str())))),
            ("parent", texts(rows.iter().map(|unit| unit.parent.as_deref()))),
            ("also_called", texts(also.iter().map(|names| Some(names.as_str()).filter(|names| !names.is_empty())))),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let also = batch.text("also_called", row);
        Self {
            unit: batch.named("unit", row),
            parent: batch.text("parent", row),
            also_called: also.map_or_else(Vec::new, |names| names.split(BETWEEN).map(str::to_owned).collect()),
        }
    }
}

impl Stored for Edge {
    const TABLE: Table = Table::Chain;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let role = |edge: &Self| match &edge.to {
            Place::Role(role) => Some(role.clone()),
            Place::Stage(_) => None,
        };
        let stage = |edge: &Self| match &edge.to {
            Place::Stage(stage) => Some(stage.clone()),
            Place::Role(_) => None,
        };
        vec![
            ("from", texts(rows.iter().map(|edge| Some(edge.from.as_str())))),
            ("to_role", Arc::new(rows.iter().map(role).collect::<StringArray>())),
            ("to_stage", Arc::new(rows.iter().map(stage).collect::<StringArray>())),
            ("weight", numbers(rows.iter().map(|edge| Some(edge.weight)))),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let to = match batch.text("to_role", row) {
            Some(role) => Place::Role(role),
            None => Place::Stage(batch.named("to_stage", row)),
        };
        Self { from: batch.named("from", row), to, weight: batch.number("weight", row).unwrap_or(1.0) }
    }
}

impl Stored for Role {
    const TABLE: Table = Table::Roles;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let heads = rows.iter().map(|role| role.headcount.and_then(|heads| i64::try_from(heads).ok()));
        vec![
            ("role", texts(rows.iter().map(|role| Some(role.role.as_str())))),
            ("title", texts(rows.iter().map(|role| role.title.as_deref()))),
            ("unit", texts(rows.iter().map(|role| role.unit.as_deref()))),
            ("headcount", Arc::new(heads.collect::<Int64Array>())),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        Self {
            role: batch.named("role", row),
            title: batch.text("title", row),
            unit: batch.text("unit", row),
            headcount: batch.count("headcount", row).and_then(|heads| u64::try_from(heads).ok()),
        }
    }
}

impl Stored for Measure {
    const TABLE: Table = Table::Measures;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let side = |measure: &Self| Some(measure.side == Side::Employee);
        vec![
            ("unit", texts(rows.iter().map(|measure| Some(measure.unit.as_str())))),
            ("period", texts(rows.iter().map(|measure| Some(measure.period.as_str())))),
            ("measure", texts(rows.iter().map(|measure| Some(measure.measure.as_str())))),
            ("about_employees", Arc::new(rows.iter().map(side).collect::<BooleanArray>())),
            ("value", numbers(rows.iter().map(|measure| Some(measure.value)))),
            ("n", numbers(rows.iter().map(|measure| measure.n))),
            ("sd", numbers(rows.iter().map(|measure| measure.sd))),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let employee = batch.flag("about_employees", row) == Some(true);
        Self {
            unit: batch.named("unit", row),
            period: batch.named("period", row),
            measure: batch.named("measure", row),
            side: if employee { Side::Employee } else { Side::Customer },
            value: batch.number("value", row).unwrap_or(0.0),
            n: batch.number("n", row),
            sd: batch.number("sd", row),
        }
    }
}

impl Stored for Vote {
    const TABLE: Table = Table::Votes;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let items = |vote: &Self| -> (String, Option<String>) {
            match vote {
                Self::Pair { winner, loser, .. } => (winner.clone(), Some(loser.clone())),
                Self::Single { item, .. } => (item.clone(), None),
            }
        };
        let yes = |vote: &Self| match vote {
            Self::Pair { .. } => None,
            Self::Single { vote, .. } => *vote,
        };
        let about = |vote: &Self| match vote {
            Self::Pair { criterion, voter, .. } | Self::Single { criterion, voter, .. } => (*criterion, voter.clone()),
        };
        vec![
            ("item", Arc::new(rows.iter().map(|vote| Some(items(vote).0)).collect::<StringArray>())),
            ("loser", Arc::new(rows.iter().map(|vote| items(vote).1).collect::<StringArray>())),
            ("yes", Arc::new(rows.iter().map(yes).collect::<BooleanArray>())),
            ("about_ease", Arc::new(rows.iter().map(|vote| Some(about(vote).0 == Criterion::Ease)).collect::<BooleanArray>())),
            ("voter", Arc::new(rows.iter().map(|vote| about(vote).1).collect::<StringArray>())),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let criterion = if batch.flag("about_ease", row) == Some(true) { Criterion::Ease } else { Criterion::Impact };
        let voter = batch.text("voter", row);
        let item = batch.named("item", row);
        match batch.text("loser", row) {
            Some(loser) => Self::Pair { winner: item, loser, criterion, voter },
            None => Self::Single { item, vote: batch.flag("yes", row), criterion, voter },
        }
    }
}

impl Stored for ThemeCorrection {
    const TABLE: Table = Table::Themes;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        vec![
            ("id", texts(rows.iter().map(|theme| Some(theme.id.as_str())))),
            ("title", texts(rows.iter().map(|theme| theme.title.as_deref()))),
            ("merge_into", texts(rows.iter().map(|theme| theme.merge_into.as_deref()))),
            ("hide", Arc::new(rows.iter().map(|theme| Some(theme.hide)).collect::<BooleanArray>())),
            ("ease", numbers(rows.iter().map(|theme| theme.ease))),
            ("owner", texts(rows.iter().map(|theme| theme.owner.as_deref()))),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        Self {
            id: batch.named("id", row),
            title: batch.text("title", row),
            merge_into: batch.text("merge_into", row),
            hide: batch.flag("hide", row) == Some(true),
            ease: batch.number("ease", row),
            owner: batch.text("owner", row),
        }
    }
}

const KINDS: [(InitiativeKind, &str); 3] = [
    (InitiativeKind::People, "people"),
    (InitiativeKind::Process, "process"),
    (InitiativeKind::Technology, "technology"),
];

impl Stored for Initiative {
    const TABLE: Table = Table::Initiatives;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let kind = |line: &Self| KINDS.iter().find(|(kind, _)| *kind == line.kind).map(|(_, name)| *name);
        vec![
            ("id", texts(rows.iter().map(|line| Some(line.id.as_str())))),
            ("name", texts(rows.iter().map(|line| Some(line.name.as_str())))),
            ("kind", texts(rows.iter().map(kind))),
            ("spend", numbers(rows.iter().map(|line| line.spend))),
            ("period", texts(rows.iter().map(|line| line.period.as_deref()))),
            ("eligible", numbers(rows.iter().map(|line| line.eligible))),
            ("adopted", numbers(rows.iter().map(|line| line.adopted))),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let kind = batch.named("kind", row);
        Self {
            id: batch.named("id", row),
            name: batch.named("name", row),
            kind: KINDS.iter().find(|(_, name)| *name == kind).map_or(InitiativeKind::Process, |(kind, _)| *kind),
            spend: batch.number("spend", row),
            period: batch.text("period", row),
            eligible: batch.number("eligible", row),
            adopted: batch.number("adopted", row),
        }
    }
}

const QUESTIONS: [Question; 3] = [Question::Idea, Question::Block, Question::Commitment];

impl Stored for Voice {
    const TABLE: Table = Table::Voice;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        vec![
            ("id", texts(rows.iter().map(|voice| Some(voice.id.as_str())))),
            ("respondent", texts(rows.iter().map(|voice| Some(voice.respondent.as_str())))),
            ("at_day", Arc::new(rows.iter().map(|voice| voice.at_day).collect::<Int32Array>())),
            ("round", texts(rows.iter().map(|voice| voice.round.as_deref()))),
            ("unit", texts(rows.iter().map(|voice| voice.unit.as_deref()))),
            ("role", texts(rows.iter().map(|voice| voice.role.as_deref()))),
            ("question", texts(rows.iter().map(|voice| Some(voice.question.name())))),
            ("text", texts(rows.iter().map(|voice| voice.text.as_ref().map(Words::for_analysis)))),
            ("rating", numbers(rows.iter().map(|voice| voice.rating))),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let question = batch.named("question", row);
        Self {
            id: batch.named("id", row),
            respondent: batch.named("respondent", row),
            at_day: batch.day("at_day", row),
            round: batch.text("round", row),
            unit: batch.text("unit", row),
            role: batch.text("role", row),
            question: QUESTIONS.into_iter().find(|known| known.name() == question).unwrap_or(Question::Idea),
            text: batch.text("text", row).map(Words::new),
            rating: batch.number("rating", row),
        }
    }
}
