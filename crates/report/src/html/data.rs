//! What was read, what was refused, how results were got, and how people are protected.

use super::figure::heading;
use super::notes::of_kind;
use super::reader::Reader;
use super::standing::months;
use crate::say;
use maud::{Markup, html};
use throughline_domain::brief::NoteKind;
use throughline_domain::import::{FileReport, ImportReport};
use throughline_domain::{Metric, Table};

/// The section.
pub(super) fn data(reader: &Reader<'_>) -> Markup {
    let inputs = &reader.brief.inputs;
    html! {
        section class="part" aria-labelledby="data" {
            (heading("data", "Data and method"))
            (files(&inputs.import))
            (sources(&inputs.import))
            (said(reader))
            (months(reader))
            (columns(&inputs.import))
            (unmatched(&inputs.import))
            (method(reader))
            (confidentiality(reader))
        }
    }
}

/// What a reader calls a table.
fn table_name(table: Table) -> &'static str {
    match table {
        Table::Signals => "Customer feedback",
        Table::Voice => "Employees\u{2019} answers",
        Table::Units => "Teams",
        Table::Chain => "How work reaches customers",
        Table::Roles => "Roles",
        Table::Measures => "Numbers from teams",
        Table::Votes => "Votes",
        Table::Themes => "Corrections by a person",
        Table::Initiatives => "Spending lines",
    }
}

/// What a reader calls a field.
fn field_name(field: &str) -> &str {
    match field {
        "stage" => "step of the journey",
        "block" => "what stands in the way",
        "at" => "date",
        "unit" => "team",
        other => other,
    }
}

fn files(import: &ImportReport) -> Markup {
    html! {
        h3 { "What was read" }
        @if import.files.is_empty() { p { "No files." } } @else {
            table class="stack" role="table" aria-label="What was read" {
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { "File" }
                    th role="columnheader" scope="col" class="num" { "Rows read" }
                    th role="columnheader" scope="col" class="num" { "Kept" }
                    th role="columnheader" scope="col" class="num" { "Refused" }
                    th role="columnheader" scope="col" class="num" { "Repeated" }
                    th role="columnheader" scope="col" class="num" { "Left out" }
                } }
                tbody role="rowgroup" {
                    @for file in &import.files {
                        tr role="row" {
                            th role="rowheader" scope="row" {
                                (file.file)
                                span class="owned" { (table_name(file.table)) "; " (read_as(file)) }
                            }
                            td role="cell" class="num" data-label="Rows read" { (say::count(file.rows_read)) }
                            td role="cell" class="num" data-label="Kept" { (say::count(file.rows_kept)) }
                            td role="cell" class="num" data-label="Refused" { (say::count(file.rows_rejected)) }
                            td role="cell" class="num" data-label="Repeated" { (say::count(file.rows_duplicate)) }
                            td role="cell" class="num" data-label="Left out" {
                                (say::count(file.rows_left_out.iter().map(|(_, rows)| rows).sum()))
                                @for (why, rows) in &file.rows_left_out {
                                    " " span class="range" { (say::count(*rows)) ": " (why) }
                                }
                            }
                        }
                    }
                }
            }
            p class="soft" { "Kept can exceed read: a row with several comments counts once for each. Refused rows stand in rejects.csv, each with its reason." }
        }
    }
}

fn read_as(file: &FileReport) -> String {
    match &file.preset {
        Some(preset) => format!("{}, {preset}", file.format),
        None => file.format.clone(),
    }
}

fn sources(import: &ImportReport) -> Markup {
    html! {
        @if !import.sources.is_empty() {
            h3 { "How scores are read" }
            table class="stack" role="table" aria-label="How scores are read" {
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { "Source" }
                    th role="columnheader" scope="col" { "Rule" }
                    th role="columnheader" scope="col" { "Scale" }
                    th role="columnheader" scope="col" class="num" { "Scores" }
                    th role="columnheader" scope="col" class="num" { "Comments" }
                } }
                tbody role="rowgroup" {
                    @for source in &import.sources {
                        tr role="row" {
                            th role="rowheader" scope="row" { (source.source) }
                            td role="cell" data-label="Rule" { @if source.scores > 0 { (rule(&source.metric)) } @else { "no scores" } }
                            td role="cell" data-label="Scale" {
                                @match source.scale {
                                    Some(scale) => {
                                        (end(scale.low)) " to " (end(scale.high)) ", "
                                        @if source.scale_found { "found from the data" } @else { "given" }
                                    },
                                    None => { "none" },
                                }
                            }
                            td role="cell" class="num" data-label="Scores" { (say::count(source.scores)) }
                            td role="cell" class="num" data-label="Comments" { (say::count(source.comments)) }
                        }
                    }
                }
            }
        }
    }
}

fn end(value: f64) -> String {
    say::fixed(value, usize::from(value.fract() != 0.0))
}

fn rule(metric: &Metric) -> String {
    match metric {
        Metric::Nps => "net promoter score: % of 9 and 10 less % of 0 to 6".to_owned(),
        Metric::Csat { cut } => format!("share of scores of {} and above", end(*cut)),
        Metric::Ces { cut } => format!("share that found it easy: {} and above", end(*cut)),
        Metric::Mean => "average of the scores".to_owned(),
        Metric::Coded => "coded from the comment: how bad it sounds".to_owned(),
    }
}

fn said(reader: &Reader<'_>) -> Markup {
    let notes = of_kind(reader, NoteKind::Data);
    let import = &reader.brief.inputs.import;
    html! {
        @if !(notes.is_empty() && import.notes.is_empty()) {
            h3 { "About the data" }
            ul class="plain wide" {
                @for note in notes { li { (note.text) } }
                @for note in &import.notes { li { (note) } }
            }
        }
    }
}

fn columns(import: &ImportReport) -> Markup {
    html! {
        @for file in &import.files {
            details {
                summary { "Columns taken from " (file.file) }
                ul class="mapping" {
                    @for taken in &file.columns {
                        li { (field_name(&taken.field)) " \u{2190} " code { (taken.column) } " " span class="soft" { "by " (taken.by) } }
                    }
                }
                @if !file.ignored_columns.is_empty() {
                    p class="soft" { "Not asked for and not stored: " (file.ignored_columns.join(", ")) "." }
                }
            }
        }
    }
}

fn unmatched(import: &ImportReport) -> Markup {
    html! {
        @if !import.unmatched_units.is_empty() {
            details {
                summary { (say::plural(import.unmatched_names() as u64, "team name matched nothing", "team names matched nothing")) }
                ul class="mapping" {
                    @for one in &import.unmatched_units {
                        li { (one.name) " " span class="soft" { (table_name(one.table)) ", " (say::plural(one.rows, "row", "rows")) } }
                    }
                }
                p class="soft" { "They stand in units.todo.csv, ready to be matched." }
            }
        }
    }
}

fn method(reader: &Reader<'_>) -> Markup {
    let method = &reader.brief.inputs.method;
    html! {
        h3 { "Method" }
        p { "With the same files, version, seed and settings this page comes out the same, byte for byte." }
        dl class="settings" {
            dt { "Version" } dd { (method.version) }
            dt { "Seed" } dd { (method.seed.to_string()) }
            @if let Some(source) = &method.main_source { dt { "Sizes refer to" } dd { (source) } }
            @else if reader.brief.standings.len() > 1 { dt { "Sizes refer to" } dd { "All sources together: none has scores" } }
            @for parameter in &method.parameters { dt { (say::sentence(&parameter.name)) } dd { (parameter.value) } }
        }
        p { (review(reader)) }
        @for note in of_kind(reader, NoteKind::Analyst) { p { (note.text) } }
    }
}

fn review(reader: &Reader<'_>) -> String {
    let review = &reader.brief.review;
    if review.assignments == 0 && review.pairs == 0 {
        return "Problems and matches were found by the program; nobody has checked a sample of them yet.".to_owned();
    }
    let mut text = format!(
        "A person judged {} and {}.",
        say::plural(review.assignments, "sorted comment", "sorted comments"),
        say::plural(review.pairs, "pair", "pairs"),
    );
    if let Some(share) = review.right_share {
        text.push_str(&format!(
            " Of the comments, {}% were sorted rightly.",
            say::fixed(share * 100.0, 0)
        ));
    }
    if review.corrected {
        text.push_str(" Sizes are corrected for what was found.");
    }
    if review.calibrated {
        text.push_str(" Matches carry the chance that a reader agrees.");
    }
    text
}

fn confidentiality(reader: &Reader<'_>) -> Markup {
    html! {
        h3 { "How people are protected" }
        ul class="plain wide" {
            li { "Nothing is said about a small group of employees, and no words come from a group so small that they could be recognised. Small groups are counted with a larger one or left out." }
            li { "At most one quote comes from one person. E-mail addresses, numbers, links and names after titles are taken out of quotes; patterns can\u{2019}t know every name." }
            @for note in of_kind(reader, NoteKind::Withheld) { li { (note.text) } }
        }
    }
}
