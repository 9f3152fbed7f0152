//! Exports whose layout is known: which rows are headers, which columns are which fields, which
//! rows are no answers.
//!
//! Layouts are those of the vendors' own exports as their help pages describe them. Columns about
//! people (names, addresses, IP, place) are no fields of ours, so nothing of them is stored.

use super::plain_name;
use super::questions::question_of;
use crate::options::{MetricRule, Preset};
use crate::read::Layout;
use crate::read::sniff::{Candidate, Record};
use throughline_domain::facts::{Question, Table};

/// A rule by which a row is no answer.
#[derive(Clone, Debug)]
pub(crate) enum Drop {
    /// The column's value tells.
    Value { column: usize, no_answer: fn(&str) -> bool, rule: &'static str },
    /// The two columns differ.
    Differs { columns: (usize, usize), rule: &'static str },
}

/// What a preset says about a file.
#[derive(Clone, Debug)]
pub(crate) struct Fitted {
    pub preset: Preset,
    pub header: Vec<String>,
    /// What each column asked; the header where nothing better is known.
    pub labels: Vec<String>,
    /// Records at the start that are headers.
    pub header_records: usize,
    pub fields: Vec<(&'static str, usize)>,
    pub drops: Vec<Drop>,
    pub metric: Option<MetricRule>,
    /// Columns that no alias may take.
    pub meta: Vec<usize>,
}

/// Fits a preset to a file, if the file has its layout.
pub(crate) fn fit(preset: Preset, table: Table, candidate: &Candidate) -> Option<Fitted> {
    let customers = table == Table::Signals;
    let employees = table == Table::Voice;
    match preset {
        Preset::Qualtrics if customers || employees => qualtrics(table, candidate),
        Preset::SurveyMonkey if customers || employees => survey_monkey(table, candidate),
        Preset::Medallia if customers => medallia(candidate),
        Preset::Zendesk if customers => zendesk(candidate),
        Preset::CultureAmp if employees => culture_amp(candidate),
        _ => None,
    }
}

/// What a preset needs, for a message.
pub(crate) fn layout(preset: Preset) -> &'static str {
    match preset {
        Preset::Qualtrics => "three header rows, the third with `{\"ImportId\":…}`, and a column `ResponseId`",
        Preset::SurveyMonkey => "columns `Respondent ID` and `Collector ID`, and a second header row",
        Preset::Medallia => "a survey id, a response date, and columns such as `q_…_ltr` and `q_…_cmt`",
        Preset::Zendesk => "tickets as JSON lines, or a CSV of comments with `Ticket ID`, `Public` and `Author role`",
        Preset::CultureAmp => "`Employee ID` or `Participant ID` with comment columns, or `Question`, `Comment` and `Factor`",
    }
}

/// Finds columns of a header by plain names, best first.
fn find(header: &[String], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| header.iter().position(|column| plain_name(column) == *name))
}

/// The header record, widened to the widest of the first records.
fn header_of(candidate: &Candidate) -> Option<(Vec<String>, usize)> {
    match &candidate.columns {
        Some(columns) => Some((columns.clone(), 0)),
        None => candidate.records.first().map(|record| (record.cells.clone(), 1)),
    }
}

/// Whether the values of a column are people's words: several words, no numbers or codes.
pub(crate) fn is_words(records: &[Record], column: usize) -> bool {
    let values = records.iter().filter_map(|record| record.cells.get(column)).filter(|value| !value.is_empty());
    let (mut all, mut wordy) = (0, 0);
    for value in values.take(500) {
        all += 1;
        wordy += usize::from(value.split_whitespace().count() >= 3 && value.chars().any(char::is_alphabetic));
    }
    all > 0 && wordy * 10 >= all * 3
}

/// Takes question columns: words as comments (customers), by what the question asks (employees).
fn take_questions(
    table: Table,
    labels: &[String],
    columns: &[usize],
    is_open: impl Fn(usize) -> bool,
    fields: &mut Vec<(&'static str, usize)>,
) -> Option<MetricRule> {
    let mut metric = None;
    for &column in columns {
        let label = labels[column].as_str();
        match (table, is_open(column)) {
            (Table::Signals, true) => fields.push(("comment", column)),
            (Table::Signals, false) => {
                if metric.is_none()
                    && let Some(rule) = MetricRule::named(label)
                {
                    metric = Some(rule);
                    fields.push(("score", column));
                }
            }
            (_, open) => match question_of(label) {
                Some(Question::Commitment) => fields.push(("commitment", column)),
                Some(Question::Idea) if open => fields.push(("idea", column)),
                Some(Question::Block) if open => fields.push(("block", column)),
                _ => {}
            },
        }
    }
    metric
}

fn qualtrics(table: Table, candidate: &Candidate) -> Option<Fitted> {
    const META: [&str; 17] = [
        "startdate", "enddate", "status", "ipaddress", "progress", "durationinseconds", "finished", "recordeddate",
        "responseid", "recipientlastname", "recipientfirstname", "recipientemail", "externalreference",
        "locationlatitude", "locationlongitude", "distributionchannel", "userlanguage",
    ];
    let [names, texts, imports] = candidate.records.get(..3)? else { return None };
    let header = names.cells.clone();
    let id = find(&header, &["responseid"])?;
    if candidate.columns.is_some() || !imports.cells.iter().any(|cell| cell.contains("\"ImportId\"")) {
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
    let mut questions: Vec<usize> = (0..header.len()).filter(|column| !meta.contains(column)).collect();
    let mut metric = None;
    if table == Table::Signals
        && let Some(column) = nps
    {
        fields.push(("score", column));
        metric = Some(MetricRule::Nps);
        questions.retain(|&question| question != column && MetricRule::named(&labels[question]).is_none());
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
            plain.contains("preview") || plain.contains("test") || matches!(plain.as_str(), "1" | "2" | "9" | "17")
        };
        drops.push(Drop::Value { column, no_answer: preview, rule: "previews and tests" });
        let spam = |value: &str| value.to_lowercase().contains("spam") || value == "8";
        drops.push(Drop::Value { column, no_answer: spam, rule: "marked as spam" });
    }
    if let Some(column) = find(&header, &["finished"]) {
        let unfinished = |value: &str| matches!(plain_name(value).as_str(), "false" | "0" | "no");
        drops.push(Drop::Value { column, no_answer: unfinished, rule: "unfinished responses" });
    }
    Some(Fitted { preset: Preset::Qualtrics, header, labels, header_records: 3, fields, drops, metric, meta })
}

fn survey_monkey(table: Table, candidate: &Candidate) -> Option<Fitted> {
    const META: [&str; 9] = [
        "respondentid", "collectorid", "datecreated", "datemodified", "startdate", "enddate", "ipaddress",
        "emailaddress", "firstname",
    ];
    let [names, parts] = candidate.records.get(..2)? else { return None };
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
        header.push(if name.is_empty() { format!("{question} / {part}") } else { name.to_owned() });
        labels.push(question.clone());
    }
    let is_meta = |column: usize| {
        let plain = plain_name(&header[column]);
        META.contains(&plain.as_str()) || plain == "lastname" || plain.starts_with("customdata")
    };
    let meta: Vec<usize> = (0..width).filter(|&column| is_meta(column)).collect();
    let mut fields = vec![(if table == Table::Signals { "id" } else { "respondent" }, id)];
    fields.extend(find(&header, &["enddate", "datemodified", "startdate", "datecreated"]).map(|column| ("at", column)));
    let questions: Vec<usize> = (0..width).filter(|column| !meta.contains(column)).collect();
    let open = |column: usize| {
        let part = parts.cells.get(column).map_or("", String::as_str);
        part.eq_ignore_ascii_case("Open-Ended Response") || part.starts_with("Other (please specify)")
    };
    let metric = take_questions(table, &labels, &questions, open, &mut fields);
    Some(Fitted { preset: Preset::SurveyMonkey, header, labels, header_records: 2, fields, drops: Vec::new(), metric, meta })
}

fn medallia(candidate: &Candidate) -> Option<Fitted> {
    let (header, header_records) = header_of(candidate)?;
    let plain: Vec<String> = header.iter().map(|name| plain_name(name)).collect();
    let id = find(&header, &["asurveyid", "esurveyid", "surveyid"])?;
    let at = find(&header, &["eresponsedate", "aresponsedate", "responsedate", "ecompletiondate"])?;
    let ends = |column: &usize, ends: &[&str]| {
        let name = header[*column].to_lowercase();
        ends.iter().any(|end| name.ends_with(end))
    };
    let all = 0..header.len();
    let comments: Vec<usize> = all.clone().filter(|column| ends(column, &["_cmt", "_comment", "_comments"])).collect();
    let score = all
        .clone()
        .find(|&column| header[column].to_lowercase().contains("_ltr") || plain[column] == "likelihoodtorecommend")
        .map(|column| (column, MetricRule::Nps))
        .or_else(|| {
            let is_osat = |column: &usize| header[*column].to_lowercase().contains("_osat");
            all.clone().find(is_osat).map(|column| (column, MetricRule::Csat))
        });
    // Without one of Medallia's own column names it is any survey with an id and a date.
    let own = header.iter().any(|name| {
        let name = name.to_lowercase();
        ["q_", "e_", "a_", "k_"].iter().any(|start| name.starts_with(start))
    });
    if !own || (comments.is_empty() && score.is_none()) {
        return None;
    }
    let mut fields = vec![("id", id), ("at", at)];
    fields.extend(comments.into_iter().map(|column| ("comment", column)));
    fields.extend(score.map(|(column, _)| ("score", column)));
    fields.extend(find(&header, &["eunitname", "eunit", "eunitid", "unitname", "unit", "unitid"]).map(|column| ("unit", column)));
    fields.extend(find(&header, &["alanguage", "elanguage", "language"]).map(|column| ("language", column)));
    fields.extend(find(&header, &["etouchpoint", "touchpoint", "ejourneystage"]).map(|column| ("stage", column)));
    let mut drops = Vec::new();
    if let Some(column) = find(&header, &["asurveystatus", "esurveystatus", "surveystatus", "astatus"]) {
        let unfinished = |value: &str| {
            let plain = plain_name(value);
            !plain.is_empty() && !plain.starts_with("complete")
        };
        drops.push(Drop::Value { column, no_answer: unfinished, rule: "unfinished responses" });
    }
    Some(Fitted {
        preset: Preset::Medallia,
        labels: header.clone(),
        header,
        header_records,
        fields,
        drops,
        metric: score.map(|(_, rule)| rule),
        meta: Vec::new(),
    })
}

fn zendesk(candidate: &Candidate) -> Option<Fitted> {
    let (header, header_records) = header_of(candidate)?;
    let mut fields = Vec::new();
    let mut drops = Vec::new();
    let mut take = |field, names: &[&str]| {
        let column = find(&header, names);
        fields.extend(column.map(|column| (field, column)));
        column
    };
    if matches!(candidate.layout, Layout::JsonLines { tickets: true, .. }) {
        for (field, name) in [
            ("id", "turn"), ("response", "ticket"), ("at", "createdat"), ("unit", "group"), ("score", "satisfaction"),
            ("comment", "comment"), ("customer", "requester"),
        ] {
            take(field, &[name]);
        }
    } else {
        take("response", &["ticketid"])?;
        take("comment", &["commentbody", "plainbody", "body", "comment", "commenttext"])?;
        let public = find(&header, &["public", "ispublic", "commentpublic", "commentispublic"])?;
        take("id", &["commentid", "turnid"]);
        take("at", &["commentcreatedat", "createdat", "commentdate", "timestamp"]);
        take("unit", &["group", "groupname", "ticketgroup", "brand"]);
        take("customer", &["requesterid"]);
        let private = |value: &str| !matches!(plain_name(value).as_str(), "true" | "yes" | "1" | "public");
        drops.push(Drop::Value { column: public, no_answer: private, rule: "private notes" });
        if let Some(column) = find(&header, &["authorrole", "commenterrole", "updaterrole", "role"]) {
            let agent = |value: &str| !matches!(plain_name(value).as_str(), "enduser" | "customer" | "requester");
            drops.push(Drop::Value { column, no_answer: agent, rule: "agents' turns" });
        } else {
            let author = find(&header, &["authorid", "commenterid"])?;
            let requester = find(&header, &["requesterid"])?;
            drops.push(Drop::Differs { columns: (author, requester), rule: "agents' turns" });
        }
    }
    let metric = fields.iter().any(|(field, _)| *field == "score").then_some(MetricRule::Csat);
    Some(Fitted {
        preset: Preset::Zendesk,
        labels: header.clone(),
        header,
        header_records,
        fields,
        drops,
        metric,
        meta: Vec::new(),
    })
}

fn culture_amp(candidate: &Candidate) -> Option<Fitted> {
    let (header, header_records) = header_of(candidate)?;
    let respondent = find(&header, &["participantid", "employeeid", "respondentid", "responseid"]);
    let long = find(&header, &["question"]).zip(find(&header, &["comment", "comments"]));
    let factor = find(&header, &["factor", "factors"]);
    let mut fields: Vec<(&'static str, usize)> = respondent.map(|column| ("respondent", column)).into_iter().collect();
    fields.extend(find(&header, &["submittedat", "submissiondate", "responsedate", "datesubmitted"]).map(|column| ("at", column)));
    fields.extend(find(&header, &["department", "team", "location"]).map(|column| ("unit", column)));
    fields.extend(find(&header, &["jobtitle", "role", "position"]).map(|column| ("role", column)));
    let meta = (0..header.len())
        .filter(|&column| {
            let plain = plain_name(&header[column]);
            ["name", "email", "manager", "birth", "gender", "phone"].iter().any(|part| plain.contains(part))
        })
        .collect();
    if let (Some((question, comment)), Some(_)) = (long, factor) {
        fields.extend([("question", question), ("text", comment)]);
        fields.extend(find(&header, &["score", "rating"]).map(|column| ("rating", column)));
    } else {
        respondent?;
        let commented = |column: &usize| {
            let name = header[*column].to_lowercase();
            ["(comment)", "(comments)", "- comment", "- comments", ": comment", ": comments"].iter().any(|end| name.ends_with(end))
        };
        let own = (0..header.len()).any(|column| commented(&column));
        if !own {
            return None;
        }
        let questions: Vec<usize> = (0..header.len()).collect();
        take_questions(Table::Voice, &header, &questions, |column| commented(&column), &mut fields);
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
