//! Second derivatives of the log-likelihood, exact, and the scores of single units.
//!
//! With W the inverse covariance of what a unit shows and g = W (row - mean), both in full size,
//! d²l = 1/2 tr(W dΣ W dΣ') - g' dΣ W dΣ' g - g' dΣ W dμ' - g' dΣ' W dμ - dμ' W dμ'
//!       + 1/2 tr((g g' - W) d²Σ).
//! Every dΣ is made of two rows of Z ([`super::structure`]), so a unit adds products of entries of
//! Q = Z W Z' and R = Z g g' Z': some ten operations for each pair of parameters.
//! Source: Savalei 2010 (observed information with missing data); White 1982 (the sandwich).

use super::data::{Data, Group};
use super::pass::{Noisy, complete, complete_scatter, missing_block, outer, parts};
use super::spec::Spec;
use super::structure::{Implied, Pair};
use crate::dense;
use rayon::prelude::*;

/// Observed information over a model's free parameters, and the sum of squared scores if asked.
pub(super) struct Information {
    pub observed: Vec<f64>,
    pub scores: Option<Vec<f64>>,
}

/// What a part of the groups adds up to.
struct Sums {
    /// Covariance by covariance parameters, lower half.
    shape: Vec<f64>,
    /// For each column j the sum of g(j) W (lower halves), less what comes from P alone.
    cross: Vec<f64>,
    /// Sum of W (lower half), less what comes from P alone.
    weight: Vec<f64>,
    /// Sum of g.
    first: Vec<f64>,
    scores: Option<Vec<f64>>,
}

/// What all units share.
struct Context<'a> {
    data: &'a Data,
    spec: &'a Spec,
    implied: &'a Implied,
    pairs: &'a [Pair],
    precision: &'a [f64],
    /// Z P and Z P Z'.
    zp: Vec<f64>,
    q: Vec<f64>,
}

/// Room for one unit's matrices.
struct Room {
    q: Vec<f64>,
    r: Vec<f64>,
    gathered: [Vec<f64>; 6],
    score: Vec<f64>,
}

/// Exact second derivatives at a point with its pass's `precision` and `by_sigma`.
pub(super) fn information(
    data: &Data,
    spec: &Spec,
    pairs: &[Pair],
    implied: &Implied,
    precision: &[f64],
    by_sigma: &[f64],
    with_scores: bool,
) -> Option<Information> {
    let p = data.columns;
    let layout = spec.layout;
    let (shape, all) = (layout.covariance_parameters(), layout.all());
    let zp = dense::product(&implied.z, precision, p, p);
    let q = dense::product_transposed(&zp, &implied.z, p);
    let context = Context {
        data,
        spec,
        implied,
        pairs,
        precision,
        zp,
        q,
    };
    let sums: Vec<Option<Sums>> = parts(&data.groups)
        .map(|groups| context.part(groups, with_scores))
        .collect();
    let mut total = Sums::new(p, shape, with_scores.then(|| spec.size()));
    for sums in sums {
        total.add(&sums?);
    }
    if data.errors.is_none() {
        // What every unit has in common: W = P less what it misses.
        dense::axpy(data.units as f64, precision, &mut total.weight);
        for j in 0..p {
            let first = total.first[j];
            dense::axpy(
                first,
                precision,
                &mut total.cross[j * p * p..(j + 1) * p * p],
            );
        }
    }
    for (k, pair) in pairs.iter().enumerate() {
        for (l, other) in pairs.iter().enumerate().take(k + 1) {
            total.shape[k * shape + l] *= pair.factor * other.factor;
        }
    }
    dense::mirror(&mut total.shape, shape);
    dense::axpy(1.0, &implied.curvature(by_sigma), &mut total.shape);
    dense::mirror(&mut total.weight, p);

    let mut full = vec![0.0; all * all];
    for k in 0..shape {
        for l in 0..shape {
            full[k * all + l] = -total.shape[k * shape + l];
        }
    }
    for i in 0..p {
        for j in 0..p {
            full[(shape + i) * all + shape + j] = total.weight[i * p + j];
        }
    }
    for (k, row) in context.cross(total.cross).into_iter().enumerate() {
        for (j, value) in row.into_iter().enumerate() {
            full[k * all + shape + j] = value;
            full[(shape + j) * all + k] = value;
        }
    }
    let observed = spec.gather_matrix(&full, all);
    let mut scores = total.scores;
    if let Some(scores) = &mut scores {
        dense::mirror(scores, spec.size());
    }
    observed
        .iter()
        .all(|v| v.is_finite())
        .then_some(Information { observed, scores })
}

/// Expected information of complete data of `n` units, a metric for climbing: quick, and always
/// positive semidefinite.
pub(super) fn metric(
    spec: &Spec,
    pairs: &[Pair],
    implied: &Implied,
    precision: &[f64],
    n: f64,
) -> Vec<f64> {
    let p = spec.layout.columns();
    let rows = spec.layout.z_rows();
    let (shape, all) = (spec.layout.covariance_parameters(), spec.layout.all());
    let zp = dense::product(&implied.z, precision, p, p);
    let q = dense::product_transposed(&zp, &implied.z, p);
    let mut full = vec![0.0; all * all];
    for (k, left) in pairs.iter().enumerate() {
        let (qa, qb) = (&q[left.a * rows..], &q[left.b * rows..]);
        for (l, right) in pairs.iter().enumerate().take(k + 1) {
            let value = n
                * left.factor
                * right.factor
                * (qa[right.a] * qb[right.b] + qa[right.b] * qb[right.a]);
            full[k * all + l] = value;
            full[l * all + k] = value;
        }
    }
    for i in 0..p {
        for j in 0..p {
            full[(shape + i) * all + shape + j] = n * precision[i * p + j];
        }
    }
    spec.gather_matrix(&full, all)
}

impl Sums {
    fn new(p: usize, shape: usize, scores: Option<usize>) -> Self {
        Self {
            shape: vec![0.0; shape * shape],
            cross: vec![0.0; p * p * p],
            weight: vec![0.0; p * p],
            first: vec![0.0; p],
            scores: scores.map(|n| vec![0.0; n * n]),
        }
    }

    fn add(&mut self, other: &Self) {
        dense::axpy(1.0, &other.shape, &mut self.shape);
        dense::axpy(1.0, &other.cross, &mut self.cross);
        dense::axpy(1.0, &other.weight, &mut self.weight);
        dense::axpy(1.0, &other.first, &mut self.first);
        if let (Some(mine), Some(theirs)) = (&mut self.scores, &other.scores) {
            dense::axpy(1.0, theirs, mine);
        }
    }

    /// Adds `first(j) w` for every column and `n w`, all lower halves.
    fn weigh(&mut self, n: f64, first: &[f64], w: &[f64], p: usize) {
        for i in 0..p {
            let row = i * p..i * p + i + 1;
            dense::axpy(n, &w[row.clone()], &mut self.weight[row]);
        }
        for (j, &factor) in first.iter().enumerate() {
            if factor == 0.0 {
                continue;
            }
            let cross = &mut self.cross[j * p * p..(j + 1) * p * p];
            for i in 0..p {
                let row = i * p..i * p + i + 1;
                dense::axpy(factor, &w[row.clone()], &mut cross[row]);
            }
        }
    }
}

impl Context<'_> {
    fn part(&self, groups: &[Group], with_scores: bool) -> Option<Sums> {
        let p = self.data.columns;
        let rows = self.spec.layout.z_rows();
        let mut sums = Sums::new(p, self.pairs.len(), with_scores.then(|| self.spec.size()));
        let mut room = Room {
            q: vec![0.0; rows * rows],
            r: vec![0.0; rows * rows],
            gathered: std::array::from_fn(|_| vec![0.0; rows * self.pairs.len()]),
            score: vec![0.0; self.spec.layout.all()],
        };
        let mut noisy = Noisy::new(p);
        for group in groups {
            if self.data.errors.is_some() {
                self.noisy(group, &mut noisy, &mut room, &mut sums)?;
            } else {
                self.exact(group, &mut room, &mut sums)?;
            }
        }
        Some(sums)
    }

    fn exact(&self, group: &Group, room: &mut Room, sums: &mut Sums) -> Option<()> {
        let p = self.data.columns;
        let size = self.spec.layout.z_rows();
        let m = group.missing.len();
        let n = group.rows.len() as f64;
        let (mut block, mut work, mut inverse) = (Vec::new(), Vec::new(), Vec::new());
        missing_block(
            group,
            self.precision,
            p,
            &mut block,
            &mut work,
            &mut inverse,
        )?;
        // Rows of L⁻¹ P(m.) and of L⁻¹ P(m.) Z': what W and Q lack for what is missing. `work`
        // holds L⁻¹.
        room.q.copy_from_slice(&self.q);
        let mut lacking = vec![0.0; m * p];
        for a in 0..m {
            let mut in_z = vec![0.0; size];
            for (b, &j) in group.missing.iter().enumerate().take(a + 1) {
                let factor = work[a * m + b];
                dense::axpy(
                    factor,
                    &self.precision[j * p..(j + 1) * p],
                    &mut lacking[a * p..(a + 1) * p],
                );
                for (value, row) in in_z.iter_mut().zip(self.zp.chunks_exact(p)) {
                    *value += factor * row[j];
                }
            }
            for i in 0..size {
                dense::axpy(-in_z[i], &in_z, &mut room.q[i * size..(i + 1) * size]);
            }
        }
        let (mut deviation, mut pull) = (vec![0.0; p], Vec::new());
        let mut first = vec![0.0; p];
        room.r.fill(0.0);
        let mean = &self.implied.mean;
        let fill = |row: &[f64], deviation: &mut [f64], pull: &mut Vec<f64>| {
            complete(group, row, mean, self.precision, &inverse, deviation, pull);
        };
        if let Some((centre, scatter)) = &group.moments {
            fill(centre, &mut deviation, &mut pull);
            dense::axpy(n, &deviation, &mut first);
            let mut second = complete_scatter(group, scatter, self.precision, &inverse, p);
            for i in 0..p {
                dense::axpy(
                    n * deviation[i],
                    &deviation,
                    &mut second[i * p..(i + 1) * p],
                );
            }
            let half = dense::product(&self.zp, &second, p, p);
            room.r = dense::product_transposed(&half, &self.zp, p);
        }
        if group.moments.is_none() || sums.scores.is_some() {
            for unit in group.rows.clone() {
                fill(self.data.row(unit), &mut deviation, &mut pull);
                let r: Vec<f64> = self
                    .zp
                    .chunks_exact(p)
                    .map(|row| dense::dot(row, &deviation))
                    .collect();
                if group.moments.is_none() {
                    dense::axpy(1.0, &deviation, &mut first);
                    outer(1.0, &r, &mut room.r);
                }
                if let Some(scores) = &mut sums.scores {
                    let g = dense::product(self.precision, &deviation, p, 1);
                    self.score(&r, &g, &room.q, &mut room.score, scores);
                }
            }
            if group.moments.is_none() {
                dense::mirror(&mut room.r, size);
            }
        }
        // g is the precision times the completed deviations.
        let first = dense::product(self.precision, &first, p, 1);
        dense::axpy(1.0, &first, &mut sums.first);
        if m > 0 {
            let mut w = vec![0.0; p * p];
            for row in lacking.chunks_exact(p) {
                outer(-1.0, row, &mut w);
            }
            sums.weigh(n, &first, &w, p);
        }
        self.pairwise(n, room, &mut sums.shape);
        Some(())
    }

    fn noisy(
        &self,
        group: &Group,
        noisy: &mut Noisy,
        room: &mut Room,
        sums: &mut Sums,
    ) -> Option<()> {
        let p = self.data.columns;
        noisy.unit(self.data, group, &self.implied.mean, &self.implied.sigma)?;
        let zw = dense::product(&self.implied.z, &noisy.w, p, p);
        room.q = dense::product_transposed(&zw, &self.implied.z, p);
        let r = dense::product(&self.implied.z, &noisy.g, p, 1);
        room.r.fill(0.0);
        outer(1.0, &r, &mut room.r);
        dense::mirror(&mut room.r, self.spec.layout.z_rows());
        dense::axpy(1.0, &noisy.g, &mut sums.first);
        sums.weigh(1.0, &noisy.g, &noisy.w, p);
        if let Some(scores) = &mut sums.scores {
            self.score(&r, &noisy.g, &room.q, &mut room.score, scores);
        }
        self.pairwise(1.0, room, &mut sums.shape);
        Some(())
    }

    /// Adds one group's products of Q and R for each pair of parameters, factors left out.
    fn pairwise(&self, n: f64, room: &mut Room, out: &mut [f64]) {
        let size = self.spec.layout.z_rows();
        let width = self.pairs.len();
        let [qa, qb, ra, rb, da, db] = &mut room.gathered;
        for i in 0..size {
            let (q, r) = (&room.q[i * size..][..size], &room.r[i * size..][..size]);
            let at = i * width..(i + 1) * width;
            let targets = qa[at.clone()]
                .iter_mut()
                .zip(&mut qb[at.clone()])
                .zip(ra[at.clone()].iter_mut().zip(&mut rb[at.clone()]))
                .zip(da[at.clone()].iter_mut().zip(&mut db[at]));
            for ((((qa, qb), (ra, rb)), (da, db)), pair) in targets.zip(self.pairs) {
                *qa = q[pair.a];
                *qb = q[pair.b];
                *ra = r[pair.a];
                *rb = r[pair.b];
                *da = n * *qa - *ra;
                *db = n * *qb - *rb;
            }
        }
        for (k, pair) in self.pairs.iter().enumerate() {
            let (a, b) = (pair.a * width, pair.b * width);
            let take = k + 1;
            let out = &mut out[k * width..][..take];
            let (qb_b, da_a) = (&qb[b..][..take], &da[a..][..take]);
            let (qa_b, db_a) = (&qa[b..][..take], &db[a..][..take]);
            let (ra_b, qb_a) = (&ra[b..][..take], &qb[a..][..take]);
            let (rb_b, qa_a) = (&rb[b..][..take], &qa[a..][..take]);
            for l in 0..take {
                out[l] +=
                    qb_b[l] * da_a[l] + qa_b[l] * db_a[l] - ra_b[l] * qb_a[l] - rb_b[l] * qa_a[l];
            }
        }
    }

    /// Adds the products of one unit's scores.
    fn score(&self, r: &[f64], g: &[f64], q: &[f64], full: &mut [f64], out: &mut [f64]) {
        let size = self.spec.layout.z_rows();
        for (value, pair) in full.iter_mut().zip(self.pairs) {
            *value = pair.factor * (r[pair.a] * r[pair.b] - q[pair.a * size + pair.b]);
        }
        full[self.pairs.len()..].copy_from_slice(g);
        let score = self.spec.gather(full);
        outer(1.0, &score, out);
    }

    /// Covariance by mean parameters: sum over units of g' dΣ W, from the sums of g(j) W.
    fn cross(&self, mut cross: Vec<f64>) -> Vec<Vec<f64>> {
        let p = self.data.columns;
        for j in 0..p {
            dense::mirror(&mut cross[j * p * p..(j + 1) * p * p], p);
        }
        // For each row v of Z: the matrix whose row j is (sum g(j) W) v.
        let along: Vec<Vec<f64>> = self
            .implied
            .z
            .chunks_exact(p)
            .map(|v| dense::product(&cross, v, p, 1))
            .collect();
        let z = |a: usize| &self.implied.z[a * p..(a + 1) * p];
        self.pairs
            .iter()
            .map(|pair| {
                let mut out = dense::product(z(pair.a), &along[pair.b], p, p);
                let other = dense::product(z(pair.b), &along[pair.a], p, p);
                for (value, other) in out.iter_mut().zip(other) {
                    *value = pair.factor * (*value + other);
                }
                out
            })
            .collect()
    }
}
