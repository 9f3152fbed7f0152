//! What a machine's token lets it do.

use serde::{Deserialize, Serialize};

/// One thing that a token may be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Bring customers' feedback.
    #[serde(rename = "signals:write")]
    SignalsWrite,
    /// Read rounds and their progress; never who answered.
    #[serde(rename = "rounds:read")]
    RoundsRead,
    /// Read released briefs.
    #[serde(rename = "briefs:read")]
    BriefsRead,
    /// Read the server's totals.
    #[serde(rename = "metrics:read")]
    MetricsRead,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::SignalsWrite,
        Self::RoundsRead,
        Self::BriefsRead,
        Self::MetricsRead,
    ];

    /// Its name in tables, flags and the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignalsWrite => "signals:write",
            Self::RoundsRead => "rounds:read",
            Self::BriefsRead => "briefs:read",
            Self::MetricsRead => "metrics:read",
        }
    }

    /// What it allows, on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SignalsWrite => "bring customers' feedback",
            Self::RoundsRead => "read rounds and their progress, never who answered",
            Self::BriefsRead => "read released briefs",
            Self::MetricsRead => "read the server's totals (/metrics)",
        }
    }

    /// The scope of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

impl std::fmt::Display for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
