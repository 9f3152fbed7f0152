//! Figures, counts and dates in words that a reader understands.
//!
//! What it deliberately doesn't do: decide which figures are shown, or compute any.

mod dates;
mod figures;
mod numbers;
mod reasons;

pub(crate) use dates::{date, month, month_index, month_of_index};
pub(crate) use figures::{
    Unit, can_tell, ease_words, place_words, range, spread, top_five_words, unit_of, value,
};
pub(crate) use numbers::{
    count, fixed, in_words, list, list_of_names, plural, rounded_money, sentence, signed, step_for,
};
pub(crate) use reasons::why;
