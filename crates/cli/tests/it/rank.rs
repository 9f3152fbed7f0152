//! `throughline rank` as an analyst runs it.

use crate::run::{Desk, Run, picture, run};
use serde_json::Value;

/// The high bits of a product with an odd number: as good as chance.
fn chance(salt: u64) -> f64 {
    let mut x = salt.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((x ^ (x >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

/// Thirty voters of twenty votes each on five items, the first the best.
fn votes() -> String {
    let mut text = String::from("person,chosen,\"passed, over\",note\n");
    for row in 0..600u64 {
        let i = (chance(3 * row) * 5.0) as u64;
        let j = (i + 1 + (chance(3 * row + 1) * 4.0) as u64) % 5;
        let first = chance(3 * row + 2) < 1.0 / (1.0 + (0.6 * (i as f64 - j as f64)).exp());
        let (winner, loser) = if first { (i, j) } else { (j, i) };
        text.push_str(&format!("p{},fix {winner},fix {loser},x\n", row % 30));
    }
    text
}

fn rank(desk: &Desk, file: &str, flags: &[&str]) -> Run {
    let data = desk.path(file).display().to_string();
    let mut all = vec!["rank", "--votes", &data];
    all.extend_from_slice(flags);
    run(&all)
}

fn items(found: &Run) -> Vec<Value> {
    assert_eq!(found.code, 0, "{}", found.stderr);
    let json: Value = serde_json::from_str(&found.stdout).expect("JSON alone");
    json.as_array().expect("a list").clone()
}

const PAIRS: [&str; 6] = [
    "--winner",
    "chosen",
    "--loser",
    "passed, over",
    "--voter",
    "person",
];

#[test]
fn json_holds_the_contract() {
    let desk = Desk::new(&[("votes.csv", &votes())]);
    let found = rank(&desk, "votes.csv", &[&PAIRS[..], &["--json"]].concat());
    let list = items(&found);
    let names: Vec<&str> = list
        .iter()
        .filter_map(|item| item["item"].as_str())
        .collect();
    assert_eq!(names[0], "fix 0");
    assert_eq!((names.len(), names[4]), (5, "fix 4"));
    let (mut wins, mut losses, mut sum) = (0, 0, 0.0);
    for item in &list {
        let score = item["score"].as_f64().expect("score");
        let (low, high) = (item["low"].as_f64(), item["high"].as_f64());
        assert!(low.is_some_and(|low| low < score) && high.is_some_and(|high| score < high));
        let (won, lost) = (item["wins"].as_u64(), item["losses"].as_u64());
        let (won, lost) = (won.expect("whole"), lost.expect("whole"));
        let wiki = 100.0 * (won as f64 + 1.0) / ((won + lost) as f64 + 2.0);
        assert!((item["wiki_score"].as_f64().expect("wiki") - wiki).abs() < 1e-12);
        (wins, losses, sum) = (wins + won, losses + lost, sum + score);
    }
    assert_eq!((wins, losses), (600, 600));
    assert!(f64::abs(sum) < 1e-9);
    let again = rank(&desk, "votes.csv", &[&PAIRS[..], &["--json"]].concat());
    assert_eq!(found.stdout, again.stdout);
}

#[test]
fn a_person_gets_a_table_the_words_a_picture_and_the_next_pair() {
    let desk = Desk::new(&[("votes.csv", &votes())]);
    let plot = desk.path("rank.svg").display().to_string();
    let flags = ["--explain", "--plot", &plot, "--next-pair"];
    let found = rank(&desk, "votes.csv", &[&PAIRS[..], &flags].concat());
    found.tells(&[
        "30 voters",
        "ask next: fix",
        "Bradley & Terry 1952",
        "Don't believe it",
    ]);
    picture(&plot, "fix 3");
    let json = rank(
        &desk,
        "votes.csv",
        &[&PAIRS[..], &["--next-pair", "--json"]].concat(),
    );
    let json: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_ne!(json["next_pair"]["first"], json["next_pair"]["second"]);
    assert_eq!(json["items"].as_array().map(Vec::len), Some(5));
}

#[test]
fn ties_lists_of_items_and_rows_that_do_not_count() {
    let file = "w,l,tie,Valid\n\
        a,b,,TRUE\nb,a,,TRUE\na,c,,TRUE\nc,a,,TRUE\nb,c,tie,TRUE\na,b,can't decide,TRUE\n\
        a,c,,FALSE\na,x,,TRUE\n";
    let desk = Desk::new(&[("votes.csv", file), ("items.csv", "item\na\nb\nc\nd\n")]);
    let list = desk.path("items.csv").display().to_string();
    let flags = [
        "--winner", "w", "--loser", "l", "--tie", "tie", "--items", &list,
    ];
    let found = rank(&desk, "votes.csv", &[&flags[..], &["--json"]].concat());
    let json = items(&found);
    let of = |name: &str| {
        json.iter()
            .find(|item| item["item"] == name)
            .expect("item")
            .clone()
    };
    assert_eq!(
        (of("a")["wins"].clone(), of("a")["losses"].clone()),
        (2.into(), 2.into())
    );
    assert_eq!(of("b")["ties"], 1);
    assert_eq!(of("d")["score"], Value::Null);
    assert_eq!(of("d")["no_interval"], "never compared with another item");
    assert!(json.iter().all(|item| item["item"] != "x"));
    for word in [
        "1 of 8 rows aren't valid",
        "doesn't list",
        "nobody could decide",
        "1 of the items were never compared",
    ] {
        assert!(
            found.stderr.contains(word),
            "no `{word}` in: {}",
            found.stderr
        );
    }
    let all = rank(
        &desk,
        "votes.csv",
        &[&flags[..], &["--json", "--keep-invalid"]].concat(),
    );
    let json = items(&all);
    assert_eq!(
        json.iter().find(|item| item["item"] == "a").expect("a")["wins"],
        3
    );
}

#[test]
fn groups_apart_are_named_and_shrunken() {
    let file = "w,l\nnorth,south\nsouth,north\neast,west\nwest,east\nnorth,east\n";
    let desk = Desk::new(&[("votes.csv", file)]);
    let flags = ["--winner", "w", "--loser", "l"];
    let refused = rank(
        &desk,
        "votes.csv",
        &[&flags[..], &["--shrink", "none"]].concat(),
    );
    assert_eq!(refused.code, 1);
    for word in [
        "`north`, `south`; `east`, `west`",
        "hint: ask for pairs across",
    ] {
        assert!(
            refused.stderr.contains(word),
            "no `{word}` in: {}",
            refused.stderr
        );
    }
    let found = rank(&desk, "votes.csv", &flags);
    assert_eq!(found.code, 0, "{}", found.stderr);
    for word in [
        "shrunken",
        "groups apart: north, south",
        "an interval needs 10",
    ] {
        assert!(
            found.stdout.contains(word),
            "no `{word}` in: {}",
            found.stdout
        );
    }
}

#[test]
fn rankings_and_yes_no_pass() {
    let mut ranked = String::from("person,fix,position\n");
    let mut said = String::from("person,fix,vote,side\n");
    for person in 0..24u32 {
        let order = ["a", "b", "c"];
        for (place, _) in order.iter().enumerate() {
            // Most put a first; a third turns the order round.
            let item = if person % 3 == 0 {
                order[2 - place]
            } else {
                order[place]
            };
            ranked.push_str(&format!("{person},{item},{}\n", place + 1));
        }
        let side = if person < 16 { "large" } else { "small" };
        let loved = if person < 16 { "yes" } else { "no" };
        let liked = if person % 4 == 0 { "no" } else { "yes" };
        said.push_str(&format!(
            "{person},loved,{loved},{side}\n{person},liked,{liked},{side}\n"
        ));
        said.push_str(&format!("{person},liked,{liked},{side}\n"));
    }
    let desk = Desk::new(&[("ranked.csv", &ranked), ("said.csv", &said)]);
    let flags = [
        "--item",
        "fix",
        "--ranking",
        "position",
        "--voter",
        "person",
        "--json",
    ];
    let list = items(&rank(&desk, "ranked.csv", &flags));
    assert_eq!(list[0]["item"], "a");
    assert!(list[0]["low"].is_number() && list[0]["wins"] == 32);
    let flags = [
        "--item", "fix", "--vote", "vote", "--voter", "person", "--group", "side",
    ];
    let list = items(&rank(
        &desk,
        "said.csv",
        &[&flags[..], &["--json"]].concat(),
    ));
    assert_eq!(list[0]["item"], "liked");
    assert_eq!(
        (&list[0]["yes"], &list[0]["voters"]),
        (&36.into(), &24.into())
    );
    assert!(list[0]["across"].as_f64() > list[1]["across"].as_f64());
    assert_eq!(list[0]["groups"].as_array().map(Vec::len), Some(2));
    let table = rank(&desk, "said.csv", &[&flags[..], &["--explain"]].concat());
    for word in ["across groups", "large", "Wilson"] {
        assert!(
            table.stdout.contains(word),
            "no `{word}` in: {}",
            table.stdout
        );
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let desk = Desk::new(&[
        ("ok.csv", "w,l,n,tie,vote\na,b,1,,1\nb,a,1,,0\n"),
        ("self.csv", "w,l\na,b\nb,b\n"),
        ("ties.csv", "w,l,tie\na,b,tie\nb,c,tie\n"),
        ("odd.csv", "w,l,tie,vote\na,b,perhaps,maybe\n"),
        ("count.csv", "w,l,n\na,b,inf\n"),
        ("minus.csv", "w,l,n\na,b,1\na,b,-2\n"),
        ("huge.csv", "w,l,n\na,b,1e300\n"),
        ("empty.csv", ""),
        ("header.csv", "w,l\n"),
        ("blank.csv", "w,l\na,\n,b\n"),
        ("shared.csv", "p,i,at\n1,a,1\n1,b,1\n"),
        ("twice.csv", "p,i,at\n1,a,1\n1,a,2\n"),
        ("zero.csv", "p,i,at\n1,a,1\n1,b,0\n"),
        ("half.csv", "p,i,at\n1,a,1.5\n1,b,1\n"),
    ]);
    let check = |file: &str, flags: &[&str], words: &[&str]| {
        let found = rank(&desk, file, flags);
        found.refuses(words);
    };
    let pairs = ["--winner", "w", "--loser", "l"];
    let with = |more: &[&'static str]| [&pairs[..], more].concat();
    check(
        "self.csv",
        &pairs,
        &["row 3", "`b` is voted on against itself"],
    );
    check(
        "ties.csv",
        &with(&["--tie", "tie"]),
        &["every vote is a tie"],
    );
    check("odd.csv", &with(&["--tie", "tie"]), &["row 2", "`perhaps`"]);
    check("count.csv", &with(&["--count", "n"]), &["row 2", "`inf`"]);
    check("minus.csv", &with(&["--count", "n"]), &["row 3", "`-2`"]);
    check("huge.csv", &with(&["--count", "n"]), &["row 2", "`1e300`"]);
    check("empty.csv", &pairs, &["empty"]);
    check("header.csv", &pairs, &["no rows"]);
    check("blank.csv", &pairs, &["no vote is left"]);
    check("missing.csv", &pairs, &["no such file"]);
    check(
        "ok.csv",
        &["--winner", "w", "--loser", "looser"],
        &["looser"],
    );
    check("ok.csv", &["--winner", "w"], &["--loser"]);
    check("ok.csv", &[], &["what kind of votes"]);
    check("ok.csv", &with(&["--vote", "vote"]), &["`--vote`", "pairs"]);
    check("ok.csv", &with(&["--shrink", "much"]), &["`--shrink much`"]);
    check("ok.csv", &with(&["--resamples", "3"]), &["--resamples 3"]);
    check(
        "ok.csv",
        &with(&["--next-pair", "--most-shown", "nan"]),
        &["--most-shown"],
    );
    check("ok.csv", &with(&["--plot", "picture.png"]), &[".svg"]);
    check(
        "odd.csv",
        &["--item", "w", "--vote", "vote"],
        &["row 2", "`maybe`"],
    );
    check(
        "ok.csv",
        &["--item", "w", "--vote", "vote"],
        &["`0` and `1` alone"],
    );
    let ranked = ["--item", "i", "--ranking", "at", "--voter", "p"];
    check(
        "shared.csv",
        &ranked,
        &["row 3", "already gave place 1 to `a` (row 2)"],
    );
    check(
        "zero.csv",
        &ranked,
        &["row 3", "column `at`", "`0` is no place"],
    );
    check("half.csv", &ranked, &["row 2", "`1.5` is no place"]);
    check("twice.csv", &ranked, &["row 3", "`a` a second time"]);
    check("twice.csv", &ranked[..4], &["--voter"]);
}

#[test]
fn help_documents_the_command() {
    let help = run(&["help", "rank"]);
    assert_eq!(help.code, 0);
    for word in ["--winner", "JSON", "wiki_score", "log-odds", "Examples"] {
        assert!(help.stdout.contains(word), "no `{word}`");
    }
}

#[test]
fn a_published_wiki_survey_has_its_published_scores() {
    let (Some(votes), Some(ideas)) = (
        crate::real::shared("votes/wiki-survey-votes.csv"),
        crate::real::shared("votes/wiki-survey-ideas.csv"),
    ) else {
        return;
    };
    let flags = [
        "--winner",
        "Winner ID",
        "--loser",
        "Loser ID",
        "--voter",
        "Session ID",
    ];
    let head = ["rank", "--votes", &votes];
    let found = run(&[&head[..], &flags, &["--json"]].concat());
    let list = items(&found);
    assert!(
        found.stderr.contains("68 of 5130 rows aren't valid"),
        "{}",
        found.stderr
    );
    let published = std::fs::read_to_string(&ideas).expect("ideas");
    let mut seen = 0;
    for line in published.lines().skip(1) {
        // Titles may hold commas; the id is before them, and figures right after the last quote.
        let id = line.split(',').nth(1).expect("id");
        let Some(item) = list.iter().find(|item| item["item"] == id) else {
            continue;
        };
        let (wins, score) = (item["wins"].to_string(), item["wiki_score"].as_f64());
        let losses = item["losses"].to_string();
        let score = score.expect("score");
        let found = line.split(',').collect::<Vec<_>>().windows(4).any(|at| {
            let near = at[3]
                .parse()
                .is_ok_and(|said: f64| (said - score).abs() <= 0.000_05);
            at[0] == wins && at[1] == losses && near
        });
        assert!(found, "{item} isn't {line}");
        seen += 1;
    }
    assert_eq!(seen, list.len());
}

/// A pipe can be read once only, whether or not a column `Valid` is looked for.
#[cfg(unix)]
#[test]
fn votes_come_through_a_pipe() {
    use std::io::Write;
    use std::process::Stdio;
    let plain = votes();
    let marked: String = plain
        .lines()
        .enumerate()
        .map(|(row, line)| match row {
            0 => format!("{line},Valid\n"),
            1..=100 => format!("{line},FALSE\n"),
            _ => format!("{line},TRUE\n"),
        })
        .collect();
    let desk = Desk::new(&[("plain.csv", &plain), ("marked.csv", &marked)]);
    let mut seen = Vec::new();
    for (name, text) in [("plain.csv", &plain), ("marked.csv", &marked)] {
        let from_file = rank(&desk, name, &[&PAIRS[..], &["--json"]].concat());
        let mut child = crate::run::program()
            .args(["rank", "--votes", "/dev/stdin", "--json"])
            .args(PAIRS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        pipe.write_all(text.as_bytes()).expect("written");
        drop(pipe);
        let output = child.wait_with_output().expect("it ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {stderr}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), from_file.stdout);
        let wins = items(&from_file);
        let wins = wins.iter().filter_map(|item| item["wins"].as_u64());
        seen.push(wins.sum::<u64>());
    }
    assert_eq!(seen, [600, 500]);
}

#[test]
fn counts_as_large_as_they_may_be_and_larger() {
    let row = |winner, loser| format!("{winner},{loser},1000000000000\n");
    let file = |rows: usize| {
        let rows = (0..rows).map(|at| match at % 4 {
            0 => row("a", "b"),
            1 => row("b", "c"),
            2 => row("c", "a"),
            _ => row("b", "a"),
        });
        format!("w,l,n\n{}", rows.collect::<String>())
    };
    let desk = Desk::new(&[("most.csv", &file(1000)), ("more.csv", &file(1001))]);
    let flags = [
        "--winner",
        "w",
        "--loser",
        "l",
        "--count",
        "n",
        "--next-pair",
        "--json",
    ];
    let most = rank(&desk, "most.csv", &flags);
    assert_eq!(most.code, 0, "{}", most.stderr);
    let json: Value = serde_json::from_str(&most.stdout).expect("JSON");
    assert!(
        json["next_pair"]["information"]
            .as_f64()
            .is_some_and(|told| told >= 0.0)
    );
    let more = rank(&desk, "more.csv", &flags);
    assert_eq!(more.code, 1, "{}", more.stdout);
    for part in ["1.001e15", "1e15", "hint: divide the count of every row"] {
        assert!(more.stderr.contains(part), "{}", more.stderr);
    }
}
