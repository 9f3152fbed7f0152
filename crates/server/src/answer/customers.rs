//! `GET /customers/{round}`: how a role's work reaches customers; `POST`: one tap that says who uses
//! it. Neither knows who looks.

use super::Reader;
use crate::error::Failure;
use crate::language::Text;
use crate::limits::{Client, Door};
use crate::page::phone::phone;
use crate::state::App;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use throughline_domain::listen::RoundState;
use throughline_ledger::chain::{self, Chain};
use throughline_ledger::{ballot_box, rounds};
use uuid::Uuid;

/// Ways to customers that are shown.
const PATHS: usize = 3;

#[derive(Deserialize)]
pub(super) struct Chosen {
    role: Option<Uuid>,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    Path(round): Path<Uuid>,
    Query(chosen): Query<Chosen>,
    reader: Reader,
) -> Result<Response, Failure> {
    let round = rounds::by_id(&app.ledger, round).await?;
    let text = reader.text(&app, &round.languages);
    let chain = chain::read(&app.ledger).await?;
    let path = format!("/customers/{}", round.id);
    let title = text.say("customers-path");
    let role = chosen.role.filter(|role| chain.role(*role).is_some());
    let body = html! {
        h1 { (title) }
        form method="get" action=(path) {
            input type="hidden" name="lang" value=(text.tag());
            label for="role" { (text.say("customers-role")) }
            select id="role" name="role" {
                @for (id, name) in chain.roles() {
                    option value=(id) selected[Some(id) == role] { (name) }
                }
            }
            p { button class="quiet" { (text.say("customers-show")) } }
        }
        @if let Some(role) = role {
            (chain_of(&text, &chain, role))
            (uses(&text, &chain, round.id, role))
        }
    };
    Ok(phone(&text, &title, Some(&path), &body).into_response())
}

/// A role's ways to customers.
pub(super) fn chain_of(text: &Text, chain: &Chain, role: Uuid) -> Markup {
    let Some(name) = chain.role(role) else {
        return html! {};
    };
    let paths = chain.paths(role, PATHS);
    html! {
        h2 { (text.say("customers-path")) }
        @if paths.is_empty() {
            p { (text.say("customers-unknown")) }
        }
        @for path in paths {
            ol class="path" {
                li { (name) }
                @for step in &path { li { (step) } }
                li class="end" { (text.say("customers-end")) }
            }
        }
    }
}

/// One tap: who uses your work?
pub(super) fn uses(text: &Text, chain: &Chain, round: Uuid, role: Uuid) -> Markup {
    let roles: Vec<(Uuid, &str)> = chain
        .roles()
        .into_iter()
        .filter(|(id, _)| *id != role)
        .collect();
    let stages = chain.stages();
    html! {
        @if !roles.is_empty() || !stages.is_empty() {
            form method="post" class="uses"
                action={ "/customers/" (round) "?lang=" (text.tag()) } {
                h2 { (text.say("uses-title")) }
                p class="soft" { (text.say("uses-hint")) }
                input type="hidden" name="from" value=(role);
                div class="taps" {
                    @for (id, name) in roles {
                        button class="quiet" name="place" value={ "role:" (id) } { (name) }
                    }
                    @for stage in stages {
                        button class="quiet" name="place" value={ "stage:" (stage) } { (stage) }
                    }
                }
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Tapped {
    from: Uuid,
    place: String,
}

/// Counts a tap.
pub(super) async fn tap(
    State(app): State<App>,
    Path(round): Path<Uuid>,
    client: Client,
    reader: Reader,
    Form(tapped): Form<Tapped>,
) -> Result<Response, Failure> {
    app.limits.take(Door::Crowd, client)?;
    let round = rounds::by_id(&app.ledger, round).await?;
    let text = reader.text(&app, &round.languages);
    let chain = chain::read(&app.ledger).await?;
    let is_there = match tapped.place.split_once(':') {
        Some(("role", id)) => id.parse().is_ok_and(|id| chain.role(id).is_some()),
        Some(("stage", name)) => chain.stages().contains(&name),
        _ => false,
    };
    if is_there && chain.role(tapped.from).is_some() && round.state == RoundState::Open {
        ballot_box::tap(&app.ledger, round.id, tapped.from, tapped.place).await?;
    }
    let title = text.say("uses-title");
    let body = html! {
        h1 { (title) }
        p { (text.say("uses-thanks")) }
        p class="soft" { (text.say("close-page")) }
    };
    Ok(phone(&text, &title, None, &body).into_response())
}
