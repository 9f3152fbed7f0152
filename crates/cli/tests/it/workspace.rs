//! `throughline brief --workspace`: one brief of a round, from the ledger and the folder of feedback.

use crate::run::{Run, names, run};
use std::fmt::Write;
use std::path::Path;
use throughline_disclosure::Moderator;
use throughline_domain::Words;
use throughline_domain::facts::Unit;
use throughline_domain::listen::{AccountRole, Answer, IdeaState, Person, Roster, VotesBy, Way};
use throughline_ledger::ballot_box::{Kind, Outcome, Payload, Submission, submit};
use throughline_ledger::ideas::{self, Decision};
use throughline_ledger::people::{self, Leave};
use throughline_ledger::rounds::{self, Draft};
use throughline_ledger::{Ledger, Where, invitations, votes, ways_in};
use uuid::Uuid;

const HR: &str = "hr@example.org";

/// What customers say, and the score.
const SAID: [(&str, u8); 4] = [
    (
        "I waited far too long for an answer about stock in the shop",
        3,
    ),
    (
        "The invoice was wrong and I was sent a reminder by mistake",
        2,
    ),
    ("Very kind staff and a lovely shop", 10),
    ("The refund took weeks and I had to ask again and again", 1),
];
/// What employees propose.
const IDEAS: [&str; 2] = [
    "Let shop staff see stock levels on the tablet so customers need not wait for an answer",
    "Answer invoices the same day so customers are not sent reminders by mistake",
];

/// An idea of one person that colleagues see, and one that nobody has read; both may be quoted.
const ALONE: &str = "Put a bench outside the pharmacy for people who queue";
const UNREAD: &str = "Lend umbrellas at the door when it rains";

fn roster() -> Roster {
    let unit = |name: &str, parent: Option<&str>| Unit {
        unit: name.to_owned(),
        parent: parent.map(str::to_owned),
        also_called: Vec::new(),
    };
    let person = |n: usize| Person {
        id: format!("p{n}"),
        email: None,
        unit: ["North", "South"][n % 2].to_owned(),
        role: None,
        manager: None,
        language: None,
        active: true,
    };
    Roster {
        people: (0..40).map(person).collect(),
        units: vec![
            unit("Company", None),
            unit("North", Some("Company")),
            unit("South", Some("Company")),
        ],
        has_tree: true,
        untouched: Vec::new(),
    }
}

/// Opens a round of forty people, of whom so many answer.
async fn open(ledger: &Ledger, name: &str, answers: usize) -> Uuid {
    let today = chrono::Utc::now().date_naive();
    let mut draft = Draft {
        name: name.to_owned(),
        closes_on: Some(today),
        languages: vec!["en".to_owned()],
        channel: "Call us.".to_owned(),
        ..Draft::default()
    };
    draft.audience.without_email = Way::Link;
    let round = rounds::create(ledger, draft, HR.to_owned()).await;
    let round = round.expect("a draft");
    rounds::open(ledger, round, today, HR.to_owned())
        .await
        .expect("it opens");
    let links = invitations::links(ledger, round, Kind::Answer, today, HR.to_owned()).await;
    for (n, link) in links.expect("links").iter().take(answers).enumerate() {
        let way = ways_in::resolve(ledger, &link.token, Kind::Answer, today).await;
        let way = way.expect("it answers").expect("a way in");
        let sent = Submission {
            round,
            cell: way.cell,
            mark: way.mark,
            id: Uuid::new_v4(),
            receipt: None,
            payload: Payload::Answer(Answer {
                idea: Some(Words::new(match n {
                    3 => ALONE,
                    5 => UNREAD,
                    _ => IDEAS[n % 2],
                })),
                may_quote: [3, 5].contains(&n),
                // Nobody reads these before a brief is made of them.
                block: Some(Words::new(match n {
                    7 => "Reminders are sent by mistake since Krakowski was moved to Zaventem",
                    _ => "Reminders are sent by mistake",
                })),
                commitment: Some(4),
                ..Answer::default()
            }),
        };
        let stored = submit(ledger, sent, today).await.expect("it is stored");
        assert_eq!(stored, Outcome::Stored);
    }
    round
}

/// A workspace with feedback and two rounds: `Spring`, closed with so many answers, and `Autumn`,
/// which is open.
async fn workspace(answers: usize) -> (tempfile::TempDir, Uuid) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut csv = "id,at,unit,score,comment\n".to_owned();
    for n in 0..120 {
        let (comment, score) = SAID[n % SAID.len()];
        let (month, unit) = (n % 6 + 1, ["North", "South"][n / 4 % 2]);
        writeln!(
            csv,
            "s{n},2026-0{month}-15,{unit},{score},{comment} number {n}"
        )
        .expect("a line");
    }
    std::fs::create_dir(folder.path().join("signals")).expect("a folder");
    std::fs::write(folder.path().join("signals/survey.csv"), csv).expect("a file");
    let place = Where::File(folder.path().join("throughline.db"));
    let ledger = Ledger::open(&place).await.expect("it opens");
    let seen = people::plan(&ledger, &roster()).await.expect("a plan");
    people::apply(&ledger, roster(), seen, Leave::No, HR.to_owned())
        .await
        .expect("an import");
    let round = open(&ledger, "Spring", answers).await;
    let today = chrono::Utc::now().date_naive();
    rounds::close(&ledger, round, today, HR.to_owned())
        .await
        .expect("it closes");
    open(&ledger, "Autumn", 0).await;
    ledger.close().await;
    (folder, round)
}

/// A moderator puts that idea before everybody.
async fn show(ledger: &Ledger, round: Uuid, words: &str) {
    let queue = ideas::waiting(ledger, round, 100, None)
        .await
        .expect("ideas");
    let all = queue.ideas.iter();
    let idea = all.filter(|idea| idea.words.for_analysis() == words);
    let place = (round, idea.map(|idea| idea.id).next().expect("it waits"));
    let moderator = Moderator::of(AccountRole::HrLead).expect("she may");
    let decision = Decision::Show(words.to_owned());
    ideas::decide(ledger, HR, moderator, place, IdeaState::Waiting, decision)
        .await
        .expect("it is shown");
}

fn brief(workspace: &Path, flags: &[&str]) -> Run {
    let (at, out) = (workspace.display().to_string(), workspace.join("out"));
    let out = out.display().to_string();
    run(&[&["brief", "--workspace", &at, "--out", &out], flags].concat())
}

fn refused(run: &Run, says: &str) {
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains(says), "{says}: {}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_round_that_closed_last_is_briefed_once() {
    let (folder, round) = workspace(35).await;
    let place = Where::File(folder.path().join("throughline.db"));
    let ledger = Ledger::open(&place).await.expect("it opens");
    let today = chrono::Utc::now().date_naive();
    show(&ledger, round, ALONE).await;
    let days = (today, today + chrono::Days::new(5));
    votes::set(&ledger, HR, round, days, VotesBy::Pairs, today)
        .await
        .expect("votes are taken");
    ledger.close().await;
    refused(&brief(folder.path(), &[]), "--early");
    let done = brief(folder.path(), &["--early"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    for note in [
        &format!("note: votes on round `Spring` are taken until {}", days.1),
        "note: 34 ideas weren't read by a moderator",
    ] {
        assert!(done.stderr.contains(note), "{note}: {}", done.stderr);
    }
    let said = "released: 35 answers to round `Spring`";
    assert!(done.stderr.contains(said), "{}", done.stderr);
    let kept = folder.path().join("briefs").join(round.to_string());
    for file in ["brief.html", "brief.json"] {
        let out = std::fs::read(folder.path().join("out").join(file)).expect("a file");
        assert_eq!(
            out,
            std::fs::read(kept.join(file)).expect("a file"),
            "{file}"
        );
        let out = String::from_utf8_lossy(&out).to_lowercase();
        assert!(out.contains("outside the pharmacy"), "{file}: {out}");
        assert!(!out.contains("umbrellas"), "{file}: {out}");
        assert!(out.contains("reminders"), "{file}: {out}");
        for one in ["krakowski", "zaventem"] {
            assert!(
                !out.contains(one),
                "{file} names what one person wrote: {one}"
            );
        }
    }
    for again in [
        &[][..],
        &["--round", "Spring"],
        &["--round", &round.to_string()],
    ] {
        refused(&brief(folder.path(), again), "was released on");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_named_by_its_name_or_id_and_what_can_not_be_is_said() {
    let (folder, round) = workspace(29).await;
    let path = folder.path();
    let id = round.to_string();
    for (flags, says) in [
        (&["--round", "Winter"][..], "there is no round `Winter`"),
        (&["--round", "Autumn"], "round `Autumn` isn't closed"),
        (&["--round", "Spring", "--early"], "fewer than 30"),
        (&["--round", &id, "--early"], "fewer than 30"),
        (
            &["--round", &Uuid::nil().to_string()],
            "there is no such round",
        ),
    ] {
        let run = brief(path, flags);
        refused(&run, says);
        assert!(run.stderr.contains("\nhint: "), "{}", run.stderr);
    }
    refused(&brief(path, &["--voice", "answers.csv"]), "--voice");
    refused(&run(&["brief", "--round", "Spring"]), "--workspace");
    refused(&brief(&path.join("nowhere"), &[]), "there is no ledger at");
    assert!(
        !names(path).contains(&"out".to_owned()),
        "nothing is written"
    );
}
