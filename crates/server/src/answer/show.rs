//! `GET /a/{token}`: the form behind a link or slip. It opens whether it was used or not: who holds
//! the list of links could otherwise look who has answered. A second answer isn't taken.

use super::fields::Fields;
use super::form::form;
use super::{Reader, nowhere, shut};
use crate::error::Failure;
use crate::limits::Client;
use crate::state::App;
use crate::vote;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::{rounds, ways_in};

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    client: Client,
    reader: Reader,
) -> Result<Response, Failure> {
    let way = ways_in::resolve(&app.ledger, &token, Kind::Answer, app.clock.today()).await?;
    let Some(way) = way else {
        let text = reader.text(&app, &[]);
        if let Some(votes) = vote::instead(&app, &token, text.tag()).await? {
            return Ok(votes.into_response());
        }
        nowhere(&app, client, &token).await?;
        return Ok(shut(&text));
    };
    let round = rounds::kept(&app.ledger, way.round).await?;
    let text = reader.text(&app, &round.languages);
    let token = ways_in::normal(&token);
    Ok(form(&text, &round, &token, &Fields::fresh(), None).into_response())
}
