//! `GET /unit`, `GET /unit/{id}`: the units below, the rounds in which their people are asked, and
//! what became of what was said. Nothing of who answered, of ideas, or of how far a round is.

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::{capital, count, counted, day, people};
use crate::round::{state, when};
use crate::state::App;
use axum::extract::State;
use maud::{Markup, html};
use std::collections::{HashMap, HashSet};
use throughline_disclosure::{Count, Released};
use throughline_domain::listen::RoundState;
use throughline_ledger::levers;
use throughline_ledger::rounds::{self, Reach, Round};
use throughline_ledger::units::{self, Tree, Unit};
use uuid::Uuid;

/// Units shown at once.
const SHOWN: usize = 500;
/// Its name in the navigation.
const TITLE: &str = "Your unit";

/// Her own unit.
pub(crate) async fn own(State(app): State<App>, who: Who) -> Result<Markup, Failure> {
    match who.unit {
        Some(own) => page(&app, &who, own, own).await,
        None => Ok(office(
            TITLE,
            &who,
            &html! {
                h1 { (TITLE) }
                div class="empty" {
                    p { "Your account isn\u{2019}t tied to a unit yet, so there is nothing to see. The owner of this workspace can choose one for it." }
                }
            },
        )),
    }
}

/// One below it.
pub(crate) async fn below(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let own = who.unit.ok_or(Failure::NotFound)?;
    page(&app, &who, own, id).await
}

/// A round in which people of the unit are asked.
struct Asking {
    round: Round,
    reach: Reach,
    said: bool,
}

async fn page(app: &App, who: &Who, own: Uuid, id: Uuid) -> Result<Markup, Failure> {
    let all = units::all(&app.ledger).await?;
    let tree = Tree::of(&all);
    // Another's unit, one above, and none at all are the same: no such page.
    if !tree.is_within(id, &HashSet::from([own])) {
        return Err(Failure::NotFound);
    }
    let named = |id: Uuid| all.iter().find(|unit| unit.id == id);
    let unit = named(id).ok_or(Failure::NotFound)?;
    let above = unit.parent.filter(|_| id != own).and_then(named);
    let asking = asking(app, id).await?;
    let body = html! {
        @if let Some(above) = above { p { a href={ "/unit/" (above.id) } { "\u{2190} " (above.name) } } }
        h1 { (unit.name) }
        p class="lead" { "The rounds in which its people are asked, and what becomes of what they say." }
        h2 { "Rounds" }
        @if asking.is_empty() { p class="soft" { "Nobody here has been asked yet." } }
        @for one in &asking { (card(one, id)) }
        (table(&all, &tree, id, asking.first()))
        p class="soft measure" { "Who answered, what anybody said, and how far a round is can\u{2019}t be seen here: that is what people are promised." }
    };
    Ok(office((TITLE, &*unit.name), who, &body))
}

/// The rounds, the newest first. What is only planned is the leads' to tell.
async fn asking(app: &App, unit: Uuid) -> Result<Vec<Asking>, Failure> {
    let mut asking = Vec::new();
    for round in rounds::all(&app.ledger).await? {
        if round.state == RoundState::Draft || !round.concerns(unit) {
            continue;
        }
        let reach = rounds::reach(&app.ledger, &round).await?;
        if reach.of(unit).is_some() || reach.is_gone() {
            let said = levers::said(&app.ledger, round.id).await?.is_some();
            asking.push(Asking { round, reach, said });
        }
    }
    Ok(asking)
}

fn card(asking: &Asking, unit: Uuid) -> Markup {
    let round = &asking.round;
    html! {
        section class="card" {
            h3 { (round.name) " " (state(round.state)) }
            p { (capital(&when(round))) "." }
            @if let Some((from, until)) = round.votes {
                p { "Votes on its ideas from " (day(from)) " to " (day(until)) "." }
            }
            @if let Some(asked) = asking.reach.of(unit) { p { (capital(&said(&asked))) " of this unit were asked." } }
            @if asking.said { p { a href={ "/said/" (round.id) } { "You said, we did" } } }
        }
    }
}

/// `40 people`, `fewer than 5 people`
fn said(asked: &Released<Count>) -> String {
    match **asked {
        Count::Of(number) => people(number),
        Count::FewerThan(number) => format!("fewer than {}", people(number)),
    }
}

fn table(all: &[Unit], tree: &Tree, root: Uuid, newest: Option<&Asking>) -> Markup {
    let names: HashMap<Uuid, &str> = all
        .iter()
        .map(|unit| (unit.id, unit.name.as_str()))
        .collect();
    let mut rows: Vec<(Vec<&str>, &Unit)> = all
        .iter()
        .filter(|unit| unit.id != root)
        .filter_map(|unit| {
            let line = tree.line(unit.id);
            let depth = line.iter().position(|above| *above == root)?;
            let way = line[..depth].iter().rev();
            Some((way.filter_map(|id| names.get(id).copied()).collect(), unit))
        })
        .collect();
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    html! {
        @if !rows.is_empty() {
            h2 { "Units in it" }
            div class="scroll" tabindex="0" role="region" aria-label="Units" {
                table {
                    thead { tr {
                        th scope="col" { "Unit" }
                        @if let Some(newest) = newest { th scope="col" { "Asked in \u{201c}" (newest.round.name) "\u{201d}" } }
                    } }
                    tbody {
                        @for (way, unit) in rows.iter().take(SHOWN) {
                            tr {
                                th scope="row" class={ "name deep" (way.len().saturating_sub(1).min(6)) } {
                                    a href={ "/unit/" (unit.id) } { (unit.name) }
                                }
                                @if let Some(newest) = newest {
                                    td { @match newest.reach.of(unit.id) { Some(asked) => (said(&asked)), None => "\u{2013}" } }
                                }
                            }
                        }
                    }
                }
            }
            @if rows.len() > SHOWN {
                p class="soft" { "The first " (count(SHOWN)) " of " (counted(rows.len(), "unit", "units")) " are shown." }
            }
        }
    }
}
