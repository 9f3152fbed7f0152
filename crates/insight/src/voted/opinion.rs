//! What votes on helping customers say by themselves, as evidence for matches.

use super::{Voted, Votes, voted};
use throughline_domain::Figure;
use throughline_domain::brief::{Impact, VotedBy};
use throughline_domain::estimate::Reason;
use throughline_domain::facts::Criterion;

/// Share of what is known of a fix that must come from votes on it.
const HARDLY: f64 = 0.25;

/// What employees expect of fixes.
#[derive(Clone, Debug)]
pub struct Expected {
    /// What is shown.
    pub impacts: Vec<Impact>,
    /// What the matches go by: of the way in which more fixes were voted on, since the two aren't on one scale.
    pub opinions: Vec<Option<Opinion>>,
}

/// How far employees expect each fix to help customers.
pub fn expected(votes: &Votes<'_>) -> Expected {
    let voted = voted(votes, Criterion::Impact);
    let by = |voted: &Option<Voted>, by: VotedBy| {
        let voted = voted.as_ref().filter(|voted| voted.by == by)?;
        voted.opinion
    };
    let of = |way: VotedBy| -> Vec<Option<Opinion>> {
        voted.iter().map(|voted| by(voted, way)).collect()
    };
    let told = |opinions: &Vec<Option<Opinion>>| opinions.iter().flatten().count();
    let (pairs, alone) = (of(VotedBy::Pairs), of(VotedBy::YesNo));
    let opinions = if told(&alone) > told(&pairs) {
        alone
    } else {
        pairs
    };
    let shown = |voted: Option<Voted>| match voted {
        Some(voted) => Impact {
            figure: voted.figure,
            by: voted.by,
        },
        None => Impact {
            figure: Figure::Unknown(Reason::NotAsked),
            by: VotedBy::NotAsked,
        },
    };
    Expected {
        impacts: voted.into_iter().map(shown).collect(),
        opinions,
    }
}

/// What the votes on a fix say by themselves, nothing drawn to the mean: log-odds on a scale of their own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opinion {
    /// That it is preferred, or said yes to.
    pub log_odds: f64,
    /// The square of its standard error.
    pub variance: f64,
}

impl Opinion {
    /// Of a shrunken estimate and its error, the prior's part taken out; `None` if hardly more than the prior is in it.
    pub(super) fn without_prior(log_odds: f64, se: f64, prior_sd: f64) -> Option<Self> {
        let (own, prior) = (1.0 / (se * se), 1.0 / (prior_sd * prior_sd));
        let votes = own - prior;
        (votes.is_finite() && votes > HARDLY * own).then(|| Self {
            log_odds: log_odds * own / votes,
            variance: 1.0 / votes,
        })
    }

    /// Of shares of yes and no, each half a person up (Haldane 1956, Anscombe 1956).
    pub(super) fn of_share(yes: f64, voters: f64) -> Self {
        let (yes, no) = (yes + 0.5, voters - yes + 0.5);
        Self {
            log_odds: (yes / no).ln(),
            variance: 1.0 / yes + 1.0 / no,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_domain::facts::Vote as Given;

    fn cast(winner: Option<&str>, item: &str, yes: bool, voter: usize) -> Given {
        let (criterion, voter) = (Criterion::Impact, Some(voter.to_string()));
        match winner {
            Some(winner) => Given::Pair {
                winner: winner.into(),
                loser: item.into(),
                criterion,
                voter,
            },
            None => Given::Single {
                item: item.into(),
                vote: Some(yes),
                criterion,
                voter,
            },
        }
    }

    #[test]
    fn an_opinion_is_the_votes_own_part() {
        // Precisions 11.1 of all and 4 of the prior leave 7.1 of votes.
        let opinion = Opinion::without_prior(0.4, 0.3, 0.5).expect("votes tell");
        assert!((opinion.log_odds - 0.4 * (100.0 / 9.0) / (64.0 / 9.0)).abs() < 1e-12);
        assert!((opinion.variance - 9.0 / 64.0).abs() < 1e-12);
        assert_eq!(Opinion::without_prior(0.4, 0.5, 0.5), None);
        assert_eq!(Opinion::without_prior(0.4, 0.49, 0.5), None);
        assert_eq!(Opinion::without_prior(0.0, 0.0, 0.0), None);
        // log(8.5 / 2.5), 1 / 8.5 + 1 / 2.5.
        let opinion = Opinion::of_share(8.0, 10.0);
        assert!((opinion.log_odds - 1.223_775).abs() < 1e-6);
        assert!((opinion.variance - 0.517_647).abs() < 1e-6);
    }

    #[test]
    fn opinions_are_of_the_way_in_which_more_fixes_were_voted_on() {
        let ids: Vec<String> = ["f-a", "f-b", "f-c"].map(str::to_owned).to_vec();
        let told = |votes: &[Given]| {
            let votes = Votes {
                ids: &ids,
                cast: votes,
                minimum: 5,
                seed: 1,
            };
            let opinions = expected(&votes).opinions.into_iter();
            let signs = opinions.map(|one| one.map(|opinion| opinion.log_odds > 0.0));
            signs.collect::<Vec<_>>()
        };
        let mut votes: Vec<Given> = Vec::new();
        votes.extend((0..40).map(|voter| cast(Some("f-a"), "f-b", true, voter)));
        assert_eq!(told(&votes), [Some(true), Some(false), None]);
        // Yes and no are on a scale of their own, where nothing is compared.
        votes.extend((0..9).map(|voter| cast(None, "f-c", voter < 2, voter)));
        assert_eq!(told(&votes), [Some(true), Some(false), None]);
        votes.retain(|vote| matches!(vote, Given::Single { .. }));
        assert_eq!(told(&votes), [None, None, Some(false)]);
        assert_eq!(told(&[]), [None, None, None]);
    }
}
