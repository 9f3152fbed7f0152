//! `POST /answer/attributes`: a shared code with attributes, where a round's terms allow it. Weak, and the
//! page says why.

use super::{Reader, nowhere, shut};
use crate::error::Failure;
use crate::language::Text;
use crate::limits::{Client, Door};
use crate::page::phone::phone;
use crate::state::App;
use crate::vote;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::ways_in;

/// The page that asks for them.
pub(super) fn ask(text: &Text, code: &str) -> Response {
    let title = text.say("attributes-title");
    let body = html! {
        form method="post" action={ "/answer/attributes?lang=" (text.tag()) } autocomplete="off" {
            h1 { (title) }
            p class="warning" { (text.say("attributes-weak")) }
            input type="hidden" name="code" value=(code);
            p {
                label for="employee" { (text.say("attributes-employee")) }
                input id="employee" type="text" name="employee" required maxlength="200";
            }
            p {
                label for="unit" { (text.say("attributes-unit")) }
                input id="unit" type="text" name="unit" required maxlength="200";
            }
            div class="on" { button { (text.say("code-open")) } }
        }
    };
    phone(text, &title, None, &body).into_response()
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Given {
    code: String,
    employee: String,
    unit: String,
}

/// Sends on to the form.
pub(super) async fn enter(
    State(app): State<App>,
    client: Client,
    reader: Reader,
    Form(given): Form<Given>,
) -> Result<Response, Failure> {
    app.limits.open(Door::Code, client)?;
    let text = reader.text(&app, &[]);
    let token =
        ways_in::by_attributes(&app.ledger, &given.code, &given.employee, &given.unit).await?;
    let today = app.clock.today();
    let looked = token.clone().unwrap_or_default();
    let way = ways_in::resolve(&app.ledger, &looked, Kind::Answer, today).await?;
    match token {
        Some(token) if way.is_some() => {
            Ok(Redirect::to(&format!("/a/{token}?lang={}", text.tag())).into_response())
        }
        _ => {
            if let Some(votes) = vote::instead(&app, &looked, text.tag()).await? {
                return Ok(votes.into_response());
            }
            nowhere(&app, client, &looked).await?;
            Ok(shut(&text))
        }
    }
}
