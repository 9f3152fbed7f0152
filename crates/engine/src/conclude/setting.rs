//! The company around the feedback: units, chain, measures, spending; and how the brief was made.

use super::Inputs;
use crate::error::Result;
use crate::request::BriefRequest;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{Inputs as BriefInputs, Method, Note, NoteKind, Parameter};
use throughline_domain::facts::{Initiative, Measure, Vote};
use throughline_domain::import::ImportReport;
use throughline_insight::chain::Chain;
use throughline_insight::compose::links::Waves;
use throughline_insight::{matches, order};
use throughline_lake::{Lake, extract};

/// The company around the feedback.
pub struct Setting {
    /// Each unit's parent.
    pub parents: BTreeMap<String, String>,
    /// How work reaches customers.
    pub chain: Chain,
    /// Numbers by unit and period.
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

    /// Whether a unit has others under it and none above.
    pub fn is_the_top(&self, unit: &str) -> bool {
        !self.parents.contains_key(unit) && self.parents.values().any(|parent| parent == unit)
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

/// Periods in time's order, by the calendar that `throughline link` reads them by.
pub fn waves(periods: &BTreeSet<&str>) -> std::result::Result<Waves, String> {
    let read = extract::Waves::read(periods.iter().copied())?;
    Ok(Waves {
        places: read.places,
        absent: read.absent,
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_domain::brief::LinkPicture;
    use throughline_domain::facts::Side;
    use throughline_insight::compose::{links::links, numbers::measures};

    /// As good as chance, -0.5 to 0.5.
    fn chance(unit: usize, wave: usize, salt: u64) -> f64 {
        let key = (unit * 64 + wave) as u64 + salt * 1_000_003;
        let mut mixed = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64 - 0.5
    }

    /// Engagement moves satisfaction one period later, over 12 periods named by `name`.
    fn rows(name: &dyn Fn(usize) -> String) -> Vec<Measure> {
        let mut rows = Vec::new();
        for unit in 0..130 {
            let level = chance(unit, 0, 1);
            let (mut x, mut y) = (0.0, 0.0);
            for wave in 0..12 {
                (x, y) = (
                    0.4 * x + chance(unit, wave, 2),
                    0.4 * x + 0.3 * y + chance(unit, wave, 3),
                );
                let row = |measure: &str, side, value| Measure {
                    unit: format!("team {unit}"),
                    period: name(wave + 1),
                    measure: measure.to_owned(),
                    side,
                    value,
                    n: None,
                    sd: None,
                };
                rows.push(row("engagement", Side::Employee, level + x));
                rows.push(row(
                    "satisfaction",
                    Side::Customer,
                    level + y + chance(unit, 0, 4),
                ));
            }
        }
        rows
    }

    fn found(name: &dyn Fn(usize) -> String) -> (Vec<LinkPicture>, Vec<Note>) {
        let found = links(&rows(name), &waves, 1);
        (found.pictures, found.notes)
    }

    #[test]
    fn periods_are_put_in_times_order_however_they_are_written() {
        let (expected, notes) = found(&|k| format!("2024-{k:02}"));
        assert_eq!(expected[0].verdict, "comes first");
        assert!(
            expected[0]
                .path
                .is_some_and(|path| (path - 0.4).abs() < 0.1)
        );
        assert_ne!(expected[1].verdict, "comes first");
        assert!(expected[1].reason.is_some() || expected[1].verdict == "too small to matter");
        assert!(
            !notes.iter().any(|note| note.text.contains("evenly")),
            "{notes:?}"
        );
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        assert_eq!(found(&|k| k.to_string()).0, expected);
        assert_eq!(found(&|k| format!("wave {k}")).0, expected);
        assert_eq!(found(&|k| format!("{} 2024", months[k - 1])).0, expected);
        assert_eq!(
            found(&|k| format!("01.{k:02}.2023")).0.len(),
            0,
            "day or month first?"
        );
        assert_eq!(found(&|k| format!("28.{k:02}.2023")).0, expected);
        // So are pictures.
        let pictures = measures(&rows(&|k| format!("wave {k}")), &waves, 5);
        assert!(pictures.iter().all(|picture| picture.period == "wave 12"));
        assert_eq!(pictures[0].periods[1].month, "wave 2");
    }

    #[test]
    fn what_cannot_be_put_in_order_and_gaps_are_said() {
        let (pictures, notes) = found(&|k| {
            if k == 5 {
                "soon".to_owned()
            } else {
                k.to_string()
            }
        });
        assert!(pictures.is_empty());
        assert!(
            notes.iter().any(|note| note.kind == NoteKind::CannotTell
                && note.text.contains("engagement and satisfaction")
                && note.text.contains("`soon` is not a period")),
            "{notes:?}"
        );
        let (pictures, notes) = found(&|k| (if k > 6 { k + 1 } else { k }).to_string());
        assert_eq!(pictures.len(), 2);
        assert!(
            notes
                .iter()
                .any(|note| note.text.contains("evenly spaced (nothing for 7)")),
            "{notes:?}"
        );
    }
}
