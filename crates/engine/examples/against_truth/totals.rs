//! The totals over companies.

use crate::compare::{Drag, Seed, average_precision};
use crate::labels::Coverage;

/// Totals over companies.
#[derive(Default)]
pub struct Totals {
    found: usize,
    pains: usize,
    labels: (usize, usize),
    drags: Vec<Drag>,
    precisions: Vec<f64>,
    needs: (usize, usize, usize),
    chosen: Vec<f64>,
    covered: Vec<f64>,
    top5: Vec<(f64, bool)>,
}

impl Totals {
    /// Counts a company.
    pub fn add(&mut self, seed: &Seed, labels: &Coverage) {
        let (found, pains) = seed.found();
        self.found += found;
        self.pains += pains;
        self.labels.0 += labels.held;
        self.labels.1 += labels.of;
        self.drags.extend(seed.drags());
        self.precisions.push(average_precision(seed.pairs()));
        let (right, said, all) = seed.needs();
        self.needs.0 += right;
        self.needs.1 += said;
        self.needs.2 += all;
        let (held, best) = seed.chosen();
        self.chosen.push(held / best.max(1e-9));
        let (covered, most) = seed.covered();
        self.covered.push(covered / most.max(1e-9));
        self.top5.extend(seed.top5());
    }

    /// Prints the totals.
    pub fn print(&self) {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let with: Vec<_> = self.drags.iter().filter(|d| d.2.is_some()).collect();
        let held = with
            .iter()
            .filter(|(truth, _, ends)| ends.is_some_and(|(l, h)| l <= *truth && *truth <= h))
            .count();
        let bias = mean(
            &self
                .drags
                .iter()
                .map(|(truth, value, _)| value - truth)
                .collect::<Vec<_>>(),
        );
        let slope = self.drags.iter().map(|(t, v, _)| t * v).sum::<f64>()
            / self.drags.iter().map(|(t, ..)| t * t).sum::<f64>();
        println!(
            "problems found: {:.3} ({} of {})",
            self.found as f64 / self.pains as f64,
            self.found,
            self.pains
        );
        println!(
            "true labels, 95% intervals of drag hold: {:.3} ({} of {})",
            self.labels.0 as f64 / self.labels.1 as f64,
            self.labels.0,
            self.labels.1
        );
        println!(
            "found themes, 95% intervals of drag hold: {:.3} ({held} of {}), bias {bias:.3} points, slope on truth {slope:.3}",
            held as f64 / with.len().max(1) as f64,
            with.len()
        );
        println!("pairs, average precision: {:.3}", mean(&self.precisions));
        println!(
            "needs told from levers, F1: {:.3} (precision {:.3}, recall {:.3})",
            2.0 * self.needs.0 as f64 / (self.needs.1 + self.needs.2) as f64,
            self.needs.0 as f64 / self.needs.1 as f64,
            self.needs.0 as f64 / self.needs.2 as f64
        );
        println!(
            "chosen five hold of the best five's points: {:.3}",
            mean(&self.chosen)
        );
        println!(
            "the same, each problem once, of the most that five could: {:.3}",
            mean(&self.covered)
        );
        let mut worst: f64 = 0.0;
        for bin in 0..5 {
            let (low, high) = (f64::from(bin) / 5.0, f64::from(bin + 1) / 5.0);
            let inside: Vec<_> = self
                .top5
                .iter()
                .filter(|(p, _)| *p >= low && (*p < high || bin == 4))
                .collect();
            if inside.is_empty() {
                continue;
            }
            let said = mean(&inside.iter().map(|(p, _)| *p).collect::<Vec<_>>());
            let came = inside.iter().filter(|(_, yes)| *yes).count() as f64 / inside.len() as f64;
            if inside.len() >= 20 {
                worst = worst.max((said - came).abs());
            }
            println!(
                "  best five: said {said:.2}, came true {came:.2} ({} fixes)",
                inside.len()
            );
        }
        println!("largest gap between said and came true (bins of 20 and more): {worst:.3}");
    }
}
