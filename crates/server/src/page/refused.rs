//! Rows of a file that weren't taken, for whoever brought it: some on the page, all as a file.

use crate::page::words::count;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use throughline_disclosure::Entrusted;
use throughline_domain::sheet;
use throughline_engine::people::Reject;

/// Rows shown.
const SHOWN: usize = 20;

/// The first of them.
pub(crate) fn refused_table(rejects: &Entrusted<Vec<Reject>>) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Rows that can\u{2019}t be taken" {
            table {
                thead { tr { th scope="col" class="number" { "Row" } th scope="col" { "Column" } th scope="col" { "Value" } th scope="col" { "Why not" } } }
                tbody {
                    @for reject in rejects.iter().take(SHOWN) {
                        tr { td class="number" { (count(reject.line)) } td { (reject.column) } td { bdi { (reject.value) } } td { (reject.reason) } }
                    }
                }
            }
        }
    }
}

/// The rows as a file.
pub(crate) fn refused_rows(rejects: &Entrusted<Vec<Reject>>) -> Response {
    let mut text = sheet::line(["row", "column", "value", "reason"]);
    for reject in rejects.iter() {
        let line = reject.line.to_string();
        text.push_str(&sheet::line([
            line.as_str(),
            &reject.column,
            &reject.value,
            &reject.reason,
        ]));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"rows-refused.csv\"",
        ),
    ];
    (headers, text).into_response()
}
