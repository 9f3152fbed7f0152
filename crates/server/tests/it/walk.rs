//! Every route as every role, as nobody, and with a shut account: who is let in is compared with a
//! list written apart from the program's table, so that a line that is wrong there shows here.

use crate::bed::{Bed, Visitor, text};
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use std::collections::BTreeMap;
use throughline_domain::listen::AccountRole;
use throughline_ledger::accounts;
use throughline_server::access::{self, Access};

/// `METHOD PATH` -> who, as `walk.txt` says.
fn expected() -> BTreeMap<String, Vec<&'static str>> {
    let mut lines = BTreeMap::new();
    for line in include_str!("walk.txt").lines() {
        let mut words = line.split_whitespace();
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            continue;
        };
        if method != "#" {
            let who: Vec<&str> = words.collect();
            assert!(!who.is_empty(), "{line}");
            let before = lines.insert(format!("{method} {path}"), who);
            assert_eq!(before, None, "twice: {line}");
        }
    }
    lines
}

/// A path with something in every place that has a name.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        "{file}" => "base.css".to_owned(),
        part if part.starts_with('{') => uuid::Uuid::new_v4().to_string(),
        part => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

fn request(method: &Method, path: &str) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(filled(path))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::empty())
        .expect("a request")
}

/// Refused for who one is, not for what one sent.
fn is_let_in(response: &Response<Body>) -> bool {
    let asks_to_sign_in = response
        .headers()
        .get(header::LOCATION)
        .is_some_and(|to| to.as_bytes().starts_with(b"/sign-in?"));
    let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
    !refused.contains(&response.status()) && !asks_to_sign_in
}

/// No inline script or style, whatever the page: the policy would stop it, and so do we.
async fn looks_right(what: &str, response: Response<Body>) {
    let policy = response.headers().get(header::CONTENT_SECURITY_POLICY);
    let policy = policy.expect("a policy").to_str().expect("text").to_owned();
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{what}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    let kind = response.headers().get(header::CONTENT_TYPE).cloned();
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return;
    }
    let page = text(response).await.to_lowercase();
    for word in [
        "<style",
        " style=",
        "javascript:",
        "<script>",
        " onclick=",
        " onload=",
        " onsubmit=",
        " onchange=",
        " onerror=",
        "<iframe",
        "http-equiv",
    ] {
        assert!(!page.contains(word), "{what}: {word} in {page}");
    }
}

struct Walkers<'a> {
    roles: Vec<(AccountRole, Visitor<'a>)>,
    shut: Visitor<'a>,
}

async fn walkers(bed: &Bed) -> Walkers<'_> {
    let mut roles = Vec::new();
    for role in AccountRole::ALL {
        roles.push((role, bed.signed_in(role).await));
    }
    let now = bed.app.clock.now();
    let ledger = &bed.app.ledger;
    let email = "shut@example.org";
    let account = accounts::create(ledger, "test", email, AccountRole::Owner, None, now)
        .await
        .expect("made");
    let shut = bed.sign_in(account).await;
    // Shut past the ledger's ways would leave its session: that it is out is the guard's doing, too.
    accounts::disable(ledger, "test", shut.account.id)
        .await
        .expect("shut");
    Walkers { roles, shut }
}

#[tokio::test]
async fn every_route_as_everyone() {
    let expected = expected();
    let mut table: Vec<_> = access::TABLE.iter().collect();
    let known: Vec<String> = table
        .iter()
        .map(|rule| format!("{} {}", rule.method, rule.path))
        .collect();
    for line in expected.keys() {
        assert!(
            known.contains(line),
            "`{line}` of walk.txt isn't in the table"
        );
    }
    // Signing out ends a walker's session: last.
    table.sort_by_key(|rule| rule.path == "/sign-out");
    let bed = Bed::new().await;
    let walkers = walkers(&bed).await;
    for rule in table {
        let line = format!("{} {}", rule.method, rule.path);
        let who = expected
            .get(&line)
            .unwrap_or_else(|| panic!("write `{line} WHO` into walk.txt"));
        let anyone = who == &["anyone"];
        let token = who[0].starts_with("token:");
        assert_eq!(token, matches!(rule.access, Access::Token(_)), "{line}");
        if let Access::Token(scope) = rule.access {
            assert_eq!(who, &[format!("token:{scope}")], "{line}");
        }
        let check = async |name: &str, response: Response<Body>, expected: bool| {
            let what = format!("{line} as {name}");
            let status = response.status();
            assert_eq!(is_let_in(&response), expected, "{what}: {status}");
            looks_right(&what, response).await;
        };
        for (role, visitor) in &walkers.roles {
            let may = anyone || who == &["all"] || who.contains(&role.name());
            let response = visitor.send(request(&rule.method, rule.path)).await;
            // A cookie is no token: a page that somebody was lured to can't use the API as her.
            check(role.name(), response, may && !token).await;
        }
        let response = bed.send(request(&rule.method, rule.path)).await;
        check("nobody", response, anyone).await;
        let response = walkers.shut.send(request(&rule.method, rule.path)).await;
        check("a shut account", response, anyone).await;
    }
}

#[tokio::test]
async fn no_route_that_changes_something_takes_a_form_of_another_site() {
    let bed = Bed::new().await;
    let owner = bed.signed_in(AccountRole::Owner).await;
    let changing = |rule: &&access::Rule| {
        rule.method != Method::GET && !matches!(rule.access, Access::Token(_))
    };
    for rule in access::TABLE.iter().filter(changing) {
        for (name, value) in [
            ("sec-fetch-site", Some("cross-site")),
            ("sec-fetch-site", Some("same-site")),
            ("origin", Some("https://evil.example")),
            ("origin", Some("null")),
            ("origin", None),
        ] {
            let mut request = Request::builder()
                .method(&rule.method)
                .uri(filled(rule.path))
                .header(header::HOST, "throughline.test")
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            if let Some(value) = value {
                request = request.header(name, value);
            }
            let response = owner
                .send(request.body(Body::empty()).expect("a request"))
                .await;
            assert_eq!(
                response.status(),
                StatusCode::UNPROCESSABLE_ENTITY,
                "{} {name} {value:?}",
                rule.path
            );
            // The office says it in its words, employees' pages in theirs.
            let said = text(response).await;
            assert!(
                said.contains("page of ours") || said.contains("couldn’t read that form"),
                "{}",
                rule.path
            );
        }
    }
}

#[test]
fn get_changes_nothing_by_its_name() {
    // A verb at the end of a path that GET may ask for would be one that a picture's address can do.
    for rule in access::TABLE
        .iter()
        .filter(|rule| rule.method == Method::GET)
    {
        let last = rule.path.rsplit('/').next().unwrap_or_default();
        for verb in [
            "add", "change", "delete", "disable", "enable", "open", "close", "send", "refuse",
            "withdraw",
        ] {
            assert_ne!(last, verb, "{}", rule.path);
        }
    }
}
