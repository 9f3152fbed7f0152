//! Signing in to answer. Nothing of it is kept: who came back is turned into her link at once.

use super::Reader;
use crate::error::Failure;
use crate::limits::{Client, Door};
use crate::page::phone::phone;
use crate::provider::{Back, employees};
use crate::state::App;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use maud::html;
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::ways_in;

/// `GET /answer/sign-in`: to the provider.
pub(super) async fn begin(
    State(app): State<App>,
    client: Client,
    reader: Reader,
) -> Result<Response, Failure> {
    app.limits.take(Door::Crowd, client)?;
    let language = reader.text(&app, &[]).tag().to_owned();
    employees::begin(&app, language).await
}

/// The way back from the provider.
pub(super) async fn finish(
    State(app): State<App>,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Result<Response, Failure> {
    let (employee, ended) = employees::finish(&app, &headers, back).await?;
    let ended = AppendHeaders([(header::SET_COOKIE, ended)]);
    let today = app.clock.today();
    let mut rounds = ways_in::of_email(&app.ledger, &employee.email, Kind::Answer, today).await?;
    // A link that lets nobody answer any more leads to the votes.
    let votes = ways_in::of_email(&app.ledger, &employee.email, Kind::Votes, today).await?;
    rounds.extend(votes);
    rounds.sort_unstable();
    rounds.dedup();
    let language = employee.next;
    if let [(_, token)] = rounds.as_slice() {
        let to = Redirect::to(&format!("/a/{token}?lang={language}"));
        return Ok((ended, to).into_response());
    }
    // The provider sends back without the language that was chosen here.
    let text = app.languages.choose(Some(&language), None, &[]);
    let title = text.say("signed-in-title");
    let body = html! {
        h1 { (title) }
        @if rounds.is_empty() { p { (text.say("signed-in-none")) } }
        ul class="places" {
            @for (name, token) in &rounds {
                li { a class="button quiet" href={ "/a/" (token) "?lang=" (language) } { (name) } }
            }
        }
    };
    Ok((ended, phone(&text, &title, None, &body)).into_response())
}
