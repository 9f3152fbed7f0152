//! A ballot box as one might write it at first: each answer at once into its table, and that the way
//! in was used right after it.

use super::town::{Sender, Town, words};
use crate::round::{open_round, past, run};
use rand::seq::SliceRandom;
use sea_orm::{ConnectionTrait, DbBackend};
use std::collections::HashMap;
use throughline_ledger::Where;
use uuid::Uuid;

/// Everybody of eight cells answers.
pub async fn answered(place: &Where) -> Town {
    let round = open_round(place, &[(30, 0); 8]).await;
    let mut order = round.asked.clone();
    order.shuffle(&mut rand::rng());
    let mut town = Town {
        round,
        answered: Vec::new(),
        by_mark: HashMap::new(),
        withdrawn: Vec::new(),
        forms: Vec::new(),
        early: Default::default(),
    };
    let db = past(place).await;
    if db.get_database_backend() == DbBackend::Sqlite {
        let keep = "PRAGMA wal_autocheckpoint = 0";
        db.execute_unprepared(keep).await.expect("it is set");
    }
    for asked in order {
        let sender = Sender {
            cell: asked.cell,
            text: words(),
        };
        run(
            &db,
            "INSERT INTO answer (id, round_id, cell_id, idea, may_quote) VALUES (?, ?, ?, ?, false)",
            vec![
                Uuid::new_v4().into(),
                town.round.id.into(),
                sender.cell.into(),
                sender.text.clone().into(),
            ],
        )
        .await;
        let mark = [Uuid::new_v4(), Uuid::new_v4()]
            .map(Uuid::into_bytes)
            .concat();
        run(
            &db,
            "INSERT INTO used (round_id, kind, mark, cell_id) VALUES (?, 'answer', ?, ?)",
            vec![
                town.round.id.into(),
                mark.clone().into(),
                sender.cell.into(),
            ],
        )
        .await;
        town.by_mark.insert(mark, sender.clone());
        town.answered.push(sender);
    }
    // The last connection would empty the journal.
    std::mem::forget(db);
    town
}
