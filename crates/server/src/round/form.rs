//! The form of a round: five things to decide, with a usual answer to most; the rest folded away.

use super::fields::{Fields, QUESTIONS};
use crate::error::Failure;
use crate::language::Languages;
use crate::page::words::{count, people, sentence};
use crate::state::App;
use maud::{Markup, html};
use std::cmp::Reverse;
use std::collections::HashMap;
use throughline_domain::listen::{Terms, Way};
use throughline_ledger::units::{self, Tree, Unit};
use throughline_ledger::{people as room, units::people as people_by_unit};
use uuid::Uuid;

/// Units that can be chosen; of more, those nearest to the top.
const SHOWN: usize = 400;

/// What the form needs to know.
pub(super) struct Needs {
    units: Vec<(usize, Unit, u64)>,
    count: room::Count,
    languages: Vec<(String, u64)>,
    /// Tag and own name of each language there is.
    pub(super) known: Vec<(String, String)>,
    spoken: Languages,
}

impl Needs {
    pub(super) async fn read(app: &App) -> Result<Self, Failure> {
        let all = units::all(&app.ledger).await?;
        let tree = Tree::of(&all);
        let names: HashMap<Uuid, &str> = all
            .iter()
            .map(|unit| (unit.id, unit.name.as_str()))
            .collect();
        let mut below: HashMap<Uuid, u64> = HashMap::new();
        for (unit, people) in people_by_unit(&app.ledger).await? {
            for above in tree.line(unit) {
                *below.entry(above).or_default() += people;
            }
        }
        let mut rows: Vec<(Vec<&str>, Unit, u64)> = all
            .iter()
            .filter_map(|unit| {
                let people = *below.get(&unit.id)?;
                let line = tree.line(unit.id);
                let way = line.iter().rev().filter_map(|id| names.get(id).copied());
                Some((way.collect(), unit.clone(), people))
            })
            .collect();
        if rows.len() > SHOWN {
            rows.sort_by_key(|(way, _, _)| way.len());
            rows.truncate(SHOWN);
        }
        rows.sort_by(|one, other| one.0.cmp(&other.0));
        let units = rows
            .into_iter()
            .map(|(way, unit, people)| (way.len() - 1, unit, people))
            .collect();
        let tags = app.languages.tags().into_iter();
        Ok(Self {
            units,
            count: room::count(&app.ledger).await?,
            languages: room::languages(&app.ledger).await?,
            known: tags
                .map(|tag| {
                    let name = app.languages.text(tag).say("language-name");
                    (tag.to_owned(), name)
                })
                .collect(),
            spoken: app.languages.clone(),
        })
    }

    /// A language's own name; its tag, where it isn't known.
    fn name<'a>(&'a self, tag: &'a str) -> &'a str {
        let known = self.known.iter().find(|(known, _)| known == tag);
        known.map_or(tag, |(_, name)| name)
    }

    /// A question as employees are asked it where nobody words it anew.
    fn usual(&self, question: &str, tag: &str) -> String {
        self.spoken.text(tag).say(&format!("ask-{question}"))
    }
}

/// The form. `wrong` is what was wrong with what was sent.
pub(super) fn form(
    action: &str,
    fields: &Fields,
    needs: &Needs,
    known: &[(String, String)],
    wrong: Option<&str>,
) -> Markup {
    html! {
        @if let Some(wrong) = wrong { p class="error" role="alert" { (sentence(wrong)) } }
        form method="post" action=(action) class="steps" {
            (name_and_dates(fields))
            (audience(fields, needs))
            (languages(fields, needs, known))
            fieldset class="card" {
                legend { h2 { "Misconduct and danger" } }
                div class="field" {
                    label for="channel" { "Where are they to be told?"
                        span class="hint" { "Nobody can find out who answered, so nobody can come back to somebody who reports harassment, fraud or a danger. The form names this way instead: a number, an address, a person outside the line." }
                    }
                    textarea id="channel" name="channel" maxlength="600" class="short" { (fields.one("channel")) }
                }
            }
            (terms(fields))
            (wording(fields, needs))
            div class="actions" { button { "Save and look at it" } a class="button quiet" href="/rounds" { "Cancel" } }
        }
    }
}

fn name_and_dates(fields: &Fields) -> Markup {
    html! {
        fieldset class="card" {
            legend { h2 { "Name and days" } }
            div class="field" {
                label for="name" { "Name" span class="hint" { "Employees see it." } }
                input type="text" id="name" name="name" required maxlength="120" value=(fields.one("name"));
            }
            div class="pair" {
                div class="field" {
                    label for="opens_on" { "First day" }
                    input type="date" id="opens_on" name="opens_on" value=(fields.one("opens_on"));
                }
                div class="field" {
                    label for="closes_on" { "Last day" span class="hint" { "Two weeks are usual. It can be moved on later." } }
                    input type="date" id="closes_on" name="closes_on" value=(fields.one("closes_on"));
                }
            }
        }
    }
}

fn audience(fields: &Fields, needs: &Needs) -> Markup {
    let units = fields.one("who") == "units";
    let without = needs.count.active - needs.count.with_email.min(needs.count.active);
    html! {
        fieldset class="card" {
            legend { h2 { "Who is asked" } }
            label class="tick" { input type="radio" name="who" value="all" checked[!units];
                " Everybody (" (people(needs.count.active)) ")" }
            label class="tick" { input type="radio" name="who" value="units" checked[units]; " These units, with all below them" }
            @if !needs.units.is_empty() {
                details open[units] {
                    summary { "Units" }
                    @for (depth, unit, people) in &needs.units {
                        label class=(format!("tick deep{}", (*depth).min(6))) {
                            input type="checkbox" name="unit" value=(unit.id) checked[fields.has("unit", &unit.id.to_string())];
                            span { (unit.name) " " span class="soft" { "(" (count(*people)) ")" } }
                        }
                    }
                }
            }
            @if without > 0 {
                p class="gap" { strong { (people(without)) } " have no e-mail address. They get:" }
                @let way = Way::named(fields.one("without_email")).unwrap_or(Way::Slip);
                label class="tick" { input type="radio" name="without_email" value=(Way::Slip.name()) checked[way == Way::Slip];
                    " a sealed slip, any slip for anyone of the unit (safest)" }
                label class="tick" { input type="radio" name="without_email" value=(Way::Link.name()) checked[way == Way::Link];
                    " a link of their own, in the file for your own mailer (text messages, say)" }
            } @else {
                input type="hidden" name="without_email" value=(fields.one("without_email"));
            }
        }
    }
}

fn languages(fields: &Fields, needs: &Needs, known: &[(String, String)]) -> Markup {
    let mut shown: Vec<(String, String)> = known.to_vec();
    for tag in fields.many("language") {
        if !tag.is_empty() && !shown.iter().any(|(known, _)| known == tag) {
            shown.push((tag.to_owned(), tag.to_owned()));
        }
    }
    let spoken = |tag: &str| -> u64 {
        let of = |language: &String| language.split('-').next() == Some(tag);
        let languages = needs.languages.iter().filter(|(language, _)| of(language));
        languages.map(|(_, people)| people).sum()
    };
    // What most speak comes first, English where that doesn't tell: the first chosen is the one that
    // is spoken where nothing says otherwise.
    shown.sort_by_key(|(tag, _)| (Reverse(spoken(tag)), tag != "en"));
    html! {
        fieldset class="card" {
            legend { h2 { "Languages" } }
            p class="soft" { "Everybody can choose one of these; who chooses none gets her browser\u{2019}s, or the first of them. Which one somebody chose is stored nowhere." }
            @for (tag, name) in &shown {
                label class="tick" { input type="checkbox" name="language" value=(tag) checked[fields.has("language", tag)];
                    span { span lang=(tag) { (name) } @if spoken(tag) > 0 { " " span class="soft" { "(" (people(spoken(tag))) ")" } } } }
            }
        }
    }
}

fn terms(fields: &Fields) -> Markup {
    let number = |name: &str, label: &str, hint: &str, least: u32, most: u32| {
        html! {
            div class="field" {
                label for=(name) { (label) span class="hint" { (hint) } }
                input type="number" id=(name) name=(name) min=(least) max=(most) required value=(fields.one(name));
            }
        }
    };
    let usual = Terms::default();
    let as_usual = fields.one("minimum_group") == usual.minimum_group.to_string()
        && fields.one("minimum_comments") == usual.minimum_comments.to_string()
        && fields.one("keep_words_days") == usual.keep_words_days.to_string()
        && !fields.has("ask_enps", "yes")
        && !fields.has("code_with_attributes", "yes");
    html! {
        details class="card" open[!as_usual] {
            summary { "The promise: figures from " (fields.one("minimum_group")) " answers, words from " (fields.one("minimum_comments")) ", kept for " (fields.one("keep_words_days")) " days" @if !as_usual { " (changed)" } }
            (number("minimum_group", "Figures about a group", "From how many answers on. Never below 3.", Terms::FLOOR_GROUP, 1000))
            (number("minimum_comments", "Words of a group", "From how many answers on. Never below 10.", Terms::FLOOR_COMMENTS, 1000))
            (number("keep_words_days", "Days for which words are kept", "After the round closes; then they are deleted, backups too.", 1, 3650))
            label class="tick" { input type="checkbox" name="ask_enps" value="yes" checked[fields.has("ask_enps", "yes")];
                span { "Also ask whether they would recommend the company as a place to work" } }
            label class="tick" { input type="checkbox" name="code_with_attributes" value="yes" checked[fields.has("code_with_attributes", "yes")];
                span { "Let people in by one code for all and facts about themselves"
                    span class="hint" { "Weak, so it is off: a manager knows these facts and could answer in somebody else\u{2019}s place, and that person then can\u{2019}t. Links and slips don\u{2019}t have this weakness." } } }
        }
    }
}

fn wording(fields: &Fields, needs: &Needs) -> Markup {
    let languages: Vec<&str> = fields
        .many("language")
        .filter(|tag| !tag.is_empty())
        .collect();
    let changed = QUESTIONS.iter().any(|question| {
        languages
            .iter()
            .any(|tag| !fields.one(&format!("wording.{question}.{tag}")).is_empty())
    });
    html! {
        details class="card" open[changed] {
            summary { "The questions in your own words" }
            p class="soft" { "Leave a field empty and the question stands as it was tested and translated. Answers can be compared between rounds only where the words stay." }
            @for question in QUESTIONS.iter().filter(|question| **question != "enps" || fields.has("ask_enps", "yes")) {
                fieldset {
                    legend { (needs.usual(question, "en")) }
                    @for tag in &languages {
                        @let name = format!("wording.{question}.{tag}");
                        div class="field" {
                            label for=(name) { span lang=(tag) { (needs.name(tag)) } span class="hint" lang=(tag) { (needs.usual(question, tag)) } }
                            input type="text" id=(name) name=(name) lang=(tag) maxlength="300" value=(fields.one(&name));
                        }
                    }
                }
            }
        }
    }
}
