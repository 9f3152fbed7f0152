//! The audit log: who did what, each line holding the hash of the line before, so that a line that
//! was changed or taken out shows.
//!
//! Acts of accounts and of the program alone. Nothing a respondent does is ever a line here: its
//! place in the order would tell when.

use crate::entity::audit;
use crate::error::Result;
use crate::ledger::Ledger;
use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};

/// An act, before it has its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The account's e-mail address, `token:NAME`, or `throughline` for what it does by itself.
    pub who: String,
    /// What, as `noun.verb`: `round.open`, `people.import`.
    pub act: String,
    /// On what: a round's name, an account's address.
    pub subject: String,
    /// What else is worth keeping; never an answer's words.
    pub detail: String,
}

impl Act {
    /// An act without details.
    pub fn new(who: impl Into<String>, act: &str, subject: impl Into<String>) -> Self {
        Self {
            who: who.into(),
            act: act.to_owned(),
            subject: subject.into(),
            detail: String::new(),
        }
    }

    /// With details.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place, from 1.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The act.
    pub act: Act,
}

/// What `verify` found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All lines are as they were written.
    Whole {
        /// Lines.
        lines: u64,
        /// The last line's hash, in hexadecimal: keep it elsewhere to see later that nothing was
        /// cut off at the end.
        head: String,
    },
    /// The first line that isn't.
    Broken {
        /// Its place.
        seq: i64,
        /// What is wrong.
        why: &'static str,
    },
}

/// Writes a line inside a command, so that it is there if and only if the act is.
pub(crate) async fn append(transaction: &impl ConnectionTrait, act: Act) -> Result<()> {
    let last = audit::Entity::find()
        .order_by_desc(audit::Column::Seq)
        .one(transaction)
        .await?;
    let (seq, previous) = last.map_or((1, vec![0; 32]), |line| (line.seq + 1, line.hash));
    // Databases keep microseconds; what is hashed must be what is read back.
    let at = Utc::now().trunc_subsecs(6);
    let hash = hash(seq, at, &act, &previous);
    audit::Model {
        seq,
        at,
        who: act.who,
        act: act.act,
        subject: act.subject,
        detail: act.detail,
        previous,
        hash,
    }
    .into_active_model()
    .insert(transaction)
    .await?;
    Ok(())
}

/// Writes a line about something that changes nothing in the ledger (a brief was read, a backup
/// made).
///
/// # Errors
/// Where it can't be written.
pub async fn note(ledger: &Ledger, act: Act) -> Result<()> {
    ledger
        .write(move |transaction| Box::pin(async move { append(transaction, act).await }))
        .await
}

/// Lines, newest first: `count` of them after the newest `skip`.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn lines(ledger: &Ledger, skip: u64, count: u64) -> Result<Vec<Line>> {
    let rows = audit::Entity::find()
        .order_by_desc(audit::Column::Seq)
        .offset(skip)
        .limit(count)
        .all(ledger.reading())
        .await?;
    Ok(rows.into_iter().map(line).collect())
}

/// Checks the whole chain.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn verify(ledger: &Ledger) -> Result<Verdict> {
    let (mut chain, mut last) = (Chain::default(), i64::MIN);
    loop {
        let rows = audit::Entity::find()
            .filter(audit::Column::Seq.gt(last))
            .order_by_asc(audit::Column::Seq)
            .limit(1_000)
            .all(ledger.reading())
            .await?;
        let Some(newest) = rows.last() else {
            return Ok(chain.verdict());
        };
        last = newest.seq;
        rows.into_iter().for_each(|row| chain.follow(row));
    }
}

/// Whether a line has that hash, in hexadecimal.
///
/// # Errors
/// Where the database doesn't answer.
pub async fn holds(ledger: &Ledger, hash: &str) -> Result<bool> {
    let Ok(hash) = hex::decode(hash) else {
        return Ok(false);
    };
    let lines = audit::Entity::find()
        .filter(audit::Column::Hash.eq(hash))
        .count(ledger.reading())
        .await?;
    Ok(lines > 0)
}

/// Follows the chain, line by line in order.
#[derive(Default)]
pub(crate) struct Chain {
    lines: u64,
    last: i64,
    head: Vec<u8>,
    /// Where the oldest lines were purged: the detail of the line that must say so.
    purged: Option<String>,
    broken: Option<(i64, &'static str)>,
}

/// The act of taking the oldest lines away when their time is over.
pub(crate) const PURGE: &str = "audit.purge";

/// The detail of a line that says up to where lines were taken away.
pub(crate) fn purged_through(seq: i64, hash: &[u8]) -> String {
    format!("lines up to {seq}, the last of them {}", hex::encode(hash))
}

impl Chain {
    /// Takes the next line.
    pub(crate) fn follow(&mut self, row: audit::Model) {
        if self.broken.is_some() {
            return;
        }
        if self.lines == 0 {
            self.head = vec![0; 32];
            if row.seq > 1 {
                self.purged = Some(purged_through(row.seq - 1, &row.previous));
                self.last = row.seq - 1;
                self.head.clone_from(&row.previous);
            }
        }
        let seq = self.last + 1;
        let (found, previous, stored) = (row.seq, row.previous.clone(), row.hash.clone());
        let line = line(row);
        let why = if found != seq {
            Some("the line is missing")
        } else if previous != self.head {
            Some("it doesn't follow from the line before")
        } else if hash(line.seq, line.at, &line.act, &self.head) != stored {
            Some("what it says was changed")
        } else {
            None
        };
        self.broken = why.map(|why| (seq, why));
        if line.act.act == PURGE && self.purged.as_ref() == Some(&line.act.detail) {
            self.purged = None;
        }
        self.lines += 1;
        self.last = seq;
        self.head = stored;
    }

    /// What was found.
    pub(crate) fn verdict(self) -> Verdict {
        if let Some((seq, why)) = self.broken {
            return Verdict::Broken { seq, why };
        }
        if self.purged.is_some() {
            return Verdict::Broken {
                seq: 1,
                why: "the line is missing, and no line says that it was purged",
            };
        }
        let head = if self.lines == 0 {
            vec![0; 32]
        } else {
            self.head
        };
        Verdict::Whole {
            lines: self.lines,
            head: hex::encode(&head),
        }
    }
}

fn line(row: audit::Model) -> Line {
    Line {
        seq: row.seq,
        at: row.at,
        act: Act {
            who: row.who,
            act: row.act,
            subject: row.subject,
            detail: row.detail,
        },
    }
}

fn hash(seq: i64, at: DateTime<Utc>, act: &Act, previous: &[u8]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(seq.to_be_bytes());
    hasher.update(at.timestamp_micros().to_be_bytes());
    for text in [&act.who, &act.act, &act.subject, &act.detail] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().to_vec()
}
