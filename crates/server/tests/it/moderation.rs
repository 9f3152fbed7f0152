//! Moderation pages: who may, what they hold, what is decided on them.

use crate::answer::Asked;
use crate::asked::{closed, show_all};
use crate::bed::{Bed, text};
use axum::http::{StatusCode, header};
use throughline_domain::listen::AccountRole;
use throughline_ledger::{audit, ideas};
use uuid::Uuid;

const SAID: [(&str, bool); 3] = [
    ("Let Karen ring customers back on 020 7946 0000", true),
    ("<script>alert(1)</script> & open\u{202e} earlier", true),
    ("never say whose secret plan this one is, thank you", false),
];

/// The id in the first address of this kind on a page.
#[track_caller]
fn first_id(page: &str, round: Uuid, end: &str) -> Uuid {
    let start = format!("/rounds/{round}/ideas/");
    let places = page.match_indices(&start).map(|(at, _)| at + start.len());
    places
        .filter(|at| page[at + 36..].starts_with(end))
        .find_map(|at| page[at..at + 36].parse().ok())
        .expect("an idea's address")
}

#[tokio::test]
async fn leads_moderate_and_a_unit_manager_does_not() {
    let bed = Bed::new().await;
    let round = closed(&bed, 40, &SAID).await;
    for role in AccountRole::ALL {
        let who = bed.signed_in(role).await;
        let leads = matches!(
            role,
            AccountRole::Owner | AccountRole::HrLead | AccountRole::CxLead
        );
        for page in ["ideas", "ideas/shown", "ideas/refused", "votes", "levers"] {
            let response = who.get(&format!("/rounds/{}/{page}", round.id)).await;
            let expected = if leads {
                StatusCode::OK
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(response.status(), expected, "{role:?} {page}");
        }
    }
    let manager = bed.signed_in(AccountRole::UnitManager).await;
    let queue = ideas::waiting(&bed.app.ledger, round.id, 9, None)
        .await
        .expect("a queue");
    for idea in &queue.ideas {
        let at = format!("/rounds/{}/ideas/{}/show", round.id, idea.id);
        let response = manager.post(&at, "text=hello").await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
    }
    assert!(
        ideas::shown(&bed.app.ledger, round.id)
            .await
            .expect("ideas")
            .is_empty()
    );
}

#[tokio::test]
async fn a_proposal_stands_beside_what_was_written_and_nothing_runs() {
    let bed = Bed::new().await;
    let round = closed(&bed, 40, &SAID).await;
    let who = bed.signed_in(AccountRole::HrLead).await;
    let page = text(who.get(&format!("/rounds/{}/ideas", round.id)).await).await;
    for part in [
        "<del><span class=\"hidden\">(masked:) </span>Karen</del>",
        "<ins><span class=\"hidden\">(put in:) </span>[name]</ins>",
        "&lt;script&gt;alert(1)&lt;/script&gt; &amp; open earlier",
        "Not to be quoted.",
        "1 character that nobody would see",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("<script>") && !page.contains('\u{202e}'));
    // The card has the focus, not a heading that nobody sees.
    assert_eq!(page.matches(" autofocus").count(), 1);
    let card = page
        .split("<article")
        .nth(1)
        .and_then(|rest| rest.split('>').next());
    assert!(
        card.is_some_and(|card| card.contains(" autofocus")),
        "{page}"
    );
    let members = throughline_ledger::rounds::cells(&bed.app.ledger, round.id).await;
    for cell in members.expect("cells") {
        assert!(!page.contains(&cell.id.to_string()));
    }
}

#[tokio::test]
async fn an_idea_is_shown_taken_back_and_refused_with_a_reason() {
    let bed = Bed::new().await;
    let round = closed(&bed, 40, &SAID[..1]).await.id;
    let who = bed.signed_in(AccountRole::CxLead).await;
    let queue = format!("/rounds/{round}/ideas");
    let idea = first_id(&text(who.get(&queue).await).await, round, "/show");
    let at = format!("{queue}/{idea}");
    let empty = who.post(&format!("{at}/show"), "text=%E2%80%8B").await;
    assert_eq!(empty.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(empty).await.contains("There are no words to show."));
    let shown = who
        .post(&format!("{at}/show"), "text=Ring+back%E2%80%AE")
        .await;
    assert_eq!(shown.status(), StatusCode::SEE_OTHER);
    let back = shown.headers()[header::LOCATION]
        .to_str()
        .expect("text")
        .to_owned();
    let told = text(who.get(&back).await).await;
    assert!(told.contains("Colleagues see it now.") && told.contains("Take it back"));
    let second = who
        .post(&format!("{at}/refuse"), "reason=other&note=x")
        .await;
    assert_eq!(second.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        text(second)
            .await
            .contains("This idea was decided on already")
    );
    let kept = text(who.get(&format!("{queue}/shown")).await).await;
    assert!(
        kept.contains("Ring back") && kept.contains("1 person"),
        "{kept}"
    );
    let undone = who.post(&format!("{at}/undo"), "seen=shown").await;
    assert_eq!(undone.status(), StatusCode::SEE_OTHER);
    for (form, status) in [
        ("note=why", StatusCode::UNPROCESSABLE_ENTITY),
        ("reason=other&note=+", StatusCode::UNPROCESSABLE_ENTITY),
        (
            "reason=in_place&note=%3Cb%3Esince+May",
            StatusCode::SEE_OTHER,
        ),
    ] {
        let response = who.post(&format!("{at}/refuse"), form).await;
        assert_eq!(response.status(), status, "{form}");
    }
    let refused = text(who.get(&format!("{queue}/refused")).await).await;
    assert!(refused.contains("We do this already.") && refused.contains("&lt;b&gt;since May"));
    let lines = audit::lines(&bed.app.ledger, 0, 100).await.expect("lines");
    for line in lines
        .iter()
        .filter(|line| line.act.act.starts_with("idea."))
    {
        assert_eq!(
            (line.act.who.as_str(), line.act.detail.as_str()),
            ("cx_lead@example.org", "")
        );
    }
}

#[tokio::test]
async fn words_not_to_be_quoted_are_not_taken_from_the_form_either() {
    let bed = Bed::new().await;
    let round = closed(&bed, 40, &SAID[2..]).await.id;
    let who = bed.signed_in(AccountRole::HrLead).await;
    let queue = format!("/rounds/{round}/ideas");
    let page = text(who.get(&queue).await).await;
    let idea = first_id(&page, round, "/show");
    let words = "text=NEVER+say+whose+secret+plan+this+one+is";
    let response = who.post(&format!("{queue}/{idea}/show"), words).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(response).await;
    assert!(
        page.contains("didn't allow quoting") || page.contains("didn&#39;t allow quoting"),
        "{page}"
    );
    // What was typed is not lost.
    assert!(page.contains("NEVER say whose"));
}

#[tokio::test]
async fn the_most_alike_is_offered_first_and_can_be_searched() {
    let bed = Bed::new().await;
    let round = closed(
        &bed,
        40,
        &[
            ("Call customers back the same day", true),
            ("More parking spaces at the warehouse", true),
            ("A shorter contract in plain words", true),
            ("Longer opening hours on Saturday", true),
        ],
    )
    .await
    .id;
    show_all(&bed, round).await;
    let shown = ideas::shown(&bed.app.ledger, round).await.expect("ideas");
    let call = shown
        .iter()
        .find(|idea| idea.words.starts_with("Call"))
        .expect("an idea");
    let who = bed.signed_in(AccountRole::HrLead).await;
    // Taken back, it waits again and is compared with the others.
    let at = format!("/rounds/{round}/ideas/{}", call.id);
    who.post(&format!("{at}/undo"), "seen=shown").await;
    let page = text(who.get(&format!("{at}/merge?q=SATURDAY+hours")).await).await;
    assert!(
        page.contains("Longer opening hours") && !page.contains("More parking"),
        "{page}"
    );
    let other = shown
        .iter()
        .find(|idea| idea.words.starts_with("Longer"))
        .expect("an idea");
    let form = format!("into={}&seen=waiting", other.id);
    let merged = who.post(&format!("{at}/merge"), &form).await;
    assert_eq!(merged.status(), StatusCode::SEE_OTHER);
    let page = text(
        who.get(&format!("/rounds/{round}/ideas/{}", other.id))
            .await,
    )
    .await;
    assert!(
        page.contains("2 people") && page.contains("Take it apart"),
        "{page}"
    );
    let itself = who.post(&format!("{at}/merge"), "into=nothing").await;
    assert_eq!(itself.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn addresses_that_lead_nowhere_are_not_found() {
    let bed = Bed::new().await;
    let round = closed(&bed, 40, &SAID[..1]).await.id;
    let who = bed.signed_in(AccountRole::Owner).await;
    let nobody = Uuid::nil();
    for path in [
        format!("/rounds/{nobody}/ideas"),
        "/rounds/none/ideas".to_owned(),
        format!("/rounds/{round}/ideas/{nobody}"),
        format!("/rounds/{round}/ideas/{nobody}/merge"),
        format!("/rounds/{round}/levers/{nobody}"),
        format!("/rounds/{nobody}/votes"),
    ] {
        assert_eq!(
            who.get(&path).await.status(),
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_fewer_than_ten_say_is_read_by_nobody_however_the_round_closed() {
    let asked = Asked::new(60).await;
    let say = async |token: &str, idea: &str| {
        let id = asked.id(token).await;
        let (status, _) = asked.send(token, &[("id", &*id), ("idea", idea)]).await;
        assert_eq!(status, 200);
    };
    for (n, token) in asked.tokens.iter().take(9).enumerate() {
        say(
            token,
            &format!("our boss falsifies the time sheets, says {n}"),
        )
        .await;
    }
    let hr = asked.bed.signed_in(AccountRole::HrLead).await;
    let end = hr.post(&format!("/rounds/{}/end", asked.round), "").await;
    assert!(end.status().is_redirection(), "{}", end.status());
    let page = text(hr.get(&format!("/rounds/{}/ideas", asked.round)).await).await;
    assert!(
        !page.contains("falsifies") && page.contains("Fewer than ten"),
        "{page}"
    );
    let enough = Asked::new(60).await;
    for (n, token) in enough.tokens.iter().take(10).enumerate() {
        let id = enough.id(token).await;
        let idea = format!("our boss falsifies the time sheets, says {n}");
        enough.send(token, &[("id", &*id), ("idea", &*idea)]).await;
    }
    let hr = enough.bed.signed_in(AccountRole::HrLead).await;
    hr.post(&format!("/rounds/{}/end", enough.round), "").await;
    let page = text(hr.get(&format!("/rounds/{}/ideas", enough.round)).await).await;
    assert!(page.contains("falsifies"), "{page}");
}

#[tokio::test]
async fn the_very_same_words_are_decided_on_once() {
    let bed = Bed::new().await;
    let said = [
        ("Call back the same day", true),
        ("  call BACK the same day ", false),
        ("Call back the same day", true),
        ("Open on Saturdays", true),
        ("open on saturdays", true),
        ("It is about theft", true),
        ("it is about THEFT", true),
        ("Another", true),
    ];
    let round = closed(&bed, 40, &said).await.id;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    let queue = async || {
        let queue = ideas::waiting(&bed.app.ledger, round, 10, None).await;
        queue.expect("a queue")
    };
    let first = queue().await;
    assert_eq!((first.ideas.len(), first.waiting), (4, 8));
    let page = text(cx.get(&format!("/rounds/{round}/ideas")).await).await;
    assert!(page.contains("3 people wrote these very words"), "{page}");
    assert!(page.contains("These are 4 of 8, drawn at random"), "{page}");
    let of = |queue: &ideas::Queue, words: &str| {
        let found = queue
            .ideas
            .iter()
            .find(|idea| idea.words.for_analysis().trim().eq_ignore_ascii_case(words));
        let found = found.expect("it waits");
        assert!(found.may_quote, "one that may be quoted speaks for all");
        (found.id, found.count)
    };
    let (id, count) = of(&first, "call back the same day");
    assert_eq!(count, 3);
    let path = format!("/rounds/{round}/ideas/{id}");
    let shown = cx
        .post(&format!("{path}/show"), "text=Call+back+the+same+day")
        .await;
    assert_eq!(shown.status(), StatusCode::SEE_OTHER);
    let shown = ideas::shown(&bed.app.ledger, round).await.expect("ideas");
    assert_eq!((shown.len(), shown[0].count), (1, 3));
    let (theft, _) = of(&first, "it is about theft");
    let refuse = format!("/rounds/{round}/ideas/{theft}/refuse");
    let refused = cx.post(&refuse, "reason=other_channel").await;
    assert_eq!(refused.status(), StatusCode::SEE_OTHER);
    let (refused, all) = ideas::refused(&bed.app.ledger, round, 10)
        .await
        .expect("ideas");
    assert_eq!((refused.len(), all), (2, 2));
    let (saturday, _) = of(&first, "open on saturdays");
    let merge = format!("/rounds/{round}/ideas/{saturday}/merge");
    let merged = cx.post(&merge, &format!("into={id}")).await;
    assert_eq!(merged.status(), StatusCode::SEE_OTHER);
    let shown = ideas::shown(&bed.app.ledger, round).await.expect("ideas");
    assert_eq!((shown.len(), shown[0].count), (1, 5));
    assert_eq!(queue().await.waiting, 1);
}
