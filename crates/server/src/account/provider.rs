//! `/sign-in/provider`, `/sign-in/callback`: signing in with the provider.
//!
//! It makes no accounts. The first time an account is found by its verified address, and bound to
//! the provider's name for it; from then on by that name alone.

use super::enter::{enter, failed};
use super::next::Next;
use crate::error::Failure;
use crate::guard::ACCOUNT;
use crate::limits::{Client, Door};
use crate::provider::{Back, Flow, Identity, MINUTES, Provider};
use crate::state::App;
use axum::extract::{Query, State};
use axum::response::Redirect;
use throughline_ledger::accounts::{self, Account};
use throughline_ledger::audit::{self, Act};
use tower_sessions::{Expiry, Session};
use uuid::Uuid;

/// Under which name a session holds what must be remembered.
const FLOW: &str = "flow";
/// The path that the provider sends back to.
const BACK: &str = "/sign-in/callback";

fn provider(app: &App) -> Result<&Provider, Failure> {
    app.provider.as_ref().ok_or(Failure::NotFound)
}

/// `GET /sign-in/provider`
pub(crate) async fn go(
    State(app): State<App>,
    session: Session,
    client: Client,
    Query(next): Query<Next>,
) -> Result<Redirect, Failure> {
    let provider = provider(&app)?;
    app.limits.take(Door::SignIn, client)?;
    let back = app.config.address(BACK);
    let (url, flow) = provider.begin(&back, next.path(), app.clock.now()).await?;
    session.insert(FLOW, flow).await.map_err(failed)?;
    let who: Option<Uuid> = session.get(ACCOUNT).await.map_err(failed)?;
    if who.is_none() {
        // One that doesn't come back leaves nothing for long.
        session.set_expiry(Some(Expiry::OnInactivity(time::Duration::minutes(MINUTES))));
    }
    Ok(Redirect::to(url.as_str()))
}

/// `GET /sign-in/callback`
pub(crate) async fn back(
    State(app): State<App>,
    session: Session,
    Query(answer): Query<Back>,
) -> Result<Redirect, Failure> {
    let provider = provider(&app)?;
    let flow: Flow = session.remove(FLOW).await.map_err(failed)?.ok_or_else(|| {
        Failure::refused(
            "this sign-in doesn't belong to you, or took too long",
            "Go back to the first page and sign in again.",
        )
    })?;
    let next = flow.next.clone();
    let back = app.config.address(BACK);
    let identity = provider
        .finish(flow, answer, &back, app.clock.now())
        .await?;
    let account = account(&app, &identity).await?;
    let act = Act::new(
        account.email.as_str(),
        "account.sign_in",
        account.email.as_str(),
    );
    audit::note(&app.ledger, act.detail("provider")).await?;
    enter(&session, &account).await?;
    Ok(Redirect::to(&next))
}

async fn account(app: &App, identity: &Identity) -> Result<Account, Failure> {
    let none = || {
        Failure::refused(
            "there is no account for you here",
            "Ask the owner of this workspace to make one for the address of your company account.",
        )
    };
    let shut = |account: &Account| !account.disabled;
    if let Some(account) = accounts::by_subject(&app.ledger, &identity.subject).await? {
        return Some(account).filter(shut).ok_or_else(none);
    }
    let email = identity.email.as_deref().ok_or_else(none)?;
    let account = accounts::by_email(&app.ledger, email)
        .await?
        .filter(shut)
        .ok_or_else(none)?;
    accounts::bind(&app.ledger, account.id, &identity.subject).await?;
    Ok(account)
}
