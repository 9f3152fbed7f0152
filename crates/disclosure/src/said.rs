//! What employees read of what the company does: words of the company's own, and counts of people
//! from the minimum group up.

use crate::doors::Released;
use crate::scrub::visible;
use throughline_domain::analysis::Rank;

/// Words that somebody wrote for the company: a fix's title, why it isn't done now. They are no
/// respondent's; characters that nobody sees are taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyWords(String);

impl CompanyWords {
    /// Takes them in.
    pub fn new(text: &str) -> Self {
        Self(visible(text))
    }

    /// As they are kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For everyone.
    pub fn released(self) -> Released<String> {
        Released::new(self.0)
    }
}

/// A count of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    /// That many.
    Of(u64),
    /// Fewer than the minimum group, which is given.
    FewerThan(u64),
}

/// A count that may be shown: the number itself from the minimum group on.
pub fn count(people: u64, minimum_group: u64) -> Released<Count> {
    Released::new(if people >= minimum_group {
        Count::Of(people)
    } else {
        Count::FewerThan(minimum_group)
    })
}

/// What a round's votes tell: nothing below the minimum group of voters.
pub fn votes_released(rank: Rank, minimum_group: u64) -> Option<Released<Rank>> {
    (rank.n_voters >= minimum_group).then(|| Released::new(rank))
}
