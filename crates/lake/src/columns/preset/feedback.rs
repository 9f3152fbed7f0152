//! Systems that hold customers' feedback: Medallia, Zendesk.

use super::{Drop, Fitted, find, header_of};
use crate::columns::plain_name;
use crate::options::{MetricRule, Preset};
use crate::read::Layout;
use crate::read::sniff::Candidate;

pub(super) fn medallia(candidate: &Candidate) -> Option<Fitted> {
    let (header, header_records) = header_of(candidate)?;
    let plain: Vec<String> = header.iter().map(|name| plain_name(name)).collect();
    let id = find(&header, &["asurveyid", "esurveyid", "surveyid"])?;
    let at = find(
        &header,
        &[
            "eresponsedate",
            "aresponsedate",
            "responsedate",
            "ecompletiondate",
        ],
    )?;
    let ends = |column: &usize, ends: &[&str]| {
        let name = header[*column].to_lowercase();
        ends.iter().any(|end| name.ends_with(end))
    };
    let all = 0..header.len();
    let comments: Vec<usize> = all
        .clone()
        .filter(|column| ends(column, &["_cmt", "_comment", "_comments"]))
        .collect();
    let score = all
        .clone()
        .find(|&column| {
            header[column].to_lowercase().contains("_ltr")
                || plain[column] == "likelihoodtorecommend"
        })
        .map(|column| (column, MetricRule::Nps))
        .or_else(|| {
            let is_osat = |column: &usize| header[*column].to_lowercase().contains("_osat");
            all.clone()
                .find(is_osat)
                .map(|column| (column, MetricRule::Csat))
        });
    // Without one of Medallia's own column names it is any survey with an id and a date.
    let own = header.iter().any(|name| {
        let name = name.to_lowercase();
        ["q_", "e_", "a_", "k_"]
            .iter()
            .any(|start| name.starts_with(start))
    });
    if !own || (comments.is_empty() && score.is_none()) {
        return None;
    }
    let mut fields = vec![("id", id), ("at", at)];
    fields.extend(comments.into_iter().map(|column| ("comment", column)));
    fields.extend(score.map(|(column, _)| ("score", column)));
    fields.extend(
        find(
            &header,
            &[
                "eunitname",
                "eunit",
                "eunitid",
                "unitname",
                "unit",
                "unitid",
            ],
        )
        .map(|column| ("unit", column)),
    );
    fields.extend(
        find(&header, &["alanguage", "elanguage", "language"]).map(|column| ("language", column)),
    );
    fields.extend(
        find(&header, &["etouchpoint", "touchpoint", "ejourneystage"])
            .map(|column| ("stage", column)),
    );
    let mut drops = Vec::new();
    if let Some(column) = find(
        &header,
        &["asurveystatus", "esurveystatus", "surveystatus", "astatus"],
    ) {
        let unfinished = |value: &str| {
            let plain = plain_name(value);
            !plain.is_empty() && !plain.starts_with("complete")
        };
        drops.push(Drop::Value {
            column,
            no_answer: unfinished,
            rule: "unfinished responses",
        });
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

pub(super) fn zendesk(candidate: &Candidate) -> Option<Fitted> {
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
            ("id", "turn"),
            ("response", "ticket"),
            ("at", "createdat"),
            ("unit", "group"),
            ("score", "satisfaction"),
            ("comment", "comment"),
            ("customer", "requester"),
        ] {
            take(field, &[name]);
        }
    } else {
        take("response", &["ticketid"])?;
        take(
            "comment",
            &["commentbody", "plainbody", "body", "comment", "commenttext"],
        )?;
        let public = find(
            &header,
            &["public", "ispublic", "commentpublic", "commentispublic"],
        )?;
        take("id", &["commentid", "turnid"]);
        take(
            "at",
            &["commentcreatedat", "createdat", "commentdate", "timestamp"],
        );
        take("unit", &["group", "groupname", "ticketgroup", "brand"]);
        take("customer", &["requesterid"]);
        let private =
            |value: &str| !matches!(plain_name(value).as_str(), "true" | "yes" | "1" | "public");
        drops.push(Drop::Value {
            column: public,
            no_answer: private,
            rule: "private notes",
        });
        if let Some(column) = find(
            &header,
            &["authorrole", "commenterrole", "updaterrole", "role"],
        ) {
            let agent = |value: &str| {
                !matches!(
                    plain_name(value).as_str(),
                    "enduser" | "customer" | "requester"
                )
            };
            drops.push(Drop::Value {
                column,
                no_answer: agent,
                rule: "agents' turns",
            });
        } else {
            let author = find(&header, &["authorid", "commenterid"])?;
            let requester = find(&header, &["requesterid"])?;
            drops.push(Drop::Differs {
                columns: (author, requester),
                rule: "agents' turns",
            });
        }
    }
    let metric = fields
        .iter()
        .any(|(field, _)| *field == "score")
        .then_some(MetricRule::Csat);
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
