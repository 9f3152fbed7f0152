//! A person's hands: fields found by their labels, buttons and links by their words. What can't be
//! found this way can't be found by somebody who listens to a page either.

use crate::{Browser, Screen};
use fantoccini::Locator;
use fantoccini::elements::Element;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a page may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Words as XPath quotes them.
fn quoted(words: &str) -> String {
    let parts: Vec<String> = words.split('"').map(|part| format!("\"{part}\"")).collect();
    match parts.len() {
        1 => parts.concat(),
        _ => format!("concat({})", parts.join(", '\"', ")),
    }
}

impl Browser {
    /// The page as text.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn text(&self) -> String {
        let asked = Instant::now();
        loop {
            // Between two pages there is none.
            if let Ok(body) = self.client.find(Locator::Css("body")).await
                && let Ok(text) = body.text().await
            {
                return text;
            }
            assert!(asked.elapsed() < PATIENCE, "there is no page to read");
        }
    }

    /// Says that words are on the page, or come to be: after a click the page before may still stand.
    ///
    /// # Panics
    /// Where they aren't.
    pub async fn reads(&self, words: &str) {
        let asked = Instant::now();
        loop {
            let text = self.text().await;
            if text.contains(words) {
                return;
            }
            if asked.elapsed() >= PATIENCE {
                let address = self.address().await;
                panic!("{address} doesn't say `{words}`:\n{text}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Says that words are not on the page.
    ///
    /// # Panics
    /// Where they are.
    pub async fn hides(&self, words: &str) {
        let text = self.text().await;
        let address = self.address().await;
        assert!(!text.contains(words), "{address} says `{words}`:\n{text}");
    }

    /// The first element of a CSS selector.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn find(&self, css: &str) -> Element {
        self.seek(Locator::Css(css), css).await
    }

    /// How many elements a CSS selector has.
    ///
    /// # Panics
    /// Where it is no selector.
    pub async fn count(&self, css: &str) -> usize {
        let all = self.client.find_all(Locator::Css(css)).await;
        all.expect("a selector").len()
    }

    async fn seek(&self, locator: Locator<'_>, said: &str) -> Element {
        match self.client.find(locator).await {
            Ok(element) => element,
            Err(_) => {
                let address = self.address().await;
                let source = self.client.source().await.unwrap_or_default();
                panic!("{address} has no `{said}`:\n{source}");
            }
        }
    }

    /// Presses the button or follows the link of these words, and waits for the page it leads to.
    ///
    /// # Panics
    /// Where there is none, or it leads nowhere.
    pub async fn press(&self, words: &str) {
        let before = self.born().await;
        self.touch(words).await;
        self.reborn(&before, words).await;
    }

    /// Presses the first element of a CSS selector, and waits for the page it leads to.
    ///
    /// # Panics
    /// Where there is none, or it leads nowhere.
    pub async fn press_at(&self, css: &str) {
        let before = self.born().await;
        self.click(css).await;
        self.reborn(&before, css).await;
    }

    /// Presses what opens a window of its own, and goes there.
    ///
    /// # Panics
    /// Where none opens.
    pub async fn press_aside(&self, words: &str) {
        let before = self.client.windows().await.expect("windows");
        self.touch(words).await;
        let pressed = Instant::now();
        loop {
            let now = self.client.windows().await.expect("windows");
            if let Some(fresh) = now.into_iter().find(|window| !before.contains(window)) {
                let went = self.client.switch_to_window(fresh).await;
                return went.expect("a window to go to");
            }
            assert!(pressed.elapsed() < PATIENCE, "`{words}` opens nothing");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Closes the window that was opened last, and goes back to the first.
    ///
    /// # Panics
    /// Where there is one alone.
    pub async fn back_from_aside(&self) {
        self.client.close_window().await.expect("a window");
        let left = self.client.windows().await.expect("windows");
        let first = left.into_iter().next().expect("a window is left");
        let went = self.client.switch_to_window(first).await;
        went.expect("a window to go to");
    }

    /// Waits for another page than the one that was opened then.
    ///
    /// # Panics
    /// Where none comes.
    pub async fn reborn(&self, before: &Value, said: &str) {
        let pressed = Instant::now();
        loop {
            let now = self.born().await;
            if !now.is_null() && now != *before {
                return;
            }
            assert!(pressed.elapsed() < PATIENCE, "`{said}` leads nowhere");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Which page this is, another each time one is loaded; nothing while it is being loaded. Asked of
    /// the browser itself: where scripts are off, the page has nothing to say.
    pub async fn born(&self) -> Value {
        if self.screen != Screen::PhoneWithoutScripts {
            let script = "return document.readyState === 'complete'";
            let ready = self.client.execute(script, vec![]).await;
            if !matches!(ready, Ok(Value::Bool(true))) {
                return Value::Null;
            }
        }
        let tree = self.chromium("Page.getFrameTree", json!({})).await;
        tree["frameTree"]["frame"]["loaderId"].clone()
    }

    /// Presses an element; with the keyboard where scripts are off, since chromedriver's finger needs
    /// some.
    ///
    /// # Panics
    /// Where it can't be pressed.
    pub async fn strike(&self, element: &Element, said: &str) {
        let struck = match self.screen {
            Screen::PhoneWithoutScripts => element.send_keys("\u{e007}").await,
            Screen::Phone | Screen::Desk => element.click().await,
        };
        struck.unwrap_or_else(|error| panic!("`{said}` can't be pressed: {error}"));
    }

    /// Presses what stays on the page, or brings a file.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn touch(&self, words: &str) {
        let said = quoted(words);
        let is = format!("normalize-space()={said} or @value={said} or @aria-label={said}");
        let has = format!("contains(normalize-space(), {said})");
        let path = |test: &str| {
            format!(
                "//button[{test}] | //a[{test}] | //summary[{test}] | //input[@type='submit' and ({test})]"
            )
        };
        for test in [is, has] {
            let all = self.client.find_all(Locator::XPath(&path(&test))).await;
            for element in all.expect("elements") {
                if element.is_displayed().await.unwrap_or_default() {
                    return self.strike(&element, words).await;
                }
            }
        }
        let address = self.address().await;
        let source = self.client.source().await.unwrap_or_default();
        panic!("{address} shows no `{words}`:\n{source}");
    }

    /// Clicks the first element of a CSS selector.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn click(&self, css: &str) {
        self.strike(&self.find(css).await, css).await;
    }

    /// The field of a label.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn field(&self, label: &str) -> Element {
        let said = quoted(label);
        let fields = "self::input or self::select or self::textarea";
        let path = format!(
            "//*[{fields}][@aria-label={said} or @id=//label[contains(normalize-space(), {said})]/@for] \
             | //label[contains(normalize-space(), {said})]//*[{fields}]"
        );
        self.seek(Locator::XPath(&path), label).await
    }

    /// Fills the field of a label: types, chooses, gives a date or a file's path.
    ///
    /// # Panics
    /// Where there is none, or it takes nothing of the kind.
    pub async fn fill(&self, label: &str, value: &str) {
        let field = self.field(label).await;
        fill(self, &field, value).await;
    }

    /// Fills the field of a name, where several share a label.
    ///
    /// # Panics
    /// Where there is none, or it takes nothing of the kind.
    pub async fn fill_name(&self, name: &str, value: &str) {
        let field = self.find(&format!("[name=\"{name}\"]")).await;
        fill(self, &field, value).await;
    }

    /// Ticks the box or takes the choice of a label.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn tick(&self, label: &str) {
        let field = self.field(label).await;
        if !field.is_selected().await.expect("a box") {
            // The box may be drawn by its label, itself unseen: a person presses the label.
            let script = "const box = arguments[0]; (box.labels[0] ?? box).scrollIntoView({block: 'center'}); \
                 return box.labels[0] ?? box";
            let argument = serde_json::to_value(&field).expect("an element");
            let label_element = self.script(script, vec![argument]).await;
            let element =
                Element::from_element_id(self.client.clone(), reference(&label_element).into());
            self.strike(&element, label).await;
        }
        assert!(
            field.is_selected().await.expect("a box"),
            "`{label}` doesn't stay ticked"
        );
    }
}

/// An element's id, as WebDriver wraps it.
fn reference(element: &Value) -> String {
    element
        .as_object()
        .and_then(|wrapped| wrapped.values().next()?.as_str())
        .unwrap_or_default()
        .to_owned()
}

async fn fill(browser: &Browser, field: &Element, value: &str) {
    let tag = field.tag_name().await.expect("a tag");
    let kind = field.attr("type").await.expect("an attribute");
    match (tag.as_str(), kind.as_deref()) {
        ("select", _) => {
            let path = format!(
                ".//option[starts-with(normalize-space(), {})]",
                quoted(value)
            );
            let option = field.find(Locator::XPath(&path)).await;
            let option = option.unwrap_or_else(|_| panic!("`{value}` can't be chosen"));
            browser.strike(&option, value).await;
        }
        ("input", Some("file")) => field.send_keys(value).await.expect("a file"),
        // How a date is typed depends on the browser's language.
        ("input", Some("date" | "number")) => {
            let argument = serde_json::to_value(field).expect("an element");
            browser
                .script(
                    "arguments[0].value = arguments[1]; \
                     arguments[0].dispatchEvent(new Event('input', {bubbles: true}));",
                    vec![argument, json!(value)],
                )
                .await;
        }
        _ => {
            field.clear().await.expect("an empty field");
            field.send_keys(value).await.expect("a field to type in");
        }
    }
}
