//! Customer problems: a table with sizes and changes, each with its words behind it.

use super::facts::severity_unit;
use super::figure::{
    Reasons, change_cell, figure, fix_link, heading, months_table, quotes, strength,
};
use super::reader::{Reader, problem_anchor};
use crate::chart::{Domain, interval_bar, sparkline};
use crate::say::{self, Unit};
use maud::{Markup, html};
use throughline_domain::brief::{Pain, Quote, Share, Strength};
use throughline_domain::estimate::Reason;
use throughline_domain::{Figure, Interval};

/// Which columns have something to show.
struct Columns {
    points: bool,
    severity: bool,
    trend: bool,
    value: bool,
    domain: Option<Domain>,
}

impl Columns {
    fn count(&self) -> usize {
        2 + 2 * usize::from(self.points) + usize::from(self.severity) + usize::from(self.trend)
    }
}

/// Where those begin that nobody can say cost points, and where the mixed ones: all at the end of the list.
fn groups(pains: &[Pain<Quote>]) -> (usize, usize) {
    let single = pains
        .iter()
        .position(|pain| pain.mixed)
        .unwrap_or(pains.len());
    let known = pains
        .iter()
        .any(|pain| pain.size_points.estimate().is_some());
    let last = pains[..single].iter().rposition(clearly_costs);
    (
        if known {
            last.map_or(0, |at| at + 1)
        } else {
            single
        },
        single,
    )
}

fn subheading(columns: &Columns, words: &str) -> Markup {
    html! {
        tbody role="rowgroup" { tr role="row" class="between" {
            th role="rowheader" scope="rowgroup" colspan=(columns.count()) { (words) }
        } }
    }
}

/// Whether a problem's size is clear of zero.
pub(super) fn clearly_costs(pain: &Pain<Quote>) -> bool {
    pain.size_points
        .estimate()
        .is_some_and(|size| size.value > 0.0 && say::can_tell(size))
}

/// The section.
pub(super) fn problems(reader: &Reader<'_>) -> Markup {
    let pains = &reader.brief.pains;
    let any = |figure: fn(&Pain<Quote>) -> &Figure| {
        pains.iter().any(|pain| figure(pain).estimate().is_some())
    };
    let spreads: Vec<_> = pains
        .iter()
        .filter_map(|pain| pain.size_points.estimate())
        .map(|estimate| say::spread(estimate, Unit::Plain))
        .collect();
    let columns = Columns {
        points: any(|pain| &pain.size_points) || any(|pain| &pain.drag_points),
        severity: any(|pain| &pain.severity),
        trend: any(|pain| &pain.trend),
        value: any(|pain| &pain.value),
        domain: Domain::around(&spreads),
    };
    let mut reasons = Reasons::default();
    let rows: Vec<Markup> = pains
        .iter()
        .enumerate()
        .map(|(at, pain)| row(reader, &columns, at + 1, pain, &mut reasons))
        .collect();
    let (costing, single) = groups(pains);
    // A group without a row has no heading.
    let costing = if costing == single {
        usize::MAX
    } else {
        costing
    };
    let between = [
        (
            costing,
            "Named, too: whether these lower the score can\u{2019}t be told",
        ),
        (single, "Comments that have little in common"),
    ];
    html! {
        section class="part" aria-labelledby="problems" {
            (heading("problems", "Customer problems"))
            p class="lead" { (explanation(reader, &columns)) }
            table class="stack problems" role="table" aria-labelledby="problems" {
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { "Problem" }
                    th role="columnheader" scope="col" class="num" { "Named in" }
                    @if columns.points {
                        th role="columnheader" scope="col" class="num" { "Points lost where named" }
                        th role="columnheader" scope="col" { "Size, in " (reader.points()) }
                    }
                    @if columns.severity {
                        th role="columnheader" scope="col" class="num" { "Average tone" }
                    }
                    @if columns.trend {
                        th role="columnheader" scope="col" { "In twelve months" }
                    }
                } }
                @for (at, row) in rows.iter().enumerate() {
                    @for (start, words) in &between {
                        @if *start == at && at > 0 { (subheading(&columns, words)) }
                    }
                    (row)
                }
            }
            (reasons.list())
            (left_out(reader, &columns))
            @if pains.len() > 10 && pains.iter().any(|pain| !pain.months.is_empty()) {
                p class="on-paper soft" { "Months are printed for the first ten; those of the others stand in the page on screen." }
            }
        }
    }
}

fn explanation(reader: &Reader<'_>, columns: &Columns) -> String {
    if columns.points {
        format!(
            "Largest first. Size is how often a problem is named times the points lost where it is \
             named: the {} of our {} that go with it. A hollow dot means that the range holds zero \
             or isn\u{2019}t known.",
            reader.points(),
            reader.score_name(),
        )
    } else if columns.severity {
        "Most often named first. The score was given to the comment itself, so it says how bad the \
         words sound, not what the problem costs."
            .to_owned()
    } else {
        "Most often named first. What a problem costs can\u{2019}t be told from this feedback."
            .to_owned()
    }
}

/// Columns that aren't there, and why, said once.
fn left_out(reader: &Reader<'_>, columns: &Columns) -> Markup {
    let reason = |figure: fn(&Pain<Quote>) -> &Figure| -> Option<&Reason> {
        reader
            .brief
            .pains
            .iter()
            .find_map(|pain| figure(pain).reason())
    };
    let mut missing = Vec::new();
    if !columns.points {
        missing.extend(reason(|pain| &pain.size_points).map(|why| ("Sizes", why)));
    }
    if !columns.trend {
        missing.extend(reason(|pain| &pain.trend).map(|why| ("Changes over time", why)));
    }
    if !columns.value {
        missing.extend(reason(|pain| &pain.value).map(|why| ("Values of customers", why)));
    }
    html! {
        @if !missing.is_empty() {
            ul class="reasons" {
                @for (what, why) in missing { li { (what) " aren\u{2019}t known: " (say::why(why)) "." } }
            }
        }
    }
}

fn row(
    reader: &Reader<'_>,
    columns: &Columns,
    number: usize,
    pain: &Pain<Quote>,
    reasons: &mut Reasons,
) -> Markup {
    let width = columns.count();
    html! {
        tbody role="rowgroup" id=(problem_anchor(number)) {
            tr role="row" class="figures" {
                th role="rowheader" scope="row" {
                    div class="named" {
                        span class="number customer" { (number) }
                        div {
                            span class="name" { (say::sentence(&pain.title)) }
                            @if let Some(owner) = &pain.owner { span class="owned" { "Owner: " (owner) } }
                        }
                    }
                }
                td role="cell" class="num" data-label="Named in" {
                    (figure(&pain.reach, Unit::Share, reasons))
                    " " span class="range block" { (say::plural(pain.comments, "comment", "comments")) }
                }
                @if columns.points {
                    td role="cell" class="num" data-label="Points lost" {
                        (figure(&pain.drag_points, Unit::Plain, reasons))
                    }
                    td role="cell" class="with-bar" data-label="Size" {
                        (size(columns, pain, reasons))
                    }
                }
                @if columns.severity {
                    td role="cell" class="num" data-label="Average tone" {
                        (figure(&pain.severity, severity_unit(reader), reasons))
                    }
                }
                @if columns.trend {
                    td role="cell" class="with-bar" data-label="In twelve months" {
                        @if let Some(line) = sparkline(&pain.months.iter().map(|m| m.value).collect::<Vec<_>>()) { (line) }
                        div { (change_cell(&pain.trend, reasons)) }
                    }
                }
            }
            tr role="row" class="more" {
                td role="cell" colspan=(width) { (more(reader, pain)) }
            }
        }
    }
}

fn size(columns: &Columns, pain: &Pain<Quote>, reasons: &mut Reasons) -> Markup {
    let bar = match (columns.domain, pain.size_points.estimate()) {
        (Some(domain), Some(estimate)) => {
            let ends = estimate.ends().map(|Interval { low, high }| (low, high));
            Some(interval_bar(domain, estimate.value, ends))
        }
        _ => None,
    };
    let unsure = pain
        .size_points
        .estimate()
        .is_some_and(|estimate| estimate.ends().is_some() && !say::can_tell(estimate));
    html! {
        @if let Some(bar) = bar { (bar) }
        div {
            (figure(&pain.size_points, Unit::Plain, reasons))
            @if unsure { " " span class="range block" { "not enough to tell" } }
        }
    }
}

fn more(reader: &Reader<'_>, pain: &Pain<Quote>) -> Markup {
    let answers: Vec<_> = reader
        .brief
        .matches
        .iter()
        .filter(|one| one.pain == pain.id && one.strength >= Strength::Some)
        .filter_map(|one| reader.fix(&one.lever).map(|fix| (one.strength, fix)))
        .collect();
    html! {
        details {
            summary { "In customers\u{2019} words, and where" span class="hidden" { ": " (pain.title) } }
            div class="behind" {
                (quotes(&pain.quotes))
                @if pain.quotes.is_empty() { p class="soft" { "No words can be shown." } }
                dl {
                    @if pain.mixed {
                        dt { "Fixes" } dd { "Looked for none: it is no one problem. Who has read its comments can give it a title." }
                    } @else if answers.is_empty() {
                        dt { "Fixes" } dd { "None clearly answers it." }
                    } @else {
                        dt { "Fixes" }
                        dd { ul class="plain" { @for (how, (number, lever)) in &answers {
                            li { (fix_link(*number, lever)) " (" (strength(*how)) ")" }
                        } } }
                    }
                    @if let Some(value) = pain.value.value() {
                        dt { "Customers" }
                        dd {
                            @if let Some(customers) = pain.customers { (say::plural(customers, "customer", "customers")) ", worth " } @else { "Worth " }
                            (say::rounded_money(value)) " a year: exposure, not loss."
                        }
                    } @else if let Some(customers) = pain.customers {
                        dt { "Customers" } dd { (say::plural(customers, "customer", "customers")) "." }
                    }
                    @if let Some(steps) = shares(&pain.stages) {
                        dt { "Steps of the journey, share of these comments" } dd { (steps) }
                    }
                    @if let Some(teams) = shares(&pain.units) {
                        dt { "Teams that hear it most, share of their responses" } dd { (teams) }
                    }
                    @if !pain.elsewhere.is_empty() {
                        dt { "Elsewhere" }
                        dd { @for (at, other) in pain.elsewhere.iter().enumerate() {
                            @if at > 0 { "; " }
                            (other.source) ": " (say::plural(other.comments, "comment", "comments"))
                            @if let Some(reach) = other.reach.estimate() { ", " (say::value(reach, Unit::Share)) " of responses" }
                        } "." }
                    }
                    @if !pain.words.is_empty() { dt { "Telling words" } dd { (pain.words.join(", ")) } }
                    dt { "Id, to correct it by" } dd { code { (pain.id) } }
                }
                @if !pain.months.is_empty() {
                    details class="inner" {
                        summary { "By month" span class="hidden" { ": " (pain.title) } }
                        (months_table(&pain.months, Unit::Share, "Named in", "Responses"))
                    }
                }
            }
        }
    }
}

/// The first shares, without such as would read 0%; none if none is left.
fn shares(shares: &[Share]) -> Option<String> {
    let shares: Vec<&Share> = shares.iter().filter(|one| one.share > 0.005).collect();
    let said: Vec<String> = shares
        .iter()
        .take(5)
        .map(|one| format!("{} ({}%)", one.name, say::fixed(one.share * 100.0, 0)))
        .collect();
    let rest = shares.len().saturating_sub(5);
    let end = if rest > 0 {
        format!(" and {rest} more.")
    } else {
        ".".to_owned()
    };
    (!said.is_empty()).then(|| said.join(", ") + &end)
}
