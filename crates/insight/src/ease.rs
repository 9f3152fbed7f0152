//! How simple fixes are: from votes or a person's file, else "not asked".

use crate::voted::{Votes, voted};
use throughline_domain::brief::{Ease, EaseFrom};
use throughline_domain::estimate::Reason;
use throughline_domain::facts::Criterion;
use throughline_domain::{Estimate, Figure};

/// Ease of each fix. A person's word goes before votes.
pub fn eases(said: &[Option<f64>], votes: &Votes<'_>) -> Vec<Ease> {
    let of = |(lever, voted): (usize, Option<crate::voted::Voted>)| {
        if let Some(ease) = said.get(lever).copied().flatten() {
            let figure = Estimate::without_interval(ease, Reason::Said, 1, "a person's judgement");
            return Ease {
                figure: Figure::Known(figure),
                from: EaseFrom::Person,
            };
        }
        match voted {
            Some(voted) => Ease {
                figure: voted.figure,
                from: EaseFrom::Votes,
            },
            None => Ease {
                figure: Figure::Unknown(Reason::NotAsked),
                from: EaseFrom::NotAsked,
            },
        }
    };
    let voted = voted(votes, Criterion::Ease);
    voted.into_iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_domain::facts::Vote;

    #[test]
    fn a_person_goes_before_votes_and_silence_is_not_asked() {
        let ids: Vec<String> = ["f-a", "f-b", "f-c"].map(str::to_owned).to_vec();
        let vote = |voter: usize| Vote::Pair {
            winner: "f-a".into(),
            loser: "f-b".into(),
            criterion: Criterion::Ease,
            voter: Some(voter.to_string()),
        };
        let cast: Vec<Vote> = (0..6).map(vote).collect();
        let votes = Votes {
            ids: &ids,
            cast: &cast,
            minimum: 5,
            seed: 1,
        };
        let eases = eases(&[Some(0.2), None, None], &votes);
        assert_eq!(eases[0].from, EaseFrom::Person);
        assert_eq!(eases[0].figure.value(), Some(0.2));
        assert_eq!(eases[1].from, EaseFrom::Votes);
        assert!(eases[1].figure.value().is_some_and(|ease| ease < 0.5));
        assert_eq!(eases[2].from, EaseFrom::NotAsked);
        assert_eq!(eases[2].figure, Figure::Unknown(Reason::NotAsked));
    }
}
