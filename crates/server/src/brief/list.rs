//! `GET /briefs`

use super::desk::Work;
use crate::access;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::sure::sure;
use crate::page::words::{counted, day};
use crate::state::App;
use crate::statics;
use axum::extract::{Query, State};
use axum::http::Method;
use maud::{Markup, html};
use serde::Deserialize;
use throughline_ledger::releases::{self, Awaiting, RESPONDENTS_NEEDED, Release};

/// How the page is asked for.
#[derive(Default, Deserialize)]
pub(crate) struct Look {
    /// By a script that only sees how far a brief is.
    #[serde(default)]
    still: bool,
}

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Query(look): Query<Look>,
) -> Result<Markup, Failure> {
    let released = releases::list(&app.ledger).await?;
    let lead = access::may(who.role, &Method::POST, "/briefs/{round}/write");
    let awaiting = if lead {
        releases::awaiting(&app.ledger, app.clock.today()).await?
    } else {
        Vec::new()
    };
    let mut work = app.machines.desk.work();
    if matches!(work, Work::Failed { .. }) {
        // Those who may write one read why it wasn't, once.
        if !lead {
            work = Work::None;
        } else if !look.still {
            app.machines.desk.read();
        }
    }
    // The auditor sees what was released, by whom and when, and no words.
    let reads = access::may(who.role, &Method::GET, "/briefs/{round}");
    let body = html! {
        h1 { "Briefs" }
        p class="lead" { "What customers miss, what staff propose, and the few simplest fixes: one brief a round." }
        (status(&work))
        @if !awaiting.is_empty() { (ready(&awaiting, &work)) }
        h2 { "Released" }
        @if released.is_empty() {
            p class="soft" { "No brief was released yet." }
        } @else {
            (table(&released, reads))
        }
        @if matches!(work, Work::Writing { .. }) {
            script src=(statics::address("briefs.js")) defer {}
        }
    };
    Ok(office("Briefs", &who, &body))
}

fn status(work: &Work) -> Markup {
    html! {
        div id="status" role="status" {
            @match work {
                Work::None => {}
                Work::Writing { doing, .. } => {
                    div class="note" {
                        p { strong { "A brief is being written: " (doing) "." } " A big company's takes some minutes; you may leave this page." }
                        a class="button quiet" href="/briefs" { "Look again" }
                    }
                }
                Work::Failed { why, .. } => {
                    div class="error" {
                        p { strong { "The brief was not written. Nothing was released." } }
                        @for line in why.lines() { p { (line) } }
                    }
                }
            }
        }
    }
}

fn ready(awaiting: &[Awaiting], work: &Work) -> Markup {
    let busy = matches!(work, Work::Writing { .. });
    html! {
        h2 { @if awaiting.iter().all(|round| round.too_few) { "Closed" } @else { "Ready to be written" } }
        p {
            "A round has one brief, and it stays as it is: a second could be compared with the first and \
             show what one person said. So write it when its ideas were read and its votes are in. It \
             needs " (RESPONDENTS_NEEDED) " answers and customers' feedback in the workspace."
        }
        @for round in awaiting {
            div class="card" {
                h3 { (round.name) }
                @if let Some(closed) = round.closed_on { p class="soft" { "Closed on " (day(closed)) } }
                @if round.too_few {
                    p class="warning" {
                        strong { "Withheld. " } "Fewer than " (RESPONDENTS_NEEDED) " people answered. So few can\u{2019}t be hidden among each other, so this round gets no brief."
                    }
                } @else {
                    (early(round))
                    @if busy {
                        p class="soft" { "One brief is written at a time." }
                    } @else {
                        form method="post" action={ "/briefs/" (round.round) "/write" } {
                            (sure("The round\u{2019}s one brief is written from what is there now"))
                            button aria-label={ "Write the brief of " (round.name) } { "Write the brief" }
                        }
                    }
                }
            }
        }
    }
}

/// What a brief written now would lack for ever.
fn early(round: &Awaiting) -> Markup {
    let votes = format!("/rounds/{}/votes", round.round);
    let ideas = format!("/rounds/{}/ideas", round.round);
    html! {
        @if let Some(until) = round.votes_until {
            p class="warning" {
                "It is early: " a href=(votes) { "votes" } " are taken until " (day(until)) ". Those that come later would be in no brief."
            }
        } @else if round.waits {
            p class="warning" {
                "It is early: something that was sent waits to be counted, and would be in no brief. It is counted when you " a href=(votes) { "end voting" } ", or by itself within a day."
            }
        }
        @if round.unread_ideas > 0 {
            p class="warning" {
                a href=(ideas) { (counted(round.unread_ideas, "idea", "ideas")) }
                @if round.unread_ideas == 1 { " wasn\u{2019}t read yet: it counts, but can\u{2019}t be quoted." } @else { " weren\u{2019}t read yet: they count, but can\u{2019}t be quoted." }
            }
        }
    }
}

fn table(released: &[Release], reads: bool) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Released briefs" {
            table {
                thead {
                    tr {
                        th scope="col" { "Round" }
                        th scope="col" { "Released" }
                        th scope="col" { "By" }
                        th scope="col" class="number" { "Answers" }
                        th scope="col" { "Fingerprint" }
                    }
                }
                tbody {
                    @for release in released {
                        tr {
                            td {
                                @if reads {
                                    a href={ "/briefs/" (release.round) } { (release.name) }
                                } @else {
                                    (release.name)
                                }
                            }
                            td { (release.at.format("%-d %B %Y")) }
                            td { (release.who) }
                            td class="number" { (release.respondents) }
                            td { code { (fingerprint(&release.brief)) } }
                        }
                    }
                }
            }
        }
        p class="soft" { "The fingerprint is the start of the brief's SHA-256; the audit log holds the whole." }
    }
}

fn fingerprint(hash: &[u8]) -> String {
    hex::encode(&hash[..hash.len().min(6)])
}
