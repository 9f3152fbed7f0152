//! Fixes as numbered dots: what is in play against how simple they are, or against how many
//! people are behind them. Intervals are whiskers in both directions.

use super::Words;
use super::badge::{RADIUS, placed};
use super::frame::{Frame, draw, plain};
use crate::say;
use kuva::plot::ScatterPlot;
use kuva::render::annotations::TextAnnotation;
use kuva::render::layout::TickFormat;
use kuva::render::plots::Plot;
use maud::Markup;
use std::sync::Arc;

const FRAME: Frame = Frame {
    width: 350.0,
    height: 232.0,
    left: 40.0,
    right: 22.0,
    top: 12.0,
    bottom: 42.0,
};

/// A fix in the picture. Values are in the unit of the axis.
pub(crate) struct Dot {
    /// Its number in the list; `None` for a fix that isn't put forward.
    pub(crate) number: Option<usize>,
    /// Across.
    pub(crate) x: f64,
    /// Interval across.
    pub(crate) x_ends: Option<(f64, f64)>,
    /// Up.
    pub(crate) y: f64,
    /// Interval up.
    pub(crate) y_ends: Option<(f64, f64)>,
}

/// What goes across.
pub(crate) struct Axis {
    /// Its title, drawn under it; nothing if empty.
    pub(crate) title: String,
    /// A scale with fixed ends, whose ends have words instead of numbers.
    pub(crate) named_ends: Option<(f64, f64, &'static str, &'static str)>,
    /// Written after each number up the side.
    pub(crate) up_suffix: &'static str,
}

/// The picture; nothing if no dot can be drawn.
pub(crate) fn against(dots: &[Dot], axis: &Axis, words: &Words<'_>) -> Option<Markup> {
    let drawn: Vec<&Dot> = dots
        .iter()
        .filter(|dot| dot.x.is_finite() && dot.y.is_finite())
        .collect();
    if drawn.is_empty() {
        return None;
    }
    let (across, up) = ranges(&drawn, axis);
    // Without a title under the axis there is more room above it.
    let bottom = if axis.title.is_empty() {
        24.0
    } else {
        FRAME.bottom
    };
    let frame = Frame { bottom, ..FRAME };
    let per_pixel = frame.per_pixel(across, up);
    let (numbered, others): (Vec<&Dot>, Vec<&Dot>) =
        drawn.into_iter().partition(|dot| dot.number.is_some());
    let badges = placed(&points(&numbered), per_pixel, (across, up));

    let mut plots: Vec<Plot> = vec![
        whiskers(&others, "var(--rule-strong)"),
        filled(points(&others), "var(--paper)", 4.5),
        ring(points(&others), "var(--ink-soft)", 4.5),
        whiskers(&numbered, "var(--staff-soft)"),
        filled(points(&numbered), "var(--staff)", 3.0),
        filled(badges.clone(), "var(--staff)", RADIUS),
    ];
    plots.retain(|plot| !matches!(plot, Plot::Scatter(scatter) if scatter.data.is_empty()));

    let up_step = say::step_for(up.1 - up.0, 5.0);
    let up_decimals = decimals(up_step);
    let suffix = axis.up_suffix;
    let mut layout = frame
        .layout(across, up)
        .with_y_tick_step(up_step)
        .with_y_tick_format(TickFormat::Custom(Arc::new(move |value| {
            format!("{}{suffix}", say::fixed(value, up_decimals))
        })));
    if !axis.title.is_empty() {
        layout = layout.with_x_label(plain(&axis.title));
    }
    layout = match axis.named_ends {
        Some((low, high, low_name, high_name)) => layout
            .with_x_tick_step((high - low) / 2.0)
            .with_x_tick_format(TickFormat::Custom(Arc::new(move |value| {
                let near = |end: f64| (value - end).abs() < (high - low) * 1e-6;
                if near(low) {
                    low_name.to_owned()
                } else if near(high) {
                    high_name.to_owned()
                } else {
                    String::new()
                }
            }))),
        None => {
            let step = say::step_for(across.1 - across.0, 5.0).max(1.0);
            layout
                .with_x_tick_step(step)
                .with_x_tick_format(TickFormat::Custom(Arc::new(|value| say::fixed(value, 0))))
        }
    };
    for (dot, (x, y)) in numbered.iter().zip(&badges) {
        if let Some(number) = dot.number {
            // The annotation stands 6 pixels above its point; 10 pixels lower it is centred.
            layout = layout.with_annotation(
                TextAnnotation::new(number.to_string(), *x, y - 10.3 * per_pixel.1)
                    .with_font_size(13),
            );
        }
    }
    let svg = draw(plots, layout, frame, words).into_string();
    Some(maud::PreEscaped(marked(svg, &numbered)))
}

/// `kuva` draws annotations last and in the text colour: the numbers on the dots get a class
/// of their own, so that the page gives them the colour of the paper.
fn marked(svg: String, numbered: &[&Dot]) -> String {
    let count = numbered.len();
    let Some(from) = svg
        .rmatch_indices("<text ")
        .nth(count.saturating_sub(1))
        .map(|(at, _)| at)
        .filter(|_| count > 0)
    else {
        return svg;
    };
    let (before, after) = svg.split_at(from);
    format!(
        "{before}{}",
        after.replace("<text ", r#"<text class="badge" "#)
    )
}

fn ranges(dots: &[&Dot], axis: &Axis) -> ((f64, f64), (f64, f64)) {
    let reach = |value: f64, ends: Option<(f64, f64)>| match ends {
        Some((low, high)) => (low.min(value), high.max(value)),
        None => (value, value),
    };
    let fold = |pairs: &mut dyn Iterator<Item = (f64, f64)>| {
        pairs
            .filter(|(low, high)| low.is_finite() && high.is_finite())
            .fold((0.0_f64, 0.0_f64), |(low, high), (a, b)| {
                (low.min(a), high.max(b))
            })
    };
    let (low, high) = fold(&mut dots.iter().map(|dot| reach(dot.y, dot.y_ends)));
    let room = ((high - low) * 0.06).max(1e-9);
    let up = (if low < 0.0 { low - room } else { 0.0 }, high + room * 1.5);
    let across = match axis.named_ends {
        Some((low, high, ..)) => {
            let room = (high - low) * 0.06;
            (low - room, high + room)
        }
        None => {
            let (_, high) = fold(&mut dots.iter().map(|dot| reach(dot.x, dot.x_ends)));
            (0.0, (high * 1.1).max(5.0))
        }
    };
    (across, up)
}

fn points(dots: &[&Dot]) -> Vec<(f64, f64)> {
    dots.iter().map(|dot| (dot.x, dot.y)).collect()
}

fn filled(points: Vec<(f64, f64)>, colour: &str, size: f64) -> Plot {
    ScatterPlot::new()
        .with_data(points)
        .with_color(colour)
        .with_size(size)
        .into()
}

fn ring(points: Vec<(f64, f64)>, colour: &str, size: f64) -> Plot {
    ScatterPlot::new()
        .with_data(points)
        .with_color(colour)
        .with_size(size)
        .with_marker_opacity(0.0)
        .with_marker_stroke_width(1.5)
        .into()
}

/// Intervals as lines with caps, under the dots.
fn whiskers(dots: &[&Dot], colour: &str) -> Plot {
    let arms = |value: f64, ends: Option<(f64, f64)>| {
        ends.filter(|(low, high)| low.is_finite() && high.is_finite())
            .map(|(low, high)| ((value - low).max(0.0), (high - value).max(0.0)))
    };
    let mut scatter = ScatterPlot::new()
        .with_data(points(dots))
        .with_color(colour)
        .with_size(0.0);
    for (point, dot) in scatter.data.iter_mut().zip(dots) {
        point.x_err = arms(dot.x, dot.x_ends);
        point.y_err = arms(dot.y, dot.y_ends);
    }
    scatter.into()
}

fn decimals(step: f64) -> usize {
    if step >= 1.0 {
        0
    } else {
        (-step.log10()).ceil().clamp(1.0, 4.0) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(number: usize, x: f64, y: f64) -> Dot {
        Dot {
            number: Some(number),
            x,
            x_ends: None,
            y,
            y_ends: None,
        }
    }

    #[test]
    fn a_picture_without_dots_is_none() {
        let axis = Axis {
            title: String::new(),
            named_ends: None,
            up_suffix: "",
        };
        let words = Words {
            id: "c",
            title: "t",
            description: "d",
        };
        assert!(against(&[], &axis, &words).is_none());
        assert!(against(&[dot(1, f64::NAN, 1.0)], &axis, &words).is_none());
        assert!(against(&[dot(1, 3.0, 0.0)], &axis, &words).is_some());
    }
}
