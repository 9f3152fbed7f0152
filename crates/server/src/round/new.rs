//! Setting up a round.

use super::fields::Fields;
use super::form::{Needs, form};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::words::refusal;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use maud::html;
use throughline_ledger::LedgerError;
use throughline_ledger::rounds::{self, Draft};

/// `GET /rounds/new`: the form with usual answers.
pub(crate) async fn show(State(app): State<App>, who: Who) -> Result<Response, Failure> {
    let all = rounds::all(&app.ledger).await?;
    let fields = Fields::from_draft(&usual(app.clock.today(), all.first()));
    page(&app, &who, &fields, None).await
}

/// Next Monday for two weeks; words, terms and channel as in the last round.
fn usual(today: NaiveDate, last: Option<&rounds::Round>) -> Draft {
    let ahead = 7 - u64::from(today.weekday().days_since(Weekday::Mon));
    let opens = today.checked_add_days(Days::new(ahead)).unwrap_or(today);
    let mut draft = last.map(rounds::Round::draft).unwrap_or_default();
    let middle = opens.checked_add_days(Days::new(7)).unwrap_or(opens);
    draft.name = middle.format("%B %Y").to_string();
    draft.opens_on = Some(opens);
    draft.closes_on = opens.checked_add_days(Days::new(13));
    draft.audience.units.clear();
    if draft.languages.is_empty() {
        draft.languages = vec!["en".to_owned()];
    }
    draft
}

/// `POST /rounds`
pub(crate) async fn create(
    State(app): State<App>,
    who: Who,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields::of(pairs);
    let draft = match fields.draft() {
        Ok(draft) => draft,
        Err(wrong) => return page(&app, &who, &fields, Some(&wrong)).await,
    };
    match rounds::create(&app.ledger, draft, who.email.clone()).await {
        Ok(id) => Ok(Redirect::to(&format!("/rounds/{id}")).into_response()),
        Err(LedgerError::Refused { what, hint }) => {
            page(&app, &who, &fields, Some(&refusal(&what, &hint))).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    app: &App,
    who: &Who,
    fields: &Fields,
    wrong: Option<&str>,
) -> Result<Response, Failure> {
    let needs = Needs::read(app).await?;
    let body = html! {
        p { a href="/rounds" { "\u{2190} Rounds" } }
        h1 { "Set up a round" }
        p class="soft" { "Nothing is sent until you open it. Most of this has a usual answer." }
        (form("/rounds", fields, &needs, &needs.known, wrong))
    };
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, office(("Rounds", "Set up a round"), who, &body)).into_response())
}
