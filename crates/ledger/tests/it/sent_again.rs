//! Forms that are sent again after the program ended: kept once, whatever was forgotten with it.

use crate::ballot_box::{count, says, send, today, total};
use crate::bed::on_each;
use crate::round::open_round;
use throughline_ledger::ballot_box::{Kind, Outcome, Submission, move_ready, submit};
use throughline_ledger::{Ledger, ways_in};
use uuid::Uuid;

#[test]
fn a_form_sent_again_after_a_crash_uses_its_way_in_for_the_others_of_its_group() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(20, 20)]).await;
        let mut forms = Vec::new();
        for one in &round.asked {
            let way = ways_in::resolve(&bed.ledger, &one.token, Kind::Answer, today()).await;
            let way = way.expect("it answers").expect("it leads somewhere");
            forms.push(Submission {
                round: way.round,
                cell: way.cell,
                mark: way.mark,
                id: Uuid::new_v4(),
                receipt: None,
                payload: says("an idea"),
            });
        }
        let all = forms.iter().cloned();
        let first = all.map(|form| submit(&bed.ledger, form, today()));
        for outcome in futures::future::join_all(first).await {
            assert_eq!(outcome.expect("it answers"), Outcome::Stored);
        }
        // No mark is on disk yet. The same forms come again, each with another one behind it: in this
        // order, for they are fewer than a task may send without a pause.
        let again = Ledger::open(&bed.place).await.expect("it opens again");
        let both = forms.iter().flat_map(|form| {
            let id = Uuid::new_v4();
            let other = Submission { id, ..form.clone() };
            [form.clone(), other].map(|form| submit(&again, form, today()))
        });
        let told = futures::future::join_all(both).await;
        let told: Vec<Outcome> = told
            .into_iter()
            .map(|told| told.expect("it answers"))
            .collect();
        for pair in told.chunks(2) {
            assert_eq!(pair, [Outcome::AlreadyStored, Outcome::AlreadyUsed]);
        }
        assert_eq!(count(&bed, "inbox", "true").await, forms.len() as i64);
    });
}

#[test]
fn a_form_sent_again_after_a_restart_and_a_move_is_known() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(40, 0)]).await;
        let ids: Vec<Uuid> = round.asked.iter().map(|_| Uuid::new_v4()).collect();
        for (one, id) in round.asked.iter().zip(&ids) {
            send(&bed.ledger, &one.token, *id, says("a"), None).await;
        }
        assert_eq!(move_ready(&bed.ledger).await.expect("it moves"), 30);
        let again = Ledger::open(&bed.place).await.expect("it opens again");
        for (one, id) in round.asked.iter().zip(&ids) {
            let outcome = send(&again, &one.token, *id, says("a"), None).await;
            assert_eq!(outcome, Outcome::AlreadyStored);
            let outcome = send(&again, &one.token, Uuid::new_v4(), says("b"), None).await;
            assert_eq!(outcome, Outcome::AlreadyUsed);
        }
        assert_eq!(total(&bed, &round).await, 40);
    });
}
