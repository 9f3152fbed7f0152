//! `GET /rounds/{id}/levers`: the fixes of a round.

use super::words;
use crate::error::Failure;
use crate::guard::Who;
use crate::moderation::{Tab, tabs};
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::day;
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use throughline_ledger::{levers, votes};

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
) -> Result<Markup, Failure> {
    let voting = votes::voting(&app.ledger, round).await?;
    let list = levers::list(&app.ledger, round).await?;
    let address = app
        .config
        .public_url
        .join(&format!("/said/{round}"))
        .map_err(|error| Failure::Fault(error.to_string()))?;
    let body = html! {
        (tabs(round, Tab::Levers))
        h1 { "You said, we did" }
        p class="lead" { (voting.name) ": what the company does about what was proposed." }
        @if list.is_empty() {
            div class="empty" {
                p { "Nothing is said yet. Add the first fix as soon as it is heard: people read that before they read that it is done." }
                p { a class="button" href={ "/rounds/" (round) "/levers/new" } { "Add a fix" } }
            }
        } @else {
            p class="measure" {
                "Employees read this page without an account: post its address where they look. "
                "Counts of fewer than " (voting.terms.minimum_group) " people aren't said there."
            }
            p { a href=(address) class="address" { (address) } }
            div class="levers" {
                @for lever in &list {
                    article class="card lever" {
                        p class={ "status " (lever.draft.status.name()) } { (words(lever.draft.status)) }
                        h2 { a href={ "/rounds/" (round) "/levers/" (lever.id) } { (lever.draft.title.as_str()) } }
                        @if !lever.draft.why.is_empty() { p { (lever.draft.why.as_str()) } }
                        @if !lever.draft.customers_since.is_empty() {
                            p { span class="soft" { "Customers since: " } (lever.draft.customers_since.as_str()) }
                        }
                        p class="soft" {
                            @match lever.draft.ideas.len() {
                                0 => "no idea taken up",
                                1 => "1 idea taken up",
                                n => { (n) " ideas taken up" }
                            }
                            " \u{b7} " (lever.people) @if lever.people == 1 { " person" } @else { " people" }
                            " \u{b7} changed " (day(lever.changed_on))
                        }
                    }
                }
            }
            p { a class="button" href={ "/rounds/" (round) "/levers/new" } { "Add a fix" } }
        }
    };
    Ok(office(("Rounds", "You said, we did"), &who, &body))
}
