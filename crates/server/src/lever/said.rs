//! `GET /said/{id}`: what employees read. No account: its address can be posted where they look.
//! It holds words of the company's own and counts from the minimum group on, nothing else.

use crate::error::Failure;
use crate::page::path::Ids;
use crate::page::respondent::respondent;
use crate::page::speech::Speech;
use crate::state::App;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use throughline_disclosure::Count;
use throughline_domain::listen::LeverStatus;
use throughline_ledger::LedgerError;
use throughline_ledger::levers::{self, SaidLever};

/// What the address says beside the round.
#[derive(Deserialize)]
pub(crate) struct Wish {
    /// A language.
    lang: Option<String>,
}

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    Ids([round]): Ids<1>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let said = match levers::said(&app.ledger, round).await {
        Ok(said) => said,
        Err(LedgerError::NotFound { .. }) => None,
        Err(other) => return Err(other.into()),
    };
    let wish = wish.lang.as_deref();
    let Some(said) = said else {
        let every = ["en", "es", "ar"].map(str::to_owned);
        let speech = Speech::choose(&every, wish, &headers);
        let title = speech.say("said-empty-title");
        let body = html! { h1 { (title) } p class="lead" { (speech.say("said-empty")) } };
        let page = respondent(&speech, &[], &title, &body);
        return Ok((StatusCode::NOT_FOUND, page).into_response());
    };
    let speech = Speech::choose(&said.languages, wish, &headers);
    let offered = Speech::offered(&said.languages);
    let groups = [
        (
            "said-group-in_work",
            &[LeverStatus::InWork, LeverStatus::Chosen][..],
        ),
        ("said-group-done", &[LeverStatus::Done]),
        ("said-group-heard", &[LeverStatus::Heard]),
        ("said-group-not_now", &[LeverStatus::NotNow]),
    ];
    let body = html! {
        div class="said" {
            h1 { (speech.say("said-title")) }
            p class="lead" { (speech.say("said-intro")) }
            @for (key, statuses) in groups {
                @let of: Vec<&SaidLever> = said.levers.iter().filter(|lever| statuses.contains(&lever.status)).collect();
                @if !of.is_empty() {
                    h2 { (speech.say(key)) }
                    @for lever in of { (fix(&speech, lever)) }
                }
            }
            p class="hint" { (speech.with("said-promise", &[("count", said.minimum_group)])) }
        }
    };
    Ok(respondent(&speech, &offered, &speech.say("said-title"), &body).into_response())
}

fn fix(speech: &Speech, lever: &SaidLever) -> Markup {
    html! {
        article {
            h3 dir="auto" { (*lever.title) }
            @if matches!(lever.status, LeverStatus::InWork | LeverStatus::Chosen) {
                p { span class={ "status " (lever.status.name()) } { (speech.say(&format!("said-status-{}", lever.status.name()))) } }
            }
            @if !lever.why.is_empty() {
                p { span class="hint" { (speech.say("said-why")) } " " span dir="auto" { (*lever.why) } }
            }
            @if !lever.customers_since.is_empty() {
                p class="customers" { span class="hint" { (speech.say("said-customers")) } " " span dir="auto" { (*lever.customers_since) } }
            }
            @if let Some(people) = &lever.people {
                p class="hint" {
                    @match **people {
                        Count::Of(count) => (speech.with("said-people", &[("count", count)])),
                        Count::FewerThan(count) => (speech.with("said-few", &[("count", count)])),
                    }
                }
            }
        }
    }
}
