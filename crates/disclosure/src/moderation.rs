//! Moderation: a person reads an idea, sees what the machine would mask, and chooses the text that
//! colleagues will see.
//!
//! Only a [`Moderator`] reads and chooses; one is made from an account's role and from nothing else.
//! Of a sender who didn't allow quoting, the moderator chooses words of the company's own: a text
//! that repeats the sender's is refused here, not only on the page.

use crate::doors::{Entrusted, Grant, Released};
use crate::scrub::{hidden, scrub, visible};
use serde::Serialize;
use throughline_domain::Words;
use throughline_domain::listen::{AccountRole, IdeaState};

/// Longest text shown to voters, in characters: two must fit on a phone.
pub const LONGEST_SHOWN: usize = 400;

/// From this many letters in a row on, a text repeats another.
const RUN: usize = 30;
/// The same where words aren't parted by spaces.
const RUN_UNSPACED: usize = 10;

/// Somebody who may read ideas that nobody has read yet.
#[derive(Clone, Copy, Debug)]
pub struct Moderator {
    grant: Grant,
}

/// What a moderator reads of one idea.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// As it was written, in parts; marked is what the proposal masks.
    pub written: Vec<Part>,
    /// As proposed, in parts; marked is what stands for something masked.
    pub proposed: Vec<Part>,
    /// The proposal as one text, to edit.
    pub text: String,
    /// Characters that nobody would have seen; they were taken out.
    pub hidden: usize,
}

impl Proposal {
    /// Whether anything was masked.
    pub fn masks(&self) -> bool {
        self.proposed.iter().any(|part| part.marked)
    }
}

/// Some words in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The words.
    pub text: String,
    /// Whether they differ between what was written and what is proposed.
    pub marked: bool,
}

/// Why a text can't be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotShown {
    /// Nothing is left of it.
    #[error("there are no words to show")]
    Empty,
    /// It is too long for a phone.
    #[error("the words have {0} characters; {LONGEST_SHOWN} are the most")]
    TooLong(usize),
    /// Its sender didn't allow quoting and it repeats her.
    #[error("its sender didn't allow quoting, and these words repeat hers")]
    RepeatsTheSender,
}

impl Moderator {
    /// A moderator, if an account of this role may be one.
    pub fn of(role: AccountRole) -> Option<Self> {
        Grant::to_a_moderator(role).map(|grant| Self { grant })
    }

    /// One idea with what the machine would mask: names, numbers, addresses. A person decides.
    pub fn proposal(&self, words: &Words) -> Entrusted<Proposal> {
        let (written, text) = (visible(words.for_analysis()), scrub(words.for_analysis()));
        let (one, other) = compared(&written, &text);
        self.grant.entrust(Proposal {
            written: one,
            proposed: other,
            text,
            hidden: hidden(words.for_analysis()),
        })
    }

    /// The text that colleagues will see of an idea. Characters that nobody sees are taken out of
    /// it. Where `may_quote` is false it must not repeat what was written.
    ///
    /// # Errors
    /// Where it can't be shown.
    pub fn choose(
        &self,
        words: &Words,
        may_quote: bool,
        text: &str,
    ) -> Result<Released<String>, NotShown> {
        let text = visible(text);
        let length = text.chars().count();
        if !text.chars().any(char::is_alphanumeric) {
            return Err(NotShown::Empty);
        }
        if length > LONGEST_SHOWN {
            return Err(NotShown::TooLong(length));
        }
        if !may_quote && repeats(words.for_analysis(), &text) {
            return Err(NotShown::RepeatsTheSender);
        }
        Ok(Released::new(text))
    }
}

/// What a moderator chose before, as it was kept: released if the idea is shown, and then without
/// characters that nobody sees, whatever the file says.
pub fn shown(state: IdeaState, text: Option<&str>) -> Option<Released<String>> {
    let text = text.filter(|_| state == IdeaState::Shown).map(visible)?;
    (!text.is_empty()).then(|| Released::new(text))
}

/// Whether a text holds the whole of another, or a long piece of it. Letters and digits count,
/// case and signs don't.
fn repeats(written: &str, text: &str) -> bool {
    let plain = |text: &str| -> Vec<char> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words: Vec<String> = words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.join(" ").chars().collect()
    };
    let (written, text) = (plain(written), plain(text));
    let spaced = written.iter().filter(|c| **c == ' ').count() * 12 >= written.len();
    let run = if spaced { RUN } else { RUN_UNSPACED };
    let longest = longest_run(&written, &text);
    !written.is_empty() && (longest >= run || longest == written.len())
}

/// Length of the longest piece that two texts share.
fn longest_run(one: &[char], other: &[char]) -> usize {
    let mut above = vec![0usize; other.len() + 1];
    let mut longest = 0;
    for letter in one {
        let mut row = vec![0usize; other.len() + 1];
        for (at, theirs) in other.iter().enumerate() {
            if letter == theirs {
                row[at + 1] = above[at] + 1;
                longest = longest.max(row[at + 1]);
            }
        }
        above = row;
    }
    longest
}

/// Two texts word by word: parts that both hold, and parts that only one does.
fn compared(one: &str, other: &str) -> (Vec<Part>, Vec<Part>) {
    let (one, other): (Vec<&str>, Vec<&str>) = (
        one.split_whitespace().collect(),
        other.split_whitespace().collect(),
    );
    // Longest common subsequence, from the ends backwards.
    let width = other.len() + 1;
    let mut lengths = vec![0u32; (one.len() + 1) * width];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            lengths[i * width + j] = if one[i] == other[j] {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < one.len() || j < other.len() {
        if i < one.len() && j < other.len() && one[i] == other[j] {
            push(&mut left, one[i], false);
            push(&mut right, other[j], false);
            (i, j) = (i + 1, j + 1);
        } else if j == other.len()
            || (i < one.len() && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])
        {
            push(&mut left, one[i], true);
            i += 1;
        } else {
            push(&mut right, other[j], true);
            j += 1;
        }
    }
    (left, right)
}

fn push(parts: &mut Vec<Part>, word: &str, marked: bool) {
    match parts.last_mut().filter(|last| last.marked == marked) {
        Some(last) => {
            last.text.push(' ');
            last.text.push_str(word);
        }
        None => parts.push(Part {
            text: word.to_owned(),
            marked,
        }),
    }
}
