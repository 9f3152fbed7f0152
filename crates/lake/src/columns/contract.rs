//! The data contract as data: every table's fields, which are needed, and the names that people's
//! exports give them.
//!
//! Names are compared without case, spaces or punctuation (`plain_name`), and earlier aliases win
//! over later ones. Words that mean opposite things in different exports (`like`, `dislike`) are
//! no aliases: they can be mapped.

use super::plain_name;
use throughline_domain::facts::Table;

/// A field of a table.
#[derive(Debug)]
pub(crate) struct Field {
    /// The contract's word.
    pub name: &'static str,
    /// Other names, plain, best first.
    pub aliases: &'static [&'static str],
    /// Whether several columns can be taken for it.
    pub many: bool,
}

impl Field {
    /// Whether a column's name is this field's name or alias.
    pub(crate) fn answers_to(&self, column: &str) -> bool {
        let plain = plain_name(column);
        plain == plain_name(self.name) || self.aliases.contains(&plain.as_str())
    }
}

const fn field(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        aliases,
        many: false,
    }
}

const fn words(name: &'static str, aliases: &'static [&'static str]) -> Field {
    Field {
        name,
        aliases,
        many: true,
    }
}

/// What Typeform calls an answer's id; elsewhere it counts rows.
pub(super) const TYPEFORM_ID: &str = "#";

#[rustfmt::skip]
const DATES: &[&str] = &[
    "date", "datetime", "timestamp", "submittedat", "submitted", "submissiondate",
    "responsedate", "recordeddate", "completedat", "completiondate", "datecompleted", "enddate",
    "createdat", "created", "creationdate", "createddate", "surveydate", "reviewdate", "datesubmitted", "submitteddate", "dateofvisit", "datecreated",
    "reviewedat", "feedbackdate", "answeredat", "datereview", "dateofreview", "dateofexperience", "publishedat", "dateposted", "visitdate", "completiontime",
    "submitdateutc", "submitdate", "reviewsubmitdateandtime", "datetimeopened", "openedat", "dateopened", "createtime",
    "reviewcreatedutc", "reviewcreated", "conversationstartedatutc", "conversationstartedat", "day", "time", "when",
];
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "branch", "store", "shop", "team", "department", "dept", "location", "site", "office",
    "unitname", "businessunit", "branchname", "storename", "teamname", "departmentname",
    "locationname", "facility", "clinic", "ward", "hotel", "restaurant", "outlet", "division",
    "depot", "station", "garage", "school", "campus", "practice", "surgery", "library", "plant",
    "warehouse", "salon", "gym", "region", "area", "group",
    "whichteamareyouin", "whichteamdoyouworkin", "whichdepartmentareyouin", "whichdepartmentdoyouworkin",
    "whichbranchdidyouvisit", "whichstoredidyouvisit",
];
#[rustfmt::skip]
const LANGUAGES: &[&str] = &[
    "lang", "locale", "userlanguage", "reviewlanguage", "reviewerlanguage", "languagecode", "responselanguage",
];

#[rustfmt::skip]
static SIGNALS: [Field; 13] = [
    field("id", &[
        "responseid", "feedbackid", "reviewid", "surveyid", "surveyresponseid", "ticketid",
        "commentid", "caseid", "recordid", "submissionid", "entryid", "uuid", "guid",
        "casenumber", "conversationid", TYPEFORM_ID,
    ]),
    field("response", &["responseid", "submissionid", "surveyresponseid", "ticketid"]),
    field("at", DATES),
    field("unit", UNITS),
    field("stage", &[
        "touchpoint", "journeystage", "journeystep", "partofjourney", "partofthejourney", "step", "phase", "moment", "interaction",
    ]),
    field("source", &[
        "channel", "surveyname", "survey", "platform", "feedbacksource", "origin", "datasource",
    ]),
    field("question", &["questiontext", "prompt", "questionname"]),
    field("metric", &["metricname", "metrictype", "scoretype", "kpi"]),
    field("score", &[
        "nps", "npsscore", "csat", "csatscore", "ces", "cesscore", "customereffortscore",
        "likelihoodtorecommend", "ltr", "recommend", "osat", "overallsatisfaction",
        "satisfaction", "satisfactionscore", "rating", "stars", "starrating", "overall",
        "overallscore", "overallrating", "reviewrating", "reviewscore", "reviewstars", "conversationrating", "userrating", "effort", "grade", "points",
    ]),
    words("comment", &[
        "feedback", "verbatim", "verbatims", "review", "reviewtext", "reviewbody", "text",
        "comments", "body", "opentext", "opencomment", "openended", "freetext", "remark",
        "remarks", "message", "customercomment", "customerfeedback", "feedbacktext",
        "commenttext", "opinion", "answer", "responsetext", "content", "complaint",
        "suggestion", "suggestions", "reviewcontent", "conversationratingremark", "description", "note", "notes", "kommentar", "commentaire",
        "comentario",
    ]),
    field("language", LANGUAGES),
    field("customer", &[
        "customerid", "clientid", "accountid", "userid", "memberid", "customernumber", "client",
        "account", "patientid",
    ]),
    field("value", &[
        "customervalue", "lifetimevalue", "ltv", "clv", "annualvalue", "revenue",
        "annualrevenue", "arr", "contractvalue", "spend", "accountvalue", "ordervalue",
        "basketvalue",
    ]),
];

#[rustfmt::skip]
static VOICE: [Field; 12] = [
    field("id", &[
        "responseid", "answerid", "submissionid", "surveyresponseid", "entryid", "recordid",
        "uuid",
    ]),
    field("respondent", &[
        "respondentid", "employeeid", "employeenumber", "empid", "staffid", "staffnumber",
        "participantid", "personid", "workerid", "userid", "employee", "participant", "sheet",
        "answersheet", "staffno", "employeeno", "empno", "personnelno", "personnelnumber",
        "payrollnumber", "payrollno",
    ]),
    field("at", DATES),
    field("round", &["wave", "cycle", "pulse", "surveyround", "surveyname", "survey"]),
    field("unit", UNITS),
    field("role", &[
        "jobtitle", "jobrole", "job", "position", "occupation", "rolename", "whatisyourrole", "whatisyourjob",
        "whatisyourjobtitle",
    ]),
    field("question", &["questiontext", "prompt", "kind", "questiontype", "questionname"]),
    words("text", &[
        "answer", "answers", "response", "comment", "comments", "verbatim", "feedback",
        "opentext", "freetext", "responsetext", "answertext", "words", "body", "message",
        "remark",
    ]),
    field("rating", &["score", "ratingvalue", "value", "commitmentrating", "commitmentscore"]),
    words("idea", &[
        "ideas", "suggestion", "suggestions", "improvement", "improvements", "whatwouldhelp",
    ]),
    words("block", &[
        "blocks", "blocker", "blockers", "barrier", "barriers", "obstacle", "obstacles",
        "whatblocksyou",
    ]),
    words("commitment", &["committed", "teamcommitment"]),
];

#[rustfmt::skip]
static UNIT_TABLE: [Field; 3] = [
    field("unit", &[
        "unitname", "name", "branch", "store", "team", "department", "location", "site",
    ]),
    field("parent", &[
        "parentunit", "partof", "belongsto", "above", "reportsto", "parentname", "region",
        "division",
    ]),
    field("also_called", &[
        "alias", "aliases", "othernames", "othername", "aka", "alsoknownas", "synonyms",
    ]),
];

#[rustfmt::skip]
static CHAIN: [Field; 6] = [
    field("from", &["fromrole", "role", "source", "supplier", "provider"]),
    field("to", &["torole", "target", "usedby", "serves", "user", "receiver", "recipient"]),
    field("weight", &["share", "strength", "amount"]),
    field("title", &["jobtitle", "roletitle"]),
    field("unit", &["team", "department", "branch", "businessunit"]),
    field("headcount", &["people", "fte", "employees", "staff"]),
];

#[rustfmt::skip]
static ROLES: [Field; 4] = [
    field("role", &["rolename", "name", "id", "roleid", "from"]),
    field("title", &["jobtitle", "roletitle"]),
    field("unit", &["team", "department", "branch", "businessunit"]),
    field("headcount", &["people", "fte", "count", "employees", "staff", "number"]),
];

#[rustfmt::skip]
static MEASURES: [Field; 7] = [
    field("unit", UNITS),
    field("period", &["month", "quarter", "week", "year", "date", "wave", "time"]),
    field("measure", &["metric", "measurename", "name", "indicator", "kpi", "variable"]),
    field("side", &["about", "audience", "who", "people"]),
    field("value", &["score", "mean", "result", "figure", "average", "number"]),
    field("n", &["responses", "count", "respondents", "answers", "samplesize"]),
    field("sd", &["stddev", "standarddeviation", "stdev", "std"]),
];

#[rustfmt::skip]
static VOTES: [Field; 6] = [
    field("winner", &["preferred", "winnerid"]),
    field("loser", &["notpreferred", "loserid"]),
    field("item", &["idea", "itemid", "ideaid", "statement", "commentid"]),
    field("vote", &["answer", "choice"]),
    field("criterion", &["question", "aspect"]),
    field("voter", &[
        "voterid", "respondent", "respondentid", "user", "userid", "participant", "sessionid",
    ]),
];

#[rustfmt::skip]
static THEMES: [Field; 6] = [
    field("id", &["theme", "themeid"]),
    field("title", &["label", "name", "themetitle", "newname", "newtitle", "rename", "renameto"]),
    field("merge_into", &["merge", "mergewith", "into", "partof"]),
    field("hide", &["hidden", "remove"]),
    field("ease", &["simple", "simplicity", "howsimple"]),
    field("owner", &["responsible", "takenonby"]),
];

#[rustfmt::skip]
static INITIATIVES: [Field; 7] = [
    field("id", &["initiativeid", "projectid", "code"]),
    field("name", &["initiative", "title", "project", "programme", "program"]),
    field("kind", &["type", "category"]),
    field("spend", &["budget", "cost", "amount", "spending"]),
    field("period", &["year", "quarter", "month", "date", "when"]),
    field("eligible", &["eligibleusers", "couldadopt", "audience", "seats"]),
    field("adopted", &["users", "adopters", "activeusers", "adoption"]),
];

/// The fields of a table.
pub(crate) fn fields(table: Table) -> &'static [Field] {
    match table {
        Table::Signals => &SIGNALS,
        Table::Voice => &VOICE,
        Table::Units => &UNIT_TABLE,
        Table::Chain => &CHAIN,
        Table::Roles => &ROLES,
        Table::Measures => &MEASURES,
        Table::Votes => &VOTES,
        Table::Themes => &THEMES,
        Table::Initiatives => &INITIATIVES,
    }
}

/// What a table needs: every group, by at least one of its fields.
pub(crate) fn needs(table: Table) -> &'static [&'static [&'static str]] {
    match table {
        Table::Signals => &[&["score", "comment"]],
        // The wide form needs one of its columns, the long form a question; checked by form.
        Table::Voice => &[&["question", "idea", "block", "commitment"]],
        Table::Units => &[&["unit"]],
        Table::Chain => &[&["from"], &["to"]],
        Table::Roles => &[&["role"]],
        Table::Measures => &[&["unit"], &["period"], &["measure"], &["side"], &["value"]],
        Table::Votes => &[&["winner", "item"], &["loser", "vote"]],
        Table::Themes => &[&["id"]],
        Table::Initiatives => &[&["id"], &["name"], &["kind"]],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where docs tell of a table, and of the next.
    const CHAPTERS: [(Table, &str); 9] = [
        (Table::Signals, "--signals"),
        (Table::Voice, "--voice"),
        (Table::Units, "--units"),
        (Table::Chain, "--chain"),
        (Table::Roles, "--roles"),
        (Table::Measures, "--measures"),
        (Table::Votes, "--votes"),
        (Table::Themes, "--themes"),
        (Table::Initiatives, "--initiatives"),
    ];

    #[test]
    fn the_page_of_files_names_every_column_and_only_aliases_that_are_taken() {
        let page = include_str!("../../../../docs/FILES.md");
        for (table, flag) in CHAPTERS {
            let chapter = page
                .split("\n## ")
                .find(|chapter| {
                    chapter
                        .lines()
                        .next()
                        .is_some_and(|head| head.contains(flag))
                })
                .unwrap_or_default();
            for field in fields(table) {
                let named = format!("`{}`", field.name);
                assert!(chapter.contains(&named), "{table:?}: {}", field.name);
                let row = chapter
                    .lines()
                    .find(|line| line.starts_with(&format!("| {named}")));
                let aliases = row
                    .and_then(|row| row.split('|').nth(3))
                    .unwrap_or_default();
                for alias in aliases.split('`').skip(1).step_by(2) {
                    let alias = alias.strip_prefix("Your ").unwrap_or(alias);
                    assert!(field.answers_to(alias), "{table:?}: {} {alias}", field.name);
                }
            }
        }
    }
}
