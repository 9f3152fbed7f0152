//! A ledger with a row or two in every table, odd values among them.

use sea_orm::{ConnectionTrait, Database};
use throughline_ledger::audit::{Act, note};
use throughline_ledger::{Ledger, Where};

const ROWS: &str = r#"
INSERT INTO unit VALUES ({u9}, 'all', NULL, '["Everyone","\"quoted\""]');
INSERT INTO unit VALUES ({u1}, 'north', {u9}, '[]');
INSERT INTO role VALUES ({u2}, 'nurse', 'Nurse');
INSERT INTO edge VALUES ({u3}, {u2}, NULL, 'stage one', 0.30000000000000004);
INSERT INTO person VALUES ({u8}, 'E1', 'boss@example.org', {u9}, NULL, NULL, 'en', true);
INSERT INTO person VALUES ({u4}, 'E2', NULL, {u1}, {u2}, {u8}, NULL, false);
INSERT INTO account VALUES ({u5}, 'owner@example.org', 'owner', NULL, NULL, {t1}, false);
INSERT INTO login_link VALUES ({b1}, {u5}, {t2});
INSERT INTO session VALUES ({b2}, {u5}, '{"account":null,"deep":{"b":[1,2.5,"x"],"a":true}}', {t2});
INSERT INTO token VALUES ({u6}, {b3}, 'feed', '["signals"]', {u5}, {t1}, NULL);
INSERT INTO idempotency VALUES ({u6}, 'ß', {b4}, 201, 'body', {t1});
INSERT INTO idempotency VALUES ({u6}, 'a', {b4}, 201, '', {t1});
INSERT INTO idempotency VALUES ({u6}, 'B', {b4}, 201, 'line
break', {t1});
INSERT INTO setting VALUES ('company', '"Ärzte & Söhne"');
INSERT INTO setting VALUES ('Zero', 'null');
INSERT INTO round VALUES ({u10}, 'Spring', 'open', {d1}, NULL, '["en"]', '{}', '{}', '{"minimum_group":5,"minimum_comments":10,"keep_words_days":100,"code_with_attributes":false,"ask_enps":false}', 'call 112', '', '{"north":"all"}', {b5}, {d1}, NULL, NULL, NULL, 'pairs');
INSERT INTO cell VALUES ({u11}, {u10}, {u1}, NULL, 12);
INSERT INTO member VALUES ({u10}, {u4}, {u1}, {u2}, {u11}, 'en', 'link');
INSERT INTO letter VALUES ({u10}, 1, {u4}, 'sent', 'answer');
INSERT INTO slip VALUES ({b6}, {u10}, {u11});
INSERT INTO used VALUES ({u10}, 'answer', {b7}, {u11});
INSERT INTO used VALUES ({u10}, 'Votes', {b7}, {u11});
INSERT INTO inbox VALUES ({u12}, {u10}, 'answer', {u11}, NULL, '{"idea":"waits 😀"}');
INSERT INTO answer VALUES ({u13}, {u10}, {u11}, {b8}, 'a second counter' , NULL, 5, NULL, true);
INSERT INTO answer VALUES ({u14}, {u10}, {u11}, NULL, NULL, '👩‍👩‍👧 {rtl}"<b>"', NULL, 0, false);
INSERT INTO idea VALUES ({u16}, {u10}, {u13}, 'shown', 'a second counter', NULL, NULL);
INSERT INTO idea VALUES ({u15}, {u10}, {u14}, 'merged', NULL, {u16}, 'the same');
INSERT INTO vote VALUES ({u17}, {u10}, {u18}, 'ease', {u16}, {u15}, 'one');
INSERT INTO edge_tap VALUES ({u10}, {u2}, 'till', 11);
INSERT INTO lever VALUES ({u19}, {u10}, 'Counters', 'heard', '', '', {d1});
INSERT INTO lever_idea VALUES ({u19}, {u16});
INSERT INTO progress VALUES ({u10}, {d1}, {u1}, 3);
INSERT INTO release VALUES ({u10}, {t1}, 'owner@example.org', 30, {b9});
"#;

/// The round's id.
pub fn round() -> uuid::Uuid {
    uuid::Uuid::from_u128(10)
}

/// Fills it.
pub async fn fill(ledger: &Ledger, place: &Where) {
    run(place, ROWS).await;
    for n in 1..=5 {
        let act = Act::new("owner@example.org", "round.open", format!("round {n}"));
        note(ledger, act.detail("terms: 5 and 10"))
            .await
            .expect("a line is written");
    }
}

/// Runs SQL past the ledger: `{u1}` is an id, `{b1}` are bytes, `{t1}` a time, `{d1}` a date.
pub async fn run(place: &Where, sql: &str) {
    let address = match place {
        Where::File(path) => format!("sqlite://{}", path.display()),
        Where::Postgres(address) => address.clone(),
    };
    let file = matches!(place, Where::File(_));
    let mut sql = sql.to_owned();
    for n in (1..=20u128).rev() {
        let id = uuid::Uuid::from_u128(n);
        let bytes = format!("{n:02x}00ff");
        let (id, bytes) = if file {
            (format!("X'{}'", id.simple()), format!("X'{bytes}'"))
        } else {
            (format!("'{id}'"), format!("'\\x{bytes}'"))
        };
        sql = sql
            .replace(&format!("{{u{n}}}"), &id)
            .replace(&format!("{{b{n}}}"), &bytes);
    }
    sql = sql
        .replace("{t1}", "'2026-11-20T10:00:00.123456+00:00'")
        .replace("{t2}", "'2027-01-01T00:00:00+00:00'")
        .replace("{d1}", "'2026-11-20'")
        .replace("{rtl}", "\u{202e}\u{200b}");
    let connection = Database::connect(address).await.expect("it opens");
    connection.execute_unprepared(&sql).await.expect("it runs");
}
