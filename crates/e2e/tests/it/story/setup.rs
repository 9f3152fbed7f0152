//! The owner sets the company up.

use super::{AUDITOR, CX, EXECUTIVE, HR, OWNER, Stage};
use throughline_e2e::{Browser, Screen, look};

/// She takes the first link, which opens once, and makes accounts.
pub async fn owner(stage: &Stage) -> Browser {
    let first = stage.company.first_link();
    let owner = stage.driver.open(Screen::Desk).await;
    owner.goto(&first).await;
    look(&owner, "start").await;
    owner.fill("Your e-mail address", OWNER).await;
    owner.press("Start").await;
    owner.reads(OWNER).await;
    look(&owner, "home-fresh").await;

    let other = stage.driver.open(Screen::Desk).await;
    other.goto(&first).await;
    other.reads("This link doesn't open anything").await;
    look(&other, "start-used").await;
    other.goto(stage.company.at("/accounts")).await;
    assert_eq!(other.address().await.path(), "/sign-in");
    look(&other, "sign-in").await;

    owner.press("Accounts").await;
    for (email, role) in [
        (HR, "HR lead"),
        (CX, "CX lead"),
        (EXECUTIVE, "Executive"),
        (AUDITOR, "Auditor"),
    ] {
        add(&owner, email, role, None).await;
    }
    look(&owner, "accounts").await;
    owner.press(CX).await;
    look(&owner, "account").await;
    owner
}

/// Adds an account.
pub async fn add(owner: &Browser, email: &str, role: &str, unit: Option<&str>) {
    owner.fill("E-mail address", email).await;
    owner.fill("Role", role).await;
    if let Some(unit) = unit {
        owner.fill("Unit", unit).await;
    }
    owner.press("Add").await;
    owner.reads(email).await;
}
