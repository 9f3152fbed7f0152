//! Candidates for quotes from customers' comments.

use super::Inputs;
use crate::fit::Fitted;
use crate::scan::date;
use std::collections::BTreeMap;
use throughline_disclosure::ends_within_a_name;
use throughline_domain::Words;
use throughline_domain::brief::Candidate;
use throughline_insight::theme::Theme;

/// Gives the most central comments of a theme, with unit and month where they came from.
pub fn of_customers<'a>(
    inputs: &'a Inputs<'_>,
    texts: &'a [Fitted],
    of_problems: bool,
) -> impl Fn(&Theme) -> Vec<Candidate> + 'a {
    // By unit, and by unit and month: which branch wrote in one month may tell of one customer.
    let mut groups: BTreeMap<(&str, Option<String>), u64> = BTreeMap::new();
    for row in inputs.sample {
        let unit = row.unit.as_deref().unwrap_or("");
        *groups.entry((unit, None)).or_default() += 1;
        if let Some(month) = month(row.at_day) {
            *groups.entry((unit, Some(month))).or_default() += 1;
        }
    }
    move |theme: &Theme| {
        let splitter = &inputs.fits.reader.splitter;
        let mut found: Vec<(bool, Candidate)> = theme
            .central
            .iter()
            .filter_map(|at| {
                let text = texts.get(at.text)?;
                let all = text.part.for_analysis();
                let words = all.get(at.start..at.end)?;
                if ends_within_a_name(&all[..at.start]) {
                    return None;
                }
                // A theme of problems holds some misread praise: it isn't what to show of it.
                if of_problems && splitter.kinds.leans_to_praise(words) {
                    return None;
                }
                let row = &inputs.sample[text.sampled];
                let unit = row.unit.as_deref().unwrap_or("");
                let size = |month: Option<String>| {
                    let size = groups.get(&(unit, month)).copied();
                    size.unwrap_or(0)
                };
                let month = month(row.at_day)
                    .filter(|month| size(Some(month.clone())) >= inputs.rules.minimum_comments);
                let from_group = size(month.clone());
                let from = [Some(unit.to_owned()), month]
                    .into_iter()
                    .flatten()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ");
                // "I haven't had to wait long" isn't either, where somebody coded the comments.
                let coded = of_problems && splitter.is_coded_problem(&row.source, row.score);
                let title = if of_problems {
                    let praises = |title: &String| splitter.kinds.leans_to_praise(title);
                    theme.title_from(words).filter(|title| !praises(title))
                } else {
                    theme.title_in_their_words(words, PRAISE_WORDS)
                };
                let candidate = Candidate {
                    words: Words::new(words),
                    person: row.person.clone(),
                    from,
                    from_group,
                    title,
                };
                Some((coded, candidate))
            })
            .collect();
        found.sort_by_key(|(coded, _)| !coded);
        found.into_iter().map(|(_, candidate)| candidate).collect()
    }
}

/// Words of a title that praise gives.
const PRAISE_WORDS: usize = 8;

/// The month of a day, in words.
fn month(day: Option<i32>) -> Option<String> {
    Some(day.and_then(date)?.format("%B %Y").to_string())
}

/// A day as `2026-03-01`.
pub fn day(day: i32) -> Option<String> {
    date(day).map(|date| date.format("%Y-%m-%d").to_string())
}
