//! What pages share: their frame, forms, tables.

pub mod layout;
pub(crate) mod path;
pub(crate) mod phone;
pub(crate) mod sent;
pub(crate) mod upload;
pub(crate) mod words;
