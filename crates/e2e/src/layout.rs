//! What a page's measures say: nothing overflows, targets are large enough for a thumb, focus shows,
//! and the page is light.

use crate::Browser;
use serde_json::{Value, json};

/// A thumb's target, in pixels (the design's own; WCAG 2.2 AA asks 24).
const TARGET: f64 = 44.0;

/// Elements that reach beyond the screen's edge, where the page can be moved sideways.
const OVERFLOW: &str = "
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const scrolls = element => {
        for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
            if (getComputedStyle(up).overflowX !== 'visible') return true;
        return false;
    };
    const out = [...document.querySelectorAll('body *')].filter(element => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1)
            && !scrolls(element) && getComputedStyle(element).position !== 'absolute';
    });
    return ['the page is ' + root.scrollWidth + ' wide on ' + root.clientWidth,
        ...out.slice(0, 5).map(element => element.outerHTML.slice(0, 160))];";

/// Buttons, fields, places of the navigation, and labels of choices that are too small.
const SMALL: &str = "
    const least = arguments[0] - 0.5;
    const all = document.querySelectorAll(
        'button, .button, summary, select, textarea, input:not([type=hidden]), nav a, [role=button]');
    const small = [];
    for (const element of all) {
        const choice = element.matches('[type=radio], [type=checkbox]');
        const target = choice ? (element.labels[0] ?? element) : element;
        const box = target.getBoundingClientRect();
        const style = getComputedStyle(target);
        if (box.width === 0 || style.visibility === 'hidden' || target.closest('.skip, .hidden')) continue;
        if (box.height < least || box.width < least)
            small.push(Math.round(box.width) + ' x ' + Math.round(box.height) + ': ' + target.outerHTML.slice(0, 160));
    }
    return small;";

/// What takes the focus and doesn't show it.
const UNSEEN: &str = "
    const seen = element => {
        const style = getComputedStyle(element);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1) || style.boxShadow !== 'none';
    };
    const all = document.querySelectorAll(
        'a[href], button, summary, select, textarea, input:not([type=hidden])');
    const unseen = [];
    for (const element of all) {
        if (element.disabled || element.getClientRects().length === 0) continue;
        element.focus();
        if (document.activeElement !== element) continue;
        const drawn = element.matches('[type=radio], [type=checkbox]')
            ? [element, element.labels[0], element.parentElement, element.nextElementSibling] : [element];
        if (!drawn.some(each => each && seen(each))) unseen.push(element.outerHTML.slice(0, 160));
    }
    document.activeElement.blur();
    scrollTo(0, 0);
    return unseen;";

/// Bytes of the page and all it loads, uncompressed.
const BYTES: &str = "
    return performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
        .reduce((sum, entry) => sum + entry.decodedBodySize, 0);";

fn lines(found: &Value) -> Vec<String> {
    let lines = found.as_array().cloned().unwrap_or_default();
    lines
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// What reaches beyond the screen's edge.
pub async fn overflow(browser: &Browser) -> Vec<String> {
    lines(&browser.script(OVERFLOW, vec![]).await)
}

/// Targets too small for a thumb.
pub async fn small_targets(browser: &Browser) -> Vec<String> {
    lines(&browser.script(SMALL, vec![json!(TARGET)]).await)
}

/// What takes the focus of a keyboard and doesn't show it.
///
/// # Panics
/// Where no key can be pressed.
pub async fn unseen_focus(browser: &Browser) -> Vec<String> {
    // A key pressed tells the browser that a keyboard is in use.
    let key = json!({ "type": "keyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
    browser.chromium("Input.dispatchKeyEvent", key).await;
    lines(&browser.script(UNSEEN, vec![]).await)
}

/// Bytes of the page and all it loads, uncompressed.
///
/// # Panics
/// Where the browser doesn't tell.
pub async fn bytes(browser: &Browser) -> f64 {
    let bytes = browser.script(BYTES, vec![]).await;
    bytes.as_f64().expect("a number")
}
