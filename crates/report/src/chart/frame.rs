//! Makes `kuva`'s SVG fit for a page: it scales (`viewBox`), it says what it shows, its ids are
//! unique in the page and the same in every run.

use super::Words;
use kuva::render::layout::Layout;
use kuva::render::plots::Plot;
use kuva::render::theme::Theme;
use maud::{Markup, PreEscaped, html};
use std::fmt::Write;

/// The size for which a chart is drawn, and the margins around its plot area, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Frame {
    /// Data units in one pixel, across and up.
    pub(super) fn per_pixel(&self, x: (f64, f64), y: (f64, f64)) -> (f64, f64) {
        (
            (x.1 - x.0) / (self.width - self.left - self.right),
            (y.1 - y.0) / (self.height - self.top - self.bottom),
        )
    }

    /// A layout with exactly these ranges and margins, in the page's colours.
    pub(super) fn layout(&self, x: (f64, f64), y: (f64, f64)) -> Layout {
        Layout::new(x, y)
            .with_width(self.width)
            .with_height(self.height)
            .with_clamp_axis()
            .with_x_axis_min(x.0)
            .with_x_axis_max(x.1)
            .with_y_axis_min(y.0)
            .with_y_axis_max(y.1)
            .with_force_margins(self.left, self.right)
            .with_force_margins_y(self.top, self.bottom)
            .with_tick_size(12)
            .with_label_size(13)
            .with_body_size(12)
            .with_tick_length(0.0)
            .with_axis_line_width(1.0)
            .with_theme(theme())
    }
}

fn theme() -> Theme {
    Theme {
        background: "none".into(),
        axis_color: "var(--rule-strong)".into(),
        grid_color: "var(--rule)".into(),
        tick_color: "var(--rule-strong)".into(),
        text_color: "var(--ink-soft)".into(),
        legend_bg: "none".into(),
        legend_border: "none".into(),
        font_family: Some("inherit".into()),
        ..Theme::light()
    }
}

/// Text for a label: a dollar sign would otherwise begin mathematics.
pub(super) fn plain(text: &str) -> String {
    text.replace('$', r"\$")
}

/// Renders and wraps.
pub(super) fn draw(plots: Vec<Plot>, layout: Layout, frame: Frame, words: &Words<'_>) -> Markup {
    let svg = kuva::render_to_svg(plots, layout);
    // Between the opening tag (replaced by ours) and the closing one.
    let inside = svg
        .split_once('>')
        .map_or("", |(_, rest)| rest)
        .trim_end()
        .trim_end_matches("</svg>");
    let inside = own_ids(&without_comments(inside), words.id);
    wrapped(frame.width, frame.height, words, PreEscaped(inside))
}

/// An `<svg>` that scales and says what it shows.
pub(super) fn wrapped(width: f64, height: f64, words: &Words<'_>, inside: Markup) -> Markup {
    let title = format!("{}-title", words.id);
    let description = format!("{}-says", words.id);
    html! {
        svg id=(words.id) class="chart" viewBox=(format!("0 0 {width} {height}"))
            fill="var(--ink-soft)" role="img" aria-labelledby=(format!("{title} {description}")) {
            title id=(title) { (words.title) }
            desc id=(description) { (words.description) }
            (inside)
        }
    }
}

fn without_comments(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// `kuva` numbers its clip paths by a counter that never starts again, so the same chart drawn
/// twice would differ: they are numbered anew here, within the chart.
fn own_ids(svg: &str, chart: &str) -> String {
    const MARK: &str = "kuva-clip-";
    let mut seen: Vec<&str> = Vec::new();
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once(MARK) {
        out.push_str(before);
        let end = after
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(after.len());
        let (number, after) = after.split_at(end);
        let at = seen.iter().position(|n| *n == number).unwrap_or_else(|| {
            seen.push(number);
            seen.len() - 1
        });
        let _ = write!(out, "{chart}-clip-{at}");
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clip_ids_depend_on_the_chart_alone() {
        let early = r##"<g clip-path="url(#kuva-clip-7)"/><clipPath id="kuva-clip-7"/>"##;
        let late = early.replace("clip-7", "clip-4711");
        let expected = r##"<g clip-path="url(#c-clip-0)"/><clipPath id="c-clip-0"/>"##;
        assert_eq!(own_ids(early, "c"), expected);
        assert_eq!(own_ids(&late, "c"), expected);
    }

    #[test]
    fn comments_go_and_the_rest_stays() {
        assert_eq!(without_comments("a<!-- x -->b<!-- y -->c"), "abc");
    }
}
