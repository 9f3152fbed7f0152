//! What a moderator sends: show, merge, refuse, change the words, take back.

use super::queue::{self, Problem};
use super::{idea, moderator};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::path::Ids;
use crate::page::sent::Sent;
use crate::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use throughline_domain::listen::{IdeaState, Refusal, RefusalReason};
use throughline_ledger::LedgerError;
use throughline_ledger::ideas::{self, Decision};
use uuid::Uuid;

/// `POST /rounds/{id}/ideas/{idea}/show`
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids(place): Ids<2>,
    sent: Sent,
) -> Result<Response, Failure> {
    let text = sent.text("text").to_owned();
    decided(&app, &who, place, IdeaState::Waiting, Decision::Show(text)).await
}

/// `POST /rounds/{id}/ideas/{idea}/merge`
pub(crate) async fn merge(
    State(app): State<App>,
    who: Who,
    Ids(place): Ids<2>,
    sent: Sent,
) -> Result<Response, Failure> {
    let into = sent.text("into").parse().map_err(|_| {
        Failure::refused(
            "no idea was chosen to merge it into",
            "Go back and choose one.",
        )
    })?;
    let seen = IdeaState::named(sent.text("seen")).unwrap_or(IdeaState::Waiting);
    decided(&app, &who, place, seen, Decision::Merge(into)).await
}

/// `POST /rounds/{id}/ideas/{idea}/refuse`
pub(crate) async fn refuse(
    State(app): State<App>,
    who: Who,
    Ids(place): Ids<2>,
    sent: Sent,
) -> Result<Response, Failure> {
    let reason = RefusalReason::named(sent.text("reason")).ok_or_else(|| {
        Failure::refused(
            "a refusal needs a reason",
            "Go back and choose one: the idea's sender reads it.",
        )
    })?;
    let refusal = Refusal {
        reason,
        note: sent.text("note").to_owned(),
    };
    decided(
        &app,
        &who,
        place,
        IdeaState::Waiting,
        Decision::Refuse(refusal),
    )
    .await
}

async fn decided(
    app: &App,
    who: &Who,
    [round, idea]: [Uuid; 2],
    seen: IdeaState,
    decision: Decision,
) -> Result<Response, Failure> {
    let moderator = moderator(who)?;
    let (said, text) = match &decision {
        Decision::Show(text) => ("shown", Some(text.clone())),
        Decision::Merge(_) => ("merged", None),
        Decision::Refuse(_) => ("refused", None),
    };
    let place = (round, idea);
    let same = if seen == IdeaState::Waiting {
        ideas::same(&app.ledger, round, idea).await?
    } else {
        Vec::new()
    };
    // What is shown once takes in whoever wrote the very same.
    let of_same = match &decision {
        Decision::Show(_) => Decision::Merge(idea),
        other => other.clone(),
    };
    match ideas::decide(&app.ledger, &who.email, moderator, place, seen, decision).await {
        Ok(()) => {
            for other in same {
                let place = (round, other);
                let done = ideas::decide(
                    &app.ledger,
                    &who.email,
                    moderator,
                    place,
                    seen,
                    of_same.clone(),
                );
                match done.await {
                    // Somebody else decided on it in this moment.
                    Ok(()) | Err(LedgerError::Refused { .. } | LedgerError::NotFound { .. }) => {}
                    Err(other) => return Err(other.into()),
                }
            }
            app.voting.forget(round);
            let back = format!("/rounds/{round}/ideas?done={said}&idea={idea}");
            Ok(Redirect::to(&back).into_response())
        }
        Err(LedgerError::Refused { what, hint }) => {
            let problem = Problem {
                idea,
                what,
                hint,
                text,
            };
            let page = queue::page(app, who, round, &queue::Done::default(), Some(problem)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /rounds/{id}/ideas/{idea}/reword`
pub(crate) async fn reword(
    State(app): State<App>,
    who: Who,
    Ids([round, idea]): Ids<2>,
    sent: Sent,
) -> Result<Response, Failure> {
    let text = sent.text("text").to_owned();
    let place = (round, idea);
    let moderator = moderator(&who)?;
    match ideas::reword(&app.ledger, &who.email, moderator, place, text.clone()).await {
        Ok(()) => {
            app.voting.forget(round);
            Ok(Redirect::to(&format!("/rounds/{round}/ideas/{idea}")).into_response())
        }
        Err(LedgerError::Refused { what, hint }) => {
            let problem = Some((what, hint, text));
            let page = idea::page(&app, &who, [round, idea], problem).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /rounds/{id}/ideas/{idea}/undo`
pub(crate) async fn undo(
    State(app): State<App>,
    who: Who,
    Ids([round, idea]): Ids<2>,
    sent: Sent,
) -> Result<Redirect, Failure> {
    moderator(&who)?;
    let seen = IdeaState::named(sent.text("seen")).ok_or(Failure::NotFound)?;
    ideas::undo(&app.ledger, &who.email, (round, idea), seen).await?;
    app.voting.forget(round);
    let back = format!("/rounds/{round}/ideas?done=undone&idea={idea}");
    Ok(Redirect::to(&back))
}
