//! Days and months: from ISO text to what a reader says.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `2026-03-14` as `14 March 2026`; text that is no such day as it is.
pub(crate) fn date(iso: &str) -> String {
    let mut parts = iso.splitn(3, '-');
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    match (year, month.and_then(name), day.map(str::parse::<u8>)) {
        (Some(year), Some(month), Some(Ok(day))) => format!("{day} {month} {year}"),
        _ => iso.to_owned(),
    }
}

/// `2026-03` as `Mar 2026`; text that is no such month as it is.
pub(crate) fn month(iso: &str) -> String {
    month_index(iso).map_or_else(|| iso.to_owned(), month_of_index)
}

/// Months since year 0, so that months can be counted along an axis.
pub(crate) fn month_index(iso: &str) -> Option<i64> {
    let (year, month) = iso.split_once('-')?;
    let month: i64 = month.parse().ok()?;
    let year: i64 = year.parse().ok()?;
    (1..=12).contains(&month).then_some(year * 12 + month - 1)
}

/// The short name of a month counted by [`month_index`].
pub(crate) fn month_of_index(index: i64) -> String {
    let name = MONTHS[index.rem_euclid(12) as usize];
    format!("{} {}", &name[..3], index.div_euclid(12))
}

fn name(month: &str) -> Option<&'static str> {
    let number: usize = month.parse().ok()?;
    MONTHS.get(number.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_and_what_is_no_date_is_left_alone() {
        for (said, expected) in [
            (date("2026-03-04"), "4 March 2026"),
            (date("2026-13-04"), "2026-13-04"),
            (date("week 7"), "week 7"),
            (month("2025-12"), "Dec 2025"),
            (month("2025-Q4"), "2025-Q4"),
            (month("2025-00"), "2025-00"),
        ] {
            assert_eq!(said, expected);
        }
    }
}
