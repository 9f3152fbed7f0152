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

#[cfg(test)]
mod tests {
    use super::super::title::tests::{GUIDES, theme};
    use super::*;

    /// Comments, each of another customer, after who coded them as complaints and whether they sound like praise.
    fn proposed(theme: &Theme, comments: &[(&str, bool, bool)]) -> Vec<Proposed> {
        let of = |(at, (words, coded, praises)): (usize, &(&str, bool, bool))| Proposed {
            coded: *coded,
            praises: *praises,
            holds_title: theme.title_is_in(words),
            candidate: Candidate {
                words: Words::new(*words),
                person: at.to_string(),
                from: String::new(),
                from_group: 0,
                title: None,
            },
        };
        comments.iter().enumerate().map(of).collect()
    }

    /// Words and titles of comments, in the order in which they are shown.
    fn headed(
        theme: &Theme,
        of_problems: bool,
        comments: &[(&str, bool, bool)],
    ) -> Vec<(String, Option<String>)> {
        let mut found = proposed(theme, comments);
        head(theme, of_problems, &mut found);
        let words = |words: &Words| words.for_analysis().to_owned();
        found
            .into_iter()
            .map(|one| {
                let title = one.candidate.title.as_ref().map(words);
                (words(&one.candidate.words), title)
            })
            .collect()
    }

    fn plain<'a>(comments: &[&'a str]) -> Vec<(&'a str, bool, bool)> {
        let plain = comments.iter().map(|words| (*words, false, false));
        plain.collect()
    }

    #[test]
    fn what_heads_a_problem_is_quoted_first_and_another_stands_by() {
        let theme = theme("Guide in the box", "guide box link connection", &GUIDES);
        let shown = headed(&theme, true, &plain(&GUIDES));
        assert_eq!(shown.len(), GUIDES.len());
        assert_eq!(shown[0].1.as_deref(), Some("No guide in the box"));
        // Should the first not be shown, the next gives a title, too.
        assert!(shown[1].1.is_some(), "{shown:?}");
    }

    #[test]
    fn what_a_person_coded_as_a_complaint_goes_before_what_sounds_like_one() {
        let theme = theme("Guide in the box", "guide box link connection", &GUIDES);
        let mut comments = plain(&GUIDES);
        comments[4].1 = true;
        let shown = headed(&theme, true, &comments);
        assert_eq!(shown[0].0, GUIDES[4]);
        assert!(
            shown[1..].iter().all(|(_, title)| title.is_none()),
            "{shown:?}"
        );
    }

    #[test]
    fn praise_is_shown_of_a_problem_only_where_little_else_is() {
        let theme = theme("Guide in the box", "guide box link connection", &GUIDES);
        let praise = ("Lovely guide in the box", false, true);
        let few = [plain(&GUIDES), vec![praise]].concat();
        let shown = headed(&theme, true, &few);
        assert_eq!(
            shown.last().map(|(words, _)| words.as_str()),
            Some(praise.0)
        );
        let enough = [few, plain(&["No guide again"])].concat();
        let shown = headed(&theme, true, &enough);
        assert_eq!(shown.len(), ENOUGH);
        assert!(
            shown.iter().all(|(words, _)| words != praise.0),
            "{shown:?}"
        );
    }

    #[test]
    fn where_nobody_gives_a_title_who_bears_it_out_is_quoted_first() {
        let mut theme = theme("Guide in the box", "guide box link connection", &GUIDES);
        theme.titled_by_hand = true;
        let comments = ["I had no connection", "The guide is wrong"];
        let shown = headed(&theme, true, &plain(&comments));
        assert_eq!(shown[0], (comments[1].to_owned(), None));
        assert_eq!(shown[1], (comments[0].to_owned(), None));
    }

    #[test]
    fn what_gives_praise_a_title_is_quoted_first() {
        let comments = [
            "Thank you so much for all of that",
            "Lovely guide in the box",
        ];
        let theme = theme("Guide", "guide box", &["Lovely guide in the box"]);
        let shown = headed(&theme, false, &plain(&comments));
        assert_eq!(shown[0].0, comments[1]);
        assert_eq!(shown[0].1.as_deref(), Some("Lovely guide in the box"));
        assert_eq!(shown[1].1, None);
    }
}
