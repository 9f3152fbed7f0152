//! The gate for a brief: from a draft with raw words to what leaders may read.
//!
//! Employees are protected by group sizes: nothing is said about a group of fewer than
//! `minimum_group` of them, no words come from a group of fewer than `minimum_comments`.
//! Customers chose to tell the company; their words are scrubbed and quoted once a person, and
//! groups of customers (units, months) under the minimum are withheld too.

use crate::doors::Released;
use crate::quote::Quoted;
use crate::rules::Rules;
use std::collections::BTreeSet;
use throughline_domain::Figure;
use throughline_domain::brief::{
    Brief, Candidate, EaseFrom, Lever, Need, Note, NoteKind, Pain, Praise, Quote, ideas_on,
};
use throughline_domain::estimate::Reason;

/// Releases a brief under the rules. What is withheld is counted in a note.
pub fn release_brief(draft: Brief<Candidate>, rules: &Rules) -> Released<Brief<Quote>> {
    let mut customers = Quoted::default();
    let mut employees = Quoted::default();
    let mut withheld = Withheld::default();
    let mut titles = Titles::of(&draft);

    let pains: Vec<Pain<Quote>> = draft
        .pains
        .into_iter()
        .map(|pain| pain_released(pain, rules, &mut customers, &mut titles))
        .collect();
    let mut levers = Vec::new();
    for lever in draft.levers {
        if lever.support.people < rules.minimum_group {
            withheld.levers += 1;
            withheld.lever_ids.push(lever.id);
        } else {
            levers.push(lever_released(
                lever,
                rules,
                &mut employees,
                &mut withheld,
                &mut titles,
            ));
        }
    }
    for lever in &mut levers {
        let under = lever.named_after.as_ref();
        if let Some(pain) = under.and_then(|id| pains.iter().find(|pain| pain.id == *id)) {
            lever.title = titles.numbered(&ideas_on(&pain.title));
        }
    }
    let mut needs: Vec<Need<Quote>> = Vec::new();
    for need in draft.needs {
        if need.people < rules.minimum_group {
            withheld.needs += 1;
        } else {
            needs.push(need_released(
                need,
                rules,
                &mut employees,
                &mut withheld,
                &mut titles,
            ));
        }
    }
    // Unranked: by name.
    needs.sort_by(|a, b| a.title.cmp(&b.title).then_with(|| a.id.cmp(&b.id)));
    // Nothing is said of who wrote them, so their group is everybody who answered.
    let ideas = if draft.employees >= rules.minimum_comments {
        let quotes = employees.take_all(&draft.ideas, rules).into_iter();
        let placeless = |quote: Quote| Quote {
            from: String::new(),
            ..quote
        };
        quotes.map(placeless).collect()
    } else {
        Vec::new()
    };
    let strengths = draft
        .strengths
        .into_iter()
        .map(|praise| {
            let (quotes, title) = customers.take_several(&praise.quotes, rules);
            Praise {
                quotes,
                id: praise.id,
                title: titles.choose(title, praise.title),
                words: praise.words,
                comments: praise.comments,
                reach: praise.reach,
            }
        })
        .collect();

    let gone = |id: &String| withheld.lever_ids.contains(id);
    for lever in &mut levers {
        lever.overlaps.retain(|id| !gone(id));
        lever.alike.retain(|id| !gone(id));
    }
    let mut notes = draft.notes;
    notes.extend(withheld.notes(rules));
    let commitment = draft.commitment.map(|mut commitment| {
        if too_few(&commitment.rating, rules.minimum_group) {
            commitment.rating = hidden(rules.minimum_group);
            commitment.shares.clear();
        }
        let answers = commitment.rating.estimate().map_or(0, |rating| rating.n);
        commitment.shares = folded(&commitment.shares, answers, rules.minimum_group);
        commitment
    });
    let standings = draft
        .standings
        .into_iter()
        .map(|mut standing| {
            standing
                .months
                .retain(|month| month.n >= rules.minimum_group);
            standing
        })
        .collect();

    Released::new(Brief {
        company: draft.company,
        first_day: draft.first_day,
        last_day: draft.last_day,
        employees: draft.employees,
        standings,
        pains,
        chosen: draft.chosen.into_iter().filter(|id| !gone(id)).collect(),
        matches: draft
            .matches
            .into_iter()
            .filter(|found| !gone(&found.lever))
            .collect(),
        gap_pains: draft.gap_pains,
        gap_levers: draft
            .gap_levers
            .into_iter()
            .filter(|id| !gone(id))
            .collect(),
        votes_agree: draft.votes_agree,
        common_ground: draft
            .common_ground
            .into_iter()
            .filter(|ground| !gone(&ground.lever))
            .collect(),
        levers,
        ideas,
        needs,
        strengths,
        chain: draft.chain,
        measures: draft.measures,
        links: draft.links,
        commitment,
        initiatives: draft.initiatives,
        notes,
        inputs: draft.inputs,
        review: draft.review,
    })
}

#[derive(Default)]
struct Withheld {
    levers: u64,
    lever_ids: Vec<String>,
    needs: u64,
    words: u64,
}

impl Withheld {
    fn notes(&self, rules: &Rules) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut say = |count: u64, one: &str, many: &str, rest: String| {
            if count > 0 {
                let what = if count == 1 {
                    format!("1 {one}")
                } else {
                    format!("{count} {many}")
                };
                let each = if count == 1 { "it" } else { "each" };
                notes.push(Note {
                    kind: NoteKind::Withheld,
                    text: format!("{what} {}", rest.replace("EACH", each)),
                });
            }
        };
        let group = rules.minimum_group;
        say(
            self.levers,
            "proposed fix is",
            "proposed fixes are",
            format!(
                "not shown: fewer than {group} people are behind EACH, and they could be recognised."
            ),
        );
        say(
            self.needs,
            "staff need is",
            "staff needs are",
            format!("not shown: fewer than {group} people named EACH."),
        );
        say(
            self.words,
            "group of answers is",
            "groups of answers are",
            format!(
                "shown without anyone's words: fewer than {} people wrote them.",
                rules.minimum_comments
            ),
        );
        notes
    }
}

/// Titles in use: no two things are called alike.
struct Titles(BTreeSet<String>);

impl Titles {
    fn of(draft: &Brief<Candidate>) -> Self {
        let pains = draft.pains.iter().map(|pain| &pain.title);
        // Those that bear a problem's title bear the one that it is shown with.
        let levers = draft.levers.iter();
        let levers = levers.filter(|lever| lever.named_after.is_none());
        let levers = levers.map(|lever| &lever.title);
        let needs = draft.needs.iter().map(|need| &need.title);
        let strengths = draft.strengths.iter().map(|praise| &praise.title);
        let all = pains.chain(levers).chain(needs).chain(strengths);
        Self(all.map(|title| title.to_lowercase()).collect())
    }

    /// The title that shown words give, where there is one that nothing else has; else the one it had.
    fn choose(&mut self, shown: Option<String>, before: String) -> String {
        shown
            .filter(|title| self.0.insert(title.to_lowercase()))
            .unwrap_or(before)
    }

    /// A title, with a number if it is taken.
    fn numbered(&mut self, title: &str) -> String {
        let others = (2..).map(|number| format!("{title}, {number}"));
        let mut all = std::iter::once(title.to_owned()).chain(others);
        all.find(|title| self.0.insert(title.to_lowercase()))
            .unwrap_or_default()
    }
}

fn pain_released(
    pain: Pain<Candidate>,
    rules: &Rules,
    quoted: &mut Quoted,
    titles: &mut Titles,
) -> Pain<Quote> {
    let (quotes, title) = quoted.take_several(&pain.quotes, rules);
    Pain {
        quotes,
        id: pain.id,
        title: titles.choose(title, pain.title),
        words: pain.words,
        mixed: pain.mixed,
        comments: pain.comments,
        reach: pain.reach,
        drag_points: pain.drag_points,
        size_points: pain.size_points,
        severity: pain.severity,
        trend: pain.trend,
        months: pain
            .months
            .into_iter()
            .filter(|month| month.n >= rules.minimum_group)
            .collect(),
        value: if pain.customers.is_some_and(|n| n < rules.minimum_group)
            || too_few(&pain.value, rules.minimum_group)
        {
            hidden(rules.minimum_group)
        } else {
            pain.value
        },
        customers: pain.customers,
        elsewhere: pain
            .elsewhere
            .into_iter()
            .filter(|source| source.comments >= rules.minimum_group)
            .collect(),
        stages: pain
            .stages
            .into_iter()
            .filter(|stage| stage.n >= rules.minimum_group)
            .collect(),
        units: pain
            .units
            .into_iter()
            .filter(|unit| unit.n >= rules.minimum_group)
            .collect(),
        owner: pain.owner,
    }
}

/// People behind a fix, under which teams aren't counted if only few of them can't be named.
const FEW_BEHIND: u64 = 30;

/// Shares of ratings of which none is of a few: few at an end are counted with the next rating, so that the
/// first stands for "or less" and the last for "or more"; few in between leave nothing to show.
fn folded(shares: &[(f64, f64)], answers: u64, minimum: u64) -> Vec<(f64, f64)> {
    let mut counts: Vec<(f64, u64)> = shares
        .iter()
        .map(|(value, share)| (*value, (share * answers as f64).round() as u64))
        .collect();
    let few = |count: u64| count > 0 && count < minimum;
    while counts.len() > 1 && few(counts[0].1) {
        counts[1].1 += counts[0].1;
        counts.remove(0);
    }
    while counts.len() > 1 && few(counts[counts.len() - 1].1) {
        let at = counts.len() - 1;
        counts[at - 1].1 += counts[at].1;
        counts.pop();
    }
    if counts.iter().any(|(_, count)| few(*count)) {
        return Vec::new();
    }
    let share = |(value, count)| (value, count as f64 / answers.max(1) as f64);
    counts.into_iter().map(share).collect()
}

fn lever_released(
    lever: Lever<Candidate>,
    rules: &Rules,
    quoted: &mut Quoted,
    withheld: &mut Withheld,
    titles: &mut Titles,
) -> Lever<Quote> {
    let enough = lever.support.people >= rules.minimum_comments;
    if !enough {
        withheld.words += 1;
    }
    let first_step = lever
        .first_step
        .filter(|_| enough)
        .and_then(|step| quoted.take_titled(&step, rules));
    let (first_step, of_step) = first_step.unzip();
    let (quotes, title) = if enough {
        quoted.take_several(&lever.quotes, rules)
    } else {
        (Vec::new(), None)
    };
    let mut ease = lever.ease;
    if ease.from == EaseFrom::Votes && too_few(&ease.figure, rules.minimum_group) {
        ease.figure = hidden(rules.minimum_group);
    }
    let mut impact = lever.impact;
    if too_few(&impact.figure, rules.minimum_group) {
        impact.figure = hidden(rules.minimum_group);
    }
    let mut support = lever.support;
    // A count of one to four is as telling as a name.
    let blurred = |count: u64| {
        if count > 0 && count < rules.minimum_group {
            0
        } else {
            count
        }
    };
    support.ideas = blurred(support.ideas);
    support.blocks = blurred(support.blocks);
    if support.ideas == 0 || support.blocks == 0 {
        // The one is the total less the other: show neither, so that neither can be reckoned.
        let only_one_kind = support.ideas == support.people || support.blocks == support.people;
        if !only_one_kind {
            support.ideas = 0;
            support.blocks = 0;
        }
    }
    // So can a few who named it in one way alone.
    let telling = |count: u64| {
        let others = support.people.saturating_sub(count);
        count > 0 && others > 0 && others < rules.minimum_group
    };
    if telling(support.ideas) || telling(support.blocks) {
        support.ideas = 0;
        support.blocks = 0;
    }
    // So are, behind a few people, one or two teams or roles too small to be named beside those that are; among many
    // nobody stands out.
    let unnamed = support
        .units
        .saturating_sub(support.unit_names.len() as u64);
    if support.people < FEW_BEHIND && unnamed > 0 && unnamed < rules.minimum_group {
        support.units = 0;
    }
    let unnamed = support
        .roles
        .saturating_sub(support.role_names.len() as u64);
    if support.people < FEW_BEHIND && unnamed > 0 && unnamed < rules.minimum_group {
        support.roles = 0;
    }
    support
        .steps_from_customer
        .retain(|(_, people)| *people >= rules.minimum_group);
    // Those left out are the total less the others: where they are few, the smallest of these goes, too.
    loop {
        let steps = &mut support.steps_from_customer;
        let shown: u64 = steps.iter().map(|(_, people)| people).sum();
        let others = support.people.saturating_sub(shown);
        if others == 0 || others >= rules.minimum_group || steps.is_empty() {
            break;
        }
        let smallest = (0..steps.len()).min_by_key(|at| steps[*at].1).unwrap_or(0);
        steps.remove(smallest);
    }
    Lever {
        id: lever.id,
        title: titles.choose(
            of_step
                .flatten()
                .or(title)
                .filter(|_| lever.named_after.is_none()),
            lever.title,
        ),
        words: lever.words,
        support,
        in_play_points: lever.in_play_points,
        in_play_share: lever.in_play_share,
        overlaps: lever.overlaps,
        alike: lever.alike,
        ease,
        impact,
        rank: lever.rank,
        pains: lever.pains,
        first_step,
        quotes,
        owner: lever.owner,
        titled_by_hand: lever.titled_by_hand,
        named_after: lever.named_after,
    }
}

fn need_released(
    need: Need<Candidate>,
    rules: &Rules,
    quoted: &mut Quoted,
    withheld: &mut Withheld,
    titles: &mut Titles,
) -> Need<Quote> {
    let enough = need.people >= rules.minimum_comments;
    if !enough {
        withheld.words += 1;
    }
    let (quotes, title) = if enough {
        quoted.take_several(&need.quotes, rules)
    } else {
        (Vec::new(), None)
    };
    Need {
        quotes,
        id: need.id,
        title: titles.choose(title, need.title),
        words: need.words,
        people: need.people,
    }
}

fn hidden(needed: u64) -> Figure {
    Figure::Unknown(Reason::TooFewPeople {
        needed: needed as usize,
    })
}

fn too_few(figure: &Figure, minimum: u64) -> bool {
    figure
        .estimate()
        .is_some_and(|estimate| estimate.n < minimum)
}
