//! Those who may see little: the auditor, the unit manager, the executive.

use super::asking::Round;
use super::{AUDITOR, EXECUTIVE, MANAGER, Stage};
use throughline_e2e::look;

/// Each opens what is hers, and is refused what isn't.
pub async fn doors(stage: &Stage, round: &Round) {
    let ideas = format!("/rounds/{}/ideas", round.id);
    let links = format!("/rounds/{}/progress", round.id);
    let brief = format!("/briefs/{}", round.id);
    for (email, paths) in [
        (
            MANAGER,
            vec!["/people", "/accounts", "/tokens", &ideas, &links, &brief],
        ),
        (
            EXECUTIVE,
            vec!["/people", "/accounts", "/tokens", &ideas, &links],
        ),
        (
            AUDITOR,
            vec!["/people", "/accounts", &ideas, &links, &brief],
        ),
    ] {
        let browser = stage.enter(email).await;
        look(
            &browser,
            &format!("home-{}", email.split_once('@').expect("an address").0),
        )
        .await;
        if email == MANAGER {
            browser.press("Your unit").await;
            browser.reads("Depot North").await;
            look(&browser, "your-unit").await;
        }
        for path in paths {
            assert_eq!(stage.status(&browser, path).await, 403, "{email} at {path}");
        }
    }
}

/// The auditor reads who did what, and no word of an answer; the chain of hashes holds.
pub async fn audit(stage: &Stage) {
    let auditor = stage.enter(AUDITOR).await;
    auditor.press("Audit").await;
    auditor.reads("Winter round").await;
    for never in ["smear", "handheld", "person1@", "P001", "/a/"] {
        auditor.hides(never).await;
    }
    look(&auditor, "audit").await;
    auditor.press("Check that nothing was changed").await;
    auditor.reads("Nothing was changed").await;
    look(&auditor, "audit-checked").await;
    let verified = stage.company.run(&["audit", "verify"]);
    let said = String::from_utf8_lossy(&verified.stderr).into_owned();
    assert!(verified.status.success(), "{said}");
}
