//! `GET /accounts`

use super::form::fields;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use throughline_ledger::{accounts, units};

/// All accounts, and a form for another.
pub(crate) async fn show(State(app): State<App>, who: Who) -> Result<Markup, Failure> {
    let all = accounts::list(&app.ledger).await?;
    let units = units::all(&app.ledger).await?;
    let of = |id| units.iter().find(|unit| Some(unit.id) == id);
    Ok(office(
        "Accounts",
        &who,
        &html! {
            h1 { "Accounts" }
            p class="soft" { "People who work with Throughline. Employees need no account to answer." }
            div class="scroll" tabindex="0" role="region" aria-label="Accounts" {
                table {
                    thead { tr { th scope="col" { "Who" } th scope="col" { "Role" } } }
                    tbody {
                        @for account in &all {
                            tr {
                                th scope="row" class="name" {
                                    a href=(format!("/accounts/{}", account.id)) { (account.email) }
                                    @if account.id == who.account { span class="soft" { " (you)" } }
                                }
                                td {
                                    (short(account.role.words()))
                                    @if let Some(unit) = of(account.unit) { ", " (unit.name) }
                                    @if account.disabled { " " span class="tag" { "shut" } }
                                }
                            }
                        }
                    }
                }
            }
            h2 { "Add an account" }
            form method="post" action="/accounts/add" class="card" {
                div class="field" {
                    label for="email" { "E-mail address" }
                    input type="email" id="email" name="email" required autocomplete="off" maxlength="254";
                }
                (fields(None, None, &units))
                button { "Add" }
            }
        },
    ))
}

/// A role without what it says in brackets.
fn short(words: &str) -> &str {
    words.split(" (").next().unwrap_or(words)
}
