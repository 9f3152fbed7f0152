//! Amounts and counts: `1234.5`, `1,234.50`, `1.234,50`, `€ 1 200`, `12%`.
//!
//! With both a point and a comma the later one is the decimal sign. One comma with three digits
//! after it parts thousands; one point is a decimal sign.

/// Reads an amount: `None` where there is none.
pub(crate) fn amount(text: &str) -> Result<Option<f64>, &'static str> {
    const NO_NUMBER: &str = "no number can be read";
    if super::is_missing(text) {
        return Ok(None);
    }
    let is_sign = |letter: char| {
        matches!(letter, '€' | '$' | '£' | '¥' | '%' | '\'' | '’') || letter.is_whitespace()
    };
    let bare: String = text
        .chars()
        .filter(|letter| !is_sign(*letter))
        .map(|letter| if letter == '−' { '-' } else { letter })
        .collect();
    // `EUR 12`, `12 kr`: a currency's letters before or after the number.
    let bare = bare.trim_matches(|letter: char| letter.is_alphabetic());
    let (points, commas) = (bare.matches('.').count(), bare.matches(',').count());
    let groups_of_three = |mark: char| {
        bare.rsplit(mark).next().is_some_and(|last| last.len() == 3) && !bare.starts_with("0,")
    };
    let decimal = match (points, commas) {
        (0, 0) => None,
        (1, 0) => Some('.'),
        (0, 1) if groups_of_three(',') => None,
        (0, 1) => Some(','),
        (_, 0) | (0, _) => None,
        _ if bare.rfind('.') > bare.rfind(',') => Some('.'),
        _ => Some(','),
    };
    let plain: String = bare
        .chars()
        .filter(|letter| !matches!(letter, '.' | ',') || Some(*letter) == decimal)
        .map(|letter| if Some(letter) == decimal { '.' } else { letter })
        .collect();
    let is_number = plain
        .chars()
        .all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+' | 'e' | 'E'));
    match plain.parse::<f64>() {
        Ok(value) if is_number && value.is_finite() => Ok(Some(value)),
        _ => Err(NO_NUMBER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_written_in_most_countries() {
        let check = |text, expected| assert_eq!(amount(text), expected, "{text}");
        check("1234.5", Ok(Some(1234.5)));
        check("1,234.50", Ok(Some(1234.5)));
        check("1.234,50", Ok(Some(1234.5)));
        check("1,234", Ok(Some(1234.0)));
        check("0,234", Ok(Some(0.234)));
        check("12,5", Ok(Some(12.5)));
        check("€ 1 200", Ok(Some(1200.0)));
        check("EUR 12", Ok(Some(12.0)));
        check("-7", Ok(Some(-7.0)));
        check("", Ok(None));
        check("NA", Ok(None));
        check("many", Err("no number can be read"));
        check("1e999", Err("no number can be read"));
    }
}
