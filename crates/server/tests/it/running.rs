//! What the server says of itself: health, totals.

use crate::api::token;
use crate::bed::{Bed, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use throughline_domain::listen::{AccountRole, Scope};

#[tokio::test]
async fn it_says_whether_it_lives_and_can_work() {
    let bed = Bed::new().await;
    assert_eq!(bed.get("/healthz").await.status(), StatusCode::OK);
    let ready = bed.get("/readyz").await;
    assert_eq!(ready.status(), StatusCode::OK);
    std::fs::remove_dir_all(&bed.app.config.workspace).expect("the workspace goes");
    // What was found is told again for a second.
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let ready = bed.get("/readyz").await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(text(ready).await.contains("\"workspace\":false"));
    assert_eq!(bed.get("/healthz").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn totals_are_for_a_token_and_hold_no_person() {
    let bed = Bed::new().await;
    assert_eq!(bed.get("/metrics").await.status(), StatusCode::UNAUTHORIZED);
    let owner = bed.signed_in(AccountRole::Owner).await;
    owner.get("/briefs").await;
    let secret = token(&bed, &[Scope::MetricsRead]).await;
    let request = Request::get("/metrics")
        .header(header::AUTHORIZATION, format!("Bearer {secret}"))
        .body(Body::empty())
        .expect("a request");
    let page = text(bed.send(request).await).await;
    assert!(page.contains("throughline_ready 1"), "{page}");
    assert!(
        page.contains(r#"throughline_requests_total{surface="office",status="2xx"}"#),
        "{page}"
    );
    for word in ["owner@", "path", "unit", &secret[3..], "round"] {
        assert!(!page.contains(word), "{word}: {page}");
    }
}
