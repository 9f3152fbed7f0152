//! `/start/{token}`: the first owner, by the link that the program printed.

use super::enter::enter;
use crate::error::Failure;
use crate::limits::{Client, Door};
use crate::page::layout::plain;
use crate::state::App;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;
use throughline_ledger::accounts;
use tower_sessions::Session;

async fn fits(app: &App, client: Client, token: &str) -> Result<(), Failure> {
    app.limits.open(Door::Link, client)?;
    if app.start.fits(app, token).await? {
        return Ok(());
    }
    app.limits.failed(Door::Link, client);
    Err(super::link::opens_nothing())
}

/// `GET`
pub(crate) async fn show(
    State(app): State<App>,
    client: Client,
    Path(token): Path<String>,
) -> Result<Markup, Failure> {
    fits(&app, client, &token).await?;
    Ok(plain(
        "Welcome to Throughline",
        &html! {
            div class="door" {
                h1 { "Welcome to Throughline" }
                p { "You are the first here, so you become this workspace's owner: you make accounts for others, and nobody else can." }
                form method="post" class="card" {
                    div class="field" {
                        label for="email" { "Your e-mail address" }
                        input type="email" id="email" name="email" required autocomplete="email" maxlength="254";
                    }
                    button class="wide" { "Start" }
                }
                p class="soft" { "There is no password. Next time you sign in with a link by e-mail, with your company account, or with " code { "throughline account link" } " on the server." }
            }
        },
    ))
}

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct First {
    #[serde(default)]
    email: String,
}

/// `POST`
pub(crate) async fn take(
    State(app): State<App>,
    session: Session,
    client: Client,
    Path(token): Path<String>,
    Form(first): Form<First>,
) -> Result<Redirect, Failure> {
    fits(&app, client, &token).await?;
    let account = accounts::first_owner(&app.ledger, &first.email, app.clock.now()).await?;
    app.start.end();
    enter(&session, &account).await?;
    Ok(Redirect::to("/"))
}
