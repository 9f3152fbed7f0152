//! Numbers, days and errors as pages say them.

use chrono::NaiveDate;

/// `200,000`
pub(crate) fn count(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().unwrap_or(u64::MAX).to_string();
    let mut said = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push(',');
        }
        said.push(digit);
    }
    said
}

/// `1 person`, `1,200 people`
pub(crate) fn people(number: impl TryInto<u64>) -> String {
    counted(number, "person", "people")
}

/// `1 unit`, `12 units`
pub(crate) fn counted(number: impl TryInto<u64>, one: &str, more: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    format!("{} {}", count(number), if number == 1 { one } else { more })
}

/// `3 March 2027`
pub(crate) fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}

/// What was refused and what to do, as two sentences.
pub(crate) fn refusal(what: &str, hint: &str) -> String {
    format!("{}. {}", what.trim_end_matches('.'), capital(hint))
}

/// With a capital first letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A sentence of an error's words: a capital first letter, a full stop at the end.
pub(crate) fn sentence(words: &str) -> String {
    let words = capital(words.trim());
    if words.is_empty() || words.ends_with(['.', '?', '!']) {
        words
    } else {
        words + "."
    }
}

#[cfg(test)]
mod tests {
    use super::{count, day, people, sentence};

    #[test]
    fn numbers_and_days_are_said_in_words() {
        assert_eq!(count(7_u64), "7");
        assert_eq!(count(1_234_567_usize), "1,234,567");
        assert_eq!(
            (people(1_u64), people(0_u64)),
            ("1 person".into(), "0 people".into())
        );
        let date = chrono::NaiveDate::from_ymd_opt(2027, 3, 1).expect("a date");
        assert_eq!(day(date), "1 March 2027");
        for (words, said) in [
            ("no unit was chosen", "No unit was chosen."),
            ("Is it?", "Is it?"),
            ("Send it once more.", "Send it once more."),
            ("", ""),
        ] {
            assert_eq!(sentence(words), said);
        }
    }
}
