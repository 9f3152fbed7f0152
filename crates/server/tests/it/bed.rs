//! A fresh application for a test.

use axum::body::Body;
use axum::http::{Request, Response, header};
use tempfile::TempDir;
use throughline_ledger::Where;
use throughline_server::{App, Config, app};
use tower::ServiceExt;

/// An application on a ledger of its own.
pub struct Bed {
    pub app: App,
    router: axum::Router,
    _folder: TempDir,
}

impl Bed {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let config = Config {
            workspace: folder.path().to_owned(),
            listen: ([127, 0, 0, 1], 0).into(),
            public_url: "http://throughline.test".parse().expect("an address"),
            database: Where::File(folder.path().join(Config::FILE)),
        };
        let state = App::open(config).await.expect("it opens");
        Self {
            router: app(state.clone()),
            app: state,
            _folder: folder,
        }
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("a router answers")
    }

    /// Gets a page.
    pub async fn get(&self, path: &str) -> Response<Body> {
        let request = Request::get(path).body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// Posts a form, as a page of ours would.
    pub async fn post(&self, path: &str, form: &str) -> Response<Body> {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()));
        self.send(request.expect("a request")).await
    }
}

/// The body as text.
pub async fn text(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 24)
        .await
        .expect("a body");
    String::from_utf8_lossy(&bytes).into_owned()
}
