//! Customer problems and what customers praise.

use crate::brief::standing::SeriesPoint;
use crate::estimate::Figure;
use serde::Serialize;

/// A customer problem: a theme in customers' words that goes with worse experience.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pain<W> {
    /// Stable id, made of its words: `p-waiting-time-phone`.
    pub id: String,
    /// Title, in customers' words.
    pub title: String,
    /// Words that tell it from the others.
    pub words: Vec<String>,
    /// Its comments have little in common: it is no one problem, and no fix answers it.
    pub mixed: bool,
    /// Comments that name it, in all sources.
    pub comments: u64,
    /// Share of the responses of the main source that name it (0 to 1).
    pub reach: Figure,
    /// How much lower the score is where it is named, in points of the main source's scale.
    pub drag_points: Figure,
    /// Reach times drag: the points of the average that go with it.
    pub size_points: Figure,
    /// Where scores were coded from the text: mean score of the comments that name it.
    pub severity: Figure,
    /// Change of reach over twelve months (share, -1 to 1).
    pub trend: Figure,
    /// Reach by month.
    pub months: Vec<SeriesPoint>,
    /// Yearly value of the distinct customers who named it: exposure, not loss.
    pub value: Figure,
    /// Distinct customers who named it, where customers are known.
    pub customers: Option<u64>,
    /// Reach in each other source.
    pub elsewhere: Vec<PainSource>,
    /// Steps of the journey where it is named, by share of its comments, largest first.
    pub stages: Vec<Share>,
    /// Units where it is named most, largest first (only units large enough to show).
    pub units: Vec<Share>,
    /// What customers say.
    pub quotes: Vec<W>,
    /// Who owns it, from the themes file.
    pub owner: Option<String>,
}

/// A problem's reach in a further source.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PainSource {
    /// The source.
    pub source: String,
    /// Comments there that name it.
    pub comments: u64,
    /// Share of that source's responses.
    pub reach: Figure,
}

/// A part of a whole, by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// What.
    pub name: String,
    /// Share, 0 to 1.
    pub share: f64,
    /// Of how many.
    pub n: u64,
}

/// What customers praise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Praise<W> {
    /// Stable id: `s-friendly-staff`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Words that tell it from the others.
    pub words: Vec<String>,
    /// Comments that say it.
    pub comments: u64,
    /// Share of the main source's responses.
    pub reach: Figure,
    /// What customers say.
    pub quotes: Vec<W>,
}
