//! The form: one question a screen. Without a fragment the first screen shows, with one the screen
//! it names; a browser that can't do that shows all of them below each other.

use super::fields::{Fields, Wrong};
use crate::language::Text;
use crate::page::phone::phone;
use maud::{Markup, html};
use throughline_domain::listen::Answer;
use throughline_ledger::rounds::Round;

/// The page.
pub(super) fn form(
    text: &Text,
    round: &Round,
    token: &str,
    fields: &Fields,
    wrong: Option<Wrong>,
) -> Markup {
    let form = Form {
        text,
        round,
        fields,
        wrong,
        count: if round.terms.ask_enps { 5 } else { 4 },
    };
    page(&form, &format!("/a/{token}"))
}

/// The same for whoever sets a round up: it is sent to `path`, which takes nothing.
pub(crate) fn preview(text: &Text, round: &Round, path: &str) -> Markup {
    let form = Form {
        text,
        round,
        fields: &Fields::fresh(),
        wrong: None,
        count: if round.terms.ask_enps { 5 } else { 4 },
    };
    page(&form, path)
}

fn page(form: &Form<'_>, path: &str) -> Markup {
    let (text, fields) = (form.text, form.fields);
    let round = form.round;
    let body = html! {
        form method="post" action={ (path) "?lang=" (text.tag()) } class="ask"
            data-draft=(path) autocomplete="off" {
            // A form is not sent by Enter before its last screen.
            button class="hidden" disabled aria-hidden="true" tabindex="-1" {}
            input type="hidden" name="id" value=(fields.id);
            (form.idea())
            (form.commitment())
            (form.block())
            @if round.terms.ask_enps { (form.enps()) }
            (form.last())
        }
    };
    phone(text, &text.say("title-answer"), Some(path), &body)
}

struct Form<'a> {
    text: &'a Text,
    round: &'a Round,
    fields: &'a Fields,
    wrong: Option<Wrong>,
    count: usize,
}

impl Form<'_> {
    fn say(&self, key: &str) -> String {
        self.text.say(key)
    }

    /// A question in the company's words, where it has its own.
    fn question(&self, id: &str) -> String {
        let own = self.round.wording.questions.get(id);
        own.and_then(|texts| texts.get(self.text.tag()).cloned())
            .filter(|text| !text.trim().is_empty())
            .unwrap_or_else(|| self.say(&format!("ask-{id}")))
    }

    /// A screen with its place, its question, and the way on and back.
    fn screen(&self, step: usize, title: &Markup, body: &Markup) -> Markup {
        let last = step == self.count;
        html! {
            section class="screen" id={ "s" (step) } tabindex="-1" aria-labelledby={ "q" (step) } {
                p class="step" {
                    (self.text.count("step", &[("step", step), ("count", self.count)]))
                }
                @if step == 1 && self.wrong.is_some() { (self.error()) }
                (title)
                (body)
                div class="on" {
                    @if step > 1 {
                        a class="button quiet" href={ "#s" (step - 1) } { (self.say("back")) }
                    }
                    @if last {
                        button { (self.say("send")) }
                    } @else {
                        a class="button" href={ "#s" (step + 1) } { (self.say("next")) }
                    }
                }
            }
        }
    }

    fn error(&self) -> Markup {
        let said = match self.wrong {
            Some(Wrong::Long { letters, .. }) => {
                let numbers = [("count", letters), ("most", Answer::LONGEST)];
                self.text.count("error-long", &numbers)
            }
            Some(Wrong::Empty) => self.say("error-empty"),
            Some(Wrong::Scale) => self.say("error-scale"),
            Some(Wrong::Later) => self.say("error-later"),
            Some(Wrong::Form) => self.say("error-form"),
            None => String::new(),
        };
        // It stands on the first screen; what it is about may be on another.
        let elsewhere = matches!(self.wrong, Some(Wrong::Long { field: "block", .. }));
        html! {
            p class="error" role="alert" id="wrong" {
                (said)
                @if elsewhere { " " a href="#s3" { (self.question("block")) } }
            }
        }
    }

    fn words(&self, step: usize, name: &str, hint: &str, value: &str) -> Markup {
        let wrong = match self.wrong {
            Some(Wrong::Long { field, .. }) => field == name,
            Some(Wrong::Empty) => name == "idea",
            _ => false,
        };
        html! {
            p class="soft" id={ "h" (step) } { (self.say(hint)) }
            textarea name=(name) rows="5" aria-labelledby={ "q" (step) }
                aria-describedby={ "h" (step) @if wrong { " wrong" } } aria-invalid=[wrong.then_some("true")]
                data-most=(Answer::LONGEST)
                data-left=(self.say("letters-left")) data-over=(self.say("letters-over")) { (value) }
        }
    }

    fn idea(&self) -> Markup {
        let promise = format!("/promise/{}?lang={}", self.round.id, self.text.tag());
        self.screen(
            1,
            &html! { h1 id="q1" { (self.question("idea")) } },
            &html! {
                (self.words(1, "idea", "idea-hint", &self.fields.idea))
                p class="soft small" data-draft-note hidden { (self.say("draft-kept")) }
                p class="promise" {
                    (self.say("promise")) " "
                    a href=(promise) target="_blank" rel="noopener" { (self.say("promise-link")) }
                }
                @if !self.round.channel.trim().is_empty() {
                    p class="soft small" { (self.say("channel")) " " bdi { (self.round.channel) } }
                }
            },
        )
    }

    fn commitment(&self) -> Markup {
        let (least, most) = Answer::COMMITMENT;
        self.screen(
            2,
            &html! { h2 id="q2" { (self.question("commitment")) } },
            &html! {
                div class="choices" role="radiogroup" aria-labelledby="q2" {
                    @for value in (least..=most).rev() {
                        @let chosen = self.fields.commitment == value.to_string();
                        label class="choice" {
                            input type="radio" name="commitment" value=(value) checked[chosen];
                            span { (self.say(&format!("commitment-{value}"))) }
                        }
                    }
                }
            },
        )
    }

    fn block(&self) -> Markup {
        self.screen(
            3,
            &html! { h2 id="q3" { (self.question("block")) } },
            &self.words(3, "block", "optional", &self.fields.block),
        )
    }

    fn enps(&self) -> Markup {
        self.screen(
            4,
            &html! { h2 id="q4" { (self.question("enps")) } },
            &html! {
                div class="choices tight" role="radiogroup" aria-labelledby="q4" {
                    @for value in 0_u8..=10 {
                        @let chosen = self.fields.enps == value.to_string();
                        label class="choice" {
                            input type="radio" name="enps" value=(value) checked[chosen];
                            span {
                                @if value == 0 || value == 10 {
                                    (self.say(&format!("enps-{value}")))
                                } @else { (value) }
                            }
                        }
                    }
                }
            },
        )
    }

    fn last(&self) -> Markup {
        let check = |name: &str, value: &str, key: &str| {
            html! {
                label class="choice" {
                    input type="checkbox" name=(name) value="yes" checked[!value.is_empty()];
                    span { (self.say(key)) }
                }
            }
        };
        self.screen(
            self.count,
            &html! { h2 id={ "q" (self.count) } { (self.say("last-title")) } },
            &html! {
                div class="choices" {
                    (check("may_quote", &self.fields.may_quote, "may-quote"))
                    (check("receipt", &self.fields.receipt, "want-receipt"))
                }
                p class="soft small" { (self.say("once")) }
            },
        )
    }
}
