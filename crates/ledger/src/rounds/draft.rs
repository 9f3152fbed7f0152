//! Setting a round up.

use super::{Audience, Round, must_be, read, row};
use crate::audit::{self, Act};
use crate::entity::round;
use crate::error::{LedgerError, Result};
use crate::ledger::Ledger;
use chrono::{Datelike, NaiveDate};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use throughline_domain::listen::{RoundState, Terms, Wording};
use uuid::Uuid;

/// What a person decides about a round before it opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// The day on which it is to open.
    pub opens_on: Option<NaiveDate>,
    /// The last day on which answers are taken.
    pub closes_on: Option<NaiveDate>,
    /// Language tags.
    pub languages: Vec<String>,
    /// Who is asked.
    pub audience: Audience,
    /// What is asked.
    pub wording: Wording,
    /// On which terms.
    pub terms: Terms,
    /// Where misconduct and danger are to be told.
    pub channel: String,
}

/// Questions that can be worded.
const QUESTIONS: [&str; 4] = ["idea", "block", "commitment", "enps"];
/// Longest name, channel and question, in characters.
const LONGEST: (usize, usize, usize) = (120, 600, 300);

impl Draft {
    /// The first thing that is wrong with it, drafts being allowed to lack things.
    fn check(&self) -> Result<()> {
        let refuse = |what: String, hint: &str| Err(LedgerError::refused(what, hint));
        let letters = |text: &str| text.chars().count();
        if self.name.trim().is_empty() {
            return refuse(
                "the round has no name".into(),
                "give it one people know it by",
            );
        }
        if letters(&self.name) > LONGEST.0 {
            return refuse(
                format!("the name is longer than {} characters", LONGEST.0),
                "give a shorter one",
            );
        }
        if letters(&self.channel) > LONGEST.1 {
            return refuse(
                format!(
                    "the words about misconduct and danger are longer than {} characters",
                    LONGEST.1
                ),
                "an address, a number and one sentence are enough",
            );
        }
        for date in self.opens_on.iter().chain(&self.closes_on) {
            must_be_possible(*date)?;
        }
        if let (Some(opens), Some(closes)) = (self.opens_on, self.closes_on)
            && closes < opens
        {
            return refuse(
                format!("the round would close on `{closes}`, before it opens on `{opens}`"),
                "let it close later",
            );
        }
        if self.languages.is_empty() {
            return refuse("the round has no language".into(), "choose one at least");
        }
        let odd = |tag: &&String| {
            tag.is_empty()
                || letters(tag) > 35
                || !tag
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        };
        if let Some(tag) = self.languages.iter().find(odd) {
            return refuse(
                format!("`{tag}` is no language tag"),
                "write it as `en`, `es` or `pt-BR`",
            );
        }
        let terms = &self.terms;
        if terms.minimum_group < Terms::FLOOR_GROUP {
            return refuse(
                format!(
                    "a minimum group of `{}` is too small to protect anybody",
                    terms.minimum_group
                ),
                "set it to 3 or more; 5 is usual",
            );
        }
        if terms.minimum_comments < Terms::FLOOR_COMMENTS.max(terms.minimum_group) {
            return refuse(
                format!(
                    "words from groups of `{}` would be too easy to recognise",
                    terms.minimum_comments
                ),
                "set it to 10 or more, and not below the minimum group",
            );
        }
        if !(1..=3_650).contains(&terms.keep_words_days) {
            return refuse(
                format!("words can't be kept for `{}` days", terms.keep_words_days),
                "from 1 to 3650",
            );
        }
        for (question, texts) in &self.wording.questions {
            if !QUESTIONS.contains(&question.as_str()) {
                return refuse(
                    format!("there is no question `{question}`"),
                    "questions are idea, block, commitment and enps",
                );
            }
            if texts.values().any(|text| letters(text) > LONGEST.2) {
                return refuse(
                    format!("a question is longer than {} characters", LONGEST.2),
                    "people answer on a phone: one short sentence",
                );
            }
        }
        Ok(())
    }

    fn write(self, row: &mut round::Model) {
        let mut wording = self.wording;
        for texts in wording.questions.values_mut() {
            for text in texts.values_mut() {
                *text = plain(text);
            }
            texts.retain(|_, text| !text.trim().is_empty());
        }
        wording.questions.retain(|_, texts| !texts.is_empty());
        row.name = plain(self.name.trim());
        row.opens_on = self.opens_on;
        row.closes_on = self.closes_on;
        row.languages = json!(self.languages);
        row.audience = json!(self.audience);
        row.wording = json!(wording);
        row.terms = json!(self.terms);
        row.channel = plain(self.channel.trim());
        // Whoever changes it has to say again that it may open by itself.
        row.scheduled_by = String::new();
    }
}

/// Refuses a date that is a slip of the pen, and that reckoning with could break.
pub(crate) fn must_be_possible(date: NaiveDate) -> Result<()> {
    if (2000..=2200).contains(&date.year()) {
        return Ok(());
    }
    Err(LedgerError::refused(
        format!("`{date}` is no date a round can have"),
        "check the year",
    ))
}

/// Without signs that can't be seen and that a database may refuse; lines stay.
pub(crate) fn plain(text: &str) -> String {
    let seen = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    text.chars().filter(seen).collect()
}

impl Round {
    /// What a person decided about it.
    pub fn draft(&self) -> Draft {
        Draft {
            name: self.name.clone(),
            opens_on: self.opens_on,
            closes_on: self.closes_on,
            languages: self.languages.clone(),
            audience: self.audience.clone(),
            wording: self.wording.clone(),
            terms: self.terms.clone(),
            channel: self.channel.clone(),
        }
    }

    /// What is still missing before it can open, in words.
    pub fn missing(&self) -> Vec<&'static str> {
        let mut missing = Vec::new();
        if self.closes_on.is_none() {
            missing.push("the last day for answers");
        }
        if self.channel.is_empty() {
            missing.push("where misconduct and danger are to be told");
        }
        missing
    }
}

/// Makes a draft.
///
/// # Errors
/// Where something in it can't be.
pub async fn create(ledger: &Ledger, draft: Draft, who: String) -> Result<Uuid> {
    draft.check()?;
    let id = Uuid::new_v4();
    let mut row = round::Model {
        id,
        name: String::new(),
        state: RoundState::Draft.name().to_owned(),
        opens_on: None,
        closes_on: None,
        languages: json!([]),
        audience: json!({}),
        wording: json!({}),
        terms: json!({}),
        channel: String::new(),
        scheduled_by: String::new(),
        tree: json!({}),
        secret: None,
        opened_on: None,
        closed_on: None,
        votes_from: None,
        votes_until: None,
        votes_by: "pairs".to_owned(),
    };
    draft.write(&mut row);
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let act = Act::new(who, "round.create", &row.name);
                round::Entity::insert(row.into_active_model())
                    .exec_without_returning(transaction)
                    .await?;
                audit::append(transaction, act).await?;
                Ok(id)
            })
        })
        .await
}

/// Changes a draft. That it opens by itself has to be said again.
///
/// # Errors
/// Where it isn't a draft any more, or something in it can't be.
pub async fn edit(ledger: &Ledger, id: Uuid, draft: Draft, who: String) -> Result<()> {
    draft.check()?;
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let mut row = row(transaction, id).await?;
                must_be(&read(row.clone())?, RoundState::Draft)?;
                draft.write(&mut row);
                let act = Act::new(who, "round.edit", &row.name);
                store(transaction, row).await?;
                audit::append(transaction, act).await
            })
        })
        .await
}

/// Lets a draft open by itself on its day, or not any more.
///
/// # Errors
/// Where it isn't a draft, has no day, or lacks something.
pub async fn schedule(ledger: &Ledger, id: Uuid, on: bool, who: String) -> Result<()> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let mut row = row(transaction, id).await?;
                let round = read(row.clone())?;
                must_be(&round, RoundState::Draft)?;
                if on {
                    refuse_missing(&round)?;
                    if round.opens_on.is_none() {
                        return Err(LedgerError::refused(
                            "the round has no day on which it opens",
                            "give one, or open it now",
                        ));
                    }
                }
                row.scheduled_by = if on { who.clone() } else { String::new() };
                let verb = if on {
                    "round.schedule"
                } else {
                    "round.unschedule"
                };
                let act = Act::new(who, verb, &row.name);
                store(transaction, row).await?;
                audit::append(transaction, act).await
            })
        })
        .await
}

/// Takes a draft away.
///
/// # Errors
/// Where it isn't a draft any more.
pub async fn remove(ledger: &Ledger, id: Uuid, who: String) -> Result<()> {
    ledger
        .write(move |transaction| {
            Box::pin(async move {
                let round = read(row(transaction, id).await?)?;
                must_be(&round, RoundState::Draft)?;
                round::Entity::delete_by_id(id).exec(transaction).await?;
                audit::append(transaction, Act::new(who, "round.remove", round.name)).await
            })
        })
        .await
}

pub(super) fn refuse_missing(round: &Round) -> Result<()> {
    let missing = round.missing();
    if missing.is_empty() {
        return Ok(());
    }
    Err(LedgerError::refused(
        format!("the round lacks {}", missing.join(" and ")),
        "fill it in, then open the round",
    ))
}

pub(super) async fn store(
    transaction: &impl sea_orm::ConnectionTrait,
    row: round::Model,
) -> Result<()> {
    round::Entity::update(row.into_active_model().reset_all())
        .validate()?
        .exec(transaction)
        .await?;
    Ok(())
}
