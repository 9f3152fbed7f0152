//! `POST /chain`

use super::roles::Roles;
use super::show::page;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::upload::brought;
use crate::page::words::count;
use crate::people::said;
use crate::state::App;
use axum::extract::{Multipart, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use throughline_engine::people::{Given, read_chain};
use throughline_ledger::roles;

/// Rows shown that weren't taken.
const SHOWN: usize = 20;

/// Reads a chain and puts it in the place of the one there was.
pub(crate) async fn take(
    State(app): State<App>,
    who: Who,
    form: Multipart,
) -> Result<Response, Failure> {
    let files = brought(&app, form).await?;
    let read = tokio::task::spawn_blocking(move || {
        let file = files.first().ok_or_else(|| {
            Failure::refused(
                "no file was chosen",
                "Go back and choose the file of the chain.",
            )
        })?;
        let given = Given {
            path: file.file.path(),
            name: &file.name,
        };
        read_chain(given).map_err(|error| said(&error))
    })
    .await
    .map_err(|error| Failure::Fault(error.to_string()))??;
    roles::import(&app.ledger, read.roles, read.edges, who.email.clone()).await?;
    if read.rejects.is_empty() && read.notes.is_empty() {
        return Ok(Redirect::to("/chain?done=true").into_response());
    }
    let said = html! {
        div class="warning" role="status" {
            @for note in &read.notes { p { (note) } }
            @if !read.rejects.is_empty() {
                p { (count(read.rejects.len())) " rows weren't taken:" }
                ul {
                    @for reject in read.rejects.iter().take(SHOWN) {
                        li { "row " (count(reject.line)) @if !reject.column.is_empty() { ", " (reject.column) } ": " bdi { (reject.value) } " \u{2013} " (reject.reason) }
                    }
                }
            }
        }
    };
    let roles = Roles::read(&app).await?;
    let edges = roles::chain(&app.ledger).await?;
    Ok(office("Chain", &who, &page(&roles, &edges, Some(&said))).into_response())
}
