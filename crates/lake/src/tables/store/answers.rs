//! Employees' answers, votes and corrections of themes as columns and back.

use super::{Batch, Stored, numbers, texts};
use arrow::array::{ArrayRef, BooleanArray, Int32Array, StringArray};
use std::sync::Arc;
use throughline_domain::facts::{Criterion, Question, Table, ThemeCorrection, Voice, Vote};
use throughline_domain::words::Words;

impl Stored for Vote {
    const TABLE: Table = Table::Votes;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        let items = |vote: &Self| -> (String, Option<String>) {
            match vote {
                Self::Pair { winner, loser, .. } => (winner.clone(), Some(loser.clone())),
                Self::Single { item, .. } => (item.clone(), None),
            }
        };
        let yes = |vote: &Self| match vote {
            Self::Pair { .. } => None,
            Self::Single { vote, .. } => *vote,
        };
        vec![
            (
                "item",
                Arc::new(
                    rows.iter()
                        .map(|vote| Some(items(vote).0))
                        .collect::<StringArray>(),
                ),
            ),
            (
                "loser",
                Arc::new(
                    rows.iter()
                        .map(|vote| items(vote).1)
                        .collect::<StringArray>(),
                ),
            ),
            (
                "yes",
                Arc::new(rows.iter().map(yes).collect::<BooleanArray>()),
            ),
            (
                "about_ease",
                Arc::new(
                    rows.iter()
                        .map(|vote| Some(vote.criterion() == Criterion::Ease))
                        .collect::<BooleanArray>(),
                ),
            ),
            (
                "voter",
                Arc::new(rows.iter().map(Vote::voter).collect::<StringArray>()),
            ),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let criterion = if batch.flag("about_ease", row) == Some(true) {
            Criterion::Ease
        } else {
            Criterion::Impact
        };
        let voter = batch.text("voter", row);
        let item = batch.named("item", row);
        match batch.text("loser", row) {
            Some(loser) => Self::Pair {
                winner: item,
                loser,
                criterion,
                voter,
            },
            None => Self::Single {
                item,
                vote: batch.flag("yes", row),
                criterion,
                voter,
            },
        }
    }
}

impl Stored for ThemeCorrection {
    const TABLE: Table = Table::Themes;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        vec![
            (
                "id",
                texts(rows.iter().map(|theme| Some(theme.id.as_str()))),
            ),
            (
                "title",
                texts(rows.iter().map(|theme| theme.title.as_deref())),
            ),
            (
                "merge_into",
                texts(rows.iter().map(|theme| theme.merge_into.as_deref())),
            ),
            (
                "hide",
                Arc::new(
                    rows.iter()
                        .map(|theme| Some(theme.hide))
                        .collect::<BooleanArray>(),
                ),
            ),
            ("ease", numbers(rows.iter().map(|theme| theme.ease))),
            (
                "owner",
                texts(rows.iter().map(|theme| theme.owner.as_deref())),
            ),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        Self {
            id: batch.named("id", row),
            title: batch.text("title", row),
            merge_into: batch.text("merge_into", row),
            hide: batch.flag("hide", row) == Some(true),
            ease: batch.number("ease", row),
            owner: batch.text("owner", row),
        }
    }
}

const QUESTIONS: [Question; 3] = [Question::Idea, Question::Block, Question::Commitment];

impl Stored for Voice {
    const TABLE: Table = Table::Voice;

    fn columns(rows: &[Self]) -> Vec<(&'static str, ArrayRef)> {
        vec![
            (
                "id",
                texts(rows.iter().map(|voice| Some(voice.id.as_str()))),
            ),
            (
                "respondent",
                texts(rows.iter().map(|voice| Some(voice.respondent.as_str()))),
            ),
            (
                "at_day",
                Arc::new(
                    rows.iter()
                        .map(|voice| voice.at_day)
                        .collect::<Int32Array>(),
                ),
            ),
            (
                "round",
                texts(rows.iter().map(|voice| voice.round.as_deref())),
            ),
            (
                "unit",
                texts(rows.iter().map(|voice| voice.unit.as_deref())),
            ),
            (
                "role",
                texts(rows.iter().map(|voice| voice.role.as_deref())),
            ),
            (
                "question",
                texts(rows.iter().map(|voice| Some(voice.question.name()))),
            ),
            (
                "text",
                texts(
                    rows.iter()
                        .map(|voice| voice.text.as_ref().map(Words::for_analysis)),
                ),
            ),
            ("rating", numbers(rows.iter().map(|voice| voice.rating))),
        ]
    }

    fn at(batch: &Batch<'_>, row: usize) -> Self {
        let question = batch.named("question", row);
        Self {
            id: batch.named("id", row),
            respondent: batch.named("respondent", row),
            at_day: batch.day("at_day", row),
            round: batch.text("round", row),
            unit: batch.text("unit", row),
            role: batch.text("role", row),
            question: QUESTIONS
                .into_iter()
                .find(|known| known.name() == question)
                .unwrap_or(Question::Idea),
            text: batch.text("text", row).map(Words::new),
            rating: batch.number("rating", row),
        }
    }
}
