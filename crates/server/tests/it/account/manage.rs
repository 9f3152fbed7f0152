//! The owner's page of accounts.

use crate::bed::{Bed, text};
use axum::http::StatusCode;
use throughline_domain::listen::AccountRole::{Analyst, HrLead, Owner};
use throughline_ledger::{accounts, audit};

#[tokio::test]
async fn the_owner_adds_changes_shuts_and_opens() {
    let bed = Bed::new().await;
    let owner = bed.signed_in(Owner).await;
    let added = owner
        .post(
            "/accounts/add",
            "email=Eve%40example.org&role=analyst&unit=",
        )
        .await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    let eve = accounts::by_email(&bed.app.ledger, "eve@example.org").await;
    let eve = eve.expect("read").expect("made");
    assert_eq!(eve.role, Analyst);
    let page = text(owner.get("/accounts").await).await;
    assert!(page.contains("eve@example.org") && page.contains("owner@example.org"));
    let one = format!("/accounts/{}", eve.id);
    assert_eq!(owner.get(&one).await.status(), StatusCode::OK);

    owner
        .post(&format!("{one}/change"), "role=hr_lead&unit=")
        .await;
    owner.post(&format!("{one}/disable"), "").await;
    let found = accounts::by_id(&bed.app.ledger, eve.id).await;
    let found = found.expect("read").expect("there");
    assert_eq!((found.role, found.disabled), (HrLead, true));
    let refused = owner.post(&format!("{one}/link"), "").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    owner.post(&format!("{one}/enable"), "").await;

    let page = text(owner.post(&format!("{one}/link"), "").await).await;
    let link = page
        .split("http://throughline.test")
        .nth(1)
        .expect("a link");
    let path = link.split('<').next().expect("its end");
    let signed = bed.post(path, "next=").await;
    assert_eq!(signed.status(), StatusCode::SEE_OTHER);

    let lines = audit::lines(&bed.app.ledger, 0, 50).await.expect("read");
    let by_owner: Vec<&str> = lines
        .iter()
        .rev()
        .filter(|line| line.act.who == "owner@example.org" && line.act.subject == "eve@example.org")
        .map(|line| line.act.act.as_str())
        .collect();
    assert_eq!(
        by_owner,
        [
            "account.create",
            "account.change",
            "account.disable",
            "account.enable",
            "account.link"
        ]
    );
}

#[tokio::test]
async fn what_can_not_be_is_refused_in_words() {
    let bed = Bed::new().await;
    let owner = bed.signed_in(Owner).await;
    let own = format!("/accounts/{}", owner.account.id);
    for (path, form) in [
        (
            "/accounts/add".to_owned(),
            "email=owner%40example.org&role=analyst",
        ),
        (
            "/accounts/add".to_owned(),
            "email=eve%40example.org&role=king",
        ),
        ("/accounts/add".to_owned(), "email=eve&role=analyst"),
        (
            "/accounts/add".to_owned(),
            "email=eve%40example.org&role=unit_manager&unit=x",
        ),
        ("/accounts/add".to_owned(), ""),
        (format!("{own}/disable"), ""),
        (format!("{own}/change"), "role=analyst"),
    ] {
        let response = owner.post(&path, form).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{path} {form}"
        );
    }
    for id in ["x", "00000000-0000-0000-0000-000000000000"] {
        assert_eq!(
            owner.get(&format!("/accounts/{id}")).await.status(),
            StatusCode::NOT_FOUND
        );
        let response = owner.post(&format!("/accounts/{id}/disable"), "").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}
