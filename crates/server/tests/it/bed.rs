//! A fresh application for a test.

use crate::roster::roster;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response, header};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use tempfile::TempDir;
use throughline_domain::listen::{AccountRole, Roster, Terms};
use throughline_ledger::accounts::{self, Account};
use throughline_ledger::people::{self, Leave};
use throughline_ledger::rounds::{self, Draft};
use throughline_ledger::{Ledger, login_links, sessions};
use throughline_server::config::Mail;
use throughline_server::{App, Config, app};
use tower::ServiceExt;
use uuid::Uuid;

/// An application on a ledger of its own.
pub struct Bed {
    pub app: App,
    router: axum::Router,
    _folder: TempDir,
}

impl Bed {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// One whose settings a test changes.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut config = Config::of(folder.path()).expect("settings");
        config.public_url = "http://throughline.test".parse().expect("an address");
        config.mail = Mail::Memory;
        change(&mut config);
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

    /// The token of a one-time link for the owner that [`Bed::signed_in`] made.
    pub async fn link(&self) -> String {
        let owner = accounts::by_email(&self.app.ledger, "owner@example.org").await;
        let id = owner.expect("it answers").expect("it is there").id;
        login_links::make(&self.app.ledger, "test", id, 30, self.app.clock.now())
            .await
            .expect("a link is made")
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
    /// Shuts the account past the ledger's ways: its session is there still, so that whoever keeps it
    /// out is the guard.
    pub async fn shut(&self) {
        let ledger = &self.bed.app.ledger;
        let (_, id) = self.cookie.split_once('=').expect("a cookie");
        let id: tower_sessions::session::Id = id.parse().expect("a session's id");
        let key = Sha256::digest(id.0.to_be_bytes()).to_vec();
        let session = sessions::load(ledger, key.clone()).await;
        let (data, ends) = session.expect("it answers").expect("a session");
        accounts::disable(ledger, "test", self.account.id)
            .await
            .expect("shut");
        sessions::save(ledger, key, data, ends).await.expect("kept");
    }

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

/// The request as if it came from an address.
pub fn from(mut request: Request<Body>, address: &str) -> Request<Body> {
    let peer = SocketAddr::new(address.parse().expect("an address"), 50_000);
    request.extensions_mut().insert(ConnectInfo(peer));
    request
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

/// Imports a company of so many.
pub async fn company(ledger: &Ledger, people: usize) {
    import(ledger, roster(people)).await;
}

/// Imports a roster.
pub async fn import(ledger: &Ledger, roster: Roster) {
    let seen = people::plan(ledger, &roster)
        .await
        .expect("it can be planned");
    people::apply(ledger, roster, seen, Leave::ByOwner, HR.to_owned())
        .await
        .expect("it can be imported");
}

/// Who does what a test needs done.
const HR: &str = "hr@example.org";

/// A draft that lacks nothing, open today, with two weeks to go.
pub fn draft() -> Draft {
    let today = chrono::Utc::now().date_naive();
    Draft {
        name: "Spring".to_owned(),
        opens_on: Some(today),
        closes_on: Some(today + chrono::Days::new(14)),
        languages: vec!["en".to_owned(), "es".to_owned(), "ar".to_owned()],
        terms: Terms::default(),
        channel: "Call 0800 555 0100, day and night.".to_owned(),
        ..Draft::default()
    }
}

/// Imports a company of so many and opens a round in which all are asked.
pub async fn open_round(ledger: &Ledger, people: usize) -> Uuid {
    company(ledger, people).await;
    opened(ledger).await
}

/// Opens a round in which everybody is asked.
pub async fn opened(ledger: &Ledger) -> Uuid {
    let round = rounds::create(ledger, draft(), HR.to_owned())
        .await
        .expect("a draft can be made");
    let today = chrono::Utc::now().date_naive();
    rounds::open(ledger, round, today, HR.to_owned())
        .await
        .expect("it opens");
    round
}
