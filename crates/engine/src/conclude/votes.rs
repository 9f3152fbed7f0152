//! Votes on ideas as votes on the fixes that these are part of.

use crate::answers::Answers;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{Note, NoteKind};
use throughline_domain::facts::{Voice, Vote};

/// Votes by the ids of fixes: one that names an answer is a vote on the fix it is part of. Votes between answers of the
/// same fix say nothing about it.
pub fn votes_on_fixes(answers: &Answers, voice: &[Voice], votes: &[Vote]) -> Vec<Vote> {
    let fix_of = fix_of(answers, voice);
    let fix = |item: &String| {
        fix_of
            .get(item.as_str())
            .map_or_else(|| item.clone(), |fix| (*fix).to_owned())
    };
    votes
        .iter()
        .map(|vote| match vote.clone() {
            Vote::Pair {
                winner,
                loser,
                criterion,
                voter,
            } => Vote::Pair {
                winner: fix(&winner),
                loser: fix(&loser),
                criterion,
                voter,
            },
            Vote::Single {
                item,
                vote,
                criterion,
                voter,
            } => Vote::Single {
                item: fix(&item),
                vote,
                criterion,
                voter,
            },
        })
        .filter(|vote| !matches!(vote, Vote::Pair { winner, loser, .. } if winner == loser))
        .collect()
}

/// The fix that each answer is part of, by their ids.
fn fix_of<'a>(answers: &'a Answers, voice: &'a [Voice]) -> BTreeMap<&'a str, &'a str> {
    let levers = &answers.levers;
    let said = levers.said.iter().zip(&levers.rows);
    said.filter_map(|(said, row)| {
        let theme = &levers.themes[said.theme?];
        Some((voice[*row].id.as_str(), theme.id.as_str()))
    })
    .collect()
}

/// Says which votes weren't counted: a file of another export would else be read in silence.
pub fn uncounted(answers: &Answers, voice: &[Voice], votes: &[Vote]) -> Vec<Note> {
    let fixes: BTreeSet<&str> = answers
        .levers
        .themes
        .iter()
        .map(|theme| theme.id.as_str())
        .collect();
    let in_a_fix = fix_of(answers, voice);
    let answered: BTreeSet<&str> = voice.iter().map(|voice| voice.id.as_str()).collect();
    let known = |item: &str| fixes.contains(item) || answered.contains(item);
    let of_a_fix = |item: &str| fixes.contains(item) || in_a_fix.contains_key(item);
    let (mut strange, mut aside) = (0, 0);
    for vote in votes {
        if !vote.items().all(known) {
            strange += 1;
        } else if !vote.items().all(of_a_fix) {
            aside += 1;
        }
    }
    let all = votes.len();
    let mut notes = Vec::new();
    let mut say = |text: String| {
        notes.push(Note {
            kind: NoteKind::Data,
            text,
        });
    };
    if strange > 0 {
        say(format!(
            "{strange} of {all} votes name an id that is neither an answer\u{2019}s nor a fix\u{2019}s; they were not counted."
        ));
    }
    if aside > 0 {
        say(format!(
            "{aside} of {all} votes are on answers that belong to no fix; they were not counted."
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Group;
    use throughline_domain::Words;
    use throughline_domain::facts::{Criterion, Question};
    use throughline_insight::compose::employees::Said;
    use throughline_insight::theme::Theme;

    fn voice(id: &str) -> Voice {
        Voice {
            id: id.to_owned(),
            respondent: format!("of {id}"),
            at_day: None,
            round: None,
            unit: None,
            role: None,
            question: Question::Idea,
            text: Some(Words::new("let agents decide")),
            rating: None,
        }
    }

    /// Four answers: two of one fix, one of another, one of none.
    fn answers(voice: &[Voice]) -> Answers {
        let said = |at: usize, theme: Option<usize>| Said {
            respondent: voice[at].respondent.clone(),
            unit: None,
            role: None,
            question: Question::Idea,
            text: Words::new("let agents decide"),
            may_quote: true,
            theme,
        };
        let theme = |id: &str| Theme {
            id: id.to_owned(),
            ..Theme::default()
        };
        Answers {
            levers: Group {
                themes: vec![theme("f-a"), theme("f-b")],
                said: vec![said(0, Some(0)), said(1, Some(0)), said(2, Some(1))],
                rows: vec![0, 1, 2],
                used: Vec::new(),
            },
            ..Answers::default()
        }
    }

    fn pair(winner: &str, loser: &str) -> Vote {
        Vote::Pair {
            winner: winner.to_owned(),
            loser: loser.to_owned(),
            criterion: Criterion::Ease,
            voter: None,
        }
    }

    #[test]
    fn a_vote_on_an_answer_is_one_on_its_fix() {
        let voice: Vec<Voice> = ["1", "2", "3", "4"].map(voice).to_vec();
        let answers = answers(&voice);
        let votes = [pair("1", "3"), pair("1", "2"), pair("f-b", "2")];
        let counted = votes_on_fixes(&answers, &voice, &votes);
        assert_eq!(counted, [pair("f-a", "f-b"), pair("f-b", "f-a")]);
        assert_eq!(uncounted(&answers, &voice, &votes), []);
    }

    #[test]
    fn what_is_not_counted_is_said() {
        let voice: Vec<Voice> = ["1", "2", "3", "4"].map(voice).to_vec();
        let votes = [
            pair("1", "gone"),
            pair("4", "1"),
            pair("1", "3"),
            pair("gone", "4"),
        ];
        let notes = uncounted(&answers(&voice), &voice, &votes);
        let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(texts.len(), 2);
        assert!(texts[0].starts_with("2 of 4 votes name an id that is neither"));
        assert!(texts[1].starts_with("1 of 4 votes are on answers that belong to no fix"));
    }
}
