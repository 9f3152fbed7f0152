//! After sending: thanks, the receipt's code, what customers say, how this work reaches them. Never
//! before: it would put words into people's mouths.

use super::customers::{chain_of, uses};
use super::taps;
use crate::language::Text;
use crate::page::phone::phone;
use crate::state::App;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use throughline_domain::brief::Quote;
use throughline_ledger::chain;
use throughline_ledger::rounds::{self, Round};
use uuid::Uuid;

/// Quotes on the page.
const QUOTES: usize = 3;
/// How long what was read of the newest brief serves.
const FRESH: Duration = Duration::from_secs(60);

/// What was read, and when.
type Kept = Option<(Instant, Vec<Quote>)>;

/// What customers said, read once a minute at most. Cheap to clone.
#[derive(Clone, Default)]
pub struct Said(Arc<Mutex<Kept>>);

impl Said {
    async fn quotes(&self, app: &App) -> Vec<Quote> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, quotes)) = kept().as_ref()
            && at.elapsed() < FRESH
        {
            return quotes.clone();
        }
        let workspace = app.config.workspace.clone();
        let read = move || throughline_engine::customers_said(&workspace, QUOTES);
        let quotes = tokio::task::spawn_blocking(read).await.unwrap_or_default();
        *kept() = Some((Instant::now(), quotes.clone()));
        quotes
    }
}

/// The page. The answer is stored: what can't be read now is left out.
pub(super) async fn thanks(
    app: &App,
    text: &Text,
    round: &Round,
    (cell, form): (Uuid, Uuid),
    code: Option<&str>,
    again: bool,
) -> Response {
    let quotes = app.said.quotes(app).await;
    let role = rounds::role_of(&app.ledger, round.id, cell).await;
    let role = role.ok().flatten();
    let chain = chain::kept(&app.ledger).await.unwrap_or_default();
    let allowed = taps::allowed(app, round.id, form).await;
    let title = text.say("thanks-title");
    let body = html! {
        div data-sent {
            h1 { (title) }
            @if again { p class="soft" { (text.say("thanks-again")) } }
            @if let Some(code) = code { (receipt(app, text, code)) }
        }
        (said(text, &quotes))
        @match role {
            Some(role) => {
                (chain_of(text, &chain, role))
                (uses(text, &chain, round.id, role, allowed.as_deref()))
            },
            None if !chain.roles().is_empty() => p {
                a class="button quiet" href={
                    "/customers/" (round.id) "?lang=" (text.tag()) "&tap=" (allowed.as_deref().unwrap_or_default())
                } {
                    (text.say("customers-see"))
                }
            },
            None => {},
        }
        p class="soft" { (text.say("close-page")) }
    };
    phone(text, &title, None, &body).into_response()
}

fn receipt(app: &App, text: &Text, code: &str) -> Markup {
    let grouped: Vec<&str> = (0..code.len())
        .step_by(4)
        .filter_map(|at| code.get(at..(at + 4).min(code.len())))
        .collect();
    let address = app.config.public_url.join("/receipt");
    let address = address.map_or_else(|_| "/receipt".to_owned(), |address| address.to_string());
    html! {
        div class="receipt" {
            h2 { (text.say("receipt-shown")) }
            p class="code" dir="ltr" { (grouped.join("\u{a0}")) }
            p { (text.say("receipt-keep")) }
            p class="soft" {
                (text.say("receipt-where")) " "
                a href={ "/receipt?lang=" (text.tag()) } dir="ltr" { (address) }
            }
        }
    }
}

fn said(text: &Text, quotes: &[Quote]) -> Markup {
    html! {
        @if !quotes.is_empty() {
            h2 { (text.say("customers-said")) }
            @for quote in quotes {
                blockquote dir="auto" {
                    p { (quote.words) }
                    @if !quote.from.is_empty() { footer class="soft small" { (quote.from) } }
                }
            }
        }
    }
}
