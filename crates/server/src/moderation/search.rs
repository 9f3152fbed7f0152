//! `GET /rounds/{id}/ideas/{idea}/merge`: which shown idea says the same; the most alike first.

use super::{Tab, moderator, near, tabs};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::people;
use crate::state::App;
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;
use throughline_ledger::ideas::{self, Shown};

/// Ideas on the page.
const A_PAGE: usize = 50;

/// What is looked for.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
}

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([round, id]): Ids<2>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let moderator = moderator(&who)?;
    let idea = ideas::one(&app.ledger, round, id).await?;
    let shown = ideas::shown(&app.ledger, round).await?;
    let looked_for = wanted.q.trim().to_lowercase();
    let near = near(vec![idea.words.clone()], &shown).await?;
    let fits = |other: &&Shown| {
        let text = other.words.to_lowercase();
        other.id != id
            && looked_for
                .split_whitespace()
                .all(|word| text.contains(word))
    };
    let found: Vec<&Shown> = near
        .first()
        .into_iter()
        .flatten()
        .map(|place| &shown[*place])
        .filter(fits)
        .take(A_PAGE)
        .collect();
    let proposal = moderator.proposal(&idea.words);
    let body = html! {
        (tabs(round, Tab::Queue))
        h1 { "Merge" }
        blockquote class="idea" dir="auto" { (proposal.text) }
        form method="get" class="search" role="search" {
            label for="q" { "Shown ideas that hold" }
            div class="row" {
                input type="search" id="q" name="q" value=(wanted.q.trim()) autofocus autocomplete="off";
                button class="quiet" { "Search" }
            }
        }
        h2 { "It says the same as" }
        @if found.is_empty() {
            p { "No shown idea fits. Search for fewer words, or show this one." }
        } @else {
            p class="soft" { "The most alike come first. Its count is added to the one you choose." }
            form method="post" class="stack" {
                input type="hidden" name="seen" value=(idea.state.name());
                @for other in found {
                    button class="quiet choice" name="into" value=(other.id) {
                        span dir="auto" { (*other.words) } " "
                        span class="soft" { (people(other.count)) }
                    }
                }
            }
        }
        p { a href={ "/rounds/" (round) "/ideas" } { "Back to the ideas to read" } }
    };
    Ok(office(("Rounds", "Merge an idea"), &who, &body))
}
