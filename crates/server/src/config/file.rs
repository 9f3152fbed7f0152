//! The file of settings: TOML, every key known, every value of its kind.

use super::setting::{Kind, SETTINGS, Setting};
use super::value::Given;
use crate::error::ServerError;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What a file gives.
pub(super) fn read(path: &Path) -> Result<Vec<Given>, ServerError> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|source| ServerError::Start {
        what: format!("can't read the settings in `{name}`"),
        source,
        hint: "see that it is there and may be read, or name another with `--config`",
    })?;
    let file = File {
        path,
        name,
        text: &text,
    };
    let table = DeTable::parse(&text).map_err(|error| ServerError::Setting {
        what: format!(
            "{}: {}",
            file.line(error.span().map_or(0, |span| span.start)),
            // The library's message alone: its whole text would print the line, password and all.
            error.message()
        ),
        hint: "write lines as in `listen = \"127.0.0.1:8080\"`".to_owned(),
    })?;
    let mut given = Vec::new();
    file.table("", table.get_ref(), &mut given)?;
    Ok(given)
}

struct File<'f> {
    path: &'f Path,
    name: String,
    text: &'f str,
}

impl File<'_> {
    fn line(&self, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        format!("`{}`, line {line}", self.name)
    }

    fn table(
        &self,
        section: &str,
        table: &DeTable<'_>,
        given: &mut Vec<Given>,
    ) -> Result<(), ServerError> {
        for (key, value) in table {
            let name = format!("{section}{}", key.get_ref());
            let place = format!("{}, key `{name}`", self.line(key.span().start));
            let inner = format!("{name}.");
            let is_section = SETTINGS
                .iter()
                .any(|setting| setting.name.starts_with(&inner));
            if let (true, DeValue::Table(table)) = (is_section, value.get_ref()) {
                self.table(&inner, table, given)?;
                continue;
            }
            let Some(setting) = Setting::named(&name).filter(|setting| setting.in_file) else {
                return Err(ServerError::Setting {
                    what: format!("{place}: there is no such setting"),
                    hint: likely(&name),
                });
            };
            let text = text(setting, value).ok_or_else(|| ServerError::Setting {
                what: format!("{place}: the value isn't of the right kind"),
                hint: kind(setting).to_owned(),
            })?;
            given.push(Given {
                setting,
                text,
                place,
                folder: self.path.parent().map(Path::to_owned),
            });
        }
        Ok(())
    }
}

/// The value as the other sources would give it.
fn text(setting: &Setting, value: &Spanned<DeValue<'_>>) -> Option<String> {
    match (setting.kind, value.get_ref()) {
        (Kind::Number(..), DeValue::Integer(number)) => Some(number.to_string()),
        (Kind::Switch, DeValue::Boolean(switch)) => Some(switch.to_string()),
        (Kind::Networks, DeValue::Array(parts)) => {
            let parts: Option<Vec<&str>> =
                parts.iter().map(|part| part.get_ref().as_str()).collect();
            Some(parts?.join(","))
        }
        (Kind::Number(..) | Kind::Switch, _) => None,
        (_, DeValue::String(text)) => Some(text.to_string()),
        _ => None,
    }
}

fn kind(setting: &Setting) -> &'static str {
    match setting.kind {
        Kind::Number(..) => "write a whole number, without quotes",
        Kind::Switch => "write `true` or `false`, without quotes",
        Kind::Networks => "write a list, as in `[\"10.0.0.0/8\"]`",
        _ => "write a text in quotes",
    }
}

/// The setting that was probably meant.
fn likely(name: &str) -> String {
    let plain = |name: &str| name.replace(['-', '_', '.'], "").to_lowercase();
    let last = |name: &str| plain(name.rsplit('.').next().unwrap_or(name));
    SETTINGS
        .iter()
        .filter(|setting| setting.in_file)
        .find(|setting| plain(setting.name) == plain(name) || last(setting.name) == last(name))
        .map_or_else(
            || "docs/CONFIG.md lists all of them".to_owned(),
            |setting| format!("did you mean `{}`?", setting.name),
        )
}
