//! Named columns out of a user's file as plain vectors: what an analyst's commands start from.
//!
//! Ask for columns by name and kind with [`Wanted`], read once, and take them out of the
//! [`Extract`]. Every format that an import takes works here too. A value that is none of its
//! column's kind is refused with file, row, column and value; a missing one is kept as `None` and
//! counted. Nothing is stored, nothing is dropped, nothing is guessed: whether a row with a
//! missing value is left out is the caller's decision.

mod calendar;
mod gather;
mod header;
mod label;
mod number;
mod period;
mod waves;

pub use period::{Calendar, Periods};
pub use waves::Waves;

use crate::error::{Complaint, LakeError};
use std::path::{Path, PathBuf};

/// Numbers beyond this size are refused: their squares would not fit into a number.
pub const LARGEST_NUMBER: f64 = 1e100;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Label,
    Period,
    PeriodOrNever,
}

/// A flag with the columns named by it.
#[derive(Clone, Debug)]
struct Ask {
    flag: &'static str,
    named: Vec<String>,
    kind: Kind,
    many: bool,
    /// It may be missing.
    if_there: bool,
}

/// The columns wanted from a file.
#[derive(Clone, Debug)]
pub struct Wanted {
    path: PathBuf,
    asks: Vec<Ask>,
}

/// Where a column of numbers lies in the [`Extract`].
#[derive(Clone, Copy, Debug)]
pub struct NumberAt(usize);
/// Where several columns of numbers lie in the [`Extract`].
#[derive(Clone, Copy, Debug)]
pub struct NumberListAt(usize);
/// Where a column of labels lies in the [`Extract`].
#[derive(Clone, Copy, Debug)]
pub struct LabelAt(usize);
/// Where a column of periods lies in the [`Extract`].
#[derive(Clone, Copy, Debug)]
pub struct PeriodAt(usize);

impl Wanted {
    /// Nothing so far, of this file.
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            asks: Vec::new(),
        }
    }

    fn ask(&mut self, flag: &'static str, named: Vec<String>, kind: Kind, many: bool) -> usize {
        self.asks.push(Ask {
            flag,
            named,
            kind,
            many,
            if_there: false,
        });
        self.asks.len() - 1
    }

    /// A column of numbers; `flag` (`--outcome`) is what messages call it by.
    pub fn number(&mut self, flag: &'static str, column: &str) -> NumberAt {
        NumberAt(self.ask(flag, vec![column.to_owned()], Kind::Number, false))
    }

    /// Several columns of numbers: names parted by commas, in one text or several. A column whose
    /// own name holds commas is found too.
    pub fn number_list(&mut self, flag: &'static str, columns: &[String]) -> NumberListAt {
        NumberListAt(self.ask(flag, columns.to_vec(), Kind::Number, true))
    }

    /// A column of labels: anything, compared letter by letter.
    pub fn label(&mut self, flag: &'static str, column: &str) -> LabelAt {
        LabelAt(self.ask(flag, vec![column.to_owned()], Kind::Label, false))
    }

    /// The same, if the file has one column of that name that nothing else was asked for;
    /// [`Extract::labels_if_there`] says whether.
    pub fn label_if_there(&mut self, flag: &'static str, column: &str) -> LabelAt {
        let at = self.label(flag, column);
        self.asks[at.0].if_there = true;
        at
    }

    /// A column of periods: whole numbers, years, halves, quarters, months, weeks or days. All
    /// period columns of one file are read on one calendar, so that they can be compared.
    pub fn period(&mut self, flag: &'static str, column: &str) -> PeriodAt {
        PeriodAt(self.ask(flag, vec![column.to_owned()], Kind::Period, false))
    }

    /// A column of periods in which a missing cell, `0`, `never` and `inf` mean "never".
    pub fn period_or_never(&mut self, flag: &'static str, column: &str) -> PeriodAt {
        PeriodAt(self.ask(flag, vec![column.to_owned()], Kind::PeriodOrNever, false))
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`LakeError::Input`] with file, row, column, value and a hint: for a file that can't be
    /// read or has no rows, a column that isn't there or is there twice, a value that isn't of
    /// its column's kind.
    pub fn read(&self) -> Result<Extract, LakeError> {
        gather::read(&self.path, &self.asks)
    }
}

/// A column of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// As the file calls it.
    pub name: String,
    /// A finite number a row (at most [`LARGEST_NUMBER`] in size), or none.
    pub values: Vec<Option<f64>>,
}

impl Numbers {
    /// Rows without a value.
    pub fn missing(&self) -> usize {
        self.values.iter().filter(|value| value.is_none()).count()
    }
}

/// A column of labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// As the file calls it.
    pub name: String,
    /// A place in `names` for each row, or none.
    pub codes: Vec<Option<u32>>,
    /// The distinct labels: by size if all are numbers, else by their letters; so the order of
    /// rows doesn't matter.
    pub names: Vec<String>,
}

impl Labels {
    /// Rows without a value.
    pub fn missing(&self) -> usize {
        self.codes.iter().filter(|code| code.is_none()).count()
    }
}

/// A column that was read.
#[derive(Clone, Debug)]
enum Column {
    Numbers(Numbers),
    Labels(Labels),
    Periods(Periods),
}

/// The columns, row by row in the file's order.
#[derive(Clone, Debug)]
pub struct Extract {
    path: PathBuf,
    lines: Vec<u64>,
    /// By ask: one column, or several for a list.
    columns: Vec<Vec<Column>>,
    notes: Vec<String>,
}

impl Extract {
    /// Rows.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The line (row of a sheet, record of a Parquet file) of a row, from 1; 0 past the end.
    pub fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().unwrap_or(0)
    }

    /// What a person should know of how the file was read.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// A column of numbers; panics if the place is of another file's [`Wanted`].
    pub fn numbers(&self, at: NumberAt) -> &Numbers {
        match &self.columns[at.0][0] {
            Column::Numbers(numbers) => numbers,
            _ => unreachable!("a place of numbers is made by asking for numbers"),
        }
    }

    /// Columns of numbers, in the order named; panics if the place is of another [`Wanted`].
    pub fn number_list(&self, at: NumberListAt) -> Vec<&Numbers> {
        self.columns[at.0]
            .iter()
            .map(|column| match column {
                Column::Numbers(numbers) => numbers,
                _ => unreachable!("a place of numbers is made by asking for numbers"),
            })
            .collect()
    }

    /// A column of labels; panics if the place is of another [`Wanted`], or of a column that may
    /// be missing and is.
    pub fn labels(&self, at: LabelAt) -> &Labels {
        match &self.columns[at.0][0] {
            Column::Labels(labels) => labels,
            _ => unreachable!("a place of labels is made by asking for labels"),
        }
    }

    /// A column of labels that may be missing, if it is there and not empty; panics if the place
    /// is of another [`Wanted`].
    pub fn labels_if_there(&self, at: LabelAt) -> Option<&Labels> {
        let there = !self.columns[at.0].is_empty();
        let labels = there.then(|| self.labels(at));
        labels.filter(|labels| !labels.names.is_empty())
    }

    /// A column of periods; panics if the place is of another [`Wanted`].
    pub fn periods(&self, at: PeriodAt) -> &Periods {
        match &self.columns[at.0][0] {
            Column::Periods(periods) => periods,
            _ => unreachable!("a place of periods is made by asking for periods"),
        }
    }

    /// An error about a row, in the form that all errors about files have.
    pub fn complaint(&self, row: usize, column: &str, what: &str, hint: &str) -> LakeError {
        Complaint::new(what, hint)
            .in_file(&self.path)
            .at_row(self.line(row))
            .in_column(column)
            .into()
    }
}
