//! A company of thousands of cells: what the background task does stays a matter of seconds.

use crate::ballot_box::today;
use crate::bed::on_each;
use crate::round::{open_round, past};
use sea_orm::{ConnectionTrait, DbBackend};
use std::time::{Duration, Instant};
use throughline_ledger::Ledger;
use throughline_ledger::ballot_box::{Kind, end_votes, move_ready, seal, settle};
use uuid::Uuid;

const CELLS: usize = 1_500;
const EACH: usize = 24;
/// Without the right index this takes minutes; with it, seconds on a machine that is busy.
const MOST: Duration = Duration::from_secs(60);

fn literal(backend: DbBackend, id: Uuid) -> String {
    match backend {
        DbBackend::Postgres => format!("'{id}'"),
        _ => format!("X'{}'", id.simple()),
    }
}

#[test]
fn thousands_of_cells_are_a_matter_of_seconds() {
    on_each(async |bed| {
        let round = open_round(&bed.place, &[(10, 0)]).await;
        let db = past(&bed.place).await;
        let id = |id| literal(db.get_database_backend(), id);
        let insert = async |into: &str, rows: Vec<String>| {
            for rows in rows.chunks(500) {
                let sql = format!("INSERT INTO {into} VALUES {}", rows.join(", "));
                db.execute_unprepared(&sql).await.expect("rows");
            }
        };
        let cells: Vec<Uuid> = (0..CELLS).map(|_| Uuid::new_v4()).collect();
        let rows = cells
            .iter()
            .map(|cell| format!("({}, {}, {EACH})", id(*cell), id(round.id)));
        insert("cell (id, round_id, invited)", rows.collect()).await;
        let waiting = async |kind: Kind, payload: &str| {
            let rows = cells.iter().flat_map(|cell| {
                (0..EACH).map(|_| {
                    format!(
                        "({}, {}, '{}', {}, '{payload}')",
                        id(Uuid::new_v4()),
                        id(round.id),
                        kind.name(),
                        id(*cell)
                    )
                })
            });
            let into = "inbox (id, round_id, kind, cell_id, payload)";
            insert(into, rows.collect()).await;
        };
        let timed = async |what: &str, begun: Instant| {
            let took = begun.elapsed();
            eprintln!("{what}: {took:?}");
            assert!(took < MOST, "{what}: {took:?}");
        };
        let answer = "{\"idea\":\"shorter forms\",\"block\":null,\"commitment\":4,\"enps\":null,\
                      \"may_quote\":false}";
        waiting(Kind::Answer, answer).await;
        // After a start all cells are unsettled.
        let ledger = Ledger::open(&bed.place).await.expect("it opens again");
        let begun = Instant::now();
        assert_eq!(settle(&ledger).await.expect("it settles"), CELLS);
        timed("stirring", begun).await;
        let begun = Instant::now();
        let moved = move_ready(&ledger).await.expect("they move");
        assert_eq!(moved, CELLS * (EACH - 10));
        timed("moving", begun).await;
        let begun = Instant::now();
        seal(&ledger, round.id, today(), "hr@example.org".into())
            .await
            .expect("it closes");
        timed("closing", begun).await;
        waiting(Kind::Votes, "{\"choices\":[]}").await;
        let begun = Instant::now();
        let moved = move_ready(&ledger).await.expect("they move");
        assert_eq!(moved, CELLS * (EACH - 10));
        timed("moving votes", begun).await;
        let begun = Instant::now();
        end_votes(&ledger, round.id, today(), "hr@example.org".into())
            .await
            .expect("votes end");
        timed("ending votes", begun).await;
    });
}
