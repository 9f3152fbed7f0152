//! `GET /rounds/{id}/ideas`: ideas that nobody has read yet.

use super::{Tab, moderator, near, said, tabs};
use crate::error::Failure;
use crate::guard::Who;
use crate::page::layout::office;
use crate::page::path::Ids;
use crate::page::words::{count, people, sentence};
use crate::state::App;
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;
use throughline_disclosure::{Entrusted, LONGEST_SHOWN, Moderator, Part, Proposal};
use throughline_domain::listen::{Refusal, RefusalReason, RoundState};
use throughline_ledger::ideas::{self, Shown, Waiting};
use throughline_ledger::votes;
use uuid::Uuid;

/// Ideas on one page.
const A_PAGE: usize = 10;
/// Shown ideas that are offered for merging at one tap.
const OFFERED: usize = 3;

/// What was done a moment ago, from the address.
#[derive(Default, Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: String,
    idea: Option<Uuid>,
}

/// What couldn't be done, with what was sent.
pub(super) struct Problem {
    pub idea: Uuid,
    pub what: String,
    pub hint: String,
    pub text: Option<String>,
}

/// The page.
pub(crate) async fn show(
    State(app): State<App>,
    who: Who,
    Ids([round]): Ids<1>,
    Query(done): Query<Done>,
) -> Result<Markup, Failure> {
    page(&app, &who, round, &done, None).await
}

/// The page, with what couldn't be done at its top.
pub(super) async fn page(
    app: &App,
    who: &Who,
    round: Uuid,
    done: &Done,
    problem: Option<Problem>,
) -> Result<Markup, Failure> {
    let moderator = moderator(who)?;
    let voting = votes::voting(&app.ledger, round).await?;
    let first = problem.as_ref().map(|problem| problem.idea);
    let queue = ideas::waiting(&app.ledger, round, A_PAGE, first).await?;
    let shown = ideas::shown(&app.ledger, round).await?;
    let words = queue.ideas.iter().map(|idea| idea.words.clone()).collect();
    let near = near(words, &shown).await?;
    let body = html! {
        (tabs(round, Tab::Queue))
        h1 { "Ideas to read" }
        p class="lead" {
            (voting.name) ": "
            @match queue.waiting {
                0 => "none waits.",
                1 => "one waits.",
                n => { (n) " wait." }
            }
        }
        @if let Some(problem) = &problem {
            div class="error" role="alert" {
                p { strong { (sentence(&problem.what)) } " " (sentence(&problem.hint)) }
            }
        } @else {
            (told(round, done))
        }
        @if queue.ideas.is_empty() {
            div class="empty" {
                @if !queue.too_few {
                    p { "Nothing to read for now." }
                } @else if voting.state == RoundState::Closed {
                    p { "Fewer than ten people answered. So few can\u{2019}t be hidden among each other, so nobody reads what they wrote." }
                } @else {
                    p { "Nothing to read yet. Of each group ideas arrive in batches of at least ten people, so that nobody can tell whose came when; in groups with fewer than twenty answers all come when the round closes." }
                }
                p { a href={ "/rounds/" (round) "/ideas/shown" } { "See what colleagues see" } }
            }
        } @else {
            p class="soft measure" {
                @if queue.waiting > queue.ideas.len() as u64 {
                    "These are " (queue.ideas.len()) " of " (count(queue.waiting)) ", drawn at random, those with the very same words as one: as you decide, others take their place. "
                }
                "The order is drawn anew each time. You don't see who wrote an idea, in which team or when; "
                "its sender reads on her receipt what you decide. Names, numbers and addresses are masked by proposal: you have the last word."
            }
            @for (place, (idea, near)) in queue.ideas.iter().zip(&near).enumerate() {
                @let offered: Vec<&Shown> = near.iter().take(OFFERED).map(|at| &shown[*at]).collect();
                @let typed = problem.as_ref().filter(|problem| problem.idea == idea.id).and_then(|problem| problem.text.as_deref());
                (card(round, moderator, idea, &offered, shown.len(), place == 0, typed))
            }
        }
    };
    Ok(office(("Rounds", "Ideas to read"), who, &body))
}

fn card(
    round: Uuid,
    moderator: Moderator,
    idea: &Waiting,
    offered: &[&Shown],
    shown: usize,
    first: bool,
    typed: Option<&str>,
) -> Markup {
    let proposal = moderator.proposal(&idea.words);
    let text = match typed {
        Some(typed) => typed,
        None if idea.may_quote => &proposal.text,
        None => "",
    };
    let at = format!("/rounds/{round}/ideas/{}", idea.id);
    let too_long = text.chars().count() > LONGEST_SHOWN;
    let open = !idea.may_quote || too_long || typed.is_some();
    html! {
        article class="idea" aria-labelledby={ "idea-" (idea.id) } tabindex="-1" autofocus[first] {
            h2 id={ "idea-" (idea.id) } class="hidden" { "An idea" }
            (sides(&proposal, idea.may_quote))
            @if !idea.same.is_empty() {
                p class="soft" { (people(idea.same.len() + 1)) " wrote these very words, capitals and stops aside: what you decide holds for all of them." }
            } @else if idea.count > 1 {
                p class="soft" { (idea.count) " people proposed it: others were merged into it before." }
            }
            div class="ways" {
                form method="post" action={ (at) "/show" } class="choose" {
                    @if open {
                        div class="words" { (words(&idea.id, text, too_long)) }
                        button { "Show" }
                    } @else {
                        button { "Show" }
                        details {
                            summary { "Change" }
                            (words(&idea.id, text, too_long))
                            button { "Show these words" }
                        }
                    }
                }
                details {
                    summary { "Merge" }
                    @if shown == 0 {
                        p { "No idea is shown yet that it could be merged into." }
                    } @else {
                        p class="soft" { "It says the same as:" }
                        form method="post" action={ (at) "/merge" } class="stack" {
                            @for other in offered {
                                button class="quiet choice" name="into" value=(other.id) {
                                    span { (*other.words) } " "
                                    span class="soft" { (people(other.count)) }
                                }
                            }
                        }
                        p { a href={ (at) "/merge" } { "Search all " (shown) " shown ideas" } }
                    }
                }
                details {
                    summary { "Refuse" }
                    form method="post" action={ (at) "/refuse" } {
                        (reasons(&idea.id.to_string()))
                        button class="danger" { "Refuse" }
                    }
                }
            }
        }
    }
}

/// What colleagues will see, to be changed.
fn words(id: &Uuid, text: &str, too_long: bool) -> Markup {
    html! {
        label for={ "text-" (id) } { "Colleagues will see" }
        textarea id={ "text-" (id) } name="text" maxlength=(LONGEST_SHOWN) rows="3"
            aria-describedby={ "hint-" (id) } { (text) }
        p class="hint" id={ "hint-" (id) } {
            "At most " (LONGEST_SHOWN) " characters: two ideas must fit on a phone."
            @if too_long { " " strong { "These words are longer: shorten them." } }
        }
    }
}

/// What was written beside what is proposed.
fn sides(proposal: &Entrusted<Proposal>, may_quote: bool) -> Markup {
    html! {
        div class="sides" {
            div {
                h3 { "As it was written" }
                p dir="auto" { (parts(&proposal.written, "taken out")) }
            }
            @if proposal.masks() && may_quote {
                div {
                    h3 { "Proposed" }
                    p dir="auto" { (parts(&proposal.proposed, "put in")) }
                }
            }
        }
        @if !may_quote {
            p class="warning" {
                strong { "Not to be quoted. " }
                "Its sender didn't allow her words to be shown. Merge it, or say it in words of the company's own: a text that repeats hers isn't taken."
            }
        }
        @if proposal.hidden > 0 {
            p class="soft" {
                (proposal.hidden)
                @if proposal.hidden == 1 { " character" } @else { " characters" }
                " that nobody would see (zero-width or turning the direction of writing) "
                @if proposal.hidden == 1 { "was" } @else { "were" }
                " taken out."
            }
        }
    }
}

/// Words, the marked ones with a sign beside their colour, and said to a screen reader.
fn parts(parts: &[Part], said: &str) -> Markup {
    html! {
        @for (place, part) in parts.iter().enumerate() {
            @if place > 0 { " " }
            @if part.marked {
                @if said == "taken out" {
                    del { span class="hidden" { "(masked:) " } (part.text) }
                } @else {
                    ins { span class="hidden" { "(" (said) ":) " } (part.text) }
                }
            } @else {
                (part.text)
            }
        }
    }
}

/// The short list of reasons, and a note.
pub(super) fn reasons(id: &str) -> Markup {
    html! {
        fieldset class="stack" {
            legend { "Why? Its sender reads this on her receipt." }
            @for reason in RefusalReason::ALL {
                label class="choice" {
                    input type="radio" name="reason" value=(reason.name()) required;
                    span { (said(reason)) }
                }
            }
        }
        div class="field" {
            label for={ "note-" (id) } { "A note " span class="hint" { "May be left empty, except for something else. No names." } }
            input type="text" id={ "note-" (id) } name="note" maxlength=(Refusal::LONGEST) autocomplete="off";
        }
    }
}

/// What was done, and how to take it back.
fn told(round: Uuid, done: &Done) -> Markup {
    let Some(idea) = done.idea else {
        return html! {};
    };
    let (what, seen) = match done.done.as_str() {
        "shown" => ("Colleagues see it now.", "shown"),
        "merged" => ("Merged: it counts with the other.", "merged"),
        "refused" => ("Refused: its sender reads why on her receipt.", "refused"),
        "undone" => ("Taken back: it waits again.", ""),
        _ => return html! {},
    };
    html! {
        div class="done" role="status" {
            p { (what) }
            @if !seen.is_empty() {
                form method="post" action={ "/rounds/" (round) "/ideas/" (idea) "/undo" } {
                    input type="hidden" name="seen" value=(seen);
                    button class="quiet" { "Take it back" }
                }
            }
        }
    }
}
