//! Voting, from the form to the results, and what employees read.

use crate::asked::{Round, closed, show_all, vote};
use crate::bed::{Bed, text};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use throughline_domain::listen::{AccountRole, VotesBy};
use throughline_ledger::{ballot_box, invitations, votes};
use throughline_server::mail::Letter;

const IDEAS: [(&str, bool); 6] = [
    ("Call customers back the same day", true),
    ("=HYPERLINK(\"x\") <b>plain</b> contract", true),
    ("Longer opening hours on Saturday", true),
    ("One form instead of three", true),
    ("Tell customers before prices change", true),
    ("A person on the phone, not a machine", true),
];

async fn voting(bed: &Bed, by: VotesBy) -> Round {
    let round = closed(bed, 40, &IDEAS).await;
    show_all(bed, round.id).await;
    vote(bed, round.id, by).await;
    round
}

/// A hidden field of a form, as a browser would send it.
#[track_caller]
fn field(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let at = page.find(&start).expect("a field") + start.len();
    let end = page[at..].find('"').expect("an end");
    let value = page[at..at + end]
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    let encode =
        |value: &str| url::form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>();
    format!("{name}={}", encode(&value))
}

fn fields(page: &str) -> String {
    let all = ["id", "asked", "seal"].map(|name| field(page, name));
    all.join("&")
}

async fn form(bed: &Bed, token: &str) -> String {
    let response = bed.get(&format!("/v/{token}")).await;
    assert_eq!(response.status(), StatusCode::OK);
    text(response).await
}

async fn send(bed: &Bed, token: &str, form: &str) -> Response<Body> {
    bed.post(&format!("/v/{token}"), form).await
}

#[tokio::test]
async fn a_vote_is_sent_once_and_a_used_link_looks_like_any() {
    let bed = Bed::new().await;
    let round = voting(&bed, VotesBy::Pairs).await;
    let token = &round.tokens[0];
    let page = form(&bed, token).await;
    assert!(page.contains("1 of 5") && page.contains("5 of 5"), "{page}");
    assert!(page.len() < 50_000, "{} bytes", page.len());
    let sent = format!("{}&q0=one&q1=other&q2=cant&q3=&q4=nonsense", fields(&page));
    let other_form = form(&bed, token).await;
    for _ in 0..2 {
        let response = send(&bed, token, &sent).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert!(response.headers().get(header::SET_COOKIE).is_none());
        assert!(text(response).await.contains("Your votes are in."));
    }
    let again = send(&bed, token, &format!("{}&q0=one", fields(&other_form))).await;
    assert_eq!(again.status(), StatusCode::NOT_FOUND);
    let again = text(again).await;
    let unknown = send(&bed, "NOTHINGISHERENOTHINGISHERE", "q0=one").await;
    assert_eq!(again, text(unknown).await);
    // Who holds the list of links can't look who has voted: it opens as before.
    assert_eq!(
        field(&form(&bed, token).await, "asked"),
        field(&page, "asked")
    );
    let never = text(bed.get("/v/NOTHINGISHERENOTHINGISHERE").await).await;
    let today = bed.app.clock.today();
    ballot_box::end_votes(&bed.app.ledger, round.id, today, "test".to_owned())
        .await
        .expect("votes end");
    let votes = votes::rows(&bed.app.ledger, round.id).await.expect("votes");
    assert_eq!(
        (votes.rows.len(), votes.undecided, votes.ballots),
        (2, 1, 1)
    );
    let over = bed.get(&format!("/v/{}", round.tokens[1])).await;
    assert_eq!(text(over).await, never);
}

#[tokio::test]
async fn only_what_was_asked_of_this_voter_is_taken() {
    let bed = Bed::new().await;
    let round = voting(&bed, VotesBy::Pairs).await;
    let (one, other) = (
        form(&bed, &round.tokens[0]).await,
        form(&bed, &round.tokens[1]).await,
    );
    let asked = field(&one, "asked");
    let seal = field(&one, "seal");
    let id = field(&one, "id");
    let others = field(&other, "asked");
    assert_ne!(asked, others);
    for bad in [
        format!("{id}&{others}&{seal}&q0=one"),
        format!("{}&{asked}&{seal}&q0=one", field(&other, "id")),
        format!("{id}&{asked}&{}&q0=one", field(&other, "seal")),
        format!("{id}&{asked}&seal=zz&q0=one"),
        format!("{id}&{asked}&seal={}&q0=one", "%C3%A9".repeat(32)),
        "q0=one".to_owned(),
        format!("id=x&{asked}&{seal}&q0=one"),
    ] {
        let response = send(&bed, &round.tokens[0], &bad).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
    }
    // Another's whole form, sent with my link, isn't mine either.
    let response = send(
        &bed,
        &round.tokens[0],
        &format!("{}&q0=one", fields(&other)),
    )
    .await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    // Loading again asks the same: nobody draws until she likes the pairs.
    let again = form(&bed, &round.tokens[0]).await;
    assert_eq!(field(&again, "asked"), asked);
}

#[tokio::test]
async fn the_link_that_people_answered_with_leads_to_the_votes() {
    let bed = Bed::new().await;
    let round = closed(&bed, 40, &IDEAS).await;
    show_all(&bed, round.id).await;
    let token = &round.tokens[0];
    let at = format!("/a/{token}?lang=es");
    assert_eq!(bed.get(&at).await.status(), StatusCode::NOT_FOUND);
    vote(&bed, round.id, VotesBy::Pairs).await;
    let sent_on = |response: Response<Body>| {
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        let to = response.headers()[header::LOCATION].to_str().expect("text");
        to.to_owned()
    };
    assert_eq!(sent_on(bed.get(&at).await), format!("/v/{token}?lang=es"));
    let typed = bed
        .post("/a?lang=es", &format!("code={}", token.to_lowercase()))
        .await;
    assert_eq!(sent_on(typed), format!("/v/{token}?lang=es"));
    let page = form(&bed, token).await;
    send(&bed, token, &format!("{}&q0=one", fields(&page))).await;
    assert_eq!(sent_on(bed.get(&at).await), format!("/v/{token}?lang=es"));
}

#[tokio::test]
async fn votes_that_come_while_the_database_is_away_come_back() {
    let bed = Bed::new().await;
    let round = voting(&bed, VotesBy::Pairs).await;
    let token = &round.tokens[0];
    let page = form(&bed, token).await;
    let sent = format!("{}&q0=one&q1=cant", fields(&page));
    bed.app.ledger.clone().close().await;
    let response = send(&bed, token, &sent).await;
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    let back = text(response).await;
    assert!(back.contains("send them again in a minute"), "{back}");
    assert_eq!(fields(&back), fields(&page), "the same form");
    assert_eq!(
        (&*field(&back, "q0"), &*field(&back, "q1")),
        ("q0=one", "q1=cant")
    );
    assert!(
        back.contains(&format!("action=\"/v/{token}?lang=en\"")),
        "{back}"
    );
}

#[tokio::test]
async fn another_language_keeps_what_was_chosen_and_stores_nothing() {
    let bed = Bed::new().await;
    let round = voting(&bed, VotesBy::Pairs).await;
    let token = &round.tokens[0];
    let at = format!("/v/{token}");
    let page = form(&bed, token).await;
    // The languages are buttons of the form, and work without scripts.
    let button = format!(
        "<button form=\"votes\" formaction=\"{at}?lang=es\" formnovalidate name=\"switch\" value=\"es\""
    );
    assert!(
        page.contains(&button) && page.contains("id=\"votes\""),
        "{page}"
    );
    assert!(!page.contains("hreflang"), "a link would lose them");
    let chosen = format!("{}&q0=other&q1=cant&q2=&switch=es", fields(&page));
    let spanish = bed.post(&format!("{at}?lang=es"), &chosen).await;
    assert_eq!(spanish.status(), StatusCode::OK);
    let spanish = text(spanish).await;
    assert!(spanish.contains("<html lang=\"es\""), "{spanish}");
    assert_eq!(fields(&spanish), fields(&page), "the same form");
    for (name, value) in [("q0", "other"), ("q1", "cant")] {
        let checked = format!("name=\"{name}\" value=\"{value}\" checked");
        assert!(spanish.contains(&checked), "{checked}: {spanish}");
    }
    assert_eq!(spanish.matches(" checked").count(), 2);
    // Nothing was sent by it: the link is as good as before, and what is sent then counts once.
    let sent = format!("{}&q0=other", fields(&spanish));
    let thanks = text(send(&bed, token, &sent).await).await;
    assert!(thanks.contains("Your votes are in."), "{thanks}");
    let again = bed.post(&format!("{at}?lang=es"), &chosen).await;
    assert_eq!(again.status(), StatusCode::OK, "as if it weren't used");
    let forged = bed
        .post(&format!("/v/{}?lang=es", round.tokens[1]), &chosen)
        .await;
    assert_eq!(forged.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn people_are_asked_to_vote_by_letter_or_by_file_whoever_has_answered_or_voted() {
    let bed = Bed::new().await;
    // Six of forty answered; 26 have an address.
    let round = closed(&bed, 40, &IDEAS).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let at = format!("/rounds/{}/votes", round.id);
    let nothing = hr.post(&format!("{at}/letters"), "").await;
    let nothing = text(nothing).await;
    assert!(
        nothing.contains("Fewer than two ideas are shown"),
        "{nothing}"
    );
    show_all(&bed, round.id).await;
    let before = text(hr.get(&at).await).await;
    assert!(!before.contains("Ask people to vote"), "{before}");
    for early in ["letters", "links"] {
        let refused = hr.post(&format!("{at}/{early}"), "").await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text(refused).await.contains("No votes are taken"));
    }
    vote(&bed, round.id, VotesBy::Pairs).await;
    for token in &round.tokens[..10] {
        let page = form(&bed, token).await;
        send(&bed, token, &format!("{}&q0=one", fields(&page))).await;
    }
    let page = text(hr.get(&at).await).await;
    assert!(page.contains("Send the invitation by e-mail"), "{page}");
    let lead = bed.signed_in(AccountRole::CxLead).await;
    assert!(
        !text(lead.get(&at).await)
            .await
            .contains("Ask people to vote")
    );
    let sent = async |letters: usize| {
        let of_votes = |letter: &Letter| letter.text.contains("throughline.test/v/");
        for _ in 0..200 {
            let kept: Vec<Letter> = bed.app.mail.kept().into_iter().filter(of_votes).collect();
            let sendings = invitations::sendings(&bed.app.ledger, round.id).await;
            let told: usize = sendings
                .expect("it answers")
                .iter()
                .map(|one| one.sent)
                .sum();
            if told == letters {
                assert_eq!(kept.len(), letters);
                return kept;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the letters weren't sent");
    };
    let asked = hr.post(&format!("{at}/letters"), "").await;
    assert_eq!(asked.headers()[header::LOCATION], at.as_str());
    let letters = sent(26).await;
    let of = |letters: &[Letter], number: usize| {
        let mut own = letters
            .iter()
            .filter(|letter| letter.to == "p1@example.org");
        own.nth(number).cloned().expect("a letter")
    };
    let first = of(&letters, 0);
    assert!(
        first.subject.contains("Your votes, two minutes"),
        "{}",
        first.subject
    );
    assert!(first.text.contains("Last day: ") && first.text.contains("You vote once"));
    let spanish = letters.iter().find(|letter| letter.to == "p5@example.org");
    assert!(spanish.expect("a letter").subject.contains("Tus votos"));
    let link = |letter: &Letter| {
        let line = letter.text.lines().find(|line| line.contains("/v/"));
        line.expect("a link").trim().to_owned()
    };
    let page = text(hr.get(&at).await).await;
    assert!(
        page.contains("26 sent") && page.contains("Send a reminder"),
        "{page}"
    );
    hr.post(&format!("{at}/letters"), "").await;
    let letters = sent(52).await;
    let second = of(&letters, 1);
    assert!(
        second.subject.contains("A reminder to everybody"),
        "{}",
        second.subject
    );
    assert_eq!(link(&first), link(&second), "the same link");
    let file = text(hr.post(&format!("{at}/links"), "").await).await;
    assert_eq!(file.lines().count(), 1 + 26);
    assert!(file.contains(&link(&first)), "{file}");
    for (place, token) in round.tokens.iter().enumerate() {
        let own = |letter: &&Letter| letter.text.contains(&format!("/v/{token}\n"));
        let letters = letters.iter().filter(own).count();
        let listed = usize::from(file.contains(&format!("/v/{token}")));
        assert_eq!(letters, 2 * listed, "{place}: votes change nothing");
    }
}

#[tokio::test]
async fn who_skips_everything_can_still_vote() {
    let bed = Bed::new().await;
    let round = voting(&bed, VotesBy::Agreement).await;
    let token = &round.tokens[0];
    let page = form(&bed, token).await;
    let skipped = text(send(&bed, token, &fields(&page)).await).await;
    assert!(skipped.contains("You skipped everything"));
    let sent = format!("{}&q0=agree&q1=pass&q2=disagree", fields(&page));
    assert!(
        text(send(&bed, token, &sent).await)
            .await
            .contains("Your votes are in.")
    );
}

#[tokio::test]
async fn the_form_speaks_the_languages_of_the_round_and_nothing_runs() {
    let bed = Bed::new().await;
    let round = voting(&bed, VotesBy::Pairs).await;
    let at = format!("/v/{}", round.tokens[0]);
    let arabic = text(bed.get(&format!("{at}?lang=ar")).await).await;
    assert!(
        arabic.contains("<html lang=\"ar\" dir=\"rtl\">"),
        "{arabic}"
    );
    let request = Request::get(&at)
        .header(header::ACCEPT_LANGUAGE, "fr, es;q=0.5")
        .body(Body::empty())
        .expect("a request");
    let spanish = text(bed.send(request).await).await;
    assert!(spanish.contains("Empezar"));
    assert!(
        !spanish.contains("<b>") && !spanish.contains("style=") && !spanish.contains("<script>")
    );
}

#[tokio::test]
async fn results_are_told_from_the_minimum_group_on() {
    let bed = Bed::new().await;
    let round = voting(&bed, VotesBy::Pairs).await;
    let who = bed.signed_in(AccountRole::CxLead).await;
    let at = format!("/rounds/{}/votes", round.id);
    for token in &round.tokens[..30] {
        let page = form(&bed, token).await;
        let sent = format!("{}&q0=one&q1=one&q2=other&q3=one&q4=one", fields(&page));
        assert_eq!(send(&bed, token, &sent).await.status(), StatusCode::OK);
    }
    // They wait in the inbox: nothing is told yet.
    let before = text(who.get(&at).await).await;
    assert!(
        before.contains("Nothing is said before 5 people"),
        "{before}"
    );
    for (form, says) in [
        ("from=x&until=2030-01-01&by=pairs", "is no day"),
        (
            "from=2030-01-02&until=2030-01-01&by=pairs",
            "is before its first",
        ),
        ("from=2020-01-01&until=2020-01-02&by=pairs", "is past"),
        (
            "from=2030-01-01&until=2030-01-02&by=lot",
            "no way of voting",
        ),
    ] {
        let response = who.post(&at, form).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = text(response).await.to_lowercase();
        assert!(page.contains(says), "{form}: {page}");
    }
    let ended = who.post(&format!("{at}/end"), "sure=yes").await;
    assert_eq!(ended.status(), StatusCode::SEE_OTHER);
    let page = text(who.get(&at).await).await;
    assert!(
        page.contains("30 people") && page.contains("Chosen over an average idea"),
        "{page}"
    );
    assert!(page.contains("&lt;b&gt;plain&lt;/b&gt;"));
    let late = who
        .post(&at, "from=2030-01-01&until=2030-01-02&by=pairs")
        .await;
    assert!(text(late).await.contains("ways in are deleted"));
}

#[tokio::test]
async fn employees_read_what_the_company_does_without_an_account() {
    let bed = Bed::new().await;
    let round = closed(&bed, 40, &IDEAS).await;
    show_all(&bed, round.id).await;
    let said = format!("/said/{}", round.id);
    assert_eq!(bed.get(&said).await.status(), StatusCode::NOT_FOUND);
    let who = bed.signed_in(AccountRole::CxLead).await;
    let at = format!("/rounds/{}/levers", round.id);
    let shown = throughline_ledger::ideas::shown(&bed.app.ledger, round.id)
        .await
        .expect("ideas");
    let good = format!(
        "title=Call+%3Cb%3Eback&status=in_work&customers_since=Fewer+ring+twice&idea.{}=on",
        shown[0].id
    );
    assert_eq!(who.post(&at, &good).await.status(), StatusCode::SEE_OTHER);
    let bad = who
        .post(&at, "title=Shorter+contract&status=not_now&why=")
        .await;
    assert_eq!(bad.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let bad = text(bad).await;
    assert!(
        bad.contains("needs a reason") && bad.contains("Shorter contract"),
        "{bad}"
    );
    let page = bed.get(&said).await;
    assert!(page.headers().get(header::SET_COOKIE).is_none());
    let page = text(page).await;
    for part in [
        "Call &lt;b&gt;back",
        "In work",
        "Fewer ring twice",
        "fewer than 5 people",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(
        !page.contains(&*shown[0].words),
        "no idea's words stand here"
    );
    let spanish = text(bed.get(&format!("{said}?lang=es")).await).await;
    assert!(spanish.contains("En marcha"));
}
