//! The API: tokens and scopes, problems, batches all or nothing, keys.

use crate::bed::{Bed, text};
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use serde_json::{Value, json};
use throughline_domain::listen::{AccountRole, Scope};
use throughline_ledger::audit;
use throughline_ledger::tokens::{self, NewToken};

/// A token for these scopes, of the owner's.
pub async fn token(bed: &Bed, scopes: &[Scope]) -> String {
    let owner = bed.signed_in(AccountRole::Owner).await;
    let new = NewToken {
        name: format!("machine {}", scopes.len()),
        scopes: scopes.to_vec(),
        account: Some(owner.account.id),
        expires_at: None,
    };
    let (_, secret) = tokens::make(&bed.app.ledger, "test", new, bed.app.clock.now())
        .await
        .expect("a token is made");
    secret
}

fn request(
    method: Method,
    path: &str,
    token: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request
        .body(Body::from(body.to_owned()))
        .expect("a request")
}

async fn get(bed: &Bed, path: &str, token: &str) -> Response<Body> {
    bed.send(request(Method::GET, path, token, &[], "")).await
}

async fn push(bed: &Bed, token: &str, key: Option<&str>, body: &Value) -> Response<Body> {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(key.map(|key| ("idempotency-key", key)));
    bed.send(request(
        Method::POST,
        "/api/v1/signals",
        token,
        &headers,
        &body.to_string(),
    ))
    .await
}

async fn json(response: Response<Body>) -> Value {
    serde_json::from_str(&text(response).await).expect("JSON")
}

fn files(bed: &Bed) -> Vec<String> {
    let folder = bed.app.config.workspace.join("signals");
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

fn batch(comment: &str) -> Value {
    json!({
        "source": "shop survey",
        "rows": [
            {"id": "a1", "at": "2026-03-01", "unit": "North", "score": 9, "comment": "The staff are kind"},
            {"id": "a2", "at": "2026-03-02", "unit": "North", "score": 3, "comment": comment},
        ],
    })
}

#[tokio::test]
async fn without_a_token_for_it_nothing_is_done() {
    let bed = Bed::new().await;
    let reader = token(&bed, &[Scope::BriefsRead]).await;
    for (secret, status) in [
        ("", StatusCode::UNAUTHORIZED),
        ("tl_0000", StatusCode::UNAUTHORIZED),
        (reader.as_str(), StatusCode::FORBIDDEN),
    ] {
        let response = push(&bed, secret, None, &batch("Slow")).await;
        assert_eq!(response.status(), status, "{secret}");
        assert_eq!(
            response.headers()[header::CONTENT_TYPE],
            "application/problem+json"
        );
        assert_eq!(json(response).await["status"], status.as_u16());
    }
    assert!(files(&bed).is_empty());
    assert_eq!(
        get(&bed, "/api/v1/briefs", &reader).await.status(),
        StatusCode::OK
    );
    let plain = bed.get("/api/v1/nowhere").await;
    assert_eq!(plain.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        plain.headers()[header::CONTENT_TYPE],
        "application/problem+json"
    );
    // A browser's session is no token.
    let owner = bed.signed_in(AccountRole::Owner).await;
    let response = owner.get("/api/v1/briefs").await;
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_batch_is_stored_once_under_its_key() {
    let bed = Bed::new().await;
    let secret = token(&bed, &[Scope::SignalsWrite]).await;
    let first = push(&bed, &secret, Some("k-1"), &batch("Slow answers")).await;
    assert_eq!(first.status(), StatusCode::CREATED);
    assert!(first.headers().get(header::SET_COOKIE).is_none());
    let first = text(first).await;
    assert!(first.contains("\"rows\":2"), "{first}");
    let again = push(&bed, &secret, Some("k-1"), &batch("Slow answers")).await;
    assert_eq!(again.status(), StatusCode::CREATED);
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(text(again).await, first);
    assert_eq!(files(&bed).len(), 1);
    let other = push(&bed, &secret, Some("k-1"), &batch("Another thing")).await;
    assert_eq!(other.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let new = push(&bed, &secret, Some("k-2"), &batch("Another thing")).await;
    assert_eq!(new.status(), StatusCode::CREATED);
    assert_eq!(files(&bed).len(), 2);
    let lines = audit::lines(&bed.app.ledger, 0, 1).await.expect("a log");
    assert_eq!(lines[0].act.who, "token:machine 1");
    assert_eq!(lines[0].act.act, "signals.push");
}

#[tokio::test]
async fn the_same_batch_sent_many_times_at_once_is_stored_once() {
    let bed = Bed::new().await;
    let secret = token(&bed, &[Scope::SignalsWrite]).await;
    let body = batch("Slow");
    let all = (0..8).map(|_| push(&bed, &secret, Some("at once"), &body));
    let mut stored = 0;
    for response in futures::future::join_all(all).await {
        match response.status() {
            StatusCode::CREATED => stored += 1,
            StatusCode::CONFLICT => {}
            other => panic!("{other}"),
        }
    }
    assert!(stored >= 1);
    assert_eq!(files(&bed).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_whose_caller_leaves_is_noted_once_and_its_key_known() {
    let bed = Bed::new().await;
    let secret = token(&bed, &[Scope::SignalsWrite]).await;
    let rows: Vec<Value> = (0..4_000)
        .map(|n| json!({"comment": format!("Slow at {n}")}))
        .collect();
    let body = json!({"source": "s", "rows": rows});
    let notes = async || {
        let lines = audit::lines(&bed.app.ledger, 0, 100).await.expect("lines");
        let pushes = lines.iter().filter(|line| line.act.act == "signals.push");
        pushes.count()
    };
    let mut left = None;
    // She leaves after so many milliseconds: in one of them it was begun and not answered.
    for (n, after) in [2, 5, 10, 20, 40, 80].into_iter().enumerate() {
        let key = format!("left {n}");
        let before = notes().await;
        let asked = push(&bed, &secret, Some(&key), &body);
        let after = std::time::Duration::from_millis(after);
        if tokio::time::timeout(after, asked).await.is_ok() {
            continue;
        }
        for _ in 0..100 {
            if notes().await > before {
                left = Some(key.clone());
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        if left.is_some() {
            break;
        }
    }
    let key = left.expect("one was begun and left");
    let (known, stored) = (notes().await, files(&bed).len());
    let again = loop {
        let again = push(&bed, &secret, Some(&key), &body).await;
        if again.status() != StatusCode::CONFLICT {
            break again;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    assert_eq!(again.status(), StatusCode::CREATED);
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!((notes().await, files(&bed).len()), (known, stored));
}

#[tokio::test]
async fn one_bad_row_and_none_is_taken() {
    let bed = Bed::new().await;
    let secret = token(&bed, &[Scope::SignalsWrite]).await;
    for (rows, column, row) in [
        (
            json!([{"comment": "Fine"}, {"score": 3, "at": "soon"}]),
            "at",
            2,
        ),
        (json!([{"at": "2026-13-45", "score": 1}]), "at", 1),
        (json!([{"unit": "North"}]), "", 1),
        (
            json!([{"id": "x", "comment": "One"}, {"id": "x", "comment": "Two"}]),
            "id",
            2,
        ),
    ] {
        let response = push(&bed, &secret, None, &json!({"source": "s", "rows": rows})).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{rows}"
        );
        let problem = json(response).await;
        let errors = problem["errors"].as_array().expect("rows");
        assert_eq!(errors[0]["row"], row, "{problem}");
        assert!(
            errors[0]["column"]
                .as_str()
                .is_some_and(|found| column.is_empty() || found == column),
            "{problem}"
        );
        assert!(
            errors[0]["reason"]
                .as_str()
                .is_some_and(|reason| !reason.is_empty())
        );
    }
    assert!(files(&bed).is_empty());
}

#[tokio::test]
async fn what_cannot_be_meant_is_said() {
    let bed = Bed::new().await;
    let secret = token(&bed, &[Scope::SignalsWrite]).await;
    let send = async |kind: &str, body: &str| {
        let headers = [("content-type", kind)];
        bed.send(request(
            Method::POST,
            "/api/v1/signals",
            &secret,
            &headers,
            body,
        ))
        .await
    };
    let json = "application/json";
    for (kind, body, status) in [
        ("text/plain", "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (json, "{", StatusCode::BAD_REQUEST),
        (json, "\u{0}", StatusCode::BAD_REQUEST),
        (json, "{}", StatusCode::UNPROCESSABLE_ENTITY),
        (
            json,
            r#"{"source":"s","rows":[]}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json,
            r#"{"source":" ","rows":[{"score":1}]}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json,
            r#"{"source":"s","rows":[{"score":1,"name":"Ann"}]}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json,
            r#"{"source":"s","rows":[{"score":"=1+1"}]}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json,
            r#"{"source":"s","rows":[{"score":1e308}]}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            json,
            r#"{"source":"s","rows":[{"comment":"a\u0000b"}]}"#,
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
    ] {
        let response = send(kind, body).await;
        assert_eq!(response.status(), status, "{body}");
        let said = self::json(response).await.to_string();
        assert!(
            !said.contains(".push-") && !said.contains("jsonl"),
            "{said}"
        );
    }
    let big = format!(
        r#"{{"source":"s","rows":[{{"comment":"{}"}}]}}"#,
        "x".repeat(9 << 20)
    );
    let response = send(json, &big).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let key = "k".repeat(256);
    let response = push(&bed, &secret, Some(&key), &batch("Slow")).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(files(&bed).is_empty());
}

#[tokio::test]
async fn the_committed_description_is_the_generated_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let generated = throughline_server::document()
        .to_pretty_json()
        .expect("JSON")
        + "\n";
    if std::env::var("THROUGHLINE_WRITE").is_ok() {
        std::fs::write(path, &generated).expect("it is written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == generated,
        "docs/openapi.json isn't what the handlers say: run this test with THROUGHLINE_WRITE=1"
    );
    let bed = Bed::new().await;
    let served: Value = json(bed.get("/api/v1/openapi.json").await).await;
    assert_eq!(
        served,
        serde_json::from_str::<Value>(&committed).expect("JSON")
    );
    // Every route of the API is described, and each says which scope it takes.
    for rule in throughline_server::access::TABLE {
        if let throughline_server::access::Access::Token(scope) = rule.access
            && rule.path.starts_with("/api/")
        {
            let method = rule.method.as_str().to_lowercase();
            let operation = &served["paths"][rule.path][&method];
            assert_eq!(
                operation["security"][0]["token"][0],
                scope.name(),
                "{}",
                rule.path
            );
        }
    }
}

#[tokio::test]
async fn rounds_are_told_without_who_answered() {
    let bed = Bed::new().await;
    let round = crate::bed::open_round(&bed.app.ledger, 40).await;
    let secret = token(&bed, &[Scope::RoundsRead]).await;
    let all = json(get(&bed, "/api/v1/rounds", &secret).await).await;
    assert_eq!(all[0]["id"], round.to_string());
    assert_eq!(all[0]["state"], "open");
    let path = format!("/api/v1/rounds/{round}/progress");
    let progress = json(get(&bed, &path, &secret).await).await;
    let units = progress["units"].as_array().expect("units");
    assert!(!units.is_empty());
    // Nobody answered; that isn't said either.
    for unit in units {
        assert_eq!(unit["percent"], 10, "{progress}");
    }
    let both = token(&bed, &[Scope::RoundsRead, Scope::BriefsRead]).await;
    for path in [
        "/api/v1/rounds/nothing",
        "/api/v1/rounds/00000000-0000-0000-0000-000000000000/progress",
        "/api/v1/briefs/nothing",
        "/api/v1/briefs/00000000-0000-0000-0000-000000000000",
    ] {
        let response = get(&bed, path, &both).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn an_owner_makes_sees_and_revokes_tokens() {
    let bed = Bed::new().await;
    let owner = bed.signed_in(AccountRole::Owner).await;
    let page = text(
        owner
            .post(
                "/tokens",
                "name=crm&scope=signals%3Awrite&scope=rounds%3Aread&days=90",
            )
            .await,
    )
    .await;
    let at = page.find("tl_").expect("the token is shown");
    let secret: String = page[at..]
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    assert_eq!(
        push(&bed, &secret, None, &batch("Slow")).await.status(),
        StatusCode::CREATED
    );
    let page = text(owner.get("/tokens").await).await;
    assert!(page.contains("crm") && !page.contains(&secret));
    let id = page
        .split("/tokens/")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect("an id");
    let careless = owner.post(&format!("/tokens/{id}/revoke"), "").await;
    assert_eq!(careless.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        push(&bed, &secret, None, &batch("Slow")).await.status(),
        StatusCode::CREATED
    );
    let gone = owner
        .post(&format!("/tokens/{id}/revoke"), "sure=yes")
        .await;
    assert_eq!(gone.status(), StatusCode::SEE_OTHER);
    assert_eq!(
        push(&bed, &secret, None, &batch("Slow")).await.status(),
        StatusCode::UNAUTHORIZED
    );
    for form in [
        "name=&scope=signals%3Awrite",
        "name=x",
        "name=x&scope=all",
        "name=x&scope=rounds%3Aread&days=1",
    ] {
        assert_eq!(
            owner.post("/tokens", form).await.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{form}"
        );
    }
}
