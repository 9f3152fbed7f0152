//! Where one side is silent: problems that no fix answers, fixes that answer none that was found.

use super::facts::{behind, facts};
use super::figure::{fix_link, heading, problem_link, short_quote};
use super::problems::clearly_costs;
use super::reader::Reader;
use maud::{Markup, html};

/// Whether there is anything to say.
pub(super) fn any(reader: &Reader<'_>) -> bool {
    // Where no problem was found, nothing can be said to be missing.
    reader.heard_staff()
        && !reader.brief.pains.is_empty()
        && !(reader.brief.gap_pains.is_empty() && reader.brief.gap_levers.is_empty())
}

/// The section.
pub(super) fn gaps(reader: &Reader<'_>) -> Markup {
    let problems: Vec<_> = reader
        .brief
        .gap_pains
        .iter()
        .filter_map(|id| reader.problem(id))
        .collect();
    let sized = problems.iter().any(|(_, pain)| clearly_costs(pain));
    // What nobody can say costs points is named, and no more: what hurts comes first.
    let (problems, unclear): (Vec<_>, Vec<_>) = problems
        .into_iter()
        .partition(|(_, pain)| !sized || clearly_costs(pain));
    let fixes: Vec<_> = reader
        .brief
        .gap_levers
        .iter()
        .filter_map(|id| reader.fix(id))
        .collect();
    html! {
        section class="part" aria-labelledby="gaps" {
            (heading("gaps", "Where one side is silent"))
            div class="columns" {
                div class="column customers" {
                    h3 { "Customers say, no fix found" }
                    @if problems.is_empty() { p class="soft" { "Each problem is answered by a proposed fix, as far as words and places can tell." } }
                    @else { p class="soft" { "Among the proposals none was found whose words and place clearly fit. Read them, and ask the people closest." } }
                    @for (number, pain) in problems {
                        div class="card" {
                            p class="name" { (problem_link(number, pain)) }
                            @if let Some(quote) = short_quote(&pain.quotes, 0, 200) { blockquote { p { "\u{201c}" (quote) "\u{201d}" } } }
                            p class="facts" { (facts(reader, pain)) }
                        }
                    }
                    @if !unclear.is_empty() {
                        p class="soft" {
                            "No fix was found for these, either; whether they lower the score can\u{2019}t be told: "
                            @for (at, (number, pain)) in unclear.iter().enumerate() {
                                @if at > 0 { ", " } (problem_link(*number, pain))
                            } "."
                        }
                    }
                }
                div class="column staff" {
                    h3 { "Employees say, no customer problem found" }
                    @if fixes.is_empty() { p class="soft" { "Every proposed fix answers something that customers name." } }
                    @else { p class="soft" { "None of what customers name clearly goes with them. Worth hearing all the same: customers can\u{2019}t see everything that serves them." } }
                    @for (number, lever) in fixes {
                        div class="card" {
                            p class="name" { (fix_link(number, lever)) }
                            @if let Some(quote) = short_quote(&lever.quotes, 0, 200) { blockquote { p { "\u{201c}" (quote) "\u{201d}" } } }
                            p class="facts" { (behind(&lever.support)) }
                        }
                    }
                }
            }
        }
    }
}
