//! One-time links, and what signing in does to a session.

use crate::bed::{Bed, cookie, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use throughline_domain::listen::AccountRole::{Analyst, Owner};

async fn link(bed: &Bed) -> String {
    format!("/sign-in/link/{}", bed.link().await)
}

#[tokio::test]
async fn a_link_signs_in_once_and_looking_at_it_uses_nothing_up() {
    let bed = Bed::new().await;
    bed.signed_in(Owner).await;
    let path = link(&bed).await;
    for _ in 0..3 {
        let page = bed.get(&path).await;
        assert_eq!(page.status(), StatusCode::OK);
        assert_eq!(cookie(&page), None);
    }
    let response = bed.post(&path, "next=%2F%3Fa%3Db").await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/?a=b");
    let used = bed.post(&path, "next=%2F").await;
    let unknown = bed.post("/sign-in/link/nothing", "next=%2F").await;
    assert_eq!(used.status(), unknown.status());
    assert_eq!(used.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(text(used).await, text(unknown).await);
}

#[tokio::test]
async fn signing_in_never_leads_elsewhere() {
    let bed = Bed::new().await;
    bed.signed_in(Owner).await;
    for elsewhere in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "https:evil",
    ] {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("next", elsewhere)
            .finish();
        let response = bed.post(&link(&bed).await, &form).await;
        assert_eq!(response.headers()[header::LOCATION], "/", "{elsewhere}");
        let page = text(bed.get(&format!("{}?{form}", link(&bed).await)).await).await;
        assert!(!page.contains("evil"), "{elsewhere}");
    }
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_worth_nothing() {
    let bed = Bed::new().await;
    let planted = bed.signed_in(Analyst).await;
    bed.signed_in(Owner).await;
    // The victim signs in with the attacker's cookie in her browser.
    let request = Request::post(link(&bed).await)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, planted.cookie.as_str())
        .body(Body::from("next=%2F"))
        .expect("a request");
    let response = bed.send(request).await;
    let new = cookie(&response).expect("a new cookie");
    assert_ne!(new, planted.cookie);
    assert_eq!(planted.get("/").await.status(), StatusCode::SEE_OTHER);
    // One that was never given out isn't taken on either.
    let invented = "throughline=AAAAAAAAAAAAAAAAAAAAAA";
    let request = Request::post(link(&bed).await)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, invented)
        .body(Body::from("next=%2F"))
        .expect("a request");
    let response = bed.send(request).await;
    assert_ne!(cookie(&response).expect("a new cookie"), invented);
}

#[tokio::test]
async fn signing_out_ends_the_session_for_whoever_has_its_cookie() {
    let bed = Bed::new().await;
    let owner = bed.signed_in(Owner).await;
    assert_eq!(owner.get("/").await.status(), StatusCode::OK);
    let response = owner.post("/sign-out", "").await;
    assert_eq!(response.headers()[header::LOCATION], "/sign-in");
    assert_eq!(owner.get("/").await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_shut_account_is_out_at_once() {
    let bed = Bed::new().await;
    bed.signed_in(Owner).await;
    let analyst = bed.signed_in(Analyst).await;
    assert_eq!(analyst.get("/").await.status(), StatusCode::OK);
    analyst.shut().await;
    assert_eq!(analyst.get("/").await.status(), StatusCode::SEE_OTHER);
}
