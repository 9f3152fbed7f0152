//! The brief as a page and as JSON, from a made-up insurer's draft through the gate.

mod colours;
mod company;
mod contract;
mod markup;
mod page;
mod words;
