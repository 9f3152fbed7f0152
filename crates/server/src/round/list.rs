//! `GET /rounds`

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::words::{capital, day};
use crate::state::App;
use axum::extract::State;
use axum::http::Method;
use maud::{Markup, html};
use throughline_domain::listen::RoundState;
use throughline_ledger::rounds::{self, Round};

/// All rounds.
pub(crate) async fn show(State(app): State<App>, who: Who) -> Result<Markup, Failure> {
    let rounds = rounds::all(&app.ledger).await?;
    let body = html! {
        h1 { "Rounds" }
        @if rounds.is_empty() {
            p class="lead" { "A round asks employees one question, in two minutes, on a phone: what simple change here would help our customers?" }
        }
        @if who.may(&Method::POST, "/rounds") {
            p { a class="button" href="/rounds/new" { "Set up a round" } }
        }
        @for round in &rounds {
            article class="card row" {
                div {
                    h2 { a href=(format!("/rounds/{}", round.id)) { (round.name) } }
                    p { (capital(&when(round))) }
                }
                p { (state(round.state)) }
            }
        }
    };
    Ok(office("Rounds", &who, &body))
}

/// A round's state, as a word.
pub(crate) fn state(state: RoundState) -> Markup {
    let (class, word) = match state {
        RoundState::Draft => ("tag draft", "draft"),
        RoundState::Open => ("tag open", "open"),
        RoundState::Closed => ("tag closed", "closed"),
    };
    html! { span class=(class) { (word) } }
}

/// When a round is, in a sentence.
pub(crate) fn when(round: &Round) -> String {
    match (round.state, round.opened_on, round.closed_on) {
        (RoundState::Closed, Some(opened), Some(closed)) => {
            format!("{} to {}", day(opened), day(closed))
        }
        (RoundState::Open, Some(opened), _) => match round.closes_on {
            Some(last) => format!("open since {}; {} is the last day", day(opened), day(last)),
            None => format!("open since {}", day(opened)),
        },
        _ => match (round.opens_on, round.closes_on) {
            (Some(opens), Some(last)) if !round.scheduled_by.is_empty() => {
                format!("opens by itself on {}, until {}", day(opens), day(last))
            }
            (Some(opens), Some(last)) => format!("planned from {} to {}", day(opens), day(last)),
            (None, Some(last)) => format!("planned until {}", day(last)),
            _ => "no dates yet".to_owned(),
        },
    }
}
