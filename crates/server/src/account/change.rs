//! `POST /accounts/…`: what the owner does with accounts.

use super::form::Filled;
use crate::error::Failure;
use crate::guard::Who;
use crate::mail::Letter;
use crate::page::path::Ids;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use throughline_ledger::accounts;
use uuid::Uuid;

fn back(id: Uuid) -> Redirect {
    Redirect::to(&format!("/accounts/{id}"))
}

/// `POST /accounts/add`
pub(crate) async fn add(
    State(app): State<App>,
    who: Who,
    Form(filled): Form<Filled>,
) -> Result<Redirect, Failure> {
    let (role, unit) = (filled.role()?, filled.unit()?);
    let now = app.clock.now();
    let account = accounts::create(&app.ledger, &who.email, &filled.email, role, unit, now).await?;
    if app.mail.leaves() {
        let letter = Letter {
            to: account.email,
            subject: "You have an account at Throughline".to_owned(),
            text: format!(
                "Hello,\n\n{} made an account for you at Throughline. Sign in here:\n\n{}\n",
                who.email,
                app.config.address("/sign-in")
            ),
        };
        // The account is made; whether its letter arrives is no reason to keep the owner waiting.
        tokio::spawn(async move {
            if let Err(error) = app.mail.send(letter).await {
                tracing::warn!(%error, "the letter about a new account wasn't sent");
            }
        });
    }
    Ok(Redirect::to("/accounts"))
}

/// `POST /accounts/{id}/change`
pub(crate) async fn change(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    Form(filled): Form<Filled>,
) -> Result<Redirect, Failure> {
    accounts::change(&app.ledger, &who.email, id, filled.role()?, filled.unit()?).await?;
    Ok(if id == who.account {
        Redirect::to("/")
    } else {
        back(id)
    })
}

/// `POST /accounts/{id}/disable`
pub(crate) async fn disable(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Redirect, Failure> {
    accounts::disable(&app.ledger, &who.email, id).await?;
    Ok(back(id))
}

/// `POST /accounts/{id}/enable`
pub(crate) async fn enable(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Redirect, Failure> {
    accounts::enable(&app.ledger, &who.email, id).await?;
    Ok(back(id))
}
