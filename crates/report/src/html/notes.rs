//! What can't be told, on page one and in full, and how to read the rest.

use super::figure::heading;
use super::reader::Reader;
use maud::{Markup, html};
use throughline_domain::brief::{Note, NoteKind};

/// So many fit on page one; all of them stand further down.
const ON_PAGE_ONE: usize = 4;

/// The block on page one.
pub(super) fn cannot_tell(reader: &Reader<'_>) -> Markup {
    let all = of_kind(reader, NoteKind::CannotTell);
    html! {
        section class="cannot-tell" aria-labelledby="cannot-tell" {
            h2 id="cannot-tell" { "What we can\u{2019}t tell" }
            ul class="plain" {
                @for note in all.iter().take(ON_PAGE_ONE) { li { (note.text) } }
                @if all.is_empty() {
                    li { "Whether a fix helps: sizes show what goes with a problem, and only trying shows what helps." }
                }
            }
            @if all.len() > ON_PAGE_ONE {
                p class="soft" {
                    (all.len() - ON_PAGE_ONE) " more under "
                    a href="#reading" { "How to read this" } "."
                }
            }
        }
    }
}

/// The section with all notes.
pub(super) fn reading(reader: &Reader<'_>) -> Markup {
    let further: Vec<&Note> = of_kind(reader, NoteKind::CannotTell);
    html! {
        section class="part" aria-labelledby="reading" {
            (heading("reading", "How to read this"))
            ul class="plain wide" {
                li { "A problem\u{2019}s size is how often it is named times how much lower the score is where it is named. It is an association: other things may differ between these customers too." }
                li { "Sizes of problems overlap, because one customer can name several: don\u{2019}t add them up." }
                li { "A range is a 95% interval. Where it holds zero, the brief says \u{201c}not enough to tell\u{201d}." }
                @if reader.any_worth() { li { "The value of customers behind a problem is exposure, not loss: it says who is touched, not what leaves." } }
                @for note in of_kind(reader, NoteKind::Reading) { li { (note.text) } }
            }
            @if !further.is_empty() {
                h3 { "What we can\u{2019}t tell" }
                ul class="plain wide" { @for note in further { li { (note.text) } } }
            }
        }
    }
}

/// Notes of one kind, in their order.
pub(super) fn of_kind<'a>(reader: &Reader<'a>, kind: NoteKind) -> Vec<&'a Note> {
    reader
        .brief
        .notes
        .iter()
        .filter(|note| note.kind == kind)
        .collect()
}
