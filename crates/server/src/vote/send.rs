//! `POST /v/{token}`: the votes, as one ballot through the ballot box.

use super::form::{page, sealed};
use super::held::ground;
use super::pages;
use crate::answer::{Reader, for_now, not_taken, nowhere};
use crate::error::Failure;
use crate::limits::Client;
use crate::page::sent::Sent;
use crate::state::App;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use throughline_domain::listen::{Asked, Ballot, Choice};
use throughline_ledger::ballot_box::{self, Kind, Outcome, Payload, Submission};
use throughline_ledger::{levers, votes, ways_in};
use uuid::Uuid;

/// Takes them. Where the database is away they come back, to be sent once more.
pub(crate) async fn take(
    State(app): State<App>,
    client: Client,
    Path(token): Path<String>,
    reader: Reader,
    sent: Sent,
) -> Result<Response, Failure> {
    let done = store(&app, &token, client, &reader, &sent).await;
    done.or_else(|failure| {
        let Some(said) = for_now(&failure) else {
            return Err(failure);
        };
        failure.tell();
        let said = (failure.status(), said);
        Ok(pages::away(&reader.text(&app, &[]), &token, &sent, said))
    })
}

async fn store(
    app: &App,
    token: &str,
    client: Client,
    reader: &Reader,
    sent: &Sent,
) -> Result<Response, Failure> {
    let today = app.clock.today();
    let way = ways_in::resolve(&app.ledger, token, Kind::Votes, today).await?;
    let Some(way) = way else {
        nowhere(app, client, token).await?;
        return Ok(not_taken(&reader.text(app, &[]), &[]));
    };
    let ground = ground(app, way.round).await?;
    let text = reader.text(app, &ground.voting.languages);
    let (Ok(id), Ok(seal)) = (
        sent.text("id").parse::<Uuid>(),
        hex::decode(sent.text("seal")),
    ) else {
        return Ok(pages::forged(&text));
    };
    let list = sent.text("asked");
    let ours = votes::is_sealed(&app.ledger, way.round, &sealed(token, id, list), &seal).await?;
    let asked: Option<Vec<Asked>> = ours.then(|| serde_json::from_str(list).ok()).flatten();
    let Some(asked) = asked else {
        return Ok(pages::forged(&text));
    };
    if !sent.text("switch").is_empty() {
        let sealed = ["id", "asked", "seal"].map(|name| (name, sent.text(name)));
        let path = format!("/v/{token}");
        let chosen = |place: usize| sent.text(&format!("q{place}")).to_owned();
        return Ok(page(&text, &path, &ground, (&sealed, &asked), chosen).into_response());
    }
    let ballot = ballot(&asked, sent);
    if ballot.choices.is_empty() {
        return Ok(pages::empty(&text, token).into_response());
    }
    let submission = Submission {
        round: way.round,
        cell: way.cell,
        mark: way.mark,
        id,
        receipt: None,
        payload: Payload::Votes(ballot),
    };
    match ballot_box::submit(&app.ledger, submission, today).await? {
        Outcome::Stored | Outcome::AlreadyStored => {
            // They are stored: whether there is something to read can't undo that.
            let said = levers::said(&app.ledger, way.round).await;
            let said = matches!(said, Ok(Some(_)));
            let link = said.then(|| format!("/said/{}", way.round));
            Ok(pages::thanks(&text, link.as_deref()).into_response())
        }
        Outcome::AlreadyUsed | Outcome::NotOpen => Ok(not_taken(&text, &[])),
    }
}

/// What was chosen, question by question; skipped ones are left out.
fn ballot(asked: &[Asked], sent: &Sent) -> Ballot {
    let choices = asked.iter().take(Ballot::MOST).enumerate();
    let choices = choices.filter_map(|(place, asked)| {
        let said = sent.text(&format!("q{place}"));
        match asked.clone() {
            Asked::Pair {
                one,
                other,
                criterion,
            } => match said {
                "one" => Some(Choice::Over {
                    winner: one,
                    loser: other,
                    criterion,
                }),
                "other" => Some(Choice::Over {
                    winner: other,
                    loser: one,
                    criterion,
                }),
                "cant" => Some(Choice::CantDecide {
                    one,
                    other,
                    criterion,
                }),
                _ => None,
            },
            Asked::Single { idea, criterion } => match said {
                "agree" => Some(Choice::Agree { idea, criterion }),
                "disagree" => Some(Choice::Disagree { idea, criterion }),
                "pass" => Some(Choice::Pass { idea, criterion }),
                _ => None,
            },
        }
    });
    Ballot {
        choices: choices.collect(),
    }
}
