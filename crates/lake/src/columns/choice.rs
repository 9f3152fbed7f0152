//! Choosing columns for fields: the user's map, then a preset, then names, then aliases.

use super::contract::{Field, TYPEFORM_ID, fields, needs};
use super::plain_name;
use super::preset::Fitted;
use super::questions::{
    asks_customers_for_a_score, asks_customers_for_words, asks_for_something_else, asks_for_words,
    is_of_others, question_of,
};
use crate::error::{Complaint, LakeError};
use std::path::Path;
use throughline_domain::facts::{Question, Table};

/// Words from which a heading may be a question.
const QUESTION_WORDS: usize = 3;
/// How a column was found whose heading asks a question.
const WORDING: &str = "wording";
/// … by its cells: the words of a scale.
const STEPS: &str = "the words in it";
/// … by its cells: sentences, each its own.
const SENTENCES: &str = "the sentences in it";
/// Plain names, among which Typeform's `#` is the answer's id: its exports tell when an answer was sent.
fn with_typeforms_id(mut plain: Vec<String>, columns: &[String]) -> Vec<String> {
    if plain.iter().any(|name| name == "submitdateutc") {
        let ids = columns.iter().zip(&mut plain);
        for (_, name) in ids.filter(|(column, _)| column.trim() == TYPEFORM_ID) {
            TYPEFORM_ID.clone_into(name);
        }
    }
    plain
}

/// What customers are asked for, and whether a heading asks for it.
type Asked = (&'static str, fn(&str) -> bool);
const CUSTOMERS_ARE_ASKED: [Asked; 2] = [
    ("score", asks_customers_for_a_score),
    ("comment", asks_customers_for_words),
];

/// Columns of sentences, be it one and the same.
#[derive(Default)]
pub(super) struct Worded {
    /// Cells of three small words and more: no name or alias takes such a column for an id.
    pub(super) any: Vec<usize>,
    /// Cells that are no names of firms either: no customer is called so.
    pub(super) whole: Vec<usize>,
}

/// Columns being chosen.
pub(super) struct Choice<'a> {
    table: Table,
    fields: &'static [Field],
    columns: &'a [String],
    labels: &'a [String],
    pub(super) taken: Vec<Vec<(usize, &'static str)>>,
    /// Columns that no name or alias may take.
    never: Vec<usize>,
    /// Columns of numbers: no alias takes one for words ("Note" is a grade in German).
    numbers: Vec<usize>,
    /// Columns of the words of a scale.
    steps: Vec<usize>,
    /// Columns of sentences.
    sentences: Vec<usize>,
    worded: Worded,
    /// Fields for which the user wants no column.
    left_out: Vec<usize>,
    pub(super) missing_maps: Vec<usize>,
}

impl<'a> Choice<'a> {
    pub(super) fn new(table: Table, columns: &'a [String], labels: &'a [String]) -> Self {
        let fields = fields(table);
        Self {
            table,
            fields,
            columns,
            labels,
            taken: vec![Vec::new(); fields.len()],
            never: Vec::new(),
            numbers: Vec::new(),
            steps: Vec::new(),
            sentences: Vec::new(),
            worded: Worded::default(),
            left_out: Vec::new(),
            missing_maps: Vec::new(),
        }
    }

    /// Knows which columns hold numbers, and which the words of a scale.
    pub(super) fn with_scores(mut self, mut numbers: Vec<usize>, steps: Vec<usize>) -> Self {
        numbers.extend(&steps);
        (self.numbers, self.steps) = (numbers, steps);
        self
    }

    /// Knows which columns hold sentences, each its own, and which any.
    pub(super) fn with_sentences(mut self, sentences: Vec<usize>, worded: Worded) -> Self {
        (self.sentences, self.worded) = (sentences, worded);
        self
    }

    fn place(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|known| known.name == field)
    }

    fn is_taken(&self, column: usize) -> bool {
        self.taken
            .iter()
            .flatten()
            .any(|(taken, _)| *taken == column)
    }

    pub(super) fn has(&self, field: &str) -> bool {
        self.place(field)
            .is_some_and(|place| !self.taken[place].is_empty())
    }

    /// The columns taken for a field.
    pub(super) fn columns(&self, field: &str) -> Vec<usize> {
        let taken = self.place(field).map(|place| &self.taken[place]);
        taken
            .into_iter()
            .flatten()
            .map(|(column, _)| *column)
            .collect()
    }

    /// Whether a column is taken for a score or a rating.
    pub(super) fn takes_scores(&self, column: usize) -> bool {
        let fields = ["score", "rating", "commitment"];
        fields
            .iter()
            .any(|field| self.columns(field).contains(&column))
    }

    fn by(&self, field: &str) -> Option<&'static str> {
        self.place(field)
            .and_then(|place| self.taken[place].first())
            .map(|(_, by)| *by)
    }

    /// Takes a column that the user named.
    pub(super) fn map(
        &mut self,
        number: usize,
        field: &str,
        column: &str,
        path: &Path,
    ) -> Result<(), LakeError> {
        let Some(place) = self.place(field) else {
            return Ok(());
        };
        if column.is_empty() {
            self.left_out.push(place);
            return Ok(());
        }
        let exact = self.columns.iter().position(|known| known == column);
        let alike = || {
            let plain = plain_name(column);
            let mut same = (0..self.columns.len()).filter(|&at| {
                plain_name(&self.columns[at]) == plain || plain_name(&self.labels[at]) == plain
            });
            same.next()
                .filter(|_| same.next().is_none() && !plain.is_empty())
        };
        let Some(found) = exact.or_else(alike) else {
            self.missing_maps.push(number);
            return Ok(());
        };
        if !self.fields[place].many && !self.taken[place].is_empty() {
            return Err(Complaint::new(
                format!("`{}.{field}` is mapped twice", self.table.name()),
                "name one column for it; only comments, answers, ideas and blocks can have several",
            )
            .in_file(path)
            .into());
        }
        if !self.taken[place].iter().any(|(taken, _)| *taken == found) {
            self.taken[place].push((found, "map"));
        }
        Ok(())
    }

    /// Takes a preset's columns where the user said nothing.
    pub(super) fn preset(&mut self, fitted: &Fitted) {
        for &(field, column) in &fitted.fields {
            let Some(place) = self.place(field) else {
                continue;
            };
            let mapped = self.taken[place].iter().any(|(_, by)| *by == "map");
            if !mapped
                && !self.left_out.contains(&place)
                && !self.is_taken(column)
                && (self.fields[place].many || self.taken[place].is_empty())
            {
                self.taken[place].push((column, "preset"));
            }
        }
        self.never.clone_from(&fitted.meta);
    }

    /// Takes what is left by name, then by alias. A column is taken once.
    pub(super) fn by_name(&mut self) {
        // "Your role" asks for the role.
        let plain: Vec<String> = self
            .columns
            .iter()
            .map(|column| plain_name(column))
            .map(|name| {
                name.strip_prefix("your")
                    .map_or(name.clone(), str::to_owned)
            })
            .collect();
        let plain = with_typeforms_id(plain, self.columns);
        let open: Vec<usize> = (0..self.fields.len())
            .filter(|place| !self.left_out.contains(place))
            .collect();
        for &place in &open {
            if self.taken[place].is_empty() {
                let name = plain_name(self.fields[place].name);
                let found = (0..plain.len())
                    .find(|&at| plain[at] == name && self.is_free(at) && self.may_be(place, at));
                self.taken[place].extend(found.map(|at| (at, "name")));
            }
        }
        for &place in &open {
            if self.taken[place].is_empty() {
                let Field { name, aliases, .. } = self.fields[place];
                let says = self.fields[place].many && name != "commitment";
                let fits = |at: &usize| {
                    self.is_free(*at)
                        && !(says && self.numbers.contains(at))
                        && self.may_be(place, *at)
                };
                let found = aliases
                    .iter()
                    .find_map(|alias| (0..plain.len()).find(|at| plain[*at] == *alias && fits(at)));
                self.taken[place].extend(found.map(|at| (at, "alias")));
            }
            // `comment_1`, `comment 2`…: one field, several columns.
            if self.fields[place].many && self.taken[place].is_empty() {
                let field = &self.fields[place];
                let numbered = plain.iter().enumerate().filter(|(at, name)| {
                    let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
                    let known = stem == field.name || field.aliases.contains(&stem);
                    known && stem.len() < name.len() && self.is_free(*at)
                });
                let found: Vec<_> = numbered.map(|(at, _)| (at, "alias")).collect();
                self.taken[place] = found;
            }
        }
    }

    /// Takes headings that are a question's words ("What stands in the way of doing your part well?"), as
    /// exports of web forms have them.
    pub(super) fn by_wording(&mut self) {
        // A preset knows its export's questions, those that ask for a rating among them.
        let by_preset = self.taken.iter().flatten().any(|(_, by)| *by == "preset");
        if self.table == Table::Signals {
            if !by_preset {
                self.by_customers_questions();
            } else if !self.has("score") {
                // Rated in words, which a preset doesn't look for.
                self.by_scored_questions();
            }
            self.by_steps();
            self.by_sentences();
        }
        if self.table != Table::Voice || self.has("question") {
            return;
        }
        if by_preset || self.by("text") == Some("map") {
            return;
        }
        let (Some(text), Some(idea)) = (self.place("text"), self.place("idea")) else {
            return;
        };
        // Beside columns that are questions, one called "comments" isn't the answers.
        let by_alias = std::mem::take(&mut self.taken[text]);
        self.by_questions();
        let found = ["idea", "block", "commitment"].map(|field| self.has(field));
        if found.contains(&true) {
            return;
        }
        if let ([_], [_]) = (self.columns, &by_alias[..])
            && !self.left_out.contains(&idea)
        {
            // Remarks of a focus group, one a line: what else would they be?
            self.taken[idea].push((0, WORDING));
        } else {
            self.taken[text] = by_alias;
        }
    }

    /// What customers were asked for: a score and their words, where no column is called so.
    fn by_customers_questions(&mut self) {
        for (field, asks) in CUSTOMERS_ARE_ASKED {
            let Some(place) = self.place(field) else {
                continue;
            };
            if !self.taken[place].is_empty() || self.left_out.contains(&place) {
                continue;
            }
            for column in 0..self.columns.len() {
                let heading = [&self.labels[column], &self.columns[column]]
                    .into_iter()
                    .find(|heading| heading.split_whitespace().count() >= QUESTION_WORDS);
                let is_asked = heading.is_some_and(|heading| asks(heading));
                let one = self.fields[place].many || self.taken[place].is_empty();
                if is_asked && one && self.is_free(column) {
                    self.taken[place].push((column, WORDING));
                }
            }
        }
    }

    /// The first question of an export that asks for a score, numbers or words of a scale in it.
    fn by_scored_questions(&mut self) {
        let asks = |column: &usize| asks_customers_for_a_score(&self.labels[*column]);
        let mut scored = self
            .numbers
            .iter()
            .copied()
            .filter(|column| self.is_free(*column));
        let found = scored.find(asks);
        if let (Some(place), Some(column)) = (self.place("score"), found)
            && !self.left_out.contains(&place)
        {
            self.taken[place].push((column, WORDING));
        }
    }

    /// The only column whose cells are steps of a scale is the score, if no other is.
    fn by_steps(&mut self) {
        let Some(place) = self.place("score") else {
            return;
        };
        let free: Vec<usize> = self
            .steps
            .iter()
            .copied()
            .filter(|at| self.is_free(*at))
            .filter(|at| {
                let headings = [&self.labels[*at], &self.columns[*at]];
                !headings
                    .into_iter()
                    .any(|heading| asks_for_something_else(heading))
            })
            .collect();
        if let ([column], true, false) = (
            &free[..],
            self.taken[place].is_empty(),
            self.left_out.contains(&place),
        ) {
            self.taken[place].push((*column, STEPS));
        }
    }

    /// The only column of sentences is the comment, if no other is; those whose headings speak of somebody else than
    /// customers don't count.
    fn by_sentences(&mut self) {
        let mut found = self.could_be("comment", &self.sentences);
        found.retain(|at| !self.is_of_others(*at));
        if let ([column], Some(place)) = (&found[..], self.place("comment")) {
            self.taken[place].push((*column, SENTENCES));
        }
    }

    fn is_of_others(&self, column: usize) -> bool {
        is_of_others(&self.labels[column]) || is_of_others(&self.columns[column])
    }

    /// Columns of scales' words that could be the score, where none was taken.
    pub(super) fn may_be_scores(&self) -> Vec<usize> {
        self.could_be("score", &self.steps)
    }

    /// Columns of sentences that could be the comment, where none was taken; those that are rather somebody else's
    /// come last.
    pub(super) fn may_be_comments(&self) -> Vec<usize> {
        let mut found = self.could_be("comment", &self.sentences);
        found.sort_by_key(|at| self.is_of_others(*at));
        found
    }

    /// Whether a field has no column, and may have one.
    pub(super) fn is_open(&self, field: &str) -> bool {
        self.place(field)
            .is_some_and(|place| self.taken[place].is_empty() && !self.left_out.contains(&place))
    }

    fn could_be(&self, field: &str, columns: &[usize]) -> Vec<usize> {
        let open = self.is_open(field);
        let free = columns
            .iter()
            .copied()
            .filter(|at| open && self.is_free(*at));
        free.collect()
    }

    fn by_questions(&mut self) {
        for column in 0..self.columns.len() {
            let heading = [&self.labels[column], &self.columns[column]]
                .into_iter()
                .find(|heading| heading.split_whitespace().count() >= QUESTION_WORDS);
            let Some(question) = heading.and_then(|heading| question_of(heading)) else {
                continue;
            };
            // Sentences rate nothing, whatever they are a comment on.
            let rates_nothing =
                question == Question::Commitment && self.sentences.contains(&column);
            if rates_nothing || !asks_for_words(heading.map_or("", String::as_str), question) {
                continue;
            }
            if let Some(place) = self.place(question.name())
                && self.is_free(column)
                && !self.left_out.contains(&place)
                && self.taken[place].iter().all(|(_, by)| *by == WORDING)
                && (self.fields[place].many || self.taken[place].is_empty())
            {
                self.taken[place].push((column, WORDING));
            }
        }
    }

    /// Whether a column's cells can be what a field is: sentences tell no row and nobody from others.
    fn may_be(&self, place: usize, column: usize) -> bool {
        match self.fields[place].name {
            "id" | "response" => !self.worded.any.contains(&column),
            "customer" | "respondent" => !self.worded.whole.contains(&column),
            _ => true,
        }
    }

    /// Columns that are called like a field and can't be it ([`Self::may_be`]), where the user didn't say which is.
    pub(super) fn passed_over(&self) -> Vec<(&'static str, usize)> {
        let field = |column: usize| {
            let plain = plain_name(&self.columns[column]);
            let own = plain.strip_prefix("your").unwrap_or(&plain);
            let mut places = (0..self.fields.len()).filter(|place| {
                let said = self.left_out.contains(place)
                    || self.taken[*place].iter().any(|(_, by)| *by == "map");
                !said && !self.may_be(*place, column) && self.fields[*place].answers_to(own)
            });
            places.next().map(|place| (self.fields[place].name, column))
        };
        (0..self.columns.len()).filter_map(field).collect()
    }

    fn is_free(&self, column: usize) -> bool {
        !self.is_taken(column) && !self.never.contains(&column)
    }

    /// Employees' answers come wide (a column a question) or long (question and text): the form
    /// that was mapped, else the long one if it is whole. Columns of the other form are let go.
    pub(super) fn settle_voice(&mut self) {
        if self.table != Table::Voice {
            return;
        }
        const WIDE: [&str; 3] = ["idea", "block", "commitment"];
        const LONG: [&str; 3] = ["question", "text", "rating"];
        let said = |choice: &Self, field: &str| matches!(choice.by(field), Some("map" | "preset"));
        let wide_said = WIDE.iter().any(|field| said(self, field));
        let long_said = said(self, "question") || said(self, "text");
        let long_whole = self.has("question") && (self.has("text") || self.has("rating"));
        let any_wide = WIDE.iter().any(|field| self.has(field));
        let wide = wide_said || (any_wide && !long_said && !long_whole);
        let let_go: &[&str] = if wide { &LONG } else { &WIDE };
        for field in let_go {
            if let Some(place) = self.place(field) {
                self.taken[place].retain(|(_, by)| *by == "map");
            }
        }
    }

    /// The first need that isn't met.
    pub(super) fn unmet(&self) -> Option<&'static [&'static str]> {
        let missing = needs(self.table)
            .iter()
            .find(|group| !group.iter().any(|field| self.has(field)))
            .copied();
        let long = self.table == Table::Voice && self.has("question");
        if missing.is_none() && long && !self.has("text") && !self.has("rating") {
            return Some(&["text", "rating"]);
        }
        missing
    }
}
