//! Why fixes and problems belong together, with the evidence.

use super::figure::{fix_link, heading, problem_link, strength};
use super::reader::Reader;
use crate::say;
use maud::{Markup, html};
use throughline_domain::brief::{Match, Strength};

/// The section.
pub(super) fn matches(reader: &Reader<'_>) -> Markup {
    let (clear, weak): (Vec<&Match>, Vec<&Match>) = reader
        .brief
        .matches
        .iter()
        .filter(|one| one.is_worth_reading())
        .filter(|one| reader.fix(&one.lever).is_some() && reader.problem(&one.pain).is_some())
        .partition(|one| one.strength >= Strength::Some);
    html! {
        section class="part" aria-labelledby="matches" {
            (heading("matches", "Why they match"))
            p class="lead" {
                "A match says that a fix and a problem are about the same thing, by what people wrote, "
                "where they work"
                @if reader.brief.votes_agree.estimate().is_some() { ", how teams differ and what employees expect of fixes" }
                @else { " and how teams differ" }
                ". The same subject is no proof that the fix is a remedy."
                @if reader.brief.review.calibrated {
                    " A person judged a sample of pairs; the chance beside a match says how often a reader would agree."
                }
            }
            @if clear.is_empty() {
                p { "No fix answers a problem clearly." }
            } @else {
                (table(reader, &clear, "Strong and some"))
            }
            @if !weak.is_empty() {
                details {
                    summary {
                        (say::sentence(&say::in_words(weak.len() as u64)))
                        @if weak.len() == 1 { " weak match" } @else { " weak matches" }
                        ", probably wrong: the order counts them by their small chance"
                    }
                    (table(reader, &weak, "Weak"))
                }
            }
        }
    }
}

fn table(reader: &Reader<'_>, matches: &[&Match], label: &str) -> Markup {
    html! {
        table class="stack matches" role="table" aria-label=(format!("{label} matches")) {
            thead role="rowgroup" { tr role="row" {
                th role="columnheader" scope="col" { "Customer problem" }
                th role="columnheader" scope="col" { "Fix" }
                th role="columnheader" scope="col" { "Match" }
                th role="columnheader" scope="col" { "Why" }
            } }
            tbody role="rowgroup" {
                @for one in matches {
                    @if let (Some((problem, pain)), Some((fix, lever))) = (reader.problem(&one.pain), reader.fix(&one.lever)) {
                        tr role="row" {
                            th role="rowheader" scope="row" data-label="Problem" { (problem_link(problem, pain)) }
                            td role="cell" data-label="Fix" { (fix_link(fix, lever)) }
                            td role="cell" data-label="Match" {
                                (strength(one.strength))
                                @if let Some(probability) = one.probability {
                                    " " span class="range" { "chance " (super::facts::percent(probability)) }
                                }
                            }
                            td role="cell" data-label="Why" class="because" { (one.because) }
                        }
                    }
                }
            }
        }
    }
}
