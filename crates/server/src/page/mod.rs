//! What pages share: their frame, forms, tables.

pub mod layout;
pub(crate) mod phone;
