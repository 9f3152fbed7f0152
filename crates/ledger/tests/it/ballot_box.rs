//! What is sent is there once, and ways in serve once.

use crate::bed::{Bed, on_each};
use crate::round::{Asked, Round, open_round, past, run};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use throughline_domain::Words;
use throughline_domain::listen::{Answer, Ballot, Choice, Criterion};
use throughline_ledger::alone::alone;
use throughline_ledger::ballot_box::{
    Kind, LEAST, Outcome, Payload, Submission, end_votes, move_ready, seal, settle, submit,
    write_marks,
};
use throughline_ledger::{Ledger, Where, answers, receipts, ways_in};
use uuid::Uuid;

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day")
}

pub fn says(idea: &str) -> Payload {
    Payload::Answer(Answer {
        idea: Some(Words::new(idea)),
        commitment: Some(4),
        ..Answer::default()
    })
}

/// Sends through a way in, under an id.
pub async fn send(
    ledger: &Ledger,
    token: &str,
    id: Uuid,
    payload: Payload,
    receipt: Option<&str>,
) -> Outcome {
    let way = ways_in::resolve(ledger, token, payload.kind(), today())
        .await
        .expect("it can be looked up")
        .expect("the way in leads somewhere");
    let submission = Submission {
        round: way.round,
        cell: way.cell,
        mark: way.mark,
        id,
        receipt: receipt.map(receipts::hash),
        payload,
    };
    submit(ledger, submission, today())
        .await
        .expect("it can be sent")
}

pub async fn all_answer(bed: &Bed, asked: &[Asked]) {
    let sent = asked.iter().enumerate().map(|(n, one)| async move {
        let payload = says(&format!("idea {n}"));
        send(&bed.ledger, &one.token, Uuid::new_v4(), payload, None).await
    });
    for outcome in futures::future::join_all(sent).await {
        assert_eq!(outcome, Outcome::Stored);
    }
}

pub async fn total(bed: &Bed, round: &Round) -> u64 {
    let counts = answers::counts(&bed.ledger, round.id).await;
    counts.expect("they can be counted").values().sum()
}

pub async fn is_used(ledger: &Ledger, token: &str) -> Option<bool> {
    ways_in::resolve(ledger, token, Kind::Answer, today())
        .await
        .expect("it can be looked up")
        .map(|way| way.used)
}

async fn close(bed: &Bed, round: &Round) {
    seal(&bed.ledger, round.id, today(), "owner@example.org".into())
        .await
        .expect("it closes");
}

#[test]
fn the_same_form_is_kept_once_and_a_way_in_serves_once() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(12, 3)]).await;
        for one in [&round.asked[0], &round.asked[14]] {
            let id = Uuid::new_v4();
            let send = |id| send(&bed.ledger, &one.token, id, says("shorter forms"), None);
            let twice = futures::future::join_all([send(id), send(id)]).await;
            assert!(twice.contains(&Outcome::Stored) && twice.contains(&Outcome::AlreadyStored));
            assert_eq!(send(id).await, Outcome::AlreadyStored);
            assert_eq!(send(Uuid::new_v4()).await, Outcome::AlreadyUsed);
            assert_eq!(is_used(&bed.ledger, &one.token).await, Some(true));
        }
        assert_eq!(total(&bed, &round).await, 2);
        assert_eq!(is_used(&bed.ledger, "NO-SUCH-CODE").await, None);
    });
}

#[test]
fn many_at_once_are_all_there_and_two_tabs_at_once_are_one() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(60, 0), (40, 0)]).await;
        let sent = round.asked.iter().map(|one| async {
            let tab = || {
                send(
                    &bed.ledger,
                    &one.token,
                    Uuid::new_v4(),
                    says("two tabs"),
                    None,
                )
            };
            let mut both = futures::future::join_all([tab(), tab()]).await;
            both.sort_by_key(|outcome| *outcome == Outcome::AlreadyUsed);
            both
        });
        for both in futures::future::join_all(sent).await {
            assert_eq!(both, [Outcome::Stored, Outcome::AlreadyUsed]);
        }
        assert_eq!(total(&bed, &round).await, 100);
    });
}

#[test]
fn marks_are_written_for_ten_and_for_ten_that_remain() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(40, 0), (12, 0)]).await;
        let (large, small) = round.asked.split_at(40);
        let written = async || write_marks(&bed.ledger).await.expect("they are written");
        all_answer(&bed, &large[..9]).await;
        assert_eq!(written().await, 0);
        all_answer(&bed, &large[9..11]).await;
        assert_eq!(written().await, 11);
        all_answer(&bed, &large[11..35]).await;
        // Five of forty would remain.
        assert_eq!(written().await, 0);
        all_answer(&bed, &large[35..]).await;
        assert_eq!(written().await, 29);
        all_answer(&bed, &small[..11]).await;
        assert_eq!(written().await, 0);

        let again = Ledger::open(&bed.place).await.expect("it opens again");
        assert_eq!(is_used(&again, &large[0].token).await, Some(true));
        assert_eq!(is_used(&again, &large[39].token).await, Some(true));
        // Forgotten: this much is the price.
        assert_eq!(is_used(&again, &small[0].token).await, Some(false));
    });
}

#[test]
fn answers_leave_the_inbox_ten_at_least_and_ten_stay() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(30, 0), (30, 0)]).await;
        let moved = async || move_ready(&bed.ledger).await.expect("it moves");
        all_answer(&bed, &round.asked[..2 * LEAST - 1]).await;
        assert_eq!(moved().await, 0);
        all_answer(&bed, &round.asked[2 * LEAST - 1..25]).await;
        all_answer(&bed, &round.asked[30..40]).await;
        assert_eq!(moved().await, 15);
        assert_eq!(settle(&bed.ledger).await.expect("it settles"), 2);
        assert_eq!(settle(&bed.ledger).await.expect("it settles"), 0);
        assert_eq!(total(&bed, &round).await, 35);
    });
}

#[test]
fn a_closed_round_has_all_answers_and_no_way_in() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(30, 2), (10, 0)]).await;
        all_answer(&bed, &round.asked[..26]).await;
        all_answer(&bed, &round.asked[30..35]).await;
        move_ready(&bed.ledger).await.expect("it moves");
        write_marks(&bed.ledger).await.expect("they are written");
        let way = ways_in::resolve(&bed.ledger, &round.asked[40].token, Kind::Answer, today());
        let way = way.await.expect("it can be looked up").expect("a way in");
        close(&bed, &round).await;
        let given = answers::of_round(&bed.ledger, round.id).await;
        let given = given.expect("they can be read");
        assert_eq!(given.len(), 31);
        let ideas = given.iter().filter(|one| one.answer.idea.is_some()).count();
        assert_eq!(ideas, 31);
        for one in &round.asked {
            assert_eq!(is_used(&bed.ledger, &one.token).await, None);
        }
        let late = Submission {
            round: way.round,
            cell: way.cell,
            mark: way.mark,
            id: Uuid::new_v4(),
            receipt: None,
            payload: says("too late"),
        };
        let outcome = submit(&bed.ledger, late, today()).await;
        assert_eq!(outcome.expect("it is answered"), Outcome::NotOpen);
    });
}

#[test]
fn a_changed_answer_whose_form_comes_through_another_way_in_is_one() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(60, 0)]).await;
        let id = Uuid::new_v4();
        let code = receipts::code(&bed.ledger, round.id, id).await;
        let code = code.expect("it can be made").expect("an open round");
        let first = &round.asked[0].token;
        let sent = send(&bed.ledger, first, id, says("mine"), Some(&code)).await;
        assert_eq!(sent, Outcome::Stored);
        all_answer(&bed, &round.asked[1..40]).await;
        // Until it has moved and was changed, and has moved again.
        let (mut moved, mut changed) = (false, false);
        for _ in 0..200 {
            move_ready(&bed.ledger).await.expect("it moves");
            let row = |table| count(&bed, table, "receipt IS NOT NULL");
            moved = row("answer").await == 1;
            if moved && changed {
                break;
            }
            if moved {
                let better = Words::new("better");
                let change = receipts::change(&bed.ledger, &code, better).await;
                assert!(change.expect("it changes"));
                changed = true;
            }
            refill(&bed, &round).await;
        }
        assert!(moved && changed);
        let other = &round.asked[50].token;
        let sent = send(&bed.ledger, other, id, says("twice"), Some(&code)).await;
        assert_eq!(sent, Outcome::AlreadyStored);
        close(&bed, &round).await;
        let given = answers::of_round(&bed.ledger, round.id).await;
        let given = given.expect("they can be read");
        let words = |words: &str| {
            let says = |one: &&answers::Given| {
                let idea = one.answer.idea.as_ref();
                idea.is_some_and(|idea| idea.for_analysis() == words)
            };
            given.iter().filter(says).count()
        };
        assert_eq!((words("better"), words("mine"), words("twice")), (1, 0, 0));
    });
}

/// Rows of a table.
pub async fn count(bed: &Bed, table: &str, which: &str) -> i64 {
    let db = past(&bed.place).await;
    let sql = format!("SELECT count(*) FROM {table} WHERE {which}");
    let row = db
        .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .expect("it can be read");
    let count = row.expect("a row").try_get_by_index(0);
    count.expect("a number")
}

/// Puts answers into the first cell's inbox, so that what waits there moves.
async fn refill(bed: &Bed, round: &Round) {
    let db = past(&bed.place).await;
    let payload = serde_json::json!({"idea": "filler", "block": null, "commitment": null,
        "enps": null, "may_quote": false});
    for _ in 0..LEAST {
        run(
            &db,
            "INSERT INTO inbox (id, round_id, kind, cell_id, receipt, payload) \
             VALUES (?, ?, 'answer', ?, NULL, ?)",
            vec![
                Uuid::new_v4().into(),
                round.id.into(),
                round.cells[0].into(),
                payload.clone().into(),
            ],
        )
        .await;
    }
}

#[test]
fn marks_that_the_disk_has_already_keep_no_others_from_it() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(40, 0), (40, 0)]).await;
        all_answer(&bed, &round.asked[..12]).await;
        all_answer(&bed, &round.asked[40..52]).await;
        // The database kept it, and its answer was lost on the way.
        let way = ways_in::resolve(&bed.ledger, &round.asked[3].token, Kind::Answer, today());
        let way = way.await.expect("it can be looked up").expect("a way in");
        let db = past(&bed.place).await;
        run(
            &db,
            "INSERT INTO used (round_id, kind, mark, cell_id) VALUES (?, 'answer', ?, ?)",
            vec![
                round.id.into(),
                way.mark.bytes().to_vec().into(),
                way.cell.into(),
            ],
        )
        .await;
        let written = async || write_marks(&bed.ledger).await.expect("they are written");
        assert_eq!(written().await, 11 + 12);
        assert_eq!(written().await, 0);
        assert_eq!(count(&bed, "used", "true").await, 24);
    });
}

#[test]
fn marks_of_a_round_that_closed_meanwhile_are_not_written() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(40, 0)]).await;
        all_answer(&bed, &round.asked[..12]).await;
        // Closed by another program, so that they wait in memory still.
        let other = Ledger::open(&bed.place).await.expect("it opens again");
        seal(&other, round.id, today(), "owner@example.org".into())
            .await
            .expect("it closes");
        let written = async || write_marks(&bed.ledger).await.expect("they are written");
        assert_eq!(written().await, 0);
        assert_eq!(count(&bed, "used", "true").await, 0);
    });
}

#[test]
fn a_long_reader_keeps_nobody_waiting() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(60, 0)]).await;
        all_answer(&bed, &round.asked[..5]).await;
        let reader = past(&bed.place).await;
        let reading = reader.begin().await.expect("it begins");
        for table in ["inbox", "answer", "used"] {
            let sql = format!("SELECT count(*) FROM {table}");
            let sql = Statement::from_string(reader.get_database_backend(), sql);
            reading.query_one_raw(sql).await.expect("it can be read");
        }
        let slow = std::time::Duration::from_secs(5);
        let settling = async {
            for _ in 0..3 {
                settle(&bed.ledger).await.expect("it settles");
            }
        };
        let sending = async {
            for one in &round.asked[5..25] {
                let begun = std::time::Instant::now();
                let payload = says("meanwhile");
                send(&bed.ledger, &one.token, Uuid::new_v4(), payload, None).await;
                let took = begun.elapsed();
                assert!(took < slow, "{took:?}");
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        };
        tokio::join!(settling, sending);
        // Closing isn't undone by a disk that can't be cleared yet: it is done.
        close(&bed, &round).await;
        reading.commit().await.expect("it ends");
        // What couldn't be cleared is cleared now.
        settle(&bed.ledger).await.expect("it settles");
        if let Where::File(path) = &bed.place {
            let journal = path.with_extension("db-wal");
            let length = std::fs::metadata(journal).map_or(0, |is| is.len());
            assert_eq!(length, 0);
        }
    });
}

#[test]
fn a_cells_rows_are_found_by_an_index() {
    on_each(async |bed| {
        let Where::File(_) = &bed.place else {
            return;
        };
        let db = past(&bed.place).await;
        let plan = async |table: &str, by: &str| {
            let sql = format!("EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE {by}");
            let sql = Statement::from_string(db.get_database_backend(), sql);
            let row = db.query_one_raw(sql).await.expect("it can be planned");
            let row = row.expect("a step");
            row.try_get_by_index::<String>(3).expect("a text")
        };
        for (table, by) in [
            ("inbox", "round_id = ? AND kind = ? AND cell_id = ?"),
            ("answer", "round_id = ? AND cell_id = ?"),
            ("used", "round_id = ? AND kind = ? AND cell_id = ?"),
        ] {
            let by_all = by.replace(" = ?", "=?");
            let plan = plan(table, by).await;
            assert!(plan.contains(&format!("({by_all})")), "{table}: {plan}");
        }
    });
}

#[test]
fn one_server_alone_lets_people_in() {
    on_each(async |bed| {
        let held = alone(&bed.ledger).await.expect("the first has it");
        let second = Ledger::open(&bed.place).await.expect("others may open it");
        let refused = alone(&second).await.err().expect("the second hasn't");
        let refused = refused.to_string();
        assert!(refused.contains("another server"), "{refused}");
        drop(held);
        alone(&second).await.expect("the first has ended");
    });
}

#[test]
fn votes_that_cant_be_read_are_not_dropped() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(20, 0)]).await;
        close(&bed, &round).await;
        let db = past(&bed.place).await;
        run(
            &db,
            "INSERT INTO inbox (id, round_id, kind, cell_id, receipt, payload) \
             VALUES (?, ?, 'votes', ?, NULL, ?)",
            vec![
                Uuid::new_v4().into(),
                round.id.into(),
                round.cells[0].into(),
                serde_json::json!({"choices": "of a later version"}).into(),
            ],
        )
        .await;
        let ended = end_votes(&bed.ledger, round.id, today(), "owner@example.org".into()).await;
        let said = ended.expect_err("it can't").to_string();
        assert!(said.contains("newer version"), "{said}");
        assert_eq!(count(&bed, "inbox", "true").await, 1);
    });
}

#[test]
fn the_same_ways_in_serve_once_for_votes() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(20, 0)]).await;
        all_answer(&bed, &round.asked).await;
        close(&bed, &round).await;
        let db = past(&bed.place).await;
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).expect("a day").into();
        run(
            &db,
            "UPDATE round SET votes_from = ?, votes_until = ?",
            vec![day(1), day(2)],
        )
        .await;
        let idea = || Uuid::new_v4().to_string();
        let votes = || {
            let (winner, loser) = (idea(), idea());
            let criterion = Criterion::Impact;
            let choices = vec![Choice::Over {
                winner,
                loser,
                criterion,
            }];
            Payload::Votes(Ballot { choices })
        };
        let token = &round.asked[3].token;
        let send = |id| send(&bed.ledger, token, id, votes(), None);
        assert_eq!(send(Uuid::new_v4()).await, Outcome::Stored);
        assert_eq!(send(Uuid::new_v4()).await, Outcome::AlreadyUsed);
        assert_eq!(count(&bed, "inbox", "kind = 'votes'").await, 1);
        for _ in 0..2 {
            end_votes(&bed.ledger, round.id, today(), "owner@example.org".into())
                .await
                .expect("they end");
        }
        let way = ways_in::resolve(&bed.ledger, token, Kind::Votes, today()).await;
        assert!(way.expect("it can be looked up").is_none());
    });
}
