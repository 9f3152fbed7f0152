//! Numbers from teams as they are now, how committed teams say they are, spending and how far
//! it is used; and which of them moves first, where that was estimated.

use super::figure::{Reasons, figure, heading, inline, months_table};
use super::reader::Reader;
use crate::chart::{share_bar, sparkline};
use crate::say::{self, Unit};
use maud::{Markup, html};
use throughline_domain::Figure;
use throughline_domain::brief::{AdoptionPicture, Commitment, LinkPicture, MeasurePicture};
use throughline_domain::facts::{InitiativeKind, Side};

/// Whether there is anything to show.
pub(super) fn any(reader: &Reader<'_>) -> bool {
    let brief = reader.brief;
    !(brief.measures.is_empty()
        && brief.links.is_empty()
        && brief.commitment.is_none()
        && brief.initiatives.is_empty())
}

/// The section.
pub(super) fn measures(reader: &Reader<'_>) -> Markup {
    let brief = reader.brief;
    html! {
        section class="part" aria-labelledby="measures" {
            (heading("measures", "Teams and spending"))
            @if !brief.measures.is_empty() { (by_team(reader)) }
            @if !brief.links.is_empty() {
                (which_moves_first(&brief.links))
            }
            @if let Some(commitment) = &brief.commitment { (committed(commitment)) }
            @if !brief.initiatives.is_empty() { (spending(&brief.initiatives)) }
        }
    }
}

/// Both directions of each pair: the verdict, and the numbers behind it.
fn which_moves_first(links: &[LinkPicture]) -> Markup {
    let said = |link: &LinkPicture| match link.verdict.as_str() {
        "comes first" => match link.standardised {
            Some(path) if path < 0.0 => "moves first, the other way: more of it, then less",
            _ => "moves first",
        },
        "too small to matter" => "makes too little difference to matter",
        "no verdict" => "nothing can be said",
        _ => "can\u{2019}t tell",
    };
    let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| say::fixed(v, 2));
    html! {
        h3 { "Which moves first" }
        p {
            "When a team is above its own usual level on one number, does it move on the other in the next period? \
             Strength is in standard deviations; first in time isn\u{2019}t a cause."
        }
        table class="stack" role="table" aria-label="Which moves first" {
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { "From, then" }
                th role="columnheader" scope="col" { "Finding" }
                th role="columnheader" scope="col" class="num" { "Strength" }
                th role="columnheader" scope="col" class="num" { "Teams, periods" }
            } }
            tbody role="rowgroup" {
                @for link in links {
                    tr role="row" {
                        th role="rowheader" scope="row" { (say::sentence(&link.from)) " \u{2192} " (link.to) }
                        td role="cell" data-label="Finding" {
                            (said(link))
                            @if let Some(reason) = &link.reason { ": " (reason) }
                        }
                        td role="cell" class="num" data-label="Strength" {
                            @if link.standardised.is_some() {
                                (number(link.standardised)) " "
                                span class="range" { (number(link.standardised_low)) " to " (number(link.standardised_high)) }
                            } @else { span class="unknown" { "not known" } }
                        }
                        td role="cell" class="num" data-label="Teams, periods" {
                            @if link.n_units > 0 { (link.n_units) ", " (link.n_waves) }
                        }
                    }
                }
            }
        }
    }
}

fn by_team(reader: &Reader<'_>) -> Markup {
    let mut reasons = Reasons::default();
    let row = |one: &MeasurePicture, reasons: &mut Reasons| {
        let values: Vec<f64> = one.periods.iter().map(|point| point.value).collect();
        html! {
            tr role="row" class=[(one.side == Side::Employee).then_some("staff")] {
                th role="rowheader" scope="row" {
                    (say::sentence(&one.measure))
                    span class="owned" { (match one.side { Side::Employee => "about employees", Side::Customer => "about customers" }) }
                }
                td role="cell" class="num" data-label="Average" { (figure(&one.now, Unit::Plain, reasons)) }
                td role="cell" class="num" data-label="Teams" { (say::count(one.units)) }
                td role="cell" data-label="Period" { (say::month(&one.period)) }
                td role="cell" class="with-bar" data-label="So far" {
                    @if let Some(line) = sparkline(&values) { (line) }
                    @if let (Some(first), Some(last)) = (one.periods.first(), one.periods.last()) {
                        div { span class="range" { (say::fixed(first.value, 1)) " in " (say::month(&first.month)) " to " (say::fixed(last.value, 1)) } }
                    }
                }
            }
        }
    };
    let rows: Vec<Markup> = reader
        .brief
        .measures
        .iter()
        .map(|one| row(one, &mut reasons))
        .collect();
    html! {
        h3 { "Numbers from teams" }
        p { "As they are now." }
        table class="stack" role="table" aria-label="Numbers from teams" {
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { "Number" }
                th role="columnheader" scope="col" class="num" { "Average over teams" }
                th role="columnheader" scope="col" class="num" { "Teams" }
                th role="columnheader" scope="col" { "Period" }
                th role="columnheader" scope="col" { "So far" }
            } }
            tbody role="rowgroup" { @for row in rows { (row) } }
        }
        (reasons.list())
        @for one in reader.brief.measures.iter().filter(|one| !one.periods.is_empty()) {
            details {
                summary { (say::sentence(&one.measure)) " by month" }
                (months_table(&one.periods, Unit::Plain, "Average", "Teams"))
            }
        }
    }
}

fn committed(commitment: &Commitment) -> Markup {
    let end = |value: f64| say::fixed(value, usize::from(value.fract() != 0.0));
    html! {
        h3 { "How committed teams say they are" }
        p {
            "To deciding by customers\u{2019} outcomes, on a scale from " (end(commitment.scale.low)) " to " (end(commitment.scale.high)) ": "
            @match &commitment.rating {
                Figure::Known(estimate) => {
                    strong { (inline(estimate, Unit::Plain, " on average")) } ", from " (say::plural(estimate.n, "answer", "answers")) "."
                },
                Figure::Unknown(reason) => { "not known: " (say::why(reason)) "." },
            }
        }
        @if !commitment.shares.is_empty() {
            dl class="bars staff" {
                @for (at, (value, share)) in commitment.shares.iter().enumerate() {
                    dt {
                        (end(*value))
                        // Few at an end are counted with the next rating.
                        @if at == 0 && *value > commitment.scale.low { " or less" }
                        @else if at + 1 == commitment.shares.len() && *value < commitment.scale.high { " or more" }
                    }
                    dd { (share_bar(*share)) " " span { (say::fixed(share * 100.0, 0)) "%" } }
                }
            }
        }
    }
}

fn spending(lines: &[AdoptionPicture]) -> Markup {
    let mut reasons = Reasons::default();
    let row = |one: &AdoptionPicture, reasons: &mut Reasons| {
        html! {
            tr role="row" {
                th role="rowheader" scope="row" {
                    (say::sentence(&one.name))
                    span class="owned" { (match one.kind {
                        InitiativeKind::People => "people",
                        InitiativeKind::Process => "ways of working",
                        InitiativeKind::Technology => "technology",
                    }) }
                }
                td role="cell" class="num" data-label="Spent" {
                    @match one.spend { Some(spend) => { (say::rounded_money(spend)) }, None => { span class="unknown" { "not given" } } }
                }
                td role="cell" class="num" data-label="Could use it" {
                    @match one.eligible { Some(people) => { (say::fixed(people, 0)) }, None => { span class="unknown" { "not given" } } }
                }
                td role="cell" class="with-bar" data-label="Use it" {
                    @if let Some(share) = one.adopted.value() { (share_bar(share)) }
                    div { (figure(&one.adopted, Unit::Share, reasons)) }
                }
            }
        }
    };
    let rows: Vec<Markup> = lines.iter().map(|one| row(one, &mut reasons)).collect();
    html! {
        h3 { "Spending, and how far it is used" }
        table class="stack" role="table" aria-label="Spending, and how far it is used" {
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { "Spending line" }
                th role="columnheader" scope="col" class="num" { "Spent" }
                th role="columnheader" scope="col" class="num" { "Could use it" }
                th role="columnheader" scope="col" { "Use it" }
            } }
            tbody role="rowgroup" { @for row in rows { (row) } }
        }
        (reasons.list())
    }
}
