//! The audit log's page.

use crate::bed::{Bed, text};
use throughline_domain::listen::AccountRole::Auditor;
use throughline_ledger::audit::{Act, note};

#[tokio::test]
async fn an_auditor_reads_it_page_by_page_and_checks_it() {
    let bed = Bed::new().await;
    for n in 1..=60 {
        let act = Act::new("owner@example.org", "people.import", format!("file {n:03}"));
        let act = act.detail("<b>3 came</b>");
        note(&bed.app.ledger, act).await.expect("written");
    }
    let auditor = bed.signed_in(Auditor).await;
    let first = text(auditor.get("/audit").await).await;
    assert!(
        first.contains("Signed in") && first.contains("file 060"),
        "{first}"
    );
    assert!(first.contains("Imported people"), "{first}");
    assert!(
        first.contains("&lt;b&gt;3 came"),
        "what was sent is words, not markup"
    );
    assert!(!first.contains("file 001"));
    assert!(first.contains("/audit?page=1"));
    let second = text(auditor.get("/audit?page=1").await).await;
    assert!(second.contains("file 001") && !second.contains("file 060"));
    for odd in ["/audit?page=-1", "/audit?page=x", "/audit?page=99999999999"] {
        let status = auditor.get(odd).await.status().as_u16();
        assert_eq!(status, 400, "{odd}");
    }
    let last = text(auditor.get("/audit?page=4294967295").await).await;
    assert!(last.contains("nothing here"), "{last}");
    let checked = text(auditor.get("/audit/check").await).await;
    // Sixty, the account, its link, and signing in.
    assert!(checked.contains("<strong>63</strong>"), "{checked}");
}
