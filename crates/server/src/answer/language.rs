//! Which language somebody reads in: what the page's address and the browser say.

use crate::language::Text;
use crate::state::App;
use axum::extract::{FromRequestParts, Query};
use axum::http::header;
use axum::http::request::Parts;
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
    /// The texts to show, among those a round offers; none means all.
    pub(crate) fn text(&self, app: &App, offered: &[String]) -> Text {
        app.languages
            .choose(self.asked.as_deref(), self.accepted.as_deref(), offered)
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let asked = Query::<Asked>::try_from_uri(&parts.uri)
            .ok()
            .and_then(|query| query.0.lang);
        let accepted = parts
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        Ok(Self { asked, accepted })
    }
}
