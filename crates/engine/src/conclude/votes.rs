//! Votes on ideas as votes on the fixes that these are part of.

use crate::answers::Answers;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{Note, NoteKind};
use throughline_domain::facts::{Criterion, ThemeCorrection, Voice, Vote};

/// Votes by the ids of fixes: one that names an answer is a vote on the fix it is part of. Of a known voter's votes on the
/// same ideas the last one counts; votes between answers of the same fix say nothing about it.
pub(super) fn votes_on_fixes(
    answers: &Answers,
    voice: &[Voice],
    corrections: &[ThemeCorrection],
    votes: &[Vote],
) -> Vec<Vote> {
    let fix_of = fix_of(answers, voice, corrections);
    let fix = |item: &String| {
        fix_of
            .get(item.as_str())
            .map_or_else(|| item.clone(), |fix| (*fix).to_owned())
    };
    last(votes)
        .into_iter()
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

/// Of each voter the last vote on the same ideas by the same criterion.
fn last(votes: &[Vote]) -> Vec<&Vote> {
    let mut seen: BTreeSet<(Criterion, &str, BTreeSet<&str>)> = BTreeSet::new();
    let mut kept: Vec<&Vote> = votes
        .iter()
        .rev()
        .filter(|vote| {
            vote.voter()
                .is_none_or(|voter| seen.insert((vote.criterion(), voter, vote.items().collect())))
        })
        .collect();
    kept.reverse();
    kept
}

/// The fix that each answer is part of, by their ids, and the one that each fix was merged into by a person.
fn fix_of<'a>(
    answers: &'a Answers,
    voice: &'a [Voice],
    corrections: &'a [ThemeCorrection],
) -> BTreeMap<&'a str, &'a str> {
    let levers = &answers.levers;
    let said = levers.said.iter().zip(&levers.rows);
    let of_answers = said.filter_map(|(said, row)| {
        let theme = &levers.themes[said.theme?];
        Some((voice[*row].id.as_str(), theme.id.as_str()))
    });
    let fixes: BTreeSet<&str> = levers
        .themes
        .iter()
        .map(|theme| theme.id.as_str())
        .collect();
    let into: BTreeMap<&str, &str> = corrections
        .iter()
        .filter_map(|one| Some((one.id.as_str(), one.merge_into.as_deref()?)))
        .collect();
    let merged = into
        .keys()
        .filter(|id| !fixes.contains(*id))
        .filter_map(|id| {
            // A merge into a merged one ends somewhere, or goes in circles.
            let way = std::iter::successors(Some(*id), |at| into.get(at).copied());
            let end = way.take(into.len() + 1).find(|at| fixes.contains(at))?;
            Some((*id, end))
        });
    merged.chain(of_answers).collect()
}

/// Says which votes weren't counted: a file of another export would else be read in silence. Numbers of fewer than
/// `minimum` people are none to tell.
pub(super) fn uncounted(
    answers: &Answers,
    voice: &[Voice],
    corrections: &[ThemeCorrection],
    votes: &[Vote],
    minimum: u64,
) -> Vec<Note> {
    let themes = answers.levers.themes.iter();
    let fixes: BTreeSet<&str> = themes.map(|theme| theme.id.as_str()).collect();
    let in_a_fix = fix_of(answers, voice, corrections);
    let answered: BTreeSet<&str> = voice.iter().map(|voice| voice.id.as_str()).collect();
    let known =
        |item: &str| fixes.contains(item) || answered.contains(item) || in_a_fix.contains_key(item);
    let why = |vote: &Vote| {
        let fix = |item| in_a_fix.get(item).or(fixes.get(item)).copied();
        let of: Vec<Option<&str>> = vote.items().map(fix).collect();
        if !vote.items().all(known) {
            Some("name an id that is neither an answer\u{2019}s nor a fix\u{2019}s")
        } else if of.iter().any(Option::is_none) {
            Some("are on answers that belong to no fix")
        } else if of.len() == 2 && of[0] == of[1] {
            Some("are between answers that belong to the same fix")
        } else {
            None
        }
    };
    let kept = last(votes);
    let mut found: BTreeMap<Option<&str>, (usize, BTreeSet<Option<&str>>)> = BTreeMap::new();
    for vote in &kept {
        let (count, voters) = found.entry(why(vote)).or_default();
        *count += 1;
        voters.insert(vote.voter());
    }
    let all = kept.len();
    let few = |voters: &BTreeSet<Option<&str>>| (voters.len() as u64) < minimum;
    let told = |count: usize, voters: &BTreeSet<Option<&str>>| {
        let others: BTreeSet<Option<&str>> = kept
            .iter()
            .filter(|vote| !voters.contains(&vote.voter()))
            .map(|vote| vote.voter())
            .collect();
        if few(voters) {
            "some votes".to_owned()
        } else if count < all && few(&others) && all - count < minimum as usize {
            "nearly all votes".to_owned()
        } else {
            format!("{count} of {all} votes")
        }
    };
    found
        .iter()
        .filter_map(|(why, (count, voters))| {
            let why = (*why)?;
            Some(Note {
                kind: NoteKind::Data,
                text: format!("Not counted: {}, which {why}.", told(*count, voters)),
            })
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

    fn pair(winner: &str, loser: &str, voter: &str) -> Vote {
        Vote::Pair {
            winner: winner.to_owned(),
            loser: loser.to_owned(),
            criterion: Criterion::Ease,
            voter: (!voter.is_empty()).then(|| voter.to_owned()),
        }
    }

    #[test]
    fn a_vote_on_an_answer_is_one_on_its_fix() {
        let voice: Vec<Voice> = ["1", "2", "3", "4"].map(voice).to_vec();
        let answers = answers(&voice);
        let votes = [pair("1", "3", "a"), pair("f-b", "2", "a")];
        let counted = votes_on_fixes(&answers, &voice, &[], &votes);
        assert_eq!(counted, [pair("f-a", "f-b", "a"), pair("f-b", "f-a", "a")]);
        assert_eq!(uncounted(&answers, &voice, &[], &votes, 1), []);
    }

    #[test]
    fn a_vote_on_a_merged_fix_is_one_on_what_it_is_part_of() {
        let voice: Vec<Voice> = ["1", "2", "3", "4"].map(voice).to_vec();
        let answers = answers(&voice);
        let into = |id: &str, into: &str| ThemeCorrection {
            id: id.to_owned(),
            title: None,
            merge_into: Some(into.to_owned()),
            hide: false,
            ease: None,
            owner: None,
        };
        let corrections = [
            into("f-old", "f-older"),
            into("f-older", "f-a"),
            into("f-x", "f-y"),
            into("f-y", "f-x"),
        ];
        let counted = |vote: Vote| votes_on_fixes(&answers, &voice, &corrections, &[vote]);
        assert_eq!(
            counted(pair("f-old", "f-b", "a")),
            [pair("f-a", "f-b", "a")]
        );
        assert_eq!(counted(pair("f-x", "f-b", "a")), [pair("f-x", "f-b", "a")]);
        assert_eq!(counted(pair("f-old", "1", "a")), []);
    }

    #[test]
    fn the_last_vote_on_the_same_ideas_counts() {
        let voice: Vec<Voice> = ["1", "2", "3", "4"].map(voice).to_vec();
        let answers = answers(&voice);
        let count = |votes: &[Vote]| votes_on_fixes(&answers, &voice, &[], votes);
        // Another idea of the fix is another vote; the same ones again aren't, whichever is named first.
        let again = [
            pair("1", "3", "a"),
            pair("2", "3", "a"),
            pair("3", "1", "a"),
        ];
        assert_eq!(
            count(&again),
            [pair("f-a", "f-b", "a"), pair("f-b", "f-a", "a")]
        );
        // Whom nobody knows may be several.
        assert_eq!(count(&[pair("1", "3", ""), pair("1", "3", "")]).len(), 2);
        assert_eq!(count(&[pair("1", "3", "a"), pair("1", "3", "b")]).len(), 2);
    }

    #[test]
    fn what_is_not_counted_is_said() {
        let voice: Vec<Voice> = ["1", "2", "3", "4"].map(voice).to_vec();
        let votes = [
            pair("1", "gone", "a"),
            pair("gone", "4", "b"),
            pair("4", "1", "a"),
            pair("1", "2", "b"),
            pair("1", "3", "a"),
            pair("3", "f-a", "b"),
        ];
        let told = |votes: &[Vote], minimum| -> Vec<String> {
            let notes = uncounted(&answers(&voice), &voice, &[], votes, minimum);
            notes.into_iter().map(|note| note.text).collect()
        };
        let one = told(&votes, 1);
        assert_eq!(one.len(), 3);
        assert_eq!(
            one[0],
            "Not counted: 1 of 6 votes, which are between answers that belong to the same fix."
        );
        assert_eq!(
            one[1],
            "Not counted: 1 of 6 votes, which are on answers that belong to no fix."
        );
        assert!(one[2].starts_with("Not counted: 2 of 6 votes, which name an id that is neither"));
        // Two people have voted on ids that are nowhere, and one each on the others.
        let two = told(&votes, 2);
        assert!(two[0].starts_with("Not counted: some votes"), "{two:?}");
        assert!(two[2].starts_with("Not counted: 2 of 6 votes"));
        let strange: Vec<Vote> = (0..9)
            .map(|voter| pair("gone", "1", &voter.to_string()))
            .collect();
        let nearly: Vec<Vote> = strange.into_iter().chain([pair("1", "3", "x")]).collect();
        assert!(told(&nearly, 5)[0].starts_with("Not counted: nearly all votes"));
    }
}
