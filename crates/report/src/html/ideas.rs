//! Ideas that a moderator put up and few share: none is counted, each may be the simple one.

use super::figure::heading;
use super::reader::Reader;
use maud::{Markup, html};

/// Ideas shown; all of them stand in the data beside the page.
const SHOWN: usize = 60;

/// The section.
pub(super) fn ideas(reader: &Reader<'_>) -> Markup {
    let ideas = &reader.brief.ideas;
    html! {
        section class="part" aria-labelledby="ideas" {
            (heading("ideas", "Ideas that stand alone"))
            p class="lead" {
                "Too few people say the same for these to be counted or set against a problem. A moderator has "
                "read them and put them up for colleagues, and their senders let them be quoted. A simple one may "
                "be among them."
            }
            div class="columns many" {
                @for idea in ideas.iter().take(SHOWN) {
                    blockquote { p { "\u{201c}" (idea.words) "\u{201d}" } }
                }
            }
            @if ideas.len() > SHOWN {
                p class="soft" { "The first " (SHOWN) " of " (ideas.len()) ", by their first letters; all stand in brief.json." }
            }
        }
    }
}
