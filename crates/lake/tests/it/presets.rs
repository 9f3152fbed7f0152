//! Exports whose layout is known, recognised or asked for.

use super::{Done, complaint, fixture, import_paths, importing, says};
use tempfile::TempDir;
use throughline_domain::facts::{Question, Table};
use throughline_domain::metric::Metric;
use throughline_lake::{ImportOptions, Preset, TableFiles};

fn preset(table: Table, name: &str, asked: Option<Preset>) -> Done {
    let tables = [TableFiles {
        table,
        files: vec![fixture(name)],
    }];
    let options = ImportOptions {
        preset: asked,
        ..ImportOptions::default()
    };
    let dir = TempDir::new().expect("a temporary folder");
    import_paths(&tables, &options, dir).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn hides(done: &Done, secrets: &[&str]) {
    for secret in secrets {
        assert!(!done.stores(secret), "`{secret}` was stored");
    }
}

#[test]
fn qualtrics_of_customers() {
    let done = preset(Table::Signals, "qualtrics.csv", None);
    let file = &done.report.files[0];
    assert_eq!(file.preset.as_deref(), Some("qualtrics (recognised)"));
    assert_eq!(
        file.rows_left_out,
        [
            ("previews and tests".to_owned(), 1),
            ("unfinished responses".to_owned(), 1)
        ]
    );
    let rows: Vec<_> = done
        .rows()
        .into_iter()
        .map(|row| {
            (
                row.response,
                row.question.unwrap_or_default(),
                row.comment.unwrap_or_default(),
                row.score,
                row.unit.unwrap_or_default(),
            )
        })
        .collect();
    let why = "What is the main reason for your score?";
    let better = "What could we do better, in your words?";
    let row = |response: &str, question: &str, comment: &str, score, unit: &str| {
        (
            response.to_owned(),
            question.to_owned(),
            comment.to_owned(),
            Some(score),
            unit.to_owned(),
        )
    };
    assert_eq!(
        rows,
        [
            row(
                "R_1aaaaaaaaaaaaaa",
                why,
                "The desk solved it while I waited",
                9.0,
                "North"
            ),
            row(
                "R_1aaaaaaaaaaaaaa",
                better,
                "Open ten minutes earlier on Mondays",
                9.0,
                "North"
            ),
            row(
                "R_2bbbbbbbbbbbbbb",
                why,
                "I was sent away twice,\nboth times without a reason",
                3.0,
                "South"
            ),
            row(
                "R_5eeeeeeeeeeeeee",
                better,
                "Der Schalter sollte länger offen sein",
                10.0,
                "North"
            ),
        ]
    );
    assert_eq!(done.report.sources[0].metric, Metric::Nps);
    assert_eq!(done.report.sources[0].scores, 3);
    assert_eq!(done.rows()[3].language.as_deref(), Some("DE"));
    hides(
        &done,
        &["Marlow", "petra", "192.0.2", "51.5", "Only trying the form"],
    );
}

#[test]
fn qualtrics_of_employees() {
    let done = preset(
        Table::Voice,
        "qualtrics-employees.csv",
        Some(Preset::Qualtrics),
    );
    assert_eq!(
        done.report.files[0].preset.as_deref(),
        Some("qualtrics (asked for)")
    );
    let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<_> = voice
        .iter()
        .map(|one| {
            (
                one.question,
                one.text.as_ref().map(|text| text.for_analysis()),
                one.rating,
                one.unit.as_deref(),
            )
        })
        .collect();
    let desk = Some("Front desk");
    assert_eq!(
        rows,
        [
            (
                Question::Idea,
                Some("Print the letter at the desk itself"),
                None,
                desk
            ),
            (
                Question::Block,
                Some("The old printer is two floors up"),
                None,
                desk
            ),
            (Question::Commitment, None, Some(4.0), desk),
            (
                Question::Block,
                Some("Nobody answers the back office phone"),
                None,
                desk
            ),
            (Question::Commitment, None, Some(2.0), desk),
        ]
    );
    hides(&done, &["Vane", "una.vane", "192.0.2"]);
}

#[test]
fn survey_monkey() {
    let done = preset(Table::Signals, "surveymonkey.csv", None);
    assert_eq!(
        done.report.files[0].preset.as_deref(),
        Some("surveymonkey (recognised)")
    );
    let rows: Vec<_> = done
        .rows()
        .into_iter()
        .map(|row| (row.id, row.day, row.score, row.comment.unwrap_or_default()))
        .collect();
    assert_eq!(
        rows,
        [
            (
                "118000000001".to_owned(),
                Some(20_517),
                Some(9.0),
                "Keep the queue shorter at noon please".to_owned()
            ),
            (
                "118000000002".to_owned(),
                Some(20_537),
                Some(4.0),
                "The app forgot my order twice this week".to_owned()
            ),
            (
                "118000000003".to_owned(),
                Some(20_538),
                Some(7.0),
                String::new()
            ),
        ]
    );
    assert_eq!(done.report.sources[0].metric, Metric::Nps);
    hides(&done, &["ada.brook", "Brook", "192.0.2", "440001"]);
}

#[test]
fn medallia() {
    let done = preset(Table::Signals, "medallia.csv", None);
    let file = &done.report.files[0];
    assert_eq!(file.preset.as_deref(), Some("medallia (recognised)"));
    assert_eq!(file.rows_left_out, [("unfinished responses".to_owned(), 1)]);
    let rows: Vec<_> = done
        .rows()
        .into_iter()
        .map(|row| {
            (
                row.id,
                row.unit.unwrap_or_default(),
                row.comment.unwrap_or_default(),
            )
        })
        .collect();
    let row =
        |id: &str, unit: &str, comment: &str| (id.to_owned(), unit.to_owned(), comment.to_owned());
    assert_eq!(
        rows,
        [
            row("700001", "Harbour", "The staff found my bag within minutes"),
            row(
                "700002",
                "Station",
                "I waited an hour for a key that worked"
            ),
            row("700002/2", "Station", "Give out keys before noon"),
        ]
    );
    assert_eq!(done.report.sources[0].metric, Metric::Nps);
    hides(&done, &["Cleo", "dov.ember"]);
}

#[test]
fn zendesk_as_json_lines() {
    let done = preset(Table::Signals, "zendesk.jsonl", None);
    assert_eq!(
        done.report.files[0].preset.as_deref(),
        Some("zendesk (recognised)")
    );
    let rows: Vec<_> = done
        .rows()
        .into_iter()
        .map(|row| {
            (
                row.response,
                row.first,
                row.score,
                row.unit.unwrap_or_default(),
                row.comment.unwrap_or_default(),
            )
        })
        .collect();
    let row = |ticket: &str, first, score, unit: &str, comment: &str| {
        (
            ticket.to_owned(),
            first,
            score,
            unit.to_owned(),
            comment.to_owned(),
        )
    };
    assert_eq!(
        rows,
        [
            row(
                "9001",
                true,
                Some(0.0),
                "Cards",
                "My card has not come after two weeks"
            ),
            row(
                "9001",
                false,
                None,
                "Cards",
                "Still nothing, please send it again"
            ),
            row("9001", false, None, "Cards", "It took far too long"),
            row(
                "9002",
                true,
                Some(1.0),
                "Fees",
                "Why was I charged a fee in May?"
            ),
        ]
    );
    assert_eq!(done.report.sources[0].metric, Metric::Csat { cut: 1.0 });
    hides(
        &done,
        &[
            "We are looking",
            "Customer is cross",
            "Fay Gold",
            "fay.gold",
            "Agent's own",
        ],
    );
}

#[test]
fn zendesk_as_csv() {
    let done = preset(Table::Signals, "zendesk.csv", Some(Preset::Zendesk));
    assert_eq!(
        done.comments(),
        [
            "The new card was refused at the till",
            "I was charged twice for one transfer"
        ]
    );
    assert_eq!(
        done.report.files[0].rows_left_out,
        [
            ("agents' turns".to_owned(), 1),
            ("private notes".to_owned(), 1)
        ]
    );
    hides(&done, &["Gil Hart", "Ira Joss", "Blocked by risk"]);
}

#[test]
fn culture_amp() {
    let done = preset(Table::Voice, "culture-amp.csv", None);
    assert_eq!(
        done.report.files[0].preset.as_deref(),
        Some("culture-amp (recognised)")
    );
    let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<_> = voice
        .iter()
        .map(|one| {
            (
                one.question,
                one.text.as_ref().map_or("", |text| text.for_analysis()),
                one.role.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (
                Question::Idea,
                "Call people back on the day they asked for it",
                Some("Claims handler")
            ),
            (
                Question::Block,
                "The claims system logs us out at noon",
                Some("Claims handler")
            ),
            (Question::Block, "Three forms for one refund", Some("Clerk")),
        ]
    );
    assert_eq!(voice[0].respondent, voice[1].respondent);
    hides(&done, &["Mona", "mona.nash", "E-101", "Ola Pike"]);

    let done = preset(Table::Voice, "culture-amp-comments.csv", None);
    let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        voice.iter().map(|one| one.question).collect::<Vec<_>>(),
        [Question::Idea, Question::Block]
    );
    assert_eq!(done.report.files[0].rows_left_out.len(), 1);
}

#[test]
fn a_preset_that_doesnt_fit_says_what_it_needs() {
    let options = ImportOptions {
        preset: Some(Preset::Qualtrics),
        ..ImportOptions::default()
    };
    let message = complaint(importing(
        &[(Table::Signals, "a.csv", b"id,score\na1,5\n")],
        &options,
    ));
    says(&message, &["qualtrics", "three header rows", "--map"]);
    assert_eq!(
        "Culture Amp".parse::<Preset>().ok(),
        Some(Preset::CultureAmp)
    );
    assert!("excel".parse::<Preset>().is_err());
}

/// Fifty answers, a choice and a rating in words among them, under the header rows of an export.
fn rated_in_words(header: &str, id: &str, then: &str) -> Done {
    const RATED: [&str; 4] = [
        "Very satisfied",
        "Satisfied",
        "Very dissatisfied",
        "Neutral",
    ];
    const PLACES: [&str; 2] = ["At the bus station", "On the bus itself"];
    let mut text = header.to_owned();
    for row in 0..50 {
        text.push_str(&format!(
            "{id}{row},{then},{row},{},{},\"what I had to say on ride {row} was said\"\n",
            PLACES[row % 2],
            RATED[row % 4]
        ));
    }
    importing(
        &[(Table::Signals, "export.csv", text.as_bytes())],
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn exports_rated_in_words_have_scores_and_choices_are_no_comments() {
    let monkey = "Respondent ID,Collector ID,Row,Where was it?,How satisfied were you with your ride?,What could we do better?\n\
                  ,,Open,Response,Response,Open-Ended Response\n";
    let qualtrics = "ResponseId,Status,Row,Q1,Q2,Q3\n\
                     Response ID,Response Type,Row,Which part was it?,How satisfied were you with your ride?,What could we do better?\n\
                     \"{\"\"ImportId\"\":\"\"_id\"\"}\",\"{\"\"ImportId\"\":\"\"s\"\"}\",\"{\"\"ImportId\"\":\"\"r\"\"}\",\"{\"\"ImportId\"\":\"\"1\"\"}\",\"{\"\"ImportId\"\":\"\"2\"\"}\",\"{\"\"ImportId\"\":\"\"3\"\"}\"\n";
    for (name, done) in [
        ("surveymonkey", rated_in_words(monkey, "r", "c1")),
        ("qualtrics", rated_in_words(qualtrics, "R_", "IP Address")),
    ] {
        let file = &done.report.files[0];
        assert!(
            file.preset
                .as_deref()
                .is_some_and(|preset| preset.starts_with(name)),
            "{name}"
        );
        let source = &done.report.sources[0];
        assert_eq!(
            (source.scores, source.comments),
            (50, 50),
            "{name}: {:?}",
            file.columns
        );
    }
}

#[test]
fn culture_amps_open_questions_are_read_whatever_their_ending() {
    let rows: String = (0..8)
        .map(|at| format!("E{at},Retail,{},we lost {at} people this month,start with call {at} back on the same day\n", 1 + at % 5))
        .collect();
    let read = |first: &str| {
        let text = format!(
            "{first},Department,Our team is committed to customers,Our team is committed to customers - Comment,\
             What is one simple change here that would help our customers?\n{rows}"
        );
        let done = importing(
            &[(Table::Voice, "a.csv", text.as_bytes())],
            &ImportOptions::default(),
        )
        .unwrap_or_else(|error| panic!("{error}"));
        let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
        let count = |question| voice.iter().filter(|one| one.question == question).count();
        assert_eq!((count(Question::Idea), count(Question::Commitment)), (8, 8));
        done.report.files[0].preset.is_some()
    };
    assert!(read("Employee ID"));
    // Without the preset's person the general rules say the same.
    assert!(!read("Who"));
}
