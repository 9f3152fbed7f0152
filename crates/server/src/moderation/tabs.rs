//! The pages about a round's ideas, beside each other.

use maud::{Markup, html};
use uuid::Uuid;

/// One of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    Queue,
    Shown,
    Refused,
    Votes,
    Levers,
}

/// Links to all of them, and back to the round.
pub(crate) fn tabs(round: Uuid, here: Tab) -> Markup {
    let all = [
        (Tab::Queue, "ideas", "To read"),
        (Tab::Shown, "ideas/shown", "Shown"),
        (Tab::Refused, "ideas/refused", "Refused"),
        (Tab::Votes, "votes", "Votes"),
        (Tab::Levers, "levers", "Fixes"),
    ];
    html! {
        nav class="tabs" aria-label="Ideas of this round" {
            ul {
                li { a href={ "/rounds/" (round) } { "\u{2190} The round" } }
                @for (tab, path, name) in all {
                    li {
                        a href={ "/rounds/" (round) "/" (path) }
                            aria-current=[(tab == here).then_some("page")] { (name) }
                    }
                }
            }
        }
    }
}
