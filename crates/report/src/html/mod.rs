//! The leaders' brief as one self-contained page: no script, no network, prints on A4 and
//! Letter, light and dark.
//!
//! Each section is a function from the `reader::Reader` to markup; `page` puts them in
//! order. `maud` escapes all text. Words for readers follow the second column of DESIGN's
//! table; the code's own words never reach a page.

mod chain;
mod data;
mod decisions;
mod expected;
mod facts;
mod figure;
mod fixes;
mod gaps;
mod ideas;
mod matches;
mod measures;
mod needs;
mod notes;
mod page;
mod picture;
mod problems;
mod reader;
mod standing;
mod undecided;

use reader::Reader;
use throughline_disclosure::Released;
use throughline_domain::brief::{Brief, Quote};

/// The whole of `brief.html`. The same brief gives the same bytes.
pub fn brief(brief: &Released<Brief<Quote>>) -> String {
    let page = page::page(&Reader::new(brief)).into_string();
    // A name with such a character would turn round what stands beside it.
    page.replace(turns, "")
}

/// Characters that change the direction of what follows.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
