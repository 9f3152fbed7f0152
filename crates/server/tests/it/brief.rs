//! The brief of a round: what was promised to its respondents is kept, and it is released once.

use crate::bed::{self, Bed, text};
use axum::http::{StatusCode, header};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use throughline_disclosure::Moderator;
use throughline_domain::Words;
use throughline_domain::listen::{
    AccountRole, Answer, Ballot, Choice, Criterion, IdeaState, Refusal, RefusalReason, VotesBy,
};
use throughline_engine::workspace::{self, WorkspaceRequest};
use throughline_engine::{EngineError, ReadingOptions, Silent};
use throughline_ledger::ballot_box::{Kind, Outcome, Payload, Submission, end_votes, submit};
use throughline_ledger::ideas::{self, Decision};
use throughline_ledger::{audit, releases, rounds, votes, ways_in};
use uuid::Uuid;

const HR: &str = "hr@example.org";

/// What each person says; the mark tells them apart in files.
const IDEAS: [&str; 3] = [
    "Let shop staff see stock levels on the tablet so customers need not wait for an answer",
    "Give the phone team the delivery times so customers hear when the parcel comes",
    "Answer invoices the same day so customers are not sent reminders by mistake",
];
/// The same in a moderator's words.
const ANEW: [&str; 3] = [
    "Show what is in stock at the till",
    "Tell callers on which day a delivery is due",
    "Bills should be settled quicker",
];
const BLOCKS: [&str; 2] = [
    "We have to ask head office before every refund and customers wait for days",
    "The ticket system loses the history so customers must tell everything twice",
];

fn mark(kind: &str, person: usize) -> String {
    format!("{kind}mark{person}z")
}

/// Customers' feedback in the workspace.
pub fn feedback(workspace: &Path) {
    let said = [
        (
            "I waited far too long for an answer about stock in the shop",
            3,
        ),
        ("Nobody could say when the parcel would be delivered", 2),
        (
            "The invoice was wrong and I was sent a reminder by mistake",
            2,
        ),
        ("Very kind staff and a lovely shop", 10),
        ("The refund took weeks and I had to ask again and again", 1),
        ("Quick and friendly and thank you", 9),
    ];
    let mut csv = "id,at,unit,score,comment\n".to_owned();
    for n in 0..240 {
        let (comment, score) = said[n % said.len()];
        let unit = ["North 1", "South 1", "North 2", "South 2"][n % 4];
        writeln!(
            csv,
            "s{n},2026-0{}-1{},{unit},{score},{comment} number {n}",
            n % 6 + 1,
            n % 9
        )
        .expect("a line");
    }
    let folder = workspace.join("signals");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("survey.csv"), csv).expect("a file");
}

pub struct Round {
    pub id: Uuid,
    tokens: Vec<String>,
}

/// A round of so many people, of whom so many answered: every second lets her words be quoted.
pub async fn answered(bed: &Bed, people: usize, answers: usize) -> Round {
    let ledger = &bed.app.ledger;
    let id = bed::open_round(ledger, people).await;
    let today = bed.app.clock.today();
    let mut tokens = Vec::new();
    for member in rounds::members(ledger, id).await.expect("members") {
        let found = ways_in::of_person(ledger, member.person, Kind::Answer, today)
            .await
            .expect("ways in");
        tokens.push(found[0].1.clone());
    }
    for (n, token) in tokens.iter().take(answers).enumerate() {
        let answer = Answer {
            idea: Some(Words::new(format!("{} {}", IDEAS[n % 3], mark("idea", n)))),
            block: Some(Words::new(format!(
                "{} {}",
                BLOCKS[n % 2],
                mark("block", n)
            ))),
            commitment: Some((n % 5) as u8 + 1),
            enps: None,
            may_quote: n.is_multiple_of(2),
        };
        send(bed, token, Kind::Answer, Payload::Answer(answer)).await;
    }
    Round { id, tokens }
}

async fn send(bed: &Bed, token: &str, kind: Kind, payload: Payload) {
    let today = bed.app.clock.today();
    let way = ways_in::resolve(&bed.app.ledger, token, kind, today)
        .await
        .expect("it answers")
        .expect("the way leads somewhere");
    let submission = Submission {
        round: way.round,
        cell: way.cell,
        mark: way.mark,
        id: Uuid::new_v4(),
        receipt: None,
        payload,
    };
    let outcome = submit(&bed.app.ledger, submission, today)
        .await
        .expect("it is stored");
    assert_eq!(outcome, Outcome::Stored);
}

pub async fn close(bed: &Bed, round: &Round) {
    let today = bed.app.clock.today();
    rounds::close(&bed.app.ledger, round.id, today, HR.to_owned())
        .await
        .expect("it closes");
}

/// Shows most ideas, refuses those of every seventh person, leaves those of every eleventh unread.
async fn moderate(bed: &Bed, round: &Round) -> Vec<Uuid> {
    let ledger = &bed.app.ledger;
    let queue = ideas::waiting(ledger, round.id, 1000, None)
        .await
        .expect("a queue");
    let mut shown = Vec::new();
    for idea in queue.ideas {
        let words = idea.words.for_analysis().to_owned();
        let person: usize = words
            .split("ideamark")
            .nth(1)
            .and_then(|rest| rest.trim_end_matches('z').parse().ok())
            .expect("a mark");
        let decision = if person.is_multiple_of(11) {
            continue;
        } else if person.is_multiple_of(7) {
            Decision::Refuse(Refusal {
                reason: RefusalReason::ALL[0],
                note: String::new(),
            })
        } else {
            shown.push(idea.id);
            // Words that may not be quoted are said anew; what was meant stays.
            Decision::Show(if idea.may_quote {
                words
            } else {
                ANEW[person % 3].to_owned()
            })
        };
        let moderator = Moderator::of(AccountRole::HrLead).expect("a moderator");
        ideas::decide(
            ledger,
            HR,
            moderator,
            (round.id, idea.id),
            IdeaState::Waiting,
            decision,
        )
        .await
        .expect("it is decided");
    }
    shown
}

fn request(bed: &Bed, out: &Path) -> WorkspaceRequest {
    WorkspaceRequest {
        workspace: bed.app.config.workspace.clone(),
        round: None,
        tables: Vec::new(),
        reading: ReadingOptions::default(),
        company: None,
        out: Some(out.to_owned()),
        seed: 1,
        who: HR.to_owned(),
    }
}

async fn brief(bed: &Bed, request: WorkspaceRequest) -> Result<workspace::Published, EngineError> {
    let (ledger, runtime) = (bed.app.ledger.clone(), tokio::runtime::Handle::current());
    tokio::task::spawn_blocking(move || workspace::brief(&runtime, &ledger, &request, &Silent))
        .await
        .expect("it ends")
}

/// Every file under a folder, with its text.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            found.push((path, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_is_not_briefed_before_it_closes_or_with_too_few() {
    let bed = Bed::new().await;
    feedback(&bed.app.config.workspace);
    let out = tempfile::tempdir().expect("a folder");
    let none = brief(&bed, request(&bed, out.path())).await;
    assert!(none.is_err_and(|error| error.to_string().contains("no round is closed")));
    let round = answered(&bed, 40, 29).await;
    let mut open = request(&bed, out.path());
    open.round = Some(round.id.to_string());
    let refused = brief(&bed, open).await.expect_err("it is open");
    assert!(refused.to_string().contains("isn't closed"), "{refused}");
    close(&bed, &round).await;
    let refused = brief(&bed, request(&bed, out.path()))
        .await
        .expect_err("too few");
    assert!(refused.to_string().contains("fewer than 30"), "{refused}");
    assert!(refused.is_users());
    let lead = bed.signed_in(AccountRole::HrLead).await;
    let list = text(lead.get("/briefs").await).await;
    assert!(
        list.contains("Withheld") && !list.contains("Ready"),
        "{list}"
    );
    assert!(!list.contains("Write the brief"), "{list}");
    let page = lead
        .post(&format!("/briefs/{}/write", round.id), "sure=yes")
        .await;
    assert_eq!(page.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(page).await.contains("30 people"));
    assert!(
        releases::list(&bed.app.ledger)
            .await
            .expect("a list")
            .is_empty()
    );
    assert_eq!(files(out.path()).len(), 0);
    // Nothing that held words is left.
    for (path, content) in files(&bed.app.config.workspace.join("briefs")) {
        assert!(content.is_empty(), "{}", path.display());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_brief_keeps_what_was_promised_and_is_released_once() {
    let bed = Bed::new().await;
    let ledger = &bed.app.ledger;
    feedback(&bed.app.config.workspace);
    let round = answered(&bed, 120, 110).await;
    close(&bed, &round).await;
    let shown = moderate(&bed, &round).await;
    let today = bed.app.clock.today();
    votes::set(ledger, HR, round.id, (today, today), VotesBy::Pairs, today)
        .await
        .expect("votes are taken");
    // Thirty people, of three choices each on what is simple and of two on what helps customers.
    let over = |criterion: Criterion, winner: usize| Choice::Over {
        winner: shown[winner].to_string(),
        loser: shown[winner + 5].to_string(),
        criterion,
    };
    for (n, token) in round.tokens.iter().take(30).enumerate() {
        let of = |criterion, count| (n..n + count).map(move |at| over(criterion, at % 5));
        let choices = of(Criterion::Ease, 3).chain(of(Criterion::Impact, 2));
        let ballot = Ballot {
            choices: choices.collect(),
        };
        send(&bed, token, Kind::Votes, Payload::Votes(ballot)).await;
    }
    end_votes(ledger, round.id, today, HR.to_owned())
        .await
        .expect("votes end");
    let out = tempfile::tempdir().expect("a folder");
    let published = brief(&bed, request(&bed, out.path()))
        .await
        .expect("a brief");
    assert_eq!(published.release.respondents, 110);

    let names: Vec<String> = {
        let mut names: Vec<String> = files(out.path())
            .into_iter()
            .map(|(path, _)| {
                path.file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    };
    assert_eq!(
        names,
        [
            "brief.html",
            "brief.json",
            "matches.csv",
            "rejects.csv",
            "signals.assigned.csv"
        ]
    );
    let kept = files(&published.folder);
    let mut quoted_ideas = 0;
    for (path, content) in files(out.path()).iter().chain(&kept) {
        for person in 0..110 {
            let may_quote = person % 2 == 0;
            let was_shown = person % 11 != 0 && person % 7 != 0;
            let idea = content.contains(&mark("idea", person));
            let block = content.contains(&mark("block", person));
            let place = format!("{} of {person}", path.display());
            assert!(!idea || (may_quote && was_shown), "an idea in {place}");
            assert!(!block, "a block in {place}: nobody has read it");
            quoted_ideas += usize::from(idea);
        }
        for role in ["Nurse", "Clerk"] {
            assert!(!content.contains(role), "{role} in {}", path.display());
        }
    }
    assert!(quoted_ideas > 0, "some words may be quoted, and are");

    // Answers are told by the first level alone.
    let json = kept
        .iter()
        .find(|(path, _)| path.ends_with("brief.json"))
        .expect("a brief");
    let json: serde_json::Value = serde_json::from_str(&json.1).expect("JSON");
    let levers = json["levers"].as_array().expect("fixes");
    assert!(!levers.is_empty());
    for lever in levers {
        for unit in lever["unit_names"].as_array().expect("names") {
            assert!(
                ["Company", "North", "South"].contains(&unit.as_str().expect("text")),
                "{unit}"
            );
        }
        assert!(lever["roles"].is_null(), "nothing is said by role");
    }

    // Votes on ideas are votes on the fixes that they are part of.
    let voters = |key: &str| -> Vec<u64> {
        let told = levers.iter().map(|lever| &lever[key]["n"]);
        told.filter_map(serde_json::Value::as_u64).collect()
    };
    let (ease, impact) = (voters("ease"), voters("impact"));
    assert!(!ease.is_empty() && !impact.is_empty(), "{levers:#?}");
    // However many of its choices are on a fix, a ballot is one person; figures of fewer than five aren't told.
    assert!(ease.iter().all(|n| (5..=30).contains(n)), "{ease:?}");
    assert!(impact.iter().all(|n| (5..=30).contains(n)), "{impact:?}");
    assert_eq!(json["votes_agree"], serde_json::Value::Null);
    let why = json["votes_agree_reason"].as_str().unwrap_or_default();
    assert!(why.ends_with("10 are needed"), "{why}");

    // The record, the line, the second try.
    let release = releases::of_round(ledger, round.id)
        .await
        .expect("it answers")
        .expect("one");
    assert_eq!(release, published.release);
    let lines = audit::lines(ledger, 0, 1).await.expect("a log");
    assert_eq!(lines[0].act.act, "brief.release");
    assert_eq!(lines[0].act.who, HR);
    let again = brief(&bed, request(&bed, out.path()))
        .await
        .expect_err("it was released");
    let said = again.to_string();
    assert!(
        said.contains("was released on") && said.contains(&published.folder.display().to_string()),
        "{said}"
    );
    assert_eq!(releases::list(ledger).await.expect("a list").len(), 1);

    // Readers read it, under a policy of its own; the auditor sees that it is there.
    let path = format!("/briefs/{}", round.id);
    let reader = bed.signed_in(AccountRole::Executive).await;
    let page = reader.get(&path).await;
    assert_eq!(page.status(), StatusCode::OK);
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .expect("text")
        .to_owned();
    assert!(
        policy.contains("sandbox") && !policy.contains("script-src"),
        "{policy}"
    );
    let html = kept
        .iter()
        .find(|(path, _)| path.ends_with("brief.html"))
        .expect("a page");
    // The file as it was released, and a way back to the list.
    let read = text(page).await;
    assert!(read.contains("<a href=\"/briefs\">"), "{read}");
    let start = read.find("<style>.back").expect("a way back");
    let end = start + read[start..].find("</nav>").expect("its end") + "</nav>".len();
    let released = format!("{}</head><body>{}", &read[..start], &read[end..]);
    assert_eq!(released, html.1);
    assert!(!html.1.contains("<script"));
    let auditor = bed.signed_in(AccountRole::Auditor).await;
    let list = text(auditor.get("/briefs").await).await;
    assert!(list.contains("Spring") && !list.contains(&path));

    // A run that was killed between the record and the last move is finished by who looks next.
    let briefs = published.folder.parent().expect("a folder");
    let staged = briefs.join(format!(".{}.staged", round.id));
    std::fs::create_dir(&staged).expect("a folder");
    std::fs::rename(&published.folder, staged.join("ready")).expect("moved back");
    assert_eq!(text(reader.get(&path).await).await, read);
    assert!(published.folder.is_dir());
}

#[tokio::test]
async fn a_brief_that_would_come_too_early_is_warned_of() {
    let bed = Bed::new().await;
    let ledger = &bed.app.ledger;
    let round = answered(&bed, 60, 45).await;
    close(&bed, &round).await;
    let lead = bed.signed_in(AccountRole::CxLead).await;
    let page = async || text(lead.get("/briefs").await).await;
    let unread = page().await;
    assert!(unread.contains("45 ideas</a> weren"), "{unread}");
    let shown = moderate(&bed, &round).await;
    assert!(!unread.contains("It is early"), "{unread}");
    let today = bed.app.clock.today();
    let take = async |from, until| {
        votes::set(ledger, HR, round.id, (from, until), VotesBy::Pairs, today)
            .await
            .expect("votes are taken");
    };
    let later = today + chrono::Days::new(7);
    take(later, later).await;
    assert!(page().await.contains("It is early"), "they are to come");
    take(today, today).await;
    let said = page().await;
    assert!(said.contains("</a> are taken until"), "{said}");
    let choice = Choice::Over {
        winner: shown[0].to_string(),
        loser: shown[1].to_string(),
        criterion: Criterion::Ease,
    };
    let ballot = Ballot {
        choices: vec![choice],
    };
    send(&bed, &round.tokens[0], Kind::Votes, Payload::Votes(ballot)).await;
    // The days are over, and a vote waits still.
    let before = today - chrono::Days::new(2);
    let by = VotesBy::Pairs;
    votes::set(ledger, HR, round.id, (before, before), by, before)
        .await
        .expect("votes were taken");
    let said = page().await;
    assert!(said.contains("waits to be counted"), "{said}");
    end_votes(ledger, round.id, today, HR.to_owned())
        .await
        .expect("votes end");
    let said = page().await;
    assert!(!said.contains("It is early"), "{said}");
    assert!(said.contains(&format!("/briefs/{}/write", round.id)));
}
