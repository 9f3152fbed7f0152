//! What the pages of a round show to whom, and what they ask before it is done.

use crate::bed::{Bed, company, text};
use crate::rounds::{place, set_up};
use axum::http::StatusCode;
use throughline_domain::listen::AccountRole;
use throughline_ledger::invitations::{self, Printing};
use uuid::Uuid;

#[tokio::test]
async fn the_shared_code_is_shown_to_hr_where_the_terms_have_one() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 60).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let changes = [("channel", "Call 1"), ("code_with_attributes", "yes")];
    let round = place(&set_up(&hr, &changes).await);
    place(&hr.post(&format!("{round}/opening"), "").await);
    let id: Uuid = round[8..].parse().expect("an id");
    let code = throughline_ledger::ways_in::code_of(&bed.app.ledger, id).await;
    let code = code.expect("it answers").expect("a code");
    let code = format!("{}-{}", &code[..4], &code[4..]);
    let page = text(hr.get(&round).await).await;
    assert!(
        page.contains(&code) && page.contains("throughline.test/a"),
        "{page}"
    );
    for role in [AccountRole::CxLead, AccountRole::Auditor] {
        let other = bed.signed_in(role).await;
        let page = text(other.get(&round).await).await;
        assert!(!page.contains(&code), "{role:?}");
    }
    place(&hr.post(&format!("{round}/end"), "").await);
    assert!(!text(hr.get(&round).await).await.contains(&code));
}

#[tokio::test]
async fn a_cx_lead_ends_a_round_and_an_auditor_reads_its_rules() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 60).await;
    let north = throughline_ledger::units::all(&bed.app.ledger)
        .await
        .expect("units");
    let north = north.iter().find(|unit| unit.name == "North");
    let north = north.expect("a unit").id.to_string();
    let cx = bed.signed_in(AccountRole::CxLead).await;
    let changes = [
        ("channel", "Call 1"),
        ("who", "units"),
        ("unit", north.as_str()),
        ("language", "es"),
        ("wording.idea.es", "\u{bf}Qu\u{e9} cambiar\u{ed}as?"),
    ];
    let round = place(&set_up(&cx, &changes).await);
    let auditor = bed.signed_in(AccountRole::Auditor).await;
    let preview = format!("href=\"{round}/preview\"");
    for state in ["draft", "open"] {
        if state == "open" {
            place(&cx.post(&format!("{round}/opening"), "").await);
        }
        let page = text(auditor.get(&round).await).await;
        for part in [
            preview.as_str(),
            "North, with all below",
            "Espa\u{f1}ol",
            "\u{bf}Qu\u{e9} cambiar\u{ed}as?",
        ] {
            assert!(page.contains(part), "{state} {part}: {page}");
        }
        assert!(
            !page.contains("<form method=\"post\" action=\"/rounds"),
            "{page}"
        );
    }
    assert_eq!(
        auditor.get(&format!("{round}/preview")).await.status(),
        StatusCode::OK
    );
    let page = text(cx.get(&round).await).await;
    for part in [
        format!("action=\"{round}/extend\""),
        format!("href=\"{round}/end\""),
    ] {
        assert!(page.contains(&part), "{part}: {page}");
    }
    assert!(!page.contains("Let people in") && !page.contains("How far it is"));
    place(&cx.post(&format!("{round}/end"), "").await);
    // There is no brief yet, so no way to it.
    for who in [&cx, &auditor] {
        let page = text(who.get(&round).await).await;
        assert!(!page.contains(&round.replace("rounds", "briefs")), "{page}");
        assert!(page.contains("href=\"/briefs\">Briefs</a>"), "{page}");
    }
}

#[tokio::test]
async fn slips_of_a_group_that_is_too_large_for_a_page_come_in_parts() {
    let bed = Bed::new().await;
    let ledger = &bed.app.ledger;
    let mut roster = crate::roster::roster(3_030);
    for person in &mut roster.people {
        person.email = None;
        "North 1".clone_into(&mut person.unit);
    }
    crate::bed::import(ledger, roster).await;
    let id = crate::bed::opened(ledger).await;
    let group = invitations::groups(ledger, id)
        .await
        .expect("groups")
        .remove(0);
    assert_eq!(group.people, 3_030);
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let path = format!("/rounds/{id}/slips");
    let page = text(hr.get(&path).await).await;
    assert!(page.contains("the first 3,000 of them now"), "{page}");
    let made = invitations::print(ledger, id, vec![group.cell], Printing::First, "test".into());
    assert_eq!(made.await.expect("made")[0].1.len(), 3_000);
    let page = text(hr.get(&path).await).await;
    assert!(page.contains("The rest: 30 people lack a slip"), "{page}");
    let rest = format!("how=more&cell={}&more=30&paper=a4", group.cell);
    let sheets = text(hr.post(&path, &rest).await).await;
    assert_eq!(sheets.matches("<svg class=\"code\"").count(), 30);
}

#[tokio::test]
async fn a_draft_goes_when_somebody_says_that_she_is_sure() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 60).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let round = place(&set_up(&hr, &[]).await);
    let careless = hr.post(&format!("{round}/remove"), "").await;
    assert_eq!(careless.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(hr.get(&round).await.status(), StatusCode::OK);
    place(&hr.post(&format!("{round}/remove"), "sure=yes").await);
    assert_eq!(hr.get(&round).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_form_shows_the_questions_and_terms_as_they_are() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 60).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let changes = [
        ("minimum_group", "7"),
        ("keep_words_days", "90"),
        ("language", "es"),
    ];
    let round = place(&set_up(&hr, &changes).await);
    let page = text(hr.get(&format!("{round}/draft")).await).await;
    for part in [
        "figures from 7 answers, words from 10, kept for 90 days",
        &bed.app.languages.text("en").say("ask-commitment"),
        &bed.app.languages.text("es").say("ask-commitment"),
        "<label for=\"wording.idea.es\"><span lang=\"es\">Espa\u{f1}ol</span>",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}
