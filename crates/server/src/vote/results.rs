//! `GET` and `POST /rounds/{id}/votes`: when votes are taken, and where ideas stand.

use crate::error::Failure;
use crate::guard::Who;
use crate::invite::asking;
use crate::moderation::{Tab, tabs};
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::sent::Sent;
use crate::page::sure::{sure, ticked};
use crate::page::words::{counted, day, sentence};
use crate::state::App;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Days, NaiveDate};
use maud::{Markup, html};
use std::collections::BTreeMap;
use throughline_disclosure::Released;
use throughline_domain::analysis::Rank;
use throughline_domain::analysis::rank::{AgreedItem, Items, PlacedItem};
use throughline_domain::facts::Criterion;
use throughline_domain::listen::{RoundState, VotesBy};
use throughline_engine::voting::{Standing, standing};
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::ideas::{self, Shown};
use throughline_ledger::votes::{self, Votes, Voting};
use throughline_ledger::{LedgerError, ballot_box, invitations};
use uuid::Uuid;

/// Days for which votes are taken where nothing else is said.
const USUAL_DAYS: u64 = 10;

/// `GET`
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
) -> Result<Markup, Failure> {
    page(&app, &who, round, None).await
}

/// `POST`
pub(crate) async fn set(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
    sent: Sent,
) -> Result<Response, Failure> {
    let day = |name: &str| {
        sent.text(name).parse::<NaiveDate>().map_err(|_| {
            Failure::refused(
                format!("`{}` is no day", sent.text(name)),
                "Go back and write it as year-month-day.",
            )
        })
    };
    let days = (day("from")?, day("until")?);
    let by = VotesBy::named(sent.text("by")).ok_or_else(|| {
        Failure::refused("no way of voting was chosen", "Go back and choose one.")
    })?;
    let today = app.clock.today();
    match votes::set(&app.ledger, &who.email, round, days, by, today).await {
        Ok(()) => {
            app.voting.forget(round);
            Ok(Redirect::to(&format!("/rounds/{round}/votes")).into_response())
        }
        Err(LedgerError::Refused { what, hint }) => {
            let page = page(&app, &who, round, Some((what, hint))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /rounds/{id}/votes/end`: no more votes; the round's ways in are deleted.
pub(crate) async fn end(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
    sent: Sent,
) -> Result<Redirect, Failure> {
    ticked(&sent)?;
    ballot_box::end_votes(&app.ledger, round, app.clock.today(), who.email).await?;
    app.voting.forget(round);
    Ok(Redirect::to(&format!("/rounds/{round}/votes")))
}

async fn page(
    app: &App,
    who: &Who,
    round: Uuid,
    problem: Option<(String, String)>,
) -> Result<Markup, Failure> {
    let voting = votes::voting(&app.ledger, round).await?;
    let shown = ideas::shown(&app.ledger, round).await?;
    let votes = votes::rows(&app.ledger, round).await?;
    let today = app.clock.today();
    let asks = who.may(&Method::POST, "/rounds/{id}/votes/letters");
    let sendings = if asks && shown.len() > 1 && voting.has_ways_in && voting.is_on(today) {
        Some(invitations::sendings(&app.ledger, round).await?)
    } else {
        None
    };
    let impact = stands(&voting, &shown, &votes, Criterion::Impact).await?;
    let ease = stands(&voting, &shown, &votes, Criterion::Ease).await?;
    let least = u64::from(voting.terms.minimum_group);
    let words: BTreeMap<String, &Shown> = shown
        .iter()
        .map(|idea| (idea.id.to_string(), idea))
        .collect();
    let body = html! {
        (tabs(round, Tab::Votes))
        h1 { "Votes" }
        p class="lead" { (voting.name) ": " (when(&voting, today)) }
        @if let Some((what, hint)) = &problem {
            div class="error" role="alert" { p { strong { (sentence(what)) } " " (sentence(hint)) } }
        }
        @if shown.len() < 2 {
            div class="empty" {
                p { "Voters need at least two ideas that are shown. " a href={ "/rounds/" (round) "/ideas" } { "Read those that wait" } "." }
            }
        }
        @if voting.state != RoundState::Draft && voting.has_ways_in {
            details open[voting.from.is_none() || problem.is_some()] {
                summary { @if voting.from.is_none() { "Take votes" } @else { "Change the days" } }
                (days(&voting, today))
            }
        }
        @if let Some(sendings) = &sendings {
            section class="card" {
                h2 { "Ask people to vote" }
                (asking(app, round, Kind::Votes, sendings))
            }
        }
        @if voting.state == RoundState::Closed && voting.has_ways_in {
            details {
                summary { @if voting.from.is_none() { "Take no votes" } @else { "End voting now" } }
                p class="measure" { "Links and slips of this round are deleted, and with them the last thing by which anybody could be asked again. Votes that wait are counted. It happens by itself after the last day." }
                form method="post" action={ "/rounds/" (round) "/votes/end" } {
                    (sure("Nobody can vote, or change what was sent, after this"))
                    button class="danger" { @if voting.from.is_none() { "Delete the ways in" } @else { "End voting" } }
                }
            }
        }
        (result("Would help customers most", &impact, &words, least))
        (result("Simplest to do", &ease, &words, least))
        @if votes.undecided > 0 && votes.ballots >= u64::from(voting.terms.minimum_group) {
            p class="soft" { "Where somebody looked at two ideas and couldn't decide, no vote was counted." }
        }
    };
    Ok(office(("Rounds", "Votes"), who, &body))
}

/// Numbers are made away from where requests are answered.
async fn stands(
    voting: &Voting,
    shown: &[Shown],
    votes: &Votes,
    criterion: Criterion,
) -> Result<Standing, Failure> {
    let ideas: Vec<String> = shown.iter().map(|idea| idea.id.to_string()).collect();
    let (rows, ballots) = (votes.rows.clone(), votes.ballots);
    let least = u64::from(voting.terms.minimum_group);
    tokio::task::spawn_blocking(move || standing(&ideas, &rows, criterion, ballots, least))
        .await
        .map_err(|error| Failure::Fault(error.to_string()))?
        .map_err(|error| Failure::Fault(error.to_string()))
}

fn when(voting: &Voting, today: NaiveDate) -> Markup {
    html! {
        @match (voting.from, voting.until) {
            (Some(from), _) if today < from => { "votes are taken from " (day(from)) "." }
            (Some(_), Some(until)) if today <= until + Days::new(1) && voting.has_ways_in => { "votes are taken until " (day(until)) "." }
            (Some(_), Some(until)) => { "votes were taken until " (day(until)) "." }
            _ if voting.state == RoundState::Draft => { "the round isn't open yet." }
            _ if !voting.has_ways_in => { "no votes were taken." }
            _ => { "no votes are taken yet." }
        }
    }
}

fn days(voting: &Voting, today: NaiveDate) -> Markup {
    let begun = voting.from.is_some_and(|from| from <= today);
    let from = voting.from.unwrap_or(today);
    let until = voting
        .until
        .or_else(|| from.checked_add_days(Days::new(USUAL_DAYS)))
        .unwrap_or(from);
    html! {
        form method="post" class="days" {
            div class="row" {
                div class="field" { label for="from" { "First day" } input type="date" id="from" name="from" value=(from) required; }
                div class="field" { label for="until" { "Last day" } input type="date" id="until" name="until" value=(until) required; }
            }
            fieldset class="field stack" {
                legend { "How?" }
                @for (by, name, hint) in [
                    (VotesBy::Pairs, "This one or that one", "At most five pairs a person. Tells the order best; the usual way."),
                    (VotesBy::Agreement, "Agree, disagree or pass", "At most five ideas a person, one at a time. Tells how many agree."),
                ] {
                    label class="choice" {
                        input type="radio" name="by" value=(by.name()) checked[by == voting.by] disabled[begun && by != voting.by];
                        span { (name) span class="hint" { (hint) } }
                    }
                }
            }
            p class="hint measure" { "People vote with the link, slip or sign-in that they answered with, once each. Votes wait like answers do and are counted in batches, so that nobody can tell whose is whose." }
            button { @if voting.from.is_none() { "Take votes on these days" } @else { "Keep these days" } }
        }
    }
}

fn result(
    title: &str,
    standing: &Standing,
    words: &BTreeMap<String, &Shown>,
    least: u64,
) -> Markup {
    html! {
        h2 { (title) }
        @match standing {
            Standing::TooFew { needed } => p class="soft" { "Nothing is said before " (needed) " people have voted and their votes were counted." },
            Standing::NoVotes => p class="soft" { "Nobody voted on this." },
            Standing::Known(rank) => (table(rank, words, least)),
        }
    }
}

fn table(rank: &Released<Rank>, words: &BTreeMap<String, &Shown>, least: u64) -> Markup {
    html! {
        p class="soft" { (rank.n_voters) " people, " (rank.n_votes) " votes." }
        @match &rank.items {
            Items::Placed(items) => (placed(items, words, least)),
            Items::Agreed(items) => (agreed(items, words)),
        }
        @if !rank.warnings.is_empty() {
            ul class="soft" { @for warning in &rank.warnings { li { (sentence(warning)) } } }
        }
    }
}

fn said<'a>(item: &str, words: &BTreeMap<String, &'a Shown>) -> &'a str {
    words.get(item).map_or("", |idea| idea.words.as_str())
}

fn placed(items: &[PlacedItem], words: &BTreeMap<String, &Shown>, least: u64) -> Markup {
    let (items, few): (Vec<&PlacedItem>, Vec<&PlacedItem>) =
        items.iter().partition(|item| item.voters >= least);
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Order by votes" {
            table class="standing" {
                thead { tr {
                    th scope="col" class="number" { "Place" }
                    th scope="col" { "Idea" }
                    th scope="col" { "Chosen over an average idea" }
                    th scope="col" class="number" { "May be" }
                    th scope="col" class="number" { "Voters" }
                } }
                tbody {
                    @for item in items {
                        tr {
                            td class="number" { @match item.place { Some(place) => (place), None => "\u{2013}" } }
                            td class="idea" dir="auto" { (said(&item.item, words)) }
                            td { (bar(item.chance, item.chance_low, item.chance_high, item.no_interval.as_deref())) }
                            td class="number" data-name="May be" {
                                @match (item.rank_low, item.rank_high) {
                                    (Some(low), Some(high)) if low == high => (low),
                                    (Some(low), Some(high)) => { (low) "\u{2013}" (high) },
                                    _ => "\u{2013}",
                                }
                            }
                            td class="number" data-name="Voters" { (item.voters) }
                        }
                    }
                }
            }
        }
        p class="hint" { "The line is the 95% interval, the dot the estimate. \u{201c}May be\u{201d} gives the places that the votes leave open: where these overlap, the order isn't settled." }
        @if !few.is_empty() {
            details {
                summary { (counted(few.len(), "idea", "ideas")) " that fewer than " (least) " people compared: nothing is said of them" }
                ul { @for item in few { li dir="auto" { (said(&item.item, words)) } } }
            }
        }
    }
}

fn agreed(items: &[AgreedItem], words: &BTreeMap<String, &Shown>) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Agreement" {
            table class="standing" {
                thead { tr {
                    th scope="col" { "Idea" }
                    th scope="col" { "Agree" }
                    th scope="col" class="number" { "Yes" }
                    th scope="col" class="number" { "No" }
                    th scope="col" class="number" { "Pass" }
                } }
                tbody {
                    @for item in items {
                        tr {
                            td class="idea" dir="auto" { (said(&item.item, words)) }
                            td { (bar(item.score, item.low, item.high, item.no_interval.as_deref())) }
                            td class="number" data-name="Yes" { (item.yes) }
                            td class="number" data-name="No" { (item.no) }
                            td class="number" data-name="Pass" { (item.pass) }
                        }
                    }
                }
            }
        }
        p class="hint" { "The share of those who took a side, with its 95% interval (Wilson). Ordered by the lower end, so that one yes alone isn't the best of all." }
    }
}

/// A share with its interval as a picture, and in words beside it.
fn bar(value: Option<f64>, low: Option<f64>, high: Option<f64>, why: Option<&str>) -> Markup {
    let Some(value) = value else {
        return html! { span class="soft" { (why.unwrap_or("no votes")) } };
    };
    let percent = |share: f64| format!("{:.0}", 100.0 * share);
    html! {
        svg class="bar" viewBox="0 0 104 12" width="156" height="18" aria-hidden="true" {
            line class="half" x1="52" y1="0" x2="52" y2="12" {}
            @if let (Some(low), Some(high)) = (low, high) {
                line class="interval" x1=(format!("{:.1}", 2.0 + 100.0 * low)) y1="6" x2=(format!("{:.1}", 2.0 + 100.0 * high)) y2="6" {}
            }
            circle cx=(format!("{:.1}", 2.0 + 100.0 * value)) cy="6" r="3.5" {}
        }
        " " span class="figure" {
            (percent(value)) "%"
            @match (low, high) {
                (Some(low), Some(high)) => span class="soft" { " (" (percent(low)) "\u{2013}" (percent(high)) ")" },
                _ => span class="soft" { " (" (why.unwrap_or("no interval")) ")" },
            }
        }
    }
}
