//! Small pieces that several sections share: figures with their intervals, reasons under a
//! table, quotes, links to problems and fixes.

use super::reader::{Reader, fix_anchor, problem_anchor};
use crate::say::{self, Unit};
use maud::{Markup, html};
use throughline_domain::brief::{Lever, Pain, Quote, SeriesPoint, Strength};
use throughline_domain::estimate::Reason;
use throughline_domain::{Estimate, Figure};

/// Why figures of a table are missing: each reason is said once, under the table, and cells
/// point to it by letter.
#[derive(Default)]
pub(super) struct Reasons {
    said: Vec<String>,
}

impl Reasons {
    /// The letter of a reason.
    pub(super) fn mark(&mut self, reason: &Reason) -> Markup {
        let text = say::sentence(&say::why(reason));
        let at = self
            .said
            .iter()
            .position(|said| *said == text)
            .unwrap_or_else(|| {
                self.said.push(text);
                self.said.len() - 1
            });
        html! { sup class="why" { (letter(at)) } }
    }

    /// The list to put under the table.
    pub(super) fn list(&self) -> Markup {
        html! {
            @if !self.said.is_empty() {
                ul class="reasons" {
                    @for (at, text) in self.said.iter().enumerate() {
                        li { sup class="why" { (letter(at)) } " " (text) "." }
                    }
                }
            }
        }
    }
}

fn letter(at: usize) -> char {
    // There are fewer kinds of reasons than letters; counts inside them could make more.
    char::from(b'a' + (at % 26) as u8)
}

/// A figure for a table cell: the value, its interval below, or why there is none.
pub(super) fn figure(figure: &Figure, unit: Unit, reasons: &mut Reasons) -> Markup {
    match figure {
        Figure::Known(estimate) => known(estimate, unit, reasons),
        Figure::Unknown(reason) => html! {
            span class="unknown" { "not known" (reasons.mark(reason)) }
        },
    }
}

fn known(estimate: &Estimate, unit: Unit, reasons: &mut Reasons) -> Markup {
    html! {
        span class="value" { (say::value(estimate, unit)) }
        @match &estimate.interval {
            Ok(_) => {
                @if let Some(range) = say::range(estimate, unit) {
                    " " span class="range" { (range) }
                }
            },
            Err(reason) => { " " span class="range" { "no interval" (reasons.mark(reason)) } },
        }
    }
}

/// A figure inside a sentence: `0.42 (0.20 to 0.64)`; the value alone where it has no interval.
pub(super) fn inline(estimate: &Estimate, unit: Unit, suffix: &str) -> String {
    let value = say::value(estimate, unit);
    match say::range(estimate, unit) {
        Some(range) => format!("{value}{suffix} ({range})"),
        None => format!("{value}{suffix}"),
    }
}

/// Months that a change is told for.
pub(super) const YEAR: usize = 12;

/// A change over twelve months in words; says so where its sign can't be told, and where it is the pace
/// of fewer `months` carried on.
pub(super) fn change(trend: &Figure, unit: Unit, points: &str, months: usize) -> String {
    let over = match months {
        1..YEAR => format!(
            "in twelve months at the pace of the {} there are",
            say::plural(months as u64, "month", "months")
        ),
        _ => "in twelve months".to_owned(),
    };
    match trend {
        Figure::Unknown(reason) => format!("Change not known: {}", say::why(reason)),
        Figure::Known(estimate) => {
            let value = say::value(estimate, unit);
            let size = value.trim_start_matches(['+', '\u{2212}']);
            let way = if estimate.value >= 0.0 { "Up" } else { "Down" };
            match (&estimate.interval, say::range(estimate, unit)) {
                (Err(reason), _) => {
                    format!(
                        "{way} {size} {points} {over}; chance can\u{2019}t be ruled out: {}",
                        say::why(reason)
                    )
                }
                (_, Some(range)) if say::can_tell(estimate) => {
                    format!("{way} {size} {points} {over} ({range})")
                }
                (_, range) => format!("No clear change {over} ({})", range.unwrap_or(value)),
            }
        }
    }
}

/// A change for a table cell: an arrow, the value and its interval.
pub(super) fn change_cell(trend: &Figure, reasons: &mut Reasons) -> Markup {
    match trend {
        Figure::Known(estimate) if say::can_tell(estimate) => {
            let (arrow, word) = if estimate.value > 0.0 {
                ("\u{2191}", "more often")
            } else {
                ("\u{2193}", "less often")
            };
            html! {
                span class="value" { span aria-hidden="true" { (arrow) " " } (word) }
                " " span class="range" {
                    (say::value(estimate, Unit::ShareChange)) " points"
                    @if let Some(range) = say::range(estimate, Unit::ShareChange) { " (" (range) ")" }
                }
            }
        }
        Figure::Known(estimate) => html! {
            span class="value soft" { "not enough to tell" }
            @match (&estimate.interval, say::range(estimate, Unit::ShareChange)) {
                (Err(reason), _) => { (reasons.mark(reason)) },
                (_, Some(range)) => { " " span class="range" { (range) " points" } },
                _ => {},
            }
        },
        Figure::Unknown(reason) => html! {
            span class="unknown" { "not known" (reasons.mark(reason)) }
        },
    }
}

/// Quotes as a list; nothing for none.
pub(super) fn quotes(quotes: &[Quote]) -> Markup {
    html! {
        @if !quotes.is_empty() {
            ul class="quotes" {
                @for quote in quotes {
                    li {
                        blockquote { p { "\u{201c}" (quote.words) "\u{201d}" } }
                        @if !quote.from.is_empty() { p class="from" { (quote.from) } }
                    }
                }
            }
        }
    }
}

/// A quote short enough for page one: the first that is short, else the first one cut at a
/// word. It stands in full further down. `skip` earlier ones were shown already.
pub(super) fn short_quote(quotes: &[Quote], skip: usize, length: usize) -> Option<String> {
    let mut turned: Vec<&Quote> = quotes.iter().collect();
    turned.rotate_left(skip.checked_rem(quotes.len())?);
    turned
        .iter()
        .find(|quote| quote.words.chars().count() <= length)
        .or(turned.first())
        .map(|quote| shortened(&quote.words, length))
}

/// Cut at a word, with an ellipsis.
pub(super) fn shortened(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let cut: String = text.chars().take(length).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    let kept = cut[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    format!("{kept} \u{2026}")
}

/// A link to a problem.
pub(super) fn problem_link(number: usize, pain: &Pain<Quote>) -> Markup {
    html! { a href=(format!("#{}", problem_anchor(number))) { (say::sentence(&pain.title)) } }
}

/// A link to a fix, with its number.
pub(super) fn fix_link(number: usize, lever: &Lever<Quote>) -> Markup {
    html! {
        a class="fix-link" href=(format!("#{}", fix_anchor(number))) {
            span class="number" { (number) } " " (say::sentence(&lever.title))
        }
    }
}

/// `2 and 5`, each a link; `seven others` where they are too many to name.
pub(super) fn fix_numbers(numbers: &[usize]) -> Markup {
    let mut numbers = numbers.to_vec();
    numbers.sort_unstable();
    html! {
        @if numbers.len() > 4 {
            (say::in_words(numbers.len() as u64)) " others"
        } @else {
            @for (at, number) in numbers.iter().enumerate() {
                @if at > 0 { @if at + 1 == numbers.len() { " and " } @else { ", " } }
                a href=(format!("#{}", fix_anchor(*number))) { (number) }
            }
        }
    }
}

/// How well a fix answers a problem: dots and the word.
pub(super) fn strength(strength: Strength) -> Markup {
    let filled = match strength {
        Strength::Strong => 3,
        Strength::Some => 2,
        Strength::Weak => 1,
    };
    html! {
        span class="strength" {
            span class="dots" aria-hidden="true" {
                @for at in 0..3 { @if at < filled { "\u{25cf}" } @else { "\u{25cb}" } }
            }
            " " (strength.name())
        }
    }
}

/// The months behind a line, as a table.
pub(super) fn months_table(points: &[SeriesPoint], unit: Unit, what: &str, of: &str) -> Markup {
    let label = |point: &SeriesPoint| say::month(&point.month);
    let estimate = |point: &SeriesPoint| match (point.low, point.high) {
        (Some(low), Some(high)) => {
            Estimate::with_interval(point.value, low, high, point.n, "month")
        }
        _ => Estimate::without_interval(point.value, Reason::NotAsked, point.n, "month"),
    };
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(format!("{what} by month")) {
            table class="months" {
                thead { tr {
                    th scope="col" { "Month" }
                    th scope="col" class="num" { (what) }
                    th scope="col" class="num" { "95% interval" }
                    th scope="col" class="num" { (of) }
                } }
                tbody {
                    @for point in points {
                        @let estimate = estimate(point);
                        tr {
                            th scope="row" { (label(point)) }
                            td class="num" { (say::value(&estimate, unit)) }
                            td class="num interval" { (say::range(&estimate, unit).unwrap_or_else(|| "none".into())) }
                            td class="num n" { (say::count(point.n)) }
                        }
                    }
                }
            }
        }
    }
}

/// A heading with its place in the contents.
pub(super) fn heading(id: &str, title: &str) -> Markup {
    html! { h2 id=(id) { (title) } }
}

/// Where a part of page one that isn't there would stand: numbers of problems as links.
pub(super) fn problem_links(reader: &Reader<'_>, ids: &[String]) -> Markup {
    let found: Vec<_> = ids.iter().filter_map(|id| reader.problem(id)).collect();
    html! {
        @for (at, (number, pain)) in found.iter().enumerate() {
            @if at > 0 { "; " }
            (problem_link(*number, pain))
        }
    }
}
