//! Vectors, languages, themes, labels and similarity of texts.
pub mod agreement;
mod assign;
mod central;
pub mod classify;
pub mod communities;
pub mod empty;
mod empty_words;
mod labels;
pub mod language;
mod linear;
pub mod matrix;
mod model;
pub mod neighbours;
mod phrases;
pub mod regress;
pub mod represent;
pub mod seeded;
pub mod sentences;
pub mod similarity;
pub mod stability;
mod stopwords;
pub mod themes;
pub mod vectors;
pub mod wordpiece;

pub use assign::{AssignScratch, Assignment};
pub use central::Central;
pub use model::{BadModel, ThemeModel, ThemeName};
