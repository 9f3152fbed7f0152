//! Numbers as text: points and exponents, `TRUE` and `FALSE`, and decimal commas where the whole
//! column says that its commas are such.
//!
//! No currency, percent sign or unit is taken off: `12%` may be 12 or 0.12, and who knows is the
//! person who brought it.

use super::LARGEST_NUMBER;

/// A cell that isn't plainly a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Odd {
    /// It holds a comma, so its column has to decide.
    Comma,
    /// Why it is refused, and what to do.
    Refused(&'static str, &'static str),
}

const NO_NUMBER: Odd = Odd::Refused(
    "is not a number",
    "write plain numbers, such as 3.5, without signs or units; leave missing values empty or write NA",
);
const TOO_LARGE: Odd = Odd::Refused(
    "is too large to compute with",
    "numbers may be up to 1e100 in size; check for a slip, or a code for missing values",
);
const NOT_FINITE: Odd = Odd::Refused(
    "is not a finite number",
    "leave the cell empty, or write NA, if there is no value",
);

/// A number from a cell that isn't missing.
#[inline]
pub(super) fn number(text: &str) -> Result<f64, Odd> {
    match text.parse::<f64>() {
        Ok(value) => checked(value, text),
        Err(_) => unusual(text),
    }
}

fn checked(value: f64, text: &str) -> Result<f64, Odd> {
    if value.abs() <= LARGEST_NUMBER {
        Ok(value)
    } else if text.bytes().any(|byte| byte.is_ascii_digit()) {
        // `1e999` reads as infinite, but was written as a number.
        Err(TOO_LARGE)
    } else {
        Err(NOT_FINITE)
    }
}

fn unusual(text: &str) -> Result<f64, Odd> {
    if text.eq_ignore_ascii_case("true") {
        return Ok(1.0);
    }
    if text.eq_ignore_ascii_case("false") {
        return Ok(0.0);
    }
    if text.contains('\u{2212}') {
        return number(&text.replace('\u{2212}', "-"));
    }
    let digits_and_marks = text.bytes().all(|byte| {
        byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b'-' | b'+' | b'e' | b'E')
    });
    if digits_and_marks && text.contains(',') && text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(Odd::Comma);
    }
    Err(NO_NUMBER)
}

/// What a column's commas are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Commas {
    Decimal,
    Thousands,
}

/// Reads the cells with commas of one column. The error names the place in `cells` of the value
/// at fault.
pub(super) fn with_commas(cells: &[(usize, String)]) -> Result<Vec<f64>, (usize, Odd)> {
    let mut decided: Option<Commas> = None;
    for (place, (_, text)) in cells.iter().enumerate() {
        let Some(said) = says(text) else { continue };
        if decided.is_some_and(|before| before != said) {
            return Err((place, NO_NUMBER));
        }
        decided = Some(said);
    }
    let Some(decided) = decided else {
        return Err((
            0,
            Odd::Refused(
                "can be a number with decimals or one with thousands, and no other value of the column tells which",
                "write decimals with a point, and no comma between thousands",
            ),
        ));
    };
    cells
        .iter()
        .enumerate()
        .map(|(place, (_, text))| {
            let plain = match decided {
                Commas::Decimal => text.replace('.', "").replace(',', "."),
                Commas::Thousands => text.replace(',', ""),
            };
            match plain.parse::<f64>() {
                Ok(value) => checked(value, text).map_err(|odd| (place, odd)),
                Err(_) => Err((place, NO_NUMBER)),
            }
        })
        .collect()
}

/// What a value says of its commas; nothing if it can be read both ways.
fn says(text: &str) -> Option<Commas> {
    let commas = text.matches(',').count();
    match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => Some(Commas::Decimal),
        (Some(_), Some(_)) => Some(Commas::Thousands),
        _ if commas > 1 => Some(Commas::Thousands),
        _ => {
            let (before, after) = text.split_once(',')?;
            let before = before.trim_start_matches(['-', '+']);
            let grouped = after.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
            (!grouped).then_some(Commas::Decimal)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_are_read_and_nothing_else() {
        let check = |text, expected| assert_eq!(number(text), expected, "{text}");
        check("3.5", Ok(3.5));
        check("-2e-3", Ok(-0.002));
        check("\u{2212}4", Ok(-4.0));
        check("TRUE", Ok(1.0));
        check("1e300", Err(TOO_LARGE));
        check("1e999", Err(TOO_LARGE));
        check("inf", Err(NOT_FINITE));
        check("12%", Err(NO_NUMBER));
        check("EUR 12", Err(NO_NUMBER));
        check("abc", Err(NO_NUMBER));
        check("3,5", Err(Odd::Comma));
    }

    #[test]
    fn the_column_says_what_its_commas_are() {
        let check = |texts: &[&str], expected: Option<&[f64]>| {
            let cells: Vec<_> = texts.iter().map(|text| (0, (*text).to_owned())).collect();
            assert_eq!(with_commas(&cells).ok().as_deref(), expected, "{texts:?}");
        };
        check(&["3,5", "1,250"], Some(&[3.5, 1.25]));
        check(&["0,125"], Some(&[0.125]));
        check(&["1,234,567", "1,234"], Some(&[1_234_567.0, 1234.0]));
        check(&["1,234.5", "2,000"], Some(&[1234.5, 2000.0]));
        check(&["1.234,5"], Some(&[1234.5]));
        check(&["1,234"], None);
        check(&["3,5", "1,234.5"], None);
    }
}
