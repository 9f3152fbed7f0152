//! Employees answer: on a phone with scripts and without, by link and by slip.

use super::asking::Round;
use super::forms::hidden;
use super::{CHANNEL, Stage, cast};
use fantoccini::Locator;
use throughline_e2e::{Browser, Screen, layout, look};

/// What an employee's page may weigh.
const BYTES: f64 = 50_000.0;

/// What she writes; it names somebody, which moderators mask.
pub const NAMED: &str =
    "Let agents approve refunds. Ask Maria Lopez, maria.lopez@parcel.test, +34 600 123 456.";
/// What she writes in its place.
pub const BETTER: &str = "Let agents approve refunds up to 50 euros on the first call.";

/// On a phone with scripts, with a receipt: it is shown once, and says the code.
pub async fn on_a_phone(stage: &Stage, round: &Round) -> String {
    let link = stage.company.at(&format!("/a/{}", round.links[0]));
    let phone = stage.driver.open(Screen::Phone).await;
    phone.goto(&link).await;
    phone
        .reads("What simple change here would help our customers?")
        .await;
    phone.reads(CHANNEL).await;
    light(&phone).await;
    look(&phone, "answer-idea").await;
    phone.fill_name("idea", NAMED).await;
    // A draft stays on the device.
    phone.client.refresh().await.expect("the page loads again");
    let kept = phone.find("[name=idea]").await.prop("value").await;
    assert_eq!(kept.expect("a field").as_deref(), Some(NAMED));
    phone.touch("Next").await;
    look(&phone, "answer-commitment").await;
    phone.tick("Mostly").await;
    touch_shown(&phone, "Next").await;
    phone
        .fill_name("block", "Every refund needs a signature.")
        .await;
    look(&phone, "answer-block").await;
    touch_shown(&phone, "Next").await;
    phone.tick("My words may be quoted").await;
    phone.tick("Give me a code").await;
    look(&phone, "answer-last").await;
    phone.press("Send").await;
    phone.reads("Thank you. Your answer is stored.").await;
    phone.hides(NAMED).await;
    light(&phone).await;
    look(&phone, "thanks").await;
    let code = phone.find(".receipt .code").await;
    let code = code.text().await.expect("a code");
    // Whoever goes back, perhaps on a device that others use, finds nothing of it.
    phone.client.back().await.expect("the page before");
    let left = phone.find("[name=idea]").await.prop("value").await;
    assert_eq!(left.expect("a field").as_deref(), Some(""));

    // The link opens as for somebody who hasn't answered, the draft is gone, and a second answer
    // isn't taken.
    phone.goto(&link).await;
    phone.hides(NAMED).await;
    phone.fill_name("idea", "A second one.").await;
    for _ in 1..4 {
        touch_shown(&phone, "Next").await;
    }
    phone.press("Send").await;
    phone.reads("This wasn’t taken").await;
    phone.reads("A second one.").await;
    look(&phone, "answer-used").await;
    let never = "b".repeat(round.links[0].len());
    phone.goto(stage.company.at(&format!("/a/{never}"))).await;
    phone.reads("This link doesn’t open anything now").await;
    look(&phone, "answer-nowhere").await;
    code
}

/// Without scripts: every screen is there, and nothing is lost.
pub async fn without_scripts(stage: &Stage, round: &Round) {
    let phone = stage.driver.open(Screen::PhoneWithoutScripts).await;
    let link = stage.company.at(&format!("/a/{}?lang=es", round.links[1]));
    phone.goto(link).await;
    let said = cast::answer(1);
    phone.fill_name("idea", &said.idea).await;
    for _ in 0..3 {
        touch_shown(&phone, "Siguiente").await;
    }
    phone.press("Enviar").await;
    phone.reads("Gracias").await;
}

/// With the code of a slip, typed as people type.
pub async fn by_slip(stage: &Stage, round: &Round) {
    let phone = stage.driver.open(Screen::Phone).await;
    phone.goto(stage.company.at("/a")).await;
    light(&phone).await;
    look(&phone, "code").await;
    let typed = round.slips[0].to_lowercase();
    phone.fill("Enter your code", &typed).await;
    phone.press("Open").await;
    phone
        .fill_name("idea", "Äîñ 🚚 \u{202e}noitcerid\u{202c} <b>bold</b> =1+1")
        .await;
    for _ in 0..3 {
        touch_shown(&phone, "Next").await;
    }
    phone.press("Send").await;
    phone.reads("Thank you").await;
}

/// From right to left, and what the promise says.
pub async fn in_arabic(stage: &Stage, round: &Round) {
    let phone = stage.driver.open(Screen::Phone).await;
    let link = stage.company.at(&format!("/a/{}?lang=ar", round.links[2]));
    phone.goto(link).await;
    let direction = phone.find("html").await.attr("dir").await;
    assert_eq!(direction.expect("a page").as_deref(), Some("rtl"));
    look(&phone, "answer-arabic").await;
    phone
        .goto(stage.company.at(&format!("/promise/{}", round.id)))
        .await;
    light(&phone).await;
    look(&phone, "promise").await;
    phone
        .goto(stage.company.at(&format!("/promise/{}?lang=ar", round.id)))
        .await;
    look(&phone, "promise-arabic").await;
}

/// Everybody else whose link there is, by the same form: the answers of `from..` in the cast.
pub async fn the_others(stage: &Stage, round: &Round) {
    for (number, link) in round.links.iter().enumerate().skip(2) {
        let visitor = stage.company.visitor();
        let at = stage.company.at(&format!("/a/{link}"));
        let page = visitor.get(&at).send().await.expect("a page");
        let page = page.text().await.expect("a page");
        let said = cast::answer(number);
        let commitment = said.commitment.to_string();
        let mut form = vec![
            ("id", hidden(&page, "id")),
            ("idea", said.idea),
            ("block", said.block),
            ("commitment", commitment),
        ];
        if number.is_multiple_of(2) {
            form.push(("may_quote", "yes".to_owned()));
        }
        let sent = visitor
            .post(&at)
            .form(&form)
            .send()
            .await
            .expect("an answer");
        assert_eq!(sent.status(), 200);
        let thanks = sent.text().await.expect("a page");
        assert!(thanks.contains("data-sent"), "no thanks:\n{thanks}");
    }
}

/// The receipt is looked up, and the idea said differently.
pub async fn change(stage: &Stage, code: &str) {
    let phone = receipt(stage, code).await;
    phone.reads("Nobody has read your idea yet.").await;
    phone.hides("Maria").await;
    look(&phone, "receipt").await;
    phone.fill("Your new text", BETTER).await;
    phone.press("Replace").await;
    phone.reads("taken the place of the old one").await;
    look(&phone, "receipt-changed").await;
}

/// What the receipt of this code says.
pub async fn receipt(stage: &Stage, code: &str) -> Browser {
    let phone = stage.driver.open(Screen::Phone).await;
    phone.goto(stage.company.at("/receipt")).await;
    look(&phone, "receipt-code").await;
    phone.fill("Your code", code).await;
    phone.press("Look").await;
    phone
}

/// Presses what is on the screen that shows.
async fn touch_shown(phone: &Browser, words: &str) {
    let all = phone
        .client
        .find_all(Locator::Css("a.button, button"))
        .await;
    for button in all.expect("buttons") {
        let is_shown = button.is_displayed().await.unwrap_or_default();
        if is_shown && button.text().await.is_ok_and(|text| text == words) {
            return phone.strike(&button, words).await;
        }
    }
    panic!("no `{words}` shows");
}

async fn light(phone: &Browser) {
    let bytes = layout::bytes(phone).await;
    let address = phone.address().await;
    assert!(
        bytes > 0.0 && bytes < BYTES,
        "{address} weighs {bytes} bytes"
    );
}
