//! Values over steps of time with their intervals, as a picture of its own: an event study, a
//! sequence that narrows.

use super::Words;
use super::frame::{Frame, draw, plain};
use super::picture::picture;
use crate::say;
use kuva::plot::{BandPlot, LinePlot, ScatterPlot};
use kuva::render::layout::TickFormat;
use kuva::render::plots::Plot;
use maud::{PreEscaped, html};
use std::sync::Arc;

const FRAME: Frame = Frame {
    width: 760.0,
    height: 380.0,
    left: 70.0,
    right: 24.0,
    top: 48.0,
    bottom: 56.0,
};

/// A value at a step.
#[derive(Clone, Copy)]
pub(crate) struct Point {
    /// The step.
    pub(crate) at: f64,
    /// The value.
    pub(crate) value: f64,
    /// Its interval.
    pub(crate) ends: Option<(f64, f64)>,
}

/// What is drawn.
pub(crate) struct Series<'a> {
    /// The points, in time order.
    pub(crate) points: &'a [Point],
    /// Whether intervals are one band (a sequence) or whiskers (steps that stand for themselves).
    pub(crate) band: bool,
    /// A dashed line across, mostly at zero.
    pub(crate) level: Option<f64>,
    /// A dashed line upright: where something began.
    pub(crate) began: Option<f64>,
    /// What goes across.
    pub(crate) across: &'a str,
    /// What goes up.
    pub(crate) up: &'a str,
}

/// The picture; nothing if there is no finite value.
pub(crate) fn series(of: &Series<'_>, words: &Words<'_>) -> Option<String> {
    let points: Vec<Point> = of
        .points
        .iter()
        .filter(|point| point.at.is_finite() && point.value.is_finite())
        .copied()
        .collect();
    let (first, last) = (points.first()?.at, points.last()?.at);
    let ends = |point: &Point| point.ends.filter(|(a, b)| a.is_finite() && b.is_finite());
    let (low, high) = points
        .iter()
        .flat_map(|point| {
            let (low, high) = ends(point).unwrap_or((point.value, point.value));
            [low, point.value, high]
        })
        .chain(of.level)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
            (low.min(v), high.max(v))
        });
    let room = ((high - low) * 0.08).max(1e-9);
    let up = (low - room, high + room);
    let side = ((last - first) * 0.03).max(0.5);
    let across = (first - side, last + side);

    let dashed = |from: (f64, f64), to: (f64, f64)| -> Plot {
        LinePlot::new()
            .with_data([from, to])
            .with_color("var(--rule-strong)")
            .with_stroke_width(1.0)
            .with_dashed()
            .into()
    };
    let mut plots: Vec<Plot> = Vec::new();
    plots.extend(
        of.level
            .map(|level| dashed((across.0, level), (across.1, level))),
    );
    plots.extend(of.began.map(|began| dashed((began, up.0), (began, up.1))));
    let whole: Vec<(f64, (f64, f64))> = points
        .iter()
        .filter_map(|point| Some((point.at, ends(point)?)))
        .collect();
    if of.band && whole.len() > 1 {
        plots.push(
            BandPlot::new(
                whole.iter().map(|(at, _)| *at),
                whole.iter().map(|(_, (low, _))| *low),
                whole.iter().map(|(_, (_, high))| *high),
            )
            .with_color("var(--staff)")
            .with_opacity(0.18)
            .into(),
        );
    } else {
        for (at, (low, high)) in &whole {
            plots.push(
                LinePlot::new()
                    .with_data([(*at, *low), (*at, *high)])
                    .with_color("var(--staff)")
                    .with_stroke_width(2.0)
                    .into(),
            );
        }
    }
    if of.band {
        plots.push(
            LinePlot::new()
                .with_data(points.iter().map(|point| (point.at, point.value)))
                .with_color("var(--staff)")
                .with_stroke_width(2.0)
                .into(),
        );
    } else {
        plots.push(
            ScatterPlot::new()
                .with_data(points.iter().map(|point| (point.at, point.value)))
                .with_color("var(--staff)")
                .with_size(4.0)
                .into(),
        );
    }
    let across_step = say::step_for(across.1 - across.0, 12.0).max(1.0);
    let up_step = say::step_for(up.1 - up.0, 6.0);
    let decimals = if up_step >= 1.0 {
        0
    } else {
        (-up_step.log10()).ceil().clamp(1.0, 8.0) as usize
    };
    let layout = FRAME
        .layout(across, up)
        .with_x_tick_step(across_step)
        .with_y_tick_step(up_step)
        .with_x_label(plain(of.across))
        .with_y_label(plain(of.up))
        .with_x_tick_format(TickFormat::Custom(Arc::new(|value| say::fixed(value, 0))))
        .with_y_tick_format(TickFormat::Custom(Arc::new(move |value| {
            say::fixed(value, decimals)
        })));
    let chart = draw(plots, layout, FRAME, words).into_string();
    let inside = chart
        .split_once("</desc>")
        .map_or("", |(_, inside)| inside)
        .trim_end_matches("</svg>")
        .to_owned();
    let drawn = html! {
        text x="16" y="26" class="ink strong" font-size="15" { (words.title) }
        (PreEscaped(inside))
    };
    Some(picture(FRAME.width, FRAME.height, words, drawn))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_finite_values_are_drawn() {
        let point = |at, value, ends| Point { at, value, ends };
        let drawn = |points: &[Point], band| {
            let of = Series {
                points,
                band,
                level: Some(0.0),
                began: Some(-0.5),
                across: "periods since the start",
                up: "effect",
            };
            let words = Words {
                id: "s",
                title: "t",
                description: "d",
            };
            series(&of, &words)
        };
        assert!(drawn(&[], true).is_none());
        assert!(drawn(&[point(0.0, f64::NAN, None)], true).is_none());
        let points = [
            point(-1.0, 0.1, Some((-0.2, 0.4))),
            point(0.0, 0.5, Some((0.1, f64::INFINITY))),
            point(1.0, 0.7, None),
        ];
        for band in [false, true] {
            let file = drawn(&points, band).expect("a picture");
            assert!(!file.contains("NaN") && !file.contains("inf\""));
        }
    }
}
