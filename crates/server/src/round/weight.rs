//! What an audience means before a round opens: what will be shown, what won't, who was asked lately.

use crate::page::words::{count, day, people};
use maud::{Markup, html};
use throughline_domain::listen::Terms;
use throughline_ledger::rounds::Weight;

/// Units shown.
const SHOWN: usize = 200;

/// In words and as a table.
pub(super) fn weight(weight: &Weight, terms: &Terms) -> Markup {
    // A brief tells of the company and the first level below it, and of nothing else.
    let told: Vec<_> = weight.units.iter().filter(|unit| unit.depth < 2).collect();
    let small = told.iter().filter(|unit| !unit.figures).count();
    html! {
        p { strong { (people(weight.people)) } " would be asked"
            @if weight.slips > 0 { ": " (count(weight.links)) " by a link of their own, " (count(weight.slips)) " by a slip" }
            "." }
        @if weight.people == 0 {
            p class="warning" { "Nobody would be asked. " a href="/people" { "Bring your people" } " first, or choose other units." }
        } @else if !weight.brief {
            p class="warning" {
                "So few people can\u{2019}t be hidden among each other: "
                @if weight.people < usize::try_from(terms.minimum_group).unwrap_or(usize::MAX) {
                    "no figure, no word and no brief will ever be shown from this round, and nobody reads what fewer than ten people wrote."
                } @else {
                    "a brief needs 30 answers, so none will come of this round; single figures need " (count(terms.minimum_group)) " answers, words " (count(terms.minimum_comments)) "."
                }
            }
        }
        @if weight.asked_people > 0 {
            div class="warning" {
                p { strong { (people(weight.asked_people)) } " of them were asked within the last 90 days:" }
                ul { @for asked in &weight.asked { li { (asked.name) ", " (day(asked.on)) ": " (people(asked.people)) } } }
                p { "People who are asked too often stop answering. Ask others, or wait." }
            }
        }
        @if !weight.units.is_empty() {
            details {
                summary {
                    @if small == 0 { "What can be shown about each unit" }
                    @else { "What can be shown about each unit (about " (count(small)) " of " (count(told.len())) " nothing)" }
                }
                p class="soft" { "From how many answers on. The brief tells of the company and its first level alone; whoever is in a smaller unit counts with the one above it." }
                div class="scroll" tabindex="0" role="region" aria-label="What can be shown about each unit" {
                    table {
                        thead { tr { th scope="col" { "Unit" } th scope="col" class="number" { "Asked" } th scope="col" { "Figures" } th scope="col" { "Words" } } }
                        tbody {
                            @for unit in told.iter().take(SHOWN) {
                                tr {
                                    th scope="row" class=(format!("name deep{}", unit.depth.min(6))) { (unit.name) }
                                    td class="number" { (count(unit.people)) }
                                    td { (yes(unit.figures, terms.minimum_group)) }
                                    td { (yes(unit.words, terms.minimum_comments)) }
                                }
                            }
                        }
                    }
                }
                @if told.len() > SHOWN { p class="soft" { "The first " (count(SHOWN)) " are shown." } }
            }
        }
    }
}

fn yes(shown: bool, least: u32) -> String {
    if shown {
        format!("from {least}")
    } else {
        "never".to_owned()
    }
}
