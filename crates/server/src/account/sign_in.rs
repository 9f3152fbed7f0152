//! `/sign-in`: with the provider, or with a link by letter.
//!
//! Asking for a link is answered alike, and as quickly, whether the address has an account: what
//! is done about it is done afterwards.

use super::next::Next;
use crate::error::Failure;
use crate::limits::{Client, Door};
use crate::mail::Letter;
use crate::page::layout::plain;
use crate::state::App;
use axum::Form;
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;
use throughline_ledger::{accounts, login_links};

/// `GET /sign-in`
pub(crate) async fn show(State(app): State<App>, Query(next): Query<Next>) -> Markup {
    let path = next.path();
    let letters = app.mail.leaves();
    let way = next.query();
    plain(
        "Sign in",
        &html! {
            div class="door" {
                h1 { "Sign in" }
                @if let Some(provider) = &app.provider {
                    p { a class="button wide" href=(format!("/sign-in/provider{way}")) { "Sign in with " (provider.name()) } }
                    @if letters { p class="or soft" { "or" } }
                }
                @if letters {
                    form method="post" action="/sign-in" class="card" {
                        input type="hidden" name="next" value=(path);
                        div class="field" {
                            label for="email" { "Your e-mail address" }
                            input type="email" id="email" name="email" required autocomplete="email" maxlength="254";
                        }
                        button class="wide" { "Send me a link" }
                    }
                    p class="soft" { "We send you a link that opens once. There is no password to forget." }
                } @else if app.provider.is_none() {
                    p { "This server sends no e-mail. Whoever runs it can make a link for you:" }
                    p { code { "throughline account link you@example.org --workspace FOLDER" } }
                    p class="soft" { "FOLDER is the workspace that this server was started with." }
                }
                p class="soft" { "Invited to answer a round? You need no account: use the link or slip you were given." }
            }
        },
    )
}

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    email: String,
    #[serde(flatten)]
    next: Next,
}

/// `POST /sign-in`
pub(crate) async fn ask(
    State(app): State<App>,
    client: Client,
    Form(asked): Form<Asked>,
) -> Result<Markup, Failure> {
    app.limits.take(Door::SignIn, client)?;
    let email = accounts::address(&asked.email)?;
    let way = asked.next.query();
    tokio::spawn(async move {
        if let Err(failure) = send(&app, &email, &way).await {
            tracing::warn!(%failure, "a link to sign in wasn't sent");
        }
    });
    Ok(plain(
        "Look into your mail",
        &html! {
            div class="door" {
                h1 { "Look into your mail" }
                p { "If this address has an account, a link is on its way. It opens once, and soon." }
                p class="soft" { "Nothing came? Look among unwanted mail, or ask the owner of this workspace whether you have an account." }
                p { a href="/sign-in" { "Back" } }
            }
        },
    ))
}

async fn send(app: &App, email: &str, way: &str) -> Result<(), Failure> {
    let account = accounts::by_email(&app.ledger, email).await?;
    let Some(account) = account.filter(|account| !account.disabled) else {
        return Ok(());
    };
    if app.limits.take_mailbox(&account.email).is_err() {
        return Ok(());
    }
    let minutes = app.config.link_minutes;
    let token = login_links::make(
        &app.ledger,
        "throughline",
        account.id,
        minutes,
        app.clock.now(),
    )
    .await?;
    let link = app.config.address(&format!("/sign-in/link/{token}{way}"));
    let letter = Letter {
        to: account.email,
        subject: "Your link to Throughline".to_owned(),
        text: format!(
            "Hello,\n\nthis link signs you in to Throughline. It opens once, within {minutes} minutes:\n\n{link}\n\n\
             You didn't ask for it? Then leave it: nobody gets in without it.\n"
        ),
    };
    app.mail.send(letter).await.map_err(|error| Failure::Away {
        what: "the mail server",
        why: error.to_string(),
    })
}
