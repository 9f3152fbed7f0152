//! Forms, for visitors without a browser.

/// The value of a form's hidden field.
pub fn hidden(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let value = page
        .split_once(&start)
        .and_then(|(_, rest)| rest.split_once('"'))
        .unwrap_or_else(|| panic!("no hidden `{name}` in\n{page}"))
        .0;
    value
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
