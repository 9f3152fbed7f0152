//! What pages share: their frame, forms, tables.

pub(crate) mod languages;
pub mod layout;
pub(crate) mod upload;
pub(crate) mod words;
