//! Drafts of customer problems and of what customers praise.

use crate::sizes::{PainSize, Sizes, method, sized};
use crate::tally::{Tally, UnitTally};
use crate::theme::Theme;
use std::collections::BTreeMap;
use throughline_domain::Figure;
use throughline_domain::brief::{Candidate, Pain, PainSource, Praise, Share};
use throughline_domain::estimate::{Estimate, Reason};
use throughline_stats::answer::Answer;
use throughline_stats::reason::NoAnswer;
use throughline_stats::share::{self, Sums};

/// What is needed to draft problems.
pub struct Problems<'a> {
    /// The themes, by number.
    pub themes: &'a [Theme],
    /// Counts by source.
    pub tallies: &'a [(String, Tally)],
    /// The source whose responses sizes refer to.
    pub main: usize,
    /// Sizes in it.
    pub sizes: &'a Sizes,
    /// Names of units, by number.
    pub units: &'a dyn Fn(u32) -> String,
    /// Names of steps of the journey, by number.
    pub stages: &'a dyn Fn(u32) -> String,
    /// Comments naming each problem, all sources.
    pub comments: &'a [u64],
    /// What each customer is worth.
    pub values: &'a BTreeMap<u32, f64>,
    /// Whether customers are known by name.
    pub customers_known: bool,
    /// Quotes, by number.
    pub quotes: &'a dyn Fn(&Theme) -> Vec<Candidate>,
}

impl Problems<'_> {
    /// Drafts of all problems that aren't hidden, with their numbers, largest first.
    pub fn drafts(&self) -> Vec<(usize, Pain<Candidate>)> {
        let mut drafts: Vec<(usize, Pain<Candidate>)> = (0..self.themes.len())
            .filter(|at| !self.themes[*at].hidden && self.comments[*at] > 0)
            .map(|at| (at, self.draft(at)))
            .collect();
        // By size where there is one; else by reach. What goes with better scores stands after what nothing is known
        // of, and what is no one problem last.
        let key = |pain: &Pain<Candidate>| {
            (
                pain.size_points.value().unwrap_or(0.0),
                pain.reach.value().unwrap_or(0.0),
            )
        };
        drafts.sort_by(|(_, a), (_, b)| {
            let ((size_a, reach_a), (size_b, reach_b)) = (key(a), key(b));
            a.mixed
                .cmp(&b.mixed)
                .then_with(|| size_b.total_cmp(&size_a))
                .then_with(|| reach_b.total_cmp(&reach_a))
                .then_with(|| b.comments.cmp(&a.comments))
                .then_with(|| a.id.cmp(&b.id))
        });
        drafts
    }

    fn draft(&self, at: usize) -> Pain<Candidate> {
        let theme = &self.themes[at];
        let PainSize {
            reach,
            drag,
            size,
            severity,
            trend,
            months,
        } = &self.sizes.pains[at];
        let customers: std::collections::BTreeSet<u32> = self
            .tallies
            .iter()
            .flat_map(|(_, tally)| tally.customers[at].iter().copied())
            .collect();
        let named = if self.customers_known {
            Some(customers.len() as u64)
        } else {
            None
        };
        Pain {
            id: theme.id.clone(),
            title: theme.title.clone(),
            words: theme.words.clone(),
            mixed: theme.mixed,
            comments: self.comments[at],
            reach: crate::figure::figure(reach, method::REACH),
            drag_points: sized(drag, method::DRAG),
            size_points: sized(size, method::SIZE),
            severity: severity.clone(),
            trend: trend.clone(),
            months: months.clone(),
            value: self.value(&customers),
            customers: named,
            elsewhere: self.elsewhere(at),
            stages: self.stage_shares(at),
            units: self.unit_shares(at),
            quotes: (self.quotes)(theme),
            owner: theme.owner.clone(),
        }
    }

    /// Yearly value of the distinct customers who named it: a count, so it has no interval.
    fn value(&self, customers: &std::collections::BTreeSet<u32>) -> Figure {
        if self.values.is_empty() {
            return Figure::Unknown(Reason::NoValues);
        }
        let known: Vec<f64> = customers
            .iter()
            .filter_map(|customer| self.values.get(customer).copied())
            .collect();
        if known.is_empty() {
            return Figure::Unknown(Reason::NoValues);
        }
        // Summed in whole hundredths: the order of customers must not show in the last digit.
        let cents: i128 = known
            .iter()
            .map(|value| (value * 100.0).round() as i128)
            .sum();
        let n = known.len() as u64;
        Figure::Known(Estimate::without_interval(
            cents as f64 / 100.0,
            Reason::Counted,
            n,
            "sum over distinct customers",
        ))
    }

    fn elsewhere(&self, at: usize) -> Vec<PainSource> {
        self.tallies
            .iter()
            .enumerate()
            .filter(|(source, _)| *source != self.main)
            .filter_map(|(_, (name, tally))| {
                let (naming, responses) = (tally.naming(at), tally.responses());
                if naming == 0 {
                    return None;
                }
                let reach = share::wilson(naming as f64, responses as f64);
                Some(PainSource {
                    source: name.clone(),
                    comments: naming,
                    reach: crate::figure::figure(&reach, "share of responses"),
                })
            })
            .collect()
    }

    /// Share of the problem's responses at each step, over all sources.
    pub fn stage_shares(&self, at: usize) -> Vec<Share> {
        let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
        for (_, tally) in self.tallies {
            for (stage, naming) in &tally.stages {
                *counts.entry(*stage).or_default() += naming[at];
            }
        }
        let total: u64 = counts.values().sum();
        let mut shares: Vec<Share> = counts
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(stage, n)| Share {
                name: (self.stages)(stage),
                share: n as f64 / total as f64,
                n,
            })
            .collect();
        shares.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.name.cmp(&b.name)));
        shares
    }

    /// Units where the largest share of responses names it, of units with enough responses.
    fn unit_shares(&self, at: usize) -> Vec<Share> {
        const RESPONSES: u64 = 30;
        const SHOWN: usize = 5;
        let (_, tally) = &self.tallies[self.main];
        let mut shares: Vec<Share> = self
            .unit_reach(tally, at)
            .into_iter()
            .filter(|share| share.n >= RESPONSES && share.share > 0.0)
            .collect();
        shares.sort_by(|a, b| {
            b.share
                .total_cmp(&a.share)
                .then_with(|| a.name.cmp(&b.name))
        });
        shares.truncate(SHOWN);
        shares
    }

    fn unit_reach(&self, tally: &Tally, at: usize) -> Vec<Share> {
        tally
            .units
            .iter()
            .filter_map(|(unit, counts)| {
                let (n, hits) = counts.months.values().fold((0, 0), |(n, hits), cell| {
                    (n + cell.responses, hits + u64::from(cell.naming[at]))
                });
                Some(Share {
                    name: (self.units)((*unit)?),
                    share: hits as f64 / n as f64,
                    n,
                })
            })
            .collect()
    }

    /// For each unit the log of how much more often its responses in the main source name a problem than
    /// the steps it serves let one expect, drawn to 0 where little is expected.
    pub fn excess_by_unit(&self, at: usize) -> BTreeMap<String, f64> {
        const RESPONSES: u64 = 20;
        const DRAWN: f64 = 4.0;
        let (_, tally) = &self.tallies[self.main];
        tally
            .expected(at)
            .filter(|(_, _, _, responses)| *responses >= RESPONSES)
            .map(|(unit, naming, expected, _)| {
                let excess = ((naming + DRAWN) / (expected + DRAWN)).ln();
                ((self.units)(unit), excess)
            })
            .collect()
    }
}

/// Drafts of what customers praise, most often first. What reads like praise and goes with low scores isn't
/// shown: "good value, they said" may be meant otherwise.
pub fn praise(
    themes: &[Theme],
    main: &Tally,
    comments: &[u64],
    quotes: &dyn Fn(&Theme) -> Vec<Candidate>,
) -> Vec<Praise<Candidate>> {
    let mut drafts: Vec<Praise<Candidate>> = themes
        .iter()
        .enumerate()
        .filter(|(at, theme)| {
            !theme.hidden
                && comments[*at] > 0
                // Without words of its own nobody can say what is praised.
                && !theme.words.is_empty()
                && !main.praises_below_average(*at)
        })
        .map(|(at, theme)| Praise {
            id: theme.id.clone(),
            title: theme.title.clone(),
            words: theme.words.clone(),
            comments: comments[at],
            reach: crate::figure::figure(&praise_reach(main, at), crate::sizes::method::REACH),
            quotes: quotes(theme),
        })
        .collect();
    drafts.sort_by(|a, b| b.comments.cmp(&a.comments).then_with(|| a.id.cmp(&b.id)));
    drafts
}

/// Share of responses that praise a strength.
fn praise_reach(tally: &Tally, strength: usize) -> Result<Answer, NoAnswer> {
    let of_unit = |unit: &UnitTally| {
        let n = unit.months.values().map(|cell| cell.responses).sum();
        Sums::of_share(n, unit.praising[strength])
    };
    let sums: Vec<Sums> = tally.units.values().map(of_unit).collect();
    share::clustered_share(&sums)
}
