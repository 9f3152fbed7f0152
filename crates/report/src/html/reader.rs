//! The brief as a reader meets it: numbered problems and fixes, the words for points, what
//! size fixes are compared by.
//!
//! Fixes put forward on page one have the first numbers, the others follow in their order, so
//! that a number means the same fix on every page and in the picture.

use crate::say::{self, Unit};
use std::collections::BTreeMap;
use throughline_domain::Table;
use throughline_domain::brief::{Brief, Lever, Pain, Quote, Rank, Standing};
use throughline_domain::{Figure, Metric};

/// What a fix's size is measured in, the same for all fixes of a brief.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InPlay {
    /// Points of the main score.
    Points,
    /// Share of responses that name the problems it answers.
    Share,
    /// Nothing can be said.
    Nothing,
}

/// The brief with what all sections need to know about it.
pub(super) struct Reader<'a> {
    pub(super) brief: &'a Brief<Quote>,
    pub(super) in_play: InPlay,
    fixes: BTreeMap<&'a str, (usize, &'a Lever<Quote>)>,
    problems: BTreeMap<&'a str, (usize, &'a Pain<Quote>)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(brief: &'a Brief<Quote>) -> Self {
        let chosen: Vec<&Lever<Quote>> = brief
            .chosen
            .iter()
            .filter_map(|id| brief.levers.iter().find(|lever| lever.id == *id))
            .collect();
        let others = brief
            .levers
            .iter()
            .filter(|lever| !brief.chosen.contains(&lever.id));
        let fixes = chosen
            .iter()
            .copied()
            .chain(others)
            .enumerate()
            .map(|(at, lever)| (lever.id.as_str(), (at + 1, lever)))
            .collect();
        let problems = brief
            .pains
            .iter()
            .enumerate()
            .map(|(at, pain)| (pain.id.as_str(), (at + 1, pain)))
            .collect();
        let known = |figure: fn(&Lever<Quote>) -> &Figure| {
            brief
                .levers
                .iter()
                .any(|lever| figure(lever).estimate().is_some())
        };
        let in_play = if known(|lever| &lever.in_play_points) {
            InPlay::Points
        } else if known(|lever| &lever.in_play_share) {
            InPlay::Share
        } else {
            InPlay::Nothing
        };
        Self {
            brief,
            in_play,
            fixes,
            problems,
        }
    }

    /// Fixes in the order of their numbers.
    pub(super) fn fixes(&self) -> Vec<(usize, &'a Lever<Quote>)> {
        let mut fixes: Vec<_> = self.fixes.values().copied().collect();
        fixes.sort_by_key(|(number, _)| *number);
        fixes
    }

    /// Whether it is known of any fix how simple it is.
    pub(super) fn any_eased(&self) -> bool {
        let mut levers = self.brief.levers.iter();
        levers.any(|lever| lever.ease.figure.value().is_some())
    }

    /// The fixes put forward, with their numbers.
    pub(super) fn chosen(&self) -> Vec<(usize, &'a Lever<Quote>)> {
        let mut fixes = self.fixes();
        fixes.retain(|(_, lever)| self.brief.chosen.contains(&lever.id));
        fixes
    }

    pub(super) fn fix(&self, id: &str) -> Option<(usize, &'a Lever<Quote>)> {
        self.fixes.get(id).copied()
    }

    pub(super) fn problem(&self, id: &str) -> Option<(usize, &'a Pain<Quote>)> {
        self.problems.get(id).copied()
    }

    /// The source whose score sizes refer to.
    pub(super) fn main(&self) -> Option<&'a Standing> {
        let named = self.brief.inputs.method.main_source.as_deref();
        self.brief
            .standings
            .iter()
            .find(|standing| Some(standing.source.as_str()) == named)
            .or(self.brief.standings.first())
    }

    /// `points` or `percentage points`, as the main score is counted.
    pub(super) fn points(&self) -> &'static str {
        self.main()
            .map_or("points", |standing| standing.metric.unit())
    }

    /// The score that sizes refer to, in a reader's words.
    pub(super) fn score_name(&self) -> &'static str {
        self.main()
            .map_or("score", |standing| match standing.metric {
                Metric::Nps => "net promoter score",
                Metric::Csat { .. } => "share of satisfied customers",
                Metric::Ces { .. } => "share who found it easy",
                Metric::Mean => "average score",
                Metric::Coded => "average tone",
            })
    }

    /// A fix's size and its unit, by what all fixes of this brief are compared by.
    pub(super) fn size_of(&self, lever: &'a Lever<Quote>) -> (&'a Figure, Unit) {
        match self.in_play {
            InPlay::Share => (&lever.in_play_share, Unit::Share),
            InPlay::Points | InPlay::Nothing => (&lever.in_play_points, Unit::Plain),
        }
    }

    /// How many fixes have a place in the order.
    pub(super) fn ranked(&self) -> usize {
        self.brief
            .levers
            .iter()
            .filter(|lever| lever.rank.is_some())
            .count()
    }

    /// Numbers of the other fixes whose places this one's may be.
    pub(super) fn tied_with(&self, id: &str, rank: &Rank) -> Vec<usize> {
        self.fixes()
            .into_iter()
            .filter(|(_, other)| {
                other.id != id
                    && other
                        .rank
                        .is_some_and(|place| place.low <= rank.high && rank.low <= place.high)
            })
            .map(|(number, _)| number)
            .collect()
    }

    /// Whether it is known what customers behind any problem are worth.
    pub(super) fn any_worth(&self) -> bool {
        let pains = self.brief.pains.iter();
        pains
            .map(|pain| &pain.value)
            .any(|value| value.value().is_some())
    }

    /// Whether a source's scale was found from its scores, not given.
    pub(super) fn scale_was_found(&self, source: &str) -> bool {
        let mut sources = self.brief.inputs.import.sources.iter();
        sources.any(|one| one.source == source && one.scale_found)
    }

    /// Whether employees' answers were read at all.
    pub(super) fn heard_staff(&self) -> bool {
        !self.brief.levers.is_empty()
            || !self.brief.needs.is_empty()
            || self.rows_of(Table::Voice) > 0
    }

    /// Customers' responses, over all sources.
    pub(super) fn responses(&self) -> u64 {
        self.brief.standings.iter().map(|one| one.responses).sum()
    }

    /// Rows kept of a table, over all its files.
    pub(super) fn rows_of(&self, table: Table) -> u64 {
        self.brief
            .inputs
            .import
            .files
            .iter()
            .filter(|file| file.table == table)
            .map(|file| file.rows_kept)
            .sum()
    }

    /// The days over which customers were heard, where known.
    pub(super) fn period(&self) -> Option<String> {
        let first = self.brief.first_day.as_deref()?;
        let last = self.brief.last_day.as_deref()?;
        Some(if first == last {
            say::date(first)
        } else {
            format!("{} to {}", say::date(first), say::date(last))
        })
    }
}

/// Where a problem stands in the page.
pub(super) fn problem_anchor(number: usize) -> String {
    format!("problem-{number}")
}

/// Where a fix stands in the page.
pub(super) fn fix_anchor(number: usize) -> String {
    format!("fix-{number}")
}
