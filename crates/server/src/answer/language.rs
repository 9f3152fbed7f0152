//! Which language somebody reads in: what the page's address and the browser say.

use crate::language::Text;
use crate::state::App;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use serde::Deserialize;
use std::convert::Infallible;

/// What was said about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reader {
    asked: Option<String>,
    accepted: Option<String>,
}

#[derive(Deserialize)]
struct Asked {
    lang: Option<String>,
}

impl Reader {
    /// What the address and the browser say.
    pub(crate) fn of(address: &Uri, headers: &HeaderMap) -> Self {
        let asked = Query::<Asked>::try_from_uri(address)
            .ok()
            .and_then(|query| query.0.lang);
        let accepted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        Self { asked, accepted }
    }

    /// The texts to show, among those a round offers; none means all.
    pub(crate) fn text(&self, app: &App, offered: &[String]) -> Text {
        app.languages
            .choose(self.asked.as_deref(), self.accepted.as_deref(), offered)
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}
