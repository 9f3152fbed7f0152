//! Forged requests: a form of another site that sends to ours is refused.
//!
//! Browsers say where a request comes from (`Sec-Fetch-Site`, and before that `Origin`); no page of
//! another site can change these. A request that changes something and says neither isn't a
//! browser's: the API takes it with a token, pages don't. Our method and its reasons are those of Go's
//! `http.CrossOriginProtection`.

use crate::error::Failure;
use crate::state::App;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Refuses what changes something and doesn't come from our own pages.
pub(crate) async fn same_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if safe || is_ours(request.headers(), &app.config.public_url) {
        next.run(request).await
    } else {
        Failure::refused(
            "this didn't come from a page of ours",
            "Go back, load the page again, and send it once more.",
        )
        .into_response()
    }
}

fn is_ours(headers: &HeaderMap, public: &url::Url) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = text("origin") else {
        return false;
    };
    let host = text(header::HOST.as_str());
    url::Url::parse(origin).is_ok_and(|origin| {
        origin.origin() == public.origin()
            || host.is_some_and(|host| {
                origin.host_str().is_some_and(|name| {
                    let port = origin
                        .port()
                        .map_or(String::new(), |port| format!(":{port}"));
                    format!("{name}{port}") == host
                })
            })
    })
}

#[cfg(test)]
mod tests {
    use super::is_ours;
    use axum::http::HeaderMap;

    fn check(headers: &[(&'static str, &str)], expected: bool) {
        let public = url::Url::parse("https://voices.example.org").expect("an address");
        let map: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (
                    name.parse().expect("a name"),
                    value.parse().expect("a value"),
                )
            })
            .collect();
        assert_eq!(is_ours(&map, &public), expected, "{headers:?}");
    }

    #[test]
    fn only_our_own_pages_change_things() {
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "none")], true);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("origin", "https://voices.example.org")], true);
        check(&[("origin", "https://evil.example.org")], false);
        check(&[("origin", "null")], false);
        check(
            &[
                ("origin", "http://127.0.0.1:8080"),
                ("host", "127.0.0.1:8080"),
            ],
            true,
        );
        check(
            &[("origin", "http://127.0.0.1:9"), ("host", "127.0.0.1:8080")],
            false,
        );
        check(&[], false);
    }
}
