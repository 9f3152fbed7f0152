//! `/sign-in/link/{token}`: signing in with a one-time link.
//!
//! Looking at the page uses nothing up, since mail programs look at links before people do; the
//! button does.

use super::enter::enter;
use super::next::Next;
use crate::error::Failure;
use crate::limits::{Client, Door};
use crate::page::layout::plain;
use crate::state::App;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Redirect;
use maud::{Markup, html};
use throughline_ledger::login_links;
use tower_sessions::Session;

/// `GET`: the same page for every token.
pub(crate) async fn show(Query(next): Query<Next>) -> Markup {
    plain(
        "Sign in",
        &html! {
            div class="door" {
                h1 { "Sign in" }
                form method="post" class="card" {
                    input type="hidden" name="next" value=(next.path());
                    p { "This link signs you in once." }
                    button class="wide" { "Sign in" }
                }
            }
        },
    )
}

/// `POST`: used, unknown and expired look alike.
pub(crate) async fn take(
    State(app): State<App>,
    session: Session,
    client: Client,
    Path(token): Path<String>,
    Form(next): Form<Next>,
) -> Result<Redirect, Failure> {
    app.limits.open(Door::Link, client)?;
    let taken = login_links::take(&app.ledger, &token, app.clock.now()).await?;
    let account = taken.ok_or_else(|| {
        app.limits.failed(Door::Link, client);
        opens_nothing()
    })?;
    enter(&session, &account).await?;
    Ok(Redirect::to(&next.path()))
}

/// Used, expired, never there.
pub(super) fn opens_nothing() -> Failure {
    Failure::refused(
        "this link doesn't open anything",
        "It may have been used, or it is too old. Ask for a new one.",
    )
}
