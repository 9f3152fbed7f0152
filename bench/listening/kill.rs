//! The program is killed at random moments while people answer and vote; then everything that was
//! acknowledged has to be there, once and whole.

use super::check::{Found, found};
use super::company::Company;
use super::http::Connection;
use super::people::{Book, Form, Told};
use super::server::Server;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use uuid::Uuid;

/// People at once.
const AT_ONCE: usize = 16;

/// What a run came to.
#[derive(Debug, Default)]
pub struct Outcome {
    pub kills: usize,
    pub answers: usize,
    pub ballots: usize,
    /// Sent when the program was killed: neither acknowledged nor refused.
    pub cut_off: usize,
}

/// Kills it so often, then checks. Panics with what is wrong.
pub async fn run(program: &Path, company: &Company, kills: usize, longest_ms: u128) -> Outcome {
    let (book, mut outcome) = (Arc::new(Mutex::new(Book::default())), Outcome::default());
    let tokens = Arc::new(Mutex::new(people(company)));
    while outcome.kills < kills {
        let server = Server::start_hasty(program, company);
        let at = server.at;
        let load: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                tokio::spawn(one_after_another(
                    at,
                    Arc::clone(&tokens),
                    Arc::clone(&book),
                ))
            })
            .collect();
        // Ways in are worked out with the first request; one time in five it is killed before that.
        let before = lock(&book).acknowledged.len();
        if !outcome.kills.is_multiple_of(5) {
            until_more(&book, before).await;
        }
        let wait = Uuid::new_v4().as_u128() % longest_ms;
        tokio::time::sleep(Duration::from_millis(wait.try_into().unwrap_or(0))).await;
        server.kill();
        for one in load {
            one.await.expect("a person's task ends");
        }
        outcome.kills += 1;
        outcome.cut_off += lock(&book).open.len();
    }
    // Before anything is sent again: what was acknowledged is there, and nothing that wasn't sent.
    let there = found(program, company);
    check(&there, &lock(&book), false);
    // Whoever got no word sends the same form again, and then it is there once.
    let server = Server::start_hasty(program, company);
    let mut connection = Connection::open(server.at).await.expect("it answers");
    let open = std::mem::take(&mut lock(&book).open);
    for form in open {
        let told = form.send(&mut connection).await.expect("it answers");
        assert_eq!(told, Told::Stored, "{}", form.name);
        lock(&book).note(form, Some(told));
    }
    server.kill();
    let there = found(program, company);
    let book = lock(&book);
    check(&there, &book, true);
    outcome.ballots = book
        .acknowledged
        .values()
        .filter(|choices| **choices > 0)
        .count();
    outcome.answers = book.acknowledged.len() - outcome.ballots;
    outcome
}

/// Closes the round while people answer; then everything that was acknowledged has to be there, and
/// nothing that was refused. How many were acknowledged.
pub async fn close_meanwhile(program: &Path, company: &Company) -> usize {
    let server = Server::start_hasty(program, company);
    let book = Arc::new(Mutex::new(Book::default()));
    let tokens: Tokens = people(company)
        .into_iter()
        .filter(|(_, votes)| !votes)
        .collect();
    let tokens = Arc::new(Mutex::new(tokens));
    let load: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let (tokens, book, at) = (Arc::clone(&tokens), Arc::clone(&book), server.at);
            tokio::spawn(answer_until_closed(at, tokens, book))
        })
        .collect();
    until_more(&book, 200).await;
    company.close().await;
    for one in load {
        one.await.expect("a person's task ends");
    }
    server.kill();
    let (there, book) = (found(program, company), lock(&book));
    assert!(book.open.is_empty(), "somebody got no word");
    let sent: Vec<&String> = book.acknowledged.keys().collect();
    let kept: Vec<&String> = there.answers.keys().collect();
    assert_eq!(sent, kept, "what was acknowledged isn't what is there");
    assert!(there.answers.values().all(|times| *times == 1));
    assert_eq!(there.half, 0, "half an answer is there");
    assert_eq!(
        there.waiting, 0,
        "a closed round's answer waits in the inbox"
    );
    sent.len()
}

/// Until the round is closed.
async fn answer_until_closed(at: SocketAddr, tokens: Arc<Mutex<Tokens>>, book: Arc<Mutex<Book>>) {
    let mut connection = Connection::open(at).await.expect("it answers");
    loop {
        let (token, _) = lock(&tokens).pop().expect("there are people enough");
        let form = Form::answer(&token);
        match form.send(&mut connection).await {
            Ok(told) => lock(&book).note(form, Some(told)),
            // The page for a round that takes nothing any more.
            Err(error) => {
                let said = error.to_string();
                let shut = ["404", "409"].iter().any(|status| said.starts_with(status));
                assert!(shut, "{said}");
                return;
            }
        }
    }
}

/// Waits until somebody gets a word.
async fn until_more(book: &Mutex<Book>, before: usize) {
    for _ in 0..6_000 {
        if lock(book).acknowledged.len() > before {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("nobody got a word in half a minute");
}

type Tokens = Vec<(String, bool)>;

/// Everybody's link, for an answer and for votes, in turn.
fn people(company: &Company) -> Tokens {
    let both = |token: &String| [(token.clone(), true), (token.clone(), false)];
    company.tokens.iter().flat_map(both).collect()
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().expect("nobody panicked")
}

/// Until the program goes.
async fn one_after_another(at: SocketAddr, tokens: Arc<Mutex<Tokens>>, book: Arc<Mutex<Book>>) {
    let Ok(mut connection) = Connection::open(at).await else {
        return;
    };
    loop {
        // First what got no word before: the same form again.
        let again = lock(&book).open.pop();
        let form = match again {
            Some(form) => form,
            None => {
                let (token, votes) = lock(&tokens).pop().expect("there are people enough");
                if votes {
                    match Form::ballot(&mut connection, &token).await {
                        Ok(form) => form,
                        Err(error) => {
                            // The program went; a page that isn't the form is another thing.
                            assert!(error.kind() != std::io::ErrorKind::Other, "{error}");
                            return lock(&tokens).push((token, votes));
                        }
                    }
                } else {
                    Form::answer(&token)
                }
            }
        };
        let told = form.send(&mut connection).await;
        if let Err(error) = &told {
            let words = error.to_string();
            assert!(
                !words.starts_with(|letter: char| letter.is_ascii_digit()),
                "{words}"
            );
        }
        let told = told.ok();
        lock(&book).note(form, told);
        if told.is_none() {
            return;
        }
    }
}

/// How many ballots have how many choices.
fn by_choices(ballots: impl Iterator<Item = usize>) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for choices in ballots {
        *counts.entry(choices).or_default() += 1;
    }
    counts
}

/// `all`: nothing is left without a word.
fn check(there: &Found, book: &Book, all: bool) {
    for (name, choices) in &book.acknowledged {
        if *choices == 0 {
            assert_eq!(there.answers.get(name), Some(&1), "lost or twice: {name}");
        }
    }
    let answers = book
        .acknowledged
        .values()
        .filter(|choices| **choices == 0)
        .count();
    let open = |ballots: bool| {
        book.open
            .iter()
            .filter(|form| (form.choices > 0) == ballots)
            .count()
    };
    assert!(
        there.answers.values().all(|times| *times == 1),
        "an answer is there twice"
    );
    assert!(
        there.answers.len() <= answers + open(false),
        "an answer that nobody sent"
    );
    assert_eq!(there.half, 0, "half an answer is there");
    let ballots = book.acknowledged.len() - answers;
    for (name, choices) in &there.waiting_ballots {
        let known = book.acknowledged.get(name).copied();
        let sent = book.open.iter().find(|form| form.name == *name);
        let sent = known.or(sent.map(|form| form.choices));
        assert_eq!(
            sent,
            Some(*choices),
            "a ballot isn't the one that was sent: {name}"
        );
    }
    let kept = there.waiting_ballots.len() + there.moved_ballots.len();
    assert!(kept >= ballots, "ballots were lost: {kept} of {ballots}");
    assert!(kept <= ballots + open(true), "a ballot that nobody sent");
    if all {
        assert_eq!((there.answers.len(), kept), (answers, ballots));
        // A ballot that was moved has another name; how many choices it has must be the same.
        let moved = there.moved_ballots.values().copied();
        let waiting = there.waiting_ballots.values().copied();
        let sent = book.acknowledged.values().copied();
        assert_eq!(
            by_choices(moved.chain(waiting)),
            by_choices(sent.filter(|choices| *choices > 0)),
            "a ballot that was moved lacks a choice"
        );
    }
}
