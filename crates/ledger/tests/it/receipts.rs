//! What a receipt's code lets its holder do.

use crate::ballot_box::{says, send, today};
use crate::bed::{Bed, on_each};
use crate::round::{Round, open_round};
use throughline_domain::Words;
use throughline_domain::listen::IdeaState;
use throughline_ledger::ballot_box::{Outcome, move_ready, seal};
use throughline_ledger::{answers, receipts};
use uuid::Uuid;

/// Thirty people answer, the first with a receipt: her code.
async fn answered(bed: &Bed, round: &Round) -> String {
    let id = Uuid::new_v4();
    let code = receipts::code(&bed.ledger, round.id, id).await;
    let code = code.expect("it can be made").expect("an open round");
    let first = &round.asked[0].token;
    let outcome = send(&bed.ledger, first, id, says("mine"), Some(&code)).await;
    assert_eq!(outcome, Outcome::Stored);
    for one in &round.asked[1..] {
        send(&bed.ledger, &one.token, Uuid::new_v4(), says("other"), None).await;
    }
    code
}

async fn ideas(bed: &Bed, round: &Round) -> Vec<String> {
    let given = answers::of_round(&bed.ledger, round.id).await;
    let given = given.expect("they can be read");
    let words = |given: &answers::Given| {
        let idea = given.answer.idea.as_ref();
        idea.map_or_else(String::new, |idea| idea.for_analysis().to_owned())
    };
    given.iter().map(words).collect()
}

async fn close(bed: &Bed, round: &Round) {
    seal(&bed.ledger, round.id, today(), "hr@example.org".into())
        .await
        .expect("it closes");
}

#[test]
fn a_code_tells_what_became_of_the_idea_however_it_is_typed() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(30, 0)]).await;
        let code = answered(&bed, &round).await;
        assert_eq!(code.len(), 16);
        let typed = format!(
            " {}-{} ",
            code[..8].to_lowercase().replace('0', "o"),
            &code[8..]
        );
        for moved in [false, true] {
            if moved {
                move_ready(&bed.ledger).await.expect("it moves");
            }
            let receipt = receipts::look_up(&bed.ledger, &typed).await;
            let receipt = receipt.expect("it can be looked up").expect("a receipt");
            assert!(receipt.open);
            let idea = receipt.idea.as_ref().expect("an idea");
            assert_eq!(idea.state, IdeaState::Waiting);
        }
        let unknown = receipts::look_up(&bed.ledger, "0000 0000 0000 0000").await;
        assert!(unknown.expect("it can be looked up").is_none());
    });
}

#[test]
fn an_idea_is_changed_until_the_round_closes() {
    for moved in [false, true] {
        on_each(async |bed| {
            let round = open_round(&bed.place, &[(30, 0)]).await;
            let code = answered(&bed, &round).await;
            if moved {
                move_ready(&bed.ledger).await.expect("it moves");
            }
            let change = |to: &'static str| receipts::change(&bed.ledger, &code, Words::new(to));
            assert!(change("better").await.expect("it changes"));
            close(&bed, &round).await;
            assert!(change("too late").await.is_err());
            let said = ideas(&bed, &round).await;
            assert_eq!(said.len(), 30);
            assert_eq!(said.iter().filter(|idea| *idea == "better").count(), 1);
            assert!(!said.iter().any(|idea| idea == "mine"));
        });
    }
}

#[test]
fn a_withdrawn_answer_is_gone_before_and_after_closing() {
    for closed in [false, true] {
        on_each(async |bed| {
            let round = open_round(&bed.place, &[(30, 0)]).await;
            let code = answered(&bed, &round).await;
            if closed {
                close(&bed, &round).await;
            }
            let withdraw = || receipts::withdraw(&bed.ledger, &code);
            assert!(withdraw().await.expect("it is withdrawn"));
            assert!(!withdraw().await.expect("it is answered"));
            let again = receipts::look_up(&bed.ledger, &code).await;
            assert!(again.expect("it can be looked up").is_none());
            if !closed {
                close(&bed, &round).await;
            }
            let said = ideas(&bed, &round).await;
            assert_eq!(said.len(), 29);
            assert!(!said.iter().any(|idea| idea == "mine"));
        });
    }
}
