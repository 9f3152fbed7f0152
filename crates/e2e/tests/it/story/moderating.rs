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
        first(&cx, "Show").await;
        cx.reads("Colleagues see it now.").await;
    }
    look(&cx, "ideas-shown-one").await;

    // One says the same as another: it is merged into the nearest, or into one that is searched.
    unfold(&cx, "Merge").await;
    cx.press("Search all").await;
    look(&cx, "ideas-merge").await;
    cx.press_at("form.stack button[name=into]").await;
    cx.reads("Merged").await;

    unfold(&cx, "Refuse").await;
    cx.tick("We do this already").await;
    first(&cx, "Refuse").await;
    cx.reads("Refused").await;

    cx.press("Shown").await;
    look(&cx, "ideas-shown").await;
    cx.press("Refused").await;
    cx.reads("We do this already").await;
    look(&cx, "ideas-refused").await;
    cx
}

/// Presses the first button of these words that shows.
async fn first(cx: &Browser, words: &str) {
    // Words that may not be quoted are shown in the company's own; she takes the others first.
    let path =
        format!("//article[not(.//p[@class='warning'])]//button[normalize-space()=\"{words}\"]");
    let before = cx.born().await;
    let all = cx.client.find_all(Locator::XPath(&path)).await;
    for button in all.expect("buttons") {
        if button.is_displayed().await.unwrap_or_default() {
            cx.strike(&button, words).await;
            return cx.reborn(&before, words).await;
        }
    }
    panic!("no `{words}` shows");
}

/// Unfolds the first card's part of this name.
async fn unfold(cx: &Browser, words: &str) {
    let path =
        format!("//article[not(.//p[@class='warning'])]//summary[normalize-space()=\"{words}\"]");
    let summary = cx.client.find(Locator::XPath(&path)).await;
    cx.strike(&summary.expect("a part to unfold"), words).await;
}

/// The sender reads on her receipt what became of her idea.
pub async fn fate(stage: &Stage, code: &str) {
    let phone = answering::receipt(stage, code).await;
    phone.hides(BETTER).await;
    look(&phone, "receipt-fate").await;
}
