//! Votes on ideas as votes on the fixes that these are part of.

use crate::answers::Answers;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{Note, NoteKind};
use throughline_domain::facts::{Criterion, Voice, Vote};

/// Votes by the ids of fixes: one that names an answer is a vote on the fix it is part of. Votes between answers of the
/// same fix say nothing about it.
pub(super) fn votes_on_fixes(answers: &Answers, voice: &[Voice], votes: &[Vote]) -> Vec<Vote> {
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

/// Says which votes weren't counted: a file of another export would else be read in silence. Numbers of fewer than
/// `minimum` are none to tell.
pub(super) fn uncounted(
    answers: &Answers,
    voice: &[Voice],
    votes: &[Vote],
    minimum: u64,
) -> Vec<Note> {
    let themes = answers.levers.themes.iter();
    let fixes: BTreeSet<&str> = themes.map(|theme| theme.id.as_str()).collect();
    let in_a_fix = fix_of(answers, voice);
    let answered: BTreeSet<&str> = voice.iter().map(|voice| voice.id.as_str()).collect();
    let known = |item: &str| fixes.contains(item) || answered.contains(item);
    let fix = |item| in_a_fix.get(item).copied().or(fixes.get(item).copied());
    let in_pairs: BTreeSet<(Criterion, Option<&str>)> = votes
        .iter()
        .filter(|vote| matches!(vote, Vote::Pair { .. }))
        .flat_map(|vote| vote.items().map(|item| (vote.criterion(), fix(item))))
        .collect();
    // Ids that are nowhere, answers of no fix, answers of one fix, and single votes beside pairs.
    let mut counts = [0u64; 4];
    for vote in votes {
        let of: Vec<Option<&str>> = vote.items().map(fix).collect();
        let one = matches!(vote, Vote::Single { .. });
        let why = if !vote.items().all(known) {
            0
        } else if of.iter().any(Option::is_none) {
            1
        } else if !one && of[0] == of[1] {
            2
        } else if one && in_pairs.contains(&(vote.criterion(), of[0])) {
            3
        } else {
            continue;
        };
        counts[why] += 1;
    }
    const WHY: [&str; 4] = [
        "name an id that is neither an answer\u{2019}s nor a fix\u{2019}s",
        "are on answers that belong to no fix",
        "are between answers that belong to the same fix",
        "are yes or no on fixes that were also set against others",
    ];
    let all = votes.len() as u64;
    let enough = |n: u64| n >= minimum && (n == all || all - n >= minimum);
    counts
        .iter()
        .zip(WHY)
        .filter(|(n, _)| **n > 0)
        .map(|(n, why)| Note {
            kind: NoteKind::Data,
            text: if enough(*n) {
                format!("Not counted: {n} of {all} votes, which {why}.")
            } else {
                format!("Not counted: some votes, which {why}.")
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Group;
    use throughline_domain::Words;
    use throughline_domain::facts::Question;
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
        let votes = [pair("1", "3"), pair("f-b", "2")];
        let counted = votes_on_fixes(&answers, &voice, &votes);
        assert_eq!(counted, [pair("f-a", "f-b"), pair("f-b", "f-a")]);
        assert_eq!(uncounted(&answers, &voice, &votes, 1), []);
    }

    #[test]
    fn what_is_not_counted_is_said() {
        let voice: Vec<Voice> = ["1", "2", "3", "4"].map(voice).to_vec();
        let single = |item: &str| Vote::Single {
            item: item.to_owned(),
            vote: Some(true),
            criterion: Criterion::Ease,
            voter: None,
        };
        let votes = [
            pair("1", "gone"),
            pair("gone", "4"),
            pair("4", "1"),
            pair("1", "2"),
            single("1"),
            pair("1", "3"),
            pair("3", "f-a"),
        ];
        let told = |minimum| -> Vec<String> {
            let notes = uncounted(&answers(&voice), &voice, &votes, minimum);
            notes.into_iter().map(|note| note.text).collect()
        };
        let texts = told(1);
        assert_eq!(texts.len(), 4);
        assert!(
            texts[0].starts_with("Not counted: 2 of 7 votes, which name an id that is neither")
        );
        assert!(
            texts[1].starts_with(
                "Not counted: 1 of 7 votes, which are on answers that belong to no fix"
            )
        );
        assert!(
            texts[2]
                .contains("1 of 7 votes, which are between answers that belong to the same fix")
        );
        assert!(texts[3].contains("1 of 7 votes, which are yes or no on fixes"));
        assert!(told(2)[1].starts_with("Not counted: some votes, which are on answers"));
        assert!(told(2)[0].starts_with("Not counted: 2 of 7"));
    }
}
