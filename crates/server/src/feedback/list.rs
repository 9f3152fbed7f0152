//! `GET /feedback`

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::sure::sure;
use crate::page::words::{count, counted};
use crate::state::App;
use axum::extract::{Query, State};
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use throughline_engine::workspace::{signal_files, stamp, was_brought};

/// Files shown.
const SHOWN: usize = 200;

/// What a page before this one did.
#[derive(Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    rows: Option<u64>,
    #[serde(default)]
    removed: Option<u8>,
}

/// A file of the workspace.
struct Kept {
    name: String,
    bytes: u64,
    at: Option<DateTime<Utc>>,
    /// What tells it from another that takes its name.
    stamp: String,
}

/// What is here, and a form to bring more.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Query(done): Query<Done>,
) -> Result<Markup, Failure> {
    let workspace = app.config.workspace.clone();
    let (batches, files) = tokio::task::spawn_blocking(move || kept(&workspace))
        .await
        .map_err(|error| Failure::Fault(error.to_string()))??;
    let nothing = batches == 0 && files.is_empty();
    let body = html! {
        h1 { "Customers\u{2019} feedback" }
        @if let Some(rows) = done.rows {
            p class="note" role="status" { "Done. " (counted(rows, "row", "rows")) " of feedback are kept, and the next brief reads them." }
        }
        @if done.removed.is_some() {
            p class="note" role="status" { "The file is taken out. Briefs that were written with it stay as they are." }
        }
        @if nothing {
            p class="lead" { "There is none yet, and a brief needs some. Bring what your survey tool or help desk exports; you see what is recognised before anything is kept." }
        } @else {
            p class="lead" { "What briefs read: every file here, and what programs push." }
        }
        (form())
        @if !nothing { (table(batches, &files)) }
    };
    Ok(office("Feedback", &who, &body))
}

/// How many batches were pushed, and the files that people brought.
fn kept(workspace: &Path) -> Result<(usize, Vec<Kept>), Failure> {
    let files = signal_files(workspace).map_err(|error| Failure::Storage {
        what: "the folder of feedback can't be read",
        why: error.to_string(),
    })?;
    let (pushed, brought): (Vec<PathBuf>, Vec<PathBuf>) = files
        .into_iter()
        .partition(|path| name(path).starts_with("api-"));
    let brought = brought.iter().map(|path| {
        let about = std::fs::metadata(path).ok();
        let at = about.as_ref().and_then(|about| about.modified().ok());
        Kept {
            name: name(path),
            bytes: about.map_or(0, |about| about.len()),
            at: at.map(DateTime::from),
            stamp: stamp(path),
        }
    });
    Ok((pushed.len(), brought.collect()))
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn table(batches: usize, files: &[Kept]) -> Markup {
    html! {
        h2 { "Here now" }
        @if batches > 0 { p { (counted(batches, "batch", "batches")) " that programs pushed." } }
        @if !files.is_empty() {
            div class="scroll" tabindex="0" role="region" aria-label="Files of feedback" {
                table {
                    thead { tr { th scope="col" { "File" } th scope="col" class="number" { "KB" } th scope="col" { "Since" } } }
                    tbody {
                        @for file in files.iter().take(SHOWN) {
                            tr {
                                th scope="row" class="name" { (file.name) @if was_brought(&file.name) { (take_out(file)) } }
                                td class="number" { (count(file.bytes.div_ceil(1_000))) }
                                td { @if let Some(at) = file.at { (at.format("%-d %B %Y")) } }
                            }
                        }
                    }
                }
            }
            @if files.len() > SHOWN { p class="soft" { "The first " (count(SHOWN)) " of " (count(files.len())) " are shown." } }
        }
        @if batches > 0 || files.len() > SHOWN || files.iter().any(|file| !was_brought(&file.name)) {
            p class="soft" { "What has no button here is taken out by whoever runs this server: it lies in the workspace, in the folder signals." }
        }
    }
}

fn take_out(file: &Kept) -> Markup {
    html! {
        details {
            summary aria-label={ "Take out " (file.name) } { "Take\u{a0}out" }
            form method="post" action="/feedback/remove" {
                input type="hidden" name="file" value=(file.name);
                input type="hidden" name="seen" value=(file.stamp);
                (sure("Its rows are deleted here, and the next brief doesn\u{2019}t read them"))
                button class="danger" { "Take out" }
            }
        }
    }
}

fn form() -> Markup {
    let columns = [
        ("comment", "Comments"),
        ("score", "Score"),
        ("at", "Day"),
        ("unit", "Team, branch or store"),
        ("source", "Where it was collected"),
    ];
    html! {
        section class="card" {
            h2 { "Bring a file" }
            form method="post" action="/feedback/upload" enctype="multipart/form-data" {
                div class="field" {
                    label for="feedback" { "File of feedback"
                        span class="hint" { "CSV, XLSX, JSON lines or Parquet, one row an answer, with a header. It needs a score or a comment; a day, a team and where it was collected make the brief better." }
                    }
                    input type="file" id="feedback" name="feedback" required accept=".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson,.parquet,.gz,.zip,.zst";
                }
                details {
                    summary { "How to read it" }
                    p class="soft" { "Found out by itself. Say it here where the next page shows that it was found wrong." }
                    @for (field, label) in columns {
                        div class="field" {
                            label for=(field) { "Column: " (label)
                                @if field == "comment" { span class="hint" { "Several, parted by semicolons, where an answer has several." } }
                            }
                            input type="text" id=(field) name=(field) maxlength="200" autocomplete="off";
                        }
                    }
                    div class="field" {
                        label for="date_order" { "Dates such as 3/4/2027" }
                        select id="date_order" name="date_order" {
                            option value="" { "find out" }
                            option value="dmy" { "the day comes first" }
                            option value="mdy" { "the month comes first" }
                        }
                    }
                    div class="field" {
                        label for="metric" { "What the score is" }
                        select id="metric" name="metric" {
                            option value="" { "find out" }
                            option value="nps" { "likelihood to recommend (NPS)" }
                            option value="csat" { "satisfaction" }
                            option value="ces" { "effort: how easy it was" }
                            option value="mean" { "another score" }
                            option value="coded" { "a tone or severity given to the comment" }
                        }
                    }
                }
                p class="soft" { "Names, addresses and every other column that isn\u{2019}t asked for are never stored. Take names of people out of comments where your system can: a quote is checked for them, and some are missed." }
                button { "See what is recognised" }
            }
        }
    }
}
