//! `GET /a`, `POST /a`: the way in for whoever types the code of a slip.

use super::{Reader, attributes, nowhere, shut};
use crate::error::Failure;
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

/// The page.
pub(super) async fn show(State(app): State<App>, reader: Reader) -> Response {
    let text = reader.text(&app, &[]);
    let title = text.say("code-title");
    let signs_in = app
        .provider
        .as_ref()
        .is_some_and(crate::provider::Provider::for_employees);
    let body = html! {
        form method="post" action={ "/a?lang=" (text.tag()) } {
            h1 { label for="code" { (title) } }
            p class="soft" id="hint" { (text.say("code-hint")) }
            input id="code" class="code" type="text" name="code" required autocomplete="off"
                autocapitalize="characters" spellcheck="false" dir="ltr" aria-describedby="hint"
                maxlength="64";
            div class="on" { button { (text.say("code-open")) } }
        }
        @if signs_in {
            p { a href={ "/answer/sign-in?lang=" (text.tag()) } { (text.say("code-sign-in")) } }
        }
    };
    phone(&text, &title, Some("/a"), &body).into_response()
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    code: String,
}

/// Sends on to the form.
pub(super) async fn enter(
    State(app): State<App>,
    client: Client,
    reader: Reader,
    Form(typed): Form<Typed>,
) -> Result<Response, Failure> {
    let text = reader.text(&app, &[]);
    let code = ways_in::normal(&typed.code);
    let way = ways_in::resolve(&app.ledger, &code, Kind::Answer, app.clock.today()).await?;
    // Looked up in any case: both take as long.
    let shared = ways_in::is_shared(&app.ledger, &code).await?;
    if way.is_some() {
        return Ok(Redirect::to(&format!("/a/{code}?lang={}", text.tag())).into_response());
    }
    if let Some(votes) = vote::instead(&app, &code, text.tag()).await? {
        return Ok(votes.into_response());
    }
    if shared {
        // Short enough to be guessed: a door that is shut is shut to it, too.
        app.limits.open(Door::Code, client)?;
        return Ok(attributes::ask(&text, &code));
    }
    nowhere(&app, client, &code).await?;
    Ok(shut(&text))
}
