//! What every answer carries, and what isn't there.

use crate::bed::{Bed, open_round, text};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use throughline_domain::listen::AccountRole;

#[tokio::test]
async fn a_page_that_needs_an_account_asks_to_sign_in_and_comes_back() {
    let bed = Bed::new().await;
    let response = bed.get("/?a=b").await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        response.headers()[header::LOCATION],
        "/sign-in?next=%2F%3Fa%3Db"
    );
}

#[tokio::test]
async fn what_is_not_in_the_table_is_not_there() {
    let bed = Bed::new().await;
    for path in ["/nowhere", "/static/../Cargo.toml", "/static/nothing.css"] {
        assert_eq!(
            bed.get(path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let bed = Bed::new().await;
    for path in ["/sign-in", "/nowhere", "/static/base.css", "/"] {
        let response = bed.get(path).await;
        let policy = &response.headers()[header::CONTENT_SECURITY_POLICY];
        let policy = policy.to_str().expect("text");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path}"
        );
        assert_eq!(response.headers()[header::REFERRER_POLICY], "strict-origin");
        assert_eq!(
            response.headers()[header::X_CONTENT_TYPE_OPTIONS],
            "nosniff"
        );
    }
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let bed = Bed::new().await;
    let request = axum::http::Request::post("/sign-in")
        .header("sec-fetch-site", "cross-site")
        .body(axum::body::Body::empty())
        .expect("a request");
    let response = bed.send(request).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(response).await.contains("page of ours"));
}

#[tokio::test]
async fn a_page_has_a_title_of_its_own_under_its_place() {
    let bed = Bed::new().await;
    let id = open_round(&bed.app.ledger, 40).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let mut titles = std::collections::BTreeSet::new();
    for path in [
        "",
        "/progress",
        "/slips",
        "/end",
        "/ideas",
        "/votes",
        "/levers",
    ] {
        let page = text(hr.get(&format!("/rounds/{id}{path}")).await).await;
        let title = page
            .split("<title>")
            .nth(1)
            .and_then(|rest| rest.split('<').next());
        assert!(
            titles.insert(title.expect("a title").to_owned()),
            "{titles:?}"
        );
        assert!(
            page.contains("<a href=\"/rounds\" aria-current=\"page\">Rounds</a>"),
            "{path}"
        );
        // What scrolls can be reached and scrolled without a mouse.
        for scrolled in page.split("class=\"scroll\"").skip(1) {
            let head = scrolled.split('>').next().unwrap_or_default();
            assert!(
                head.contains("tabindex=\"0\"") && head.contains("aria-label"),
                "{path}: {head}"
            );
        }
    }
}

#[tokio::test]
async fn a_refusal_is_said_in_sentences() {
    let bed = Bed::new().await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let id = open_round(&bed.app.ledger, 40).await;
    let page = text(
        hr.post(&format!("/rounds/{id}/extend"), "until=2020-01-01")
            .await,
    )
    .await;
    let hint = page
        .split("<h1>")
        .nth(1)
        .and_then(|rest| rest.split("<p>").nth(1));
    let hint = hint
        .and_then(|rest| rest.split("</p>").next())
        .expect("a hint");
    assert!(
        hint.starts_with(char::is_uppercase) && hint.ends_with('.'),
        "{hint}"
    );
}

#[tokio::test]
async fn what_the_framework_refuses_is_a_page_too() {
    let bed = Bed::new().await;
    let large = "x".repeat(300 * 1024);
    for (path, kind, body, status) in [
        (
            "/sign-in",
            "application/x-www-form-urlencoded",
            large.as_str(),
            413,
        ),
        ("/sign-in", "text/plain", "email", 415),
        (
            "/sign-in/link/%FF",
            "application/x-www-form-urlencoded",
            "",
            400,
        ),
    ] {
        let request = axum::http::Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind)
            .body(axum::body::Body::from(body.to_owned()))
            .expect("a request");
        let response = bed.send(request).await;
        assert_eq!(response.status().as_u16(), status, "{path}");
        let page = text(response).await;
        assert!(page.contains("<h1>") && page.contains("Go back"), "{page}");
    }
}

/// What went wrong, as somebody reads it who is signed in: with her places, and once.
async fn in_her_frame(what: &str, response: Response<Body>, status: u16) {
    assert_eq!(response.status().as_u16(), status, "{what}");
    let page = text(response).await;
    for part in [
        "aria-label=\"Main\"",
        "cx_lead@example.org",
        "Sign out",
        ">Home</a>",
    ] {
        assert!(page.contains(part), "{what}: no {part} in {page}");
    }
    assert_eq!(page.matches("<h1>").count(), 1, "{what}: {page}");
    // In no place: what went wrong is none of them.
    assert!(!page.contains("aria-current"), "{what}: {page}");
}

#[tokio::test]
async fn what_goes_wrong_is_said_in_the_frame_of_whoever_is_signed_in() {
    let bed = Bed::new().await;
    let id = open_round(&bed.app.ledger, 40).await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    in_her_frame("forbidden", cx.get("/accounts").await, 403).await;
    in_her_frame("nowhere", cx.get("/nowhere").await, 404).await;
    in_her_frame("an id that is none", cx.get("/rounds/none").await, 404).await;
    let extend = format!("/rounds/{id}/extend");
    in_her_frame("refused", cx.post(&extend, "until=2020-01-01").await, 422).await;
    let forged = Request::post(&extend).header("sec-fetch-site", "cross-site");
    let forged = forged.body(Body::empty()).expect("a request");
    in_her_frame("forged", cx.send(forged).await, 422).await;
    let large = "x".repeat(300 * 1024);
    in_her_frame("too large", cx.post(&extend, &large).await, 413).await;
    let wrong = Request::post("/sign-in")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "text/plain");
    let wrong = wrong.body(Body::from("email")).expect("a request");
    in_her_frame("no form", cx.send(wrong).await, 415).await;
    let mut many = cx.post("/sign-in", "email=nobody%40example.org").await;
    for _ in 0..30 {
        if many.status() == StatusCode::TOO_MANY_REQUESTS {
            break;
        }
        many = cx.post("/sign-in", "email=nobody%40example.org").await;
    }
    in_her_frame("too many", many, 429).await;
}

#[tokio::test]
async fn who_is_not_signed_in_has_a_way_on_and_an_employee_no_account() {
    let bed = Bed::new().await;
    let page = text(bed.get("/nowhere").await).await;
    assert!(page.contains("<a class=\"button\" href=\"/\">"), "{page}");
    assert!(!page.contains("aria-label=\"Main\""), "{page}");
    let out = text(bed.post("/accounts/add", "").await).await;
    assert!(out.contains("href=\"/sign-in\""), "{out}");
    // Her page is hers, also where the same browser is signed in.
    let cx = bed.signed_in(AccountRole::CxLead).await;
    for path in ["/a/b/c", "/promise/none", "/said/none"] {
        let page = text(cx.get(path).await).await;
        assert!(!page.contains("cx_lead@example.org"), "{path}: {page}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_to_machines() {
    let bed = Bed::new().await;
    let request = Request::post("/api/v1/nothing").body(Body::empty());
    let response = bed.send(request.expect("a request")).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let kind = &response.headers()[header::CONTENT_TYPE];
    assert_eq!(kind, "application/problem+json");
}
