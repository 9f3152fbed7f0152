//! Amounts and counts: `1234.5`, `1,234.50`, `1.234,50`, `€ 1 200`, `12%`, `1.2k`, `£3m`, `(250.00)`.
//!
//! With both a point and a comma the later one is the decimal sign. One comma with three digits
//! after it parts thousands; one point is a decimal sign, but in a column of money where all points part thousands
//! ([`points`]). Brackets are an accountant's minus. `k`, `m` and `bn` multiply money alone: elsewhere `6m` may be
//! minutes.

/// What the points of a column's amounts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Points {
    /// Decimal signs (or there are none).
    Decimal,
    /// `1.234` is one thousand and more.
    Thousands,
    /// Every one has three digits after it, and nothing tells which they are.
    Either,
}

/// What the points of a column's amounts are. `commas`: whether the file is one of a country that writes `1,5`. A
/// currency tells only where nothing else does.
pub(crate) fn points<'a>(cells: impl Iterator<Item = &'a str>, commas: bool) -> Points {
    let (mut groups, mut told) = (false, commas);
    let (mut currency, mut comma_groups) = (false, false);
    for cell in cells.filter(|cell| !super::is_missing(cell)) {
        let Some(amount) = Amount::of(cell) else {
            continue;
        };
        let (number, decimals) = amount
            .digits
            .split_once(',')
            .unwrap_or((&amount.digits, ""));
        // `12,345.50`: commas part thousands here.
        if decimals.contains('.') {
            return Points::Decimal;
        }
        if number.contains('.') {
            if !parts_thousands(number) || decimals.len() == 3 {
                return Points::Decimal;
            }
            // `1.234,50` needs no telling.
            groups |= decimals.is_empty();
        }
        told |= matches!(decimals.len(), 1 | 2);
        currency |= amount.currency;
        comma_groups |= decimals.len() == 3;
    }
    match (groups, told || (currency && !comma_groups)) {
        (false, _) => Points::Decimal,
        (true, true) => Points::Thousands,
        (true, false) => Points::Either,
    }
}

/// Whether a number's points part its thousands: `1.234`, `12.345.678`, and not `0.125`.
fn parts_thousands(number: &str) -> bool {
    let mut groups = number.trim_start_matches(['-', '+']).split('.');
    let first = groups.next().unwrap_or("");
    let is_first = (1..=3).contains(&first.len()) && !first.starts_with('0');
    is_first && groups.all(|group| group.len() == 3)
}

/// Codes of currencies that stand beside amounts.
const CURRENCY_CODES: [&str; 30] = [
    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN",
    "TRY", "BRL", "MXN", "ARS", "CLP", "COP", "CAD", "AUD", "NZD", "JPY", "CNY", "INR", "IDR",
    "ZAR", "AED", "SGD", "HKD",
];

/// A text's parts.
struct Amount {
    /// The number alone, with its marks.
    digits: String,
    negative: bool,
    /// Whether a currency stands beside it.
    currency: bool,
    /// What it is multiplied by, where letters say so: `k`, `m`, `bn`.
    times: Option<f64>,
}

impl Amount {
    fn of(text: &str) -> Option<Self> {
        const CURRENCIES: [char; 4] = ['€', '$', '£', '¥'];
        let is_sign = |letter: char| {
            CURRENCIES.contains(&letter)
                || matches!(letter, '%' | '\'' | '’')
                || letter.is_whitespace()
        };
        let bare: String = text
            .chars()
            .filter(|letter| !is_sign(*letter))
            .map(|letter| if letter == '−' { '-' } else { letter })
            .collect();
        let inside = bare
            .strip_prefix('(')
            .and_then(|rest| rest.strip_suffix(')'));
        let negative = inside.is_some();
        let bare = inside.unwrap_or(&bare);
        // `EUR 12`, `12 kr`: a currency's letters before or after the number.
        let number = bare.trim_end_matches(char::is_alphabetic);
        let after = &bare[number.len()..];
        let digits = number.trim_start_matches(char::is_alphabetic);
        let is_code = |letters: &str| CURRENCY_CODES.contains(&letters);
        // `250k pa`: the word next to the number multiplies it, with or without a currency's code.
        let behind = text.rsplit(|letter: char| letter.is_ascii_digit()).next();
        let word = behind.and_then(|behind| behind.split_whitespace().next());
        let word: String = word
            .unwrap_or_default()
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .collect();
        let times = times(&word).or_else(|| times(split_code(&word)?.0));
        Some(Self {
            digits: digits.to_owned(),
            negative,
            currency: text.contains(CURRENCIES)
                || is_code(&number[..number.len() - digits.len()])
                || split_code(after).is_some_and(|(_, code)| is_code(code)),
            times,
        })
        .filter(|amount| !(amount.negative && amount.digits.starts_with(['-', '+'])))
    }

    /// The number, not multiplied yet. `thousands`: whether points part thousands.
    fn value(&self, thousands: bool) -> Result<f64, &'static str> {
        let bare = self.digits.as_str();
        let (points, commas) = (bare.matches('.').count(), bare.matches(',').count());
        let groups_of_three = |mark: char| {
            bare.rsplit(mark).next().is_some_and(|last| last.len() == 3) && !bare.starts_with("0,")
        };
        let decimal = match (points, commas) {
            (0, 0) => None,
            (1, 0) if thousands && parts_thousands(bare) => None,
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
            Ok(value) if is_number && value.is_finite() => {
                Ok(if self.negative { -value } else { value })
            }
            _ => Err(NO_NUMBER),
        }
    }
}

/// Letters whose last three are capitals, as a currency's code has them.
fn split_code(letters: &str) -> Option<(&str, &str)> {
    let (before, code) = letters.split_at_checked(letters.len().checked_sub(3)?)?;
    let is_code = code.bytes().all(|letter| letter.is_ascii_uppercase());
    is_code.then_some((before, code))
}

/// What letters after a number multiply it by.
fn times(letters: &str) -> Option<f64> {
    match letters.to_ascii_lowercase().as_str() {
        "k" | "thousand" => Some(1e3),
        "m" | "mn" | "mio" | "million" => Some(1e6),
        "bn" | "billion" => Some(1e9),
        _ => None,
    }
}

/// Reads an amount of money: `None` where there is none. `thousands`: whether the column's points part thousands.
pub(crate) fn money(text: &str, thousands: bool) -> Result<Option<f64>, &'static str> {
    let Some(amount) = amount(text)? else {
        return Ok(None);
    };
    let value = amount.value(thousands)?;
    Ok(Some(value * amount.times.unwrap_or(1.0)))
}

/// Reads a number that is no money: `None` where there is none.
pub(crate) fn number(text: &str) -> Result<Option<f64>, &'static str> {
    match amount(text)? {
        None => Ok(None),
        Some(amount) if amount.times.is_some() => Err(MULTIPLIED),
        Some(amount) => amount.value(false).map(Some),
    }
}

const NO_NUMBER: &str = "no number can be read";
const MULTIPLIED: &str =
    "letters after the number may multiply it, or be a unit: write the number alone";

fn amount(text: &str) -> Result<Option<Amount>, &'static str> {
    if super::is_missing(text) {
        return Ok(None);
    }
    Amount::of(text).map(Some).ok_or(NO_NUMBER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_written_in_most_countries() {
        let check = |text, expected| assert_eq!(money(text, false), expected, "{text}");
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
        check("1.2k", Ok(Some(1200.0)));
        check("250K", Ok(Some(250_000.0)));
        check("£1.2m", Ok(Some(1_200_000.0)));
        check("3 M", Ok(Some(3_000_000.0)));
        check("2.5mn EUR", Ok(Some(2_500_000.0)));
        check("£250k pa", Ok(Some(250_000.0)));
        check("2.5m XYZ", Ok(Some(2_500_000.0)));
        check("1.5kEUR", Ok(Some(1500.0)));
        check("$ 1 bn", Ok(Some(1e9)));
        check("12 kr", Ok(Some(12.0)));
        check("(250.00)", Ok(Some(-250.0)));
        check("(£1,250)", Ok(Some(-1250.0)));
        check("£(250)", Ok(Some(-250.0)));
        check("(-5)", Err("no number can be read"));
        check("(250", Err("no number can be read"));
        check("€250.000", Ok(Some(250.0)));
        check("1.234 EUR", Ok(Some(1.234)));
        check("$0.125", Ok(Some(0.125)));
        check("$12.50", Ok(Some(12.5)));
        check("1.234", Ok(Some(1.234)));
        check("many", Err("no number can be read"));
        check("1e999", Err("no number can be read"));
    }

    #[test]
    fn points_are_told_by_the_whole_column() {
        let check = |cells: &[&str], commas, expected| {
            assert_eq!(points(cells.iter().copied(), commas), expected, "{cells:?}");
        };
        check(&["1.234", "12.345", "", "450"], true, Points::Thousands);
        check(&["1.234", "12.345"], false, Points::Either);
        check(&["1.234", "12,50"], false, Points::Thousands);
        check(&["1.234,50", "1.234"], false, Points::Thousands);
        check(&["1.234,50", "€ 900"], false, Points::Decimal);
        check(&["2.500", "$1,000", "12,345.50"], false, Points::Decimal);
        check(&["1.234", "2.5"], true, Points::Decimal);
        check(&["0.125", "0.250"], true, Points::Decimal);
        check(&["€250.000", "1.000"], false, Points::Thousands);
        check(&["1.234 EUR", "450"], false, Points::Thousands);
        check(&["$98.5", "$125.375", "$101.25"], false, Points::Decimal);
        check(&["$1.234", "$1,000"], false, Points::Either);
        check(&["1.234 SEC", "2.500 SEC"], false, Points::Either);
        check(&["450", "12"], true, Points::Decimal);
        assert_eq!(money("1.234", true), Ok(Some(1234.0)));
        assert_eq!(money("2.5", true), Ok(Some(2.5)));
    }

    #[test]
    fn letters_multiply_money_alone() {
        assert_eq!(number("6"), Ok(Some(6.0)));
        assert_eq!(number("6 min"), Ok(Some(6.0)));
        for text in ["6m", "1.2k", "3 bn"] {
            assert_eq!(number(text), Err(MULTIPLIED), "{text}");
        }
    }
}
