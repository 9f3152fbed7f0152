//! The first page after signing in: what to do next.

use crate::guard::Who;
use crate::page::layout::office;
use maud::{Markup, html};

/// `GET /`
pub(crate) async fn show(who: Who) -> Markup {
    office(
        "Home",
        &who,
        &html! {
            h1 { "Welcome" }
        },
    )
}
