//! Where headings stand, and what they tell of a file.

use super::importing;
use throughline_domain::facts::Table;
use throughline_lake::ImportOptions;

#[test]
fn headings_that_are_questions_stand_under_a_title_too() {
    let text = "Northway Buses: passenger survey,,\nExported on 28 Nov,,\n\
                Depot,How satisfied were you with your ride?,What could we do better?\n\
                West,5,be on time\nEast,2,clean the seats please\n";
    let done = importing(
        &[(Table::Signals, "a.csv", text.as_bytes())],
        &ImportOptions::default(),
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.scores(), [Some(5.0), Some(2.0)]);
    assert_eq!(done.report.sources[0].comments, 2);
    // What no heading is known of is told by its headings, not by the title.
    let unknown = "Northway Buses: passenger survey,,\nA,B,C\n1,2,3\n";
    let Err(error) = importing(
        &[(Table::Signals, "a.csv", unknown.as_bytes())],
        &ImportOptions::default(),
    ) else {
        panic!("columns of no names were read")
    };
    assert!(error.to_string().contains("`A`, `B`, `C`"), "{error}");
}

#[test]
fn employees_answers_given_as_feedback_are_refused_whatever_their_columns_are_called() {
    let text = "Answer ID,Employee ID,Your job title,Question,Answer\n\
                a1,E1,Waiter,What gets in your way?,the printer\n\
                a2,E2,Porter,What would you change?,one list for all\n";
    let Err(error) = importing(
        &[(Table::Signals, "a.csv", text.as_bytes())],
        &ImportOptions::default(),
    ) else {
        panic!("employees were taken for customers")
    };
    assert!(error.to_string().contains("--voice"), "{error}");
}

#[test]
fn the_only_column_of_sentences_is_the_comment_whatever_it_is_called() {
    let cells = [
        "nobody came on the day",
        "still waiting for my refund",
        "the app logs me out every time",
        "your man was very kind to us",
        "no news for a week now",
        "",
    ];
    let taken = |heading: &str, more: &str| {
        let rows = cells.iter().map(|cell| {
            let other = if more.is_empty() { "" } else { cell };
            format!("4,{cell},{other}\n")
        });
        let text = format!("Score,{heading},{more}\n{}", rows.collect::<String>());
        let done = importing(
            &[(Table::Signals, "a.csv", text.as_bytes())],
            &ImportOptions::default(),
        )
        .unwrap_or_else(|error| panic!("{error}"));
        let source = &done.report.sources[0];
        (source.comments, done.report.notes.join("\n"))
    };
    assert_eq!(taken("What happened?", "").0, 5);
    assert_eq!(taken("Satisfaction in your words", "").0, 5);
    // Somebody else's sentences aren't.
    let (comments, notes) = taken("Agent's reply", "");
    assert_eq!(comments, 0);
    assert!(notes.contains("`Agent's reply` holds sentences"), "{notes}");
    assert_eq!(taken("Open response", "").0, 5);
    assert_eq!(taken("Agent's reply", "What happened?").0, 5);
    // Of two columns one must be named.
    let (comments, notes) = taken("What happened?", "And then?");
    assert_eq!(comments, 0);
    assert!(
        notes.contains("hold sentences") && notes.contains("--map signals.comment="),
        "{notes}"
    );
}

#[test]
fn a_title_above_a_table_is_one_whatever_its_words() {
    let table = "Date,Score,Comment,Branch\n2026-01-01,8,nobody came on the day,West\n\
                 2026-01-02,3,still waiting for my refund,East\n";
    let about = "Survey: CX 2026\nPeriod,Q1\nRegion,All,Channel,All\n";
    let questions = "When,\"How likely are you to recommend us?\",Why did you give this score?,Shop\n\
                     2026-01-01,8,nobody came on the day,West\n2026-01-02,3,still waiting for my refund,East\n";
    for (above, table) in [
        ("Customer feedback 2026\n", table),
        ("Customer feedback 2026\n\n", table),
        ("Customer feedback 2026,,,\n,,,\n", table),
        ("Comments,,,\n", table),
        ("Feedback\n", table),
        (about, table),
        ("Feedback,,,\nPeriod,Q1,,\n", table),
        ("Feedback,All branches,,\n", table),
        ("Feedback,,,\n", questions),
        ("What could we do better?\n", table),
        ("What could we do better?\n", questions),
    ] {
        let done = importing(
            &[(
                Table::Signals,
                "a.csv",
                format!("{above}{table}").as_bytes(),
            )],
            &ImportOptions::default(),
        )
        .unwrap_or_else(|error| panic!("{above}: {error}"));
        assert_eq!(done.scores(), [Some(8.0), Some(3.0)], "{above}");
        assert_eq!(done.comments()[0], "nobody came on the day", "{above}");
        assert_eq!(done.rows()[0].unit.as_deref(), Some("West"), "{above}");
    }
    // A lone column stays one, with something of nobody's beside its texts.
    for text in [
        "Feedback\nprice, time\nslow\nfine\n",
        "Feedback,\nnobody came on the day,7\nslow,3\nfine,\n",
    ] {
        let done = importing(
            &[(Table::Signals, "a.csv", text.as_bytes())],
            &ImportOptions::default(),
        )
        .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(done.comments().len(), 3, "{text}");
    }
}

#[test]
fn a_column_of_sentences_is_no_id() {
    let said = [
        "nobody came on the day",
        "still waiting for my refund",
        "the app logs me out every time",
        "your man was very kind to us",
        "no news for a week now",
        "too dear for what it is",
    ];
    let read = |header: &str, row: &dyn Fn(&str) -> String| {
        let rows: String = said.iter().map(|text| row(text)).collect();
        importing(
            &[(
                Table::Signals,
                "a.csv",
                format!("{header}\n{rows}").as_bytes(),
            )],
            &ImportOptions::default(),
        )
        .unwrap_or_else(|error| panic!("{header}: {error}"))
    };
    // The company's one reply to all is neither the response's id nor the customers' words.
    let done = read("Rating,Response,Review", &|text| {
        format!("4,\"Thank you for contacting us, sorry\",{text}\n")
    });
    assert!(
        done.rows()
            .iter()
            .all(|row| row.first && row.comment.is_some())
    );
    assert_eq!(done.report.files[0].ignored_columns, ["Response"]);
    let notes = done.report.notes.join("\n");
    assert!(
        notes.contains("`Response` is called like the response")
            && notes.contains("--map signals.response=\"Response\""),
        "{notes}"
    );
    // Where it alone holds sentences, it is the comment.
    let done = read("Question,Response,Score", &|text| {
        format!("Why?,{text},4\n")
    });
    assert_eq!(done.comments(), said);
    // Numbers and codes still are ids.
    let done = read("Rating,Response,Review", &|text| format!("4,R 17,{text}\n"));
    assert_eq!(done.rows().iter().filter(|row| row.first).count(), 1);
}

#[test]
fn a_firm_in_small_letters_is_a_customer() {
    let read = |text: &str| {
        importing(
            &[(Table::Signals, "a.csv", text.as_bytes())],
            &ImportOptions::default(),
        )
        .unwrap_or_else(|error| panic!("{error}"))
    };
    let text = "Customer,Score\nacme building supplies ltd,4\nmiller and sons joinery co.,5\n";
    let done = read(text);
    assert!(done.rows().iter().all(|row| row.customer.is_some()));
    // What customers wrote is none, and that is told.
    let text = "Your customer,Score\nnobody came on the day.,4\nwhere is my refund now?,5\n";
    let done = read(text);
    assert!(done.rows().iter().all(|row| row.customer.is_none()));
    let notes = done.report.notes.join("\n");
    assert!(
        notes.contains("`Your customer` is called like the customer"),
        "{notes}"
    );
}

#[test]
fn a_lone_question_heads_its_answers_whatever_commas_they_hold() {
    for lines in [
        "open earlier, close later\nprice, time\nmore staff\nanswer the phone, please\n",
        "open earlier, close later\nprice, time\nmore staff, less waiting\nanswer the phone, please\n",
    ] {
        let text = format!("What would help customers?\n{lines}");
        let done = importing(
            &[(Table::Voice, "a.csv", text.as_bytes())],
            &ImportOptions::default(),
        )
        .unwrap_or_else(|error| panic!("{lines}: {error}"));
        let said: Vec<String> = done
            .lake
            .voice()
            .unwrap_or_default()
            .into_iter()
            .map(|one| one.text.unwrap_or_default().for_analysis().to_owned())
            .collect();
        assert_eq!(said.join("\n") + "\n", lines);
    }
}
