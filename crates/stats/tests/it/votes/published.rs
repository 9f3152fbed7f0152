//! Files that others published (`../shared/data/votes`): a wiki survey with its scores, a
//! yes-no-pass conversation with its summary, baseball and journals' citations with what
//! BradleyTerry2 makes of them (`tools/reference/order.R`), choix's own test cases.

use crate::reference::{check, numbers, read};
use std::collections::BTreeMap;
use throughline_stats::NoAnswer;
use throughline_stats::votes::agreement::{Ballot, Say, agreement};
use throughline_stats::votes::{
    Pairs, Place, Rankings, Shrinkage, Vote, fit, fit_rankings, order, wiki,
};

/// A published file, or `None` with a notice where it isn't.
fn file(name: &str) -> Option<String> {
    let path = format!(
        "{}/../../../shared/data/votes/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let read = std::fs::read_to_string(&path).ok();
    if read.is_none() {
        assert!(
            std::env::var("THROUGHLINE_NOTHING_MAY_BE_ABSENT").is_err(),
            "../shared/data/votes/{name} is absent"
        );
        eprintln!("skipped: ../shared/data/votes/{name} is not there");
    }
    read
}

/// Rows of a CSV as fields; commas within quotes belong to the field.
fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .map(|line| {
            let (mut fields, mut quoted) = (vec![String::new()], false);
            for c in line.chars() {
                match c {
                    '"' => quoted = !quoted,
                    ',' if !quoted => fields.push(String::new()),
                    _ => fields.last_mut().expect("a field").push(c),
                }
            }
            fields
        })
        .collect()
}

fn number(names: &mut BTreeMap<String, u32>, name: &str) -> u32 {
    let next = names.len() as u32;
    *names.entry(name.to_owned()).or_insert(next)
}

#[test]
fn wiki_survey_equals_its_published_scores() {
    let (Some(votes), Some(ideas)) = (file("wiki-survey-votes.csv"), file("wiki-survey-ideas.csv"))
    else {
        return;
    };
    let (mut items, mut sessions) = (BTreeMap::new(), BTreeMap::new());
    let votes: Vec<Vote> = rows(&votes)[1..]
        .iter()
        .filter(|row| row.last().is_some_and(|valid| valid == "TRUE"))
        .map(|row| {
            let winner = number(&mut items, &row[2]);
            let loser = number(&mut items, &row[4]);
            Vote::win(winner, loser).by(number(&mut sessions, &row[1]))
        })
        .collect();
    let pairs = Pairs::new(items.len(), &votes).expect("pairs");
    let tallies = pairs.tallies();
    let mut seen = 0;
    for row in &rows(&ideas)[1..] {
        let [won, lost, _] = items
            .get(&row[1])
            .map_or([0.0; 3], |&i| tallies[i as usize]);
        let published = |field: usize| -> f64 { row[field].parse().expect("number") };
        assert_eq!((won, lost), (published(3), published(4)), "{}", row[2]);
        // Published with four places.
        let score = wiki::score(won, lost);
        assert!(
            (score - published(6)).abs() <= 0.000_05,
            "{}: {score}",
            row[2]
        );
        seen += 1;
    }
    assert_eq!(seen, 109);
    // Every interval is finite, or says that too few voters compared the idea.
    let free = order(&pairs, Shrinkage::WhenNeeded, 200, 5, 1).expect("order");
    assert_eq!(free.voters, sessions.len() as u64);
    assert!(free.strength.prior_sd.is_none());
    let mut without = 0;
    for placed in free.placed {
        let answer = placed.expect("compared").log_odds;
        match &answer.spread {
            Ok(spread) => assert!(spread.low < answer.value && answer.value < spread.high),
            Err(reason) => {
                let few = NoAnswer::TooFewVoters {
                    n: answer.n,
                    needed: 3,
                };
                assert_eq!(reason, &few);
                without += 1;
            }
        }
    }
    assert!(without < 15, "{without}");
    let shrunken = order(&pairs, Shrinkage::Learnt, 200, 5, 1).expect("order");
    for placed in shrunken.placed {
        let answer = placed.expect("compared").log_odds;
        let (low, high) = answer.ends().expect("interval");
        assert!(-6.0 < low && low < answer.value && answer.value < high && high < 6.0);
    }
}

#[test]
fn conversation_equals_its_summary() {
    let (Some(votes), Some(summary)) = (file("yes-no-pass.csv"), file("yes-no-pass.summary.csv"))
    else {
        return;
    };
    let said = |name: &str| -> usize {
        let line = summary
            .lines()
            .find(|line| line.starts_with(&format!("{name},")));
        let value = line
            .and_then(|line| line.split_once(','))
            .expect("a figure")
            .1;
        value.parse().expect("number")
    };
    let (mut items, mut voters) = (BTreeMap::new(), BTreeMap::new());
    let ballots: Vec<Ballot> = rows(&votes)[1..]
        .iter()
        .map(|row| Ballot {
            item: number(&mut items, &row[2]),
            voter: Some(number(&mut voters, &row[3])),
            group: None,
            say: match row[4].as_str() {
                "1" => Say::Yes,
                "-1" => Say::No,
                _ => Say::Pass,
            },
        })
        .collect();
    assert_eq!(items.len(), said("comments"));
    assert_eq!(voters.len(), said("voters"));
    let agreements = agreement(items.len(), 0, &ballots, 1).expect("agreement");
    let rows: [u64; 3] = agreements.iter().fold([0; 3], |[yes, no, pass], a| {
        [yes + a.rows.yes, no + a.rows.no, pass + a.rows.pass]
    });
    // Counted in the file by other means (pandas): every row, repeats too.
    assert_eq!(rows, [31_352, 12_021, 6_624]);
    let once: u64 = agreements
        .iter()
        .map(|a| a.voters.yes + a.voters.no + a.voters.pass)
        .sum();
    assert_eq!(once, 49_997 - 554);
}

#[test]
fn baseball_and_citations_equal_bradley_terry_2() {
    let reference = read("order-r");
    let compare = |what: &str, items: &BTreeMap<String, u32>, votes: &[Vote]| {
        let pairs = Pairs::new(items.len(), votes).expect("pairs");
        let fitted = fit(&pairs, Shrinkage::None).expect("fit");
        for (name, &item) in items {
            let expected = reference[what][name].as_f64().expect("strength");
            check(name, fitted.log_odds[item as usize], expected, 1e-7);
        }
    };
    if let Some(text) = file("baseball.csv") {
        let (mut items, mut votes) = (BTreeMap::new(), Vec::new());
        for row in &rows(&text)[1..] {
            let (home, away) = (number(&mut items, &row[0]), number(&mut items, &row[1]));
            let wins = |field: usize| -> f64 { row[field].parse().expect("number") };
            votes.push(Vote::win(home, away).times(wins(2)));
            votes.push(Vote::win(away, home).times(wins(3)));
        }
        compare("baseball", &items, &votes);
    }
    if let Some(text) = file("citations_long.csv") {
        let (mut items, mut votes) = (BTreeMap::new(), Vec::new());
        for row in &rows(&text)[1..] {
            let (cited, citing) = (number(&mut items, &row[0]), number(&mut items, &row[1]));
            if cited != citing {
                votes.push(Vote::win(cited, citing).times(row[2].parse().expect("number")));
            }
        }
        compare("citations", &items, &votes);
    }
}

#[test]
fn choix_own_cases() {
    if let Some(text) = file("testcase-pairwise-1.json") {
        let case: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let votes: Vec<Vote> = case["data"]
            .as_array()
            .expect("votes")
            .iter()
            .map(numbers)
            .map(|pair| Vote::win(pair[0] as u32, pair[1] as u32))
            .collect();
        let pairs = Pairs::new(3, &votes).expect("pairs");
        let fitted = fit(&pairs, Shrinkage::None).expect("fit");
        for (got, expected) in fitted.log_odds.iter().zip(numbers(&case["ml_est"])) {
            check("a circle", *got, expected, 1e-9);
        }
    }
    if let Some(text) = file("testcase-rankings-1.json") {
        let case: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let mut places = Vec::new();
        for (voter, ranking) in case["data"]
            .as_array()
            .expect("rankings")
            .iter()
            .enumerate()
        {
            for (place, item) in numbers(ranking).into_iter().enumerate() {
                places.push(Place {
                    voter: voter as u32,
                    item: item as u32,
                    position: Some(place as f64),
                });
            }
        }
        let rankings = Rankings::new(3, &places).expect("rankings");
        let fitted = fit_rankings(&rankings, Shrinkage::None).expect("fit");
        for (got, expected) in fitted.log_odds.iter().zip(numbers(&case["ml_est"])) {
            check("a circle", *got, expected, 1e-9);
        }
    }
}
