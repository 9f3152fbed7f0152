//! Ways in: links, typed codes, a shared code with attributes. What doesn't open looks alike.

use super::{Asked, form, round_with};
use crate::bed::{Bed, from, text};
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use throughline_domain::listen::AccountRole;
use throughline_ledger::ways_in;

/// Status, headers and text of a page.
type Page = (StatusCode, HeaderMap, String);

async fn page(response: Response<Body>) -> Page {
    let (status, headers) = (response.status(), response.headers().clone());
    (status, headers, text(response).await)
}

#[tokio::test]
async fn a_link_that_was_used_looks_like_one_that_was_not() {
    let asked = Asked::new(20).await;
    let [used, fresh] = [&asked.tokens[0], &asked.tokens[1]];
    let id = asked.id(used).await;
    asked.send(used, &[("id", &*id), ("idea", "a")]).await;
    // Whoever holds the list of links opens them all.
    let form = async |token: &str| {
        let (status, _, text) = page(asked.bed.get(&format!("/a/{token}")).await).await;
        let (before, rest) = text.split_once("name=\"id\" value=\"").expect("a form");
        let (_, after) = rest.split_once('"').expect("an id");
        (status, format!("{before}{after}").replace(token, "TOKEN"))
    };
    assert_eq!(form(used).await, form(fresh).await);
    let typed = async |token: &str| {
        let response = asked.bed.post("/a", &super::form(&[("code", token)])).await;
        let to = response.headers()[header::LOCATION].to_str().expect("text");
        to.replace(token, "TOKEN")
    };
    assert_eq!(typed(used).await, typed(fresh).await);
    // She sends what can't be taken from anybody, so that it uses nothing up.
    let empty = async |token: &str| {
        let (status, text) = asked.send(token, &[("id", &*id)]).await;
        (status, text.replace(token, "TOKEN"))
    };
    assert_eq!(empty(used).await, empty(fresh).await);
}

#[tokio::test]
async fn used_unknown_incomplete_and_closed_look_alike() {
    let asked = Asked::new(20).await;
    let used = &asked.tokens[0];
    let id = asked.id(used).await;
    asked.send(used, &[("id", &*id), ("idea", "a")]).await;
    let (mut seen, mut sent) = (Vec::new(), Vec::new());
    let look = async |token: &str| page(asked.bed.get(&format!("/a/{token}")).await).await;
    let send = async |token: &str| {
        let id = uuid::Uuid::new_v4().to_string();
        let form = form(&[("id", &*id), ("idea", "five <minutes> late")]);
        page(asked.bed.post(&format!("/a/{token}"), &form).await).await
    };
    sent.push(send(used).await);
    for token in ["0123456789ABCDEFGHJKMNPQRS", &used[..20], "%00%F0%9F%92%A9"] {
        seen.push(look(token).await);
        sent.push(send(token).await);
    }
    asked.ideas().await;
    seen.push(look(&asked.tokens[1]).await);
    sent.push(send(&asked.tokens[1]).await);
    for pages in [&seen, &sent] {
        for other in &pages[1..] {
            assert_eq!(*other, pages[0]);
        }
    }
    assert!(
        sent[0].2.contains("five &lt;minutes&gt; late"),
        "words come back"
    );
}

#[tokio::test]
async fn a_code_may_be_typed_in_any_way() {
    let asked = Asked::new(20).await;
    let token = &asked.tokens[0];
    let typed = token.to_lowercase().replace('0', "o").replace('1', "l");
    let response = asked
        .bed
        .post("/a", &form(&[("code", &format!(" {typed} "))]))
        .await;
    let to = response.headers()[header::LOCATION].to_str().expect("text");
    assert_eq!(to, format!("/a/{token}?lang=en"));
    let response = asked.bed.post("/a", "code=nonsense").await;
    assert_eq!(response.status(), 404);
    assert_eq!(asked.bed.post("/a", "").await.status(), 404);
}

#[tokio::test]
async fn guessing_is_slowed_down_and_answering_is_not() {
    let asked = Asked::new(40).await;
    let try_one = async |path: String, address: &str| {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        asked
            .bed
            .send(from(request, address))
            .await
            .status()
            .as_u16()
    };
    let mut statuses = Vec::new();
    for n in 0..60 {
        statuses.push(try_one(format!("/a/guess{n}"), "192.0.2.7").await);
    }
    assert!(statuses.starts_with(&[404; 30]) && statuses.ends_with(&[429; 10]));
    // Somebody who guesses keeps nobody out, not even behind the same address.
    for token in &asked.tokens {
        assert_eq!(try_one(format!("/a/{token}"), "192.0.2.8").await, 200);
        assert_eq!(try_one(format!("/a/{token}"), "192.0.2.7").await, 200);
    }
}

#[tokio::test]
async fn an_office_that_opens_what_it_has_used_is_not_shut_out() {
    let asked = Asked::new(40).await;
    let get = async |path: &str| {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let response = asked.bed.send(from(request, "192.0.2.9")).await;
        (response.status().as_u16(), text(response).await)
    };
    let typed = async |code: &str| {
        let request = Request::post("/a")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("code={code}")));
        let request = request.expect("a request");
        let response = asked.bed.send(from(request, "192.0.2.9")).await;
        response.status().as_u16()
    };
    let used = &asked.tokens[0];
    let id = asked.id(used).await;
    asked.send(used, &[("id", &*id), ("idea", "a")]).await;
    for _ in 0..60 {
        assert_eq!(get(&format!("/a/{used}")).await.0, 200);
        assert_eq!(typed(used).await, 303);
    }
    let (status, _) = get(&format!("/a/{}", asked.tokens[1])).await;
    assert_eq!(status, 200, "a colleague's link opens");
    // Nor do those who come after the last day.
    asked.ideas().await;
    for token in asked.tokens.iter().cycle().take(60) {
        assert_eq!(get(&format!("/a/{token}")).await.0, 404);
        assert_eq!(get(&format!("/v/{token}")).await.0, 404);
    }
    // From outside it is what anybody sees, and guesses are counted still.
    let shut = get(&format!("/a/{used}")).await;
    let mut guesses = Vec::new();
    for n in 0..60 {
        guesses.push(get(&format!("/a/guess{n}")).await);
    }
    assert_eq!(guesses[0], shut);
    assert!(guesses[59].0 == 429, "{}", guesses[59].0);
}

#[tokio::test]
async fn a_whole_office_types_the_shared_code() {
    let bed = Bed::new().await;
    let round = round_with(&bed, |draft| draft.terms.code_with_attributes = true).await;
    let code = ways_in::code_of(&bed.app.ledger, round).await;
    let code = code.expect("it answers").expect("a code");
    for n in 0..60 {
        let page = bed.post("/a", &form(&[("code", &code)])).await;
        assert_eq!(page.status(), 200, "{n}");
    }
}

#[tokio::test]
async fn a_shared_code_needs_the_terms_and_the_attributes() {
    let bed = Bed::new().await;
    let round = round_with(&bed, |draft| draft.terms.code_with_attributes = true).await;
    let code = ways_in::code_of(&bed.app.ledger, round).await;
    let code = code.expect("it answers").expect("a code");
    let page = text(bed.post("/a", &form(&[("code", &code)])).await).await;
    assert!(page.contains("Its weakness"), "{page}");
    let enter = async |employee: &str, unit: &str| {
        let fields = [("code", &*code), ("employee", employee), ("unit", unit)];
        bed.post("/answer/attributes", &form(&fields)).await
    };
    let response = enter(" p1 ", "north 1").await;
    assert_eq!(response.status(), 303);
    let to = response.headers()[header::LOCATION].to_str().expect("text");
    assert_eq!(bed.get(to).await.status(), 200);
    for (employee, unit) in [("p1", "South 1"), ("p99", "North 1"), ("", "")] {
        assert_eq!(enter(employee, unit).await.status(), 404);
    }
    let strict = Asked::new(20).await;
    let none = ways_in::code_of(&strict.bed.app.ledger, strict.round).await;
    assert_eq!(none.expect("it answers"), None);
}

#[tokio::test]
async fn the_page_speaks_the_language_of_the_browser_or_the_one_chosen() {
    let asked = Asked::new(20).await;
    let path = format!("/a/{}", asked.tokens[0]);
    let page = async |query: &str, accepts: &str| {
        let request = Request::get(format!("{path}{query}"))
            .header(header::ACCEPT_LANGUAGE, accepts)
            .body(Body::empty())
            .expect("a request");
        text(asked.bed.send(request).await).await
    };
    assert!(
        page("", "es-MX,en;q=0.5")
            .await
            .contains("lang=\"es\" dir=\"ltr\"")
    );
    let arabic = page("?lang=ar", "es").await;
    assert!(arabic.contains("lang=\"ar\" dir=\"rtl\""));
    assert!(arabic.contains("hreflang=\"es\""));
    assert!(page("?lang=klingon", "tlh").await.contains("lang=\"en\""));
}

#[tokio::test]
async fn the_promise_names_the_frozen_terms_and_the_channel() {
    let bed = Bed::new().await;
    let round = round_with(&bed, |draft| {
        draft.terms.minimum_group = 8;
        draft.terms.keep_words_days = 365;
        draft.terms.code_with_attributes = true;
    })
    .await;
    let page = text(bed.get(&format!("/promise/{round}")).await).await;
    for said in [
        "from 8 answers",
        "for 365 days",
        "0800 555 0100",
        "employee number is a way",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let nowhere = bed.get(&format!("/promise/{}", uuid::Uuid::new_v4())).await;
    assert_eq!(nowhere.status(), 404);
}

#[tokio::test]
async fn so_few_that_they_cannot_be_hidden_are_told_so() {
    for (people, few) in [(4, true), (40, false)] {
        let asked = Asked::new(people).await;
        let hr = asked.bed.signed_in(AccountRole::HrLead).await;
        let page = text(hr.get(&format!("/rounds/{}", asked.round)).await).await;
        assert_eq!(page.contains("a group of at least 10"), !few, "{page}");
        assert_eq!(page.contains("nobody reads what is written"), few, "{page}");
        let path = format!("/promise/{}", asked.round);
        let page = text(asked.bed.get(&path).await).await;
        assert_eq!(page.contains("one group of at least 10"), !few, "{page}");
        assert_eq!(page.contains("nobody reads what you write"), few, "{page}");
    }
}
