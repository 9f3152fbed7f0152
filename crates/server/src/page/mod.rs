//! What pages share: their frame, forms, words.

pub mod layout;
pub(crate) mod path;
pub(crate) mod phone;
pub(crate) mod refused;
pub(crate) mod sent;
pub(crate) mod sure;
pub(crate) mod upload;
pub(crate) mod waiting;
pub(crate) mod words;
