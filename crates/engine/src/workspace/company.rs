//! The ledger's side of a brief as files of the data contract.

use super::Promised;
use crate::error::{EngineError, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use throughline_disclosure::Rules;
use throughline_domain::Table;
use throughline_domain::facts::{Criterion, Question, Vote};
use throughline_lake::TableFiles;
use throughline_ledger::releases::{Material, Said, Text, Unit};

/// The file of answers.
pub(super) const ANSWERS: &str = "throughline-answers.csv";

/// What was written, and what was promised about it.
pub(super) struct Company {
    /// The files.
    pub tables: Vec<TableFiles>,
    /// The promise.
    pub promised: Promised,
}

/// Writes everything into a folder.
pub(super) fn write(material: &Material, folder: &Path) -> Result<Company> {
    let rules = Rules {
        minimum_group: u64::from(material.terms.minimum_group),
        minimum_comments: u64::from(material.terms.minimum_comments),
        ..Rules::default()
    };
    let mut files = Files {
        folder,
        tables: Vec::new(),
    };
    let units = material.units.iter().map(|unit| {
        let others: Vec<&str> = unit
            .also_called
            .iter()
            .map(String::as_str)
            .filter(|name| !name.contains([';', '|']))
            .collect();
        vec![
            unit.name.clone(),
            unit.parent.clone().unwrap_or_default(),
            others.join(";"),
        ]
    });
    files.write(
        Table::Units,
        "throughline-units.csv",
        &["unit", "parent", "also_called"],
        units,
    )?;
    let roles = material
        .roles
        .iter()
        .map(|role| vec![role.name.clone(), role.title.clone().unwrap_or_default()]);
    files.write(
        Table::Roles,
        "throughline-roles.csv",
        &["role", "title"],
        roles,
    )?;
    let chain = material
        .chain
        .iter()
        .map(|edge| vec![edge.from.clone(), edge.to.clone(), edge.weight.to_string()]);
    files.write(
        Table::Chain,
        "throughline-chain.csv",
        &["from", "to", "weight"],
        chain,
    )?;
    let quotable = answers(&mut files, material)?;
    votes(&mut files, material)?;
    Ok(Company {
        tables: files.tables,
        promised: Promised { rules, quotable },
    })
}

struct Files<'a> {
    folder: &'a Path,
    tables: Vec<TableFiles>,
}

impl Files<'_> {
    /// A file, unless there is no row for it.
    fn write(
        &mut self,
        table: Table,
        name: &str,
        header: &[&str],
        rows: impl Iterator<Item = Vec<String>>,
    ) -> Result<()> {
        let path = self.folder.join(name);
        let refused = |path: &Path, error: csv::Error| EngineError::Output {
            path: path.to_owned(),
            source: std::io::Error::other(error),
        };
        let mut writer = csv::Writer::from_path(&path).map_err(|error| refused(&path, error))?;
        let mut any = false;
        writer
            .write_record(header)
            .map_err(|error| refused(&path, error))?;
        for row in rows {
            any = true;
            writer
                .write_record(row.iter().map(|cell| cell.replace('\0', " ")))
                .map_err(|error| refused(&path, error))?;
        }
        writer
            .flush()
            .map_err(|error| refused(&path, error.into()))?;
        if any {
            self.add(table, path);
        }
        Ok(())
    }

    fn add(&mut self, table: Table, path: PathBuf) {
        match self.tables.iter_mut().find(|files| files.table == table) {
            Some(files) => files.files.push(path),
            None => self.tables.push(TableFiles {
                table,
                files: vec![path],
            }),
        }
    }
}

/// The name of a piece of an answer in the facts.
fn name(said: &Said, question: Question) -> String {
    format!("{}-{}", said.id.simple(), question.name())
}

/// Writes the answers, by the first level; gives the names of those that may be quoted.
fn answers(files: &mut Files<'_>, material: &Material) -> Result<BTreeSet<String>> {
    let first = first_level(&material.units);
    let mut said: Vec<&Said> = material.said.iter().collect();
    said.sort_by_key(|said| said.id);
    let mut quotable = BTreeSet::new();
    let mut rows = Vec::new();
    for said in said {
        let unit = said.unit.as_ref().and_then(|unit| first.get(unit).copied());
        let mut add = |question: Question, text: &str, rating: String| {
            rows.push(vec![
                name(said, question),
                said.id.simple().to_string(),
                unit.unwrap_or_default().to_owned(),
                said.role.clone().unwrap_or_default(),
                question.name().to_owned(),
                text.to_owned(),
                rating,
            ]);
        };
        let texts = [
            (Question::Idea, said.idea.as_ref().map(|(text, _)| text)),
            (Question::Block, said.block.as_ref()),
        ];
        for (question, text) in texts {
            if let Some(Text { words, may_quote }) = text {
                add(question, words.for_analysis(), String::new());
                if *may_quote {
                    quotable.insert(name(said, question));
                }
            }
        }
        if let Some(rating) = said.commitment {
            add(Question::Commitment, "", rating.to_string());
        }
    }
    let header = [
        "id",
        "respondent",
        "unit",
        "role",
        "question",
        "text",
        "rating",
    ];
    files.write(Table::Voice, ANSWERS, &header, rows.into_iter())?;
    Ok(quotable)
}

/// Writes votes, on the answers that stand for the ideas voted on.
fn votes(files: &mut Files<'_>, material: &Material) -> Result<()> {
    let mut standing: BTreeMap<String, String> = BTreeMap::new();
    for said in &material.said {
        if let Some((_, idea)) = &said.idea {
            standing
                .entry(idea.to_string())
                .or_insert_with(|| name(said, Question::Idea));
        }
    }
    let (mut pairs, mut singles) = (Vec::new(), Vec::new());
    let mut ballots: BTreeMap<&str, usize> = BTreeMap::new();
    for vote in &material.votes {
        let criterion = match vote.criterion() {
            Criterion::Impact => "impact".to_owned(),
            Criterion::Ease => "ease".to_owned(),
        };
        // Of one ballot several votes are one person's: told by a number of this run, not by the ballot's own.
        let ballot = vote.voter().map_or_else(String::new, |id| {
            let next = ballots.len() + 1;
            ballots.entry(id).or_insert(next).to_string()
        });
        match vote {
            Vote::Pair { winner, loser, .. } => {
                if let (Some(winner), Some(loser)) = (standing.get(winner), standing.get(loser)) {
                    pairs.push(vec![winner.clone(), loser.clone(), criterion, ballot]);
                }
            }
            Vote::Single { item, vote, .. } => {
                if let Some(item) = standing.get(item) {
                    let said = match vote {
                        Some(true) => "yes",
                        Some(false) => "no",
                        None => "pass",
                    };
                    singles.push(vec![item.clone(), said.to_owned(), criterion, ballot]);
                }
            }
        }
    }
    pairs.sort_unstable();
    singles.sort_unstable();
    files.write(
        Table::Votes,
        "throughline-pairs.csv",
        &["winner", "loser", "criterion", "voter"],
        pairs.into_iter(),
    )?;
    files.write(
        Table::Votes,
        "throughline-votes.csv",
        &["item", "vote", "criterion", "voter"],
        singles.into_iter(),
    )
}

/// For each unit the one of the first level that it is part of: right below the top, or the top
/// itself where there are several. The top of one tree is the company, and has none.
fn first_level(units: &[Unit]) -> BTreeMap<&String, &str> {
    let parents: BTreeMap<&str, &str> = units
        .iter()
        .filter_map(|unit| Some((unit.name.as_str(), unit.parent.as_deref()?)))
        .collect();
    let one_top = units.iter().filter(|unit| unit.parent.is_none()).count() == 1;
    units
        .iter()
        .filter_map(|unit| {
            let mut way = vec![unit.name.as_str()];
            while let Some(parent) = way.last().and_then(|at| parents.get(at)) {
                // Units in a circle have no top.
                if way.contains(parent) {
                    return None;
                }
                way.push(parent);
            }
            let place = way.len().checked_sub(if one_top { 2 } else { 1 })?;
            Some((&unit.name, way[place]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::first_level;
    use throughline_ledger::releases::Unit;

    fn check(units: &[(&str, &str)], expected: &[(&str, &str)]) {
        let units: Vec<Unit> = units
            .iter()
            .map(|(name, parent)| Unit {
                name: (*name).to_owned(),
                parent: (!parent.is_empty()).then(|| (*parent).to_owned()),
                also_called: Vec::new(),
            })
            .collect();
        let found = first_level(&units);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(unit, first)| (unit.as_str(), *first))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn units_are_told_by_the_level_below_the_top() {
        check(
            &[
                ("all", ""),
                ("north", "all"),
                ("shop", "north"),
                ("till", "shop"),
            ],
            &[("north", "north"), ("shop", "north"), ("till", "north")],
        );
        check(
            &[("a", ""), ("b", ""), ("c", "b")],
            &[("a", "a"), ("b", "b"), ("c", "b")],
        );
        check(&[("a", "b"), ("b", "a"), ("c", "")], &[]);
    }
}
