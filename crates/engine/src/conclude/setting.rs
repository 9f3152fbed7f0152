//! The company around the feedback: units, chain, measures, spending; and how the brief was made.

use super::Inputs;
use crate::error::Result;
use crate::request::BriefRequest;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{Inputs as BriefInputs, Method, Note, NoteKind, Parameter};
use throughline_domain::facts::{Initiative, Measure, Vote};
use throughline_domain::import::ImportReport;
use throughline_insight::chain::Chain;
use throughline_insight::compose::employees::Everyone;
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
    main: Option<usize>,
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
            main_source: main
                .and_then(|at| import.sources.get(at))
                .map(|source| source.source.clone()),
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

/// Where the chain and the other files speak of different things: matches then miss what places could tell.
pub fn unlinked_chain(
    chain: &Chain,
    stages: &[&str],
    everyone: &Everyone,
    minimum: u64,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let served = chain.stages();
    if stages.is_empty() && !served.is_empty() {
        notes.push(Note {
            kind: NoteKind::Analyst,
            text: "The chain names steps of the journey, and feedback has none: name their column with `--map signals.stage=COLUMN`.".to_owned(),
        });
    }
    let mut say = |names: Vec<&str>, what: &str| {
        if names.is_empty() {
            notes.push(Note {
                kind: NoteKind::Analyst,
                text: format!("{what}. Names must be the same in both files."),
            });
        } else {
            let shown: Vec<String> = names
                .iter()
                .take(SHOWN)
                .map(|name| format!("`{name}`"))
                .collect();
            let more = names.len().saturating_sub(SHOWN);
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            notes.push(Note {
                kind: NoteKind::Analyst,
                text: format!(
                    "{what}: {}{more}. Names must be the same in both files.",
                    shown.join(", ")
                ),
            });
        }
    };
    if chain.is_empty() {
        return notes;
    }
    if !stages.is_empty() {
        let unheard = served
            .iter()
            .copied()
            .filter(|stage| !stages.contains(stage));
        let unheard: Vec<&str> = unheard.collect();
        if !unheard.is_empty() {
            say(unheard, "The chain names steps that no feedback has");
        }
        // What stands in one row's column of steps may be anything: it is counted, not repeated.
        let unserved = stages
            .iter()
            .filter(|stage| !served.contains(*stage))
            .count();
        if unserved > 0 {
            say(
                Vec::new(),
                &format!("Feedback has {unserved} steps that nobody in the chain serves"),
            );
        }
    }
    let known: BTreeSet<&str> = chain.roles().collect();
    let strangers = everyone
        .roles
        .iter()
        .filter(|(role, people)| !known.contains(role.as_str()) && people.len() as u64 >= minimum);
    let strangers: Vec<&str> = strangers.map(|(role, _)| role.as_str()).collect();
    if !strangers.is_empty() {
        say(strangers, "Employees' roles aren't in the chain");
    }
    notes
}

/// Names shown of a list.
const SHOWN: usize = 5;

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
    fn a_chain_of_other_names_is_told() {
        use throughline_domain::facts::{Edge, Place};
        let edge = |from: &str, to: Place| Edge {
            from: from.to_owned(),
            to,
            weight: 1.0,
        };
        let chain = Chain::new(
            &[
                edge("driver", Place::Stage("on board".to_owned())),
                edge("planner", Place::Role("driver".to_owned())),
            ],
            &[],
        );
        let mut everyone = Everyone::default();
        for (role, people) in [("driver", 9), ("Bus driver", 5), ("cleaner", 4)] {
            let people = (0..people).map(|person| format!("{role}{person}"));
            everyone.roles.insert(role.to_owned(), people.collect());
        }
        let told = |stages: &[&str]| -> Vec<String> {
            let notes = unlinked_chain(&chain, stages, &everyone, 5);
            notes.into_iter().map(|note| note.text).collect()
        };
        let told = told(&["on board", "at the stop"]);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("Feedback has 1 steps") && !told[0].contains("at the stop"));
        // Of fewer than five people nothing is told, not even their role.
        assert!(told[1].contains("`Bus driver`") && !told[1].contains("cleaner"));
        let missing = unlinked_chain(&chain, &[], &everyone, 50);
        assert!(missing.len() == 1 && missing[0].text.contains("--map signals.stage"));
        assert!(unlinked_chain(&Chain::default(), &["on board"], &everyone, 5).is_empty());
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
