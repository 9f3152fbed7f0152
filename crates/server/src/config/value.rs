//! A value as it was given, and what it says.

use super::network::Network;
use super::secret::Secret;
use super::setting::{Kind, Setting};
use crate::error::ServerError;
use std::net::SocketAddr;
use std::path::PathBuf;
use url::Url;

/// A text that was given for a setting.
#[derive(Clone)]
pub(super) struct Given {
    /// The setting.
    pub setting: &'static Setting,
    /// The text.
    pub text: String,
    /// Where it was given, for whoever has to mend it.
    pub place: String,
    /// The folder that a path is relative to.
    pub folder: Option<PathBuf>,
}

impl Given {
    /// What is wrong with it.
    pub(super) fn wrong(&self, why: &str, hint: impl Into<String>) -> ServerError {
        let said = if self.setting.kind == Kind::Secret {
            "the value (withheld)".to_owned()
        } else {
            format!("`{}`", self.text)
        };
        ServerError::Setting {
            what: format!("{}: {said} {why}", self.place),
            hint: hint.into(),
        }
    }

    pub(super) fn secret(&self) -> Secret {
        Secret::new(self.text.as_str())
    }

    pub(super) fn path(&self) -> PathBuf {
        match &self.folder {
            Some(folder) => folder.join(&self.text),
            None => PathBuf::from(&self.text),
        }
    }

    pub(super) fn address(&self) -> Result<SocketAddr, ServerError> {
        self.text.parse().map_err(|_| {
            self.wrong(
                "is no address with a port",
                "write it as in `127.0.0.1:8080`, or `0.0.0.0:8080` for every network of this machine",
            )
        })
    }

    /// An address of the web, without anything but scheme, host, port (and a path, where it may).
    pub(super) fn url(&self, with_path: bool) -> Result<Url, ServerError> {
        let hint = "write it as in `https://voices.example.org`";
        let url = Url::parse(&self.text).map_err(|_| self.wrong("is no web address", hint))?;
        let plain = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !plain {
            return Err(self.wrong("is no plain web address", hint));
        }
        if !with_path && url.path() != "/" {
            return Err(self.wrong("has a path", hint));
        }
        Ok(url)
    }

    pub(super) fn number(&self) -> Result<u32, ServerError> {
        let Kind::Number(least, most) = self.setting.kind else {
            return Err(self.wrong("isn't asked as a number", "this is a fault of Throughline"));
        };
        self.text
            .parse()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| {
                self.wrong(
                    "is no number that fits",
                    format!("write a whole number from {least} to {most}"),
                )
            })
    }

    pub(super) fn switch(&self) -> Result<bool, ServerError> {
        match self.text.as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.wrong("is neither `true` nor `false`", "write one of the two")),
        }
    }

    pub(super) fn networks(&self) -> Result<Vec<Network>, ServerError> {
        self.text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| {
                Network::parse(part).ok_or_else(|| {
                    self.wrong(
                        "is no list of addresses",
                        "write addresses or ranges, as in `10.0.0.0/8`",
                    )
                })
            })
            .collect()
    }

    pub(super) fn word(&self) -> Result<&str, ServerError> {
        let words = match self.setting.kind {
            Kind::OneOf(words) => words,
            _ => &[],
        };
        if words.contains(&self.text.as_str()) {
            return Ok(&self.text);
        }
        let known: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        Err(self.wrong("isn't known", format!("write one of {}", known.join(", "))))
    }
}
