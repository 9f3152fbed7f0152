//! What staff need for themselves, unranked and by name, and what customers praise.

use super::figure::{heading, inline, quotes};
use super::reader::Reader;
use crate::say::{self, Unit};
use maud::{Markup, html};

/// What staff need.
pub(super) fn needs(reader: &Reader<'_>) -> Markup {
    let mut needs: Vec<_> = reader.brief.needs.iter().collect();
    needs.sort_by_key(|need| (need.title.to_lowercase(), need.id.clone()));
    html! {
        section class="part" aria-labelledby="needs" {
            (heading("needs", "What staff need"))
            p class="lead" {
                "Employees also wrote about work itself. Their needs stand here by name, not by weight, and are "
                "not set against customers\u{2019} problems. A fix that helps customers by wearing people out is "
                "no success."
            }
            div class="columns many" {
                @for need in needs {
                    div class="card" {
                        h3 { (say::sentence(&need.title)) }
                        p class="facts" { (say::plural(need.people, "person names it", "people name it")) "." }
                        (quotes(&need.quotes))
                    }
                }
            }
        }
    }
}

/// What customers praise.
pub(super) fn strengths(reader: &Reader<'_>) -> Markup {
    html! {
        section class="part" aria-labelledby="strengths" {
            (heading("strengths", "What customers praise"))
            p class="lead" { "What to keep, whatever changes." }
            div class="columns many" {
                @for praise in &reader.brief.strengths {
                    div class="card" {
                        h3 { (say::sentence(&praise.title)) }
                        p class="facts" {
                            (say::plural(praise.comments, "comment", "comments"))
                            @if let Some(reach) = praise.reach.estimate() {
                                ", " (inline(reach, Unit::Share, " of responses"))
                            }
                            "."
                        }
                        (quotes(&praise.quotes))
                    }
                }
            }
        }
    }
}
