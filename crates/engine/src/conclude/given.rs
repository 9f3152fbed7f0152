//! What is known before problems and fixes are matched: what problems cost (their joint sizes, in points where there
//! are any, else by reach, and draws of what they may be), and what votes say of fixes.

use super::Inputs;
use super::setting::Setting;
use crate::error::Result;
use throughline_domain::brief::{Ease, VotedBy};
use throughline_domain::estimate::Reason;
use throughline_domain::{Estimate, Figure};
use throughline_insight::ease::eases;
use throughline_insight::order::size_draws;
use throughline_insight::sizes::{Joint, Sizes, freedom};
use throughline_insight::voted::{Expected, Votes, expected};
use throughline_stats::answer::Answer;
use throughline_stats::draws::Draws;
use throughline_stats::symmetric::Symmetric;

/// What is known of problems and fixes before they are matched.
pub struct Given {
    /// What problems cost.
    pub worth: Worth,
    /// What employees expect of fixes.
    pub expected: Expected,
    /// How simple fixes are.
    pub eases: Vec<Ease>,
    /// Units in the main source.
    pub units: usize,
}

impl Given {
    /// Of sizes, and of votes and a person's words on fixes.
    pub fn of(inputs: &Inputs<'_>, setting: &Setting, sizes: &Sizes, units: usize) -> Result<Self> {
        let themes = &inputs.answers.levers.themes;
        let ids: Vec<String> = themes.iter().map(|theme| theme.id.clone()).collect();
        let said: Vec<Option<f64>> = themes.iter().map(|theme| theme.ease).collect();
        let seed = inputs.request.seed;
        let votes = Votes {
            ids: &ids,
            cast: &setting.votes,
            minimum: inputs.rules.minimum_group,
            seed,
        };
        Ok(Self {
            worth: Worth::of(sizes, seed)?,
            expected: expected(&votes),
            eases: eases(&said, &votes),
            units,
        })
    }

    /// How far votes agree with customers' figures; "not asked" where nobody was.
    pub fn agreement(&self, found: std::result::Result<Estimate, Reason>) -> Figure {
        let mut impacts = self.expected.impacts.iter();
        if impacts.all(|impact| impact.by == VotedBy::NotAsked) {
            return Figure::Unknown(Reason::NotAsked);
        }
        found.map_or_else(Figure::Unknown, Figure::Known)
    }
}

/// What problems cost.
pub enum Worth {
    /// Of some it is known.
    Known {
        /// Their sizes and how these vary together.
        joint: Joint,
        /// Draws of sizes that are shrunk towards their mean.
        draws: Draws,
    },
    /// There are neither points nor reaches.
    Unknown,
}

impl Worth {
    /// Of sizes.
    pub fn of(sizes: &Sizes, seed: u64) -> Result<Self> {
        let joint = sizes.joint.clone().or_else(|| by_reach(sizes));
        Ok(match joint {
            Some(joint) => Self::Known {
                draws: size_draws(&joint, seed)?,
                joint,
            },
            None => Self::Unknown,
        })
    }

    /// The joint sizes.
    pub fn joint(&self) -> Option<&Joint> {
        match self {
            Self::Known { joint, .. } => Some(joint),
            Self::Unknown => None,
        }
    }

    /// Where a problem stands among those whose size is known.
    pub fn place(&self, pain: usize) -> Option<usize> {
        let mut known = self.joint()?.pains.iter();
        known.position(|known| *known == pain)
    }

    /// A problem's shrunken size.
    pub fn expected(&self, pain: usize) -> Option<f64> {
        match self {
            Self::Known { draws, .. } => Some(draws.mean(self.place(pain)?)),
            Self::Unknown => None,
        }
    }
}

/// Where there are no points: reach in place of size, as if problems were named independently of one another.
fn by_reach(sizes: &Sizes) -> Option<Joint> {
    let known: Vec<(usize, &Answer)> = sizes
        .pains
        .iter()
        .enumerate()
        .filter_map(|(at, pain)| Some((at, pain.reach.as_ref().ok()?)))
        .filter(|(_, reach)| reach.value > 0.0)
        .collect();
    if known.is_empty() {
        return None;
    }
    let variance = |(_, reach): &(usize, &Answer)| {
        let alone = reach.value * (1.0 - reach.value) / (reach.n as f64).max(1.0);
        let clustered = reach.spread.as_ref().map(|spread| spread.se.powi(2));
        clustered.unwrap_or(alone).max(1e-12)
    };
    let variances: Vec<f64> = known.iter().map(variance).collect();
    let reaches: Vec<&Answer> = known.iter().map(|(_, reach)| *reach).collect();
    Some(Joint {
        pains: known.iter().map(|(at, _)| *at).collect(),
        sizes: reaches.iter().map(|reach| reach.value).collect(),
        covariance: Symmetric::diagonal(&variances),
        freedom: freedom(&reaches),
    })
}
