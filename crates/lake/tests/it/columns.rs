//! Which column becomes which field, and what is said about it.

use super::{Done, complaint, importing, says, signals};
use throughline_domain::facts::{Question, Table};
use throughline_domain::metric::Metric;
use throughline_lake::{FieldMap, ImportOptions, LakeError};

fn mapping(maps: &[&str]) -> ImportOptions {
    let maps = maps
        .iter()
        .map(|map| {
            map.parse::<FieldMap>()
                .unwrap_or_else(|error| panic!("{error}"))
        })
        .collect();
    ImportOptions {
        maps,
        ..ImportOptions::default()
    }
}

fn mapped(text: &str, maps: &[&str]) -> Result<Done, LakeError> {
    importing(
        &[(Table::Signals, "a.csv", text.as_bytes())],
        &mapping(maps),
    )
}

fn voiced(text: &str, maps: &[&str]) -> Result<Done, LakeError> {
    importing(&[(Table::Voice, "v.csv", text.as_bytes())], &mapping(maps))
}

#[test]
fn columns_are_taken_by_map_name_or_alias_and_said() {
    let text = "Ticket ID,Branch,Stars,Feedback,Open text,Shoe size\nt1,North,4,slow,fine,44\n";
    let done =
        mapped(text, &["signals.comment=open_text"]).unwrap_or_else(|error| panic!("{error}"));
    let file = &done.report.files[0];
    let taken: Vec<_> = file
        .columns
        .iter()
        .map(|one| (one.field.as_str(), one.column.as_str(), one.by.as_str()))
        .collect();
    assert_eq!(
        taken,
        [
            ("id", "Ticket ID", "alias"),
            ("unit", "Branch", "alias"),
            ("score", "Stars", "alias"),
            ("comment", "Open text", "map")
        ]
    );
    assert_eq!(file.ignored_columns, ["Feedback", "Shoe size"]);
    assert!(!done.stores("44"));
}

#[test]
fn headings_that_ask_a_question_are_what_they_ask_for() {
    let text = "Timestamp,What is the simplest change here that would help our customers?,What stands in the way of doing your part well?\n2026-03-01,one form,old maps\n";
    let done = voiced(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let taken: Vec<_> = done.report.files[0]
        .columns
        .iter()
        .map(|one| (one.field.as_str(), one.by.as_str()))
        .collect();
    assert!(taken.contains(&("idea", "wording")) && taken.contains(&("block", "wording")));
    let asked = |done: &Done| -> Vec<Question> {
        let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
        voice.iter().map(|row| row.question).collect()
    };
    assert_eq!(asked(&done), [Question::Idea, Question::Block]);
    // The only column of a file is what was proposed; "improvement" alone is no question but a name.
    let done =
        voiced("comment\nlet us see the map\n", &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(asked(&done), [Question::Idea]);
    // One column that says what it is; a question of facts beside one of ideas.
    let done = voiced("block\nold maps\n", &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(asked(&done), [Question::Block]);
    let done = voiced(
        "What stands in the way of doing your part well?\nold maps\n",
        &[],
    )
    .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(asked(&done), [Question::Block]);
    let facts = "Which office block do you work in?,Comments,What would help our customers?,My manager hears my ideas,To what extent can you improve things?\nA,none,one form,4,3\n";
    let done = voiced(facts, &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(asked(&done), [Question::Idea]);
    says(
        &complaint(voiced("comment,team\nlet us see the map,North\n", &[])),
        &["no column for `question`"],
    );
}

#[test]
fn several_comment_columns_are_rows_of_one_response() {
    let text = "id,score,liked,better\na1,9,staff,queue\na2,3,,price\na3,5,,\n";
    let done = mapped(text, &["signals.comment=liked", "signals.comment=better"])
        .unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<_> = done
        .rows()
        .into_iter()
        .map(|row| {
            (
                row.id,
                row.response,
                row.first,
                row.comment,
                row.question,
                row.score,
            )
        })
        .collect();
    let row =
        |id: &str, response: &str, first, comment: Option<&str>, question: Option<&str>, score| {
            (
                id.to_owned(),
                response.to_owned(),
                first,
                comment.map(str::to_owned),
                question.map(str::to_owned),
                Some(score),
            )
        };
    assert_eq!(
        rows,
        [
            row("a1", "a1", true, Some("staff"), Some("liked"), 9.0),
            row("a1/2", "a1", false, Some("queue"), Some("better"), 9.0),
            row("a2", "a2", true, Some("price"), Some("better"), 3.0),
            row("a3", "a3", true, None, None, 5.0),
        ]
    );
    // A response's score counts once, its comments each.
    assert_eq!(
        (
            done.report.sources[0].scores,
            done.report.sources[0].comments
        ),
        (3, 3)
    );
    let numbered = signals("a.csv", b"id,comment_1,comment_2\na1,staff,queue\n")
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(numbered.comments(), ["staff", "queue"]);
}

#[test]
fn rows_of_one_response_count_its_score_once() {
    let text = "id,response,score,comment\nc1,r1,4,one\nc2,r1,4,two\nc3,r2,2,three\n";
    let done = mapped(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<_> = done
        .rows()
        .into_iter()
        .map(|row| (row.response, row.first))
        .collect();
    assert_eq!(
        rows,
        [
            ("r1".to_owned(), true),
            ("r1".to_owned(), false),
            ("r2".to_owned(), true)
        ]
    );
    assert_eq!(done.report.sources[0].scores, 2);
}

#[test]
fn a_map_that_names_no_column_says_which_there_are() {
    let message = complaint(mapped(
        "id,feedback\na1,slow\n",
        &["signals.comment=feeback"],
    ));
    says(
        &message,
        &[
            "no column `feeback`",
            "did you mean `feedback`",
            "`id`, `feedback`",
            "a.csv",
        ],
    );
    let message = complaint(mapped("id,feedback\na1,slow\n", &["voice.idea=feedback"]));
    says(&message, &["no file was given for `voice`"]);
    let message = complaint(mapped(
        "id,x,y\na1,1,2\n",
        &["signals.score=x", "signals.score=y"],
    ));
    says(&message, &["`signals.score` is mapped twice"]);
}

#[test]
fn a_field_can_be_left_out() {
    let text = "id,date,score,comment\nx,Aug-21,5,fine\nx,Sep-21,4,slow\n";
    says(
        &complaint(mapped(text, &[])),
        &["column `date`", "--map table.field="],
    );
    let done =
        mapped(text, &["signals.at=", "signals.id="]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.comments(), ["fine", "slow"]);
    assert_eq!(done.report.files[0].ignored_columns, ["id", "date"]);
}

#[test]
fn a_map_that_cant_be_read_says_why() {
    let check = |text: &str, part: &str| match text.parse::<FieldMap>() {
        Ok(map) => panic!("{map:?}"),
        Err(error) => says(&error.to_string(), &[part, "hint: "]),
    };
    check("comment=feedback", "no `.`");
    check("signals.comment", "no `=`");
    check("signal.comment=x", "no table `signal`");
    check("signals.colour=x", "no field `colour`");
}

#[test]
fn missing_columns_say_what_was_looked_for() {
    let message = complaint(signals("a.csv", b"id,colour\n1,red\n"));
    says(
        &message,
        &[
            "`score`",
            "`comment`",
            "feedback",
            "--map signals.score=COLUMN",
            "`colour`",
        ],
    );
    let message = complaint(signals("a.csv", b"id^score^comment\n1^5^slow\n"));
    says(&message, &["one column", "parted by something other"]);
    says(
        &complaint(voiced("name,like,dislike\nx,pay,queue\n", &[])),
        &["--map voice.idea=COLUMN", "`dislike`"],
    );
    says(
        &complaint(voiced("question,unit\nidea,a\n", &[])),
        &["`text`"],
    );
}

#[test]
fn wide_answers_are_rows_of_one_person() {
    let text = "employeeID,company,advice,dislike,score\n7,Bank,open earlier,old system,4\n8,Bank,,too many forms,3\n";
    let done = voiced(
        text,
        &[
            "voice.block=dislike",
            "voice.idea=advice",
            "voice.unit=company",
        ],
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<_> = voice
        .iter()
        .map(|one| {
            (
                one.question,
                one.text.as_ref().map(|text| text.for_analysis()),
                one.unit.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (Question::Idea, Some("open earlier"), Some("Bank")),
            (Question::Block, Some("old system"), Some("Bank")),
            (Question::Block, Some("too many forms"), Some("Bank")),
        ]
    );
    assert_eq!(voice[0].respondent, voice[1].respondent);
    assert_ne!(voice[0].respondent, voice[2].respondent);
    assert_ne!(voice[0].id, voice[1].id);
    let columns: Vec<_> = done.report.files[0]
        .columns
        .iter()
        .map(|one| (one.field.as_str(), one.column.as_str()))
        .collect();
    assert_eq!(
        columns,
        [
            ("respondent", "employeeID"),
            ("unit", "company"),
            ("idea", "advice"),
            ("block", "dislike")
        ]
    );
    assert_eq!(done.report.files[0].ignored_columns, ["score"]);
}

#[test]
fn long_answers_are_told_by_their_question() {
    let text = "id,question,text,rating,job title\nv1,idea,open earlier,,Clerk\nv2,What blocks your part?,old system,,Clerk\n\
        v3,commitment,,4,Clerk\nv4,commitment,3,,Clerk\nv5,How long have you worked here?,2 years,,Clerk\n";
    let done = voiced(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
    let rows: Vec<_> = voice
        .iter()
        .map(|one| (one.id.as_str(), one.question, one.rating))
        .collect();
    assert_eq!(
        rows,
        [
            ("v1", Question::Idea, None),
            ("v2", Question::Block, None),
            ("v3", Question::Commitment, Some(4.0)),
            ("v4", Question::Commitment, Some(3.0)),
        ]
    );
    assert_eq!(voice[0].role.as_deref(), Some("Clerk"));
    assert_eq!(
        done.report.files[0]
            .rows_left_out
            .iter()
            .map(|(_, rows)| rows)
            .sum::<u64>(),
        1
    );
}

#[test]
fn wide_answers_without_a_person_are_a_person_each() {
    let done = voiced("idea,commitment\nopen earlier,5\nopen earlier,4\n", &[])
        .unwrap_or_else(|error| panic!("{error}"));
    let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(voice.len(), 4);
    assert_eq!(voice[0].respondent, voice[1].respondent);
    assert_ne!(voice[0].respondent, voice[2].respondent);
    assert_eq!(voice[3].rating, Some(4.0));
}

#[test]
fn the_metric_follows_the_columns_name() {
    let check = |header: &str, values: &[u32], expected: Metric| {
        let rows: String = values
            .iter()
            .enumerate()
            .map(|(n, value)| format!("a{n},{value}\n"))
            .collect();
        let text = format!("id,{header}\n{rows}");
        let done = mapped(&text, &[&format!("signals.score={header}")])
            .unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(done.report.sources[0].metric, expected, "{header}");
    };
    check("NPS", &[1, 5], Metric::Nps);
    check("How likely are you to recommend us?", &[1, 10], Metric::Nps);
    check("csat", &[1, 5], Metric::Csat { cut: 4.0 });
    check("Customer effort", &[1, 7, 3], Metric::Ces { cut: 5.0 });
    check("criticality", &[1, 5], Metric::Coded);
    check("stars", &[1, 5], Metric::Mean);
}

#[test]
fn a_metric_column_parts_sources() {
    let text = "id,source,metric,score\na1,web,nps,9\na2,web,csat,4\na3,shop,csat,2\n";
    let done = mapped(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let sources: Vec<_> = done
        .report
        .sources
        .iter()
        .map(|source| (source.source.as_str(), source.metric.clone()))
        .collect();
    assert_eq!(
        sources,
        [
            ("shop (csat)", Metric::Csat { cut: 4.0 }),
            ("web (csat)", Metric::Csat { cut: 4.0 }),
            ("web (nps)", Metric::Nps)
        ]
    );
}

#[test]
fn a_header_under_a_title_is_found() {
    let text = "Feedback report,,\nmade on Monday,,\n\nid,score,comment\na1,5,good\n";
    let done = mapped(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.comments(), ["good"]);
    assert!(
        done.report.notes.iter().any(|note| note.contains("row 4")),
        "{:?}",
        done.report.notes
    );
}

#[test]
fn people_dont_enter_the_lake() {
    let text = "id,customer,comment,email,phone\nMaria Lund,maria.lund@example.com,Slow but kind,maria.lund@example.com,5550100\n";
    let done = mapped(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    for secret in ["Maria", "maria.lund", "5550100"] {
        assert!(!done.stores(secret), "{secret}");
    }
    assert!(done.stores("Slow but kind"));
    let one = done.rows()[0].customer.clone();
    let again = mapped(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again.rows()[0].customer, one);
    assert!(one.is_some_and(|customer| customer.len() == 32));
}

#[test]
fn staff_names_are_masked() {
    let dir = tempfile::TempDir::new().expect("a temporary folder");
    let list = dir.path().join("names.txt");
    std::fs::write(&list, "# staff\nAnna Smith\nAnna\n").expect("a file");
    let options = ImportOptions {
        staff_names: Some(list),
        ..ImportOptions::default()
    };
    let files = [
        (
            Table::Signals,
            "a.csv",
            &b"id,comment\na1,ANNA SMITH was kind to Annabel\n"[..],
        ),
        (Table::Voice, "v.csv", &b"id,idea\nv1,Let Anna decide\n"[..]),
    ];
    let done = importing(&files, &options).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.comments(), ["[name] was kind to Annabel"]);
    let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        voice[0].text.as_ref().map(|text| text.for_analysis()),
        Some("Let [name] decide")
    );
    let missing = ImportOptions {
        staff_names: Some(dir.path().join("none.txt")),
        ..ImportOptions::default()
    };
    says(
        &complaint(importing(&files, &missing)),
        &["none.txt", "no such file"],
    );
}

#[test]
fn numbers_are_not_taken_for_words() {
    let row = |n: usize| format!("{n}.03.2026;Mitte;{},5;zu lange gewartet {n}\n", n % 5);
    let rows: String = (13..25).map(row).collect();
    let text = format!("Datum;Filiale;Note;Kommentar\n{rows}");
    let done = mapped(&text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let comment = done.report.files[0]
        .columns
        .iter()
        .find(|taken| taken.field == "comment");
    assert_eq!(
        comment.map(|taken| taken.column.as_str()),
        Some("Kommentar")
    );
}

#[test]
fn answers_of_employees_are_no_feedback() {
    let text = "id,respondent,unit,role,question,text\n1,r1,North,fitter,idea,fewer forms\n2,r1,North,fitter,block,old maps\n";
    says(
        &complaint(mapped(text, &[])),
        &["a.csv", "employees", "--voice"],
    );
    // Who says so means it.
    assert!(mapped(text, &["signals.comment=text"]).is_ok());
}

#[test]
fn nobody_named_is_said() {
    let text = "idea\nfewer forms\nnewer maps\n";
    let done = voiced(text, &[]).unwrap_or_else(|error| panic!("{error}"));
    let said = done.report.notes.join(" ");
    assert!(said.contains("voice.respondent"), "{said}");
}
