//! Styles and scripts: the same bytes under a name that holds their version.

use crate::error::Failure;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Name, kind, bytes.
const FILES: &[(&str, &str, &str)] = &[
    (
        "base.css",
        "text/css; charset=utf-8",
        include_str!("static/base.css"),
    ),
    ("icon.svg", "image/svg+xml", include_str!("static/icon.svg")),
    (
        "office.css",
        "text/css; charset=utf-8",
        include_str!("static/office.css"),
    ),
    (
        "slips.css",
        "text/css; charset=utf-8",
        include_str!("static/slips.css"),
    ),
    (
        "briefs.js",
        "text/javascript; charset=utf-8",
        include_str!("static/briefs.js"),
    ),
    (
        "phone.css",
        "text/css; charset=utf-8",
        include_str!("static/phone.css"),
    ),
    (
        "answer.js",
        "text/javascript; charset=utf-8",
        include_str!("static/answer.js"),
    ),
];

/// `GET /static/{file}`
pub(crate) async fn file(Path(name): Path<String>) -> Result<Response, Failure> {
    let (_, kind, bytes) = FILES
        .iter()
        .find(|(known, _, _)| *known == name)
        .ok_or(Failure::NotFound)?;
    Ok((
        [
            (header::CONTENT_TYPE, *kind),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        ],
        *bytes,
    )
        .into_response())
}

/// The address of a static file; another version of the program has another.
pub(crate) fn address(name: &str) -> String {
    format!("/static/{name}?{}", env!("CARGO_PKG_VERSION"))
}
