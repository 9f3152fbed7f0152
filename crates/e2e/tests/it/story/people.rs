//! The HR lead brings people and the chain.

use super::setup::add;
use super::{HR, MANAGER, OWNER, Stage, cast};
use throughline_e2e::{Browser, look};

/// Sixty people from HR's export, the other name of a unit, and how work reaches customers.
pub async fn bring(stage: &Stage) -> Browser {
    let hr = stage.enter(HR).await;
    hr.press("People").await;
    look(&hr, "people-none").await;
    let file = stage.company.file("people.csv", &cast::people());
    hr.fill("File of people", &file).await;
    hr.press("See what it changes").await;
    hr.reads("60 people").await;
    look(&hr, "people-preview").await;
    hr.press("Store these changes").await;
    hr.reads("Done.").await;
    look(&hr, "people").await;
    hr.press("Depot North").await;
    hr.fill("Also called", "Store 12").await;
    look(&hr, "unit").await;
    hr.press("Save").await;
    hr.reads("Store 12").await;

    // Half the list is no list: the breaker stops it, and nothing changed.
    let half: Vec<String> = cast::people().lines().take(31).map(str::to_owned).collect();
    let file = stage.company.file("half.csv", &half.join("\n"));
    hr.fill("File of people", &file).await;
    hr.press("See what it changes").await;
    hr.reads("30 of 60 people would be gone").await;
    hr.hides("Store these changes").await;
    look(&hr, "people-stopped").await;

    hr.press("Chain").await;
    look(&hr, "chain-none").await;
    let file = stage.company.file("chain.csv", cast::CHAIN);
    hr.fill("File of the chain", &file).await;
    hr.press("Store this chain").await;
    hr.reads("Delivery").await;
    look(&hr, "chain").await;

    // A slip makes a role that nobody has: it is seen, mended and taken away.
    let slip = cast::CHAIN.replace("Agent", "Agnet");
    let file = stage.company.file("slip.csv", &slip);
    hr.fill("File of the chain", &file).await;
    hr.press("Store it in place of the one above").await;
    hr.reads("nobody has this role").await;
    look(&hr, "chain-slip").await;
    let file = stage.company.file("mended.csv", cast::CHAIN);
    hr.fill("File of the chain", &file).await;
    hr.press("Store it in place of the one above").await;
    hr.touch("4 roles").await;
    look(&hr, "chain-unused").await;
    hr.click("form[action$='/remove'] button").await;
    hr.reads("3 roles").await;
    hr
}

/// The owner makes an account for the manager of a unit, now that there are units.
pub async fn manager(stage: &Stage) {
    let owner = stage.enter(OWNER).await;
    owner.press("Accounts").await;
    add(&owner, MANAGER, "Unit manager", Some("Depot North")).await;
}
