//! Where customers stand: the main score with its interval and its change, the line over
//! months, the other sources in a sentence each.

use super::figure::{YEAR, change, months_table};
use super::reader::Reader;
use crate::chart::{Line, Words, over_time};
use crate::say::{self, Unit};
use maud::{Markup, html};
use throughline_domain::brief::{SeriesPoint, Standing};
use throughline_domain::{Figure, Metric};

/// The block on page one.
pub(super) fn standing(reader: &Reader<'_>) -> Markup {
    let main = reader.main();
    html! {
        section class="standing" aria-labelledby="standing" {
            h2 id="standing" { "Where customers stand" }
            @match main {
                None => { p class="lead" { "No customer feedback was read, so there is nothing to say yet." } },
                Some(main) => {
                    (headline(reader, main))
                    @let others = others(reader, main);
                    @if !others.is_empty() {
                        ul class="other-sources" {
                            @for one in others { li { (in_a_sentence(reader, one)) } }
                        }
                    }
                },
            }
        }
    }
}

/// Up to three other sources, those with a score only where the main one has one; all stand
/// under Data and method.
fn others<'a>(reader: &Reader<'a>, main: &Standing) -> Vec<&'a Standing> {
    reader
        .brief
        .standings
        .iter()
        .filter(|one| one.source != main.source)
        .filter(|one| one.score.estimate().is_some() || main.score.estimate().is_none())
        .take(3)
        .collect()
}

fn headline(reader: &Reader<'_>, main: &Standing) -> Markup {
    let unit = say::unit_of(&main.metric);
    html! {
        @match &main.score {
            Figure::Known(estimate) => {
                div class="score" {
                    p class="score-value" { (say::value(estimate, unit)) }
                    p class="score-name" { (say::sentence(main.metric.title())) (scale(reader, main)) }
                    p class="score-detail" {
                        @match (say::range(estimate, unit), &estimate.interval) {
                            (Some(range), _) => { "95% interval " (range) ", from " },
                            (None, Err(reason)) => { "No interval: " (say::why(reason)) ". From " },
                            _ => { "From " },
                        }
                        (say::plural(estimate.n, "response", "responses"))
                        (window(main)) ", " (main.source) "."
                    }
                }
            },
            Figure::Unknown(reason) => {
                p class="lead" {
                    "We can\u{2019}t say: " (say::why(reason)) ". " (main.source) " holds "
                    (say::plural(main.responses, "response", "responses")) " and "
                    (say::plural(main.comments, "comment", "comments")) "."
                }
            },
        }
        @if main.score.estimate().is_some() {
            p class="trend" { (change(&main.trend, Unit::Signed, main.metric.unit(), spanned(main))) "." }
        }
        @if let Some(chart) = chart(main) {
            figure class="chart-box" { (chart) }
        }
    }
}

/// Months from the first that is shown to the last: those between them that are of few count, too.
fn spanned(standing: &Standing) -> usize {
    let number = |point: &SeriesPoint| {
        let (year, month) = point.month.split_once('-')?;
        Some(12 * year.parse::<usize>().ok()? + month.parse::<usize>().ok()?)
    };
    let (first, last) = (standing.months.first(), standing.months.last());
    match (first.and_then(number), last.and_then(number)) {
        (Some(first), Some(last)) => last.saturating_sub(first) + 1,
        _ => standing.months.len(),
    }
}

/// Of which months a score is.
fn window(standing: &Standing) -> String {
    match spanned(standing) {
        0 => String::new(),
        months @ 1..YEAR => format!(" of {}", say::plural(months as u64, "month", "months")),
        _ => " of the last twelve months".to_owned(),
    }
}

fn in_a_sentence(reader: &Reader<'_>, one: &Standing) -> Markup {
    let unit = say::unit_of(&one.metric);
    html! {
        span class="source" { (one.source) } ": "
        @match &one.score {
            Figure::Known(estimate) => {
                strong { (say::value(estimate, unit)) } " " (one.metric.title()) (scale(reader, one))
                @if let Some(range) = say::range(estimate, unit) { " (" (range) ")" }
                ", " (say::plural(estimate.n, "response", "responses")) (window(one)) "."
            },
            Figure::Unknown(reason) => {
                (say::plural(one.responses, "response", "responses")) ", "
                (say::plural(one.comments, "comment", "comments")) "; " (say::why(reason)) "."
            },
        }
    }
}

/// The ends of the scale where a number means nothing without them; one that nobody gave was found from the scores.
fn scale(reader: &Reader<'_>, standing: &Standing) -> String {
    match (&standing.metric, standing.scale) {
        (Metric::Mean | Metric::Coded, Some(scale)) => {
            let end = |value: f64| say::fixed(value, usize::from(value.fract() != 0.0));
            let of = if reader.scale_was_found(&standing.source) {
                "on a scale that looks like"
            } else {
                "on a scale from"
            };
            format!(" {of} {} to {}", end(scale.low), end(scale.high))
        }
        (Metric::Nps, _) => " (\u{2212}100 to +100)".to_owned(),
        _ => String::new(),
    }
}

fn chart(main: &Standing) -> Option<Markup> {
    let first = main.months.first()?;
    let last = main.months.last()?;
    let unit = say::unit_of(&main.metric);
    let title = format!("{} by month", say::sentence(main.metric.title()));
    let said = |value: f64| match unit {
        Unit::Percent => format!("{}%", say::fixed(value, 0)),
        Unit::Signed => say::signed(value, 0),
        _ => say::fixed(value, 2),
    };
    let description = format!(
        "From {} in {} to {} in {}; the band is the 95% interval. The numbers stand in the table \
         under Data and method.",
        said(first.value),
        say::month(&first.month),
        said(last.value),
        say::month(&last.month),
    );
    over_time(
        &Line {
            points: &main.months,
            times: 1.0,
            suffix: if unit == Unit::Percent { "%" } else { "" },
            signed: unit == Unit::Signed,
        },
        &Words {
            id: "chart-standing",
            title: &title,
            description: &description,
        },
    )
}

/// The months of every source, for the data section.
pub(super) fn months(reader: &Reader<'_>) -> Markup {
    html! {
        @for one in reader.brief.standings.iter().filter(|one| !one.months.is_empty()) {
            details {
                summary { (say::sentence(one.metric.title())) " by month, " (one.source) }
                (months_table(&one.months, say::unit_of(&one.metric), "Score", "Responses"))
            }
        }
    }
}
