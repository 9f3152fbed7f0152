//! `GET /people/upload/{id}`: what a file would change, before anything is stored.

use super::Brought;
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::refused::{refused_rows, refused_table};
use crate::page::words::{count, counted, people};
use crate::state::App;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use throughline_domain::listen::AccountRole;
use throughline_ledger::people::{Changes, Stop};
use uuid::Uuid;

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let waiting = app
        .uploads
        .of(id, who.account, app.clock.now())
        .ok_or_else(gone)?;
    Ok(office(
        ("People", "What this file changes"),
        &who,
        &page(id, &who, &waiting.read),
    ))
}

/// The file isn't waiting (any more).
pub(super) fn gone() -> Failure {
    Failure::refused(
        "this file isn't waiting any more",
        "One waits for half an hour at most, and less if others bring files. Give it again on the page People.",
    )
}

fn page(id: Uuid, who: &Who, brought: &Brought) -> Markup {
    let (changes, read) = (&brought.changes, &brought.read);
    let stops = changes.stops();
    let may = stops.is_empty() || who.role == AccountRole::Owner;
    html! {
        p { a href="/people" { "\u{2190} People" } }
        h1 { "What this file changes" }
        @for stop in &stops { (stopped(*stop)) }
        @if changes.is_nothing() {
            p class="note" { "Nothing: " (people(changes.after)) " are as they were." }
        } @else {
            p class="lead" { "Nothing is stored yet. Afterwards " strong { (people(changes.after)) } " work here"
                @if changes.before > 0 { ", now it is " (count(changes.before)) } "." }
            (changed(changes))
        }
        @if !read.rejects.is_empty() {
            h2 { (counted(read.rejects.len(), "row", "rows")) " can\u{2019}t be taken" }
            p { "Whoever they are about stays as she is. "
                a href=(format!("/people/upload/{id}/refused")) { "All of them as a file" } }
            (refused_table(&read.rejects))
        }
        @if !read.notes.is_empty() {
            h2 { "Good to know" }
            ul { @for note in &read.notes { li { (note) } } }
        }
        h2 { "Columns" }
        div class="scroll" tabindex="0" role="region" aria-label="Columns" {
            table {
                tbody {
                    @for (what, columns) in &read.columns {
                        tr { th scope="row" class="name" { (what) } td { (columns.join(", ")) } }
                    }
                    @if !read.ignored.is_empty() {
                        tr { th scope="row" class="name" { "never read" } td class="soft" { (read.ignored.join(", ")) } }
                    }
                }
            }
        }
        form method="post" action=(format!("/people/upload/{id}")) {
            @if !stops.is_empty() && may {
                label class="tick" {
                    input type="checkbox" name="let_through" value="yes" required;
                    " I looked at it and it is right. The audit log will say that I let it through."
                }
            }
            div class="actions" {
                @if !changes.is_nothing() && may { button { "Store these changes" } }
                a class="button quiet" href="/people" { "Leave it as it was" }
            }
        }
    }
}

fn stopped(stop: Stop) -> Markup {
    html! {
        div class="warning" role="alert" {
            p { strong { "Stopped." } " "
                @match stop {
                    Stop::Deactivated { people, of } => {
                        (count(people)) " of " (count(of)) " people would be gone. Is it the whole list, or one department's?"
                    }
                    Stop::Reassigned { people, of } => {
                        (count(people)) " of " (count(of)) " ids look like another person's: the same address under another id, or the same id with another address and unit. Do these ids come from another system?"
                    }
                }
            }
            p { "If it is right all the same, the owner of this workspace can bring the same file and let it through." }
        }
    }
}

fn changed(changes: &Changes) -> Markup {
    let rows = [
        (changes.new, "come new"),
        (changes.reactivated, "come back"),
        (changes.deactivated, "are gone"),
        (changes.moved, "move to another unit"),
        (changes.role_changed, "have another role"),
        (changes.manager_changed, "have another manager"),
        (changes.email_changed, "have another e-mail address"),
        (changes.language_changed, "have another language"),
        (
            changes.reassigned,
            "have an id that looks like another person's",
        ),
        (changes.unchanged, "stay as they are"),
    ];
    let lists = [
        ("New units", &changes.new_units),
        ("Units that move", &changes.moved_units),
        ("New roles", &changes.new_roles),
        ("Ids of those who are gone", &changes.gone_ids),
        (
            "Ids that look like another person's",
            &changes.reassigned_ids,
        ),
    ];
    html! {
        table class="counts" {
            tbody {
                @for (number, what) in rows.iter().filter(|(number, _)| *number > 0) {
                    tr { td class="number" { (count(*number)) } td { (what) } }
                }
            }
        }
        @for (what, names) in lists.iter().filter(|(_, names)| !names.is_empty()) {
            details {
                summary { (what) " (" (count(names.len())) @if names.len() == 20 && what.starts_with("Ids") { " of them" } ")" }
                p { @for (at, name) in names.iter().take(200).enumerate() { @if at > 0 { ", " } bdi { (name) } } @if names.len() > 200 { " …" } }
            }
        }
    }
}

/// `GET /people/upload/{id}/refused`: the rows that can't be taken, as a file.
pub(crate) async fn refused(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Response, Failure> {
    let waiting = app
        .uploads
        .of(id, who.account, app.clock.now())
        .ok_or_else(gone)?;
    Ok(refused_rows(&waiting.read.read.rejects))
}
