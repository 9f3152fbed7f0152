//! Rows that come again: the same file twice changes nothing.

use super::{Done, Given, importing, says};
use throughline_domain::facts::Table;
use throughline_lake::{ImportOptions, LakeError};

fn files(files: &[(&str, &str)]) -> Result<Done, LakeError> {
    let given: Vec<Given<'_>> = files
        .iter()
        .map(|(name, text)| (Table::Signals, *name, text.as_bytes()))
        .collect();
    importing(&given, &ImportOptions::default())
}

fn ids(done: &Done) -> Vec<String> {
    done.rows().into_iter().map(|row| row.id).collect()
}

const LONG: &str = "I waited for an hour and then nobody could help me at all";

#[test]
fn the_same_file_twice_changes_nothing() {
    let with_ids = format!("id,score,comment\na1,5,{LONG}\na2,4,slow\n");
    let once = files(&[("a.csv", &with_ids)]).unwrap_or_else(|error| panic!("{error}"));
    let twice = files(&[("a.csv", &with_ids), ("b.csv", &with_ids)])
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(ids(&once), ids(&twice));
    assert_eq!(twice.report.files[1].rows_duplicate, 2);
    assert!(
        twice
            .report
            .notes
            .iter()
            .any(|note| note.contains("counted once")),
        "{:?}",
        twice.report.notes
    );

    let without = format!("score,comment\n5,{LONG}\n4,{LONG} twice\n");
    let once = files(&[("a.csv", &without)]).unwrap_or_else(|error| panic!("{error}"));
    let again = files(&[("b.csv", &without)]).unwrap_or_else(|error| panic!("{error}"));
    let both = files(&[("a.csv", &without), ("b.csv", &without)])
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(ids(&once), ids(&again));
    assert_eq!(ids(&once), ids(&both));
    assert!(ids(&once).iter().all(|id| id.len() == 32));
}

#[test]
fn short_texts_said_twice_are_two_answers() {
    let done = files(&[("a.csv", "score,comment\n5,good\n5,good\n5,good\n")])
        .unwrap_or_else(|error| panic!("{error}"));
    let ids = ids(&done);
    assert_eq!(ids.len(), 3);
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
    assert_eq!(done.report.files[0].rows_duplicate, 0);
}

#[test]
fn long_texts_said_twice_are_one_answer_if_every_column_is_equal() {
    let equal = format!("unit,comment\nNorth,{LONG}\nNorth,{LONG}\n");
    let done = files(&[("a.csv", &equal)]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (done.rows().len(), done.report.files[0].rows_duplicate),
        (1, 1)
    );
    // A column that isn't kept can tell two answers apart.
    let apart = format!("unit,comment,row\nNorth,{LONG},1\nNorth,{LONG},2\n");
    let done = files(&[("a.csv", &apart)]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (done.rows().len(), done.report.files[0].rows_duplicate),
        (2, 0)
    );
    assert_ne!(ids(&done)[0], ids(&done)[1]);
}

#[test]
fn an_id_with_other_content_is_refused() {
    let rows: String = (0..30).map(|n| format!("a{n},5,fine\n")).collect();
    let done = files(&[("a.csv", &format!("id,score,comment\n{rows}a7,1,bad\n"))])
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.rows().len(), 30);
    says(
        &done.rejects(),
        &["a.csv,32,id,a7,the id came before with other content"],
    );
    let many: String = (0..30).map(|n| format!("same,5,fine {n}\n")).collect();
    let message = super::complaint(files(&[("a.csv", &format!("id,score,comment\n{many}"))]));
    says(
        &message,
        &[
            "29 of 30 rows were refused",
            "map that column to `response`",
        ],
    );
}

#[test]
fn ids_dont_depend_on_the_way_a_file_is_written() {
    let one =
        files(&[("a.csv", "score,comment\n5,good\n")]).unwrap_or_else(|error| panic!("{error}"));
    let other = files(&[("b.csv", "extra;comment;score\nx;\"good\";5\n")])
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(ids(&one), ids(&other));
}

#[test]
fn answers_are_told_apart_as_feedback_is() {
    let text = format!("idea\n{LONG}\n{LONG}\nmore staff\nmore staff\n");
    let given: [Given<'_>; 1] = [(Table::Voice, "v.csv", text.as_bytes())];
    let done =
        importing(&given, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    let voice = done.lake.voice().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((voice.len(), done.report.files[0].rows_duplicate), (3, 1));
    assert_ne!(voice[1].id, voice[2].id);
    let text = format!("id,idea\nv1,{LONG}\nv2,{LONG}\n");
    let given: [Given<'_>; 1] = [(Table::Voice, "v.csv", text.as_bytes())];
    let done =
        importing(&given, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.lake.voice().map(|voice| voice.len()).ok(), Some(2));
    assert!(
        done.report
            .notes
            .iter()
            .any(|note| note.contains("word for word")),
        "{:?}",
        done.report.notes
    );
}
