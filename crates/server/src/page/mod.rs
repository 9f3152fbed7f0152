//! What pages share: their frame, forms, tables.

pub mod layout;
