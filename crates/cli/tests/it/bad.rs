//! Bad input and bad luck: said plainly, exit code 1, nothing half-written.

use crate::run::{Desk, names, program, run, small_company};
use std::process::Stdio;
use std::time::Duration;

#[track_caller]
fn refused(desk: &Desk, flags: &[&str], words: &[&str]) {
    let run = desk.brief(flags);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for word in words.iter().chain(&["hint:"]) {
        assert!(run.stderr.contains(word), "no `{word}` in: {}", run.stderr);
    }
    assert!(
        names(&desk.out()).is_empty(),
        "left behind: {:?}",
        names(&desk.out())
    );
}

#[test]
fn files_that_cannot_be_read() {
    let desk = Desk::new(&[
        ("empty.csv", ""),
        ("header.csv", "id,comment\n"),
        ("odd.csv", "a,b\n1,2\n"),
    ]);
    refused(&desk, &["--signals", "missing.csv"], &["missing.csv"]);
    refused(&desk, &["--signals", "empty.csv"], &["empty.csv"]);
    refused(&desk, &["--signals", "header.csv"], &["header.csv"]);
    refused(&desk, &["--signals", "odd.csv"], &["odd.csv", "--map"]);
    refused(
        &desk,
        &["--signals", "odd.csv", "--map", "signals.comment=text"],
        &["`text`"],
    );
    #[cfg(unix)]
    refused(&desk, &["--signals", "/dev/zero"], &["/dev/zero", "device"]);
    refused(
        &desk,
        &["--signals", "odd.csv", "--map", "nonsense"],
        &["nonsense"],
    );
}

/// What is said goes nowhere, what was asked for is there.
#[cfg(unix)]
#[test]
fn a_brief_is_written_where_nothing_can_be_said() {
    let (signals, _) = small_company();
    let desk = Desk::new(&[("signals.csv", &signals)]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    let Ok(full) = full else {
        eprintln!("skipped: no /dev/full here");
        return;
    };
    let status = program()
        .args(["brief", "--signals"])
        .arg(desk.path("signals.csv"))
        .arg("--out")
        .arg(desk.out())
        .stderr(full)
        .status()
        .expect("the program starts");
    assert_eq!(status.code(), Some(0));
    assert!(names(&desk.out()).contains(&"brief.html".to_owned()));
}

/// Every complaint comes with the worst score and every praise with the best, in too few teams for an
/// interval: nothing is left over to estimate a spread from.
#[test]
fn scores_that_follow_exactly_from_the_words_make_a_brief() {
    let kinds = [
        ("I waited two weeks for my refund", 2),
        ("No idea when the delivery comes, no delivery window", 3),
        ("The driver never saw my delivery notes", 4),
        ("My parcel went to the wrong depot, smeared label", 1),
    ];
    let mut voice = "id,at,unit,metric,score,comment\n".to_owned();
    for at in 0..360 {
        let (words, score) = match at % 2 {
            0 => ("Friendly driver, all went well", 9),
            _ => kinds[at / 2 % kinds.len()],
        };
        let (unit, month) = (at % 3, at / 28 % 3 + 7);
        voice.push_str(&format!(
            "c{at},2026-{month:02}-11,Depot {unit},nps,{score},\"{words}\"\n"
        ));
    }
    let mut ideas = "respondent,unit,idea\n".to_owned();
    let fixes = [
        "Let agents approve a refund without a manager",
        "Text the delivery window to customers",
        "Put delivery notes on the driver's handheld",
        "Replace the printers that smear the label",
    ];
    for at in 0..60 {
        ideas.push_str(&format!("e{at},Depot {},{}\n", at % 3, fixes[at % 4]));
    }
    let desk = Desk::new(&[("voice.csv", &voice), ("ideas.csv", &ideas)]);
    let run = desk.brief(&["--signals", "voice.csv", "--voice", "ideas.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(names(&desk.out()).contains(&"brief.html".to_owned()));
}

#[test]
fn strange_feedback_still_makes_a_brief() {
    let equal: String = std::iter::once("id,score,comment\n".to_owned())
        .chain((0..300).map(|at| format!("{at},5,the queue was too long\n")))
        .collect();
    let long = format!(
        "id,comment\na,{}\nb,the bill is wrong\n",
        "very slow service ".repeat(60_000)
    );
    let cases: [(&str, &str); 6] = [
        ("one.csv", "id,comment\na,I waited far too long\n"),
        ("scores.csv", "id,score\na,5\nb,6\nc,7\n"),
        ("nothing.csv", "id,comment\na,n/a\nb,-\nc,nothing\n"),
        ("equal.csv", &equal),
        ("long.csv", &long),
        (
            "quote.csv",
            "id,comment\na,\"<script>alert(1)</script> the page is broken\"\nb,=1+1\n",
        ),
    ];
    for (name, content) in cases {
        let desk = Desk::new(&[(name, content)]);
        let run = desk.brief(&["--signals", name]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let page = std::fs::read_to_string(desk.out().join("brief.html")).expect("brief.html");
        assert!(!page.contains("<script"), "{name}");
        assert!(!page.contains("NaN") && !page.contains("inf "), "{name}");
        assert!(
            !std::fs::read_to_string(desk.out().join("brief.json"))
                .expect("json")
                .contains("NaN")
        );
    }
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let desk = Desk::new(&[
        ("one.csv", "id,comment\na,too slow\n"),
        ("file", "in the way"),
    ]);
    let file = desk.path("file").display().to_string();
    let signals = desk.path("one.csv").display().to_string();
    for out in [
        file.clone(),
        format!("{file}/below"),
        "/proc/nowhere".to_owned(),
    ] {
        let run = run(&["brief", "--signals", &signals, "--out", &out]);
        assert_eq!(run.code, 1, "{out}: {}", run.stderr);
        assert!(run.stderr.contains("hint:"), "{}", run.stderr);
    }
    assert_eq!(
        std::fs::read_to_string(desk.path("file")).expect("still there"),
        "in the way"
    );
}

#[test]
fn an_earlier_brief_stays_if_the_next_one_fails() {
    let desk = Desk::new(&[
        ("one.csv", "id,comment\na,too slow\n"),
        ("odd.csv", "a,b\n1,2\n"),
    ]);
    assert_eq!(desk.brief(&["--signals", "one.csv", "--quiet"]).code, 0);
    let before = names(&desk.out());
    assert_eq!(desk.brief(&["--signals", "odd.csv", "--quiet"]).code, 1);
    assert_eq!(names(&desk.out()), before);
}

#[test]
fn a_full_disk_is_said_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mounted = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=40k", "tmpfs"])
        .arg(folder.path())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !mounted {
        eprintln!("skipped: a small tmpfs can't be mounted here");
        return;
    }
    let (signals, _) = small_company();
    let desk = Desk::new(&[("signals.csv", &signals)]);
    let out = folder.path().join("out");
    let run = run(&[
        "brief",
        "--signals",
        &desk.path("signals.csv").display().to_string(),
        "--out",
        &out.display().to_string(),
    ]);
    let left = names(folder.path());
    let _ = std::process::Command::new("umount")
        .arg(folder.path())
        .status();
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stderr.contains("hint:") && run.stderr.contains("full"),
        "{}",
        run.stderr
    );
    assert!(left.is_empty(), "{left:?}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_in_the_middle_leaves_nothing() {
    let mut rows = String::from("id,unit,score,comment\n");
    for at in 0..60_000 {
        rows.push_str(&format!(
            "{at},Branch {},{},the queue was long on day {at} and the bill of {} was wrong\n",
            at % 15,
            at % 11,
            at * 7
        ));
    }
    let desk = Desk::new(&[("many.csv", &rows)]);
    for wait_ms in [40, 400, 1500] {
        let mut child = program()
            .args(["brief", "--signals"])
            .arg(desk.path("many.csv"))
            .arg("--out")
            .arg(desk.out())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(wait_ms));
        let _ = std::process::Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status();
        let status = child.wait().expect("it ends");
        // Either it was stopped, and nothing is there; or it had finished.
        if status.success() {
            assert!(names(&desk.out()).contains(&"brief.html".to_owned()));
            std::fs::remove_dir_all(desk.out()).expect("removable");
        } else {
            assert!(
                names(&desk.out()).is_empty(),
                "after {wait_ms} ms: {:?}",
                names(&desk.out())
            );
        }
    }
}

#[test]
fn help_and_nonsense() {
    assert_eq!(run(&["--help"]).code, 0);
    assert_eq!(run(&["brief", "--help"]).code, 0);
    assert!(run(&["--version"]).stdout.contains("throughline"));
    assert_eq!(run(&["nonsense"]).code, 1);
    assert_eq!(run(&["brief"]).code, 1);
}
