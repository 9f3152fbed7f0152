//! Units' names: the same unit under HR's and CX's names becomes one, by the units table.
//!
//! Compared without case and with white space folded. Without a units table names stay as written.

use super::letters::mended;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use throughline_domain::facts::{Table, Unit};

/// The known names of units.
#[derive(Debug, Default)]
pub(crate) struct UnitNames {
    known: HashMap<String, String>,
    given: bool,
}

/// How many rows carry a name that matched nothing.
pub(crate) type Unmatched = BTreeMap<(Table, String), u64>;

/// A name without case, white space folded.
pub fn folded(name: &str) -> String {
    spaced(name).to_lowercase()
}

/// A name with white space folded.
fn spaced(name: &str) -> Cow<'_, str> {
    let plain = !name
        .bytes()
        .any(|byte| byte.is_ascii_whitespace() && byte != b' ')
        && !name.contains("  ")
        && name.is_ascii();
    if plain {
        Cow::Borrowed(name)
    } else {
        let name = mended(name);
        Cow::Owned(name.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl UnitNames {
    /// The names of a units table.
    pub(crate) fn of(units: &[Unit]) -> Self {
        let mut known = HashMap::new();
        for unit in units {
            known.insert(folded(&unit.unit), unit.unit.clone());
        }
        for unit in units {
            for name in &unit.also_called {
                known
                    .entry(folded(name))
                    .or_insert_with(|| unit.unit.clone());
            }
        }
        Self {
            known,
            given: !units.is_empty(),
        }
    }

    /// The name by which a unit is known, and whether it matched (without a table everything does).
    pub(crate) fn resolve<'a>(&'a self, name: &'a str) -> (Cow<'a, str>, bool) {
        if !self.given {
            return (spaced(name), true);
        }
        match self.known.get(&folded(name)) {
            Some(unit) => (Cow::Borrowed(unit), true),
            None => (spaced(name), false),
        }
    }
}
