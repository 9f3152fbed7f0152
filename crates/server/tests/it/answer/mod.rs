//! Answering, as a browser without scripts does it.

mod logs;
mod receipt;
mod send;
mod way;

use crate::bed::{Bed, company, draft, open_round, text};
use std::collections::BTreeMap;
use throughline_ledger::ballot_box::{self, Kind};
use throughline_ledger::{answers, rounds, ways_in};
use url::form_urlencoded;
use uuid::Uuid;

/// An open round of so many people, and their links' tokens.
pub(super) struct Asked {
    pub bed: Bed,
    pub round: Uuid,
    pub tokens: Vec<String>,
}

impl Asked {
    pub async fn new(people: usize) -> Self {
        let bed = Bed::new().await;
        let round = open_round(&bed.app.ledger, people).await;
        let tokens = tokens(&bed, round).await;
        Self { bed, round, tokens }
    }

    /// The form behind a link: its hidden id.
    pub async fn id(&self, token: &str) -> String {
        let page = text(self.bed.get(&format!("/a/{token}")).await).await;
        let (_, rest) = page.split_once("name=\"id\" value=\"").expect("an id");
        rest.split('"').next().expect("an id").to_owned()
    }

    /// Sends fields through a link: the status and the page.
    pub async fn send(&self, token: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let response = self.bed.post(&format!("/a/{token}"), &form(fields)).await;
        (response.status().as_u16(), text(response).await)
    }

    /// Closes the round and reads the ideas.
    pub async fn ideas(&self) -> Vec<String> {
        let ledger = &self.bed.app.ledger;
        let today = self.bed.app.clock.today();
        ballot_box::seal(ledger, self.round, today, "hr@example.org".into())
            .await
            .expect("it closes");
        let given = answers::of_round(ledger, self.round).await;
        given
            .expect("they can be read")
            .into_iter()
            .filter_map(|given| Some(given.answer.idea?.for_analysis().to_owned()))
            .collect()
    }
}

/// Tokens of all members of a round.
pub(super) async fn tokens(bed: &Bed, round: Uuid) -> Vec<String> {
    let ledger = &bed.app.ledger;
    let today = bed.app.clock.today();
    let members = rounds::members(ledger, round).await.expect("members");
    let mut tokens = Vec::new();
    for member in members {
        let links = ways_in::of_person(ledger, member.person, Kind::Answer, today).await;
        let links: BTreeMap<Uuid, String> = links.expect("links").into_iter().collect();
        tokens.push(links[&round].clone());
    }
    tokens
}

/// Another round beside it, with other terms.
pub(super) async fn round_with(bed: &Bed, change: impl FnOnce(&mut rounds::Draft)) -> Uuid {
    company(&bed.app.ledger, 40).await;
    let mut draft = draft();
    change(&mut draft);
    let who = "hr@example.org".to_owned();
    let round = rounds::create(&bed.app.ledger, draft, who.clone()).await;
    let round = round.expect("a draft");
    rounds::open(&bed.app.ledger, round, bed.app.clock.today(), who)
        .await
        .expect("it opens");
    round
}

pub(super) fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}
