//! The whole story of a round, in a browser: from the owner's first link to "you said, we did" and the
//! brief. One test, since each chapter lives in the company that the one before left.

mod cast;
mod people;
mod setup;

use throughline_e2e::{Browser, Company, Driver, Screen};

/// Where it plays.
pub struct Stage {
    pub company: Company,
    pub driver: Driver,
}

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
    let _hr = people::bring(&stage).await;
    people::manager(&stage).await;
    let faults: Vec<String> = stage.company.said();
    let faults: Vec<&String> = faults
        .iter()
        .filter(|line| line.contains("ERROR"))
        .collect();
    assert!(faults.is_empty(), "the program complained: {faults:#?}");
}
