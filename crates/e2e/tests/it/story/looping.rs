//! The loop is closed: what the company does, read by employees; and the brief, read by leaders.

use super::asking::Round;
use super::{EXECUTIVE, OWNER, Stage, answering, cast};
use serde_json::{Value, json};
use std::io::Write as _;
use std::time::{Duration, Instant};
use throughline_e2e::{Browser, Screen, look};

/// How long a brief may take to be written.
const PATIENCE: Duration = Duration::from_secs(60);

/// "You said, we did": the CX lead adds a fix, employees read it, its proposers on their receipts too.
pub async fn said(stage: &Stage, cx: &Browser, round: &Round, code: &str) {
    cx.goto(stage.company.at(&format!("/rounds/{}/levers", round.id)))
        .await;
    look(cx, "levers-none").await;
    cx.press("Add a fix").await;
    cx.fill("What changes", "Agents approve refunds up to 50 euros")
        .await;
    cx.tick("In work").await;
    cx.fill("Why", "Customers waited two weeks for a signature.")
        .await;
    cx.fill(
        "What customers say since",
        "Fewer call twice about one refund.",
    )
    .await;
    cx.script(
        "for (const box of document.querySelectorAll(\"input[name^='idea.']\")) box.checked = true;",
        vec![],
    )
    .await;
    look(cx, "lever").await;
    cx.press("Add the fix").await;
    cx.reads("ideas taken up").await;
    look(cx, "levers").await;

    let phone = stage.driver.open(Screen::Phone).await;
    phone
        .goto(stage.company.at(&format!("/said/{}", round.id)))
        .await;
    phone.reads("Agents approve refunds up to 50 euros").await;
    look(&phone, "said").await;
    phone
        .goto(stage.company.at(&format!("/said/{}?lang=ar", round.id)))
        .await;
    look(&phone, "said-arabic").await;

    let receipt = answering::receipt(stage, code).await;
    look(&receipt, "receipt-end").await;
}

/// Customers' feedback comes by the API, with a token that the owner makes.
pub async fn feedback(stage: &Stage) {
    let owner = stage.enter(OWNER).await;
    owner.press("Tokens").await;
    look(&owner, "tokens-none").await;
    owner.fill("Name", "Survey tool").await;
    owner.tick("bring customers' feedback").await;
    owner.press("Make the token").await;
    look(&owner, "tokens").await;
    let secret = owner.find("code.secret").await.text().await;
    let rows: Vec<Value> = cast::feedback()
        .into_iter()
        .map(|said| {
            json!({
                "id": said.id, "at": said.at, "unit": said.unit, "metric": "nps",
                "question": "likelihood to recommend", "score": said.score, "comment": said.comment,
            })
        })
        .collect();
    let sent = stage
        .company
        .visitor()
        .post(stage.company.at("/api/v1/signals"))
        .bearer_auth(secret.expect("a secret"))
        .header("idempotency-key", "story-1")
        .json(&json!({ "source": "Survey", "rows": rows }))
        .send()
        .await
        .expect("an answer");
    let status = sent.status();
    let said = sent.text().await.unwrap_or_default();
    assert!(status.is_success(), "{status}: {said}");
}

/// The CX lead brings a file of feedback: she sees what is recognised before it is kept.
pub async fn file(stage: &Stage, cx: &Browser) {
    cx.press("Feedback").await;
    look(cx, "feedback").await;
    let file = stage.company.file("store-survey.csv", &cast::survey());
    cx.fill("File of feedback", &file).await;
    cx.press("See what is recognised").await;
    cx.reads("What was recognised").await;
    cx.reads("there is no such day").await;
    cx.hides("Ada Lovelace").await;
    look(cx, "feedback-preview").await;
    cx.press("Keep 30 rows").await;
    cx.reads("30 rows of feedback are kept").await;
    look(cx, "feedback-kept").await;
}

/// The CX lead has the brief written; an executive opens it.
pub async fn brief(stage: &Stage, cx: &Browser) {
    cx.press("Briefs").await;
    look(cx, "briefs-none").await;
    cx.tick("can\u{2019}t be taken back").await;
    cx.press("Write the brief").await;
    let asked = Instant::now();
    while cx.count("table a[href^='/briefs/']").await == 0 {
        let page = cx.text().await;
        assert!(
            asked.elapsed() < PATIENCE && !page.contains("was not written"),
            "no brief: {page}\n{:#?}",
            stage.company.complaints()
        );
        tokio::time::sleep(Duration::from_millis(300)).await;
        cx.goto(stage.company.at("/briefs")).await;
    }
    look(cx, "briefs").await;

    let chief = stage.enter(EXECUTIVE).await;
    chief.press("Briefs").await;
    chief.press("Winter round").await;
    chief.reads("refund").await;
    chief.press("All briefs").await;
    chief.reads("Released").await;
    chief.press("Winter round").await;
    chief.reads("refund").await;
    // The server lets no script run in a brief, so none can look at it there: its text is looked at
    // from a file, where that policy doesn't reach.
    let page = chief
        .script("return document.documentElement.outerHTML", vec![])
        .await;
    let mut copy = tempfile::Builder::new()
        .suffix(".html")
        .tempfile()
        .expect("a file can be made");
    let page = page.as_str().expect("a page");
    copy.write_all(b"<!doctype html>")
        .and_then(|()| copy.write_all(page.as_bytes()))
        .expect("it is written");
    chief
        .goto(format!("file://{}", copy.path().display()))
        .await;
    look(&chief, "brief").await;
}
