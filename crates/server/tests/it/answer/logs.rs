//! What the log says of somebody who answers: nothing.

use super::{Asked, form};
use crate::bed::{from, text};
use axum::body::Body;
use axum::http::{Method, Request, header};
use std::io::{Result, Write};
use std::sync::{Arc, Mutex};
use throughline_domain::listen::AccountRole;
use throughline_server::config::LogFormat;
use throughline_server::log;
use tracing_subscriber::fmt::MakeWriter;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("not poisoned")).into_owned()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0
            .lock()
            .expect("not poisoned")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

const ADDRESS: &str = "203.0.113.77";
const AGENT: &str = "Mozilla-agentmark/5.0";
const WORDS: &str = "wordsmark: let us answer the telephone";

fn request(method: Method, path: &str, body: &str) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("sec-fetch-site", "same-origin")
        .header(header::USER_AGENT, AGENT)
        .header(header::REFERER, "https://referrermark.example/")
        .header(header::ACCEPT_LANGUAGE, "xx-languagemark")
        .header("x-forwarded-for", ADDRESS)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()));
    from(request.expect("a request"), ADDRESS)
}

#[tokio::test]
async fn a_whole_answering_flow_leaves_no_token_address_or_word() {
    for format in [LogFormat::Text, LogFormat::Json] {
        let kept = Kept::default();
        let subscriber = log::subscriber(format, "debug", kept.clone()).expect("a subscriber");
        let _set = tracing::subscriber::set_default(subscriber);
        let asked = Asked::new(20).await;
        let token = &asked.tokens[0];
        let id = asked.id(token).await;
        let path = format!("/a/{token}");
        let fields = [
            ("id", id.as_str()),
            ("idea", WORDS),
            ("receipt", "on"),
            ("done", ""),
        ];
        let sent = form(&fields);
        let mut pages = Vec::new();
        for request in [
            request(Method::GET, &path, ""),
            request(Method::POST, &path, &sent),
            request(Method::POST, &path, &sent),
            request(Method::POST, &path, "\u{0}=%ff&idea"),
            request(Method::POST, &path, "id=nonsense&commitment=77"),
            request(Method::GET, "/a/WRONGTOKENMARK234?query=querymark", ""),
            request(Method::GET, &format!("/v/{token}"), ""),
            request(Method::POST, "/receipt", "code=receiptmark"),
            request(Method::GET, &format!("/nowhere/{token}"), ""),
        ] {
            pages.push(text(asked.bed.send(request).await).await);
        }
        // The log is on, and says what it may.
        // Tests beside this one log to nowhere; what that taught the log's places is forgotten.
        tracing::callsite::rebuild_interest_cache();
        let owner = asked.bed.signed_in(AccountRole::Owner).await;
        let briefs = owner
            .send(request(Method::GET, "/briefs?search=querymark", ""))
            .await;
        assert_eq!(briefs.status(), 200);
        assert_eq!(asked.ideas().await, [WORDS], "the answer was taken");
        let said = kept.text();
        assert!(said.contains("/briefs"), "{said}");
        // The database, which the owner needed, and her page; nothing of eight respondents' requests.
        assert_eq!(
            said.matches("/briefs").count(),
            said.lines().count(),
            "{said}"
        );
        for secret in [
            token.as_str(),
            &id,
            ADDRESS,
            AGENT,
            "wordsmark",
            "referrermark",
            "languagemark",
            "WRONGTOKENMARK",
            "querymark",
            "receiptmark",
            "/a/",
            "/v/",
            "/receipt",
            "/nowhere",
            "owner@example.org",
            owner.cookie.split('=').nth(1).expect("a cookie"),
        ] {
            assert!(!said.contains(secret), "{secret}: {said}");
        }
    }
}
