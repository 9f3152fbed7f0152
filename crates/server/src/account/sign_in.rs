//! `GET /sign-in`

use crate::page::layout::plain;
use maud::{Markup, html};

/// The page.
pub(crate) async fn show() -> Markup {
    plain("Sign in", &html! { h1 { "Sign in" } })
}
