//! `GET /rounds/{id}`: a round and what to do with it next.

use super::list::{state, when};
use super::weight::weight;
use crate::error::Failure;
use crate::guard::Who;
use crate::invite::{asking, grouped};
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::{capital, count, day, people};
use crate::state::App;
use axum::extract::State;
use axum::http::Method;
use maud::{Markup, html};
use throughline_domain::listen::{RoundState, Way};
use throughline_ledger::ballot_box::{Kind, LEAST};
use throughline_ledger::invitations::{self, SlipGroup};
use throughline_ledger::rounds::{self, Round};
use throughline_ledger::ways_in::code_of;
use throughline_ledger::{releases, units};

/// Rooms that a round leads to: the route, what it is called.
const ROOMS: [(&str, &str); 3] = [
    ("/rounds/{id}/ideas", "Ideas to read"),
    ("/rounds/{id}/votes", "Votes"),
    ("/rounds/{id}/levers", "You said, we did"),
];

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let round = rounds::by_id(&app.ledger, id).await?;
    let body = html! {
        p { a href="/rounds" { "\u{2190} Rounds" } }
        h1 { (round.name) " " (state(round.state)) }
        p class="lead" { (capital(&when(&round))) "." }
        @match round.state {
            RoundState::Draft => (draft(&app, &who, &round).await?),
            RoundState::Open => (open(&app, &who, &round).await?),
            RoundState::Closed => (rooms(&app, &who, &round).await?),
        }
        (rules(&app, &who, &round).await?)
        (promise(&round, people_asked(&app, &round).await?))
    };
    Ok(office(("Rounds", &round.name), &who, &body))
}

async fn draft(app: &App, who: &Who, round: &Round) -> Result<Markup, Failure> {
    let weighed = round.weigh(&app.ledger, app.clock.today()).await?;
    let missing = round.missing();
    let may = who.may(&Method::POST, "/rounds/{id}/opening");
    Ok(html! {
        section class="card" {
            h2 { "Who is asked" }
            (weight(&weighed, &round.terms))
        }
        @if may {
            @if !missing.is_empty() {
                p class="warning" { "Before it can open, say " (missing.join(" and ")) "." }
            }
            div class="actions" {
                @if missing.is_empty() && weighed.people > 0 {
                    a class="button" href=(format!("/rounds/{}/opening", round.id)) { "Open it \u{2026}" }
                }
                a class="button quiet" href=(format!("/rounds/{}/draft", round.id)) { "Change" }
            }
            @if !round.scheduled_by.is_empty() {
                form method="post" action=(format!("/rounds/{}/schedule", round.id)) class="gap" {
                    input type="hidden" name="on" value="no";
                    p { "It opens by itself (" (round.scheduled_by) " said so). Changing it takes that back." }
                    button class="quiet" { "Don\u{2019}t open it by itself" }
                }
            }
        }
    })
}

async fn open(app: &App, who: &Who, round: &Round) -> Result<Markup, Failure> {
    let hr = who.may(&Method::GET, "/rounds/{id}/progress");
    let leads = who.may(&Method::POST, "/rounds/{id}/extend");
    Ok(html! {
        @if hr {
            (ways_in(app, round).await?)
            section class="card" {
                h2 { "How far it is" }
                p { "Once a day, to the nearest ten per cent, and never who." }
                a class="button quiet" href=(format!("/rounds/{}/progress", round.id)) { "See progress" }
            }
        }
        (rooms(app, who, round).await?)
        @if leads { (ending(round)) }
    })
}

async fn ways_in(app: &App, round: &Round) -> Result<Markup, Failure> {
    let code = code_of(&app.ledger, round.id).await?;
    let groups = invitations::groups(&app.ledger, round.id).await?;
    let sendings = invitations::sendings(&app.ledger, round.id).await?;
    let asked = rounds::asked(&app.ledger, round.id).await?;
    let at = |place: &str| format!("/rounds/{}/{place}", round.id);
    Ok(html! {
        section class="card" {
            h2 { "Let people in" }
            ol class="todo" {
                @if asked.links > 0 {
                    li {
                        h3 { "Links for " (people(asked.links)) }
                        (asking(app, round.id, Kind::Answer, &sendings))
                    }
                }
                @if !groups.is_empty() {
                    li {
                        h3 { "Slips for " (people(asked.slips)) }
                        p { (printed(&groups)) }
                        a class="button quiet" href=(at("slips")) { "Print slips" }
                    }
                }
                @if let Some(code) = &code {
                    li {
                        h3 { "One code for all" }
                        p { code class="secret" { (grouped(code)) } }
                        p { "Whoever has it opens " code { (app.config.address("/a")) } ", types it, her employee id and her unit\u{2019}s name. By itself it opens nothing." }
                    }
                }
            }
        }
    })
}

fn ending(round: &Round) -> Markup {
    let at = |place: &str| format!("/rounds/{}/{place}", round.id);
    html! {
        section class="card" {
            h2 { "When it ends" }
            @if let Some(last) = round.closes_on { p { "It closes by itself when " (day(last)) " is over everywhere." } }
            form method="post" action=(at("extend")) class="inline" {
                div class="field" {
                    label for="until" { "Later last day" }
                    input type="date" id="until" name="until" required;
                }
                button class="quiet" { "Move it on" }
            }
            a class="button quiet" href=(at("end")) { "Close it now \u{2026}" }
        }
    }
}

fn printed(groups: &[SlipGroup]) -> String {
    let (some, all) = (
        groups.iter().filter(|group| group.printed > 0).count(),
        groups.len(),
    );
    match (some, all) {
        (0, _) => "None were printed yet.".to_owned(),
        (some, all) if some == all => "All were printed.".to_owned(),
        (some, all) => format!(
            "{} of {} groups\u{2019} were printed.",
            count(some),
            count(all)
        ),
    }
}

async fn rooms(app: &App, who: &Who, round: &Round) -> Result<Markup, Failure> {
    let id = round.id.to_string();
    let mut shown: Vec<(String, &str)> = ROOMS
        .iter()
        .filter(|(route, _)| who.may(&Method::GET, route))
        .map(|(route, name)| (route.replace("{id}", &id), *name))
        .collect();
    let released = releases::of_round(&app.ledger, round.id).await?.is_some();
    if released && who.may(&Method::GET, "/briefs/{round}") {
        shown.push((format!("/briefs/{id}"), "Brief"));
    } else if who.may(&Method::GET, "/briefs") {
        shown.push(("/briefs".to_owned(), "Briefs"));
    }
    Ok(html! {
        @if !shown.is_empty() {
            nav class="actions" aria-label="This round" {
                @for (path, name) in &shown { a class="button quiet" href=(path) { (name) } }
            }
        }
    })
}

/// What is asked, and whom: for those who may read a round's rules.
async fn rules(app: &App, who: &Who, round: &Round) -> Result<Markup, Failure> {
    let asked = &round.audience.units;
    let mut units: Vec<String> = units::all(&app.ledger)
        .await?
        .into_iter()
        .filter(|unit| asked.contains(&unit.id))
        .map(|unit| unit.name)
        .collect();
    units.sort();
    let text = |tag: &str| app.languages.text(tag);
    let languages: Vec<String> = round
        .languages
        .iter()
        .map(|tag| text(tag).say("language-name"))
        .collect();
    Ok(html! {
        section class="terms" {
            h2 { "What is asked, and whom" }
            ul {
                li {
                    @if asked.is_empty() { "Everybody" } @else { (units.join(", ")) ", with all below" }
                    @match round.audience.without_email {
                        Way::Slip => "; who has no e-mail address gets a slip.",
                        Way::Link => "; who has no e-mail address gets a link of her own.",
                    }
                }
                @if !languages.is_empty() { li { "In " (languages.join(", ")) "." } }
                @for (question, texts) in &round.wording.questions {
                    @for (tag, words) in texts {
                        li {
                            "\u{201c}" span lang=(tag) { (words) } "\u{201d}, in the place of \u{201c}"
                            span lang=(tag) { (text(tag).say(&format!("ask-{question}"))) } "\u{201d}."
                        }
                    }
                }
                @if round.wording.questions.is_empty() { li { "The questions stand in their usual words." } }
            }
            @if who.may(&Method::GET, "/rounds/{id}/preview") {
                p { a href=(format!("/rounds/{}/preview", round.id)) { "See what employees see" } }
            }
        }
    })
}

/// How many are asked, or would be.
async fn people_asked(app: &App, round: &Round) -> Result<usize, Failure> {
    if round.state == RoundState::Draft {
        return Ok(round.weigh(&app.ledger, app.clock.today()).await?.people);
    }
    let cells = rounds::cells(&app.ledger, round.id).await?;
    Ok(cells.iter().map(|cell| cell.invited).sum())
}

/// The terms, as they are or will be frozen.
fn promise(round: &Round, asked: usize) -> Markup {
    let terms = &round.terms;
    let is_small = (1..LEAST).contains(&asked);
    html! {
        section class="terms" {
            h2 { @if round.state == RoundState::Draft { "What employees are promised" } @else { "What employees were promised" } }
            ul {
                @if is_small {
                    li { "No figure and no word of this round is ever shown, and nobody reads what is written: fewer than " (count(LEAST)) " can\u{2019}t be hidden among each other." }
                    li { "An answer is stored with everybody who is asked as its group, never with a person, a time or a language." }
                } @else {
                    li { "Figures about a group only from " (count(terms.minimum_group)) " answers, words from " (count(terms.minimum_comments)) "." }
                    li { "An answer is stored with a group of at least " (count(LEAST)) ", never with a person, a time or a language." }
                }
                li { "Words are kept for " (count(terms.keep_words_days)) " days after the round closes." }
                @if terms.ask_enps { li { "It also asks whether they would recommend the company as a place to work." } }
                @if terms.code_with_attributes { li { "One code for all with facts about oneself lets people in. That is weak: whoever knows these facts could answer in somebody\u{2019}s place." } }
                @if !round.channel.is_empty() { li { "Misconduct and danger: " (round.channel) } }
            }
        }
    }
}
