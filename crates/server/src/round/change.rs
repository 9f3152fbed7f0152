//! Changing a draft, and taking it away.

use super::fields::Fields;
use super::form::{Needs, form};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::sent::Sent;
use crate::page::sure::{sure, ticked};
use crate::page::words::refusal;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use throughline_domain::listen::RoundState;
use throughline_ledger::LedgerError;
use throughline_ledger::rounds;
use uuid::Uuid;

/// `GET /rounds/{id}/draft`
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Response, Failure> {
    let round = rounds::by_id(&app.ledger, id).await?;
    if round.state != RoundState::Draft {
        return Ok(Redirect::to(&format!("/rounds/{id}")).into_response());
    }
    let fields = Fields::from_draft(&round.draft());
    page(&app, &who, id, &fields, None).await
}

/// `POST /rounds/{id}/draft`
pub(crate) async fn change(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::of(pairs);
    let draft = match fields.draft() {
        Ok(draft) => draft,
        Err(wrong) => return page(&app, &who, id, &fields, Some(&wrong)).await,
    };
    match rounds::edit(&app.ledger, id, draft, who.email.clone()).await {
        Ok(()) => Ok(Redirect::to(&format!("/rounds/{id}")).into_response()),
        Err(LedgerError::Refused { what, hint }) => {
            page(&app, &who, id, &fields, Some(&refusal(&what, &hint))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /rounds/{id}/remove`
pub(crate) async fn remove(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    sent: Sent,
) -> Result<Redirect, Failure> {
    ticked(&sent)?;
    rounds::remove(&app.ledger, id, who.email).await?;
    Ok(Redirect::to("/rounds"))
}

async fn page(
    app: &App,
    who: &Who,
    id: Uuid,
    fields: &Fields,
    wrong: Option<&str>,
) -> Result<Response, Failure> {
    let needs = Needs::read(app).await?;
    let body = html! {
        p { a href=(format!("/rounds/{id}")) { "\u{2190} " (fields.one("name")) } }
        h1 { "Change the round" }
        (form(&format!("/rounds/{id}/draft"), fields, &needs, &needs.known, wrong))
        details class="apart" {
            summary { "Take this draft away" }
            form method="post" action=(format!("/rounds/{id}/remove")) {
                (sure("The draft goes, with all that was filled in"))
                button class="danger" { "Take it away" }
            }
        }
    };
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, office(("Rounds", "Change the round"), who, &body)).into_response())
}
