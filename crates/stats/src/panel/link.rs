//! Which of two measures moves first: the headline model for a panel of this size, its tests, and
//! a verdict in each direction.
//!
//! From 4 waves and 100 units on (and five units a column) that is the model with random
//! intercepts, paths held equal over time unless the data object. A smaller panel gets equal paths
//! and residual variances, intervals by parametric bootstrap and no fit figures. A solution no
//! process could have made gets no verdict.

use super::Panel;
use super::bootstrap::{Bootstrap, bootstrap};
use super::compare::{Comparison, compare, intercept};
use super::data::Data;
use super::fit::{Errors, Fit, Improper, Interval, Options, fit_data, fit_with};
use super::global::references;
use super::spec::{Measure, Model, Over};
use crate::reason::Result;

/// Waves from which the headline model holds.
pub const WAVES_FOR_HEADLINE: usize = 4;

/// Units from which the headline model holds.
pub const UNITS_FOR_HEADLINE: usize = 100;

/// Units a column from which the headline model holds.
pub const UNITS_PER_COLUMN: usize = 5;

/// Standardised paths within this of zero are too small to matter.
pub const TOO_SMALL: f64 = 0.05;

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request {
    /// Paths free or equal over time; none lets the data choose.
    pub paths: Option<Over>,
    /// How standard errors are made.
    pub errors: Errors,
    /// Panels drawn for the intervals of a small panel.
    pub draws: usize,
    /// For the draws.
    pub seed: u64,
    /// Periods each value of x and of y looks back over; above 1 neighbours share answers.
    pub windows: [f64; 2],
}

impl Default for Request {
    fn default() -> Self {
        Self {
            paths: None,
            errors: Errors::Observed,
            draws: 999,
            seed: 1,
            windows: [1.0, 1.0],
        }
    }
}

/// What can be said of one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The interval is clear of zero.
    ComesFirst,
    /// The interval lies within ±.05 standardised.
    TooSmall,
    /// Neither.
    CantTell,
    /// The solution is impossible or its intervals aren't to be had, so that nothing may be said.
    None,
}

/// One direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Direction {
    /// What would come first.
    pub from: Measure,
    /// What would follow, a wave later.
    pub to: Measure,
    /// The path in the units of the values, mean over waves.
    pub raw: Interval,
    /// The standardised path, mean over waves; none where a variance within units isn't positive.
    pub standardised: Option<Interval>,
    /// What can be said.
    pub verdict: Verdict,
    /// The smallest standardised path that this panel would have shown in four cases of five.
    pub detectable: Option<f64>,
}

/// What a reader should know.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// Too small for the headline model.
    SmallPanel {
        /// Units there are.
        units: usize,
        /// Units the headline model needs with so many waves.
        units_needed: usize,
        /// Waves there are.
        waves: usize,
    },
    /// Nothing could have made this solution.
    Improper(Improper),
    /// Paths are held equal, and the data object.
    PathsDiffer {
        /// p-value of equal paths.
        p: f64,
    },
    /// The model as a whole fits badly.
    PoorFit {
        /// Comparative fit index.
        cfi: f64,
        /// Root mean square error of approximation.
        rmsea: f64,
    },
    /// Stable differences between units are no more than chance would make.
    NoStableDifferences {
        /// Of which measure.
        measure: Measure,
        /// p-value of there being none.
        p: f64,
    },
    /// Values of one wave and the next look back over common periods.
    WindowsOverlap {
        /// Of which measure.
        measure: Measure,
        /// Periods a value looks back over.
        periods: f64,
    },
    /// Intervals by bootstrap aren't to be had.
    NoBootstrap(crate::NoAnswer),
}

/// The link between two measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The model shown.
    pub fit: Fit,
    /// Whether the panel is too small for the headline model; verdicts then come from equal paths
    /// and variances, with intervals by bootstrap.
    pub small: bool,
    /// Whether paths are equal over time, where the headline model holds.
    pub equal_paths: Option<Result<Comparison>>,
    /// For x and y: whether their stable differences are more than chance.
    pub stable_differences: [Result<Comparison>; 2],
    /// Intervals of a small panel.
    pub bootstrap: Option<Bootstrap>,
    /// From x to y, and from y to x.
    pub directions: [Direction; 2],
    /// The random intercepts' correlation; of a small panel, as [`Bootstrap::between`] has it.
    pub between: Option<Interval>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

/// Units the headline model needs with so many waves.
pub fn units_needed(waves: usize) -> usize {
    UNITS_FOR_HEADLINE.max(UNITS_PER_COLUMN * 2 * waves)
}

/// Whether so many units and waves are too few for the headline model.
pub fn is_small(units: usize, waves: usize) -> bool {
    waves < WAVES_FOR_HEADLINE || units < units_needed(waves)
}

/// Estimates the link between the two measures of a panel.
///
/// # Errors
/// As [`super::fit`].
pub fn link(panel: &Panel, request: Request) -> Result<Link> {
    let model = Model::random_intercepts(Over::Equal);
    panel.check(model.waves_needed())?;
    let data = Data::new(panel)?;
    let needed = units_needed(data.waves);
    let small = is_small(data.units, data.waves);
    let mut warnings = Vec::new();
    if small {
        warnings.push(Warning::SmallPanel {
            units: data.units,
            units_needed: needed,
            waves: data.waves,
        });
    }
    let found = if small {
        small_panel(&data, request)?
    } else {
        headline(&data, request)?
    };
    let stable_differences = {
        let (x, y) = rayon::join(
            || intercept(&data, &found.judged, Measure::X),
            || intercept(&data, &found.judged, Measure::Y),
        );
        [x, y]
    };
    for improper in &found.judged.improper {
        warnings.push(Warning::Improper(*improper));
    }
    if let Some(Ok(test)) = &found.equal_paths
        && test.p < 0.05
        && found.shown.model.paths == Over::Equal
    {
        warnings.push(Warning::PathsDiffer { p: test.p });
    }
    if let Some(Ok(global)) = &found.shown.global
        && !small
        && (global.cfi < 0.9 || global.rmsea > 0.1)
    {
        warnings.push(Warning::PoorFit {
            cfi: global.cfi,
            rmsea: global.rmsea,
        });
    }
    for (measure, test) in Measure::BOTH.into_iter().zip(&stable_differences) {
        if let Ok(test) = test
            && test.p > 0.05
        {
            warnings.push(Warning::NoStableDifferences { measure, p: test.p });
        }
    }
    for (measure, periods) in Measure::BOTH.into_iter().zip(request.windows) {
        if periods > 1.0 {
            warnings.push(Warning::WindowsOverlap { measure, periods });
        }
    }
    let drawn = match found.bootstrap {
        Some(Ok(drawn)) => Some(drawn),
        Some(Err(reason)) => {
            warnings.push(Warning::NoBootstrap(reason));
            None
        }
        None => None,
    };
    let proper = found.judged.improper.is_empty() && (!small || drawn.is_some());
    let direction = |from, to| direction(&found.judged, drawn.as_ref(), from, to, proper);
    let directions = [
        direction(Measure::X, Measure::Y),
        direction(Measure::Y, Measure::X),
    ];
    let between = match &drawn {
        Some(drawn) => drawn.between.clone().and_then(Result::ok),
        None => found.judged.between,
    };
    Ok(Link {
        fit: found.shown,
        small,
        equal_paths: found.equal_paths,
        stable_differences,
        bootstrap: drawn,
        directions,
        between,
        warnings,
    })
}

/// The fit that is shown, the one that verdicts come from, and what goes with them.
struct Found {
    shown: Fit,
    judged: Fit,
    equal_paths: Option<Result<Comparison>>,
    bootstrap: Option<Result<Bootstrap>>,
}

fn headline(data: &Data, request: Request) -> Result<Found> {
    let options = Options {
        errors: request.errors,
        global: true,
    };
    let references = references(data);
    let fit_one = |paths: Over| {
        fit_with(
            data,
            Model::random_intercepts(paths),
            options,
            Some(&references),
        )
    };
    let (equal, free) = rayon::join(|| fit_one(Over::Equal), || fit_one(Over::Free));
    let test = match (&equal, &free) {
        (Ok(equal), Ok(free)) => compare(equal, free),
        (Err(reason), _) | (_, Err(reason)) => Err(reason.clone()),
    };
    let paths = request.paths.unwrap_or(match &test {
        Ok(test) if test.p < 0.05 => Over::Free,
        _ => Over::Equal,
    });
    let fit = match paths {
        Over::Equal => equal?,
        Over::Free => free?,
    };
    Ok(Found {
        shown: fit.clone(),
        judged: fit,
        equal_paths: Some(test),
        bootstrap: None,
    })
}

fn small_panel(data: &Data, request: Request) -> Result<Found> {
    let options = Options {
        errors: request.errors,
        global: false,
    };
    let judged = fit_data(data, Model::small(), options)?;
    let drawn = if judged.improper.is_empty() {
        Some(bootstrap(data, &judged, request.draws, request.seed))
    } else {
        None
    };
    let shown = match request.paths {
        None => judged.clone(),
        Some(paths) => fit_data(data, Model::random_intercepts(paths), options)?,
    };
    Ok(Found {
        shown,
        judged,
        equal_paths: None,
        bootstrap: drawn,
    })
}

fn direction(
    fit: &Fit,
    drawn: Option<&Bootstrap>,
    from: Measure,
    to: Measure,
    proper: bool,
) -> Direction {
    let (raw, standardised) = match drawn {
        Some(drawn) => (drawn.raw(from, to), Some(drawn.standardised(from, to))),
        None => {
            let average = fit.average(from, to);
            (average.raw, average.standardised)
        }
    };
    let clear = raw.low > 0.0 || raw.high < 0.0;
    let within = standardised.map(|path| path.low > -TOO_SMALL && path.high < TOO_SMALL);
    let verdict = match (proper, within, clear) {
        (false, ..) | (_, None, _) => Verdict::None,
        (_, Some(true), _) => Verdict::TooSmall,
        (_, _, true) => Verdict::ComesFirst,
        _ => Verdict::CantTell,
    };
    Direction {
        from,
        to,
        raw,
        standardised,
        verdict,
        // Found in four of five cases: 1.96 for the interval and 0.84 for the power.
        detectable: standardised.map(|path| (crate::answer::Z + 0.841_621_233_572_914_3) * path.se),
    }
}
