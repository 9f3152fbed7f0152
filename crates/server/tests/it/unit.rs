//! A unit manager's pages: her own unit and what is below it, and no other.

use crate::bed::{Bed, Visitor, draft, open_round, text};
use axum::http::StatusCode;
use throughline_domain::listen::AccountRole;
use throughline_ledger::{accounts, rounds, units};
use uuid::Uuid;

async fn unit(bed: &Bed, name: &str) -> Uuid {
    let all = units::all(&bed.app.ledger).await.expect("units");
    let found = all.into_iter().find(|unit| unit.name == name);
    found.expect("a unit").id
}

async fn manager<'a>(bed: &'a Bed, name: &str) -> Visitor<'a> {
    let unit = unit(bed, name).await;
    let (now, role) = (bed.app.clock.now(), AccountRole::UnitManager);
    let email = "mia@example.org";
    let account = accounts::create(&bed.app.ledger, "test", email, role, Some(unit), now).await;
    bed.sign_in(account.expect("an account")).await
}

#[tokio::test]
async fn a_manager_sees_her_unit_and_those_below_it() {
    let bed = Bed::new().await;
    // Two teams of twenty in the north, one in the south, and three people in another.
    let round = open_round(&bed.app.ledger, 63).await;
    let planned = rounds::Draft {
        name: "Autumn".to_owned(),
        ..draft()
    };
    rounds::create(&bed.app.ledger, planned, "test".to_owned())
        .await
        .expect("a draft");
    let north = manager(&bed, "North").await;
    let home = text(north.get("/").await).await;
    assert!(home.contains("href=\"/unit\""), "{home}");
    let page = text(north.get("/unit").await).await;
    for part in [
        "<h1>North</h1>",
        "Spring",
        ">open<",
        "Open since",
        "40 people of this unit were asked",
        "North 1",
        "North 2",
        "20 people",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    for part in [
        "South",
        "Autumn",
        "63 people",
        "Nurse",
        "p1@",
        "/said/",
        "/ideas",
    ] {
        assert!(!page.contains(part), "{part}: {page}");
    }
    let team = unit(&bed, "North 1").await;
    let below = text(north.get(&format!("/unit/{team}")).await).await;
    assert!(
        below.contains("<h1>North 1</h1>") && below.contains("20 people of this unit were asked"),
        "{below}"
    );
    let lead = bed.signed_in(AccountRole::CxLead).await;
    let levers = format!("/rounds/{round}/levers");
    let added = lead.post(&levers, "title=Call+back&status=heard").await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
    let page = text(north.get("/unit").await).await;
    assert!(page.contains(&format!("href=\"/said/{round}\"")), "{page}");
}

#[tokio::test]
async fn few_are_not_counted() {
    let bed = Bed::new().await;
    open_round(&bed.app.ledger, 63).await;
    let south = manager(&bed, "South").await;
    let page = text(south.get("/unit").await).await;
    assert!(page.contains("23 people of this unit were asked"), "{page}");
    assert!(page.contains("<td>fewer than 5 people</td>"), "{page}");
    assert!(!page.contains("3 people</td>"), "{page}");
}

#[tokio::test]
async fn guessed_units_look_like_none() {
    let bed = Bed::new().await;
    open_round(&bed.app.ledger, 60).await;
    let north = manager(&bed, "North").await;
    let never = Uuid::new_v4();
    let unknown = north.get(&format!("/unit/{never}")).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    let unknown = text(unknown).await;
    let mut guesses = vec![
        "nonsense".to_owned(),
        Uuid::nil().to_string(),
        "%00".to_owned(),
    ];
    for name in ["South", "South 1", "Company"] {
        guesses.push(unit(&bed, name).await.to_string());
    }
    for guess in guesses {
        let page = north.get(&format!("/unit/{guess}")).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{guess}");
        assert_eq!(text(page).await, unknown, "{guess}");
    }
    // Without a unit nothing is hers, not even one that is there.
    let nobodys = bed.signed_in(AccountRole::UnitManager).await;
    let page = text(nobodys.get("/unit").await).await;
    assert!(page.contains("tied to a unit yet"), "{page}");
    let id = unit(&bed, "North").await;
    let page = nobodys.get(&format!("/unit/{id}")).await;
    let page = text(page).await;
    // Each reads it in her own frame.
    let page = page.replace(&nobodys.account.email, &north.account.email);
    assert_eq!(page, unknown);
}

#[tokio::test]
async fn a_unit_that_nobody_asks_has_no_rounds() {
    let bed = Bed::new().await;
    crate::bed::company(&bed.app.ledger, 60).await;
    let mut some = draft();
    some.audience.units = vec![unit(&bed, "South").await];
    let round = rounds::create(&bed.app.ledger, some, "test".to_owned()).await;
    let today = bed.app.clock.today();
    rounds::open(
        &bed.app.ledger,
        round.expect("a draft"),
        today,
        "test".to_owned(),
    )
    .await
    .expect("it opens");
    let north = manager(&bed, "North").await;
    let page = text(north.get("/unit").await).await;
    assert!(
        page.contains("Nobody here has been asked yet") && !page.contains("Spring"),
        "{page}"
    );
}
