//! axe-core: what a machine can find of WCAG 2.2 AA. It comes from npm when tests run.

use crate::Browser;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// The rules of WCAG 2.2, levels A and AA.
const TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// axe's source, installed into `target/npm` once.
///
/// # Errors
/// Where npm can't bring it.
pub fn source(npm: &Path) -> Result<&'static str, String> {
    static SOURCE: OnceLock<Result<String, String>> = OnceLock::new();
    SOURCE
        .get_or_init(|| install(npm))
        .as_deref()
        .map_err(Clone::clone)
}

fn install(npm: &Path) -> Result<String, String> {
    let folder = crate::target_folder().join("npm");
    let file = folder.join("node_modules/axe-core/axe.min.js");
    if !file.is_file() {
        let run = Command::new(npm)
            .args(["install", "--no-save", "--no-package-lock", "--prefix"])
            .arg(&folder)
            .arg("axe-core@4")
            .output()
            .map_err(|error| format!("npm doesn't start: {error}"))?;
        if !run.status.success() {
            let said = String::from_utf8_lossy(&run.stderr);
            return Err(format!("npm doesn't bring axe-core: {}", said.trim()));
        }
    }
    std::fs::read_to_string(&file).map_err(|error| format!("`{}`: {error}", file.display()))
}

/// What axe is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rules {
    /// Everything.
    All,
    /// What another colour scheme can change.
    Contrast,
}

/// Every violation on the page as it is: rule, place, help.
///
/// # Panics
/// Where axe can't be run.
pub async fn violations(browser: &Browser, rules: Rules) -> Vec<String> {
    let only = match rules {
        Rules::All => json!({ "type": "tag", "values": TAGS }),
        Rules::Contrast => json!({ "type": "rule", "values": ["color-contrast"] }),
    };
    if browser.script("return typeof axe", vec![]).await != json!("object") {
        browser.script(browser.axe(), vec![]).await;
    }
    let options = json!({ "runOnly": only, "resultTypes": ["violations"], "iframes": false });
    let run = "const [options, done] = arguments;
        axe.run(document, options).then(result => done(result.violations), error => done(String(error)));";
    let found = browser
        .client
        .execute_async(run, vec![options])
        .await
        .expect("axe runs");
    let Value::Array(found) = found else {
        panic!("axe fails: {found}");
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    found
        .iter()
        .flat_map(|violation| {
            let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
            let rule = text(&violation["id"]);
            let help = text(&violation["help"]);
            nodes.into_iter().map(move |node| {
                let why = text(&node["failureSummary"]).replace('\n', " ");
                format!("{rule} at `{}`: {help}. {why}", node["target"])
            })
        })
        .collect()
}
