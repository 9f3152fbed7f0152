//! A round whose answers are in: everybody who was asked has sent an idea, and it was closed.

use crate::bed::{Bed, open_round};
use throughline_disclosure::Moderator;
use throughline_domain::Words;
use throughline_domain::listen::{AccountRole, Answer, IdeaState, VotesBy};
use throughline_ledger::ballot_box::{Kind, Outcome, Payload, Submission, submit};
use throughline_ledger::ideas::{self, Decision};
use throughline_ledger::{rounds, votes, ways_in};
use uuid::Uuid;

pub struct Round {
    pub id: Uuid,
    /// Everybody's personal link, in the order of the words.
    pub tokens: Vec<String>,
}

/// So many must have answered before anybody's words are read.
const READ: usize = 10;

/// Closes a round of so many people in which the first ones said this, whether they may be quoted;
/// where they are few, some more answered without words.
pub async fn closed(bed: &Bed, people: usize, said: &[(&str, bool)]) -> Round {
    let ledger = &bed.app.ledger;
    let today = bed.app.clock.today();
    let id = open_round(ledger, people).await;
    let members = rounds::members(ledger, id).await.expect("members");
    let mut tokens = Vec::new();
    for (place, member) in members.iter().enumerate() {
        let of = ways_in::of_person(ledger, member.person, Kind::Answer, today).await;
        let (_, token) = of.expect("it answers").pop().expect("a link");
        if place < said.len().max(READ) {
            let idea = said.get(place);
            let way = ways_in::resolve(ledger, &token, Kind::Answer, today).await;
            let way = way.expect("it answers").expect("the link leads somewhere");
            let submission = Submission {
                round: id,
                cell: way.cell,
                mark: way.mark,
                id: Uuid::new_v4(),
                receipt: None,
                payload: Payload::Answer(Answer {
                    idea: idea.map(|(words, _)| Words::new(*words)),
                    may_quote: idea.is_some_and(|(_, may_quote)| *may_quote),
                    commitment: Some(4),
                    ..Answer::default()
                }),
            };
            let outcome = submit(ledger, submission, today)
                .await
                .expect("it is stored");
            assert_eq!(outcome, Outcome::Stored);
        }
        tokens.push(token);
    }
    rounds::close(ledger, id, today, "hr@example.org".to_owned())
        .await
        .expect("it closes");
    Round { id, tokens }
}

/// Shows every waiting idea that may be quoted in its own words.
pub async fn show_all(bed: &Bed, round: Uuid) {
    let moderator = Moderator::of(AccountRole::Owner).expect("an owner moderates");
    let ledger = &bed.app.ledger;
    let queue = ideas::waiting(ledger, round, 1_000, None)
        .await
        .expect("a queue");
    for idea in queue.ideas.iter().filter(|idea| idea.may_quote) {
        let show = Decision::Show(idea.words.for_analysis().to_owned());
        let place = (round, idea.id);
        ideas::decide(ledger, "test", moderator, place, IdeaState::Waiting, show)
            .await
            .expect("it is shown");
    }
}

/// Takes votes from today on.
pub async fn vote(bed: &Bed, round: Uuid, by: VotesBy) {
    let today = bed.app.clock.today();
    let days = (today, today + chrono::Days::new(5));
    votes::set(&bed.app.ledger, "test", round, days, by, today)
        .await
        .expect("votes can be taken");
}
