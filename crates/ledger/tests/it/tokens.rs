//! Tokens of machines, and the answers kept for their keys.

use crate::bed::{Bed, on_each};
use chrono::{DateTime, Duration, Utc};
use throughline_domain::listen::{AccountRole, Scope};
use throughline_ledger::idempotency::{self, Answered, Known};
use throughline_ledger::tokens::{self, NewToken};
use throughline_ledger::{accounts, audit, retention};

async fn owner(bed: &Bed, now: DateTime<Utc>) -> uuid::Uuid {
    accounts::create(
        &bed.ledger,
        "test",
        "owner@example.org",
        AccountRole::Owner,
        None,
        now,
    )
    .await
    .expect("an owner is made")
    .id
}

fn of(name: &str) -> NewToken {
    NewToken {
        name: name.to_owned(),
        scopes: vec![Scope::SignalsWrite],
        account: None,
        expires_at: None,
    }
}

#[test]
fn a_token_opens_until_it_ends_is_revoked_or_its_maker_goes() {
    on_each(async |bed| {
        let now = Utc::now();
        let refused = tokens::make(&bed.ledger, "cli", of("crm"), now).await;
        assert!(refused.is_err(), "nobody owns the workspace yet");
        let owner = owner(&bed, now).await;
        let lasting = NewToken {
            expires_at: Some(now + Duration::days(1)),
            ..of("crm")
        };
        let (token, secret) = tokens::make(&bed.ledger, "cli", lasting, now)
            .await
            .expect("a token is made");
        let open = async |text: &str, at| {
            tokens::by_secret(&bed.ledger, text, at)
                .await
                .expect("it answers")
        };
        assert_eq!(open(&secret, now).await, Some(token.clone()));
        assert_eq!(token.account, owner);
        assert_eq!(open("tl_nothing", now).await, None);
        assert_eq!(open(&secret[3..], now).await, None);
        assert_eq!(open(&secret, now + Duration::days(1)).await, None);
        let twice = tokens::make(&bed.ledger, "cli", of("crm"), now).await;
        assert!(twice.is_err_and(|error| error.to_string().contains("`crm`")));
        let (_, other) = tokens::make(&bed.ledger, "cli", of("shop"), now)
            .await
            .expect("a token is made");
        tokens::revoke(&bed.ledger, "cli", token.id)
            .await
            .expect("it is revoked");
        assert_eq!(open(&secret, now).await, None);
        assert!(open(&other, now).await.is_some());
        let lines = audit::lines(&bed.ledger, 0, 10).await.expect("a log");
        assert!(lines.iter().any(|line| line.act.act == "token.revoke"));
        for line in lines {
            let said = format!("{:?}", line.act);
            assert!(!said.contains(&secret[3..]) && !said.contains(&other[3..]));
        }
    });
}

#[test]
fn a_token_ends_with_its_makers_rights() {
    on_each(async |bed| {
        let now = Utc::now();
        let first = owner(&bed, now).await;
        accounts::create(
            &bed.ledger,
            "cli",
            "second@example.org",
            AccountRole::Owner,
            None,
            now,
        )
        .await
        .expect("another owner");
        let hers = NewToken {
            account: Some(first),
            ..of("crm")
        };
        let (_, secret) = tokens::make(&bed.ledger, "cli", hers, now)
            .await
            .expect("a token is made");
        let open = async || tokens::by_secret(&bed.ledger, &secret, now).await;
        assert!(open().await.expect("it answers").is_some());
        accounts::change(&bed.ledger, "cli", first, AccountRole::Analyst, None)
            .await
            .expect("she is an owner no more");
        assert_eq!(open().await.expect("it answers"), None);
    });
}

#[test]
fn a_token_needs_a_name_and_something_to_do() {
    on_each(async |bed| {
        let now = Utc::now();
        owner(&bed, now).await;
        for name in ["", "  ", "a\nb", "=cmd", &"x".repeat(61)] {
            let made = tokens::make(&bed.ledger, "cli", of(name), now).await;
            assert!(made.is_err(), "{name:?}");
        }
        let nothing = NewToken {
            scopes: Vec::new(),
            ..of("a")
        };
        assert!(
            tokens::make(&bed.ledger, "cli", nothing, now)
                .await
                .is_err()
        );
    });
}

#[test]
fn the_same_key_gets_the_same_answer_for_a_week() {
    on_each(async |bed| {
        let now = Utc::now();
        owner(&bed, now).await;
        let (token, _) = tokens::make(&bed.ledger, "cli", of("crm"), now)
            .await
            .expect("a token is made");
        let answered = Answered {
            status: 201,
            body: "{}".to_owned(),
        };
        let look = async |request: &[u8], at| {
            idempotency::look(&bed.ledger, token.id, "key", request, at)
                .await
                .expect("it answers")
        };
        assert_eq!(look(b"one", now).await, Known::New);
        for body in ["{}", "{\"another\":1}"] {
            let answered = Answered {
                body: body.to_owned(),
                ..answered.clone()
            };
            idempotency::keep(
                &bed.ledger,
                token.id,
                "key".to_owned(),
                b"one".to_vec(),
                answered,
                now,
            )
            .await
            .expect("it is kept");
        }
        assert_eq!(look(b"one", now).await, Known::Same(answered));
        assert_eq!(look(b"two", now).await, Known::Other);
        let later = now + Duration::days(7);
        assert_eq!(look(b"two", later).await, Known::New);
        // Or for as long as the owner sets.
        retention::set(&bed.ledger, "requests", 30, "owner")
            .await
            .expect("it is set");
        assert_eq!(look(b"two", later).await, Known::Other);
        tokens::revoke(&bed.ledger, "cli", token.id)
            .await
            .expect("a token with kept answers is revoked");
    });
}
