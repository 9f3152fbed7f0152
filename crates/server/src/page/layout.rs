//! The frame of a page.

use crate::guard::Who;
use crate::statics;
use maud::{DOCTYPE, Markup, html};

/// A place in the navigation: its path, its name. Shown to whom the table of `access` lets in.
const PLACES: &[(&str, &str)] = &[
    ("/", "Home"),
    ("/rounds", "Rounds"),
    ("/unit", "Your unit"),
    ("/people", "People"),
    ("/chain", "Chain"),
    ("/feedback", "Feedback"),
    ("/briefs", "Briefs"),
    ("/accounts", "Accounts"),
    ("/tokens", "Tokens"),
    ("/audit", "Audit log"),
];

/// Where a page stands in the navigation, and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    place: &'a str,
    title: &'a str,
}

/// A page that is a place of the navigation itself, or in none.
impl<'a> From<&'a str> for Head<'a> {
    fn from(title: &'a str) -> Self {
        Self {
            place: title,
            title,
        }
    }
}

/// A page under a place: that, and its own title.
impl<'a> From<(&'a str, &'a str)> for Head<'a> {
    fn from((place, title): (&'a str, &'a str)) -> Self {
        Self { place, title }
    }
}

impl<'a> From<(&'a str, &'a String)> for Head<'a> {
    fn from((place, title): (&'a str, &'a String)) -> Self {
        Self { place, title }
    }
}

/// A page for somebody with an account.
pub fn office<'a>(head: impl Into<Head<'a>>, who: &Who, body: &Markup) -> Markup {
    let Head { place, title } = head.into();
    let may = |path: &str| who.may(&axum::http::Method::GET, path);
    let head = html! {
        nav class="places" aria-label="Main" {
            a class="brand" href="/" { "Throughline" }
            ul {
                @for (path, name) in PLACES.iter().filter(|(path, _)| may(path)) {
                    li { a href=(path) aria-current=[(*name == place).then_some("page")] { (name) } }
                }
            }
            form method="post" action="/sign-out" class="who" {
                span { (who.email) } " "
                button class="quiet" { "Sign out" }
            }
        }
    };
    frame(title, "en", "ltr", "office.css", &head, body)
}

/// A page for anyone: signing in, errors.
pub fn plain(title: &str, body: &Markup) -> Markup {
    let head = html! {
        div class="places" { a class="brand" href="/" { "Throughline" } }
    };
    frame(title, "en", "ltr", "office.css", &head, body)
}

/// The document around it.
pub fn frame(
    title: &str,
    language: &str,
    direction: &str,
    sheet: &str,
    head: &Markup,
    body: &Markup,
) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language) dir=(direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow";
                title { (title) " \u{2013} Throughline" }
                link rel="icon" type="image/svg+xml" href=(statics::address("icon.svg"));
                link rel="stylesheet" href=(statics::address("base.css"));
                link rel="stylesheet" href=(statics::address(sheet));
            }
            body {
                a class="skip" href="#main" { "Skip to content" }
                (head)
                main id="main" { (body) }
            }
        }
    }
}
