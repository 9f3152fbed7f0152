//! The part of a page from which people are asked, by letter or by the company's own mailer.

use crate::page::words::count;
use crate::state::App;
use maud::{Markup, html};
use throughline_ledger::ballot_box::Kind;
use throughline_ledger::invitations::Sending;
use uuid::Uuid;

/// How far each letter is, and the buttons for the next one and for a file of links.
pub(crate) fn asking(app: &App, round: Uuid, kind: Kind, sendings: &[Sending]) -> Markup {
    let at = match kind {
        Kind::Answer => format!("/rounds/{round}"),
        Kind::Votes => format!("/rounds/{round}/votes"),
    };
    let own: Vec<&Sending> = sendings.iter().filter(|one| one.kind == kind).collect();
    let busy = own.iter().any(|sending| sending.waiting > 0);
    html! {
        @for (place, sending) in own.iter().enumerate() {
            p role="status" {
                strong { @if place == 0 { "Invitation" } @else { "Reminder " (count(place)) } }
                ": " (count(sending.sent)) " sent"
                @if sending.waiting > 0 { ", " (count(sending.waiting)) " to go (load the page again to see how far)" }
                @if sending.failed > 0 { ", " (count(sending.failed)) " not taken by the mail server" }
            }
            @if sending.failed > 0 && !busy {
                form method="post" action={ "/rounds/" (round) "/letters/again" } {
                    input type="hidden" name="number" value=(sending.number);
                    button class="quiet" { "Send these " (count(sending.failed)) " again" }
                }
            }
        }
        @if app.mail.leaves() {
            @if !busy {
                form method="post" action={ (at) "/letters" } {
                    button { @if own.is_empty() { "Send the invitation by e-mail" } @else { "Send a reminder" } }
                    @if !own.is_empty() {
                        p class="soft" { "A reminder goes to everybody alike, with the same link: nobody knows who has " @match kind { Kind::Answer => "answered.", Kind::Votes => "voted." } }
                    }
                }
            }
        } @else {
            p class="soft" { "This server has no mail server set, so it can\u{2019}t send the links itself." }
        }
        form method="post" action={ (at) "/links" } {
            button class="quiet" { "Take the links as a file" }
            p class="soft" { "For your own mailer. Each link is one person\u{2019}s: don\u{2019}t keep the file longer than needed." }
        }
    }
}
