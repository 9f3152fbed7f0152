//! `POST /receipt/withdraw`: the whole answer is deleted.

use super::show::{standing, unknown};
use crate::answer::Reader;
use crate::error::Failure;
use crate::limits::{Client, Door};
use crate::page::phone::phone;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::html;
use serde::Deserialize;
use throughline_ledger::receipts;

#[derive(Deserialize)]
pub(super) struct Sure {
    #[serde(default)]
    code: String,
    #[serde(default)]
    sure: String,
}

/// Deletes it, if she is sure.
pub(super) async fn withdraw(
    State(app): State<App>,
    client: Client,
    reader: Reader,
    Form(sure): Form<Sure>,
) -> Result<Response, Failure> {
    app.limits.open(Door::Code, client)?;
    if sure.sure.is_empty() {
        return standing(&app, client, &reader, &sure.code, &html! {}).await;
    }
    let text = reader.text(&app, &[]);
    if !receipts::withdraw(&app.ledger, &sure.code).await? {
        app.limits.failed(Door::Code, client);
        return Ok(unknown(&text));
    }
    let title = text.say("receipt-withdrawn");
    let body = html! { h1 { (title) } p class="soft" { (text.say("close-page")) } };
    Ok(phone(&text, &title, None, &body).into_response())
}
