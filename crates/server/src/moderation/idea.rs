//! `GET /rounds/{id}/ideas/{idea}`: a shown idea, its words, and what was merged into it.

use super::{Tab, moderator, tabs};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::{people, sentence};
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use throughline_disclosure::LONGEST_SHOWN;
use throughline_ledger::ideas;
use uuid::Uuid;

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids(place): Ids<2>,
) -> Result<Markup, Failure> {
    page(&app, &who, place, None).await
}

/// The page, with what couldn't be done: what, what to do, what was typed.
pub(super) async fn page(
    app: &App,
    who: &Who,
    [round, id]: [Uuid; 2],
    problem: Option<(String, String, String)>,
) -> Result<Markup, Failure> {
    let moderator = moderator(who)?;
    let shown = ideas::shown(&app.ledger, round).await?;
    let idea = shown
        .iter()
        .find(|idea| idea.id == id)
        .ok_or(Failure::NotFound)?;
    let merged = ideas::merged(&app.ledger, round, id).await?;
    let typed = problem
        .as_ref()
        .map_or(idea.words.as_str(), |problem| &problem.2);
    let at = format!("/rounds/{round}/ideas/{id}");
    let body = html! {
        (tabs(round, Tab::Shown))
        h1 { "A shown idea" }
        blockquote class="idea" dir="auto" { (*idea.words) }
        p class="soft" {
            (people(idea.count))
            @if idea.own_words { " \u{b7} in the company's words, since its sender's may not be quoted" }
        }
        @if let Some((what, hint, _)) = &problem {
            div class="error" role="alert" { p { strong { (sentence(what)) } " " (sentence(hint)) } }
        }
        form method="post" action={ (at) "/reword" } {
            div class="field" {
                label for="text" { "Change the words" }
                textarea id="text" name="text" maxlength=(LONGEST_SHOWN) rows="3" { (typed) }
                span class="hint" { "Votes stay with it: change how it is said, not what it says." }
            }
            button { "Keep these words" }
        }
        @if !merged.is_empty() {
            h2 { "Merged into it" }
            ul class="ideas" {
                @for (other, words) in &merged {
                    li {
                        p dir="auto" { (moderator.proposal(words).text) }
                        form method="post" action={ "/rounds/" (round) "/ideas/" (other) "/undo" } {
                            input type="hidden" name="seen" value="merged";
                            button class="quiet" { "Take it apart" }
                        }
                    }
                }
            }
        }
        div class="actions" {
            a class="button quiet" href={ (at) "/merge" } { "Merge it with another" }
            form method="post" action={ (at) "/undo" } {
                input type="hidden" name="seen" value="shown";
                button class="quiet" { "Take it back" }
            }
        }
        p class="soft" { "Taken back, it waits to be read again and its votes don't count until it is shown." }
    };
    Ok(office(("Rounds", "A shown idea"), who, &body))
}
