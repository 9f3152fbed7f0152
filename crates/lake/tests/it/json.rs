//! JSON: one object a line, a list of them, and a list wrapped in an object.

use super::{complaint, says, signals};

#[test]
fn a_json_list_that_is_cut_short() {
    let object = |n| format!("{{\"id\":\"a{n}\",\"comment\":\"the parcel came late\"}}");
    let objects: Vec<String> = (0..40).map(object).collect();
    let text = format!("[{}", objects.join(",\n"));
    says(
        &complaint(signals("a.json", text.as_bytes())),
        &["a.json", "cut short"],
    );
    let rows = |text: &str| {
        let done = signals("a.json", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        assert!(done.report.files[0].format.starts_with("json list"));
        done.rows().len()
    };
    assert_eq!(rows(&format!("{text}]")), 40);
    // As services answer: the list wrapped in an object.
    let wrapped =
        format!("{{\n\"count\": 40, \"data\": {{\"reviews\": {text}],\n\"next\": null}}}}\n");
    assert_eq!(rows(&wrapped), 40);
    assert_eq!(rows(&wrapped.replace('\n', "")), 40);
    let cut = wrapped.split("a39").next().unwrap_or_default();
    says(
        &complaint(signals("a.json", cut.as_bytes())),
        &["a.json", "cut short"],
    );
    assert_eq!(rows(&format!("[\n{}\n]\n", object(1))), 1);
}

#[test]
fn a_json_list_that_is_not_all() {
    let object = |n| format!("{{\"id\":\"a{n}\",\"comment\":\"the parcel came late\"}}");
    let list = format!("[{},{}]", object(1), object(2));
    // Pages of answers put one after the other.
    for text in [format!("{list}\n{list}\n"), format!("{list} and so on")] {
        says(
            &complaint(signals("a.json", text.as_bytes())),
            &[
                "a.json",
                "after the list of objects comes more",
                "one object a line",
            ],
        );
    }
    let spread =
        "{\n \"id\": 1,\n \"comment\": \"late\",\n \"tags\": [{\"t\": 1}, {\"t\": 2}]\n}\n";
    says(
        &complaint(signals("a.json", spread.repeat(2).as_bytes())),
        &["a.json", "no line is a whole object"],
    );
    let rows = |text: &str| {
        let done = signals("a.json", text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        (done.report.files[0].format.clone(), done.rows().len())
    };
    // A row by itself is a row, whatever lists it holds, unless these could be rows, too.
    let one = "{\"id\":1,\"comment\":\"late\",\"tags\":[{\"t\":1},{\"t\":2}]}\n";
    assert_eq!(rows(one), ("json lines (utf-8)".to_owned(), 1));
    says(
        &complaint(signals(
            "a.json",
            one.replace("\"t\"", "\"comment\"").as_bytes(),
        )),
        &[
            "a.json",
            "could be a row, and so could those of its list `tags`",
        ],
    );
    let places = format!("{{\"status\": 200, \"name\": \"Shop\", \"reviews\": {list}}}");
    assert_eq!(rows(&places).1, 2);
    // Rows go before a longer list of other things.
    let many = ["{\"name\":\"x\"}"; 9].join(",");
    assert_eq!(
        rows(&format!("{{\"tags\": [{many}], \"reviews\": {list}}}")).1,
        2
    );
    for other in [
        list.clone(),
        "[{\"id\": 0, \"comment\": \"we are sorry\"}]".to_owned(),
    ] {
        says(
            &complaint(signals(
                "a.json",
                format!("{{\"a\": {list}, \"b\": {other}}}").as_bytes(),
            )),
            &["several lists that could be the rows", "`a` and `b`"],
        );
    }
    // What breaks in the first object is told, too.
    for text in [
        "[{\"id\": \"a\" late\"}, {\"id\": 2}]",
        "[{\"id\": 1}]\n[{\"id\": 2}]\n",
    ] {
        says(
            &complaint(signals("a.json", text.as_bytes())),
            &["a.json", "list of objects"],
        );
    }
    // The rows are the longest list, in whatever encoding.
    let wrapped = format!("{{\"é\": [{{\"href\": \"x\"}}], \"reviews\": {list}}}");
    assert_eq!(
        rows(&wrapped),
        ("json list `reviews` (utf-8)".to_owned(), 2)
    );
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(wrapped.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let done = signals("a.json", &utf16).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.rows().len(), 2);
    // A list of lists is none of rows.
    says(
        &complaint(signals("a.json", format!("[{list},{list}]").as_bytes())),
        &["a.json", "a JSON list that holds no objects"],
    );
    // Texts in a list are one text; a list of objects is told as not used.
    let listed = "{\"id\":1,\"comments\":[\"slow\",\"late\"],\"replies\":[{\"a\":1}]}\n{\"id\":2,\"comments\":[],\"replies\":[]}\n";
    let done = signals("a.json", listed.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(done.rows()[0].comment.as_deref(), Some("slow; late"));
    assert_eq!(done.report.files[0].ignored_columns, ["replies (a list)"]);
    says(
        &complaint(signals("a.json", b"{\"reviews\":[{}]}")),
        &["a.json", "no object in it holds a value"],
    );
    let one = format!("{{\"data\": [{}]}}", object(1));
    assert_eq!(rows(&one).1, 1);
    let tickets = "{\"tickets\":[{\"id\":1,\"comments\":[{\"author_id\":7,\"public\":true,\"body\":\"late\"}],\"requester_id\":7},{\"id\":2,\"comments\":[{\"author_id\":8,\"public\":true,\"body\":\"lost\"}],\"requester_id\":8}]}";
    assert_eq!(rows(tickets).1, 2);
}

#[test]
fn columns_as_pandas_writes_them_are_no_single_row() {
    // pandas: DataFrame.to_json("a.json"), its default; of some rows; with a cell missing; by an id; long.
    let ids = (0..12).map(|id| format!("\"c{id}\":3"));
    let by_id = ids.collect::<Vec<_>>().join(",");
    let rows = (0..60_000).map(|row| format!("\"{row}\":\"slow, and nobody called\""));
    let long = rows.collect::<Vec<_>>().join(",");
    for columns in [
        r#"{"comment":{"0":"slow","1":"rude"},"score":{"0":3,"1":2}}"#.to_owned(),
        r#"{"comment":{"7":"slow","10":"rude"},"score":{"7":3,"10":2}}"#.to_owned(),
        r#"{"comment":{"0":"slow","1":"rude"},"score":{"1":2}}"#.to_owned(),
        format!("{{\"comment\":{{{by_id}}},\"score\":{{{by_id}}}}}"),
        format!("{{\"comment\":{{{long}}}}}"),
    ] {
        says(
            &complaint(signals("a.json", columns.as_bytes())),
            &["a.json", "holds columns", "orient=\"records\", lines=True"],
        );
    }
    // A row whose parts have names, or of which only one is numbered, is a row.
    for row in [
        r#"{"comment": {"text": "slow"}, "score": {"value": 3}}"#,
        r#"{"comment": "slow", "score": {"0": 3}}"#,
    ] {
        assert!(signals("a.json", row.as_bytes()).is_ok(), "{row}");
    }
}
