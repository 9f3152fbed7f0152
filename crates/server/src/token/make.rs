//! `POST /tokens`

use super::list::{DAYS, page};
use crate::error::Failure;
use crate::guard::Who;
use crate::state::App;
use axum::extract::{RawForm, State};
use chrono::Duration;
use maud::{Markup, html};
use throughline_domain::listen::Scope;
use throughline_ledger::tokens::{self, NewToken};

/// Makes one and shows it, this once.
pub(crate) async fn make(
    State(app): State<App>,
    who: Who,
    RawForm(form): RawForm,
) -> Result<Markup, Failure> {
    let mut new = NewToken {
        name: String::new(),
        scopes: Vec::new(),
        account: Some(who.account),
        expires_at: None,
    };
    let now = app.clock.now();
    for (field, value) in url::form_urlencoded::parse(&form) {
        match &*field {
            "name" => new.name = value.into_owned(),
            "scope" => new.scopes.push(Scope::named(&value).ok_or_else(|| {
                Failure::refused(
                    format!("there is no `{value}` that a token can be for"),
                    "Choose from the list.",
                )
            })?),
            "days" if !value.is_empty() => {
                let days = value.parse::<i64>().ok();
                let days = days.filter(|days| DAYS.contains(&Some(*days)));
                let days = days.ok_or_else(|| {
                    Failure::refused(format!("`{value}` is no choice"), "Choose from the list.")
                })?;
                new.expires_at = Some(now + Duration::days(days));
            }
            _ => {}
        }
    }
    let (token, secret) = tokens::make(&app.ledger, &who.email, new, now).await?;
    let all = tokens::list(&app.ledger).await?;
    let shown = html! {
        div class="note" role="status" {
            p { strong { "Here is the token " (token.name) ". " } "Copy it now: it is shown this once, and kept nowhere." }
            p { code class="secret" { (secret) } }
        }
    };
    Ok(page(&app, &who, &all, &shown))
}
