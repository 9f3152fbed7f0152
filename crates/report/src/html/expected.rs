//! What employees expect to help customers most, by their votes, beside the order, which doesn't go by it.

use super::facts::of_a_hundred;
use super::figure::fix_link;
use super::reader::Reader;
use maud::{Markup, html};
use throughline_domain::brief::{Lever, Quote};
use throughline_domain::{Estimate, Interval};

/// Fixes told, at most.
const TOLD: usize = 5;
/// What is preferred as often as not.
const AS_OFTEN_AS_NOT: f64 = 0.5;

/// The fixes that votes clearly prefer, the most preferred first.
pub(super) fn expected(reader: &Reader<'_>) -> Markup {
    let voted: Vec<(usize, &Lever<Quote>, &Estimate)> = reader
        .fixes()
        .into_iter()
        .filter_map(|(number, lever)| Some((number, lever, lever.impact.estimate()?)))
        .collect();
    let clear = |ends: Interval| ends.low > AS_OFTEN_AS_NOT;
    let mut preferred: Vec<_> = voted
        .iter()
        .filter(|(_, _, impact)| impact.ends().is_some_and(clear))
        .collect();
    preferred.sort_by(|a, b| b.2.value.total_cmp(&a.2.value).then(a.0.cmp(&b.0)));
    preferred.truncate(TOLD);
    html! {
        @if !voted.is_empty() {
            h3 { "What employees expect to help customers most" }
            @if preferred.is_empty() {
                p { "Asked which fix would help customers more, employees prefer none clearly." }
            } @else {
                p {
                    "Asked which fix would help customers more, employees clearly prefer these (100: always, 50: as often as \
                     not; 95% intervals). The order above doesn\u{2019}t go by it: it goes by what customers say and how they score."
                }
                ul class="plain wide" {
                    @for (number, lever, impact) in preferred {
                        li { (fix_link(*number, lever)) " \u{2013} " (of_a_hundred(impact)) "; " (stands(reader, lever)) "." }
                    }
                }
            }
        }
    }
}

/// Where the order has it.
fn stands(reader: &Reader<'_>, lever: &Lever<Quote>) -> String {
    match &lever.rank {
        _ if reader.brief.chosen.contains(&lever.id) => "on page one".to_owned(),
        Some(rank) => format!("place {} in the order", rank.place),
        None => "it answers no customer problem clearly".to_owned(),
    }
}
