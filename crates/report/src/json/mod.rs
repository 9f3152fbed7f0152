//! The brief for machines: `brief.json`.
//!
//! The contract: `pains`, `levers`, `ideas`, `needs`, `strengths`, `gaps`, `chain`, `links`, `notes`,
//! `inputs`, and more beside them. A figure is `{value, low, high, n, method}`, or `null` with
//! the reason in a sibling key `<name>_reason`; `low` and `high` are `null` where there is no
//! interval, with the reason in `no_interval`. Quotes are strings; where they come from stands
//! in a parallel `quotes_from`. Keys stand in a fixed order and numbers are rounded to six
//! decimals, so that the same brief gives the same bytes.

mod entries;
mod people;
mod problems;
mod write;

use serde::{Serialize, Serializer};
use throughline_disclosure::Released;
use throughline_domain::brief::{Brief, Quote};
use write::{Fields, each};

/// The whole of `brief.json`, indented, with a line end at its end.
pub fn brief(brief: &Released<Brief<Quote>>) -> String {
    // Serialising to a string fails only where a map has keys that aren't strings: none has.
    let mut text = serde_json::to_string_pretty(&Document(brief)).unwrap_or_default();
    text.push('\n');
    text
}

struct Document<'a>(&'a Brief<Quote>);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let brief = self.0;
        let mut out = Fields::begin(serializer)?;
        out.put("company", &brief.company)?;
        out.put("first_day", &brief.first_day)?;
        out.put("last_day", &brief.last_day)?;
        out.put("standings", &each(&brief.standings, problems::Stands))?;
        out.put("chosen", &brief.chosen)?;
        out.put("pains", &each(&brief.pains, problems::Problem))?;
        out.put("levers", &each(&brief.levers, people::Fix))?;
        let ideas: Vec<&str> = brief.ideas.iter().map(|idea| idea.words.as_str()).collect();
        out.put("ideas", &ideas)?;
        out.put("needs", &each(&brief.needs, people::Needed))?;
        out.put("strengths", &each(&brief.strengths, problems::Praised))?;
        out.put("matches", &each(&brief.matches, entries::Matched))?;
        out.put("gaps", &entries::Gaps(brief))?;
        match &brief.chain {
            Some(chain) => out.put("chain", &entries::Chain(chain))?,
            None => {
                out.put("chain", &None::<()>)?;
                out.put("chain_reason", "not given")?;
            }
        }
        out.put("measures", &each(&brief.measures, entries::Measured))?;
        out.put("links", &each(&brief.links, entries::Linked))?;
        match &brief.commitment {
            Some(commitment) => out.put("commitment", &entries::Committed(commitment))?,
            None => {
                out.put("commitment", &None::<()>)?;
                out.put("commitment_reason", "not asked")?;
            }
        }
        out.put("initiatives", &each(&brief.initiatives, entries::Spending))?;
        out.put("common_ground", &brief.common_ground)?;
        out.figure("votes_agree", &brief.votes_agree)?;
        out.put("notes", &brief.notes)?;
        out.put("inputs", &brief.inputs)?;
        out.put("review", &entries::Review(&brief.review))?;
        out.end()
    }
}
