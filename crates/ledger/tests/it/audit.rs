//! The audit log shows what was changed.

use crate::bed::on_each;
use sea_orm::{ConnectionTrait, Database};
use throughline_ledger::Where;
use throughline_ledger::audit::{Act, Verdict, lines, note, verify};

async fn written(ledger: &throughline_ledger::Ledger) {
    for n in 1..=5 {
        let act = Act::new("owner@example.org", "round.open", format!("round {n}"));
        note(ledger, act.detail("terms: 5 and 10"))
            .await
            .expect("a line is written");
    }
}

/// Runs SQL past the ledger, as somebody with the database in hand would.
async fn tamper(place: &Where, sql: &str) {
    let address = match place {
        Where::File(path) => format!("sqlite://{}", path.display()),
        Where::Postgres(address) => address.clone(),
    };
    let connection = Database::connect(address).await.expect("it opens");
    connection.execute_unprepared(sql).await.expect("it runs");
}

#[test]
fn a_log_as_it_was_written_is_whole() {
    on_each(async |bed| {
        written(&bed.ledger).await;
        let verdict = verify(&bed.ledger).await.expect("it can be read");
        assert!(
            matches!(verdict, Verdict::Whole { lines: 5, .. }),
            "{verdict:?}"
        );
        let newest = lines(&bed.ledger, 0, 2).await.expect("it can be read");
        assert_eq!(newest[0].act.subject, "round 5");
        assert_eq!(newest.len(), 2);
    });
}

#[test]
fn a_changed_line_and_a_missing_line_show() {
    for (sql, seq) in [
        ("UPDATE audit SET subject = 'another' WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 2", 2),
        (
            "UPDATE audit SET at = '2020-01-01 00:00:00+00:00' WHERE seq = 4",
            4,
        ),
    ] {
        on_each(async |bed| {
            written(&bed.ledger).await;
            tamper(&bed.place, sql).await;
            let verdict = verify(&bed.ledger).await.expect("it can be read");
            assert!(
                matches!(verdict, Verdict::Broken { seq: found, .. } if found == seq),
                "{sql}: {verdict:?}"
            );
        });
    }
}

#[test]
fn acts_at_the_same_time_are_a_line_each_in_the_order_of_their_times() {
    on_each(async |bed| {
        let acts = (0..200).map(|n| note(&bed.ledger, Act::new("a", "b.c", n.to_string())));
        for written in futures::future::join_all(acts).await {
            written.expect("a line is written");
        }
        let verdict = verify(&bed.ledger).await.expect("it can be read");
        assert!(
            matches!(verdict, Verdict::Whole { lines: 200, .. }),
            "{verdict:?}"
        );
        let mut all = lines(&bed.ledger, 0, 200).await.expect("it can be read");
        assert!(all.is_sorted_by(|newer, older| newer.seq > older.seq && newer.at >= older.at));
        all.sort_by_key(|line| line.act.subject.parse::<u32>().expect("a number"));
        let each = all.iter().map(|line| line.act.subject.clone());
        assert!(each.eq((0..200).map(|n| n.to_string())), "each is a line");
    });
}
