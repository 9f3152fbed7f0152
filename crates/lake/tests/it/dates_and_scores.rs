//! Dates decided by their column, scores by their source.

use super::{Done, complaint, importing, says};
use throughline_domain::facts::Table;
use throughline_domain::metric::Metric;
use throughline_lake::{DateOrder, ImportOptions, LakeError, MetricRule, parse_scale};

fn with(text: &str, options: &ImportOptions) -> Result<Done, LakeError> {
    importing(&[(Table::Signals, "a.csv", text.as_bytes())], options)
}

fn dated(dates: &[&str], options: &ImportOptions) -> Result<Done, LakeError> {
    let rows: String = dates
        .iter()
        .enumerate()
        .map(|(n, date)| format!("a{n},\"{date}\",5\n"))
        .collect();
    with(&format!("id,at,score\n{rows}"), options)
}

#[test]
fn the_order_of_day_and_month_is_the_columns() {
    let check = |dates: &[&str], expected: &[i32]| {
        let done =
            dated(dates, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
        let days: Vec<i32> = done.rows().into_iter().filter_map(|row| row.day).collect();
        assert_eq!(days, expected, "{dates:?}");
    };
    check(&["03/04/2026", "25/04/2026"], &[20_546, 20_568]);
    check(&["03/04/2026", "04/25/2026"], &[20_516, 20_568]);
    check(&["3.4.2026", "25.4.2026"], &[20_546, 20_568]);
    check(&["03-04-2026", "25-04-2026 10:00"], &[20_546, 20_568]);
    check(&["05/05/2026"], &[20_578]);
    check(&["2026-04-03", "3 April 2026"], &[20_546, 20_546]);
}

#[test]
fn what_tells_the_order_may_come_late() {
    // Beyond the part of the file that is looked at first.
    let filler = "words that only fill the file, ".repeat(10);
    let mut text = String::from("id,at,comment\n");
    for n in 0..5000 {
        text.push_str(&format!("a{n},02/03/2026,\"{filler}{n}\"\n"));
    }
    text.push_str("z,03/31/2026,last\n");
    let done = with(&text, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    // 3 February, not 2 March.
    assert_eq!(done.rows()[0].day, Some(20_487));
    assert_eq!(done.report.files[0].rows_rejected, 0);
}

#[test]
fn ambiguous_dates_ask_for_their_order() {
    let message = complaint(dated(
        &["03/04/2026", "05/06/2026"],
        &ImportOptions::default(),
    ));
    says(
        &message,
        &["`03/04/2026`", "row 2", "column `at`", "--date-order dmy"],
    );
    let options = ImportOptions {
        date_order: Some(DateOrder::MonthDayYear),
        ..ImportOptions::default()
    };
    let done =
        dated(&["03/04/2026", "05/06/2026"], &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.rows()[0].day, Some(20_516));
}

#[test]
fn a_column_that_mixes_both_orders_is_not_guessed_at() {
    let mut dates = vec!["13/02/2026"; 40];
    dates.extend(["02/13/2026"; 3]);
    dates.extend(["03/04/2026"; 10]);
    let message = complaint(dated(&dates, &ImportOptions::default()));
    says(
        &message,
        &[
            "mixes day/month (`13/02/2026`, 40 such)",
            "`02/13/2026` in row 42",
            "row 2",
            "--date-order",
        ],
    );
    // One or two are slips of the hand: refused one by one.
    let mut dates = vec!["13/02/2026"; 60];
    dates.extend(["02/13/2026"; 2]);
    let done = dated(&dates, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.report.files[0].rows_rejected, 2);
}

#[test]
fn dates_of_no_time_are_refused() {
    let mut dates = vec!["2026-01-01"; 100];
    dates.extend(["0000-01-01", "9999-12-31", "01/02/26", "soon"]);
    let done = dated(&dates, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.rows().len(), 100);
    let rejects = done.rejects();
    says(
        &rejects,
        &[
            "a.csv,102,at,0000-01-01,the year is outside 1990 to 2100",
            "a.csv,103,at,9999-12-31,the year is outside 1990 to 2100",
            "the year has two digits (write all four, or say the order",
            "a.csv,105,at,soon,no date",
        ],
    );
    assert_eq!(done.lake.rejects().1, 4);
    // Who says the order may write two digits.
    let said = ImportOptions {
        date_order: Some(DateOrder::MonthDayYear),
        ..ImportOptions::default()
    };
    let done = dated(&["11/21/26", "1/2/26 9:15:03"], &said);
    let done = done.unwrap_or_else(|error| panic!("{error}"));
    let days: Vec<i32> = done.rows().into_iter().filter_map(|row| row.day).collect();
    assert_eq!(days, [20_778, 20_455]);
}

#[test]
fn an_order_that_the_dates_contradict_is_refused() {
    let said = |dates: &[&str], date_order| {
        let options = ImportOptions {
            date_order: Some(date_order),
            allow_rejects: true,
            ..ImportOptions::default()
        };
        dated(dates, &options)
    };
    let mut dates = vec!["01/02/2026"; 60];
    dates.extend(["01/13/2026"; 3]);
    says(
        &complaint(said(&dates, DateOrder::DayMonthYear)),
        &[
            "row 62",
            "`--date-order dmy` was said",
            "`01/13/2026`",
            "mdy",
        ],
    );
    assert!(said(&dates, DateOrder::MonthDayYear).is_ok());
    // Where some speak for it, the others are slips, refused one by one.
    dates.extend(["13/01/2026"; 3]);
    assert!(said(&dates, DateOrder::DayMonthYear).is_ok());
    // One is enough where none speaks for it, and the other way round.
    for (dates, order) in [
        (["01/02/2026", "01/13/2026"], DateOrder::DayMonthYear),
        (["01/02/2026", "13/01/2026"], DateOrder::MonthDayYear),
    ] {
        says(&complaint(said(&dates, order)), &["row 3", "was said, but"]);
    }
}

#[test]
fn a_scale_that_was_given_holds() {
    let scale = parse_scale("1-5").ok();
    assert!(scale.is_some());
    let rows: String = (0..40).map(|n| format!("a{n},{}\n", n % 5 + 1)).collect();
    let options = ImportOptions {
        scale,
        ..ImportOptions::default()
    };
    let done =
        with(&format!("id,score\n{rows}x,9\n"), &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.report.sources[0].scale, scale);
    assert!(!done.report.sources[0].scale_found);
    says(
        &done.rejects(),
        &["a.csv,42,score,9,the score is outside the scale 1 to 5"],
    );
}

#[test]
fn scales_are_found_and_strays_refused() {
    let rows: String = (0..1000).map(|n| format!("a{n},{}\n", n % 5 + 1)).collect();
    let done = with(
        &format!("id,score\n{rows}x,55\ny,\n"),
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let source = &done.report.sources[0];
    assert_eq!(
        source.scale.map(|scale| (scale.low, scale.high)),
        Some((1.0, 5.0))
    );
    assert!(source.scale_found);
    assert_eq!(source.scores, 1000);
    says(
        &done.rejects(),
        &["a.csv,1002,score,55,the score is outside the scale 1 to 5"],
    );
    // A row without score and comment has nothing to count.
    assert_eq!(
        done.report.files[0].rows_left_out,
        [("no score and no comment".to_owned(), 1)]
    );
}

#[test]
fn a_missing_score_with_a_comment_is_fine() {
    let done = with(
        "id,score,comment\na1,,slow\na2,NA,fine\na3,4,\n",
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.scores(), [None, None, Some(4.0)]);
    assert_eq!(done.report.files[0].rows_rejected, 0);
}

#[test]
fn a_rule_that_was_given_holds() {
    let options = ImportOptions {
        metric: Some(MetricRule::Coded),
        ..ImportOptions::default()
    };
    let done = with("id,nps\na1,3\na2,9\n", &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.report.sources[0].metric, Metric::Coded);
    // An NPS that can't be one is shown as a mean, and that is said.
    let done = with("id,nps\na1,-100\na2,100\n", &ImportOptions::default())
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.report.sources[0].metric, Metric::Mean);
    assert!(
        done.report
            .notes
            .iter()
            .any(|note| note.contains("net promoter")),
        "{:?}",
        done.report.notes
    );
}

#[test]
fn scales_are_read_as_people_write_them() {
    let check = |text: &str, expected: Option<(f64, f64)>| {
        assert_eq!(
            parse_scale(text).ok().map(|scale| (scale.low, scale.high)),
            expected,
            "{text}"
        );
    };
    check("0-10", Some((0.0, 10.0)));
    check("1..5", Some((1.0, 5.0)));
    check("-5..5", Some((-5.0, 5.0)));
    check("-5-5", Some((-5.0, 5.0)));
    check("1:7", Some((1.0, 7.0)));
    check("0 to 100", Some((0.0, 100.0)));
    check("5-1", None);
    check("five", None);
    check("1-inf", None);
}

#[test]
fn amounts_are_read() {
    let done = with(
        "id,score,revenue\na1,5,\"1,200.50\"\na2,4,€ 90\na3,3,\n",
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let values: Vec<_> = done.rows().into_iter().map(|row| row.value).collect();
    assert_eq!(values, [Some(1200.5), Some(90.0), None]);
}

#[test]
fn words_of_a_scale_are_scores() {
    let done = with(
        "id,How satisfied were you with the visit?,What could we do better?\n\
         a1,Very satisfied,\na2,Somewhat dissatisfied,slow queue\na3,Don't know,the door\n\
         a4,Neither satisfied nor dissatisfied,\n",
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.scores(), [Some(5.0), Some(2.0), None, Some(3.0)]);
    let source = &done.report.sources[0];
    let ends = source.scale.map(|scale| (scale.low, scale.high));
    assert_eq!(ends, Some((1.0, 5.0)));
    let said = "were read as 1 to 5: `Somewhat dissatisfied` = 2, `Neither satisfied nor dissatisfied` = 3, `Very satisfied` = 5";
    assert!(
        done.report.notes.iter().any(|note| note.contains(said)),
        "{:?}",
        done.report.notes
    );
    // All of the scale, though nobody stands at its lower end.
    let seven = "id,score\na1,Slightly agree\na2,Agree\na3,Disagree\na4,Strongly agree\n";
    let done = with(seven, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.scores(), [Some(5.0), Some(6.0), Some(2.0), Some(7.0)]);
    let scale = done.report.sources[0].scale;
    assert_eq!(scale.map(|scale| (scale.low, scale.high)), Some((1.0, 7.0)));
    // Words have their scale, and another can't be said.
    let options = ImportOptions {
        scale: parse_scale("0-10").ok(),
        ..ImportOptions::default()
    };
    let Err(error) = with(seven, &options) else {
        panic!("a scale of words was read on another")
    };
    assert!(error.to_string().contains("words of a scale"), "{error}");
}

#[test]
fn one_source_has_one_scale() {
    let words = b"id,source,score\na1,s,Poor\na2,s,Good\na3,s,Excellent\na4,s,Fair\n";
    let numbers = |source: &str| format!("id,source,score\nb1,{source},9\nb2,{source},4\n");
    let import = |source: &str| {
        let numbers = numbers(source);
        let files = [
            (Table::Signals, "words.csv", &words[..]),
            (Table::Signals, "numbers.csv", numbers.as_bytes()),
        ];
        importing(&files, &ImportOptions::default())
    };
    let done = import("t").unwrap_or_else(|error| panic!("{error}"));
    let ends = |at: usize| done.report.sources[at].scale.map(|scale| scale.high);
    assert_eq!((ends(0), ends(1)), (Some(4.0), Some(10.0)));
    let Err(error) = import("s") else {
        panic!("two scales were averaged")
    };
    assert!(error.to_string().contains("another scale"), "{error}");
}

#[test]
fn the_only_column_of_a_scales_words_is_the_score() {
    let rows = "a1,Agree,slow\na2,Strongly agree,fine\na3,Disagree,late\na4,Neutral,ok\n";
    let done = with(
        &format!("id,My bus was clean,comment\n{rows}"),
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.scores(), [Some(4.0), Some(5.0), Some(2.0), Some(3.0)]);
    // Of two the user says which.
    let two = "id,My bus was clean,It was on time,comment\n\
               a1,Agree,Neutral,slow\na2,Strongly agree,Agree,fine\na3,Neutral,Strongly agree,late\n";
    let done = with(two, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.scores(), [None, None, None]);
    let asked = "--map signals.score=\"My bus was clean\"";
    assert!(
        done.report.notes.iter().any(|note| note.contains(asked)),
        "{:?}",
        done.report.notes
    );
    // One "OK" makes no column of comments a scale.
    let done = with(
        "id,score,feedback\na1,5,\na2,3,OK\na3,4,\n",
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.rows()[1].comment.as_deref(), Some("OK"));
}

#[test]
fn words_that_may_stand_on_two_scales_are_refused() {
    let Err(error) = with("id,score\na1,Good\na2,Poor\n", &ImportOptions::default()) else {
        panic!("guessed")
    };
    let said = error.to_string();
    assert!(said.contains("no one scale of words"), "{said}");
}
