//! A round as it goes: people answer at random, one after the other and some at once, the background
//! task does its work in between, the program is started anew in the middle.

use super::disk::Disk;
use crate::ballot_box::{says, send, today};
use crate::bed::Bed;
use crate::round::{Round, open_round};
use rand::seq::SliceRandom;
use std::collections::{HashMap, HashSet};
use throughline_ledger::ballot_box::{Kind, Outcome, move_ready, settle, write_marks};
use throughline_ledger::{Ledger, receipts, ways_in};
use uuid::Uuid;

/// Links and slips of each cell.
const CELLS: [(u32, u32); 8] = [
    (60, 0),
    (50, 0),
    (30, 15),
    (40, 0),
    (0, 35),
    (20, 10),
    (25, 0),
    (15, 0),
];

/// Somebody who answered.
#[derive(Clone)]
pub struct Sender {
    pub cell: Uuid,
    pub text: String,
}

/// A round, and the truth about it.
pub struct Town {
    pub round: Round,
    /// In the order in which they answered; those who withdrew are left out.
    pub answered: Vec<Sender>,
    /// Who is behind a mark: whoever has the tokens and the secret can work it out.
    pub by_mark: HashMap<Vec<u8>, Sender>,
    /// What was written and withdrawn.
    pub withdrawn: Vec<String>,
    /// Ids of the forms that were sent.
    pub forms: Vec<Vec<u8>>,
    /// A backup that was taken halfway: its answers and its marks.
    pub early: (HashSet<String>, HashSet<Vec<u8>>),
}

/// Words that nobody else writes.
pub fn words() -> String {
    format!("idea {}", Uuid::new_v4().simple())
}

impl Town {
    /// Three hundred are asked, and four in five answer.
    pub async fn answered(bed: &mut Bed) -> Self {
        let round = open_round(&bed.place, &CELLS).await;
        let mut order = round.asked.clone();
        order.shuffle(&mut rand::rng());
        order.truncate(order.len() * 4 / 5);
        let mut town = Self {
            round,
            answered: Vec::new(),
            by_mark: HashMap::new(),
            withdrawn: Vec::new(),
            forms: Vec::new(),
            early: Default::default(),
        };
        let half = order.len() / 2;
        let mut codes = Vec::new();
        for (n, asked) in order.iter().enumerate() {
            if n == half {
                settle(&bed.ledger).await.expect("it settles");
                let early = Disk::read(&bed.place, &town).await;
                let texts = early.cells.into_keys().collect();
                town.early = (texts, early.marks.into_iter().collect());
                // Marks that weren't written are forgotten.
                bed.ledger = Ledger::open(&bed.place).await.expect("it opens again");
            }
            let (id, text) = (Uuid::new_v4(), words());
            let receipt = (n % 7 == 0).then_some(id);
            let code = match receipt {
                Some(id) => receipts::code(&bed.ledger, town.round.id, id)
                    .await
                    .expect("it can be made"),
                None => None,
            };
            let sent = send(&bed.ledger, &asked.token, id, says(&text), code.as_deref());
            assert_eq!(sent.await, Outcome::Stored);
            let sender = Sender {
                cell: asked.cell,
                text: text.clone(),
            };
            town.forms.push(id.as_bytes().to_vec());
            let mark = ways_in::resolve(&bed.ledger, &asked.token, Kind::Answer, today()).await;
            let mark = mark.expect("it can be looked up").expect("a way in").mark;
            town.by_mark.insert(mark.bytes().to_vec(), sender.clone());
            town.answered.push(sender);
            if let Some(code) = code {
                codes.push((code, text));
            }
            work(&bed.ledger).await;
        }
        for (code, text) in codes.iter().step_by(5) {
            assert!(
                receipts::withdraw(&bed.ledger, code)
                    .await
                    .expect("withdrawn")
            );
            town.answered.retain(|one| one.text != *text);
            town.by_mark.retain(|_, one| one.text != *text);
            town.withdrawn.push(text.clone());
        }
        town
    }

    /// Hashes of the slips.
    pub fn slips(&self) -> Vec<Vec<u8>> {
        let asked = self.round.asked.iter();
        asked.map(|one| ways_in::slip_hash(&one.token)).collect()
    }
}

/// What the background task does, now and then.
async fn work(ledger: &Ledger) {
    if rand::random_bool(0.2) {
        settle(ledger).await.expect("it settles");
    }
    if rand::random_bool(0.05) {
        move_ready(ledger).await.expect("it moves");
    }
    if rand::random_bool(0.2) {
        write_marks(ledger).await.expect("they are written");
    }
}
