//! A path diagram: two measures, one period and the next, four arrows with their numbers, and the
//! relation of lasting levels beside them. Drawn by hand: no chart library draws arrows.

use super::Words;
use super::picture::picture;
use maud::html;

/// One arrow.
pub(crate) struct Arrow {
    /// Its number with its interval.
    pub(crate) label: String,
    /// Whether the interval is clear of zero: solid, else dashed.
    pub(crate) sure: bool,
}

/// What is drawn; arrows: employee to employee, to customer, customer to employee, to customer.
pub(crate) struct Paths<'a> {
    pub(crate) employee: &'a str,
    pub(crate) customer: &'a str,
    pub(crate) arrows: &'a [Arrow; 4],
    pub(crate) between: Option<&'a str>,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 384.0;
/// Lines of the legend.
const LEGEND: [f64; 2] = [342.0, 366.0];
const BOX: (f64, f64) = (150.0, 56.0);
/// Middles of the boxes: columns, rows.
const COLUMNS: [f64; 2] = [95.0, 545.0];
const ROWS: [f64; 2] = [86.0, 236.0];

/// The picture as a file.
pub(crate) fn paths(paths: &Paths<'_>, words: &Words<'_>) -> String {
    let (left, right) = (COLUMNS[0] + BOX.0 / 2.0, COLUMNS[1] - BOX.0 / 2.0 - 8.0);
    // From, to, and where the number stands along the arrow.
    let lines = [
        (ROWS[0] - 14.0, ROWS[0] - 14.0, 0.5),
        (ROWS[0] + 14.0, ROWS[1] - 14.0, 0.27),
        (ROWS[1] - 14.0, ROWS[0] + 14.0, 0.27),
        (ROWS[1] + 14.0, ROWS[1] + 14.0, 0.5),
    ];
    let marker = |id: &str, colour: &str| {
        html! {
            marker id=(id) viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8"
                orient="auto" markerUnits="userSpaceOnUse" {
                path d="M0 0 L8 4 L0 8 Z" fill=(colour) {}
            }
        }
    };
    let solid = format!("{}-solid", words.id);
    let faint = format!("{}-faint", words.id);
    let inside = html! {
        defs {
            (marker(&solid, "var(--ink)"))
            (marker(&faint, "var(--rule-strong)"))
        }
        text x=(COLUMNS[0]) y="26" text-anchor="middle" class="soft" { "one period" }
        text x=(COLUMNS[1]) y="26" text-anchor="middle" class="soft" { "the next" }
        @for (arrow, (from, to, along)) in paths.arrows.iter().zip(lines) {
            (stroke(left, right, (from, to), arrow.sure, if arrow.sure { &solid } else { &faint }))
            @let (x, y) = (left + along * (right - left), from + along * (to - from));
            @let half = 3.6 * arrow.label.chars().count() as f64 + 6.0;
            rect x=(short(x - half)) y=(short(y - 11.0)) width=(short(2.0 * half)) height="22" fill="var(--paper)" {}
            text x=(short(x)) y=(short(y + 4.5)) text-anchor="middle"
                class=(if arrow.sure { "ink strong" } else { "soft" }) { (arrow.label) }
        }
        @for x in COLUMNS {
            (node(x, ROWS[0], paths.employee, "var(--staff)"))
            (node(x, ROWS[1], paths.customer, "var(--customer)"))
        }
        @if let Some(between) = paths.between {
            text x=(WIDTH / 2.0) y="308" text-anchor="middle" class="soft" { "Between units: " (between) }
        }
        @for (x, sure, said) in [
            (COLUMNS[0] - BOX.0 / 2.0, true, "95% interval clear of zero"),
            (WIDTH / 2.0, false, "it holds zero, or isn't known"),
        ] {
            (stroke(x, x + 34.0, (LEGEND[0], LEGEND[0]), sure, if sure { &solid } else { &faint }))
            text x=(x + 52.0) y=(LEGEND[0] + 4.5) class="soft" { (said) }
        }
        text x=(COLUMNS[0] - BOX.0 / 2.0) y=(LEGEND[1] + 4.5) class="soft" {
            "Above: employees' measure; below: customers'. Numbers: standardised paths, mean over periods."
        }
    };
    picture(WIDTH, HEIGHT, words, inside)
}

/// An arrow, as sure as it is.
fn stroke(left: f64, right: f64, (from, to): (f64, f64), sure: bool, head: &str) -> maud::Markup {
    let (colour, width) = if sure {
        ("var(--ink)", "2.5")
    } else {
        ("var(--rule-strong)", "1.5")
    };
    html! {
        line x1=(left) x2=(right) y1=(from) y2=(to) stroke=(colour) stroke-width=(width)
            stroke-dasharray=[(!sure).then_some("6 5")] marker-end=(format!("url(#{head})")) {}
    }
}

fn node(x: f64, y: f64, name: &str, colour: &str) -> maud::Markup {
    let most = 20;
    let said = if name.chars().count() > most {
        let mut cut: String = name.chars().take(most - 1).collect();
        cut.push('\u{2026}');
        cut
    } else {
        name.to_owned()
    };
    html! {
        g {
            title { (name) }
            rect x=(x - BOX.0 / 2.0) y=(y - BOX.1 / 2.0) width=(BOX.0) height=(BOX.1) rx="8"
                fill="var(--paper)" stroke=(colour) stroke-width="2" {}
            text x=(x) y=(y + 4.5) text-anchor="middle" class="ink strong" { (said) }
        }
    }
}

fn short(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_arrows_are_solid_and_names_escaped() {
        let arrow = |sure| Arrow {
            label: "0.20 (0.10 to 0.30)".to_owned(),
            sure,
        };
        let file = paths(
            &Paths {
                employee: "a < b",
                customer: "a very long name of a measure indeed",
                arrows: &[arrow(true), arrow(true), arrow(false), arrow(true)],
                between: Some("lasting levels correlate 0.30"),
            },
            &Words {
                id: "link",
                title: "t",
                description: "d",
            },
        );
        // One arrow, and its kind in the legend.
        assert_eq!(file.matches("stroke-dasharray").count(), 2);
        assert_eq!(file.matches("marker-end").count(), 6);
        assert!(file.contains("clear of zero") && file.contains("holds zero"));
        assert!(file.contains("a &lt; b") && !file.contains("a < b"));
        assert!(file.contains("a very long name of"));
    }
}
