//! Units, the chain, roles, measures and spending lines as columns and back.

use super::{BETWEEN, Batch, Stored, numbers, texts};
use arrow::array::{ArrayRef, BooleanArray, Int64Array, StringArray};
use std::sync::Arc;
use throughline_domain::facts::{
    Edge, Initiative, InitiativeKind, Measure, Place, Role, Side, Table, Unit,
};

impl Stored for Unit {
    const TABLE: Table = Table::Units;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let also: Vec<String> = rows
            .iter()
            .map(|unit| unit.also_called.join(&BETWEEN.to_string()))
            .collect();
        vec![
            (
                "unit",
                texts(rows.iter().map(|unit| Some(unit.unit.as_str()))),
            ),
            (
                "parent",
                texts(rows.iter().map(|unit| unit.parent.as_deref())),
            ),
            (
                "also_called",
                texts(
                    also.iter()
                        .map(|names| Some(names.as_str()).filter(|names| !names.is_empty())),
                ),
            ),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let also = batch.text("also_called", row);
        Self {
            unit: batch.named("unit", row),
            parent: batch.text("parent", row),
            also_called: also.map_or_else(Vec::new, |names| {
                names.split(BETWEEN).map(str::to_owned).collect()
            }),
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
            (
                "from",
                texts(rows.iter().map(|edge| Some(edge.from.as_str()))),
            ),
            (
                "to_role",
                Arc::new(rows.iter().map(role).collect::<StringArray>()),
            ),
            (
                "to_stage",
                Arc::new(rows.iter().map(stage).collect::<StringArray>()),
            ),
            ("weight", numbers(rows.iter().map(|edge| Some(edge.weight)))),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let to = match batch.text("to_role", row) {
            Some(role) => Place::Role(role),
            None => Place::Stage(batch.named("to_stage", row)),
        };
        Self {
            from: batch.named("from", row),
            to,
            weight: batch.number("weight", row).unwrap_or(1.0),
        }
    }
}

impl Stored for Role {
    const TABLE: Table = Table::Roles;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let heads = rows
            .iter()
            .map(|role| role.headcount.and_then(|heads| i64::try_from(heads).ok()));
        vec![
            (
                "role",
                texts(rows.iter().map(|role| Some(role.role.as_str()))),
            ),
            (
                "title",
                texts(rows.iter().map(|role| role.title.as_deref())),
            ),
            ("unit", texts(rows.iter().map(|role| role.unit.as_deref()))),
            ("headcount", Arc::new(heads.collect::<Int64Array>())),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        Self {
            role: batch.named("role", row),
            title: batch.text("title", row),
            unit: batch.text("unit", row),
            headcount: batch
                .count("headcount", row)
                .and_then(|heads| u64::try_from(heads).ok()),
        }
    }
}

impl Stored for Measure {
    const TABLE: Table = Table::Measures;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let side = |measure: &Self| Some(measure.side == Side::Employee);
        vec![
            (
                "unit",
                texts(rows.iter().map(|measure| Some(measure.unit.as_str()))),
            ),
            (
                "period",
                texts(rows.iter().map(|measure| Some(measure.period.as_str()))),
            ),
            (
                "measure",
                texts(rows.iter().map(|measure| Some(measure.measure.as_str()))),
            ),
            (
                "about_employees",
                Arc::new(rows.iter().map(side).collect::<BooleanArray>()),
            ),
            (
                "value",
                numbers(rows.iter().map(|measure| Some(measure.value))),
            ),
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
            side: if employee {
                Side::Employee
            } else {
                Side::Customer
            },
            value: batch.number("value", row).unwrap_or(0.0),
            n: batch.number("n", row),
            sd: batch.number("sd", row),
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
        let kind = |line: &Self| {
            KINDS
                .iter()
                .find(|(kind, _)| *kind == line.kind)
                .map(|(_, name)| *name)
        };
        vec![
            ("id", texts(rows.iter().map(|line| Some(line.id.as_str())))),
            (
                "name",
                texts(rows.iter().map(|line| Some(line.name.as_str()))),
            ),
            ("kind", texts(rows.iter().map(kind))),
            ("spend", numbers(rows.iter().map(|line| line.spend))),
            (
                "period",
                texts(rows.iter().map(|line| line.period.as_deref())),
            ),
            ("eligible", numbers(rows.iter().map(|line| line.eligible))),
            ("adopted", numbers(rows.iter().map(|line| line.adopted))),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let kind = batch.named("kind", row);
        Self {
            id: batch.named("id", row),
            name: batch.named("name", row),
            kind: KINDS
                .iter()
                .find(|(_, name)| *name == kind)
                .map_or(InitiativeKind::Process, |(kind, _)| *kind),
            spend: batch.number("spend", row),
            period: batch.text("period", row),
            eligible: batch.number("eligible", row),
            adopted: batch.number("adopted", row),
        }
    }
}
