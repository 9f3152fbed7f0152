//! What is said of a problem or a fix in a sentence or two, the same wherever it stands: its
//! size and whom it touches, its place, who is behind it, how simple it is.

use super::figure::{fix_numbers, inline};
use super::reader::Reader;
use crate::say::{self, Unit};
use maud::{Markup, html};
use throughline_domain::brief::{EaseFrom, Lever, Pain, Quote, Rank, Support, VotedBy};
use throughline_domain::{Estimate, Figure, Metric};

/// A problem's size and whom it touches, in a sentence or two.
pub(super) fn facts(reader: &Reader<'_>, pain: &Pain<Quote>) -> String {
    let elsewhere: u64 = pain.elsewhere.iter().map(|other| other.comments).sum();
    let mut text = match &pain.reach {
        // Where nobody of the source that sizes go by names it, "0% of responses" would deny it.
        Figure::Known(_) if elsewhere > 0 && elsewhere == pain.comments => {
            let others: Vec<String> = pain.elsewhere.iter().map(|o| o.source.clone()).collect();
            format!(
                "{} of {}",
                say::plural(elsewhere, "comment names it", "comments name it"),
                say::list(&others)
            )
        }
        Figure::Known(reach) => format!("{} of responses name it", say::value(reach, Unit::Share)),
        Figure::Unknown(_) => say::plural(pain.comments, "comment names it", "comments name it"),
    };
    match (&pain.size_points, &pain.severity) {
        (Figure::Known(size), _) if elsewhere < pain.comments => {
            let go = if say::can_tell(size) {
                "go with it"
            } else {
                "may go with it: not enough to tell"
            };
            text.push_str(&format!(
                "; {} {go}",
                inline(size, Unit::Plain, &format!(" {}", reader.points()))
            ));
        }
        (_, Figure::Known(severity)) => {
            let unit = severity_unit(reader);
            text.push_str(&format!("; average tone {}", inline(severity, unit, "")));
        }
        _ => {}
    }
    text.push('.');
    let customers = pain
        .customers
        .map(|n| say::plural(n, "customer", "customers"));
    match (customers, pain.value.value()) {
        (Some(customers), Some(value)) => text.push_str(&format!(
            " {customers}, worth {} a year.",
            say::rounded_money(value)
        )),
        (Some(customers), None) => text.push_str(&format!(" {customers}.")),
        (None, Some(value)) => text.push_str(&format!(
            " Customers worth {} a year.",
            say::rounded_money(value)
        )),
        (None, None) => {}
    }
    text
}

/// Severity has a sign where its scale has one.
pub(super) fn severity_unit(reader: &Reader<'_>) -> Unit {
    let has_sign = reader.main().is_some_and(|main| {
        matches!(main.metric, Metric::Coded) && main.scale.is_some_and(|scale| scale.low < 0.0)
    });
    if has_sign { Unit::Signed } else { Unit::Plain }
}

/// Where it stands in the order, in a sentence.
pub(super) fn place(reader: &Reader<'_>, lever: &Lever<Quote>, rank: &Rank) -> Markup {
    let of = reader.ranked();
    let tied = reader.tied_with(&lever.id, rank);
    html! {
        @if of > 5 {
            (say::sentence(say::top_five_words(rank.top5_probability)))
            " (" (percent(rank.top5_probability)) ")"
            // The interval of places, and which fixes may change them, stand in the list of fixes: side by
            // side with the probability they would read as its contrary.
            @if !tied.is_empty() { "; its exact place can\u{2019}t be told" }
        } @else {
            (say::sentence(&say::place_words(rank, of)))
            @if (1..=7).contains(&tied.len()) { ". May change places with " (fix_numbers(&tied)) }
        }
        "."
    }
}

/// A probability without false certainty: never 0% or 100%.
pub(super) fn percent(probability: f64) -> String {
    match probability {
        p if p > 0.99 => "over 99%".to_owned(),
        p if p < 0.01 => "under 1%".to_owned(),
        p => format!("{}%", say::fixed(p * 100.0, 0)),
    }
}

/// Who is behind a fix, in one sentence.
pub(super) fn people(support: &Support) -> String {
    let mut text = say::plural(support.people, "person", "people");
    let mut places = Vec::new();
    if support.units > 0 {
        places.push(say::plural(support.units, "team", "teams"));
    }
    if support.roles > 0 {
        places.push(say::plural(support.roles, "role", "roles"));
    }
    if !places.is_empty() {
        text.push_str(&format!(" in {}", say::list(&places)));
    }
    if !support.role_names.is_empty() {
        let shown: Vec<String> = support.role_names.iter().take(2).cloned().collect();
        // Roles of a few aren't counted: the largest are then not all.
        let mostly = match support.roles {
            0 => "among them ",
            1 => "",
            roles if roles as usize == shown.len() => "",
            _ => "mostly ",
        };
        text.push_str(&format!(", {mostly}{}", say::list(&shown)));
    }
    text.push('.');
    text
}

/// Who is behind a fix, and how near to customers.
pub(super) fn behind(support: &Support) -> String {
    let mut text = people(support);
    let direct = support
        .steps_from_customer
        .iter()
        .find(|(steps, _)| *steps == 0);
    if let Some((_, people)) = direct {
        let verb = if *people == 1 { "serves" } else { "serve" };
        text.push_str(&format!(
            " {} of them {verb} customers directly.",
            say::count(*people)
        ));
    }
    text
}

/// A share of a hundred with the ends of its interval: `58`, `49 to 66`.
fn of_a_hundred(estimate: &Estimate) -> (String, Option<String>) {
    let of = |value: f64| say::fixed(value * 100.0, 0);
    let ends = estimate.ends();
    (
        of(estimate.value),
        ends.map(|ends| format!("{} to {}", of(ends.low), of(ends.high))),
    )
}

/// How far employees expect it to help customers; `None` where nobody was asked.
pub(super) fn impact(lever: &Lever<Quote>) -> Option<String> {
    match (&lever.impact.figure, lever.impact.by) {
        (_, VotedBy::NotAsked) => None,
        (Figure::Unknown(reason), _) => Some(say::why(reason)),
        (Figure::Known(estimate), by) => {
            let (share, ends) = of_a_hundred(estimate);
            let interval = ends.map_or_else(String::new, |ends| format!(" ({ends})"));
            let voters = say::plural(estimate.n, "voter", "voters");
            Some(if by == VotedBy::Pairs {
                format!("preferred to an average fix {share} times of 100{interval}, by {voters}")
            } else {
                format!("{share} of 100{interval} say yes, of {voters}")
            })
        }
    }
}

/// Whether most employees clearly say no when asked whether it would help customers. That it is less preferred than
/// others says nothing by itself: half of all fixes are.
pub(super) fn is_doubted(lever: &Lever<Quote>) -> bool {
    let ends = lever.impact.figure.estimate().and_then(Estimate::ends);
    lever.impact.by == VotedBy::YesNo && ends.is_some_and(|ends| ends.high < 0.5)
}

/// How simple it is, and who says so.
pub(super) fn ease(lever: &Lever<Quote>) -> String {
    let who = match lever.ease.from {
        EaseFrom::Votes => "by votes",
        EaseFrom::Person => "set by a person",
        EaseFrom::NotAsked => return "not asked".to_owned(),
    };
    match &lever.ease.figure {
        Figure::Known(estimate) => {
            let (share, ends) = of_a_hundred(estimate);
            let interval = ends.map_or_else(String::new, |ends| format!("; {ends}"));
            format!(
                "{} ({share} of 100{interval}), {who}",
                say::ease_words(estimate.value)
            )
        }
        Figure::Unknown(reason) => say::why(reason),
    }
}
