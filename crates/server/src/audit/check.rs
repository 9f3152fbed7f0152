//! `GET /audit/check`

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use throughline_ledger::audit::{self, Verdict};

/// Whether the log is as it was written.
pub(crate) async fn show(State(app): State<App>, who: Who) -> Result<Markup, Failure> {
    let verdict = audit::verify(&app.ledger).await?;
    Ok(office(
        ("Audit log", "Audit log, checked"),
        &who,
        &html! {
            p { a href="/audit" { "Audit log" } }
            @match verdict {
                Verdict::Whole { lines, head } => {
                    h1 { "Nothing was changed" }
                    p { "All " strong { (lines) } " lines follow from one another as they were written." }
                    p { "To see later that none was cut off at the end, keep this elsewhere:" }
                    p class="note" { code class="long" { (lines) " " (head) } }
                }
                Verdict::Broken { seq, why } => {
                    h1 { "The log was changed" }
                    p class="error" { "Line " strong { (seq) } ": " (why) "." }
                    p { "Somebody changed the database past Throughline. Compare with a backup, and tell whoever runs this server." }
                }
            }
        },
    ))
}
