//! `GET /feedback/upload/{id}`: what was recognised in a file, before anything is kept.

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::refused::{refused_rows, refused_table};
use crate::page::words::{count, counted, day};
use crate::state::App;
use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};
use throughline_domain::import::{FileReport, Source};
use throughline_engine::workspace::{FeedbackRead, Overview};
use throughline_ledger::units::{self, Unit};
use uuid::Uuid;

/// Sources shown.
const SHOWN: usize = 50;
/// Names of units shown that nobody knows.
const BESIDE: usize = 10;

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Markup, Failure> {
    let waiting = app
        .feedback
        .of(id, who.account, app.clock.now())
        .ok_or_else(gone)?;
    let title = "What was recognised";
    let units = units::all(&app.ledger).await?;
    Ok(office(
        ("Feedback", title),
        &who,
        &page(id, &waiting.read, &units),
    ))
}

/// `GET /feedback/upload/{id}/refused`: the rows that can't be taken, as a file.
pub(crate) async fn refused(
    State(app): State<App>,
    who: Who,
    Ids([id]): Ids<1>,
) -> Result<Response, Failure> {
    let waiting = app
        .feedback
        .of(id, who.account, app.clock.now())
        .ok_or_else(gone)?;
    Ok(refused_rows(&waiting.read.rejects))
}

/// The file isn't waiting (any more).
pub(super) fn gone() -> Failure {
    Failure::refused(
        "this file isn't waiting any more",
        "It was kept already, or waited too long: half an hour at most, and less if others bring files. The page Feedback shows what is kept; what isn't there can be given again.",
    )
}

fn page(id: Uuid, read: &FeedbackRead, units: &[Unit]) -> Markup {
    let report = &read.report;
    html! {
        p { a href="/feedback" { "\u{2190} Feedback" } }
        h1 { "What was recognised" }
        p class="lead" {
            "Nothing is kept yet. Of " (counted(report.rows_read, "row", "rows")) " in " bdi { (report.file) } ", "
            strong { (counted(read.rows, "piece", "pieces")) " of feedback" } " will be."
        }
        (overview(&read.overview, units))
        (left_out(report))
        @if report.rows_rejected > 0 {
            h2 { (counted(report.rows_rejected, "row", "rows")) " can\u{2019}t be taken" }
            @if report.rows_rejected > report.rows_read / 20 {
                p class="warning" { "That is more than one in twenty. Is a column taken for something that it isn\u{2019}t?" }
            }
            p { a href=(format!("/feedback/upload/{id}/refused")) {
                @if report.rows_rejected > read.rejects.len() as u64 { "The first " (count(read.rejects.len())) " as a file" } @else { "All of them as a file" }
            } }
            (refused_table(&read.rejects))
        }
        h2 { "Columns" }
        (columns(report))
        h2 { "Scores and comments" }
        (sources(&read.sources))
        @if read.sources.iter().all(|source| source.comments == 0) {
            p class="warning" { "No comments were found. Problems are found in customers\u{2019} words alone: name the column that holds them under \u{201c}How to read it\u{201d}." }
        }
        @if !read.notes.is_empty() {
            h2 { "Good to know" }
            ul { @for note in &read.notes { li { (without_flags(note)) } } }
        }
        form method="post" action=(format!("/feedback/upload/{id}")) {
            @if let Some(source) = read.source_by_name() {
                div class="field" {
                    label for="source" { "Where it was collected"
                        span class="hint" { "The file has no column that says so. What has one name is read as one survey, with one scale: give next month\u{2019}s file the same." }
                    }
                    input type="text" id="source" name="source" required maxlength="200" value=(source);
                }
            }
            div class="actions" {
                button { "Keep " (counted(read.rows, "row", "rows")) }
                a class="button quiet" href="/feedback" { "Keep nothing" }
            }
        }
    }
}

/// What she can see at a glance to be her file, and what of it a brief could not use as it is.
fn overview(of: &Overview, units: &[Unit]) -> Markup {
    let known = units
        .iter()
        .flat_map(|unit| unit.also_called.iter().chain([&unit.name]));
    let beside = of.units_beside(known.map(String::as_str));
    html! {
        @if let Some((first, last)) = of.days {
            p { "From " strong { (day(first)) } " to " strong { (day(last)) } "." }
        }
        @if of.ahead > 0 {
            p class="warning" { (counted(of.ahead, "piece is", "pieces are")) " of days to come. Are days and months the right way round?" }
        }
        @if of.days.is_some() && of.undated > 0 {
            p class="soft" { (counted(of.undated, "piece has", "pieces have")) " no day." }
        }
        @for comment in &of.comments { blockquote class="idea" dir="auto" { "\u{201c}" (comment) "\u{201d}" } }
        @if !of.comments.is_empty() { p class="soft" { "The first comments, to recognise the file by." } }
        @if !units.is_empty() && !beside.is_empty() {
            div class="warning" {
                p { (counted(beside.len(), "name of a team or branch is", "names of teams or branches are")) " none that the list of people has, so a brief can\u{2019}t tell whose customers they are. On the page People a unit can be given other names." }
                ul { @for (name, pieces) in beside.iter().take(BESIDE) { li { bdi { (name) } ": " (counted(*pieces, "piece", "pieces")) } } }
                @if beside.len() > BESIDE { p { "These are the " (count(BESIDE)) " with most feedback." } }
            }
        }
    }
}

/// A note without the part that tells of flags, which she has none of.
fn without_flags(note: &str) -> &str {
    note.split_once("; say otherwise with `--")
        .map_or(note, |(before, _)| before)
}

fn left_out(report: &FileReport) -> Markup {
    html! {
        @if report.rows_duplicate > 0 || !report.rows_left_out.is_empty() {
            ul {
                @if report.rows_duplicate > 0 {
                    li { (counted(report.rows_duplicate, "row was", "rows were")) " there before, and counts once." }
                }
                @for (rule, rows) in &report.rows_left_out {
                    li { (counted(*rows, "row", "rows")) " left out: " (rule) "." }
                }
            }
        }
    }
}

fn columns(report: &FileReport) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Columns" {
            table {
                tbody {
                    @for taken in &report.columns {
                        tr { th scope="row" class="name" { (field(&taken.field)) } td { (taken.column) } }
                    }
                    @if !report.ignored_columns.is_empty() {
                        tr { th scope="row" class="name" { "never stored" } td class="soft" { (report.ignored_columns.join(", ")) } }
                    }
                }
            }
        }
    }
}

/// A field of the contract, as a person says it.
fn field(name: &str) -> &str {
    match name {
        "id" => "an id",
        "response" => "which rows make one answer",
        "at" => "the day",
        "unit" => "the team, branch or store",
        "stage" => "the step of the journey",
        "source" => "where it was collected",
        "question" => "the question",
        "metric" => "what the score is",
        "score" => "the score",
        "comment" => "the comment",
        "language" => "the language",
        "customer" => "the customer, by an id",
        "value" => "what the customer is worth",
        other => other,
    }
}

fn sources(sources: &[Source]) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label="Scores and comments" {
            table {
                thead { tr { th scope="col" { "Collected by" } th scope="col" class="number" { "Scores" } th scope="col" { "Read as" } th scope="col" class="number" { "Comments" } } }
                tbody {
                    @for source in sources.iter().take(SHOWN) {
                        tr {
                            th scope="row" class="name" { bdi { (source.source) } }
                            td class="number" { (count(source.scores)) }
                            td {
                                @if source.scores > 0 { (source.metric.title()) }
                                @if let Some(scale) = source.scale { ", on a scale from " (scale.low) " to " (scale.high) }
                            }
                            td class="number" { (count(source.comments)) }
                        }
                    }
                }
            }
        }
        @if sources.len() > SHOWN { p class="soft" { "The first " (count(SHOWN)) " of " (count(sources.len())) " are shown." } }
        @if sources.iter().any(|source| source.scale.is_some()) {
            p class="soft" { "Scales are found from the scores. A brief finds them so, too, from all feedback that was collected under one name: give scores of another scale another name." }
        }
    }
}
