//! What one person does: answer, vote; and what was acknowledged.

use super::http::{Connection, field};
use std::collections::BTreeMap;
use std::io;
use uuid::Uuid;

/// A form that is or will be sent. Sent again, it is the same form.
#[derive(Clone)]
pub struct Form {
    path: String,
    fields: Vec<(String, String)>,
    /// What tells it from others: an answer's words, a ballot's id.
    pub name: String,
    /// Choices on a ballot.
    pub choices: usize,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It was acknowledged.
    Stored,
    /// It was refused in words: nothing was kept, it may be sent again.
    Later,
}

impl Form {
    /// An answer in somebody's words, without looking at the page first.
    pub fn answer(token: &str) -> Self {
        let id = Uuid::new_v4();
        let name = format!("a simple change {}", id.simple());
        let fields = [
            ("id", id.to_string()),
            ("idea", name.clone()),
            ("block", "nothing stands in the way".to_owned()),
            ("commitment", "4".to_owned()),
        ];
        Self {
            path: format!("/a/{token}"),
            fields: fields
                .map(|(name, value)| (name.to_owned(), value))
                .to_vec(),
            name,
            choices: 0,
        }
    }

    /// A ballot: the page is asked for, and everything on it answered.
    pub async fn ballot(connection: &mut Connection, token: &str) -> io::Result<Self> {
        let path = format!("/v/{token}");
        let page = connection.get(&path).await?;
        let hidden = |name: &str| {
            let value = field(&page.body, name);
            let value = value.ok_or_else(|| io::Error::other(format!("no `{name}` on the page")));
            value.map(|value| (name.to_owned(), value))
        };
        let mut fields = vec![hidden("id")?, hidden("asked")?, hidden("seal")?];
        let name = fields[0].1.clone();
        let mut choices = 0;
        while page.body.contains(&format!("name=\"q{choices}\"")) {
            fields.push((format!("q{choices}"), "one".to_owned()));
            choices += 1;
        }
        Ok(Self {
            path,
            fields,
            name,
            choices,
        })
    }

    /// Sends it.
    pub async fn send(&self, connection: &mut Connection) -> io::Result<Told> {
        let fields: Vec<(&str, &str)> = self
            .fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let reply = connection.post(&self.path, &fields).await?;
        match reply.status {
            200 => Ok(Told::Stored),
            503 => Ok(Told::Later),
            other => Err(io::Error::other(format!("{other}: {}", reply.body))),
        }
    }
}

/// What was acknowledged, and what was sent without a word back.
#[derive(Default)]
pub struct Book {
    /// Name to choices (none for an answer).
    pub acknowledged: BTreeMap<String, usize>,
    /// To be sent again.
    pub open: Vec<Form>,
}

impl Book {
    /// Notes what became of a form.
    pub fn note(&mut self, form: Form, told: Option<Told>) {
        if told == Some(Told::Stored) {
            self.acknowledged.insert(form.name, form.choices);
        } else {
            self.open.push(form);
        }
    }
}
