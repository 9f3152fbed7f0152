//! A backup holds one moment of everything; a restore brings all of it or nothing, to either
//! database.

use crate::bed::{Bed, fresh, on_each, places};
use crate::full::{fill, round, run};
use crate::writer::SmallDisk;
use chrono::{DateTime, Utc};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use throughline_ledger::Where;
use throughline_ledger::audit::{Act, Verdict, note, verify};
use throughline_ledger::backup::{look, make};
use throughline_ledger::ballot_box::settle;
use throughline_ledger::restore::restore;

fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().expect("a time")
}

fn lines(path: &Path) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(std::fs::File::open(path).expect("it is there"))
        .read_to_string(&mut text)
        .expect("it can be read");
    text.lines().map(str::to_owned).collect()
}

/// What a compressed file holds; `None` where it can't be read.
fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut held = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut held).ok()?;
    Some(held)
}

/// Without what differs from one backup to the next: the head, the audit log, the sums.
fn rows(path: &Path) -> Vec<String> {
    let lines = lines(path);
    let audit = lines
        .iter()
        .position(|line| line.starts_with("{\"table\":\"audit\""))
        .expect("an audit log");
    let after = audit
        + 1
        + lines[audit + 1..]
            .iter()
            .position(|line| line.starts_with('{'))
            .expect("more tables");
    let end = lines.len() - 2;
    [&lines[1..audit], &lines[after..end]].concat()
}

/// Writes lines as a backup whose sums are right.
fn forged(path: &Path, lines: &[String]) {
    let mut manifest: serde_json::Value =
        serde_json::from_str(&lines[lines.len() - 2]).expect("a manifest");
    let mut body = lines[..lines.len() - 2].to_vec();
    let mut at = 0;
    for sum in manifest["tables"].as_array_mut().expect("tables") {
        while !body[at].starts_with(&format!("{{\"table\":{}", sum["table"])) {
            at += 1;
        }
        let mut hasher = Sha256::new();
        let rows: Vec<&String> = body[at + 1..]
            .iter()
            .take_while(|line| line.starts_with('['))
            .collect();
        rows.iter()
            .for_each(|row| hasher.update(format!("{row}\n")));
        sum["rows"] = rows.len().into();
        sum["sha256"] = hex::encode(hasher.finalize()).into();
    }
    body.push(manifest.to_string());
    let mut hasher = Sha256::new();
    body.iter()
        .for_each(|line| hasher.update(format!("{line}\n")));
    body.push(format!(
        "{{\"sha256\":\"{}\"}}",
        hex::encode(hasher.finalize())
    ));
    let mut out = GzEncoder::new(
        std::fs::File::create(path).expect("a file"),
        Compression::fast(),
    );
    for line in body {
        writeln!(out, "{line}").expect("it can be written");
    }
    out.finish().expect("it can be written");
}

async fn full(bed: &Bed, folder: &Path) -> PathBuf {
    fill(&bed.ledger, &bed.place).await;
    let path = folder.join("one.jsonl.gz");
    make(&bed.ledger, &path, now())
        .await
        .expect("a backup is made");
    path
}

#[test]
fn everything_comes_back_on_either_database() {
    let ways = std::cell::RefCell::new(Vec::new());
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        let first = full(&bed, folder.path()).await;
        assert_eq!(look(&first).expect("a head").words_of, [round()]);
        for place in places().await {
            let target = fresh(place).await;
            let restored = restore(&target.ledger, &first).await.expect("it restores");
            assert!(matches!(restored.audit, Verdict::Whole { lines: 5, .. }));
            let second = folder
                .path()
                .join(format!("{}.jsonl.gz", uuid::Uuid::new_v4()));
            let made = make(&target.ledger, &second, now())
                .await
                .expect("a backup");
            assert_eq!(made.rows, restored.rows + 1);
            assert_eq!(rows(&first), rows(&second));
            ways.borrow_mut().push(rows(&first));
            let verdict = verify(&target.ledger).await.expect("it can be read");
            assert!(
                matches!(verdict, Verdict::Whole { lines: 6, .. }),
                "{verdict:?}"
            );
            note(&target.ledger, Act::new("a", "b.c", "d"))
                .await
                .expect("it goes on");
            let again = restore(&target.ledger, &first)
                .await
                .expect_err("it isn't empty");
            assert!(again.to_string().contains("isn't empty"), "{again}");
        }
    });
    let ways = ways.into_inner();
    assert!(
        ways.iter().all(|rows| rows == &ways[0]),
        "both databases say the same"
    );
    assert!(
        ways[0].len() > 50
            && ways[0]
                .iter()
                .any(|row| row.contains("0.30000000000000004"))
    );
}

/// Rows beside the audit log.
const OTHERS: u64 = 10_000;

#[test]
fn the_writer_goes_on_while_a_backup_is_made() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("one.jsonl.gz");
        // So many rows that it takes a while.
        for thousand in 0..OTHERS / 1_000 {
            let rows: Vec<String> = (0..1_000)
                .map(|n| format!("('setting {thousand} {n}', '\"{}\"')", "x".repeat(500)))
                .collect();
            let sql = format!("INSERT INTO setting VALUES {};", rows.join(", "));
            run(&bed.place, &sql).await;
        }
        let ready = std::sync::atomic::AtomicBool::new(false);
        let is_ready = || ready.load(std::sync::atomic::Ordering::Acquire);
        let (ledger, to) = (bed.ledger.clone(), path.clone());
        let making = tokio::spawn(async move { make(&ledger, &to, now()).await });
        let backup = async {
            let made = making.await.expect("it ends");
            ready.store(true, std::sync::atomic::Ordering::Release);
            made
        };
        // One after the other, so that those are counted that came through meanwhile.
        let writing = async {
            let mut meanwhile = 0;
            while !is_ready() {
                let act = Act::new("a", "b.c", "meanwhile");
                note(&bed.ledger, act).await.expect("a line");
                meanwhile += usize::from(!is_ready());
                tokio::task::yield_now().await;
            }
            meanwhile
        };
        let settling = async {
            while !is_ready() {
                settle(&bed.ledger).await.expect("it settles");
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        };
        let (made, meanwhile, ()) = tokio::join!(backup, writing, settling);
        assert!(meanwhile > 0, "nothing came through while it was made");
        let made = made.expect("a backup is made");
        let whole = |lines: u64| lines + OTHERS == made.rows;
        assert!(matches!(made.audit, Verdict::Whole { lines, .. } if whole(lines)));
        let target = fresh(places().await.remove(0)).await;
        let restored = restore(&target.ledger, &path).await.expect("it restores");
        assert_eq!(restored.rows, made.rows);
    });
}

#[test]
fn what_is_damaged_cut_off_or_newer_is_refused_and_changes_nothing() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = full(&bed, folder.path()).await;
        let bytes = std::fs::read(&whole).expect("it can be read");
        let target = fresh(places().await.pop().expect("a place")).await;
        let bad = folder.path().join("bad.jsonl.gz");
        let refused = async |words: &[&str]| {
            let error = restore(&target.ledger, &bad)
                .await
                .expect_err("it is refused");
            let error = error.to_string();
            for word in words.iter().chain(&["hint:"]) {
                assert!(error.contains(word), "no `{word}` in: {error}");
            }
        };
        for at in (10..bytes.len() - 8).step_by(bytes.len() / 60) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 0x10;
            // Another distance to the same words, or a bit that fills up a byte: no harm is done.
            if unpacked(&flipped) != unpacked(&bytes) {
                std::fs::write(&bad, flipped).expect("a file");
                refused(&["bad.jsonl.gz"]).await;
            }
            std::fs::write(&bad, &bytes[..at]).expect("a file");
            refused(&["bad.jsonl.gz"]).await;
        }
        std::fs::write(&bad, [&bytes[..], b"more"].concat()).expect("a file");
        refused(&["bad.jsonl.gz"]).await;
        for other in ["", "hello\n", "{\"a\":1}\n"] {
            std::fs::write(&bad, other).expect("a file");
            refused(&["no backup of Throughline"]).await;
        }
        let lines = lines(&whole);
        let change = |from: &str, to: &str| -> Vec<String> {
            let changed: Vec<String> = lines.iter().map(|line| line.replace(from, to)).collect();
            assert_ne!(changed, lines, "{from}");
            changed
        };
        // Forged with the right sums: what still can't be.
        let steps = "\"schema\":[";
        for (changed, words) in [
            (
                change(steps, "\"schema\":[\"m9999_later\","),
                "newer version",
            ),
            (change("backup\":1", "backup\":2"), "newer version"),
            (
                change("{\"table\":\"lever_idea\"", "{\"table\":\"secrets\""),
                "damaged",
            ),
            (change("\"tenths\"", "\"tenths\\\" = 1; --\""), "columns"),
            (change("\"round 3\"", "\"round 4\""), "audit log"),
            (
                change(
                    ",\"E2\",null,\"00000000-0000-0000-0000-000000000001\"",
                    ",\"E2\",null,\"00000000-0000-0000-0000-0000000000aa\"",
                ),
                "isn't there",
            ),
            (change("\"E1\"", "\"E2\""), "there already"),
            (
                change("\"0.30000000000000004\"", "\"much\""),
                "another kind",
            ),
        ] {
            forged(&bad, &changed);
            refused(&[words]).await;
        }
        forged(&bad, &lines);
        restore(&target.ledger, &bad)
            .await
            .expect("nothing had been changed");
    });
}

#[test]
fn an_answer_or_a_mark_of_a_cell_that_is_not_there_is_refused() {
    on_each(async |bed| {
        // SQLite keeps marks from going astray by itself.
        let tables = match bed.place {
            Where::Postgres(_) => ["inbox", "used"].as_slice(),
            Where::File(_) => &["inbox"],
        };
        fill(&bed.ledger, &bed.place).await;
        for table in tables {
            run(&bed.place, &format!("UPDATE {table} SET cell_id = {{u20}}")).await;
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("one.jsonl.gz");
            make(&bed.ledger, &path, now())
                .await
                .expect("a backup is made");
            let target = fresh(places().await.remove(0)).await;
            let error = restore(&target.ledger, &path).await.expect_err("refused");
            let error = error.to_string();
            let named = format!("`{table}`");
            assert!(
                error.contains(&named) && error.contains("isn't there"),
                "{error}"
            );
            run(&bed.place, &format!("UPDATE {table} SET cell_id = {{u11}}")).await;
        }
    });
}

#[test]
fn a_log_that_was_broken_before_is_restored_as_it_was() {
    on_each(async |bed| {
        fill(&bed.ledger, &bed.place).await;
        run(&bed.place, "UPDATE audit SET who = 'another' WHERE seq = 2").await;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("one.jsonl.gz");
        let made = make(&bed.ledger, &path, now())
            .await
            .expect("a backup is made");
        assert!(matches!(made.audit, Verdict::Broken { seq: 2, .. }));
        let target = fresh(places().await.remove(0)).await;
        let restored = restore(&target.ledger, &path).await.expect("it restores");
        assert!(matches!(restored.audit, Verdict::Broken { seq: 2, .. }));
    });
}

#[test]
fn a_backup_that_fails_leaves_nothing() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        let path = full(&bed, folder.path()).await;
        let again = make(&bed.ledger, &path, now())
            .await
            .expect_err("it is there");
        assert!(again.to_string().contains("already"), "{again}");
        for n in 0..300 {
            let act = Act::new("a", "b.c", uuid::Uuid::new_v4().to_string());
            let detail: String = (0..40).map(|_| uuid::Uuid::new_v4().to_string()).collect();
            note(&bed.ledger, act.detail(format!("{n}{detail}")))
                .await
                .expect("a line");
        }
        let Some(disk) = SmallDisk::new("100k") else {
            return;
        };
        let small = disk.path().join("backups/two.jsonl.gz");
        let full = make(&bed.ledger, &small, now())
            .await
            .expect_err("it is full");
        assert!(full.to_string().contains("hint:"), "{full}");
        let left = std::fs::read_dir(disk.path().join("backups"))
            .expect("a folder")
            .count();
        assert_eq!(left, 0);
    });
}
