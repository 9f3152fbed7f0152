//! Monthly measures of the units that meet customers: what employees say in a monthly pulse, what
//! customers say in a monthly tracker. A value is the mean of `n` answers, so it carries sampling
//! error that the true paths (see `plan::links`) do not. Two in a hundred months are missing.

use crate::dates::{self, MONTHS};
use crate::plan::links::MEASURES;
use crate::plan::{Plan, Stream, normal, stream};
use crate::rows::MeasureRow;
use rand::RngExt;
use rand_distr::Distribution;

/// Means over units of engagement and workload, their spread between units, and the standard
/// deviation of single answers for all three measures; 0-10 scales.
const MEANS: [f64; 2] = [6.9, 5.8];
const BETWEEN: [f64; 2] = [0.5, 0.6];
const SINGLE: [f64; 3] = [1.6, 1.7, 1.3];

impl Plan {
    /// Streams the measures file, by unit, month and measure. Stops at the callback's first error
    /// and returns it.
    pub fn measures<E>(
        &self,
        mut each: impl FnMut(&MeasureRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let rng = &mut stream(self.seed, Stream::Measures);
        let noise = normal(0.0, 1.0);
        for (unit, facing) in self.units.facing.iter().enumerate() {
            let people = f64::from(self.units.people_facing(unit));
            let customers = 25.0 * facing.volume * f64::from(self.counts.signals) / 40_000.0;
            for month in 0..MONTHS {
                let (year, number) = dates::month(month);
                let period = format!("{year}-{number:02}");
                for (index, measure) in MEASURES.iter().enumerate() {
                    let employees = index < 2;
                    let asked = if employees { people } else { customers };
                    let n = (asked * rng.random_range(0.5..0.85)).round().max(3.0);
                    let mean = if employees {
                        MEANS[index]
                            + BETWEEN[index] * self.links.levels[unit][index]
                            + self.links.deviation(unit, month, index)
                    } else {
                        self.base[unit][month] - self.pains.points[unit]
                    };
                    let sampled = mean + SINGLE[index] / n.sqrt() * noise.sample(rng);
                    let spread = SINGLE[index] * (1.0 + noise.sample(rng) / (2.0 * n).sqrt());
                    if rng.random_bool(0.02) {
                        continue;
                    }
                    each(&MeasureRow {
                        unit: if employees {
                            &facing.hr_name
                        } else {
                            &facing.name
                        },
                        period: &period,
                        measure,
                        side: if employees { "employee" } else { "customer" },
                        value: hundredths(sampled.clamp(0.0, 10.0)),
                        n: n as u32,
                        sd: hundredths(spread.max(0.1)),
                    })?;
                }
            }
        }
        Ok(())
    }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
