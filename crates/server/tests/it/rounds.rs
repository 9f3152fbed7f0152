//! A round as HR lives it: set up, opened, handed out, watched, closed.

use crate::bed::{Bed, Visitor, company, open_round, text};
use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use throughline_domain::listen::{AccountRole, RoundState};
use throughline_ledger::{invitations, rounds};
use uuid::Uuid;

pub fn place(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    let to = response.headers()[header::LOCATION].to_str();
    to.expect("a place").to_owned()
}

/// The form as it stands on a page, with some fields changed.
pub fn filled(page: &str, changes: &[(&str, &str)]) -> String {
    let attribute = |tag: &str, name: &str| {
        let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(tag[from..].split('"').next()?.to_owned())
    };
    let mut pairs: Vec<(String, String)> = Vec::new();
    for tag in page.split('<').filter(|tag| tag.starts_with("input ")) {
        let kind = attribute(tag, "type").unwrap_or_default();
        let chosen = !matches!(&*kind, "radio" | "checkbox") || tag.contains(" checked");
        if let Some(name) = attribute(tag, "name").filter(|_| chosen) {
            pairs.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    }
    pairs.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    let changes = changes
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    pairs.extend(changes);
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(pairs);
    form.finish()
}

pub async fn set_up(hr: &Visitor<'_>, changes: &[(&str, &str)]) -> Response<Body> {
    let page = text(hr.get("/rounds/new").await).await;
    hr.post("/rounds", &filled(&page, changes)).await
}

#[tokio::test]
async fn an_hr_lead_sets_a_round_up_and_opens_it() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 60).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    assert!(text(hr.get("/").await).await.contains("Set up a round"));
    // Only one thing has no usual answer.
    let round = place(&set_up(&hr, &[]).await);
    let page = text(hr.get(&round).await).await;
    assert!(
        page.contains("60 people") && page.contains("misconduct and danger are to be told"),
        "{page}"
    );
    assert!(!page.contains("Open it"));
    let form = text(hr.get(&format!("{round}/draft")).await).await;
    let sent = filled(
        &form,
        &[
            ("channel", "Call <b>1</b>"),
            ("wording.idea.en", "What now?"),
        ],
    );
    assert_eq!(
        place(&hr.post(&format!("{round}/draft"), &sent).await),
        round
    );
    let page = text(hr.get(&round).await).await;
    assert!(
        page.contains("Call &lt;b&gt;1&lt;/b&gt;") && page.contains("Open it"),
        "{page}"
    );
    let preview = text(hr.get(&format!("{round}/preview?lang=en")).await).await;
    assert!(
        preview.contains("What now?") && preview.contains("/preview?lang=en"),
        "{preview}"
    );
    let answered = hr.post(&format!("{round}/preview"), "id=x").await;
    assert!(text(answered).await.contains("Nothing was stored"));
    let before = text(hr.get(&format!("{round}/opening")).await).await;
    assert!(
        before.contains("nobody can change") && before.contains("for 60 people"),
        "{before}"
    );
    place(&hr.post(&format!("{round}/opening"), "").await);
    let page = text(hr.get(&round).await).await;
    assert!(
        page.contains("Links for 40 people") && page.contains("Slips for 20 people"),
        "{page}"
    );
    let late = hr.post(&format!("{round}/draft"), &sent).await;
    assert_eq!(late.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let progress = text(hr.get(&format!("{round}/progress")).await).await;
    assert!(progress.contains("10% or less"), "{progress}");
    assert!(progress.contains("Look again tomorrow"), "{progress}");
    place(&hr.post(&format!("{round}/end"), "").await);
    let page = text(hr.get(&round).await).await;
    assert!(page.contains(">closed<"), "{page}");
    let last = text(hr.get(&format!("{round}/progress")).await).await;
    assert!(!last.contains("Look again tomorrow"), "{last}");
}

#[tokio::test]
async fn what_is_wrong_is_said_and_nothing_written_is_lost() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 60).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    for (changes, word) in [
        (&[("minimum_group", "2")][..], "`2`"),
        (&[("minimum_comments", "ten")][..], "`ten`"),
        (&[("closes_on", "2020-01-01")][..], "before it opens"),
        (&[("who", "units")][..], "No unit was chosen."),
        (
            &[("name", "\" onfocus=\"alert(1)"), ("language", "<x>")][..],
            "language tag",
        ),
    ] {
        let response = set_up(&hr, changes).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{word}"
        );
        let page = text(response).await;
        assert!(
            page.contains("role=\"alert\"") && page.contains(word),
            "{word}: {page}"
        );
        assert!(!page.contains("onfocus=\"alert"), "{page}");
    }
    assert!(
        rounds::all(&bed.app.ledger)
            .await
            .expect("rounds")
            .is_empty()
    );
}

#[tokio::test]
async fn a_round_of_some_units_in_two_languages() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 80).await;
    let units = throughline_ledger::units::all(&bed.app.ledger)
        .await
        .expect("units");
    let north = units
        .iter()
        .find(|unit| unit.name == "North")
        .expect("a unit")
        .id
        .to_string();
    let hr = bed.signed_in(AccountRole::CxLead).await;
    // English, not the first of the alphabet, is what a round speaks first.
    let page = text(hr.get("/rounds/new").await).await;
    let place_of = |tag: &str| page.find(&format!("name=\"language\" value=\"{tag}\""));
    assert!(place_of("en") < place_of("ar"), "{page}");
    let changes = [
        ("who", "units"),
        ("unit", north.as_str()),
        ("language", "en"),
        ("language", "ar"),
        ("without_email", "link"),
        ("ask_enps", "yes"),
    ];
    let path = place(&set_up(&hr, &changes).await);
    let id: Uuid = path
        .rsplit('/')
        .next()
        .and_then(|id| id.parse().ok())
        .expect("an id");
    let round = rounds::by_id(&bed.app.ledger, id).await.expect("a round");
    assert_eq!(round.languages, ["en", "ar"]);
    assert!(round.terms.ask_enps);
    assert!(text(hr.get(&path).await).await.contains("40 people"));
}

#[tokio::test]
async fn an_audience_of_four_is_told_what_it_will_not_see() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 4).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let round = place(&set_up(&hr, &[("channel", "Call 1")]).await);
    for path in [round.clone(), format!("{round}/opening")] {
        let page = text(hr.get(&path).await).await;
        assert!(
            page.contains("no figure, no word and no brief will ever be shown"),
            "{page}"
        );
        assert!(page.contains("about 2 of 2 nothing"), "{page}");
    }
    place(&hr.post(&format!("{round}/opening"), "").await);
    let progress = text(hr.get(&format!("{round}/progress")).await).await;
    assert!(progress.contains("nothing to show"), "{progress}");
}

#[tokio::test]
async fn people_who_were_asked_lately_are_named_before() {
    let bed = Bed::new().await;
    open_round(&bed.app.ledger, 60).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let round = place(&set_up(&hr, &[]).await);
    let page = text(hr.get(&round).await).await;
    assert!(
        page.contains("were asked within the last 90 days") && page.contains("Spring"),
        "{page}"
    );
}

#[tokio::test]
async fn links_come_as_a_file_that_no_spreadsheet_runs() {
    let bed = Bed::new().await;
    let mut roster = crate::roster::roster(20);
    roster.people[1].id = "=cmd|' /C calc'!A0".to_owned();
    for person in roster
        .people
        .iter_mut()
        .filter(|person| person.unit == "North 1")
    {
        person.unit = "@SUM(1)".to_owned();
    }
    let ledger = &bed.app.ledger;
    crate::bed::import(ledger, roster).await;
    let id = crate::bed::opened(ledger).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let response = hr.post(&format!("/rounds/{id}/links"), "").await;
    assert!(
        response.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .expect("text")
            .starts_with("attachment")
    );
    let file = text(response).await;
    assert_eq!(file.lines().count(), 1 + 13);
    for line in file.lines() {
        for cell in line.split(',') {
            assert!(
                !cell
                    .trim_start_matches('"')
                    .starts_with(['=', '@', '+', '-']),
                "{line}"
            );
        }
    }
    assert!(file.contains("http://throughline.test/a/"), "{file}");
}

#[tokio::test]
async fn slips_are_shown_once_and_hold_no_name() {
    let bed = Bed::new().await;
    let id = open_round(&bed.app.ledger, 60).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let path = format!("/rounds/{id}/slips");
    let page = text(hr.get(&path).await).await;
    let form = filled(&page, &[("paper", "letter")]);
    let sheets = text(hr.post(&path, &form).await).await;
    assert_eq!(sheets.matches("<svg class=\"code\"").count(), 20);
    assert!(sheets.contains("paper letter") && !sheets.contains("style="));
    assert!(sheets.contains("throughline.test/a"));
    for n in (0..60).step_by(3) {
        assert!(!sheets.contains(&format!(">p{n}<")), "p{n}");
    }
    let again = hr.post(&path, &form).await;
    assert_eq!(again.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let group = invitations::groups(&bed.app.ledger, id)
        .await
        .expect("groups")
        .remove(0);
    let more = |how: &str| format!("how={how}&cell={}&more=2&paper=a4", group.cell);
    // Named twice, a group is one group.
    let twice = format!("{}&cell={}", more("more"), group.cell);
    let some = text(hr.post(&path, &twice).await).await;
    assert_eq!(some.matches("<svg class=\"code\"").count(), 2);
    let too_many = hr.post(&path, &more("more")).await;
    assert_eq!(too_many.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(some.contains("Two minutes. Any slip"), "{some}");
    let spanish = format!("{}&language=es", more("anew"));
    let anew = text(hr.post(&path, &spanish).await).await;
    assert_eq!(anew.matches("<svg class=\"code\"").count(), group.people);
    assert!(anew.contains("Dos minutos. Cualquier papeleta"), "{anew}");
    let odd = hr.post(&path, "how=first&cell=x").await;
    assert_eq!(odd.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn letters_go_out_to_everybody_with_a_link_and_a_reminder_too() {
    let bed = Bed::new().await;
    let id = open_round(&bed.app.ledger, 60).await;
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let sent = async |letters: usize| {
        for _ in 0..200 {
            let sendings = invitations::sendings(&bed.app.ledger, id)
                .await
                .expect("sendings");
            if sendings.iter().map(|sending| sending.sent).sum::<usize>() == letters {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the letters weren't sent");
    };
    place(&hr.post(&format!("/rounds/{id}/letters"), "").await);
    sent(40).await;
    let letters: Vec<_> = bed
        .app
        .mail
        .kept()
        .into_iter()
        .filter(|letter| letter.text.contains("/a/"))
        .collect();
    assert_eq!(letters.len(), 40);
    let spanish = letters
        .iter()
        .find(|letter| letter.to == "p5@example.org")
        .expect("a letter");
    assert!(
        spanish.subject.contains("Una pregunta"),
        "{}",
        spanish.subject
    );
    let page = text(hr.get(&format!("/rounds/{id}")).await).await;
    assert!(
        page.contains("40 sent") && page.contains("Send a reminder"),
        "{page}"
    );
    place(&hr.post(&format!("/rounds/{id}/letters"), "").await);
    sent(80).await;
    let link = |number: usize| {
        let letters = bed.app.mail.kept();
        let of = letters
            .iter()
            .filter(|letter| letter.to == "p1@example.org")
            .nth(number);
        let text = of.expect("a letter").text.clone();
        text.lines()
            .find(|line| line.contains("/a/"))
            .map(str::to_owned)
    };
    assert_eq!(link(0), link(1), "the same link");
}

#[tokio::test]
async fn progress_and_ways_in_are_hrs_alone() {
    let bed = Bed::new().await;
    let id = open_round(&bed.app.ledger, 60).await;
    for (role, sees) in [
        (AccountRole::Owner, true),
        (AccountRole::HrLead, true),
        (AccountRole::CxLead, false),
        (AccountRole::Auditor, false),
    ] {
        let visitor = bed.signed_in(role).await;
        let page = text(visitor.get(&format!("/rounds/{id}")).await).await;
        assert_eq!(page.contains("Links for 40 people"), sees, "{role:?}");
        assert!(
            page.contains("Figures about a group only from 5 answers"),
            "{role:?}"
        );
    }
    let round = rounds::by_id(&bed.app.ledger, id).await.expect("a round");
    assert_eq!(round.state, RoundState::Open);
}

#[tokio::test]
async fn a_round_for_a_few_among_many_is_not_opened() {
    let bed = Bed::new().await;
    company(&bed.app.ledger, 45).await;
    let all = throughline_ledger::units::all(&bed.app.ledger).await;
    let all = all.expect("units");
    let people = throughline_ledger::units::people(&bed.app.ledger).await;
    let people = people.expect("counts");
    let few = all.iter().find(|unit| {
        people
            .get(&unit.id)
            .is_some_and(|count| (1..10).contains(count))
    });
    let Some(few) = few else {
        panic!("a unit of fewer than ten: {people:?}");
    };
    let hr = bed.signed_in(AccountRole::HrLead).await;
    let id = few.id.to_string();
    let path = place(
        &set_up(
            &hr,
            &[("who", "units"), ("unit", &*id), ("channel", "Call us")],
        )
        .await,
    );
    let refused = hr.post(&format!("{path}/opening"), "").await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let said = text(refused).await;
    assert!(said.contains("hidden among each other"), "{said}");
}
