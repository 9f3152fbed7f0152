//! A chart as a file of its own: it brings the colours and letters that a page would give it.

use super::Words;
use super::frame::wrapped;
use maud::{Markup, PreEscaped};

/// The page's light colours (`style/base.css`) on white, and letters.
const STYLE: &str = "svg{--paper:#fff;--ink:#1b2125;--ink-soft:#545c62;--rule:#e2ddd2;\
--rule-strong:#8f897c;--customer:#a13d20;--staff:#0d5a66;--staff-soft:#7fa9ae;\
font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;\
font-size:13px}.ink{fill:var(--ink)}.soft{fill:var(--ink-soft)}.strong{font-weight:600}";

/// Makes a file of what is inside a chart, its size in pixels.
pub(crate) fn picture(width: f64, height: f64, words: &Words<'_>, inside: Markup) -> String {
    let ground = maud::html! {
        style { (PreEscaped(STYLE)) }
        rect width=(width) height=(height) fill="var(--paper)" {}
        (inside)
    };
    let svg = wrapped(width, height, words, ground).into_string();
    let size =
        format!(r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" "#);
    let mut file = svg.replacen("<svg ", &size, 1);
    file.push('\n');
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_stands_alone() {
        let words = Words {
            id: "p",
            title: "a < b",
            description: "d",
        };
        let file = picture(10.0, 20.0, &words, maud::html! { g {} });
        assert!(file.starts_with(r#"<svg xmlns="http://www.w3.org/2000/svg" width="10""#));
        assert!(file.contains("a &lt; b") && file.contains("--ink:"));
        assert!(file.ends_with("</svg>\n"));
    }
}
