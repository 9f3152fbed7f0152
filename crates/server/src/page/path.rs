//! Ids in an address. One that is none leads nowhere, like one that isn't there.

use crate::error::Failure;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use uuid::Uuid;

/// The ids of an address, in their order.
pub(crate) struct Ids<const N: usize>(pub [Uuid; N]);

impl<const N: usize, S: Send + Sync> FromRequestParts<S> for Ids<N> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| Failure::NotFound)?;
        let ids: Result<Vec<Uuid>, _> = params.iter().map(|(_, value)| value.parse()).collect();
        let ids = ids.map_err(|_| Failure::NotFound)?;
        ids.try_into().map(Self).map_err(|_| Failure::NotFound)
    }
}
