//! Opening a round: what freezes is said before.

use super::weight::weight;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::{day, people};
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;
use throughline_domain::listen::RoundState;
use throughline_ledger::rounds;

/// `GET /rounds/{id}/opening`
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let round = rounds::by_id(&app.ledger, id).await?;
    if round.state != RoundState::Draft {
        return Err(Failure::refused(
            "this round was opened already",
            "Go back to the rounds and look at it.",
        ));
    }
    let today = app.clock.today();
    let weighed = round.weigh(&app.ledger, today).await?;
    let later = round.opens_on.filter(|day| *day > today);
    let at = |place: &str| format!("/rounds/{id}/{place}");
    let body = html! {
        p { a href=(format!("/rounds/{id}")) { "\u{2190} " (round.name) } }
        h1 { "Open \u{201c}" (round.name) "\u{201d}" }
        (weight(&weighed, &round.terms))
        h2 { "From then on nobody can change" }
        ul {
            li { "what is asked, and in which languages;" }
            li { "the promise: figures from " (round.terms.minimum_group) " answers, words from " (round.terms.minimum_comments) ", words kept for " (round.terms.keep_words_days) " days;" }
            li { "who is asked, and in which unit and role they count, whatever changes in the company meanwhile." }
        }
        p { "The last day can be moved on, and never back"
            @if let Some(last) = round.closes_on { "; it is " (day(last)) } ". Opening sends nothing: links, letters and slips follow on the next page." }
        div class="actions" {
            form method="post" action=(at("opening")) { button { "Open it now for " (people(weighed.people)) } }
            @if let Some(later) = later {
                form method="post" action=(at("schedule")) {
                    input type="hidden" name="on" value="yes";
                    button class="quiet" { "Let it open by itself on " (day(later)) }
                }
            }
            a class="button quiet" href=(format!("/rounds/{id}")) { "Not yet" }
        }
    };
    Ok(office(
        ("Rounds", &format!("Open \u{201c}{}\u{201d}", round.name)),
        &who,
        &body,
    ))
}

/// `POST /rounds/{id}/opening`
pub(crate) async fn open(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Redirect, Failure> {
    rounds::open(&app.ledger, id, app.clock.today(), who.email).await?;
    Ok(Redirect::to(&format!("/rounds/{id}")))
}

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct Filled {
    #[serde(default)]
    on: String,
}

/// `POST /rounds/{id}/schedule`
pub(crate) async fn schedule(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    Form(filled): Form<Filled>,
) -> Result<Redirect, Failure> {
    rounds::schedule(&app.ledger, id, filled.on == "yes", who.email).await?;
    Ok(Redirect::to(&format!("/rounds/{id}")))
}
