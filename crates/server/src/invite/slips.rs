//! `/rounds/{id}/slips`: which slips there are, and printing them.

use super::sheet::{Paper, sheets};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::{count, counted, people};
use crate::state::App;
use axum::Form;
use axum::extract::State;
use maud::{Markup, html};
use throughline_domain::listen::RoundState;
use throughline_ledger::invitations::{self, AT_ONCE, Printing, SlipGroup};
use throughline_ledger::rounds::{self, Round};
use uuid::Uuid;

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let round = rounds::by_id(&app.ledger, id).await?;
    let groups = invitations::groups(&app.ledger, id).await?;
    let open = round.state == RoundState::Open;
    let (printed, fresh): (Vec<&SlipGroup>, Vec<&SlipGroup>) =
        groups.iter().partition(|group| group.printed > 0);
    let path = format!("/rounds/{id}/slips");
    let body = html! {
        p { a href=(format!("/rounds/{id}")) { "\u{2190} " (round.name) } }
        h1 { "Slips" }
        p class="lead" { "For people without e-mail: a sheet of one-time codes to cut. Fold them, put them into a bowl, and let everybody draw one: any slip is for anyone of the group." }
        @if !open {
            p class="note" { "Slips can be printed while the round is open." }
        } @else if groups.is_empty() {
            p class="note" { "Everybody who is asked has a link." }
        } @else {
            @if !fresh.is_empty() {
                form method="post" action=(path) class="card" target="_blank" {
                    h2 { "To print" }
                    input type="hidden" name="how" value="first";
                    @for group in &fresh {
                        label class="tick" {
                            input type="checkbox" name="cell" value=(group.cell) checked;
                            span { (named(group)) ": " (counted(group.people, "slip", "slips"))
                                @if group.people > AT_ONCE { ", the first " (count(AT_ONCE)) " of them now" } }
                        }
                    }
                    (paper(&app, &round, "first"))
                    button { "Make the sheets" }
                    p class="soft" { "The codes are shown once, on the sheets: print them at once. Nobody can show them again, only make others." }
                }
            }
            @if !printed.is_empty() {
                h2 { "Printed" }
                @for group in &printed {
                    section class="card" {
                        h3 { (named(group)) }
                        p { (people(group.people)) ", " (counted(group.printed, "slip", "slips")) }
                        @if group.spare() > 0 {
                            form method="post" action=(path) class="inline" target="_blank" {
                                input type="hidden" name="how" value="more";
                                input type="hidden" name="cell" value=(group.cell);
                                div class="field" {
                                    label for=(format!("more-{}", group.cell)) {
                                        @if group.lacking() > 0 { "The rest: " (count(group.lacking())) " people lack a slip" } @else { "Some got lost: more slips" }
                                    }
                                    input type="number" id=(format!("more-{}", group.cell)) name="more" min="1" max=(group.spare().min(AT_ONCE)) value=(group.lacking().clamp(1, AT_ONCE)) required;
                                }
                                (paper(&app, &round, &format!("more-{}", group.cell)))
                                button class="quiet" { "Make them" }
                            }
                        }
                        details {
                            summary { "The whole sheet got lost" }
                            p { "All of this group\u{2019}s slips stop working and everybody gets another. Whoever has answered already could then answer once more: nobody can tell which slips were used. The audit log says that it was done." }
                            form method="post" action=(path) target="_blank" {
                                input type="hidden" name="how" value="anew";
                                input type="hidden" name="cell" value=(group.cell);
                                (paper(&app, &round, &format!("anew-{}", group.cell)))
                                button class="danger" { "Make all anew" }
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
            &format!("Slips for \u{201c}{}\u{201d}", round.name),
        ),
        &who,
        &body,
    ))
}

/// The units of a group, in words.
pub(super) fn named(group: &SlipGroup) -> String {
    let some: Vec<String> = group
        .units
        .iter()
        .take(6)
        .map(|(unit, people)| format!("{unit} ({})", count(*people)))
        .collect();
    let more = group.units.len().saturating_sub(some.len());
    match more {
        0 => some.join(", "),
        more => format!("{} and {}", some.join(", "), counted(more, "unit", "units")),
    }
}

/// What to print on, and in which of the round's languages.
fn paper(app: &App, round: &Round, of: &str) -> Markup {
    html! {
        @if round.languages.len() > 1 {
            div class="field" {
                label for=(format!("language-{of}")) { "Language of the slips" }
                select id=(format!("language-{of}")) name="language" {
                    @for tag in &round.languages {
                        option value=(tag) lang=(tag) { (app.languages.text(tag).say("language-name")) }
                    }
                }
            }
        }
        div class="field" {
            label for=(format!("paper-{of}")) { "Paper" }
            select id=(format!("paper-{of}")) name="paper" {
                option value="a4" { "A4" }
                option value="letter" { "Letter" }
            }
        }
    }
}

/// `POST /rounds/{id}/slips`: the sheets, once.
pub(crate) async fn print(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Markup, Failure> {
    let one = |name: &str| {
        let found = pairs.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.trim())
    };
    let cells: Result<Vec<Uuid>, _> = pairs
        .iter()
        .filter(|(name, _)| name == "cell")
        .map(|(_, value)| value.parse())
        .collect();
    let cells = cells.map_err(|_| Failure::NotFound)?;
    if cells.is_empty() {
        return Err(Failure::refused(
            "no group was chosen",
            "Go back and choose one.",
        ));
    }
    let printing = match one("how") {
        "first" => Printing::First,
        "anew" => Printing::Anew,
        "more" => Printing::More(one("more").parse().map_err(|_| {
            Failure::refused("that is no number of slips", "Go back and write one.")
        })?),
        _ => return Err(Failure::NotFound),
    };
    let groups = invitations::groups(&app.ledger, id).await?;
    let slips: usize = groups
        .iter()
        .filter(|group| cells.contains(&group.cell))
        .map(|group| match printing {
            Printing::First | Printing::Anew => group.people.min(AT_ONCE),
            Printing::More(more) => more,
        })
        .fold(0, usize::saturating_add);
    if slips > AT_ONCE {
        return Err(Failure::refused(
            format!("{} slips are too many for one page", count(slips)),
            "Go back and choose fewer groups, or fewer slips, at a time.",
        ));
    }
    let round = rounds::by_id(&app.ledger, id).await?;
    let made = invitations::print(&app.ledger, id, cells, printing, who.email).await?;
    let paper = if one("paper") == "letter" {
        Paper::Letter
    } else {
        Paper::A4
    };
    sheets(&app, &round, &made, paper, one("language"))
}
