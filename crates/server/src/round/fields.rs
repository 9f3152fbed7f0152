//! What the form of a round holds, as somebody filled it in.

use chrono::NaiveDate;
use std::collections::BTreeMap;
use throughline_domain::listen::{Terms, Way, Wording};
use throughline_ledger::rounds::{Audience, Draft};

/// Questions that can be worded. As they are asked otherwise: the texts `ask-…` of each language.
pub(super) const QUESTIONS: [&str; 4] = ["idea", "commitment", "block", "enps"];

/// The fields, each as often as the form sent it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(super) fn of(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// A draft as fields.
    pub(super) fn from_draft(draft: &Draft) -> Self {
        let mut fields = Vec::new();
        let mut set = |name: &str, value: String| fields.push((name.to_owned(), value));
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        set("name", draft.name.clone());
        set("opens_on", date(draft.opens_on));
        set("closes_on", date(draft.closes_on));
        set("channel", draft.channel.clone());
        for language in &draft.languages {
            set("language", language.clone());
        }
        set(
            "who",
            if draft.audience.units.is_empty() {
                "all"
            } else {
                "units"
            }
            .to_owned(),
        );
        for unit in &draft.audience.units {
            set("unit", unit.to_string());
        }
        set(
            "without_email",
            draft.audience.without_email.name().to_owned(),
        );
        set("minimum_group", draft.terms.minimum_group.to_string());
        set("minimum_comments", draft.terms.minimum_comments.to_string());
        set("keep_words_days", draft.terms.keep_words_days.to_string());
        if draft.terms.ask_enps {
            set("ask_enps", "yes".to_owned());
        }
        if draft.terms.code_with_attributes {
            set("code_with_attributes", "yes".to_owned());
        }
        for (question, texts) in &draft.wording.questions {
            for (language, text) in texts {
                set(&format!("wording.{question}.{language}"), text.clone());
            }
        }
        Self(fields)
    }

    /// The first value of a name; empty where there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// All values of a name.
    pub(super) fn many<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        let of_name = self.0.iter().filter(move |(known, _)| known == name);
        of_name.map(|(_, value)| value.trim())
    }

    /// Whether a box was ticked.
    pub(super) fn has(&self, name: &str, value: &str) -> bool {
        self.many(name).any(|known| known == value)
    }

    /// The draft that they say, or what is wrong.
    pub(super) fn draft(&self) -> Result<Draft, String> {
        let date = |name: &str, what: &str| match self.one(name) {
            "" => Ok(None),
            text => text
                .parse::<NaiveDate>()
                .map(Some)
                .map_err(|_| format!("{what} `{}` is no date", short(text))),
        };
        let number = |name: &str, what: &str| {
            let text = self.one(name);
            text.parse::<u32>()
                .map_err(|_| format!("{what} `{}` is no whole number", short(text)))
        };
        let mut languages: Vec<String> = Vec::new();
        for tag in self.many("language").filter(|tag| !tag.is_empty()) {
            if !languages.iter().any(|known| known == tag) {
                languages.push(tag.to_owned());
            }
        }
        let units = if self.one("who") == "units" {
            let ids = self.many("unit").map(|id| id.parse());
            ids.collect::<Result<Vec<_>, _>>()
                .map_err(|_| "a unit was chosen that isn't there".to_owned())?
        } else {
            Vec::new()
        };
        if self.one("who") == "units" && units.is_empty() {
            return Err("no unit was chosen".to_owned());
        }
        let mut wording: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for (name, text) in &self.0 {
            let parts = name
                .strip_prefix("wording.")
                .and_then(|rest| rest.split_once('.'));
            if let Some((question, language)) = parts.filter(|_| !text.trim().is_empty()) {
                let texts = wording.entry(question.to_owned()).or_default();
                texts.insert(language.to_owned(), text.trim().to_owned());
            }
        }
        Ok(Draft {
            name: self.one("name").to_owned(),
            opens_on: date("opens_on", "the first day")?,
            closes_on: date("closes_on", "the last day")?,
            languages,
            audience: Audience {
                units,
                without_email: Way::named(self.one("without_email")).unwrap_or(Way::Slip),
            },
            wording: Wording { questions: wording },
            terms: Terms {
                minimum_group: number("minimum_group", "the least group")?,
                minimum_comments: number("minimum_comments", "the least group for words")?,
                keep_words_days: number("keep_words_days", "the days")?,
                code_with_attributes: self.has("code_with_attributes", "yes"),
                ask_enps: self.has("ask_enps", "yes"),
            },
            channel: self.one("channel").to_owned(),
        })
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::Fields;
    use throughline_domain::listen::{Terms, Way};
    use throughline_ledger::rounds::{Audience, Draft};

    #[test]
    fn a_draft_comes_back_as_it_went_out() {
        let mut draft = Draft {
            name: "Spring".to_owned(),
            opens_on: chrono::NaiveDate::from_ymd_opt(2027, 3, 1),
            closes_on: None,
            languages: vec!["en".to_owned(), "ar".to_owned()],
            audience: Audience {
                units: vec![uuid::Uuid::nil()],
                without_email: Way::Link,
            },
            terms: Terms {
                ask_enps: true,
                code_with_attributes: true,
                ..Terms::default()
            },
            channel: "Call 1".to_owned(),
            ..Draft::default()
        };
        let texts = draft
            .wording
            .questions
            .entry("idea".to_owned())
            .or_default();
        texts.insert("en".to_owned(), "What now?".to_owned());
        assert_eq!(Fields::from_draft(&draft).draft(), Ok(draft));
    }

    #[test]
    fn what_is_no_number_or_date_is_named() {
        let check = |name: &str, value: &str, word: &str| {
            let mut fields = Fields::from_draft(&Draft::default());
            fields.0.retain(|(known, _)| known != name);
            fields.0.push((name.to_owned(), value.to_owned()));
            let said = fields.draft().expect_err("it is refused");
            assert!(said.contains(word), "{said}");
        };
        check("minimum_group", "five", "`five`");
        check("opens_on", "31.12.2027", "`31.12.2027`");
        check("who", "units", "no unit");
    }
}
