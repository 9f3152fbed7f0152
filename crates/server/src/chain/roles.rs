//! The roles there are, those that nobody holds marked: a slip in a file makes one that nobody does.
//! `POST /chain/roles/{id}/remove` takes away one that nothing names.

use crate::error::Failure;
use crate::guard::Who;
use crate::page::path::Ids;
use crate::page::words::counted;
use crate::state::App;
use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use std::collections::HashSet;
use throughline_domain::facts::{Edge, Place};
use throughline_ledger::roles::{self, Role};

/// Roles shown.
const SHOWN: usize = 500;

/// Roles, and which of them somebody holds.
pub(super) struct Roles {
    all: Vec<Role>,
    /// Names of those that nobody holds; none where no people are known yet.
    unheld: HashSet<String>,
}

impl Roles {
    pub(super) async fn read(app: &App) -> Result<Self, Failure> {
        let all = roles::all(&app.ledger).await?;
        let held = roles::held(&app.ledger).await?;
        let unheld = all
            .iter()
            .filter(|role| !held.is_empty() && !held.contains(&role.id))
            .map(|role| role.name.clone())
            .collect();
        Ok(Self { all, unheld })
    }

    /// A mark beside a role that nobody holds.
    pub(super) fn mark(&self, name: &str) -> Markup {
        html! {
            @if self.unheld.contains(name) { " " span class="tag" { "nobody has this role" } }
        }
    }

    /// What to do about roles in the chain that nobody holds.
    pub(super) fn warning(&self, edges: &[Edge]) -> Markup {
        let mut named: Vec<&str> = edges.iter().flat_map(of).collect();
        named.retain(|name| self.unheld.contains(*name));
        named.sort_unstable();
        named.dedup();
        html! {
            @if !named.is_empty() {
                p class="warning" {
                    strong { (counted(named.len(), "role", "roles")) " of the chain that nobody in the list of people has: " }
                    bdi { (named.join(", ")) } ". Is it a slip in the file? Then bring it again, mended."
                }
            }
        }
    }

    /// All of them, with a way to remove those that nothing names.
    pub(super) fn list(&self, edges: &[Edge]) -> Markup {
        let named: HashSet<&str> = edges.iter().flat_map(of).collect();
        let (unheld, held): (Vec<&Role>, Vec<&Role>) = self
            .all
            .iter()
            .partition(|role| self.unheld.contains(&role.name));
        html! {
            @if !self.all.is_empty() {
                details {
                    summary { (counted(self.all.len(), "role", "roles")) @if !unheld.is_empty() { ", " (unheld.len()) " that nobody has" } }
                    ul {
                        @for role in unheld.into_iter().chain(held).take(SHOWN) {
                            li {
                                (role.name)
                                @if let Some(title) = &role.title { " \u{2013} " (title) }
                                (self.mark(&role.name))
                                @if self.unheld.contains(&role.name) && !named.contains(role.name.as_str()) {
                                    form method="post" action={ "/chain/roles/" (role.id) "/remove" } {
                                        button class="quiet" aria-label={ "Remove " (role.name) } { "Remove" }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The roles of a way.
fn of(edge: &Edge) -> Vec<&str> {
    match &edge.to {
        Place::Role(to) => vec![edge.from.as_str(), to.as_str()],
        Place::Stage(_) => vec![edge.from.as_str()],
    }
}

/// Removes one.
pub(crate) async fn remove(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Redirect, Failure> {
    roles::remove(&app.ledger, id, who.email).await?;
    Ok(Redirect::to("/chain"))
}
