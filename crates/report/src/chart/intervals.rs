//! Values with their intervals, a row each, as a picture of its own: shares, coefficients, a
//! ranking.

use super::Words;
use super::frame::{Frame, draw, plain};
use super::picture::picture;
use crate::say;
use kuva::plot::{LinePlot, ScatterPlot};
use kuva::render::layout::TickFormat;
use kuva::render::plots::Plot;
use maud::{PreEscaped, html};
use std::sync::Arc;

const WIDTH: f64 = 760.0;
const ROW: f64 = 28.0;
const LEFT: f64 = 250.0;
const RIGHT: f64 = 150.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 52.0;
/// Letters of a label that fit left of the rows.
const LETTERS: usize = 34;
/// Rows drawn; who wants more reads the table.
pub(crate) const MOST_ROWS: usize = 60;

/// A row of the picture.
pub(crate) struct IntervalRow {
    /// Its name, left.
    pub(crate) label: String,
    /// Its value.
    pub(crate) value: f64,
    /// Its interval; a value without one has a hollow dot.
    pub(crate) ends: Option<(f64, f64)>,
    /// What is written right of it.
    pub(crate) note: String,
}

/// The picture; nothing if there is no finite value. `bars` draws each value as a bar from zero
/// (for shares, which add up).
pub(crate) fn intervals(
    rows: &[IntervalRow],
    axis: &str,
    bars: bool,
    words: &Words<'_>,
) -> Option<String> {
    let rows: Vec<&IntervalRow> = rows
        .iter()
        .filter(|row| row.value.is_finite())
        .take(MOST_ROWS)
        .collect();
    if rows.is_empty() {
        return None;
    }
    let count = rows.len() as f64;
    let frame = Frame {
        width: WIDTH,
        height: TOP + BOTTOM + ROW * count,
        left: LEFT,
        right: RIGHT,
        top: TOP,
        bottom: BOTTOM,
    };
    let (low, high) = rows
        .iter()
        .flat_map(|row| {
            let (low, high) = row.ends.unwrap_or((row.value, row.value));
            [low, row.value, high]
        })
        .filter(|value| value.is_finite())
        .fold((0.0_f64, 0.0_f64), |(low, high), v| {
            (low.min(v), high.max(v))
        });
    let room = ((high - low) * 0.04).max(1e-9);
    let across = (if low < 0.0 { low - room } else { 0.0 }, high + room);
    let up = (-0.5, count - 0.5);
    let place = |at: usize| count - 1.0 - at as f64;

    let line = |from: (f64, f64), to: (f64, f64), colour: &str, thick: f64| -> Plot {
        LinePlot::new()
            .with_data([from, to])
            .with_color(colour)
            .with_stroke_width(thick)
            .into()
    };
    let mut plots = vec![line((0.0, up.0), (0.0, up.1), "var(--rule-strong)", 1.0)];
    for (at, row) in rows.iter().enumerate() {
        let y = place(at);
        if bars {
            plots.push(line((0.0, y), (row.value, y), "var(--staff-soft)", 12.0));
        }
        if let Some((low, high)) = row.ends.filter(|(a, b)| a.is_finite() && b.is_finite()) {
            plots.push(line((low, y), (high, y), "var(--staff)", 2.0));
        }
    }
    let dots = |sure: bool| {
        let of = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.ends.is_some() == sure);
        of.map(|(at, row)| (row.value, place(at)))
            .collect::<Vec<_>>()
    };
    let (sure, unsure) = (dots(true), dots(false));
    if !sure.is_empty() {
        plots.push(dotted(sure, "var(--staff)"));
    }
    if !unsure.is_empty() {
        plots.push(dotted(unsure.clone(), "var(--staff)"));
        plots.push(
            ScatterPlot::new()
                .with_data(unsure)
                .with_color("var(--paper)")
                .with_size(2.8)
                .into(),
        );
    }
    let step = say::step_for(across.1 - across.0, 6.0);
    let decimals = if step >= 1.0 {
        0
    } else {
        (-step.log10()).ceil().clamp(1.0, 8.0) as usize
    };
    let layout = frame
        .layout(across, up)
        .with_x_tick_step(step)
        .with_y_tick_step(1.0)
        .with_x_label(plain(axis))
        .with_x_tick_format(TickFormat::Custom(Arc::new(move |value| {
            say::fixed(value, decimals)
        })))
        .with_y_tick_format(TickFormat::Custom(Arc::new(|_| String::new())));
    let chart = draw(plots, layout, frame, words).into_string();
    let inside = chart
        .split_once("</desc>")
        .map_or("", |(_, inside)| inside)
        .trim_end_matches("</svg>")
        .to_owned();
    let middle = |at: usize| TOP + ROW * (at as f64 + 0.5) + 4.0;
    let drawn = html! {
        text x="16" y="26" class="ink strong" font-size="15" { (words.title) }
        (PreEscaped(inside))
        @for (at, row) in rows.iter().enumerate() {
            text x=(LEFT - 12.0) y=(middle(at)) text-anchor="end" class="ink" { (cut(&row.label)) }
            text x=(WIDTH - RIGHT + 12.0) y=(middle(at)) class="soft" { (row.note) }
        }
    };
    Some(picture(frame.width, frame.height, words, drawn))
}

fn dotted(points: Vec<(f64, f64)>, colour: &str) -> Plot {
    ScatterPlot::new()
        .with_data(points)
        .with_color(colour)
        .with_size(4.5)
        .into()
}

fn cut(label: &str) -> String {
    if label.chars().count() <= LETTERS {
        return label.to_owned();
    }
    label.chars().take(LETTERS - 1).chain("…".chars()).collect()
}
