//! Moderation: leads read ideas, and decide which colleagues see.
//!
//! A page never holds an answer's id, cell or day, and comes in an order that is drawn anew.

mod decide;
mod idea;
mod kept;
mod queue;
mod search;
mod tabs;

pub(crate) use tabs::{Tab, tabs};

use crate::error::Failure;
use crate::guard::Who;
use crate::state::App;
use axum::Router;
use axum::routing::{get, post};
use throughline_disclosure::Moderator;
use throughline_domain::Words;
use throughline_domain::listen::RefusalReason;
use throughline_engine::voting::alike;
use throughline_ledger::ideas::Shown;

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/rounds/{id}/ideas", get(queue::show))
        .route("/rounds/{id}/ideas/shown", get(kept::shown))
        .route("/rounds/{id}/ideas/refused", get(kept::refused))
        .route("/rounds/{id}/ideas/{idea}", get(idea::show))
        .route(
            "/rounds/{id}/ideas/{idea}/merge",
            get(search::show).post(decide::merge),
        )
        .route("/rounds/{id}/ideas/{idea}/show", post(decide::show))
        .route("/rounds/{id}/ideas/{idea}/refuse", post(decide::refuse))
        .route("/rounds/{id}/ideas/{idea}/reword", post(decide::reword))
        .route("/rounds/{id}/ideas/{idea}/undo", post(decide::undo))
}

/// The moderator that this account is. The table let her in; `disclosure` has the last word.
fn moderator(who: &Who) -> Result<Moderator, Failure> {
    Moderator::of(who.role).ok_or(Failure::Forbidden)
}

/// Of each of these, the places of shown ideas, the most alike first. It compares all with all: not on
/// a thread that answers others.
async fn near(words: Vec<Words>, shown: &[Shown]) -> Result<Vec<Vec<usize>>, Failure> {
    let others: Vec<String> = shown.iter().map(|idea| idea.words.to_string()).collect();
    let compared = tokio::task::spawn_blocking(move || {
        let words: Vec<&Words> = words.iter().collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        alike(&words, &others)
    });
    compared
        .await
        .map_err(|error| Failure::Fault(error.to_string()))
}

/// A reason in words, for a page of the office.
pub(crate) fn said(reason: RefusalReason) -> &'static str {
    match reason {
        RefusalReason::InPlace => "We do this already",
        RefusalReason::NoChange => "We couldn't find a change in it that somebody could make",
        RefusalReason::AboutAPerson => "It is about a person, not about how work is done",
        RefusalReason::NotSafe => "It would break a law or put somebody at risk",
        RefusalReason::OtherChannel => "It belongs in the channel for misconduct and danger",
        RefusalReason::Other => "Something else",
    }
}
