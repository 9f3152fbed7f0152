//! Puts a round with answers and waiting ideas into a ledger, past the ballot box, for tests of
//! what comes after it.

use crate::bed::Bed;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend};
use throughline_ledger::Where;
use uuid::Uuid;

pub struct Plant {
    connection: DatabaseConnection,
    pub round: Uuid,
    cell: Uuid,
}

impl Plant {
    /// An open round with the usual terms.
    pub async fn new(bed: &Bed) -> Self {
        let address = match &bed.place {
            Where::File(path) => format!("sqlite://{}", path.display()),
            Where::Postgres(address) => address.clone(),
        };
        let connection = Database::connect(address).await.expect("it opens");
        let plant = Self {
            connection,
            round: Uuid::new_v4(),
            cell: Uuid::new_v4(),
        };
        let secret = plant.bytes(&[7; 32]);
        plant
            .run(&format!(
                "INSERT INTO round (id, name, state, languages, audience, wording, terms, channel, \
                 scheduled_by, tree, secret, votes_by) VALUES ({}, 'Spring', 'open', '[\"en\"]', '{{}}', \
                 '{{\"questions\":{{}}}}', '{{\"minimum_group\":5,\"minimum_comments\":10,\
                 \"keep_words_days\":730,\"code_with_attributes\":false,\"ask_enps\":false}}', '', \
                 '', '{{}}', {secret}, 'pairs')",
                plant.uuid(plant.round)
            ))
            .await;
        plant
            .run(&format!(
                "INSERT INTO cell (id, round_id, invited) VALUES ({}, {}, 40)",
                plant.uuid(plant.cell),
                plant.uuid(plant.round)
            ))
            .await;
        plant
    }

    /// An answer with its waiting idea: their ids.
    pub async fn idea(&self, words: &str, may_quote: bool) -> (Uuid, Uuid) {
        let (answer, idea) = (Uuid::new_v4(), Uuid::new_v4());
        self.run(&format!(
            "INSERT INTO answer (id, round_id, cell_id, idea, may_quote) VALUES ({}, {}, {}, '{}', \
             {may_quote})",
            self.uuid(answer),
            self.uuid(self.round),
            self.uuid(self.cell),
            words.replace('\'', "''")
        ))
        .await;
        self.run(&format!(
            "INSERT INTO idea (id, round_id, answer_id, state) VALUES ({}, {}, {}, 'waiting')",
            self.uuid(idea),
            self.uuid(self.round),
            self.uuid(answer)
        ))
        .await;
        (answer, idea)
    }

    /// A vote on a pair.
    pub async fn vote(&self, ballot: Uuid, one: Uuid, other: Uuid, criterion: &str, choice: &str) {
        self.run(&format!(
            "INSERT INTO vote (id, round_id, ballot, criterion, one, other, choice) VALUES ({}, {}, \
             {}, '{criterion}', {}, {}, '{choice}')",
            self.uuid(Uuid::new_v4()),
            self.uuid(self.round),
            self.uuid(ballot),
            self.uuid(one),
            self.uuid(other)
        ))
        .await;
    }

    /// Closes the round.
    pub async fn close(&self) {
        self.run("UPDATE round SET state = 'closed', closed_on = '2026-05-04'")
            .await;
    }

    /// Shows every idea as it was written.
    pub async fn show_all(&self) {
        self.run(
            "UPDATE idea SET state = 'shown', shown = (SELECT answer.idea FROM answer \
             WHERE answer.id = idea.answer_id)",
        )
        .await;
    }

    /// Lets everybody name what stands in the way.
    pub async fn say_blocks(&self, words: &str) {
        self.run(&format!("UPDATE answer SET block = '{words}'"))
            .await;
    }

    /// Takes an answer back.
    pub async fn withdraw(&self, answer: Uuid) {
        let id = self.uuid(answer);
        self.run(&format!("DELETE FROM idea WHERE answer_id = {id}"))
            .await;
        self.run(&format!("DELETE FROM answer WHERE id = {id}"))
            .await;
    }

    async fn run(&self, sql: &str) {
        self.connection
            .execute_unprepared(sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    fn uuid(&self, id: Uuid) -> String {
        match self.connection.get_database_backend() {
            DbBackend::Postgres => format!("'{id}'"),
            _ => format!("X'{}'", id.simple()),
        }
    }

    fn bytes(&self, bytes: &[u8]) -> String {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        match self.connection.get_database_backend() {
            DbBackend::Postgres => format!("'\\x{hex}'"),
            _ => format!("X'{hex}'"),
        }
    }
}
