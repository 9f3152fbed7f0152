//! Proposed fixes in their order: what is in play, ease, places with their ranges and which
//! may change them, and who is behind each.

use super::expected::expected;
use super::facts::{behind, ease, impact, percent};
use super::figure::{Reasons, figure, fix_numbers, heading, problem_link, quotes, strength};
use super::reader::{InPlay, Reader, fix_anchor};
use crate::chart::{Domain, interval_bar, rank_bar};
use crate::say::{self, Unit};
use maud::{Markup, html};
use throughline_domain::Interval;
use throughline_domain::brief::{EaseFrom, Lever, Quote, Rank};

struct Columns {
    size: bool,
    ease: bool,
    place: bool,
    domain: Option<Domain>,
}

/// The section.
pub(super) fn fixes(reader: &Reader<'_>) -> Markup {
    let levers = reader.fixes();
    let spreads: Vec<_> = levers
        .iter()
        .filter_map(|(_, lever)| {
            let (figure, unit) = reader.size_of(lever);
            figure
                .estimate()
                .map(|estimate| say::spread(estimate, unit))
        })
        .collect();
    let columns = Columns {
        size: reader.in_play != InPlay::Nothing,
        ease: levers
            .iter()
            .any(|(_, lever)| lever.ease.from != EaseFrom::NotAsked),
        place: reader.ranked() > 0,
        domain: Domain::around(&spreads),
    };
    let mut reasons = Reasons::default();
    let rows: Vec<Markup> = levers
        .iter()
        .map(|(number, lever)| row(reader, &columns, *number, lever, &mut reasons))
        .collect();
    html! {
        section class="part" aria-labelledby="fixes" {
            (heading("fixes", "Proposed fixes"))
            p class="lead" { (explanation(reader, &columns)) }
            table class="stack fixes-table" role="table" aria-labelledby="fixes" {
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { "Fix" }
                    th role="columnheader" scope="col" class="num" { "People behind it" }
                    @if columns.size { th role="columnheader" scope="col" { (size_title(reader)) } }
                    @if columns.ease { th role="columnheader" scope="col" { "Ease" } }
                    @if columns.place { th role="columnheader" scope="col" { "Place in the order" } }
                } }
                @for row in &rows { (row) }
            }
            (reasons.list())
            (alike(reader))
            (expected(reader))
        }
    }
}

fn explanation(reader: &Reader<'_>, columns: &Columns) -> String {
    let mut text = String::from(
        "Groups of ideas that belong together, and of what stands in people\u{2019}s way. Fixes on page \
         one come first.",
    );
    if columns.place {
        text.push_str(
            " The place in the order weighs what is in play for customers and how simple a fix is; its \
             ranges are wide where little is known, and fixes whose ranges meet may change places.",
        );
    }
    if !columns.ease {
        text.push_str(" Nobody was asked how simple they are.");
    }
    if reader.in_play == InPlay::Nothing {
        text.push_str(" What they would touch can\u{2019}t be told from this data.");
    }
    text
}

fn size_title(reader: &Reader<'_>) -> String {
    match reader.in_play {
        InPlay::Share => "Share of responses in play".to_owned(),
        _ => format!("{} in play", say::sentence(reader.points())),
    }
}

fn row(
    reader: &Reader<'_>,
    columns: &Columns,
    number: usize,
    lever: &Lever<Quote>,
    reasons: &mut Reasons,
) -> Markup {
    let (size, unit) = reader.size_of(lever);
    let width =
        2 + usize::from(columns.size) + usize::from(columns.ease) + usize::from(columns.place);
    html! {
        tbody role="rowgroup" id=(fix_anchor(number)) {
            tr role="row" class="figures" {
                th role="rowheader" scope="row" {
                    div class="named" {
                        span class="number" { (number) }
                        div {
                            span class="name" { (say::sentence(&lever.title)) }
                            @if let Some(owner) = &lever.owner { span class="owned" { "Owner: " (owner) } }
                        }
                    }
                }
                td role="cell" class="num" data-label="People behind it" {
                    span class="value" { (say::count(lever.support.people)) }
                    @if lever.support.units > 0 { " " span class="range" { (say::plural(lever.support.units, "team", "teams")) } }
                }
                @if columns.size {
                    td role="cell" class="with-bar" data-label="In play" {
                        @if let (Some(domain), Some(estimate)) = (columns.domain, size.estimate()) {
                            @let (value, ends) = say::spread(estimate, unit);
                            (interval_bar(domain, value, ends))
                        }
                        div {
                            (figure(size, unit, reasons))
                            @if let Some(estimate) = size.estimate() {
                                @if estimate.ends().is_some_and(|Interval { low, high }| low <= 0.0 && high >= 0.0) {
                                    " " span class="range block" { "not enough to tell" }
                                }
                            }
                        }
                    }
                }
                @if columns.ease { td role="cell" data-label="Ease" { (ease_cell(lever, reasons)) } }
                @if columns.place {
                    td role="cell" class="with-bar" data-label="Place in the order" {
                        @match &lever.rank {
                            Some(rank) => { (place_cell(reader, lever, rank)) },
                            None => { span class="unknown" { "no place" } },
                        }
                    }
                }
            }
            tr role="row" class="more" {
                td role="cell" colspan=(width) { (more(reader, lever)) }
            }
        }
    }
}

fn ease_cell(lever: &Lever<Quote>, reasons: &mut Reasons) -> Markup {
    html! {
        @match lever.ease.figure.estimate() {
            Some(estimate) => {
                span class="value words" { (say::ease_words(estimate.value)) }
                " " span class="range" {
                    (say::fixed(estimate.value * 100.0, 0)) " of 100"
                    @if let Some(Interval { low, high }) = estimate.ends() {
                        " (" (say::fixed(low * 100.0, 0)) " to " (say::fixed(high * 100.0, 0)) ")"
                    }
                }
            },
            None => { (figure(&lever.ease.figure, Unit::Share, reasons)) },
        }
    }
}

fn place_cell(reader: &Reader<'_>, lever: &Lever<Quote>, rank: &Rank) -> Markup {
    let of = reader.ranked();
    let tied = reader.tied_with(&lever.id, rank);
    html! {
        (rank_bar(rank.low, rank.place, rank.high, of))
        div {
            span class="value" { (rank.low) @if rank.high != rank.low { " to " (rank.high) } }
            " " span class="range" {
                @if !tied.is_empty() { "may change places with " (fix_numbers(&tied)) @if of > 5 { "; " } }
                @if of > 5 { "top five: " (percent(rank.top5_probability)) }
            }
        }
    }
}

fn more(reader: &Reader<'_>, lever: &Lever<Quote>) -> Markup {
    let answered: Vec<_> = lever
        .pains
        .iter()
        .filter_map(|one| reader.problem(&one.id).map(|found| (one, found)))
        .collect();
    let numbers = |ids: &[String]| -> Vec<usize> {
        let known = ids.iter().filter_map(|id| reader.fix(id));
        known.map(|(number, _)| number).collect()
    };
    let (overlaps, alike) = (numbers(&lever.overlaps), numbers(&lever.alike));
    html! {
        details {
            summary { "In employees\u{2019} words, and who they are" span class="hidden" { ": " (lever.title) } }
            div class="behind" {
                @if let Some(step) = &lever.first_step {
                    p class="first-step" { strong { "A simple first step: " } "\u{201c}" (step.words) "\u{201d}"
                        @if !step.from.is_empty() { " " span class="soft" { (step.from) } } }
                }
                (quotes(&lever.quotes))
                @if lever.quotes.is_empty() && lever.first_step.is_none() {
                    p class="soft" { "No words of theirs can be shown: too few people wrote about it, or none of it may be quoted." }
                }
                dl {
                    dt { "Behind it" } dd { (behind(&lever.support)) (asked(lever)) }
                    @if !lever.support.unit_names.is_empty() {
                        dt { "Teams" } dd { (names(&lever.support.unit_names, lever.support.units)) }
                    }
                    @if !lever.support.role_names.is_empty() {
                        dt { "Roles" } dd { (names(&lever.support.role_names, lever.support.roles)) }
                    }
                    dt { "Answers" }
                    dd {
                        @if answered.is_empty() { "No customer problem." } @else {
                            ul class="plain" { @for (one, (number, pain)) in &answered {
                                li {
                                    (problem_link(*number, pain)) " (" (strength(one.strength)) ")"
                                    @if one.shared { span class="soft" { ", as another fix does" } }
                                }
                            } }
                        }
                    }
                    @if !overlaps.is_empty() { dt { "Overlaps with" } dd { (fix_numbers(&overlaps)) ": don\u{2019}t add their sizes." } }
                    @if !alike.is_empty() { dt { "Probably the same as" } dd { (fix_numbers(&alike)) ", worded otherwise." } }
                    dt { "Ease" } dd { (say::sentence(&ease(lever))) "." }
                    @if let Some(impact) = impact(lever) {
                        dt { "Expected to help customers" } dd { (say::sentence(&impact)) "." }
                    }
                    @if !lever.words.is_empty() && lever.named_after.is_none() { dt { "Telling words" } dd { (lever.words.join(", ")) } }
                    dt { "Id, to correct it by" } dd { code { (lever.id) } }
                }
            }
        }
    }
}

/// How it was said: as an idea, or as what stands in the way. A count that isn't shown is zero.
fn asked(lever: &Lever<Quote>) -> Markup {
    let support = &lever.support;
    html! {
        @if support.ideas > 0 && support.blocks > 0 {
            " Proposed by " (say::count(support.ideas)) ", named as standing in the way by " (say::count(support.blocks)) "."
        } @else if support.ideas == support.people {
            " Proposed as an idea."
        } @else if support.blocks == support.people {
            " Named as standing in the way."
        }
    }
}

fn names(names: &[String], all: u64) -> String {
    let rest = all.saturating_sub(names.len() as u64);
    if rest > 0 {
        format!("{} and {} more.", names.join(", "), say::count(rest))
    } else {
        format!("{}.", names.join(", "))
    }
}

/// Fixes that several audiences propose alike.
fn alike(reader: &Reader<'_>) -> Markup {
    let ground: Vec<_> = reader
        .brief
        .common_ground
        .iter()
        .filter_map(|one| reader.fix(&one.lever).map(|fix| (one, fix)))
        .collect();
    html! {
        @if !ground.is_empty() {
            h3 { "Common ground" }
            p { "Proposed alike by people who seldom sit together:" }
            ul class="plain wide" {
                @for (one, (number, lever)) in ground {
                    li { (super::figure::fix_link(number, lever)) " \u{2013} " (say::list(&one.audiences)) "." }
                }
            }
        }
    }
}
