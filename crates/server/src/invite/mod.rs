//! Ways into a round, handed out: links as a file or by e-mail, slips to print.

mod asking;
mod letter;
mod letters;
mod links;
mod posting;
mod sheet;
mod slips;

pub(crate) use asking::asking;
pub use posting::Posting;
pub(crate) use posting::send_waiting;
pub(crate) use sheet::grouped;

use crate::error::Failure;
use crate::state::App;
use axum::Router;
use axum::routing::{get, post};
use throughline_ledger::{ideas, rounds};
use uuid::Uuid;

/// Nobody is asked to vote before there is something to vote on.
async fn votes_have_ideas(app: &App, round: Uuid) -> Result<(), Failure> {
    rounds::by_id(&app.ledger, round).await?;
    if ideas::shown(&app.ledger, round).await?.len() > 1 {
        return Ok(());
    }
    Err(Failure::refused(
        "fewer than two ideas are shown",
        "Show some first: people would find nothing to vote on.",
    ))
}

/// The room's routes.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/rounds/{id}/links", post(links::take))
        .route("/rounds/{id}/letters", post(letters::begin))
        .route("/rounds/{id}/votes/links", post(links::take_votes))
        .route("/rounds/{id}/votes/letters", post(letters::begin_votes))
        .route("/rounds/{id}/letters/again", post(letters::again))
        .route("/rounds/{id}/slips", get(slips::show).post(slips::print))
}
