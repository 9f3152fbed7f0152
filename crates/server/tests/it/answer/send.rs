//! What is sent is there once; what can't be taken comes back.

use super::{Asked, form, round_with, tokens};
use crate::bed::{Bed, text};
use axum::http::{StatusCode, header};
use throughline_domain::listen::Answer;
use throughline_ledger::{chain, roles};

#[tokio::test]
async fn an_answer_is_there_once_however_often_the_form_is_sent() {
    let asked = Asked::new(20).await;
    let token = &asked.tokens[0];
    let id = asked.id(token).await;
    let fields = [("id", &*id), ("idea", "shorter forms"), ("commitment", "4")];
    let (status, page) = asked.send(token, &fields).await;
    assert_eq!(status, 200);
    assert!(page.contains("Thank you") && !page.contains("sent before"));
    assert!(!page.contains("Your code"), "no receipt was wished");
    let (status, page) = asked.send(token, &fields).await;
    assert!(status == 200 && page.contains("sent before"));
    // Another tab: another form, the same link.
    let other = uuid::Uuid::new_v4().to_string();
    let (status, page) = asked
        .send(token, &[("id", &*other), ("idea", "twice")])
        .await;
    assert!(status == 404 && page.contains("This wasn’t taken") && page.contains(">twice<"));
    assert_eq!(asked.ideas().await, ["shorter forms"]);
}

#[tokio::test]
async fn what_cannot_be_taken_comes_back_filled() {
    let asked = Asked::new(20).await;
    let token = &asked.tokens[0];
    let id = asked.id(token).await;
    let long = "<b>ñ👩‍🔧</b> ".repeat(400);
    let block = "the printer & the lift";
    let check = async |fields: &[(&str, &str)], said: &str| {
        let (status, page) = asked.send(token, fields).await;
        assert_eq!(status, 422, "{said}");
        assert!(page.contains(said), "{said}: {page}");
        page
    };
    let fields = [
        ("id", &*id),
        ("idea", &*long),
        ("block", block),
        ("commitment", "2"),
    ];
    let page = check(&fields, &Answer::LONGEST.to_string()).await;
    assert!(page.contains(&long.replace('<', "&lt;").replace('>', "&gt;")));
    assert!(page.contains("the printer &amp; the lift"));
    assert!(page.contains(&format!("value=\"{id}\"")), "the same form");
    assert!(page.contains("value=\"2\" checked"));
    check(
        &[("id", &*id), ("idea", " \u{200b}\u{202e} ")],
        "nothing to send",
    )
    .await;
    check(&[("id", &*id)], "nothing to send").await;
    check(
        &[("id", &*id), ("idea", "a"), ("commitment", "6")],
        "one of the answers",
    )
    .await;
    check(&[("id", "x' OR 1=1"), ("idea", "kept")], "kept").await;
    let exact = "é".repeat(Answer::LONGEST);
    let (status, _) = asked.send(token, &[("id", &*id), ("idea", &*exact)]).await;
    assert_eq!(status, 200);
    assert_eq!(asked.ideas().await, [exact]);
}

#[tokio::test]
async fn strange_letters_and_markup_are_kept_as_words() {
    let asked = Asked::new(20).await;
    let written = [
        ("👩‍🔧 plus 🇪🇸", "👩‍🔧 plus 🇪🇸"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
        ("a\u{202e}b\u{200b}c\u{0}d", "abcd"),
        ("\u{feff}one\r\ntwo", "one\ntwo"),
    ];
    for ((words, _), token) in written.iter().zip(&asked.tokens) {
        let id = asked.id(token).await;
        let (status, page) = asked.send(token, &[("id", &*id), ("idea", words)]).await;
        assert_eq!(status, 200, "{words:?}");
        assert!(!page.contains("<script>alert"));
    }
    let mut kept = asked.ideas().await;
    let mut expected: Vec<_> = written.iter().map(|(_, kept)| (*kept).to_owned()).collect();
    kept.sort();
    expected.sort();
    assert_eq!(kept, expected);
}

#[tokio::test]
async fn ten_megabytes_and_what_is_no_form_are_answered_in_words() {
    let asked = Asked::new(20).await;
    let token = &asked.tokens[0];
    let huge = "x".repeat(10 << 20);
    let (status, page) = asked.send(token, &[("idea", &huge)]).await;
    assert_eq!(status, 413);
    assert!(page.contains("more than a page") && page.len() < 10_000);
    let request = axum::http::Request::post(format!("/a/{token}"))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json")
        .body(axum::body::Body::from("{}"))
        .expect("a request");
    let response = asked.bed.send(request).await;
    assert_eq!(response.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(text(response).await.contains("couldn’t read that form"));
}

#[tokio::test]
async fn words_that_come_too_late_are_given_back() {
    let asked = Asked::new(20).await;
    let token = &asked.tokens[0];
    let id = asked.id(token).await;
    assert_eq!(asked.ideas().await, [""; 0]);
    let (status, page) = asked
        .send(token, &[("id", &*id), ("idea", "five <minutes> late")])
        .await;
    assert_eq!(status, 404);
    assert!(page.contains("five &lt;minutes&gt; late"));
}

#[tokio::test]
async fn words_that_come_while_the_database_is_away_come_back() {
    let asked = Asked::new(20).await;
    let token = &asked.tokens[0];
    let id = asked.id(token).await;
    asked.bed.app.ledger.clone().close().await;
    let fields = [
        ("id", &*id),
        ("idea", "shorter <forms>"),
        ("block", "the printer & the lift"),
        ("commitment", "4"),
        ("may_quote", "yes"),
    ];
    let known = asked.send(token, &fields).await;
    assert_eq!(known.0, 503);
    for part in [
        "send it again in a minute",
        "shorter &lt;forms&gt;</textarea>",
        "the printer &amp; the lift</textarea>",
        &format!("name=\"id\" value=\"{id}\""),
        "name=\"commitment\" value=\"4\"",
        "name=\"may_quote\" value=\"yes\"",
        &format!("action=\"/a/{token}?lang=en\""),
    ] {
        assert!(known.1.contains(part), "{part}: {}", known.1);
    }
    // Whether the link is one doesn't show.
    let unknown = asked.send("0123456789ABCDEFGHJKMNPQRS", &fields).await;
    let same = unknown.1.replace("0123456789ABCDEFGHJKMNPQRS", token);
    assert_eq!((unknown.0, same), known);
}

#[tokio::test]
async fn a_guesser_keeps_nobody_out_and_words_sent_by_a_wrong_link_come_back() {
    let asked = Asked::new(20).await;
    let token = &asked.tokens[0];
    let id = asked.id(token).await;
    for n in 0..60 {
        asked.bed.get(&format!("/a/guess{n}")).await;
    }
    let fields = [("id", &*id), ("idea", "shorter forms"), ("commitment", "4")];
    // A link that was copied without its end.
    let (status, page) = asked.send(&token[..20], &fields).await;
    assert_eq!(status, 429);
    for part in ["wait a minute", "shorter forms</textarea>", &id] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let (status, _) = asked.send(token, &fields).await;
    assert_eq!(status, 200, "a link that is one opens");
    assert_eq!(asked.ideas().await, ["shorter forms"]);
}

#[tokio::test]
async fn recommending_is_asked_only_where_the_terms_say_so() {
    let bed = Bed::new().await;
    let round = round_with(&bed, |draft| draft.terms.ask_enps = true).await;
    let tokens = tokens(&bed, round).await;
    let page = text(bed.get(&format!("/a/{}", tokens[0])).await).await;
    assert!(page.contains("name=\"enps\"") && page.contains("1 of 5"));
    let asked = Asked::new(20).await;
    let page = text(asked.bed.get(&format!("/a/{}", asked.tokens[0])).await).await;
    assert!(!page.contains("enps") && page.contains("1 of 4"));
}

#[tokio::test]
async fn no_page_of_an_employee_sets_a_cookie_names_her_or_is_heavy() {
    let asked = Asked::new(40).await;
    let token = &asked.tokens[0];
    let id = asked.id(token).await;
    let path = format!("/a/{token}");
    let statics = ["base.css", "phone.css", "answer.js", "icon.svg"];
    let mut extra = 0;
    for name in statics {
        extra += text(asked.bed.get(&format!("/static/{name}")).await)
            .await
            .len();
    }
    let sent = form(&[("id", &*id), ("idea", "a"), ("receipt", "yes")]);
    let pages = [
        asked.bed.get(&path).await,
        asked.bed.get("/a").await,
        asked.bed.get("/receipt").await,
        asked.bed.get(&format!("/promise/{}", asked.round)).await,
        asked.bed.get(&format!("/customers/{}", asked.round)).await,
        asked.bed.post(&path, &sent).await,
        asked.bed.get(&path).await,
    ];
    for response in pages {
        assert!(response.headers().get(header::SET_COOKIE).is_none());
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let page = text(response).await;
        assert!(page.len() + extra < 50_000, "{}", page.len() + extra);
        assert!(!page.contains("example.org") && !page.contains("North 1"));
    }
}

#[tokio::test]
async fn one_answer_is_one_tap() {
    let asked = Asked::new(40).await;
    let ledger = &asked.bed.app.ledger;
    let chain = chain::read(ledger).await.expect("a chain");
    let roles = chain.roles();
    let (from, to) = (roles[0].0, roles[1].0);
    let at = format!("/customers/{}", asked.round);
    let tap = async |allowed: &str| {
        let (from, to) = (from.to_string(), format!("role:{to}"));
        let fields = [("from", &*from), ("place", &*to), ("tap", allowed)];
        let response = asked.bed.post(&at, &form(&fields)).await;
        assert_eq!(response.status(), 200);
    };
    let mut allowed = Vec::new();
    for token in asked.tokens.iter().take(12) {
        let id = asked.id(token).await;
        let fields = [("id", &*id), ("idea", "a")];
        let (_, first) = asked.send(token, &fields).await;
        let (_, again) = asked.send(token, &fields).await;
        let of = |page: &str| {
            let start = page.find("tap=").map(|at| at + 4);
            let start = start.or(page.find("name=\"tap\" value=\"").map(|at| at + 18));
            let rest = &page[start.expect("it may tap")..];
            rest[..rest.find('"').expect("an end")].to_owned()
        };
        assert_eq!(of(&first), of(&again), "the same form, the same tap");
        allowed.push(of(&first));
    }
    let counted = async || {
        let proposed = roles::proposed(ledger).await.expect("ways");
        proposed.len()
    };
    for _ in 0..12 {
        tap(&allowed[0]).await;
        tap("").await;
        tap("0123.4567").await;
    }
    assert_eq!(counted().await, 0, "one person is one of ten");
    for allowed in &allowed[1..] {
        tap(allowed).await;
    }
    assert_eq!(counted().await, 1);
}

#[tokio::test]
async fn a_form_sent_again_with_changes_is_no_second_thanks() {
    let asked = Asked::new(20).await;
    let [one, other] = [&asked.tokens[0], &asked.tokens[1]];
    let id = asked.id(one).await;
    let first = [("id", &*id), ("idea", "first text")];
    assert_eq!(asked.send(one, &first).await.0, 200);
    // Back, a better text, a receipt wished: it isn't taken, and no receipt leads nowhere.
    let better = [("id", &*id), ("idea", "better text"), ("receipt", "yes")];
    let (status, page) = asked.send(one, &better).await;
    assert_eq!(status, 404);
    assert!(
        page.contains(">better text<") && !page.contains("Your code"),
        "{page}"
    );
    // Under somebody else's form a colleague's answer is stored as her own.
    let (status, _) = asked.send(other, &first).await;
    assert_eq!(status, 200);
    assert_eq!(asked.ideas().await, ["first text", "first text"]);
}
