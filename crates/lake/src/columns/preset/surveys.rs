//! Survey tools: Qualtrics, SurveyMonkey, Culture Amp.

use super::{Drop, Fitted, find, header_of, is_words, take_questions};
use crate::columns::plain_name;
use crate::columns::questions::question_of;
use crate::options::{MetricRule, Preset};
use crate::read::sniff::Candidate;
use throughline_domain::facts::{Question, Table};

pub(super) fn qualtrics(table: Table, candidate: &Candidate) -> Option<Fitted> {
    const META: [&str; 17] = [
        "startdate",
        "enddate",
        "status",
        "ipaddress",
        "progress",
        "durationinseconds",
        "finished",
        "recordeddate",
        "responseid",
        "recipientlastname",
        "recipientfirstname",
        "recipientemail",
        "externalreference",
        "locationlatitude",
        "locationlongitude",
        "distributionchannel",
        "userlanguage",
    ];
    let [names, texts, imports] = candidate.records.get(..3)? else {
        return None;
    };
    let header = names.cells.clone();
    let id = find(&header, &["responseid"])?;
    if candidate.columns.is_some()
        || !imports
            .cells
            .iter()
            .any(|cell| cell.contains("\"ImportId\""))
    {
        return None;
    }
    let mut labels = texts.cells.clone();
    labels.resize(header.len(), String::new());
    for (label, name) in labels.iter_mut().zip(&header) {
        if label.is_empty() {
            label.clone_from(name);
        }
    }
    let meta: Vec<usize> = (0..header.len())
        .filter(|&column| {
            let plain = plain_name(&header[column]);
            META.contains(&plain.as_str()) || plain.ends_with("npsgroup")
        })
        .collect();
    let mut fields = vec![("id", id)];
    fields.extend(find(&header, &["recordeddate", "enddate"]).map(|column| ("at", column)));
    if table == Table::Signals {
        fields.extend(find(&header, &["userlanguage"]).map(|column| ("language", column)));
    }
    // Qualtrics marks its recommendation question by a column of groups beside it.
    let nps = header
        .iter()
        .find_map(|name| name.strip_suffix("_NPS_GROUP"))
        .and_then(|name| header.iter().position(|column| column == name));
    let mut questions: Vec<usize> = (0..header.len())
        .filter(|column| !meta.contains(column))
        .collect();
    let mut metric = None;
    if table == Table::Signals
        && let Some(column) = nps
    {
        fields.push(("score", column));
        metric = Some(MetricRule::Nps);
        questions.retain(|&question| {
            question != column && MetricRule::named(&labels[question]).is_none()
        });
    }
    // A question's own name (`Q2`) or text parts it from embedded data such as a branch.
    questions.retain(|&column| header[column].starts_with('Q') || labels[column] != header[column]);
    let data = &candidate.records[3..];
    let open = |column: usize| header[column].ends_with("_TEXT") || is_words(data, column);
    metric = take_questions(table, &labels, &questions, open, &mut fields).or(metric);
    let mut drops = Vec::new();
    if let Some(column) = find(&header, &["status"]) {
        let preview = |value: &str| {
            let plain = plain_name(value);
            plain.contains("preview")
                || plain.contains("test")
                || matches!(plain.as_str(), "1" | "2" | "9" | "17")
        };
        drops.push(Drop::Value {
            column,
            no_answer: preview,
            rule: "previews and tests",
        });
        let spam = |value: &str| value.to_lowercase().contains("spam") || value == "8";
        drops.push(Drop::Value {
            column,
            no_answer: spam,
            rule: "marked as spam",
        });
    }
    if let Some(column) = find(&header, &["finished"]) {
        let unfinished = |value: &str| matches!(plain_name(value).as_str(), "false" | "0" | "no");
        drops.push(Drop::Value {
            column,
            no_answer: unfinished,
            rule: "unfinished responses",
        });
    }
    Some(Fitted {
        preset: Preset::Qualtrics,
        header,
        labels,
        header_records: 3,
        fields,
        drops,
        metric,
        meta,
    })
}

pub(super) fn survey_monkey(table: Table, candidate: &Candidate) -> Option<Fitted> {
    const META: [&str; 9] = [
        "respondentid",
        "collectorid",
        "datecreated",
        "datemodified",
        "startdate",
        "enddate",
        "ipaddress",
        "emailaddress",
        "firstname",
    ];
    let [names, parts] = candidate.records.get(..2)? else {
        return None;
    };
    let id = find(&names.cells, &["respondentid"])?;
    find(&names.cells, &["collectorid"])?;
    let second_header = parts.cells.get(id).is_none_or(String::is_empty);
    if candidate.columns.is_some() || !second_header {
        return None;
    }
    let width = names.cells.len().max(parts.cells.len());
    let (mut header, mut labels, mut question) = (Vec::new(), Vec::new(), String::new());
    for column in 0..width {
        let name = names.cells.get(column).map_or("", String::as_str);
        let part = parts.cells.get(column).map_or("", String::as_str);
        if !name.is_empty() {
            question = name.to_owned();
        }
        header.push(if name.is_empty() {
            format!("{question} / {part}")
        } else {
            name.to_owned()
        });
        labels.push(question.clone());
    }
    let is_meta = |column: usize| {
        let plain = plain_name(&header[column]);
        META.contains(&plain.as_str()) || plain == "lastname" || plain.starts_with("customdata")
    };
    let meta: Vec<usize> = (0..width).filter(|&column| is_meta(column)).collect();
    let mut fields = vec![(
        if table == Table::Signals {
            "id"
        } else {
            "respondent"
        },
        id,
    )];
    fields.extend(
        find(
            &header,
            &["enddate", "datemodified", "startdate", "datecreated"],
        )
        .map(|column| ("at", column)),
    );
    let questions: Vec<usize> = (0..width).filter(|column| !meta.contains(column)).collect();
    let open = |column: usize| {
        let part = parts.cells.get(column).map_or("", String::as_str);
        part.eq_ignore_ascii_case("Open-Ended Response")
            || part.starts_with("Other (please specify)")
    };
    let metric = take_questions(table, &labels, &questions, open, &mut fields);
    Some(Fitted {
        preset: Preset::SurveyMonkey,
        header,
        labels,
        header_records: 2,
        fields,
        drops: Vec::new(),
        metric,
        meta,
    })
}

pub(super) fn culture_amp(candidate: &Candidate) -> Option<Fitted> {
    let (header, header_records) = header_of(candidate)?;
    let respondent = find(
        &header,
        &["participantid", "employeeid", "respondentid", "responseid"],
    );
    let long = find(&header, &["question"]).zip(find(&header, &["comment", "comments"]));
    let factor = find(&header, &["factor", "factors"]);
    let mut fields: Vec<(&'static str, usize)> = respondent
        .map(|column| ("respondent", column))
        .into_iter()
        .collect();
    fields.extend(
        find(
            &header,
            &[
                "submittedat",
                "submissiondate",
                "responsedate",
                "datesubmitted",
            ],
        )
        .map(|column| ("at", column)),
    );
    fields
        .extend(find(&header, &["department", "team", "location"]).map(|column| ("unit", column)));
    fields.extend(find(&header, &["jobtitle", "role", "position"]).map(|column| ("role", column)));
    let meta = (0..header.len())
        .filter(|&column| {
            let plain = plain_name(&header[column]);
            ["name", "email", "manager", "birth", "gender", "phone"]
                .iter()
                .any(|part| plain.contains(part))
        })
        .collect();
    if let (Some((question, comment)), Some(_)) = (long, factor) {
        fields.extend([("question", question), ("text", comment)]);
        fields.extend(find(&header, &["score", "rating"]).map(|column| ("rating", column)));
    } else {
        respondent?;
        let commented = |column: &usize| {
            let name = header[*column].to_lowercase();
            [
                "(comment)",
                "(comments)",
                "- comment",
                "- comments",
                ": comment",
                ": comments",
            ]
            .iter()
            .any(|end| name.ends_with(end))
        };
        let own = (0..header.len()).any(|column| commented(&column));
        if !own {
            return None;
        }
        // A comment on a rating rates nothing.
        let rates = |column: &usize| {
            !commented(column) || question_of(&header[*column]) != Some(Question::Commitment)
        };
        let questions: Vec<usize> = (0..header.len()).filter(rates).collect();
        let data = &candidate.records[header_records.min(candidate.records.len())..];
        // Open questions of their own have no such ending.
        let open = |column: usize| {
            commented(&column)
                || (header[column].trim_end().ends_with('?') && is_words(data, column))
        };
        take_questions(Table::Voice, &header, &questions, open, &mut fields);
    }
    Some(Fitted {
        preset: Preset::CultureAmp,
        labels: header.clone(),
        header,
        header_records,
        fields,
        drops: Vec::new(),
        metric: None,
        meta,
    })
}
