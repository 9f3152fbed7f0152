//! Drafts of fixes and of what staff need, from sorted and grouped answers.

use crate::chain::Chain;
use crate::matches::{Behind, Serving};
use crate::theme::{Central, Theme};
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::Words;
use throughline_domain::brief::{Candidate, CommonGround, Support};
use throughline_domain::facts::Question;

/// One answer as far as drafts need it.
#[derive(Clone)]
pub struct Said {
    /// The answer sheet or person.
    pub respondent: String,
    /// The unit.
    pub unit: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// The question.
    pub question: Question,
    /// The words.
    pub text: Words,
    /// Whether the sender, and the moderator where there is one, let them be quoted.
    pub may_quote: bool,
    /// The theme it belongs to, by number.
    pub theme: Option<usize>,
}

/// Everyone who answered anything, by unit and role.
#[derive(Clone, Debug, Default)]
pub struct Everyone {
    /// Respondents of each unit.
    pub units: BTreeMap<String, BTreeSet<String>>,
    /// Respondents of each role.
    pub roles: BTreeMap<String, BTreeSet<String>>,
    /// Roles of respondents, one entry a respondent who told one.
    pub role_of: BTreeMap<String, String>,
}

/// Merges groups too small to show into their parent: the disclosure rules' `merged`.
pub type Merge<'a> = &'a dyn Fn(&BTreeMap<String, u64>) -> Vec<String>;

/// Who is behind a theme.
pub fn support(
    said: &[&Said],
    chain: &Chain,
    merge_units: Merge<'_>,
    merge_roles: Merge<'_>,
) -> Support {
    let people: BTreeSet<&str> = said.iter().map(|s| s.respondent.as_str()).collect();
    let asked = |question: Question| {
        let with = said.iter().filter(|s| s.question == question);
        with.map(|s| s.respondent.as_str())
            .collect::<BTreeSet<_>>()
            .len() as u64
    };
    let count = |of: fn(&Said) -> Option<&String>| {
        let mut groups: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for said in said {
            if let Some(name) = of(said) {
                groups
                    .entry(name.clone())
                    .or_default()
                    .insert(&said.respondent);
            }
        }
        groups
            .into_iter()
            .map(|(name, who)| (name, who.len() as u64))
            .collect::<BTreeMap<_, _>>()
    };
    let units = count(|said| said.unit.as_ref());
    let roles = count(|said| said.role.as_ref());
    let mut steps: BTreeMap<u32, u64> = BTreeMap::new();
    if !chain.is_empty() {
        for (role, people) in &roles {
            if let Some(away) = chain.way(role).steps {
                *steps.entry(away).or_default() += people;
            }
        }
    }
    Support {
        people: people.len() as u64,
        ideas: asked(Question::Idea),
        blocks: asked(Question::Block),
        units: units.len() as u64,
        roles: roles.len() as u64,
        unit_names: merge_units(&units),
        role_names: merge_roles(&roles),
        steps_from_customer: steps.into_iter().collect(),
    }
}

/// How many people said it.
pub fn people(said: &[&Said]) -> usize {
    let people: BTreeSet<&str> = said.iter().map(|s| s.respondent.as_str()).collect();
    people.len()
}

/// People behind a theme by role.
pub fn by_role(said: &[&Said]) -> BTreeMap<String, f64> {
    let roles: BTreeMap<&str, &str> = said
        .iter()
        .filter_map(|s| Some((s.respondent.as_str(), s.role.as_deref()?)))
        .collect();
    let mut people = BTreeMap::new();
    for role in roles.into_values() {
        *people.entry(role.to_owned()).or_default() += 1.0;
    }
    people
}

/// The roles of all who answered that reach some step of the journey.
pub fn serving(everyone: &Everyone, chain: &Chain) -> BTreeMap<String, Serving> {
    let mut serving: BTreeMap<String, Serving> = BTreeMap::new();
    for role in everyone.role_of.values() {
        let of = serving.entry(role.clone()).or_insert_with(|| Serving {
            people: 0.0,
            reach: chain.reach(role),
        });
        of.people += 1.0;
    }
    serving.retain(|_, role| !role.reach.is_empty());
    serving
}

/// Who of each unit is behind a theme; shares for units with enough respondents.
pub fn by_unit(said: &[&Said], everyone: &Everyone, needed: usize) -> BTreeMap<String, Behind> {
    // Who names it as a block meets it at work; who proposes it may have heard of it.
    const BLOCKED: f64 = 2.0;
    let mut behind: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
    for said in said {
        if let Some(unit) = &said.unit {
            let weight = if said.question == Question::Block {
                BLOCKED
            } else {
                1.0
            };
            let people = behind.entry(unit).or_default();
            let own = people.entry(&said.respondent).or_default();
            *own = own.max(weight);
        }
    }
    everyone
        .units
        .iter()
        .map(|(unit, people)| {
            let weights: Vec<f64> = behind
                .get(unit.as_str())
                .map_or_else(Vec::new, |people| people.values().copied().collect());
            let share = weights.len() as f64 / people.len() as f64;
            let behind = Behind {
                weight: weights.iter().sum(),
                squares: weights.iter().map(|w| w * w).sum(),
                share: (people.len() >= needed).then_some(share),
            };
            (unit.clone(), behind)
        })
        .collect()
}

/// Longest first step, in words: longer ones are no simple step.
const STEP_WORDS: std::ops::RangeInclusive<usize> = 4..=28;

/// Words to show for a theme: the simplest first step (an idea, short and central) and quotes.
/// `central` are positions in `all`, the most central first; `behind` are all answers of the theme, for a role is named
/// beside words only where enough of its people are behind them; `is_of_many` tells whether enough people use all words
/// of what may become a title.
pub fn words(
    theme: &Theme,
    all: &[Said],
    behind: &[&Said],
    everyone: &Everyone,
    titled: Titled,
    is_of_many: &dyn Fn(&str) -> bool,
) -> (Option<Candidate>, Vec<Candidate>) {
    let of_role = by_role(behind);
    let said: Vec<Said> = theme
        .central
        .iter()
        .filter_map(|at| sentence(all.get(at.text)?, at))
        .collect();
    let length = |said: &Said| said.text.for_analysis().split_whitespace().count();
    let mut candidates: Vec<Candidate> = said
        .iter()
        .map(|said| {
            let title = title(said, theme, titled, is_of_many);
            candidate(said, &of_role, everyone, title)
        })
        .collect();
    let is_step = |at: &usize| {
        said[*at].question == Question::Idea && STEP_WORDS.contains(&length(&said[*at]))
    };
    let steps: Vec<usize> = (0..said.len()).filter(is_step).collect();
    // One that can head the fix, if there is one.
    let heads = steps.iter().find(|at| candidates[**at].title.is_some());
    let step = heads.or(steps.first()).copied();
    let step = step.map(|at| candidates.remove(at));
    // What gives a title is to be shown.
    candidates.sort_by_key(|candidate| candidate.title.is_none());
    (step, candidates)
}

/// Ideas that may be quoted and that fewer than this many people are behind, by their words.
pub fn ideas_alone<'s>(groups: impl IntoIterator<Item = &'s [Said]>, many: u64) -> Vec<Candidate> {
    let mut alone: Vec<Candidate> = Vec::new();
    for said in groups {
        // Without a theme, those who say the very same: a moderator makes the words of several one.
        let group = |one: &Said| {
            let words = || one.text.for_analysis().trim().to_lowercase();
            one.theme.map_or_else(|| Err(words()), Ok)
        };
        let mut behind: BTreeMap<Result<usize, String>, BTreeSet<&str>> = BTreeMap::new();
        for one in said {
            behind
                .entry(group(one))
                .or_default()
                .insert(&one.respondent);
        }
        let is_alone = |one: &&Said| {
            let people = behind.get(&group(one)).map_or(0, BTreeSet::len);
            (people as u64) < many
        };
        let ideas = said
            .iter()
            .filter(|one| one.question == Question::Idea && one.may_quote)
            .filter(is_alone);
        alone.extend(ideas.map(|one| Candidate {
            words: one.text.clone(),
            person: one.respondent.clone(),
            from: String::new(),
            from_group: 0,
            title: None,
        }));
    }
    alone.sort_by(|one, other| {
        let words = |idea: &Candidate| idea.words.for_analysis().to_lowercase();
        words(one).cmp(&words(other))
    });
    alone
}

/// An answer cut to one of its sentences, where it may be quoted.
fn sentence(said: &Said, at: &Central) -> Option<Said> {
    if !said.may_quote {
        return None;
    }
    let words = said.text.for_analysis().get(at.start..at.end)?;
    Some(Said {
        text: Words::new(words),
        ..said.clone()
    })
}

/// Whose words may give a group of answers its title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Titled {
    /// Ideas': what is to be done says more than any words that are common.
    ByIdeas,
    /// Blocks', too, where the common words say little.
    ByAll,
}

/// The title that an answer would give to its group once its words are shown.
fn title(
    said: &Said,
    theme: &Theme,
    titled: Titled,
    is_of_many: &dyn Fn(&str) -> bool,
) -> Option<Words> {
    let may =
        said.question == Question::Idea || titled == Titled::ByAll && theme.is_loosely_titled();
    let title = || theme.title_from_answer(said.text.for_analysis(), is_of_many);
    // What was gathered under a problem is many ideas, and one's words name none of the others.
    let may = may && theme.addresses.is_none();
    may.then(title).flatten().map(Words::new)
}

fn candidate(
    said: &Said,
    of_role: &BTreeMap<String, f64>,
    everyone: &Everyone,
    title: Option<Words>,
) -> Candidate {
    // A role of which few are behind it is withheld in the count of roles, and so beside their words.
    let is_of_many = |role: &String| of_role.get(role).is_some_and(|n| *n >= AUDIENCE as f64);
    let role = said.role.clone().filter(is_of_many).unwrap_or_default();
    Candidate {
        title,
        words: said.text.clone(),
        person: said.respondent.clone(),
        from_group: everyone.roles.get(&role).map_or(0, BTreeSet::len) as u64,
        from: role,
    }
}

/// People an audience needs behind a fix before it counts as proposing it, where no more were promised.
const AUDIENCE: u64 = 5;

/// Fixes that several audiences propose alike. Audiences are those who serve customers directly
/// and those who serve colleagues (with a chain), else the groups named by `group_of`; those of fewer than
/// `minimum` people are never told.
pub fn common_ground(
    levers: &[(String, Vec<&Said>)],
    everyone: &Everyone,
    chain: &Chain,
    group_of: &dyn Fn(&str) -> String,
    minimum: u64,
) -> Vec<CommonGround> {
    let needed = minimum.max(AUDIENCE) as usize;
    let audience = |said: &Said| -> Option<String> {
        if chain.is_empty() {
            said.unit.as_deref().map(group_of)
        } else {
            audience_of(said.role.as_deref()?, chain)
        }
    };
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    if chain.is_empty() {
        for (unit, people) in &everyone.units {
            *sizes.entry(group_of(unit)).or_default() += people.len();
        }
    } else {
        for (role, people) in &everyone.roles {
            if let Some(audience) = audience_of(role, chain) {
                *sizes.entry(audience).or_default() += people.len();
            }
        }
    }
    let total: usize = sizes.values().sum();
    let mut found = Vec::new();
    for (lever, said) in levers {
        let mut behind: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for said in said {
            if let Some(audience) = audience(said) {
                behind.entry(audience).or_default().insert(&said.respondent);
            }
        }
        let people: usize = behind.values().map(BTreeSet::len).sum();
        let overall = people as f64 / total.max(1) as f64;
        let mut audiences: Vec<(usize, String)> = behind
            .into_iter()
            .map(|(audience, people)| (people.len(), audience))
            .filter(|(people, audience)| {
                let size = sizes.get(audience).copied().unwrap_or(0).max(1);
                *people >= needed && *people as f64 / size as f64 >= overall / 2.0
            })
            .collect();
        audiences.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        if audiences.len() >= 2 {
            let audiences = audiences
                .into_iter()
                .map(|(_, audience)| audience)
                .collect();
            found.push(CommonGround {
                lever: lever.clone(),
                audiences,
            });
        }
    }
    found
}

fn audience_of(role: &str, chain: &Chain) -> Option<String> {
    let name = match chain.way(role).steps? {
        0 => "people who serve customers",
        _ => "people who serve colleagues",
    };
    Some(name.to_owned())
}
