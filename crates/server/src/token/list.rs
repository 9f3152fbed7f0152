//! `GET /tokens`

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::sure::sure;
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use throughline_domain::listen::Scope;
use throughline_ledger::tokens::{self, Token};

/// Days for which a token may last; none is for ever.
pub(super) const DAYS: [Option<i64>; 4] = [Some(90), Some(365), Some(30), None];

/// The page.
pub(crate) async fn show(State(app): State<App>, who: Who) -> Result<Markup, Failure> {
    let all = tokens::list(&app.ledger).await?;
    Ok(page(&app, &who, &all, &html! {}))
}

/// The page, with something to say first.
pub(super) fn page(app: &App, who: &Who, all: &[Token], first: &Markup) -> Markup {
    let now = app.clock.now();
    let body = html! {
        h1 { "Tokens" }
        p class="lead" {
            "With a token another program may call the API: push customers' feedback, read rounds and released briefs. "
            a href="/api/v1/openapi.json" { "What it can do" } "."
        }
        p class="soft measure" { "One that reads rounds also reads how far each is, which on pages HR alone sees: hand it to systems of HR\u{2019}s." }
        (first)
        @if all.is_empty() {
            p class="soft" { "There is no token yet." }
        } @else {
            div class="scroll" tabindex="0" role="region" aria-label="Tokens" {
                table {
                    thead {
                        tr {
                            th scope="col" { "Name" }
                            th scope="col" { "Is for" }
                            th scope="col" { "Made" }
                            th scope="col" { "Ends" }
                            th scope="col" { span class="hidden" { "Revoke" } }
                        }
                    }
                    tbody {
                        @for token in all {
                            tr {
                                td { (token.name) }
                                td { @for scope in &token.scopes { code { (scope.name()) } " " } }
                                td { (token.created_at.format("%-d %B %Y")) }
                                td {
                                    @match token.expires_at {
                                        Some(end) if end <= now => { "ended" }
                                        Some(end) => { (end.format("%-d %B %Y")) }
                                        None => { "never" }
                                    }
                                }
                                td {
                                    details {
                                        summary aria-label={ "Revoke " (token.name) } { "Revoke" }
                                        form method="post" action={ "/tokens/" (token.id) "/revoke" } {
                                            (sure(&format!("Whatever uses {} stops working at once", token.name)))
                                            button class="danger" { "Revoke" }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        h2 { "Make a token" }
        form method="post" action="/tokens" {
            div class="field" {
                label for="name" { "Name" span class="hint" { "What will use it; the audit log says this name" } }
                input type="text" id="name" name="name" required maxlength="60" autocomplete="off";
            }
            fieldset class="field" {
                legend { "What it is for" }
                @for scope in Scope::ALL {
                    label class="pick" {
                        input type="checkbox" name="scope" value=(scope.name());
                        span { (scope.words()) " " code { (scope.name()) } }
                    }
                }
            }
            div class="field" {
                label for="days" { "How long" }
                select id="days" name="days" {
                    @for days in DAYS {
                        @match days {
                            Some(days) => { option value=(days) { (days) " days" } }
                            None => { option value="" { "until it is revoked" } }
                        }
                    }
                }
            }
            button { "Make the token" }
        }
    };
    office("Tokens", who, &body)
}
