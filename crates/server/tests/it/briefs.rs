//! The page of briefs: having one written, and what is said where that fails.

use crate::bed::{Bed, text};
use crate::brief::{answered, close, feedback};
use axum::http::StatusCode;
use std::time::{Duration, Instant};
use throughline_domain::listen::AccountRole;
use throughline_ledger::releases;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn why_a_brief_was_not_written_is_told_to_leads_until_it_was_read() {
    let bed = Bed::new().await;
    // No customers' feedback: nothing can be written.
    let round = answered(&bed, 60, 45).await;
    close(&bed, &round).await;
    let lead = bed.signed_in(AccountRole::HrLead).await;
    let executive = bed.signed_in(AccountRole::Executive).await;
    let write = format!("/briefs/{}/write", round.id);
    assert_eq!(
        lead.post(&write, "sure=yes").await.status(),
        StatusCode::SEE_OTHER
    );
    let why = "The brief was not written";
    let began = Instant::now();
    // A script looks without taking note.
    while !text(lead.get("/briefs?still=true").await)
        .await
        .contains(why)
    {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "it takes too long"
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(!text(executive.get("/briefs").await).await.contains(why));
    assert!(text(lead.get("/briefs").await).await.contains(why));
    assert!(!text(lead.get("/briefs").await).await.contains(why));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lead_has_the_brief_written_from_its_page() {
    let bed = Bed::new().await;
    feedback(&bed.app.config.workspace);
    let round = answered(&bed, 60, 45).await;
    close(&bed, &round).await;
    let lead = bed.signed_in(AccountRole::CxLead).await;
    let page = text(lead.get("/briefs").await).await;
    let write = format!("/briefs/{}/write", round.id);
    assert!(page.contains(&write), "{page}");
    assert_eq!(
        lead.post(&write, "sure=yes").await.status(),
        StatusCode::SEE_OTHER
    );
    let began = Instant::now();
    loop {
        let page = text(lead.get("/briefs").await).await;
        if page.contains(&format!("href=\"/briefs/{}\"", round.id)) {
            break;
        }
        assert!(
            page.contains("is being written") && !page.contains(&write),
            "{page}"
        );
        assert!(
            began.elapsed() < Duration::from_secs(120),
            "it takes too long"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let release = releases::list(&bed.app.ledger).await.expect("a list");
    assert_eq!(release[0].who, "cx_lead@example.org");
    let at = format!("/briefs/{}", round.id);
    let leads_to_it = text(lead.get(&format!("/rounds/{}", round.id)).await).await;
    assert!(leads_to_it.contains(&at), "{leads_to_it}");
    // A brief that can't be read isn't the database's fault.
    let html = bed.app.config.workspace.join(&at[1..]).join("brief.html");
    std::fs::remove_file(html).expect("it goes");
    let gone = lead.get(&at).await;
    assert_eq!(gone.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = text(gone).await;
    assert!(
        page.contains("file can't be read") && !page.contains("database"),
        "{page}"
    );
    let again = lead.post(&write, "sure=yes").await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
}
