//! Adding, changing and removing a fix.

use super::words;
use crate::error::Failure;
use crate::guard::Who;
use crate::moderation::{Tab, tabs};
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::sent::Sent;
use crate::page::words::{people, sentence};
use crate::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::BTreeSet;
use throughline_disclosure::CompanyWords;
use throughline_domain::listen::LeverStatus;
use throughline_ledger::levers::{self, Draft};
use throughline_ledger::{LedgerError, ideas};
use uuid::Uuid;

/// `GET /rounds/{id}/levers/new`
pub(crate) async fn blank(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
) -> Result<Markup, Failure> {
    let draft = Draft {
        title: CompanyWords::default(),
        status: LeverStatus::Heard,
        why: CompanyWords::default(),
        customers_since: CompanyWords::default(),
        ideas: BTreeSet::new(),
    };
    page(&app, &who, round, None, &draft, None).await
}

/// `GET /rounds/{id}/levers/{lever}`
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([round, id]): Ids<2>,
) -> Result<Markup, Failure> {
    let list = levers::list(&app.ledger, round).await?;
    let lever = list.into_iter().find(|lever| lever.id == id);
    let lever = lever.ok_or(Failure::NotFound)?;
    page(&app, &who, round, Some(id), &lever.draft, None).await
}

/// `POST /rounds/{id}/levers`
pub(crate) async fn add(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
    sent: Sent,
) -> Result<Response, Failure> {
    save(&app, &who, round, None, &sent).await
}

/// `POST /rounds/{id}/levers/{lever}`
pub(crate) async fn change(
    State(app): State<App>,
    who: Who,
    Ids([round, id]): Ids<2>,
    sent: Sent,
) -> Result<Response, Failure> {
    save(&app, &who, round, Some(id), &sent).await
}

/// `POST /rounds/{id}/levers/{lever}/remove`
pub(crate) async fn remove(
    State(app): State<App>,
    who: Who,
    Ids([round, id]): Ids<2>,
) -> Result<Redirect, Failure> {
    levers::remove(&app.ledger, &who.email, round, id).await?;
    Ok(Redirect::to(&format!("/rounds/{round}/levers")))
}

async fn save(
    app: &App,
    who: &Who,
    round: Uuid,
    id: Option<Uuid>,
    sent: &Sent,
) -> Result<Response, Failure> {
    let status = LeverStatus::named(sent.text("status"))
        .ok_or_else(|| Failure::refused("a fix needs a status", "Go back and choose one."))?;
    let draft = Draft {
        title: CompanyWords::new(sent.text("title")),
        status,
        why: CompanyWords::new(sent.text("why")),
        customers_since: CompanyWords::new(sent.text("customers_since")),
        ideas: sent
            .named("idea.")
            .filter_map(|id| id.parse().ok())
            .collect(),
    };
    let today = app.clock.today();
    let place = (round, id);
    match levers::save(&app.ledger, &who.email, place, draft.clone(), today).await {
        Ok(_) => Ok(Redirect::to(&format!("/rounds/{round}/levers")).into_response()),
        Err(LedgerError::Refused { what, hint }) => {
            let page = page(app, who, round, id, &draft, Some((what, hint))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn page(
    app: &App,
    who: &Who,
    round: Uuid,
    id: Option<Uuid>,
    draft: &Draft,
    problem: Option<(String, String)>,
) -> Result<Markup, Failure> {
    let list = levers::list(&app.ledger, round).await?;
    let shown = ideas::shown(&app.ledger, round).await?;
    let elsewhere: BTreeSet<Uuid> = list
        .iter()
        .filter(|lever| Some(lever.id) != id)
        .flat_map(|lever| lever.draft.ideas.iter().copied())
        .collect();
    let free: Vec<_> = shown
        .iter()
        .filter(|idea| !elsewhere.contains(&idea.id))
        .collect();
    let title = if id.is_some() {
        "Change a fix"
    } else {
        "Add a fix"
    };
    let at = match id {
        Some(id) => format!("/rounds/{round}/levers/{id}"),
        None => format!("/rounds/{round}/levers"),
    };
    let body = html! {
        (tabs(round, Tab::Levers))
        h1 { (title) }
        @if let Some((what, hint)) = &problem {
            div class="error" role="alert" {
                p { strong { (sentence(what)) } " " (sentence(hint)) }
            }
        }
        form method="post" action=(at) {
            div class="field" {
                label for="title" { "What changes " span class="hint" { "In a few words that everybody understands: employees read it." } }
                input type="text" id="title" name="title" value=(draft.title.as_str()) maxlength="160" required autocomplete="off";
            }
            fieldset class="field stack" {
                legend { "How far is it?" }
                @for status in LeverStatus::ALL {
                    label class="choice" {
                        input type="radio" name="status" value=(status.name()) checked[status == draft.status] required;
                        span { (words(status)) }
                    }
                }
            }
            div class="field" {
                label for="why" { "Why " span class="hint" { "Needed where it isn't done now. The people who proposed it read this." } }
                textarea id="why" name="why" maxlength="800" rows="3" { (draft.why.as_str()) }
            }
            div class="field" {
                label for="customers_since" { "What customers say since " span class="hint" { "Once there is something to tell: what changed in their words or scores." } }
                textarea id="customers_since" name="customers_since" maxlength="800" rows="3" { (draft.customers_since.as_str()) }
            }
            fieldset class="field stack broad" {
                legend { "Ideas that it takes up" }
                @if free.is_empty() {
                    p class="soft" { "No shown idea is free." }
                }
                @for idea in &free {
                    label class="choice" {
                        input type="checkbox" name={ "idea." (idea.id) } value="on" checked[draft.ideas.contains(&idea.id)];
                        span { span dir="auto" { (*idea.words) } " " span class="hint" { (people(idea.count)) } }
                    }
                }
            }
            div class="actions" {
                button { @if id.is_some() { "Save the fix" } @else { "Add the fix" } }
                a class="button quiet" href={ "/rounds/" (round) "/levers" } { "Back" }
            }
        }
        @if let Some(id) = id {
            details class="remove" {
                summary { "Remove it" }
                p { "It goes from the employees' page. Its ideas are free for another fix." }
                form method="post" action={ "/rounds/" (round) "/levers/" (id) "/remove" } {
                    button class="danger" { "Remove" }
                }
            }
        }
    };
    Ok(office(("Rounds", title), who, &body))
}
