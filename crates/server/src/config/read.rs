//! Reads the settings: defaults, then the file, then the environment, then flags.

use super::setting::{SETTINGS, Setting};
use super::value::Given;
use super::{Config, LogFormat, Mail, Oidc, file};
use crate::error::ServerError;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;
use throughline_ledger::Where;
use url::Url;

/// What flags gave.
#[derive(Clone, Default)]
pub struct Flags(BTreeMap<&'static str, String>);

impl Flags {
    /// Notes a flag that was given; a name that isn't in the table is left out.
    pub fn set(&mut self, name: &str, value: impl ToString) {
        if let Some(setting) = Setting::named(name) {
            self.0.insert(setting.name, value.to_string());
        }
    }

    /// Notes a flag that may have been given.
    pub fn set_some(&mut self, name: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }
}

/// What was given, by the setting's name; the last source wins.
struct Settings(BTreeMap<&'static str, Given>);

impl Settings {
    fn add(&mut self, given: Given) {
        self.0.insert(given.setting.name, given);
    }

    /// A setting's value, if it has one.
    fn get(&self, name: &str) -> Option<&Given> {
        self.0.get(name).filter(|given| !given.text.is_empty())
    }

    /// The value of a setting that has a default.
    fn must(&self, name: &str) -> Result<&Given, ServerError> {
        self.get(name).ok_or_else(|| ServerError::Setting {
            what: format!("`{name}` is empty"),
            hint: "give a value, or leave it out".to_owned(),
        })
    }

    /// The value of a setting that another one needs.
    fn needed(&self, name: &str, by: &Given) -> Result<&Given, ServerError> {
        self.get(name).ok_or_else(|| ServerError::Setting {
            what: format!("{}: it needs `{name}` too", by.place),
            hint: format!("give `{name}`"),
        })
    }
}

pub(super) fn read(
    flags: &Flags,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Config, ServerError> {
    let mut settings = Settings(BTreeMap::new());
    for setting in SETTINGS {
        settings.add(Given {
            setting,
            text: setting.default.to_owned(),
            place: format!("`{}`", setting.name),
            folder: None,
        });
    }
    let spoken: Vec<Given> = SETTINGS
        .iter()
        .filter_map(|setting| {
            let variable = setting.variable();
            environment(&variable).map(|text| Given {
                setting,
                text,
                place: format!("the environment variable `{variable}`"),
                folder: None,
            })
        })
        .chain(flags.0.iter().filter_map(|(name, text)| {
            Setting::named(name).map(|setting| Given {
                setting,
                text: text.clone(),
                place: format!("the flag `{}`", setting.flag()),
                folder: None,
            })
        }))
        .collect();
    // Twice: where the file is comes from them, and they win over it.
    spoken.iter().cloned().for_each(|given| settings.add(given));
    if let Some(path) = file_of(&settings)? {
        file::read(&path)?
            .into_iter()
            .for_each(|given| settings.add(given));
        spoken.into_iter().for_each(|given| settings.add(given));
    }
    config(&settings)
}

fn file_of(settings: &Settings) -> Result<Option<PathBuf>, ServerError> {
    if let Some(named) = settings.get("config") {
        return Ok(Some(named.path()));
    }
    let usual = settings.must("workspace")?.path().join("throughline.toml");
    Ok(usual.exists().then_some(usual))
}

fn config(settings: &Settings) -> Result<Config, ServerError> {
    let workspace = settings.must("workspace")?.path();
    let listen = settings.must("listen")?.address()?;
    let public_url = match settings.get("public_url") {
        Some(given) => given.url(false)?,
        None => usual_url(listen)?,
    };
    let database = match settings.get("database_url") {
        Some(given) => Where::Postgres(postgres(given)?),
        None => Where::File(workspace.join(Config::FILE)),
    };
    let text = |name: &str| settings.get(name).map_or("", |given| given.text.as_str());
    Ok(Config {
        workspace,
        listen,
        public_url,
        database,
        company: text("company").to_owned(),
        trusted_proxies: match settings.get("trusted_proxies") {
            Some(given) => given.networks()?,
            None => Vec::new(),
        },
        log_format: match settings.must("log_format")?.word()? {
            "json" => LogFormat::Json,
            _ => LogFormat::Text,
        },
        log_level: settings.must("log_level")?.word()?.to_owned(),
        connections: settings.must("connections")?.number()? as usize,
        slow: Duration::from_secs(settings.must("slow_seconds")?.number()?.into()),
        upload_bytes: settings.must("upload_megabytes")?.number()? as usize * 1_000_000,
        link_minutes: i64::from(settings.must("link_minutes")?.number()?),
        mail: mail(settings)?,
        oidc: oidc(settings)?,
    })
}

/// `http://` and the listening address; one that means every network is reached as `localhost`.
fn usual_url(listen: std::net::SocketAddr) -> Result<Url, ServerError> {
    let text = if listen.ip().is_unspecified() {
        format!("http://localhost:{}", listen.port())
    } else {
        format!("http://{listen}")
    };
    Url::parse(&text).map_err(|_| ServerError::Setting {
        what: format!("the listening address `{listen}` makes no web address"),
        hint: "give one with `--public-url`".to_owned(),
    })
}

fn postgres(given: &Given) -> Result<String, ServerError> {
    let known = ["postgres://", "postgresql://"];
    if known.iter().any(|scheme| given.text.starts_with(scheme)) {
        Ok(given.text.clone())
    } else {
        Err(given.wrong(
            "is no PostgreSQL address",
            "write it as in `postgres://user:password@host/name`",
        ))
    }
}

fn mail(settings: &Settings) -> Result<Mail, ServerError> {
    if let Some(folder) = settings.get("mail_folder") {
        if let Some(url) = settings.get("smtp.url") {
            return Err(ServerError::Setting {
                what: format!(
                    "{}: letters would go into a folder, and {} names a mail server",
                    folder.place, url.place
                ),
                hint: "leave one of the two out".to_owned(),
            });
        }
        return Ok(Mail::Folder(folder.path()));
    }
    let Some(url) = settings.get("smtp.url") else {
        return Ok(Mail::None);
    };
    let from = settings.needed("smtp.from", url)?;
    let mail = Mail::Smtp {
        url: url.secret(),
        from: from.text.clone(),
        ca_file: settings.get("smtp.ca_file").map(Given::path),
    };
    if let Err(fault) = crate::mail::check(&mail) {
        let given = match fault {
            crate::mail::Fault::From => from,
            crate::mail::Fault::Certificates => settings.needed("smtp.ca_file", url)?,
            crate::mail::Fault::Server => url,
        };
        return Err(given.wrong(fault.why(), fault.hint()));
    }
    Ok(mail)
}

fn oidc(settings: &Settings) -> Result<Option<Oidc>, ServerError> {
    let Some(given) = settings.get("oidc.issuer") else {
        return Ok(None);
    };
    let issuer = given.url(true)?;
    let here = match issuer.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if issuer.scheme() != "https" && !here {
        return Err(given.wrong(
            "isn't reached over TLS",
            "write it with `https://`: whoever can change what the provider says can sign in as anyone",
        ));
    }
    Ok(Some(Oidc {
        issuer: given.text.clone(),
        client_id: settings.needed("oidc.client_id", given)?.text.clone(),
        client_secret: settings.get("oidc.client_secret").map(Given::secret),
        ca_file: settings.get("oidc.ca_file").map(Given::path),
        name: settings.must("oidc.name")?.text.clone(),
        email_is_verified: settings.must("oidc.email_is_verified")?.switch()?,
        employees: settings.must("oidc.employees")?.switch()?,
    }))
}
