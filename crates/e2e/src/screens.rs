//! What is asked of every page, and its picture.

use crate::axe::{self, Rules};
use crate::browser::{DESK, PHONE};
use crate::{Browser, layout};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Where pictures are kept.
pub fn folder() -> PathBuf {
    crate::target_folder().join("screens")
}

/// Looks at the page on a phone and on a desk, in the light and in the dark, and keeps pictures of it:
/// `NAME-390.png`, `NAME-390-dark.png`, `NAME-1280.png`.
///
/// What is wrong is noted; `Driver::verdict` says all of it at the end, so that one run finds every
/// fault.
pub async fn look(browser: &Browser, name: &str) {
    for fault in faults(browser, name).await {
        browser.note(format!("{name}: {fault}"));
    }
}

/// What is wrong with the page.
pub async fn faults(browser: &Browser, name: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut add = |at: &str, found: Vec<String>| {
        faults.extend(found.into_iter().map(|fault| format!("{at}: {fault}")));
    };
    browser.resize(PHONE).await;
    browser.dark(false).await;
    add("too wide at 390", layout::overflow(browser).await);
    add("too small at 390", layout::small_targets(browser).await);
    add("axe at 390", axe::violations(browser, Rules::All).await);
    keep(browser, &format!("{name}-390")).await;
    browser.dark(true).await;
    add(
        "axe in the dark",
        axe::violations(browser, Rules::Contrast).await,
    );
    keep(browser, &format!("{name}-390-dark")).await;
    browser.dark(false).await;
    browser.resize(DESK).await;
    add("too wide at 1280", layout::overflow(browser).await);
    add("axe at 1280", axe::violations(browser, Rules::All).await);
    keep(browser, &format!("{name}-1280")).await;
    browser.resize_back().await;
    add("focus unseen", layout::unseen_focus(browser).await);
    add("the browser complains", browser.complaints().await);
    faults
}

/// A picture of the whole page.
async fn keep(browser: &Browser, name: &str) {
    let wanted =
        json!({ "format": "png", "captureBeyondViewport": true, "optimizeForSpeed": true });
    let picture = browser.chromium("Page.captureScreenshot", wanted).await;
    let Some(Value::String(data)) = picture.get("data") else {
        panic!("no picture of `{name}`");
    };
    let folder = folder();
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    std::fs::write(folder.join(format!("{name}.png")), decode(data)).expect("a picture is kept");
}

/// Base64, as the browser writes it.
fn decode(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> = text.bytes().filter(|letter| *letter != b'=').collect();
    letters
        .chunks(4)
        .flat_map(|four| {
            let bits = four
                .iter()
                .fold(0_u32, |bits, letter| bits << 6 | u32::from(value(*letter)));
            let bits = bits << (6 * (4 - four.len()));
            let bytes = bits.to_be_bytes();
            bytes[1..four.len()].to_vec()
        })
        .collect()
}
