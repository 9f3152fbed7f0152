//! Where customers stand: one figure a source, its trend and its months.

use crate::figure::{figure, of_named_units};
use crate::sizes::{method, series, trend_of};
use crate::tally::{Cell, Tally};
use throughline_domain::brief::{SeriesPoint, Standing};
use throughline_domain::estimate::Reason;
use throughline_domain::import::Source;
use throughline_domain::{Estimate, Figure};
use throughline_stats::share::{self, Sums};

/// Months that "now" covers.
const NOW: i32 = 12;

/// Where customers stand in one source.
pub fn standing(source: &Source, tally: &Tally) -> Standing {
    let scored = tally.scores() > 0;
    let none = || Figure::Unknown(Reason::NoScores);
    // A normal interval of few may end where no figure can be.
    let ends = source.metric.ends(source.scale);
    let held = |end: f64| ends.map_or(end, |(low, high)| end.clamp(low, high));
    let mut score = if scored { now(tally) } else { none() };
    if let Figure::Known(Estimate {
        interval: Ok(interval),
        ..
    }) = &mut score
    {
        interval.low = held(interval.low);
        interval.high = held(interval.high);
    }
    Standing {
        source: source.source.clone(),
        metric: source.metric.clone(),
        scale: source.scale,
        score,
        trend: if scored {
            trend_of(tally, |cell| Ok(cell_sums(cell)))
        } else {
            none()
        },
        months: if scored {
            let months = series(tally, |cells| {
                let mut all = Sums::default();
                for cell in cells {
                    all = all.and(cell_sums(cell));
                }
                share::mean(all).ok()
            });
            months
                .into_iter()
                .map(|month| SeriesPoint {
                    low: month.low.map(held),
                    high: month.high.map(held),
                    ..month
                })
                .collect()
        } else {
            Vec::new()
        },
        responses: tally.responses(),
        comments: tally.comments,
    }
}

fn cell_sums(cell: &Cell) -> Sums {
    Sums {
        n: cell.scores,
        sum: cell.sum_micro as f64 / 1e6,
        sum_squares: cell.squares_micro as f64 / 1e6,
    }
}

/// The figure over the last twelve months there are; over everything where nothing is dated.
fn now(tally: &Tally) -> Figure {
    let since = tally.months().last().map(|last| last - NOW + 1);
    let clusters: Vec<Sums> = tally
        .units
        .values()
        .map(|unit| {
            let mut all = Sums::default();
            for (month, cell) in &unit.months {
                if since.is_none_or(|since| month.is_some_and(|month| month >= since)) {
                    all = all.and(cell_sums(cell));
                }
            }
            all
        })
        .filter(|sums| sums.n > 0)
        .collect();
    let mean = figure(&share::clustered_mean(&clusters), method::STANDING);
    of_named_units(mean, tally.named_units())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::Response;
    use throughline_domain::metric::Metric;

    #[test]
    fn no_interval_ends_where_no_figure_can_be() {
        let source = Source {
            source: "survey".to_owned(),
            metric: Metric::Nps,
            scale: None,
            scale_found: false,
            scores: 10,
            comments: 0,
        };
        let mut tally = Tally::new(Metric::Nps, 0, 0);
        // Nine detractors and a passive in one month: -90, and twenty-odd on either side.
        for at in 0..10 {
            let response = Response {
                month: Some(0),
                score: Some(if at == 0 { 8.0 } else { 2.0 }),
                ..Response::default()
            };
            tally.add(&response).expect("a score");
        }
        let standing = standing(&source, &tally);
        let months = &standing.months;
        assert_eq!((months[0].value, months[0].low), (-90.0, Some(-100.0)));
        // Without a unit's name there are none, not one.
        let Figure::Known(score) = standing.score else {
            panic!("a score");
        };
        assert_eq!(
            score.interval,
            Err(Reason::TooFewUnits { n: 0, needed: 10 })
        );
    }
}
