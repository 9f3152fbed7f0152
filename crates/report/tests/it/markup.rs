//! A small reader of HTML for tests: tags, attributes, visible text. It knows just enough to
//! say whether a page is well formed.

use std::collections::BTreeSet;

const VOID: [&str; 4] = ["meta", "input", "br", "link"];

/// A tag as it was opened.
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A page taken apart.
pub struct Page {
    pub tags: Vec<Tag>,
    pub text: String,
    pub problems: Vec<String>,
}

impl Page {
    /// Reads a page; what is wrong with it stands in `problems`.
    pub fn read(html: &str) -> Self {
        let mut page = Self {
            tags: Vec::new(),
            text: String::new(),
            problems: Vec::new(),
        };
        let mut open: Vec<String> = Vec::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            page.text.push_str(&rest[..at]);
            rest = &rest[at..];
            if rest.starts_with("<!DOCTYPE") {
                rest = rest.split_once('>').map_or("", |(_, after)| after);
                continue;
            }
            let end = tag_end(rest);
            let inside = &rest[1..end];
            rest = &rest[end + 1..];
            if let Some(name) = inside.strip_prefix('/') {
                match open.pop() {
                    Some(last) if last == name => {}
                    other => page.problems.push(format!("</{name}> closes {other:?}")),
                }
                page.text.push(' ');
                continue;
            }
            let (tag, closed) = parsed(inside, &mut page.problems);
            if !closed && !VOID.contains(&tag.name.as_str()) {
                open.push(tag.name.clone());
            }
            if tag.name == "style" {
                let (_, after) = rest.split_once("</style>").unwrap_or(("", ""));
                rest = after;
                open.pop();
            }
            page.tags.push(tag);
            page.text.push(' ');
        }
        if !open.is_empty() {
            page.problems.push(format!("never closed: {open:?}"));
        }
        page.text = page
            .text
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        page
    }

    /// Ids that stand twice.
    pub fn repeated_ids(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.tags
            .iter()
            .filter_map(|tag| tag.get("id"))
            .filter(|id| !seen.insert(*id))
            .collect()
    }

    /// References inside the page that lead nowhere.
    pub fn broken_references(&self) -> Vec<String> {
        let ids: BTreeSet<&str> = self.tags.iter().filter_map(|tag| tag.get("id")).collect();
        let mut broken = Vec::new();
        for tag in &self.tags {
            let links = tag.get("href").and_then(|link| link.strip_prefix('#'));
            let labels = tag
                .get("aria-labelledby")
                .into_iter()
                .flat_map(str::split_whitespace);
            for target in links.into_iter().chain(labels).chain(tag.get("for")) {
                if !ids.contains(target) {
                    broken.push(format!("<{}> to `{target}`", tag.name));
                }
            }
        }
        broken
    }
}

/// The place of the `>` that ends a tag: quotes may hold others.
fn tag_end(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    html.len() - 1
}

fn parsed(inside: &str, problems: &mut Vec<String>) -> (Tag, bool) {
    let closed = inside.ends_with('/');
    let inside = inside.trim_end_matches('/');
    let (name, mut rest) = inside
        .split_once(char::is_whitespace)
        .unwrap_or((inside, ""));
    let mut attributes: Vec<(String, String)> = Vec::new();
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        let key = key.trim().to_owned();
        if key.contains(char::is_whitespace) || attributes.iter().any(|(other, _)| *other == key) {
            problems.push(format!("attribute `{key}` in <{name}>"));
        }
        attributes.push((key, value.to_owned()));
        rest = after;
    }
    if !rest.trim().is_empty() {
        problems.push(format!("`{rest}` in <{name}>"));
    }
    (
        Tag {
            name: name.to_owned(),
            attributes,
        },
        closed,
    )
}

#[test]
fn the_reader_sees_what_is_wrong() {
    for (html, expected) in [
        ("<p>a</p>", 0),
        ("<p>a</div>", 1),
        ("<p><b>a</p>", 2),
        ("<p class=x>a</p>", 1),
        ("<p a=\"1\" a=\"2\"></p>", 1),
        ("<svg><line x=\"1\" /></svg>", 0),
    ] {
        assert_eq!(Page::read(html).problems.len(), expected, "{html}");
    }
    let page = Page::read("<p id=\"a\"></p><p id=\"a\"></p><a href=\"#b\"></a>");
    assert_eq!(page.repeated_ids(), ["a"]);
    assert_eq!(page.broken_references().len(), 1);
}
