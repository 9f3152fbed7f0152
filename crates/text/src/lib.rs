//! Texts as numbers, and what follows: languages, themes with titles, similarity, classes.
//!
//! Pure and deterministic: no I/O, seeds are arguments, the same bytes on any number of threads. It
//! knows what texts have in common and not what they mean to anyone: whether a theme is a problem,
//! praise or a fix is for `insight`. Start at [`themes::fit`] and [`ThemeModel::assign_all`].

pub mod agreement;
mod anchored;
mod assign;
mod central;
pub mod classify;
pub mod communities;
mod descent;
pub mod empty;
mod empty_words;
pub mod headline;
mod labels;
pub mod language;
mod linear;
mod linkage;
pub mod matrix;
mod model;
pub mod neighbours;
mod phrases;
pub mod reading;
pub mod regress;
pub mod represent;
pub mod seeded;
pub mod sentences;
pub mod similarity;
pub mod stability;
mod stopwords;
pub mod themes;
pub mod topics;
pub mod vectors;
pub mod wordpiece;

pub use assign::{AssignScratch, Assignment};
pub use central::Central;
pub use model::{BadModel, ThemeModel, ThemeName};
