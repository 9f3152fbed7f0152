//! `GET /rounds/{id}/progress`: how far a round is, for HR alone.

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::{count, day};
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use throughline_domain::listen::RoundState;
use throughline_ledger::progress::{self, MINIMUM_AUDIENCE};
use throughline_ledger::rounds;

/// Units shown.
const SHOWN: usize = 500;

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let round = rounds::by_id(&app.ledger, id).await?;
    let progress = progress::of(&app.ledger, &round, app.clock.today()).await?;
    let body = html! {
        p { a href=(format!("/rounds/{id}")) { "\u{2190} " (round.name) } }
        h1 { "How far it is" }
        @match &progress {
            None => {
                p class="note" { "There is nothing to show: fewer than " (count(MINIMUM_AUDIENCE)) " people are asked, or the round isn\u{2019}t open." }
            }
            Some(progress) => {
                @if round.state == RoundState::Open && round.opened_on == Some(progress.day) {
                    p class="note" { "The round opened that day, so nearly nobody can have answered yet. Look again tomorrow." }
                }
                p class="soft" { "Counted on " (day(progress.day)) ", when somebody first looked, once a day: what came later " (if round.state == RoundState::Open { "shows on the next day" } else { "isn\u{2019}t in it" }) ". Units of at least " (count(MINIMUM_AUDIENCE)) " people, each with all below it; to the nearest ten per cent, and never none or all." }
                div class="scroll" tabindex="0" role="region" aria-label="How far each unit is" {
                    table {
                        thead { tr { th scope="col" { "Unit" } th scope="col" { "Answered" } } }
                        tbody {
                            @for unit in progress.units.iter().take(SHOWN) {
                                tr {
                                    th scope="row" class=(format!("name deep{}", unit.depth.min(6))) { (unit.unit.as_deref().unwrap_or("Everybody")) }
                                    td {
                                        span class=(format!("done-share tenths{}", unit.tenths)) aria-hidden="true" {}
                                        " " (said(unit.tenths))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(office(
        (
            "Rounds",
            &format!("How far \u{201c}{}\u{201d} is", round.name),
        ),
        &who,
        &body,
    ))
}

fn said(tenths: u8) -> String {
    match tenths {
        0 | 1 => "10% or less".to_owned(),
        9.. => "90% or more".to_owned(),
        tenths => format!("about {tenths}0%"),
    }
}
