//! A second round, of another make: let in by one code for all, voted on by agreement, too small for a
//! brief.

use super::asking::{self, Round};
use super::{CHANNEL, Stage, answering, moderating};
use throughline_e2e::{Browser, Screen, look};

/// How many answer: enough to be read, too few for a brief.
const ANSWERS: usize = 15;
/// How many ideas colleagues see.
const SHOWN: usize = 3;

/// The HR lead opens it; somebody types the code, others use their links.
pub async fn open(stage: &Stage, hr: &Browser) -> Round {
    hr.goto(stage.company.at("/rounds/new")).await;
    hr.fill("Name", "Spring round").await;
    hr.tick("العربية").await;
    hr.fill("Where are they to be told?", CHANNEL).await;
    let unfold = "for (const part of document.querySelectorAll('details')) part.open = true;";
    hr.script(unfold, vec![]).await;
    hr.tick("Let people in by one code").await;
    hr.press("Save and look at it").await;
    let draft = hr.address().await;
    hr.press("Open it").await;
    look(hr, "round-opening-again").await;
    hr.press("Open it now").await;
    look(hr, "round-open-code").await;
    let code = hr.find("code.secret").await.text().await.expect("a code");
    let id = draft.path().trim_start_matches("/rounds/").to_owned();
    let links = asking::links(hr, &id).await;

    let phone = stage.driver.open(Screen::Phone).await;
    phone.goto(stage.company.at("/a")).await;
    phone.fill("Enter your code", &code).await;
    phone.press("Open").await;
    phone.reads("Tell us where you work").await;
    look(&phone, "attributes").await;
    phone.fill("Employee number", "P060").await;
    phone.fill("Team", "Help Desk").await;
    phone.press("Open").await;
    phone.reads("What simple change").await;

    let round = Round {
        id,
        links: links.into_iter().take(ANSWERS + 2).collect(),
        slips: Vec::new(),
    };
    answering::the_others(stage, &round).await;
    hr.goto(draft.as_str()).await;
    hr.press("Close it now").await;
    hr.press("Close it now").await;
    hr.reads("closed").await;
    round
}

/// Votes are taken before an idea is shown, then by agreement, in Arabic too; HR asks people to vote.
pub async fn agree(stage: &Stage, hr: &Browser, cx: &Browser, round: &Round) {
    let votes = stage.company.at(&format!("/rounds/{}/votes", round.id));
    let link = stage.company.at(&format!("/v/{}", round.links[0]));
    cx.goto(&votes).await;
    cx.tick("Agree, disagree or pass").await;
    cx.press("Take votes on these days").await;
    let phone = stage.driver.open(Screen::Phone).await;
    phone.goto(&link).await;
    phone.reads("There is nothing to vote on yet").await;
    look(&phone, "vote-nothing").await;

    cx.goto(stage.company.at(&format!("/rounds/{}/ideas", round.id)))
        .await;
    cx.reads("drawn at random").await;
    for _ in 0..SHOWN {
        moderating::decided(cx, "button[normalize-space()='Show']").await;
        cx.reads("Colleagues see it now.").await;
    }
    phone.goto(&link).await;
    look(&phone, "vote-agree-start").await;
    phone.touch("Start").await;
    look(&phone, "vote-agree").await;
    phone.goto(format!("{link}?lang=ar#s2")).await;
    let direction = phone.find("html").await.attr("dir").await;
    assert_eq!(direction.expect("a page").as_deref(), Some("rtl"));
    look(&phone, "vote-agree-arabic").await;

    hr.goto(&votes).await;
    hr.reads("Ask people to vote").await;
    look(hr, "votes-asking").await;
}

/// It gets no brief, and the page says why.
pub async fn withheld(cx: &Browser) {
    cx.press("Briefs").await;
    cx.reads("Withheld.").await;
    look(cx, "briefs-withheld").await;
}
