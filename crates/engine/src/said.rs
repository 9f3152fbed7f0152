//! What customers said, as the newest brief of a workspace shows it: read from what was released, so
//! nothing is decided here about what may be shown.

use serde_json::Value;
use std::path::Path;
use throughline_domain::brief::Quote;

/// Where a workspace keeps its briefs, a folder each.
const BRIEFS: &str = "briefs";
/// A brief's file for machines.
const BRIEF: &str = "brief.json";

/// Up to `most` quotes of customers: what they praise and what they have trouble with in turn. None
/// where no brief was released yet, or it can't be read.
pub fn customers_said(workspace: &Path, most: usize) -> Vec<Quote> {
    let Some(brief) = newest(workspace) else {
        return Vec::new();
    };
    let of = |list: &str| {
        let all = brief.get(list).and_then(Value::as_array);
        let one = |entry: &Value| {
            let quote = entry.get("quotes")?.as_array()?.first()?;
            let text = |name| quote.get(name)?.as_str().map(str::to_owned);
            Some(Quote {
                words: text("words")?,
                from: text("from").unwrap_or_default(),
            })
        };
        all.into_iter()
            .flatten()
            .filter_map(one)
            .collect::<Vec<_>>()
    };
    let (mut praise, mut trouble) = (of("strengths").into_iter(), of("pains").into_iter());
    let mut quotes = Vec::new();
    loop {
        let before = quotes.len();
        quotes.extend(praise.next());
        quotes.extend(trouble.next());
        if quotes.len() == before || quotes.len() >= most {
            quotes.truncate(most);
            return quotes;
        }
    }
}

fn newest(workspace: &Path) -> Option<Value> {
    let folders = std::fs::read_dir(workspace.join(BRIEFS)).ok()?;
    let files = folders.flatten().filter_map(|folder| {
        // What begins with a dot is being written.
        if folder.file_name().to_string_lossy().starts_with('.') {
            return None;
        }
        let path = folder.path().join(BRIEF);
        let at = path.metadata().ok()?.modified().ok()?;
        Some((at, path))
    });
    let (_, path) = files.max()?;
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}
