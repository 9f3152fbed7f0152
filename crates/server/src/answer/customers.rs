//! `GET /customers/{round}`: how a role's work reaches customers; `POST`: one tap that says who uses
//! it. Neither knows who looks.

use super::{Reader, taps};
use crate::error::Failure;
use crate::language::Text;
use crate::limits::{Client, Door};
use crate::page::path::Ids;
use crate::page::phone::phone;
use crate::state::App;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use throughline_domain::listen::RoundState;
use throughline_ledger::chain::{self, Chain};
use throughline_ledger::{ballot_box, rounds};
use uuid::Uuid;

/// Ways to customers that are shown.
const PATHS: usize = 3;
/// Roles that one can choose of: a page for a phone stays under 50 kB.
const ROLES: usize = 300;
/// Roles and steps that one can tap on.
const TAPS: usize = 60;

#[derive(Deserialize)]
pub(super) struct Chosen {
    role: Option<Uuid>,
    /// What allows a tap, for who has sent an answer.
    #[serde(default)]
    tap: String,
}

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    Ids([round]): Ids<1>,
    Query(chosen): Query<Chosen>,
    reader: Reader,
) -> Result<Response, Failure> {
    let round = rounds::by_id(&app.ledger, round).await?;
    let text = reader.text(&app, &round.languages);
    let chain = chain::kept(&app.ledger).await?;
    let path = format!("/customers/{}", round.id);
    let title = text.say("customers-path");
    let role = chosen.role.filter(|role| chain.role(*role).is_some());
    let body = html! {
        h1 { (title) }
        form method="get" action=(path) {
            input type="hidden" name="lang" value=(text.tag());
            @if !chosen.tap.is_empty() { input type="hidden" name="tap" value=(chosen.tap); }
            label for="role" { (text.say("customers-role")) }
            select id="role" name="role" {
                @for (id, name) in chain.roles().into_iter().take(ROLES) {
                    option value=(id) selected[Some(id) == role] { (name) }
                }
            }
            p { button class="quiet" { (text.say("customers-show")) } }
        }
        @if let Some(role) = role {
            (chain_of(&text, &chain, role))
            (uses(&text, &chain, round.id, role, Some(&chosen.tap)))
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

/// One tap: who uses your work? For who may tap.
pub(super) fn uses(
    text: &Text,
    chain: &Chain,
    round: Uuid,
    role: Uuid,
    allowed: Option<&str>,
) -> Markup {
    let mut stages = chain.stages();
    stages.truncate(TAPS);
    let roles: Vec<(Uuid, &str)> = chain
        .roles()
        .into_iter()
        .filter(|(id, _)| *id != role)
        .take(TAPS - stages.len())
        .collect();
    let allowed = allowed.filter(|allowed| !allowed.is_empty());
    html! {
        @if let Some(allowed) = allowed.filter(|_| !roles.is_empty() || !stages.is_empty()) {
            form method="post" class="uses"
                action={ "/customers/" (round) "?lang=" (text.tag()) } {
                h2 { (text.say("uses-title")) }
                p class="soft" { (text.say("uses-hint")) }
                input type="hidden" name="from" value=(role);
                input type="hidden" name="tap" value=(allowed);
                div class="taps" {
                    @for (id, name) in roles {
                        button class="quiet" name="place" value={ "role:" (id) } { (name) }
                    }
                    @for stage in stages {
                        button class="quiet" name="place" value={ "stage:" (stage) } { (text.say("customers-end")) ": " (stage) }
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
    #[serde(default)]
    tap: String,
}

/// Counts a tap.
pub(super) async fn tap(
    State(app): State<App>,
    Ids([round]): Ids<1>,
    client: Client,
    reader: Reader,
    Form(tapped): Form<Tapped>,
) -> Result<Response, Failure> {
    app.limits.take(Door::Crowd, client)?;
    let round = rounds::by_id(&app.ledger, round).await?;
    let text = reader.text(&app, &round.languages);
    let chain = chain::kept(&app.ledger).await?;
    let is_there = match tapped.place.split_once(':') {
        Some(("role", id)) => id.parse().is_ok_and(|id| chain.role(id).is_some()),
        Some(("stage", name)) => chain.stages().contains(&name),
        _ => false,
    };
    let counts = is_there && chain.role(tapped.from).is_some() && round.state == RoundState::Open;
    if counts && taps::is_first(&app, round.id, &tapped.tap).await? {
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
