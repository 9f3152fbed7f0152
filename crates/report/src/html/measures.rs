//! Numbers from teams as they are now, how committed teams say they are, spending and how far
//! it is used. Pictures, no verdicts: which of them moves first isn't said unless estimated.

use super::figure::{Reasons, figure, heading, inline, months_table};
use super::reader::Reader;
use crate::chart::{share_bar, sparkline};
use crate::say::{self, Unit};
use maud::{Markup, html};
use throughline_domain::Figure;
use throughline_domain::brief::{AdoptionPicture, Commitment, MeasurePicture};
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
                h3 { "Which moves first" }
                ul class="plain wide" {
                    @for link in &brief.links { li { (link.from) " \u{2192} " (link.to) ": " (link.verdict) } }
                }
            }
            @if let Some(commitment) = &brief.commitment { (committed(commitment)) }
            @if !brief.initiatives.is_empty() { (spending(&brief.initiatives)) }
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
        p { "As they are now. Which of them moves first isn\u{2019}t estimated here, so nothing is claimed about it." }
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
                @for (value, share) in &commitment.shares {
                    dt { (end(*value)) }
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
