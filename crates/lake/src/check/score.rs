//! Scores as exports write them: `8`, `4,5`, `8/10`, `9 - Extremely likely`, `Very good (5)`.
//!
//! A text around the number is dropped where there is one number and nothing is glued to it;
//! anything else is refused, never guessed. Scores are kept in millionths, so that sums over many
//! rows come out the same whatever their order.

/// Millionths of a score in one.
pub(crate) const MICRO: f64 = 1e6;
/// Larger scores are no scores.
const LARGEST: f64 = 1e9;

/// Reads a score: `None` where there is none.
#[inline]
pub(crate) fn micro(text: &str) -> Result<Option<i64>, &'static str> {
    match text.as_bytes() {
        [ones @ b'0'..=b'9'] => Ok(Some(i64::from(ones - b'0') * 1_000_000)),
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Ok(Some(
            (i64::from(tens - b'0') * 10 + i64::from(ones - b'0')) * 1_000_000,
        )),
        _ => any(text),
    }
}

fn any(text: &str) -> Result<Option<i64>, &'static str> {
    if super::is_missing(text) {
        return Ok(None);
    }
    let value = number_in(text)?;
    if value.abs() > LARGEST {
        return Err("the score is too large to be one");
    }
    Ok(Some((value * MICRO).round() as i64))
}

const NO_NUMBER: &str = "no number can be read as the score";
const WORDS: &str = "no number can be read as the score, and no one scale of words that surveys use holds all of the column's";
const SEVERAL: &str = "several numbers are in the score";

/// Stars that are filled, where a text is nothing but stars.
fn stars(text: &str) -> Option<f64> {
    let is_star = |c: char| matches!(c, '★' | '⭐' | '🌟');
    let mut others = text.chars().filter(|c| !is_star(*c) && !c.is_whitespace());
    let filled = text.chars().filter(|c| is_star(*c)).count();
    (filled > 0 && others.all(|c| matches!(c, '☆' | '\u{fe0f}'))).then_some(filled as f64)
}

/// The one number of a text.
fn number_in(text: &str) -> Result<f64, &'static str> {
    if let Some(stars) = stars(text) {
        return Ok(stars);
    }
    let letters: Vec<char> = text.chars().collect();
    let mut found: Vec<(f64, usize, usize)> = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < letters.len() && letters[at].is_ascii_digit() {
            at += 1;
        }
        // One decimal point or comma with digits after it.
        if at + 1 < letters.len()
            && matches!(letters[at], '.' | ',')
            && letters[at + 1].is_ascii_digit()
        {
            at += 1;
            while at < letters.len() && letters[at].is_ascii_digit() {
                at += 1;
            }
        }
        let glued = start > 0 && letters[start - 1].is_alphanumeric()
            || at < letters.len() && letters[at].is_alphanumeric();
        let decimals = start > 0 && matches!(letters[start - 1], '.' | ',')
            || at < letters.len()
                && letters[at] == ','
                && letters.get(at + 1).is_some_and(char::is_ascii_digit);
        if glued || decimals {
            return Err(NO_NUMBER);
        }
        let digits: String = letters[start..at]
            .iter()
            .map(|letter| if *letter == ',' { '.' } else { *letter })
            .collect();
        let value: f64 = digits.parse().map_err(|_| NO_NUMBER)?;
        // A minus is a sign where nothing but a space or a bracket is before it.
        let sign = start.checked_sub(1).is_some_and(|minus| {
            matches!(letters[minus], '-' | '−' | '–')
                && minus
                    .checked_sub(1)
                    .is_none_or(|before| letters[before].is_whitespace() || letters[before] == '(')
        });
        found.push((if sign { -value } else { value }, start, at));
    }
    match found.as_slice() {
        // Two letters are a stray code.
        [] if text.chars().filter(|c| c.is_alphabetic()).count() > 2 => Err(WORDS),
        [] => Err(NO_NUMBER),
        [(value, ..)] => Ok(*value),
        // `8/10`, `4 of 5`, `4 out of 5`: the second is the scale's end.
        [(value, _, end), (top, start, _)] => {
            let between: String = letters[*end..*start]
                .iter()
                .collect::<String>()
                .trim()
                .to_lowercase();
            let is_scale = matches!(
                between.as_str(),
                "/" | "of" | "out of" | "von" | "sur" | "de" | "su"
            );
            if is_scale && value <= top {
                Ok(*value)
            } else {
                Err(SEVERAL)
            }
        }
        _ => Err(SEVERAL),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_read_or_refused_never_guessed() {
        let check = |text, expected: Result<Option<f64>, &str>| {
            assert_eq!(
                micro(text).map(|score| score.map(|score| score as f64 / MICRO)),
                expected,
                "{text}"
            );
        };
        check("8", Ok(Some(8.0)));
        check("10", Ok(Some(10.0)));
        check("-3", Ok(Some(-3.0)));
        check("−3", Ok(Some(-3.0)));
        check("4.5", Ok(Some(4.5)));
        check("4,5", Ok(Some(4.5)));
        check("3.0", Ok(Some(3.0)));
        check("8/10", Ok(Some(8.0)));
        check("4 out of 5", Ok(Some(4.0)));
        check("9 - Extremely likely", Ok(Some(9.0)));
        check("Very satisfied (5)", Ok(Some(5.0)));
        check("Extremely unlikely - 0", Ok(Some(0.0)));
        check("85%", Ok(Some(85.0)));
        check("★★★★☆", Ok(Some(4.0)));
        check("⭐\u{fe0f} ⭐\u{fe0f}", Ok(Some(2.0)));
        check("☆☆☆", Err(NO_NUMBER));
        for missing in ["", "NA", "n/a", "NULL", "-", "None"] {
            check(missing, Ok(None));
        }
        for (text, why) in [
            ("-o", NO_NUMBER),
            ("cc", NO_NUMBER),
            ("Good", WORDS),
            ("A5", NO_NUMBER),
            ("3rd", NO_NUMBER),
            ("1-2", SEVERAL),
            ("1,2,3", NO_NUMBER),
            ("2024-01-05", SEVERAL),
            ("1e400", NO_NUMBER),
            ("99999999999", "the score is too large to be one"),
            ("-NA", NO_NUMBER),
        ] {
            check(text, Err(why));
        }
    }
}
