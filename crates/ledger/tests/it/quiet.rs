//! What stays hidden from whoever holds all links, prints more slips or has the database in hand.

use crate::ballot_box::{all_answer, count, is_used, says, send};
use crate::bed::on_each;
use crate::round::{open_round, past, run};
use throughline_ledger::Where;
use throughline_ledger::ballot_box::{Outcome, move_ready, write_marks};
use uuid::Uuid;

#[test]
fn slips_that_were_printed_again_make_no_group_larger() {
    on_each(async |bed| {
        // Ten people and two slips that may be lost; eight stay fewer than ten.
        let round = open_round(&bed.place, &[(0, 30), (0, 30)]).await;
        for (cell, (invited, most)) in round.cells.iter().zip([(10_i32, 12), (8, 9)]) {
            let smaller = "UPDATE cell SET invited = ? WHERE id = ?";
            let values = vec![invited.into(), (*cell).into()];
            run(&past(&bed.place).await, smaller, values).await;
            let of_it = round.asked.iter().filter(|one| one.cell == *cell);
            let sent = of_it.map(|one| {
                send(
                    &bed.ledger,
                    &one.token,
                    Uuid::new_v4(),
                    says("an idea"),
                    None,
                )
            });
            let told = futures::future::join_all(sent).await;
            let stored = told.iter().filter(|one| **one == Outcome::Stored).count();
            assert_eq!(stored, most, "{invited}");
            let used = Outcome::AlreadyUsed;
            assert!(told.iter().all(|one| [Outcome::Stored, used].contains(one)));
        }
        assert_eq!(count(&bed, "inbox", "true").await, 12 + 9);
    });
}

#[test]
fn postgresql_keeps_no_sample_of_what_was_sent() {
    on_each(async |bed| {
        if !matches!(bed.place, Where::Postgres(_)) {
            return;
        }
        let round = open_round(&bed.place, &[(40, 40)]).await;
        all_answer(&bed, &round.asked).await;
        write_marks(&bed.ledger).await.expect("marks are written");
        move_ready(&bed.ledger).await.expect("answers move");
        run(&past(&bed.place).await, "ANALYZE", vec![]).await;
        let sampled = "(tablename, attname) IN (('inbox', 'id'), ('inbox', 'payload'), \
             ('inbox', 'receipt'), ('slip', 'hash'), ('used', 'mark'), ('answer', 'id'), \
             ('answer', 'idea'), ('answer', 'block'), ('answer', 'receipt'), ('idea', 'id'), \
             ('idea', 'answer_id'), ('idea', 'shown'), ('round', 'secret'))";
        assert_eq!(count(&bed, "pg_stats", sampled).await, 0);
        let others = "tablename = 'person' AND attname = 'external_id'";
        assert_eq!(count(&bed, "pg_stats", others).await, 1, "ANALYZE sampled");
    });
}

#[test]
fn a_link_asks_the_database_the_same_whether_it_was_used_or_not() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(20, 0)]).await;
        all_answer(&bed, &round.asked[..1]).await;
        for asked in &round.asked[..2] {
            is_used(&bed.ledger, &asked.token).await;
        }
        // Without the table neither needs, both are still known: neither asked for it.
        let db = past(&bed.place).await;
        run(&db, "ALTER TABLE slip RENAME TO away", vec![]).await;
        assert_eq!(
            is_used(&bed.ledger, &round.asked[0].token).await,
            Some(true)
        );
        assert_eq!(
            is_used(&bed.ledger, &round.asked[1].token).await,
            Some(false)
        );
    });
}
