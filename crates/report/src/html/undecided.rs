//! Page one where no fix can be put forward: what customers struggle with, what staff propose,
//! and what to do next to get to a decision.

use super::facts::{facts, people};
use super::figure::{fix_link, problem_link, short_quote};
use super::reader::Reader;
use crate::say;
use maud::{Markup, html};
use throughline_domain::brief::Strength;

const SHOWN: usize = 5;
const QUOTE: usize = 150;

/// The heading of such a page.
pub(super) fn title(reader: &Reader<'_>) -> &'static str {
    if reader.brief.pains.is_empty() && reader.heard_staff() {
        "What customers and staff told us"
    } else if reader.brief.pains.is_empty() {
        "What customers told us"
    } else {
        "What customers struggle with most"
    }
}

/// What stands where the fixes would.
pub(super) fn undecided(reader: &Reader<'_>) -> Markup {
    html! {
        @if reader.brief.pains.is_empty() { (no_problem(reader)) } @else { (problems(reader)) }
        @if !reader.brief.levers.is_empty() { (proposed(reader)) }
        (next_step(reader))
    }
}

fn no_problem(reader: &Reader<'_>) -> Markup {
    let responses = reader.responses();
    html! {
        section class="decisions" aria-labelledby="decide" {
            h2 id="decide" { "No customer problem stands out" }
            p class="lead" {
                @if responses < 100 {
                    (say::sentence(&say::in_words(responses)))
                    @if responses == 1 { " response is" } @else { " responses are" }
                    " too little to find problems that several customers share. "
                    "A few hundred comments are a good beginning."
                } @else {
                    "Customers\u{2019} comments don\u{2019}t come together into problems that many share. "
                    "That can be good news, or the comments are few, short, or about many different things."
                }
            }
        }
    }
}

fn problems(reader: &Reader<'_>) -> Markup {
    let single = reader.brief.pains.iter().filter(|pain| !pain.mixed);
    let shown = single.take(SHOWN).enumerate();
    let count = shown.clone().count();
    html! {
        section class="decisions" aria-labelledby="decide" {
            h2 id="decide" {
                @if count == 1 { "The problem customers name" } @else { "The largest customer problems" }
            }
            p class="how" { (why_no_fix(reader)) }
            ol class="fixes" {
                @for (at, pain) in shown {
                    li class="fix" {
                        div class="fix-head" {
                            span class="number big customer" { (at + 1) }
                            div class="fix-title" { h3 { (problem_link(at + 1, pain)) } }
                        }
                        div class="fix-body two" {
                            div class="side customers" {
                                h4 { "Customers say" }
                                @if let Some(quote) = short_quote(&pain.quotes, 0, QUOTE) {
                                    blockquote { p { "\u{201c}" (quote) "\u{201d}" } }
                                }
                                p class="facts" { (facts(reader, pain)) }
                            }
                            fieldset class="decide" {
                                legend { "Who finds out" span class="hidden" { " about problem " (at + 1) } }
                                div class="owner" {
                                    label for=(format!("owner-{}", at + 1)) {
                                        "Owner" span class="hidden" { " of problem " (at + 1) }
                                    }
                                    input type="text" id=(format!("owner-{}", at + 1)) autocomplete="off"
                                        value=[pain.owner.as_deref()];
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn why_no_fix(reader: &Reader<'_>) -> &'static str {
    if !reader.heard_staff() {
        "Customers feel the problem; the people who serve them know what to change. They \
         haven\u{2019}t been asked yet, so no fix can be put forward."
    } else if reader.brief.levers.is_empty() {
        "Employees answered, but no proposal is shared by enough of them to be put forward."
    } else if reader
        .brief
        .matches
        .iter()
        .any(|found| found.strength > Strength::Weak && reader.fix(&found.lever).is_some())
    {
        "What employees say that clearly goes with these problems is said by too few to show their \
         words, and no title tells what it is: it stands under Why they match."
    } else if !has_proposals(reader) {
        "Employees named what stands in their way, but none of it clearly goes with one of these \
         problems."
    } else {
        "Employees proposed fixes, but none answers one of these problems clearly enough to be put \
         forward."
    }
}

/// Whether anybody was heard on what to change, or only on what stands in the way.
fn has_proposals(reader: &Reader<'_>) -> bool {
    reader
        .brief
        .levers
        .iter()
        .any(|lever| lever.support.ideas > 0 || lever.support.blocks == 0)
}

fn proposed(reader: &Reader<'_>) -> Markup {
    let mut fixes = reader.fixes();
    // What no words name tells nobody anything.
    fixes.retain(|(_, lever)| !lever.is_nameless());
    fixes.sort_by_key(|(number, lever)| (std::cmp::Reverse(lever.support.people), *number));
    let on_work: u64 = reader.brief.needs.iter().map(|need| need.people).sum();
    let on_customers: u64 = reader
        .fixes()
        .iter()
        .map(|(_, lever)| lever.support.people)
        .sum();
    html! {
        section class="proposed" aria-labelledby="proposed" {
            h2 id="proposed" {
                @if has_proposals(reader) { "What employees propose" } @else { "What stands in employees\u{2019} way" }
            }
            @if fixes.is_empty() {
                p { "Their answers share too few words to be named here. \u{201c}Proposed fixes\u{201d} below has what there is." }
            } @else {
                p class="how" { "By how many people are behind it. How much customers would notice can\u{2019}t be told from this data." }
                ul class="plain" {
                    @for (number, lever) in fixes.into_iter().take(SHOWN) {
                        li { (fix_link(number, lever)) " \u{2013} " (people(&lever.support)) }
                    }
                }
            }
            @if on_work > on_customers {
                p class="how" { "Most of what employees wrote is about work itself: " a href="#needs" { "What staff need" } "." }
            }
        }
    }
}

fn next_step(reader: &Reader<'_>) -> Markup {
    html! {
        section class="next" aria-labelledby="next" {
            h2 id="next" { "What to do next" }
            @if reader.brief.pains.is_empty() && reader.heard_staff() {
                p {
                    "Gather more of what customers say: more months, more sources, the comments beside the scores. "
                    "Employees\u{2019} proposals wait below, to be set beside it."
                }
            } @else if reader.heard_staff() {
                p {
                    "Take the largest problems back to the people closest to them, with customers\u{2019} "
                    "own words, and ask what simple change would help. If proposals name the step of "
                    "the journey or the team, they can be tied to problems better."
                }
            } @else {
                p { "Ask everyone whose work reaches these customers two questions; two minutes are enough:" }
                ol class="questions" {
                    li { "What is the simplest thing we could change inside the company that would help our customers?" }
                    li { "What stands in the way of your part?" }
                }
                p { "With their answers beside this feedback, the next brief can put fixes forward." }
            }
        }
    }
}
