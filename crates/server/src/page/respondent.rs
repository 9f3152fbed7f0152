//! The frame of respondents' pages: phone first, nothing but what is asked.

use super::layout::frame;
use super::speech::Speech;
use maud::{Markup, html};

/// A page for somebody who was asked. `offered` are the languages that it can be read in; where
/// it can't be loaded again (it answers what was sent), give none.
pub(crate) fn respondent(
    speech: &Speech,
    offered: &[Speech],
    title: &str,
    body: &Markup,
) -> Markup {
    let head = html! {
        @if offered.len() > 1 {
            nav class="languages" aria-label=(speech.say("vote-language-choose")) {
                ul {
                    @for other in offered {
                        li {
                            a href={ "?lang=" (other.tag()) } lang=(other.tag()) hreflang=(other.tag())
                                aria-current=[(other == speech).then_some("true")] { (other.say("vote-language-name")) }
                        }
                    }
                }
            }
        }
    };
    frame(
        title,
        &speech.tag(),
        &speech.direction(),
        "respondent.css",
        &head,
        body,
    )
}
