//! Accounts and their one-time links.

use crate::bed::{Bed, on_each};
use chrono::{Duration, Utc};
use throughline_domain::listen::AccountRole::{Analyst, HrLead, Owner, UnitManager};
use throughline_ledger::accounts::{self, Account};
use throughline_ledger::{LedgerError, audit, login_links};

async fn owner(bed: &Bed) -> Account {
    accounts::first_owner(&bed.ledger, " Ada@Example.org ", Utc::now())
        .await
        .expect("the first owner is made")
}

fn refused<T: std::fmt::Debug>(result: Result<T, LedgerError>, says: &str) {
    let error = result.expect_err("it is refused");
    assert!(
        matches!(&error, LedgerError::Refused { what, .. } if what.contains(says)),
        "{error}"
    );
}

async fn acts(bed: &Bed) -> Vec<String> {
    let lines = audit::lines(&bed.ledger, 0, 100).await.expect("read");
    lines.into_iter().rev().map(|line| line.act.act).collect()
}

#[test]
fn the_first_owner_is_made_once() {
    on_each(async |bed| {
        assert!(!accounts::any(&bed.ledger).await.expect("read"));
        let tries = (0..8).map(|n| {
            let email = format!("owner{n}@example.org");
            let ledger = bed.ledger.clone();
            async move { accounts::first_owner(&ledger, &email, Utc::now()).await }
        });
        let made = futures::future::join_all(tries).await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        let all = accounts::list(&bed.ledger).await.expect("read");
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].role, Owner);
    });
}

#[test]
fn an_address_is_one_account_however_it_is_written() {
    on_each(async |bed| {
        let made = owner(&bed).await;
        assert_eq!(made.email, "ada@example.org");
        let again = accounts::create(
            &bed.ledger,
            "x",
            "ADA@example.ORG",
            Analyst,
            None,
            Utc::now(),
        );
        refused(again.await, "has an account");
        let found = accounts::by_email(&bed.ledger, "aDa@example.org ").await;
        assert_eq!(found.expect("read"), Some(made));
    });
}

#[test]
fn what_is_no_address_is_refused() {
    let long = format!("{}@example.org", "a".repeat(250));
    for odd in [
        "",
        "ada",
        "@",
        "ada@",
        "@example.org",
        "a@b@c",
        "a b@c",
        "a@b\r\nBcc: x@y",
        "<a@b>",
        long.as_str(),
    ] {
        refused(accounts::address(odd), "no e-mail address");
    }
}

#[test]
fn the_last_owner_stays() {
    on_each(async |bed| {
        let ledger = &bed.ledger;
        let first = owner(&bed).await;
        refused(accounts::disable(ledger, "x", first.id).await, "last owner");
        let demoted = accounts::change(ledger, "x", first.id, HrLead, None).await;
        refused(demoted, "last owner");
        let second = accounts::create(ledger, "x", "eve@example.org", Owner, None, Utc::now())
            .await
            .expect("made");
        accounts::disable(ledger, "x", first.id)
            .await
            .expect("another owner is there");
        refused(
            accounts::disable(ledger, "x", second.id).await,
            "last owner",
        );
        accounts::enable(ledger, "x", first.id)
            .await
            .expect("opened again");
        accounts::change(ledger, "x", second.id, HrLead, None)
            .await
            .expect("another owner is there");
        let acts = acts(&bed).await;
        assert_eq!(
            acts,
            [
                "account.create",
                "account.create",
                "account.disable",
                "account.enable",
                "account.change"
            ]
        );
    });
}

#[test]
fn a_manager_of_no_unit_that_is_there_is_refused() {
    on_each(async |bed| {
        let id = Some(uuid::Uuid::new_v4());
        let made = accounts::create(
            &bed.ledger,
            "x",
            "u@example.org",
            UnitManager,
            id,
            Utc::now(),
        )
        .await;
        assert!(
            matches!(made, Err(LedgerError::NotFound { .. })),
            "{made:?}"
        );
        assert_eq!(acts(&bed).await, Vec::<String>::new());
    });
}

#[test]
fn a_link_opens_once_and_one_of_many_gets_it() {
    on_each(async |bed| {
        let account = owner(&bed).await;
        let now = Utc::now();
        let token = login_links::make(&bed.ledger, "cli", account.id, 30, now)
            .await
            .expect("a link is made");
        let tries = (0..16).map(|_| login_links::take(&bed.ledger, &token, now));
        let taken = futures::future::join_all(tries).await;
        let got: Vec<_> = taken
            .into_iter()
            .filter_map(|taken| taken.expect("an answer"))
            .collect();
        assert_eq!(got, [account]);
        assert_eq!(
            acts(&bed).await,
            ["account.create", "account.link", "account.sign_in"]
        );
    });
}

#[test]
fn used_expired_unknown_and_shut_look_alike() {
    on_each(async |bed| {
        let ledger = &bed.ledger;
        owner(&bed).await;
        let now = Utc::now();
        let account = accounts::create(ledger, "x", "eve@example.org", Analyst, None, now)
            .await
            .expect("made");
        let link = async || {
            login_links::make(ledger, "cli", account.id, 30, now)
                .await
                .expect("a link is made")
        };
        let none = async |token: &str, at| {
            let taken = login_links::take(ledger, token, at).await;
            assert_eq!(taken.expect("an answer"), None);
        };
        let late = link().await;
        none(&late, now + Duration::minutes(30)).await;
        // Trying it late used it up: a clock that goes back doesn't revive it.
        none(&late, now).await;
        none("nothing", now).await;
        none("", now).await;
        let shut = link().await;
        accounts::disable(ledger, "x", account.id)
            .await
            .expect("shut");
        none(&shut, now).await;
        accounts::enable(ledger, "x", account.id)
            .await
            .expect("opened");
        none(&shut, now).await;
        refused(
            {
                accounts::disable(ledger, "x", account.id)
                    .await
                    .expect("shut");
                login_links::make(ledger, "cli", account.id, 30, now).await
            },
            "is shut",
        );
    });
}

#[test]
fn an_account_is_bound_to_one_identity() {
    on_each(async |bed| {
        let ledger = &bed.ledger;
        let account = owner(&bed).await;
        accounts::bind(ledger, account.id, "https://id.example.org|1")
            .await
            .expect("bound");
        accounts::bind(ledger, account.id, "https://id.example.org|1")
            .await
            .expect("bound already");
        let other = accounts::bind(ledger, account.id, "https://id.example.org|2").await;
        refused(other, "another identity");
        let found = accounts::by_subject(ledger, "https://id.example.org|1").await;
        assert_eq!(found.expect("read").map(|found| found.id), Some(account.id));
        let eve = accounts::create(ledger, "x", "eve@example.org", Analyst, None, Utc::now())
            .await
            .expect("made");
        let taken = accounts::bind(ledger, eve.id, "https://id.example.org|1").await;
        refused(taken, "another identity");
    });
}
