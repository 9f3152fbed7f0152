//! A round that is open, with cells, members and slips, written past the ledger's rooms.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, Value};
use throughline_ledger::{Where, ways_in};
use uuid::Uuid;

/// Somebody who is asked.
#[derive(Clone)]
pub struct Asked {
    pub cell: Uuid,
    /// What lets her in: a link's token or a slip's.
    pub token: String,
}

/// A round and who is asked.
#[derive(Clone)]
pub struct Round {
    pub id: Uuid,
    pub cells: Vec<Uuid>,
    pub asked: Vec<Asked>,
    pub secret: Vec<u8>,
}

/// A connection past the ledger, as somebody with the database in hand would have.
pub async fn past(place: &Where) -> DatabaseConnection {
    let address = match place {
        Where::File(path) => format!("sqlite://{}", path.display()),
        Where::Postgres(address) => address.clone(),
    };
    Database::connect(address).await.expect("it opens")
}

/// Runs one statement; `?` stands for a value.
pub async fn run(connection: &DatabaseConnection, sql: &str, values: Vec<Value>) {
    let backend = connection.get_database_backend();
    let mut number = 0;
    let sql: String = sql
        .chars()
        .map(|letter| match letter {
            '?' if backend == sea_orm::DbBackend::Postgres => {
                number += 1;
                format!("${number}")
            }
            other => other.to_string(),
        })
        .collect();
    connection
        .execute_raw(Statement::from_sql_and_values(backend, &sql, values))
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Opens a round with one cell for each number: so many people with links, so many with slips.
pub async fn open_round(place: &Where, cells: &[(u32, u32)]) -> Round {
    let db = past(place).await;
    let (id, unit) = (Uuid::new_v4(), Uuid::new_v4());
    let secret = ways_in::secret();
    let json = |value: serde_json::Value| Value::from(value);
    run(
        &db,
        "INSERT INTO unit (id, name, parent_id, also_called) VALUES (?, ?, NULL, ?)",
        vec![
            unit.into(),
            unit.to_string().into(),
            json(serde_json::json!([])),
        ],
    )
    .await;
    let terms = throughline_domain::listen::Terms::default();
    run(
        &db,
        "INSERT INTO round (id, name, state, languages, audience, wording, terms, channel, scheduled_by, \
         tree, secret, votes_by) VALUES (?, 'Autumn', 'open', ?, ?, ?, ?, 'the ombudsman', '', ?, ?, 'pairs')",
        vec![
            id.into(),
            json(serde_json::json!(["en"])),
            json(serde_json::json!({"units": [], "without_email": "slip"})),
            json(serde_json::json!({"questions": {}})),
            json(serde_json::to_value(terms).expect("terms are JSON")),
            json(serde_json::json!({})),
            secret.clone().into(),
        ],
    )
    .await;
    let mut round = Round {
        id,
        cells: Vec::new(),
        asked: Vec::new(),
        secret,
    };
    for (links, slips) in cells {
        let cell = Uuid::new_v4();
        round.cells.push(cell);
        let invited = i32::try_from(links + slips).expect("a small number");
        run(
            &db,
            "INSERT INTO cell (id, round_id, unit_id, role_id, invited) VALUES (?, ?, ?, NULL, ?)",
            vec![cell.into(), id.into(), unit.into(), invited.into()],
        )
        .await;
        for _ in 0..*links {
            let person = Uuid::new_v4();
            run(
                &db,
                "INSERT INTO person (id, external_id, unit_id, active) VALUES (?, ?, ?, ?)",
                vec![
                    person.into(),
                    person.to_string().into(),
                    unit.into(),
                    true.into(),
                ],
            )
            .await;
            run(
                &db,
                "INSERT INTO member (round_id, person_id, unit_id, cell_id, way) \
                 VALUES (?, ?, ?, ?, 'link')",
                vec![id.into(), person.into(), unit.into(), cell.into()],
            )
            .await;
            let token = ways_in::link_token(&round.secret, person);
            round.asked.push(Asked { cell, token });
        }
        for _ in 0..*slips {
            let token = ways_in::slip_token();
            run(
                &db,
                "INSERT INTO slip (hash, round_id, cell_id) VALUES (?, ?, ?)",
                vec![ways_in::slip_hash(&token).into(), id.into(), cell.into()],
            )
            .await;
            round.asked.push(Asked { cell, token });
        }
    }
    round
}
