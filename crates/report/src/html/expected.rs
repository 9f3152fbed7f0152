//! What employees expect to help customers most, by their votes, and how far the order goes by it.

use super::facts::impact;
use super::figure::fix_link;
use super::reader::Reader;
use crate::say;
use maud::{Markup, html};
use throughline_domain::brief::{Lever, Quote, VotedBy};
use throughline_domain::{Estimate, Figure, Interval};

/// Fixes told of each kind, at most.
const TOLD: usize = 5;
/// What is preferred, or said yes to, as often as not.
const EVEN: f64 = 0.5;

type Voted<'a> = (usize, &'a Lever<Quote>, &'a Estimate);

/// The fixes that votes prefer, the most preferred first.
pub(super) fn expected(reader: &Reader<'_>) -> Markup {
    let of = |by: VotedBy| -> Vec<Voted<'_>> {
        let fixes = reader.fixes().into_iter();
        let asked = fixes.filter(|(_, lever)| lever.impact.by == by);
        asked
            .filter_map(|(number, lever)| Some((number, lever, lever.impact.figure.estimate()?)))
            .collect()
    };
    let (pairs, alone) = (of(VotedBy::Pairs), of(VotedBy::YesNo));
    html! {
        @if !pairs.is_empty() || !alone.is_empty() {
            h3 { "What employees expect to help customers" }
            @if !pairs.is_empty() {
                (told(
                    reader,
                    &pairs,
                    "Shown two ideas and asked which would help customers more, employees prefer these to an average fix \
                     (95% intervals above half):",
                    "Shown two ideas and asked which would help customers more, employees prefer none for certain.",
                ))
            }
            @if !alone.is_empty() {
                (told(
                    reader,
                    &alone,
                    "Asked of single ideas whether they would help customers, most say yes to these fixes (95% intervals \
                     above half):",
                    "Asked of single ideas whether they would help customers, most say yes to no fix for certain.",
                ))
            }
            (weight(&reader.brief.votes_agree, !pairs.is_empty() && !alone.is_empty()))
        }
    }
}

/// Agreement that can't be told from none.
const NONE: f64 = 0.05;

/// How far the order goes by votes; `both`: some fixes were voted on in pairs and some alone.
fn weight(agreement: &Figure, both: bool) -> Markup {
    let interval = |ends: Interval| format!(" ({} to {})", scale(ends.low), scale(ends.high));
    let may_be_none = |ends: Interval| ends.low < NONE;
    html! {
        p class="soft" {
            @match agreement {
                Figure::Known(agreement) => {
                    "How far these votes" @if both { " (of the two kinds the one that more fixes have)" }
                    " agree with what customers say: " (scale(agreement.value))
                    (agreement.ends().map_or_else(String::new, interval))
                    ", where 0 is not at all, or the contrary, and 1 entirely, over " (agreement.n) " fixes"
                    @if agreement.ends().is_some_and(may_be_none) {
                        ": not enough to tell from no agreement, so votes hardly weigh in the order."
                    } @else {
                        ". As far as the two agree, votes help to tell which problem a fix answers, and so weigh in the \
                         order."
                    }
                    " No problem is larger for them."
                },
                Figure::Unknown(why) => {
                    "The order doesn\u{2019}t go by these votes, but by what customers say, and by ease where that was \
                     asked: how far votes and customers agree can\u{2019}t be told (" (say::why(why)) ")."
                },
            }
        }
    }
}

fn scale(agreement: f64) -> String {
    format!("{agreement:.2}")
}

fn told(reader: &Reader<'_>, voted: &[Voted<'_>], these: &str, none: &str) -> Markup {
    let clear = |ends: Interval| ends.low > EVEN;
    let mut preferred: Vec<Voted<'_>> = voted
        .iter()
        .filter(|(_, _, impact)| impact.ends().is_some_and(clear))
        .copied()
        .collect();
    preferred.sort_by(|a, b| b.2.value.total_cmp(&a.2.value).then(a.0.cmp(&b.0)));
    let more = preferred.len().saturating_sub(TOLD);
    html! {
        @if preferred.is_empty() {
            p { (none) }
        } @else {
            p { (these) }
            ul class="plain wide" {
                @for (number, lever, _) in preferred.iter().take(TOLD) {
                    li {
                        (fix_link(*number, lever)) " \u{2013} " (impact(lever).unwrap_or_default()) "; "
                        (stands(reader, lever)) "."
                    }
                }
                @if more > 0 { li { "and " (more) " more" } }
            }
        }
    }
}

/// Where the order has it.
fn stands(reader: &Reader<'_>, lever: &Lever<Quote>) -> String {
    match &lever.rank {
        _ if reader.brief.chosen.contains(&lever.id) => "on page one".to_owned(),
        Some(rank) => format!("place {} in the order", rank.place),
        None => "without a place in the order".to_owned(),
    }
}
