//! The sheets of slips: ten a page, to cut along the lines.

use super::links::address;
use super::slips::named;
use crate::error::Failure;
use crate::page::layout::frame;
use crate::state::App;
use maud::{Markup, PreEscaped, html};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::invitations::SlipGroup;
use throughline_ledger::rounds::Round;

/// Slips a sheet.
const A_SHEET: usize = 10;

/// The paper it is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paper {
    A4,
    Letter,
}

/// The sheets as a page of their own.
pub(super) fn sheets(
    app: &App,
    round: &Round,
    made: &[(SlipGroup, Vec<String>)],
    paper: Paper,
    language: &str,
) -> Result<Markup, Failure> {
    let text = app.languages.choose(Some(language), None, &round.languages);
    let (what, open, typed_code, last_day) = (
        text.say("slip-text"),
        text.say("slip-address"),
        text.say("slip-code"),
        text.say("last-day"),
    );
    let typed = app.config.public_url.as_str();
    let typed = typed
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned()
        + "/a";
    let class = match paper {
        Paper::A4 => "paper a4",
        Paper::Letter => "paper letter",
    };
    let mut pages = Vec::new();
    for (group, codes) in made {
        let of = codes.len().div_ceil(A_SHEET);
        for (at, some) in codes.chunks(A_SHEET).enumerate() {
            let mut slips = Vec::new();
            for code in some {
                slips.push((grouped(code), picture(&address(app, Kind::Answer, code))?));
            }
            pages.push((named(group), at + 1, of, slips));
        }
    }
    let body = html! {
        div class="screen" {
            h1 { "Print these sheets now" }
            p { "This page can\u{2019}t be shown again. Print it (no margins, 100%), cut along the lines, fold, and let everybody draw one." }
        }
        div class=(class) role="region" aria-label="Sheets to print" tabindex="0" {
            @for (units, at, of, slips) in &pages {
                section class="sheet" {
                    p class="head" { (units) " \u{2013} " (round.name) ", sheet " (at) " of " (of) }
                    div class="slips" {
                        @for (code, picture) in slips {
                            div class="slip" lang=(text.tag()) dir=(text.direction()) {
                                (picture)
                                div {
                                    p class="what" { (what) }
                                    p { (open) " " bdi dir="ltr" { strong { (typed) } } }
                                    p { (typed_code) " " bdi dir="ltr" { code { (code) } } }
                                    @if let Some(last) = round.closes_on { p class="soft" { (last_day) ": " bdi { (last) } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(frame("Slips", "en", "ltr", "slips.css", &html! {}, &body))
}

/// `ABCD-EFGH-…`
pub(crate) fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|four| four.iter().collect())
        .collect();
    groups.join("-")
}

/// A QR code as a picture of one path.
fn picture(text: &str) -> Result<Markup, Failure> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| Failure::Fault(format!("an address makes no QR code: {error}")))?;
    let width = code.width();
    let colors = code.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let dark = row[x..]
                .iter()
                .take_while(|color| **color == Color::Dark)
                .count();
            if dark > 0 {
                // Writing to a string can't fail.
                let _ = write!(path, "M{x} {y}h{dark}v1h-{dark}z");
            }
            x += dark.max(1);
        }
    }
    let quiet = 3;
    let size = width + 2 * quiet;
    Ok(PreEscaped(format!(
        "<svg class=\"code\" viewBox=\"-{quiet} -{quiet} {size} {size}\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>"
    )))
}

#[cfg(test)]
mod tests {
    use super::{grouped, picture};

    #[test]
    fn codes_are_grouped_and_drawn() {
        assert_eq!(grouped("0123456789ABCDEF"), "0123-4567-89AB-CDEF");
        let address = "https://voices.example.org/a/0123456789ABCDEF";
        let drawn = picture(address).expect("it fits").into_string();
        assert!(
            drawn.starts_with("<svg class=\"code\" viewBox=\"-3 -3 "),
            "{drawn}"
        );
        assert!(!drawn.contains("style"));
        // A run of the finder in the corner.
        assert!(drawn.contains("M0 0h7v1h-7z"), "{drawn}");
    }
}
