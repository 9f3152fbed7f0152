//! `GET /promise/{round}`: what is stored and who could see what, from the round's frozen terms.

use super::Reader;
use crate::error::Failure;
use crate::page::path::Ids;
use crate::page::phone::phone;
use crate::state::App;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::html;
use throughline_ledger::{Where, ballot_box, rounds};

/// The page.
pub(super) async fn show(
    State(app): State<App>,
    Ids([round]): Ids<1>,
    reader: Reader,
) -> Result<Response, Failure> {
    let round = rounds::by_id(&app.ledger, round).await?;
    let text = reader.text(&app, &round.languages);
    let asked: usize = rounds::cells(&app.ledger, round.id)
        .await?
        .iter()
        .map(|cell| cell.invited)
        .sum();
    // Who is asked is known when it opens; a draft promises what holds for most.
    let is_small = (1..ballot_box::LEAST).contains(&asked);
    let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let least = [
        ("least", ballot_box::LEAST),
        ("others", ballot_box::LEAST - 1),
    ];
    let figures = [
        ("group", size(round.terms.minimum_group)),
        ("comments", size(round.terms.minimum_comments)),
    ];
    let days = [("days", size(round.terms.keep_words_days))];
    // SQLite's journal is emptied after each answer; PostgreSQL's isn't ours to empty.
    let journal = matches!(app.config.database, Where::Postgres(_));
    let title = text.say("promise-title");
    let body = html! {
        h1 { (title) }
        h2 { (text.say("promise-who-title")) }
        p { (text.say("promise-who")) }
        h2 { (text.say("promise-stored-title")) }
        @if is_small {
            p { (text.count("promise-small", &least)) }
            p { (text.say("promise-small-read")) }
        } @else {
            p { (text.count("promise-stored", &least)) }
            p { (text.count("promise-apart", &least)) }
            p { (text.count("promise-figures", &figures)) }
        }
        p { (text.count("promise-words", &days)) }
        h2 { (text.say("promise-operator-title")) }
        ul {
            li { (text.say("promise-operator-live")) }
            li { (text.say("promise-operator-order")) }
            li { (text.say("promise-operator-proxy")) }
            @if journal { li { (text.say("promise-operator-journal")) } }
            li { (text.say("promise-operator-links")) }
        }
        h2 { (text.say("promise-not-title")) }
        p { (text.say("promise-not")) }
        @if round.terms.code_with_attributes {
            p class="warning" { (text.say("promise-weak")) }
        }
        @if !round.channel.trim().is_empty() {
            h2 { (text.say("promise-channel-title")) }
            p { (text.say("promise-channel")) " " strong { bdi { (round.channel) } } }
        }
    };
    let path = format!("/promise/{}", round.id);
    Ok(phone(&text, &title, Some(&path), &body).into_response())
}
