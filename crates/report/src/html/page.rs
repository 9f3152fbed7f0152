//! The page: its head, page one, the contents, the sections in their order.

use super::decisions;
use super::reader::Reader;
use super::{
    chain, data, fixes, gaps, ideas, matches, measures, needs, notes, picture, problems, standing,
    undecided,
};
use crate::say;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use throughline_domain::Table;

const STYLE: [&str; 4] = [
    include_str!("../style/base.css"),
    include_str!("../style/page_one.css"),
    include_str!("../style/parts.css"),
    include_str!("../style/print.css"),
];

/// The whole document.
pub(super) fn page(reader: &Reader<'_>) -> Markup {
    let decided = !reader.chosen().is_empty();
    let title = if decided {
        decisions::title(reader.chosen().len())
    } else {
        undecided::title(reader).to_owned()
    };
    let parts = parts(reader);
    let picture = decided.then(|| picture::picture(reader)).flatten();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title {
                    (title)
                    @if let Some(company) = &reader.brief.company { " \u{2013} " (company) }
                }
                style { @for sheet in STYLE { (PreEscaped(sheet)) } }
            }
            body {
                a class="skip" href="#decide" { "Skip to the decisions" }
                main {
                    div class=(page_one_class(decided, picture.is_some())) {
                        (masthead(reader, &title))
                        (standing::standing(reader))
                        @if decided {
                            (decisions::decisions(reader))
                            @if let Some(picture) = &picture { (picture) }
                        } @else {
                            (undecided::undecided(reader))
                        }
                        (notes::cannot_tell(reader))
                    }
                    (contents(&parts))
                    @for part in &parts { (part.body) }
                }
                (foot(reader))
            }
        }
    }
}

/// Paper lays page one out by what is on it.
fn page_one_class(decided: bool, picture: bool) -> &'static str {
    match (decided, picture) {
        (true, true) => "page-one pictured",
        (true, false) => "page-one",
        (false, _) => "page-one undecided",
    }
}

struct Part {
    id: &'static str,
    title: &'static str,
    body: Markup,
}

fn parts(reader: &Reader<'_>) -> Vec<Part> {
    let brief = reader.brief;
    let mut parts = Vec::new();
    let mut add = |shown: bool, id, title, body: &dyn Fn() -> Markup| {
        if shown {
            parts.push(Part {
                id,
                title,
                body: body(),
            });
        }
    };
    add(
        !brief.pains.is_empty(),
        "problems",
        "Customer problems",
        &|| problems::problems(reader),
    );
    add(!brief.levers.is_empty(), "fixes", "Proposed fixes", &|| {
        fixes::fixes(reader)
    });
    add(
        !brief.matches.is_empty(),
        "matches",
        "Why they match",
        &|| matches::matches(reader),
    );
    add(
        gaps::any(reader),
        "gaps",
        "Where one side is silent",
        &|| gaps::gaps(reader),
    );
    add(
        !brief.ideas.is_empty(),
        "ideas",
        "Ideas that stand alone",
        &|| ideas::ideas(reader),
    );
    add(!brief.needs.is_empty(), "needs", "What staff need", &|| {
        needs::needs(reader)
    });
    add(
        !brief.strengths.is_empty(),
        "strengths",
        "What customers praise",
        &|| needs::strengths(reader),
    );
    add(
        brief.chain.is_some(),
        "chain",
        "How work reaches customers",
        &|| chain::chain(reader),
    );
    add(
        measures::any(reader),
        "measures",
        "Teams and spending",
        &|| measures::measures(reader),
    );
    add(true, "reading", "How to read this", &|| {
        notes::reading(reader)
    });
    add(true, "data", "Data and method", &|| data::data(reader));
    parts
}

fn masthead(reader: &Reader<'_>, title: &str) -> Markup {
    let responses = reader.responses();
    let answers = reader.rows_of(Table::Voice);
    html! {
        header class="masthead" {
            p class="company" {
                @if let Some(company) = &reader.brief.company { (company) } @else { "Customer brief" }
            }
            h1 { (title) }
            p class="read" {
                @if let Some(period) = reader.period() { (period) ": " }
                (say::plural(responses, "customer response", "customer responses"))
                @if answers > 0 {
                    " and "
                    // Where no file told whose answers they are, each is a sheet of its own.
                    @if reader.brief.employees < answers {
                        "answers by " (say::plural(reader.brief.employees, "employee", "employees"))
                    } @else {
                        (say::plural(answers, "answer by an employee", "answers by employees"))
                    }
                }
            }
        }
    }
}

fn contents(parts: &[Part]) -> Markup {
    html! {
        nav class="contents" aria-labelledby="contents" {
            h2 id="contents" { "Behind page one" }
            ol {
                @for part in parts { li { a href=(format!("#{}", part.id)) { (part.title) } } }
            }
        }
    }
}

fn foot(reader: &Reader<'_>) -> Markup {
    html! {
        footer class="foot" {
            p {
                "Made with Throughline " (reader.brief.inputs.method.version)
                ". Nothing in this page was loaded from elsewhere, and nothing you fill in is saved or sent: print it to keep it."
            }
        }
    }
}
