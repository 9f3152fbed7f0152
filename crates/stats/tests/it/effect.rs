//! `effect`: against csdid and diff-diff (`tools/reference/effect.py`), by property, by
//! simulation, and at its edges.

pub mod made;

mod departure;
mod edges;
mod properties;
mod randomise;
mod reference;
mod single;

use serde_json::Value;
use throughline_stats::effect::{Panel, Rows};

/// Rows with room for everything a test may want to change.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub unit: Vec<usize>,
    pub period: Vec<i64>,
    pub outcome: Vec<f64>,
    pub start: Vec<Option<i64>>,
    pub covariates: Vec<Vec<f64>>,
    pub weight: Vec<f64>,
    pub cluster: Vec<usize>,
}

impl Table {
    pub fn from_json(data: &Value) -> Self {
        let column = |name: &str| crate::reference::numbers(&data[name]);
        Self {
            unit: column("id").iter().map(|&v| v as usize).collect(),
            period: column("t").iter().map(|&v| v as i64).collect(),
            outcome: column("y"),
            start: column("g")
                .iter()
                .map(|&v| (v > 0.0).then_some(v as i64))
                .collect(),
            covariates: vec![column("x1"), column("x2")],
            weight: column("w"),
            cluster: Vec::new(),
        }
    }

    pub fn panel(&self) -> throughline_stats::Result<Panel> {
        let covariates: Vec<&[f64]> = self.covariates.iter().map(Vec::as_slice).collect();
        Panel::new(&Rows {
            unit: &self.unit,
            period: &self.period,
            outcome: &self.outcome,
            start: &self.start,
            covariates: &covariates,
            weight: &self.weight,
            cluster: &self.cluster,
        })
    }
}
