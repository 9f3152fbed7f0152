//! Bringing customers' feedback: what is recognised, what is kept, and what never is.

use crate::bed::{Bed, Visitor, import, text};
use crate::people::{place, upload};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use std::path::PathBuf;
use throughline_domain::facts::Unit;
use throughline_domain::listen::{AccountRole, Roster};
use throughline_engine::ReadingOptions;
use throughline_engine::people::Given;
use throughline_engine::workspace::{FeedbackRead, read_feedback, signal_files, stamp};
use throughline_ledger::audit;

/// It waits for the facts it reads, which no task of the test may.
fn read_again(
    given: Given<'_>,
    options: &ReadingOptions,
    scratch: &std::path::Path,
) -> FeedbackRead {
    tokio::task::block_in_place(|| read_feedback(given, options, scratch)).expect("rows")
}

const FILE: &str = "Response ID,Name,Date,Store,NPS,What could we do better?,Feedback\n\
     r1,Ada Lovelace,2026-03-01,North 1,9,,Quick and kind\n\
     r2,Kay Secret,2026-03-02,North 2,2,,\"Nobody, ever, called back\"\n\
     r3,Sam Hidden,2026-03-40,North 1,5,,A wrong day\n\
     r4,Eve Unseen,2026-03-04,North 1,0,,\n\
     r2,Kay Secret,2026-03-02,North 2,2,,\"Nobody, ever, called back\"\n";

async fn feedback(visitor: &Visitor<'_>, name: &str, text: &str) -> Response<Body> {
    upload(
        visitor,
        "/feedback/upload",
        "feedback",
        name,
        text.as_bytes(),
    )
    .await
}

/// The same, with a column named for a field.
async fn named(
    visitor: &Visitor<'_>,
    field: &str,
    columns: &str,
    (name, text): (&str, &str),
) -> Response<Body> {
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{columns}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"feedback\"; filename=\"{name}\"\r\n\r\n{text}\r\n--edge--\r\n"
    );
    let request = Request::post("/feedback/upload")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .body(Body::from(body));
    visitor.send(request.expect("a request")).await
}

fn kept(bed: &Bed) -> Vec<PathBuf> {
    signal_files(&bed.app.config.workspace).expect("a folder that can be read")
}

/// All bytes of all files under a folder, as text.
fn everything(folder: &std::path::Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all += &everything(&path);
        } else {
            all += &String::from_utf8_lossy(&std::fs::read(&path).expect("a file"));
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_looked_at_and_then_kept_without_what_is_not_asked_for() {
    let bed = Bed::new().await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    let home = text(cx.get("/").await).await;
    assert!(home.contains("Bring customers\u{2019} feedback"), "{home}");
    let preview = place(&feedback(&cx, "spring survey.csv", FILE).await);
    let page = text(cx.get(&preview).await).await;
    for word in [
        "5 rows",
        "3 pieces",
        "1 row can",
        "there is no such day",
        "2026-03-40",
        "1 row was there before",
        "the team, branch or store",
        "net promoter score",
        "never stored",
        "Name",
        "value=\"spring survey\"",
        "1 March 2026",
        "4 March 2026",
        "Nobody, ever, called back",
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!page.contains("Ada Lovelace"), "{page}");
    assert!(kept(&bed).is_empty(), "nothing is kept before she says so");
    let refused = text(cx.get(&format!("{preview}/refused")).await).await;
    assert!(refused.contains("4,Date,2026-03-40,"), "{refused}");
    let done = place(&cx.post(&preview, "source=Spring+2026").await);
    assert!(text(cx.get(&done).await).await.contains("3 rows"));

    let files = kept(&bed);
    assert_eq!(files.len(), 1, "{files:?}");
    let rows = std::fs::read_to_string(&files[0]).expect("a file");
    assert_eq!(rows.lines().count(), 3, "{rows}");
    assert_eq!(rows.matches("\"source\":\"Spring 2026\"").count(), 3);
    assert!(rows.contains("Nobody, ever, called back"), "{rows}");
    for name in ["Lovelace", "Secret", "Unseen", "A wrong day"] {
        assert!(
            !everything(&bed.app.config.workspace).contains(name),
            "{name}"
        );
    }
    let left = std::fs::read_dir(bed.app.config.workspace.join("uploads"));
    assert_eq!(left.expect("it is there").count(), 0);
    let line = &audit::lines(&bed.app.ledger, 0, 1).await.expect("lines")[0];
    assert_eq!(line.act.act, "signals.import");
    assert!(
        line.act.detail.starts_with("3 rows kept, 1 refused"),
        "{line:?}"
    );

    // A brief reads what the page showed.
    let scratch = tempfile::tempdir().expect("a folder");
    let given = Given {
        path: &files[0],
        name: "again.jsonl",
    };
    let again = read_again(given, &ReadingOptions::default(), scratch.path());
    assert_eq!((again.rows, again.report.rows_rejected), (3, 0));
    assert_eq!(again.sources[0].source, "Spring 2026");
    assert_eq!(
        again.sources[0].metric,
        throughline_domain::metric::Metric::Nps
    );

    // It is kept once; the same file again takes its own place, another file its own.
    let gone = cx.post(&preview, "").await;
    assert_eq!(gone.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let preview = place(&feedback(&cx, "spring survey.csv", FILE).await);
    place(&cx.post(&preview, "source=Other").await);
    assert_eq!(kept(&bed), files);
    let preview = place(&feedback(&cx, "spring survey.csv", "score,comment\n3,Slow\n").await);
    place(&cx.post(&preview, "").await);
    assert_eq!(kept(&bed).len(), 2);
    let home = text(cx.get("/").await).await;
    assert!(!home.contains("Bring customers\u{2019} feedback"), "{home}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn json_lines_and_a_column_that_is_named_are_read() {
    let bed = Bed::new().await;
    let analyst = bed.signed_in(AccountRole::Analyst).await;
    let lines = "{\"stars\":3,\"comment\":\"Slow\"}\n{\"stars\":5,\"comment\":\"Fine\"}\n";
    let preview = place(&feedback(&analyst, "reviews.jsonl", lines).await);
    assert!(text(analyst.get(&preview).await).await.contains("2 pieces"));
    // A score under a name that nobody knows is found when it is named.
    let csv = "blorp,comment\n3,Slow\n5,Fine\n";
    let preview = place(&feedback(&analyst, "odd.csv", csv).await);
    let page = text(analyst.get(&preview).await).await;
    assert!(!page.contains("the score</th>"), "{page}");
    let preview = place(&named(&analyst, "score", "blorp", ("odd.csv", csv)).await);
    let page = text(analyst.get(&preview).await).await;
    assert!(page.contains("the score</th>"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workbooks_and_parquet_are_read_as_rows_of_text_are() {
    let bed = Bed::new().await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    for (name, bytes) in [("spring.xlsx", workbook()), ("spring.parquet", parquet())] {
        let preview = place(&upload(&cx, "/feedback/upload", "feedback", name, &bytes).await);
        let page = text(cx.get(&preview).await).await;
        for word in [name, "2 pieces", "net promoter score"] {
            assert!(page.contains(word), "{name}, {word}: {page}");
        }
        place(&cx.post(&preview, "source=Spring").await);
    }
    let files = kept(&bed);
    assert_eq!(files.len(), 2, "{files:?}");
    for file in files {
        let rows = std::fs::read_to_string(&file).expect("a file");
        for part in ["\"comment\":\"Too slow\"", "\"score\":2.0"] {
            assert!(rows.contains(part), "{}: {rows}", file.display());
        }
    }
}

/// Two answers in a workbook.
fn workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(0, 0, "NPS").expect("a cell");
    for (row, score) in (1u32..).zip([9.0, 2.0]) {
        sheet.write(row, 0, score).expect("a cell");
    }
    for (row, words) in (0u32..).zip(["Feedback", "Quick and kind", "Too slow"]) {
        sheet.write(row, 1, words).expect("a cell");
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// The same in Parquet.
fn parquet() -> Vec<u8> {
    use arrow::array::{Float64Array, RecordBatch, StringArray};
    use std::sync::Arc;
    let batch = RecordBatch::try_from_iter([
        ("NPS", Arc::new(Float64Array::from(vec![9.0, 2.0])) as _),
        (
            "Feedback",
            Arc::new(StringArray::from(vec!["Quick and kind", "Too slow"])) as _,
        ),
    ])
    .expect("a batch");
    let mut bytes = Vec::new();
    let mut writer =
        parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("a writer");
    writer.write(&batch).expect("it is written");
    writer.close().expect("it is closed");
    bytes
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_was_brought_can_be_taken_out_and_no_other() {
    let bed = Bed::new().await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    let preview = place(&feedback(&cx, "wrong.csv", "score,comment\n3,Slow\n").await);
    place(&cx.post(&preview, "source=Shop").await);
    let brought = kept(&bed).remove(0);
    let folder = brought.parent().expect("a folder").to_owned();
    let name = brought.file_name().expect("a name").to_string_lossy();
    let seen = stamp(&brought);
    // What lies beside it, and one outside that a path through a folder named alike would reach.
    let outside = "upload-x-0123456789ab.jsonl";
    let through = folder.join("upload-d");
    std::fs::create_dir(&through).expect("a folder");
    let others = ["mine.csv", "upload-march.csv", "api-1.jsonl"].map(|name| folder.join(name));
    let others = [&others[..], &[bed.app.config.workspace.join(outside)]].concat();
    for other in &others {
        std::fs::write(other, "score,comment\n1,Words\n").expect("a file");
    }
    let page = text(cx.get("/feedback").await).await;
    let forms = page.matches("action=\"/feedback/remove\"").count();
    assert_eq!(forms, 1, "{page}");
    assert!(page.contains("What has no button here"), "{page}");
    let remove = async |file: &str, seen: &str, sure: &str| {
        let form = format!("{sure}&file={file}&seen={seen}");
        cx.post("/feedback/remove", &form).await
    };
    let through = format!("upload-d/../../{outside}");
    let mut refused: Vec<(&str, String, &str)> = vec![
        (&name, seen.clone(), "sure=no"),
        (&name, String::new(), "sure=yes"),
        (&name, "11-1".to_owned(), "sure=yes"),
        ("", String::new(), "sure=yes"),
        (&through, stamp(&others[3]), "sure=yes"),
    ];
    for other in &others {
        let name = other.file_name().and_then(|name| name.to_str());
        refused.push((name.expect("a name"), stamp(other), "sure=yes"));
    }
    for (file, seen, sure) in &refused {
        let response = remove(file, seen, sure).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{file}"
        );
    }
    assert_eq!(kept(&bed).len(), 4);
    let done = place(&remove(&name, &seen, "sure=yes").await);
    assert!(text(cx.get(&done).await).await.contains("is taken out"));
    assert_eq!(kept(&bed).len(), 3);
    assert!(!everything(&folder).contains("Slow"));
    assert!(others.iter().all(|other| other.exists()));
    let lines = audit::lines(&bed.app.ledger, 0, 100).await.expect("lines");
    let removals: Vec<_> = lines
        .iter()
        .filter(|line| line.act.act == "signals.remove")
        .map(|line| line.act.subject.as_str())
        .collect();
    assert_eq!(removals, [&*name]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_scale_is_found_on_the_page_as_in_a_brief_and_never_typed() {
    let bed = Bed::new().await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    let form = text(cx.get("/feedback").await).await;
    assert!(!form.contains("name=\"scale\""), "{form}");
    // 300 scores of one to five, and one that is far outside.
    let mut csv = "stars,comment\n".to_owned();
    for row in 0..300 {
        csv += &format!("{},\n", 1 + row % 5);
    }
    csv += "99,\n";
    let preview = place(&named(&cx, "scale", "0 to 100", ("stars.csv", &csv)).await);
    let page = text(cx.get(&preview).await).await;
    assert!(page.contains("on a scale from 1 to 5"), "{page}");
    assert!(page.contains("far outside that were refused"), "{page}");
    assert!(page.contains("Scales are found from the scores"), "{page}");
    assert!(!page.contains("--scale"), "{page}");
    place(&cx.post(&preview, "source=Stars").await);
    let scratch = tempfile::tempdir().expect("a folder");
    let given = Given {
        path: &kept(&bed)[0],
        name: "kept.jsonl",
    };
    let brief = read_again(given, &ReadingOptions::default(), scratch.path());
    let scale = brief.sources[0].scale.expect("a scale");
    assert_eq!((scale.low, scale.high, brief.rows), (1.0, 5.0, 300));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_is_read_again_as_it_was() {
    let bed = Bed::new().await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    // Two comments of one answer, scores of a scale that isn't full, a day long ago, no ids.
    let lines = "{\"csat\":4,\"comment\":\"Slow \\\"answer\\\"\",\"remarks\":\"But kind\",\"at\":\"2001-05-06\",\"source\":\"shop\"}\n\
                 {\"csat\":2,\"comment\":\"=1+1\",\"at\":\"2026-05-06\",\"source\":\"web\",\"unit\":\"North 1\"}\n\
                 {\"csat\":5,\"comment\":\"ok\",\"source\":\"web\"}\n\
                 {\"csat\":5,\"comment\":\"ok\",\"source\":\"web\"}\n";
    let sent = named(&cx, "comment", "comment; remarks", ("..", lines)).await;
    let preview = place(&sent);
    let page = text(cx.get(&preview).await).await;
    assert!(
        !page.contains("name=\"source\""),
        "a column says it: {page}"
    );
    place(&cx.post(&preview, "source=ignored").await);
    let scratch = tempfile::tempdir().expect("a folder");
    let read = |path: &std::path::Path, comments: &[&str]| {
        let name = "a.jsonl";
        let given = Given { path, name };
        let map = |column: &&str| format!("signals.comment={column}");
        let options = ReadingOptions {
            maps: comments.iter().map(map).collect(),
            ..ReadingOptions::default()
        };
        read_again(given, &options, scratch.path())
    };
    let original = scratch.path().join("original.jsonl");
    std::fs::write(&original, lines).expect("a file");
    let before = read(&original, &["comment", "remarks"]);
    let after = read(&kept(&bed)[0], &[]);
    assert_eq!((before.rows, after.rows), (5, 5));
    assert_eq!(before.sources, after.sources);
    let rows = std::fs::read_to_string(&kept(&bed)[0]).expect("a file");
    for part in ["2001-05-06", "\"score\":4.0", "But kind", "=1+1", "North 1"] {
        assert!(rows.contains(part), "{part}: {rows}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_read_is_refused_in_words_and_leaves_nothing() {
    let bed = Bed::new().await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    let dates = "date,comment\n03/04/2026,Slow\n05/06/2026,Fine\n";
    for (file, word) in [
        ("", "no file was chosen"),
        ("Name,Street\nAda,Long\n", "survey.csv"),
        (dates, "how to read it"),
    ] {
        let response = feedback(&cx, "survey.csv", file).await;
        assert_eq!(
            response.status(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "{word}"
        );
        let page = text(response).await;
        assert!(page.to_lowercase().contains(word), "{word}: {page}");
        for never in ["--map", "--date-order", "uploads"] {
            assert!(!page.contains(never), "{never}: {page}");
        }
    }
    assert!(kept(&bed).is_empty());
    let folder = bed.app.config.workspace.join("uploads");
    let left = std::fs::read_dir(folder).expect("it is there").count();
    assert_eq!(left, 0);
    // A long name of letters that take several bytes each is no trouble of the disk's.
    let name = format!("{}.csv", "\u{6e2c}".repeat(100));
    let preview = place(&feedback(&cx, &name, FILE).await);
    let page = text(cx.get(&preview).await).await;
    assert!(page.contains("\u{6e2c}.csv</bdi>"), "{page}");
    // What waits is hers alone.
    let preview = place(&feedback(&cx, "survey.csv", FILE).await);
    let owner = bed.signed_in(AccountRole::Owner).await;
    for response in [owner.get(&preview).await, owner.post(&preview, "").await] {
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let long = format!("source={}", "x".repeat(300));
    let refused = cx.post(&preview, &long).await;
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(kept(&bed).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn teams_that_the_list_of_people_does_not_have_are_named() {
    let bed = Bed::new().await;
    let roster = Roster {
        people: Vec::new(),
        units: vec![Unit {
            unit: "North 1".to_owned(),
            parent: None,
            also_called: vec!["Store 14".to_owned()],
        }],
        has_tree: true,
        untouched: Vec::new(),
    };
    import(&bed.app.ledger, roster).await;
    let cx = bed.signed_in(AccountRole::CxLead).await;
    let file = "Store,NPS,Comment\nstore 14,9,Kind\nNorth 1,8,Good\nNorth 9,2,Slow\n";
    let preview = place(&feedback(&cx, "stores.csv", file).await);
    let page = text(cx.get(&preview).await).await;
    assert!(page.contains("<bdi>North 9</bdi>: 1 piece"), "{page}");
    for known in ["<bdi>store 14", "<bdi>North 1<"] {
        assert!(!page.contains(known), "{page}");
    }
}
