//! Days since 1970-01-01 and the calendar, after Howard Hinnant, "chrono-compatible low-level date algorithms".

/// The day number of a day whose year is known to be within bounds.
pub(super) fn days_from_civil(year: i64, month: u32, day: u32) -> i32 {
    day_number(year, month, day) as i32
}

/// Days from 1970-01-01 to a day of any year.
pub(crate) fn day_number(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year =
        (153 * (i64::from(month) + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    let of_era_days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    era * 146_097 + of_era_days - 719_468
}

/// Year, month and day of a count of days since 1970-01-01.
pub(crate) fn civil(day: i64) -> (i64, u32, u32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day_of_month = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month as u32, day_of_month as u32)
}

/// Months since January 1970 of a day.
pub(crate) fn month_of(day: i32) -> i32 {
    let (year, month, _) = civil(i64::from(day));
    ((year - 1970) * 12 + i64::from(month) - 1) as i32
}
