//! The first start.

use crate::bed::{Bed, cookie, text};
use axum::http::{StatusCode, header};
use throughline_domain::listen::AccountRole::Owner;
use throughline_ledger::{accounts, audit};

async fn start(bed: &Bed) -> Option<String> {
    let link = bed.app.start.begin(&bed.app).await.expect("it answers");
    link.map(|link| link.path().to_owned())
}

#[tokio::test]
async fn the_printed_link_makes_the_owner_once() {
    let bed = Bed::new().await;
    let path = start(&bed).await.expect("a link");
    assert_eq!(
        bed.get("/start/nothing").await.status(),
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(bed.get(&path).await.status(), StatusCode::OK);
    let odd = bed.post(&path, "email=nobody").await;
    assert_eq!(odd.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let made = bed.post(&path, "email=Ada%40example.org").await;
    assert_eq!(made.headers()[header::LOCATION], "/");
    assert!(cookie(&made).is_some());
    let all = accounts::list(&bed.app.ledger).await.expect("read");
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].email.as_str(), all[0].role),
        ("ada@example.org", Owner)
    );
    // Used and unknown look alike, and nothing more is printed.
    let (used, unknown) = (bed.get(&path).await, bed.get("/start/nothing").await);
    assert_eq!(used.status(), unknown.status());
    assert_eq!(text(used).await, text(unknown).await);
    let again = bed.post(&path, "email=eve%40example.org").await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(start(&bed).await, None);
    let lines = audit::lines(&bed.app.ledger, 0, 10).await.expect("read");
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].act.act, "account.create");
}

#[tokio::test]
async fn a_link_dies_when_an_account_comes_another_way() {
    let bed = Bed::new().await;
    let path = start(&bed).await.expect("a link");
    bed.signed_in(Owner).await;
    let late = bed.post(&path, "email=eve%40example.org").await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(cookie(&late), None);
}

#[tokio::test]
async fn without_a_link_nothing_fits() {
    let bed = Bed::new().await;
    for token in [
        "",
        "x",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ] {
        let response = bed
            .post(&format!("/start/{token}"), "email=eve%40example.org")
            .await;
        assert!(response.status().is_client_error(), "{token}");
    }
    assert!(!accounts::any(&bed.app.ledger).await.expect("read"));
}
