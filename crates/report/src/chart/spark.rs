//! A small line without axes, for a table cell. The months behind it stand in a table nearby.

use super::bar::short;
use maud::{Markup, html};
use std::fmt::Write;

const WIDTH: f64 = 96.0;
const HEIGHT: f64 = 24.0;

/// A line through the values; nothing under three. The foot is at most 0.7 of the largest
/// value, so that small unrest doesn't look like a storm.
pub(crate) fn sparkline(values: &[f64]) -> Option<Markup> {
    let top = values.iter().copied().fold(0.0_f64, f64::max);
    if values.len() < 3 || top <= 0.0 || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let foot = values.iter().copied().fold(top * 0.7, f64::min).max(0.0);
    let step = (WIDTH - 6.0) / (values.len() - 1) as f64;
    let at = |place: usize, value: f64| {
        (
            short(3.0 + step * place as f64),
            short(HEIGHT - 3.0 - (value.max(foot) - foot) / (top - foot) * (HEIGHT - 6.0)),
        )
    };
    let mut path = String::new();
    for (place, value) in values.iter().enumerate() {
        let (x, y) = at(place, *value);
        let _ = write!(path, "{}{x} {y}", if place == 0 { "M" } else { " L" });
    }
    let (x, y) = at(values.len() - 1, values[values.len() - 1]);
    Some(html! {
        svg class="spark" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) aria-hidden="true" focusable="false" {
            path d=(path) class="spark-line" {}
            circle cx=(x) cy=(y) r="2.5" class="bar-dot" {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_draws_nothing() {
        assert!(sparkline(&[0.1, 0.2]).is_none());
        assert!(sparkline(&[0.0, 0.0, 0.0]).is_none());
        assert!(sparkline(&[0.1, f64::NAN, 0.2]).is_none());
        assert!(sparkline(&[0.1, 0.3, 0.2]).is_some());
    }
}
