//! A form that was sent, field by field. What isn't a form is refused in words.

use crate::error::Failure;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use std::collections::BTreeMap;

/// The fields of a form; of a name that comes twice, the last.
pub(crate) struct Sent(BTreeMap<String, String>);

impl Sent {
    /// A field without what surrounds it; empty if it isn't there.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// Names of fields that begin so, without that beginning.
    pub(crate) fn named<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .keys()
            .filter_map(move |name| name.strip_prefix(beginning))
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let bytes = Bytes::from_request(request, state).await.map_err(|_| {
            Failure::refused(
                "this is more than a form can hold",
                "Go back and send less at once.",
            )
        })?;
        let fields = url::form_urlencoded::parse(&bytes).into_owned();
        Ok(Self(fields.collect()))
    }
}
