//! The whole story of a round, in a browser: from the owner's first link to "you said, we did" and the
//! brief. One test, since each chapter lives in the company that the one before left.

mod again;
mod answering;
mod asking;
mod cast;
mod failing;
mod forms;
mod looping;
mod moderating;
mod people;
mod setup;
mod voting;
mod watching;

use throughline_e2e::{Browser, Company, Driver, Screen};

/// Where it plays.
pub struct Stage {
    pub company: Company,
    pub driver: Driver,
}

/// Where misconduct and danger are to be told.
pub const CHANNEL: &str = "the ombudswoman, +34 600 000 000";

/// Who has an account.
pub const OWNER: &str = "owner@parcel.test";
pub const HR: &str = "hr@parcel.test";
pub const CX: &str = "cx@parcel.test";
pub const MANAGER: &str = "manager@parcel.test";
pub const EXECUTIVE: &str = "chief@parcel.test";
pub const AUDITOR: &str = "council@parcel.test";

impl Stage {
    /// Somebody with an account signs in.
    pub async fn enter(&self, email: &str) -> Browser {
        let browser = self.driver.open(Screen::Desk).await;
        browser.goto(self.company.account_link(email)).await;
        browser.press("Sign in").await;
        browser.reads(email).await;
        browser
    }

    /// Opens a page and says what its status is, without a browser's chrome around it.
    pub async fn status(&self, browser: &Browser, path: &str) -> i64 {
        let script = "const [path, done] = arguments;
            fetch(path, {redirect: 'manual'}).then(response => done(response.status), () => done(0));";
        let arguments = vec![serde_json::json!(path)];
        let status = browser.client.execute_async(script, arguments).await;
        status.expect("a script").as_i64().expect("a status")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_first_link_to_the_brief() {
    let Some(driver) = Driver::start() else {
        return;
    };
    let stage = Stage {
        company: Company::start(),
        driver,
    };
    setup::owner(&stage).await;
    let hr = people::bring(&stage).await;
    people::manager(&stage).await;
    let round = asking::open(&stage, &hr).await;
    let code = answering::on_a_phone(&stage, &round).await;
    answering::change(&stage, &code).await;
    answering::without_scripts(&stage, &round).await;
    answering::by_slip(&stage, &round).await;
    answering::in_arabic(&stage, &round).await;
    answering::the_others(&stage, &round).await;
    asking::progress(&stage, &hr, &round).await;
    asking::close(&stage, &hr, &round).await;
    let cx = moderating::decide(&stage, &round).await;
    moderating::fate(&stage, &code).await;
    voting::begin(&stage, &cx, &round).await;
    voting::on_a_phone(&stage, &round).await;
    voting::the_others(&stage, &round).await;
    voting::results(&stage, &cx, &round).await;
    looping::said(&stage, &cx, &round, &code).await;
    looping::feedback(&stage).await;
    looping::file(&stage, &cx).await;
    looping::brief(&stage, &cx).await;
    let second = again::open(&stage, &hr).await;
    again::agree(&stage, &hr, &cx, &second).await;
    again::withheld(&cx).await;
    watching::doors(&stage, &round).await;
    watching::audit(&stage).await;
    failing::office(&stage).await;
    failing::outside(&stage).await;
    failing::employees(&stage, &round).await;
    let complaints = stage.company.complaints();
    assert!(complaints.is_empty(), "{complaints:#?}");
    stage.driver.verdict();
}
