//! Where customers stand: one figure a source, its trend and its months.

use crate::figure::figure;
use crate::sizes::{method, series, trend_of};
use crate::tally::{Cell, Tally};
use throughline_domain::Figure;
use throughline_domain::brief::Standing;
use throughline_domain::estimate::Reason;
use throughline_domain::import::Source;
use throughline_stats::share::{self, Sums};

/// Months that "now" covers.
const NOW: i32 = 12;

/// Where customers stand in one source.
pub fn standing(source: &Source, tally: &Tally) -> Standing {
    let scored = tally.scores() > 0;
    let none = || Figure::Unknown(Reason::NoScores);
    Standing {
        source: source.source.clone(),
        metric: source.metric.clone(),
        scale: source.scale,
        score: if scored { now(tally) } else { none() },
        trend: if scored {
            trend_of(tally, |cell| Ok(cell_sums(cell)))
        } else {
            none()
        },
        months: if scored {
            series(tally, |cells| {
                let mut all = Sums::default();
                for cell in cells {
                    all = all.and(cell_sums(cell));
                }
                share::mean(all).ok()
            })
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
    figure(&share::clustered_mean(&clusters), method::STANDING)
}
