//! Turns candidates into quotes: scrubbed, cut to length, at most one a person.

use crate::rules::Rules;
use crate::scrub::{label, says_own_name, scrub, visible};
use std::collections::BTreeSet;
use throughline_domain::brief::{Candidate, Quote};

/// Keeps count of whose words were shown already in this brief.
#[derive(Default)]
pub(crate) struct Quoted {
    people: BTreeSet<String>,
}

impl Quoted {
    /// As [`Quoted::take`], with the title that the words give once they are shown: one that stands in what is
    /// shown of them, and in which nothing points to a person.
    pub(crate) fn take_titled(
        &mut self,
        candidate: &Candidate,
        rules: &Rules,
    ) -> Option<(Quote, Option<String>)> {
        let quote = self.take(candidate, rules)?;
        let one_line = |text: &str| {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ").to_lowercase()
        };
        let shown = one_line(&quote.words);
        let title = candidate.title.as_ref().map(|title| title.for_analysis());
        let is_clean = |title: &&str| {
            shown.contains(&one_line(title)) && label(title).as_deref() == Some(*title)
        };
        let title = title.filter(is_clean).map(str::to_owned);
        Some((quote, title))
    }

    /// One quote, unless its person was quoted already or nothing is left of it.
    pub(crate) fn take(&mut self, candidate: &Candidate, rules: &Rules) -> Option<Quote> {
        if self.people.contains(&candidate.person)
            || says_own_name(&visible(candidate.words.for_analysis()))
        {
            return None;
        }
        let words = shortened(&scrub(candidate.words.for_analysis()), rules.quote_length);
        // Where a sentence was cut there may be a mark that leads on to the next.
        let words = words.trim_end_matches([';', ',', ':', '-', '\u{2013}', ' ']);
        let words = words.to_owned();
        // A quote of which mostly brackets remain tells nothing and may tell too much.
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        if letters < 8 || words.matches('[').count() > 2 {
            return None;
        }
        self.people.insert(candidate.person.clone());
        let from = if candidate.from_group >= rules.minimum_comments {
            candidate.from.clone()
        } else {
            String::new()
        };
        Some(Quote { words, from })
    }

    /// As many quotes as the rules allow, and the first title among them.
    pub(crate) fn take_several(
        &mut self,
        candidates: &[Candidate],
        rules: &Rules,
    ) -> (Vec<Quote>, Option<String>) {
        self.take_at_most(candidates, rules.quotes_each, rules)
    }

    /// All of them that may be quoted.
    pub(crate) fn take_all(&mut self, candidates: &[Candidate], rules: &Rules) -> Vec<Quote> {
        self.take_at_most(candidates, candidates.len(), rules).0
    }

    fn take_at_most(
        &mut self,
        candidates: &[Candidate],
        most: usize,
        rules: &Rules,
    ) -> (Vec<Quote>, Option<String>) {
        let mut quotes: Vec<Quote> = Vec::new();
        let mut title = None;
        for candidate in candidates {
            if quotes.len() == most {
                break;
            }
            if let Some((quote, heading)) = self.take_titled(candidate, rules)
                && quotes
                    .iter()
                    .all(|earlier| !earlier.words.eq_ignore_ascii_case(&quote.words))
            {
                quotes.push(quote);
                title = title.or(heading);
            }
        }
        (quotes, title)
    }
}

/// Cut at a word, with an ellipsis.
fn shortened(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let cut: String = text.chars().take(length).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!(
        "{} …",
        cut[..end].trim_end_matches([',', ';', ':', '-', ' '])
    )
}
