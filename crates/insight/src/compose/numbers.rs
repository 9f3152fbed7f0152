//! Pictures of numbers that came as numbers: measures, commitment, spending. Which of them moves
//! first is [`super::links`]'s.

use super::links::ReadWaves;
use crate::figure::figure;
use std::collections::{BTreeMap, BTreeSet};
use throughline_domain::brief::{AdoptionPicture, Commitment, MeasurePicture, SeriesPoint};
use throughline_domain::estimate::Reason;
use throughline_domain::facts::{Initiative, Measure, Side};
use throughline_domain::{Figure, Scale};
use throughline_stats::share::{self, Sums};

/// The picture of each measure: the mean over units, by period in time's order (in that of the
/// texts, where they aren't periods). Employees' values of fewer than `minimum` answers are left out, and so is
/// a period with one unit's value where nobody says of how many.
pub fn measures(rows: &[Measure], waves: ReadWaves<'_>, minimum: u64) -> Vec<MeasurePicture> {
    let mut by: BTreeMap<(Side, &str), BTreeMap<&str, Vec<f64>>> = BTreeMap::new();
    let mut alone: BTreeSet<(&str, &str)> = BTreeSet::new();
    for row in rows {
        let of_few = row.n.is_some_and(|n| n < minimum as f64);
        if row.side == Side::Employee && of_few {
            continue;
        }
        let periods = by.entry((row.side, &row.measure)).or_default();
        let values = periods.entry(&row.period).or_default();
        values.push(row.value);
        if row.side == Side::Employee && row.n.is_none() && values.len() == 1 {
            alone.insert((&row.measure, &row.period));
        } else {
            alone.remove(&(row.measure.as_str(), row.period.as_str()));
        }
    }
    for ((side, measure), periods) in &mut by {
        let shown =
            |period: &&str| *side != Side::Employee || !alone.contains(&(*measure, *period));
        periods.retain(|period, _| shown(period));
    }
    by.into_iter()
        .filter_map(|((side, measure), periods)| {
            let mean = |values: &Vec<f64>| Sums::of(values).and_then(share::mean);
            let order = waves(&periods.keys().copied().collect()).ok();
            let mut periods: Vec<(&str, Vec<f64>)> = periods.into_iter().collect();
            if let Some(order) = order {
                periods.sort_by_key(|(period, _)| order.places.get(*period).copied());
            }
            let (last, values) = periods.last()?;
            Some(MeasurePicture {
                measure: measure.to_owned(),
                side,
                now: figure(&mean(values), "mean over units"),
                period: (*last).to_owned(),
                units: values.len() as u64,
                periods: periods
                    .iter()
                    .filter_map(|(period, values)| {
                        let answer = mean(values).ok()?;
                        let ends = answer.ends();
                        Some(SeriesPoint {
                            month: (*period).to_owned(),
                            value: answer.value,
                            low: ends.map(|ends| ends.0),
                            high: ends.map(|ends| ends.1),
                            n: answer.n,
                        })
                    })
                    .collect(),
            })
        })
        .collect()
}

/// How committed teams say they are; `None` if nobody was asked.
pub fn commitment(ratings: &[f64]) -> Option<Commitment> {
    let known: Vec<f64> = ratings
        .iter()
        .copied()
        .filter(|rating| rating.is_finite())
        .collect();
    let low = known.iter().copied().reduce(f64::min)?;
    let high = known.iter().copied().reduce(f64::max)?;
    // The usual scales of such questions; the narrowest that holds all ratings.
    let scale = [(1.0, 5.0), (1.0, 7.0), (0.0, 10.0), (0.0, 100.0)]
        .into_iter()
        .find(|(from, to)| low >= *from && high <= *to)
        .map_or(Scale { low, high }, |(low, high)| Scale { low, high });
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    for rating in &known {
        *counts.entry((rating * 1000.0).round() as i64).or_default() += 1;
    }
    let whole: BTreeSet<i64> = counts
        .keys()
        .copied()
        .filter(|milli| milli % 1000 == 0)
        .collect();
    let shares = if whole.len() == counts.len() && counts.len() <= 11 {
        let share =
            |(milli, n): (&i64, &u64)| (*milli as f64 / 1000.0, *n as f64 / known.len() as f64);
        counts.iter().map(share).collect()
    } else {
        Vec::new()
    };
    Some(Commitment {
        rating: figure(&Sums::of(&known).and_then(share::mean), "mean over answers"),
        scale,
        shares,
    })
}

/// Spending lines and how far people use them.
pub fn initiatives(rows: &[Initiative]) -> Vec<AdoptionPicture> {
    let mut pictures: Vec<AdoptionPicture> = rows
        .iter()
        .map(|row| AdoptionPicture {
            name: row.name.clone(),
            kind: row.kind,
            spend: row.spend,
            eligible: row.eligible,
            adopted: match (row.adopted, row.eligible) {
                (Some(adopted), Some(eligible)) if eligible > 0.0 && adopted <= eligible => figure(
                    &share::wilson(adopted, eligible),
                    "share of those who could use it",
                ),
                _ => Figure::Unknown(Reason::NotAsked),
            },
        })
        .collect();
    pictures.sort_by(|a, b| {
        let spend = |picture: &AdoptionPicture| picture.spend.unwrap_or(0.0);
        spend(b)
            .total_cmp(&spend(a))
            .then_with(|| a.name.cmp(&b.name))
    });
    pictures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commitment_finds_its_scale() {
        assert_eq!(commitment(&[]), None);
        let five = commitment(&[1.0, 5.0, 4.0, 4.0]).expect("four ratings");
        assert_eq!((five.scale.low, five.scale.high), (1.0, 5.0));
        assert_eq!(five.shares, [(1.0, 0.25), (4.0, 0.5), (5.0, 0.25)]);
        assert_eq!(commitment(&[0.0, 9.0]).map(|c| c.scale.high), Some(10.0));
    }

    #[test]
    fn employees_figures_of_few_are_left_out() {
        let row = |unit: &str, period: &str, side, n| Measure {
            unit: unit.to_owned(),
            period: period.to_owned(),
            measure: "engagement".to_owned(),
            side,
            value: 3.0,
            n,
            sd: None,
        };
        let waves = |_: &BTreeSet<&str>| Err(String::new());
        let units = |side, rows: &[(&str, Option<f64>)]| -> Vec<u64> {
            let rows: Vec<Measure> = rows
                .iter()
                .map(|(unit, n)| row(unit, "2026-01", side, *n))
                .collect();
            let found = measures(&rows, &waves, 5);
            found.iter().map(|picture| picture.units).collect()
        };
        let (few, many) = (Some(3.0), Some(12.0));
        assert_eq!(units(Side::Employee, &[("a", few), ("b", many)]), [1]);
        assert!(units(Side::Employee, &[("a", few)]).is_empty());
        assert!(units(Side::Employee, &[("a", None)]).is_empty());
        assert_eq!(units(Side::Employee, &[("a", None), ("b", None)]), [2]);
        assert_eq!(units(Side::Customer, &[("a", few)]), [1]);
    }
}
