//! Contrast of the page's colours, light and dark, by the formula of WCAG 2.2 (relative
//! luminance): 4.5 to 1 for text, 3 to 1 for lines and dots that carry meaning.

use std::collections::BTreeMap;

const STYLE: &str = include_str!("../../src/style/base.css");

fn colours(block: &str) -> BTreeMap<&str, f64> {
    block
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
            Some((name, luminance(value.trim_end_matches(';'))))
        })
        .collect()
}

fn luminance(hex: &str) -> f64 {
    let full: String = match hex.len() {
        3 => hex.chars().flat_map(|c| [c, c]).collect(),
        _ => hex.to_owned(),
    };
    let part = |at: usize| {
        let value = u8::from_str_radix(&full[at..at + 2], 16).map_or(0.0, f64::from) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
}

fn ratio(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_and_marks_stand_out_light_and_dark() {
    let (light, dark) = STYLE
        .split_once("prefers-color-scheme: dark")
        .expect("the sheet has a dark part");
    for (scheme, block) in [("light", light), ("dark", dark)] {
        let colour = colours(block);
        assert!(colour.len() >= 9, "{scheme}: {colour:?}");
        for (front, back, least) in [
            ("ink", "paper", 7.0),
            ("ink", "panel", 7.0),
            ("ink-soft", "paper", 4.5),
            ("ink-soft", "panel", 4.5),
            ("customer", "paper", 4.5),
            ("staff", "paper", 4.5),
            ("on-badge", "staff", 4.5),
            ("rule-strong", "paper", 3.0),
            ("staff-soft", "paper", 3.0),
        ] {
            let found = ratio(colour[front], colour[back]);
            assert!(found >= least, "{scheme}: {front} on {back} {found:.2}");
        }
    }
}
