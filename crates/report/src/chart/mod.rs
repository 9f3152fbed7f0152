//! Charts as SVG made here, so that a page needs no script.
//!
//! Axes, bands and whiskers are drawn by `kuva`; its output is then made fit for a page (see
//! [`frame`]). The small bars and lines inside table rows are drawn by hand: they carry no
//! text of their own, the row says the same in words. Charts are drawn for a width of about
//! 350 pixels and scale, so that their letters stay legible on a telephone.
//!
//! Colours are the page's custom properties: a chart follows light, dark and print. A chart that
//! goes into a file of its own ([`picture()`]) brings them along.

mod badge;
mod bar;
mod frame;
mod intervals;
mod lines;
mod paths;
mod picture;
mod scatter;
mod series;
mod spark;

pub(crate) use bar::{Domain, interval_bar, rank_bar, share_bar};
pub(crate) use intervals::{IntervalRow, intervals};
pub(crate) use lines::{Line, over_time};
pub(crate) use paths::{Arrow, Paths, paths};
pub(crate) use scatter::{Axis, Dot, against};
pub(crate) use series::{Point, Series, series};
pub(crate) use spark::sparkline;

/// What an SVG says of itself to those who can't see it.
pub(crate) struct Words<'a> {
    /// Unique in the page; ids inside the chart begin with it.
    pub(crate) id: &'a str,
    /// A short title.
    pub(crate) title: &'a str,
    /// What the picture shows, in a sentence.
    pub(crate) description: &'a str,
}
