//! Days later: people vote on each other's ideas, and leads see where ideas stand.

use super::Stage;
use super::asking::Round;
use super::forms::hidden;
use throughline_e2e::{Browser, Screen, look};

/// How many vote.
const VOTERS: usize = 24;

/// The CX lead takes votes from today on.
pub async fn begin(stage: &Stage, cx: &Browser, round: &Round) {
    cx.goto(stage.company.at(&format!("/rounds/{}/votes", round.id)))
        .await;
    look(cx, "votes-none").await;
    cx.press("Take votes on these days").await;
    cx.reads("votes are taken until").await;
}

/// On a phone, by pairs; a second time isn't taken.
pub async fn on_a_phone(stage: &Stage, round: &Round) {
    let phone = stage.driver.open(Screen::Phone).await;
    let link = stage.company.at(&format!("/v/{}", round.links[0]));
    phone.goto(&link).await;
    look(&phone, "vote-start").await;
    phone.touch("Start").await;
    look(&phone, "vote-pair").await;
    let screens = phone.count("section.screen").await;
    assert!(
        (3..=7).contains(&screens),
        "at most five questions, between a start and an end"
    );
    for screen in 2..screens {
        phone.click(&format!("#s{screen} label.choice.idea")).await;
        phone.click(&format!("#s{screen} .on a:last-child")).await;
    }
    look(&phone, "vote-last").await;
    phone.press("Send my votes").await;
    phone.reads("Thank you. Your votes are in.").await;
    look(&phone, "vote-thanks").await;
    // It opens as for anybody; votes that are sent again aren't taken.
    phone.goto(&link).await;
    phone.touch("Start").await;
    for screen in 2..screens {
        phone.click(&format!("#s{screen} label.choice.idea")).await;
        phone.click(&format!("#s{screen} .on a:last-child")).await;
    }
    phone.press("Send my votes").await;
    phone.reads("This wasn’t taken").await;
    look(&phone, "vote-used").await;
}

/// The others, by the same form: the first of two, mostly.
pub async fn the_others(stage: &Stage, round: &Round) {
    for (number, link) in round.links.iter().enumerate().skip(1).take(VOTERS) {
        let visitor = stage.company.visitor();
        let at = stage.company.at(&format!("/v/{link}"));
        let page = visitor.get(&at).send().await.expect("a page");
        let page = page.text().await.expect("a page");
        let mut form: Vec<(String, String)> = ["id", "asked", "seal"]
            .map(|name| (name.to_owned(), hidden(&page, name)))
            .to_vec();
        for question in 0..5 {
            let choice = if number.is_multiple_of(3) {
                "other"
            } else {
                "one"
            };
            form.push((format!("q{question}"), choice.to_owned()));
        }
        let sent = visitor.post(&at).form(&form).send().await.expect("votes");
        assert_eq!(
            sent.status(),
            200,
            "{}",
            sent.text().await.unwrap_or_default()
        );
    }
}

/// Where ideas stand.
pub async fn results(stage: &Stage, cx: &Browser, round: &Round) {
    cx.goto(stage.company.at(&format!("/rounds/{}/votes", round.id)))
        .await;
    look(cx, "votes-counting").await;
    cx.touch("End voting now").await;
    cx.tick("can\u{2019}t be taken back").await;
    cx.press("End voting").await;
    cx.reads("Would help customers most").await;
    look(cx, "votes").await;
}
