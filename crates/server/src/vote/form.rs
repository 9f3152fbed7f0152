//! `GET /v/{token}`: the form. One for all questions, one question a screen by the address; what
//! was asked is sealed into it, so that nobody chooses what to vote on.

use super::held::{Ground, ground};
use super::pages;
use crate::answer::{Reader, nowhere, shut};
use crate::error::Failure;
use crate::language::Text;
use crate::limits::Client;
use crate::page::phone::phone_with_form;
use crate::state::App;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use std::collections::BTreeMap;
use throughline_domain::listen::{Asked, Criterion, VotesBy};
use throughline_engine::voting::ask;
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::ideas::Shown;
use throughline_ledger::{votes, ways_in};
use uuid::Uuid;

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    client: Client,
    Path(token): Path<String>,
    reader: Reader,
) -> Result<Response, Failure> {
    let today = app.clock.today();
    // As with answers: it opens whether it was used or not.
    let Some(way) = ways_in::resolve(&app.ledger, &token, Kind::Votes, today).await? else {
        nowhere(&app, client, &token).await?;
        return Ok(shut(&reader.text(&app, &[])));
    };
    let ground = ground(&app, way.round).await?;
    let text = reader.text(&app, &ground.voting.languages);
    let path = format!("/v/{token}");
    let asked = asked(&app, way.round, &token, &ground).await?;
    if asked.is_empty() {
        return Ok(pages::nothing(&text, &path).into_response());
    }
    let id = Uuid::new_v4();
    let list = serde_json::to_string(&asked).map_err(|error| Failure::Fault(error.to_string()))?;
    let seal = votes::seal(&app.ledger, way.round, &sealed(&token, id, &list)).await?;
    let seal = hex::encode(seal.ok_or(Failure::NotFound)?);
    let sealed = [
        ("id", &*id.to_string()),
        ("asked", &*list),
        ("seal", &*seal),
    ];
    Ok(page(&text, &path, &ground, (&sealed, &asked), |_| String::new()).into_response())
}

/// The form: what is sealed into it, what it asks, and what was `chosen` already, by place.
pub(super) fn page(
    text: &Text,
    path: &str,
    ground: &Ground,
    (sealed, asked): (&[(&str, &str)], &[Asked]),
    chosen: impl Fn(usize) -> String,
) -> Markup {
    let chosen: Vec<String> = (0..asked.len()).map(chosen).collect();
    let body = html! {
        form method="post" id="votes" action={ (path) "?lang=" (text.tag()) } class="ask" autocomplete="off" {
            // A form is not sent by Enter before its last screen.
            button class="hidden" disabled aria-hidden="true" tabindex="-1" {}
            @for (name, value) in sealed { input type="hidden" name=(name) value=(value); }
            (screens(text, ground, asked, &chosen))
        }
    };
    phone_with_form(text, &text.say("vote-title"), ("votes", path), &body)
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

fn screens(text: &Text, ground: &Ground, asked: &[Asked], chosen: &[String]) -> Markup {
    let ideas: BTreeMap<String, &Shown> = ground
        .ideas
        .iter()
        .map(|idea| (idea.id.to_string(), idea))
        .collect();
    let count = asked.len();
    let intro = match ground.voting.by {
        VotesBy::Pairs => "vote-intro-pairs",
        VotesBy::Agreement => "vote-intro-agree",
    };
    html! {
        section class="screen" id="s1" tabindex="-1" aria-labelledby="q1" {
            h1 id="q1" { (text.say("vote-heading")) }
            p { (text.count(intro, &[("count", count)])) }
            p class="promise" {
                (text.say("vote-promise")) " "
                a href={ "/promise/" (ground.voting.round) "?lang=" (text.tag()) } { (text.say("promise-link")) }
            }
            div class="on" { a class="button" href="#s2" { (text.say("vote-start")) } }
        }
        @for (place, (asked, chosen)) in asked.iter().zip(chosen).enumerate() {
            @let screen = place + 2;
            section class="screen" id={ "s" (screen) } tabindex="-1" aria-labelledby={ "q" (screen) } {
                p class="step" { (text.count("step", &[("step", place + 1), ("count", count)])) }
                (question(text, place, (asked, chosen), &ideas))
                div class="on" {
                    a class="button quiet" href={ "#s" (screen - 1) } { (text.say("back")) }
                    a class="button" href={ "#s" (screen + 1) } { (text.say("next")) }
                }
            }
        }
        section class="screen" id={ "s" (count + 2) } tabindex="-1" aria-labelledby={ "q" (count + 2) } {
            h2 id={ "q" (count + 2) } { (text.say("vote-last")) }
            p { (text.say("vote-last-hint")) }
            div class="on" {
                a class="button quiet" href={ "#s" (count + 1) } { (text.say("back")) }
                button { (text.say("vote-send")) }
            }
        }
    }
}

fn question(
    text: &Text,
    place: usize,
    (asked, chosen): (&Asked, &str),
    ideas: &BTreeMap<String, &Shown>,
) -> Markup {
    let (name, title) = (format!("q{place}"), format!("q{}", place + 2));
    let choice = |value: &str, body: Markup, class: &str| {
        html! {
            label class=(class) {
                input type="radio" name=(name) value=(value) checked[!value.is_empty() && value == chosen];
                span { (body) }
            }
        }
    };
    let words = |id: &String| {
        html! {
            @if let Some(shown) = ideas.get(id) {
                span dir="auto" { (*shown.words) }
                @if shown.own_words { span class="own" { (text.say("vote-own-words")) } }
            }
        }
    };
    let said = |value: &str, key: &str| choice(value, html! { (text.say(key)) }, "choice");
    let (key, body) = match asked {
        Asked::Pair {
            one,
            other,
            criterion,
        } => (
            match criterion {
                Criterion::Impact => "vote-impact",
                Criterion::Ease => "vote-ease",
            },
            html! {
                (choice("one", words(one), "choice idea"))
                (choice("other", words(other), "choice idea"))
                div class="smalls" {
                    (said("cant", "vote-cant-decide"))
                    (said("", "vote-skip"))
                }
            },
        ),
        Asked::Single { criterion, .. } => (
            match criterion {
                Criterion::Impact => "vote-agree-impact",
                Criterion::Ease => "vote-agree-ease",
            },
            html! {
                (said("agree", "vote-agree"))
                (said("disagree", "vote-disagree"))
                div class="smalls" {
                    (said("pass", "vote-pass"))
                    (said("", "vote-skip"))
                }
            },
        ),
    };
    let statement = match asked {
        Asked::Single { idea, .. } => Some(idea),
        Asked::Pair { .. } => None,
    };
    html! {
        h2 id=(title) { (text.say(key)) }
        @if let Some(idea) = statement { p class="statement" id={ "i" (place) } { (words(idea)) } }
        div class="choices" role="radiogroup" aria-labelledby=(title)
            aria-describedby=[statement.map(|_| format!("i{place}"))] { (body) }
    }
}
