//! `GET /said/{id}`: what employees read. No account: its address can be posted where they look.
//! It holds words of the company's own and counts from the minimum group on, nothing else.

use crate::answer::Reader;
use crate::error::Failure;
use crate::language::Text;
use crate::page::path::Ids;
use crate::page::phone::phone;
use crate::state::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use throughline_disclosure::Count;
use throughline_domain::listen::LeverStatus;
use throughline_ledger::LedgerError;
use throughline_ledger::levers::{self, SaidLever};

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    Ids([round]): Ids<1>,
    reader: Reader,
) -> Result<Response, Failure> {
    let said = match levers::said(&app.ledger, round).await {
        Ok(said) => said,
        Err(LedgerError::NotFound { .. }) => None,
        Err(other) => return Err(other.into()),
    };
    let Some(said) = said else {
        let text = reader.text(&app, &[]);
        let title = text.say("said-empty-title");
        let body = html! { h1 { (title) } p { (text.say("said-empty")) } };
        return Ok((StatusCode::NOT_FOUND, phone(&text, &title, None, &body)).into_response());
    };
    let text = reader.text(&app, &said.languages);
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
            h1 { (text.say("said-title")) }
            p { (text.say("said-intro")) }
            @for (key, statuses) in groups {
                @let of: Vec<&SaidLever> = said.levers.iter().filter(|lever| statuses.contains(&lever.status)).collect();
                @if !of.is_empty() {
                    h2 { (text.say(key)) }
                    @for lever in of { (fix(&text, lever)) }
                }
            }
            p class="soft" { (text.count("said-promise", &[("count", shown(said.minimum_group))])) }
        }
    };
    let path = format!("/said/{round}");
    Ok(phone(&text, &text.say("said-title"), Some(&path), &body).into_response())
}

fn fix(text: &Text, lever: &SaidLever) -> Markup {
    html! {
        article {
            h3 dir="auto" { (*lever.title) }
            @if matches!(lever.status, LeverStatus::InWork | LeverStatus::Chosen) {
                p { span class="mark" { (text.say(&format!("said-status-{}", lever.status.name()))) } }
            }
            @if !lever.why.is_empty() {
                p { span class="soft" { (text.say("said-why")) } " " span dir="auto" { (*lever.why) } }
            }
            @if !lever.customers_since.is_empty() {
                p class="customers" { span class="soft" { (text.say("said-customers")) } " " span dir="auto" { (*lever.customers_since) } }
            }
            @if let Some(people) = &lever.people {
                p class="soft" {
                    @match **people {
                        Count::Of(count) => (text.count("said-people", &[("count", shown(count))])),
                        Count::FewerThan(count) => (text.count("said-few", &[("count", shown(count))])),
                    }
                }
            }
        }
    }
}

/// As translations take numbers.
fn shown(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
