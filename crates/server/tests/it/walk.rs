//! Every route as every role, as nobody, and with a shut account: who is let in is compared with a
//! list written apart from the program's table, so that a line that is wrong there shows here.

use crate::asked::{closed, show_all};
use crate::bed::{Bed, Visitor, text};
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use std::collections::BTreeMap;
use throughline_disclosure::CompanyWords;
use throughline_domain::listen::{AccountRole, LeverStatus};
use throughline_ledger::{accounts, audit, ideas, levers, tokens, units};
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
    shut.shut().await;
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
            assert!(!status.is_server_error(), "{what}: {status}");
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

/// A path with what is there in every place that has a name, where there is such a thing.
fn real(path: &str, there: &BTreeMap<&str, String>) -> String {
    let room = path.split('/').nth(1).unwrap_or_default();
    let mut names = 0;
    let parts = path.split('/').map(|part| {
        if !part.starts_with('{') {
            return part.to_owned();
        }
        names += 1;
        let of_room = there.get(if names == 1 { room } else { part });
        of_room.cloned().unwrap_or_else(|| filled(part))
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What is there: a round, closed, with ideas to read and shown, a fix, units, a token, an account.
async fn furnished(bed: &Bed) -> BTreeMap<&'static str, String> {
    let ledger = &bed.app.ledger;
    let said = [
        ("Call customers back the same day", true),
        ("One form instead of three", true),
        ("Longer opening hours on Saturday", false),
    ];
    let round = closed(bed, 40, &said).await;
    show_all(bed, round.id).await;
    let shown = ideas::shown(ledger, round.id).await.expect("ideas");
    let draft = levers::Draft {
        title: CompanyWords::new("Call back"),
        status: LeverStatus::InWork,
        why: CompanyWords::default(),
        customers_since: CompanyWords::default(),
        ideas: [shown[0].id].into(),
    };
    let today = bed.app.clock.today();
    let lever = levers::save(ledger, "test", (round.id, None), draft, today)
        .await
        .expect("a fix");
    let unit = units::all(ledger).await.expect("units")[0].id;
    let email = "somebody@example.org";
    let now = bed.app.clock.now();
    let account = accounts::create(ledger, "test", email, AccountRole::Analyst, None, now)
        .await
        .expect("an account");
    let new = tokens::NewToken {
        name: "crm".to_owned(),
        scopes: vec![throughline_domain::listen::Scope::RoundsRead],
        account: None,
        expires_at: None,
    };
    bed.signed_in(AccountRole::Owner).await;
    let (token, _) = tokens::make(ledger, "test", new, now)
        .await
        .expect("a token");
    let round = round.id.to_string();
    BTreeMap::from([
        ("rounds", round.clone()),
        ("briefs", round.clone()),
        ("promise", round.clone()),
        ("customers", round.clone()),
        ("said", round),
        ("accounts", account.id.to_string()),
        ("tokens", token.id.to_string()),
        ("people", unit.to_string()),
        ("unit", unit.to_string()),
        ("{idea}", shown[1].id.to_string()),
        ("{lever}", lever.to_string()),
    ])
}

#[tokio::test]
async fn every_route_to_what_is_there_as_everyone_and_looking_changes_nothing() {
    let expected = expected();
    let bed = Bed::new().await;
    let there = furnished(&bed).await;
    let walkers = walkers(&bed).await;
    let newest = async || audit::lines(&bed.app.ledger, 0, 1).await.expect("lines")[0].seq;
    let before = newest().await;
    let mut pages = 0;
    // Looking first: what is sent afterwards changes what there is to see.
    for method in [Method::GET, Method::POST] {
        if method == Method::POST {
            assert_eq!(
                newest().await,
                before,
                "looking left a line in the audit log"
            );
            assert!(pages > 100, "{pages}");
        }
        let mut rules: Vec<_> = access::TABLE
            .iter()
            .filter(|rule| rule.method == method && !matches!(rule.access, Access::Token(_)))
            .collect();
        // Signing out ends a walker's session: last.
        rules.sort_by_key(|rule| rule.path == "/sign-out");
        for rule in rules {
            let line = format!("{} {}", rule.method, rule.path);
            let who = &expected[&line];
            let anyone = who == &["anyone"];
            for (role, visitor) in &walkers.roles {
                let request = Request::builder()
                    .method(&rule.method)
                    .uri(real(rule.path, &there))
                    .header("sec-fetch-site", "same-origin")
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(Body::empty())
                    .expect("a request");
                let response = visitor.send(request).await;
                let (what, status) = (format!("{line} as {}", role.name()), response.status());
                assert!(!status.is_server_error(), "{what}: {status}");
                let may = anyone || who == &["all"] || who.contains(&role.name());
                assert_eq!(is_let_in(&response), may, "{what}: {status}");
                pages += usize::from(status == StatusCode::OK);
                looks_right(&what, response).await;
            }
        }
    }
}
