//! Drafts of what staff need for themselves.

use super::praised::surely_praises;
use crate::answers::Answers;
use crate::words_of_many::{WordsOfMany, unnamed};
use std::collections::BTreeSet;
use throughline_domain::brief::{Candidate, Need};
use throughline_insight::compose::employees;
use throughline_insight::staff::praises_the_company;
use throughline_text::empty::says_nothing;

/// All needs that aren't hidden, by id.
pub(super) fn needs(answers: &Answers, names: &WordsOfMany) -> Vec<Need<Candidate>> {
    let groups = answers.needs.by_theme();
    let mut needs: Vec<Need<Candidate>> = answers
        .needs
        .themes
        .iter()
        .zip(&groups)
        .filter(|(theme, said)| !theme.hidden && !said.is_empty())
        .map(|(theme, said)| {
            let people: BTreeSet<&str> = said.iter().map(|said| said.respondent.as_str()).collect();
            // What says nothing isn't what others have to be about.
            let mut theme = theme.clone();
            if !theme.titled_by_hand && tells_no_need(&theme.title) {
                theme.title.clear();
                theme.words.retain(|word| !tells_no_need(word));
            }
            let (step, mut quotes) = employees::words(
                &theme,
                &answers.needs.said,
                said,
                &answers.everyone,
                employees::Titled::ByAll,
                &|title| names.may_title(title) && !tells_no_need(title),
            );
            quotes.splice(0..0, step);
            quotes.sort_by_cached_key(|quote| tells_no_need(quote.words.for_analysis()));
            Need {
                id: theme.id,
                title: theme.title,
                words: theme.words,
                people: people.len() as u64,
                quotes,
            }
        })
        .collect();
    needs.sort_by(|a, b| a.id.cmp(&b.id));
    name_the_rest(&mut needs);
    needs
}

/// Whether words say that all is well, or nothing: asked what blocks them, people say that too ("No dislike", "Good
/// experience"), beside others who name a need in much the same words.
fn tells_no_need(words: &str) -> bool {
    says_nothing(words) || praises_the_company(words) || surely_praises(words)
}

/// Says of groups without a title that nothing names them.
fn name_the_rest(needs: &mut [Need<Candidate>]) {
    let mut taken: BTreeSet<String> = needs.iter().map(|need| need.title.clone()).collect();
    let mut titles = unnamed().filter(|title| taken.insert(title.clone()));
    for need in needs.iter_mut().filter(|need| need.title.is_empty()) {
        need.title = titles.next().unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn praise_and_nothing_tell_no_need() {
        for words in [
            "No dislike",
            "Good experience",
            "Love to be a part of the family",
            "Nice place to work",
            "Great and very supportive team members to work with",
        ] {
            assert!(tells_no_need(words), "{words}");
        }
        for words in [
            "No timely salary hikes",
            "Appraisal and salary",
            "Growth opportunities",
            "Professional development",
            "More supportive managers",
            "Best people leave",
            "Pay isn't good",
            "Work life balance",
            "Managers need to listen",
        ] {
            assert!(!tells_no_need(words), "{words}");
        }
    }

    #[test]
    fn what_nothing_names_gets_a_number_where_one_is_called_so_already() {
        let of = |title: &str| Need {
            id: String::new(),
            title: title.to_owned(),
            words: Vec::new(),
            people: 30,
            quotes: Vec::new(),
        };
        let mut needs = [of(""), of("Pay"), of("Other answers"), of("")];
        name_the_rest(&mut needs);
        let titles: Vec<&str> = needs.iter().map(|need| need.title.as_str()).collect();
        let expected = [
            "Other answers, 2",
            "Pay",
            "Other answers",
            "Other answers, 3",
        ];
        assert_eq!(titles, expected);
    }
}
