//! The one picture of page one: what is in play against how simple it is, or against how many
//! people are behind it where ease was not asked.

use super::figure::fix_numbers;
use super::reader::{InPlay, Reader};
use crate::chart::{Axis, Dot, Words, against};
use crate::say;
use maud::{Markup, html};
use throughline_domain::brief::{Lever, Quote};

/// What goes across.
#[derive(Clone, Copy, PartialEq)]
enum Across {
    Ease,
    People,
}

/// The picture with its words; nothing where fixes have no size.
pub(super) fn picture(reader: &Reader<'_>) -> Option<Markup> {
    let across = if reader
        .chosen()
        .iter()
        .any(|(_, lever)| lever.ease.figure.estimate().is_some())
    {
        Across::Ease
    } else {
        Across::People
    };
    let mut dots = Vec::new();
    let mut missing = Vec::new();
    for (number, lever) in reader.fixes() {
        let chosen = reader.brief.chosen.contains(&lever.id);
        match dot(reader, lever, across, chosen.then_some(number)) {
            Some(dot) => dots.push(dot),
            None if chosen => missing.push(number),
            None => {}
        }
    }
    let others = dots.iter().any(|dot| dot.number.is_none());
    let up = match reader.in_play {
        InPlay::Points => format!("{} in play", say::sentence(reader.points())),
        InPlay::Share => "Share of responses in play".to_owned(),
        InPlay::Nothing => return None,
    };
    let (title, axis) = match across {
        Across::Ease => (
            format!("{up}, against how simple it is"),
            Axis {
                title: String::new(),
                named_ends: Some((0.0, 100.0, "hard", "simple")),
                up_suffix: suffix(reader),
            },
        ),
        Across::People => (
            format!("{up}, against the number of people behind it"),
            Axis {
                title: "people behind it".to_owned(),
                named_ends: None,
                up_suffix: suffix(reader),
            },
        ),
    };
    let description = "Each numbered dot is a fix of the list on this page, lines are 95% \
                       intervals. The numbers stand in the table under Proposed fixes.";
    let chart = against(
        &dots,
        &axis,
        &Words {
            id: "chart-order",
            title: &title,
            description,
        },
    )?;
    Some(html! {
        section class="picture" aria-labelledby="picture" {
            h2 id="picture" { "At a glance" }
            figure class="chart-box" {
                figcaption { (title) }
                (chart)
                p class="legend" {
                    "Lines are 95% intervals"
                    @if others { "; \u{25cb} other fixes, without theirs" }
                    "."
                    @if across == Across::People { " Ease was not asked." }
                    @if !missing.is_empty() { " Not in the picture: " (fix_numbers(&missing)) ", whose place isn\u{2019}t known." }
                }
            }
        }
    })
}

fn suffix(reader: &Reader<'_>) -> &'static str {
    if reader.in_play == InPlay::Share {
        "%"
    } else {
        ""
    }
}

fn dot(
    reader: &Reader<'_>,
    lever: &Lever<Quote>,
    across: Across,
    number: Option<usize>,
) -> Option<Dot> {
    let (figure, unit) = match reader.in_play {
        InPlay::Share => (&lever.in_play_share, say::Unit::Share),
        _ => (&lever.in_play_points, say::Unit::Plain),
    };
    let (y, y_ends) = say::spread(figure.estimate()?, unit);
    let (x, x_ends) = match across {
        Across::Ease => say::spread(lever.ease.figure.estimate()?, say::Unit::Share),
        Across::People => (lever.support.people as f64, None),
    };
    // Lines of all others would hide those of the numbered ones; their ranges stand in the table.
    let lines = number.is_some();
    Some(Dot {
        number,
        x,
        x_ends: x_ends.filter(|_| lines),
        y,
        y_ends: y_ends.filter(|_| lines),
    })
}
