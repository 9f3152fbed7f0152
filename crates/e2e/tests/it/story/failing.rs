//! What goes wrong, as people see it: accounts in their frame, employees in their language, others with
//! a way on.

use super::asking::Round;
use super::{HR, OWNER, Stage};
use serde_json::json;
use throughline_e2e::{Browser, Screen, look};

/// More tries than any door lets through at once.
const TRIES: usize = 40;

/// Sends a form from the page that is open, as its own would be sent.
async fn send(browser: &Browser, path: &str, kind: &str) {
    let before = browser.born().await;
    let script = "const form = document.createElement('form');
        form.method = 'post'; form.action = arguments[0]; form.enctype = arguments[1];
        const field = document.createElement('input');
        field.type = 'hidden'; field.name = 'email'; field.value = 'nobody@parcel.test';
        form.append(field); document.body.append(form); form.submit();";
    browser.script(script, vec![json!(path), json!(kind)]).await;
    browser.reborn(&before, path).await;
}

/// Somebody who is signed in keeps her places, whatever happens.
pub async fn office(stage: &Stage) {
    let form = "application/x-www-form-urlencoded";
    let hr = stage.enter(HR).await;
    let waiting = "/people/upload/00000000-0000-0000-0000-000000000000";
    for (path, said, name) in [
        ("/accounts", "Your account may not do this", "error-403"),
        ("/nowhere", "There is no such page", "error-404"),
        (waiting, "This file isn't waiting any more", "error-422"),
    ] {
        hr.goto(stage.company.at(path)).await;
        hr.reads(said).await;
        hr.reads(HR).await;
        look(&hr, name).await;
    }
    let visitor = stage.company.visitor();
    for _ in 0..TRIES {
        let ask = visitor.post(stage.company.at("/sign-in"));
        let ask = ask.form(&[("email", "nobody@parcel.test")]);
        ask.send().await.expect("an answer");
    }
    send(&hr, "/sign-in", form).await;
    hr.reads("Too many tries").await;
    hr.reads(HR).await;
    look(&hr, "error-429").await;
    hr.press("Home").await;
    hr.reads("Welcome").await;
}

/// Signing in by a link, one that was used, and a page that isn't there for somebody unknown.
pub async fn outside(stage: &Stage) {
    let browser = stage.driver.open(Screen::Desk).await;
    let link = stage.company.account_link(OWNER);
    browser.goto(&link).await;
    look(&browser, "sign-in-link").await;
    browser.press("Sign in").await;
    browser.reads(OWNER).await;
    let other = stage.driver.open(Screen::Desk).await;
    other.goto(&link).await;
    other.press("Sign in").await;
    other.reads("This link doesn't open anything").await;
    look(&other, "sign-in-link-used").await;
    other.goto(stage.company.at("/nowhere")).await;
    look(&other, "error-outside").await;
    other.press("To the first page").await;
    other.reads("Sign in").await;
}

/// Employees read it in their language.
pub async fn employees(stage: &Stage, round: &Round) {
    let phone = stage.driver.open(Screen::Phone).await;
    phone.goto(stage.company.at("/promise/none")).await;
    phone.reads("There is no such page").await;
    look(&phone, "error-404-phone").await;
    phone.goto(stage.company.at("/a")).await;
    send(&phone, "/a?lang=ar", "text/plain").await;
    look(&phone, "error-422-arabic").await;
    phone
        .goto(stage.company.at(&format!("/customers/{}", round.id)))
        .await;
    phone.fill("What is your work?", "Sorter").await;
    phone.press("Show").await;
    phone.reads("Delivery").await;
    look(&phone, "customers").await;
    let visitor = stage.company.visitor();
    for _ in 0..TRIES {
        let guess = stage.company.at("/a/NOTHINGISHERENOTHINGISHERE");
        visitor.get(guess).send().await.expect("an answer");
    }
    phone
        .goto(stage.company.at("/a/NOTHINGISHERENOTHINGISHERE"))
        .await;
    phone.reads("Too many tries").await;
    look(&phone, "error-429-phone").await;
}
