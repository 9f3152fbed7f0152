//! `GET /people`

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::words::{count, counted, people};
use crate::state::App;
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::HashMap;
use throughline_ledger::units::{self, Tree, Unit};
use throughline_ledger::{people as room, roles};
use uuid::Uuid;

/// Units shown at once.
const SHOWN: usize = 500;

/// What a page before this one did.
#[derive(Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: bool,
}

/// Who is here, the units, and a form to bring people.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Query(done): Query<Done>,
) -> Result<Markup, Failure> {
    let number = room::count(&app.ledger).await?;
    let units = units::all(&app.ledger).await?;
    let here = units::people(&app.ledger).await?;
    let roles = roles::all(&app.ledger).await?;
    let known = number.active + number.inactive > 0;
    let body = html! {
        h1 { "People" }
        @if done.done { p class="note" role="status" { "Done. Everybody is where the file says." } }
        @if known {
            ul class="figures" {
                li { strong { (count(number.active)) } " work here" }
                li { strong { (count(number.with_email)) } " have an e-mail address" }
                li { strong { (count(units.len())) } " units" }
                li { strong { (count(roles.len())) } " roles" }
            }
        } @else {
            p class="lead" { "Nobody is here yet. Bring the list your HR system exports; you see what it changes before anything is stored." }
        }
        section class="card" {
            h2 { @if known { "Bring the list again" } @else { "Bring your people" } }
            form method="post" action="/people/upload" enctype="multipart/form-data" {
                div class="field" {
                    label for="people" { "File of people"
                        span class="hint" { "XLSX or CSV, one row a person, with a header: Employee Id, and Department or Level 1, 2, 3 …; also Email, Manager Email or Manager ID, Job Title, Language, Status where you have them." }
                    }
                    input type="file" id="people" name="people" required accept=".csv,.tsv,.txt,.xlsx,.gz,.zip";
                }
                details {
                    summary { "The file has no levels? Add a file of units" }
                    div class="field" {
                        label for="units" { "File of units"
                            span class="hint" { "Columns unit, parent and, if you like, also called (other names, parted by semicolons)." }
                        }
                        input type="file" id="units" name="units" accept=".csv,.tsv,.txt,.xlsx,.gz,.zip";
                    }
                }
                p class="soft" { "Names, salaries and every other column are never read or stored. Give the whole list: whoever isn't in it counts as gone." }
                button { "See what it changes" }
            }
        }
        @if !units.is_empty() {
            h2 { "Units" }
            p class="soft" { "A unit may go under other names in HR's and in customers' systems. Choose one to say which." }
            (table(&units, &here, number.active))
        }
    };
    Ok(office("People", &who, &body))
}

fn table(units: &[Unit], here: &HashMap<Uuid, u64>, active: u64) -> Markup {
    let tree = Tree::of(units);
    let names: HashMap<Uuid, &str> = units
        .iter()
        .map(|unit| (unit.id, unit.name.as_str()))
        .collect();
    let mut below: HashMap<Uuid, u64> = HashMap::new();
    for (unit, people) in here {
        for above in tree.line(*unit) {
            *below.entry(above).or_default() += people;
        }
    }
    let mut rows: Vec<(Vec<&str>, &Unit)> = units
        .iter()
        .map(|unit| {
            let line = tree.line(unit.id);
            let way = line.iter().rev().filter_map(|id| names.get(id).copied());
            (way.collect(), unit)
        })
        .collect();
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Units" {
            table {
                thead { tr { th scope="col" { "Unit" } th scope="col" class="number" { "People" } th scope="col" { "Also called" } } }
                tbody {
                    @for (way, unit) in rows.iter().take(SHOWN) {
                        tr {
                            th scope="row" class=(format!("name deep{}", (way.len() - 1).min(6))) {
                                a href=(format!("/people/units/{}", unit.id)) { (unit.name) }
                            }
                            td class="number" { (count(below.get(&unit.id).copied().unwrap_or(0))) }
                            td { (unit.also_called.join("; ")) }
                        }
                    }
                }
            }
        }
        @if rows.len() > SHOWN {
            p class="soft" { "The first " (count(SHOWN)) " of " (counted(rows.len(), "unit", "units")) " with " (people(active)) " are shown." }
        }
    }
}
