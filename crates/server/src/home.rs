//! The first page after signing in: what to do next.

use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::words::{counted, people};
use crate::round::when;
use crate::state::App;
use axum::extract::State;
use axum::http::Method;
use chrono::NaiveDate;
use maud::{Markup, html};
use throughline_domain::listen::{AccountRole, RoundState};
use throughline_engine::workspace::signal_files;
use throughline_ledger::rounds::{self, Round};
use throughline_ledger::{people as room, roles};

/// Something to do: where, what, why.
struct Step {
    path: String,
    what: String,
    why: String,
}

/// `GET /`
pub(crate) async fn show(State(app): State<App>, who: Who) -> Result<Markup, Failure> {
    let steps = steps(&app, &who).await?;
    let body = html! {
        h1 { "Welcome" }
        p class="lead" { (purpose(who.role)) }
        @if !steps.is_empty() {
            h2 { "Next" }
            ol class="next" {
                @for (at, step) in steps.iter().enumerate() {
                    li class=(if at == 0 { "card first" } else { "card" }) {
                        h3 { a href=(step.path) { (step.what) } }
                        p { (step.why) }
                    }
                }
            }
        }
    };
    Ok(office("Home", &who, &body))
}

fn purpose(role: AccountRole) -> &'static str {
    match role {
        AccountRole::Owner => "You set this workspace up: people, accounts, rounds.",
        AccountRole::HrLead | AccountRole::CxLead => {
            "Ask everybody one question, join what they say with what customers say, and act on it together."
        }
        AccountRole::Analyst => "Briefs, and the methods behind them.",
        AccountRole::UnitManager => {
            "Your unit and those below it: when they are asked, and what becomes of it."
        }
        AccountRole::Executive => {
            "The briefs: what would help customers most, and is simple to do."
        }
        AccountRole::Auditor => {
            "The rules of every round, what was released, and the audit log. No answers."
        }
    }
}

async fn steps(app: &App, who: &Who) -> Result<Vec<Step>, Failure> {
    let mut steps = Vec::new();
    let mut add = |method: Method, route: &str, path: String, what: String, why: String| {
        if who.may(&method, route) {
            steps.push(Step { path, what, why });
        }
    };
    let here = room::count(&app.ledger).await?.active;
    let rounds = rounds::all(&app.ledger).await?;
    if here == 0 {
        add(
            Method::POST,
            "/people/upload",
            "/people".into(),
            "Bring your people".into(),
            "The list your HR system exports. Names are never stored, and you see what it changes before anything is.".into(),
        );
    }
    for round in &rounds {
        let path = format!("/rounds/{}", round.id);
        let (what, why) = about(round, app.clock.today());
        add(Method::GET, "/rounds/{id}", path, what, why);
    }
    if here > 0 && rounds.iter().all(|round| round.state == RoundState::Closed) {
        add(
            Method::POST,
            "/rounds",
            "/rounds/new".into(),
            "Set up a round".into(),
            format!(
                "One question to {}, in ten minutes of your time and two of theirs.",
                people(here)
            ),
        );
    }
    if here > 0 && roles::chain(&app.ledger).await?.is_empty() {
        add(
            Method::POST,
            "/chain",
            "/chain".into(),
            "Say how work reaches customers".into(),
            "Which role serves which, up to the customer. Not needed for a round; it makes the brief better.".into(),
        );
    }
    if who.may(&Method::POST, "/feedback/upload") && lacks_feedback(app).await? {
        add(
            Method::POST,
            "/feedback/upload",
            "/feedback".into(),
            "Bring customers\u{2019} feedback".into(),
            "What your survey tool or help desk exports. A brief joins it with what employees say, and needs it.".into(),
        );
    }
    let closed = rounds
        .iter()
        .filter(|round| round.state == RoundState::Closed)
        .count();
    if closed > 0 {
        add(
            Method::GET,
            "/briefs",
            "/briefs".into(),
            "Read the briefs".into(),
            format!("Of {}.", counted(closed, "closed round", "closed rounds")),
        );
    }
    add(
        Method::GET,
        "/unit",
        "/unit".into(),
        "See your unit".into(),
        "The rounds in which its people are asked, and what becomes of what they say.".into(),
    );
    add(
        Method::GET,
        "/audit",
        "/audit".into(),
        "Read the audit log".into(),
        "Who did what, in a chain that shows whether a line was changed.".into(),
    );
    Ok(steps)
}

/// Whether no feedback lies in the workspace.
async fn lacks_feedback(app: &App) -> Result<bool, Failure> {
    let workspace = app.config.workspace.clone();
    let files = tokio::task::spawn_blocking(move || signal_files(&workspace)).await;
    let files = files.map_err(|error| Failure::Fault(error.to_string()))?;
    // A folder that can't be read is told where it is used.
    Ok(files.is_ok_and(|files| files.is_empty()))
}

fn about(round: &Round, today: NaiveDate) -> (String, String) {
    match round.state {
        RoundState::Draft => {
            let missing = round.missing();
            let why = if round.closes_on.is_some_and(|day| day < today) {
                "Its last day has passed: give it another.".to_owned()
            } else if missing.is_empty() {
                format!("Ready to open: {}.", when(round))
            } else {
                format!("It lacks {}.", missing.join(" and "))
            };
            (format!("Finish \u{201c}{}\u{201d}", round.name), why)
        }
        RoundState::Open => (
            format!("Look after \u{201c}{}\u{201d}", round.name),
            format!("It is {}.", when(round)),
        ),
        RoundState::Closed => (
            format!("Go on with \u{201c}{}\u{201d}", round.name),
            format!(
                "Closed ({}): ideas, votes, and what becomes of them.",
                when(round)
            ),
        ),
    }
}
