//! Metric definitions: what a score means, on which scale, by which rule.

use serde::Serialize;

/// The ends of a score's scale, as given or found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scale {
    /// Lowest possible score.
    pub low: f64,
    /// Highest possible score.
    pub high: f64,
}

impl Scale {
    /// Width of the scale.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// The middle of the scale.
    pub fn middle(&self) -> f64 {
        (self.low + self.high) / 2.0
    }
}

/// How scores of one source become one figure. Everything is averaged over responses, so each
/// rule is a function of one score.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Metric {
    /// Net promoter score: % of 9-10 minus % of 0-6.
    Nps,
    /// Customer satisfaction: share of the top two boxes.
    Csat {
        /// Lowest score that counts as satisfied.
        cut: f64,
    },
    /// Customer effort: share that found it easy.
    Ces {
        /// Lowest score that counts as easy.
        cut: f64,
    },
    /// The mean of the scores.
    Mean,
    /// A code given to the comment by a reader or a machine (criticality, sentiment): it
    /// describes the words, not the experience.
    Coded,
}

impl Metric {
    /// What users call it.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Nps => "net promoter score",
            Self::Csat { .. } => "satisfied customers",
            Self::Ces { .. } => "customers who found it easy",
            Self::Mean => "average score",
            Self::Coded => "average tone of the comments",
        }
    }

    /// The unit of the figure.
    pub fn unit(&self) -> &'static str {
        match self {
            Self::Nps | Self::Mean | Self::Coded => "points",
            Self::Csat { .. } | Self::Ces { .. } => "percentage points",
        }
    }

    /// The furthest apart that two scores' contributions can be, on a scale of this width (`None`: not known).
    pub fn widest(&self, width: Option<f64>) -> Option<f64> {
        match self {
            Self::Nps => Some(200.0),
            Self::Csat { .. } | Self::Ces { .. } => Some(100.0),
            Self::Mean | Self::Coded => width,
        }
    }

    /// The lowest and highest that the figure can be, scores being on this scale (`None`: not known).
    pub fn ends(&self, scale: Option<Scale>) -> Option<(f64, f64)> {
        match self {
            Self::Nps => Some((-100.0, 100.0)),
            Self::Csat { .. } | Self::Ces { .. } => Some((0.0, 100.0)),
            Self::Mean | Self::Coded => scale.map(|scale| (scale.low, scale.high)),
        }
    }

    /// What one score contributes: the figure is the mean of these.
    pub fn contribution(&self, score: f64) -> f64 {
        match self {
            Self::Nps if score >= 9.0 => 100.0,
            Self::Nps if score <= 6.0 => -100.0,
            Self::Nps => 0.0,
            Self::Csat { cut } | Self::Ces { cut } => 100.0 * f64::from(u8::from(score >= *cut)),
            Self::Mean | Self::Coded => score,
        }
    }
}
