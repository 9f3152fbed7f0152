//! `GET /v/{token}`: the form. One for all questions, one question a screen by the address; what
//! was asked is sealed into it, so that nobody chooses what to vote on.

use super::held::{Ground, ground};
use super::pages;
use crate::error::Failure;
use crate::limits::{Client, Door};
use crate::page::respondent::respondent;
use crate::page::speech::Speech;
use crate::state::App;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use throughline_domain::listen::{Asked, Criterion, VotesBy};
use throughline_engine::voting::ask;
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::ideas::Shown;
use throughline_ledger::{votes, ways_in};
use uuid::Uuid;

/// What the address says beside the token.
#[derive(Deserialize)]
pub(crate) struct Wish {
    /// A language.
    pub lang: Option<String>,
}

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    client: Client,
    Path(token): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    app.limits.open(Door::Code, client)?;
    let today = app.clock.today();
    let way = ways_in::resolve(&app.ledger, &token, Kind::Votes, today).await?;
    if way.is_none() {
        app.limits.failed(Door::Code, client);
    }
    let Some(way) = way.filter(|way| !way.used) else {
        return Ok(pages::shut(&headers, wish.lang.as_deref()));
    };
    let ground = ground(&app, way.round).await?;
    let speech = Speech::choose(&ground.voting.languages, wish.lang.as_deref(), &headers);
    let offered = Speech::offered(&ground.voting.languages);
    let asked = asked(&app, way.round, &token, &ground).await?;
    if asked.is_empty() {
        return Ok(pages::nothing(&speech, &offered).into_response());
    }
    let id = Uuid::new_v4();
    let list = serde_json::to_string(&asked).map_err(|error| Failure::Fault(error.to_string()))?;
    let seal = votes::seal(&app.ledger, way.round, &sealed(&token, id, &list)).await?;
    let seal = hex(&seal.ok_or(Failure::NotFound)?);
    let body = html! {
        (screens(&speech, &ground, &asked, &html! {
            input type="hidden" name="id" value=(id);
            input type="hidden" name="asked" value=(list);
            input type="hidden" name="seal" value=(seal);
            input type="hidden" name="lang" value=(speech.tag());
        }))
    };
    let title = speech.say("vote-title");
    Ok(respondent(&speech, &offered, &title, &body).into_response())
}

/// What this voter is asked: the same whenever she loads the page, as long as the votes are the
/// same.
async fn asked(
    app: &App,
    round: Uuid,
    token: &str,
    ground: &std::sync::Arc<Ground>,
) -> Result<Vec<Asked>, Failure> {
    let own = votes::seal(&app.ledger, round, &format!("seed\n{token}")).await?;
    let Some(own) = own else {
        return Err(Failure::NotFound);
    };
    let seed = own
        .iter()
        .take(8)
        .fold(0_u64, |seed, byte| seed << 8 | u64::from(*byte));
    let ground = std::sync::Arc::clone(ground);
    tokio::task::spawn_blocking(move || {
        let ideas: Vec<String> = ground
            .ideas
            .iter()
            .map(|idea| idea.id.to_string())
            .collect();
        ask(&ideas, &ground.votes.rows, ground.voting.by, seed)
    })
    .await
    .map_err(|error| Failure::Fault(error.to_string()))
}

/// The text that is sealed: whose form, which form, what it asks.
pub(super) fn sealed(token: &str, id: Uuid, asked: &str) -> String {
    format!("form\n{token}\n{id}\n{asked}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn screens(speech: &Speech, ground: &Ground, asked: &[Asked], hidden: &Markup) -> Markup {
    let ideas: BTreeMap<String, &Shown> = ground
        .ideas
        .iter()
        .map(|idea| (idea.id.to_string(), idea))
        .collect();
    let count = asked.len() as u64;
    let intro = match ground.voting.by {
        VotesBy::Pairs => "vote-intro-pairs",
        VotesBy::Agreement => "vote-intro-agree",
    };
    html! {
        form method="post" class="screens" autocomplete="off" {
            (hidden)
            section class="screen" id="start" {
                h1 { (speech.say("vote-heading")) }
                p class="lead" { (speech.with(intro, &[("count", count)])) }
                div class="promise" { p { (speech.say("vote-promise")) } }
                div class="turn" { a class="button" href="#q1" { (speech.say("vote-start")) } }
            }
            @for (place, asked) in asked.iter().enumerate() {
                @let step = place as u64 + 1;
                section class="screen" id={ "q" (step) } {
                    div class="step" {
                        progress value=(step) max=(count) aria-hidden="true" {}
                        span { (speech.with("vote-step", &[("step", step), ("count", count)])) }
                    }
                    (question(speech, place, asked, &ideas))
                    div class="turn" {
                        a class="button quiet" href={ "#" (if place == 0 { "start".to_owned() } else { format!("q{place}") }) } { (speech.say("vote-back")) }
                        a class="button" href={ "#" (if step == count { "send".to_owned() } else { format!("q{}", step + 1) }) } { (speech.say("vote-next")) }
                    }
                }
            }
            section class="screen" id="send" {
                h1 { (speech.say("vote-last")) }
                p { (speech.say("vote-last-hint")) }
                div class="turn" {
                    a class="button quiet" href={ "#q" (count) } { (speech.say("vote-back")) }
                    button { (speech.say("vote-send")) }
                }
            }
        }
    }
}

fn question(
    speech: &Speech,
    place: usize,
    asked: &Asked,
    ideas: &BTreeMap<String, &Shown>,
) -> Markup {
    let name = format!("q{place}");
    let idea = |id: &String| ideas.get(id).copied();
    let choice = |value: &str, body: Markup, class: &str| {
        html! {
            label class=(class) {
                input type="radio" name=(name) value=(value);
                span { (body) }
            }
        }
    };
    let words = |shown: Option<&Shown>| {
        html! {
            @if let Some(shown) = shown {
                span dir="auto" { (*shown.words) }
                @if shown.own_words { span class="hint" { (speech.say("vote-own-words")) } }
            }
        }
    };
    let small = |value: &str, key: &str| choice(value, html! { (speech.say(key)) }, "choice small");
    match asked {
        Asked::Pair {
            one,
            other,
            criterion,
        } => html! {
            fieldset {
                legend { (speech.say(match criterion { Criterion::Impact => "vote-impact", Criterion::Ease => "vote-ease" })) }
                div class="choices" {
                    (choice("one", words(idea(one)), "choice idea"))
                    (choice("other", words(idea(other)), "choice idea"))
                    div class="smalls" {
                        (small("cant", "vote-cant-decide"))
                        (small("", "vote-skip"))
                    }
                }
            }
        },
        Asked::Single {
            idea: id,
            criterion,
        } => html! {
            fieldset {
                legend { (speech.say(match criterion { Criterion::Impact => "vote-agree-impact", Criterion::Ease => "vote-agree-ease" })) }
                p class="statement" { (words(idea(id))) }
                div class="choices" {
                    (choice("agree", html! { (speech.say("vote-agree")) }, "choice"))
                    (choice("disagree", html! { (speech.say("vote-disagree")) }, "choice"))
                    div class="smalls" {
                        (small("pass", "vote-pass"))
                        (small("", "vote-skip"))
                    }
                }
            }
        },
    }
}
