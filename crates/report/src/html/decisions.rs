//! Page one's list: the fixes to decide on, each with both sides' words, its size, who is
//! behind it, and room for the decision.

use super::facts::{ease, facts, impact, is_doubted, people, place};
use super::figure::{fix_numbers, problem_link, short_quote, shortened, strength};
use super::reader::{InPlay, Reader, fix_anchor};
use crate::say::{self, Unit};
use maud::{Markup, html};
use throughline_domain::Figure;
use throughline_domain::brief::{Lever, Pain, Quote, Strength};

/// Longest words that a fix is headed by, in characters.
const HEADING: usize = 120;
/// Longest words of one person on page one, in characters.
const QUOTE: usize = 110;

/// The list.
pub(super) fn decisions(reader: &Reader<'_>) -> Markup {
    let chosen = reader.chosen();
    html! {
        section class="decisions" aria-labelledby="decide" {
            h2 id="decide" { "To decide" }
            p class="how" { (explanation(reader)) }
            ol class="fixes" {
                @for (at, (number, lever)) in chosen.iter().enumerate() {
                    (fix(reader, *number, lever, quoted_before(&chosen[..at], lever)))
                }
            }
            @if let Some(left_out) = left_out(reader, &chosen) { p class="how" { (left_out) } }
        }
    }
}

/// Which other fixes are likelier than one of these to be among the best, and why they aren't here.
fn left_out(reader: &Reader<'_>, chosen: &[(usize, &Lever<Quote>)]) -> Option<Markup> {
    let chance = |lever: &Lever<Quote>| lever.rank.as_ref().map(|rank| rank.top5_probability);
    let least = chosen
        .iter()
        .filter_map(|(_, lever)| chance(lever))
        .min_by(f64::total_cmp)?;
    let likelier: Vec<usize> = reader
        .fixes()
        .into_iter()
        .filter(|(_, lever)| !chosen.iter().any(|(_, other)| other.id == lever.id))
        .filter(|(_, lever)| chance(lever).is_some_and(|chance| chance > least + CLEARLY))
        .map(|(number, _)| number)
        .collect();
    (!likelier.is_empty()).then(|| {
        html! {
            "Likelier than one of these to be among the best five, and yet not here: "
            (fix_numbers(&likelier))
            ". Page one takes at most two fixes for the same problem and none that is probably another of them, \
             worded otherwise; and it prefers those that answer it clearly, whose points are surely above zero and \
             whose people may be quoted."
        }
    })
}

/// Difference in the chance to be among the best five that a reader would ask about.
const CLEARLY: f64 = 0.05;

/// `Five fixes to decide on`.
pub(super) fn title(count: usize) -> String {
    let noun = if count == 1 { "fix" } else { "fixes" };
    let word = say::sentence(&say::in_words(count as u64));
    format!("{word} {noun} to decide on")
}

/// How many earlier fixes answer the same problem first: each then shows another quote of it.
fn quoted_before(earlier: &[(usize, &Lever<Quote>)], lever: &Lever<Quote>) -> usize {
    let first = lever.pains.first().map(|pain| &pain.id);
    earlier
        .iter()
        .filter(|(_, other)| other.pains.first().map(|pain| &pain.id) == first)
        .count()
}

/// Whether nobody's words on a fix may be shown.
fn has_no_words(lever: &Lever<Quote>) -> bool {
    lever.first_step.is_none() && lever.quotes.is_empty()
}

fn explanation(reader: &Reader<'_>) -> String {
    match reader.in_play {
        InPlay::Points => format!(
            "{} in play: how much of our {} goes with the problems a fix answers. It is an \
             association, not a promise.{} Ranges are 95% intervals.{}",
            say::sentence(reader.points()),
            reader.score_name(),
            if reader.any_worth() {
                " What customers are worth is exposure, not loss."
            } else {
                ""
            },
            match (reader.ranked() > 5, reader.any_eased()) {
                (_, true) => {
                    " Where fixes can\u{2019}t be told apart, the simpler stand first."
                }
                (true, false) if reader.chosen().iter().any(|(_, lever)| has_no_words(lever)) => {
                    " Of these the likeliest to be among the best stand first, those without words last."
                }
                (true, false) => " Of these the likeliest to be among the best stand first.",
                (false, false) => "",
            },
        ),
        InPlay::Share => {
            "In play: the share of responses that name the problem which the fix answers, of \
                          several the one named most. It says how often, not how much it costs. \
                          Ranges are 95% intervals."
                .to_owned()
        }
        InPlay::Nothing => {
            "How much these fixes touch can\u{2019}t be told from this data.".to_owned()
        }
    }
}

fn fix(reader: &Reader<'_>, number: usize, lever: &Lever<Quote>, quoted: usize) -> Markup {
    // What to begin with, in an employee's words, says more than any label but a person's.
    let step = lever
        .first_step
        .as_ref()
        .filter(|_| !lever.titled_by_hand)
        .map(|step| shortened(begun(&step.words, &lever.title), HEADING));
    html! {
        li class="fix" {
            div class="fix-head" {
                span class="number big" { (number) }
                div class="fix-title" {
                    h3 { a href=(format!("#{}", fix_anchor(number))) {
                        @match &step {
                            Some(step) => { "\u{201c}" (say::sentence(step)) "\u{201d}" },
                            None => { (say::sentence(&lever.title)) },
                        }
                    } }
                    p class="rank" {
                        @if step.as_ref().is_some_and(|step| !holds_title(step, lever)) && !lever.is_nameless() {
                            span class="called" { (say::sentence(&lever.title)) ". " }
                        }
                        @if let Some(rank) = &lever.rank { (place(reader, lever, rank)) }
                    }
                }
                (in_play(reader, lever))
            }
            div class="fix-body" {
                (customers(reader, lever, quoted))
                (staff(reader, lever))
                (decide(number, lever))
            }
        }
    }
}

/// Words that lead up to what is said, at most.
const LEADING: usize = 3;

/// Words from where their title begins, if what stands before only leads up to it: "Honestly, …", "My idea: …".
fn begun<'a>(words: &'a str, title: &str) -> &'a str {
    let at = words.to_ascii_lowercase().find(&title.to_ascii_lowercase());
    let parts = at.and_then(|at| Some((words.get(..at)?.trim_end(), words.get(at..)?)));
    match parts {
        Some((before, after))
            if before.ends_with([',', ':', '-'])
                && before.split_whitespace().count() <= LEADING =>
        {
            after
        }
        _ => words,
    }
}

/// Whether the words in the heading hold the title, which then needn't be said again.
fn holds_title(step: &str, lever: &Lever<Quote>) -> bool {
    step.to_lowercase().contains(&lever.title.to_lowercase())
}

fn in_play(reader: &Reader<'_>, lever: &Lever<Quote>) -> Markup {
    let (figure, unit) = reader.size_of(lever);
    let what = match reader.in_play {
        InPlay::Points | InPlay::Nothing => format!("{} in play", reader.points()),
        InPlay::Share => "of responses".to_owned(),
    };
    html! {
        p class="in-play" {
            @match figure {
                Figure::Known(estimate) => {
                    span class="amount" { (say::value(estimate, unit)) } " " (what)
                    @match (say::range(estimate, unit), &estimate.interval) {
                        (Some(range), _) => {
                            span class="range" {
                                (range)
                                @if !say::can_tell(estimate) { ": not enough to tell it from none" }
                            }
                        },
                        (None, Err(reason)) => { span class="range" { "no interval: " (say::why(reason)) } },
                        _ => {},
                    }
                },
                Figure::Unknown(reason) => { span class="range" { "Size not known: " (say::why(reason)) } },
            }
        }
    }
}

fn customers(reader: &Reader<'_>, lever: &Lever<Quote>, quoted: usize) -> Markup {
    let answered: Vec<_> = lever
        .pains
        .iter()
        .filter_map(|one| reader.problem(&one.id).map(|found| (one.strength, found)))
        .enumerate()
        .filter(|(at, (how, _))| *at == 0 || *how >= Strength::Some)
        .map(|(_, answered)| answered)
        .collect();
    html! {
        div class="side customers" {
            h4 { "Customers say" }
            @match answered.split_first() {
                None => { p class="facts" { "No customer problem is answered clearly." } },
                Some(((first_strength, (number, pain)), rest)) => {
                    @if let Some(quote) = short_quote(&pain.quotes, quoted, QUOTE) {
                        blockquote { p { "\u{201c}" (quote) "\u{201d}" } }
                    }
                    p class="facts" {
                        (problem_link(*number, pain)) " (" (strength(*first_strength)) "): " (facts(reader, pain))
                        @if !rest.is_empty() {
                            " Also answers: "
                            @for (at, (how, (number, pain))) in rest.iter().take(2).enumerate() {
                                @if at > 0 { ", " }
                                (problem_link(*number, pain)) " (" (strength(*how)) (own_points(reader, pain)) ")"
                            }
                            @if rest.len() > 2 { " and " (rest.len() - 2) " more" }
                            "."
                        }
                    }
                },
            }
        }
    }
}

/// `; 0.02 points` of a problem that a fix answers beside another.
fn own_points(reader: &Reader<'_>, pain: &Pain<Quote>) -> String {
    match pain.size_points.estimate() {
        Some(size) if reader.in_play == InPlay::Points && say::can_tell(size) => {
            format!("; {} {}", say::value(size, Unit::Plain), reader.points())
        }
        Some(_) if reader.in_play == InPlay::Points => {
            "; how many points, not enough to tell".to_owned()
        }
        _ => String::new(),
    }
}

fn staff(reader: &Reader<'_>, lever: &Lever<Quote>) -> Markup {
    // What heads the fix isn't said again.
    let head = lever.first_step.as_ref().filter(|_| !lever.titled_by_hand);
    let step = head.map(|step| step.words.as_str());
    let others: Vec<Quote> = lever
        .first_step
        .iter()
        .chain(&lever.quotes)
        .filter(|quote| Some(quote.words.as_str()) != step)
        .cloned()
        .collect();
    let quote = short_quote(&others, 0, QUOTE);
    let overlaps: Vec<usize> = lever
        .overlaps
        .iter()
        .filter_map(|id| reader.fix(id))
        .map(|(number, _)| number)
        .collect();
    html! {
        div class="side staff" {
            h4 { "Your people say" }
            @match quote {
                Some(words) => { blockquote { p { "\u{201c}" (words) "\u{201d}" } } },
                None if step.is_some() => {},
                None if lever.named_after.is_some() => {
                    p class="facts" { "None of their words may be shown. Put the problem to everyone and ask what would help." }
                },
                None => { p class="facts" { "Too few wrote about it to show their words." } },
            }
            p class="facts" {
                span class="fact" { (people(&lever.support)) } " "
                span class="fact" { "Ease: " (ease(lever)) "." }
                @if let Some(doubt) = impact(lever).filter(|_| is_doubted(lever)) {
                    " " span class="fact" { "Most employees don\u{2019}t expect it to help customers: " (doubt) "." }
                }
                @if !overlaps.is_empty() {
                    " " span class="fact" {
                        "Shares a problem with " (fix_numbers(&overlaps)) ": don\u{2019}t add their sizes."
                    }
                }
            }
        }
    }
}

fn decide(number: usize, lever: &Lever<Quote>) -> Markup {
    let owner = format!("owner-{number}");
    html! {
        fieldset class="decide" {
            legend { "Decision" span class="hidden" { " on fix " (number) } }
            div class="choices" {
                @for (value, word) in [("yes", "Yes"), ("no", "No"), ("find-out", "Find out")] {
                    label {
                        input type="radio" name=(format!("decision-{number}")) value=(value);
                        " " (word)
                    }
                }
            }
            div class="owner" {
                label for=(owner) { "Owner" span class="hidden" { " of fix " (number) } }
                input type="text" id=(owner) autocomplete="off" value=[lever.owner.as_deref()];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::begun;

    #[test]
    fn a_heading_begins_where_its_title_does_if_nothing_is_said_before() {
        for (words, title, expected) in [
            (
                "Honestly, fixed times, please",
                "Fixed times",
                "fixed times, please",
            ),
            ("My idea: fixed times", "Fixed times", "fixed times"),
            (
                "Let agents decide small refunds",
                "Small refunds",
                "Let agents decide small refunds",
            ),
            (
                "Even so, at the desk, small refunds",
                "Small refunds",
                "Even so, at the desk, small refunds",
            ),
            ("Fixed times", "Small refunds", "Fixed times"),
            ("É, fixed times", "Fixed times", "fixed times"),
        ] {
            assert_eq!(begun(words, title), expected, "{words}");
        }
    }
}
