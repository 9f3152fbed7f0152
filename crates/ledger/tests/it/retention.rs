//! What is kept goes when its time is over, from backups too, and not before.

use crate::bed::{Bed, fresh, on_each, places};
use crate::full::{fill, round, run as sql};
use chrono::{DateTime, Duration, Utc};
use std::path::Path;
use throughline_ledger::Where;
use throughline_ledger::audit::{Act, Verdict, note, verify};
use throughline_ledger::backup::make;
use throughline_ledger::releases;
use throughline_ledger::retention::{Asked, Folders, clocks, run, set};

const CLOSE: &str = "UPDATE round SET state = 'closed', closed_on = {d1}, secret = NULL";

fn day(text: &str) -> DateTime<Utc> {
    format!("{text}T09:00:00Z").parse().expect("a day")
}

/// Backups in this folder, briefs in one within it.
fn folders(backups: &Path) -> Folders {
    Folders {
        backups: backups.to_owned(),
        briefs: backups.join("briefs"),
    }
}

/// What goes on a day, as `set: count`.
async fn gone(bed: &Bed, backups: &Path, on: &str) -> Vec<String> {
    run(&bed.ledger, &folders(backups), day(on), Asked::ByAPerson)
        .await
        .expect("it runs")
        .into_iter()
        .map(|(set, count)| format!("{set}: {count}"))
        .collect()
}

#[test]
fn each_set_goes_by_its_own_clock() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        fill(&bed.ledger, &bed.place).await;
        set(&bed.ledger, "backups", 3_650, "owner")
            .await
            .expect("it is set");
        let backup = folder.path().join("one.jsonl.gz");
        // An open round's words stay, however old the round is.
        assert_eq!(gone(&bed, folder.path(), "2026-11-21").await, [""; 0]);
        assert_eq!(
            gone(&bed, folder.path(), "2026-11-28").await,
            ["requests: 3"]
        );
        assert_eq!(
            gone(&bed, folder.path(), "2027-01-10").await,
            ["sessions: 2"]
        );
        sql(&bed.place, CLOSE).await;
        make(&bed.ledger, &backup, day("2027-01-11"))
            .await
            .expect("a backup");
        // The round's terms say 100 days; it closed on 20 November. Its last day is still in.
        assert_eq!(gone(&bed, folder.path(), "2027-02-28").await, [""; 0]);
        assert!(backup.exists());
        assert_eq!(
            gone(&bed, folder.path(), "2027-03-01").await,
            ["words: 5", "backups: 1"]
        );
        assert!(!backup.exists());
        assert_eq!(gone(&bed, folder.path(), "2027-03-02").await, [""; 0]);
        make(&bed.ledger, &backup, day("2027-03-02"))
            .await
            .expect("a backup");
        assert_eq!(
            gone(&bed, folder.path(), "2027-05-20").await,
            ["invitations: 3", "people: 1"]
        );
        assert_eq!(gone(&bed, folder.path(), "2028-11-20").await, ["votes: 1"]);
        assert!(backup.exists(), "no words are in it");
    });
}

#[test]
fn words_that_went_are_not_in_the_file_any_more() {
    on_each(async |bed| {
        let Where::File(path) = &bed.place else {
            return;
        };
        let folder = tempfile::tempdir().expect("a folder");
        fill(&bed.ledger, &bed.place).await;
        sql(&bed.place, CLOSE).await;
        let holds = || {
            let wal = path.with_extension("db-wal");
            let bytes = [path, &wal].map(|path| std::fs::read(path).unwrap_or_default());
            bytes
                .concat()
                .windows(16)
                .any(|at| at == b"a second counter")
        };
        assert!(holds());
        gone(&bed, folder.path(), "2027-03-01").await;
        assert!(!holds());
    });
}

#[test]
fn the_audit_log_is_never_purged_whole_nor_cut_unsaid() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        fill(&bed.ledger, &bed.place).await;
        let now = Utc::now();
        set(&bed.ledger, "audit", 30, "owner")
            .await
            .expect("it is set");
        let later = now + Duration::days(31);
        // All lines are older: none is the first that is kept, so all stay.
        let went = run(
            &bed.ledger,
            &folders(folder.path()),
            later,
            Asked::ByAPerson,
        )
        .await;
        assert!(
            went.expect("it runs")
                .iter()
                .all(|(set, _)| *set != "audit")
        );
        let whole = async || verify(&bed.ledger).await.expect("it can be read");
        let before = whole().await;
        assert!(matches!(before, Verdict::Whole { .. }), "{before:?}");
        sql(&bed.place, "UPDATE audit SET seq = seq").await;
        sql(&bed.place, "DELETE FROM audit WHERE seq <= 2").await;
        let cut = whole().await;
        assert!(matches!(cut, Verdict::Broken { seq: 1, .. }), "{cut:?}");
    });
}

#[test]
fn purged_lines_are_said_and_the_rest_is_followed() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        for n in 0..6 {
            let act = Act::new("a", "b.c", n.to_string());
            note(&bed.ledger, act).await.expect("a line");
            if n == 2 {
                tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
            }
        }
        let lines = throughline_ledger::audit::lines(&bed.ledger, 0, 10)
            .await
            .expect("lines");
        let first_kept = lines.iter().find(|line| line.seq == 4).expect("a line").at;
        set(&bed.ledger, "audit", 30, "owner")
            .await
            .expect("it is set");
        let on = first_kept + Duration::days(30) - Duration::milliseconds(700);
        let went = run(&bed.ledger, &folders(folder.path()), on, Asked::ByAPerson)
            .await
            .expect("it runs");
        assert_eq!(went, [("audit", 3)]);
        let verdict = verify(&bed.ledger).await.expect("it can be read");
        // Three that were kept, the setting, the purge.
        assert!(
            matches!(verdict, Verdict::Whole { lines: 5, .. }),
            "{verdict:?}"
        );
        sql(&bed.place, "DELETE FROM audit WHERE seq = 4").await;
        let verdict = verify(&bed.ledger).await.expect("it can be read");
        assert!(matches!(verdict, Verdict::Broken { .. }), "{verdict:?}");
    });
}

#[test]
fn a_backup_with_the_secret_of_a_closed_round_goes_when_there_is_a_newer_one() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        fill(&bed.ledger, &bed.place).await;
        let (old, new) = (
            folder.path().join("a.jsonl.gz"),
            folder.path().join("b.jsonl.gz"),
        );
        make(&bed.ledger, &old, day("2026-11-20"))
            .await
            .expect("a backup");
        sql(&bed.place, CLOSE).await;
        assert!(
            !gone(&bed, folder.path(), "2026-11-21")
                .await
                .contains(&"backups: 1".to_owned())
        );
        make(&bed.ledger, &new, day("2026-11-21"))
            .await
            .expect("a backup");
        assert!(
            gone(&bed, folder.path(), "2026-11-21")
                .await
                .contains(&"backups: 1".to_owned())
        );
        assert!(!old.exists() && new.exists());
        // Older than 35 days, and the newest: it stays until there is another.
        assert!(
            !gone(&bed, folder.path(), "2027-01-05")
                .await
                .contains(&"backups: 1".to_owned())
        );
        let newer = folder.path().join("c.jsonl.gz");
        make(&bed.ledger, &newer, day("2027-01-05"))
            .await
            .expect("a backup");
        assert!(
            gone(&bed, folder.path(), "2027-01-05")
                .await
                .contains(&"backups: 1".to_owned())
        );
        assert!(!new.exists() && newer.exists());
    });
}

#[test]
fn an_empty_ledger_lets_no_backup_go() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        fill(&bed.ledger, &bed.place).await;
        let (one, other) = (
            folder.path().join("a.jsonl.gz"),
            folder.path().join("b.jsonl.gz"),
        );
        make(&bed.ledger, &one, day("2026-11-19"))
            .await
            .expect("a backup");
        make(&bed.ledger, &other, day("2026-11-20"))
            .await
            .expect("a backup");
        // The ledger was lost, and the server made another.
        for place in places().await {
            let lost = fresh(place).await;
            for asked in [Asked::ByTheClock, Asked::ByAPerson] {
                let on = day("2026-11-21");
                let went = run(&lost.ledger, &folders(folder.path()), on, asked).await;
                assert_eq!(went.expect("it runs"), []);
            }
            assert!(one.exists() && other.exists());
        }
        // The clock holds still.
        let later = gone(&bed, folder.path(), "2026-12-30").await;
        assert!(later.contains(&"backups: 1".to_owned()), "{later:?}");
        assert!(!one.exists() && other.exists());
    });
}

#[test]
fn a_brief_goes_with_the_words_that_it_quotes() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        let briefs = folder.path().join("briefs");
        fill(&bed.ledger, &bed.place).await;
        sql(&bed.place, CLOSE).await;
        let (round, other) = (round(), uuid::Uuid::new_v4());
        for round in [round, other] {
            let (brief, staged) = (
                briefs.join(round.to_string()),
                releases::staged_of(&briefs, round),
            );
            for folder in [&brief, &staged] {
                std::fs::create_dir_all(folder).expect("a folder");
                std::fs::write(folder.join("brief.json"), "a second counter").expect("a file");
            }
            std::fs::write(releases::lock_of(&briefs, round), "").expect("a file");
        }
        assert_eq!(
            gone(&bed, folder.path(), "2027-02-28").await,
            ["sessions: 2", "requests: 3"]
        );
        assert_eq!(std::fs::read_dir(&briefs).expect("a folder").count(), 6);
        assert_eq!(
            gone(&bed, folder.path(), "2027-03-01").await,
            ["words: 5", "briefs: 1"]
        );
        let left: Vec<String> = std::fs::read_dir(&briefs)
            .expect("a folder")
            .map(|entry| entry.expect("one").file_name().to_string_lossy().into())
            .collect();
        assert_eq!(left.len(), 3, "{left:?}");
        assert!(left.iter().all(|name| name.contains(&other.to_string())));
        let release = releases::of_round(&bed.ledger, round).await;
        let release = release.expect("it can be read").expect("it is on record");
        assert!(!release.brief.is_empty(), "the hash of what was released");
    });
}

#[test]
fn a_file_that_is_no_backup_any_more_goes_by_its_date() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.jsonl.gz");
        std::fs::write(&file, "cut off").expect("a file");
        let went = async |days: i64| {
            let on = Utc::now() + Duration::days(days);
            run(&bed.ledger, &folders(folder.path()), on, Asked::ByAPerson)
                .await
                .expect("it runs")
        };
        assert_eq!(went(34).await, []);
        assert_eq!(went(36).await, [("backups", 1)]);
        assert!(!file.exists());
    });
}

#[test]
fn a_clock_that_jumps_takes_nothing() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        fill(&bed.ledger, &bed.place).await;
        let by_the_clock = async |days: i64| {
            let on = Utc::now() + Duration::days(days);
            run(&bed.ledger, &folders(folder.path()), on, Asked::ByTheClock).await
        };
        for days in [36, 2_000] {
            let said = by_the_clock(days).await.expect_err("it is doubted");
            let said = said.to_string();
            assert!(
                said.contains("the clock says") && said.contains("hint:"),
                "{said}"
            );
        }
        // Nobody does anything for months, and the server looks every day: that is no jump.
        for days in [20, 40, 60, 80] {
            by_the_clock(days).await.expect("it runs");
        }
        // A person says that the date is right: from then on it is.
        assert!(by_the_clock(200).await.is_err());
        let on = Utc::now() + Duration::days(200);
        run(&bed.ledger, &folders(folder.path()), on, Asked::ByAPerson)
            .await
            .expect("it runs");
        by_the_clock(201).await.expect("it runs");
    });
}

#[test]
fn what_somebody_does_after_a_jump_is_no_proof_of_the_clock() {
    on_each(async |bed| {
        let folder = tempfile::tempdir().expect("a folder");
        let by_the_clock = async |on: DateTime<Utc>| {
            run(&bed.ledger, &folders(folder.path()), on, Asked::ByTheClock).await
        };
        // The last run was years ago, by the clock that is wrong now; somebody signed in since.
        let long_ago = Utc::now() - Duration::days(2_000);
        by_the_clock(long_ago).await.expect("it runs");
        note(&bed.ledger, Act::new("a", "b.c", "d"))
            .await
            .expect("a line");
        by_the_clock(Utc::now()).await.expect_err("it is doubted");
    });
}

#[test]
fn clocks_are_set_and_nonsense_is_refused() {
    on_each(async |bed| {
        for (name, days) in [
            ("words", 3),
            ("nothing", 3),
            ("votes", 40_000),
            ("people", 3),
        ] {
            let refused = set(&bed.ledger, name, days, "owner")
                .await
                .expect_err("refused");
            assert!(refused.to_string().contains("hint:"), "{refused}");
        }
        set(&bed.ledger, "votes", 12, "owner")
            .await
            .expect("it is set");
        let votes = clocks(&bed.ledger).await.expect("clocks");
        assert!(
            votes
                .iter()
                .any(|clock| clock.set == "votes" && clock.days == Some(12))
        );
    });
}
