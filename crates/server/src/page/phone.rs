//! The frame of an employee's page: one column, phone first, any language, either direction. No
//! navigation, no cookie; one small script that a page works without.

use crate::language::Text;
use crate::statics;
use maud::{DOCTYPE, Markup, html};

/// A page. `switch` is its address without a query, where it may be read in another language.
pub(crate) fn phone(text: &Text, title: &str, switch: Option<&str>, body: &Markup) -> Markup {
    let languages = html! { @if let Some(path) = switch { (links(text, path)) } };
    page(text, title, &languages, body)
}

/// A page whose form is sent along when another language is chosen, so that nothing chosen in it is
/// lost: to its own `path`, with a field `switch`.
pub(crate) fn phone_with_form(
    text: &Text,
    title: &str,
    (form, path): (&str, &str),
    body: &Markup,
) -> Markup {
    let languages = each(text, |tag, name| {
        html! {
            button form=(form) formaction={ (path) "?lang=" (tag) } formnovalidate
                name="switch" value=(tag) lang=(tag)
                aria-current=[(tag == text.tag()).then_some("true")] { (name) }
        }
    });
    page(text, title, &languages, body)
}

fn page(text: &Text, title: &str, languages: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(text.tag()) dir=(text.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow";
                title { (title) }
                link rel="icon" type="image/svg+xml" href=(statics::address("icon.svg"));
                link rel="stylesheet" href=(statics::address("base.css"));
                link rel="stylesheet" href=(statics::address("phone.css"));
                script src=(statics::address("answer.js")) defer {}
            }
            body {
                @if !text.company().is_empty() { p class="company" dir="auto" { (text.company()) } }
                main id="main" class="phone" { (body) }
                (languages)
            }
        }
    }
}

fn links(text: &Text, path: &str) -> Markup {
    each(text, |tag, name| {
        html! {
            a href={ (path) "?lang=" (tag) } lang=(tag) hreflang=(tag)
                aria-current=[(tag == text.tag()).then_some("true")] { (name) }
        }
    })
}

/// The languages; each says its own name.
fn each(text: &Text, choice: impl Fn(&str, &str) -> Markup) -> Markup {
    let offered = text.offered();
    html! {
        @if offered.len() > 1 {
            nav class="languages" aria-label=(text.say("language-switch")) {
                @for (tag, name) in &offered { (choice(tag, name)) }
            }
        }
    }
}
