//! Drafts of fixes in their order.

use super::Inputs;
use super::chosen::chosen;
use super::given::{Given, Worth};
use super::matching::Found;
use super::name::{Name, name};
use super::setting::Setting;
use crate::error::Result;
use std::collections::{BTreeMap, BTreeSet};
use throughline_disclosure::merged;
use throughline_domain::brief::{Candidate, Lever, LeverPain, Pain, Strength};
use throughline_domain::estimate::Reason;
use throughline_domain::{Estimate, Figure};
use throughline_insight::compose::employees::{Said, Titled, support, words};
use throughline_insight::figure::{estimate, reason};
use throughline_insight::order::{Answers, order};
use throughline_insight::sizes::{Joint, Sizes};
use throughline_stats::answer::t_quantile;

/// Fixes in order.
pub struct Fixes {
    /// All of them: those put to leaders first, then by place, then by people behind them.
    pub levers: Vec<Lever<Candidate>>,
    /// Ids of those put to leaders.
    pub chosen: Vec<String>,
    /// Ranks rest on chance among responses alone.
    pub unclustered: bool,
}

/// Drafts all fixes that aren't hidden.
pub fn levers(
    inputs: &Inputs<'_>,
    setting: &Setting,
    sizes: &Sizes,
    pains: &[(usize, Pain<Candidate>)],
    groups: &[Vec<&Said>],
    given: &Given,
    found: &Found,
) -> Result<Fixes> {
    let Given {
        worth,
        expected,
        eases,
        units: named_units,
    } = given;
    let seed = inputs.request.seed;
    let themes = &inputs.answers.levers.themes;
    let ids: Vec<String> = themes.iter().map(|theme| theme.id.clone()).collect();
    let joint = worth.joint();
    let in_points = sizes.joint.is_some();
    let unclustered = joint.is_some_and(|joint| joint.freedom.is_none());
    let rules = inputs.rules;
    let big_enough = |at: usize| {
        let people: BTreeSet<&str> = groups[at]
            .iter()
            .map(|said| said.respondent.as_str())
            .collect();
        !themes[at].hidden && people.len() as u64 >= rules.minimum_group
    };
    let answers: Vec<Vec<Answers>> = (0..themes.len())
        .map(|lever| {
            let held = found.answers.iter().filter(|answer| answer.0 == lever);
            if big_enough(lever) {
                held.map(|(_, pain, probability)| Answers {
                    pain: *pain,
                    probability: *probability,
                })
                .collect()
            } else {
                Vec::new()
            }
        })
        .collect();
    let ordered = match worth {
        Worth::Known { draws, .. } => {
            let ease: Vec<Option<f64>> = eases.iter().map(|ease| ease.figure.value()).collect();
            order(
                &answers,
                draws,
                &|pain| worth.place(pain),
                &ease,
                &ids,
                seed,
            )?
        }
        Worth::Unknown => Vec::new(),
    };
    let ranks: BTreeMap<usize, _> = ordered
        .iter()
        .map(|ordered| (ordered.lever, ordered.rank))
        .collect();
    let pain_id: BTreeMap<usize, &str> = pains
        .iter()
        .map(|(at, pain)| (*at, pain.id.as_str()))
        .collect();
    let units = |counts: &BTreeMap<String, u64>| {
        merged(counts, &setting.parents, rules.minimum_group)
            .into_iter()
            .map(|group| group.name)
            // What small teams end up in at the very top is no team: it is the company.
            .filter(|name| !setting.is_the_top(name))
            .collect::<Vec<_>>()
    };
    let roles = |counts: &BTreeMap<String, u64>| {
        merged(counts, &BTreeMap::new(), rules.minimum_group)
            .into_iter()
            .map(|group| group.name)
            .collect::<Vec<_>>()
    };
    // Where answers were gathered under the problems they speak of, what is left over speaks of none of them.
    let gathered = themes.iter().any(|theme| theme.addresses.is_some());
    let mut levers: Vec<Lever<Candidate>> = Vec::new();
    for (at, theme) in themes.iter().enumerate() {
        if theme.hidden || groups[at].is_empty() {
            continue;
        }
        let strong: Vec<usize> = found.clear(at);
        let in_play = if in_points {
            in_play(&strong, joint, sizes, *named_units)
        } else {
            largest(&strong, sizes)
        };
        let (points, share) = if in_points {
            (in_play, Figure::Unknown(Reason::NotAsked))
        } else {
            (Figure::Unknown(no_points(inputs)), in_play)
        };
        let (first_step, quotes) = words(
            theme,
            &inputs.answers.levers.said,
            &groups[at],
            &inputs.answers.everyone,
            Titled::ByIdeas,
            &|title| inputs.names.may_title(title),
        );
        let mut linked: Vec<LeverPain> = found
            .matches
            .iter()
            .filter(|found| found.lever == theme.id && found.is_worth_reading())
            .map(|one| LeverPain {
                id: one.pain.clone(),
                strength: one.strength,
                shared: one.strength > Strength::Weak
                    && found.matches.iter().any(|other| {
                        other.pain == one.pain
                            && other.lever != one.lever
                            && other.strength > Strength::Weak
                    }),
            })
            .collect();
        // The one that most of what is in play rests on leads.
        let weight = |one: &LeverPain| {
            let holds = found.chance(at, &one.id, &pain_id);
            let size = pains.iter().find(|(_, pain)| pain.id == one.id);
            let size = size.and_then(|(at, _)| points_of(*at, joint));
            (one.strength > Strength::Weak).then(|| holds * size.unwrap_or(0.0))
        };
        linked.sort_by(|a, b| {
            let by = |one: &LeverPain| weight(one).unwrap_or(f64::NEG_INFINITY);
            by(b).total_cmp(&by(a))
        });
        let shared: BTreeSet<&str> = strong
            .iter()
            .filter_map(|pain| pain_id.get(pain).copied())
            .collect();
        let overlaps: BTreeSet<String> = found
            .matches
            .iter()
            .filter(|other| {
                other.lever != theme.id
                    && other.strength > Strength::Weak
                    && shared.contains(other.pain.as_str())
            })
            .map(|other| other.lever.clone())
            .collect();
        let others_like = |at: usize| {
            let of_it = found.alike.iter().filter(move |(one, _)| *one == at);
            of_it.map(|(_, other)| themes[*other].id.clone())
        };
        let support = support(&groups[at], &setting.chain, &units, &roles);
        let may_borrow = !gathered && support.people < rules.minimum_comments;
        let Name {
            title,
            words,
            named_after,
        } = name(theme, &linked, pains, may_borrow);
        levers.push(Lever {
            id: theme.id.clone(),
            title,
            words,
            support,
            in_play_points: points,
            in_play_share: share,
            overlaps: overlaps.into_iter().collect(),
            alike: others_like(at).collect(),
            ease: eases[at].clone(),
            impact: expected.impacts[at].clone(),
            rank: ranks.get(&at).copied(),
            pains: linked,
            first_step,
            quotes,
            owner: theme.owner.clone(),
            titled_by_hand: theme.titled_by_hand,
            named_after,
        });
    }
    levers.sort_by(|a, b| {
        let place = |lever: &Lever<Candidate>| lever.rank.map_or(u32::MAX, |rank| rank.place);
        place(a)
            .cmp(&place(b))
            .then_with(|| b.support.people.cmp(&a.support.people))
            .then_with(|| a.id.cmp(&b.id))
    });
    let clear: BTreeSet<&str> = found
        .matches
        .iter()
        .filter(|found| found.strength > Strength::Weak)
        .map(|found| found.lever.as_str())
        .collect();
    let chosen = chosen(&levers, &clear, rules.minimum_comments);
    // Numbers on the page, and places in `brief.json`: those put to leaders first.
    let put = |lever: &Lever<Candidate>| chosen.iter().position(|id| *id == lever.id);
    levers.sort_by_key(|lever| put(lever).unwrap_or(usize::MAX));
    Ok(Fixes {
        levers,
        chosen,
        unclustered: unclustered && !ordered.is_empty(),
    })
}

/// What a problem costs, in points or by reach.
fn points_of(pain: usize, joint: Option<&Joint>) -> Option<f64> {
    let joint = joint?;
    let place = joint.pains.iter().position(|known| *known == pain)?;
    Some(joint.sizes[place])
}

/// What is in play for a fix: the sizes of the problems it answers, as they are shown beside them. They add up
/// within one joint regression, whose covariance gives the sum's error; matches are taken as given.
fn in_play(pains: &[usize], joint: Option<&Joint>, sizes: &Sizes, units: usize) -> Figure {
    let Some(joint) = joint else {
        return Figure::Unknown(Reason::NoMatch);
    };
    let places: Vec<usize> = pains
        .iter()
        .filter_map(|pain| joint.pains.iter().position(|known| known == pain))
        .collect();
    if places.is_empty() {
        return Figure::Unknown(Reason::NoMatch);
    }
    let value: f64 = places.iter().map(|at| joint.sizes[*at]).sum();
    let size = |at: &usize| sizes.pains.get(joint.pains[*at])?.size.as_ref().ok();
    let n = places.iter().filter_map(size).map(|size| size.n).max();
    let n = n.unwrap_or(0);
    let method = "sum of the sizes of the problems it answers";
    // A problem that rests on too few units has no interval, and with it what it is part of.
    let unknown = places
        .iter()
        .filter_map(size)
        .find_map(|size| size.spread.as_ref().err());
    Figure::Known(match (&joint.freedom, unknown) {
        (Some(_), Some(why)) => Estimate::without_interval(value, reason(why), n, method),
        (Some(freedom), None) => {
            let pairs = places
                .iter()
                .flat_map(|i| places.iter().map(|j| joint.covariance.get(*i, *j)));
            // As few degrees of freedom as the least sure of them has. That the largest were chosen isn't
            // allowed for here: the order, which is, goes by shrunken sizes.
            let least = places
                .iter()
                .map(|at| freedom[*at])
                .fold(f64::INFINITY, f64::min);
            let half = t_quantile(least) * pairs.sum::<f64>().max(0.0).sqrt();
            Estimate::with_interval(value, value - half, value + half, n, method)
        }
        (None, _) => Estimate::without_interval(
            value,
            Reason::TooFewUnits {
                n: units,
                needed: 10,
            },
            n,
            method,
        ),
    })
}

fn no_points(inputs: &Inputs<'_>) -> Reason {
    let coded = inputs.import.sources.iter().any(|source| source.scores > 0);
    if coded {
        Reason::ScoreCodedFromText
    } else {
        Reason::NoScores
    }
}

/// The largest reach of the problems a fix answers: a response may name several of them, so reaches don't add up.
fn largest(pains: &[usize], sizes: &Sizes) -> Figure {
    let reaches = pains
        .iter()
        .filter_map(|pain| sizes.pains.get(*pain)?.reach.as_ref().ok());
    match reaches.max_by(|a, b| a.value.total_cmp(&b.value)) {
        Some(reach) => Figure::Known(estimate(reach, "largest reach of the problems it answers")),
        None => Figure::Unknown(Reason::NoMatch),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_stats::symmetric::Symmetric;

    #[test]
    fn in_play_are_the_sizes_beside_it_with_the_error_of_their_sum() {
        let mut covariance = Symmetric::diagonal(&[0.04, 0.01]);
        covariance.set(1, 0, 0.005);
        let mut joint = Joint {
            pains: vec![3, 7],
            sizes: vec![2.0, 1.0],
            covariance,
            freedom: Some(vec![20.0, 8.0]),
        };
        let figure = |pains: &[usize], joint: &Joint| {
            let figure = in_play(pains, Some(joint), &Sizes::default(), 9);
            let estimate = figure.estimate().expect("known");
            (
                estimate.value,
                estimate.interval.as_ref().ok().map(|ends| ends.high),
            )
        };
        let near = |(value, high): (f64, Option<f64>), expected: [f64; 2]| {
            assert!((value - expected[0]).abs() < 1e-12, "{value}");
            assert!(
                high.is_some_and(|high| (high - expected[1]).abs() < 1e-3),
                "{high:?}"
            );
        };
        // t(20) = 2.086; t(8) = 2.306 for both, of variance .04 + .01 + 2 * .005.
        near(figure(&[3], &joint), [2.0, 2.0 + 2.086 * 0.2]);
        near(figure(&[3, 7], &joint), [3.0, 3.0 + 2.306 * 0.06f64.sqrt()]);
        joint.freedom = None;
        assert_eq!(figure(&[7], &joint), (1.0, None));
        let none = in_play(&[5], Some(&joint), &Sizes::default(), 9);
        assert!(none.estimate().is_none());
    }

    #[test]
    fn reaches_of_one_fix_are_not_added_up() {
        use throughline_insight::sizes::PainSize;
        let pain = |hits: f64| PainSize {
            reach: throughline_stats::share::wilson(hits, 100.0),
            drag: Err(Reason::NoScores),
            size: Err(Reason::NoScores),
            severity: Figure::Unknown(Reason::NotAsked),
            trend: Figure::Unknown(Reason::NotAsked),
            months: Vec::new(),
        };
        let sizes = Sizes {
            pains: vec![pain(40.0), pain(35.0)],
            ..Sizes::default()
        };
        let figure = largest(&[0, 1], &sizes);
        let estimate = figure.estimate().expect("known");
        assert_eq!((estimate.value, estimate.n), (0.4, 100));
        assert!(largest(&[], &sizes).estimate().is_none());
    }
}
