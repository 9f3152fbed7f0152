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
    ActiveModelTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryOrder,
    QuerySelect,
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
    let mut pages = audit::Entity::find()
        .order_by_asc(audit::Column::Seq)
        .paginate(ledger.reading(), 1_000);
    let (mut lines, mut head) = (0, vec![0; 32]);
    while let Some(rows) = pages.fetch_and_next().await? {
        for row in rows {
            let expected = lines + 1;
            let broken = |why| Ok(Verdict::Broken { seq: expected, why });
            if row.seq != expected {
                return broken("the line is missing");
            }
            if row.previous != head {
                return broken("it doesn't follow from the line before");
            }
            let (stored, line) = (row.hash.clone(), line(row));
            if hash(line.seq, line.at, &line.act, &head) != stored {
                return broken("what it says was changed");
            }
            head = stored;
            lines = expected;
        }
    }
    Ok(Verdict::Whole {
        lines: lines.unsigned_abs(),
        head: hex(&head),
    })
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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
