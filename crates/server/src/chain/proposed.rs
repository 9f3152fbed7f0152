//! `POST /chain/proposed`: ways that employees tapped, taken up by a lead.

use crate::error::Failure;
use crate::guard::Who;
use crate::state::App;
use axum::extract::{Form, State};
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Deserialize;
use throughline_domain::facts::{Edge, Place};
use throughline_ledger::roles;

/// Proposals shown.
const SHOWN: usize = 100;

/// One that is taken up.
#[derive(Deserialize)]
pub(crate) struct Proposal {
    from: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    stage: String,
}

/// Adds it to the chain.
pub(crate) async fn take_up(
    State(app): State<App>,
    who: Who,
    Form(proposal): Form<Proposal>,
) -> Result<Redirect, Failure> {
    let to = if proposal.stage.is_empty() {
        Place::Role(proposal.role)
    } else {
        Place::Stage(proposal.stage)
    };
    roles::take_up(&app.ledger, &proposal.from, &to, who.email).await?;
    Ok(Redirect::to("/chain"))
}

/// What is proposed, each with a button.
pub(super) fn proposals(edges: &[Edge]) -> Markup {
    html! {
        @if !edges.is_empty() {
            section class="card" {
                h2 { "Proposed by employees" }
                p { "At least ten people of the role tapped this after they answered. Add what is true." }
                ul {
                    @for edge in edges.iter().take(SHOWN) {
                        li {
                            form method="post" action="/chain/proposed" {
                                input type="hidden" name="from" value=(edge.from);
                                (edge.from) " \u{2192} "
                                @match &edge.to {
                                    Place::Role(role) => {
                                        (role)
                                        input type="hidden" name="role" value=(role);
                                    }
                                    Place::Stage(stage) => {
                                        strong { (stage) } " (customers)"
                                        input type="hidden" name="stage" value=(stage);
                                    }
                                }
                                " "
                                button class="quiet" { "Add to the chain" }
                            }
                        }
                    }
                }
            }
        }
    }
}
