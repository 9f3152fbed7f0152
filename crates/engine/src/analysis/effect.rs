//! `throughline effect`: did what was done work, for whom and when, and how sure is that.

mod result;
mod table;
mod words;

use super::entrusted;
use crate::error::{EngineError, Result};
use std::path::PathBuf;
use table::{Places, Table};
use throughline_disclosure::Entrusted;
use throughline_domain::analysis::Effect;
use throughline_lake::Wanted;
use throughline_stats::effect::judge::{Chosen, Question, judge};
use throughline_stats::effect::{Control, Method, Options};
use words::Says;

/// What is asked.
#[derive(Clone, Debug)]
pub struct EffectRequest {
    /// The file.
    pub data: PathBuf,
    /// The column of those measured.
    pub unit: String,
    /// The column of periods.
    pub period: String,
    /// The columns to be explained, names parted by commas.
    pub outcome: Vec<String>,
    /// The column that says when each unit started.
    pub first_treated: String,
    /// Columns to adjust for.
    pub covariates: Vec<String>,
    /// The column that says which units belong together.
    pub cluster: Option<String>,
    /// The column of weights.
    pub weights: Option<String>,
    /// Who is compared with.
    pub control: ControlBy,
    /// How covariates are adjusted for.
    pub method: MethodBy,
    /// Why units were chosen.
    pub chosen_by: ChosenBy,
    /// Periods by which units may react before their start.
    pub anticipation: u32,
    /// Whether a lower outcome is better.
    pub lower_is_better: bool,
    /// Smallest effect that matters.
    pub matters: Option<f64>,
    /// Bootstrap draws.
    pub draws: usize,
    /// Seed of everything random.
    pub seed: u64,
}

/// Who is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ControlBy {
    /// Those who never start.
    Never,
    /// Those and whoever starts later.
    NotYet,
}

/// How covariates are adjusted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodBy {
    /// Outcome regression.
    Regression,
    /// Inverse probability weighting.
    Weighting,
    /// Both.
    DoublyRobust,
}

/// Why units were chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChosenBy {
    /// By lot.
    Random,
    /// They came forward.
    Volunteered,
    /// Those that stood worst last.
    WorstFirst,
    /// Those that stood best last.
    BestFirst,
    /// For a reason that has nothing to do with how they were doing.
    Other,
    /// Nobody said.
    Unsaid,
}

impl ControlBy {
    fn flag(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::NotYet => "not-yet",
        }
    }
}

impl MethodBy {
    fn flag(self) -> &'static str {
        match self {
            Self::Regression => "or",
            Self::Weighting => "ipw",
            Self::DoublyRobust => "dr",
        }
    }
}

impl ChosenBy {
    fn flag(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Volunteered => "volunteered",
            Self::WorstFirst => "worst-first",
            Self::BestFirst => "best-first",
            Self::Other => "other",
            Self::Unsaid => "unsaid",
        }
    }
}

/// Fewest draws worth making, and most.
const DRAWS: std::ops::RangeInclusive<usize> = 99..=100_000;

/// Answers.
///
/// # Errors
/// For a file that can't be read, a column that isn't there, values that aren't numbers or
/// periods, a unit and period given twice, and data in which nothing can be compared.
pub fn effect(request: &EffectRequest) -> Result<Entrusted<Effect>> {
    check(request)?;
    let mut wanted = Wanted::new(&request.data);
    let at = Places::of(&mut wanted, request);
    let extract = wanted.read()?;
    let options = Options {
        control: match request.control {
            ControlBy::Never => Control::Never,
            ControlBy::NotYet => Control::NotYet,
        },
        method: match request.method {
            MethodBy::Regression => Method::Regression,
            MethodBy::Weighting => Method::Weighting,
            MethodBy::DoublyRobust => Method::DoublyRobust,
        },
        anticipation: request.anticipation,
        ..Options::default()
    };
    let question = Question {
        options,
        chosen: match request.chosen_by {
            ChosenBy::Random => Chosen::Random,
            ChosenBy::Volunteered => Chosen::Volunteered,
            ChosenBy::WorstFirst | ChosenBy::BestFirst => Chosen::ByRecentValues,
            ChosenBy::Other => Chosen::Otherwise,
            ChosenBy::Unsaid => Chosen::Unsaid,
        },
        matters: request.matters,
        draws: request.draws,
        departures: true,
        seed: request.seed,
    };
    let mut outcomes = Vec::new();
    let mut warnings = extract.notes().to_vec();
    let mut covariates = Vec::new();
    for place in 0..extract.number_list(at.outcomes).len() {
        let table = Table::of(&extract, &at, place)?;
        let says = Says { table: &table };
        let panel = table
            .panel()
            .map_err(|reason| table.complaint(&extract, &at, &reason, &says))?;
        let finding = judge(&panel, &question).map_err(|reason| says.error(&reason))?;
        outcomes.push(result::outcome(&table, &panel, &finding, request, &says));
        warnings.extend(result::warnings(&table, &finding, request, &says));
        covariates.clone_from(&table.covariate_names);
    }
    let mut seen = std::collections::HashSet::new();
    warnings.retain(|warning| seen.insert(warning.clone()));
    Ok(entrusted(Effect {
        model: "group-time average effects (Callaway & Sant'Anna 2021)".to_owned(),
        unit: extract.labels(at.unit).name.clone(),
        period: extract.periods(at.period).name.clone(),
        first_treated: extract.periods(at.start).name.clone(),
        covariates,
        control: request.control.flag(),
        method: request.method.flag(),
        chosen_by: request.chosen_by.flag(),
        anticipation: request.anticipation,
        draws: request.draws,
        outcomes,
        warnings,
    }))
}

fn check(request: &EffectRequest) -> Result<()> {
    if !DRAWS.contains(&request.draws) {
        return Err(EngineError::Request {
            what: format!("`--draws {}` is out of range", request.draws),
            hint: "from 99 to 100000; 999 are enough for most purposes",
        });
    }
    if request.matters.is_some_and(|m| !(m.is_finite() && m > 0.0)) {
        return Err(EngineError::Request {
            what: "`--matters` must be a number above 0".to_owned(),
            hint: "give the smallest change of the outcome that would matter to you, as in `--matters 0.2`",
        });
    }
    Ok(())
}
