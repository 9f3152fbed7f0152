//! A figure by month, with the band of its intervals.

use super::Words;
use super::frame::{Frame, draw};
use crate::say;
use kuva::plot::{BandPlot, LinePlot, ScatterPlot};
use kuva::render::layout::TickFormat;
use kuva::render::plots::Plot;
use maud::Markup;
use std::sync::Arc;
use throughline_domain::brief::SeriesPoint;

const FRAME: Frame = Frame {
    width: 350.0,
    height: 128.0,
    left: 46.0,
    right: 26.0,
    top: 12.0,
    bottom: 26.0,
};

/// A series to draw.
pub(crate) struct Line<'a> {
    /// The points, in time order.
    pub(crate) points: &'a [SeriesPoint],
    /// What a value is multiplied by before it is written (100 for shares).
    pub(crate) times: f64,
    /// Written after each number of the axis.
    pub(crate) suffix: &'static str,
    /// Whether `+` stands before numbers above zero.
    pub(crate) signed: bool,
}

/// The series as a chart; nothing under three months or where periods aren't months.
pub(crate) fn over_time(line: &Line<'_>, words: &Words<'_>) -> Option<Markup> {
    let months: Vec<i64> = line
        .points
        .iter()
        .map(|point| say::month_index(&point.month))
        .collect::<Option<_>>()?;
    let finite = line.points.iter().all(|point| point.value.is_finite());
    if months.len() < 3 || !finite {
        return None;
    }
    let x: Vec<f64> = months.iter().map(|month| *month as f64).collect();
    let y: Vec<f64> = line.points.iter().map(|p| p.value * line.times).collect();
    let ends: Option<Vec<(f64, f64)>> = line
        .points
        .iter()
        .map(|p| Some((p.low? * line.times, p.high? * line.times)))
        .collect();

    let all = y.iter().copied().chain(
        ends.iter()
            .flatten()
            .flat_map(|(low, high)| [*low, *high])
            .filter(|value| value.is_finite()),
    );
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let room = ((high - low) * 0.12).max(high.abs() * 0.01).max(1e-9);
    let last = x[x.len() - 1];
    // A little room at the right, or the last dot is cut in half.
    let across = (x[0], last + (last - x[0]) * 0.03);
    let up = (low - room, high + room);
    // One number on an axis tells no scale.
    let several = |step: &f64| (up.1 / step).floor() - (up.0 / step).ceil() >= 1.0;
    let steps = [3.0, 5.0, 8.0].map(|ticks| say::step_for(up.1 - up.0, ticks));
    let step = steps.into_iter().find(several).unwrap_or(steps[2]);
    let months_step = match last - x[0] {
        span if span <= 6.0 => 1.0,
        span if span <= 14.0 => 3.0,
        span if span <= 30.0 => 6.0,
        span => (span / 4.0 / 12.0).ceil() * 12.0,
    };
    let decimals = if step >= 1.0 {
        0
    } else {
        (-step.log10()).ceil().clamp(1.0, 4.0) as usize
    };
    let (suffix, sign) = (line.suffix, line.signed);
    let number = move |value: f64| {
        let text = if sign {
            say::signed(value, decimals)
        } else {
            say::fixed(value, decimals)
        };
        format!("{text}{suffix}")
    };

    let mut plots: Vec<Plot> = Vec::new();
    if let Some(ends) = ends {
        plots.push(
            BandPlot::new(
                x.iter().copied(),
                ends.iter().map(|(low, _)| *low),
                ends.iter().map(|(_, high)| *high),
            )
            .with_color("var(--customer)")
            .with_opacity(0.16)
            .into(),
        );
    }
    plots.push(
        LinePlot::new()
            .with_data(x.iter().copied().zip(y.iter().copied()))
            .with_color("var(--customer)")
            .with_stroke_width(2.0)
            .into(),
    );
    plots.push(
        ScatterPlot::new()
            .with_data([(last, y[y.len() - 1])])
            .with_color("var(--customer)")
            .with_size(4.0)
            .into(),
    );
    let layout = FRAME
        .layout(across, up)
        .with_x_tick_step(months_step)
        .with_y_tick_step(step)
        .with_x_tick_format(TickFormat::Custom(Arc::new(|value| {
            say::month_of_index(value.round() as i64)
        })))
        .with_y_tick_format(TickFormat::Custom(Arc::new(number)));
    Some(draw(plots, layout, FRAME, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_has_two_numbers_however_narrow_it_is() {
        for spread in [0.3, 0.4, 0.05, 3.0] {
            let point = |at: usize| SeriesPoint {
                month: format!("2026-{:02}", at + 1),
                value: 7.0 + spread * (at as f64 / 11.0 - 0.4),
                low: None,
                high: None,
                n: 100,
            };
            let points: Vec<SeriesPoint> = (0..12).map(point).collect();
            let line = Line {
                points: &points,
                times: 1.0,
                suffix: "",
                signed: false,
            };
            let words = Words {
                id: "a",
                title: "a",
                description: "a",
            };
            let svg = over_time(&line, &words).map(|svg| svg.into_string());
            let svg = svg.unwrap_or_default();
            let numbers = svg
                .split('>')
                .filter_map(|text| text.split('<').next()?.trim().parse::<f64>().ok())
                .count();
            assert!(numbers >= 2, "{spread}: {numbers}");
        }
    }
}
