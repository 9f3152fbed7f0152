//! `GET /accounts/{id}`, `POST /accounts/{id}/link`

use super::form::fields;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use throughline_ledger::accounts::{self, Account};
use throughline_ledger::{login_links, units};
use uuid::Uuid;

async fn found(app: &App, id: Uuid) -> Result<Account, Failure> {
    let account = accounts::by_id(&app.ledger, id).await?;
    account.ok_or(Failure::NotFound)
}

/// One account, and what can be done with it.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let account = found(&app, id).await?;
    let units = units::all(&app.ledger).await?;
    let to = |verb: &str| format!("/accounts/{}/{verb}", account.id);
    Ok(office(
        ("Accounts", &*account.email),
        &who,
        &html! {
            p { a href="/accounts" { "All accounts" } }
            h1 { (account.email) }
            p class="soft" {
                "Since " (account.created_at.format("%-d %B %Y"))
                @if account.subject.is_some() { ". Signs in with the company account." }
            }
            @if account.disabled {
                p class="warning" { "This account is shut: nobody signs in with it." }
            }
            form method="post" action=(to("change")) class="card" {
                (fields(Some(account.role), account.unit, &units))
                button { "Save" }
            }
            @if account.disabled {
                form method="post" action=(to("enable")) class="actions" { button { "Open this account again" } }
            } @else {
                div class="actions" {
                    form method="post" action=(to("link")) { button class="quiet" { "Make a link to sign in" } }
                    form method="post" action=(to("disable")) { button class="danger" { "Shut this account" } }
                }
            }
        },
    ))
}

/// Makes a link to hand over; it is seen once.
pub(crate) async fn link(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let account = found(&app, id).await?;
    let minutes = app.config.link_minutes;
    let token = login_links::make(
        &app.ledger,
        &who.email,
        account.id,
        minutes,
        app.clock.now(),
    )
    .await?;
    let link = app.config.address(&format!("/sign-in/link/{token}"));
    Ok(office(
        ("Accounts", "A link to sign in"),
        &who,
        &html! {
            p { a href=(format!("/accounts/{}", account.id)) { "Back to " (account.email) } }
            h1 { "A link to sign in" }
            p { "Whoever opens it is signed in as " strong { (account.email) } ". It opens once, within " (minutes) " minutes, and isn't shown again." }
            p class="note" { code class="long" { (link) } }
            p class="soft" { "Hand it over in a way that nobody else reads. The audit log keeps that you made it." }
        },
    ))
}
