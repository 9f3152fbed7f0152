//! The writer when the disk is full and when the database goes away: what fails is told so and
//! leaves nothing, what was acknowledged is there once, and afterwards it goes on.

use crate::bed::{on_each, open_at};
use sea_orm::{ConnectionTrait, Database};
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::Duration;
use throughline_ledger::audit::{Act, Verdict, lines, note, verify};
use throughline_ledger::{Ledger, Where};

/// Writes `count` lines at the same time; the names of those that were acknowledged, and what the
/// others were told.
async fn written(ledger: &Ledger, wave: &str, count: usize) -> (Vec<String>, Vec<String>) {
    let one = |n: usize| async move {
        let name = format!("{wave} {n}");
        let act = Act::new("a", "b.c", name.clone()).detail("x".repeat(2_000));
        note(ledger, act)
            .await
            .map(|()| name)
            .map_err(|e| e.to_string())
    };
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    for told in futures::future::join_all((0..count).map(one)).await {
        match told {
            Ok(name) => kept.push(name),
            Err(why) => refused.push(why),
        }
    }
    (kept, refused)
}

/// Every acknowledged line is there exactly once, none twice, and the chain is whole.
async fn check(ledger: &Ledger, acknowledged: &[String]) -> usize {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for line in lines(ledger, 0, 100_000).await.expect("it can be read") {
        *found.entry(line.act.subject).or_default() += 1;
    }
    for name in acknowledged {
        assert_eq!(found.get(name), Some(&1), "{name}");
    }
    assert!(found.values().all(|times| *times == 1), "{found:?}");
    let verdict = verify(ledger).await.expect("it can be read");
    assert!(matches!(verdict, Verdict::Whole { .. }), "{verdict:?}");
    found.len()
}

/// A file system that is soon full. Unmounts when it goes.
pub struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    pub fn new(size: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !mounted {
            assert!(
                std::env::var("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_err(),
                "a small tmpfs can't be mounted here (it needs root)"
            );
            eprintln!("skipped: a small tmpfs can't be mounted here (it needs root)");
            return None;
        }
        Some(Self(folder))
    }

    pub fn path(&self) -> &std::path::Path {
        self.0.path()
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[tokio::test]
async fn a_full_disk_is_said_leaves_nothing_and_passes() {
    let Some(disk) = SmallDisk::new("4m") else {
        return;
    };
    let place = Where::File(disk.path().join("throughline.db"));
    let ledger = Ledger::open(&place).await.expect("it opens");
    let (mut acknowledged, mut refused) = (Vec::new(), Vec::new());
    for wave in 0..40 {
        let (kept, told) = written(&ledger, &format!("filling {wave}"), 60).await;
        acknowledged.extend(kept);
        refused.extend(told);
        if refused.len() > 300 {
            break;
        }
    }
    assert!(!acknowledged.is_empty() && !refused.is_empty());
    for why in &refused {
        assert!(why.contains("full") && why.contains("hint:"), "{why}");
    }
    assert_eq!(check(&ledger, &acknowledged).await, acknowledged.len());

    let roomier = Command::new("mount")
        .args(["-o", "remount,size=64m"])
        .arg(disk.path())
        .status();
    assert!(roomier.is_ok_and(|status| status.success()));
    let (kept, told) = written(&ledger, "after", 200).await;
    assert!(told.is_empty(), "{told:?}");
    acknowledged.extend(kept);
    assert_eq!(check(&ledger, &acknowledged).await, acknowledged.len());
}

#[test]
fn a_database_that_goes_away_and_comes_back() {
    on_each(async |bed| {
        let (mut acknowledged, refused) = written(&bed.ledger, "before", 50).await;
        assert!(refused.is_empty(), "{refused:?}");
        let (kept, refused) = match &bed.place {
            Where::File(path) => {
                let other = Database::connect(format!("sqlite://{}", path.display()))
                    .await
                    .expect("it opens");
                let lock = other.get_sqlite_connection_pool();
                let mut lock = lock.acquire().await.expect("a connection");
                run(&mut lock, "BEGIN IMMEDIATE").await;
                let told = written(&bed.ledger, "during", 50).await;
                run(&mut lock, "ROLLBACK").await;
                assert!(told.0.is_empty(), "it was locked");
                told
            }
            Where::Postgres(address) => {
                let other = Database::connect(address).await.expect("it opens");
                let (mut kept, mut refused) = (Vec::new(), Vec::new());
                for wave in 0..40 {
                    let name = format!("during {wave}");
                    let cut = async {
                        tokio::time::sleep(Duration::from_millis(wave % 9)).await;
                        other
                            .execute_unprepared(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
                            )
                            .await
                            .expect("connections can be ended");
                    };
                    let (told, ()) = tokio::join!(written(&bed.ledger, &name, 50), cut);
                    kept.extend(told.0);
                    refused.extend(told.1);
                }
                (kept, refused)
            }
        };
        assert!(!refused.is_empty(), "nothing was cut");
        for why in &refused {
            assert!(why.contains("hint:"), "{why}");
        }
        acknowledged.extend(kept);
        check(&bed.ledger, &acknowledged).await;
        let (kept, refused) = written(&bed.ledger, "after", 200).await;
        assert!(refused.is_empty(), "{refused:?}");
        acknowledged.extend(kept);
        check(&bed.ledger, &acknowledged).await;
    });
}

async fn run(connection: &mut sea_orm::sqlx::SqliteConnection, sql: &'static str) {
    use sea_orm::sqlx::Executor;
    connection.execute(sql).await.expect("it runs");
}

#[test]
fn two_programs_write_to_the_same_ledger() {
    on_each(async |bed| {
        let second = open_at(&bed.place).await;
        let ((mut one, refused), (other, also_refused)) = tokio::join!(
            written(&bed.ledger, "one", 300),
            written(&second, "other", 300)
        );
        assert!(
            refused.is_empty() && also_refused.is_empty(),
            "{refused:?} {also_refused:?}"
        );
        one.extend(other);
        assert_eq!(check(&bed.ledger, &one).await, 600);
    });
}
