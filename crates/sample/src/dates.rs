//! The two years that the sample covers, November 2024 to October 2026, as months and ISO dates.
//! A fixed window: it does not follow the clock, so that the same seed gives the same bytes.

/// Months covered.
pub(crate) const MONTHS: usize = 24;

const FIRST_YEAR: u32 = 2024;
const FIRST_MONTH: u32 = 11;

/// Year and month (1 to 12) of the month at `index`.
pub(crate) fn month(index: usize) -> (u32, u32) {
    let months = FIRST_MONTH - 1 + index as u32;
    (FIRST_YEAR + months / 12, months % 12 + 1)
}

/// Days of the month at `index`; the window has no leap February.
pub(crate) fn days_in(index: usize) -> u32 {
    match month(index).1 {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Writes an ISO date over `out`.
pub(crate) fn write_date(year: u32, month: u32, day: u32, out: &mut String) {
    out.clear();
    write_digits(year, 4, out);
    out.push('-');
    write_digits(month, 2, out);
    out.push('-');
    write_digits(day, 2, out);
}

/// Appends a number in at least `width` digits.
pub(crate) fn write_digits(number: u32, width: u32, out: &mut String) {
    for place in (0..width).rev() {
        let digit = number / 10_u32.pow(place);
        let digit = if place + 1 == width {
            digit
        } else {
            digit % 10
        };
        crate::grammar::push_number(digit, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_is_two_years() {
        assert_eq!(month(0), (2024, 11));
        assert_eq!(month(2), (2025, 1));
        assert_eq!(month(MONTHS - 1), (2026, 10));
        assert_eq!((0..MONTHS).map(days_in).sum::<u32>(), 730);
    }

    #[test]
    fn dates_are_padded() {
        let mut out = String::new();
        write_date(2025, 3, 7, &mut out);
        assert_eq!(out, "2025-03-07");
    }
}
