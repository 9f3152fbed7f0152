//! Zendesk tickets as JSON: every public turn of the customer becomes a row.
//!
//! Private notes and agents' turns are never read on. Of the requester only the number is taken.
//! Field names are those of Zendesk's ticket and comment objects.

use serde_json::{Map, Value};

/// The columns of a turn.
pub(crate) const COLUMNS: [&str; 8] = [
    "turn",
    "ticket",
    "created_at",
    "group",
    "via",
    "satisfaction",
    "comment",
    "requester",
];

/// Whether an object looks like a ticket.
pub(crate) fn is_ticket(object: &Map<String, Value>) -> bool {
    let object = inner(object);
    object.contains_key("id")
        && object.contains_key("requester_id")
        && ["comments", "description", "ticket_form_id", "submitter_id"]
            .iter()
            .any(|key| object.contains_key(*key))
}

fn inner(object: &Map<String, Value>) -> &Map<String, Value> {
    match object.get("ticket") {
        Some(Value::Object(ticket)) => ticket,
        _ => object,
    }
}

fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The customer's public turns of a ticket. The score is on the first row alone.
pub(crate) fn turns(object: &Map<String, Value>) -> Vec<[String; 8]> {
    let ticket = inner(object);
    let id = text(ticket.get("id"));
    let requester = text(ticket.get("requester_id"));
    let created = text(ticket.get("created_at"));
    let group = match ticket.get("group") {
        Some(Value::Object(group)) => text(group.get("name")),
        Some(other) => text(Some(other)),
        None => text(ticket.get("group_id")),
    };
    let via = match ticket.get("via") {
        Some(Value::Object(via)) => text(via.get("channel")),
        _ => String::new(),
    };
    let rating = ticket.get("satisfaction_rating").and_then(Value::as_object);
    let score = match text(rating.and_then(|rating| rating.get("score"))).as_str() {
        "good" | "good_with_comment" => "1".to_owned(),
        "bad" | "bad_with_comment" => "0".to_owned(),
        _ => String::new(),
    };
    let mut said: Vec<(String, String, String)> = Vec::new();
    match ticket.get("comments").and_then(Value::as_array) {
        Some(comments) => {
            for (number, comment) in comments.iter().filter_map(Value::as_object).enumerate() {
                let public = comment
                    .get("public")
                    .and_then(Value::as_bool)
                    .unwrap_or(false);
                let author = text(comment.get("author_id"));
                let role = comment
                    .get("author")
                    .and_then(|author| author.get("role"))
                    .map(|role| text(Some(role)));
                let customers = role.map_or(!author.is_empty() && author == requester, |role| {
                    role == "end-user"
                });
                if public && customers {
                    let body = ["plain_body", "body"]
                        .iter()
                        .map(|key| text(comment.get(*key)))
                        .find(|body| !body.is_empty());
                    let turn = text(comment.get("id"));
                    let turn = if turn.is_empty() {
                        format!("{id}/{}", number + 1)
                    } else {
                        format!("{id}/{turn}")
                    };
                    let at = text(comment.get("created_at"));
                    said.push((turn, at, body.unwrap_or_default()));
                }
            }
        }
        // Without the turns, the description is the first one: the requester's, unless an agent
        // opened the ticket for them.
        None => {
            let submitter = text(ticket.get("submitter_id"));
            if submitter.is_empty() || submitter == requester {
                said.push((id.clone(), created.clone(), text(ticket.get("description"))));
            }
        }
    }
    let remark = text(rating.and_then(|rating| rating.get("comment")));
    if !remark.is_empty() {
        said.push((format!("{id}/rating"), created.clone(), remark));
    }
    if said.is_empty() {
        // Nothing of the customer's: counted as left out, if there is no score either.
        said.push((id.clone(), created.clone(), String::new()));
    }
    said.into_iter()
        .enumerate()
        .map(|(number, (turn, at, body))| {
            let at = if at.is_empty() { created.clone() } else { at };
            let score = if number == 0 {
                score.clone()
            } else {
                String::new()
            };
            [
                turn,
                id.clone(),
                at,
                group.clone(),
                via.clone(),
                score,
                body,
                requester.clone(),
            ]
        })
        .collect()
}
