//! Numbers as text: thousands separators, a true minus sign, plural forms.

/// A count with thousands separators: `38,412`.
pub(crate) fn count(n: u64) -> String {
    grouped(&n.to_string())
}

/// A small count as a word, others in digits: `five`, `12`.
pub(crate) fn in_words(n: u64) -> String {
    const WORDS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    usize::try_from(n)
        .ok()
        .and_then(|n| WORDS.get(n))
        .map_or_else(|| count(n), |word| (*word).to_owned())
}

/// A count with its noun: `1 person`, `1,204 people`.
pub(crate) fn plural(n: u64, one: &str, many: &str) -> String {
    let noun = if n == 1 { one } else { many };
    format!("{} {noun}", count(n))
}

/// A number with so many decimals, thousands separators and U+2212 for minus. What rounds to
/// zero has no sign; what isn't finite is `not known`.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "not known".to_owned();
    }
    let digits = format!("{:.decimals$}", value.abs());
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    let nothing = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if value < 0.0 && !nothing {
        "\u{2212}"
    } else {
        ""
    };
    let mut text = format!("{sign}{}", grouped(whole));
    if !rest.is_empty() {
        text.push('.');
        text.push_str(rest);
    }
    text
}

/// As [`fixed`], with `+` before what is above zero.
pub(crate) fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    if value > 0.0 && value.is_finite() && !zero {
        format!("+{text}")
    } else {
        text
    }
}

/// Money to three digits, without a currency, which the files don't say: `2.4 million`.
pub(crate) fn rounded_money(value: f64) -> String {
    let size = value.abs();
    let scaled = |by: f64, word: &str| {
        let part = value / by;
        let decimals = usize::from(part.abs() < 99.95);
        format!("{} {word}", fixed(part, decimals))
    };
    // The limits lie where the next smaller word would round up to a thousand of itself.
    if size >= 999_500_000.0 {
        scaled(1e9, "billion")
    } else if size >= 999_500.0 {
        scaled(1e6, "million")
    } else if size >= 9_999.5 {
        fixed((value / 1e3).round() * 1e3, 0)
    } else {
        fixed(value, 0)
    }
}

/// A list as a sentence says it: `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The same of names that may hold commas themselves ("Billing agent, phone").
pub(crate) fn list_of_names(items: &[String]) -> String {
    if items.iter().any(|name| name.contains(',')) {
        items.join("; ")
    } else {
        list(items)
    }
}

/// The text with a capital at its beginning.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().collect::<String>() + letters.as_str(),
        None => String::new(),
    }
}

/// A round step (1, 2 or 5 times a power of ten) that cuts a span into about `parts`.
pub(crate) fn step_for(span: f64, parts: f64) -> f64 {
    if !(span.is_finite() && span > 0.0) {
        return 1.0;
    }
    let rough = span / parts;
    let power = 10f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|times| times * power)
        .find(|step| *step >= rough * 0.999)
        .unwrap_or(10.0 * power)
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_a_person_writes_them() {
        for (said, expected) in [
            (count(0), "0"),
            (count(999), "999"),
            (count(1_234_567), "1,234,567"),
            (plural(1, "person", "people"), "1 person"),
            (plural(1_204, "person", "people"), "1,204 people"),
            (fixed(-0.004, 2), "0.00"),
            (fixed(-1234.5, 1), "\u{2212}1,234.5"),
            (fixed(f64::NAN, 1), "not known"),
            (signed(0.04, 1), "0.0"),
            (signed(2.0, 1), "+2.0"),
            (rounded_money(812.0), "812"),
            (rounded_money(48_213.0), "48,000"),
            (rounded_money(999_700.0), "1.0 million"),
            (rounded_money(2_412_345.0), "2.4 million"),
            (rounded_money(118_412_345.0), "118 million"),
            (rounded_money(-3.2e9), "\u{2212}3.2 billion"),
            (list(&["a".into(), "b".into(), "c".into()]), "a, b and c"),
            (sentence("élan vital"), "Élan vital"),
            (sentence(""), ""),
        ] {
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn steps_are_round() {
        for (span, expected) in [(1.0, 0.2), (7.3, 2.0), (480.0, 100.0), (0.0, 1.0)] {
            assert!((step_for(span, 5.0) - expected).abs() < 1e-9, "{span}");
        }
    }
}
