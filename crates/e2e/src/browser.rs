//! One person's browser: its screen, its scripts, its colours.

use crate::needs::Programs;
use axum::http::Method;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::{Arc, Mutex};
use url::{ParseError, Url};

/// What somebody looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// A phone, 390 by 844.
    Phone,
    /// The same, with scripts switched off.
    PhoneWithoutScripts,
    /// A desk's, 1280 by 900.
    Desk,
}

/// Widths and heights.
pub const PHONE: (u32, u32) = (390, 844);
/// Of a desk.
pub const DESK: (u32, u32) = (1280, 900);

/// A window of Chromium with a profile of its own.
#[derive(Debug)]
pub struct Browser {
    /// The session.
    pub client: Client,
    /// What it was opened as.
    pub screen: Screen,
    axe: &'static str,
    noted: Noted,
}

/// Faults of pages, noted until the end.
pub(crate) type Noted = Arc<Mutex<Vec<String>>>;

impl Browser {
    pub(crate) async fn open(
        port: u16,
        programs: &Programs,
        profile: &Path,
        screen: Screen,
        noted: Noted,
    ) -> Self {
        let mut options = json!({
            "binary": programs.chromium,
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--lang=en-GB",
                format!("--window-size={},{}", DESK.0, DESK.1),
                format!("--user-data-dir={}", profile.display()),
            ],
        });
        if screen != Screen::Desk {
            options["mobileEmulation"] = json!({
                "deviceMetrics": { "width": PHONE.0, "height": PHONE.1, "pixelRatio": 1.0, "touch": true },
            });
        }
        if screen == Screen::PhoneWithoutScripts {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": 60_000, "pageLoad": 60_000, "implicit": 0 },
        });
        let Value::Object(wanted) = wanted else {
            unreachable!("an object was written");
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("Chromium opens");
        Self {
            client,
            screen,
            axe: programs.axe,
            noted,
        }
    }

    pub(crate) fn note(&self, fault: String) {
        self.noted.lock().expect("nobody fails here").push(fault);
    }

    pub(crate) fn axe(&self) -> &'static str {
        self.axe
    }

    /// Opens an address.
    ///
    /// # Panics
    /// Where it doesn't load.
    pub async fn goto(&self, address: impl AsRef<str>) {
        let address = address.as_ref();
        self.client
            .goto(address)
            .await
            .unwrap_or_else(|error| panic!("`{address}` doesn't load: {error}"));
    }

    /// Where it is.
    ///
    /// # Panics
    /// Where the browser is gone.
    pub async fn address(&self) -> Url {
        self.client.current_url().await.expect("a page is open")
    }

    /// Runs a script in the page, whatever its content policy says.
    ///
    /// # Panics
    /// Where it throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client
            .execute(script, arguments)
            .await
            .expect("the script runs")
    }

    /// A command of Chromium's own protocol.
    ///
    /// # Panics
    /// Where it is refused.
    pub async fn chromium(&self, command: &'static str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.command("goog/cdp/execute", body).await
    }

    /// Shows the page as to somebody who likes dark pages, or light ones.
    pub async fn dark(&self, on: bool) {
        let value = if on { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": value }]);
        self.chromium(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await;
    }

    /// Shows the page on a screen of this size; what was typed stays.
    pub async fn resize(&self, (width, height): (u32, u32)) {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.chromium("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    /// The size it was opened with.
    pub async fn resize_back(&self) {
        self.resize(if self.screen == Screen::Desk {
            DESK
        } else {
            PHONE
        })
        .await;
    }

    /// What the browser complained of since it was asked last: scripts, refused styles, missing files.
    /// That a page itself says no (a link that was used) is no fault of the page.
    pub async fn complaints(&self) -> Vec<String> {
        let Value::Array(lines) = self.command("se/log", json!({ "type": "browser" })).await else {
            return Vec::new();
        };
        let address = self.address().await;
        let itself = format!("{address} - Failed to load resource");
        lines
            .iter()
            .filter(|line| line["level"] == "SEVERE")
            .filter_map(|line| line["message"].as_str())
            .filter(|message| !message.starts_with(&itself))
            .map(str::to_owned)
            .collect()
    }

    async fn command(&self, path: &'static str, body: Value) -> Value {
        self.client
            .issue_cmd(Command { path, body })
            .await
            .unwrap_or_else(|error| panic!("chromedriver refuses `{path}`: {error}"))
    }
}

/// A command that WebDriver's standard doesn't know.
#[derive(Debug)]
struct Command {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
