//! How simple fixes are: from votes or a person's file, else "not asked".

use crate::voted::voted;
use throughline_domain::brief::{Ease, EaseFrom};
use throughline_domain::estimate::Reason;
use throughline_domain::facts::{Criterion, Vote};
use throughline_domain::{Estimate, Figure};

/// Ease of each fix, by id. A person's word goes before votes; those of fewer than `minimum` people aren't told
/// and weigh nothing. Votes of nobody known are taken for one person's.
pub fn eases(ids: &[String], said: &[Option<f64>], votes: &[Vote], minimum: u64) -> Vec<Ease> {
    let voted = voted(ids, votes, Criterion::Ease, minimum);
    let of = |(lever, voted): (usize, Option<Figure>)| {
        if let Some(ease) = said.get(lever).copied().flatten() {
            let figure = Estimate::without_interval(ease, Reason::Said, 1, "a person's judgement");
            return Ease {
                figure: Figure::Known(figure),
                from: EaseFrom::Person,
            };
        }
        let from = match voted {
            Some(_) => EaseFrom::Votes,
            None => EaseFrom::NotAsked,
        };
        Ease {
            figure: voted.unwrap_or(Figure::Unknown(Reason::NotAsked)),
            from,
        }
    };
    voted.into_iter().enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_goes_before_votes_and_silence_is_not_asked() {
        let ids: Vec<String> = ["f-a", "f-b", "f-c"].map(str::to_owned).to_vec();
        let vote = |voter: Option<usize>| Vote::Pair {
            winner: "f-a".into(),
            loser: "f-b".into(),
            criterion: Criterion::Ease,
            voter: voter.map(|voter| voter.to_string()),
        };
        let votes: Vec<Vote> = (0..6).map(|voter| vote(Some(voter))).collect();
        // One person, and nobody says who: many votes and few people.
        for votes in [vec![vote(Some(1)); 30], vec![vote(None); 30]] {
            let eases = super::eases(&ids, &[None, None, None], &votes, 5);
            let few = Figure::Unknown(Reason::TooFewPeople { needed: 5 });
            assert_eq!(eases[0].figure, few);
        }
        let eases = eases(&ids, &[Some(0.2), None, None], &votes, 5);
        assert_eq!(eases[0].from, EaseFrom::Person);
        assert_eq!(eases[0].figure.value(), Some(0.2));
        assert_eq!(eases[1].from, EaseFrom::Votes);
        assert!(eases[1].figure.value().is_some_and(|ease| ease < 0.5));
        assert_eq!(eases[2].from, EaseFrom::NotAsked);
    }
}
