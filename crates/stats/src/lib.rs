//! Estimators on slices and small matrices. Pure: no I/O, no clock; seeds are arguments, so the
//! same input and seed give the same answer. Where there is no answer there is a typed reason
//! ([`NoAnswer`]), never zero, NaN or a guess.
//!
//! Rows belong to *clusters* (groups whose rows resemble each other); the crate knows nothing of
//! what they stand for, nor of files, tables or threads other than its own.
//!
//! ```
//! use throughline_stats::Gram;
//! use throughline_stats::clustered::{Intercept, fit};
//!
//! // Twelve clusters; column 0 costs two points wherever it is 1.
//! let clusters: Vec<Gram> = (0..12)
//!     .map(|g| {
//!         let mut gram = Gram::new(1);
//!         for row in 0..20 {
//!             let named = (row + g) % 3 == 0;
//!             let score = f64::from(g % 4 + row % 5) - if named { 2.0 } else { 0.0 };
//!             gram.add(&[(0, f64::from(u8::from(named)))], score)?;
//!         }
//!         Ok(gram)
//!     })
//!     .collect::<throughline_stats::Result<_>>()?;
//! let fit = fit(&clusters, Intercept::WithinCluster, &[0])?;
//! let slope = fit.coefficients[0].slope.as_ref().map_err(Clone::clone)?;
//! let (low, high) = slope.ends().expect("twelve clusters give an interval");
//! assert!(low < -2.0 && -2.0 < high);
//! # Ok::<(), throughline_stats::NoAnswer>(())
//! ```

pub mod answer;
pub mod calibrate;
pub mod clustered;
mod dense;
pub mod draws;
pub mod drivers;
pub mod effect;
pub mod experiment;
pub mod gram;
mod independent;
pub mod mediation;
pub mod meta;
pub mod misclassify;
pub mod multilevel;
pub mod panel;
pub mod product;
mod quantile;
pub mod random;
pub mod rank;
pub mod reason;
pub mod share;
pub mod shrink;
pub mod symmetric;
pub mod votes;

pub use answer::{Answer, Spread};
pub use draws::Draws;
pub use gram::Gram;
pub use reason::{NoAnswer, Result};
pub use symmetric::Symmetric;
