//! The receipt's page: what became of the idea, changing it, taking it back.

use super::{Asked, form};
use crate::bed::text;
use throughline_disclosure::Moderator;
use throughline_domain::listen::{AccountRole, IdeaState, Refusal, RefusalReason};
use throughline_ledger::ideas::{self, Decision};

/// Answers with a receipt: the code as the page shows it.
async fn code(asked: &Asked, words: &str) -> String {
    let token = &asked.tokens[0];
    let id = asked.id(token).await;
    let fields = [("id", &*id), ("idea", words), ("receipt", "yes")];
    let (_, page) = asked.send(token, &fields).await;
    let (_, again) = asked.send(token, &fields).await;
    let shown = |page: &str| {
        let (_, rest) = page
            .split_once("<p class=\"code\" dir=\"ltr\">")
            .expect("a code");
        rest.split('<').next().expect("a code").to_owned()
    };
    assert_eq!(
        shown(&page),
        shown(&again),
        "a form sent again shows the same"
    );
    shown(&page)
}

#[tokio::test]
async fn a_new_text_that_comes_while_the_database_is_away_comes_back() {
    let asked = Asked::new(20).await;
    let code = code(&asked, "zebra crossing").await;
    asked.bed.app.ledger.clone().close().await;
    let fields = form(&[("code", &code), ("idea", "giraffe <b>")]);
    let response = asked.bed.post("/receipt/change", &fields).await;
    assert_eq!(response.status(), 503);
    let page = text(response).await;
    for part in [
        "giraffe &lt;b&gt;</textarea>",
        "in a minute",
        "name=\"code\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[tokio::test]
async fn a_code_follows_changes_and_withdraws_without_a_word_of_the_idea() {
    let asked = Asked::new(20).await;
    let code = code(&asked, "zebra crossing").await;
    let post = async |path: &str, fields: &[(&str, &str)]| {
        let response = asked.bed.post(path, &form(fields)).await;
        (response.status().as_u16(), text(response).await)
    };
    let (status, page) = post("/receipt", &[("code", &code)]).await;
    assert!(
        status == 200 && page.contains("Nobody has read your idea yet"),
        "{page}"
    );
    assert!(!page.contains("zebra"));
    let (status, page) = post("/receipt/change", &[("code", &code), ("idea", "  ")]).await;
    assert!(status == 422 && page.contains("nothing to send"));
    let long = "w".repeat(2_001);
    let (status, page) = post("/receipt/change", &[("code", &code), ("idea", &long)]).await;
    assert!(status == 422 && page.contains(&long));
    let (status, page) = post("/receipt/change", &[("code", &code), ("idea", "giraffe")]).await;
    assert!(status == 200 && page.contains("taken the place") && !page.contains("giraffe"));
    assert_eq!(asked.ideas().await, ["giraffe"]);
    let (status, page) = post("/receipt/change", &[("code", &code), ("idea", "late")]).await;
    assert!(status == 200 && page.contains("closed"), "{page}");
    let (_, page) = post("/receipt/withdraw", &[("code", &code)]).await;
    assert!(page.contains("Yes, delete"), "it asks first");
    let (status, page) = post("/receipt/withdraw", &[("code", &code), ("sure", "yes")]).await;
    assert!(status == 200 && page.contains("deleted"));
    let (status, gone) = post("/receipt", &[("code", &code)]).await;
    let (_, unknown) = post("/receipt", &[("code", "0000")]).await;
    assert!(status == 404 && gone == unknown);
}

#[tokio::test]
async fn who_told_of_misconduct_reads_where_that_is_told() {
    let asked = Asked::new(20).await;
    let code = code(&asked, "somebody takes money from the till").await;
    for token in &asked.tokens[1..12] {
        let id = asked.id(token).await;
        asked.send(token, &[("id", &id), ("commitment", "4")]).await;
    }
    asked.ideas().await;
    let ledger = &asked.bed.app.ledger;
    let queue = ideas::waiting(ledger, asked.round, 9, None).await;
    let place = (asked.round, queue.expect("a queue").ideas[0].id);
    let moderator = Moderator::of(AccountRole::HrLead).expect("a moderator");
    let refuse = Decision::Refuse(Refusal {
        reason: RefusalReason::OtherChannel,
        note: String::new(),
    });
    ideas::decide(ledger, "test", moderator, place, IdeaState::Waiting, refuse)
        .await
        .expect("it is refused");
    let response = asked.bed.post("/receipt", &form(&[("code", &code)])).await;
    let page = text(response).await;
    assert!(page.contains("misconduct or danger"), "{page}");
    assert!(
        page.contains("Please use: <strong><bdi>Call 0800 555 0100"),
        "{page}"
    );
}
