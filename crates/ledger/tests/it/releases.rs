//! What a brief is made of, and what keeps it from being released.

use crate::bed::on_each;
use crate::plant::Plant;
use chrono::Utc;
use throughline_domain::facts::{Criterion, Vote};
use throughline_ledger::releases::{self, Material, RESPONDENTS_NEEDED, material, record};
use uuid::Uuid;

const WHO: &str = "hr@example.org";

async fn made(ledger: &throughline_ledger::Ledger, plant: &Plant) -> Material {
    material(ledger, Some(&plant.round.to_string()))
        .await
        .expect("there is enough")
}

#[test]
fn what_is_taken_back_while_a_brief_is_written_is_not_released() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let mut last = Uuid::nil();
        for n in 0..=RESPONDENTS_NEEDED {
            last = plant.idea(&format!("idea {n}"), true).await.0;
        }
        plant.close().await;
        let written = made(&bed.ledger, &plant).await;
        plant.withdraw(last).await;
        let recorded = record(&bed.ledger, &written, WHO, vec![1; 32], Utc::now()).await;
        let said = recorded.expect_err("somebody took hers back").to_string();
        assert!(said.contains("back") && said.contains("hint:"), "{said}");
        let release = releases::of_round(&bed.ledger, plant.round).await;
        assert_eq!(release.expect("it can be read"), None);
        let written = made(&bed.ledger, &plant).await;
        record(&bed.ledger, &written, WHO, vec![1; 32], Utc::now())
            .await
            .expect("it is released");
    });
}

#[test]
fn blocks_are_not_quoted_since_nobody_read_them() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        for n in 0..RESPONDENTS_NEEDED {
            plant.idea(&format!("idea {n}"), true).await;
        }
        plant.say_blocks("the printer").await;
        plant.close().await;
        let written = made(&bed.ledger, &plant).await;
        let blocks: Vec<bool> = written
            .said
            .iter()
            .filter_map(|said| Some(said.block.as_ref()?.may_quote))
            .collect();
        assert_eq!(blocks, vec![false; 30]);
    });
}

#[test]
fn votes_count_by_question_and_by_those_who_decided() {
    on_each(async |bed| {
        let plant = Plant::new(&bed).await;
        let mut ideas = Vec::new();
        for n in 0..RESPONDENTS_NEEDED {
            ideas.push(plant.idea(&format!("idea {n}"), true).await.1);
        }
        plant.show_all().await;
        let (one, other) = (ideas[0], ideas[1]);
        // Five decide on impact; on ease four do, and six can't.
        for n in 0..10 {
            let ballot = Uuid::new_v4();
            if n < 5 {
                plant.vote(ballot, one, other, "impact", "over").await;
            }
            let choice = if n < 4 { "over" } else { "cant_decide" };
            plant.vote(ballot, one, other, "ease", choice).await;
        }
        plant.close().await;
        let written = made(&bed.ledger, &plant).await;
        assert_eq!(written.votes.len(), 5, "{:?}", written.votes);
        let impact = |vote: &Vote| {
            let (Vote::Pair { criterion, .. } | Vote::Single { criterion, .. }) = vote;
            *criterion == Criterion::Impact
        };
        assert!(written.votes.iter().all(impact));
    });
}
