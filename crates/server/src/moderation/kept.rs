//! `GET /rounds/{id}/ideas/shown` and `/refused`: what was decided.

use super::{Tab, moderator, said, tabs};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::people;
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use throughline_ledger::{ideas, votes};

/// Refused ideas on the page.
const A_PAGE: usize = 50;

/// Shown ones, most people first.
pub(crate) async fn shown(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
) -> Result<Markup, Failure> {
    moderator(&who)?;
    let voting = votes::voting(&app.ledger, round).await?;
    let shown = ideas::shown(&app.ledger, round).await?;
    let body = html! {
        (tabs(round, Tab::Shown))
        h1 { "What colleagues see" }
        p class="lead" {
            (voting.name) ": "
            @match shown.len() {
                0 => "no idea is shown yet.",
                1 => "one idea is shown.",
                n => { (n) " ideas are shown." }
            }
        }
        @if !shown.is_empty() {
            p class="soft measure" { "Voters read these words. The count is how many people proposed it, those of merged ideas included; voters don't see it." }
            ol class="ideas" {
                @for idea in &shown {
                    li {
                        a href={ "/rounds/" (round) "/ideas/" (idea.id) } dir="auto" { (*idea.words) }
                        p class="soft" {
                            (people(idea.count))
                            @if idea.own_words { " \u{b7} in the company's words" }
                        }
                    }
                }
            }
        }
    };
    Ok(office(("Rounds", "Shown ideas"), &who, &body))
}

/// Refused ones, in random order.
pub(crate) async fn refused(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
) -> Result<Markup, Failure> {
    let moderator = moderator(&who)?;
    let voting = votes::voting(&app.ledger, round).await?;
    let (refused, all) = ideas::refused(&app.ledger, round, A_PAGE).await?;
    let body = html! {
        (tabs(round, Tab::Refused))
        h1 { "What was refused" }
        p class="lead" {
            (voting.name) ": "
            @match all {
                0 => "nothing was refused.",
                1 => "one idea was refused.",
                n => { (n) " ideas were refused." }
            }
            @if all > refused.len() as u64 { " " (refused.len()) " of them, drawn at random:" }
        }
        @for idea in &refused {
            article class="idea" {
                p dir="auto" { (moderator.proposal(&idea.words).text) }
                p { strong { (said(idea.refusal.reason)) "." } " " (idea.refusal.note) }
                form method="post" action={ "/rounds/" (round) "/ideas/" (idea.id) "/undo" } {
                    input type="hidden" name="seen" value="refused";
                    button class="quiet" { "Take it back" }
                }
            }
        }
    };
    Ok(office(("Rounds", "Refused ideas"), &who, &body))
}
