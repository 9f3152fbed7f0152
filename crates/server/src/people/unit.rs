//! `/people/units/{id}`: a unit's other names.

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::state::App;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;
use throughline_ledger::units;

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let all = units::all(&app.ledger).await?;
    let unit = all
        .iter()
        .find(|unit| unit.id == id)
        .ok_or(Failure::NotFound)?;
    let above = all.iter().find(|other| Some(other.id) == unit.parent);
    let body = html! {
        p { a href="/people" { "\u{2190} People" } }
        h1 { (unit.name) }
        @if let Some(above) = above { p class="soft" { "Under " (above.name) } }
        form method="post" action=(format!("/people/units/{id}")) {
            div class="field" {
                label for="names" { "Also called"
                    span class="hint" { "One name a line: how HR's or customers' systems call this unit. Files that use one of them then mean this unit." }
                }
                textarea id="names" name="names" { (unit.also_called.join("\n")) }
            }
            div class="actions" { button { "Save" } a class="button quiet" href="/people" { "Cancel" } }
        }
    };
    Ok(office(("People", &unit.name), &who, &body))
}

/// What the form holds.
#[derive(Deserialize)]
pub(crate) struct Filled {
    names: String,
}

/// Sets them.
pub(crate) async fn call(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    Form(filled): Form<Filled>,
) -> Result<Redirect, Failure> {
    let names = filled.names.lines().map(str::to_owned).collect();
    units::call(&app.ledger, id, names, who.email).await?;
    Ok(Redirect::to("/people"))
}
