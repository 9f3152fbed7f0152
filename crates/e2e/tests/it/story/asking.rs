//! The HR lead asks: drafts a round, looks at it as employees will, opens it, takes links and slips.

use super::{CHANNEL, Stage};
use serde_json::json;
use throughline_e2e::{Browser, look};

/// An open round, and how people get in.
pub struct Round {
    /// Its id.
    pub id: String,
    /// Personal links' tokens, in the order of the file.
    pub links: Vec<String>,
    /// Slips' codes.
    pub slips: Vec<String>,
}

/// From nothing to an open round, with its links and slips.
pub async fn open(stage: &Stage, hr: &Browser) -> Round {
    hr.goto(stage.company.at("/rounds")).await;
    look(hr, "rounds-none").await;
    hr.press("Set up a round").await;
    hr.fill("Name", "Winter round").await;
    hr.tick("Español").await;
    hr.tick("العربية").await;
    hr.fill("Where are they to be told?", CHANNEL).await;
    look(hr, "round-new").await;
    hr.press("Save and look at it").await;
    hr.reads("60 people would be asked").await;
    look(hr, "round-draft").await;
    let draft = hr.address().await;
    hr.press("See what employees see").await;
    hr.reads("What simple change here would help our customers?")
        .await;
    look(hr, "round-preview").await;
    hr.goto(draft.as_str()).await;
    hr.press("Open it").await;
    look(hr, "round-opening").await;
    hr.press("Open it now for 60 people").await;
    look(hr, "round-open").await;
    let id = draft.path().trim_start_matches("/rounds/").to_owned();
    let links = links(hr, &id).await;
    let slips = slips(hr).await;
    Round { id, links, slips }
}

/// The links' file, as the button brings it.
pub async fn links(hr: &Browser, id: &str) -> Vec<String> {
    let script = "const [path, done] = arguments;
        fetch(path, {method: 'POST'}).then(response => response.text()).then(done);";
    let path = json!(format!("/rounds/{id}/links"));
    let file = hr.client.execute_async(script, vec![path]).await;
    let file = file.expect("a script");
    let file = file.as_str().expect("a file");
    let links: Vec<String> = file
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '"'))
        .filter_map(|word| word.split_once("/a/"))
        .map(|(_, token)| token.to_owned())
        .collect();
    assert_eq!(
        links.len(),
        42,
        "a link for each who has an address:\n{file}"
    );
    links
}

/// The sheet of slips: made once, codes and pictures to cut.
async fn slips(hr: &Browser) -> Vec<String> {
    hr.press("Print slips").await;
    look(hr, "slips").await;
    hr.press_aside("Make the sheets").await;
    hr.reads("Print these sheets now").await;
    look(hr, "slips-sheet").await;
    let script =
        "return [...document.querySelectorAll('.slip code')].map(code => code.textContent);";
    let codes = hr.script(script, vec![]).await;
    let codes = codes.as_array().expect("codes");
    let codes: Vec<String> = codes
        .iter()
        .filter_map(|code| code.as_str())
        .map(str::to_owned)
        .collect();
    assert_eq!(codes.len(), 18, "a slip for each without an address");
    hr.back_from_aside().await;
    codes
}

/// HR sees how far it is: rounded, by units that are large enough, and never who.
pub async fn progress(stage: &Stage, hr: &Browser, round: &Round) {
    hr.goto(stage.company.at(&format!("/rounds/{}/progress", round.id)))
        .await;
    hr.reads("once a day").await;
    for never in ["P001", "person1@", " 0%", "100%"] {
        hr.hides(never).await;
    }
    look(hr, "progress").await;
}

/// The round is closed, for good.
pub async fn close(stage: &Stage, hr: &Browser, round: &Round) {
    hr.goto(stage.company.at(&format!("/rounds/{}", round.id)))
        .await;
    hr.press("Close it now").await;
    look(hr, "round-closing").await;
    hr.press("Close it now").await;
    hr.reads("closed").await;
    look(hr, "round-closed").await;
}
