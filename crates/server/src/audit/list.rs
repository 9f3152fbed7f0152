//! `GET /audit`

use super::words::words;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::state::App;
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;
use throughline_ledger::audit;

/// Lines a page.
const LINES: u64 = 50;

/// Which page.
#[derive(Deserialize)]
pub(crate) struct Page {
    #[serde(default)]
    page: u32,
}

/// Lines, newest first.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Query(Page { page }): Query<Page>,
) -> Result<Markup, Failure> {
    // One more than is shown tells whether there are older ones.
    let mut lines = audit::lines(&app.ledger, u64::from(page) * LINES, LINES + 1).await?;
    let older = lines.len() as u64 > LINES;
    lines.truncate(usize::try_from(LINES).unwrap_or(usize::MAX));
    Ok(office(
        "Audit log",
        &who,
        &html! {
            h1 { "Audit log" }
            p class="soft" { "What people with accounts did, and what Throughline did by itself. Nothing an employee does while answering is ever here." }
            p { a class="button quiet" href="/audit/check" { "Check that nothing was changed" } }
            @if lines.is_empty() { p { "There is nothing here." } }
            @else {
                ul class="log" {
                    @for line in &lines {
                        li {
                            p {
                                (words(&line.act.act))
                                @if !line.act.subject.is_empty() { ": " strong { (line.act.subject) } }
                                @if !line.act.detail.is_empty() { " (" (line.act.detail) ")" }
                            }
                            p class="soft" {
                                (line.act.who) ", " (line.at.format("%-d %B %Y, %H:%M:%S")) " UTC, line " (line.seq)
                            }
                        }
                    }
                }
            }
            nav class="actions" aria-label="Pages of the log" {
                @if page > 0 { a class="button quiet" href=(format!("/audit?page={}", page - 1)) { "Newer" } }
                @if older { a class="button quiet" href=(format!("/audit?page={}", page.saturating_add(1))) { "Older" } }
            }
        },
    ))
}
