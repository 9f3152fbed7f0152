//! Where a file's header is, and which of its columns are wanted.

use super::Ask;
use crate::columns::missing::missing_map;
use crate::columns::plain_name;
use crate::columns::plan::make_tellable;
use crate::error::{Complaint, LakeError};
use crate::read::sniff::{Candidate, Sniffed};
use crate::read::{Layout, Split};
use std::path::Path;

/// Records looked at for a header: titles may stand above it.
const LOOKED_AT: usize = 10;

/// How a file is read.
pub(super) struct Plan {
    pub layout: Layout,
    pub split: Split,
    /// By ask, the columns it named.
    pub columns: Vec<Vec<usize>>,
    pub notes: Vec<String>,
    /// Columns that no row of the sample had (JSON alone): they may still come.
    pub unseen: Vec<usize>,
}

/// The first sheet (or the one table) that has all columns asked for.
pub(super) fn plan(sniffed: &Sniffed, asks: &[Ask]) -> Result<Plan, LakeError> {
    let path = &sniffed.opened.path;
    let mut first_error = None;
    for candidate in &sniffed.candidates {
        match plan_of(candidate, asks, path) {
            Ok(mut plan) => {
                if let Layout::Sheet { name, .. } = &plan.layout
                    && sniffed.candidates.len() > 1
                {
                    plan.notes.push(format!(
                        "`{}` has {} sheets; `{name}` was read",
                        path.display(),
                        sniffed.candidates.len()
                    ));
                }
                return Ok(plan);
            }
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    Err(first_error
        .unwrap_or_else(|| LakeError::Fault("a file without tables was planned".to_owned())))
}

fn plan_of(candidate: &Candidate, asks: &[Ask], path: &Path) -> Result<Plan, LakeError> {
    if let Some(columns) = &candidate.columns {
        return named_by_the_format(columns, candidate, asks, path);
    }
    let filled = |at: usize| {
        let cells = &candidate.records[at].cells;
        cells.iter().filter(|cell| !cell.is_empty()).count()
    };
    // What stands above a header is shorter than it: a row of data must not be taken for one.
    let at = (0..candidate.records.len().min(LOOKED_AT))
        .find(|&at| {
            (0..at).all(|above| filled(above) < filled(at))
                && chosen(&candidate.records[at].cells, asks, path).is_ok()
        })
        .unwrap_or(0);
    let Some(header) = candidate.records.get(at) else {
        return Err(
            Complaint::new("the file is empty", "check that the export finished")
                .in_file(path)
                .into(),
        );
    };
    let columns = match chosen(&header.cells, asks, path) {
        Ok(columns) => columns,
        Err(LakeError::Input(mut complaint))
            if header.cells.iter().any(|cell| cell.parse::<f64>().is_ok()) =>
        {
            complaint.hint.push_str(
                "; the first row holds numbers: if it is data, put a row with names above it",
            );
            return Err(LakeError::Input(complaint));
        }
        Err(error) => return Err(error),
    };
    let mut layout = candidate.layout.clone();
    if let Layout::Delimited { first_line, .. } | Layout::Sheet { first_line, .. } = &mut layout {
        *first_line = header.next_line;
    }
    let mut names = header.cells.clone();
    make_tellable(&mut names);
    let notes = if at > 0 {
        vec![format!(
            "`{}`: the header was found on row {}; what is above it was left out",
            path.display(),
            header.line
        )]
    } else {
        Vec::new()
    };
    Ok(Plan {
        layout,
        split: Split { columns: names },
        columns,
        notes,
        unseen: Vec::new(),
    })
}

/// JSON and Parquet name their columns themselves. A JSON object may bring a column late.
fn named_by_the_format(
    known: &[String],
    candidate: &Candidate,
    asks: &[Ask],
    path: &Path,
) -> Result<Plan, LakeError> {
    let mut names = known.to_vec();
    if matches!(candidate.layout, Layout::JsonLines { tickets: false, .. }) {
        for ask in asks {
            for named in &ask.named {
                let parts = if ask.many {
                    named.split(',').collect()
                } else {
                    vec![named.as_str()]
                };
                for name in parts.into_iter().map(str::trim) {
                    if !name.is_empty() && position(&names, name).is_none() {
                        names.push(name.to_owned());
                    }
                }
            }
        }
    }
    let columns = chosen(&names, asks, path)?;
    let late = |column: &usize| *column >= known.len();
    Ok(Plan {
        unseen: columns.iter().flatten().copied().filter(late).collect(),
        layout: candidate.layout.clone(),
        split: Split { columns: names },
        columns,
        notes: Vec::new(),
    })
}

/// By ask, the columns it named.
fn chosen(header: &[String], asks: &[Ask], path: &Path) -> Result<Vec<Vec<usize>>, LakeError> {
    let mut all: Vec<Vec<usize>> = Vec::with_capacity(asks.len());
    for ask in asks {
        let mut columns = Vec::new();
        if ask.if_there {
            // After all others, which come first to what they name.
            all.push(columns);
            continue;
        }
        for named in &ask.named {
            if ask.many {
                columns.extend(listed(header, named, path)?);
            } else {
                columns.push(one(header, named, path)?);
            }
        }
        for (place, column) in columns.iter().enumerate() {
            let again = columns[..place].contains(column);
            let other = asks
                .iter()
                .zip(&all)
                .find(|(other, taken)| other.kind == ask.kind && taken.contains(column));
            if again || other.is_some() {
                let by = other.map_or(ask.flag, |(other, _)| other.flag);
                return Err(Complaint::new(
                    format!("column `{}` is asked for twice", header[*column]),
                    if by == ask.flag {
                        format!("name it once in `{by}`")
                    } else {
                        format!("name it in `{by}` or in `{}`, not in both", ask.flag)
                    },
                )
                .in_file(path)
                .into());
            }
        }
        all.push(columns);
    }
    for (place, ask) in asks.iter().enumerate().filter(|(_, ask)| ask.if_there) {
        let named = ask.named.first();
        if let Some(column) = named.and_then(|name| one(header, name, path).ok())
            && !all.iter().flatten().any(|&taken| taken == column)
        {
            all[place].push(column);
        }
    }
    Ok(all)
}

/// Names parted by commas, the longest first: a survey's item may hold commas itself.
fn listed(header: &[String], named: &str, path: &Path) -> Result<Vec<usize>, LakeError> {
    let parts: Vec<&str> = named.split(',').collect();
    let mut columns = Vec::new();
    let mut at = 0;
    while at < parts.len() {
        let until = (at + 1..=parts.len())
            .rev()
            .find(|&until| position(header, &parts[at..until].join(",")).is_some())
            .unwrap_or(at + 1);
        let name = parts[at..until].join(",");
        // A comma at the end, or two in a row, names nothing.
        if !name.trim().is_empty() || parts.len() == 1 {
            columns.push(one(header, &name, path)?);
        }
        at = until;
    }
    Ok(columns)
}

fn one(header: &[String], named: &str, path: &Path) -> Result<usize, LakeError> {
    let name = named.trim();
    let Some(found) = position(header, name) else {
        let mut columns = header.to_vec();
        make_tellable(&mut columns);
        return Err(missing_map(name, &columns, path));
    };
    let same = header
        .iter()
        .filter(|other| other.trim() == header[found].trim());
    if same.count() > 1 {
        return Err(Complaint::new(
            format!("there are several columns named `{}`", header[found].trim()),
            "give each column a name of its own",
        )
        .in_file(path)
        .into());
    }
    Ok(found)
}

/// The column of this name; else the only one that differs in case, spaces or punctuation alone.
fn position(header: &[String], name: &str) -> Option<usize> {
    let name = name.trim();
    if name.is_empty() {
        return None;
    }
    let exact = header.iter().position(|column| column.trim() == name);
    exact.or_else(|| {
        let plain = plain_name(name);
        let mut alike = (0..header.len()).filter(|&at| plain_name(&header[at]) == plain);
        alike
            .next()
            .filter(|_| alike.next().is_none() && !plain.is_empty())
    })
}
