//! Styles and scripts: an address that holds a sum of the bytes, so that it can be kept for a year.

use crate::error::Failure;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

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

/// The address of a static file; other bytes have another.
pub(crate) fn address(name: &str) -> String {
    let at = FILES.iter().position(|(known, _, _)| *known == name);
    let sum = at.and_then(|at| SUMS.get(at)).map_or("", String::as_str);
    format!("/static/{name}?{sum}")
}

/// The start of each file's SHA-256.
static SUMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let sum = |bytes: &str| hex::encode(&Sha256::digest(bytes)[..6]);
    FILES.iter().map(|(_, _, bytes)| sum(bytes)).collect()
});

#[cfg(test)]
mod tests {
    use super::{FILES, address};
    use std::collections::BTreeSet;

    #[test]
    fn an_address_changes_with_the_bytes() {
        let sums: BTreeSet<String> = FILES
            .iter()
            .map(|(name, _, _)| {
                address(name)
                    .split('?')
                    .next_back()
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect();
        assert_eq!(sums.len(), FILES.len());
        assert!(sums.iter().all(|sum| sum.len() == 12), "{sums:?}");
    }
}
