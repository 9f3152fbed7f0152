//! How customers say what hurts and employees say what would help: four text files, one a bank,
//! written by different hands who didn't see each other's words. A line is one person's way of
//! saying it, in the small language of `grammar`.
//!
//! ```text
//! ## hold_time
//! pain: [rang|I rang] [@times|again and again], [nobody|no one] picks up
//! ```

use crate::plan::Bank;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const MAKING: &str = include_str!("wordings/making.txt");
const HELD_OUT: &str = include_str!("wordings/held-out.txt");
const FREE_MAKING: &str = include_str!("wordings/free-making.txt");
const FREE_HELD_OUT: &str = include_str!("wordings/free-held-out.txt");

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Says {
    /// A customer's complaint.
    Pain,
    /// An employee's proposal.
    Idea,
    /// The same asked backwards: what stands in the way.
    Block,
}

/// The lines of a bank, by key and by what they say.
type Lines = BTreeMap<(&'static str, Says), Vec<&'static str>>;

/// All ways of saying `says` of `key` in one bank, or in the first two.
pub(crate) fn of(key: &str, says: Says, bank: Option<Bank>) -> Vec<&'static str> {
    let banks = match bank {
        Some(bank) => vec![bank],
        None => vec![Bank::Making, Bank::HeldOut],
    };
    banks
        .iter()
        .filter_map(|bank| lines(*bank).get(&(key, says)))
        .flatten()
        .copied()
        .collect()
}

fn lines(bank: Bank) -> &'static Lines {
    static READ: [OnceLock<Lines>; 4] = [const { OnceLock::new() }; 4];
    match bank {
        Bank::Making => READ[0].get_or_init(|| read(MAKING).0),
        Bank::HeldOut => READ[1].get_or_init(|| read(HELD_OUT).0),
        Bank::FreeMaking => READ[2].get_or_init(|| read(FREE_MAKING).0),
        Bank::FreeHeldOut => READ[3].get_or_init(|| read(FREE_HELD_OUT).0),
    }
}

/// Reads a bank; lines that say nothing known are given back (a test wants none).
fn read(text: &'static str) -> (Lines, Vec<&'static str>) {
    let mut lines = Lines::new();
    let (mut key, mut left) = ("", Vec::new());
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(heading) = line.strip_prefix("## ") {
            key = heading.trim();
            continue;
        }
        let says = [
            ("pain: ", Says::Pain),
            ("idea: ", Says::Idea),
            ("block: ", Says::Block),
        ];
        match says
            .iter()
            .find_map(|(prefix, says)| Some((*says, line.strip_prefix(prefix)?)))
        {
            Some((says, template)) => lines.entry((key, says)).or_default().push(template.trim()),
            None => left.push(line),
        }
    }
    (lines, left)
}

#[cfg(test)]
pub(crate) fn unread() -> Vec<&'static str> {
    [MAKING, HELD_OUT, FREE_MAKING, FREE_HELD_OUT]
        .into_iter()
        .flat_map(|bank| read(bank).1)
        .collect()
}

#[cfg(test)]
pub(crate) fn keys() -> Vec<(&'static str, Says)> {
    Bank::ALL
        .into_iter()
        .flat_map(|bank| lines(bank).keys().copied())
        .collect()
}
