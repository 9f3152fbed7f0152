//! The reference page of settings, written from the table.

use super::setting::{Kind, SETTINGS, Setting};
use std::fmt::Write;

/// The page, as Markdown.
pub fn reference() -> String {
    let mut page = String::from(
        "# Settings\n\n\
         This page is written from the table in `crates/server/src/config/setting.rs`; a test sees that it is up to date.\n\n\
         A setting is read from the file `throughline.toml` in the workspace (or the one that `--config` names), then from the environment, then from flags; the later wins. \
         A key that isn't known and a value that makes no sense end the program with an error that names the line. \
         Paths in the file are relative to its folder. Secrets have no flags, save `--database-url`, since other users of a machine can see flags; they are never printed.\n\n\
         ```toml\n\
         listen = \"127.0.0.1:8080\"\n\
         public_url = \"https://voices.example.org\"\n\
         company = \"Example\"\n\
         trusted_proxies = [\"127.0.0.1\"]\n\n\
         [smtp]\n\
         url = \"smtps://user:password@mail.example.org\"\n\
         from = \"Throughline <throughline@example.org>\"\n\n\
         [oidc]\n\
         issuer = \"https://id.example.org\"\n\
         client_id = \"throughline\"\n\
         client_secret = \"…\"\n\
         name = \"Example ID\"\n\
         ```\n",
    );
    for setting in SETTINGS {
        // Writing to a string doesn't fail.
        let _ = write!(page, "\n{}", entry(setting));
    }
    page
}

fn entry(setting: &Setting) -> String {
    let mut places = Vec::new();
    if setting.in_file {
        places.push("the file".to_owned());
    }
    places.push(format!("`{}`", setting.variable()));
    if setting.has_flag {
        places.push(format!("`{}`", setting.flag()));
    }
    let default = if setting.default.is_empty() {
        String::new()
    } else {
        format!(" Default: `{}`.", setting.default)
    };
    format!(
        "## `{}`\n\n{}\n\n{}.{default} Given in {}.\n",
        setting.name,
        setting.meaning,
        kind(setting.kind),
        places.join(", ")
    )
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text => "A text".to_owned(),
        Kind::Secret => "A secret".to_owned(),
        Kind::Address => "An address with a port".to_owned(),
        Kind::Url => "A web address".to_owned(),
        Kind::Path => "A path".to_owned(),
        Kind::Number(least, most) => format!("A whole number from {least} to {most}"),
        Kind::Switch => "`true` or `false`".to_owned(),
        Kind::Networks => {
            "A list of addresses or ranges, parted by commas outside the file".to_owned()
        }
        Kind::OneOf(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            format!("One of {}", words.join(", "))
        }
    }
}
