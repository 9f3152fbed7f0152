//! The company around the feedback: units, chain, measures, spending; and how the brief was made.

use super::Inputs;
use crate::error::Result;
use crate::request::BriefRequest;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{Inputs as BriefInputs, Method, Note, NoteKind, Parameter};
use throughline_domain::facts::{Initiative, Measure, Vote};
use throughline_domain::import::ImportReport;
use throughline_insight::chain::Chain;
use throughline_insight::{matches, order};
use throughline_lake::Lake;

/// The company around the feedback.
pub struct Setting {
    /// Each unit's parent.
    pub parents: BTreeMap<String, String>,
    /// How work reaches customers.
    pub chain: Chain,
    /// Titles of roles.
    pub measures: Vec<Measure>,
    /// Votes on fixes.
    pub votes: Vec<Vote>,
    /// Spending lines.
    pub initiatives: Vec<Initiative>,
}

impl Setting {
    /// Reads it from the facts.
    pub fn read(lake: &Lake) -> Result<Self> {
        let parents = lake
            .units()?
            .into_iter()
            .filter_map(|unit| Some((unit.unit, unit.parent?)))
            .collect();
        Ok(Self {
            parents,
            chain: Chain::new(&lake.chain()?, &lake.roles()?),
            measures: lake.measures()?,
            votes: lake.votes()?,
            initiatives: lake.initiatives()?,
        })
    }

    /// The unit right under the top that a unit belongs to.
    pub fn top_of(&self, unit: &str) -> String {
        let mut at = unit;
        let mut seen = BTreeSet::new();
        while let Some(parent) = self.parents.get(at)
            && self.parents.contains_key(parent)
            && seen.insert(at)
        {
            at = parent;
        }
        at.to_owned()
    }
}

/// How the brief was made: enough to make it again.
pub fn inputs(
    import: &ImportReport,
    request: &BriefRequest,
    main: usize,
    all: &Inputs<'_>,
) -> BriefInputs {
    let parameter = |name: &str, value: String| Parameter {
        name: name.to_owned(),
        value,
    };
    BriefInputs {
        import: import.clone(),
        method: Method {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            seed: request.seed,
            main_source: import.sources.get(main).map(|source| source.source.clone()),
            parameters: vec![
                parameter(
                    "comments read to find problems",
                    all.sample.len().to_string(),
                ),
                parameter(
                    "themes of problems",
                    all.fits.pains.themes.len().to_string(),
                ),
                parameter(
                    "themes of praise",
                    all.fits.strengths.themes.len().to_string(),
                ),
                parameter(
                    "themes of fixes",
                    all.answers.levers.themes.len().to_string(),
                ),
                parameter(
                    "themes of needs",
                    all.answers.needs.themes.len().to_string(),
                ),
                parameter("draws for ranks", order::DRAWS.to_string()),
                parameter("match weights", format!("{:?}", matches::WEIGHTS)),
                parameter(
                    "match cuts (strong, some, weak)",
                    format!("{:?}", matches::CUTS),
                ),
            ],
        },
    }
}

/// Rows of the themes file that found no theme.
pub fn unused_corrections(inputs: &Inputs<'_>) -> Vec<Note> {
    let used: BTreeSet<&str> = [
        &inputs.fits.pains.used,
        &inputs.fits.strengths.used,
        &inputs.answers.levers.used,
        &inputs.answers.needs.used,
    ]
    .into_iter()
    .flatten()
    .map(String::as_str)
    .collect();
    inputs
        .corrections
        .iter()
        .filter(|correction| !used.contains(correction.id.as_str()))
        .map(|correction| Note {
            kind: NoteKind::Analyst,
            text: format!(
                "The themes file names `{}`, which is no theme of this brief; nothing was changed for it.",
                correction.id
            ),
        })
        .collect()
}
