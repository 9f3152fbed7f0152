//! `POST /rounds/{id}/links`, `POST /rounds/{id}/votes/links`: everybody's link as a file for the
//! company's own mailer.

use super::votes_have_ideas;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::path::Ids;
use crate::state::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use throughline_domain::sheet;
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::invitations;
use uuid::Uuid;

/// To answer.
pub(crate) async fn take(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Response, Failure> {
    file(&app, who, id, Kind::Answer).await
}

/// To vote.
pub(crate) async fn take_votes(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Response, Failure> {
    votes_have_ideas(&app, id).await?;
    file(&app, who, id, Kind::Votes).await
}

async fn file(app: &App, who: Who, id: Uuid, kind: Kind) -> Result<Response, Failure> {
    let links = invitations::links(&app.ledger, id, kind, app.clock.today(), who.email).await?;
    let mut text = sheet::line(["employee id", "email", "language", "unit", "link"]);
    for link in links {
        let address = address(app, kind, &link.token);
        text.push_str(&sheet::line([
            link.id.as_str(),
            link.email.as_deref().unwrap_or_default(),
            link.language.as_deref().unwrap_or_default(),
            &link.unit,
            &address,
        ]));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"links.csv\"",
        ),
    ];
    Ok((headers, text).into_response())
}

/// Where a token leads in.
pub(super) fn address(app: &App, kind: Kind, token: &str) -> String {
    let base = app.config.public_url.as_str().trim_end_matches('/');
    match kind {
        Kind::Answer => format!("{base}/a/{token}"),
        Kind::Votes => format!("{base}/v/{token}"),
    }
}
