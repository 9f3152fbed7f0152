//! `POST /a/{token}`: takes an answer. What can't be taken comes back filled in.

use super::away::{away, for_now};
use super::fields::{Fields, Wrong};
use super::form::form;
use super::thanks::thanks;
use super::{Reader, not_taken, nowhere};
use crate::error::Failure;
use crate::language::Text;
use crate::limits::Client;
use crate::page::phone::phone;
use crate::state::App;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use throughline_domain::listen::Answer;
use throughline_ledger::ballot_box::{Kind, Outcome, Payload, Submission, submit};
use throughline_ledger::{receipts, rounds, votes, ways_in};
use uuid::Uuid;

/// Stores the answer, thanks. Whatever goes wrong, the words come back.
pub(super) async fn send(
    State(app): State<App>,
    Path(token): Path<String>,
    client: Client,
    reader: Reader,
    sent: Result<Form<Fields>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(fields) = match sent {
        Ok(fields) => fields,
        Err(rejection) => return Ok(unread(&reader.text(&app, &[]), rejection.status())),
    };
    let done = store(&app, &token, client, &reader, &fields).await;
    done.or_else(|failure| {
        let Some(said) = for_now(&failure) else {
            return Err(failure);
        };
        failure.tell();
        let said = (failure.status(), said);
        Ok(away(&reader.text(&app, &[]), &token, &fields, said))
    })
}

async fn store(
    app: &App,
    token: &str,
    client: Client,
    reader: &Reader,
    fields: &Fields,
) -> Result<Response, Failure> {
    let today = app.clock.today();
    let Some(way) = ways_in::resolve(&app.ledger, token, Kind::Answer, today).await? else {
        nowhere(app, client, token).await?;
        return Ok(refused(&reader.text(app, &[]), fields));
    };
    let round = rounds::kept(&app.ledger, way.round).await?;
    let text = reader.text(app, &round.languages);
    let (id, answer) = match fields.read(&round.terms) {
        Ok(read) => read,
        Err(wrong) => {
            let mut fields = fields.clone();
            if wrong == Wrong::Form {
                fields.id = Fields::fresh().id;
            }
            let page = form(&text, &round, token, &fields, Some(wrong));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let Some(id) = bound(app, round.id, token, id, fields).await? else {
        return Ok(refused(&text, fields));
    };
    let code = if fields.wants_receipt() {
        receipts::code(&app.ledger, round.id, id).await?
    } else {
        None
    };
    let submission = Submission {
        round: way.round,
        cell: way.cell,
        mark: way.mark,
        id,
        receipt: code.as_deref().map(receipts::hash),
        payload: Payload::Answer(answer),
    };
    match submit(&app.ledger, submission, today).await {
        Ok(outcome @ (Outcome::Stored | Outcome::AlreadyStored)) => {
            let again = outcome == Outcome::AlreadyStored;
            Ok(thanks(app, &text, &round, (way.cell, id), code.as_deref(), again).await)
        }
        Ok(Outcome::AlreadyUsed | Outcome::NotOpen) => Ok(refused(&text, fields)),
        Err(error) => {
            tracing::error!(%error, "an answer couldn't be stored");
            Ok(later(&text, &round, token, fields))
        }
    }
}

/// The id under which it is kept: of this form, this way in and what was said. So the same form sent
/// again is the same answer; changed, it is a second one, which isn't taken; and nobody can send
/// under somebody else's id. Nothing once the round has closed.
async fn bound(
    app: &App,
    round: Uuid,
    token: &str,
    form: Uuid,
    fields: &Fields,
) -> Result<Option<Uuid>, Failure> {
    let said = [
        &fields.idea,
        &fields.block,
        &fields.commitment,
        &fields.enps,
        &fields.may_quote,
        &fields.receipt,
    ];
    let token = ways_in::normal(token);
    let said = serde_json::to_string(&(form, token, said))
        .map_err(|error| Failure::Fault(error.to_string()))?;
    let seal = votes::seal(&app.ledger, round, &format!("answer\n{said}")).await?;
    Ok(seal.and_then(|seal| Uuid::from_slice(&seal[..16]).ok()))
}

/// A form that was no form, or far too large.
fn unread(text: &Text, status: StatusCode) -> Response {
    let said = if status == StatusCode::PAYLOAD_TOO_LARGE {
        text.count("error-large", &[("most", Answer::LONGEST)])
    } else {
        text.say("error-form")
    };
    let title = text.say("title-answer");
    let body = html! { h1 { (title) } p class="error" { (said) } };
    (status, phone(text, &title, None, &body)).into_response()
}

/// The database doesn't answer: the form comes back, under the same id.
fn later(text: &Text, round: &rounds::Round, token: &str, fields: &Fields) -> Response {
    let page = form(text, round, token, fields, Some(Wrong::Later));
    (StatusCode::SERVICE_UNAVAILABLE, page).into_response()
}

/// It isn't taken: the words are given back.
fn refused(text: &Text, fields: &Fields) -> Response {
    not_taken(text, &[&fields.idea, &fields.block])
}
