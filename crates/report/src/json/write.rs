//! Writes objects key by key in the order of the code, figures with their reasons, floats
//! rounded.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use throughline_domain::Figure;
use throughline_domain::brief::{Quote, SeriesPoint, Share};

/// An object being written.
pub(super) struct Fields<S: Serializer> {
    map: S::SerializeMap,
}

impl<S: Serializer> Fields<S> {
    pub(super) fn begin(serializer: S) -> Result<Self, S::Error> {
        Ok(Self {
            map: serializer.serialize_map(None)?,
        })
    }

    pub(super) fn put<T: Serialize + ?Sized>(
        &mut self,
        key: &str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.map.serialize_entry(key, value)
    }

    /// A float, rounded.
    pub(super) fn number(&mut self, key: &str, value: f64) -> Result<(), S::Error> {
        self.put(key, &rounded(value))
    }

    /// A float that may be missing.
    pub(super) fn maybe(&mut self, key: &str, value: Option<f64>) -> Result<(), S::Error> {
        self.put(key, &value.map(rounded))
    }

    /// A figure, and beside it the reason where there is none.
    pub(super) fn figure(&mut self, key: &str, figure: &Figure) -> Result<(), S::Error> {
        self.put(key, figure)?;
        match figure.reason() {
            Some(reason) => self.put(&format!("{key}_reason"), &reason.to_string()),
            None => Ok(()),
        }
    }

    /// Quotes as strings, and beside them where they come from.
    pub(super) fn quotes(&mut self, quotes: &[Quote]) -> Result<(), S::Error> {
        let words: Vec<&str> = quotes.iter().map(|quote| quote.words.as_str()).collect();
        let from: Vec<&str> = quotes.iter().map(|quote| quote.from.as_str()).collect();
        self.put("quotes", &words)?;
        self.put("quotes_from", &from)
    }

    pub(super) fn end(self) -> Result<S::Ok, S::Error> {
        self.map.end()
    }
}

/// Six decimals: below that, machines differ and nobody is served. No negative zero.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6 + 0.0
}

/// Every item of a slice, each in its wrapper.
pub(super) fn each<'a, T, E>(items: &'a [T], wrap: fn(&'a T) -> E) -> Vec<E> {
    items.iter().map(wrap).collect()
}

/// A wrapper that writes one kind of item as an object, key by key.
macro_rules! object {
    ($(#[$doc:meta])* $name:ident($item:ident: $kind:ty) => |$out:ident| $body:block) => {
        $(#[$doc])*
        pub(super) struct $name<'a>(pub(super) &'a $kind);

        impl serde::Serialize for $name<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let $item = self.0;
                let mut $out = $crate::json::write::Fields::begin(serializer)?;
                $body
                $out.end()
            }
        }
    };
}
pub(super) use object;

object! {
    /// A month of a series.
    Month(point: SeriesPoint) => |out| {
        out.put("month", &point.month)?;
        out.number("value", point.value)?;
        out.maybe("low", point.low)?;
        out.maybe("high", point.high)?;
        out.put("n", &point.n)?;
    }
}

object! {
    /// A part of a whole.
    Part(share: Share) => |out| {
        out.put("name", &share.name)?;
        out.number("share", share.share)?;
        out.put("n", &share.n)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_rounded_without_a_negative_zero() {
        assert_eq!(rounded(0.123_456_789), 0.123_457);
        assert!(rounded(-1e-9).is_sign_positive());
    }
}
