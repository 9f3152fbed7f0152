//! What scale scores are on: told by headings, by values that stand for no answer, by words.

use super::{Done, importing};
use throughline_domain::facts::Table;
use throughline_domain::metric::{Metric, Scale};
use throughline_lake::{ImportOptions, MetricRule};

fn read(heading: &str, cells: impl Iterator<Item = String>) -> Done {
    let rows: String = cells
        .enumerate()
        .map(|(at, cell)| format!("{cell},nobody came on day {at}\n"))
        .collect();
    importing(
        &[(
            Table::Signals,
            "a.csv",
            format!("\"{heading}\",Comment\n{rows}").as_bytes(),
        )],
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{heading}: {error}"))
}

/// Checks the metric and the ends of the one source's scale.
fn on(done: &Done, metric: Metric, low: f64, high: f64) -> String {
    let source = &done.report.sources[0];
    assert_eq!(
        (&source.metric, source.scale),
        (&metric, Some(Scale { low, high }))
    );
    done.report.notes.join("\n")
}

/// `times` cells that go round through some.
fn round<'a>(cells: &'a [&'a str], times: usize) -> impl Iterator<Item = String> + 'a {
    cells
        .iter()
        .cycle()
        .take(times)
        .map(|cell| (*cell).to_owned())
}

#[test]
fn a_heading_states_its_scale() {
    let five = ["1", "2", "3", "4", "5"];
    for heading in [
        "On a scale of 1 to 5, how likely are you to recommend us?",
        "How likely are you to recommend us? (1 = not at all, 5 = extremely)",
    ] {
        let notes = on(&read(heading, round(&five, 20)), Metric::Mean, 1.0, 5.0);
        assert!(
            notes.contains("net promoter score is not defined"),
            "{notes}"
        );
    }
    // Where the answers keep to another, the heading isn't believed.
    on(
        &read(
            "How would you rate us (1-5)?",
            round(&["2", "6", "9", "0"], 20),
        ),
        Metric::Mean,
        0.0,
        10.0,
    );
    // A question on 0 to 10 of which many answers all keep to 1 to 5 wasn't asked so.
    let notes = on(&read("NPS", round(&five, 120)), Metric::Mean, 1.0, 5.0);
    assert!(
        notes.contains("net promoter score is not defined"),
        "{notes}"
    );
    on(&read("NPS", round(&five, 20)), Metric::Nps, 0.0, 10.0);
}

#[test]
fn satisfaction_in_percent_is_read_alike_however_it_is_written() {
    let fractions = read(
        "CSAT",
        round(&["0.8", "0.3", "1", "0.45", "0.66", "0.9"], 6),
    );
    let notes = on(&fractions, Metric::Mean, 0.0, 100.0);
    assert!(notes.contains("shares of one"), "{notes}");
    let percent = read(
        "CSAT",
        round(&["80%", "30%", "100%", "45%", "66%", "90%"], 6),
    );
    on(&percent, Metric::Mean, 0.0, 100.0);
    assert_eq!(fractions.scores(), percent.scores());
    // Faces are no fractions, and what the user says holds.
    on(
        &read("CSAT", round(&["0", "0.5", "1"], 6)),
        Metric::Csat { cut: 1.0 },
        0.0,
        1.0,
    );
    let options = ImportOptions {
        metric: Some(MetricRule::Csat),
        ..ImportOptions::default()
    };
    let text = "Score\n0.8\n0.3\n1\n0.45\n0.66\n0.9\n";
    let done = importing(&[(Table::Signals, "a.csv", text.as_bytes())], &options)
        .unwrap_or_else(|error| panic!("{error}"));
    on(&done, Metric::Csat { cut: 1.0 }, 0.0, 1.0);
    // Yes and no are no fractions.
    on(
        &read("CSAT", round(&["0", "1"], 6)),
        Metric::Csat { cut: 1.0 },
        0.0,
        1.0,
    );
}

#[test]
fn a_code_for_no_answer_is_no_score() {
    let cells = round(&["1", "2", "3", "4", "5"], 93).chain(round(&["9"], 7));
    let done = read("How would you rate us (1-5)?", cells);
    let notes = on(&done, Metric::Mean, 1.0, 5.0);
    assert!(
        notes.contains("`9` (7 times)") && notes.contains("--scale"),
        "{notes}"
    );
    assert_eq!(done.scores().iter().flatten().count(), 93);
    assert_eq!(done.comments().len(), 100);
}

#[test]
fn what_may_be_a_score_is_kept() {
    let times = |counts: &[(&'static str, usize)]| -> Vec<String> {
        let cells = counts
            .iter()
            .flat_map(|(cell, times)| vec![(*cell).to_owned(); *times]);
        cells.collect()
    };
    let kept = |heading: &str, counts: &[(&'static str, usize)]| {
        let done = read(heading, times(counts).into_iter());
        let scores = done.scores().iter().flatten().count();
        (scores, done.report.notes.join("\n"))
    };
    let five = [("1", 9), ("2", 8), ("3", 9), ("4", 9), ("5", 10)];
    let ten = [&five[..], &[("0", 9), ("10", 5)]].concat();
    let (scores, notes) = kept("NPS", &ten);
    assert_eq!(scores, 59);
    assert!(!notes.contains("apart"), "{notes}");
    let eight = [&five[..], &[("8", 5)]].concat();
    assert_eq!(kept("How would you rate us (1-10)?", &eight).0, 50);
    let (scores, notes) = kept("Rating", &eight);
    assert_eq!(scores, 50);
    assert!(
        notes.contains("`8` (5 times) stands apart") && notes.contains("was kept"),
        "{notes}"
    );
    // A code, and beside it what may be none.
    let seven = ["1", "2", "3", "4", "5", "6", "7"].map(|cell| (cell, 30));
    let (scores, notes) = kept("Rating", &[&seven[..], &[("10", 8), ("99", 6)]].concat());
    assert_eq!(scores, 218);
    assert!(notes.contains("`99` (6 times) stands far"), "{notes}");
}

#[test]
fn scores_are_read_from_words_that_are_numbers() {
    let stars = read("starRating", round(&["FIVE", "one", "THREE"], 3));
    on(&stars, Metric::Mean, 1.0, 5.0);
    assert_eq!(stars.scores(), [Some(5.0), Some(1.0), Some(3.0)]);
    let verdicts = read("Satisfaction", round(&["Good", "bad", "Offered"], 3));
    on(&verdicts, Metric::Csat { cut: 1.0 }, 0.0, 1.0);
    assert_eq!(verdicts.scores(), [Some(1.0), Some(0.0), None]);
}
