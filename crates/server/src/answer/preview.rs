//! `GET /rounds/{id}/preview`: a round's form as employees see it, with nothing that sends.

use super::fields::Fields;
use super::form::{At, form};
use super::language::Reader;
use crate::error::Failure;
use crate::page::path::Ids;
use crate::state::App;
use axum::extract::State;
use maud::Markup;
use throughline_ledger::rounds;

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    Ids([round]): Ids<1>,
    reader: Reader,
) -> Result<Markup, Failure> {
    let round = rounds::by_id(&app.ledger, round).await?;
    let text = reader.text(&app, &round.languages);
    Ok(form(&text, &round, At::Preview, &Fields::fresh(), None))
}
