//! Which fixes are put to leaders, and in which order.

use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{Candidate, Lever};
use throughline_insight::order::CHOSEN;

/// Fixes of one problem that are put to leaders, while others wait.
const A_PROBLEM: usize = 2;
/// Fixes put to leaders of which only the problem may be said, while others wait.
const WORDLESS: usize = 1;

/// The fixes put to leaders: by place, those first whose problems surely cost points and which words name: people's own,
/// or, of one at most, the name of the problem that too few to be quoted want to answer, or one given by hand: what it
/// is can't be decided on, but asked for. At most two a problem, so that leaders may weigh one way against another and
/// five fixes aren't five ways to answer the same, and none that is most likely the same as one that is put (of these one
/// with words goes before one without); places left over go to the next in order, what is quoted first. They
/// stand as likely as they are to be among the best, which is what the page says of each where there are more; those of
/// which no words may be shown stand last.
pub(super) fn chosen(
    levers: &[Lever<Candidate>],
    clear: &BTreeSet<&str>,
    minimum_comments: u64,
) -> Vec<String> {
    let ranked = levers.iter().filter(|lever| lever.rank.is_some()).count();
    let candidates: Vec<&Lever<Candidate>> = levers
        .iter()
        .filter(|lever| lever.rank.is_some() && clear.contains(lever.id.as_str()))
        .collect();
    // Neither quoted nor named, there is nothing to decide on.
    let is_said = |lever: &Lever<Candidate>| {
        let quoted = lever.first_step.is_some() || !lever.quotes.is_empty();
        let named = is_named(lever) && !lever.is_nameless();
        lever.support.people >= minimum_comments && (quoted || named)
    };
    let bears_a_name =
        |lever: &Lever<Candidate>| lever.named_after.is_some() || lever.titled_by_hand;
    let of = |said: bool, costs: bool| -> Vec<usize> {
        let fits = |place: &usize| {
            let lever = candidates[*place];
            !lever.is_nameless()
                && is_said(lever) == said
                && (said || is_named(lever))
                && surely_costs(lever) == costs
        };
        (0..candidates.len()).filter(fits).collect()
    };
    let said = of(true, true);
    let is_like = |lever: &Lever<Candidate>, other: usize| {
        let other = candidates[other];
        lever.alike.contains(&other.id)
    };
    let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wordless = 0;
    let mut put: Vec<usize> = Vec::new();
    let first = (0..candidates.len()).filter(|place| {
        let lever = candidates[*place];
        let main = lever.pains.first().map_or("", |pain| pain.id.as_str());
        let times = answered.entry(main).or_default();
        let fits = if is_said(lever) {
            said.contains(place)
        } else {
            bears_a_name(lever) && surely_costs(lever) && wordless < WORDLESS
        };
        let with_words = || said.iter().any(|other| is_like(lever, *other));
        let is_again =
            put.iter().any(|other| is_like(lever, *other)) || !is_said(lever) && with_words();
        let is_put = fits && *times < A_PROBLEM && !is_again;
        if is_put {
            *times += 1;
            put.push(*place);
            wordless += usize::from(!is_said(lever));
        }
        is_put
    });
    let first: Vec<usize> = first.collect();
    let mut places: BTreeSet<usize> = BTreeSet::new();
    // What a group of many words has in common nobody can say: it fills what is left, by somebody's words.
    let unnamed = |place: &usize| {
        let lever = candidates[*place];
        lever.is_nameless() && is_said(lever)
    };
    let unnamed = (0..candidates.len()).filter(unnamed).collect();
    let others = [of(true, false), of(false, true), of(false, false), unnamed];
    let wanted: Vec<usize> = [first, said].into_iter().chain(others).flatten().collect();
    // What is most likely put already fills what nothing else does.
    for may_be_again in [false, true] {
        for place in &wanted {
            let is_again = || {
                places
                    .iter()
                    .any(|other| is_like(candidates[*place], *other))
            };
            if places.len() < CHOSEN && (may_be_again || !is_again()) {
                places.insert(*place);
            }
        }
    }
    let mut put: Vec<&Lever<Candidate>> =
        places.into_iter().map(|place| candidates[place]).collect();
    let likely = |lever: &Lever<Candidate>| lever.rank.map_or(0.0, |rank| rank.top5_probability);
    // Of five or fewer all are among the best five, and where ease is known it counts, too: the place says more.
    let eased = candidates
        .iter()
        .any(|lever| lever.ease.figure.value().is_some());
    if ranked > CHOSEN && !eased {
        put.sort_by(|a, b| likely(b).total_cmp(&likely(a)));
    }
    // What can't be read stands last: nobody begins with it.
    put.sort_by_key(|lever| !is_said(lever));
    put.into_iter().map(|lever| lever.id.clone()).collect()
}

/// Whether what is in play for a fix is clear of nothing; where there is no interval nobody can say so of any.
fn surely_costs(lever: &Lever<Candidate>) -> bool {
    let points = lever.in_play_points.estimate();
    let ends = points.and_then(|points| points.ends());
    ends.is_none_or(|ends| ends.low > 0.0)
}

/// Whether a title alone says what a fix is about: several words of people's own, not two that only stand together.
fn is_named(lever: &Lever<Candidate>) -> bool {
    let title = lever.title.trim().to_lowercase();
    lever.titled_by_hand || title.contains(' ') && !title.contains(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_domain::brief::{
        Ease, EaseFrom, Impact, LeverPain, Rank, Strength, Support, VotedBy,
    };
    use throughline_domain::estimate::Reason;
    use throughline_domain::{Estimate, Figure, Words};

    fn lever(place: u32, people: u64, pain: &str) -> Lever<Candidate> {
        let unknown = Figure::Unknown(Reason::NotAsked);
        Lever {
            id: format!("f-{place}"),
            title: format!("Fix {place}"),
            words: Vec::new(),
            support: Support {
                people,
                ideas: people,
                blocks: 0,
                units: 1,
                roles: 1,
                unit_names: Vec::new(),
                role_names: Vec::new(),
                steps_from_customer: Vec::new(),
            },
            in_play_points: unknown.clone(),
            in_play_share: unknown.clone(),
            overlaps: Vec::new(),
            alike: Vec::new(),
            ease: Ease {
                figure: unknown,
                from: EaseFrom::NotAsked,
            },
            impact: Impact {
                figure: Figure::Unknown(Reason::NotAsked),
                by: VotedBy::NotAsked,
            },
            rank: Some(Rank {
                place,
                low: place,
                high: place,
                top5_probability: 0.5,
            }),
            pains: vec![LeverPain {
                id: pain.to_owned(),
                strength: Strength::Strong,
                shared: false,
            }],
            first_step: None,
            quotes: Vec::new(),
            owner: None,
            titled_by_hand: false,
            named_after: None,
        }
    }

    fn put_to_leaders(levers: &[Lever<Candidate>]) -> Vec<String> {
        let clear = levers.iter().map(|lever| lever.id.as_str()).collect();
        chosen(levers, &clear, 10)
    }

    #[test]
    fn leaders_get_two_fixes_a_problem_before_a_third() {
        let pains = ["a", "a", "a", "b", "c", "a", "d"];
        let levers: Vec<_> = (1..)
            .zip(pains)
            .map(|(place, pain)| lever(place, 20, pain))
            .collect();
        assert_eq!(put_to_leaders(&levers), ["f-1", "f-2", "f-4", "f-5", "f-7"]);
        assert_eq!(put_to_leaders(&levers[..4]), ["f-1", "f-2", "f-3", "f-4"]);
    }

    #[test]
    fn the_same_fix_is_put_to_leaders_once() {
        let mut levers: Vec<_> = (1..)
            .zip(["a", "b", "c", "d", "e", "f"])
            .map(|(place, pain)| lever(place, 20, pain))
            .collect();
        let like = |levers: &mut Vec<Lever<Candidate>>, one: usize, other: usize| {
            let ids = [levers[one].id.clone(), levers[other].id.clone()];
            levers[one].alike = vec![ids[1].clone()];
            levers[other].alike = vec![ids[0].clone()];
        };
        like(&mut levers, 0, 2);
        assert_eq!(put_to_leaders(&levers), ["f-1", "f-2", "f-4", "f-5", "f-6"]);
        // Places that are left over aren't left empty; a third fix of a problem, or one that may cost nothing, goes first.
        assert_eq!(
            put_to_leaders(&levers[..5]),
            ["f-1", "f-2", "f-3", "f-4", "f-5"]
        );
        let mut third = levers[..5].to_vec();
        third[1].pains[0].id = "a".into();
        third[4].pains[0].id = "a".into();
        third.push(lever(6, 20, "a"));
        assert_eq!(put_to_leaders(&third), ["f-1", "f-2", "f-4", "f-5", "f-6"]);
        let points = |low: f64| Figure::Known(Estimate::with_interval(1.0, low, 2.0, 9, "test"));
        let mut unsure = levers.clone();
        for (at, lever) in unsure.iter_mut().enumerate() {
            lever.in_play_points = points(if at == 5 { -0.5 } else { 0.5 });
        }
        assert_eq!(put_to_leaders(&unsure), ["f-1", "f-2", "f-4", "f-5", "f-6"]);
        // What can be read goes first, whatever its place.
        levers[0].support.people = 7;
        levers[0].named_after = Some("a".into());
        assert_eq!(put_to_leaders(&levers), ["f-2", "f-3", "f-4", "f-5", "f-6"]);
        levers[2].alike.clear();
        levers[0].alike.clear();
        assert_eq!(put_to_leaders(&levers), ["f-2", "f-3", "f-4", "f-5", "f-1"]);
    }

    #[test]
    fn the_likeliest_of_those_put_to_leaders_stands_first() {
        let mut levers: Vec<_> = (1..)
            .zip(["a", "b", "c", "d", "e", "f"])
            .map(|(place, pain)| lever(place, 20, pain))
            .collect();
        for (lever, chance) in levers.iter_mut().zip([0.97, 0.49, 0.6, 0.6, 0.3, 0.7]) {
            if let Some(rank) = &mut lever.rank {
                rank.top5_probability = chance;
            }
        }
        assert_eq!(put_to_leaders(&levers), ["f-1", "f-3", "f-4", "f-2", "f-5"]);
        // Where ease is known, the order weighs it.
        levers[0].ease.figure =
            Figure::Known(Estimate::without_interval(0.9, Reason::Said, 1, "test"));
        assert_eq!(put_to_leaders(&levers), ["f-1", "f-2", "f-3", "f-4", "f-5"]);
        levers[0].ease.figure = Figure::Unknown(Reason::NotAsked);
        // Of five all are among the best five: the order says more.
        levers.truncate(5);
        assert_eq!(put_to_leaders(&levers), ["f-1", "f-2", "f-3", "f-4", "f-5"]);
    }

    #[test]
    fn what_surely_costs_goes_before_what_may_and_what_nobody_can_name_is_left_out() {
        let mut levers: Vec<_> = (1..)
            .zip(["a", "b", "c", "d", "e", "f", "g"])
            .map(|(place, pain)| lever(place, 20, pain))
            .collect();
        let points = |low: f64| Figure::Known(Estimate::with_interval(1.0, low, 2.0, 9, "test"));
        for lever in &mut levers {
            lever.in_play_points = points(0.5);
        }
        levers[1].in_play_points = points(-0.5);
        levers[2].title = "Other answers, 2".into();
        assert_eq!(put_to_leaders(&levers), ["f-1", "f-4", "f-5", "f-6", "f-7"]);
        // It fills what is left, if its words may be shown.
        levers[2].first_step = Some(Candidate {
            words: Words::new("Ask the fitter first"),
            person: "a".into(),
            from: String::new(),
            from_group: 0,
            title: None,
        });
        assert_eq!(put_to_leaders(&levers[..4]), ["f-1", "f-2", "f-3", "f-4"]);
        assert_eq!(put_to_leaders(&levers), ["f-1", "f-4", "f-5", "f-6", "f-7"]);
        levers[2].titled_by_hand = true;
        assert_eq!(put_to_leaders(&levers), ["f-1", "f-3", "f-4", "f-5", "f-6"]);
        // Of fewer than ten people neither words nor two words that only stand together say what it is.
        levers[3].support.people = 9;
        levers[3].title = "App and phone".into();
        assert_eq!(put_to_leaders(&levers), ["f-1", "f-3", "f-5", "f-6", "f-7"]);
    }

    #[test]
    fn what_too_few_said_to_be_shown_comes_only_where_nothing_else_is_left() {
        let levers: Vec<_> = [("a", 9), ("b", 30), ("c", 4), ("c", 10), ("b", 12)]
            .into_iter()
            .zip(1..)
            .map(|((pain, people), place)| lever(place, people, pain))
            .collect();
        // And then last, whatever its place.
        assert_eq!(put_to_leaders(&levers), ["f-2", "f-4", "f-5", "f-1", "f-3"]);
        let mut more = [&levers[..], &[lever(6, 11, "d"), lever(7, 15, "e")]].concat();
        assert_eq!(put_to_leaders(&more), ["f-2", "f-4", "f-5", "f-6", "f-7"]);
        // What bears its problem's name can be said; but leaders get one such at most.
        more[3].support.people = 7;
        for at in [0, 2, 3] {
            more[at].named_after = more[at].pains.first().map(|pain| pain.id.clone());
        }
        assert_eq!(put_to_leaders(&more), ["f-2", "f-5", "f-6", "f-7", "f-1"]);
        more[0].named_after = None;
        assert_eq!(put_to_leaders(&more), ["f-2", "f-5", "f-6", "f-7", "f-3"]);
        // A name given by hand does as well.
        more[0].titled_by_hand = true;
        assert_eq!(put_to_leaders(&more), ["f-2", "f-5", "f-6", "f-7", "f-1"]);
        // Whose problem's places are taken doesn't use up the one without words.
        more[0].rank = None;
        more[2].pains[0].id = "b".into();
        more.swap(2, 4);
        more.swap(3, 4);
        assert_eq!(put_to_leaders(&more), ["f-2", "f-5", "f-6", "f-7", "f-4"]);
    }
}
