//! Which model: what its parameters are, which are free, and which are held equal over time.
//!
//! Every model here is the random-intercept cross-lagged panel model with some of its free
//! parameters set to zero or to each other, so one table (`Layout`, `Spec`) holds them all.
//! Source: Hamaker, Kuiper & Grasman 2015; Mulder & Hamaker 2021.

/// The two measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Measure {
    /// The first.
    X,
    /// The second.
    Y,
}

impl Measure {
    pub(super) const BOTH: [Self; 2] = [Self::X, Self::Y];

    pub(super) fn index(self) -> usize {
        match self {
            Self::X => 0,
            Self::Y => 1,
        }
    }

    /// `x` or `y`.
    pub fn letter(self) -> char {
        match self {
            Self::X => 'x',
            Self::Y => 'y',
        }
    }
}

/// Whether stable differences between units have a place of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Random intercepts for both measures: paths are about changes within units.
    RandomIntercepts,
    /// A random intercept for one measure alone (for testing the other's).
    OneIntercept(Measure),
    /// The classic cross-lagged panel model, which mixes differences between units into its paths.
    Classic,
}

/// Whether something may differ from wave to wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Of its own in every wave.
    Free,
    /// Held equal over time.
    Equal,
}

/// The model to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Model {
    /// With or without random intercepts.
    pub kind: Kind,
    /// The four paths.
    pub paths: Over,
    /// Residual variances and covariance from the second wave on (the first wave's are always
    /// free, and so are all means).
    pub residuals: Over,
}

impl Model {
    /// Random intercepts, paths as given, residual variances free: the usual model.
    pub fn random_intercepts(paths: Over) -> Self {
        Self {
            kind: Kind::RandomIntercepts,
            paths,
            residuals: Over::Free,
        }
    }

    /// Random intercepts, paths and residual variances held equal: for small panels.
    pub fn small() -> Self {
        Self {
            kind: Kind::RandomIntercepts,
            paths: Over::Equal,
            residuals: Over::Equal,
        }
    }

    /// The classic model.
    pub fn classic(paths: Over) -> Self {
        Self {
            kind: Kind::Classic,
            paths,
            residuals: Over::Free,
        }
    }

    /// Waves without which the model isn't identified.
    pub fn waves_needed(&self) -> usize {
        match self.kind {
            Kind::Classic => 2,
            _ => 3,
        }
    }
}

/// What a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A path from one wave to the next.
    Path {
        /// Predictor, one wave earlier.
        from: Measure,
        /// Outcome.
        to: Measure,
    },
    /// Variance or covariance within units: in the first wave of the deviations themselves, later
    /// of what the paths leave over.
    Within(Measure, Measure),
    /// Variance or covariance of the random intercepts.
    Between(Measure, Measure),
    /// Mean of a wave.
    Mean(Measure),
}

/// Where each parameter of the model with everything free stands in a flat vector: paths, within,
/// between, means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub waves: usize,
}

/// The three entries of a 2 x 2 covariance matrix.
const ENTRIES: [(Measure, Measure); 3] = [
    (Measure::X, Measure::X),
    (Measure::X, Measure::Y),
    (Measure::Y, Measure::Y),
];

impl Layout {
    /// Path into `wave` (from 1) to outcome `to` from predictor `from`.
    pub fn path(self, wave: usize, to: usize, from: usize) -> usize {
        4 * (wave - 1) + 2 * to + from
    }

    /// Entry 0..3 of the (residual) covariance of `wave`.
    pub fn within(self, wave: usize, entry: usize) -> usize {
        4 * (self.waves - 1) + 3 * wave + entry
    }

    /// Entry 0..3 of the random intercepts' covariance.
    pub fn between(self, entry: usize) -> usize {
        4 * (self.waves - 1) + 3 * self.waves + entry
    }

    /// Parameters that shape covariances.
    pub fn covariance_parameters(self) -> usize {
        4 * (self.waves - 1) + 3 * self.waves + 3
    }

    /// Mean of a column.
    pub fn mean(self, column: usize) -> usize {
        self.covariance_parameters() + column
    }

    /// All parameters.
    pub fn all(self) -> usize {
        self.covariance_parameters() + 2 * self.waves
    }

    /// What stands at a place, and the wave (from 0) it belongs to.
    pub fn role(self, index: usize) -> (Role, Option<usize>) {
        let paths = 4 * (self.waves - 1);
        let within = paths + 3 * self.waves;
        if index < paths {
            let from = Measure::BOTH[index % 2];
            let to = Measure::BOTH[(index / 2) % 2];
            (Role::Path { from, to }, Some(index / 4 + 1))
        } else if index < within {
            let (a, b) = ENTRIES[(index - paths) % 3];
            (Role::Within(a, b), Some((index - paths) / 3))
        } else if index < within + 3 {
            let (a, b) = ENTRIES[index - within];
            (Role::Between(a, b), None)
        } else {
            let column = index - within - 3;
            (Role::Mean(Measure::BOTH[column % 2]), Some(column / 2))
        }
    }
}

/// One free parameter: what it is and, where it belongs to one wave alone, which (from 0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Named {
    pub role: Role,
    pub wave: Option<usize>,
}

/// How the free parameters of a model fill the layout.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    pub layout: Layout,
    /// For each place of the layout the free parameter there; `None` where it is fixed at zero.
    pub places: Vec<Option<usize>>,
    pub named: Vec<Named>,
}

impl Spec {
    pub fn new(model: Model, waves: usize) -> Self {
        let layout = Layout { waves };
        let mut places = vec![None; layout.all()];
        let mut named: Vec<Named> = Vec::new();
        for (index, place) in places.iter_mut().enumerate() {
            let (role, wave) = layout.role(index);
            let shared = match role {
                Role::Path { .. } => model.paths == Over::Equal,
                Role::Within(..) => model.residuals == Over::Equal && wave != Some(0),
                Role::Between(a, b) => {
                    let there = match model.kind {
                        Kind::RandomIntercepts => true,
                        Kind::OneIntercept(kept) => a == kept && b == kept,
                        Kind::Classic => false,
                    };
                    if !there {
                        continue;
                    }
                    false
                }
                Role::Mean(_) => false,
            };
            let name = Named {
                role,
                wave: if shared { None } else { wave },
            };
            let at = match named.iter().position(|n| shared && *n == name) {
                Some(at) => at,
                None => {
                    named.push(name);
                    named.len() - 1
                }
            };
            *place = Some(at);
        }
        Self {
            layout,
            places,
            named,
        }
    }

    /// Free parameters.
    pub fn size(&self) -> usize {
        self.named.len()
    }

    /// The layout filled.
    pub fn spread(&self, theta: &[f64]) -> Vec<f64> {
        self.places
            .iter()
            .map(|place| place.map_or(0.0, |at| theta[at]))
            .collect()
    }

    /// Sums what belongs to each free parameter: a gradient by the chain rule.
    pub fn gather(&self, full: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; self.size()];
        for (place, value) in self.places.iter().zip(full) {
            if let Some(at) = place {
                out[*at] += value;
            }
        }
        out
    }

    /// The mean of what stands at each free parameter's places: a start from one of the full model.
    pub fn average(&self, full: &[f64]) -> Vec<f64> {
        let mut counts = vec![0.0; self.size()];
        for place in self.places.iter().flatten() {
            counts[*place] += 1.0;
        }
        let mut out = self.gather(full);
        for (value, count) in out.iter_mut().zip(counts) {
            *value /= count;
        }
        out
    }

    /// A matrix over the layout's first `size` places, summed to the free parameters.
    pub fn gather_matrix(&self, full: &[f64], size: usize) -> Vec<f64> {
        let n = self.size();
        let mut out = vec![0.0; n * n];
        for i in 0..size {
            let Some(a) = self.places[i] else { continue };
            for j in 0..size {
                if let Some(b) = self.places[j] {
                    out[a * n + b] += full[i * size + j];
                }
            }
        }
        out
    }
}
