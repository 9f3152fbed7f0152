//! People as a company's HR system has them: an id, perhaps an address, a place. No names.

use crate::facts::Unit;

/// One person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The HR system's id.
    pub id: String,
    /// E-mail address, in lower case.
    pub email: Option<String>,
    /// The unit, by name.
    pub unit: String,
    /// The role, by name.
    pub role: Option<String>,
    /// The manager's id.
    pub manager: Option<String>,
    /// Language tag: `en`, `es-mx`.
    pub language: Option<String>,
    /// Whether the person works here now.
    pub active: bool,
}

/// Everybody, and the units they are in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// People, each id once.
    pub people: Vec<Person>,
    /// Units with those above them. Every unit of a person may be missing here; it is then known by
    /// its name alone.
    pub units: Vec<Unit>,
    /// Whether `units` says what is above what. Where not, the places that units have stay.
    pub has_tree: bool,
    /// Ids of rows that were refused: whoever has them stays as she is.
    pub untouched: Vec<String>,
}

/// How somebody who is asked gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A link of her own, by e-mail or by the company's own means.
    Link,
    /// A sealed slip, any slip for anyone of the unit.
    Slip,
}

impl Way {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Slip => "slip",
        }
    }

    /// The way of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Link, Self::Slip]
            .into_iter()
            .find(|way| way.name() == name)
    }
}
