//! A fresh application for a test.

use axum::body::Body;
use axum::http::{Request, Response, header};
use tempfile::TempDir;
use throughline_domain::listen::AccountRole;
use throughline_ledger::accounts::{self, Account};
use throughline_ledger::{Where, login_links};
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
        self.send(form_of_ours(path, form)).await
    }
}

/// Somebody who is signed in, with her cookie.
pub struct Visitor<'a> {
    pub bed: &'a Bed,
    pub account: Account,
    pub cookie: String,
}

impl Bed {
    /// Makes an account of this role and signs it in by a one-time link.
    pub async fn signed_in(&self, role: AccountRole) -> Visitor<'_> {
        let email = format!("{}@example.org", role.name());
        let found = accounts::by_email(&self.app.ledger, &email).await;
        let account = match found.expect("it answers") {
            Some(account) => account,
            None => {
                let now = self.app.clock.now();
                accounts::create(&self.app.ledger, "test", &email, role, None, now)
                    .await
                    .expect("an account is made")
            }
        };
        self.sign_in(account).await
    }

    /// Signs an account in by a one-time link.
    pub async fn sign_in(&self, account: Account) -> Visitor<'_> {
        let now = self.app.clock.now();
        let token = login_links::make(&self.app.ledger, "test", account.id, 30, now)
            .await
            .expect("a link is made");
        let response = self
            .post(&format!("/sign-in/link/{token}"), "next=%2F")
            .await;
        let cookie = cookie(&response).expect("a cookie is set");
        Visitor {
            bed: self,
            account,
            cookie,
        }
    }
}

impl Visitor<'_> {
    /// Sends a request with the cookie.
    pub async fn send(&self, mut request: Request<Body>) -> Response<Body> {
        let cookie = self.cookie.parse().expect("a header's value");
        request.headers_mut().insert(header::COOKIE, cookie);
        self.bed.send(request).await
    }

    /// Gets a page.
    pub async fn get(&self, path: &str) -> Response<Body> {
        let request = Request::get(path).body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// Posts a form, as a page of ours would.
    pub async fn post(&self, path: &str, form: &str) -> Response<Body> {
        self.send(form_of_ours(path, form)).await
    }
}

fn form_of_ours(path: &str, form: &str) -> Request<Body> {
    Request::post(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .expect("a request")
}

/// `name=value` of the cookie that an answer sets.
pub fn cookie(response: &Response<Body>) -> Option<String> {
    let set = response.headers().get(header::SET_COOKIE)?;
    let pair = set.to_str().ok()?.split(';').next()?;
    Some(pair.to_owned())
}

/// The body as text.
pub async fn text(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 24)
        .await
        .expect("a body");
    String::from_utf8_lossy(&bytes).into_owned()
}
