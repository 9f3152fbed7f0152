//! Links by letter, and how often one may ask for them.

use crate::bed::{Bed, from, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use std::time::Duration;
use throughline_domain::listen::AccountRole::Owner;
use throughline_ledger::accounts;
use throughline_server::config::Mail;
use throughline_server::mail::Letter;

/// Letters, once there are as many; or after some time those that are there.
async fn letters(bed: &Bed, expected: usize) -> Vec<Letter> {
    for _ in 0..200 {
        if bed.app.mail.kept().len() >= expected {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    bed.app.mail.kept()
}

fn link_of(letter: &Letter) -> String {
    let link = letter
        .text
        .split_whitespace()
        .find_map(|word| word.strip_prefix("http://throughline.test"));
    link.expect("a link of ours").to_owned()
}

#[tokio::test]
async fn a_letter_brings_a_link_that_signs_in_and_goes_on() {
    let bed = Bed::new().await;
    bed.signed_in(Owner).await;
    let asked = bed
        .post("/sign-in", "email=OWNER%40example.org&next=%2F%3Fa%3Db")
        .await;
    assert_eq!(asked.status(), StatusCode::OK);
    let letters = letters(&bed, 1).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, "owner@example.org");
    let link = link_of(&letters[0]);
    let page = text(bed.get(&link).await).await;
    assert!(page.contains("value=\"/?a=b\""), "{page}");
    let response = bed.post(&link, "next=%2F%3Fa%3Db").await;
    assert_eq!(response.headers()[header::LOCATION], "/?a=b");
}

#[tokio::test]
async fn asking_is_answered_alike_whoever_it_is() {
    let bed = Bed::new().await;
    let owner = bed.signed_in(Owner).await;
    let ledger = &bed.app.ledger;
    let now = bed.app.clock.now();
    let shut = accounts::create(ledger, "test", "shut@example.org", Owner, None, now)
        .await
        .expect("made");
    accounts::disable(ledger, "test", shut.id)
        .await
        .expect("shut");
    let mut answers = Vec::new();
    for email in [
        "nobody%40example.org",
        "shut%40example.org",
        "owner%40example.org",
    ] {
        let response = bed.post("/sign-in", &format!("email={email}")).await;
        let (parts, body) = response.into_parts();
        let page = text(axum::http::Response::new(body)).await;
        answers.push((parts.status, format!("{:?}", parts.headers), page));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    let letters = letters(&bed, 1).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].to, owner.account.email);
}

#[tokio::test]
async fn what_is_no_address_is_said() {
    let bed = Bed::new().await;
    let response = bed.post("/sign-in", "email=a%0D%0ABcc%3A+x%40y").await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bed.app.mail.kept().len(), 0);
}

#[tokio::test]
async fn asking_too_often_waits_and_others_do_not() {
    let bed = Bed::new().await;
    bed.signed_in(Owner).await;
    let ask = async |address: &str| {
        let request = Request::post("/sign-in")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("email=owner%40example.org"))
            .expect("a request");
        bed.send(from(request, address)).await.status()
    };
    let mut let_in = 0;
    while ask("192.0.2.1").await == StatusCode::OK {
        let_in += 1;
        assert!(let_in < 100, "nobody stops it");
    }
    assert!((20..=21).contains(&let_in), "{let_in}");
    assert_eq!(ask("192.0.2.1").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask("192.0.2.2").await, StatusCode::OK);
    // One mailbox isn't flooded, from however many places.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(letters(&bed, 3).await.len(), 3);
}

#[tokio::test]
async fn guessing_links_is_stopped_and_a_good_link_of_another_place_opens() {
    let bed = Bed::new().await;
    bed.signed_in(Owner).await;
    let guess = async |token: &str, address: &str| {
        let request = Request::post(format!("/sign-in/link/{token}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("next="))
            .expect("a request");
        bed.send(from(request, address)).await.status()
    };
    let mut tried = 0;
    while guess("nothing", "192.0.2.1").await == StatusCode::UNPROCESSABLE_ENTITY {
        tried += 1;
        assert!(tried < 100, "nobody stops it");
    }
    let token = bed.link().await;
    // A try that comes too soon isn't even looked at: it neither opens nor uses up.
    assert_eq!(
        guess(&token, "192.0.2.1").await,
        StatusCode::TOO_MANY_REQUESTS
    );
    assert_eq!(guess(&token, "192.0.2.2").await, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn without_letters_the_page_says_how() {
    let bed = Bed::with(|config| config.mail = Mail::None).await;
    let page = text(bed.get("/sign-in").await).await;
    let command = "throughline account link you@example.org --workspace FOLDER";
    assert!(page.contains(command), "{page}");
    assert!(!page.contains("type=\"email\""), "{page}");
}
