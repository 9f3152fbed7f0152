//! Candidates for quotes from customers' comments.

use super::Inputs;
use super::title::{self, Said};
use crate::fit::Fitted;
use crate::fit::topics::{Room, odds};
use crate::scan::date;
use std::collections::BTreeMap;
use throughline_disclosure::ends_within_a_name;
use throughline_domain::Words;
use throughline_domain::brief::Candidate;
use throughline_insight::theme::Theme;
use throughline_insight::topic;
use throughline_text::ThemeModel;

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
        let model = inputs.fits.reader.pains.model.as_ref();
        let mean = model.map_or(&[][..], ThemeModel::mean);
        let mut room = Room::default();
        let mut found: Vec<Proposed> = theme
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
                let row = &inputs.sample[text.sampled];
                let tones = row.tones(splitter);
                if of_problems && tones.leans_to_praise(words) {
                    return None;
                }
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
                let holds_title = if theme.by_topic {
                    topic::bears_out(&theme.title, &odds(&mut room, mean, words))
                } else {
                    theme.title_is_in(words)
                };
                let candidate = Candidate {
                    words: Words::new(words),
                    person: row.person.clone(),
                    from,
                    from_group,
                    title: None,
                };
                Some(Proposed {
                    coded,
                    praises: of_problems && tones.sounds_like_praise(words),
                    holds_title,
                    candidate,
                })
            })
            .collect();
        head(theme, of_problems, &mut found);
        found.into_iter().map(|one| one.candidate).collect()
    }
}

/// A comment that may be quoted.
struct Proposed {
    /// Somebody coded it as a complaint.
    coded: bool,
    /// It sounds like praise, in a theme of problems.
    praises: bool,
    /// It holds a word of its theme's title, or speaks of the topic that is.
    holds_title: bool,
    candidate: Candidate,
}

/// Proposes titles, and puts first what bears out the title.
fn head(theme: &Theme, of_problems: bool, found: &mut Vec<Proposed>) {
    // Praise is nothing to show of a problem where there is enough else.
    if found.iter().filter(|one| !one.praises).count() >= ENOUGH {
        found.retain(|one| !one.praises);
    }
    if !of_problems {
        for one in found.iter_mut() {
            let words = one.candidate.words.for_analysis();
            one.candidate.title = theme.title_from(words, PRAISE_WORDS, false).map(Words::new);
        }
        found.sort_by_key(|one| one.candidate.title.is_none());
        return;
    }
    found.sort_by_key(|one| (one.praises, !one.coded));
    let is_borne_out = found.iter().any(|one| one.holds_title);
    let leading = found.first().map(|one| (one.praises, one.coded));
    let said: Vec<Said<'_>> = found
        .iter()
        .map(|one| Said {
            words: one.candidate.words.for_analysis(),
            person: &one.candidate.person,
            may_head: Some((one.praises, one.coded)) == leading,
        })
        .collect();
    let Some(proposed) = title::of_problem(theme, &said, is_borne_out) else {
        found.sort_by_key(|one| (one.praises, !one.coded, !one.holds_title));
        return;
    };
    for (one, title) in found.iter_mut().zip(proposed.titles) {
        one.candidate.title = title.map(Words::new);
    }
    let place = |at: usize| proposed.first.iter().position(|first| *first == at);
    let mut numbered: Vec<(usize, Proposed)> = found.drain(..).enumerate().collect();
    numbered.sort_by_key(|(at, _)| place(*at).unwrap_or(usize::MAX));
    found.extend(numbered.into_iter().map(|(_, one)| one));
}

/// Comments that don't praise, from which on no other is shown of a problem: twice as many as are quoted, since some
/// may not be.
const ENOUGH: usize = 6;
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
