//! `GET /chain`

use super::proposed::proposals;
use super::roles::Roles;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::state::App;
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use throughline_domain::facts::{Edge, Place};
use throughline_ledger::roles;

/// What a page before this one did.
#[derive(Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: bool,
}

/// The chain as it is, and a form to bring one.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Query(done): Query<Done>,
) -> Result<Markup, Failure> {
    let roles = Roles::read(&app).await?;
    let edges = roles::chain(&app.ledger).await?;
    let done = done
        .done
        .then(|| html! { p class="note" role="status" { "Done. The chain is as the file says." } });
    let proposed = roles::proposed(&app.ledger).await?;
    let body = html! { (page(&roles, &edges, done.as_ref())) (proposals(&proposed)) };
    Ok(office("Chain", &who, &body))
}

/// The page, with what is said above it.
pub(super) fn page(roles: &Roles, edges: &[Edge], said: Option<&Markup>) -> Markup {
    let mut by_role: BTreeMap<&str, Vec<&Place>> = BTreeMap::new();
    for edge in edges {
        by_role.entry(&edge.from).or_default().push(&edge.to);
    }
    html! {
        h1 { "How work reaches customers" }
        @if let Some(said) = said { (said) }
        p class="lead" { "Every role serves customers, directly or by serving another role. The chain says who uses whose work, so that fixes and problems can be joined along it." }
        (roles.warning(edges))
        @if by_role.is_empty() {
            p class="note" { "There is no chain yet. Rounds work without one; after sending, employees can tap who uses their work, and that proposes it." }
        } @else {
            div class="scroll" tabindex="0" role="region" aria-label="The chain" {
                table {
                    thead { tr { th scope="col" { "Role" } th scope="col" { "Its work goes to" } } }
                    tbody {
                        @for (role, places) in &by_role {
                            tr {
                                th scope="row" class="name" { (role) (roles.mark(role)) }
                                td { @for (at, place) in places.iter().enumerate() {
                                    @if at > 0 { ", " }
                                    @match place {
                                        Place::Role(role) => { (role) (roles.mark(role)) }
                                        Place::Stage(stage) => { strong { (stage) } " (customers)" }
                                    }
                                } }
                            }
                        }
                    }
                }
            }
        }
        section class="card" {
            h2 { @if by_role.is_empty() { "Bring a chain" } @else { "Bring another in its place" } }
            form method="post" action="/chain" enctype="multipart/form-data" {
                div class="field" {
                    label for="chain" { "File of the chain"
                        span class="hint" { "CSV or XLSX with the columns from and to, and weight if you like; customers' steps are written stage:Delivery. A file with roles and titles alone adds these." }
                    }
                    input type="file" id="chain" name="chain" required accept=".csv,.tsv,.txt,.xlsx,.gz,.zip";
                }
                button { @if by_role.is_empty() { "Store this chain" } @else { "Store it in place of the one above" } }
            }
        }
        (roles.list(edges))
    }
}
