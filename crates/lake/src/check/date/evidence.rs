//! What a column's dates tell about the order of day and month: each speaks for one, or for either.

use crate::options::DateOrder;

/// What the values of a column say about the order of day and month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    pub day_first: u64,
    pub month_first: u64,
    /// Values that can be read both ways, to different days.
    pub either: u64,
    /// The first of these: its line and the value.
    pub example: Option<(u64, String)>,
    /// The first that only day/month, and only month/day, can be.
    pub proofs: [Option<(u64, String)>; 2],
}

/// Values of the rarer order from which a column mixes both, and the share of those that tell: fewer are slips.
const MIXED: u64 = 3;
const MIXED_SHARE: f64 = 0.02;

impl Evidence {
    /// Adds another's counts; `self` comes first in the file.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.either += other.either;
        if self.example.is_none() {
            self.example.clone_from(&other.example);
        }
        for (own, other) in self.proofs.iter_mut().zip(&other.proofs) {
            if own.is_none() {
                own.clone_from(other);
            }
        }
    }

    /// Whether the column holds dates of both orders: no reading is right for all of it.
    pub(crate) fn is_mixed(&self) -> bool {
        let rarer = self.day_first.min(self.month_first);
        rarer >= MIXED && rarer as f64 >= MIXED_SHARE * (self.day_first + self.month_first) as f64
    }

    /// A value that can't be of an order that a person said, where more can't than can only be of it: fewer are slips.
    pub(crate) fn against(&self, order: DateOrder) -> Option<&(u64, String)> {
        let (for_it, against, proof) = match order {
            DateOrder::DayMonthYear => (self.day_first, self.month_first, &self.proofs[1]),
            DateOrder::MonthDayYear => (self.month_first, self.day_first, &self.proofs[0]),
        };
        proof.as_ref().filter(|_| against > for_it)
    }

    /// The order that the values speak for; `None` if they don't.
    pub(crate) fn order(&self) -> Option<DateOrder> {
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Some(DateOrder::DayMonthYear),
            std::cmp::Ordering::Less => Some(DateOrder::MonthDayYear),
            std::cmp::Ordering::Equal => None,
        }
    }

    pub(super) fn note(&mut self, first: u32, second: u32, line: u64, text: &str) {
        if first.max(second) > 31 {
            return;
        }
        match (first > 12, second > 12) {
            (true, false) => {
                self.day_first += 1;
                self.proofs[0].get_or_insert_with(|| (line, text.to_owned()));
            }
            (false, true) => {
                self.month_first += 1;
                self.proofs[1].get_or_insert_with(|| (line, text.to_owned()));
            }
            (false, false) if first != second => {
                self.either += 1;
                if self.example.is_none() {
                    self.example = Some((line, text.to_owned()));
                }
            }
            _ => {}
        }
    }
}
