//! Nothing that was acknowledged is lost: the short version of `bench/listening`.

#[path = "../../../../../bench/listening/check.rs"]
mod check;
#[path = "../../../../../bench/listening/company.rs"]
mod company;
#[path = "../../../../../bench/listening/http.rs"]
mod http;
#[path = "../../../../../bench/listening/kill.rs"]
mod kill;
#[path = "../../../../../bench/listening/people.rs"]
mod people;
#[path = "../../../../../bench/listening/server.rs"]
mod server;

mod away;
mod order;

use company::Company;
use std::path::Path;

const KILLS: usize = 25;

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_throughline"))
}

/// The server that `THROUGHLINE_POSTGRES` names.
fn postgres() -> Option<String> {
    let server = std::env::var("THROUGHLINE_POSTGRES").ok();
    if server.is_none() {
        assert!(
            std::env::var("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_err(),
            "THROUGHLINE_POSTGRES names no server"
        );
        eprintln!("skipped on PostgreSQL: THROUGHLINE_POSTGRES names no server");
    }
    server
}

async fn killed(company: Company) {
    let outcome = kill::run(program(), &company, KILLS, 250).await;
    assert!(
        outcome.answers > KILLS && outcome.ballots > KILLS,
        "{outcome:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_while_people_answer_on_sqlite() {
    let company = Company::new(8_000, None, None).await;
    assert!(kill::close_meanwhile(program(), &company).await > 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_while_people_answer_on_postgresql() {
    if let Some(server) = postgres() {
        let company = Company::new(8_000, Some(&server), None).await;
        assert!(kill::close_meanwhile(program(), &company).await > 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_on_sqlite() {
    killed(Company::new(4_000, None, None).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_random_moments_on_postgresql() {
    if let Some(server) = postgres() {
        killed(Company::new(4_000, Some(&server), None).await).await;
    }
}
