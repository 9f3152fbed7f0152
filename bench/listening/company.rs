//! A workspace in which a round is open: people with links, a few ideas to vote on.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use throughline_disclosure::Moderator;
use throughline_domain::Words;
use throughline_domain::facts::Unit;
use throughline_domain::listen::{
    AccountRole, Answer, IdeaState, Person, Roster, Terms, VotesBy, Way,
};
use throughline_ledger::ballot_box::{Kind, Payload, Submission, move_ready, submit};
use throughline_ledger::ideas::{self, Decision};
use throughline_ledger::people::{self, Leave};
use throughline_ledger::rounds::{self, Audience, Draft};
use throughline_ledger::{Ledger, Where, invitations, votes, ways_in};
use uuid::Uuid;

/// Teams, each a cell.
const TEAMS: usize = 5;
/// People of the first team who answered before the bench began, so that there are ideas to vote on.
const EARLY: usize = 40;

/// A workspace, with the links of those who may answer and vote.
pub struct Company {
    pub folder: tempfile::TempDir,
    /// PostgreSQL, if it isn't a file.
    pub database: Option<String>,
    pub tokens: Vec<String>,
}

impl Company {
    /// The flags that say where it is.
    pub fn flags(&self) -> Vec<String> {
        let mut flags = vec![
            "--workspace".to_owned(),
            self.workspace().display().to_string(),
        ];
        if let Some(database) = &self.database {
            flags.extend(["--database-url".to_owned(), database.clone()]);
        }
        flags
    }

    pub fn workspace(&self) -> &Path {
        self.folder.path()
    }

    /// Its ledger.
    pub fn place(&self) -> Where {
        match &self.database {
            Some(database) => Where::Postgres(database.clone()),
            None => Where::File(self.file()),
        }
    }

    /// The ledger's file.
    pub fn file(&self) -> PathBuf {
        self.workspace().join("throughline.db")
    }

    /// Closes its round, from another program than the server.
    pub async fn close(&self) {
        let ledger = Ledger::open(&self.place()).await.expect("it opens");
        let today = chrono::Utc::now().date_naive();
        for round in rounds::all(&ledger).await.expect("rounds") {
            rounds::close(&ledger, round.id, today, "bench@example.org".to_owned())
                .await
                .expect("it closes");
        }
        ledger.close().await;
    }

    /// Makes one with so many people, on a new database of the server that is named, or in a file.
    /// `below`: a folder to make it in; where it stands decides what the disk costs.
    pub async fn new(people: usize, server: Option<&str>, below: Option<&Path>) -> Self {
        let folder = match below {
            Some(below) => tempfile::tempdir_in(below),
            None => tempfile::tempdir(),
        };
        let mut company = Self {
            folder: folder.expect("a folder"),
            database: server.map(database),
            tokens: Vec::new(),
        };
        let ledger = Ledger::open(&company.place()).await.expect("it opens");
        company.tokens = open_round(&ledger, people + EARLY * TEAMS).await;
        company.tokens.truncate(people);
        ledger.close().await;
        company
    }
}

impl Drop for Company {
    fn drop(&mut self) {
        // A database for every run would fill the disk.
        if let Some((server, name)) = self.database.as_deref().and_then(|at| at.rsplit_once('/')) {
            psql(server, &format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}

/// A new database.
fn database(server: &str) -> String {
    let name = format!("throughline_{}", Uuid::new_v4().simple());
    let made = psql(server, &format!("CREATE DATABASE {name}"));
    assert!(made, "psql makes a database");
    format!("{server}/{name}")
}

fn psql(server: &str, command: &str) -> bool {
    let ran = Command::new("psql")
        .args([&format!("{server}/postgres"), "-qc", command])
        .stdout(Stdio::null())
        .status();
    ran.is_ok_and(|status| status.success())
}

async fn open_round(ledger: &Ledger, count: usize) -> Vec<String> {
    let who = "bench@example.org";
    let person = |n: usize| Person {
        id: format!("p{n}"),
        email: None,
        unit: format!("Team {}", n % TEAMS),
        role: None,
        manager: None,
        language: None,
        active: true,
    };
    let unit = |n: usize| Unit {
        unit: format!("Team {n}"),
        parent: None,
        also_called: Vec::new(),
    };
    let roster = Roster {
        people: (0..count).map(person).collect(),
        units: (0..TEAMS).map(unit).collect(),
        has_tree: true,
        untouched: Vec::new(),
    };
    let seen = people::plan(ledger, &roster).await.expect("a plan");
    people::apply(ledger, roster, seen, Leave::ByOwner, who.to_owned())
        .await
        .expect("an import");
    let today = chrono::Utc::now().date_naive();
    let draft = Draft {
        name: "Bench".to_owned(),
        opens_on: Some(today),
        closes_on: Some(today + chrono::Days::new(14)),
        languages: vec!["en".to_owned()],
        terms: Terms::default(),
        channel: "Call us.".to_owned(),
        audience: Audience {
            units: Vec::new(),
            without_email: Way::Link,
        },
        ..Draft::default()
    };
    let round = rounds::create(ledger, draft, who.to_owned())
        .await
        .expect("a draft");
    rounds::open(ledger, round, today, who.to_owned())
        .await
        .expect("it opens");
    let links = invitations::links(ledger, round, Kind::Answer, today, who.to_owned())
        .await
        .expect("links");
    let (early, others): (Vec<_>, Vec<_>) =
        links.into_iter().partition(|link| link.unit == "Team 0");
    for (n, link) in early.iter().take(EARLY).enumerate() {
        let way = ways_in::resolve(ledger, &link.token, Kind::Answer, today)
            .await
            .expect("a way in")
            .expect("it is open");
        let answer = Answer {
            idea: Some(Words::new(format!("early idea {n}"))),
            may_quote: true,
            ..Answer::default()
        };
        let sent = Submission {
            round,
            cell: way.cell,
            mark: way.mark,
            id: Uuid::new_v4(),
            receipt: None,
            payload: Payload::Answer(answer),
        };
        submit(ledger, sent, today).await.expect("it is stored");
    }
    move_ready(ledger).await.expect("they move");
    moderate(ledger, round, who).await;
    votes::set(ledger, who, round, (today, today), VotesBy::Pairs, today)
        .await
        .expect("voting begins");
    // Those who answered early don't do it again.
    let rest = early.into_iter().skip(EARLY).chain(others);
    rest.map(|link| link.token).collect()
}

/// Shows all ideas that have come.
async fn moderate(ledger: &Ledger, round: Uuid, who: &str) {
    let queue = ideas::waiting(ledger, round, EARLY, None)
        .await
        .expect("ideas");
    for (n, idea) in queue.ideas.into_iter().enumerate() {
        let moderator = Moderator::of(AccountRole::HrLead).expect("an HR lead moderates");
        let show = Decision::Show(format!("idea {n}"));
        ideas::decide(
            ledger,
            who,
            moderator,
            (round, idea.id),
            IdeaState::Waiting,
            show,
        )
        .await
        .expect("it is shown");
    }
}
