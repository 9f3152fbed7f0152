//! Satterthwaite degrees of freedom (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, eq. 11):
//! with `p_gh = δ_gh ||A_gX_gMc||² - u_g'u_h`, where `u_g` is `X_g'A_gX_gMc` in the basis,
//! `ν = (Σ p_gg)² / Σ p_gh²`. Clusters come in blocks, so that thousands of them need no more
//! memory than one block and a square matrix a contrast.

use super::adjust::Influence;
use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, Par};
use rayon::prelude::*;

/// What has been gathered for one contrast.
pub(super) struct Freedom {
    /// `Σ p_gg`: the expected variance estimate for errors of variance one.
    pub expected: f64,
    /// `Σ p_gh²` but for the inner products between clusters.
    own_squares: f64,
    between: Between,
}

/// `Σ_gh (u_g'u_h)²` is the squared length of `U'U` and of `UU'`: the smaller one is used.
enum Between {
    Known(f64),
    Outer(Mat<f64>),
}

impl Freedom {
    /// Nothing yet. `one_block`: all clusters come in one block no longer than `size`.
    pub fn start(contrasts: usize, size: usize, one_block: bool) -> Vec<Self> {
        (0..contrasts)
            .map(|_| Self {
                expected: 0.0,
                own_squares: 0.0,
                between: if one_block {
                    Between::Known(0.0)
                } else {
                    Between::Outer(Mat::zeros(size, size))
                },
            })
            .collect()
    }

    /// Takes in a block of clusters.
    pub fn add(all: &mut [Self], block: &[Influence]) {
        let heard: Vec<&Influence> = block
            .iter()
            .filter(|part| part.pulled.nrows() > 0)
            .collect();
        all.par_iter_mut()
            .enumerate()
            .for_each(|(j, freedom)| freedom.add_contrast(&heard, j));
    }

    fn add_contrast(&mut self, heard: &[&Influence], j: usize) {
        let Some(size) = heard.first().map(|part| part.pulled.nrows()) else {
            return;
        };
        for part in heard {
            let pulled: f64 = (0..size).map(|k| part.pulled[(k, j)].powi(2)).sum();
            let own = part.length[j] - pulled;
            self.expected += own;
            // The sum over all pairs below counts this cluster's pair with itself as pulled².
            self.own_squares += own * own - pulled * pulled;
        }
        let u = Mat::from_fn(size, heard.len(), |k, g| heard[g].pulled[(k, j)]);
        match &mut self.between {
            Between::Known(sum) => {
                let mut inner = Mat::zeros(heard.len(), heard.len());
                matmul(
                    inner.as_mut(),
                    Accum::Replace,
                    u.transpose(),
                    u.as_ref(),
                    1.0,
                    Par::Seq,
                );
                *sum += squared_length(&inner);
            }
            Between::Outer(outer) => {
                matmul(
                    outer.as_mut(),
                    Accum::Add,
                    u.as_ref(),
                    u.transpose(),
                    1.0,
                    Par::Seq,
                );
            }
        }
    }

    /// Degrees of freedom; 0 where nothing varies.
    pub fn df(&self) -> f64 {
        let between = match &self.between {
            Between::Known(sum) => *sum,
            Between::Outer(outer) => squared_length(outer),
        };
        let squares = self.own_squares + between;
        if squares > 0.0 {
            self.expected * self.expected / squares
        } else {
            0.0
        }
    }
}

fn squared_length(matrix: &Mat<f64>) -> f64 {
    matrix
        .col_iter()
        .map(|column| column.iter().map(|v| v * v).sum::<f64>())
        .sum()
}
