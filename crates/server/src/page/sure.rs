//! What can't be taken back takes a tick before the button. Works without scripts.

use super::sent::Sent;
use crate::error::Failure;
use maud::{Markup, html};

/// The box to tick, with what will happen.
pub(crate) fn sure(what: &str) -> Markup {
    html! {
        label class="tick" {
            input type="checkbox" name="sure" value="yes" required;
            span { (what) ". It can\u{2019}t be taken back." }
        }
    }
}

/// Refuses a form in which it wasn't ticked.
pub(crate) fn ticked(sent: &Sent) -> Result<(), Failure> {
    if sent.text("sure") == "yes" {
        return Ok(());
    }
    Err(Failure::refused(
        "this can't be taken back, and the box that says so wasn't ticked",
        "Go back and tick it.",
    ))
}
