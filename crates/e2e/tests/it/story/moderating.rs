//! The CX lead reads ideas, and decides which colleagues see.

use super::answering::{self, BETTER};
use super::asking::Round;
use super::{CX, Stage};
use fantoccini::Locator;
use throughline_e2e::{Browser, look};

/// How many ideas she reads here; the rest waits.
const SHOWN: usize = 6;

/// She shows some, merges one, refuses one with a reason. Where it came from she doesn't see.
pub async fn decide(stage: &Stage, round: &Round) -> Browser {
    let cx = stage.enter(CX).await;
    cx.goto(stage.company.at(&format!("/rounds/{}/ideas", round.id)))
        .await;
    for never in ["Depot North", "Help Desk", "P001"] {
        cx.hides(never).await;
    }
    look(&cx, "ideas-waiting").await;
    for _ in 0..SHOWN {
        decided(&cx, "button[normalize-space()='Show']").await;
        cx.reads("Colleagues see it now.").await;
    }
    look(&cx, "ideas-shown-one").await;

    // One says the same as another: it is merged into one that is searched.
    first(&cx, "summary[normalize-space()='Merge']").await;
    cx.press("Search all").await;
    look(&cx, "ideas-merge").await;
    cx.press_at("form.stack button[name=into]").await;
    cx.reads("Merged").await;

    first(&cx, "summary[normalize-space()='Refuse']").await;
    first(&cx, "label[contains(., 'We do this already')]").await;
    decided(&cx, "button[normalize-space()='Refuse']").await;
    cx.reads("Refused").await;

    cx.press("Shown").await;
    look(&cx, "ideas-shown").await;
    cx.press("Refused").await;
    cx.reads("We do this already").await;
    look(&cx, "ideas-refused").await;
    cx
}

/// Presses something in the first card whose words may be quoted: others are said in the company's.
async fn first(cx: &Browser, what: &str) {
    let path = format!("(//article[not(.//p[@class='warning'])])[1]//{what}");
    let found = cx.client.find(Locator::XPath(&path)).await;
    let found = found.unwrap_or_else(|_| panic!("no card has {what}"));
    cx.strike(&found, what).await;
}

/// The same, where it decides and another page comes.
pub async fn decided(cx: &Browser, what: &str) {
    let before = cx.born().await;
    first(cx, what).await;
    cx.reborn(&before, what).await;
}

/// The sender reads on her receipt what became of her idea.
pub async fn fate(stage: &Stage, code: &str) {
    let phone = answering::receipt(stage, code).await;
    phone.hides(BETTER).await;
    look(&phone, "receipt-fate").await;
}
