//! Bars inside table rows: an interval, a share, a range of places. They hold no text, are
//! hidden from screen readers and repeat what their row says in words.

use maud::{Markup, html};

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 16.0;
const PAD: f64 = 5.0;

/// The ends of a scale shared by the bars of one column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Domain {
    low: f64,
    high: f64,
}

impl Domain {
    /// Covers zero and all values with their intervals; `None` if there is nothing to show.
    pub(crate) fn around(values: &[(f64, Option<(f64, f64)>)]) -> Option<Self> {
        let all = values
            .iter()
            .flat_map(|(value, ends)| {
                let (low, high) = ends.unwrap_or((*value, *value));
                [*value, low, high]
            })
            .filter(|value| value.is_finite());
        let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        (high > low).then_some(Self { low, high })
    }

    fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        PAD + share.clamp(0.0, 1.0) * (WIDTH - 2.0 * PAD)
    }
}

/// A dot with its interval and the line of zero. A hollow dot says that the interval holds
/// zero, or that there is none.
pub(crate) fn interval_bar(domain: Domain, value: f64, ends: Option<(f64, f64)>) -> Markup {
    let middle = HEIGHT / 2.0;
    let sure = ends.is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    let zero = domain.at(0.0);
    html! {
        svg class="bar" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) aria-hidden="true" focusable="false" {
            line x1=(short(zero)) x2=(short(zero)) y1="0" y2=(HEIGHT) class="bar-zero" {}
            @if let Some((low, high)) = ends {
                line x1=(short(domain.at(low))) x2=(short(domain.at(high)))
                    y1=(middle) y2=(middle) class="bar-range" {}
            }
            circle cx=(short(domain.at(value))) cy=(middle) r="4"
                class=(if sure { "bar-dot" } else { "bar-dot hollow" }) {}
        }
    }
}

/// A share of one as a filled strip.
pub(crate) fn share_bar(share: f64) -> Markup {
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    html! {
        svg class="bar" viewBox=(format!("0 0 {WIDTH} 8")) preserveAspectRatio="none"
            aria-hidden="true" focusable="false" {
            rect x="0" y="0" width=(WIDTH) height="8" class="bar-ground" {}
            rect x="0" y="0" width=(short(share * WIDTH)) height="8" class="bar-share" {}
        }
    }
}

/// A range of places among so many, first place at the left.
pub(crate) fn rank_bar(low: u32, place: u32, high: u32, of: usize) -> Markup {
    let slots = of.max(1) as f64;
    let wide = (WIDTH - 2.0 * PAD) / slots;
    let left = |place: u32| PAD + f64::from(place.saturating_sub(1)) * wide;
    html! {
        svg class="bar" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) aria-hidden="true" focusable="false" {
            rect x=(PAD) y="6" width=(short(WIDTH - 2.0 * PAD)) height="4" rx="2" class="bar-ground" {}
            rect x=(short(left(low))) y="4"
                width=(short((left(high) + wide - left(low)).clamp(0.0, WIDTH - 2.0 * PAD)))
                height="8" rx="4" class="bar-places" {}
            circle cx=(short(left(place) + wide / 2.0)) cy="8" r="3" class="bar-dot" {}
        }
    }
}

/// Two decimals: finer than a screen shows, and the same on every machine.
pub(super) fn short(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_without_values_has_no_scale() {
        assert_eq!(Domain::around(&[]), None);
        assert_eq!(Domain::around(&[(0.0, None)]), None);
        assert_eq!(Domain::around(&[(f64::NAN, None)]), None);
    }

    #[test]
    fn the_scale_covers_zero_and_all_intervals() {
        let domain = Domain::around(&[(2.0, Some((-1.0, 5.0))), (7.0, None)]);
        assert_eq!(
            domain,
            Some(Domain {
                low: -1.0,
                high: 7.0
            })
        );
    }

    #[test]
    fn an_unsure_value_has_a_hollow_dot() {
        let domain = Domain {
            low: -1.0,
            high: 7.0,
        };
        let drawn = |ends| interval_bar(domain, 2.0, ends).into_string();
        assert!(!drawn(Some((1.0, 3.0))).contains("hollow"));
        assert!(drawn(Some((-1.0, 5.0))).contains("hollow"));
        assert!(drawn(None).contains("hollow"));
    }
}
